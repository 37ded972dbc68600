//! Training of names: a conditional random field (Lafferty et al. 2001) over layers of their own, on what the parser makes of words.

mod field;

use std::ops::Range;

use rustc_hash::FxHashMap;

use self::field::field;
use super::adam::Adam;
use super::gradient::{Trace, add, affine_backward, layer_backward, layer_forward, mask, times};
use super::{Random, initial};
use crate::features::{FORMS, Vocabulary, features};
use crate::matrix::{Factor, Matrix, multiply};
use crate::model::Embeddings;
use crate::names::{Namer, join, label, labels};
use crate::network::{Network, tensor};
use crate::parser::Disturbance;
use crate::{Model, Name, NameKind, Parser};

/// Sentences with their names, of one set with its habits of annotation.
#[derive(Debug, Clone, Default)]
pub struct NamedSet {
    /// What the set is called.
    pub name: String,
    /// Words of each sentence.
    pub sentences: Vec<Vec<String>>,
    /// Names of each sentence.
    pub names: Vec<Vec<Name>>,
    /// The kinds of names that the set tells; those of another kind may be anywhere outside of these.
    pub told: Vec<NameKind>,
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
    /// Of the names of some sentences, gold and found.
    pub fn new(gold: &[Vec<Name>], found: &[Vec<Name>]) -> Self {
        let both = gold.iter().zip(found).flat_map(|(gold, found)| {
            let right = |name: &&Name| found.contains(name);
            gold.iter().filter(right)
        });
        Self {
            gold: gold.iter().map(Vec::len).sum(),
            found: found.iter().map(Vec::len).sum(),
            right: both.count(),
        }
    }

    /// Harmonic mean of precision and recall, percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// How to train a finder of names.
#[derive(Debug, Clone)]
pub struct NameSettings {
    /// Passes over the data.
    pub epochs: usize,
    /// Words a step of training.
    pub batch: usize,
    /// Highest learning rate; it rises over the first twentieth of the steps and falls to nothing in a straight line.
    pub rate: f32,
    /// Width of the embeddings of its own.
    pub embedding: usize,
    /// How often a feature of words must occur to get an embedding of its own.
    pub least: u32,
    /// Width of a layer, both directions together; even.
    pub width: usize,
    /// Layers.
    pub layers: usize,
    /// Share of the values of the parser's embeddings dropped.
    pub dropout_parser: f32,
    /// Share of the values of the parser's states dropped.
    pub dropout_states: f32,
    /// Share of the values of its own embeddings dropped.
    pub dropout_own: f32,
    /// Share of a layer's inputs dropped.
    pub dropout_layer: f32,
    /// Share of the values dropped that labels are read from.
    pub dropout_top: f32,
    /// A form that occurred n times is read as one never seen with the chance `a / (a + n)`.
    pub word_dropout: f32,
    /// Seed of all that is random.
    pub seed: u64,
}

impl Default for NameSettings {
    fn default() -> Self {
        Self {
            epochs: 30,
            batch: 300,
            rate: 2e-3,
            embedding: 48,
            least: 2,
            width: 128,
            layers: 2,
            dropout_parser: 0.2,
            dropout_states: 0.2,
            dropout_own: 0.2,
            dropout_layer: 0.2,
            dropout_top: 0.3,
            word_dropout: 1.0,
            seed: 1,
        }
    }
}

/// A word of a sentence to learn from.
#[derive(Debug, Clone)]
struct Known {
    /// Rows of its features in the table of embeddings.
    rows: Vec<u32>,
    /// How many of these are of its form.
    forms: usize,
    /// How often its form occurs in all sets.
    count: f32,
    /// The labels that it may have, a bit each.
    labels: u8,
}

/// A sentence to learn from.
#[derive(Debug)]
struct Example<'a> {
    origin: usize,
    forms: Vec<&'a str>,
    words: Vec<Known>,
}

/// The labels that the words of a sentence may have, a bit each: outside of names a word may be part of one of a kind that the set does
/// not tell.
fn allowed(length: usize, names: &[Name], told: &[NameKind]) -> Vec<u8> {
    let untold = (NameKind::ALL.into_iter())
        .filter(|kind| !told.contains(kind))
        .map(|kind| 1 << label(Some((kind, true))) | 1 << label(Some((kind, false))));
    let outside = untold.fold(1, |all, kind| all | kind);
    (labels(length, names).into_iter())
        .map(|label| if label == 0 { outside } else { 1 << label })
        .collect()
}

