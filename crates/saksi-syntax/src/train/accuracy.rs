//! How well a model does on a treebank with gold tokens.

use crate::conllu::Sentence;
use crate::parser::Parser;
use crate::{Deprel, Relation, Upos};

/// Shares of words that are right, with gold tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Words compared.
    pub words: usize,
    /// Part of speech.
    pub upos: f64,
    /// All morphological features.
    pub features: f64,
    /// Head.
    pub uas: f64,
    /// Head and relation, subtypes ignored (as in the `CoNLL` 2018 shared task).
    pub las: f64,
    /// Head and relation of the words whose gold relation is one of [`CORE`].
    pub core: f64,
    /// Labelled F1 of each relation of [`CORE`]: of the words that have it here or there, those that have it with the same head in both.
    pub relations: [f64; CORE.len()],
}

/// Parses the sentences of a treebank, given their words, and compares.
pub fn accuracy(parser: &Parser<'_>, sentences: &[Sentence]) -> Accuracy {
    let model = parser.model();
    let mut right = [0_usize; 5];
    let (mut words, mut core) = (0, 0);
    // Of each core relation: right, in the treebank, found.
    let mut counts = [[0_usize; 3]; CORE.len()];
    for chunk in sentences.chunks(50) {
        let forms: Vec<Vec<&str>> = chunk
            .iter()
            .map(|sentence| sentence.words.iter().map(|row| &*row.form).collect())
            .collect();
        for (sentence, analyses) in chunk.iter().zip(parser.analyse(&forms)) {
            for (row, analysis) in sentence.words.iter().zip(&analyses) {
                let tag: Option<Upos> = row.upos.parse().ok();
                let relation: Option<Relation> = row.deprel.parse().ok();
                let universal = relation.map(|relation| relation.universal);
                let attached =
                    analysis.head.map_or(0, |head| head + 1) == row.head.unwrap_or_default();
                let found = model.relations[analysis.relation].universal;
                let labelled = attached && universal == Some(found);
                words += 1;
                right[0] += usize::from(tag == Some(model.tags[analysis.tag]));
                right[1] += usize::from(model.bundles[analysis.bundle].as_str() == &*row.feats);
                right[2] += usize::from(attached);
                right[3] += usize::from(labelled);
                if universal.is_some_and(|universal| CORE.contains(&universal)) {
                    core += 1;
                    right[4] += usize::from(labelled);
                }
                for (counts, relation) in counts.iter_mut().zip(CORE) {
                    counts[0] += usize::from(labelled && found == relation);
                    counts[1] += usize::from(universal == Some(relation));
                    counts[2] += usize::from(found == relation);
                }
            }
        }
    }
    let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
    Accuracy {
        words,
        upos: share(right[0], words),
        features: share(right[1], words),
        uas: share(right[2], words),
        las: share(right[3], words),
        core: share(right[4], core),
        relations: counts.map(|[right, gold, found]| share(2 * right, gold + found)),
    }
}

/// The relations that events and statements are read from.
pub const CORE: [Deprel; 10] = [
    Deprel::Nsubj,
    Deprel::Obj,
    Deprel::Obl,
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Acl,
    Deprel::Parataxis,
    Deprel::Conj,
    Deprel::Flat,
    Deprel::Nmod,
];
