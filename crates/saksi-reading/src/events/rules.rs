//! The packs' triggers, classes and modality words, made ready for look-up.

use rustc_hash::FxHashMap;
use saksi_lexicon::Lexicon;
use saksi_lexicon::triggers::{Entry, FOREIGN, Phrase, SlotRelation};
use saksi_record::{EntityType, Modality};

use super::vocabulary::{Key, Pattern, Sentence, Vocabulary, matches_at};

/// All that the packs of a language say about events, compiled.
#[derive(Debug)]
pub struct EventRules {
    pub(super) vocabulary: Vocabulary,
    pub(super) entries: Vec<Entry>,
    pub(super) verbs: Phrases<usize>,
    pub(super) nouns: Phrases<usize>,
    pub(super) obligations: Phrases<usize>,
    /// For each entry, the words with which it means something else.
    pub(super) not_modifier: Vec<Vec<Pattern>>,
    pub(super) classes: Classes,
    pub(super) discard: Phrases<()>,
    pub(super) light: Phrases<()>,
    pub(super) taken: Phrases<()>,
    pub(crate) governs: Phrases<Modality>,
    pub(crate) beside: Phrases<Modality>,
    pub(crate) purpose: Phrases<Modality>,
    pub(super) numbers: FxHashMap<Box<str>, f64>,
}

/// Phrases with a value each, by the key of their first word.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: FxHashMap<Key, Vec<u32>>,
    list: Vec<(Pattern, T)>,
}

/// Some of the classes of nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ClassSet(u128);

/// The classes of nouns.
#[derive(Debug)]
pub(super) struct Classes {
    names: Vec<Box<str>>,
    by_kind: FxHashMap<EntityType, ClassSet>,
    nouns: Phrases<ClassSet>,
}

/// The entity types that are classes by their own names.
const KINDS: [(EntityType, &str); 9] = [
    (EntityType::Person, "person"),
    (EntityType::State, "state"),
    (EntityType::Organization, "organization"),
    (EntityType::Group, "group"),
    (EntityType::Facility, "facility"),
    (EntityType::Weapon, "weapon"),
    (EntityType::Place, "place"),
    (EntityType::Exercise, "exercise"),
    (EntityType::Document, "document"),
];

impl EventRules {
    /// Compiles what the lexicon says about events.
    pub fn new(lexicon: &Lexicon) -> Self {
        let triggers = &lexicon.triggers;
        let mut vocabulary = Vocabulary::new(&lexicon.grammar);
        let classes = Classes::new(&mut vocabulary, triggers);
        let mut verbs = Phrases::default();
        let mut nouns = Phrases::default();
        let mut obligations = Phrases::default();
        let mut not_modifier = Vec::with_capacity(triggers.entries.len());
        for (index, entry) in triggers.entries.iter().enumerate() {
            for phrase in &entry.verbs {
                verbs.insert(vocabulary.pattern(phrase), index);
            }
            for phrase in &entry.nouns {
                nouns.insert(vocabulary.pattern(phrase), index);
            }
            for phrase in &entry.obligations {
                obligations.insert(vocabulary.pattern(phrase), index);
            }
            not_modifier.push(
                entry
                    .not_modifier
                    .iter()
                    .map(|phrase| vocabulary.pattern(phrase))
                    .collect(),
            );
        }
        Self {
            entries: triggers.entries.clone(),
            verbs,
            nouns,
            obligations,
            not_modifier,
            classes,
            discard: plain(&mut vocabulary, &triggers.discard),
            light: plain(&mut vocabulary, &triggers.light),
            taken: plain(&mut vocabulary, &triggers.taken),
            governs: valued(&mut vocabulary, &triggers.governs),
            beside: valued(&mut vocabulary, &triggers.beside),
            purpose: valued(&mut vocabulary, &triggers.purpose),
            numbers: triggers
                .numbers
                .iter()
                .map(|(word, &value)| (word.clone(), value))
                .collect(),
            vocabulary,
        }
    }

    /// The preposition of a slot, if it is one.
    pub(super) fn preposition(relation: &SlotRelation) -> Option<&str> {
        match relation {
            SlotRelation::Preposition(preposition) => Some(preposition),
            _ => None,
        }
    }
}

