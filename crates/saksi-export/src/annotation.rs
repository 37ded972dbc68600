//! Web Annotation (W3C, JSON-LD): every mention, time, act and statement as an annotation on its words, on one page of annotations.
//!
//! The target of an annotation is the report: its address, or, of a report without one, a URN made of its text. A `TextPositionSelector` counts Unicode code points of the record's
//! text, which is the report's without remains of the page; a `TextQuoteSelector` finds the same words on the page itself, by the 32 characters
//! before and behind. Left out: what hangs together (who did it to whom) but as words for people; links other than to Wikidata; confidences.

use std::fmt::Write as _;

use saksi_record::{Entity, Event, Span, Statement, Time};
use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use crate::json::Object;
use crate::jsonl::item;
use crate::stix::NAMESPACE;
use crate::table::name_of;
use crate::writer::{Form, Settings};
use crate::{Error, Report};

/// Characters before and behind the words by which a page is searched.
const AROUND: u32 = 32;

/// Writes a page of annotations.
pub(crate) struct Page {
    settings: Settings,
    first: bool,
    /// Of what is on the page, for its identifier.
    digest: Xxh3,
}

impl Page {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            first: true,
            digest: Xxh3::new(),
        }
    }
}

impl Form for Page {
    fn open(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        into.extend_from_slice(
            b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[\n",
        );
        Ok(())
    }

    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        self.digest.update(&report.number().to_le_bytes());
        let annotations = Annotations {
            report,
            source: source(report),
            created: report.moment(self.settings.day),
        };
        let record = report.record;
        for entity in &record.entities {
            for (index, mention) in entity.mentions.iter().enumerate() {
                let part = format!("{}-{index}", entity.id);
                item(
                    into,
                    &mut self.first,
                    &annotations.mention(entity, mention.span, &part),
                )?;
            }
        }
        for time in &record.times {
            item(into, &mut self.first, &annotations.time(time))?;
        }
        for statement in &record.statements {
            item(into, &mut self.first, &annotations.statement(statement))?;
        }
        for event in &record.events {
            item(into, &mut self.first, &annotations.event(event))?;
        }
        Ok(())
    }

    fn close(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        let id = Uuid::new_v5(&NAMESPACE, &self.digest.digest128().to_le_bytes());
        into.extend_from_slice(format!("\n],\"id\":\"urn:uuid:{id}\"}}\n").as_bytes());
        Ok(())
    }
}

/// Makes the annotations of a report.
struct Annotations<'r, 'a> {
    report: &'r Report<'a>,
    source: String,
    created: Option<String>,
}

impl<'a> Annotations<'_, 'a> {
    fn mention(&self, entity: &'a Entity, span: Span, part: &str) -> Object<'a> {
        let wikidata = entity.links.get("wikidata");
        let mut bodies = vec![
            body("identifying", &entity.name),
            body("classifying", name_of(entity.kind).unwrap_or_default()),
        ];
        bodies.extend(wikidata.map(|id| {
            Object::new()
                .with("source", format!("http://www.wikidata.org/entity/{id}"))
                .with("purpose", "identifying")
        }));
        self.annotation(part, "identifying", bodies, span)
    }

    fn time(&self, time: &'a Time) -> Object<'a> {
        let mut bodies = vec![body("classifying", name_of(time.kind).unwrap_or_default())];
        bodies.extend(time.edtf.as_deref().map(|edtf| body("describing", edtf)));
        self.annotation(&time.id, "classifying", bodies, time.span)
    }

    fn statement(&self, statement: &'a Statement) -> Object<'a> {
        let source = self.report.source(statement).unwrap_or("someone unnamed");
        let quotation = name_of(statement.quotation).unwrap_or_default();
        let bodies = vec![
            body("classifying", name_of(statement.stance).unwrap_or_default()),
            body("describing", format!("said by {source}, {quotation}")),
        ];
        let span = statement.content.unwrap_or(statement.cue);
        self.annotation(&statement.id, "describing", bodies, span)
    }

    fn event(&self, event: &'a Event) -> Object<'a> {
        let names = |ids: &[String]| {
            let entities = self.report.entities(ids);
            let names: Vec<&str> = entities.iter().map(|one| one.name.as_str()).collect();
            names.join(", ")
        };
        let mut told = name_of(event.modality).unwrap_or_default();
        let mut tell = |label: &str, what: &str| {
            if !what.is_empty() {
                // A text can be written to.
                let _ = write!(told, "; {label}: {what}");
            }
        };
        tell("who", &names(&event.actors));
        tell("to whom", &names(&event.recipients));
        let objects = event.objects.iter().map(|one| self.report.words(one.span));
        tell("what", &objects.collect::<Vec<_>>().join(", "));
        let place = event.place.as_deref().and_then(|id| self.report.entity(id));
        tell("where", place.map_or("", |place| place.name.as_str()));
        tell("when", event.date.as_deref().unwrap_or_default());
        tell(
            "according to",
            &self.report.sources(event.statement.as_deref()).join(", "),
        );
        let bodies = vec![
            body("classifying", name_of(event.kind).unwrap_or_default()),
            body("describing", told),
        ];
        self.annotation(&event.id, "classifying", bodies, event.trigger)
    }

    fn annotation(
        &self,
        part: &str,
        motivation: &'static str,
        bodies: Vec<Object<'a>>,
        span: Span,
    ) -> Object<'a> {
        let name = format!("{:016x}\nannotation\n{part}", self.report.number());
        let id = Uuid::new_v5(&NAMESPACE, name.as_bytes());
        let before = Span(span.0.saturating_sub(AROUND), span.0);
        let length = self.report.length() as u32;
        let behind = Span(span.1, span.1.saturating_add(AROUND).min(length));
        let selectors = vec![
            Object::new()
                .with("type", "TextPositionSelector")
                .with("start", span.0)
                .with("end", span.1),
            Object::new()
                .with("type", "TextQuoteSelector")
                .with("exact", self.report.words(span))
                .with("prefix", self.report.words(before))
                .with("suffix", self.report.words(behind)),
        ];
        Object::new()
            .with("id", format!("urn:uuid:{id}"))
            .with("type", "Annotation")
            .with("motivation", motivation)
            .with("created", self.created.clone())
            .with("body", bodies)
            .with(
                "target",
                Object::new()
                    .with("source", self.source.clone())
                    .with("selector", selectors),
            )
    }
}

fn body<'a>(purpose: &'static str, value: impl Into<std::borrow::Cow<'a, str>>) -> Object<'a> {
    let value: std::borrow::Cow<'a, str> = value.into();
    Object::new()
        .with("type", "TextualBody")
        .with("purpose", purpose)
        .with("value", crate::json::Json::Text(value))
}

/// The report as an IRI: its address, the path of its file, or a URN.
fn source(report: &Report<'_>) -> String {
    let document = &report.record.document;
    let Some(uri) = &document.uri else {
        let id = Uuid::new_v5(&NAMESPACE, document.id.as_bytes());
        return format!("urn:uuid:{id}");
    };
    if uri.contains("://") {
        return uri.clone();
    }
    let mut path = String::new();
    for character in uri.chars() {
        if character.is_alphanumeric() || matches!(character, '/' | '.' | '-' | '_' | '~') {
            path.push(character);
        } else {
            for byte in character.to_string().bytes() {
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}
