//! The stage: sentences in, trees out.

use std::ops::Range;

use rustc_hash::FxHashMap;
use saksi_text::{Segmented, Sentence};

use crate::features::FORMS;
use crate::matrix::{Matrix, vectorised};
use crate::names::NameRoom;
use crate::network::{Room, Scores, tensor};
use crate::{Deprel, Model, Name, Parsed, Relation, Tree, Upos, Word, decode, punctuation};

/// Longest stretch of words that is parsed as one: a longer sentence (a list, a table, line noise) is parsed in stretches of this
/// length, each hung from the first's root, so that time and memory stay linear in the text.
const LONGEST: usize = 250;

/// Words that are scored together: enough for full speed, few enough for little memory.
const TOGETHER: usize = 400;

/// A sentence is divided after a word where the network gives this, in natural logarithms of the odds: two to one.
const SURE: f32 = 0.7;

/// A preposition with so many words at most opens a sentence, and is none.
const OPENING: usize = 4;

/// What the network says of some sentences; used again for the next ones.
#[derive(Debug, Default)]
struct Scored {
    embedded: Matrix,
    room: Room,
    /// The rows of the scores that were scored as one.
    stretches: Vec<Range<usize>>,
    /// How many of these each sentence has.
    counts: Vec<usize>,
    /// How a trainer has the words read; nothing otherwise.
    disturbance: Disturbance,
    names: NameRoom,
}

impl Scored {
    /// Lays out for the finder of names what the network made of each word on its way: its embedding, the last layer's input and output;
    /// one row a word, after `first` zeros.
    fn gather(&mut self, first: usize) {
        let parts = [&self.embedded, &self.room.output, &self.room.input];
        let columns = first + parts.iter().map(|part| part.columns).sum::<usize>();
        let states = &mut self.names.states;
        states.reshape(self.embedded.rows, columns);
        for word in 0..states.rows {
            let (own, mut row) = states.row_mut(word).split_at_mut(first);
            own.fill(0.0);
            for part in parts {
                let (own, rest) = row.split_at_mut(part.columns);
                own.copy_from_slice(part.row(word));
                row = rest;
            }
        }
    }
}

/// How words are read worse than they could be, so that what learns from the network's states does not take those of the sentences that
/// the network itself was trained on for what it will meet.
#[derive(Debug, Default)]
pub(crate) struct Disturbance {
    /// Whether each word is read as one never seen.
    pub(crate) unknown: Vec<bool>,
    /// What the words' embeddings are multiplied by, value by value.
    pub(crate) factors: Matrix,
}

/// Tags and parses segmented reports.
#[derive(Debug, Clone)]
pub struct Parser<'m> {
    model: &'m Model,
    /// Whether it finds names, too.
    naming: bool,
}

/// Tag, features, head and relation of a word, as numbers in the model's lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Analysis {
    pub(crate) tag: usize,
    pub(crate) bundle: usize,
    /// Head's index in the sentence; `None` for the root.
    pub(crate) head: Option<usize>,
    pub(crate) relation: usize,
}

