//! Names of states, places, offices, people, organisations, weapons, facilities, and generic nouns for them.
//!
//! In: the files `names/*.toml` of the packs. Out: [`Names`], which finds in the words of a sentence the longest names and
//! nouns that it knows. What a match means in its sentence is for the reader of trees to say: a match is not yet a mention.
//!
//! A file holds any of these tables; every list of words is keyed by language (ISO 639-1), or `any` for all of them.
//!
//! - `[[state]]`: `code` (ISO 3166-1 alpha-3), `names`, `adjectives` ("Russian"), `peoples` ("Russians"), `capital`, `seats`
//!   (buildings that stand for its government: "Kremlin").
//! - `[[name]]`: one thing with a name: `id`, `type`, `names`, and what is known of it: `country`, `sector`, `links`, for a
//!   holder of offices `held`.
//! - `[[list]]`: many things of one kind: `type`, `country`, `sector`, `names`; each string is one thing, its names
//!   parted by `|`.
//! - `[[noun]]`: nouns for a kind of thing: `type`, `sector`, `words`; `government = true` where noun and state stand for the
//!   state itself ("pemerintah Rusia").
//! - `[[office]]`: words for offices and ranks, which may stand before a name: `sector`, `words`.
//! - `[[title]]`: words that only stand before a name ("Tuan", "Mr"): `words`.
//!
//! A later pack's `[[state]]` or `[[name]]` of the same code or id replaces the fields that it has, and the words of each
//! language that it has; nouns, offices, titles and things in lists are replaced word by word.

mod file;
mod index;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use saksi_record::EntityType;

pub use file::parse;
pub use index::{Match, Names};

/// How a word stands for what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// A proper name.
    Name,
    /// An adjective for a state: "Russian".
    Adjective,
    /// The people of a state: "Russians".
    People,
    /// The city where a state's government sits.
    Capital,
    /// A building that stands for a state's government: "Kremlin", "Gedung Putih".
    Seat,
    /// An office or rank: "menteri pertahanan", "general".
    Office,
    /// A word that only stands before a name: "Tuan", "Mr".
    Title,
    /// A noun for a kind of thing: "pabrik", "officials".
    Noun,
}

/// Something that the packs know by name, or a noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it goes by among packs; for nouns, offices and titles the word.
    pub id: Box<str>,
    /// How its words stand for it.
    pub sense: Sense,
    /// What it is. For an adjective of a state, a capital or a seat: what the words themselves name.
    pub kind: EntityType,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<Box<str>>,
    /// PLOVER sector.
    pub sector: Option<Box<str>>,
    /// The first of its words in the language.
    pub name: Box<str>,
    /// Whether with a state's name it stands for that state ("pemerintah Rusia").
    pub government: bool,
    /// Identifiers elsewhere, by scheme.
    pub links: BTreeMap<String, String>,
    /// The offices that a person held.
    pub held: Vec<Tenure>,
}

/// An office that someone held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// The office, in English.
    pub office: Box<str>,
    /// First day, EDTF (`2014-10-20`, `2014-10`, `2014`).
    pub from: Option<Box<str>>,
    /// Last day, EDTF; `None` where it goes on or is not known.
    pub to: Option<Box<str>>,
}

/// The entries of some files, with their words, before they are compiled.
#[derive(Debug, Clone, Default)]
pub struct NameSet {
    drafts: Vec<Draft>,
    by_id: FxHashMap<(Sense, Box<str>), usize>,
}

/// An entry with its words.
#[derive(Debug, Clone)]
struct Draft {
    entry: Entry,
    forms: Vec<Box<str>>,
}

impl NameSet {
    /// Lays `later` over this.
    pub fn merge(&mut self, later: Self) {
        for draft in later.drafts {
            self.add(draft);
        }
    }

    /// Adds `later`, or replaces what it says of an entry that is there.
    fn add(&mut self, later: Draft) {
        let key = (later.entry.sense, later.entry.id.clone());
        let Some(&at) = self.by_id.get(&key) else {
            self.by_id.insert(key, self.drafts.len());
            self.drafts.push(later);
            return;
        };
        let earlier = &mut self.drafts[at];
        let entry = later.entry;
        earlier.entry.kind = entry.kind;
        earlier.entry.government = entry.government;
        if !later.forms.is_empty() {
            earlier.forms = later.forms;
            earlier.entry.name = entry.name;
        }
        if entry.country.is_some() {
            earlier.entry.country = entry.country;
        }
        if entry.sector.is_some() {
            earlier.entry.sector = entry.sector;
        }
        if !entry.links.is_empty() {
            earlier.entry.links = entry.links;
        }
        if !entry.held.is_empty() {
            earlier.entry.held = entry.held;
        }
    }

    /// The names, ready to be found.
    pub fn compile(self) -> Names {
        Names::new(self.drafts)
    }
}
