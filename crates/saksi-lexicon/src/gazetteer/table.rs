//! The short lists that a row points into by number.

use saksi_record::EntityType;

/// The number of a scheme that means: no link.
pub(super) const NO_LINK: u8 = u8::MAX;
/// The number of a scheme that means: the links are text.
pub(super) const TEXT_LINKS: u8 = u8::MAX - 1;

/// Kinds of things, by their numbers in a row.
const KINDS: [EntityType; 9] = [
    EntityType::Person,
    EntityType::State,
    EntityType::Organization,
    EntityType::Group,
    EntityType::Facility,
    EntityType::Weapon,
    EntityType::Place,
    EntityType::Exercise,
    EntityType::Document,
];

pub(super) fn kind(number: u8) -> Option<EntityType> {
    KINDS.get(usize::from(number)).copied()
}

pub(super) fn number(kind: EntityType) -> u8 {
    let at = KINDS.iter().position(|&one| one == kind);
    at.unwrap_or_default() as u8
}

/// Some strings by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Table(Vec<Box<str>>);

impl Table {
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        self.0.get(number).map(AsRef::as_ref)
    }

    /// The number of `text`, which is added where it is new; `none` where there is no text or no number below `none` left.
    pub(super) fn number(&mut self, text: Option<&str>, none: usize) -> usize {
        let Some(text) = text else { return none };
        if let Some(at) = self.0.iter().position(|one| **one == *text) {
            return at;
        }
        if self.0.len() >= none {
            return none;
        }
        self.0.push(text.into());
        self.0.len() - 1
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    pub(super) countries: Table,
    pub(super) sectors: Table,
    pub(super) classes: Table,
    pub(super) schemes: Table,
}

impl Tables {
    /// One line a table, its strings parted by tabs.
    pub(super) fn write(&self) -> Vec<u8> {
        let tables = [&self.countries, &self.sectors, &self.classes, &self.schemes];
        tables
            .map(|table| table.0.join("\t"))
            .join("\n")
            .into_bytes()
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.split('\n').map(|line| {
            let strings = line.split('\t').filter(|string| !string.is_empty());
            Table(strings.map(Into::into).collect())
        });
        Some(Self {
            countries: lines.next()?,
            sectors: lines.next()?,
            classes: lines.next()?,
            schemes: lines.next()?,
        })
    }
}
