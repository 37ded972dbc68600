//! PLOVER: an event a line, as the chapter "JSON data fields" of its manual says; several actors are a list.
//!
//! PLOVER lets a data set have fields of its own: `attribution` tells who says so, the outermost source first, `modality`, `parent` and
//! `confidence` are the record's, `link` is its `happening`. How real an act is stands among its contexts (`historical`, `future`, `hypothetical`, `negation`), too. Left out: acts of types
//! that PLOVER lacks ([`crate::plover_types`]), objects and instruments, the text of the report, which may not be ours to pass on.

use saksi_record::{Entity, Event, Statement};

use crate::countries::alpha_2;
use crate::days::days;
use crate::division::Division;
use crate::json::{Json, Object};
use crate::jsonl::line;
use crate::table::name_of;
use crate::writer::{Form, Settings};
use crate::{Error, Report, plover_types};

/// Writes lines.
pub(crate) struct Events {
    settings: Settings,
    left_out: u64,
}

impl Events {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            left_out: 0,
        }
    }
}

impl Form for Events {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        for event in &report.record.events {
            match self.event(report, event) {
                Some(event) => line(into, &event)?,
                None => self.left_out += 1,
            }
        }
        Ok(())
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}

impl Events {
    fn event<'a>(&self, report: &Report<'a>, event: &'a Event) -> Option<Object<'a>> {
        let act = plover_types::act(event)?;
        let covered = event.date.as_deref().map(days).unwrap_or_default();
        let actors = |ids: &[String]| -> Vec<Object<'a>> {
            (report.entities(ids).into_iter())
                .map(|entity| actor(report, entity, event))
                .collect()
        };
        let place = event.place.as_deref().and_then(|id| report.entity(id));
        let record = report.record;
        let document = &record.document;
        let generator = &record.generator;
        let sentence = record.sentences.get(event.sentence as usize);
        Some(
            Object::new()
                .with("id", id(report, event))
                .with("date", covered.first.map(|day| day.to_string()))
                .with(
                    "enddate",
                    (covered.last.filter(|_| covered.first != covered.last))
                        .map(|day| day.to_string()),
                )
                .with("actor", actors(&event.actors))
                .with("recipient", actors(&event.recipients))
                .with("event", vec![act.kind])
                .with(
                    "event_loc",
                    place.map(|place| location(report, place, event)),
                )
                .with("event_text", vec![report.words(event.trigger)])
                .with("quad_code", act.quadrant as u8)
                .with("mode", act.mode)
                .with("context", act.contexts)
                .with("link", named(report, &event.happening))
                .with(
                    "text_info",
                    Object::new()
                        .with("sequence", event.sentence)
                        .with("start", sentence.map(|span| span.0))
                        .with("end", sentence.map(|span| span.1)),
                )
                .with(
                    "cite_info",
                    Object::new()
                        .with("citation", &document.id)
                        .with("url", document.uri.as_deref())
                        .with("title", document.title.as_deref())
                        .with("language", &document.language)
                        .with("publication", document.outlet.as_deref())
                        .with("codebook", "plover-2.0"),
                )
                .with("coder", format!("{} {}", generator.name, generator.version))
                .with("coded_date", self.settings.day.map(|day| day.to_string()))
                .with(
                    "attribution",
                    (report.statements(event.statement.as_deref()).into_iter())
                        .rev()
                        .map(|statement| said(report, statement))
                        .collect::<Vec<Json<'_>>>(),
                )
                .with("modality", name_of(event.modality))
                .with(
                    "parent",
                    event.parent.as_deref().map(|parent| named(report, parent)),
                )
                .with("confidence", event.confidence),
        )
    }
}

/// What tells an event from those of other reports.
pub(crate) fn id(report: &Report<'_>, event: &Event) -> String {
    named(report, &event.id)
}

fn named(report: &Report<'_>, id: &str) -> String {
    format!("saksi-{:016x}-{id}", report.number())
}

fn actor<'a>(report: &Report<'a>, entity: &'a Entity, event: &Event) -> Object<'a> {
    let words = report.mention(entity, event).map(|span| report.words(span));
    let wikidata = entity.links.get("wikidata");
    Object::new()
        .with("code", entity.country.as_deref())
        .with("sector", entity.sector.as_deref())
        .with("entity_text", words)
        .with("identifier_id", wikidata.map(String::as_str))
        .with("identifier_text", &entity.name)
}

fn location<'a>(report: &Report<'a>, place: &'a Entity, event: &Event) -> Object<'a> {
    let words = report.mention(place, event).map(|span| report.words(span));
    let country = place.country.as_deref();
    Object::new()
        .with("extracted_place", words)
        .with("resolved_place", &place.name)
        .with(
            "geonameid",
            (place.links.get("geonames")).and_then(|id| id.parse::<i64>().ok()),
        )
        .with("lat", place.geo.map(|geo| geo.latitude))
        .with("lon", place.geo.map(|geo| geo.longitude))
        .with("country_code", country.and_then(alpha_2))
        .with("cc3", country)
        .with(
            "feature_code",
            Division::of(place).map(Division::feature_code),
        )
}

fn said<'a>(report: &Report<'a>, statement: &'a Statement) -> Json<'a> {
    Object::new()
        .with("source", report.source(statement))
        .with("stance", name_of(statement.stance))
        .with("quotation", name_of(statement.quotation))
        .into()
}