impl Known {
    fn new(form: &str, labels: u8, vocabulary: &Vocabulary, counts: &FxHashMap<u64, u32>) -> Self {
        let mut hashes = Vec::new();
        features(form, |hash| hashes.push(hash));
        let rows = |hashes: &[u64]| -> Vec<u32> {
            (hashes.iter())
                .filter_map(|&hash| vocabulary.row(hash))
                .collect()
        };
        Self {
            rows: rows(&hashes),
            forms: rows(&hashes[..FORMS]).len(),
            count: counts[&hashes[0]] as f32,
            labels,
        }
    }
}

/// The features that words of the sets have as often as `least`, and how often each occurs.
fn vocabulary(sets: &[NamedSet], least: u32) -> (Vocabulary, FxHashMap<u64, u32>) {
    let mut order: Vec<u64> = Vec::new();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for word in sets.iter().flat_map(|set| &set.sentences).flatten() {
        features(word, |hash| {
            let count = counts.entry(hash).or_default();
            *count += 1;
            if *count == least {
                order.push(hash);
            }
        });
    }
    (Vocabulary::new(order), counts)
}

/// Some sentences to learn from in one step.
#[derive(Debug, Default)]
struct Batch {
    sentences: Vec<Range<usize>>,
    /// Set of origin of each word.
    origins: Vec<usize>,
    /// What the parser makes of each word.
    states: Matrix,
    /// Rows of the features of all words, and where each word's end.
    rows: Vec<u32>,
    ends: Vec<usize>,
    /// The labels that each word may have, a bit each.
    labels: Vec<u8>,
}

impl Batch {
    /// Of some sentences; rare forms are read as never seen now and then, by the parser too, as most names will be.
    fn new(
        examples: &[&Example<'_>],
        parser: &Parser<'_>,
        settings: &NameSettings,
        random: &mut Random,
    ) -> Self {
        let mut batch = Self::default();
        let mut unknown = Vec::new();
        for example in examples {
            let start = batch.ends.len();
            for word in &example.words {
                let chance = settings.word_dropout / (settings.word_dropout + word.count);
                let dropped = random.unit() < chance;
                unknown.push(dropped);
                let skipped = if dropped { word.forms } else { 0 };
                batch.rows.extend(&word.rows[skipped..]);
                batch.ends.push(batch.rows.len());
                batch.origins.push(example.origin);
                batch.labels.push(word.labels);
            }
            batch.sentences.push(start..batch.ends.len());
        }
        let forms: Vec<Vec<&str>> = examples.iter().map(|one| one.forms.clone()).collect();
        let width = parser.model().network.sizes.embedding;
        let factors = mask(unknown.len(), width, settings.dropout_parser, random);
        batch.states = parser.states(&forms, Disturbance { unknown, factors });
        batch
    }
}

/// Trains the model's finder of names on `sets`; it follows the habits of the first. `report` sees the number of each pass and its mean
/// loss a word.
pub fn train_names(
    model: &mut Model,
    sets: &[NamedSet],
    settings: &NameSettings,
    mut report: impl FnMut(usize, f64),
) {
    let parser = Parser::new(model);
    let (vocabulary, counts) = vocabulary(sets, settings.least);
    let mut examples = Vec::new();
    for (origin, set) in sets.iter().enumerate() {
        for (sentence, names) in set.sentences.iter().zip(&set.names) {
            let forms: Vec<&str> = sentence.iter().map(String::as_str).collect();
            let labels = allowed(sentence.len(), names, &set.told);
            let words = (forms.iter().zip(labels))
                .map(|(form, labels)| Known::new(form, labels, &vocabulary, &counts))
                .collect();
            examples.push(Example {
                origin,
                forms,
                words,
            });
        }
    }
    let parsers = model.network.sizes;
    let sizes = Namer::sizes(
        parsers.embedding + 2 * parsers.width,
        [vocabulary.len(), settings.embedding],
        [settings.width, settings.layers],
        sets.len(),
    );
    let mut random = Random::new(settings.seed);
    let mut network = initial(sizes, &mut random);
    let mut gradient = Network::zeros(sizes);
    let mut adam = Adam::new(&network);
    let words: usize = examples.iter().map(|example| example.words.len()).sum();
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
            let mut chosen = Vec::new();
            let mut length = 0;
            while length < settings.batch {
                let Some(index) = next.next() else { break };
                length += examples[index].words.len();
                chosen.push(&examples[index]);
            }
            let batch = Batch::new(&chosen, &parser, settings, &mut random);
            sum += learn(&network, &batch, settings, &mut random, &mut gradient);
            let done = step as f32 / steps as f32;
            let rate = settings.rate * (done / 0.05).min(1.0) * (1.0 - done).max(0.02);
            adam.update(&mut network, &mut gradient, &batch.rows, rate);
            step += 1;
        }
        report(epoch, sum / words as f64);
    }
    let sets = sets.iter().map(|set| set.name.clone()).collect();
    let embeddings = Embeddings::quantise(&network.tensors[tensor::EMBEDDINGS]);
    network.tensors[tensor::EMBEDDINGS] = Matrix::zeros(0, sizes.embedding);
    model.namer = Some(Namer::new(network, vocabulary, embeddings, sets, 0));
}

