//! Words that may tell of an event.

use saksi_lexicon::triggers::Entry;
use saksi_syntax::{Deprel, Upos};

use super::view::View;
use super::vocabulary::{Pattern, meets};

/// How many words may stand between two words of a verb phrase ("imposed [sweeping new] sanctions").
const GAP: usize = 3;

/// Words that may tell of an event of the type of an entry.
#[derive(Debug, Clone)]
pub(super) struct Trigger {
    /// Index of the entry in the rules.
    pub(super) entry: usize,
    /// The words, in order.
    pub(super) words: Vec<usize>,
    /// The one that stands highest in the tree.
    pub(super) head: usize,
    /// Whether it stands as a verb.
    pub(super) verbal: bool,
}

/// All that the words of a sentence may tell, in the order of the words.
pub(super) fn triggers(view: &View<'_>) -> Vec<Trigger> {
    let mut found = Vec::new();
    for start in 0..view.len() {
        for (pattern, entry) in view.rules.verbs.opening(&view.words, start) {
            if let Some(words) = spread(view, start, pattern)
                && let Some(trigger) = verb(view, *entry, words)
            {
                found.push(trigger);
            }
        }
        for (length, entry) in view.rules.nouns.at(&view.words, start) {
            if let Some(trigger) = noun(view, *entry, (start..start + length).collect()) {
                found.push(trigger);
            }
        }
    }
    found.retain(|trigger| {
        // "in [March]"
        !trigger.words.iter().any(|&word| view.timed[word]) && !means_otherwise(view, trigger)
    });
    found
}

/// The words of a verb phrase from `start` on: later words may stand a little apart, in the same clause.
fn spread(view: &View<'_>, start: usize, pattern: &Pattern) -> Option<Vec<usize>> {
    let mut words = vec![start];
    for wanted in pattern.get(1..)? {
        let last = *words.last()?;
        let next = (last + 1..view.len().min(last + 2 + GAP))
            .take_while(|&at| at == last + 1 || passable(view, at - 1, last))
            .find(|&at| meets(&view.words[at], wanted))?;
        words.push(next);
    }
    Some(words)
}

/// Whether the word may stand inside a verb phrase whose last word so far is `last`.
fn passable(view: &View<'_>, at: usize, last: usize) -> bool {
    at == last
        || matches!(
            view.word(at).upos,
            Upos::Adj
                | Upos::Det
                | Upos::Num
                | Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Adv
                | Upos::Part
                | Upos::Adp
        )
}

fn highest(view: &View<'_>, words: &[usize]) -> usize {
    words
        .iter()
        .copied()
        .min_by_key(|&word| view.tree.ancestors(word).count())
        .unwrap_or_default()
}

fn verb(view: &View<'_>, entry: usize, words: Vec<usize>) -> Option<Trigger> {
    let first = view.word(words[0]);
    // "is [willing]": what the copula says of somebody.
    let head = (first.head)
        .filter(|head| {
            words.contains(head) && matches!(first.relation.universal, Deprel::Cop | Deprel::Aux)
        })
        .unwrap_or(words[0]);
    let word = view.word(head);
    let verbal = match word.upos {
        Upos::Verb | Upos::Aux => {
            // A tree may hang "[imposed] sanctions" from its object.
            let own_subject = view.tree.children_by(head, Deprel::Nsubj).next().is_some();
            own_subject
                || !matches!(
                    word.relation.universal,
                    Deprel::Amod | Deprel::Compound | Deprel::Case
                )
        }
        // "Both states [welcome] the truce": whatever the tagger calls it.
        Upos::Intj | Upos::Adj | Upos::Noun if has_subject_and_object(view, head) => true,
        // A tagger's slip: a phrase of several words is safe enough, a single one only if it is no noun of the packs.
        Upos::Adj | Upos::Adv | Upos::Noun | Upos::Propn | Upos::X => {
            let clausal = view
                .proposition(head)
                .is_some_and(|found| found.kind != crate::propositions::PredicateKind::Act);
            words.len() > 1 && clausal
        }
        _ => false,
    };
    verbal.then_some(Trigger {
        entry,
        head,
        words,
        verbal: true,
    })
}

fn has_subject_and_object(view: &View<'_>, head: usize) -> bool {
    let has = |relation| view.tree.children_by(head, relation).next().is_some();
    has(Deprel::Nsubj) && has(Deprel::Obj)
}

fn noun(view: &View<'_>, entry: usize, words: Vec<usize>) -> Option<Trigger> {
    let head = highest(view, &words);
    let word = view.word(head);
    let nominal = match word.upos {
        Upos::Noun | Upos::Propn => true,
        // English "the killing of", Indonesian "uji coba" tagged as verbs: with nothing that only verbs have.
        // "Israeli [tanks fired] shells" is none.
        Upos::Verb if has_subject_and_object(view, head) => false,
        Upos::Verb => {
            words.len() > 1
                || view.tree.children(head).any(|child| {
                    matches!(
                        view.word(child).relation.universal,
                        Deprel::Det | Deprel::Amod
                    )
                })
        }
        _ => words.len() > 1,
    };
    // A noun inside a name ("Uji Coba Nasional Agency") or one that only says of what kind another noun is.
    let part_of_other = words.iter().all(|&word| {
        let word = view.word(word);
        word.relation.is(Deprel::Flat)
            || (word.relation.is(Deprel::Compound) && is_before_head(view, head))
    });
    (nominal && !part_of_other).then_some(Trigger {
        entry,
        head,
        words,
        verbal: false,
    })
}

/// "attack helicopter": a noun set before the noun that it describes.
fn is_before_head(view: &View<'_>, word: usize) -> bool {
    view.tree.head(word).is_some_and(|head| head > word)
}

/// Whether a word beside the trigger gives it another meaning ("serangan jantung").
fn means_otherwise(view: &View<'_>, trigger: &Trigger) -> bool {
    let patterns = &view.rules.not_modifier[trigger.entry];
    if patterns.is_empty() {
        return false;
    }
    let (Some(&first), Some(&last)) = (trigger.words.first(), trigger.words.last()) else {
        return false;
    };
    // "the [service] accused ...": who does it gives a verb no other meaning.
    let acts = |word: usize| {
        trigger.verbal && word < trigger.head && view.is_party(word) && view.kind(word).is_some()
    };
    let beside = [first.checked_sub(1), Some(last + 1)];
    let dependents = view.tree.children(trigger.head).filter(|&child| {
        matches!(
            view.word(child).relation.universal,
            Deprel::Nmod
                | Deprel::Compound
                | Deprel::Amod
                | Deprel::Flat
                | Deprel::Obj
                | Deprel::Nsubj
        )
    });
    beside
        .into_iter()
        .flatten()
        .chain(dependents)
        .filter(|&word| !trigger.words.contains(&word) && !acts(word))
        .any(|word| {
            patterns
                .iter()
                .any(|pattern| super::vocabulary::matches_at(&view.words, word, pattern))
        })
}

/// The entry of a trigger.
pub(super) fn entry<'a>(view: &View<'a>, trigger: &Trigger) -> &'a Entry {
    &view.rules.entries[trigger.entry]
}
