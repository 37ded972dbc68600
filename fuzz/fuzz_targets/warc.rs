//! Any bytes are a web archive; each of its records is found once.
#![no_main]

#[path = "intake/mod.rs"]
mod intake;

use libfuzzer_sys::fuzz_target;
use saksi_intake::Kind;

fuzz_target!(|bytes: &[u8]| intake::check(bytes, Kind::Warc));
