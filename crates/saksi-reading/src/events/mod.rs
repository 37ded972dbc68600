//! Who does what to whom: triggers, roles, selection, happenings.
//!
//! In: a parsed report with its propositions, entities, times and statements, and the packs' [`EventRules`]. Out: [`Events`] in the
//! order of the text, each with the way it was found. The stages: words that may tell of an act (`candidates`), who takes part
//! (`roles`), which of them do tell of one (`selection`), how real (`crate::modality`), which stand inside another (`nesting`), who and what these are (`assembly`), which tell of the same
//! (`happenings`), which take their date from the narrative (`narrative`). This module fills no role that the words leave open, and gives no date that they don't support.

mod assembly;
mod cameo;
mod candidates;
mod happenings;
mod narrative;
mod nesting;
mod obligations;
mod quantity;
mod roles;
mod rules;
mod selection;
mod view;
mod vocabulary;

use std::ops::Range;

use saksi_record::{DateFrom, EventType, Modality};
use saksi_text::Span;

use crate::entities::EntityId;
use crate::statements::WordAt;

pub(crate) use assembly::time_of;
pub use assembly::{Context, find};
pub use rules::EventRules;
pub(crate) use rules::Phrases;
pub(crate) use vocabulary::Sentence as SentenceKeys;

/// The events of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// In the order of their triggers.
    pub list: Vec<Event>,
}

/// Something that an actor does, did, will, may or did not do.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What it is.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Box<str>>,
    /// PLOVER contexts.
    pub contexts: Vec<Box<str>>,
    /// CAMEO code, where one follows.
    pub cameo: Option<&'static str>,
    /// The word that names the act: of several the highest in the tree.
    pub word: WordAt,
    /// The words that name the act.
    pub trigger: Span,
    /// Who does it.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub recipients: Vec<EntityId>,
    /// What.
    pub objects: Vec<Object>,
    /// By means of what.
    pub instrument: Option<Object>,
    /// Where.
    pub place: Option<EntityId>,
    /// Index of the time expression that governs it.
    pub time: Option<usize>,
    /// When, in EDTF.
    pub date: Option<String>,
    /// What the date was taken from.
    pub date_from: Option<DateFrom>,
    /// How real it is.
    pub modality: Modality,
    /// Index of the innermost statement that carries it.
    pub statement: Option<usize>,
    /// Index of the event that it is told inside: what is asked for, promised, refused, alleged, or what an act is done for.
    pub parent: Option<usize>,
    /// Number of the happening that it tells of.
    pub happening: usize,
    /// The rule that found it.
    pub rule: String,
    /// How sure the rule is, 0 to 1.
    pub confidence: f64,
    /// How it was found.
    pub path: Path,
}

/// A thing that takes part in an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Its words.
    pub span: Span,
    /// Its entity, where the report speaks of it as one.
    pub entity: Option<EntityId>,
    /// How many or how much.
    pub quantity: Option<Quantity>,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// What is counted, in the report's words.
    pub unit: Option<String>,
    /// The words that tell the number.
    pub span: Span,
}

/// How an event was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// Indexes of the words of the trigger.
    pub trigger: Vec<usize>,
    /// File of the pack that holds the entry.
    pub file: String,
    /// Line of the entry in that file.
    pub line: u32,
    /// The arguments, in the order of the roles.
    pub arguments: Vec<PathArgument>,
    /// The word that the modality rests on.
    pub modality_word: Option<usize>,
}

/// An argument of the trigger and the role that it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathArgument {
    /// `actor`, `recipient`, `object`, `instrument` or `place`.
    pub role: &'static str,
    /// Where it stood, as in the pack: `object`, `ke`, `subject`.
    pub slot: String,
    /// Its words, as indexes in the tree.
    pub words: Range<usize>,
}
