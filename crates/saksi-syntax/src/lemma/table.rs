//! From words and endings to edits.
//!
//! Keys are 40 bits of a hash that never changes, since model files hold them: with 30,000 entries a word that isn't in the table
//! meets a wrong one once in 37 million questions.

use crate::{Features, Upos};

/// The longest ending that is looked up, in characters.
pub(super) const LONGEST_ENDING: usize = 7;

/// Features on which a lemma may depend.
const INFLECTION: [&str; 6] = ["Case", "Degree", "Number", "Poss", "Tense", "VerbForm"];

/// Upper and lower case of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// No letter in upper case.
    Lower,
    /// The first letter alone.
    Title,
    /// All letters, two or more.
    Upper,
    /// Any other.
    Mixed,
}

impl Shape {
    pub(super) fn of(form: &str) -> Self {
        let mut letters = form.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        let (mut upper, mut lower) = (0, 0);
        for letter in letters {
            if letter.is_uppercase() {
                upper += 1;
            } else if letter.is_lowercase() {
                lower += 1;
            }
        }
        match (first, upper, lower) {
            (false, 0, _) => Self::Lower,
            (true, 0, _) => Self::Title,
            (true, _, 0) => Self::Upper,
            _ => Self::Mixed,
        }
    }
}

/// What an entry is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    WordWithFeatures = 1,
    Word = 2,
    EndingWithFeatures = 3,
    Ending = 4,
}

/// The part of a key that doesn't depend on the letters.
pub(super) fn context(kind: Kind, shape: Shape, upos: Upos, features: u64) -> u64 {
    let tag = (kind as u64) << 16 | (shape as u64) << 8 | upos as u64;
    mix(tag ^ features.rotate_left(24))
}

/// A hash of the features on which a lemma may depend.
pub(super) fn inflection(features: &Features) -> u64 {
    let mut hash = SEED;
    for pair in features.as_str().split('|') {
        if let Some((name, _)) = pair.split_once('=')
            && INFLECTION.contains(&name)
        {
            for byte in pair.bytes() {
                hash = step(hash, u32::from(byte));
            }
            hash = step(hash, u32::from(b'|'));
        }
    }
    hash
}

/// The hash of a whole word in lower case; `None` for no letters.
pub(super) fn whole(lowered: &str) -> Option<u64> {
    let hash = lowered
        .chars()
        .fold(SEED, |hash, letter| step(hash, letter as u32));
    (hash != SEED).then_some(hash)
}

/// Hashes of the endings of a word in lower case: of its last letter, its last two, and so on. All digits are one.
pub(super) fn endings(lowered: &str) -> impl Iterator<Item = u64> {
    lowered.chars().rev().scan(SEED, |hash, letter| {
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        *hash = step(*hash, letter as u32);
        Some(*hash)
    })
}

/// The hash of no letters, the ending of every word.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// 40 bits for letters in a context.
pub(super) fn key(letters: u64, context: u64) -> u64 {
    mix(letters ^ context) >> 24
}

/// Keys with the number of their edit.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// Open addressing: key in the upper 48 bits, edit + 1 in the lower 16; 0 where nothing is.
    slots: Vec<u64>,
    length: usize,
}

impl Table {
    pub(super) fn with_capacity(entries: usize) -> Self {
        Self {
            slots: vec![0; (entries * 2).next_power_of_two().max(8)],
            length: 0,
        }
    }

    /// Puts an entry in or replaces it. The last edit's number can't be stored; the trainer makes fewer.
    pub(super) fn insert(&mut self, key: u64, edit: u16) {
        if (self.length + 1) * 2 > self.slots.len() {
            let mut larger = Self::with_capacity(self.slots.len());
            for (key, edit) in self.entries() {
                larger.insert(key, edit);
            }
            *self = larger;
        }
        let entry = key << 16 | (u64::from(edit) + 1) & 0xffff;
        let mut at = self.place(key);
        while self.slots[at] != 0 && self.slots[at] >> 16 != key {
            at = (at + 1) & (self.slots.len() - 1);
        }
        if self.slots[at] == 0 {
            self.length += 1;
        }
        self.slots[at] = entry;
    }

    pub(super) fn get(&self, key: u64) -> Option<u16> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.place(key);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            if slot >> 16 == key {
                return Some((slot & 0xffff).wrapping_sub(1) as u16);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn place(&self, key: u64) -> usize {
        key as usize & (self.slots.len() - 1)
    }

    /// All entries, by key.
    pub(super) fn entries(&self) -> Vec<(u64, u16)> {
        let mut all: Vec<_> = self
            .slots
            .iter()
            .filter(|&&slot| slot != 0)
            .map(|&slot| (slot >> 16, (slot & 0xffff).wrapping_sub(1) as u16))
            .collect();
        all.sort_unstable();
        all
    }

    /// The edit of a whole word: in its own letter case, else (names aside) in lower case; with its features, else without.
    pub(super) fn word(
        &self,
        lowered: &str,
        shape: Shape,
        upos: Upos,
        inflection: u64,
    ) -> Option<u16> {
        let letters = whole(lowered)?;
        let ask = |shape| {
            self.get(key(
                letters,
                context(Kind::WordWithFeatures, shape, upos, inflection),
            ))
            .or_else(|| self.get(key(letters, context(Kind::Word, shape, upos, 0))))
        };
        ask(shape).or_else(|| {
            let may_be_lowered = shape != Shape::Lower && upos != Upos::Propn;
            may_be_lowered.then(|| ask(Shape::Lower)).flatten()
        })
    }

    /// The edit of the longest known ending: with the word's features, else without.
    pub(super) fn ending(
        &self,
        lowered: &str,
        shape: Shape,
        upos: Upos,
        inflection: u64,
    ) -> Option<u16> {
        let mut hashes = [SEED; LONGEST_ENDING + 1];
        let mut length = 0;
        for (place, hash) in hashes[1..].iter_mut().zip(endings(lowered)) {
            *place = hash;
            length += 1;
        }
        let ask = |context| {
            hashes[..=length]
                .iter()
                .rev()
                .find_map(|&letters| self.get(key(letters, context)))
        };
        ask(context(Kind::EndingWithFeatures, shape, upos, inflection))
            .or_else(|| ask(context(Kind::Ending, shape, upos, 0)))
    }
}
