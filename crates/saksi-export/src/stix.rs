//! STIX 2.1: one bundle.
//!
//! | of the record | object |
//! | --- | --- |
//! | the report | `report`, which refers to all others of it |
//! | a person, state, organisation, group | `identity` |
//! | a place, state or facility whose country or position is known | `location` |
//! | an event | `incident`; who takes part is `related-to` it, where it is `located-at` |
//! | a statement | `note`, its source the author |
//! | what a statement's source makes of the events in it | `opinion`: `assert` agrees strongly, `allege` and `estimate` agree, `deny` disagrees strongly; others give none |
//!
//! STIX has no fields for spans, types of acts, dates of acts and modality: they are in an extension of ours, whose definition is in the bundle.
//! Identifiers (UUID version 5) are made of the report's address, its text and the record's identifiers, so that the same record gives the same
//! objects; the same person in two reports is two identities with one external reference. Left out: objects and instruments, weapons, exercises, documents, expressions of time but as dates of acts, mentions but the first.

use jiff::civil::Date;
use saksi_record::{Entity, EntityType, Event, Record, Span, Stance, Statement};
use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use crate::countries::alpha_2;
use crate::json::{Json, Object};
use crate::jsonl::item;
use crate::table::name_of;
use crate::writer::{Form, Settings};
use crate::{Error, Format, Report};

/// What all identifiers of ours are made in; drawn once.
pub(crate) const NAMESPACE: Uuid = Uuid::from_u128(0x6a1d_5f0e_93b4_4c57_8e21_b07c_d4a9_3f68);

/// The extension: its definition's identifier, and when it was defined.
const EXTENSION: &str = "extension-definition--0f4a3c1e-5d0b-4b7c-9c55-7a1f2e8d6b90";
const DEFINED: &str = "2026-11-26T00:00:00.000Z";

/// Writes a bundle.
pub(crate) struct Bundle {
    day: Option<Date>,
    /// Of what is in the bundle, for its identifier.
    digest: Xxh3,
}

impl Bundle {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            day: settings.day,
            digest: Xxh3::new(),
        }
    }
}

impl Form for Bundle {
    fn open(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        into.extend_from_slice(b"{\"type\":\"bundle\",\"objects\":[\n");
        let saksi = Object::new()
            .with("type", "identity")
            .with("spec_version", "2.1")
            .with("id", saksi_id())
            .with("created", DEFINED)
            .with("modified", DEFINED)
            .with("name", "saksi")
            .with("identity_class", "system");
        let extension = Object::new()
            .with("type", "extension-definition")
            .with("spec_version", "2.1")
            .with("id", EXTENSION)
            .with("created_by_ref", saksi_id())
            .with("created", DEFINED)
            .with("modified", DEFINED)
            .with("name", "saksi record")
            .with(
                "description",
                "What a report says of acts and statements, and where: spans are [start, end) in Unicode code points of the report's text.",
            )
            .with("schema", "saksi-record/1; `saksi schema` prints its JSON Schema")
            .with("version", "1.0.0")
            .with("extension_types", vec!["property-extension"]);
        item(into, &mut true, &saksi)?;
        item(into, &mut false, &extension)
    }

    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        let moment = report.moment(self.day).ok_or_else(|| Error::NoDate {
            format: Format::Stix,
            report: report.reference().to_owned(),
        })?;
        // The specification asks for thousandths.
        let moment = moment.replace('Z', ".000Z");
        self.digest.update(&report.number().to_le_bytes());
        let objects = Objects {
            report,
            moment: &moment,
        };
        for object in objects.all() {
            item(into, &mut false, &object)?;
        }
        Ok(())
    }

    fn close(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        let id = Uuid::new_v5(&NAMESPACE, &self.digest.digest128().to_le_bytes());
        into.extend_from_slice(format!("\n],\"id\":\"bundle--{id}\"}}\n").as_bytes());
        Ok(())
    }
}

fn saksi_id() -> String {
    format!("identity--{}", Uuid::new_v5(&NAMESPACE, b"saksi"))
}

/// Makes the objects of a report.
struct Objects<'r, 'a> {
    report: &'r Report<'a>,
    moment: &'r str,
}

