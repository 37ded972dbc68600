//! Two evaluations compared: by how much each figure changed, and which items were gained and lost.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::evaluation::{Evaluation, Item, Kind, Outcome};
use crate::figures::Tally;

/// What changed from one evaluation to another.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Change {
    /// The change of each measure.
    pub measures: BTreeMap<String, TallyChange>,
    /// The change of each type of event.
    pub types: BTreeMap<String, TallyChange>,
    /// Items of gold that are better than they were.
    pub gained: Vec<Move>,
    /// Items of gold that are worse than they were.
    pub lost: Vec<Move>,
    /// What is spurious and was not.
    pub new_spurious: Vec<Item>,
    /// What was spurious and is not found any more.
    pub gone_spurious: Vec<Item>,
    /// Reports that only the later evaluation has.
    pub new_reports: Vec<String>,
    /// Reports that only the earlier evaluation has.
    pub gone_reports: Vec<String>,
}

/// The change of the figures of a tally.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TallyChange {
    /// The change of the precision.
    pub precision: f64,
    /// The change of the recall.
    pub recall: f64,
    /// The change of F1.
    pub f1: f64,
    /// The change of the accuracy of each field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, f64>,
}

/// An item of gold that became of something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The name of the gold of its report.
    pub report: String,
    /// What it is.
    pub kind: Kind,
    /// Its words in context, as gold has them.
    pub at: String,
    /// Its type, value or source.
    pub label: String,
    /// What had become of it.
    pub before: State,
    /// What became of it.
    pub after: State,
}

/// What became of an item: how it was found, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// How it was found.
    pub outcome: Outcome,
    /// The fields that are wrong.
    pub faults: Vec<String>,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.outcome, &self.faults[..]) {
            (outcome, []) => write!(f, "{outcome}"),
            (Outcome::Right, faults) => write!(f, "right but for {}", faults.join(", ")),
            (outcome, faults) => write!(f, "{outcome} in {}", faults.join(", ")),
        }
    }
}

/// What makes an item the same in both evaluations; the number tells apart what is alike in all else.
type Key<'a> = (&'a str, Kind, &'a str, &'a str, usize);

impl Change {
    /// What changed from `before` to `after`. Items are the same by the name of their gold, their words in context (`at`), and what
    /// they are; only reports of both evaluations are compared item by item.
    pub fn new(before: &Evaluation, after: &Evaluation) -> Self {
        let mut change = Self {
            new_reports: only_in(after, before),
            gone_reports: only_in(before, after),
            ..Self::default()
        };
        let was: BTreeMap<&str, &Tally> = before.measures.named().into();
        for (name, tally) in after.measures.named() {
            let changed = TallyChange::new(was[name], tally);
            change.measures.insert(name.to_owned(), changed);
        }
        let none = Tally::default();
        for kind in before.types.keys().chain(after.types.keys()) {
            let was = before.types.get(kind).unwrap_or(&none);
            let is = after.types.get(kind).unwrap_or(&none);
            (change.types).insert(kind.clone(), TallyChange::new(was, is));
        }
        let common = |item: &&Item| {
            !change.new_reports.contains(&item.report)
                && !change.gone_reports.contains(&item.report)
        };
        let was = keyed(before.items.iter().filter(common));
        let is = keyed(after.items.iter().filter(common));
        let spurious = |item: &Item| item.outcome == Outcome::Spurious;
        let mut moves = Vec::new();
        for (key, (_, item)) in in_order(&is) {
            match was.get(key) {
                Some((_, old)) if !spurious(item) => moves.push((*old, *item)),
                None if spurious(item) => change.new_spurious.push((*item).clone()),
                _ => {}
            }
        }
        for (key, (_, item)) in in_order(&was) {
            if spurious(item) && !is.contains_key(key) {
                change.gone_spurious.push((*item).clone());
            }
        }
        for (old, new) in moves {
            change.moved(old, new);
        }
        change
    }

    fn moved(&mut self, old: &Item, new: &Item) {
        let (before, after) = (State::of(old), State::of(new));
        let mended = before.faults.iter().any(|f| !after.faults.contains(f));
        let broken = after.faults.iter().any(|f| !before.faults.contains(f));
        let moved = Move {
            report: new.report.clone(),
            kind: new.kind,
            at: new.at.clone(),
            label: new.label.clone(),
            before,
            after,
        };
        match new.outcome.cmp(&old.outcome) {
            std::cmp::Ordering::Greater => self.gained.push(moved),
            std::cmp::Ordering::Less => self.lost.push(moved),
            std::cmp::Ordering::Equal => {
                if mended {
                    self.gained.push(moved.clone());
                }
                if broken {
                    self.lost.push(moved);
                }
            }
        }
    }
}

impl State {
    fn of(item: &Item) -> Self {
        Self {
            outcome: item.outcome,
            faults: item.faults.iter().map(|f| f.field.clone()).collect(),
        }
    }
}

impl TallyChange {
    fn new(before: &Tally, after: &Tally) -> Self {
        let attributes = (after.attributes.iter())
            .filter_map(|(name, is)| {
                let was = before.attributes.get(name)?;
                Some((name.clone(), is.accuracy() - was.accuracy()))
            })
            .collect();
        Self {
            precision: after.precision() - before.precision(),
            recall: after.recall() - before.recall(),
            f1: after.f1() - before.f1(),
            attributes,
        }
    }
}

fn only_in(one: &Evaluation, other: &Evaluation) -> Vec<String> {
    (one.reports.iter())
        .filter(|report| other.reports.iter().all(|same| same.name != report.name))
        .map(|report| report.name.clone())
        .collect()
}

/// Items by what makes them the same, with their place in the evaluation.
fn keyed<'a>(items: impl Iterator<Item = &'a Item>) -> BTreeMap<Key<'a>, (usize, &'a Item)> {
    let mut keyed = BTreeMap::new();
    for (place, item) in items.enumerate() {
        let key = |number| {
            (
                item.report.as_str(),
                item.kind,
                item.at.as_str(),
                item.label.as_str(),
                number,
            )
        };
        // What is spurious must not be taken for what is in gold, even in the same words.
        let base = if item.outcome == Outcome::Spurious {
            usize::MAX / 2
        } else {
            0
        };
        let number = (base..=base + keyed.len())
            .find(|&number| !keyed.contains_key(&key(number)))
            .expect("there are more numbers than items");
        keyed.insert(key(number), (place, item));
    }
    keyed
}

fn in_order<'a, 'b>(
    items: &'b BTreeMap<Key<'a>, (usize, &'a Item)>,
) -> Vec<(&'b Key<'a>, &'b (usize, &'a Item))> {
    let mut items: Vec<_> = items.iter().collect();
    items.sort_by_key(|(_, (place, _))| *place);
    items
}
