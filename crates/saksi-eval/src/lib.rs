//! How right records are: they are compared with gold, item by item.
//!
//! In: [`Gold`] (what a careful annotator says that a report says) and what was [`Found`], a record of the same report. Out: an
//! [`Evaluation`]: precision, recall and F1 of times, statements, quotations, events and whole records of events, accuracy of the fields of what was
//! found, which types and modalities are taken for which, how far the confidence of events can be trusted ([`Reliability`]), and the [`Item`]s behind the figures. [`Change`] compares two evaluations.
//!
//! This crate opens no file, reads no report and decides nothing about one.
//!
//! ```
//! use saksi_eval::{Evaluation, Found, Gold};
//!
//! let article = "Japan sold frigates to Peru.";
//! let gold = Gold::parse(
//!     r#"{"document": {"file": "a.txt", "language": "en", "published": "2024-05-20"},
//!         "events": [{"type": "TRANSFER", "at": "Japan [sold] frigates", "modality": "actual",
//!                     "actors": [["Japan"]], "recipients": [["Peru"]]}]}"#,
//! )?;
//! let found = Found::parse(
//!     r#"{"document": {"text": "Japan sold frigates to Peru."},
//!         "events": [{"type": "TRANSFER", "trigger": [6, 10], "modality": "actual",
//!                     "actors": ["Japan"], "recipients": []}]}"#,
//! )?;
//! let mut evaluation = Evaluation::default();
//! let warnings = evaluation.add("a", &gold, article, Some(&found));
//! assert!(warnings.is_empty());
//! assert_eq!(evaluation.measures.event.right, 1);
//! assert_eq!(evaluation.measures.record.right, 0); // to whom is not told
//! # Ok::<(), saksi_eval::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod change;
mod context;
mod error;
mod evaluation;
mod fields;
mod figures;
mod found;
mod gold;
mod names;
mod reliability;
mod score;
#[cfg(test)]
mod tests;

pub use change::{Change, Move, State, TallyChange};
pub use error::Error;
pub use evaluation::{
    Confusion, Evaluation, Fault, Item, Kind, Outcome, ReportFigures, SCHEMA, Warning,
};
pub use figures::{Measures, Ratio, Tally};
pub use found::Found;
pub use gold::{Document, Gold};
pub use reliability::{Bin, Reliability};
