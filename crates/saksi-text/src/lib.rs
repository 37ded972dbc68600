//! From bytes to sentences and tokens, with exact offsets back to the source.
//!
//! In: the bytes of a report, and a language's segmentation rules. Out: [`Segmented`], which owns the
//! cleaned text, what was cut from it, and its sentences, tokens and words, each with its [`Span`].
//! This crate never opens a file, never parses, and never fails on strange input: what is wrong with the
//! bytes becomes a [`Warning`] beside the text.
//!
//! ```
//! use saksi_text::{Cleaner, Identifier, Segmentation, Segmenter, decode};
//!
//! let rules = Segmentation::from_toml("segmentation.toml", "language = \"id\"")?;
//! let cleaned = Cleaner::new([rules.residue()]).run(decode("Ia pergi. Kami tinggal.".as_bytes()));
//! assert_eq!(Identifier::new().run("Menteri mengatakan bahwa pasukan sudah tiba karena kapal itu cepat.").code, "id");
//! let segmented = Segmenter::new(&rules).run(cleaned);
//! assert_eq!(segmented.sentences.len(), 2);
//! # Ok::<(), saksi_text::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod clean;
mod decode;
mod language;
mod segmentation;
mod segmented;
mod span;
mod warning;

pub use clean::{Cleaned, Cleaner, Cut, CutKind, ResiduePatterns, SourceMap};
pub use decode::{Decoded, decode};
pub use language::{Identified, Identifier, identify};
pub use segmentation::{Error, Segmentation, Segmenter};
pub use segmented::{Segmented, Sentence, Token, Word};
pub use span::Span;
pub use warning::Warning;
