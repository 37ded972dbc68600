//! Any bytes are a feed or none.
#![no_main]

#[path = "intake/mod.rs"]
mod intake;

use libfuzzer_sys::fuzz_target;
use saksi_intake::Kind;

fuzz_target!(|bytes: &[u8]| {
    intake::check(bytes, Kind::Feed);
    // Whatever is no list of feeds is told to be none.
    let _ = saksi_intake::feed::from_opml(bytes);
});
