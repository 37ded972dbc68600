//! POLECAT: a row of 40 columns for each pair of an act's actors and recipients, parted by tabs, under a row of headings; `None` is what is not known.
//!
//! Several values in a field are parted by `;`. How real an act is stands among its contexts, as in PLOVER. An act whose day is not known
//! has the day of publication as its date, as POLECAT does; what is told as past, planned, possible or not done has none then. Left out: who says so, objects and instruments, spans; acts
//! that are denied, or of types that PLOVER lacks ([`crate::plover_types`]). Never filled: intensity, titles, Wikipedia identifiers; of where a place lies, its country alone.

use std::borrow::Cow;

use saksi_record::{Entity, EntityType, Event};

use crate::cameo::{Pair, pairs};
use crate::countries::correlates_of_war;
use crate::division::Division;
use crate::plover_types::Act;
use crate::writer::Form;
use crate::{Error, Report, gdelt, plover, plover_types, tsv};

/// The columns.
pub(crate) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Writes rows.
#[derive(Default)]
pub(crate) struct Rows {
    left_out: u64,
}

impl Form for Rows {
    fn open(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        tsv::row(into, COLUMNS.map(Cow::from));
        Ok(())
    }

    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        let story = Story::new(report);
        for event in &report.record.events {
            // The table has no column for who says so: what is denied would stand there as done.
            let act = plover_types::act(event).filter(|_| !report.is_denied(event));
            let Some(act) = act else {
                self.left_out += 1;
                continue;
            };
            for (index, pair) in pairs(report, event).into_iter().enumerate() {
                let fields = fields(report, event, &act, pair, index, &story);
                let known = |field: Cow<'static, str>| {
                    if field.is_empty() {
                        "None".into()
                    } else {
                        field
                    }
                };
                tsv::row(into, fields.into_iter().map(known));
            }
        }
        Ok(())
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}

/// What a report speaks of, by kind.
struct Story {
    people: String,
    organizations: String,
    locations: String,
}

impl Story {
    fn new(report: &Report<'_>) -> Self {
        let names = |wanted: &[EntityType]| {
            let entities = report.record.entities.iter();
            let names: Vec<&str> = entities
                .filter(|entity| wanted.contains(&entity.kind))
                .map(|entity| entity.name.as_str())
                .collect();
            names.join(";")
        };
        Self {
            people: names(&[EntityType::Person]),
            organizations: names(&[EntityType::Organization, EntityType::Group]),
            locations: names(&[EntityType::Place, EntityType::State, EntityType::Facility]),
        }
    }
}

fn fields(
    report: &Report<'_>,
    event: &Event,
    act: &Act,
    pair: Pair<'_>,
    index: usize,
    story: &Story,
) -> Vec<Cow<'static, str>> {
    let document = &report.record.document;
    let owned = |text: Option<&str>| Cow::Owned(text.unwrap_or_default().to_owned());
    let id = plover::id(report, event);
    let mut fields: Vec<Cow<'static, str>> = vec![
        if index == 0 {
            id.into()
        } else {
            format!("{id}-{}", index + 1).into()
        },
        tsv::number(gdelt::day(report, event)),
        act.kind.clone().into(),
        owned(act.mode.as_deref()),
        Cow::default(),
        act.quadrant.name().into(),
        act.contexts.join(";").into(),
    ];
    for party in [pair.actor, pair.recipient] {
        let country = party.and_then(|party| party.country.as_deref());
        let sector = party.and_then(|party| party.sector.as_deref());
        fields.extend([
            owned(party.map(|party| party.name.as_str())),
            owned(country),
            tsv::number(country.and_then(correlates_of_war)),
            owned(sector),
            owned(sector),
            Cow::default(),
            owned(words(report, party, event)),
            Cow::default(),
        ]);
    }
    let place = event.place.as_deref().and_then(|id| report.entity(id));
    let name = place.map(|place| place.name.as_str());
    let division = place.and_then(Division::of);
    let is_city = matches!(division, Some(Division::Town | Division::Capital));
    let is_in = |wanted: Division| division == Some(wanted);
    let geo = place.and_then(|place| place.geo);
    let link = |scheme: &str| place.and_then(|place| place.links.get(scheme)).cloned();
    fields.extend([
        owned(name),
        owned(name.filter(|_| is_city)),
        owned(name.filter(|_| is_in(Division::Second))),
        owned(name.filter(|_| is_in(Division::First))),
        owned(place.and_then(|place| place.country.as_deref())),
        tsv::number(geo.map(|geo| geo.latitude)),
        tsv::number(geo.map(|geo| geo.longitude)),
        link("geonames").unwrap_or_default().into(),
        owned(words(report, place, event)),
        owned(division.map(Division::feature_code)),
        owned(document.outlet.as_deref()),
        tsv::number(report.published()),
        story.people.clone().into(),
        story.organizations.clone().into(),
        story.locations.clone().into(),
        document.language.clone().into(),
        format!("saksi {}", report.record.generator.version).into(),
    ]);
    fields
}

/// The words by which an event's sentence speaks of an entity.
fn words<'a>(report: &Report<'a>, entity: Option<&Entity>, event: &Event) -> Option<&'a str> {
    let span = report.mention(entity?, event)?;
    Some(report.words(span))
}
