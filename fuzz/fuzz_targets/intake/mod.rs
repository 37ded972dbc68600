//! What holds of any bytes that are taken in.

use std::io::Cursor;

use saksi_intake::{Kind, Options, Place, find_in, page};

/// Takes `bytes` in as `kind`: all of it ends, no report stands in two places, and no program error was caught.
pub fn check(bytes: &[u8], kind: Kind) {
    let options = Options {
        kind: Some(kind),
        ..Options::default()
    };
    let mut last = None;
    for found in find_in(Cursor::new(bytes.to_vec()), Place::whole("-"), &options) {
        match found.and_then(|found| found.report(&page::Standard)) {
            Ok(report) => {
                assert!(report.place.position.is_none() || report.place.position >= last);
                last = report.place.position;
            }
            Err(problem) => assert!(
                !matches!(problem.error, saksi_intake::Error::Fenced(_)),
                "{problem}"
            ),
        }
    }
}
