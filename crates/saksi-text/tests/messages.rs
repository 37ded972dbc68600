//! How mails and posts end and begin, by rules of our own making.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use saksi_text::{Cleaned, Segmentation, Segmenter};

const RULES: &str = r#"
language = "en"
[abbreviations]
never_final = ["Mr."]
sentence_openers = ["we", "the"]
[messages]
sign_offs = ["thanks", "best regards"]
"#;

/// The sentences of a text, with a bar between them.
fn segmented(rules: &str, text: &str) -> String {
    let rules = Segmentation::from_toml("test.toml", rules).unwrap();
    let segmented = Segmenter::new(&rules).run(Cleaned::verbatim(text.to_owned()));
    let sentences: Vec<_> = segmented
        .sentences
        .iter()
        .map(|sentence| sentence.span.of(&segmented.text))
        .collect();
    sentences.join(" | ")
}

#[test]
fn a_greeting_at_the_end_stands_before_a_name_and_more() {
    for (text, expected) in [
        (
            "It is done. Best regards, Ana Here is the list.",
            "It is done. | Best regards, | Ana Here is the list.",
        ),
        ("Thanks, Ana << File", "Thanks, | Ana << File"),
        // A greeting to somebody, not from somebody.
        ("Thanks, Ana.", "Thanks, Ana."),
        ("Thanks, Mr. Wu came.", "Thanks, Mr. Wu came."),
        ("Thanks, Ana, it came.", "Thanks, Ana, it came."),
        // The sentence goes on.
        ("Thanks, We got the list.", "Thanks, We got the list."),
        ("Thanks, and come again.", "Thanks, and come again."),
        (
            "He sent his best regards, Ana her thanks to them.",
            "He sent his best regards, Ana her thanks to them.",
        ),
    ] {
        assert_eq!(segmented(RULES, text), expected);
    }
    assert_eq!(
        segmented("language = \"en\"", "Thanks, Ana << File"),
        "Thanks, Ana << File"
    );
}
