//! What of a record can be searched, as rows.
//!
//! In: a record. Out: rows whose items are named by their places in the record. Nothing is decided here.

use std::collections::BTreeMap;

use saksi_record::{Object, Record, Span, Statement};
use serde::Serialize;

use crate::dates::days;

/// Entities, statements or events that one report can have: identifiers hold the report above this.
pub(crate) const MOST: i64 = 1 << 20;

/// Characters of what a statement says that are kept beside it; the record has all of it.
const LONGEST_CONTENT: usize = 500;

#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) statements: Vec<StatementRow>,
    pub(crate) events: Vec<EventRow>,
}

#[derive(Debug, Clone)]
pub(crate) struct EntityRow {
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) place: Option<(f64, f64)>,
    pub(crate) links: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct StatementRow {
    pub(crate) code: String,
    pub(crate) source: Option<usize>,
    pub(crate) stance: String,
    pub(crate) quotation: String,
    pub(crate) content: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    pub(crate) modality: String,
    pub(crate) words: String,
    pub(crate) sentence: u32,
    pub(crate) date: Option<String>,
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) statement: Option<usize>,
    pub(crate) happening: String,
    pub(crate) confidence: f64,
    /// Who takes part, as what; each once.
    pub(crate) parties: Vec<Party>,
}

/// Who takes part in an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Party {
    /// Index of the entity.
    pub(crate) entity: usize,
    pub(crate) role: &'static str,
    /// With what stance it is told: of a source its own, else that of who tells the event.
    pub(crate) stance: Option<String>,
}

impl Rows {
    pub(crate) fn of(record: &Record) -> Self {
        let characters: Vec<char> = record.document.text.chars().collect();
        let words = |span: Span, most: usize| -> String {
            let found = characters
                .get(span.0 as usize..span.1 as usize)
                .unwrap_or_default();
            let text: String = found.iter().take(most).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let entities: BTreeMap<&str, usize> =
            places(record.entities.iter().map(|entity| entity.id.as_str()));
        let statements: BTreeMap<&str, usize> = places(
            record
                .statements
                .iter()
                .map(|statement| statement.id.as_str()),
        );
        let entity = |id: &str| entities.get(id).copied();
        Self {
            entities: (record.entities.iter())
                .map(|entity| EntityRow {
                    code: entity.id.clone(),
                    kind: name_of(&entity.kind),
                    name: entity.name.clone(),
                    country: entity.country.clone(),
                    sector: entity.sector.clone(),
                    place: entity.geo.map(|geo| (geo.latitude, geo.longitude)),
                    links: entity.links.clone().into_iter().collect(),
                })
                .collect(),
            statements: (record.statements.iter())
                .map(|statement| StatementRow {
                    code: statement.id.clone(),
                    source: statement.source.as_deref().and_then(entity),
                    stance: name_of(&statement.stance),
                    quotation: name_of(&statement.quotation),
                    content: statement.content.map(|span| words(span, LONGEST_CONTENT)),
                })
                .collect(),
            events: (record.events.iter())
                .map(|event| {
                    let tellers = tellers(record, &statements, event.statement.as_deref());
                    let told = tellers.first().map(|statement| name_of(&statement.stance));
                    let of = |object: &Object| object.entity.clone();
                    let objects: Vec<String> = event.objects.iter().filter_map(of).collect();
                    let named = [
                        ("actor", event.actors.clone()),
                        ("recipient", event.recipients.clone()),
                        ("object", objects),
                        (
                            "instrument",
                            event.instrument.iter().filter_map(of).collect(),
                        ),
                        ("place", event.place.iter().cloned().collect()),
                    ];
                    let mut parties: Vec<Party> = (named.iter())
                        .flat_map(|(role, ids)| ids.iter().map(move |id| (*role, id)))
                        .filter_map(|(role, id)| {
                            Some(Party {
                                entity: entity(id)?,
                                role,
                                stance: told.clone(),
                            })
                        })
                        .collect();
                    // Who says it of several statements is who says the innermost.
                    parties.extend(tellers.iter().filter_map(|statement| {
                        Some(Party {
                            entity: entity(statement.source.as_deref()?)?,
                            role: "source",
                            stance: Some(name_of(&statement.stance)),
                        })
                    }));
                    parties.sort_by_key(|party| (party.entity, party.role));
                    parties.dedup_by_key(|party| (party.entity, party.role));
                    EventRow {
                        code: event.id.clone(),
                        kind: name_of(&event.kind),
                        mode: event.mode.clone(),
                        modality: name_of(&event.modality),
                        words: words(event.trigger, usize::MAX),
                        sentence: event.sentence,
                        date: event.date.clone(),
                        days: event.date.as_deref().and_then(days),
                        statement: event
                            .statement
                            .as_deref()
                            .and_then(|id| statements.get(id).copied()),
                        happening: event.happening.clone(),
                        confidence: event.confidence,
                        parties,
                    }
                })
                .collect(),
        }
    }

    /// Whether no kind of item is too many.
    pub(crate) fn fit(&self) -> bool {
        let fit = |items: usize| i64::try_from(items).is_ok_and(|items| items < MOST);
        fit(self.entities.len()) && fit(self.statements.len()) && fit(self.events.len())
    }
}

fn places<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}

/// The statement and those that it is part of, the innermost first.
fn tellers<'a>(
    record: &'a Record,
    places: &BTreeMap<&str, usize>,
    first: Option<&str>,
) -> Vec<&'a Statement> {
    let find = |id: &str| places.get(id).and_then(|&at| record.statements.get(at));
    let chain = std::iter::successors(first.and_then(find), |statement| {
        statement.parent.as_deref().and_then(find)
    });
    // The record was validated: no statement is its own ancestor. The bound is for what the type can't say.
    chain.take(record.statements.len()).collect()
}

/// The name of a value, as it stands in a record.
pub(crate) fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use saksi_record::EventType;

    use super::*;
    use crate::testing::telling;

    #[test]
    fn an_event_knows_its_parties_days_and_sources() {
        let record = telling(
            "Budi datang.",
            "Budi",
            "IDN",
            EventType::Inspect,
            "2024-03",
            "Kantor Contoh",
        );
        let rows = Rows::of(&record);
        let event = &rows.events[0];
        assert_eq!(
            (event.kind.as_str(), event.words.as_str()),
            ("INSPECT", "Budi")
        );
        assert_eq!(event.days, Some((20_240_301, 20_240_331)));
        let party = |entity, role| Party {
            entity,
            role,
            stance: Some("assert".to_owned()),
        };
        assert_eq!(event.parties, [party(0, "actor"), party(1, "source")]);
        assert_eq!(rows.statements[0].source, Some(1));
        assert_eq!(rows.entities[0].country.as_deref(), Some("IDN"));
        assert!(rows.fit());
    }
}
