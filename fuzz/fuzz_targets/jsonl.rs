//! Any bytes are JSON lines, and a table.
#![no_main]

#[path = "intake/mod.rs"]
mod intake;

use libfuzzer_sys::fuzz_target;
use saksi_intake::Kind;

fuzz_target!(|bytes: &[u8]| {
    intake::check(bytes, Kind::Jsonl);
    intake::check(bytes, Kind::Table(b','));
});
