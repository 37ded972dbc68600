//! The cases of `cases/events`, read with the models and packs of the house.
//!
//! A case is `== NAME`, its text, and a line for each event, in order: `-> TYPE TRIGGER | MODALITY | ROLE WHAT | ...`. Roles are `who`,
//! `to`, `what`, `with`, `at`, `on`, for what someone says `says` with the word of saying, for what is told inside another event `in` with that one's
//! words, and `cameo` with its code; several fillers are joined by ` + `.
//! All texts were published on Friday, 2024-05-31. `SAKSI_UPDATE=1 cargo test -p saksi-reading --test events` writes what is found into the files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;

use std::fmt::Write as _;

use saksi_reading::Reader;
use saksi_record::{Event, Record, Span};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{check, lexicon, segmentation};

/// What happens in each of `texts`, in the form of the cases.
fn told(language: &str, texts: &[&str]) -> Vec<String> {
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    texts
        .iter()
        .map(|text| {
            let report = Segmenter::new(&segmentation).run(Cleaned::verbatim((*text).to_owned()));
            let parsed = reader.mend(Parser::new(&model).naming().run(reader.prepare(report)));
            let published = jiff::civil::date(2024, 5, 31);
            let record = reader.run(&parsed, Some(published)).record;
            record
                .events
                .iter()
                .fold(String::new(), |mut lines, event| {
                    describe(&record, event, &mut lines);
                    lines
                })
        })
        .collect()
}

fn describe(record: &Record, event: &Event, lines: &mut String) {
    let letters = |Span(start, end): Span| -> String {
        let (start, end) = (start as usize, end as usize);
        (record.document.text.chars().skip(start).take(end - start)).collect()
    };
    let name = |id: &String| {
        let entity = record.entities.iter().find(|entity| entity.id == *id);
        entity.unwrap().name.clone()
    };
    let names = |ids: &[String]| ids.iter().map(name).collect::<Vec<_>>().join(" + ");
    let objects: Vec<String> = (event.objects.iter())
        .map(|object| match &object.quantity {
            // "pembelian 12 rudal": a number that stands outside of the object's words
            Some(quantity) if quantity.span.1 <= object.span.0 => {
                format!("{} × {}", letters(quantity.span), letters(object.span))
            }
            _ => letters(object.span),
        })
        .collect();
    let saying = event.statement.as_ref().map(|id| {
        let statement = record
            .statements
            .iter()
            .find(|statement| statement.id == *id);
        letters(statement.unwrap().cue)
    });
    let around = event.parent.as_ref().map(|id| {
        let parent = record.events.iter().find(|event| event.id == *id);
        letters(parent.unwrap().trigger)
    });
    let kind = format!("{:?}", event.kind).to_uppercase();
    let modality = format!("{:?}", event.modality).to_lowercase();
    write!(lines, "-> {kind} {} | {modality}", letters(event.trigger)).unwrap();
    let roles = [
        ("who", names(&event.actors)),
        ("to", names(&event.recipients)),
        ("what", objects.join(" + ")),
        (
            "with",
            (event.instrument.as_ref()).map_or(String::new(), |object| letters(object.span)),
        ),
        ("at", event.place.as_ref().map_or(String::new(), name)),
        ("on", event.date.clone().unwrap_or_default()),
        ("says", saying.unwrap_or_default()),
        ("in", around.unwrap_or_default()),
        ("cameo", event.cameo.clone().unwrap_or_default()),
    ];
    for (role, filler) in roles.iter().filter(|(_, filler)| !filler.is_empty()) {
        write!(lines, " | {role} {filler}").unwrap();
    }
    lines.push('\n');
}

#[test]
fn indonesian() {
    check("events", "id", told);
}

#[test]
fn english() {
    check("events", "en", told);
}