impl<'a> Objects<'_, 'a> {
    fn record(&self) -> &'a Record {
        self.report.record
    }

    /// All objects, the report last.
    fn all(&self) -> Vec<Object<'a>> {
        let mut objects = Vec::new();
        let mut ids = Vec::new();
        let mut add = |(id, object): (String, Object<'a>)| {
            ids.push(id);
            objects.push(object);
        };
        for entity in &self.record().entities {
            self.identity(entity).map(&mut add);
            self.location(entity).map(&mut add);
        }
        for event in &self.record().events {
            add(self.incident(event));
            for relationship in self.relationships(event) {
                add(relationship);
            }
        }
        for statement in &self.record().statements {
            self.note(statement).map(&mut add);
            self.opinion(statement).map(&mut add);
        }
        let report = self.report(ids);
        objects.push(report);
        objects
    }

    fn id(&self, kind: &str, part: &str) -> String {
        let name = format!("{:016x}\n{kind}\n{part}", self.report.number());
        format!("{kind}--{}", Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }

    /// An object with what all of them have.
    fn object(&self, kind: &'static str, part: &str) -> (String, Object<'a>) {
        let id = self.id(kind, part);
        let object = Object::new()
            .with("type", kind)
            .with("spec_version", "2.1")
            .with("id", id.clone())
            .with("created_by_ref", saksi_id())
            .with("created", self.moment.to_owned())
            .with("modified", self.moment.to_owned());
        (id, object)
    }

    fn report(&self, refs: Vec<String>) -> Object<'a> {
        let document = &self.record().document;
        let (_, object) = self.object("report", "report");
        let refs = if refs.is_empty() {
            vec![saksi_id()]
        } else {
            refs
        };
        let published = self.report.published();
        let mut references = Vec::new();
        let web = |uri: &&String| uri.contains("://");
        let source = document.outlet.as_deref().unwrap_or("report");
        let uri = document.uri.as_ref();
        references.push(
            Object::new()
                .with("source_name", source)
                .with("url", uri.filter(web).map(String::as_str))
                .with("external_id", &document.id),
        );
        object
            .with(
                "name",
                document.title.as_deref().unwrap_or(self.report.reference()),
            )
            .with("report_types", vec!["news-report"])
            .with(
                "published",
                published.map_or_else(
                    || self.moment.to_owned(),
                    |day| format!("{day}T00:00:00.000Z"),
                ),
            )
            .with("object_refs", refs)
            .with("lang", &document.language)
            .with("external_references", references)
    }

    fn identity(&self, entity: &'a Entity) -> Option<(String, Object<'a>)> {
        let class = match entity.kind {
            EntityType::Person => "individual",
            EntityType::State | EntityType::Organization => "organization",
            EntityType::Group => "group",
            _ => return None,
        };
        let (id, object) = self.object("identity", &entity.id);
        let object = object
            .with("name", &entity.name)
            .with("identity_class", class)
            .with("external_references", references(entity))
            .with(
                "extensions",
                self.extension(
                    Object::new()
                        .with("kind", name_of(entity.kind))
                        .with("sector", entity.sector.as_deref()),
                    entity.mentions.first().map(|mention| mention.span),
                ),
            );
        Some((id, object))
    }

    fn location(&self, entity: &'a Entity) -> Option<(String, Object<'a>)> {
        let country = entity.country.as_deref().and_then(alpha_2);
        let wanted = matches!(
            entity.kind,
            EntityType::Place | EntityType::State | EntityType::Facility
        );
        let geo =
            (entity.geo).filter(|geo| geo.latitude.abs() <= 90.0 && geo.longitude.abs() <= 180.0);
        if !wanted || (country.is_none() && geo.is_none()) {
            return None;
        }
        let (id, object) = self.object("location", &entity.id);
        let object = object
            .with("name", &entity.name)
            .with("latitude", geo.map(|geo| geo.latitude))
            .with("longitude", geo.map(|geo| geo.longitude))
            .with("country", country)
            .with("external_references", references(entity));
        Some((id, object))
    }

    fn incident(&self, event: &'a Event) -> (String, Object<'a>) {
        let (id, object) = self.object("incident", &event.id);
        let kind = name_of(event.kind).unwrap_or_default();
        let object = object
            .with(
                "name",
                format!("{kind}: {}", self.report.words(event.trigger)),
            )
            .with("description", self.report.sentence(event))
            .with("confidence", percent(event.confidence))
            .with("lang", &self.record().document.language)
            .with(
                "extensions",
                self.extension(
                    Object::new()
                        .with("kind", kind)
                        .with("mode", event.mode.as_deref())
                        .with("contexts", event.contexts.iter().collect::<Vec<_>>())
                        .with("modality", name_of(event.modality))
                        .with("date", event.date.as_deref())
                        .with("happening", &event.happening)
                        .with(
                            "parent",
                            event.parent.as_deref().map(|id| self.id("incident", id)),
                        )
                        .with("cameo", event.cameo.as_deref())
                        .with("rule", &event.rule)
                        .with("confidence", event.confidence),
                    Some(event.trigger),
                ),
            );
        (id, object)
    }

    /// Who takes part in an event, and where it is.
    fn relationships(&self, event: &'a Event) -> Vec<(String, Object<'a>)> {
        let incident = self.id("incident", &event.id);
        let mut relationships = Vec::new();
        let parties = [("actor", &event.actors), ("recipient", &event.recipients)];
        for (role, ids) in parties {
            for entity in self.report.entities(ids) {
                if self.identity(entity).is_none() {
                    continue;
                }
                let part = format!("{}\n{role}\n{}", event.id, entity.id);
                let (id, object) = self.object("relationship", &part);
                let object = object
                    .with("relationship_type", "related-to")
                    .with("description", role)
                    .with("source_ref", self.id("identity", &entity.id))
                    .with("target_ref", incident.clone());
                relationships.push((id, object));
            }
        }
        let place = (event.place.as_deref())
            .and_then(|id| self.report.entity(id))
            .filter(|place| self.location(place).is_some());
        if let Some(place) = place {
            let (id, object) = self.object("relationship", &format!("{}\nplace", event.id));
            let object = object
                .with("relationship_type", "located-at")
                .with("source_ref", incident)
                .with("target_ref", self.id("location", &place.id));
            relationships.push((id, object));
        }
        relationships
    }

    fn note(&self, statement: &'a Statement) -> Option<(String, Object<'a>)> {
        let content = statement.content?;
        let mut about: Vec<String> = self.told(statement);
        let source = statement
            .source
            .as_deref()
            .and_then(|id| self.report.entity(id));
        if let Some(source) = source
            && let Some((id, _)) = self.identity(source)
        {
            about.push(id);
        }
        if about.is_empty() {
            about.push(self.id("report", "report"));
        }
        let (id, object) = self.object("note", &statement.id);
        let object = object
            .with("abstract", self.report.words(statement.cue))
            .with("content", self.report.words(content))
            .with("authors", self.authors(statement))
            .with("object_refs", about)
            .with("confidence", percent(statement.confidence))
            .with("lang", &self.record().document.language)
            .with(
                "extensions",
                self.extension(
                    Object::new()
                        .with("stance", name_of(statement.stance))
                        .with("quotation", name_of(statement.quotation))
                        .with("rule", &statement.rule)
                        .with("confidence", statement.confidence),
                    Some(content),
                ),
            );
        Some((id, object))
    }

    fn opinion(&self, statement: &'a Statement) -> Option<(String, Object<'a>)> {
        let opinion = match statement.stance {
            Stance::Assert => "strongly-agree",
            Stance::Allege | Stance::Estimate => "agree",
            Stance::Deny => "strongly-disagree",
            Stance::Predict | Stance::Intend | Stance::Ask => return None,
        };
        let told = self.told(statement);
        if told.is_empty() {
            return None;
        }
        let (id, object) = self.object("opinion", &statement.id);
        let object = object
            .with("opinion", opinion)
            .with(
                "explanation",
                statement.content.map(|span| self.report.words(span)),
            )
            .with("authors", self.authors(statement))
            .with("object_refs", told)
            .with("confidence", percent(statement.confidence));
        Some((id, object))
    }

    fn authors(&self, statement: &'a Statement) -> Vec<&'a str> {
        self.report.source(statement).into_iter().collect()
    }

    /// The incidents that a statement tells of.
    fn told(&self, statement: &Statement) -> Vec<String> {
        let events = self.record().events.iter();
        events
            .filter(|event| event.statement.as_ref() == Some(&statement.id))
            .map(|event| self.id("incident", &event.id))
            .collect()
    }

    fn extension(&self, properties: Object<'a>, span: Option<Span>) -> Object<'a> {
        let properties = properties
            .with("words", span.map(|span| self.report.words(span)))
            .with(
                "span",
                span.map(|span| vec![Json::from(span.0), Json::from(span.1)]),
            )
            .with("extension_type", "property-extension");
        Object::new().with(EXTENSION, properties)
    }
}

/// Identifiers elsewhere.
fn references(entity: &Entity) -> Vec<Object<'_>> {
    (entity.links.iter())
        .map(|(scheme, id)| {
            let url = match scheme.as_str() {
                "wikidata" => Some(format!("https://www.wikidata.org/wiki/{id}")),
                "geonames" => Some(format!("https://www.geonames.org/{id}")),
                _ => None,
            };
            Object::new()
                .with("source_name", scheme)
                .with("url", url)
                .with("external_id", id)
        })
        .collect()
}

fn percent(confidence: f64) -> i64 {
    (confidence * 100.0).round().clamp(0.0, 100.0) as i64
}
