//! The parser as its users see it: trained on a treebank of a few own sentences, written, read back, run.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::sync::LazyLock;

use saksi_syntax::train::{Corpus, Settings, Teachers, Treebank, Trust, accuracy, brackets, train};
use saksi_syntax::{Deprel, Error, Model, Parser, Upos, conllu};

/// Form, tag, head, relation: a language of a few words, in which a verb's subject stands before it and its object after it.
const SENTENCES: [&[(&str, &str, usize, &str)]; 4] = [
    &[
        ("kapal", "NOUN", 2, "nsubj"),
        ("menembak", "VERB", 0, "root"),
        ("kapal", "NOUN", 2, "obj"),
        (".", "PUNCT", 2, "punct"),
    ],
    &[
        ("tentara", "NOUN", 2, "nsubj"),
        ("menyerang", "VERB", 0, "root"),
        ("kota", "NOUN", 2, "obj"),
        ("besar", "ADJ", 3, "amod"),
        (".", "PUNCT", 2, "punct"),
    ],
    &[
        ("kota", "NOUN", 3, "nsubj"),
        ("besar", "ADJ", 1, "amod"),
        ("menyerang", "VERB", 0, "root"),
        ("tentara", "NOUN", 3, "obj"),
    ],
    &[
        ("tentara", "NOUN", 2, "nsubj"),
        ("menembak", "VERB", 0, "root"),
        ("kapal", "NOUN", 2, "obj"),
        ("di", "ADP", 5, "case"),
        ("kota", "NOUN", 2, "obl"),
    ],
];

fn treebank() -> Treebank {
    let mut text = String::new();
    for sentence in SENTENCES {
        for (index, (form, tag, head, relation)) in sentence.iter().enumerate() {
            let id = index + 1;
            writeln!(
                text,
                "{id}\t{form}\t{form}\t{tag}\t_\t_\t{head}\t{relation}\t_\t_"
            )
            .unwrap();
        }
        text += "\n";
    }
    Treebank::new("own".to_owned(), conllu::read(&text).unwrap())
}

static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let settings = Settings {
        epochs: 200,
        batch: 10,
        embedding: 16,
        width: 16,
        layers: 2,
        arc: 16,
        label: 16,
        least: 1,
        dropout_embedding: 0.0,
        dropout_layer: 0.0,
        dropout_part: 0.1,
        dropout_tag: 0.0,
        rate: 1e-2,
        ..Settings::default()
    };
    let corpus = Corpus {
        treebanks: vec![treebank()],
        origin: 0,
    };
    train("id", &corpus, &settings, |_| {}).unwrap().to_bytes()
});

#[test]
fn what_is_trained_on_is_learned() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let found = accuracy(&Parser::new(&model), &treebank().sentences);
    assert_eq!(
        (found.words, found.upos, found.las),
        (18, 100.0, 100.0),
        "{found:?}"
    );
}

#[test]
fn a_model_reads_back_as_it_was_written() {
    let model = Model::from_bytes(&MODEL).unwrap();
    assert_eq!(
        (model.language(), model.treebanks()),
        ("id", &["own".to_owned()][..])
    );
    assert!(model.to_bytes() == *MODEL, "the bytes are the same");
}

#[test]
fn damaged_models_are_refused() {
    assert!(matches!(Model::from_bytes(b""), Err(Error::Magic)));
    assert!(matches!(
        Model::from_bytes(b"PK\x03\x04 something else"),
        Err(Error::Magic)
    ));
    for length in [8, 12, 20, MODEL.len() / 2, MODEL.len() - 1] {
        assert!(
            Model::from_bytes(&MODEL[..length]).is_err(),
            "cut off at {length}"
        );
    }
    for at in (8..MODEL.len()).step_by(MODEL.len() / 50) {
        let mut damaged = MODEL.clone();
        damaged[at] ^= 0x40;
        assert!(Model::from_bytes(&damaged).is_err(), "damaged at {at}");
    }
}

/// A report of these sentences, their words separated by spaces.
fn report(sentences: &[Vec<&str>]) -> saksi_text::Segmented {
    let mut text = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        writeln!(text, "# sent_id = {number}").unwrap();
        for (index, word) in sentence.iter().enumerate() {
            writeln!(text, "{}\t{word}\t_\t_\t_\t_\t_\t_\t_\t_", index + 1).unwrap();
        }
        text += "\n";
    }
    conllu::to_segmented(&conllu::read(&text).unwrap(), "id")
}

