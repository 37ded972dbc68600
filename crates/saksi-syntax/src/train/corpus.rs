//! Treebanks as the trainer sees them: inventories of what occurs, and sentences as numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Random;
use super::gradient::Batch;
use crate::conllu::Sentence;
use crate::features::{Vocabulary, features};
use crate::{Deprel, Features, Relation, Upos, punctuation};

/// Relations and bundles of features that occur less often are folded into what is more general.
const LEAST: usize = 5;

/// A treebank to train on.
#[derive(Debug)]
pub struct Treebank {
    /// Its name.
    pub name: String,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Whether its punctuation hangs by the rules of Universal Dependencies.
    pub punctuation_by_rule: bool,
}

/// The share of marks that must hang by rule for a treebank to count as keeping to it.
const BY_RULE: f64 = 0.9;

impl Treebank {
    /// A treebank of this name with these sentences.
    pub fn new(name: String, sentences: Vec<Sentence>) -> Self {
        let punctuation_by_rule = punctuation::share_by_rule(&sentences) > BY_RULE;
        Self {
            name,
            sentences,
            punctuation_by_rule,
        }
    }
}

/// What a model is trained on.
#[derive(Debug)]
pub struct Corpus {
    /// The treebanks, each an origin of its own.
    pub treebanks: Vec<Treebank>,
    /// Index of the treebank whose habits the model follows when it parses.
    pub origin: usize,
}

/// Why nothing can be trained on a corpus.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no sentence.
    #[error("the corpus has no sentence")]
    Empty,
    /// A tag or relation that Universal Dependencies does not know.
    #[error("{treebank}, line {line}: `{value}` is no tag or relation of Universal Dependencies")]
    Unknown {
        /// The treebank.
        treebank: String,
        /// The line of the sentence's first row.
        line: usize,
        /// The value.
        value: String,
    },
}

/// What occurs in a corpus.
pub(crate) struct Inventory {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) bundles: Vec<Features>,
    pub(crate) allowed: Vec<Vec<u32>>,
    pub(crate) relations: Vec<Relation>,
    /// How often each row of the vocabulary occurs.
    counts: Vec<u32>,
}

impl Inventory {
    pub(crate) fn new(corpus: &Corpus, least: usize) -> Result<Self, Error> {
        let mut hashes: BTreeMap<u64, u32> = BTreeMap::new();
        let mut bundles: BTreeMap<&str, usize> = BTreeMap::new();
        let mut pairs: BTreeMap<(Upos, &str), usize> = BTreeMap::new();
        let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
        for treebank in &corpus.treebanks {
            for sentence in &treebank.sentences {
                for row in &sentence.words {
                    features(&row.form, |hash| *hashes.entry(hash).or_default() += 1);
                    *bundles.entry(&row.feats).or_default() += 1;
                    let tag = row
                        .upos
                        .parse()
                        .map_err(|()| unknown(treebank, sentence, &row.upos))?;
                    *pairs.entry((tag, &row.feats)).or_default() += 1;
                    *relations.entry(&row.deprel).or_default() += 1;
                }
            }
        }
        if relations.is_empty() {
            return Err(Error::Empty);
        }
        hashes.retain(|_, count| *count as usize >= least);
        let vocabulary = Vocabulary::new(hashes.keys().copied().collect());
        let counts = hashes.into_values().collect();
        let kept: BTreeSet<&str> = bundles
            .iter()
            .filter(|(name, count)| **name == "_" || **count >= LEAST)
            .map(|(name, _)| *name)
            .chain(["_"])
            .collect();
        let bundles: Vec<Features> = kept.iter().map(|name| Features::new(name)).collect();
        let allowed = Upos::ALL.iter().map(|&tag| {
            let mut fits: Vec<u32> = (kept.iter().zip(0..))
                .filter(|(name, _)| pairs.contains_key(&(tag, **name)))
                .map(|(_, index)| index)
                .collect();
            if fits.is_empty() {
                fits.extend(
                    kept.iter()
                        .zip(0..)
                        .filter(|(name, _)| **name == "_")
                        .map(|(_, index)| index),
                );
            }
            fits
        });
        let allowed = allowed.collect();
        // Every relation that is frequent enough, the universal ones of the others, and those that decoding itself may need.
        let folded = relations.iter().map(|(name, &count)| {
            if count >= LEAST {
                *name
            } else {
                name.split(':').next().unwrap_or(name)
            }
        });
        let needed = [Deprel::Root, Deprel::Parataxis].map(Deprel::as_str);
        let names: BTreeSet<&str> = folded.chain(needed).collect();
        let relations: Vec<Relation> = names.iter().filter_map(|name| name.parse().ok()).collect();
        Ok(Self {
            vocabulary,
            bundles,
            allowed,
            relations,
            counts,
        })
    }

    fn relation(&self, name: &str) -> Option<usize> {
        let relation: Relation = name.parse().ok()?;
        let general = Relation {
            universal: relation.universal,
            subtype: None,
        };
        let find = |wanted: &Relation| self.relations.iter().position(|known| known == wanted);
        find(&relation).or_else(|| find(&general))
    }
}

fn unknown(treebank: &Treebank, sentence: &Sentence, value: &str) -> Error {
    Error::Unknown {
        treebank: treebank.name.clone(),
        line: sentence.line,
        value: value.to_owned(),
    }
}

