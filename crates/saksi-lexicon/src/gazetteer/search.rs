//! Names that are written nearly alike, for those who look something up.

use fst::automaton::{Levenshtein, Str};
use fst::{Automaton, IntoStreamer as _, Streamer as _};

use super::{Gazetteer, fold};

/// The most states of an automaton for spellings: more than any name of 60 letters needs.
const STATES: usize = 50_000;
/// The most spellings that are weighed.
const WEIGHED: usize = 2_000;
/// The longest name whose other spellings are looked for, in characters.
const LONGEST: usize = 60;

/// A name of a gazetteer that is written nearly like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The name, folded.
    pub name: String,
    /// How many letters differ; `None` where it only begins alike.
    pub distance: Option<usize>,
    /// The best known thing of that name.
    pub thing: u32,
}

impl Gazetteer {
    /// How many different names it has.
    pub fn names(&self) -> usize {
        self.index.len()
    }

    /// At most `limit` other names that differ from `name` by a letter or two, the nearest first, and behind them those that begin with it.
    pub fn similar(&self, name: &str, limit: usize) -> Vec<Similar> {
        let name = fold(name);
        let length = name.chars().count();
        if length == 0 || length > LONGEST {
            return Vec::new();
        }
        let edits = match length {
            ..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let mut found = Vec::new();
        if edits > 0
            && let Ok(near) = Levenshtein::new_with_limit(&name, edits, STATES)
        {
            found = self.search(near, WEIGHED);
            for one in &mut found {
                one.distance = Some(distance(&one.name, &name));
            }
        }
        let room = WEIGHED.min(limit * 4);
        for one in self.search(Str::new(&name).starts_with(), room) {
            if found.iter().all(|other| other.name != one.name) {
                found.push(one);
            }
        }
        found.retain(|one| one.name != name);
        let weight = |one: &Similar| self.thing(one.thing).map_or(0.0, |thing| thing.weight);
        found.sort_by(|one, other| {
            (one.distance.unwrap_or(usize::MAX))
                .cmp(&other.distance.unwrap_or(usize::MAX))
                .then_with(|| weight(other).total_cmp(&weight(one)))
                .then_with(|| one.name.cmp(&other.name))
        });
        found.truncate(limit);
        found
    }

    fn search(&self, automaton: impl Automaton, limit: usize) -> Vec<Similar> {
        let mut stream = self.index.search(automaton).into_stream();
        let mut found = Vec::new();
        while found.len() < limit
            && let Some((name, value)) = stream.next()
        {
            if let (Ok(name), Some(&thing)) =
                (std::str::from_utf8(name), self.numbers(value).first())
            {
                found.push(Similar {
                    name: name.to_owned(),
                    distance: None,
                    thing,
                });
            }
        }
        found
    }
}

/// How many letters must be put in, taken out or changed to make one word of the other (Levenshtein 1966).
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, c) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (at, &d) in other.iter().enumerate() {
            let change = diagonal + usize::from(c != d);
            diagonal = row[at + 1];
            row[at + 1] = change.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
