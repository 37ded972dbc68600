//! A reading as people read it: the report with its names and acts marked, then its events and statements as a list.
//!
//! In: a [`Reading`]. Out: text, with the terminal's styles or without. Nothing here decides anything about a report.

mod archive;
mod evaluation;
mod explain;
mod list;
mod meanings;
mod report;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod wrap;

use saksi::Reading;
use saksi::record::Record;

pub(crate) use archive::{Passage, found, history, kept, overview, sought, timeline};
pub(crate) use evaluation::evaluation;
pub(crate) use meanings::meanings;
pub(crate) use report::name_of as type_name;
pub(crate) use wrap::harmless_text as harmless;

use crate::render::words::Words;

/// How a reading is to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Whether the terminal's styles may be used; else marks of plain text are.
    pub(crate) styled: bool,
    /// Columns.
    pub(crate) width: usize,
    /// Whether trees, paths and rules are shown.
    pub(crate) explain: bool,
    /// Whether the report's file is named above it, as among several.
    pub(crate) named: bool,
}

/// The record as text, ending in a line break.
pub(crate) fn record(record: &Record, look: Look) -> String {
    let words = Words::new(record);
    let mut out = String::new();
    report::head(&mut out, record, look);
    report::body(&mut out, &words, look);
    list::events(&mut out, &words, look);
    list::statements(&mut out, &words, look);
    out
}

/// The reading as text, ending in a line break.
pub(crate) fn reading(reading: &Reading, look: Look) -> String {
    let mut out = record(&reading.record, look);
    if look.explain {
        explain::sentences(&mut out, reading, look);
    }
    out
}
