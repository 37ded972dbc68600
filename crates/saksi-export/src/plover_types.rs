//! PLOVER's name for an act, and the quadrant that it belongs to.
//!
//! Of the record's types sixteen are PLOVER's own. Six are not, and go the way that the coding guide tells:
//!
//! | type | PLOVER |
//! | --- | --- |
//! | `TEST` | `MOBILIZE`, mode `weapons` |
//! | `TRANSFER` | `AID`, where its context is `military`; else none |
//! | `EXERCISE` | of several actors `COOPERATE`, context `military`; of one `MOBILIZE`, mode `troops` |
//! | `INSPECT`, `ORDER`, `PRODUCE` | none |

use saksi_record::{Event, EventType, Modality};

use crate::table::name_of;

/// What PLOVER calls an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) quadrant: Quadrant,
}

/// The quadrants of event data, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quadrant {
    VerbalCooperation = 1,
    MaterialCooperation = 2,
    VerbalConflict = 3,
    MaterialConflict = 4,
}

impl Quadrant {
    /// As POLECAT spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "VERBAL COOPERATION",
            Self::MaterialCooperation => "MATERIAL COOPERATION",
            Self::VerbalConflict => "VERBAL CONFLICT",
            Self::MaterialConflict => "MATERIAL CONFLICT",
        }
    }
}

/// The act in PLOVER; `None` where PLOVER has no type for it.
pub(crate) fn act(event: &Event) -> Option<Act> {
    let military = || event.contexts.iter().any(|context| context == "military");
    let (kind, mode, context) = match event.kind {
        EventType::Transfer if military() => (EventType::Aid, None, None),
        EventType::Inspect | EventType::Order | EventType::Produce | EventType::Transfer => {
            return None;
        }
        EventType::Test => (EventType::Mobilize, Some("weapons"), None),
        EventType::Exercise if event.actors.len() > 1 => {
            (EventType::Cooperate, None, Some("military"))
        }
        EventType::Exercise => (EventType::Mobilize, Some("troops"), None),
        kind => (kind, None, None),
    };
    let mut contexts = event.contexts.clone();
    // PLOVER tells of how real an act is among its contexts.
    let modality = match event.modality {
        Modality::Actual => None,
        Modality::Historical => Some("historical"),
        Modality::Future => Some("future"),
        Modality::Hypothetical => Some("hypothetical"),
        Modality::Negated => Some("negation"),
    };
    for context in context.into_iter().chain(modality) {
        if !contexts.iter().any(|known| known == context) {
            contexts.push(context.to_owned());
        }
    }
    Some(Act {
        kind: name_of(kind)?,
        mode: event.mode.clone().or_else(|| mode.map(str::to_owned)),
        contexts,
        quadrant: quadrant(kind)?,
    })
}

fn quadrant(kind: EventType) -> Option<Quadrant> {
    Some(match kind {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => {
            Quadrant::VerbalCooperation
        }
        EventType::Cooperate | EventType::Aid | EventType::Retreat => Quadrant::MaterialCooperation,
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => {
            Quadrant::VerbalConflict
        }
        EventType::Protest
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Coerce
        | EventType::Assault => Quadrant::MaterialConflict,
        EventType::Inspect
        | EventType::Order
        | EventType::Produce
        | EventType::Test
        | EventType::Transfer
        | EventType::Exercise => return None,
    })
}
