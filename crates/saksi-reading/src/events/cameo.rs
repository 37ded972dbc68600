//! The code that CAMEO has for an event, where one follows.
//!
//! In: an event with what is told inside it. Out: a code of CAMEO 1.1b3 (Gerner, Schrodt, Yilmaz 2002; the codebook of 2012), as PLOVER's
//! conversion table of 2021 relates the two. CAMEO codes a promise, a demand or a threat by what is promised, demanded or
//! threatened, and has no code for what did not happen or only may: such an event has none by itself. CAMEO tells demands (10) from appeals (02); the types here
//! do not, and all are given as demands.

use saksi_record::{EventType, Modality};

use super::Event;

/// What a row asks of a mode or context; nothing where it is empty.
type Asked = &'static str;

/// Codes by type, mode and context, the narrower first.
const ACTS: &[(EventType, Asked, Asked, &str)] = &[
    (EventType::Agree, "", "", "030"),
    (EventType::Consult, "phone", "", "041"),
    (EventType::Consult, "visit", "", "042"),
    (EventType::Consult, "third-party", "", "044"),
    (EventType::Consult, "mediate", "", "045"),
    (EventType::Consult, "", "", "040"),
    (EventType::Support, "", "", "050"),
    (EventType::Cooperate, "", "economic", "061"),
    (EventType::Cooperate, "", "military", "062"),
    (EventType::Cooperate, "", "legal", "063"),
    (EventType::Cooperate, "", "intelligence", "064"),
    (EventType::Cooperate, "", "", "060"),
    (EventType::Aid, "", "peacekeeping", "074"),
    (EventType::Aid, "", "migration", "075"),
    (EventType::Aid, "", "military", "072"),
    (EventType::Aid, "", "humanitarian", "073"),
    (EventType::Aid, "", "economic", "071"),
    (EventType::Aid, "", "", "070"),
    (EventType::Transfer, "", "military", "072"),
    (EventType::Concede, "", "legal", "081"),
    (EventType::Concede, "", "rights", "081"),
    (EventType::Concede, "", "", "080"),
    (EventType::Retreat, "release", "", "0841"),
    (EventType::Retreat, "return", "", "0842"),
    (EventType::Retreat, "ease", "", "085"),
    (EventType::Retreat, "access", "peacekeeping", "0861"),
    (EventType::Retreat, "access", "humanitarian", "0863"),
    (EventType::Retreat, "access", "", "086"),
    (EventType::Retreat, "ceasefire", "", "0871"),
    (EventType::Retreat, "disarm", "", "0873"),
    (EventType::Retreat, "withdraw", "", "0874"),
    (EventType::Retreat, "", "", "080"),
    (EventType::Accuse, "investigate", "", "090"),
    (EventType::Accuse, "allege", "", "112"),
    (EventType::Accuse, "", "", "110"),
    (EventType::Request, "assist", "", "103"),
    (EventType::Request, "change", "", "104"),
    (EventType::Request, "yield", "", "105"),
    (EventType::Request, "meet", "", "106"),
    (EventType::Request, "", "", "100"),
    (EventType::Reject, "assist", "", "122"),
    (EventType::Reject, "change", "", "123"),
    (EventType::Reject, "yield", "", "124"),
    (EventType::Reject, "meet", "", "125"),
    (EventType::Reject, "", "", "120"),
    (EventType::Threaten, "restrict", "", "1312"),
    (EventType::Threaten, "relations", "", "1313"),
    (EventType::Threaten, "ban", "", "132"),
    (EventType::Threaten, "expel", "", "136"),
    (EventType::Threaten, "territory", "", "1382"),
    (EventType::Threaten, "violence", "", "138"),
    (EventType::Threaten, "", "", "130"),
    (EventType::Protest, "demo", "", "141"),
    (EventType::Protest, "hunger", "", "142"),
    (EventType::Protest, "strike", "", "143"),
    (EventType::Protest, "boycott", "", "143"),
    (EventType::Protest, "obstruct", "", "144"),
    (EventType::Protest, "riot", "", "145"),
    (EventType::Protest, "", "", "140"),
    (EventType::Mobilize, "police", "", "153"),
    (EventType::Mobilize, "troops", "", "154"),
    (EventType::Mobilize, "", "", "150"),
    (EventType::Test, "", "", "150"),
    (EventType::Sanction, "expel", "", "166"),
    (EventType::Sanction, "withdraw", "", "161"),
    (EventType::Sanction, "discontinue", "diplomatic", "164"),
    (EventType::Sanction, "discontinue", "", "162"),
    (EventType::Sanction, "", "economic", "163"),
    (EventType::Sanction, "", "diplomatic", "160"),
    (EventType::Coerce, "seize", "military", "192"),
    (EventType::Coerce, "seize", "", "171"),
    (EventType::Coerce, "censor", "", "1721"),
    (EventType::Coerce, "ban", "", "1722"),
    (EventType::Coerce, "curfew", "", "1723"),
    (EventType::Coerce, "martial-law", "", "1724"),
    (EventType::Coerce, "restrict", "", "172"),
    (EventType::Coerce, "arrest", "", "173"),
    (EventType::Coerce, "deport", "", "174"),
    (EventType::Coerce, "cyber", "", "176"),
    (EventType::Coerce, "", "", "170"),
    (EventType::Assault, "abduct", "", "181"),
    (EventType::Assault, "beat", "", "182"),
    (EventType::Assault, "sexual", "", "1821"),
    (EventType::Assault, "torture", "", "1822"),
    (EventType::Assault, "suicide-attack", "", "1831"),
    (EventType::Assault, "explosives", "", "183"),
    (EventType::Assault, "assassinate", "", "186"),
    (EventType::Assault, "crowd-control", "", "175"),
    (EventType::Assault, "firearms", "", "193"),
    (EventType::Assault, "heavy-weapons", "", "194"),
    (EventType::Assault, "massacre", "", "202"),
    (EventType::Assault, "cleansing", "", "203"),
    (EventType::Assault, "unconventional", "", "204"),
    (EventType::Assault, "", "", "190"),
];

