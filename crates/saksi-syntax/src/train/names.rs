//! Training of names: a conditional random field (Lafferty et al. 2001) over layers of their own, on what the parser makes of words.

use std::ops::Range;

use super::adam::Adam;
use super::gradient::{Trace, add, affine_backward, layer_backward, layer_forward, mask, times};
use super::{Random, Settings, initial};
use crate::matrix::Matrix;
use crate::names::{LABELS, Name, Namer, is_allowed, labels};
use crate::network::{Network, tensor};
use crate::{Model, Parser};

/// Sentences with their names, of one set with its habits of annotation.
#[derive(Debug, Clone, Default)]
pub struct NamedSet {
    /// What the set is called.
    pub name: String,
    /// Words of each sentence.
    pub sentences: Vec<Vec<String>>,
    /// Names of each sentence.
    pub names: Vec<Vec<Name>>,
}

/// Names that are the same in words and kind, of all that are gold and all that are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NameCount {
    /// Names of the set.
    pub gold: usize,
    /// Names that were found.
    pub found: usize,
    /// Names that are both.
    pub right: usize,
}

impl NameCount {
    /// Harmonic mean of precision and recall, percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Words that are read by the parser at once.
const TOGETHER: usize = 400;

/// The states of the words of each sentence, one matrix a sentence.
fn states(parser: &Parser<'_>, sentences: &[Vec<String>]) -> Vec<Matrix> {
    let mut found = Vec::with_capacity(sentences.len());
    let mut first = 0;
    while first < sentences.len() {
        let mut words = 0;
        let count = (sentences[first..].iter())
            .take_while(|sentence| {
                let fits = words < TOGETHER;
                words += sentence.len();
                fits
            })
            .count();
        let forms: Vec<Vec<&str>> = (sentences[first..first + count].iter())
            .map(|sentence| sentence.iter().map(String::as_str).collect())
            .collect();
        let all = parser.states(&forms);
        let mut row = 0;
        for sentence in &forms {
            let mut own = Matrix::zeros(sentence.len(), all.columns);
            for word in 0..sentence.len() {
                own.row_mut(word).copy_from_slice(all.row(row));
                row += 1;
            }
            found.push(own);
        }
        first += count;
    }
    found
}

/// Trains the model's finder of names on `sets`; it follows the habits of the first. `report` sees the number of each pass and its mean
/// loss a word.
pub fn train_names(
    model: &mut Model,
    sets: &[NamedSet],
    settings: &Settings,
    mut report: impl FnMut(usize, f64),
) {
    let parser = Parser::new(model);
    let mut examples: Vec<(usize, Matrix, Vec<usize>)> = Vec::new();
    for (origin, set) in sets.iter().enumerate() {
        let all = states(&parser, &set.sentences);
        for ((states, words), names) in all.into_iter().zip(&set.sentences).zip(&set.names) {
            examples.push((origin, states, labels(words.len(), names)));
        }
    }
    let columns = examples.first().map_or(0, |(_, states, _)| states.columns);
    let sizes = Namer::sizes(columns, settings.width, settings.layers, sets.len());
    let mut random = Random::new(settings.seed);
    let mut network = initial(sizes, &mut random);
    let mut gradient = Network::zeros(sizes);
    let mut adam = Adam::new(&network);
    let words: usize = examples.iter().map(|(_, states, _)| states.rows).sum();
    let steps = (words / settings.batch + 1) * settings.epochs;
    let mut step = 0;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 1..=settings.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        let mut sum = 0.0;
        let mut next = order.iter().copied().peekable();
        while next.peek().is_some() {
            let mut batch = Vec::new();
            let mut length = 0;
            while length < settings.batch {
                let Some(index) = next.next() else { break };
                length += examples[index].1.rows;
                batch.push(&examples[index]);
            }
            sum += learn(&network, &batch, settings, &mut random, &mut gradient);
            let done = step as f32 / steps as f32;
            let rate = settings.rate * (done / 0.05).min(1.0) * (1.0 - done).max(0.02);
            adam.update(&mut network, &mut gradient, &[], rate);
            step += 1;
        }
        report(epoch, sum / words as f64);
    }
    let sets = sets.iter().map(|set| set.name.clone()).collect();
    model.namer = Some(Namer::new(network, sets, 0));
}

