//! Records over time, in one file.
//!
//! In: records with their lemmas. Out: the same records, and those among them that somebody looks for. The file is a database of SQLite that other
//! programs can read, too; the files of `schema` say what is in it.
//!
//! | type | does |
//! | --- | --- |
//! | [`Entry`] | all that can be done to a record before it is stored, on any thread |
//! | [`Writer`] | stores entries, all or none; links reprints |
//! | [`Reader`] | gives records back, searches, counts, while others write |
//! | [`Query`] | what is looked for |
//!
//! ```
//! use saksi_archive::{Entry, Identifier, Options, Query, Reader, Writer};
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("saksi.db");
//! # let text = "Menteri meninjau galangan kapal.";
//! # let record = serde_json::from_value(serde_json::json!({
//! #     "schema": "saksi-record/1", "generator": {"name": "saksi", "version": "0", "packs": {}},
//! #     "document": {"id": Identifier::of(text).in_record(), "uri": null, "title": null, "outlet": null, "byline": null,
//! #         "published": null, "published_from": null, "retrieved": null, "language": "id", "text": text},
//! #     "sentences": [[0, 32]], "entities": [], "times": [], "statements": [], "events": [],
//! # }))?;
//! let entry = Entry::new(record, "menteri tinjau galang kapal .".to_owned(), None)?;
//! Writer::open(&path, Options::default())?.add(&[entry])?;
//!
//! let roots = |word: &str| vec![word.trim_start_matches("di").to_owned()];
//! let found = Reader::open(&path, Options::default())?.search(&Query::parse("ditinjau")?, &roots, 10)?;
//! assert_eq!(found.hits[0].id, Identifier::of(text));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This crate reads no report and decides nothing about one; a reading by another program or other packs stays in its history. It never looks at the clock.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod dates;
mod difference;
mod entry;
mod error;
mod identifier;
mod pack;
pub mod query;
mod reader;
mod rows;
mod shingles;
mod store;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod writer;

pub use difference::Difference;
pub use entry::{Entry, Key};
pub use error::Error;
pub use identifier::Identifier;
pub use query::Query;
pub use reader::{
    Appearance, Count, Found, Hit, Overview, Passing, Reader, Reading, Report, Reprint, Telling,
    Timeline,
};
pub use store::{Options, SCHEMA_VERSION};
pub use writer::{Added, Outcome, Writer};
