//! Names: which stretches of words name a person, an organisation or a place.
//!
//! In: words, and what the parser's network makes of each on its way (its embedding, the last layer's input and output). Out: [`Name`]s that
//! don't overlap. A network of its own, with the same layers, reads these beside embeddings of its own of the word and its
//! neighbours; a word's label (outside, first of a name, within one; Ramshaw and Marcus 1995) is chosen for the whole sentence at once.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use rustc_hash::FxHashMap;

use crate::features::Vocabulary;
use crate::matrix::{Matrix, vectorised};
use crate::model::Embeddings;
use crate::network::{Network, Sizes, tensor};
use crate::quantised::Affine;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A company, an office, a party, an armed group.
    Organization,
    /// A place: a city, a state, a river.
    Place,
}

impl NameKind {
    /// All of them, in the order of their labels.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Place];
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Place => "LOC",
        })
    }
}

impl FromStr for NameKind {
    type Err = ();

    /// The names that sets of named entities give them: `PER`, `PERSON`, `PPL`, `ORGANISATION`, `PLACE` ...
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_uppercase().as_str() {
            "PER" | "PERSON" | "PPL" => Ok(Self::Person),
            "ORG" | "ORGANISATION" | "ORGANIZATION" | "CORPORATION" | "GROUP" => {
                Ok(Self::Organization)
            }
            "LOC" | "LOCATION" | "PLACE" | "PLC" => Ok(Self::Place),
            _ => Err(()),
        }
    }
}

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its words, by their places in the sentence.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// Labels: outside, then for each kind the first word of a name and a further one.
pub(crate) const LABELS: usize = 1 + 2 * NameKind::ALL.len();

/// The label of a word: of which kind's name it is part, and whether the first of it.
pub(crate) fn label(part: Option<(NameKind, bool)>) -> usize {
    part.map_or(0, |(kind, first)| {
        1 + 2 * kind as usize + usize::from(!first)
    })
}

/// The labels of a sentence's words.
pub(crate) fn labels(length: usize, names: &[Name]) -> Vec<usize> {
    let mut labels = vec![label(None); length];
    for name in names {
        for word in name.words.clone() {
            labels[word] = label(Some((name.kind, word == name.words.start)));
        }
    }
    labels
}

/// The names of the labels that score best together: a further word of a name follows only one of the same kind. `scores` has a row a
/// word, `follows` a row a label with what each label gets after it.
pub(crate) fn decode(scores: &Matrix, follows: &Matrix, sentence: Range<usize>) -> Vec<Name> {
    let length = sentence.len();
    let mut best = vec![f32::NEG_INFINITY; LABELS];
    let mut from = vec![[0_usize; LABELS]; length];
    for (at, word) in sentence.enumerate() {
        let row = scores.row(word);
        let mut next = vec![f32::NEG_INFINITY; LABELS];
        for to in 0..LABELS {
            if at == 0 {
                if is_allowed(None, to) {
                    next[to] = row[to];
                }
                continue;
            }
            for before in (0..LABELS).filter(|&before| is_allowed(Some(before), to)) {
                let score = best[before] + follows.row(before)[to] + row[to];
                if score > next[to] {
                    next[to] = score;
                    from[at][to] = before;
                }
            }
        }
        best = next;
    }
    let mut found = Vec::new();
    if length == 0 {
        return found;
    }
    let mut at = (0..LABELS).fold(
        0,
        |top, label| if best[label] > best[top] { label } else { top },
    );
    let mut end = length;
    for word in (0..length).rev() {
        if at == 0 {
            end = word;
        } else if at % 2 == 1 {
            found.push(Name {
                words: word..end,
                kind: NameKind::ALL[(at - 1) / 2],
            });
            end = word;
        }
        at = from[word][at];
    }
    found.reverse();
    found
}

/// Whether a label may stand after another, or at the start.
pub(crate) fn is_allowed(before: Option<usize>, label: usize) -> bool {
    let further = label > 0 && label.is_multiple_of(2);
    !further || before.is_some_and(|before| before == label || before + 1 == label)
}

/// What the parser makes of words, and what is needed from there to names; used again for the next sentences.
#[derive(Debug, Default)]
pub(crate) struct NameRoom {
    /// One row a word: zeros for its own embedding and those of its neighbours, the parser's states.
    pub(crate) states: Matrix,
    input: Matrix,
    products: Matrix,
    output: Matrix,
    scores: Matrix,
}

/// Finds names in what a parser's network makes of words and in embeddings of its own. Of the network's tensors, `TAGS` score labels, and
/// `TAG_VALUES` has in a label's row what each label gets after it.
#[derive(Debug)]
pub(crate) struct Namer {
    /// Without its embeddings.
    pub(crate) network: Network,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) embeddings: Embeddings,
    input: Affine,
    layers: Vec<Affine>,
    out: Affine,
    /// The sets that it was trained on, each with its habits of annotation.
    pub(crate) sets: Vec<String>,
    /// The one whose habits it follows.
    pub(crate) origin: usize,
}

