//! A record with what its identifiers and spans stand for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use saksi_record::{Entity, Event, Record, Span, Stance, Statement, Time};
use xxhash_rust::xxh3::xxh3_64;

use crate::days::days;

/// A record that is about to be written: made once, handed to the writer of each table.
#[derive(Debug)]
pub struct Report<'a> {
    pub(crate) record: &'a Record,
    /// The byte of each code point, and the text's length.
    bytes: Vec<usize>,
    entities: BTreeMap<&'a str, &'a Entity>,
    statements: BTreeMap<&'a str, &'a Statement>,
    times: BTreeMap<&'a str, &'a Time>,
}

impl<'a> Report<'a> {
    /// Makes what is looked up quick to find.
    pub fn new(record: &'a Record) -> Self {
        let text = &record.document.text;
        let bytes = text.char_indices().map(|(at, _)| at);
        Self {
            record,
            bytes: bytes.chain([text.len()]).collect(),
            entities: (record.entities.iter())
                .map(|one| (one.id.as_str(), one))
                .collect(),
            statements: (record.statements.iter())
                .map(|one| (one.id.as_str(), one))
                .collect(),
            times: (record.times.iter())
                .map(|one| (one.id.as_str(), one))
                .collect(),
        }
    }

    /// Its address, else its identifier.
    pub(crate) fn reference(&self) -> &'a str {
        let document = &self.record.document;
        document.uri.as_deref().unwrap_or(&document.id)
    }

    /// A number that tells it from other reports, the same at every export: of its address and its text.
    pub(crate) fn number(&self) -> u64 {
        let document = &self.record.document;
        let address = document.uri.as_deref().unwrap_or_default();
        xxh3_64(format!("{address}\n{}", document.id).as_bytes())
    }

    /// Code points of its text.
    pub(crate) fn length(&self) -> usize {
        self.bytes.len() - 1
    }

    /// The words of a span; none where it does not lie in the text.
    pub(crate) fn words(&self, span: Span) -> &'a str {
        let byte = |at: u32| self.bytes.get(at as usize).copied();
        let words = byte(span.0).zip(byte(span.1));
        words
            .and_then(|(start, end)| self.record.document.text.get(start..end))
            .unwrap_or_default()
    }

    pub(crate) fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities.get(id).copied()
    }

    /// The entities of a list of identifiers.
    pub(crate) fn entities(&self, ids: &[String]) -> Vec<&'a Entity> {
        ids.iter().filter_map(|id| self.entity(id)).collect()
    }

    pub(crate) fn time(&self, id: &str) -> Option<&'a Time> {
        self.times.get(id).copied()
    }

    /// The statement `id` and those that it is part of, the innermost first.
    pub(crate) fn statements(&self, id: Option<&str>) -> Vec<&'a Statement> {
        let mut chain: Vec<&Statement> = Vec::new();
        let mut next = id.and_then(|id| self.statements.get(id));
        while let Some(&statement) = next
            && chain.len() < self.statements.len()
        {
            chain.push(statement);
            next = (statement.parent.as_deref()).and_then(|id| self.statements.get(id));
        }
        chain
    }

    /// Who makes a statement: the source's name, else its words.
    pub(crate) fn source(&self, statement: &Statement) -> Option<&'a str> {
        let named = statement.source.as_deref().and_then(|id| self.entity(id));
        let words = || statement.source_span.map(|span| self.words(span));
        named.map(|entity| entity.name.as_str()).or_else(words)
    }

    /// Who says what the statement `id` holds, the outermost first.
    pub(crate) fn sources(&self, id: Option<&str>) -> Vec<&'a str> {
        let chain = self.statements(id);
        (chain.into_iter().rev())
            .filter_map(|statement| self.source(statement))
            .collect()
    }

    /// Whether an event is told only by someone who denies it.
    pub(crate) fn is_denied(&self, event: &Event) -> bool {
        let chain = self.statements(event.statement.as_deref());
        chain.iter().any(|one| one.stance == Stance::Deny)
    }

    /// The words of the sentence that tells of an event.
    pub(crate) fn sentence(&self, event: &Event) -> Option<&'a str> {
        let span = self.record.sentences.get(event.sentence as usize)?;
        Some(self.words(*span))
    }

    /// Where an event's sentence, else the report, first speaks of an entity.
    pub(crate) fn mention(&self, entity: &Entity, event: &Event) -> Option<Span> {
        let sentence = self.record.sentences.get(event.sentence as usize);
        let inside = |span: Span| sentence.is_some_and(|one| one.0 <= span.0 && span.1 <= one.1);
        let spans = || entity.mentions.iter().map(|mention| mention.span);
        spans()
            .find(|&span| inside(span))
            .or_else(|| spans().next())
    }

    /// The day of publication.
    pub(crate) fn published(&self) -> Option<Date> {
        days(self.record.document.published.as_deref()?).first
    }

    /// When it was had, as RFC 3339 in UTC: the moment of retrieval, else the day of publication; `day` before both.
    pub(crate) fn moment(&self, day: Option<Date>) -> Option<String> {
        let midnight = |day: Date| format!("{day}T00:00:00Z");
        let retrieved = || self.record.document.retrieved.as_deref();
        let instant = || retrieved()?.parse::<jiff::Timestamp>().ok();
        let fetched = || Some(midnight(days(retrieved()?).first?));
        day.map(midnight)
            .or_else(|| instant().map(|instant| format!("{instant:.0}")))
            .or_else(fetched)
            .or_else(|| self.published().map(midnight))
    }
}
