//! FollowTheMoney: entities, one a line, as Aleph and OpenSanctions load them.
//!
//! | of the record | schema |
//! | --- | --- |
//! | the report | `Article` |
//! | a person | `Person` |
//! | a state, an organisation of a government | `PublicBody` |
//! | another organisation, a group | `Organization` |
//! | a place, a facility | `Address` |
//! | an event | `Event`: who takes part is `involved`, the report its `proof`; who says so stands in `summary` |
//! | a statement | `Note` on its source: the cue and stance are its `summary`, what is said its `description` |
//! | who is spoken of in the report | `Mention` |
//!
//! Identifiers hold for one report: the same person in two reports is two entities with one `wikidataId`, to be merged by whoever knows that they are the
//! same. Left out: weapons, exercises and documents but as words of an event; spans; confidences; how many. What is planned, possible or did
//! not happen is an `Event` whose `summary` says so.

use saksi_record::{Entity, EntityType, Event, Modality, Statement};

use crate::countries::alpha_2;
use crate::days::days;
use crate::json::Object;
use crate::jsonl::line;
use crate::table::name_of;
use crate::writer::Form;
use crate::{Error, Report};

/// Writes lines.
pub(crate) struct Entities;

impl Form for Entities {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        let key = format!("saksi-{:016x}", report.number());
        line(into, &article(report, &key))?;
        for entity in &report.record.entities {
            let Some(schema) = schema(entity) else {
                continue;
            };
            line(into, &self::entity(report, entity, schema, &key))?;
            // Only who can act may be what a mention resolves to.
            if schema != ADDRESS && !entity.mentions.is_empty() {
                line(into, &mention(entity, schema, &key))?;
            }
        }
        for event in &report.record.events {
            line(into, &self::event(report, event, &key))?;
        }
        for statement in &report.record.statements {
            if let Some(note) = note(report, statement, &key) {
                line(into, &note)?;
            }
        }
        Ok(())
    }
}

const ADDRESS: &str = "Address";

fn schema(entity: &Entity) -> Option<&'static str> {
    Some(match entity.kind {
        EntityType::Person => "Person",
        EntityType::State => "PublicBody",
        EntityType::Organization if entity.sector.as_deref() == Some("GOV") => "PublicBody",
        EntityType::Organization | EntityType::Group => "Organization",
        EntityType::Place | EntityType::Facility => ADDRESS,
        EntityType::Weapon | EntityType::Exercise | EntityType::Document => return None,
    })
}

/// An entity: its properties are lists of texts.
fn proxy<'a>(id: String, schema: &'static str, properties: Object<'a>) -> Object<'a> {
    Object::new()
        .with("id", id)
        .with("schema", schema)
        .with("properties", properties)
}

fn one(text: Option<impl Into<String>>) -> Vec<String> {
    text.map(Into::into).into_iter().collect()
}

fn article<'a>(report: &Report<'a>, key: &str) -> Object<'a> {
    let document = &report.record.document;
    let web = |uri: &&String| uri.starts_with("http://") || uri.starts_with("https://");
    let uri = document.uri.as_ref();
    let file = uri.and_then(|uri| uri.rsplit('/').find(|part| !part.is_empty()));
    let retrieved = document.retrieved.as_ref();
    proxy(
        key.to_owned(),
        "Article",
        Object::new()
            .with("title", one(document.title.as_ref()))
            .with("fileName", one(file.or(Some(&document.id))))
            .with("author", one(document.byline.as_ref()))
            .with("publisher", one(document.outlet.as_ref()))
            .with("publishedAt", one(document.published.as_ref()))
            .with("retrievedAt", one(retrieved))
            .with("language", one(alpha_3(&document.language)))
            .with("sourceUrl", one(uri.filter(web)))
            .with("bodyText", one(Some(&document.text))),
    )
}

/// ISO 639-2 of the languages that are read, as the format wants it.
fn alpha_3(language: &str) -> Option<&'static str> {
    match language {
        "en" => Some("eng"),
        "id" => Some("ind"),
        _ => None,
    }
}

fn id(key: &str, part: &str) -> String {
    format!("{key}-{part}")
}

