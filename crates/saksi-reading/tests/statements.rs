//! The cases of `cases/statements`, read with the models and packs of the house.
//!
//! A case is `== NAME`, its text, and a line for each statement, in order: `-> CUE | SOURCE | STANCE QUOTATION | CONTENT`, with
//! ` | in CUE` where it is part of another statement. `-` is no source; parts of a content are joined by ` ... `.
//! `SAKSI_UPDATE=1 cargo test -p saksi-reading --test statements` writes what is found into the files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;

use std::fmt::Write as _;

use saksi_reading::{Reader, Reading};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{check, find, lexicon, read, root, segmentation, wrong};

/// What is told in each of `texts`, in the form of the cases.
fn told(language: &str, texts: &[&str]) -> Vec<String> {
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    texts
        .iter()
        .map(|text| {
            let report = Segmenter::new(&segmentation).run(Cleaned::verbatim((*text).to_owned()));
            describe(text, &reader.run(&Parser::new(&model).run(report), None))
        })
        .collect()
}

fn describe(text: &str, reading: &Reading) -> String {
    let letters = |saksi_record::Span(start, end): saksi_record::Span| -> String {
        let (start, end) = (start as usize, end as usize);
        text.chars().skip(start).take(end - start).collect()
    };
    let statements = &reading.record.statements;
    let mut lines = String::new();
    for (statement, parts) in statements.iter().zip(&reading.explanation.statements) {
        let source = statement.source_span.map_or("-".to_owned(), letters);
        let parts: Vec<&str> = parts.iter().map(|part| part.of(text)).collect();
        let stance = format!("{:?} {:?}", statement.stance, statement.quotation).to_lowercase();
        let cue = letters(statement.cue);
        let parts = parts.join(" ... ");
        write!(lines, "-> {cue} | {source} | {stance} | {parts}").unwrap();
        if let Some(parent) = &statement.parent {
            let parent = statements.iter().find(|other| other.id == *parent).unwrap();
            write!(lines, " | in {}", letters(parent.cue)).unwrap();
        }
        lines.push('\n');
    }
    lines
}

#[test]
fn indonesian() {
    check("statements", "id", told);
}

#[test]
fn english() {
    check("statements", "en", told);
}

/// The cases of `cases/denials`, which were written without a look at the rules: a share of them, in per cent, holds wholly.
fn denials(language: &str, name: &str, least: f64) {
    let (_, cases) = read(&root().join(format!("cases/denials/{name}.txt")));
    let wrong = wrong(&cases, &find(language, &cases, told));
    let share = 100.0 * (cases.len() - wrong.len()) as f64 / cases.len() as f64;
    assert!(
        share >= least,
        "{share:.1} % of {}:\n{}",
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn indonesian_denials() {
    denials("id", "id", 90.5);
}

#[test]
fn english_denials() {
    denials("en", "en", 95.5);
}

#[test]
fn english_denials_second() {
    denials("en", "en_second", 96.0);
}

#[test]
fn indonesian_denials_second() {
    denials("id", "id_second", 92.5);
}

#[test]
fn english_denials_third() {
    denials("en", "en_third", 90.5);
}

#[test]
fn indonesian_denials_third() {
    denials("id", "id_third", 95.5);
}