/// How many names of a set are found, in the habits of the set of the same name if the model knows it.
pub fn score_names(model: &mut Model, set: &NamedSet) -> NameCount {
    model.follow_names(&set.name);
    let parser = Parser::new(model).naming();
    let forms: Vec<Vec<&str>> = (set.sentences.iter())
        .map(|sentence| sentence.iter().map(String::as_str).collect())
        .collect();
    let mut count = NameCount::default();
    for (gold, found) in set.names.iter().zip(parser.names(&forms)) {
        count.gold += gold.len();
        count.found += found.len();
        count.right += gold.iter().filter(|name| found.contains(name)).count();
    }
    count
}

/// Adds the gradient of a batch's loss to `gradient`; the loss, summed over words.
fn learn(
    network: &Network,
    batch: &[&(usize, Matrix, Vec<usize>)],
    settings: &Settings,
    random: &mut Random,
    gradient: &mut Network,
) -> f64 {
    let words: usize = batch.iter().map(|(_, states, _)| states.rows).sum();
    let scale = 1.0 / words as f32;
    let sizes = network.sizes;
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut states = Matrix::zeros(words, sizes.embedding);
    let mut row = 0;
    for (origin, own, _) in batch {
        let start = row;
        let origin = network.tensors[tensor::ORIGINS].row(*origin);
        for word in 0..own.rows {
            let values = own.row(word).iter().zip(origin);
            for (out, (value, of_set)) in states.row_mut(row).iter_mut().zip(values) {
                *out = value + of_set;
            }
            row += 1;
        }
        sentences.push(start..row);
    }
    let state_mask = mask(words, sizes.embedding, settings.dropout_embedding, random);
    times(&mut states, &state_mask);
    let mut x = Matrix::default();
    network.affine(&mut x, &states, tensor::INPUT, tensor::INPUT_BIAS);
    let mut traces: Vec<Trace> = Vec::new();
    for layer in 0..sizes.layers {
        let (trace, output) = layer_forward(
            network,
            layer,
            x,
            &sentences,
            settings.dropout_layer,
            random,
        );
        traces.push(trace);
        x = output;
    }
    let top_mask = mask(words, sizes.width, settings.dropout_tag, random);
    times(&mut x, &top_mask);
    let mut scores = Matrix::default();
    network.affine(&mut scores, &x, tensor::TAGS, tensor::TAGS_BIAS);
    let mut loss = 0.0;
    for (sentence, (_, _, gold)) in sentences.iter().zip(batch) {
        loss += field(
            network,
            &mut scores,
            sentence.clone(),
            gold,
            scale,
            gradient,
        );
    }
    let mut dx = affine_backward(
        network,
        gradient,
        &x,
        &scores,
        tensor::TAGS,
        tensor::TAGS_BIAS,
    );
    times(&mut dx, &top_mask);
    for layer in (0..sizes.layers).rev() {
        dx = layer_backward(network, layer, &traces[layer], &dx, &sentences, gradient);
    }
    let mut d_states = affine_backward(
        network,
        gradient,
        &states,
        &dx,
        tensor::INPUT,
        tensor::INPUT_BIAS,
    );
    times(&mut d_states, &state_mask);
    for (sentence, (origin, _, _)) in sentences.into_iter().zip(batch) {
        for word in sentence {
            add(
                gradient.tensors[tensor::ORIGINS].row_mut(*origin),
                d_states.row(word),
            );
        }
    }
    loss
}

