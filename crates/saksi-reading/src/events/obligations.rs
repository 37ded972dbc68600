//! Demands that only a small word tells: "Russia said that Sudan [must] return the helicopter".
//!
//! In: the statements of a report and the words of a sentence. Out: drafts of what the speaker lays on another. What somebody says of
//! itself, or what nobody is named to do, is no demand.

use saksi_lexicon::triggers::Roles;
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Upos};

use super::candidates::Trigger;
use super::roles::Filler;
use super::selection::{Draft, has_possessive};
use super::view::View;
use crate::propositions::{Link, Role, Voice};
use crate::statements::{Statement, Statements};

/// The demands of a sentence, beside the `known` drafts.
pub(super) fn find(view: &View<'_>, statements: &Statements, known: &[Draft]) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for start in 0..view.len() {
        for (length, &entry) in view.rules.obligations.at(&view.words, start) {
            let words: Vec<usize> = (start..start + length).collect();
            let taken = |draft: &Draft| draft.trigger.words.iter().any(|at| words.contains(at));
            if known.iter().chain(&found).any(taken) {
                continue;
            }
            if let Some(draft) = demand(view, statements, known, entry, words) {
                found.push(draft);
            }
        }
    }
    found
}

fn demand(
    view: &View<'_>,
    statements: &Statements,
    known: &[Draft],
    entry: usize,
    words: Vec<usize>,
) -> Option<Draft> {
    let &head = words.first()?;
    let word = view.word(head);
    let beside = matches!(word.relation.universal, Deprel::Aux | Deprel::Advmod);
    let act = view.tree.head(head).filter(|_| beside)?;
    let statement = &statements.list[statements.carrier_of(word.span)?];
    let source = statement.source?;
    let told_already = known
        .iter()
        .any(|draft| is_cue(view, statement, &draft.trigger.words));
    if source.head.sentence != view.index || told_already {
        return None;
    }
    let told = view.proposition(act)?;
    let relative = told
        .matrix
        .is_some_and(|matrix| matrix.link == Link::Relative);
    if told.voice == Voice::Passive || relative {
        return None;
    }
    let recipients: Vec<Filler> = told
        .with_role(Role::Subject)
        .map(|argument| argument.head)
        .filter(|&subject| view.word(subject).upos != Upos::Pron && view.is_party(subject))
        .filter(|&subject| {
            let mention = view.entities.mention_at(view.index, subject);
            let entity = mention.map(|mention| view.entities.entity_of(mention));
            // "Kim said that North Korea must ...": who speaks for a state speaks of itself.
            let own_state = view.kind(subject) == Some(EntityType::State)
                && view.country(subject).is_some()
                && view.country(subject) == view.country(source.head.word);
            let own = own_state || has_possessive(view, subject);
            (entity.is_none() || entity != source.entity) && !own
        })
        .map(|head| Filler {
            head,
            slot: "subject".to_owned(),
        })
        .collect();
    if recipients.is_empty() {
        return None;
    }
    let rule = &view.rules.entries[entry];
    Some(Draft {
        trigger: Trigger {
            entry,
            words,
            head,
            verbal: true,
        },
        kind: rule.kind,
        roles: Roles {
            actor: vec![Filler {
                head: source.head.word,
                slot: "speaker".to_owned(),
            }],
            recipient: recipients,
            ..Roles::default()
        },
        score: rule.confidence,
        anaphoric: false,
    })
}

fn is_cue(view: &View<'_>, statement: &Statement, words: &[usize]) -> bool {
    statement.cue.sentence == view.index && words.contains(&statement.cue.word)
}
