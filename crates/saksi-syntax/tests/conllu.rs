//! CoNLL-U: reading, rebuilding, writing, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic and say why it skips"
)]

use std::path::PathBuf;

use saksi_syntax::conllu::{self, Error, Sentence};

const REPORT: &str = "\
# newdoc id = contoh
# sent_id = a
# text = Presiden memulai kunjungannya.
1\tPresiden\tpresiden\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t_\t_
2\tmemulai\tmulai\tVERB\tVB\tVoice=Act\t0\troot\t_\t_
3-4\tkunjungannya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tkunjungan\tkunjung\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\t_
4\tnya\tnya\tPRON\tPRP\tPerson=3\t3\tnmod:poss\t_\t_
4.1\tkosong\t_\t_\t_\t_\t_\t_\t2:dep\t_
5\t.\t.\tPUNCT\tZ\t_\t2\tpunct\t_\t_

# sent_id = b
# text = They can't go.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t4:root\tSpaceAfter=No|Foo=Bar
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = c
1\tHabis\thabis\tVERB\t_\t_\t0\troot\t_\t_
";

#[test]
fn columns_comments_and_multiword_tokens_are_kept() {
    let sentences = conllu::read(REPORT).unwrap();
    assert_eq!(sentences.len(), 3);
    let first = &sentences[0];
    assert_eq!(first.comment("sent_id"), Some("a"));
    assert_eq!(first.comment("newdoc id"), Some("contoh"));
    assert_eq!(first.words.len(), 5);
    assert_eq!(first.words[1].feats.as_ref(), "Voice=Act");
    assert_eq!(first.words[3].deprel.as_ref(), "nmod:poss");
    assert_eq!(first.multiword[0].form.as_ref(), "kunjungannya");
    assert_eq!((first.multiword[0].first, first.multiword[0].last), (3, 4));
    assert_eq!(sentences[1].words[3].deps.as_ref(), "4:root");
    assert_eq!(sentences[1].line, 12);
}

#[test]
fn the_text_is_rebuilt_with_spans() {
    let sentences = conllu::read(REPORT).unwrap();
    let report = conllu::to_segmented(&sentences, "id");
    assert_eq!(
        report.text,
        "Presiden memulai kunjungannya.\nThey can't go.\n\nHabis"
    );
    let word =
        |sentence: usize, word: usize| report.sentences[sentence].words[word].span.of(&report.text);
    assert_eq!(word(0, 2), "kunjungan");
    assert_eq!(word(0, 3), "nya");
    // "ca" + "not" is not how "can't" is written: both words stand for the whole token.
    assert_eq!(word(1, 1), "can't");
    assert_eq!(word(1, 2), "can't");
    assert_eq!(report.sentences[1].span.of(&report.text), "They can't go.");
    let paragraphs: Vec<u32> = report.sentences.iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 0, 1]);
}

#[test]
fn a_parsed_report_is_written_and_read_back() {
    let parsed = conllu::to_parsed(&conllu::read(REPORT).unwrap(), "id").unwrap();
    let mut bytes = Vec::new();
    conllu::write(&parsed, &mut bytes).unwrap();
    let written = String::from_utf8(bytes).unwrap();
    assert!(written.starts_with(
        "# newpar\n# sent_id = 1\n# text = Presiden memulai kunjungannya.\n1\tPresiden\tpresiden\tNOUN\t_\tNumber=Sing\t2\tnsubj\t_\t_\n"
    ));
    assert!(written.contains("3-4\tkunjungannya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"));
    let again = conllu::to_parsed(&conllu::read(&written).unwrap(), "id").unwrap();
    assert_eq!(again.trees, parsed.trees);
    assert_eq!(again.report.text, parsed.report.text);
}

#[test]
fn foreign_line_ends_and_marks_are_taken() {
    let file = format!("\u{feff}{}\r\n\r\n\r\n", REPORT.replace('\n', "\r\n"));
    let sentences = conllu::read(&file).unwrap();
    let plain = conllu::read(REPORT).unwrap();
    let words = |all: &[Sentence]| all.iter().flat_map(|s| s.words.clone()).collect::<Vec<_>>();
    assert_eq!(words(&sentences), words(&plain));
    assert_eq!(conllu::read("").unwrap(), []);
}

