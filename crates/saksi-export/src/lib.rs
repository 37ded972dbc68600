//! Records in other people's formats.
//!
//! In: a [`saksi_record::Record`]. Out: plain types that serialise to the format. Nothing is decided here: what a format has no field for is
//! left out, and each module says what that is.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

pub mod geojson;
