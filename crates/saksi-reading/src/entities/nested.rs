//! Places and states that stand within a longer name: "University of \[Helsinki\]", "\[Boston\] Red Sox", "Universitas \[Indonesia\]".
//!
//! They are mentions of their own, marked as lying within another, and no party or place of an act: nothing happens in Boston because its
//! team plays. They tell where what bears the longer name is at home.

use std::ops::Range;

use saksi_lexicon::grammar::Role;
use saksi_lexicon::names::{Entry, Sense};
use saksi_record::{EntityType, MentionKind};

use super::draft::{Draft, Evidence, Identity, Scene, capital};
use super::government::Reading;

/// The most words of a name within a name.
const LONGEST: usize = 3;
/// How well a gazetteer must know a place where a noun behind it or a preposition tells that it is one ("Durham University"), and where neither does.
const KNOWN: u8 = 2;
const WELL_KNOWN: u8 = 4;

/// Appends the drafts of what stands within the names of `drafts` from `first` on.
pub(super) fn find(scene: &Scene, drafts: &mut Vec<Draft>, first: usize) {
    for number in first..drafts.len() {
        let outer = &drafts[number];
        let named = outer.kind == MentionKind::Name && outer.words.len() > 1;
        let whole = match outer.is {
            Identity::Unknown { .. } => true,
            Identity::Entry(_) => !matches!(
                outer.entity_type,
                Some(EntityType::Person | EntityType::State)
            ),
            _ => false,
        };
        if !named || !whole {
            continue;
        }
        let whole = outer.words.clone();
        // "Gulf of [Mexico]", "[Manila] Bay", but no "New" in "New York".
        let place = match &outer.is {
            Identity::Unknown { evidence, .. } => {
                evidence.place > evidence.organization && scene.known_place(&whole) > 0
            }
            _ => outer.entity_type == Some(EntityType::Place),
        };
        let mut at = whole.start;
        while at < whole.end {
            let longest = (at + 1..=whole.end.min(at + LONGEST))
                .rev()
                .filter(|&end| (at..end) != whole)
                .find_map(|end| Some((at..end, inner(scene, &whole, &(at..end), place)?)));
            let Some((words, is)) = longest else {
                at += 1;
                continue;
            };
            at = words.end;
            drafts.push(Draft {
                sentence: scene.index,
                head: scene.head_of(&words),
                span: scene.span(&words),
                words,
                kind: MentionKind::Name,
                is,
                entity_type: Some(EntityType::Place),
                country: None,
                sector: None,
                class: None,
                office: None,
                same_as: None,
                plural: false,
                noun: None,
                pointing: None,
                doubtful: false,
                new: false,
                inside: Some(number),
            });
        }
    }
}

/// What `words` within the name `whole` are, if they are a place or state.
fn inner(
    scene: &Scene,
    whole: &Range<usize>,
    words: &Range<usize>,
    place: bool,
) -> Option<Identity> {
    let form = |at: usize| &*scene.tree.word(at).form;
    if !capital(form(words.start)) || !capital(form(words.end - 1)) {
        return None;
    }
    let before = words.start.checked_sub(1).filter(|at| whole.contains(at));
    let after = Some(words.end).filter(|at| whole.contains(at));
    let joined = before.is_some_and(|at| {
        let grammar = &scene.lexicon.grammar;
        let lower = &*scene.lower[at];
        let article = grammar.has(Role::Definite, lower)
            && (at.checked_sub(1)).is_some_and(|at| whole.contains(&at) && is_joint(scene, at));
        article || is_joint(scene, at)
    });
    let first = match before {
        None => true,
        Some(at) => {
            at == whole.start && scene.lexicon.grammar.has(Role::Definite, &scene.lower[at])
        }
    };
    let noun_before = before.is_some_and(|at| is_noun(scene, at));
    let noun_after = after.is_some_and(|at| is_noun(scene, at));
    // "George [Washington] University" is named for a person, and "Gulf [Coast]" lies nowhere.
    if place && !joined || !(joined || first || noun_before) {
        return None;
    }
    if let Some((number, entry)) = known(scene, words) {
        return match entry.kind {
            EntityType::State => entry.country.clone().map(Identity::State),
            _ if entry.sense == Sense::Capital => Some(Identity::Capital {
                entry: number,
                reading: Reading::Place,
            }),
            _ => Some(Identity::Entry(number)),
        };
    }
    let wanted = if joined || noun_after {
        KNOWN
    } else {
        WELL_KNOWN
    };
    // "[PT] Baja Nusantara" is no place of that code.
    let code = words.len() == 1 && !form(words.start).contains(char::is_lowercase);
    if code {
        return None;
    }
    (scene.known_place(words) >= wanted).then(|| Identity::Unknown {
        name: scene.span(words).of(scene.text).to_owned(),
        evidence: Evidence {
            told: Some(EntityType::Place),
            ..Evidence::default()
        },
    })
}

/// The place or state that the packs know by the name `words`.
fn known<'a>(scene: &Scene<'a>, words: &Range<usize>) -> Option<(u32, &'a Entry)> {
    let forms: Vec<&str> = (words.clone())
        .map(|at| &*scene.tree.word(at).form)
        .collect();
    let found = scene.lexicon.names.find(&forms, None);
    let [only] = &found[..] else { return None };
    let number = *only.entries.first()?;
    let entry = scene.lexicon.names.entry(number);
    let place = matches!(entry.kind, EntityType::Place | EntityType::State)
        && matches!(entry.sense, Sense::Name | Sense::Capital);
    (place && only.words == (0..forms.len())).then_some((number, entry))
}

/// Whether the word at `at` joins a place to what bears its name: "of", "in", "di", a hyphen.
fn is_joint(scene: &Scene, at: usize) -> bool {
    let grammar = &scene.lexicon.grammar;
    let lower = &*scene.lower[at];
    let joins = [Role::Place, Role::Possessor, Role::NameParticle];
    !capital(&scene.tree.word(at).form) && joins.iter().any(|&role| grammar.has(role, lower))
}

/// Whether the packs know the word at `at` as a noun for organisations or sites: "University", "Bank".
fn is_noun(scene: &Scene, at: usize) -> bool {
    let form = &*scene.tree.word(at).form;
    let found = scene.lexicon.names.find(&[form], None);
    (found.iter().flat_map(|found| &found.entries)).any(|&number| {
        let entry = scene.lexicon.names.entry(number);
        entry.sense == Sense::Noun
            && matches!(
                entry.kind,
                EntityType::Organization | EntityType::Facility | EntityType::Group
            )
    })
}
