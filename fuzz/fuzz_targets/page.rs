//! Any bytes are a page, with an article or without; it ends, and its text has no markup left of it.
#![no_main]

#[path = "intake/mod.rs"]
mod intake;

use libfuzzer_sys::fuzz_target;
use saksi_intake::Kind;

fuzz_target!(|bytes: &[u8]| intake::check(bytes, Kind::Html));
