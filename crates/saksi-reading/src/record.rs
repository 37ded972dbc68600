//! Assembly of the record from what the stages found.
//!
//! In: what each stage found, in bytes and indexes. Out: a [`Record`], in code points and identifiers, that holds
//! [`Record::validate`] whatever the input. Entities that are only described and that nothing speaks of are left out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use saksi_record::{
    Document, Entity, Event, Generator, Mention, MentionKind, Object, Quantity, Record, SCHEMA,
    Span, Statement, Time,
};
use saksi_syntax::Parsed;
use sha2::{Digest, Sha256};

use crate::entities::{Entities, EntityId};
use crate::events::{self, Events};
use crate::statements::Statements;
use crate::times::TimeExpression;

/// What the stages found.
pub(crate) struct Findings<'a> {
    pub(crate) parsed: &'a Parsed,
    pub(crate) packs: &'a BTreeMap<String, String>,
    pub(crate) published: Option<Date>,
    pub(crate) entities: &'a Entities,
    pub(crate) times: &'a [TimeExpression],
    pub(crate) statements: &'a Statements,
    pub(crate) events: &'a Events,
}

/// The program, and the packs by their versions.
pub(crate) fn generator(packs: &BTreeMap<String, String>) -> Generator {
    Generator {
        name: "saksi".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        packs: packs.clone(),
    }
}

