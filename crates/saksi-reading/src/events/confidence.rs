//! How sure an event is.
//!
//! In: an event as it was put together, and what the packs say that evidence is worth. Out: its confidence and the [`Ground`]s that it
//! rests on. The model is linear in log-odds, so that what each ground adds can be told by itself. Evidence is of trees and roles: no word of any
//! language. This module makes no event and takes none away.

use saksi_lexicon::confidence::{Confidence, Evidence, Weight};
use saksi_lexicon::triggers::{Conditions, Entry, Roles};
use saksi_record::{EventType, MentionKind, Modality};
use saksi_syntax::{Deprel, Upos};

use super::selection::Draft;
use super::view::View;
use crate::modality::Told;
use crate::propositions::Voice;

/// Something that the confidence of an event rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// What it is.
    pub of: Of,
    /// Log-odds that it adds, beside an event that is typical in it; 0 where no pack weighs evidence.
    pub pull: f64,
}

/// What a ground is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Of {
    /// A piece of evidence, with its value.
    Evidence(Evidence, f64),
    /// The type of the event.
    Type(EventType),
    /// The language of the report.
    Language,
}

/// What is known of an event beside its words.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) kind: EventType,
    /// Which roles are filled.
    pub(super) filled: Roles<bool>,
    pub(super) time: bool,
    pub(super) statement: bool,
    pub(super) modality: Told,
}

/// What the packs say that evidence is worth, for one language.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    model: Confidence,
    /// What is added for the language.
    language: f64,
}

impl Scale {
    pub(super) fn new(model: &Confidence, language: &str) -> Self {
        Self {
            model: model.clone(),
            language: model.languages.get(language).copied().unwrap_or_default(),
        }
    }
}

/// The confidence of an event, 0 to 1 in two decimals, and what it rests on.
pub(super) fn weigh(
    view: &View<'_>,
    draft: &Draft,
    entry: &Entry,
    parts: &Parts,
) -> (f64, Vec<Ground>) {
    let evidence = evidence(view, draft, entry, parts);
    if let Some(scale) = &view.rules.scale {
        return weighed(scale, parts.kind, &evidence);
    }
    let grounds = evidence.iter().map(|&(evidence, value)| Ground {
        of: Of::Evidence(evidence, value),
        pull: 0.0,
    });
    (rounded(entry.confidence), grounds.collect())
}

fn weighed(scale: &Scale, kind: EventType, evidence: &[(Evidence, f64)]) -> (f64, Vec<Ground>) {
    let model = &scale.model;
    let mut grounds: Vec<Ground> = (evidence.iter())
        .map(|&(evidence, value)| {
            let pull = |weight: &Weight| weight.weight * (value - weight.typical);
            Ground {
                of: Of::Evidence(evidence, value),
                pull: model.evidence.get(&evidence).map_or(0.0, pull),
            }
        })
        .collect();
    grounds.push(Ground {
        of: Of::Type(kind),
        pull: model.types.get(&kind).copied().unwrap_or_default(),
    });
    grounds.push(Ground {
        of: Of::Language,
        pull: scale.language,
    });
    let sum = (grounds.iter()).fold(model.typical, |sum, ground| sum + ground.pull);
    (rounded(1.0 / (1.0 + (-sum).exp())), grounds)
}

/// In two decimals, which the last bits of an exponential, not the same on all machines, don't reach; never quite sure.
fn rounded(confidence: f64) -> f64 {
    (confidence.clamp(0.01, 0.99) * 100.0).round() / 100.0
}

/// All evidence, in the order of [`Evidence::ALL`].
fn evidence(view: &View<'_>, draft: &Draft, entry: &Entry, parts: &Parts) -> Vec<(Evidence, f64)> {
    let head = draft.trigger.head;
    let holds = |condition: bool| f64::from(u8::from(condition));
    let is = |modality| holds(parts.modality.modality == modality);
    let place = Place::of(view, draft);
    let at = |wanted| holds(place == wanted);
    let depth = view.tree.ancestors(head).count();
    (Evidence::ALL.into_iter())
        .map(|evidence| {
            let value = match evidence {
                Evidence::Entry => entry.confidence,
                Evidence::Conditions => conditions(&entry.needs).min(4) as f64,
                Evidence::Words => (draft.trigger.words.len().saturating_sub(1)).min(3) as f64,
                Evidence::Noun => holds(!draft.trigger.verbal),
                Evidence::Again => holds(draft.anaphoric),
                Evidence::Name => holds(is_in_name(view, head)),
                Evidence::Actor => holds(parts.filled.actor),
                Evidence::Recipient => holds(parts.filled.recipient),
                Evidence::Object => holds(parts.filled.object),
                Evidence::Place => holds(parts.filled.place),
                Evidence::Time => holds(parts.time),
                Evidence::Rival => holds(draft.margin.is_some()),
                Evidence::Margin => draft.margin.unwrap_or(WIDEST).clamp(0.0, WIDEST),
                Evidence::Future => is(Modality::Future),
                Evidence::Hypothetical => is(Modality::Hypothetical),
                Evidence::Negated => is(Modality::Negated),
                Evidence::Modal => holds(parts.modality.word.is_some()),
                Evidence::Statement => holds(parts.statement),
                Evidence::Complement => at(Place::Complement),
                Evidence::Circumstance => at(Place::Circumstance),
                Evidence::Relative => at(Place::Relative),
                Evidence::Coordinate => at(Place::Coordinate),
                Evidence::Argument => at(Place::Argument),
                Evidence::Oblique => at(Place::Oblique),
                Evidence::Modifier => at(Place::Modifier),
                Evidence::Depth => (depth as f64 / 10.0).min(1.0),
                Evidence::Length => (view.len() as f64 / 100.0).min(1.0),
                Evidence::OddTree => holds(is_odd(view, draft)),
            };
            (evidence, value)
        })
        .collect()
}

