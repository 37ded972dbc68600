//! How far the confidence of events can be trusted: of those at 0.9, nine in ten should be right.
//!
//! In: the [`Item`]s of an evaluation. Out: [`Reliability`]: how many events of each tenth of confidence are right, and how far the
//! confidence is off. An event is right where gold has it, whatever its fields. What gold says nothing of counts neither way.

use serde::{Deserialize, Serialize};

use crate::evaluation::{Item, Kind, Outcome};

/// How many bins there are: one a tenth.
const BINS: usize = 10;

/// How far the confidence of events can be trusted.
///
/// ```
/// let reliability = saksi_eval::Reliability::of([(0.95, true), (0.95, true), (0.55, true), (0.55, false)]);
/// assert_eq!(reliability.events, 4);
/// assert_eq!((reliability.bins[1].from, reliability.bins[1].share()), (0.9, 1.0));
/// assert!((reliability.calibration_error - 0.05).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// Events that have a confidence.
    pub events: u64,
    /// How many of them are right.
    pub right: u64,
    /// Expected calibration error: how far the mean confidence of a bin is from the share that is right, on average over the events
    /// (Naeini et al. 2015); 0 is best.
    pub calibration_error: f64,
    /// Brier score: the mean square of the distance between confidence and outcome (Brier 1950); 0 is best.
    pub brier: f64,
    /// How likely an event that is right has more confidence than one that is wrong (area under the ROC curve): 0.5 for
    /// a confidence that tells nothing; `None` where all are right, or none is.
    pub discrimination: Option<f64>,
    /// The tenths of confidence in which there are events, the lowest first.
    pub bins: Vec<Bin>,
}

/// The events of a tenth of confidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// From this confidence on, to the next tenth; the highest has 1.0, too.
    pub from: f64,
    /// Events.
    pub events: u64,
    /// How many of them are right.
    pub right: u64,
    /// Their mean confidence.
    pub confidence: f64,
}

impl Bin {
    /// The share that is right, 0 to 1.
    pub fn share(&self) -> f64 {
        self.right as f64 / self.events as f64
    }
}

impl Reliability {
    /// Of events with their confidence (0 to 1) and whether they are right.
    pub fn of(events: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let events: Vec<(f64, bool)> = events.into_iter().collect();
        if events.is_empty() {
            return Self::default();
        }
        let mut bins: Vec<Vec<(f64, bool)>> = vec![Vec::new(); BINS];
        for &(confidence, right) in &events {
            // 0.7 * 10 is a little less than 7.
            let reaches = |tenth: &usize| confidence * BINS as f64 + 1e-9 >= *tenth as f64;
            let tenth = (1..BINS).take_while(reaches).count();
            bins[tenth].push((confidence, right));
        }
        let count = events.len() as f64;
        let bins: Vec<Bin> = (bins.into_iter().enumerate())
            .filter(|(_, events)| !events.is_empty())
            .map(|(tenth, events)| Bin {
                from: tenth as f64 / BINS as f64,
                events: events.len() as u64,
                right: rights(&events),
                confidence: events.iter().map(|(confidence, _)| confidence).sum::<f64>()
                    / events.len() as f64,
            })
            .collect();
        let off = |bin: &Bin| bin.events as f64 * (bin.confidence - bin.share()).abs();
        let square = |&(confidence, right): &(f64, bool)| {
            let distance = confidence - f64::from(u8::from(right));
            distance * distance
        };
        Self {
            events: events.len() as u64,
            right: rights(&events),
            calibration_error: bins.iter().map(off).sum::<f64>() / count,
            brier: events.iter().map(square).sum::<f64>() / count,
            discrimination: discrimination(&events),
            bins,
        }
    }

    /// Of the events among `items`.
    pub(crate) fn of_items(items: &[Item]) -> Self {
        Self::of(
            (items.iter())
                .filter(|item| item.kind == Kind::Event && item.outcome != Outcome::Missed)
                .filter_map(|item| Some((item.confidence?, item.outcome != Outcome::Spurious))),
        )
    }
}

fn rights(events: &[(f64, bool)]) -> u64 {
    events.iter().filter(|(_, right)| *right).count() as u64
}

/// The share of pairs of a right and a wrong event in which the right one has more confidence; as much counts half.
fn discrimination(events: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = events.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let right = rights(events) as f64;
    let wrong = events.len() as f64 - right;
    let (mut above, mut wrong_below) = (0.0, 0.0);
    for alike in sorted.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let right = rights(alike) as f64;
        let wrong = alike.len() as f64 - right;
        above += right * (wrong_below + wrong / 2.0);
        wrong_below += wrong;
    }
    (right > 0.0 && wrong > 0.0).then(|| above / (right * wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(reliability: &Reliability) -> Vec<(f64, u64, u64)> {
        let of = |bin: &Bin| (bin.from, bin.events, bin.right);
        reliability.bins.iter().map(of).collect()
    }

    #[test]
    fn tenths_begin_where_they_say() {
        let found = Reliability::of([
            (0.0, false),
            (0.69, true),
            (0.7, true),
            (0.79, false),
            (1.0, true),
        ]);
        assert_eq!(
            bins(&found),
            [(0.0, 1, 0), (0.6, 1, 1), (0.7, 2, 1), (0.9, 1, 1)]
        );
        assert_eq!((found.events, found.right), (5, 3));
    }

    #[test]
    fn errors_are_those_of_the_definitions() {
        let found = Reliability::of([(0.8, true), (0.8, true), (0.8, false), (0.4, false)]);
        let expected = (3.0 * (0.8 - 2.0 / 3.0) + 0.4) / 4.0;
        assert!((found.calibration_error - expected).abs() < 1e-9);
        let expected = (0.04 + 0.04 + 0.64 + 0.16) / 4.0;
        assert!((found.brier - expected).abs() < 1e-9);
    }

    #[test]
    fn discrimination_counts_pairs() {
        let of = |events: &[(f64, bool)]| Reliability::of(events.iter().copied()).discrimination;
        assert_eq!(of(&[(0.9, true), (0.1, false)]), Some(1.0));
        assert_eq!(of(&[(0.1, true), (0.9, false)]), Some(0.0));
        assert_eq!(of(&[(0.5, true), (0.5, false)]), Some(0.5));
        // of four pairs three in order, one alike
        let found = of(&[(0.9, true), (0.5, true), (0.5, false), (0.2, false)]);
        assert_eq!(found, Some(0.875));
        assert_eq!(of(&[(0.9, true)]), None);
    }

    #[test]
    fn of_nothing_there_is_nothing() {
        assert_eq!(Reliability::of([]), Reliability::default());
    }
}
