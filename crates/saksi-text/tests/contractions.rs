//! Words written as one that are two only before some words.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use saksi_text::{Cleaned, Segmentation, Segmenter};

const RULES: &str = r#"
language = "en"
[[multiword]]
form = "its"
parts = ["it", "s"]
before = ["not", "a"]
[[multiword]]
form = "dunno"
parts = ["du", "n", "no"]
"#;

#[test]
fn a_contraction_may_ask_for_the_word_after_it() {
    let rules = Segmentation::from_toml("test.toml", RULES).unwrap();
    for (text, expected) in [
        ("Its not here", "It s not here"),
        ("its  A house", "it s A house"),
        ("its another house", "its another house"),
        ("its roof", "its roof"),
        ("its a-cappella choir", "its a-cappella choir"),
        ("its, a", "its , a"),
        ("its", "its"),
        ("I dunno", "I du n no"),
    ] {
        let segmented = Segmenter::new(&rules).run(Cleaned::verbatim(text.to_owned()));
        let words: Vec<_> = segmented
            .sentences
            .iter()
            .flat_map(|sentence| sentence.words.iter().map(|word| word.form.as_ref()))
            .collect();
        assert_eq!(words.join(" "), expected);
    }
}
