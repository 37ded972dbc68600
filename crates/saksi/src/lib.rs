//! Reads news reports and keeps the record of what they say.
//!
//! In: the bytes of a report, and packs (what words mean). Out: a [`Reading`]: the [`Record`](record::Record) and what was
//! odd about the report. The way of a report through the stages is [`Saksi::read`]; each stage is a crate, and only adds
//! to what the one before it found:
//!
//! | stage | from | to |
//! | --- | --- | --- |
//! | [`text`] | bytes | clean text, its language, sentences, tokens |
//! | [`syntax`] | sentences | trees (part of speech, lemma, dependency relation of each word) |
//! | [`reading`] | trees and the [`lexicon`] | entities, times, statements, events |
//! | [`record`](mod@record) | | what all of them are written down in |
//!
//! Beside the way: [`import`] makes packs of what others know, [`packs`] tells what is wrong with a pack and what a name can mean.
//!
//! ```
//! let saksi = saksi::Saksi::new(&saksi::Settings::default())?;
//! let about = saksi::About { published: Some(saksi::day("2023-08-14")?), ..Default::default() };
//! let reading = saksi.read("Presiden meninjau pabrik senjata di Bandung pada Jumat.".as_bytes(), &about)?;
//! assert_eq!(reading.record.document.language, "id");
//! # Ok::<(), saksi::Error>(())
//! ```
//!
//! This crate opens no file but those of the packs it is told to add, never looks at the clock, and knows no language by
//! name: the same report, packs and version give the same record.
//!
//! Parsing multiplies matrices on the threads of `rayon`'s global pool. A program that reads reports on threads of its own makes that pool with one
//! thread, as the command does.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod about;
mod chain;
mod error;
mod fence;
mod head;
pub mod packs;
mod warning;

pub use about::{About, day};
pub use chain::{MAX_REPORT_BYTES, Reading, Saksi, Settings};
pub use error::Error;
pub use jiff::civil::Date;
pub use saksi_import as import;
pub use saksi_lexicon as lexicon;
pub use saksi_reading as reading;
pub use saksi_record as record;
pub use saksi_syntax as syntax;
pub use saksi_text as text;
pub use warning::Warning;