/// A margin that is as good as none that competes.
const WIDEST: f64 = 0.5;

/// Where a trigger stands in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the root, or beside it.
    Main,
    Complement,
    Circumstance,
    Relative,
    Coordinate,
    Argument,
    Oblique,
    Modifier,
}

impl Place {
    fn of(view: &View<'_>, draft: &Draft) -> Self {
        match view.word(draft.trigger.head).relation.universal {
            Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj => Self::Complement,
            Deprel::Advcl => Self::Circumstance,
            Deprel::Acl => Self::Relative,
            Deprel::Conj => Self::Coordinate,
            Deprel::Nsubj | Deprel::Obj | Deprel::Iobj => Self::Argument,
            Deprel::Obl | Deprel::Advmod | Deprel::Dislocated | Deprel::Vocative => Self::Oblique,
            Deprel::Nmod
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Flat
            | Deprel::Appos
            | Deprel::Nummod
            | Deprel::Det
            | Deprel::Case => Self::Modifier,
            _ => Self::Main,
        }
    }
}

/// How many kinds of conditions an entry asks for.
fn conditions(needs: &Conditions) -> usize {
    let classes = [
        &needs.actor,
        &needs.verb_actor,
        &needs.recipient,
        &needs.object,
        &needs.place,
        &needs.any,
        &needs.topic,
    ];
    classes.iter().filter(|classes| !classes.is_empty()).count()
        + usize::from(!needs.clause.is_empty())
        + usize::from(needs.parties > 0)
}

/// "Operation [Strike] Hard"
fn is_in_name(view: &View<'_>, word: usize) -> bool {
    view.word(word).upos == Upos::Propn
        || (view.entities.mention_at(view.index, word))
            .is_some_and(|mention| view.entities.mention(mention).kind == MentionKind::Name)
}

/// Whether a verb that should have a subject has none: it is no passive, no command, and shares none with another verb.
fn is_odd(view: &View<'_>, draft: &Draft) -> bool {
    let word = view.word(draft.trigger.head);
    let free = matches!(
        word.relation.universal,
        Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep
    );
    let children = |relation| view.tree.children_by(draft.trigger.head, relation).next();
    let subject = [Deprel::Nsubj, Deprel::Csubj, Deprel::Expl].map(children);
    let passive = (view.proposition(draft.trigger.head))
        .is_some_and(|proposition| proposition.voice == Voice::Passive);
    let command = word.features.get("Mood") == Some("Imp");
    draft.trigger.verbal && free && !passive && !command && subject.iter().all(Option::is_none)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn scale() -> Scale {
        let weight = |weight, typical| Weight { weight, typical };
        let model = Confidence {
            typical: 2.0,
            evidence: BTreeMap::from([
                (Evidence::Actor, weight(1.0, 0.75)),
                (Evidence::Noun, weight(-2.0, 0.5)),
            ]),
            types: BTreeMap::from([(EventType::Test, 0.5)]),
            languages: BTreeMap::from([("id".to_owned(), 0.25)]),
        };
        Scale::new(&model, "id")
    }

    #[test]
    fn confidence_is_what_the_grounds_add_up_to() {
        let evidence = [
            (Evidence::Noun, 1.0),
            (Evidence::Actor, 0.0),
            (Evidence::Place, 1.0),
        ];
        let (confidence, grounds) = weighed(&scale(), EventType::Test, &evidence);
        let pulls: Vec<f64> = grounds.iter().map(|ground| ground.pull).collect();
        assert_eq!(pulls, [-1.0, -0.75, 0.0, 0.5, 0.25]);
        // 2 - 1 - 0.75 + 0.5 + 0.25 = 1
        assert!((confidence - 0.73).abs() < 1e-9, "{confidence}");
    }

    #[test]
    fn a_type_that_was_never_seen_is_typical() {
        let (confidence, grounds) = weighed(&scale(), EventType::Aid, &[]);
        assert!(grounds[0].pull.abs() < 1e-9);
        // 2.25
        assert!((confidence - 0.9).abs() < 1e-9, "{confidence}");
    }

    #[test]
    fn nothing_is_quite_sure() {
        assert_eq!(
            (rounded(0.0), rounded(1.0), rounded(0.846)),
            (0.01, 0.99, 0.85)
        );
    }
}
