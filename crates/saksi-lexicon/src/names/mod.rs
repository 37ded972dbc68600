//! Names of states, places, offices, people, organisations, weapons, facilities, and generic nouns for them.
//!
//! In: the files `names/*.toml` of the packs. Out: [`Names`], which finds in the words of a sentence the longest names and
//! nouns that it knows. What a match means in its sentence is for the reader of trees to say: a match is not yet a mention.
//!
//! A file holds any of these tables; every list of words is keyed by language (ISO 639-1), or `any` for all of them.
//!
//! - `[[state]]`: `code` (ISO 3166-1 alpha-3), `names`, `adjectives` ("Russian"), `peoples` ("Russians"), `capital`, `at` (about its
//!   middle, degrees north and east), `seats` (buildings that stand for its government: "Kremlin").
//! - `[[name]]`: one thing with a name: `id`, `type`, `names`, and what is known of it: `country`, `sector`, `class`, `links`,
//!   `at` (degrees north and east), for a holder of offices `held`: `office` (the `id` of an `[[office]]`), `of` (the `id` of an
//!   organisation, where it is no office of the holder's country), `from`, `to`.
//! - `[[list]]`: many things of one kind: `type`, `country`, `sector`, `class`, `names`; each string is one thing, its names
//!   parted by `|`.
//! - `[[noun]]`: nouns for a kind of thing: `type`, `sector`, `class`, `words`; `government = true` where noun and state stand for
//!   the state itself ("pemerintah Rusia").
//! - `[[office]]`: words for offices and ranks, which may stand before a name: `sector`, `words`, and `id` where packs tell who holds it.
//! - `[[title]]`: words that only stand before a name ("Tuan", "Mr"): `words`.
//!
//! A `class` tells a kind within a type, from the widest to the narrowest: `missile/ballistic`. A file's `as_of` is the day up to which
//! it knows who holds an office: an office without `to` is not taken to go on after it.
//!
//! A later pack's `[[state]]` or `[[name]]` of the same code or id replaces the fields that it has, and the words of each
//! language that it has; nouns, offices, titles and things in lists are replaced word by word.

mod file;
mod index;

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};
use saksi_record::{EntityType, Geo};
use serde::{Deserialize, Serialize};

use crate::Error;

pub use file::{SECTORS, is_key, parse};
pub use index::{Match, Names};

/// How a word stands for what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What it goes by among packs; for nouns, offices and titles the word.
    pub id: Box<str>,
    /// Whether the packs give it that `id` of its own (`[[name]]`); else it is its word or code.
    pub identified: bool,
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
    /// What kind of its type it is, from the widest to the narrowest (`missile/ballistic`).
    pub class: Option<Box<str>>,
    /// Whether with a state's name it stands for that state ("pemerintah Rusia").
    pub government: bool,
    /// Of a word for an office: which one, whatever the language (`defence-minister`).
    pub office: Option<Box<str>>,
    /// Where it is.
    pub at: Option<Geo>,
    /// Identifiers elsewhere, by scheme.
    pub links: BTreeMap<String, String>,
    /// The offices that a person held.
    pub held: Vec<Tenure>,
}

/// An office that someone held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// The office, by the `id` of its words.
    pub office: Box<str>,
    /// The organisation that it is an office of, by its `id`; `None` for one of the holder's country.
    pub of: Option<Box<str>>,
    /// First day, EDTF (`2014-10-20`, `2014-10`, `2014`).
    pub from: Option<Box<str>>,
    /// Last day, EDTF; `None` where it goes on or is not known.
    pub to: Option<Box<str>>,
    /// Up to when the file knows that, EDTF.
    pub as_of: Option<Box<str>>,
}

impl Tenure {
    /// Whether it covers `day` (`YYYY-MM-DD`); `None` where the dates are not exact enough to tell.
    pub fn covers(&self, day: &str) -> Option<bool> {
        // Where `date` is a month or year, a day in it may lie before or after the change.
        let open = |date: &str| date.len() < day.len() && day.starts_with(date);
        if let Some(from) = &self.from {
            if open(from) {
                return None;
            }
            if day < &**from {
                return Some(false);
            }
        }
        match (&self.to, &self.as_of) {
            (Some(to), _) if open(to) => None,
            (Some(to), _) => Some(day <= &**to),
            (None, Some(as_of)) if day > &**as_of && !open(as_of) => None,
            (None, _) => self.from.as_ref().map(|_| true),
        }
    }
}

