//! A report cut into sentences, tokens and words.

use crate::{Cut, SourceMap, Span, Warning};

/// A report's text with its sentences.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    /// The cleaned text that every span points into.
    pub text: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Its sentences, in order; they never overlap.
    pub sentences: Vec<Sentence>,
    /// Where its characters stand in the decoded text.
    pub map: SourceMap,
    /// What was cut from the decoded text, in order.
    pub cuts: Vec<Cut>,
    /// What was odd about bytes and text.
    pub warnings: Vec<Warning>,
    /// Whether its sentences were given (a treebank's), so that none is to be divided further.
    pub given: bool,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Which paragraph (counted from 0) it belongs to.
    pub paragraph: u32,
    /// Its tokens, as written, in order.
    pub tokens: Vec<Token>,
    /// Its syntactic words, in order: more than tokens where a token holds several ("kunjungannya" = "kunjungan" + "nya").
    pub words: Vec<Word>,
}

/// A token as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text.
    pub span: Span,
    /// Index of its first word in [`Sentence::words`].
    pub first: u32,
    /// How many words it holds: 1, or more for a multiword token.
    pub words: u32,
}

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its form; for a part of a multiword token that is not written out, the treebanks' form of it.
    pub form: Box<str>,
    /// Its letters in the text; the whole token where the parts can't be told apart.
    pub span: Span,
}
