//! Learning a lemmatiser from treebanks.

use std::collections::BTreeMap;

use super::edit::Edit;
use super::roots::{Learned, heaviest};
use super::table::{self, Kind, LONGEST_ENDING, SEED, Shape, Table};
use super::{Example, Lemmatiser, Settings, is_analysed};
use crate::Upos;

/// A word with what its lemma may depend on; sorted, forms in lower case come before the same in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    pub(super) shape: Shape,
    pub(super) form: String,
    pub(super) upos: Upos,
    pub(super) inflection: u64,
}

/// Lemmas with their weights.
pub(super) type Lemmas = BTreeMap<String, u32>;

pub(super) fn train<'a>(
    examples: impl IntoIterator<Item = Example<'a>>,
    settings: Settings,
) -> Lemmatiser {
    let mut words: BTreeMap<Word, Lemmas> = BTreeMap::new();
    let mut without_lemma: BTreeMap<String, u32> = BTreeMap::new();
    for example in examples {
        if example.features.get("Typo") == Some("Yes") {
            continue;
        }
        if example.lemma == "_" && example.form != "_" {
            if is_analysed(example.upos) {
                *without_lemma
                    .entry(example.form.to_lowercase())
                    .or_default() += example.weight;
            }
            continue;
        }
        let word = Word {
            shape: Shape::of(example.form),
            form: example.form.to_owned(),
            upos: example.upos,
            inflection: table::inflection(example.features),
        };
        let lemma = habit(&example, settings);
        *words.entry(word).or_default().entry(lemma).or_default() += example.weight;
    }

    let learned = settings
        .analyser
        .then(|| Learned::new(&words, &without_lemma));
    let chosen: Vec<(Word, String, u32)> = words
        .into_iter()
        .filter_map(|(word, lemmas)| {
            let lemma = choose(&word, &lemmas, learned.as_ref())?;
            let weight = lemmas.values().sum();
            Some((word, lemma, weight))
        })
        .collect();
    let mut lemmatiser = Lemmatiser {
        edits: Vec::new(),
        table: Table::default(),
        analyser: learned.map(|learned| learned.analyser),
    };
    let mut numbers = Numbers::default();
    learn_endings(&chosen, settings, &mut numbers, &mut lemmatiser.table);
    lemmatiser.edits.clone_from(&numbers.edits);
    learn_words(&chosen, &mut numbers, &mut lemmatiser);
    lemmatiser
}

fn choose(word: &Word, lemmas: &Lemmas, learned: Option<&Learned>) -> Option<String> {
    match learned {
        Some(learned) if is_analysed(word.upos) => {
            Some(learned.choose(&word.form, word.upos, lemmas))
        }
        _ => heaviest(lemmas.iter()),
    }
}

/// The lemma as this project has it where treebanks differ: names keep their letters, and roots are in lower case.
fn habit(example: &Example<'_>, settings: Settings) -> String {
    if example.upos == Upos::Propn
        && (settings.analyser || example.lemma == example.form.to_lowercase())
    {
        example.form.to_owned()
    } else if settings.analyser && is_analysed(example.upos) {
        example.lemma.to_lowercase()
    } else {
        example.lemma.to_owned()
    }
}

/// Edits by number.
#[derive(Default)]
struct Numbers {
    edits: Vec<Edit>,
    numbers: BTreeMap<Edit, u16>,
}

impl Numbers {
    /// The number of the edit from `form` to `lemma`; `None` once there are more than a table can name.
    fn of(&mut self, form: &str, lemma: &str) -> Option<u16> {
        let edit = Edit::between(form, lemma)?;
        if let Some(&number) = self.numbers.get(&edit) {
            return Some(number);
        }
        let number = u16::try_from(self.edits.len())
            .ok()
            .filter(|&n| n < u16::MAX)?;
        self.numbers.insert(edit.clone(), number);
        self.edits.push(edit);
        Some(number)
    }
}

impl Numbers {
    /// Whether the edit is good for one number alone.
    fn adds_digits(&self, number: u16) -> bool {
        self.edits.get(usize::from(number)).is_some_and(|edit| {
            let digit = |letters: &str| letters.bytes().any(|byte| byte.is_ascii_digit());
            digit(&edit.front) || digit(&edit.back)
        })
    }
}

/// A word as the endings see it.
struct Ending {
    hashes: Vec<u64>,
    edit: u16,
    weight: u32,
}

