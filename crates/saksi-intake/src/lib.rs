//! Where reports come from.
//!
//! In: a file, a folder, an address or standard input. Out: one [`Report`] after the other, each with what its source tells about it (title,
//! outlet, byline, day of publication, language) and where it stands, or a [`Problem`] in the place of one that can't be had. A problem never ends
//! the others, and only one report is held at a time, however many there are.
//!
//! ```
//! use saksi_intake::{Content, Location, Options, open};
//!
//! let folder = tempfile::tempdir()?;
//! let file = folder.path().join("reports.jsonl");
//! std::fs::write(&file, "{\"text\": \"Menteri tiba.\", \"date\": \"2023-08-14\"}\nnot a report\n")?;
//! let reports: Vec<_> = open(&Location::Path(file), &Options::default()).collect();
//! assert_eq!(reports[0].as_ref().unwrap().content, Content::Text("Menteri tiba.".to_owned()));
//! assert!(reports[1].is_err());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! This crate never decides what a report says, knows no word's meaning, and never looks at the clock. It opens only what it is told to open.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod date;
mod error;
pub mod feed;
pub mod fetch;
mod folder;
mod jsonl;
mod kind;
mod location;
mod mapping;
mod open;
pub mod page;
mod report;
mod row;
mod stream;
mod table;
mod warc;
mod words;

pub use error::{Error, Problem};
pub use kind::Kind;
pub use location::Location;
pub use mapping::Mapping;
pub use open::{Finds, Found, Options, find, find_in, open};
pub use report::{Content, Place, Position, Report, Warning};
