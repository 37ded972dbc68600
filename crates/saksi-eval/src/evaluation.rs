//! The outcome: figures over all reports, tables of what is taken for what, and the items behind them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::figures::{Measures, Tally};
use crate::reliability::Reliability;
use crate::score::Scored;
use crate::{Error, Found, Gold};

/// The value of [`Evaluation::schema`] for this version of the format.
pub const SCHEMA: &str = "saksi-eval/1";

/// How right the records of reports are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The format and its version: [`SCHEMA`].
    pub schema: String,
    /// The figures over all reports (micro).
    pub measures: Measures,
    /// Events by their type in gold; what is found without gold by the type that it was found as.
    pub types: BTreeMap<String, Tally>,
    /// Which types of event are taken for which, where triggers overlap.
    pub type_confusion: Confusion,
    /// Which modalities are taken for which, of the events that were found.
    pub modality_confusion: Confusion,
    /// The figures of each report.
    pub reports: Vec<ReportFigures>,
    /// All that counts: the items of gold with their outcome, and what is spurious.
    pub items: Vec<Item>,
}

impl Default for Evaluation {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            measures: Measures::default(),
            types: BTreeMap::new(),
            type_confusion: Confusion::default(),
            modality_confusion: Confusion::default(),
            reports: Vec::new(),
            items: Vec::new(),
        }
    }
}

/// What gold has, against what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// How often what is one thing in gold was found as what: by gold, then by what was found.
    pub cells: BTreeMap<String, BTreeMap<String, u64>>,
    /// How often it was not found at all, by gold.
    pub missed: BTreeMap<String, u64>,
    /// How often it was found where gold has nothing, by what was found.
    pub spurious: BTreeMap<String, u64>,
}

impl Confusion {
    /// How often `gold` was found as `found`.
    pub fn count(&self, gold: &str, found: &str) -> u64 {
        (self.cells.get(gold))
            .and_then(|row| row.get(found))
            .copied()
            .unwrap_or_default()
    }

    pub(crate) fn cell(&mut self, gold: &str, found: &str) {
        let row = self.cells.entry(gold.to_owned()).or_default();
        *row.entry(found.to_owned()).or_default() += 1;
    }

    pub(crate) fn miss(&mut self, gold: &str) {
        *self.missed.entry(gold.to_owned()).or_default() += 1;
    }

    pub(crate) fn spur(&mut self, found: &str) {
        *self.spurious.entry(found.to_owned()).or_default() += 1;
    }

    fn add(&mut self, other: &Self) {
        for (gold, row) in &other.cells {
            let sums = self.cells.entry(gold.clone()).or_default();
            for (found, count) in row {
                *sums.entry(found.clone()).or_default() += count;
            }
        }
        for (sums, counts) in [
            (&mut self.missed, &other.missed),
            (&mut self.spurious, &other.spurious),
        ] {
            for (name, count) in counts {
                *sums.entry(name.clone()).or_default() += count;
            }
        }
    }
}

/// The figures of one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFigures {
    /// The name of its gold.
    pub name: String,
    /// Whether there was a record of it; all of its gold is missed where not.
    pub recorded: bool,
    /// Its figures.
    pub measures: Measures,
}

/// An item of gold and what became of it, or something that was found without gold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The name of the gold of its report.
    pub report: String,
    /// What it is.
    pub kind: Kind,
    /// What became of it.
    pub outcome: Outcome,
    /// Its words in context; of what is in gold as gold has it.
    pub at: String,
    /// Its type, value or source.
    pub label: String,
    /// Of what is missed or spurious: what is there in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// Fields of what was found that are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// Whether gold says that it counts neither for nor against.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Of an event that was found: its identifier in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Of an event that was found: how sure its record is, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An expression of time.
    Time,
    /// A statement.
    Statement,
    /// The content of a direct quotation.
    Quote,
    /// An event.
    Event,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is not in gold.
    Spurious,
    /// It was not found.
    Missed,
    /// It was found, but is wrong in what it is told by: an event in its actors, recipients or modality, a statement in stance,
    /// quotation or parent.
    Wrong,
    /// It was found.
    Right,
}

/// A field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field.
    pub field: String,
    /// What gold has.
    pub wanted: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Time => "time",
            Self::Statement => "statement",
            Self::Quote => "quote",
            Self::Event => "event",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Spurious => "spurious",
            Self::Missed => "missed",
            Self::Wrong => "wrong",
            Self::Right => "right",
        })
    }
}

/// Something odd about gold or the text that it is compared on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Words of gold that are not in the text; their item can't be found.
    NotInText {
        /// The field of gold: `events[3].at`.
        field: String,
        /// The words.
        words: String,
    },
    /// What should have been cut is still in the text of the record.
    LeftInText(String),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInText { field, words } => {
                write!(f, "`{field}` is not in the record's text: `{words}`")
            }
            Self::LeftInText(words) => {
                write!(f, "this should have been cut from the text: `{words}`")
            }
        }
    }
}

impl Evaluation {
    /// Compares what was found in a report with its gold, and adds it to the figures. Where nothing could be found (`None`), all of gold is
    /// missed. `article` is the text of the report, for records that have none of their own.
    pub fn add(
        &mut self,
        name: &str,
        gold: &Gold,
        article: &str,
        found: Option<&Found>,
    ) -> Vec<Warning> {
        let nothing = Found::default();
        let scored = Scored::new(name, gold, article, found.unwrap_or(&nothing));
        self.measures.add(&scored.measures);
        for (kind, tally) in &scored.types {
            self.types.entry(kind.clone()).or_default().add(tally);
        }
        self.type_confusion.add(&scored.type_confusion);
        self.modality_confusion.add(&scored.modality_confusion);
        self.reports.push(ReportFigures {
            name: name.to_owned(),
            recorded: found.is_some(),
            measures: scored.measures,
        });
        self.items.extend(scored.items);
        scored.warnings
    }

    /// How far the confidence of events can be trusted.
    pub fn reliability(&self) -> Reliability {
        Reliability::of_items(&self.items)
    }

    /// Reads an evaluation from its JSON.
    ///
    /// # Errors
    /// Where it is none, or one of another format.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let value: serde_json::Value = serde_json::from_str(json).map_err(Error::Evaluation)?;
        if let Some(schema) = value["schema"].as_str()
            && schema != SCHEMA
        {
            return Err(Error::Schema(schema.to_owned()));
        }
        serde_json::from_value(value).map_err(Error::Evaluation)
    }
}
