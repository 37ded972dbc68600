//! Cleaning keeps its map right for any text.
#![no_main]

#[path = "../../crates/saksi-text/tests/checks/mod.rs"]
#[expect(dead_code, reason = "the tokens are the other target's")]
mod checks;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saksi_text::{Cleaner, Decoded, Segmentation};

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| {
    let packs = [
        include_str!("../../packs/id/segmentation.toml"),
        include_str!("../../packs/en/segmentation.toml"),
    ];
    let rules =
        packs.map(|pack| Segmentation::from_toml("pack", pack).expect("a shipped pack is right"));
    Cleaner::new(rules.iter().map(Segmentation::residue))
});

fuzz_target!(|text: &str| {
    let cleaned = CLEANER.run(Decoded {
        text: text.to_owned(),
        encoding: "UTF-8",
        warnings: Vec::new(),
    });
    checks::check_map(text, &cleaned);
});
