//! A statement as the rules find it, before nesting.

use std::ops::Range;

use saksi_record::Stance;
use saksi_text::Span;

/// A statement as one rule found it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) sentence: usize,
    /// The words of the cue.
    pub(super) cue: Range<usize>,
    /// Head word of the source, in the cue's sentence.
    pub(super) source: Option<usize>,
    /// What is said, in order.
    pub(super) parts: Vec<Span>,
    /// Whether the parts are quotations.
    pub(super) direct: bool,
    pub(super) stance: Stance,
    /// The words of the attribution itself, where it stands beside what is said: "..., [kata Budi]".
    pub(super) aside: Option<Range<usize>>,
    pub(super) rule: &'static str,
    pub(super) confidence: f64,
}

/// The words of what is said, where it is in the cue's own sentence, and the rule that found them.
pub(super) struct Content {
    pub(super) words: Vec<Range<usize>>,
    pub(super) rule: &'static str,
    pub(super) confidence: f64,
}

impl Content {
    pub(super) fn one(words: Range<usize>, rule: &'static str, confidence: f64) -> Self {
        Self {
            words: vec![words],
            rule,
            confidence,
        }
    }
}
