//! Any bytes decode, clean and are told a language without a panic.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saksi_text::{Identifier, decode};

static IDENTIFIER: LazyLock<Identifier> = LazyLock::new(Identifier::new);

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes);
    assert!(decoded.text.len() <= bytes.len() * 3 + 3);
    for warning in &decoded.warnings {
        assert!(!warning.to_string().is_empty());
    }
    let told = IDENTIFIER.run(&decoded.text);
    assert!((0.0..=1.0).contains(&told.confidence));
});
