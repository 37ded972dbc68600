//! Named cases of cleaning and segmentation, in `cases/text`: the text above the dashes, what must come of it below.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
use saksi_text::{Cleaned, Cleaner, Decoded, Segmentation, Segmenter};

fn segmentation(language: &str) -> Segmentation {
    let file = format!(
        "{}/../../packs/{language}/segmentation.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&file).unwrap();
    Segmentation::from_toml(&file, &text).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs every case of a file; fails with all that differ.
fn check(file: &str, run: impl Fn(&str) -> String) {
    let path = format!("{}/../../cases/text/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in text.split("\n== ") {
        let (name, body) = case.trim_start_matches("== ").split_once('\n').unwrap();
        let (input, expected) = body.split_once("\n--\n").unwrap();
        let got = run(&unescape(input));
        if got.trim_end() != expected.trim_end() {
            wrong.push(format!(
                "{name}\n  expected: {expected:?}\n       got: {got:?}"
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} cases of {file}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// `\u{..}`, `\t`, `\r`, `\n` written out, so that a case can hold what can't be seen.
fn unescape(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').unwrap();
        plain.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        plain.push_str(rest);
    }
    plain
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\n", "\n")
}

fn clean(text: &str) -> String {
    let (id, en) = (segmentation("id"), segmentation("en"));
    let decoded = Decoded {
        text: text.to_owned(),
        encoding: "UTF-8",
        warnings: Vec::new(),
    };
    Cleaner::new([id.residue(), en.residue()]).run(decoded).text
}

fn segment(language: &str, text: &str) -> String {
    let rules = segmentation(language);
    let segmented = Segmenter::new(&rules).run(Cleaned::verbatim(text.to_owned()));
    let mut lines = String::new();
    for sentence in &segmented.sentences {
        let tokens: Vec<_> = sentence
            .tokens
            .iter()
            .map(|token| {
                let words: Vec<&str> = sentence
                    .words
                    .iter()
                    .skip(token.first as usize)
                    .take(token.words as usize)
                    .map(|word| word.form.as_ref())
                    .collect();
                words.join("+")
            })
            .collect();
        lines.push_str(&tokens.join(" "));
        lines.push('\n');
    }
    lines
}

#[test]
fn cleans_indonesian() {
    check("clean_id.txt", clean);
}

#[test]
fn cleans_english() {
    check("clean_en.txt", clean);
}

#[test]
fn segments_indonesian() {
    check("segment_id.txt", |text| segment("id", text));
}

#[test]
fn segments_english() {
    check("segment_en.txt", |text| segment("en", text));
}

#[test]
fn a_wrong_file_is_named_with_line_and_column() {
    let error = Segmentation::from_toml(
        "packs/xx/segmentation.toml",
        "language = \"xx\"\n[tokens]\nhyphens = \"join\"\n",
    )
    .unwrap_err();
    let told = error.to_string();
    assert!(
        told.starts_with("`packs/xx/segmentation.toml`, line 3, column 1: unknown field `hyphens`"),
        "{told}"
    );
    let error = Segmentation::from_toml(
        "x.toml",
        "language = \"xx\"\n[[multiword]]\nform = \"gonna\"\nparts = [\"go\", \"na\"]\n",
    )
    .unwrap_err();
    assert!(error.to_string().contains("`gonna`"), "{error}");
}