/// The record of a report.
pub(crate) fn assemble(findings: &Findings<'_>) -> Record {
    let text = &findings.parsed.report.text;
    let points = CodePoints::new(text);
    let ids = entity_ids(findings);
    Record {
        schema: SCHEMA.to_owned(),
        generator: generator(findings.packs),
        document: Document {
            id: format!("sha256:{}", hexadecimal(&Sha256::digest(text.as_bytes()))),
            uri: None,
            title: None,
            outlet: None,
            byline: None,
            published: findings.published.map(|date| date.to_string()),
            published_from: None,
            retrieved: None,
            language: findings.parsed.report.language.clone(),
            text: text.clone(),
        },
        sentences: (findings.parsed.report.sentences.iter())
            .map(|sentence| points.span(sentence.span))
            .collect(),
        entities: entities(findings, &ids, &points),
        times: (findings.times.iter().enumerate())
            .map(|(index, time)| Time {
                id: time_id(index),
                span: points.span(time.span),
                kind: time.kind,
                edtf: time.edtf.clone(),
                timex3: time.timex3.clone(),
            })
            .collect(),
        statements: statements(findings, &ids, &points),
        events: (findings.events.list.iter().enumerate())
            .map(|(index, event)| record_event(index, event, &ids, &points))
            .collect(),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn time_id(index: usize) -> String {
    format!("t{}", index + 1)
}

fn statement_id(index: usize) -> String {
    format!("s{}", index + 1)
}

/// Identifiers of the entities that are kept, in the order of their first mention.
fn entity_ids(findings: &Findings<'_>) -> BTreeMap<EntityId, String> {
    let mut used: BTreeSet<EntityId> = BTreeSet::new();
    for event in &findings.events.list {
        used.extend(
            event
                .actors
                .iter()
                .chain(&event.recipients)
                .chain(&event.place),
        );
        used.extend(
            (event.objects.iter().chain(&event.instrument)).filter_map(|object| object.entity),
        );
    }
    for statement in &findings.statements.list {
        used.extend(statement.source.and_then(|source| source.entity));
    }
    let mut kept: Vec<(usize, usize, EntityId)> = (findings.entities.entities.iter().enumerate())
        .filter_map(|(index, entity)| {
            let id = EntityId(index as u32);
            let mentions = || {
                entity
                    .mentions
                    .iter()
                    .map(|&mention| findings.entities.mention(mention))
            };
            let named = mentions().any(|mention| mention.kind == MentionKind::Name);
            let first = mentions()
                .filter(|mention| !mention.span.is_empty())
                .map(|mention| mention.span.start())
                .min()?;
            (named || used.contains(&id)).then_some((first, index, id))
        })
        .collect();
    kept.sort_unstable();
    (kept.into_iter().enumerate())
        .map(|(number, (_, _, id))| (id, format!("e{}", number + 1)))
        .collect()
}

fn entities(
    findings: &Findings<'_>,
    ids: &BTreeMap<EntityId, String>,
    points: &CodePoints<'_>,
) -> Vec<Entity> {
    let mut list: Vec<(usize, Entity)> = ids
        .iter()
        .map(|(&id, name)| {
            let entity = findings.entities.entity(id);
            let mut mentions: Vec<Mention> = (entity.mentions.iter())
                .map(|&mention| findings.entities.mention(mention))
                .filter(|mention| !mention.span.is_empty())
                .map(|mention| Mention {
                    span: points.span(mention.span),
                    kind: mention.kind,
                    within: mention.within.and_then(|id| ids.get(&id).cloned()),
                })
                .collect();
            mentions.sort_by_key(|mention| mention.span);
            mentions.dedup_by_key(|mention| mention.span);
            let number = name
                .get(1..)
                .and_then(|number| number.parse().ok())
                .unwrap_or_default();
            let entity = Entity {
                id: name.clone(),
                kind: entity.kind,
                name: entity.name.clone(),
                country: entity.country.as_deref().map(str::to_owned),
                sector: entity.sector.as_deref().map(str::to_owned),
                class: entity.class.as_deref().map(str::to_owned),
                links: entity.links.clone(),
                geo: entity.geo,
                link_confidence: entity.link_confidence,
                mentions,
            };
            (number, entity)
        })
        .collect();
    list.sort_by_key(|(number, _)| *number);
    list.into_iter().map(|(_, entity)| entity).collect()
}

fn statements(
    findings: &Findings<'_>,
    ids: &BTreeMap<EntityId, String>,
    points: &CodePoints<'_>,
) -> Vec<Statement> {
    (findings.statements.list.iter().enumerate())
        .map(|(index, statement)| {
            let source = statement.source;
            Statement {
                id: statement_id(index),
                source: source
                    .and_then(|source| source.entity)
                    .and_then(|entity| ids.get(&entity).cloned()),
                source_span: source
                    .map(|source| source.span)
                    .filter(|span| !span.is_empty())
                    .map(|span| points.span(span)),
                cue: points.span(statement.cue_span),
                content: statement
                    .content
                    .filter(|content| !content.is_empty())
                    .map(|content| points.span(content)),
                parts: (statement.parts.iter())
                    .filter(|part| statement.parts.len() > 1 && !part.is_empty())
                    .map(|part| points.span(*part))
                    .collect(),
                quotation: statement.quotation,
                stance: statement.stance,
                time: events::time_of(findings.parsed, findings.times, statement.cue).map(time_id),
                parent: statement.parent.map(statement_id),
                recipient: (statement.recipient)
                    .and_then(|recipient| recipient.entity)
                    .and_then(|entity| ids.get(&entity).cloned()),
                recipient_span: (statement.recipient)
                    .map(|recipient| recipient.span)
                    .filter(|span| !span.is_empty())
                    .map(|span| points.span(span)),
                answers: statement.answers.map(statement_id),
                rule: statement.rule.to_owned(),
                confidence: statement.confidence,
            }
        })
        .collect()
}

fn record_event(
    index: usize,
    event: &events::Event,
    ids: &BTreeMap<EntityId, String>,
    points: &CodePoints<'_>,
) -> Event {
    let known = |list: &[EntityId]| list.iter().filter_map(|id| ids.get(id).cloned()).collect();
    let object = |object: &events::Object| Object {
        span: points.span(object.span),
        entity: object.entity.and_then(|id| ids.get(&id).cloned()),
        quantity: object.quantity.as_ref().map(|quantity| Quantity {
            value: quantity.value,
            unit: quantity.unit.clone(),
            span: points.span(quantity.span),
        }),
    };
    Event {
        id: format!("v{}", index + 1),
        kind: event.kind,
        mode: event.mode.as_deref().map(str::to_owned),
        contexts: event.contexts.iter().map(ToString::to_string).collect(),
        cameo: event.cameo.map(str::to_owned),
        trigger: points.span(event.trigger),
        sentence: event.word.sentence as u32,
        actors: known(&event.actors),
        recipients: known(&event.recipients),
        objects: event.objects.iter().map(object).collect(),
        instrument: event.instrument.as_ref().map(object),
        place: event.place.and_then(|id| ids.get(&id).cloned()),
        time: event.time.map(time_id),
        date: event.date.clone(),
        date_from: event.date_from,
        modality: event.modality,
        statement: event.statement.map(statement_id),
        parent: event.parent.map(|parent| format!("v{}", parent + 1)),
        happening: format!("h{}", event.happening + 1),
        rule: event.rule.clone(),
        confidence: event.confidence,
    }
}

/// Bytes to a block: how far a look-up counts at most.
const BLOCK: usize = 256;

/// From bytes to code points.
struct CodePoints<'a> {
    text: &'a str,
    /// Code points before each block.
    before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += starts(block);
        }
        before.push(count);
        Self { text, before }
    }

    fn at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let block = byte / BLOCK;
        self.before[block] + starts(&self.text.as_bytes()[block * BLOCK..byte])
    }

    fn span(&self, span: saksi_text::Span) -> Span {
        Span(self.at(span.start()), self.at(span.end()))
    }
}

/// How many characters begin in the bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points_on_every_block() {
        let text = "é“a”".repeat(200);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count as u32);
        }
        assert_eq!(points.at(text.len()), 800);
    }
}