impl Namer {
    /// Of a network without its embeddings; it computes with what a file holds of it.
    pub(crate) fn new(
        mut network: Network,
        vocabulary: Vocabulary,
        embeddings: Embeddings,
        sets: Vec<String>,
        origin: usize,
    ) -> Self {
        network.round();
        let affine = |weights: usize, bias: usize| {
            Affine::new(&network.tensors[weights], Some(&network.tensors[bias]))
        };
        Self {
            input: affine(tensor::INPUT, tensor::INPUT_BIAS),
            layers: (0..network.sizes.layers)
                .map(|layer| Affine::new(network.layer(layer, tensor::WEIGHTS), None))
                .collect(),
            out: affine(tensor::TAGS, tensor::TAGS_BIAS),
            vocabulary,
            embeddings,
            sets,
            origin,
            network,
        }
    }

    /// The sizes of a network that finds names, in `states` values of the parser a word and embeddings of its own.
    pub(crate) fn sizes(
        states: usize,
        [features, embedding]: [usize; 2],
        [width, layers]: [usize; 2],
        sets: usize,
    ) -> Sizes {
        Sizes {
            features,
            origins: sets,
            embedding,
            beside: 2 * embedding + states,
            width,
            layers,
            arc: 0,
            label: 0,
            tags: LABELS,
            bundles: 0,
            relations: 0,
        }
    }

    /// The names of each of some sentences, whose words are the rows of the states in `room`.
    pub(crate) fn run(&self, room: &mut NameRoom, sentences: &[Vec<&str>]) -> Vec<Vec<Name>> {
        let NameRoom {
            states,
            input,
            products,
            output,
            scores,
        } = room;
        let own = self.network.sizes.embedding;
        let mut ranges = Vec::with_capacity(sentences.len());
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let mut rows = Vec::new();
        for sentence in sentences {
            let start = ranges.last().map_or(0, |before: &Range<usize>| before.end);
            for (word, &form) in (start..).zip(sentence) {
                if let Some(&before) = known.get(form) {
                    let from = before * states.columns;
                    (states.data).copy_within(from..from + own, word * states.columns);
                    continue;
                }
                known.insert(form, word);
                rows.clear();
                self.vocabulary.rows(form, 0, &mut rows);
                let out = &mut states.row_mut(word)[..own];
                vectorised(|| {
                    for &row in &rows {
                        self.embeddings.add(row as usize, out);
                    }
                });
            }
            ranges.push(start..start + sentence.len());
        }
        let origin = self.network.tensors[tensor::ORIGINS].row(self.origin);
        join(states, own, &ranges);
        for word in 0..states.rows {
            for (value, of_set) in states.row_mut(word).iter_mut().zip(origin) {
                *value += of_set;
            }
        }
        self.input.run(states, input);
        for (layer, weights) in self.layers.iter().enumerate() {
            weights.run(input, products);
            (self.network).run_layer(layer, &ranges, products, input, output);
            std::mem::swap(input, output);
        }
        self.out.run(input, scores);
        let follows = &self.network.tensors[tensor::TAG_VALUES];
        (ranges.into_iter())
            .map(|sentence| decode(scores, follows, sentence))
            .collect()
    }
}

/// Copies the first `own` values of each row, the embedding of its word, into the rows beside it within its sentence: as that of the word
/// before and that of the word after.
pub(crate) fn join(states: &mut Matrix, own: usize, sentences: &[Range<usize>]) {
    let (columns, data) = (states.columns, &mut states.data);
    for sentence in sentences {
        for word in sentence.clone().skip(1) {
            let (before, from) = ((word - 1) * columns, word * columns);
            data.copy_within(before..before + own, from + own);
            data.copy_within(from..from + own, before + 2 * own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_word_follows_only_its_own_kind() {
        let person = label(Some((NameKind::Person, true)));
        let further_place = label(Some((NameKind::Place, false)));
        let mut scores = Matrix::zeros(3, LABELS);
        scores.row_mut(0)[person] = 1.0;
        // Alone it would score best, but no name of a place has begun.
        scores.row_mut(1)[further_place] = 9.0;
        scores.row_mut(1)[label(Some((NameKind::Person, false)))] = 1.0;
        let found = decode(&scores, &Matrix::zeros(LABELS, LABELS), 0..3);
        assert!(
            found
                .iter()
                .all(|name| name.words.len() > 1 || name.words.start != 1)
        );
        assert_eq!(labels(3, &found)[1], further_place);
        assert_eq!(labels(3, &found)[0], label(Some((NameKind::Place, true))));
    }

    #[test]
    fn nothing_has_no_names() {
        let found = decode(&Matrix::default(), &Matrix::zeros(LABELS, LABELS), 0..0);
        assert_eq!(found, []);
    }
}
