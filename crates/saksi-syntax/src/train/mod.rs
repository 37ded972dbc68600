//! The trainer: from treebanks to a model.
//!
//! In: sentences of one or more treebanks (CoNLL-U). Out: a [`Model`]. Training is deterministic: the same data, settings
//! and seed give the same model on the same machine.

mod accuracy;
mod adam;
pub mod brackets;
mod complements;
mod corpus;
mod gradient;
mod likeness;
mod names;
mod teachers;

pub use accuracy::{Accuracy, CORE, accuracy};
pub use complements::name_complements;
pub use corpus::{Corpus, Treebank};
pub use likeness::{Likeness, liken, likenesses};
pub use names::{NameCount, NameSettings, NamedSet, find_names, pass_parser, train_names};
pub use teachers::{Teachers, Trust};

use crate::conllu::Row;
use crate::lemma::{self, Lemmatiser};
use crate::network::{Network, Sizes, tensor};
use crate::train::adam::Adam;
use crate::train::corpus::{Examples, Inventory};
use crate::train::gradient::{Batch, Dropout, Loss};
use crate::{Features, Model, Upos};

/// How to train.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: usize,
    /// Words a step of training.
    pub batch: usize,
    /// Highest learning rate; it rises over the first twentieth of the steps and falls to nothing in a straight line.
    pub rate: f32,
    /// Width of an embedding.
    pub embedding: usize,
    /// Width of a layer, both directions together; even.
    pub width: usize,
    /// Layers.
    pub layers: usize,
    /// Width of the vectors that score heads.
    pub arc: usize,
    /// Width of the vectors that score relations.
    pub label: usize,
    /// How often a feature must occur to get an embedding of its own.
    pub least: usize,
    /// Share of embedded values dropped.
    pub dropout_embedding: f32,
    /// Share of a layer's inputs dropped.
    pub dropout_layer: f32,
    /// Share of the scoring vectors dropped, of heads and relations.
    pub dropout_part: f32,
    /// Share of the values dropped that tags are read from.
    pub dropout_tag: f32,
    /// A word form that occurred n times is dropped with the chance `a / (a + n)`.
    pub word_dropout: f32,
    /// Whether unknown words are lemmatised by the analyser of Indonesian morphology.
    pub analyser: bool,
    /// Seed of all that is random.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 30,
            batch: 700,
            rate: 3e-3,
            embedding: 96,
            width: 192,
            layers: 3,
            arc: 96,
            label: 96,
            least: 2,
            dropout_embedding: 0.2,
            dropout_layer: 0.25,
            dropout_part: 0.05,
            dropout_tag: 0.2,
            word_dropout: 0.3,
            analyser: false,
            seed: 1,
        }
    }
}

/// How far training has come, after each pass over the data.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Passes done.
    pub epoch: usize,
    /// Mean loss a word of the pass: tags, heads, relations.
    pub loss: [f64; 3],
}

