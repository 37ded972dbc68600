//! Trees: part of speech, morphology, lemma and Universal Dependencies relation of every word.
//!
//! In: a [`saksi_text::Segmented`] report and a [`Model`]. Out: [`Parsed`], which owns the report and has one
//! [`Tree`] a sentence. Also here: CoNLL-U ([`conllu`]), the Indonesian morphological analyser ([`morphology`]) and the
//! trainer. This crate never decides what a tree means, and never opens a file.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

pub mod conllu;
mod decode;
mod features;
pub mod lemma;
mod matrix;
mod model;
pub mod morphology;
mod names;
mod network;
mod parser;
mod punctuation;
mod quantised;
mod shipped;
pub mod train;
mod tree;

pub use model::{Error, Model};
pub use names::{Name, NameKind};
pub use parser::Parser;
pub use shipped::shipped;
pub use tree::{Deprel, Features, Relation, Tree, Upos, Word};

/// A report with the tree of each sentence.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The report; its sentences are in the same order as `trees`.
    pub report: saksi_text::Segmented,
    /// One tree a sentence.
    pub trees: Vec<Tree>,
    /// The names of each sentence; empty where none were looked for.
    pub names: Vec<Vec<Name>>,
}
