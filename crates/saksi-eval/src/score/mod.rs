//! One report: what was found is paired with gold, and counted.
//!
//! In: gold and what was found. Out: [`Scored`]. The rules are those of the project's first scorer (`score.py`), figure by figure: items are paired
//! greedily in the order of gold, each with the first that fits; what overlaps an optional item does not count as found.

mod events;
mod statements;
mod times;

use std::collections::BTreeMap;

use saksi_record::Span;

use crate::context::{Context, Text, locate_words};
use crate::evaluation::{Confusion, Item, Kind, Outcome, Warning};
use crate::figures::{Measures, Tally};
use crate::names::Names;
use crate::{Found, Gold};

/// What came of one report.
#[derive(Debug, Default)]
pub(crate) struct Scored {
    pub(crate) measures: Measures,
    pub(crate) types: BTreeMap<String, Tally>,
    pub(crate) type_confusion: Confusion,
    pub(crate) modality_confusion: Confusion,
    pub(crate) items: Vec<Item>,
    pub(crate) warnings: Vec<Warning>,
}

impl Scored {
    pub(crate) fn new(name: &str, gold: &Gold, article: &str, found: &Found) -> Self {
        let text = Text::new(found.text().unwrap_or(article));
        let report = Report {
            name,
            found,
            names: Names::new(found, &text),
            text,
        };
        let mut scored = Self::default();
        if let Some(times) = &gold.times {
            times::score(&report, times, &mut scored);
        }
        if let Some(statements) = &gold.statements {
            statements::score(&report, statements, &mut scored);
        }
        events::score(&report, &gold.events, &mut scored);
        for words in &gold.not_text {
            if found.text().is_some_and(|text| text.contains(words)) {
                scored.warnings.push(Warning::LeftInText(words.clone()));
            }
        }
        scored
    }

    /// The span of words of gold; that they are not in the text is told.
    fn spot(
        &mut self,
        report: &Report<'_>,
        field: &str,
        index: usize,
        context: &Context,
    ) -> Option<Span> {
        let span = context.locate(&report.text);
        if span.is_none() {
            self.absent(field, index, "at", context.written());
        }
        span
    }

    fn absent(&mut self, field: &str, index: usize, part: &str, words: &str) {
        self.warnings.push(Warning::NotInText {
            field: format!("{field}[{index}].{part}"),
            words: words.to_owned(),
        });
    }
}

/// A report and what was found in it.
struct Report<'a> {
    name: &'a str,
    found: &'a Found,
    text: Text,
    names: Names,
}

impl Report<'_> {
    /// An item of this report that is right, until more is known.
    fn item(&self, kind: Kind, at: &str, label: impl Into<String>) -> Item {
        Item {
            report: self.name.to_owned(),
            kind,
            outcome: Outcome::Right,
            at: at.to_owned(),
            label: label.into(),
            instead: None,
            faults: Vec::new(),
            optional: false,
            id: None,
            confidence: None,
        }
    }

    /// Something of this report that is not in gold.
    fn spurious(&self, kind: Kind, span: Span, label: impl Into<String>) -> Item {
        Item {
            outcome: Outcome::Spurious,
            ..self.item(kind, &self.text.in_context(span), label)
        }
    }

    /// The span of quoted words.
    fn words(&self, words: &str) -> Option<Span> {
        locate_words(words, &self.text)
    }
}

/// Which of what was found belongs to which item of gold.
struct Pairs {
    /// The index of what was found, by the index of gold.
    by_gold: Vec<Option<usize>>,
    /// The index of gold, by the index of what was found.
    by_found: Vec<Option<usize>>,
}

/// Pairs one to one, greedily: each of gold with the first that fits and is free.
fn pair_up(gold: usize, found: usize, fits: impl Fn(usize, usize) -> bool) -> Pairs {
    let mut pairs = Pairs {
        by_gold: vec![None; gold],
        by_found: vec![None; found],
    };
    for index in 0..gold {
        let free = (0..found).find(|&other| pairs.by_found[other].is_none() && fits(index, other));
        if let Some(other) = free {
            pairs.by_gold[index] = Some(other);
            pairs.by_found[other] = Some(index);
        }
    }
    pairs
}
