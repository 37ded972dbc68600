//! Whether a capital or a seat of government stands for the government: it does where it acts or is spoken of as a party.

use saksi_lexicon::grammar::Role;
use saksi_lexicon::names::Sense;
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Upos};

use super::draft::Scene;

/// What a capital or a seat of government stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reading {
    /// "Washington menuduh ...", "oleh Moskow", "dengan Pyongyang".
    Government,
    /// "Athens experienced a decline", "the Warsaw declaration": the government, where the report speaks of the capital as a party or says nothing else of it.
    Open,
    /// "di Moskow", "ke Pyongyang", "kota Kyiv", "JAKARTA (Antara) - ...": what comes to a capital may come to its state, which is for the reader
    /// of the act to say.
    Place,
}

/// What the capital (or, with `seat`, the building) at `head` stands for.
pub(super) fn reading(scene: &Scene, head: usize, seat: bool) -> Reading {
    if !acts(scene, head, seat) {
        return Reading::Place;
    }
    let said = scene.tree.head(head).is_some_and(|above| {
        let lemma = &scene.tree.word(above).lemma;
        let mut cues = scene.lexicon.cues.find(&scene.lower[above], lemma);
        cues.next().is_some()
    });
    let open = [Deprel::Nsubj, Deprel::Compound, Deprel::Nmod];
    let relation = scene.tree.word(head).relation.universal;
    if !seat && !said && open.contains(&relation) && !told_as_party(scene, head) {
        Reading::Open
    } else {
        Reading::Government
    }
}

/// Whether the capital (or, with `seat`, the building) at `head` acts or is spoken of as a party.
fn acts(scene: &Scene, head: usize, seat: bool) -> bool {
    let grammar = &scene.lexicon.grammar;
    let tree = scene.tree;
    // "Kyiv dan Moskow sepakat": as the first of them.
    let mut at = head;
    let mut steps = 0;
    while tree.word(at).relation.is(Deprel::Conj) && scene.case_of(at).is_none() && steps < 8 {
        let Some(next) = tree.head(at) else { break };
        if !matches!(tree.word(next).upos, Upos::Propn | Upos::Noun) {
            break;
        }
        at = next;
        steps += 1;
    }
    if let Some(case) = scene.case_of(at) {
        let has = |role: Role| grammar.has(role, &scene.lower[case]);
        let place = has(Role::Place) || has(Role::Location);
        if has(Role::Agent) || has(Role::According) {
            return true;
        }
        if has(Role::Comitative) || has(Role::Against) || has(Role::Recipient) {
            // "ke Moskow", "to Moscow": as good before a city as before a government.
            return !place && !has(Role::Direction);
        }
        // "tuduhan dari Washington", "pesan dari Moskow": not told from the city.
        return has(Role::Possessor)
            && !has(Role::Source)
            && tree.word(at).relation.is(Deprel::Nmod)
            && !of_place(scene, at);
    }
    let before = head.checked_sub(1);
    if before.is_some_and(|at| grammar.has(Role::Place, &scene.lower[at])) {
        return false;
    }
    let relation = &tree.word(at).relation;
    match relation.universal {
        Deprel::Nsubj => !relation.has_subtype("pass") && !dateline(scene, head),
        Deprel::Nmod | Deprel::Compound | Deprel::Flat | Deprel::Amod => {
            !of_place(scene, at) && !dateline(scene, head)
        }
        Deprel::Obj | Deprel::Iobj | Deprel::Obl => seat,
        _ => seat && !dateline(scene, head),
    }
}

/// Whether a preposition tells that the word at `at` acts or is acted upon: "oleh Moskow", "with Pyongyang", not "of Athens".
fn told_as_party(scene: &Scene, at: usize) -> bool {
    let grammar = &scene.lexicon.grammar;
    let possessor = |case: usize| grammar.has(Role::Possessor, &scene.lower[case]);
    scene.case_of(at).is_some_and(|case| !possessor(case))
}

/// Whether what the word at `at` belongs to is a place, an institution, a building or a person there: "kota Moskow", "wali kota Kyiv".
fn of_place(scene: &Scene, at: usize) -> bool {
    let Some(head) = scene.tree.head(at) else {
        return false;
    };
    let noun = scene.match_of[head].map(|number| scene.entry(&scene.matches[number]));
    match noun {
        Some(entry) => {
            let house = entry.kind == EntityType::Organization && !entry.government;
            house
                || matches!(entry.kind, EntityType::Place | EntityType::Facility)
                || matches!(entry.sense, Sense::Name)
        }
        None => scene.tree.word(head).upos == Upos::Propn,
    }
}

/// Whether the word at `at` tells where the report was written: "JAKARTA - ", "MOSCOW (Reuters)".
fn dateline(scene: &Scene, at: usize) -> bool {
    let next = scene.tree.words().get(at + 1);
    at < 2 && next.is_some_and(|word| matches!(&*word.form, "-" | "–" | "—" | "(" | "," | ":"))
}
