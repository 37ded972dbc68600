//! The conditional random field: how likely labels are together, of all ways to label a sentence.

use std::ops::Range;

use crate::matrix::Matrix;
use crate::names::{LABELS, is_allowed};
use crate::network::{Network, tensor};

/// Turns the scores of a sentence into the gradient of the negative logarithm of the likelihood of the labels that its words may have,
/// times `scale`, and returns that.
pub(super) fn field(
    network: &Network,
    scores: &mut Matrix,
    sentence: Range<usize>,
    labels: &[u8],
    scale: f32,
    gradient: &mut Network,
) -> f64 {
    if sentence.is_empty() {
        return 0.0;
    }
    let follows = &network.tensors[tensor::TAG_VALUES];
    let all = Ways::new(follows, scores, sentence.clone(), |_, _| true);
    let told = Ways::new(follows, scores, sentence.clone(), |at, label| {
        labels[at] >> label & 1 == 1
    });
    let d_follows = &mut gradient.tensors[tensor::TAG_VALUES];
    for (at, word) in sentence.enumerate().skip(1) {
        for before in 0..LABELS {
            for label in (0..LABELS).filter(|&label| is_allowed(Some(before), label)) {
                let step = follows.row(before)[label] + scores.row(word)[label];
                d_follows.row_mut(before)[label] += scale
                    * (all.chance_of_step(at, before, label, step)
                        - told.chance_of_step(at, before, label, step));
            }
        }
    }
    for (at, word) in (all.start..).enumerate().take(all.forward.len()) {
        let row = scores.row_mut(word);
        row.fill(0.0);
        for (label, score) in row[..LABELS].iter_mut().enumerate() {
            *score = scale * (all.chance(at, label) - told.chance(at, label));
        }
    }
    f64::from(all.total - told.total)
}

/// The ways to label a sentence: logarithms of the sums of those that end in each label of each word, and of those that go on from there.
pub(super) struct Ways {
    start: usize,
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
    total: f32,
}

impl Ways {
    /// Of the labels that `may` be at each word of a sentence of one word at least.
    pub(super) fn new(
        follows: &Matrix,
        scores: &Matrix,
        sentence: Range<usize>,
        may: impl Fn(usize, usize) -> bool,
    ) -> Self {
        let (start, length) = (sentence.start, sentence.len());
        let own = |at: usize, label: usize| {
            if may(at, label) {
                scores.row(start + at)[label]
            } else {
                f32::NEG_INFINITY
            }
        };
        let mut forward = vec![[f32::NEG_INFINITY; LABELS]; length];
        let mut backward = vec![[0.0_f32; LABELS]; length];
        for label in (0..LABELS).filter(|&label| is_allowed(None, label)) {
            forward[0][label] = own(0, label);
        }
        for at in 1..length {
            for label in 0..LABELS {
                let ways = (0..LABELS)
                    .filter(|&before| is_allowed(Some(before), label))
                    .map(|before| forward[at - 1][before] + follows.row(before)[label]);
                forward[at][label] = log_sum(ways) + own(at, label);
            }
        }
        for at in (0..length - 1).rev() {
            for label in 0..LABELS {
                let ways = (0..LABELS)
                    .filter(|&next| is_allowed(Some(label), next))
                    .map(|next| {
                        follows.row(label)[next] + own(at + 1, next) + backward[at + 1][next]
                    });
                backward[at][label] = log_sum(ways);
            }
        }
        Self {
            start,
            total: log_sum(forward[length - 1].iter().copied()),
            forward,
            backward,
        }
    }

    /// The chance of a label.
    pub(super) fn chance(&self, at: usize, label: usize) -> f32 {
        (self.forward[at][label] + self.backward[at][label] - self.total).exp()
    }

    /// The chance of a label after another, of which the step scores so much.
    fn chance_of_step(&self, at: usize, before: usize, label: usize, step: f32) -> f32 {
        if self.forward[at][label] == f32::NEG_INFINITY {
            return 0.0;
        }
        (self.forward[at - 1][before] + step + self.backward[at][label] - self.total).exp()
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let highest = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return highest;
    }
    highest
        + values
            .map(|value| (value - highest).exp())
            .sum::<f32>()
            .ln()
}
