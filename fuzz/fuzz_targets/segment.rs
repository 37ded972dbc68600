//! Segmentation covers any text, with the rules of each shipped language.
#![no_main]

#[path = "../../crates/saksi-text/tests/checks/mod.rs"]
#[expect(dead_code, reason = "the map is the other target's")]
mod checks;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saksi_text::{Cleaned, Segmentation, Segmenter};

static RULES: LazyLock<[Segmentation; 2]> = LazyLock::new(|| {
    [
        include_str!("../../packs/id/segmentation.toml"),
        include_str!("../../packs/en/segmentation.toml"),
    ]
    .map(|pack| Segmentation::from_toml("pack", pack).expect("a shipped pack is right"))
});

fuzz_target!(|text: &str| {
    for rules in RULES.iter() {
        checks::check_tokens(&Segmenter::new(rules).run(Cleaned::verbatim(text.to_owned())));
    }
});
