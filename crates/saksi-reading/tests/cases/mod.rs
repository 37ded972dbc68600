//! Files of cases: `== NAME`, a text, and the lines `-> ...` that it must give.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use saksi_lexicon::gazetteer::Gazetteer;
use saksi_lexicon::{Lexicon, Pack, PackFile};
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

/// The packs of the house, as the program has them for a language.
pub(crate) fn lexicon(language: &str) -> Lexicon {
    let packs = ["world", "defence", language].map(pack);
    Lexicon::compile(language, &packs).unwrap()
}

fn pack(name: &str) -> Pack {
    let mut files = Vec::new();
    collect(&root().join("packs").join(name), name, &mut files);
    files.sort_by(|one: &PackFile, other| one.path.cmp(&other.path));
    let mut pack = Pack::parse(name, files).unwrap();
    if name == "world" {
        let bytes = fs::read(root().join("packs/world/places.gazetteer")).unwrap();
        pack.gazetteers.push(Gazetteer::from_bytes(bytes).unwrap());
    }
    pack
}

fn collect(folder: &Path, path: &str, files: &mut Vec<PackFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{path}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &path, files);
        } else if entry.path().extension().is_some_and(|end| end == "toml") {
            let text = fs::read_to_string(entry.path()).unwrap().into();
            files.push(PackFile { path, text });
        }
    }
}

/// A case of a file: its name, its text, the lines that it must give.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) expected: String,
}

/// What stands before the cases of a file, and the cases.
pub(crate) fn read(path: &Path) -> (String, Vec<Case>) {
    let file = fs::read_to_string(path).unwrap();
    let mut sections = file.split("\n== ");
    let head = sections.next().unwrap().to_owned();
    let cases = sections.map(|section| {
        let (name, body) = section.split_once('\n').unwrap();
        let is_told = |line: &&str| line.starts_with("-> ");
        let text: Vec<&str> = body.lines().filter(|line| !is_told(line)).collect();
        let expected = body.lines().filter(is_told);
        Case {
            name: name.to_owned(),
            text: text.join("\n").trim().to_owned(),
            expected: expected.flat_map(|line| [line, "\n"]).collect(),
        }
    });
    (head, cases.collect())
}

/// The cases whose lines are not those that were found.
pub(crate) fn wrong(cases: &[Case], found: &[String]) -> Vec<String> {
    let pairs = cases.iter().zip(found);
    pairs
        .filter(|(case, told)| case.expected != **told)
        .map(|(case, told)| {
            let (name, text, expected) = (&case.name, &case.text, &case.expected);
            format!("{name}: {text}\nexpected:\n{expected}found:\n{told}")
        })
        .collect()
}

/// Says of each of some texts in a language what is told in it, in the form of the cases.
pub(crate) type Told = fn(&str, &[&str]) -> Vec<String>;

pub(crate) fn find(language: &str, cases: &[Case], told: Told) -> Vec<String> {
    let texts: Vec<&str> = cases.iter().map(|case| &*case.text).collect();
    told(language, &texts)
}

/// Holds what is `told` of the texts of `cases/FOLDER/LANGUAGE.txt` against the file; with `SAKSI_UPDATE` writes it into the file.
pub(crate) fn check(folder: &str, language: &str, told: Told) {
    let path = root().join(format!("cases/{folder}/{language}.txt"));
    let (head, cases) = read(&path);
    let found = find(language, &cases, told);
    if std::env::var_os("SAKSI_UPDATE").is_some() {
        let mut updated = head;
        for (case, told) in cases.iter().zip(&found) {
            write!(updated, "\n== {}\n{}\n{told}", case.name, case.text).unwrap();
        }
        fs::write(&path, updated).unwrap();
        return;
    }
    let wrong = wrong(&cases, &found);
    let (count, told) = (cases.len(), wrong.join("\n"));
    assert!(
        wrong.is_empty(),
        "{} of {count} cases:\n{told}",
        wrong.len()
    );
}
