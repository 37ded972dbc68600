//! Whether a capital or a seat of government stands for the government: it does where it acts or is spoken of as a party.

use saksi_lexicon::grammar::Role;
use saksi_lexicon::names::Sense;
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Upos};

use super::draft::Scene;

/// Whether the capital (or, with `seat`, the building) at `head` stands for the government.
///
/// "Washington menuduh ...", "tuduhan Washington", "oleh Moskow", "dengan Pyongyang": yes. "di Moskow", "ke Pyongyang",
/// "kota Kyiv", "JAKARTA (Antara) - ...": no; what comes to a capital may come to its state, which is for the reader of the act to say.
pub(super) fn acts(scene: &Scene, head: usize, seat: bool) -> bool {
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

/// Whether what the word at `at` belongs to is a place, a building or a person there: "kota Moskow", "wali kota Kyiv".
fn of_place(scene: &Scene, at: usize) -> bool {
    let Some(head) = scene.tree.head(at) else {
        return false;
    };
    let noun = scene.match_of[head].map(|number| scene.entry(&scene.matches[number]));
    match noun {
        Some(entry) => {
            matches!(entry.kind, EntityType::Place | EntityType::Facility)
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
