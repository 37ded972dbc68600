//! `GeoJSON` (RFC 7946): where a report says that things happen.
//!
//! A feature for each event, at its place; without a place its geometry is `null`, so that no event is lost on the way to a map. A feature
//! for each place and state that the report names and whose position is known. Left out: spans, times that no event has, statements
//! without an event.

use std::collections::BTreeMap;

use saksi_record::{Entity, EntityType, Event, EventType, Modality, Record, Stance, Statement};
use serde::Serialize;

/// A feature: properties, and a point or nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feature {
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

/// The features of a record: its events in their order, then its places in theirs.
pub fn features(record: &Record) -> Vec<Feature> {
    let reader = Reader::new(record);
    let events = record.events.iter().map(|event| reader.event(event));
    let places = record
        .entities
        .iter()
        .filter_map(|entity| reader.place(entity));
    events.chain(places).collect()
}

struct Reader<'a> {
    record: &'a Record,
    /// The byte of each code point, and the text's length.
    bytes: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(record: &'a Record) -> Self {
        let text = &record.document.text;
        let bytes = text.char_indices().map(|(at, _)| at);
        Self {
            record,
            bytes: bytes.chain([text.len()]).collect(),
        }
    }

    fn words(&self, span: saksi_record::Span) -> &'a str {
        let byte = |at: u32| self.bytes.get(at as usize).copied();
        let words = byte(span.0).zip(byte(span.1));
        words
            .and_then(|(start, end)| self.record.document.text.get(start..end))
            .unwrap_or_default()
    }

    fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.record.entities.iter().find(|entity| entity.id == id)
    }

    fn statement(&self, id: &str) -> Option<&'a Statement> {
        self.record.statements.iter().find(|one| one.id == id)
    }

    fn names(&self, ids: &[String]) -> Vec<String> {
        let known = ids.iter().filter_map(|id| self.entity(id));
        known.map(|entity| entity.name.clone()).collect()
    }

    /// Who says what the statement `id` holds, the outermost first.
    fn sources(&self, id: Option<&str>) -> Vec<String> {
        let mut sources = Vec::new();
        let mut next = id.and_then(|id| self.statement(id));
        while let Some(statement) = next
            && sources.len() <= self.record.statements.len()
        {
            let named = statement.source.as_deref().and_then(|id| self.entity(id));
            let name = named.map(|entity| entity.name.clone());
            sources.extend(name.or_else(|| Some(self.words(statement.source_span?).to_owned())));
            next = statement
                .parent
                .as_deref()
                .and_then(|id| self.statement(id));
        }
        sources.reverse();
        sources
    }

    fn report(&self) -> String {
        let document = &self.record.document;
        document.uri.clone().unwrap_or_else(|| document.id.clone())
    }

    fn event(&self, event: &Event) -> Feature {
        let place = event.place.as_deref().and_then(|id| self.entity(id));
        let objects = event
            .objects
            .iter()
            .map(|object| self.words(object.span).to_owned());
        let statement = event.statement.as_deref().and_then(|id| self.statement(id));
        let sentence = self.record.sentences.get(event.sentence as usize);
        Feature {
            r#type: "Feature",
            geometry: place.and_then(point),
            properties: Properties::Event(Box::new(EventProperties {
                kind: "event",
                report: self.report(),
                event: event.id.clone(),
                r#type: event.kind,
                mode: event.mode.clone(),
                trigger: self.words(event.trigger).to_owned(),
                date: event.date.clone(),
                modality: event.modality,
                actors: self.names(&event.actors),
                recipients: self.names(&event.recipients),
                objects: objects.collect(),
                sources: self.sources(event.statement.as_deref()),
                stance: statement.map(|statement| statement.stance),
                sentence: sentence.map_or_else(String::new, |&span| self.words(span).to_owned()),
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
                report: self.report(),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// An act at a place that is known, told by a ministry that an agency quotes, and one without a place.
    const RECORD: &str = r#"{
        "schema": "saksi-record/1",
        "generator": {"name": "saksi", "version": "0", "packs": {}},
        "document": {"id": "sha256:0", "uri": "a.txt", "title": null, "outlet": null, "byline": null, "published": null,
            "published_from": null, "retrieved": null, "language": "en", "text": "Tentara “uji” di Kota Contoh."},
        "sentences": [[0, 29]],
        "entities": [
            {"id": "e1", "type": "group", "name": "Tentara", "country": null, "sector": "MIL", "links": {}, "geo": null, "mentions": []},
            {"id": "e2", "type": "place", "name": "Kota Contoh", "country": "IDN", "sector": null, "links": {"geonames": "7"},
                "geo": {"latitude": -6.5, "longitude": 107.25}, "link_confidence": 0.75, "mentions": [{"span": [17, 28], "kind": "name"}]}
        ],
        "times": [],
        "statements": [
            {"id": "s1", "source": "e1", "source_span": [0, 7], "cue": [8, 9], "content": null, "quotation": "indirect", "stance": "assert",
                "time": null, "parent": null, "rule": "r", "confidence": 1.0},
            {"id": "s2", "source": null, "source_span": [17, 21], "cue": [8, 9], "content": null, "quotation": "indirect", "stance": "deny",
                "time": null, "parent": "s1", "rule": "r", "confidence": 1.0}
        ],
        "events": [
            {"id": "v1", "type": "TEST", "mode": null, "contexts": [], "cameo": null, "trigger": [9, 12], "sentence": 0, "actors": ["e1"],
                "recipients": [], "objects": [], "instrument": null, "place": "e2", "time": null, "date": null, "date_from": null,
                "modality": "actual", "statement": "s2", "happening": "h1", "rule": "r", "confidence": 0.9},
            {"id": "v2", "type": "AID", "mode": null, "contexts": [], "cameo": null, "trigger": [9, 12], "sentence": 0, "actors": [],
                "recipients": [], "objects": [], "instrument": null, "place": null, "time": null, "date": null, "date_from": null,
                "modality": "future", "statement": null, "happening": "h2", "rule": "r", "confidence": 0.5}
        ]
    }"#;

    #[test]
    fn every_event_is_a_feature_and_every_place_that_is_known() {
        let record: Record = serde_json::from_str(RECORD).unwrap();
        let collection =
            serde_json::json!({"type": "FeatureCollection", "features": features(&record)});
        // Read back as others read it.
        let read: geojson::FeatureCollection = collection.to_string().parse().unwrap();
        let points: Vec<Option<Vec<f64>>> = (read.features.iter())
            .map(|feature| match &feature.geometry.as_ref()?.value {
                geojson::GeometryValue::Point { coordinates } => {
                    Some(coordinates.as_slice().to_vec())
                }
                _ => None,
            })
            .collect();
        let at = Some(vec![107.25, -6.5]);
        assert_eq!(points, [at.clone(), None, at]);
        let told =
            |feature: usize, key: &str| read.features[feature].property(key).cloned().unwrap();
        assert_eq!(told(0, "trigger"), "uji");
        assert_eq!(told(0, "sources"), serde_json::json!(["Tentara", "Kota"]));
        assert_eq!(told(0, "stance"), "deny");
        assert_eq!(told(0, "place")["confidence"], 0.75);
        assert_eq!(told(1, "modality"), "future");
        assert_eq!(told(2, "links")["geonames"], "7");
    }
}
