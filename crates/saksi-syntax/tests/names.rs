//! The finder of names as its users see it: trained on a few own sentences with the shipped parser, written, read back, run.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use saksi_syntax::train::{NameCount, NameSettings, NamedSet, find_names, train_names};
use saksi_syntax::{Model, Name, NameKind, Parser, shipped};
use saksi_text::{Cleaned, Segmentation, Segmenter};

fn name(start: usize, end: usize, kind: NameKind) -> Name {
    Name {
        words: start..end,
        kind,
    }
}

/// Sentences in which who gives orders is a person, where they go to a place, and who pays an organisation.
fn set(names: [&str; 3]) -> NamedSet {
    let [person, place, payer] = names;
    let sentences = [
        format!("{person} ordered the troops to {place} ."),
        format!("The company {payer} paid for it ."),
        format!("In {place} the soldiers met {person} ."),
        "Nobody paid for the troops .".to_owned(),
    ];
    NamedSet {
        name: "own".to_owned(),
        sentences: (sentences.iter())
            .map(|sentence| sentence.split(' ').map(str::to_owned).collect())
            .collect(),
        names: vec![
            vec![name(0, 1, NameKind::Person), name(5, 6, NameKind::Place)],
            vec![name(2, 3, NameKind::Organization)],
            vec![name(1, 2, NameKind::Place), name(5, 6, NameKind::Person)],
            Vec::new(),
        ],
        told: NameKind::ALL.to_vec(),
    }
}

fn trained() -> Model {
    let mut model = Model::from_bytes(shipped("en").unwrap()).unwrap();
    let settings = NameSettings {
        epochs: 60,
        batch: 10,
        width: 16,
        layers: 1,
        embedding: 8,
        dropout_parser: 0.0,
        dropout_states: 0.1,
        dropout_own: 0.1,
        dropout_layer: 0.0,
        dropout_top: 0.0,
        word_dropout: 0.1,
        rate: 1e-2,
        ..NameSettings::default()
    };
    let sets = [
        set(["Kowalski", "Gdynia", "Norwood"]),
        set(["Silva", "Porto", "Telbrax"]),
    ];
    train_names(&mut model, &sets, &settings, |_, _| {});
    model
}

#[test]
fn names_are_learned_and_kept_in_the_file() {
    let mut model = trained();
    let own = set(["Kowalski", "Gdynia", "Norwood"]);
    let found = find_names(&mut model, &own);
    let count = NameCount::new(&own.names, &found);
    assert_eq!((count.right, count.found, count.gold), (5, 5, 5));
    let bytes = model.to_bytes();
    let mut read = Model::from_bytes(&bytes).unwrap();
    assert_eq!(find_names(&mut read, &own), found);
    assert_eq!(read.to_bytes(), bytes);
}

#[test]
fn names_are_found_only_when_asked_for() {
    let file = include_str!("../../../packs/en/segmentation.toml");
    let segmentation = Segmentation::from_toml("segmentation.toml", file).unwrap();
    let model = Model::from_bytes(shipped("en").unwrap()).unwrap();
    let text = "Maria Silva arrived in London on Monday. Nobody met her.";
    let report = || Segmenter::new(&segmentation).run(Cleaned::verbatim(text.to_owned()));
    let plain = Parser::new(&model).run(report());
    assert!(plain.names.is_empty());
    let named = Parser::new(&model).naming().run(report());
    assert_eq!(named.trees, plain.trees);
    assert_eq!(
        named.names,
        [
            vec![name(0, 2, NameKind::Person), name(4, 5, NameKind::Place)],
            Vec::new()
        ]
    );
}