/// Trains a model of `language` on `corpus`; `news` is the origin whose habits parsing follows.
///
/// # Errors
/// If the corpus has no sentence, or a tag or relation that Universal Dependencies does not know.
pub fn train(
    language: &str,
    corpus: &Corpus,
    settings: &Settings,
    mut report: impl FnMut(Progress),
) -> Result<Model, corpus::Error> {
    let inventory = Inventory::new(corpus, settings.least)?;
    let examples = Examples::new(corpus, &inventory)?;
    let sizes = Sizes {
        features: inventory.vocabulary.len(),
        origins: corpus.treebanks.len(),
        embedding: settings.embedding,
        beside: 0,
        width: settings.width,
        layers: settings.layers,
        arc: settings.arc,
        label: settings.label,
        tags: Upos::ALL.len(),
        bundles: inventory.bundles.len(),
        relations: inventory.relations.len(),
    };
    let mut random = Random::new(settings.seed);
    let mut network = initial(sizes, &mut random);
    let mut gradient = Network::zeros(sizes);
    let mut adam = Adam::new(&network);
    let dropout = Dropout {
        embedding: settings.dropout_embedding,
        layer: settings.dropout_layer,
        part: settings.dropout_part,
        tag: settings.dropout_tag,
    };
    let words_a_pass = examples.words();
    let steps = (words_a_pass / settings.batch + 1) * settings.epochs;
    let mut step = 0;
    for epoch in 1..=settings.epochs {
        let mut sum = Loss::default();
        let mut next = examples.stretches(&mut random).into_iter();
        loop {
            let mut batch = Batch::default();
            while batch.ends.len() < settings.batch {
                let Some(stretch) = next.next() else { break };
                examples.put(stretch, settings.word_dropout, &mut random, &mut batch);
            }
            if batch.ends.is_empty() {
                break;
            }
            let loss = gradient::step(&network, &batch, dropout, &mut random, &mut gradient);
            sum.tags += loss.tags;
            sum.heads += loss.heads;
            sum.relations += loss.relations;
            let done = step as f32 / steps as f32;
            let rate = settings.rate * (done / 0.05).min(1.0) * (1.0 - done).max(0.02);
            adam.update(&mut network, &mut gradient, &batch.rows, rate);
            step += 1;
        }
        let mean = |sum: f64| sum / words_a_pass as f64;
        let progress = Progress {
            epoch,
            loss: [mean(sum.tags), mean(sum.heads), mean(sum.relations)],
        };
        report(progress);
    }
    let lemmatiser = lemmatiser(corpus, settings.analyser);
    Ok(Model::new(
        language.to_owned(),
        network,
        inventory.vocabulary,
        corpus
            .treebanks
            .iter()
            .map(|treebank| treebank.name.clone())
            .collect(),
        (corpus.treebanks.iter())
            .map(|treebank| treebank.punctuation_by_rule)
            .collect(),
        corpus.origin,
        Upos::ALL.to_vec(),
        inventory.bundles,
        inventory.allowed,
        inventory.relations,
        lemmatiser,
    ))
}

/// How many words of other treebanks a word of the followed one outweighs: habits of lemmas differ (`-nya` is `nya` here, `dia` there), and the
/// followed treebank may be the smallest.
const FOLLOWED: u32 = 20;

/// A lemmatiser from the words of all treebanks; those of the treebank that the model follows count most.
pub fn lemmatiser(corpus: &Corpus, analyser: bool) -> Lemmatiser {
    let mut words: Vec<(&Row, Upos, Features, u32)> = Vec::new();
    for (index, treebank) in corpus.treebanks.iter().enumerate() {
        let weight = if index == corpus.origin { FOLLOWED } else { 1 };
        for row in treebank
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.words)
        {
            if let Ok(upos) = row.upos.parse() {
                words.push((row, upos, Features::new(&row.feats), weight));
            }
        }
    }
    let examples = words
        .iter()
        .map(|(row, upos, features, weight)| lemma::Example {
            form: &row.form,
            upos: *upos,
            features,
            lemma: &row.lemma,
            weight: *weight,
        });
    Lemmatiser::train(examples, lemma::Settings { analyser })
}

/// A network before training (Glorot and Bengio 2010); the forget gates begin half open.
fn initial(sizes: Sizes, random: &mut Random) -> Network {
    let mut network = Network::zeros(sizes);
    for (index, tensor) in network.tensors.iter_mut().enumerate() {
        let bound = match index {
            tensor::INPUT
            | tensor::PARTS
            | tensor::ARC
            | tensor::LABEL
            | tensor::TAGS
            | tensor::TAG_VALUES => (6.0 / (tensor.rows + tensor.columns) as f32).sqrt(),
            tensor::EMBEDDINGS
            | tensor::ORIGINS
            | tensor::ARC_HEAD
            | tensor::ARC_ROOT
            | tensor::LABEL_ROOT => 0.1,
            at if at >= tensor::LAYERS => match (at - tensor::LAYERS) % tensor::PER_LAYER {
                tensor::WEIGHTS => (3.0 / tensor.rows as f32).sqrt(),
                tensor::RECURRENT => 0.3,
                _ => 0.0,
            },
            _ => 0.0,
        };
        tensor
            .data
            .iter_mut()
            .for_each(|value| *value = bound * (2.0 * random.unit() - 1.0));
    }
    network
}

/// Pseudo-random numbers (`SplitMix64`, Steele et al. 2014): the same on every machine.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// A whole number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}