/// The entries of some files, with their words, before they are compiled.
#[derive(Debug, Clone, Default)]
pub struct NameSet {
    drafts: Vec<Draft>,
    /// The drafts by the hash of their sense and id, as many of them as were looked for.
    by_id: FxHashMap<u64, Vec<u32>>,
    /// How many drafts `by_id` has.
    numbered: usize,
}

/// An entry with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Draft {
    entry: Entry,
    forms: Vec<Box<str>>,
}

impl Draft {
    fn key(&self) -> u64 {
        FxBuildHasher.hash_one((self.entry.sense, &self.entry.id))
    }
}

impl NameSet {
    /// Lays `later` over this.
    pub fn merge(&mut self, later: Self) {
        if self.drafts.is_empty() {
            *self = later;
            return;
        }
        for draft in later.drafts {
            self.add(draft);
        }
    }

    /// Adds `later`, or replaces what it says of an entry that is there.
    fn add(&mut self, later: Draft) {
        while let Some(draft) = self.drafts.get(self.numbered) {
            let number = self.numbered as u32;
            self.by_id.entry(draft.key()).or_default().push(number);
            self.numbered += 1;
        }
        let same = |&&at: &&u32| {
            let entry = &self.drafts[at as usize].entry;
            entry.sense == later.entry.sense && entry.id == later.entry.id
        };
        let alike = self.by_id.get(&later.key()).map_or(&[][..], Vec::as_slice);
        let Some(&at) = alike.iter().find(same) else {
            self.drafts.push(later);
            return;
        };
        let earlier = &mut self.drafts[at as usize];
        let entry = later.entry;
        earlier.entry.kind = entry.kind;
        earlier.entry.government = entry.government;
        earlier.entry.class = entry.class.or_else(|| earlier.entry.class.take());
        earlier.entry.office = entry.office.or_else(|| earlier.entry.office.take());
        earlier.entry.at = entry.at.or(earlier.entry.at);
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

    /// The set in a form that is read some twenty times as fast as TOML.
    ///
    /// # Panics
    /// Never: what it holds can be written.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.drafts).expect("names can be written")
    }

    /// The set that [`NameSet::to_bytes`] wrote; what is laid over it comes after it.
    ///
    /// # Errors
    /// Where the bytes are none that it wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let drafts: Vec<Draft> = postcard::from_bytes(bytes).map_err(|_| Error::Compiled)?;
        Ok(Self {
            drafts,
            ..Self::default()
        })
    }

    /// The names, ready to be found.
    pub fn compile(self) -> Names {
        Names::new(self.drafts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_was_written_is_read_as_it_was() {
        let file = crate::PackFile {
            path: "x/names/x.toml".to_owned(),
            text: r#"as_of = "2024-05"
                [[name]]
                id = "a"
                type = "person"
                names = { any = ["Budi Contoh", "Contoh"] }
                links = { wikidata = "Q7" }
                held = [{ office = "king", from = "2012" }]
                [[list]]
                type = "place"
                country = "IDN"
                names = { id = ["Kota Contoh"] }"#
                .into(),
        };
        let set = parse(&file, "id").unwrap();
        let read = NameSet::from_bytes(&set.to_bytes()).unwrap();
        assert_eq!(read.drafts, set.drafts);
        assert!(NameSet::from_bytes(&set.to_bytes()[..20]).is_err());
    }

    #[test]
    fn a_tenure_covers_the_days_that_its_dates_surely_hold() {
        let tenure = |from: Option<&str>, to: Option<&str>| Tenure {
            office: "king".into(),
            of: None,
            from: from.map(Into::into),
            to: to.map(Into::into),
            as_of: Some("2025-03".into()),
        };
        let exact = tenure(Some("2012-05-07"), Some("2018"));
        assert_eq!(exact.covers("2012-05-06"), Some(false));
        assert_eq!(exact.covers("2012-05-07"), Some(true));
        assert_eq!(
            exact.covers("2018-01-01"),
            None,
            "some day of 2018 was the last"
        );
        assert_eq!(exact.covers("2019-01-01"), Some(false));
        let on = tenure(Some("2020-02"), None);
        assert_eq!(on.covers("2020-02-28"), None);
        assert_eq!(on.covers("2025-03-31"), Some(true));
        assert_eq!(on.covers("2025-04-01"), None, "the file knows no further");
        assert_eq!(tenure(None, None).covers("2024-01-01"), None);
    }
}
