//! Languages told from one another: own samples in `cases/text/identify.txt`, and counts on the data sets where they are at hand.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{io::Write as _, path::PathBuf};

use saksi_text::Identifier;

#[test]
fn samples_are_what_they_are() {
    let path = format!(
        "{}/../../cases/text/identify.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let identifier = Identifier::new();
    let mut wrong = Vec::new();
    for case in text.split("== ").skip(1) {
        let (code, body) = case.split_once('\n').unwrap();
        let told = identifier.run(body);
        if told.code != code {
            wrong.push(format!("{code} told as {told:?}: {}", body.trim()));
        }
        // A language is named in words.
        assert!(!told.name.is_empty() && (0.0..=1.0).contains(&told.confidence));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The folder of the data sets, which don't ship with the project.
fn shared() -> PathBuf {
    std::env::var_os("SAKSI_SHARED").map_or_else(
        || PathBuf::from(format!("{}/../../../shared", env!("CARGO_MANIFEST_DIR"))),
        PathBuf::from,
    )
}

#[test]
fn treebanks_are_told() {
    let identifier = Identifier::new();
    let sets = [
        ("data/treebanks/id/pud-test.conllu", "id"),
        ("data/treebanks/id/csui-train.conllu", "id"),
        ("data/treebanks/id/gsd-dev.conllu", "id"),
        ("data/treebanks/en/gum-dev.conllu", "en"),
        ("data/treebanks/en/ewt-dev.conllu", "en"),
    ];
    for (file, code) in sets {
        let Ok(text) = std::fs::read_to_string(shared().join(file)) else {
            writeln!(
                std::io::stderr(),
                "skipped: {file} is not at hand (set SAKSI_SHARED)"
            )
            .unwrap();
            continue;
        };
        let sentences: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# text = "))
            .collect();
        for (size, least) in [(5, 0.99), (1, 0.93)] {
            let texts: Vec<_> = sentences
                .chunks(size)
                .map(|chunk| chunk.join(" "))
                .collect();
            let wrong: Vec<_> = texts
                .iter()
                .map(|text| (identifier.run(text), text))
                .filter(|(told, text)| told.code != code && text.len() > 30)
                .collect();
            let right = 1.0 - wrong.len() as f64 / texts.len() as f64;
            writeln!(
                std::io::stderr(),
                "{file} by {size}: {right:.4} of {}",
                texts.len()
            )
            .unwrap();
            if std::env::var_os("SAKSI_WRONG").is_some() {
                for (told, text) in &wrong {
                    writeln!(
                        std::io::stderr(),
                        "  {} {:.2} {text}",
                        told.code,
                        told.confidence
                    )
                    .unwrap();
                }
            }
            assert!(right >= least, "{file} by {size}: {right:.4}");
        }
    }
}
