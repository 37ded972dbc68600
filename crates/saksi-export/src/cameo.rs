//! CAMEO: the code of an act, what hangs on it, and who does it to whom.
//!
//! The code is the record's own; an act without one is left out.
//!
//! CAMEO has no place for what is possible, did not happen or is denied, nor for plans but to cooperate: such acts are left out too. So are acts that are told only inside
//! another one (`parent`): what is alleged, demanded or refused is no act by itself, and the code of the one that it is told in says what it is about.

use saksi_record::{Entity, Event, EventType, Modality};

use crate::{Report, countries};

/// Pairs of an act beyond this many are left out: no sentence tells of so many.
const MOST_PAIRS: usize = 1024;

/// A code of CAMEO, two to four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code<'a>(&'a str);

impl Code<'_> {
    pub(crate) fn whole(&self) -> &str {
        self.0
    }

    /// The first three digits.
    pub(crate) fn base(&self) -> &str {
        self.0.get(..3).unwrap_or(self.0)
    }

    /// The first two digits.
    pub(crate) fn root(&self) -> &str {
        self.0.get(..2).unwrap_or(self.0)
    }

    fn root_number(&self) -> u8 {
        self.root().parse().unwrap_or(0)
    }

    /// GDELT's class: verbal cooperation 1, material cooperation 2, verbal conflict 3, material conflict 4.
    pub(crate) fn quad_class(&self) -> u8 {
        match self.root_number() {
            ..=5 => 1,
            6..=8 => 2,
            9..=13 => 3,
            _ => 4,
        }
    }

    /// Phoenix's class: as GDELT's, with statements and appeals (01, 02) as 0.
    pub(crate) fn penta_class(&self) -> u8 {
        match self.root_number() {
            ..=2 => 0,
            _ => self.quad_class(),
        }
    }

    /// How much the act weighs on Goldstein's scale, from -10 (conflict) to 10 (cooperation); of a code that the scale lacks, its base's, its root's.
    pub(crate) fn goldstein(&self) -> Option<f64> {
        [self.whole(), self.base(), self.root()]
            .into_iter()
            .find_map(scale)
    }
}

/// The code of an act; `None` where CAMEO has no place for it.
pub(crate) fn code<'a>(report: &Report<'_>, event: &'a Event) -> Option<Code<'a>> {
    let unreal = matches!(event.modality, Modality::Hypothetical | Modality::Negated);
    if unreal || event.parent.is_some() || report.is_denied(event) {
        return None;
    }
    let is_code =
        |code: &&str| (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    event.cameo.as_deref().filter(is_code).map(Code)
}

/// One who acts and one to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) actor: Option<&'a Entity>,
    pub(crate) recipient: Option<&'a Entity>,
}

/// The pairs of an act, for tables that have room for one actor and one recipient in a row: each actor with each recipient; of those who act
/// together (met, agreed, trained), each with each other, as CAMEO's coders do.
pub(crate) fn pairs<'a>(report: &Report<'a>, event: &Event) -> Vec<Pair<'a>> {
    let actors = report.entities(&event.actors);
    let recipients = report.entities(&event.recipients);
    let mutual = matches!(
        event.kind,
        EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Exercise
    );
    if mutual && actors.len() > 1 && recipients.is_empty() {
        let pairs = (actors.iter().enumerate()).flat_map(|(at, &actor)| {
            (actors.iter().enumerate())
                .filter(move |(other, _)| *other != at)
                .map(move |(_, &recipient)| Pair {
                    actor: Some(actor),
                    recipient: Some(recipient),
                })
        });
        return pairs.take(MOST_PAIRS).collect();
    }
    let or_none = |entities: Vec<&'a Entity>| -> Vec<Option<&'a Entity>> {
        if entities.is_empty() {
            vec![None]
        } else {
            entities.into_iter().map(Some).collect()
        }
    };
    let (actors, recipients) = (or_none(actors), or_none(recipients));
    let pairs = actors
        .iter()
        .flat_map(|&actor| (recipients.iter()).map(move |&recipient| Pair { actor, recipient }));
    pairs.take(MOST_PAIRS).collect()
}

/// CAMEO's code of an actor: its country, then its sector (`IDNMIL`); of a state `IDNGOV`.
pub(crate) fn actor(entity: &Entity) -> String {
    let country = entity.country.as_deref().map(countries::cameo);
    format!(
        "{}{}",
        country.unwrap_or_default(),
        entity.sector.as_deref().unwrap_or_default()
    )
}

/// The scale of Goldstein, as it was put on CAMEO's codes by the Kansas event data project, and as GDELT uses it. A code stands for those below
/// it that do not stand here.
fn scale(code: &str) -> Option<f64> {
    let at = SCALE.binary_search_by_key(&code, |&(code, _)| code).ok()?;
    Some(SCALE[at].1)
}