fn learn_endings(
    words: &[(Word, String, u32)],
    settings: Settings,
    numbers: &mut Numbers,
    table: &mut Table,
) {
    let mut contexts: BTreeMap<u64, Vec<Ending>> = BTreeMap::new();
    for (word, lemma, count) in words {
        if settings.analyser && is_analysed(word.upos) {
            continue;
        }
        let Some(edit) = numbers.of(&word.form, lemma) else {
            continue;
        };
        if numbers.adds_digits(edit) {
            continue;
        }
        let hashes: Vec<u64> = table::endings(&word.form.to_lowercase())
            .take(LONGEST_ENDING)
            .collect();
        let mut add = |shape, weight| {
            for (kind, inflection) in [
                (Kind::EndingWithFeatures, word.inflection),
                (Kind::Ending, 0),
            ] {
                let context = table::context(kind, shape, word.upos, inflection);
                contexts.entry(context).or_default().push(Ending {
                    hashes: hashes.clone(),
                    edit,
                    weight,
                });
            }
        };
        add(word.shape, 1 + count.ilog2());
        if word.shape == Shape::Lower && word.upos != Upos::Propn {
            // Any word may begin a sentence.
            add(Shape::Title, 1);
        }
    }
    for (context, endings) in &contexts {
        let all: Vec<&Ending> = endings.iter().collect();
        grow(&all, 0, None, *context, table);
    }
}

/// Stores the edit of an ending where it does better than that of the shorter ending, then looks at longer ones.
fn grow(
    endings: &[&Ending],
    length: usize,
    inherited: Option<u16>,
    context: u64,
    table: &mut Table,
) {
    /// So much weight must speak for an ending of its own.
    const GAIN: u32 = 2;
    let mut weights: BTreeMap<u16, u32> = BTreeMap::new();
    for ending in endings {
        *weights.entry(ending.edit).or_default() += ending.weight;
    }
    let Some((&best, &weight)) = weights
        .iter()
        .max_by(|(one, a), (other, b)| a.cmp(b).then_with(|| other.cmp(one)))
    else {
        return;
    };
    let current = match inherited {
        Some(edit) if weight < weights.get(&edit).copied().unwrap_or(0) + GAIN => edit,
        _ => {
            let letters = match length {
                0 => SEED,
                _ => endings[0].hashes[length - 1],
            };
            table.insert(table::key(letters, context), best);
            best
        }
    };
    if weights.keys().all(|&edit| edit == current) {
        return;
    }
    let mut longer: BTreeMap<u64, Vec<&Ending>> = BTreeMap::new();
    for &ending in endings {
        if let Some(&hash) = ending.hashes.get(length) {
            longer.entry(hash).or_default().push(ending);
        }
    }
    for group in longer.values() {
        grow(group, length + 1, Some(current), context, table);
    }
}

/// Stores all words in lower case, since a question costs less than an analysis and the tagger's features may be wrong; those in
/// other cases that what is stored doesn't tell.
fn learn_words(words: &[(Word, String, u32)], numbers: &mut Numbers, lemmatiser: &mut Lemmatiser) {
    let same_word = |one: &(Word, String, u32), other: &(Word, String, u32)| {
        one.0.form == other.0.form && one.0.upos == other.0.upos
    };
    for group in words.chunk_by(same_word) {
        let (first, ..) = &group[0];
        let told = group
            .iter()
            .all(|(word, lemma, _)| guess(lemmatiser, word) == *lemma);
        if told && first.shape != Shape::Lower {
            continue;
        }
        let mut lemmas = Lemmas::new();
        for (_, lemma, weight) in group {
            *lemmas.entry(lemma.clone()).or_default() += weight;
        }
        let Some(common) = heaviest(lemmas.iter()) else {
            continue;
        };
        store(Kind::Word, first, 0, &common, numbers, lemmatiser);
        for (word, lemma, _) in group {
            if *lemma != common {
                let kind = Kind::WordWithFeatures;
                store(kind, word, word.inflection, lemma, numbers, lemmatiser);
            }
        }
    }
}

fn guess(lemmatiser: &Lemmatiser, word: &Word) -> String {
    lemmatiser
        .lemma_inflected(&word.form, word.upos, word.inflection)
        .into()
}

fn store(
    kind: Kind,
    word: &Word,
    inflection: u64,
    lemma: &str,
    numbers: &mut Numbers,
    lemmatiser: &mut Lemmatiser,
) {
    let letters = table::whole(&word.form.to_lowercase());
    if let Some(letters) = letters
        && let Some(edit) = numbers.of(&word.form, lemma)
    {
        let context = table::context(kind, word.shape, word.upos, inflection);
        lemmatiser.table.insert(table::key(letters, context), edit);
        let new = numbers.edits.get(lemmatiser.edits.len()..);
        lemmatiser.edits.extend_from_slice(new.unwrap_or_default());
    }
}
