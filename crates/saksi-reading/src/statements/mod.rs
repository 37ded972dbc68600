//! Who says what: cue, source, content, quotation, stance, nesting.
//!
//! In: a parsed report, its propositions, its entities' mentions and the cues of its language. Out: [`Statements`], in the
//! order of their cues. This module never decides who is right, and attributes nothing that the words leave to the
//! report's own voice: a sentence that only follows a statement isn't part of it.

mod answers;
mod aside;
mod content;
mod draft;
mod extent;
mod find;
mod noun;
mod passive;
mod phrase;
pub(crate) mod quotes;
mod sentence;
mod source;
mod speech;
mod verb;

use saksi_record::{Quotation, Stance};
use saksi_text::Span;

use crate::entities::EntityId;

pub use find::find;

/// A word of the report: sentence and index in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordAt {
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of the word in the sentence's tree.
    pub word: usize,
}

/// Who says what, how.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Who says it, if the report tells.
    pub source: Option<Party>,
    /// Whom it is told, if the report tells.
    pub recipient: Option<Party>,
    /// The word that tells of the saying.
    pub cue: WordAt,
    /// Its letters; of a frozen phrase ("according to"), all of its words.
    pub cue_span: Span,
    /// What is said; of an interrupted one, its longest part. A quotation is without its marks.
    pub content: Option<Span>,
    /// All parts of what is said, in order: one, but for an interrupted statement.
    pub parts: Vec<Span>,
    /// In whose words.
    pub quotation: Quotation,
    /// With what stance.
    pub stance: Stance,
    /// Index of the statement that this one is part of.
    pub parent: Option<usize>,
    /// Index of the statement that this one denies, where the report tells it apart.
    pub answers: Option<usize>,
    /// The rule that found it.
    pub rule: &'static str,
    /// How sure the rule is, 0 to 1.
    pub confidence: f64,
}

/// Who says something, or whom it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// Head word of the words that name the party.
    pub head: WordAt,
    /// The words.
    pub span: Span,
    /// The entity that the words stand for; `None` for a pronoun that stands for nobody certain.
    pub entity: Option<EntityId>,
}

/// The statements of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statements {
    /// In the order of their cues.
    pub list: Vec<Statement>,
}

impl Statements {
    /// Index of the innermost statement whose content holds `words` (the letters of a trigger); `None` where they are told in
    /// the report's own voice.
    pub fn carrier_of(&self, words: Span) -> Option<usize> {
        let holding = |statement: &Statement| {
            let part = statement.parts.iter().find(|part| part.contains(words))?;
            Some(part.len())
        };
        (0..self.list.len())
            .filter_map(|index| Some((holding(&self.list[index])?, index)))
            .min()
            .map(|(_, index)| index)
    }

    /// The statement at `index` and those around it, innermost first.
    pub fn chain(&self, index: usize) -> impl Iterator<Item = &Statement> {
        let mut at = self.list.get(index);
        let mut left = self.list.len();
        std::iter::from_fn(move || {
            let statement = at?;
            left = left.checked_sub(1)?;
            at = statement.parent.and_then(|parent| self.list.get(parent));
            Some(statement)
        })
    }
}
