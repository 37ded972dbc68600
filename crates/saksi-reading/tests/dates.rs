//! Dates of events: the sets of `cases/dates`, written without a look at the rules.
//!
//! A case is `== NAME | DAY OF PUBLICATION`, its text, and a line for each event: `-> TRIGGER | DATE | FROM`, `-> TRIGGER | - | none` where
//! no date may be given. What is measured is the dates of those events that are found at all.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "these cases have a form of their own")]
mod cases;

use std::fmt::Write as _;

use saksi_reading::Reader;
use saksi_record::{Event, Record};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{Case, lexicon, read, root, segmentation};

/// An event as the set has it: the words that name it, its date, where that comes from.
struct Dated<'a> {
    trigger: &'a str,
    date: &'a str,
    from: &'a str,
}

fn expected(case: &Case) -> Vec<Dated<'_>> {
    (case.expected.lines())
        .map(|line| {
            let mut fields = line.trim_start_matches("-> ").split(" | ");
            let mut next = || fields.next().unwrap().trim();
            Dated {
                trigger: next(),
                date: next(),
                from: next(),
            }
        })
        .collect()
}

/// The event whose trigger shares letters with the first `words` of the text.
fn named<'a>(record: &'a Record, text: &str, words: &str) -> Option<&'a Event> {
    let byte = text.find(words)?;
    let start = text[..byte].chars().count();
    let end = start + words.chars().count();
    (record.events.iter())
        .find(|event| (event.trigger.0 as usize) < end && start < event.trigger.1 as usize)
}

/// Reads a set; holds the share of right dates, of events that are found, to be at least `least` percent.
fn dates(language: &str, least: f64) {
    let (_, cases) = read(&root().join(format!("cases/dates/{language}.txt")));
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    let (mut found, mut right, mut all) = (0, 0, 0);
    let mut wrong = String::new();
    for case in &cases {
        let (name, day) = case.name.split_once(" | ").unwrap();
        let report = Segmenter::new(&segmentation).run(Cleaned::verbatim(case.text.clone()));
        let parsed = reader.mend(Parser::new(&model).naming().run(reader.prepare(report)));
        let record = reader.run(&parsed, Some(day.parse().unwrap())).record;
        for told in expected(case) {
            all += 1;
            let Some(event) = named(&record, &case.text, told.trigger) else {
                continue;
            };
            found += 1;
            let date = event.date.as_deref().unwrap_or("-");
            let from = (event.date_from)
                .map_or("none".to_owned(), |from| format!("{from:?}").to_lowercase());
            if date == told.date && from == told.from {
                right += 1;
            } else {
                let Dated {
                    trigger,
                    date: wanted,
                    from: by,
                } = told;
                writeln!(
                    wrong,
                    "{name} ({day}): {}\n  {trigger}: {wanted}, {by}; found {date}, {from}",
                    case.text
                )
                .unwrap();
            }
        }
    }
    let share = 100.0 * f64::from(right) / f64::from(found);
    assert!(
        share >= least,
        "{share:.1} % of {found} events that are found, of {all}:\n{wrong}"
    );
}

#[test]
fn indonesian() {
    dates("id", 93.0);
}

#[test]
fn english() {
    dates("en", 95.0);
}
