//! More trees out of sentences that are annotated otherwise: several first models, the teachers, annotate them together.
//!
//! What the sentences' own annotators knew is kept where it can be: the brackets of a constituency treebank bind the teachers
//! ([`super::brackets`]), and a dependency treebank of other habits has one more vote ([`Teachers::carry_over`]).

use super::brackets::Bracketed;
use crate::conllu::{Row, Sentence};
use crate::matrix::Matrix;
use crate::network::Scores;
use crate::parser::{Parser, highest};
use crate::{Model, decode};

/// Models trained on the same corpus with different seeds, following the same habits.
#[derive(Debug)]
pub struct Teachers<'m> {
    parsers: Vec<Parser<'m>>,
}

/// How much the annotation of another treebank counts, in natural logarithms of likelihood.
#[derive(Debug, Clone, Copy)]
pub struct Trust {
    /// Its heads.
    pub heads: f32,
    /// Its tags, and its relations where the head is the same: 0 for a treebank that names things otherwise.
    pub names: f32,
}

/// What another treebank says of a sentence.
#[derive(Clone, Copy)]
struct Told<'a> {
    words: &'a [Row],
    trust: f32,
}

impl Told<'_> {
    /// Adds what it says of a word to the likelihoods of its tags and, if it has the head `column` there too, of its relations.
    fn add(
        self,
        word: usize,
        column: usize,
        model: &Model,
        tags: &mut [f32],
        relations: &mut [f32],
    ) {
        let row = &self.words[word];
        let tag = model.tags.iter().position(|tag| tag.as_str() == &*row.upos);
        if let Some(tag) = tag {
            tags[tag] += self.trust;
        }
        let relation = (model.relations.iter()).position(|name| name.to_string() == *row.deprel);
        if let Some(relation) = relation.filter(|_| row.head == Some(column)) {
            relations[relation] += self.trust;
        }
    }
}

impl<'m> Teachers<'m> {
    /// Teachers with these parsers.
    pub fn new(parsers: Vec<Parser<'m>>) -> Self {
        Self { parsers }
    }

    /// The best dependency trees that keep to the brackets.
    pub fn project(&self, sentences: &[Bracketed]) -> Vec<Sentence> {
        let annotate = |sentence: &Bracketed| {
            let forms: Vec<&str> = sentence.words().iter().map(|word| &**word).collect();
            self.annotate(&forms, None, |likely| sentence.heads(likely))
        };
        sentences.iter().map(annotate).collect()
    }

    /// The trees of a treebank of other habits in the habits that the teachers follow.
    pub fn carry_over(&self, sentences: &[Sentence], trust: Trust) -> Vec<Sentence> {
        let annotate = |sentence: &Sentence| {
            let forms: Vec<&str> = sentence.words.iter().map(|row| &*row.form).collect();
            let told = Told {
                words: &sentence.words,
                trust: trust.names,
            };
            self.annotate(&forms, Some(told), |likely| {
                let mut likely = likely.clone();
                for (word, row) in sentence.words.iter().enumerate() {
                    if let Some(head) = row.head {
                        likely.row_mut(word)[head] += trust.heads;
                    }
                }
                decode::tree(&likely)
            })
        };
        sentences.iter().map(annotate).collect()
    }

    /// Tags, features, heads and relations on which the teachers agree best; heads (as columns) are chosen by `choose` from their mean logarithm
    /// of likelihood.
    fn annotate(
        &self,
        forms: &[&str],
        told: Option<Told<'_>>,
        choose: impl Fn(&Matrix) -> Vec<usize>,
    ) -> Sentence {
        let length = forms.len();
        let scored: Vec<Scores> = self
            .parsers
            .iter()
            .map(|parser| parser.score(forms))
            .collect();
        let share = 1.0 / self.parsers.len() as f32;
        let mut likely = Matrix::zeros(length, length + 1);
        let mut heads = Matrix::default();
        for (parser, scores) in self.parsers.iter().zip(&scored) {
            parser.model().network.heads(scores, 0..length, &mut heads);
            for word in 0..length {
                add_likelihoods(likely.row_mut(word), heads.row(word), share);
            }
        }
        let model = self.parsers[0].model();
        let rows = choose(&likely)
            .into_iter()
            .enumerate()
            .map(|(word, column)| {
                let mut tags = vec![0.0; model.tags.len()];
                let mut bundles = vec![0.0; model.bundles.len()];
                let mut relations = vec![0.0; model.relations.len()];
                let mut labels = relations.clone();
                let head = column.checked_sub(1);
                for (parser, scores) in self.parsers.iter().zip(&scored) {
                    let (tag, bundle, _) =
                        parser.model().network.sizes.split(scores.tags.row(word));
                    add_likelihoods(&mut tags, tag, share);
                    add_likelihoods(&mut bundles, bundle, share);
                    parser
                        .model()
                        .network
                        .relations(scores, word, head, &mut labels);
                    add_likelihoods(&mut relations, &labels, share);
                }
                if let Some(told) = told {
                    told.add(word, column, model, &mut tags, &mut relations);
                }
                let tag = highest(tags.iter().copied().enumerate());
                let allowed = model.allowed[tag]
                    .iter()
                    .map(|&bundle| (bundle as usize, bundles[bundle as usize]));
                let bundle = highest(allowed);
                let relation = self.parsers[0].relation(&relations, head.is_none());
                Row {
                    id: word + 1,
                    form: forms[word].into(),
                    lemma: "_".into(),
                    upos: model.tags[tag].as_str().into(),
                    xpos: "_".into(),
                    feats: model.bundles[bundle].as_str().into(),
                    head: Some(column),
                    deprel: model.relations[relation].to_string().into(),
                    deps: "_".into(),
                    misc: "_".into(),
                }
            });
        Sentence {
            line: 0,
            comments: Vec::new(),
            words: rows.collect(),
            multiword: Vec::new(),
        }
    }
}

/// Adds the logarithms of the likelihoods that scores stand for, each times `share`.
fn add_likelihoods(to: &mut [f32], scores: &[f32], share: f32) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    for (to, score) in to.iter_mut().zip(scores) {
        *to += share * (score - highest - sum.ln());
    }
}