/// Whether a mark tells that the sentence is over (one of `.!?…`, perhaps within quotation marks or brackets) and the next one does not begin with
/// a small letter.
fn told_apart(sentence: &Sentence, next: &Sentence) -> bool {
    let closing = |form: &str| form.chars().all(|char| "\"'”’»)]".contains(char));
    let mut forms = sentence.words.iter().rev().map(|row| &*row.form);
    let last = forms.find(|form| !closing(form));
    let small = next.words.first().and_then(|row| row.form.chars().next());
    last.is_some_and(|form| form.ends_with(['.', '!', '?', '…']))
        && !small.is_some_and(char::is_lowercase)
}

/// The corpus as numbers.
pub(crate) struct Examples {
    sentences: Vec<Vec<Example>>,
    /// Of each sentence, whether only its words tell that it ends before the next one.
    open: Vec<bool>,
    counts: Vec<u32>,
}

/// How many of the sentences that end without a mark are joined to the next, so that the network learns to tell where they end.
const JOINED: f32 = 0.5;

pub(crate) struct Example {
    /// The rows of the word's features; how many of the first are the word form itself.
    rows: Vec<u32>,
    forms: usize,
    origin: usize,
    tag: usize,
    bundle: Option<usize>,
    head: Option<usize>,
    relation: usize,
}

impl Examples {
    pub(crate) fn new(corpus: &Corpus, inventory: &Inventory) -> Result<Self, Error> {
        let mut sentences = Vec::new();
        let mut open = Vec::new();
        for (origin, treebank) in corpus.treebanks.iter().enumerate() {
            for (sentence, next) in treebank.sentences.iter().zip(1..) {
                let next = treebank.sentences.get(next);
                open.push(next.is_some_and(|next| !told_apart(sentence, next)));
                let examples: Result<Vec<Example>, Error> = (sentence.words.iter())
                    .map(|row| {
                        let mut rows = Vec::new();
                        inventory.vocabulary.rows(&row.form, 0, &mut rows);
                        let mut own = Vec::new();
                        features(&row.form, |hash| own.push(hash));
                        own.truncate(2);
                        let is_form =
                            |row: &u32| own.contains(&inventory.vocabulary.hashes()[*row as usize]);
                        let forms = rows.iter().take_while(|row| is_form(row)).count();
                        let tag: Upos = row
                            .upos
                            .parse()
                            .map_err(|()| unknown(treebank, sentence, &row.upos))?;
                        let relation = inventory
                            .relation(&row.deprel)
                            .ok_or_else(|| unknown(treebank, sentence, &row.deprel))?;
                        Ok(Example {
                            rows,
                            forms,
                            origin,
                            tag: Upos::ALL
                                .iter()
                                .position(|&known| known == tag)
                                .unwrap_or_default(),
                            bundle: inventory
                                .bundles
                                .iter()
                                .position(|bundle| bundle.as_str() == &*row.feats),
                            head: row.head,
                            relation,
                        })
                    })
                    .collect();
                sentences.push(examples?);
            }
        }
        Ok(Self {
            sentences,
            open,
            counts: inventory.counts.clone(),
        })
    }

    /// Words of all sentences.
    pub(crate) fn words(&self) -> usize {
        self.sentences.iter().map(Vec::len).sum()
    }

    /// The sentences as they are put into batches, in random order: by themselves, or with the next ones where nothing tells them apart.
    pub(crate) fn stretches(&self, random: &mut Random) -> Vec<Range<usize>> {
        let mut stretches = Vec::new();
        let mut start = 0;
        for (end, &open) in (1..).zip(&self.open) {
            if !open || random.unit() >= JOINED {
                stretches.push(start..end);
                start = end;
            }
        }
        for at in (1..stretches.len()).rev() {
            stretches.swap(at, random.below(at + 1));
        }
        stretches
    }

    /// Puts a stretch of sentences into a batch, dropping rare word forms now and then so that the network learns to do without them.
    pub(crate) fn put(
        &self,
        stretch: Range<usize>,
        word_dropout: f32,
        random: &mut Random,
        batch: &mut Batch,
    ) {
        let start = batch.ends.len();
        for sentence in stretch {
            self.put_sentence(sentence, start, word_dropout, random, batch);
        }
        if let Some(last) = batch.last.last_mut() {
            *last = None;
        }
        batch.sentences.push(start..batch.ends.len());
    }

    /// Puts a sentence into a batch; heads are counted from `start`, where its stretch begins.
    fn put_sentence(
        &self,
        sentence: usize,
        start: usize,
        word_dropout: f32,
        random: &mut Random,
        batch: &mut Batch,
    ) {
        let before = batch.ends.len() - start;
        let words = self.sentences[sentence].len();
        for (example, left) in self.sentences[sentence].iter().zip((0..words).rev()) {
            let count = example
                .rows
                .first()
                .map_or(1, |&row| self.counts[row as usize]) as f32;
            let dropped = random.unit() < word_dropout / (word_dropout + count);
            batch
                .rows
                .extend(&example.rows[if dropped { example.forms } else { 0 }..]);
            batch.ends.push(batch.rows.len());
            batch.origins.push(example.origin);
            batch.tags.push(example.tag);
            batch.bundles.push(example.bundle);
            batch.last.push(Some(left == 0));
            let head = example
                .head
                .map(|head| if head == 0 { 0 } else { head + before });
            batch.heads.push(head);
            batch.relations.push(example.relation);
        }
    }
}
