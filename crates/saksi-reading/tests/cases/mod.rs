//! Files of cases: `== NAME`, a text, and the lines `-> ...` that it must give.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use saksi_text::Segmentation;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// How the pack of a language cuts words and sentences.
pub(crate) fn segmentation(language: &str) -> Segmentation {
    let path = format!("packs/{language}/segmentation.toml");
    let file = fs::read_to_string(root().join(&path)).unwrap();
    Segmentation::from_toml(&path, &file).unwrap()
}

/// Holds what is `told` of the texts of `cases/FOLDER/LANGUAGE.txt` against the file; with `SAKSI_UPDATE` writes it into the file.
pub(crate) fn check(folder: &str, language: &str, told: fn(&str, &[&str]) -> Vec<String>) {
    let path = root().join(format!("cases/{folder}/{language}.txt"));
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
