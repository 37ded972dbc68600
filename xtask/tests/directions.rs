//! Imports run one way: no crate uses one that comes after it on the way of the data.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// The crates in the order of the way of the data, with those that each may use.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("saksi-record", &[]),
    ("saksi-text", &["saksi-record"]),
    ("saksi-syntax", &["saksi-record", "saksi-text"]),
    ("saksi-lexicon", &["saksi-record"]),
    ("saksi-import", &["saksi-record", "saksi-lexicon"]),
    (
        "saksi-reading",
        &[
            "saksi-record",
            "saksi-text",
            "saksi-syntax",
            "saksi-lexicon",
        ],
    ),
    (
        "saksi",
        &[
            "saksi-record",
            "saksi-text",
            "saksi-syntax",
            "saksi-lexicon",
            "saksi-import",
            "saksi-reading",
        ],
    ),
    ("saksi-archive", &["saksi-record"]),
    ("saksi-intake", &["saksi-record", "saksi-text"]),
    ("saksi-export", &["saksi-record"]),
    ("saksi-eval", &["saksi-record"]),
    (
        "saksi-cli",
        &[
            "saksi",
            "saksi-archive",
            "saksi-eval",
            "saksi-export",
            "saksi-intake",
        ],
    ),
    (
        "xtask",
        &[
            "saksi",
            "saksi-eval",
            "saksi-lexicon",
            "saksi-record",
            "saksi-syntax",
            "saksi-text",
        ],
    ),
];

#[test]
fn imports_run_one_way() {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<String, Vec<String>> =
        (metadata["packages"].as_array().into_iter().flatten())
            .map(|package| {
                let used = package["dependencies"].as_array().into_iter().flatten();
                (
                    text(&package["name"]),
                    used.map(|used| text(&used["name"])).collect(),
                )
            })
            .collect();
    let mut arrows_back = Vec::new();
    for (name, used) in &packages {
        let (_, allowed) = (MAY_USE.iter().find(|(known, _)| known == name)).unwrap_or_else(|| {
            panic!("crate `{name}` has no place on the way of the data: add it to MAY_USE")
        });
        for other in used.iter().filter(|other| packages.contains_key(*other)) {
            if !allowed.contains(&other.as_str()) {
                arrows_back.push(format!("{name} uses {other}"));
            }
        }
    }
    assert!(arrows_back.is_empty(), "{arrows_back:?}");
}
