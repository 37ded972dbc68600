//! Which acts of a sentence are told only inside another: what is asked for, promised, refused, alleged, protested against, or what an act
//! is done for.
//!
//! In: the events of a sentence with how real they are. Out: for each the one around it. An act that merely happens beside or before another
//! ("killing nine", "after the raid", "the curfew that was imposed in June") stands by itself.

use saksi_lexicon::grammar::Role as Closed;
use saksi_record::{EventType, Modality};
use saksi_syntax::{Deprel, Upos};

use super::candidates::entry;
use super::selection::{Draft, light_verb};
use super::view::View;
use crate::statements::Statements;

/// How many words up the tree the act around another is looked for.
const DEPTH: usize = 8;

/// What is known of an act when the act around it is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act {
    /// How real it is.
    pub(super) modality: Modality,
    /// The word that says so.
    pub(super) word: Option<usize>,
    /// Index of the statement that carries it.
    pub(super) statement: Option<usize>,
}

/// How a word hangs from the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Content of what is above, or part of it.
    Content,
    /// What it is done for.
    Aim,
    /// The word above it is beside it.
    Joined,
}

/// For each event of a sentence the index of the one that it is told inside.
pub(super) fn parents(
    view: &View<'_>,
    drafts: &[Draft],
    acts: &[Act],
    statements: &Statements,
) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = (0..drafts.len())
        .map(|index| {
            let around = |word: usize| {
                (0..drafts.len())
                    .find(|&at| at != index && drafts[at].trigger.words.contains(&word))
            };
            let cue = (acts[index].statement)
                .map(|statement| statements.list[statement].cue)
                .filter(|cue| cue.sentence == view.index)
                .and_then(|cue| around(cue.word));
            let governor = acts[index].word.and_then(around);
            cue.or(governor)
                .or_else(|| above(view, drafts, index, acts[index].modality))
        })
        .collect();
    for index in 0..parents.len() {
        let mut at = parents[index];
        for _ in 0..parents.len() {
            at = at.and_then(|at| parents[at]);
        }
        if at.is_some() {
            parents[index] = None;
        }
    }
    parents
}

/// The event that the words of another lead up to.
fn above(view: &View<'_>, drafts: &[Draft], index: usize, modality: Modality) -> Option<usize> {
    let draft = &drafts[index];
    let start = light_verb(view, &draft.trigger).unwrap_or(draft.trigger.head);
    let mut at = start;
    let mut aim = false;
    for _ in 0..DEPTH {
        let above = view.tree.head(at)?;
        let link = link(view, at, at == start, modality)?;
        aim |= link == Link::Aim;
        let found = (0..drafts.len())
            .find(|&other| other != index && drafts[other].trigger.words.contains(&above));
        match found {
            Some(_) if link == Link::Joined => {}
            Some(other) => return (aim || has_content(view, &drafts[other])).then_some(other),
            None => {}
        }
        at = above;
    }
    None
}

/// Whether an act is about others: words, or what is done over something.
fn has_content(view: &View<'_>, draft: &Draft) -> bool {
    entry(view, &draft.trigger).governs.is_some()
        || matches!(
            draft.kind,
            EventType::Agree
                | EventType::Request
                | EventType::Order
                | EventType::Accuse
                | EventType::Reject
                | EventType::Threaten
                | EventType::Support
                | EventType::Concede
                | EventType::Consult
                | EventType::Protest
                | EventType::Sanction
        )
}

fn link(view: &View<'_>, at: usize, is_act: bool, modality: Modality) -> Option<Link> {
    let word = view.word(at);
    let marks: Vec<usize> = (view.tree.children(at))
        .filter(|&child| {
            let relation = view.word(child).relation.universal;
            child < at && matches!(relation, Deprel::Case | Deprel::Mark)
        })
        .collect();
    let aims = |mark: &usize| view.rules.purpose.holding(&view.words, *mark).is_some();
    let when = |mark: &usize| is_when(view, *mark);
    match word.relation.universal {
        Deprel::Xcomp
        | Deprel::Ccomp
        | Deprel::Csubj
        | Deprel::Obj
        | Deprel::Iobj
        | Deprel::Compound
        | Deprel::Flat
        | Deprel::Appos => Some(Link::Content),
        // "The attack was condemned"
        Deprel::Nsubj if word.relation.has_subtype("pass") => Some(Link::Content),
        // "after the raid", "during the protest"
        Deprel::Nmod | Deprel::Obl => (!marks.iter().any(when)).then_some(Link::Content),
        Deprel::Advcl => {
            if marks.iter().any(aims) {
                return Some(Link::Aim);
            }
            if marks.iter().any(when) {
                return None;
            }
            // "if the rebels attacked": a condition; "killing nine": an act of its own.
            let real = matches!(modality, Modality::Actual | Modality::Historical);
            (!is_act || !real).then_some(Link::Content)
        }
        Deprel::Acl => {
            let infinitive = word.features.get("VerbForm") == Some("Inf");
            let relative = word.relation.has_subtype("relcl")
                || view
                    .tree
                    .children(at)
                    .any(|child| view.word(child).features.get("PronType") == Some("Rel"));
            let participle = word.features.get("VerbForm") == Some("Part");
            ((infinitive || !participle) && !relative).then_some(Link::Content)
        }
        Deprel::Conj => {
            let own = word.upos == Upos::Verb
                && view.tree.children_by(at, Deprel::Nsubj).next().is_some();
            (!own).then_some(Link::Joined)
        }
        _ => None,
    }
}

fn is_when(view: &View<'_>, mark: usize) -> bool {
    let form = view.word(mark).form.to_lowercase();
    view.grammar.has(Closed::When, &form)
}
