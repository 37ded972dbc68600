//! Records for tests, made without reading anything.

use std::collections::BTreeMap;

use saksi_record::{
    Document, Entity, EntityType, Event, EventType, Generator, Mention, MentionKind, Modality,
    Quotation, Record, SCHEMA, Span, Stance, Statement,
};
use sha2::{Digest as _, Sha256};

/// A record of `text` with its sentences and nothing else.
pub(crate) fn record(text: &str, published: Option<&str>) -> Record {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, character) in text.chars().enumerate() {
        if matches!(character, '.' | '!') {
            sentences.push(Span(start, at as u32 + 1));
            start = at as u32 + 2;
        }
    }
    Record {
        schema: SCHEMA.to_owned(),
        generator: Generator {
            name: "saksi".to_owned(),
            version: "0.1.0".to_owned(),
            packs: BTreeMap::from([("id".to_owned(), "0.1.0".to_owned())]),
        },
        document: Document {
            id: format!("sha256:{}", hex(&Sha256::digest(text.as_bytes()))),
            uri: None,
            title: None,
            outlet: None,
            byline: None,
            published: published.map(str::to_owned),
            published_from: None,
            retrieved: None,
            language: "id".to_owned(),
            text: text.to_owned(),
        },
        sentences,
        entities: Vec::new(),
        times: Vec::new(),
        statements: Vec::new(),
        events: Vec::new(),
    }
}

/// A record that tells that `actor` (of the state `country`) did something on `date`, according to `source`.
pub(crate) fn telling(
    text: &str,
    actor: &str,
    country: &str,
    kind: EventType,
    date: &str,
    source: &str,
) -> Record {
    let mut record = record(text, Some("2024-03-04"));
    let entity = |id: &str, name: &str, kind: EntityType, country: Option<&str>| Entity {
        id: id.to_owned(),
        kind,
        name: name.to_owned(),
        country: country.map(str::to_owned),
        sector: None,
        class: None,
        links: BTreeMap::from([("wikidata".to_owned(), format!("Q{}", name.len()))]),
        geo: None,
        link_confidence: Some(1.0),
        mentions: vec![Mention {
            span: Span(0, 4),
            kind: MentionKind::Name,
            within: None,
        }],
    };
    record.entities = vec![
        entity("e1", actor, EntityType::Person, Some(country)),
        entity("e2", source, EntityType::Organization, None),
    ];
    record.statements = vec![Statement {
        id: "s1".to_owned(),
        source: Some("e2".to_owned()),
        source_span: None,
        cue: Span(0, 4),
        content: Some(Span(0, 8)),
        parts: Vec::new(),
        quotation: Quotation::Indirect,
        stance: Stance::Assert,
        time: None,
        parent: None,
        recipient: None,
        recipient_span: None,
        answers: None,
        rule: "test".to_owned(),
        confidence: 0.9,
    }];
    record.events = vec![Event {
        id: "v1".to_owned(),
        kind,
        mode: None,
        contexts: Vec::new(),
        cameo: None,
        trigger: Span(0, 4),
        sentence: 0,
        actors: vec!["e1".to_owned()],
        recipients: Vec::new(),
        objects: Vec::new(),
        instrument: None,
        place: None,
        time: None,
        date: Some(date.to_owned()),
        date_from: None,
        modality: Modality::Actual,
        statement: Some("s1".to_owned()),
        parent: None,
        happening: "h1".to_owned(),
        rule: "test".to_owned(),
        confidence: 0.9,
    }];
    record
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
