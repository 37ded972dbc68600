//! What kind of a part of the world a place is, as its class tells (`region/first`, `town/capital`).

use saksi_record::{Entity, EntityType};

/// A part of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Division {
    State,
    /// A territory that belongs to a state.
    Territory,
    /// A province or state of a state.
    First,
    /// A district of a province.
    Second,
    /// The town of a government.
    Capital,
    Town,
}

impl Division {
    /// Of an entity; none where it is nothing of these (a sea, a facility) or nobody knows.
    pub(crate) fn of(entity: &Entity) -> Option<Self> {
        if entity.kind == EntityType::State {
            return Some(Self::State);
        }
        Some(match entity.class.as_deref()? {
            "territory" => Self::Territory,
            "region/first" => Self::First,
            "region/second" => Self::Second,
            "town/capital" => Self::Capital,
            "town" => Self::Town,
            _ => return None,
        })
    }

    /// The code of its kind in `GeoNames`.
    pub(crate) fn feature_code(self) -> &'static str {
        match self {
            Self::State => "PCLI",
            Self::Territory => "PCLD",
            Self::First => "ADM1",
            Self::Second => "ADM2",
            Self::Capital => "PPLC",
            Self::Town => "PPL",
        }
    }
}
