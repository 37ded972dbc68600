//! Counts, and the figures that are made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many of gold, how many found, how many of them right; and of what was found how many have each field right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", from = "Written")]
pub struct Tally {
    /// Items of gold that count.
    pub gold: u64,
    /// Items found that count.
    pub found: u64,
    /// Items of gold that were found.
    pub right: u64,
    /// Accuracy of fields on what was found.
    pub attributes: BTreeMap<String, Ratio>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "WrittenRatio", from = "WrittenRatio")]
pub struct Ratio {
    /// How many are right.
    pub right: u64,
    /// Of how many.
    pub of: u64,
}

impl Ratio {
    /// The share that is right, 0 to 1; 0 of none.
    pub fn accuracy(self) -> f64 {
        share(self.right, self.of)
    }
}

impl Tally {
    /// The share of what was found that is right, 0 to 1; 0 where nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of gold that was found, 0 to 1; 0 where there is none.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall.
    ///
    /// ```
    /// let tally = saksi_eval::Tally { gold: 4, found: 2, right: 1, ..Default::default() };
    /// assert_eq!((tally.precision(), tally.recall()), (0.5, 0.25));
    /// assert!((tally.f1() - 1.0 / 3.0).abs() < 1e-9);
    /// ```
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }

    /// Counts a field of an item that was found.
    pub(crate) fn attribute(&mut self, name: &str, right: bool) {
        let ratio = self.attributes.entry(name.to_owned()).or_default();
        ratio.of += 1;
        ratio.right += u64::from(right);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
        for (name, ratio) in &other.attributes {
            let sum = self.attributes.entry(name.clone()).or_default();
            sum.right += ratio.right;
            sum.of += ratio.of;
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// What is measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// Expressions of time, with their value.
    pub time: Tally,
    /// Statements, with their source. Fields: stance, quotation, parent.
    pub statement: Tally,
    /// Contents of direct quotations, with their speaker. Only recall tells.
    pub quote: Tally,
    /// Events, with their type. Fields: actors, recipients, modality, objects, place, time, sources.
    pub event: Tally,
    /// Events with type, actors, recipients and modality all right.
    pub record: Tally,
}

impl Measures {
    /// All of them by name, in order.
    pub fn named(&self) -> [(&'static str, &Tally); 5] {
        [
            ("time", &self.time),
            ("statement", &self.statement),
            ("quote", &self.quote),
            ("event", &self.event),
            ("record", &self.record),
        ]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.time.add(&other.time);
        self.statement.add(&other.statement);
        self.quote.add(&other.quote);
        self.event.add(&other.event);
        self.record.add(&other.record);
    }
}

/// A tally with its figures, for machines.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default)]
    precision: f64,
    #[serde(default)]
    recall: f64,
    #[serde(default)]
    f1: f64,
    gold: u64,
    found: u64,
    right: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, Ratio>,
}

impl From<Tally> for Written {
    fn from(tally: Tally) -> Self {
        Self {
            precision: tally.precision(),
            recall: tally.recall(),
            f1: tally.f1(),
            gold: tally.gold,
            found: tally.found,
            right: tally.right,
            attributes: tally.attributes,
        }
    }
}

impl From<Written> for Tally {
    fn from(written: Written) -> Self {
        Self {
            gold: written.gold,
            found: written.found,
            right: written.right,
            attributes: written.attributes,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct WrittenRatio {
    #[serde(default)]
    accuracy: f64,
    right: u64,
    of: u64,
}

impl From<Ratio> for WrittenRatio {
    fn from(ratio: Ratio) -> Self {
        Self {
            accuracy: ratio.accuracy(),
            right: ratio.right,
            of: ratio.of,
        }
    }
}

impl From<WrittenRatio> for Ratio {
    fn from(written: WrittenRatio) -> Self {
        Self {
            right: written.right,
            of: written.of,
        }
    }
}