impl<'m> Parser<'m> {
    /// A parser with this model.
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            naming: false,
        }
    }

    /// Finds names, too, if the model can.
    #[must_use]
    pub fn naming(self) -> Self {
        Self {
            naming: true,
            ..self
        }
    }

    /// Tags, lemmatises and parses every sentence of the report. Sentences that nothing but their words tells apart (headlines, lines of an
    /// e-mail run together) are divided first, unless they were given.
    pub fn run(&self, mut report: Segmented) -> Parsed {
        let mut left = std::mem::take(&mut report.sentences).into_iter().peekable();
        let mut trees = Vec::with_capacity(left.len());
        let mut names = Vec::new();
        let mut words = 0;
        let mut together = Vec::new();
        let mut scored = Scored::default();
        while let Some(sentence) = left.next() {
            words += sentence.words.len();
            together.push(sentence);
            if words < TOGETHER && left.peek().is_some() {
                continue;
            }
            let (sentences, analyses) = self.analyse_divided(together, report.given, &mut scored);
            if self.naming {
                names.extend(self.names_in(&mut scored, &forms(&sentences)));
            }
            for (sentence, analyses) in sentences.iter().zip(analyses) {
                trees.push(self.tree(sentence, &analyses));
            }
            report.sentences.extend(sentences);
            together = Vec::new();
            words = 0;
        }
        Parsed {
            report,
            trees,
            names,
        }
    }

    /// The sentences, divided unless `given`, and the analyses of their words.
    fn analyse_divided(
        &self,
        sentences: Vec<Sentence>,
        given: bool,
        scored: &mut Scored,
    ) -> (Vec<Sentence>, Vec<Vec<Analysis>>) {
        let forms = forms(&sentences);
        self.score_all(&forms, LONGEST, scored);
        let mut word = 0;
        let ends: Vec<Vec<usize>> = (sentences.iter())
            .map(|sentence| {
                let range = word..word + sentence.words.len();
                word = range.end;
                if given {
                    return Vec::new();
                }
                let (scores, first) = (&scored.room.scores, range.start);
                let mut ends = self.ends(scores, range);
                ends.retain(|&end| !self.is_opening(scores, sentence, first, end));
                ends
            })
            .collect();
        if ends.iter().all(Vec::is_empty) {
            let analyses = self.choose(&forms, scored);
            return (sentences, analyses);
        }
        let divided: Vec<Sentence> = (sentences.into_iter().zip(&ends))
            .flat_map(|(sentence, ends)| sentence.divided(ends))
            .collect();
        let forms = self::forms(&divided);
        self.score_all(&forms, LONGEST, scored);
        let analyses = self.choose(&forms, scored);
        (divided, analyses)
    }

    /// After which words of a sentence, counted within it, one surely ends, though nothing but words tells so.
    fn ends(&self, scores: &Scores, sentence: Range<usize>) -> Vec<usize> {
        let sizes = self.model.network.sizes;
        (sentence.skip(1).zip(1..))
            .filter(|(word, _)| sizes.split(scores.tags.row(word - 1)).2 > SURE)
            .map(|(_, words)| words)
            .collect()
    }

    /// Whether the first `end` words, whose rows begin at `first`, open the sentence that goes on behind them: a preposition and little more ("On Sunday | the
    /// commander ..."), or words of a name.
    fn is_opening(&self, scores: &Scores, sentence: &Sentence, first: usize, end: usize) -> bool {
        let lower = |word: &saksi_text::Word| word.form.starts_with(char::is_lowercase);
        let capital = |word: &saksi_text::Word| word.form.starts_with(char::is_uppercase);
        let phrase = sentence.words.get(end).is_some_and(lower)
            && self.model.tags[self.tag(scores, first).0] == Upos::Adp;
        // "Human Rights [Watch] welcomed ...": a name whose last word may be a verb.
        let name = sentence.words.len() > end && sentence.words[..=end].iter().all(capital);
        end <= OPENING && (phrase || name)
    }

    /// Its model.
    pub(crate) fn model(&self) -> &'m Model {
        self.model
    }

    /// What the network says of the words of one sentence.
    pub(crate) fn score(&self, words: &[&str]) -> Scores {
        let mut scored = Scored::default();
        self.score_all(&[words.to_vec()], words.len(), &mut scored);
        scored.room.scores
    }

    /// What the network makes of each word on its way: its embedding, the last layer's input and output; one row a word.
    pub(crate) fn states(&self, sentences: &[Vec<&str>], disturbance: Disturbance) -> Matrix {
        let mut scored = Scored {
            disturbance,
            ..Scored::default()
        };
        self.score_all(sentences, LONGEST, &mut scored);
        scored.gather(0);
        scored.names.states
    }

    /// The names of each of some sentences; none where the parser finds no names.
    pub(crate) fn names(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Name>> {
        let mut scored = Scored::default();
        let mut found = Vec::with_capacity(sentences.len());
        let mut left = sentences;
        while !left.is_empty() {
            let mut words = 0;
            let count = (left.iter())
                .take_while(|sentence| {
                    let fits = words < TOGETHER;
                    words += sentence.len();
                    fits
                })
                .count();
            let (together, rest) = left.split_at(count);
            self.score_all(together, LONGEST, &mut scored);
            found.extend(self.names_in(&mut scored, together));
            left = rest;
        }
        found
    }

    /// The names of sentences that were scored.
    fn names_in(&self, scored: &mut Scored, sentences: &[Vec<&str>]) -> Vec<Vec<Name>> {
        let Some(namer) = self.model.namer.as_ref().filter(|_| self.naming) else {
            return Vec::new();
        };
        scored.gather(3 * namer.network.sizes.embedding);
        namer.run(&mut scored.names, sentences)
    }

    /// Analyses of the words of some sentences.
    pub(crate) fn analyse(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Analysis>> {
        let mut scored = Scored::default();
        self.score_all(sentences, LONGEST, &mut scored);
        self.choose(sentences, &scored)
    }

    /// What the network says of the words of some sentences, in stretches of `longest` words at most.
    fn score_all(&self, sentences: &[Vec<&str>], longest: usize, scored: &mut Scored) {
        let Scored {
            embedded,
            room,
            stretches,
            counts,
            disturbance,
            ..
        } = scored;
        stretches.clear();
        counts.clear();
        let mut words = 0;
        for sentence in sentences {
            let before = stretches.len();
            let end = words + sentence.len();
            while words < end {
                let next = end.min(words + longest);
                stretches.push(words..next);
                words = next;
            }
            counts.push(stretches.len() - before);
        }
        self.embed(sentences, words, &disturbance.unknown, embedded);
        for (value, factor) in embedded.data.iter_mut().zip(&disturbance.factors.data) {
            *value *= factor;
        }
        let fast = &self.model.fast;
        let product = |product, input: &_, out: &mut _| fast.product(product, input, out);
        (self.model.network).score(product, embedded, stretches, room);
    }

    /// The analyses that score best.
    fn choose(&self, sentences: &[Vec<&str>], scored: &Scored) -> Vec<Vec<Analysis>> {
        let Scored {
            room,
            stretches,
            counts,
            ..
        } = scored;
        let scores = &room.scores;
        let mut stretches = stretches.iter().cloned();
        let mut found = Vec::with_capacity(sentences.len());
        let forms: Vec<&str> = sentences.iter().flatten().copied().collect();
        let mut heads = Matrix::default();
        let mut labels = vec![0.0; self.model.relations.len()];
        for &count in counts {
            let mut analyses: Vec<Analysis> = Vec::new();
            let mut root = None;
            for stretch in stretches.by_ref().take(count) {
                self.model
                    .network
                    .heads(scores, stretch.clone(), &mut heads);
                let first = analyses.len();
                for (word, column) in decode::tree(&heads).into_iter().enumerate() {
                    let row = stretch.start + word;
                    let head_row = column.checked_sub(1).map(|head| stretch.start + head);
                    let (tag, bundle) = self.tag(scores, row);
                    let (head, relation) = match (head_row, root) {
                        (Some(head_row), _) => {
                            self.model
                                .network
                                .relations(scores, row, Some(head_row), &mut labels);
                            (
                                Some(first + head_row - stretch.start),
                                self.relation(&labels, false),
                            )
                        }
                        (None, None) => {
                            root = Some(first + word);
                            (None, self.relation(&labels, true))
                        }
                        (None, Some(root)) => (Some(root), self.loose()),
                    };
                    analyses.push(Analysis {
                        tag,
                        bundle,
                        head,
                        relation,
                    });
                }
                if self.model.punctuation[self.model.origin] {
                    self.hang_punctuation(&forms[stretch], first, &mut analyses);
                }
            }
            found.push(analyses);
        }
        found
    }

    /// Hangs the marks of a stretch, the analyses from `first` on, by rule.
    fn hang_punctuation(&self, forms: &[&str], first: usize, analyses: &mut [Analysis]) {
        let stretch = &mut analyses[first..];
        let marks: Vec<bool> = (stretch.iter())
            .map(|analysis| self.model.relations[analysis.relation].is(Deprel::Punct))
            .collect();
        let mut heads: Vec<Option<usize>> = (stretch.iter())
            .map(|analysis| analysis.head.and_then(|head| head.checked_sub(first)))
            .collect();
        punctuation::attach(forms, &marks, &mut heads);
        for (analysis, head) in stretch.iter_mut().zip(heads) {
            analysis.head = head.map(|head| head + first).or(analysis.head);
        }
    }

    /// The summed embeddings of the words, one row a word.
    fn embed(
        &self,
        sentences: &[Vec<&str>],
        words: usize,
        unknown: &[bool],
        embedded: &mut Matrix,
    ) {
        let model = self.model;
        embedded.reshape(words, model.network.sizes.embedding);
        let origin = model.network.tensors[tensor::ORIGINS].row(model.origin);
        let mut rows = Vec::new();
        let mut known: FxHashMap<(&str, bool), usize> = FxHashMap::default();
        for (word, &form) in sentences.iter().flatten().enumerate() {
            let unknown = unknown.get(word).is_some_and(|&unknown| unknown);
            if let Some(&before) = known.get(&(form, unknown)) {
                embedded.copy_row(before, word);
                continue;
            }
            known.insert((form, unknown), word);
            rows.clear();
            let skipped = if unknown { FORMS } else { 0 };
            model.vocabulary.rows(form, skipped, &mut rows);
            let out = embedded.row_mut(word);
            out.copy_from_slice(origin);
            vectorised(|| {
                for &row in &rows {
                    model.embeddings.add(row as usize, out);
                }
            });
        }
    }

    /// The best tag of a word, and the best bundle of features that goes with it.
    fn tag(&self, scores: &Scores, row: usize) -> (usize, usize) {
        let (tags, bundles, _) = self.model.network.sizes.split(scores.tags.row(row));
        let tag = highest(tags.iter().copied().enumerate());
        let allowed = self.model.allowed[tag]
            .iter()
            .map(|&bundle| (bundle as usize, bundles[bundle as usize]));
        (tag, highest(allowed))
    }

    /// The best relation: `root` for the root and for no other word.
    pub(crate) fn relation(&self, labels: &[f32], root: bool) -> usize {
        let fits = |relation: &Relation| relation.is(Deprel::Root) == root;
        let scored = self.model.relations.iter().zip(labels).enumerate();
        highest(
            scored
                .filter(|(_, (relation, _))| fits(relation))
                .map(|(index, (_, &score))| (index, score)),
        )
    }

    /// The relation of a later stretch's root: the first in the model's list that says least.
    fn loose(&self) -> usize {
        let find = |wanted: Deprel| {
            self.model
                .relations
                .iter()
                .position(|relation| relation.is(wanted))
        };
        find(Deprel::Parataxis)
            .or_else(|| find(Deprel::Dep))
            .unwrap_or_default()
    }

    fn tree(&self, sentence: &Sentence, analyses: &[Analysis]) -> Tree {
        let words = sentence.words.iter().zip(analyses).map(|(word, analysis)| {
            let upos: Upos = self.model.tags[analysis.tag];
            let features = self.model.bundles[analysis.bundle].clone();
            Word {
                form: word.form.clone(),
                lemma: self.model.lemmatiser.lemma(&word.form, upos, &features),
                upos,
                features,
                head: analysis.head,
                relation: self.model.relations[analysis.relation].clone(),
                span: word.span,
            }
        });
        Tree::new(words.collect()).expect("decoding gives one root and no cycle")
    }
}

fn forms(sentences: &[Sentence]) -> Vec<Vec<&str>> {
    let mut forms = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        forms.push(sentence.words.iter().map(|word| &*word.form).collect());
    }
    forms
}

/// The index with the highest score, the first of equals; 0 where there is none.
pub(crate) fn highest(scored: impl Iterator<Item = (usize, f32)>) -> usize {
    let best = scored.fold(
        None,
        |best: Option<(usize, f32)>, (index, score)| match best {
            Some((_, highest)) if highest >= score => best,
            _ => Some((index, score)),
        },
    );
    best.map_or(0, |(index, _)| index)
}