const SCALE: &[(&str, f64)] = &[
    ("01", 0.0),
    ("010", 0.0),
    ("011", -0.1),
    ("012", -0.4),
    ("013", 0.4),
    ("014", 0.0),
    ("015", 0.0),
    ("016", -2.0),
    ("017", 0.0),
    ("018", 3.4),
    ("019", 3.4),
    ("02", 3.0),
    ("020", 3.0),
    ("021", 3.4),
    ("022", 3.2),
    ("023", 3.4),
    ("024", -0.3),
    ("025", -0.3),
    ("026", 4.0),
    ("027", 4.0),
    ("028", 4.0),
    ("03", 4.0),
    ("030", 4.0),
    ("031", 5.2),
    ("032", 4.5),
    ("033", 5.2),
    ("0334", 6.0),
    ("034", 7.0),
    ("035", 7.0),
    ("036", 4.0),
    ("037", 5.0),
    ("038", 7.0),
    ("039", 5.0),
    ("04", 1.0),
    ("040", 1.0),
    ("041", 1.0),
    ("042", 1.9),
    ("043", 2.8),
    ("044", 2.5),
    ("045", 5.0),
    ("046", 7.0),
    ("05", 3.5),
    ("050", 3.5),
    ("051", 3.4),
    ("052", 3.5),
    ("053", 3.8),
    ("054", 6.0),
    ("055", 7.0),
    ("056", 7.0),
    ("057", 8.0),
    ("06", 6.0),
    ("060", 6.0),
    ("061", 6.4),
    ("062", 7.4),
    ("063", 7.4),
    ("064", 7.0),
    ("07", 7.0),
    ("070", 7.0),
    ("071", 7.4),
    ("072", 8.3),
    ("073", 7.4),
    ("074", 8.5),
    ("075", 7.0),
    ("08", 5.0),
    ("080", 5.0),
    ("081", 5.0),
    ("082", 5.0),
    ("083", 5.0),
    ("084", 7.0),
    ("085", 7.0),
    ("086", 9.0),
    ("087", 9.0),
    ("0874", 10.0),
    ("09", -2.0),
    ("10", -5.0),
    ("11", -2.0),
    ("12", -4.0),
    ("125", -5.0),
    ("126", -5.0),
    ("127", -5.0),
    ("128", -5.0),
    ("129", -5.0),
    ("13", -6.0),
    ("130", -4.4),
    ("131", -5.8),
    ("132", -5.8),
    ("133", -5.8),
    ("134", -5.8),
    ("135", -5.8),
    ("136", -7.0),
    ("137", -7.0),
    ("138", -7.0),
    ("139", -7.0),
    ("14", -6.5),
    ("144", -7.5),
    ("145", -7.5),
    ("15", -7.2),
    ("16", -4.0),
    ("160", -4.0),
    ("161", -4.0),
    ("162", -5.6),
    ("163", -8.0),
    ("164", -7.0),
    ("165", -6.5),
    ("166", -7.0),
    ("17", -7.0),
    ("170", -7.0),
    ("171", -9.2),
    ("172", -5.0),
    ("173", -5.0),
    ("174", -5.0),
    ("175", -9.0),
    ("18", -9.0),
    ("182", -9.5),
    ("1821", -9.0),
    ("1822", -9.0),
    ("1823", -10.0),
    ("183", -10.0),
    ("184", -8.0),
    ("185", -8.0),
    ("186", -10.0),
    ("19", -10.0),
    ("191", -9.5),
    ("192", -9.5),
    ("196", -9.5),
    ("20", -10.0),
    ("201", -9.5),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_code() {
        let told = |code: &'static str| {
            let code = Code(code);
            (
                code.base().to_owned(),
                code.root().to_owned(),
                code.quad_class(),
                code.penta_class(),
                code.goldstein(),
            )
        };
        let row = |base: &str, root: &str, quad, penta, scale| {
            (base.to_owned(), root.to_owned(), quad, penta, Some(scale))
        };
        assert_eq!(told("0874"), row("087", "08", 2, 2, 10.0));
        assert_eq!(told("0872"), row("087", "08", 2, 2, 9.0));
        assert_eq!(told("020"), row("020", "02", 1, 0, 3.0));
        assert_eq!(told("112"), row("112", "11", 3, 3, -2.0));
        assert_eq!(told("190"), row("190", "19", 4, 4, -10.0));
        assert!(SCALE.is_sorted_by(|one, other| one.0 < other.0));
        assert_eq!(Code("999").goldstein(), None);
    }
}