/// Turns the scores of a sentence into the gradient of the negative logarithm of its labels' likelihood, times `scale`, and returns that.
fn field(
    network: &Network,
    scores: &mut Matrix,
    sentence: Range<usize>,
    gold: &[usize],
    scale: f32,
    gradient: &mut Network,
) -> f64 {
    let follows = &network.tensors[tensor::TAG_VALUES];
    let length = sentence.len();
    if length == 0 {
        return 0.0;
    }
    let own = |at: usize, label: usize| scores.row(sentence.start + at)[label];
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
                .map(|next| follows.row(label)[next] + own(at + 1, next) + backward[at + 1][next]);
            backward[at][label] = log_sum(ways);
        }
    }
    let total = log_sum(forward[length - 1].iter().copied());
    let mut told = 0.0;
    for at in 0..length {
        told += own(at, gold[at]);
        if at > 0 {
            told += follows.row(gold[at - 1])[gold[at]];
        }
    }
    for at in 1..length {
        for (before, score) in forward[at - 1].iter().enumerate() {
            for label in (0..LABELS).filter(|&label| is_allowed(Some(before), label)) {
                let chance =
                    (score + follows.row(before)[label] + own(at, label) + backward[at][label]
                        - total)
                        .exp();
                gradient.tensors[tensor::TAG_VALUES].row_mut(before)[label] += scale * chance;
            }
        }
        gradient.tensors[tensor::TAG_VALUES].row_mut(gold[at - 1])[gold[at]] -= scale;
    }
    for at in 0..length {
        let row = scores.row_mut(sentence.start + at);
        row.fill(0.0);
        for label in 0..LABELS {
            row[label] = scale * (forward[at][label] + backward[at][label] - total).exp();
        }
        row[gold[at]] -= scale;
    }
    f64::from(total - told)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A small network, and two sentences of its words.
    fn small() -> (Network, Vec<(usize, Matrix, Vec<usize>)>) {
        let mut random = Random::new(5);
        let mut value = || random.unit() * 1.6 - 0.8;
        let mut network = Network::zeros(Namer::sizes(4, 8, 2, 2));
        for tensor in &mut network.tensors {
            tensor.data.iter_mut().for_each(|data| *data = value());
        }
        let mut sentence = |origin, labels: &[usize]| {
            let mut states = Matrix::zeros(labels.len(), 4);
            states.data.iter_mut().for_each(|data| *data = value());
            (origin, states, labels.to_vec())
        };
        let examples = vec![sentence(0, &[0, 1, 2, 0, 5]), sentence(1, &[3, 4, 1])];
        (network, examples)
    }

    fn loss(network: &Network, examples: &[(usize, Matrix, Vec<usize>)]) -> f64 {
        let mut gradient = Network::zeros(network.sizes);
        step(network, examples, &mut gradient)
    }

    fn step(
        network: &Network,
        examples: &[(usize, Matrix, Vec<usize>)],
        gradient: &mut Network,
    ) -> f64 {
        let settings = Settings {
            dropout_embedding: 0.0,
            dropout_layer: 0.0,
            dropout_tag: 0.0,
            ..Settings::default()
        };
        let batch: Vec<_> = examples.iter().collect();
        let words: usize = examples.iter().map(|(_, states, _)| states.rows).sum();
        learn(network, &batch, &settings, &mut Random::new(1), gradient) / words as f64
    }

    #[test]
    fn gradient_agrees_with_finite_differences() {
        let (network, examples) = small();
        let mut gradient = Network::zeros(network.sizes);
        step(&network, &examples, &mut gradient);
        let mut compared = 0;
        for tensor in 0..network.tensors.len() {
            let length = network.tensors[tensor].data.len();
            for at in (0..length).step_by(length / 5 + 1) {
                let moved = |by: f32| {
                    let mut moved = network.clone();
                    moved.tensors[tensor].data[at] += by;
                    loss(&moved, &examples)
                };
                let slope = (moved(1e-2) - moved(-1e-2)) / 2e-2;
                let told = f64::from(gradient.tensors[tensor].data[at]);
                assert!(
                    (slope - told).abs() < 2e-3,
                    "tensor {tensor}, {at}: {slope} by differences, {told} told"
                );
                compared += usize::from(slope.abs() > 1e-4);
            }
        }
        assert!(compared > 20, "{compared} slopes that are not flat");
    }
}
