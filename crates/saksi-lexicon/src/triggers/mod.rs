//! Event triggers with their frames (`events/<type>.toml`), classes of nouns (`events/classes.toml`) and the words
//! that set how real an act is (`events/modality.toml`).
//!
//! In: the text of these files. Out: [`Triggers`], checked: every class that an entry names exists, every slot is
//! known, every list says something. Words stay in their dictionary form, as the files have them: which forms of a
//! report's words they stand for is for the reader of trees to say.

mod check;
mod file;

use std::collections::BTreeMap;
use std::sync::Arc;

use saksi_record::{EntityType, EventType, Modality};

use crate::{Error, PackFile};

/// The words of a trigger, in order and in dictionary form: `["uji", "coba"]`.
pub type Phrase = Vec<Box<str>>;

/// All that the packs of one language say about events.
#[derive(Debug, Clone, Default)]
pub struct Triggers {
    /// The entries, in the order of files and lines.
    pub entries: Vec<Entry>,
    /// The classes of nouns by name.
    pub classes: BTreeMap<Box<str>, Class>,
    /// A sentence with one of these words is not about events of the guide (sport, fiction).
    pub discard: Vec<Phrase>,
    /// Verbs that carry the act their object names; their subject does it.
    pub light: Vec<Phrase>,
    /// Verbs whose subject is given the act their object names.
    pub taken: Vec<Phrase>,
    /// Number words; those of a hundred and more multiply the number before them.
    pub numbers: BTreeMap<Box<str>, f64>,
    /// Words that set the modality of the acts they govern.
    pub governs: Vec<(Phrase, Modality)>,
    /// Words that set the modality of the act they stand beside.
    pub beside: Vec<(Phrase, Modality)>,
    /// Words that open a purpose, and the modality of an act told as a purpose.
    pub purpose: Vec<(Phrase, Modality)>,
}

/// A class of nouns.
#[derive(Debug, Clone, Default)]
pub struct Class {
    /// Types of entity that belong to it.
    pub kinds: Vec<EntityType>,
    /// Nouns that belong to it, those of the classes it includes among them.
    pub nouns: Vec<Phrase>,
}

/// One `[[trigger]]` of a file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The type of event it tells of.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Box<str>>,
    /// PLOVER contexts.
    pub contexts: Vec<Box<str>>,
    /// The file that holds it.
    pub file: Arc<str>,
    /// The line where it begins, from 1.
    pub line: u32,
    /// Verbs, in dictionary form.
    pub verbs: Vec<Phrase>,
    /// Nouns that name the act.
    pub nouns: Vec<Phrase>,
    /// Words beside a verb by which whoever speaks lays the act on another ("must").
    pub obligations: Vec<Phrase>,
    /// Where actors, recipients, objects and the place stand.
    pub roles: Roles<Vec<Slot>>,
    /// What a noun's owner is ("penangkapan X", "X's arrest").
    pub owner: Owner,
    /// All parties are actors.
    pub reciprocal: bool,
    /// The place visited stands for its state.
    pub visit: bool,
    /// Tells of what an act led to; no event of its own where the subject is the act.
    pub effect: bool,
    /// On whose side the recipients must be.
    pub side: Option<Side>,
    /// What it makes of the acts in its complement.
    pub governs: Option<Modality>,
    /// The type instead, where the act is planned.
    pub when_future: Option<EventType>,
    /// The type instead, where the actor itself says that it will.
    pub when_intended: Option<EventType>,
    /// What must hold.
    pub needs: Conditions,
    /// What must not hold.
    pub bars: Conditions,
    /// With one of these words beside it, the word means something else.
    pub not_modifier: Vec<Phrase>,
    /// How sure the word is by itself, 0 to 1.
    pub confidence: f64,
}

/// One value a role.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roles<T> {
    /// Who does it.
    pub actor: T,
    /// To whom.
    pub recipient: T,
    /// What.
    pub object: T,
    /// Where.
    pub place: T,
}

/// Where in the sentence a role stands: `object`, `ke`, `object:party`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The place in the clause.
    pub relation: SlotRelation,
    /// Only what belongs to this class.
    pub class: Option<Box<str>>,
}

/// A place in the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotRelation {
    /// Who the clause says does it, whatever the voice.
    Subject,
    /// What the verb is done to.
    Object,
    /// The other object of a verb with two.
    SecondObject,
    /// Whose the object is ("sikap Rusia").
    ObjectOwner,
    /// The subject of the clause that completes the verb.
    ClauseSubject,
    /// What stands behind this preposition.
    Preposition(Box<str>),
}

/// What the owner of a noun of act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Owner {
    /// The one who does it ("serangan X").
    #[default]
    Subject,
    /// The one it is done to ("penangkapan X").
    Object,
}

/// On whose side someone is, seen from the actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The actor's own.
    Own,
    /// Another's.
    Other,
}

/// Conditions on what fills the roles: of each list that is not empty, one class at least.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conditions {
    /// Classes of an actor.
    pub actor: Vec<Box<str>>,
    /// Classes of an actor, asked of verbs only.
    pub verb_actor: Vec<Box<str>>,
    /// Classes of a recipient.
    pub recipient: Vec<Box<str>>,
    /// Classes of an object.
    pub object: Vec<Box<str>>,
    /// Classes of the place.
    pub place: Vec<Box<str>>,
    /// Classes of any of these.
    pub any: Vec<Box<str>>,
    /// Classes of any word of the sentence.
    pub topic: Vec<Box<str>>,
    /// Types of event of which the complement must tell one.
    pub clause: Vec<EventType>,
    /// How many actors at least.
    pub parties: u8,
}

impl Conditions {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// All classes named.
    fn classes(&self) -> impl Iterator<Item = &Box<str>> {
        (self.actor.iter())
            .chain(&self.verb_actor)
            .chain(&self.recipient)
            .chain(&self.object)
            .chain(&self.place)
            .chain(&self.any)
            .chain(&self.topic)
    }
}

/// The class of places of another country than the actor's, which no list can hold.
pub const FOREIGN: &str = "foreign";

impl Triggers {
    /// Adds what the event files of the packs say, in order of precedence: classes and modality words first, since triggers
    /// name them.
    ///
    /// # Errors
    /// The first thing that is not understood, with its place and what to do.
    pub fn compile(files: &[&PackFile]) -> Result<Self, Error> {
        let mut triggers = Self::default();
        let name = |file: &PackFile| file.path.rsplit(['/', '\\']).next().map(str::to_owned);
        for file in files {
            match name(file).as_deref() {
                Some("classes.toml") => file::add_classes(&mut triggers, file)?,
                Some("modality.toml") => file::add_modality(&mut triggers, file)?,
                _ => {}
            }
        }
        for file in files {
            if !matches!(
                name(file).as_deref(),
                Some("classes.toml" | "modality.toml")
            ) {
                file::add_entries(&mut triggers, file)?;
            }
        }
        Ok(triggers)
    }
}

/// The names of entity types as classes.
pub(crate) fn entity_type(name: &str) -> Option<EntityType> {
    Some(match name {
        "person" => EntityType::Person,
        "state" => EntityType::State,
        "organization" => EntityType::Organization,
        "group" => EntityType::Group,
        "facility" => EntityType::Facility,
        "weapon" => EntityType::Weapon,
        "place" => EntityType::Place,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
