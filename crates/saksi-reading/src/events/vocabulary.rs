//! Which words of a report stand for which words of the packs.
//!
//! A pack has words in dictionary form. A word of a report stands for one of them if it has that form or lemma; where the
//! language's lemmas are roots, if both are verbs of one root with the same affixes but for voice: "diperiksa" and
//! "memeriksa", "dikirimi" and "mengirimi", but not "mengirimkan".

use rustc_hash::FxHashMap;
use saksi_lexicon::grammar::Grammar;
use saksi_syntax::morphology::{Analyser, Analysis, Formation, Prefix, Roots};
use saksi_syntax::{Tree, Upos, Word};

/// A word of the packs, by number.
pub(crate) type Key = u32;

/// The words of the packs, each form of which has a number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    keys: FxHashMap<Box<str>, Key>,
    /// The words of the packs that were taken in, with all keys that stand for each.
    known: FxHashMap<Box<str>, Vec<Key>>,
    analyser: Option<Analyser>,
    /// Endings of verb forms, and what dictionary forms may have in their place.
    endings: Vec<(Box<str>, Vec<Box<str>>)>,
}

/// A phrase of a pack: for each word the keys that stand for it.
pub(crate) type Pattern = Vec<Vec<Key>>;

/// The keys of each word of a sentence.
pub(crate) type Sentence = Vec<Vec<Key>>;

impl Vocabulary {
    pub(super) fn new(grammar: &Grammar) -> Self {
        let analyser = (grammar.lemmas_are_roots).then(|| Analyser::new(Roots::default()));
        Self {
            keys: FxHashMap::default(),
            known: FxHashMap::default(),
            analyser,
            endings: grammar.verb_endings.clone().into_iter().collect(),
        }
    }

    /// Takes in a phrase of a pack.
    pub(super) fn pattern(&mut self, phrase: &[Box<str>]) -> Pattern {
        phrase.iter().map(|word| self.keys_of(word)).collect()
    }

    /// The keys that stand for a word of a pack. The packs have the same verbs in many phrases, and to analyse one takes a while.
    fn keys_of(&mut self, word: &str) -> Vec<Key> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let mut names = vec![plain(word)];
        if let Some(analyser) = &self.analyser {
            names.extend(verb_names(analyser, word));
        }
        let keys: Vec<Key> = (names.into_iter())
            .map(|name| {
                let next = self.keys.len() as Key;
                *self.keys.entry(name).or_insert(next)
            })
            .collect();
        self.known.insert(word.into(), keys.clone());
        keys
    }

    /// The keys of the words of `tree`.
    pub(super) fn sentence(&self, tree: &Tree) -> Sentence {
        tree.words().iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &Word) -> Vec<Key> {
        let form = word.form.to_lowercase();
        let mut keys: Vec<Key> = Vec::new();
        let mut add = |name: &str| {
            if let Some(&key) = self.keys.get(name)
                && !keys.contains(&key)
            {
                keys.push(key);
            }
        };
        add(&plain(&form));
        if let Some((first, second)) = form.split_once('-')
            && first == second
        {
            add(&plain(first));
        }
        match &self.analyser {
            None => {
                let lemma = word.lemma.to_lowercase();
                add(&lemma);
                // The lemma may be wrong: "fre" of "freed".
                if word.upos == Upos::Verb && !self.keys.contains_key(&*lemma) {
                    for name in self.dictionary_forms(&form) {
                        add(&name);
                    }
                }
            }
            Some(analyser) if may_be_verb(word, &form) => {
                for name in verb_names(analyser, &form) {
                    add(&name);
                }
            }
            Some(_) => {}
        }
        keys
    }
}

impl Vocabulary {
    /// What dictionary forms of verbs `form` may have.
    fn dictionary_forms(&self, form: &str) -> Vec<String> {
        let mut forms = Vec::new();
        for (ending, others) in &self.endings {
            let Some(stem) = form.strip_suffix(&**ending).filter(|stem| stem.len() > 1) else {
                continue;
            };
            forms.extend(others.iter().map(|other| format!("{stem}{other}")));
            // "stopped"
            let mut last = stem.chars().rev();
            if let (Some(one), Some(other)) = (last.next(), last.next())
                && one == other
            {
                forms.push(stem[..stem.len() - one.len_utf8()].to_owned());
            }
        }
        forms
    }
}

fn plain(word: &str) -> Box<str> {
    word.into()
}

/// Whether the form is worth an analysis as a verb: the tag says so, or the tag is no noun's.
fn may_be_verb(word: &Word, form: &str) -> bool {
    match word.upos {
        Upos::Verb | Upos::Adj | Upos::Adv | Upos::X => true,
        Upos::Noun | Upos::Propn => *word.form == *form && form.len() > 5,
        _ => false,
    }
}

/// The names of a verb form without its voice: its root with its other affixes, by every analysis.
fn verb_names(analyser: &Analyser, form: &str) -> Vec<Box<str>> {
    let mut names: Vec<Box<str>> = analyser
        .analyses(form)
        .iter()
        .filter_map(verb_name)
        .collect();
    names.dedup();
    names
}

fn verb_name(analysis: &Analysis) -> Option<Box<str>> {
    let prefixes = match (analysis.formation, analysis.prefixes) {
        (Formation::Root, []) => &[],
        (Formation::Verb, [Prefix::Meng | Prefix::Di | Prefix::Ter, rest @ ..]) => rest,
        (Formation::Verb, prefixes) => prefixes,
        _ => return None,
    };
    let mut name = format!("{}/", analysis.root);
    for prefix in prefixes {
        name.push_str(prefix.as_str());
    }
    if let Some(suffix) = analysis.suffix {
        name.push_str(suffix.as_str());
    }
    Some(name.into())
}

/// Whether the words of `sentence` from `start` on are the phrase, word by word.
pub(super) fn matches_at(sentence: &Sentence, start: usize, pattern: &Pattern) -> bool {
    sentence
        .get(start..start + pattern.len())
        .is_some_and(|words| {
            words
                .iter()
                .zip(pattern)
                .all(|(word, wanted)| meets(word, wanted))
        })
}

/// Whether the word stands for the word of a pack.
pub(super) fn meets(word: &[Key], wanted: &[Key]) -> bool {
    word.iter().any(|key| wanted.contains(key))
}
