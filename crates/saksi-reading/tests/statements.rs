//! The cases of `cases/statements`, read with the models and packs of the house.
//!
//! A case is `== NAME`, its text, and a line for each statement, in order: `-> CUE | SOURCE | STANCE QUOTATION | CONTENT`, with
//! ` | in CUE` where it is part of another statement. `-` is no source; parts of a content are joined by ` ... `.
//! `SAKSI_UPDATE=1 cargo test -p saksi-reading --test statements` writes what is found into the files.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use saksi_lexicon::{Lexicon, Pack, PackFile};
use saksi_reading::entities::Entities;
use saksi_reading::propositions::{self, Markers};
use saksi_reading::statements::{self, Statements};
use saksi_syntax::{Model, Parser};
use saksi_text::{Cleaned, Segmentation, Segmenter};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lexicon(language: &str) -> Lexicon {
    let folder = root().join("packs").join(language);
    let files = ["pack.toml", "grammar.toml", "cues.toml"]
        .iter()
        .map(|file| PackFile {
            path: format!("{language}/{file}"),
            text: fs::read_to_string(folder.join(file)).unwrap().into(),
        })
        .collect();
    Lexicon::compile(language, &[Pack::parse(language, files).unwrap()]).unwrap()
}

/// What is told in each of `texts`, in the form of the cases.
fn told(language: &str, texts: &[&str]) -> Vec<String> {
    let lexicon = lexicon(language);
    let markers = Markers::from(&lexicon.grammar);
    let path = format!("packs/{language}/segmentation.toml");
    let file = fs::read_to_string(root().join(&path)).unwrap();
    let segmentation = Segmentation::from_toml(&path, &file).unwrap();
    let model = Model::from_bytes(saksi_syntax::shipped(language).unwrap()).unwrap();
    texts
        .iter()
        .map(|text| {
            let report = Segmenter::new(&segmentation).run(Cleaned::verbatim((*text).to_owned()));
            let parsed = Parser::new(&model).run(report);
            let propositions: Vec<_> = parsed
                .trees
                .iter()
                .map(|tree| propositions::extract(tree, &markers))
                .collect();
            let found = statements::find(
                &parsed,
                &[],
                &propositions,
                &mut Entities::default(),
                &lexicon,
            );
            describe(text, &found)
        })
        .collect()
}

fn describe(text: &str, statements: &Statements) -> String {
    let mut lines = String::new();
    for statement in &statements.list {
        let source = statement.source.map_or("-", |source| source.span.of(text));
        let parts: Vec<&str> = statement.parts.iter().map(|part| part.of(text)).collect();
        let stance = format!("{:?} {:?}", statement.stance, statement.quotation).to_lowercase();
        let cue = statement.cue_span.of(text);
        let parts = parts.join(" ... ");
        write!(lines, "-> {cue} | {source} | {stance} | {parts}").unwrap();
        if let Some(parent) = statement.parent {
            let parent = statements.list[parent].cue_span.of(text);
            write!(lines, " | in {parent}").unwrap();
        }
        lines.push('\n');
    }
    lines
}

fn check(language: &str) {
    let path = root().join(format!("cases/statements/{language}.txt"));
    let file = fs::read_to_string(&path).unwrap();
    let mut sections = file.split("\n== ");
    let head = sections.next().unwrap();
    let cases: Vec<(&str, String, String)> = sections
        .map(|section| {
            let (name, body) = section.split_once('\n').unwrap();
            let is_told = |line: &&str| line.starts_with("-> ");
            let text: Vec<&str> = body.lines().filter(|line| !is_told(line)).collect();
            let expected: String = body
                .lines()
                .filter(is_told)
                .flat_map(|line| [line, "\n"])
                .collect();
            (name, text.join("\n").trim().to_owned(), expected)
        })
        .collect();
    let texts: Vec<&str> = cases.iter().map(|(_, text, _)| &**text).collect();
    let found = told(language, &texts);
    if std::env::var_os("SAKSI_UPDATE").is_some() {
        let mut updated = head.to_owned();
        for ((name, text, _), told) in cases.iter().zip(&found) {
            write!(updated, "\n== {name}\n{text}\n{told}").unwrap();
        }
        fs::write(&path, updated).unwrap();
        return;
    }
    let wrong: Vec<String> = cases
        .iter()
        .zip(&found)
        .filter(|((_, _, expected), told)| expected != *told)
        .map(|((name, text, expected), told)| {
            format!("{name}: {text}\nexpected:\n{expected}found:\n{told}")
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn indonesian() {
    check("id");
}

#[test]
fn english() {
    check("en");
}