/// The names that are found in the sentences of a set, in the habits of the set of the same name if the model knows it.
pub fn find_names(model: &mut Model, set: &NamedSet) -> Vec<Vec<Name>> {
    model.follow_names(&set.name);
    Parser::new(model).naming().names(&forms(set))
}

/// Has the parser do what it does before names are found, to time that.
pub fn pass_parser(model: &Model, set: &NamedSet) {
    Parser::new(model).names(&forms(set));
}

fn forms(set: &NamedSet) -> Vec<Vec<&str>> {
    (set.sentences.iter())
        .map(|sentence| sentence.iter().map(String::as_str).collect())
        .collect()
}

/// Adds the gradient of a batch's loss to `gradient`; the loss, summed over words.
fn learn(
    network: &Network,
    batch: &Batch,
    settings: &NameSettings,
    random: &mut Random,
    gradient: &mut Network,
) -> f64 {
    let words = batch.ends.len();
    let scale = 1.0 / words as f32;
    let sizes = network.sizes;
    let (own, parsers) = (sizes.embedding, batch.states.columns);
    let mut inputs = Matrix::zeros(words, own + sizes.beside);
    let mut start = 0;
    for (word, &end) in batch.ends.iter().enumerate() {
        let (embedded, beside) = inputs.row_mut(word).split_at_mut(own);
        for &row in &batch.rows[start..end] {
            add(
                embedded,
                network.tensors[tensor::EMBEDDINGS].row(row as usize),
            );
        }
        beside[2 * own..].copy_from_slice(batch.states.row(word));
        start = end;
    }
    join(&mut inputs, own, &batch.sentences);
    for (word, &origin) in batch.origins.iter().enumerate() {
        add(
            inputs.row_mut(word),
            network.tensors[tensor::ORIGINS].row(origin),
        );
    }
    let own_mask = mask(words, 3 * own, settings.dropout_own, random);
    let state_mask = mask(words, parsers, settings.dropout_states, random);
    for word in 0..words {
        let masks = own_mask.row(word).iter().chain(state_mask.row(word));
        for (value, factor) in inputs.row_mut(word).iter_mut().zip(masks) {
            *value *= factor;
        }
    }
    let mut x = Matrix::default();
    network.affine(&mut x, &inputs, tensor::INPUT, tensor::INPUT_BIAS);
    let mut traces: Vec<Trace> = Vec::new();
    for layer in 0..sizes.layers {
        let (trace, output) = layer_forward(
            network,
            layer,
            x,
            &batch.sentences,
            settings.dropout_layer,
            random,
        );
        traces.push(trace);
        x = output;
    }
    let top_mask = mask(words, sizes.width, settings.dropout_top, random);
    times(&mut x, &top_mask);
    let mut scores = Matrix::default();
    network.affine(&mut scores, &x, tensor::TAGS, tensor::TAGS_BIAS);
    let mut loss = 0.0;
    for sentence in batch.sentences.iter().cloned() {
        let labels = &batch.labels[sentence.clone()];
        loss += field(network, &mut scores, sentence, labels, scale, gradient);
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
        dx = layer_backward(
            network,
            layer,
            &traces[layer],
            &dx,
            &batch.sentences,
            gradient,
        );
    }
    let d_own = own_backward(network, gradient, &inputs, &dx, &own_mask);
    for sentence in &batch.sentences {
        for word in sentence.clone() {
            let mut d = d_own.row(word)[..own].to_vec();
            add(
                gradient.tensors[tensor::ORIGINS].row_mut(batch.origins[word]),
                &d,
            );
            if word + 1 < sentence.end {
                add(&mut d, &d_own.row(word + 1)[own..2 * own]);
            }
            if word > sentence.start {
                add(&mut d, &d_own.row(word - 1)[2 * own..]);
            }
            let start = word.checked_sub(1).map_or(0, |before| batch.ends[before]);
            for &row in &batch.rows[start..batch.ends[word]] {
                add(
                    gradient.tensors[tensor::EMBEDDINGS].row_mut(row as usize),
                    &d,
                );
            }
        }
    }
    loss
}

