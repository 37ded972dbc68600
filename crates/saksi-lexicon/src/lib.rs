//! Packs: what words mean.
//!
//! In: the text of pack files (TOML), in order of precedence. Out: a compiled [`Lexicon`] with one part a kind of
//! knowledge: names, calendar words, statement cues, event triggers, what evidence for an event is worth, grammar words. This crate never opens a file
//! and never looks at a report; every error names the file, line and column.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

pub mod calendar;
pub mod confidence;
pub mod cues;
mod error;
pub mod gazetteer;
pub mod grammar;
mod lexicon;
pub mod names;
pub mod pack;
pub mod triggers;

pub use error::Error;
pub use lexicon::Lexicon;
pub use pack::{FileKind, Pack, PackFile};
