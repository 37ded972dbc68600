//! The cases of `cases/coreference`, read with the models and packs of the house.
//!
//! A case is `== NAME`, its text, and a line for each entity, in order: `-> TYPE NAME | MENTION / MENTION`. Weapons and entities that are
//! only described, once, are left out. `SAKSI_UPDATE=1 cargo test -p saksi-reading --test coreference` writes what is found into the files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;

use std::fmt::Write as _;

use saksi_reading::Reader;
use saksi_record::{EntityType, MentionKind, Record, Span};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{check, lexicon, segmentation};

fn told(language: &str, texts: &[&str]) -> Vec<String> {
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    let read = |text: &&str| {
        let report = Segmenter::new(&segmentation).run(Cleaned::verbatim((*text).to_owned()));
        let reading = reader.run(
            &reader.mend(Parser::new(&model).naming().run(reader.prepare(report))),
            None,
        );
        describe(text, &reading.record)
    };
    texts.iter().map(read).collect()
}

fn describe(text: &str, record: &Record) -> String {
    let letters = |Span(start, end): Span| -> String {
        let (start, end) = (start as usize, end as usize);
        text.chars().skip(start).take(end - start).collect()
    };
    let mut lines = String::new();
    for entity in &record.entities {
        let once = entity.mentions.len() == 1 && entity.mentions[0].kind == MentionKind::Nominal;
        if once || entity.kind == EntityType::Weapon {
            continue;
        }
        let mentions: Vec<String> = (entity.mentions.iter())
            .map(|mention| letters(mention.span))
            .collect();
        let kind = format!("{:?}", entity.kind).to_lowercase();
        let mentions = mentions.join(" / ");
        writeln!(lines, "-> {kind} {} | {mentions}", entity.name).unwrap();
    }
    lines
}

#[test]
fn indonesian() {
    check("coreference", "id", told);
}

#[test]
fn english() {
    check("coreference", "en", told);
}