/// Adds the gradient of the first weights and returns that of the embeddings, which are the first columns of the inputs.
fn own_backward(
    network: &Network,
    gradient: &mut Network,
    inputs: &Matrix,
    dx: &Matrix,
    own_mask: &Matrix,
) -> Matrix {
    let (columns, width) = (own_mask.columns, dx.columns);
    let transposed = Factor::from(inputs).transposed();
    let d_weights = &mut gradient.tensors[tensor::INPUT].data;
    multiply(d_weights, width, transposed, dx.into(), true);
    for row in dx.data.chunks_exact(width) {
        add(&mut gradient.tensors[tensor::INPUT_BIAS].data, row);
    }
    let weights = &network.tensors[tensor::INPUT].data;
    let weights = Factor::new(weights, columns, width, width).transposed();
    let mut d_own = Matrix::zeros(inputs.rows, columns);
    multiply(&mut d_own.data, columns, dx.into(), weights, false);
    times(&mut d_own, own_mask);
    d_own
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any of some labels.
    fn any(labels: &[usize]) -> u8 {
        labels.iter().fold(0, |all, label| all | 1 << label)
    }

    /// A small network, and a batch of two sentences with words that share features and with labels that are not told.
    fn small() -> (Network, Batch) {
        let mut random = Random::new(5);
        let mut value = || random.unit() * 1.6 - 0.8;
        let mut network = Network::zeros(Namer::sizes(4, [5, 3], [8, 2], 2));
        for tensor in &mut network.tensors {
            tensor.data.iter_mut().for_each(|data| *data = value());
        }
        let mut states = Matrix::zeros(8, 4);
        states.data.iter_mut().for_each(|data| *data = value());
        let batch = Batch {
            sentences: vec![0..5, 5..8],
            origins: vec![0, 0, 0, 0, 0, 1, 1, 1],
            states,
            rows: vec![0, 1, 1, 2, 3, 0, 4, 2, 1, 1],
            ends: vec![2, 3, 3, 5, 6, 7, 9, 10],
            labels: [
                &[0][..],
                &[1],
                &[2],
                &[0, 3, 4],
                &[5],
                &[3],
                &[0, 3, 4],
                &[0, 1, 2, 3],
            ]
            .map(any)
            .to_vec(),
        };
        (network, batch)
    }

    fn step(network: &Network, batch: &Batch, gradient: &mut Network) -> f64 {
        let settings = NameSettings {
            dropout_states: 0.0,
            dropout_own: 0.0,
            dropout_layer: 0.0,
            dropout_top: 0.0,
            ..NameSettings::default()
        };
        let words = batch.ends.len() as f64;
        learn(network, batch, &settings, &mut Random::new(1), gradient) / words
    }

    #[test]
    fn gradient_agrees_with_finite_differences() {
        let (network, batch) = small();
        let mut gradient = Network::zeros(network.sizes);
        step(&network, &batch, &mut gradient);
        let mut compared = vec![0; network.tensors.len()];
        for (tensor, compared) in compared.iter_mut().enumerate() {
            let length = network.tensors[tensor].data.len();
            for at in (0..length).step_by(length / 8 + 1) {
                let moved = |by: f32| {
                    let mut moved = network.clone();
                    moved.tensors[tensor].data[at] += by;
                    step(&moved, &batch, &mut Network::zeros(network.sizes))
                };
                let slope = (moved(1e-2) - moved(-1e-2)) / 2e-2;
                let told = f64::from(gradient.tensors[tensor].data[at]);
                assert!(
                    (slope - told).abs() < 2e-3,
                    "tensor {tensor}, {at}: {slope} by differences, {told} told"
                );
                *compared += usize::from(slope.abs() > 1e-4);
            }
        }
        for tensor in [tensor::EMBEDDINGS, tensor::ORIGINS, tensor::INPUT] {
            assert!(compared[tensor] > 2, "slopes of tensor {tensor} are flat");
        }
        assert!(compared.iter().sum::<usize>() > 30, "{compared:?}");
    }

    #[test]
    fn what_a_set_does_not_tell_may_be_anywhere_outside() {
        let names = [Name {
            words: 1..2,
            kind: NameKind::Person,
        }];
        let told = [NameKind::Person, NameKind::Place];
        let organization = [true, false].map(|first| label(Some((NameKind::Organization, first))));
        let person = any(&[label(Some((NameKind::Person, true)))]);
        let outside = any(&[0, organization[0], organization[1]]);
        assert_eq!(allowed(3, &names, &told), [outside, person, outside]);
        assert_eq!(allowed(2, &names, &NameKind::ALL), [1, person]);
    }
}