fn entity<'a>(
    report: &Report<'a>,
    entity: &'a Entity,
    schema: &'static str,
    key: &str,
) -> Object<'a> {
    let mut aliases: Vec<String> = Vec::new();
    for mention in &entity.mentions {
        let words = report.words(mention.span);
        let is_name = mention.kind == saksi_record::MentionKind::Name;
        if is_name && words != entity.name && !aliases.iter().any(|known| known == words) {
            aliases.push(words.to_owned());
        }
    }
    let country = entity.country.as_deref().and_then(alpha_2);
    let number = |number: f64| number.to_string();
    let name = if schema == ADDRESS { "full" } else { "name" };
    let wikidata = entity.links.get("wikidata");
    proxy(
        id(key, &entity.id),
        schema,
        Object::new()
            .with(name, one(Some(&entity.name)))
            .with("alias", aliases)
            .with("country", one(country.map(str::to_lowercase)))
            .with("wikidataId", one(wikidata))
            .with(
                "latitude",
                one(entity
                    .geo
                    .filter(|_| schema == ADDRESS)
                    .map(|geo| number(geo.latitude))),
            )
            .with(
                "longitude",
                one(entity
                    .geo
                    .filter(|_| schema == ADDRESS)
                    .map(|geo| number(geo.longitude))),
            )
            .with("proof", vec![key.to_owned()]),
    )
}

fn mention<'a>(entity: &'a Entity, schema: &'static str, key: &str) -> Object<'a> {
    let country = entity.country.as_deref().and_then(alpha_2);
    proxy(
        id(key, &format!("{}-mention", entity.id)),
        "Mention",
        Object::new()
            .with("document", vec![key.to_owned()])
            .with("resolved", vec![id(key, &entity.id)])
            .with("name", one(Some(&entity.name)))
            .with("detectedSchema", vec![schema])
            .with("contextCountry", one(country.map(str::to_lowercase))),
    )
}

fn event<'a>(report: &Report<'a>, event: &'a Event, key: &str) -> Object<'a> {
    let parties = event.actors.iter().chain(&event.recipients);
    let mut involved: Vec<String> = Vec::new();
    for party in parties.filter_map(|id| report.entity(id)) {
        let party_id = id(key, &party.id);
        let acts = schema(party).is_some_and(|schema| schema != ADDRESS);
        if acts && !involved.contains(&party_id) {
            involved.push(party_id);
        }
    }
    let place = event.place.as_deref().and_then(|id| report.entity(id));
    let country = place.and_then(|place| alpha_2(place.country.as_deref()?));
    let covered = event.date.as_deref().map(days).unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| one(day.map(|day| day.to_string()));
    let same = covered.first == covered.last;
    let kind = [name_of(event.kind), event.mode.clone()];
    let kind: Vec<String> = kind.into_iter().flatten().collect();
    proxy(
        id(key, &event.id),
        "Event",
        Object::new()
            .with(
                "name",
                vec![format!(
                    "{}: {}",
                    kind.join(" "),
                    report.words(event.trigger)
                )],
            )
            .with("summary", one(told(report, event)))
            .with("description", one(report.sentence(event)))
            .with("date", day(covered.first.filter(|_| same)))
            .with("startDate", day(covered.first.filter(|_| !same)))
            .with("endDate", day(covered.last.filter(|_| !same)))
            .with("location", one(place.map(|place| place.name.as_str())))
            .with("country", one(country.map(str::to_lowercase)))
            .with("involved", involved)
            .with("recordId", one(Some(id(key, &event.happening))))
            .with("proof", vec![key.to_owned()]),
    )
}

/// How real an act is, and who says so with what stance: `negated; according to A (assert), B (deny)`.
fn told(report: &Report<'_>, event: &Event) -> Option<String> {
    let mut parts = Vec::new();
    if event.modality != Modality::Actual {
        parts.extend(name_of(event.modality));
    }
    let chain = report.statements(event.statement.as_deref());
    let sources: Vec<String> = (chain.into_iter().rev())
        .filter_map(|statement| {
            let source = report.source(statement).unwrap_or("someone unnamed");
            Some(format!("{source} ({})", name_of(statement.stance)?))
        })
        .collect();
    if !sources.is_empty() {
        parts.push(format!("according to {}", sources.join(", ")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn note<'a>(report: &Report<'a>, statement: &'a Statement, key: &str) -> Option<Object<'a>> {
    let content = report.words(statement.content?);
    let source = statement.source.as_deref().and_then(|id| report.entity(id));
    let about = source.filter(|source| schema(source).is_some());
    let stance = name_of(statement.stance)?;
    let who = report.source(statement).unwrap_or("someone unnamed");
    let time = statement.time.as_deref().and_then(|id| report.time(id));
    let date = time.and_then(|time| days(time.edtf.as_deref()?).first);
    Some(proxy(
        id(key, &statement.id),
        "Note",
        Object::new()
            .with("description", one(Some(content)))
            .with(
                "summary",
                vec![format!("{who} {} ({stance})", report.words(statement.cue))],
            )
            .with("entity", one(about.map(|about| id(key, &about.id))))
            .with("createdAt", one(date.map(|date| date.to_string())))
            .with("proof", vec![key.to_owned()]),
    ))
}
