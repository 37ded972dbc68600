//! From trees and lexicon to a record: what the report says.
//!
//! In: a [`saksi_syntax::Parsed`] report, a [`saksi_lexicon`] lexicon, the date of publication. Out: a
//! [`saksi_record::Record`]. The stages run in the order of the modules below and only add. Rules look at
//! Universal Dependencies relations and at lemmas or roots, so that one rule serves every language; what is about a language is in its pack.
//! This crate never opens a file and knows no language by name.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod dateline;
pub mod entities;
pub mod events;
pub mod mending;
mod modality;
pub mod propositions;
mod reader;
mod record;
pub mod statements;
pub mod times;

pub use reader::{Explanation, Reader, Reading};
