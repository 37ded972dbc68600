//! Who and where is meant: the cases of `cases/entities`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "these cases have a form of their own")]
mod cases;

use std::fmt::Write as _;

use saksi_reading::Reader;
use saksi_record::{Entity, Record};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{lexicon, read, root, segmentation, wrong};

/// The entity with a mention of exactly these words, the first in the text.
fn mentioned<'a>(record: &'a Record, words: &str) -> Option<&'a Entity> {
    let text: Vec<char> = record.document.text.chars().collect();
    let is_it = |start: u32, end: u32| {
        text.get(start as usize..end as usize)
            .is_some_and(|letters| letters.iter().collect::<String>() == words)
    };
    let found = record.entities.iter().flat_map(|entity| {
        let mentions = entity.mentions.iter();
        mentions.filter_map(move |mention| {
            is_it(mention.span.0, mention.span.1).then_some((mention.span.0, entity))
        })
    });
    found
        .min_by_key(|&(start, _)| start)
        .map(|(_, entity)| entity)
}

fn entities(language: &str) {
    let (_, cases) = read(&root().join(format!("cases/entities/{language}.txt")));
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    let found = cases.iter().map(|case| {
        let (_, day) = case.name.split_once(" | ").unwrap();
        let report = Segmenter::new(&segmentation).run(Cleaned::verbatim(case.text.clone()));
        let parsed = reader.mend(Parser::new(&model).naming().run(reader.prepare(report)));
        let record = reader.run(&parsed, Some(day.parse().unwrap())).record;
        let mut told = String::new();
        for line in case.expected.lines() {
            let fields: Vec<&str> = line.trim_start_matches("-> ").split(" | ").collect();
            let [words, _, _, link] = fields[..] else {
                panic!("{line}")
            };
            let Some(entity) = mentioned(&record, words) else {
                writeln!(told, "-> {words} | no mention").unwrap();
                continue;
            };
            let kind = serde_json::to_value(entity.kind).unwrap();
            let country = entity.country.as_deref().unwrap_or("-");
            let links: Vec<String> = (entity.links.iter())
                .map(|(scheme, value)| format!("{scheme}:{value}"))
                .collect();
            let found = links.iter().find(|one| *one == link).or(links.first());
            let found = found.map_or("-", String::as_str);
            writeln!(
                told,
                "-> {words} | {} | {country} | {found}",
                kind.as_str().unwrap()
            )
            .unwrap();
        }
        told
    });
    let wrong = wrong(&cases, &found.collect::<Vec<_>>());
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn indonesian() {
    entities("id");
}

#[test]
fn english() {
    entities("en");
}
