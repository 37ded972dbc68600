//! `GeoJSON` (RFC 7946): where a report says that things happen.
//!
//! A feature for each event, at its place; without a place its geometry is `null`, so that no event is lost on the way to a map. A feature
//! for each place and state that the report names and whose position is known. Left out: spans, times that no event has, statements
//! without an event.

use std::collections::BTreeMap;

use saksi_record::{Entity, EntityType, Event, EventType, Modality, Stance};
use serde::Serialize;

use crate::writer::Form;
use crate::{Error, Report};

/// A feature: properties, and a point or nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Feature {
    r#type: &'static str,
    geometry: Option<Point>,
    properties: Properties,
}

/// A point: degrees east, then north.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Properties {
    Event(Box<EventProperties>),
    Place(Box<PlaceProperties>),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct EventProperties {
    kind: &'static str,
    report: String,
    event: String,
    /// The event that it is told inside, as what is asked for in it.
    parent: Option<String>,
    r#type: EventType,
    mode: Option<String>,
    trigger: String,
    date: Option<String>,
    modality: Modality,
    actors: Vec<String>,
    recipients: Vec<String>,
    objects: Vec<String>,
    /// Who says so, the outermost first; empty in the report's own voice.
    sources: Vec<String>,
    /// What the innermost of them does with it.
    stance: Option<Stance>,
    sentence: String,
    confidence: f64,
    place: Option<PlaceNamed>,
}

/// How a feature's point was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct PlaceNamed {
    name: String,
    country: Option<String>,
    class: Option<String>,
    confidence: Option<f32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct PlaceProperties {
    kind: &'static str,
    report: String,
    entity: String,
    #[serde(flatten)]
    named: PlaceNamed,
    r#type: EntityType,
    links: BTreeMap<String, String>,
    mentions: usize,
}

/// Writes one document.
#[derive(Debug, Default)]
pub(crate) struct Map {
    begun: bool,
}

impl Form for Map {
    fn open(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        into.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[");
        Ok(())
    }

    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        for feature in features(report) {
            into.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
            serde_json::to_writer(&mut *into, &feature)?;
            self.begun = true;
        }
        Ok(())
    }

    fn close(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        into.extend_from_slice(if self.begun { b"\n]}\n" } else { b"]}\n" });
        Ok(())
    }
}

/// The features of a record: its events in their order, then its places in theirs.
fn features(report: &Report<'_>) -> Vec<Feature> {
    let features = Features(report);
    let record = report.record;
    let events = record.events.iter().map(|one| features.event(one));
    let places = record.entities.iter().filter_map(|one| features.place(one));
    events.chain(places).collect()
}

struct Features<'r, 'a>(&'r Report<'a>);

impl Features<'_, '_> {
    fn names(&self, ids: &[String]) -> Vec<String> {
        let known = self.0.entities(ids).into_iter();
        known.map(|entity| entity.name.clone()).collect()
    }

    fn event(&self, event: &Event) -> Feature {
        let place = event.place.as_deref().and_then(|id| self.0.entity(id));
        let objects = event
            .objects
            .iter()
            .map(|object| self.0.words(object.span).to_owned());
        let chain = self.0.statements(event.statement.as_deref());
        let sources = self.0.sources(event.statement.as_deref());
        Feature {
            r#type: "Feature",
            geometry: place.and_then(point),
            properties: Properties::Event(Box::new(EventProperties {
                kind: "event",
                report: self.0.reference().to_owned(),
                event: event.id.clone(),
                parent: event.parent.clone(),
                r#type: event.kind,
                mode: event.mode.clone(),
                trigger: self.0.words(event.trigger).to_owned(),
                date: event.date.clone(),
                modality: event.modality,
                actors: self.names(&event.actors),
                recipients: self.names(&event.recipients),
                objects: objects.collect(),
                sources: sources.into_iter().map(str::to_owned).collect(),
                stance: chain.first().map(|statement| statement.stance),
                sentence: self.0.sentence(event).unwrap_or_default().to_owned(),
                confidence: event.confidence,
                place: place.map(named),
            })),
        }
    }

    fn place(&self, entity: &Entity) -> Option<Feature> {
        let wanted = matches!(
            entity.kind,
            EntityType::Place | EntityType::State | EntityType::Facility
        );
        // "Boston Red Sox" puts no Boston on the map.
        let spoken_of = (entity.mentions.iter()).filter(|mention| mention.within.is_none());
        let mentions = spoken_of.count();
        let geometry = point(entity).filter(|_| wanted && mentions > 0)?;
        Some(Feature {
            r#type: "Feature",
            geometry: Some(geometry),
            properties: Properties::Place(Box::new(PlaceProperties {
                kind: "place",
                report: self.0.reference().to_owned(),
                entity: entity.id.clone(),
                named: named(entity),
                r#type: entity.kind,
                links: entity.links.clone(),
                mentions,
            })),
        })
    }
}

fn point(entity: &Entity) -> Option<Point> {
    entity.geo.map(|geo| Point {
        r#type: "Point",
        coordinates: [geo.longitude, geo.latitude],
    })
}

fn named(entity: &Entity) -> PlaceNamed {
    PlaceNamed {
        name: entity.name.clone(),
        country: entity.country.clone(),
        class: entity.class.clone(),
        confidence: entity.link_confidence,
    }
}