#[test]
fn a_report_gets_one_tree_a_sentence() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let parsed = Parser::new(&model).run(report(&[
        vec!["kapal", "menyerang", "kota"],
        vec!["tentara", "menembak", "kapal", "."],
    ]));
    assert_eq!(parsed.trees.len(), 2);
    let tree = &parsed.trees[0];
    assert_eq!(tree.root(), 1);
    assert_eq!(
        (tree.word(0).upos, tree.word(1).upos),
        (Upos::Noun, Upos::Verb)
    );
    assert!(tree.word(0).relation.is(Deprel::Nsubj) && tree.word(2).relation.is(Deprel::Obj));
    assert_eq!(tree.word(2).span.of(&parsed.report.text), "kota");
}

#[test]
fn sentences_that_only_their_words_tell_apart_are_divided_unless_given() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let words = "kota besar menyerang tentara tentara menembak kapal di kota";
    let mut together = report(&[words.split(' ').collect()]);
    assert_eq!(Parser::new(&model).run(together.clone()).trees.len(), 1);
    together.given = false;
    let parsed = Parser::new(&model).run(together);
    let parts: Vec<&str> = (parsed.report.sentences.iter())
        .map(|sentence| sentence.span.of(&parsed.report.text))
        .collect();
    assert_eq!(
        parts,
        [
            "kota besar menyerang tentara",
            "tentara menembak kapal di kota"
        ]
    );
    assert_eq!(parsed.trees[1].root(), 1);
}

#[test]
fn endless_sentences_and_unknown_words_still_give_trees() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let endless: Vec<&str> = ["kapal", "menembak", "zxqj-99", "—", "🚀"]
        .into_iter()
        .cycle()
        .take(1_203)
        .collect();
    let parsed = Parser::new(&model).run(report(&[endless, vec!["?"]]));
    assert_eq!(parsed.trees[0].words().len(), 1_203);
    assert_eq!(parsed.trees[1].root(), 0);
    assert!(Parser::new(&model).run(report(&[])).trees.is_empty());
}

#[test]
fn projected_trees_keep_to_the_brackets() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let text = "(S (NP (NNO tentara)) (VP (VBT menembak) (NP (NP (NNO kapal)) (PP (PPO di) (NP (NNO kota) (ADJ besar))))))";
    let found = Teachers::new(vec![Parser::new(&model)]).project(&brackets::read(text).unwrap());
    let heads: Vec<usize> = found[0].words.iter().map(|row| row.head.unwrap()).collect();
    let outside = |span: std::ops::RangeInclusive<usize>| {
        span.clone()
            .filter(|id| !span.contains(&heads[id - 1]))
            .count()
    };
    for span in [1..=6, 2..=6, 3..=6, 4..=6, 5..=6] {
        assert_eq!(
            outside(span.clone()),
            1,
            "one word of {span:?} hangs from outside: {heads:?}"
        );
    }
}

#[test]
fn carried_over_trees_keep_heads_that_are_trusted() {
    let model = Model::from_bytes(&MODEL).unwrap();
    let mut other = treebank().sentences;
    let object = &mut other[1].words[3];
    assert_eq!(&*object.form, "besar");
    object.head = Some(1);
    object.upos = "X".into();
    object.deprel = "obl".into();
    let teachers = Teachers::new(vec![Parser::new(&model), Parser::new(&model)]);
    let carried = |heads: f32, names: f32| {
        let carried = teachers.carry_over(&other, Trust { heads, names });
        carried[1].words[3].clone()
    };
    let heads = |trust: f32| carried(trust, 0.0).head;
    assert_eq!(heads(0.0), Some(3), "the teachers' habit");
    assert_eq!(heads(1000.0), Some(1), "the treebank's own");
    assert_eq!(
        &*carried(0.0, 1000.0).upos,
        "X",
        "its tags, if they are trusted"
    );
    assert_ne!(
        &*carried(0.0, 1000.0).deprel,
        "obl",
        "not its relation to another head"
    );
    assert_eq!(&*carried(1000.0, 1000.0).deprel, "obl");
}