fn plain(vocabulary: &mut Vocabulary, phrases: &[Phrase]) -> Phrases<()> {
    let mut found = Phrases::default();
    for phrase in phrases {
        found.insert(vocabulary.pattern(phrase), ());
    }
    found
}

fn valued(vocabulary: &mut Vocabulary, phrases: &[(Phrase, Modality)]) -> Phrases<Modality> {
    let mut found = Phrases::default();
    for (phrase, modality) in phrases {
        found.insert(vocabulary.pattern(phrase), *modality);
    }
    found
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            by_first: FxHashMap::default(),
            list: Vec::new(),
        }
    }
}

impl<T> Phrases<T> {
    fn insert(&mut self, pattern: Pattern, value: T) {
        let Some(first) = pattern.first() else { return };
        for key in first {
            let at = self.list.len() as u32;
            self.by_first.entry(*key).or_default().push(at);
        }
        self.list.push((pattern, value));
    }

    /// The phrases whose first word stands at `start`, in the order of the packs: each once.
    pub(super) fn opening(&self, sentence: &Sentence, start: usize) -> Vec<&(Pattern, T)> {
        let mut found: Vec<u32> = (sentence.get(start).into_iter().flatten())
            .filter_map(|key| self.by_first.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .map(|at| &self.list[at as usize])
            .collect()
    }

    /// The length and value of each phrase that stands at `start`, word by word.
    pub(crate) fn at<'a>(
        &'a self,
        sentence: &'a Sentence,
        start: usize,
    ) -> impl Iterator<Item = (usize, &'a T)> {
        self.opening(sentence, start)
            .into_iter()
            .filter(move |(pattern, _)| matches_at(sentence, start, pattern))
            .map(|(pattern, value)| (pattern.len(), value))
    }

    /// The value of the longest phrase that `word` is part of.
    pub(crate) fn holding<'a>(&'a self, sentence: &'a Sentence, word: usize) -> Option<&'a T> {
        (word.saturating_sub(3)..=word)
            .flat_map(|start| self.at(sentence, start).map(move |found| (start, found)))
            .filter(|(start, (length, _))| start + length > word)
            .max_by_key(|(_, (length, _))| *length)
            .map(|(_, (_, value))| value)
    }
}

impl ClassSet {
    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Classes {
    fn new(vocabulary: &mut Vocabulary, triggers: &saksi_lexicon::triggers::Triggers) -> Self {
        let mut classes = Self {
            names: KINDS.iter().map(|(_, name)| Box::from(*name)).collect(),
            by_kind: FxHashMap::default(),
            nouns: Phrases::default(),
        };
        classes.names.push(FOREIGN.into());
        for name in triggers.classes.keys() {
            if !classes.names.contains(name) {
                classes.names.push(name.clone());
            }
        }
        // Further names share the last bit: a pack of that many classes only loses precision.
        for (kind, name) in KINDS {
            let own = classes.named(name);
            classes.by_kind.insert(kind, own);
        }
        for (name, class) in &triggers.classes {
            let own = classes.named(name);
            for kind in &class.kinds {
                let set = classes.by_kind.entry(*kind).or_default();
                *set = set.union(own);
            }
            for phrase in &class.nouns {
                let pattern = vocabulary.pattern(phrase);
                classes.nouns.insert(pattern, own);
            }
        }
        classes
    }

    /// The class of that name alone.
    pub(super) fn named(&self, name: &str) -> ClassSet {
        let at = self.names.iter().position(|known| **known == *name);
        at.map_or(ClassSet::default(), |at| ClassSet(1 << at.min(127)))
    }

    /// The classes of those names.
    pub(super) fn all_named(&self, names: &[Box<str>]) -> ClassSet {
        names
            .iter()
            .fold(ClassSet::default(), |set, name| set.union(self.named(name)))
    }

    /// The classes that an entity type belongs to.
    pub(super) fn of_kind(&self, kind: EntityType) -> ClassSet {
        self.by_kind.get(&kind).copied().unwrap_or_default()
    }

    /// The classes of the noun at `word`, by the phrases that it is part of.
    pub(super) fn of_noun(&self, sentence: &Sentence, word: usize) -> ClassSet {
        let mut set = ClassSet::default();
        for start in word.saturating_sub(3)..=word {
            for (length, own) in self.nouns.at(sentence, start) {
                if start + length > word {
                    set = set.union(*own);
                }
            }
        }
        set
    }
}
