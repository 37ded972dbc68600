//! Records in other people's formats.
//!
//! In: [`saksi_record::Record`]s, one by one. Out: the bytes of a [`Format`], through one seam, the [`Writer`]: it holds one record at a time, so
//! that millions can pass. Nothing is decided here about a report: a format gets what the record says, and what it has no field for is left out; the
//! text of each module says what that is, and `docs/formats.md` says it to those who use the formats. The types of PLOVER
//! that a record does not have come of its own by the table of the module `plover_types`.
//!
//! The same records and [`Settings`] give the same bytes: no clock is read, no number is drawn.
//!
//! ```
//! use saksi_export::{Format, Report, Settings, Writer};
//!
//! fn export(records: &[saksi_record::Record]) -> Result<Vec<u8>, saksi_export::Error> {
//!     let mut out = Vec::new();
//!     let mut writer = Writer::new(Format::Stix, None, Settings::default())?;
//!     for record in records {
//!         writer.write(&Report::new(record), &mut out)?;
//!     }
//!     writer.finish(&mut out)?;
//!     Ok(out)
//! }
//! # assert!(export(&[])?.starts_with(b"{\"type\":\"bundle\""));
//! # Ok::<(), saksi_export::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod annotation;
mod cameo;
mod countries;
mod csv;
mod days;
mod division;
mod error;
mod follow_the_money;
mod format;
mod gdelt;
mod geojson;
mod json;
mod jsonl;
mod parquet;
mod phoenix;
mod plover;
mod plover_types;
mod polecat;
mod report;
mod stix;
mod table;
#[cfg(test)]
mod tests;
mod tsv;
mod writer;

pub use csv::unguarded;
pub use error::Error;
pub use format::{Format, Table};
pub use report::Report;
pub use table::{Column, Kind, columns};
pub use writer::{Settings, Writer};