#[test]
fn bad_files_are_refused_with_their_line() {
    let cases = [
        (
            "1\tsatu",
            "line 1: expected 10 columns separated by tabs, found 2",
        ),
        (
            "1\ta\ta\tX\t_\t_\t0\troot\t_\t_\t_",
            "line 1: expected 10 columns separated by tabs, found 11",
        ),
        (
            "# x\n2\ta\ta\tX\t_\t_\t0\troot\t_\t_",
            "line 2: id `2` is out of order; expected 1",
        ),
        (
            "x\ta\ta\tX\t_\t_\t0\troot\t_\t_",
            "line 1: id `x` is out of order; expected 1",
        ),
        (
            "3.1\ta\ta\tX\t_\t_\t0\troot\t_\t_",
            "line 1: id `3.1` is out of order; expected 1",
        ),
        (
            "1\t \ta\tX\t_\t_\t0\troot\t_\t_",
            "line 1: the form is empty; write `_` for an unknown one",
        ),
        (
            "1\ta\ta\tX\t_\t_\t7\troot\t_\t_",
            "line 1: head `7` is no word of the sentence; expected 0 to its last id, or `_`",
        ),
        (
            "1\ta\ta\tX\t_\t_\t-1\troot\t_\t_",
            "line 1: head `-1` is no word of the sentence; expected 0 to its last id, or `_`",
        ),
        (
            "1-9\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_",
            "line 1: the multiword token `1-9` holds words that the sentence doesn't have",
        ),
        (
            "1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_",
            "line 2: id `1-2` is out of order; expected 1",
        ),
        (
            "\n# kosong\n\n",
            "line 2: a sentence without words; remove its comments or add its words",
        ),
    ];
    for (file, message) in cases {
        let error = conllu::read(file).unwrap_err();
        assert_eq!(error.to_string(), message, "{file:?}");
    }
}

#[test]
fn heads_that_are_no_tree_are_refused() {
    let cycle = "1\ta\ta\tX\t_\t_\t2\tdep\t_\t_\n2\tb\tb\tX\t_\t_\t1\tdep\t_\t_\n";
    let error = conllu::to_parsed(&conllu::read(cycle).unwrap(), "id").unwrap_err();
    assert_eq!(error, Error::Tree { line: 1 });
    let open = "1\ta\ta\tX\t_\t_\t_\t_\t_\t_\n";
    assert!(conllu::to_parsed(&conllu::read(open).unwrap(), "id").is_err());
    assert_eq!(
        conllu::to_segmented(&conllu::read(open).unwrap(), "id").text,
        "a"
    );
}

/// The treebanks of `$SAKSI_SHARED/data/treebanks`, if they are there.
fn treebanks() -> Vec<PathBuf> {
    let shared = std::env::var_os("SAKSI_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let mut files = Vec::new();
    for language in ["id", "en"] {
        let folder = shared.join("data/treebanks").join(language);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: no treebanks at `{}`", folder.display());
            continue;
        };
        files.extend(
            entries
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|end| end == "conllu")),
        );
    }
    files.sort();
    files
}

#[test]
fn all_treebanks_are_read_rebuilt_and_read_back() {
    for path in treebanks() {
        let name = path.display();
        let file = std::fs::read_to_string(&path).unwrap();
        let sentences = conllu::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let parsed =
            conllu::to_parsed(&sentences, "xx").unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = &parsed.report.text;
        let mut different = 0;
        for (sentence, placed) in sentences.iter().zip(&parsed.report.sentences) {
            if sentence.comment("text") != Some(placed.span.of(text)) {
                different += 1;
            }
        }
        assert!(different <= 2, "{name}: {different} texts are not rebuilt");
        let mut bytes = Vec::new();
        conllu::write(&parsed, &mut bytes).unwrap();
        let written = conllu::read(&String::from_utf8(bytes).unwrap()).unwrap();
        let again = conllu::to_parsed(&written, "xx").unwrap();
        assert_eq!(again.trees.len(), parsed.trees.len(), "{name}");
        for (before, after) in parsed.trees.iter().zip(&again.trees) {
            let bare = |tree: &saksi_syntax::Tree| {
                tree.words()
                    .iter()
                    .map(|word| {
                        (
                            word.form.clone(),
                            word.lemma.clone(),
                            word.upos,
                            word.features.clone(),
                            word.head,
                            word.relation.clone(),
                        )
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(bare(before), bare(after), "{name}");
        }
    }
}