/// Codes of what is promised, demanded, refused or threatened, by the type, mode and context of the act inside, the narrower first.
const CONTENTS: &[(EventType, EventType, Asked, Asked, &str)] = &[
    (EventType::Agree, EventType::Aid, "", "peacekeeping", "0334"),
    (EventType::Agree, EventType::Aid, "", "military", "0332"),
    (EventType::Agree, EventType::Aid, "", "humanitarian", "0333"),
    (EventType::Agree, EventType::Aid, "", "economic", "0331"),
    (EventType::Agree, EventType::Aid, "", "", "033"),
    (
        EventType::Agree,
        EventType::Transfer,
        "",
        "military",
        "0332",
    ),
    (
        EventType::Agree,
        EventType::Cooperate,
        "",
        "economic",
        "0311",
    ),
    (
        EventType::Agree,
        EventType::Cooperate,
        "",
        "military",
        "0312",
    ),
    (EventType::Agree, EventType::Cooperate, "", "legal", "0313"),
    (
        EventType::Agree,
        EventType::Cooperate,
        "",
        "intelligence",
        "0314",
    ),
    (EventType::Agree, EventType::Cooperate, "", "", "031"),
    (EventType::Agree, EventType::Support, "", "", "032"),
    (EventType::Agree, EventType::Consult, "mediate", "", "039"),
    (EventType::Agree, EventType::Consult, "", "", "036"),
    (EventType::Agree, EventType::Concede, "", "", "035"),
    (EventType::Agree, EventType::Retreat, "release", "", "0353"),
    (EventType::Agree, EventType::Retreat, "return", "", "0353"),
    (EventType::Agree, EventType::Retreat, "access", "", "0355"),
    (EventType::Agree, EventType::Retreat, "", "", "0356"),
    (EventType::Request, EventType::Aid, "", "military", "1032"),
    (
        EventType::Request,
        EventType::Aid,
        "",
        "humanitarian",
        "1033",
    ),
    (EventType::Request, EventType::Aid, "", "economic", "1031"),
    (EventType::Request, EventType::Aid, "", "", "103"),
    (
        EventType::Request,
        EventType::Transfer,
        "",
        "military",
        "1032",
    ),
    (EventType::Request, EventType::Cooperate, "", "", "101"),
    (EventType::Request, EventType::Support, "", "", "102"),
    (EventType::Request, EventType::Consult, "mediate", "", "108"),
    (EventType::Request, EventType::Consult, "", "", "106"),
    (EventType::Request, EventType::Agree, "", "", "107"),
    (
        EventType::Request,
        EventType::Retreat,
        "release",
        "",
        "1053",
    ),
    (EventType::Request, EventType::Retreat, "return", "", "1053"),
    (EventType::Request, EventType::Retreat, "access", "", "1055"),
    (EventType::Request, EventType::Retreat, "resign", "", "1041"),
    (EventType::Request, EventType::Retreat, "", "", "1056"),
    (EventType::Request, EventType::Concede, "", "", "105"),
    (EventType::Reject, EventType::Aid, "", "", "122"),
    (EventType::Reject, EventType::Cooperate, "", "", "121"),
    (EventType::Reject, EventType::Consult, "", "", "125"),
    (EventType::Reject, EventType::Agree, "", "", "127"),
    (EventType::Reject, EventType::Retreat, "release", "", "1243"),
    (EventType::Reject, EventType::Retreat, "access", "", "1245"),
    (EventType::Reject, EventType::Retreat, "resign", "", "1231"),
    (EventType::Reject, EventType::Retreat, "", "", "1246"),
    (EventType::Reject, EventType::Concede, "", "", "124"),
    (EventType::Threaten, EventType::Assault, "", "", "138"),
    (EventType::Threaten, EventType::Mobilize, "", "", "138"),
    (EventType::Threaten, EventType::Coerce, "", "", "132"),
    (
        EventType::Threaten,
        EventType::Sanction,
        "discontinue",
        "",
        "1311",
    ),
    (
        EventType::Threaten,
        EventType::Sanction,
        "",
        "economic",
        "1312",
    ),
    (EventType::Threaten, EventType::Sanction, "", "", "1313"),
    (EventType::Threaten, EventType::Protest, "", "", "133"),
];

