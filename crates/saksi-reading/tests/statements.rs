//! The cases of `cases/statements`, read with the models and packs of the house.
//!
//! A case is `== NAME`, its text, and a line for each statement, in order: `-> CUE | SOURCE | STANCE QUOTATION | CONTENT`, with
//! ` | in CUE` where it is part of another statement. `-` is no source; parts of a content are joined by ` ... `.
//! `SAKSI_UPDATE=1 cargo test -p saksi-reading --test statements` writes what is found into the files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;

use std::fmt::Write as _;

use saksi_reading::{Reader, Reading};
use saksi_record::{Span, Statement};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmenter};

use crate::cases::{check, find, lexicon, read, root, segmentation, wrong};

fn readings(language: &str, texts: &[&str]) -> Vec<Reading> {
    let reader = Reader::new(lexicon(language));
    let segmentation = segmentation(language);
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    let read = |text: &&str| {
        let report = Segmenter::new(&segmentation).run(Cleaned::verbatim((*text).to_owned()));
        reader.run(
            &reader.mend(Parser::new(&model).naming().run(reader.prepare(report))),
            None,
        )
    };
    texts.iter().map(read).collect()
}

fn letters(text: &str, Span(start, end): Span) -> String {
    let (start, end) = (start as usize, end as usize);
    text.chars().skip(start).take(end - start).collect()
}

/// What is told in each of `texts`, in the form of the cases.
fn told(language: &str, texts: &[&str]) -> Vec<String> {
    let read = readings(language, texts);
    let pairs = texts.iter().zip(&read);
    pairs
        .map(|(text, reading)| describe(text, reading))
        .collect()
}

fn describe(text: &str, reading: &Reading) -> String {
    let letters = |span| letters(text, span);
    let statements = &reading.record.statements;
    let mut lines = String::new();
    for statement in statements {
        let source = statement.source_span.map_or("-".to_owned(), letters);
        let parts: Vec<String> = match &statement.parts[..] {
            [] => statement.content.into_iter().map(letters).collect(),
            parts => parts.iter().copied().map(letters).collect(),
        };
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

/// Whom something is told and what a denial answers in each of `texts`, in the form of `cases/links`.
fn linked(language: &str, texts: &[&str]) -> Vec<String> {
    let read = readings(language, texts);
    let pairs = texts.iter().zip(&read);
    pairs.map(|(text, reading)| links(text, reading)).collect()
}

fn links(text: &str, reading: &Reading) -> String {
    let statements = &reading.record.statements;
    let source = |statement: &Statement| {
        (statement.source_span).map_or("-".to_owned(), |span| letters(text, span))
    };
    let mut lines = String::new();
    for statement in statements {
        let recipient = statement.recipient_span.map(|span| letters(text, span));
        let answered = (statement.answers.as_ref())
            .and_then(|id| statements.iter().find(|other| other.id == *id));
        if recipient.is_none() && answered.is_none() {
            continue;
        }
        write!(
            lines,
            "-> {} | {}",
            letters(text, statement.cue),
            source(statement)
        )
        .unwrap();
        if let Some(recipient) = recipient {
            write!(lines, " | to {recipient}").unwrap();
        }
        if let Some(answered) = answered {
            let cue = letters(text, answered.cue);
            write!(lines, " | answers {cue} of {}", source(answered)).unwrap();
        }
        lines.push('\n');
    }
    lines
}

#[test]
fn english_links() {
    check("links", "en", linked);
}

#[test]
fn indonesian_links() {
    check("links", "id", linked);
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
    denials("id", "id_second", 93.5);
}

#[test]
fn english_denials_third() {
    denials("en", "en_third", 90.5);
}

#[test]
fn indonesian_denials_third() {
    denials("id", "id_third", 94.5);
}
