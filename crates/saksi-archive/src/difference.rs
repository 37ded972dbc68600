//! What differs between a report and the one that it is a reprint of.

use std::collections::{BTreeMap, BTreeSet};

use saksi_record::Record;
use serde::{Deserialize, Serialize};

use crate::shingles::{Likeness, words};

/// A sentence that shares so many of its words with another is that sentence, changed.
const CHANGED: f64 = 0.5;

/// Pairs of sentences that are compared at most; past that what is unlike is only added or lacking.
const MOST_PAIRS: usize = 250_000;

/// What differs between a report and the one that it is a reprint of, sentence by sentence; signs and case count for nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Shingles of three words that both have, of those that either has, 0 to 1.
    pub jaccard: f64,
    /// Shingles that both have, of those of the shorter, 0 to 1.
    pub containment: f64,
    /// The titles, of the other one and of this one, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<(Option<String>, Option<String>)>,
    /// Sentences that the other one lacks.
    pub added: Vec<String>,
    /// Sentences of the other one that this one lacks.
    pub lacking: Vec<String>,
    /// Sentences as they are in the other one and in this one.
    pub changed: Vec<(String, String)>,
}

/// A sentence and its words.
struct Sentence {
    text: String,
    words: Vec<String>,
}

impl Difference {
    /// Of `this` to `other`.
    pub(crate) fn between(other: &Record, this: &Record, likeness: Likeness) -> Self {
        let (theirs, ours) = (sentences(other), sentences(this));
        let (lacking, added) = (without(&theirs, &ours), without(&ours, &theirs));
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        if lacking.len() * added.len() <= MOST_PAIRS {
            let sets = |list: &[&Sentence]| -> Vec<BTreeSet<String>> {
                list.iter()
                    .map(|s| s.words.iter().cloned().collect())
                    .collect()
            };
            let (left, right) = (sets(&lacking), sets(&added));
            for (from, a) in left.iter().enumerate() {
                for (to, b) in right.iter().enumerate() {
                    let shared = a.intersection(b).count();
                    let likeness = shared as f64 / (a.len() + b.len() - shared).max(1) as f64;
                    if likeness >= CHANGED {
                        pairs.push((from, to, likeness));
                    }
                }
            }
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let (mut gone, mut come) = (BTreeMap::new(), BTreeSet::new());
        for (from, to, _) in pairs {
            if !gone.contains_key(&from) && !come.contains(&to) {
                gone.insert(from, to);
                come.insert(to);
            }
        }
        let rest = |list: &[&Sentence], without: &dyn Fn(usize) -> bool| -> Vec<String> {
            (list.iter().enumerate())
                .filter(|(at, _)| !without(*at))
                .map(|(_, sentence)| sentence.text.clone())
                .collect()
        };
        let titles = (other.document.title.clone(), this.document.title.clone());
        Self {
            jaccard: likeness.jaccard,
            containment: likeness.containment,
            title: (titles.0 != titles.1).then_some(titles),
            added: rest(&added, &|at| come.contains(&at)),
            lacking: rest(&lacking, &|at| gone.contains_key(&at)),
            changed: (gone.iter())
                .map(|(&from, &to)| (lacking[from].text.clone(), added[to].text.clone()))
                .collect(),
        }
    }
}

fn sentences(record: &Record) -> Vec<Sentence> {
    let characters: Vec<char> = record.document.text.chars().collect();
    (record.sentences.iter())
        .filter_map(|span| {
            let text: String = characters
                .get(span.0 as usize..span.1 as usize)?
                .iter()
                .collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words: Vec<String> = words(&text).collect();
            (!words.is_empty()).then_some(Sentence { text, words })
        })
        .collect()
}

/// The sentences of `list` that are not in `other`.
fn without<'a>(list: &'a [Sentence], other: &[Sentence]) -> Vec<&'a Sentence> {
    let known: BTreeSet<&[String]> = other
        .iter()
        .map(|sentence| sentence.words.as_slice())
        .collect();
    (list.iter())
        .filter(|sentence| !known.contains(sentence.words.as_slice()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    #[test]
    fn sentences_are_added_lacking_and_changed() {
        let other = record(
            "Menteri meninjau galangan kapal. Ia bertemu para pekerja. Kapal itu dikirim bulan depan.",
            Some("2024-03-01"),
        );
        let mut this = record(
            "KANTOR BERITA. Menteri meninjau galangan kapal! Kapal itu dikirim tahun depan.",
            Some("2024-03-02"),
        );
        this.document.title = Some("Menteri di galangan".to_owned());
        let likeness = Likeness {
            jaccard: 0.5,
            containment: 0.7,
        };
        let difference = Difference::between(&other, &this, likeness);
        assert_eq!(difference.added, ["KANTOR BERITA."]);
        assert_eq!(difference.lacking, ["Ia bertemu para pekerja."]);
        assert_eq!(
            difference.changed,
            [(
                "Kapal itu dikirim bulan depan.".to_owned(),
                "Kapal itu dikirim tahun depan.".to_owned()
            )]
        );
        assert_eq!(
            difference.title,
            Some((None, Some("Menteri di galangan".to_owned())))
        );
    }
}