/// Gives each event its code, where one follows.
pub(super) fn code(events: &mut [Event]) {
    let codes: Vec<Option<&'static str>> = (0..events.len())
        .map(|index| {
            let content = (events.iter()).find(|event| event.parent == Some(index));
            of(&events[index], content)
        })
        .collect();
    for (event, code) in events.iter_mut().zip(codes) {
        event.cameo = code;
    }
}

fn of(event: &Event, content: Option<&Event>) -> Option<&'static str> {
    match event.modality {
        Modality::Actual | Modality::Historical => {}
        // What is told inside another act is that one's content, and planned cooperation is an intent to cooperate.
        Modality::Future if event.parent.is_none() => {
            return contained(EventType::Agree, event);
        }
        Modality::Future | Modality::Hypothetical | Modality::Negated => return None,
    }
    let by_content = content.and_then(|content| contained(event.kind, content));
    if event.kind == EventType::Exercise {
        return Some(if event.actors.len() > 1 { "062" } else { "150" });
    }
    by_content.or_else(|| {
        (ACTS.iter())
            .find(|(kind, mode, context, _)| *kind == event.kind && meets(event, mode, context))
            .map(|(.., code)| *code)
    })
}

/// The code of an act of type `outer` that is about `inner`.
fn contained(outer: EventType, inner: &Event) -> Option<&'static str> {
    (CONTENTS.iter())
        .find(|(kind, content, mode, context, _)| {
            *kind == outer && *content == inner.kind && meets(inner, mode, context)
        })
        .map(|(.., code)| *code)
}

fn meets(event: &Event, mode: Asked, context: Asked) -> bool {
    (mode.is_empty() || event.mode.as_deref() == Some(mode))
        && (context.is_empty() || event.contexts.iter().any(|known| **known == *context))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_row_hides_behind_a_wider_one() {
        let mut wide = BTreeSet::new();
        for (kind, mode, context, code) in ACTS {
            assert!(
                !wide.contains(&format!("{kind:?}")),
                "{code} is never given"
            );
            if mode.is_empty() && context.is_empty() {
                wide.insert(format!("{kind:?}"));
            }
        }
        wide.clear();
        for (outer, inner, mode, context, code) in CONTENTS {
            let pair = format!("{outer:?} {inner:?}");
            assert!(!wide.contains(&pair), "{code} is never given");
            if mode.is_empty() && context.is_empty() {
                wide.insert(pair);
            }
        }
    }

    #[test]
    fn codes_are_in_the_category_of_their_type() {
        for (kind, _, _, code) in ACTS {
            let root = &code[..2];
            let fits = match kind {
                EventType::Agree => root == "03",
                EventType::Retreat | EventType::Concede => root == "08",
                EventType::Request => root == "10",
                EventType::Reject => root == "12",
                EventType::Threaten => root == "13",
                EventType::Protest => root == "14",
                EventType::Sanction => root == "16",
                _ => true,
            };
            assert!(fits, "{kind:?} {code}");
        }
    }
}
