//! Pronouns whose antecedent is certain: one that agrees and is the subject before it, and no other that could be meant.

use saksi_lexicon::Lexicon;
use saksi_lexicon::grammar::{Gender, Number, Pronoun};
use saksi_record::{EntityType, MentionKind};
use saksi_syntax::{Deprel, Parsed, Tree, Upos};

use super::link::Linked;
use super::{Entity, EntityId, Mention};

/// A mention that pronouns may stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Antecedent {
    /// Whether it is of several.
    pub(super) plural: bool,
}

/// The mentions of pronouns of the third person, by what `linked` has of names and descriptions.
pub(super) fn resolve(parsed: &Parsed, lexicon: &Lexicon, linked: &Linked) -> Vec<Mention> {
    let Linked {
        entities,
        mentions,
        antecedents,
    } = linked;
    let mut found: Vec<(Mention, bool)> = Vec::new();
    for (sentence, tree) in parsed.trees.iter().enumerate() {
        for (at, word) in tree.words().iter().enumerate() {
            let pronoun = match word.upos {
                Upos::Pron | Upos::Det => lexicon.grammar.pronoun(&word.form.to_lowercase()),
                _ => None,
            };
            let Some(pronoun) = pronoun.filter(|pronoun| pronoun.person == 3) else {
                continue;
            };
            if anticipates(tree, at) {
                continue;
            }
            let candidates: Vec<Candidate> = (mentions.iter().zip(antecedents))
                .filter(|(mention, _)| mention.other.is_none())
                .map(|(mention, antecedent)| Candidate {
                    sentence: mention.sentence,
                    head: mention.head,
                    entity: mention.entity,
                    plural: antecedent.plural,
                })
                .chain(found.iter().map(|(mention, plural)| Candidate {
                    sentence: mention.sentence,
                    head: mention.head,
                    entity: mention.entity,
                    plural: *plural,
                }))
                .filter(|one| {
                    one.sentence + 1 >= sentence && (one.sentence, one.head) < (sentence, at)
                })
                .filter(|one| agrees(pronoun, one.plural, &entities[one.entity.0 as usize]))
                .collect();
            let Some(entity) = antecedent(parsed, sentence, at, &candidates) else {
                continue;
            };
            let mention = Mention {
                entity,
                sentence,
                head: at,
                words: at..at + 1,
                span: word.span,
                kind: MentionKind::Pronoun,
                other: None,
            };
            found.push((mention, pronoun.number == Some(Number::Plural)));
        }
    }
    found.into_iter().map(|(mention, _)| mention).collect()
}

/// Whether the possessive at `at` stands for what follows: "pentingnya industri", "meningkatnya produksi".
fn anticipates(tree: &Tree, at: usize) -> bool {
    let Some(owned) = tree.head(at).filter(|&head| head + 1 == at) else {
        return false;
    };
    let word = tree.word(owned);
    let noun = matches!(word.upos, Upos::Noun | Upos::Propn);
    !noun
        || tree.children(owned).any(|child| {
            child > at
                && tree.children_by(child, Deprel::Case).next().is_none()
                && matches!(
                    tree.word(child).relation.universal,
                    Deprel::Nmod | Deprel::Compound | Deprel::Obj | Deprel::Flat | Deprel::Nsubj
                )
        })
}

struct Candidate {
    sentence: usize,
    head: usize,
    entity: EntityId,
    plural: bool,
}

/// Whether `pronoun` can stand for `entity`.
fn agrees(pronoun: Pronoun, plural: bool, entity: &Entity) -> bool {
    let person = entity.kind == EntityType::Person;
    let people = matches!(entity.kind, EntityType::Group | EntityType::Organization);
    match (pronoun.number, pronoun.gender) {
        (_, Some(Gender::Neuter)) => !person && !plural,
        (Some(Number::Plural), _) => {
            (person && plural) || entity.kind == EntityType::Group || (people && plural)
        }
        _ if pronoun.human => person && !plural,
        _ => !plural,
    }
}

/// The one of `candidates` that the pronoun at `at` stands for: the only one in its own sentence before it, or else in the
/// sentence before; of several, the only one that is a subject there.
fn antecedent(
    parsed: &Parsed,
    sentence: usize,
    at: usize,
    candidates: &[Candidate],
) -> Option<EntityId> {
    let only = |mut entities: Box<dyn Iterator<Item = EntityId> + '_>| {
        let first = entities.next()?;
        entities.all(|other| other == first).then_some(first)
    };
    let possessive = parsed.trees[sentence].word(at).relation.is(Deprel::Nmod);
    for place in [Some(sentence), sentence.checked_sub(1)]
        .into_iter()
        .flatten()
    {
        let here = || candidates.iter().filter(move |one| one.sentence == place);
        if here().next().is_none() {
            continue;
        }
        let subjects = here().filter(|one| subject(&parsed.trees[place], one.head));
        let by_role = only(Box::new(subjects.map(|one| one.entity)));
        let all = only(Box::new(here().map(|one| one.entity)));
        // A possessive may stand for any noun before it, so that it takes a single candidate; a subject goes on from a subject.
        return if possessive {
            all.filter(|_| by_role.is_some())
        } else {
            by_role
        };
    }
    None
}

/// Whether the mention with the head `at` is a subject, or is coordinated with nothing and belongs to one ("kunjungan Kim").
fn subject(tree: &Tree, at: usize) -> bool {
    let mut at = at;
    for _ in 0..4 {
        let relation = &tree.word(at).relation;
        match relation.universal {
            Deprel::Nsubj => return tree.children_by(at, Deprel::Conj).next().is_none(),
            Deprel::Flat | Deprel::Appos => match tree.head(at) {
                Some(head) => at = head,
                None => return false,
            },
            Deprel::Nmod => {
                // "kunjungan Kim ke pabrik ..., di mana ia": the doer of an act.
                return relation.subtype.is_none()
                    && tree.children_by(at, Deprel::Case).next().is_none()
                    && tree.word(at).upos == Upos::Propn;
            }
            _ => return false,
        }
    }
    false
}
