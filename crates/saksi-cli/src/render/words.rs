//! The words that a record's spans and identifiers stand for.

use std::collections::BTreeMap;

use saksi::record::{Entity, Record, Span, Statement, Time};

/// A record with its text laid out for look-ups by code point and by identifier.
pub(crate) struct Words<'a> {
    pub(crate) record: &'a Record,
    pub(crate) characters: Vec<char>,
    entities: BTreeMap<&'a str, &'a Entity>,
    statements: BTreeMap<&'a str, &'a Statement>,
    times: BTreeMap<&'a str, &'a Time>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(record: &'a Record) -> Self {
        Self {
            record,
            characters: record.document.text.chars().collect(),
            entities: record
                .entities
                .iter()
                .map(|entity| (entity.id.as_str(), entity))
                .collect(),
            statements: record
                .statements
                .iter()
                .map(|statement| (statement.id.as_str(), statement))
                .collect(),
            times: record
                .times
                .iter()
                .map(|time| (time.id.as_str(), time))
                .collect(),
        }
    }

    /// The words of a span, on one line.
    pub(crate) fn of(&self, span: Span) -> String {
        let characters = self
            .characters
            .get(span.0 as usize..span.1 as usize)
            .unwrap_or_default();
        let text: String = characters.iter().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities.get(id).copied()
    }

    pub(crate) fn time(&self, id: &str) -> Option<&'a Time> {
        self.times.get(id).copied()
    }

    pub(crate) fn statement(&self, id: &str) -> Option<&'a Statement> {
        self.statements.get(id).copied()
    }

    /// The statement `id` and those that it is part of, outermost first.
    pub(crate) fn chain(&self, id: &str) -> Vec<&'a Statement> {
        let mut chain = Vec::new();
        let mut next = self.statements.get(id).copied();
        while let Some(statement) = next {
            // A record from elsewhere may hold a cycle.
            if chain.len() > self.record.statements.len() {
                break;
            }
            chain.push(statement);
            next = statement
                .parent
                .as_deref()
                .and_then(|parent| self.statements.get(parent).copied());
        }
        chain.reverse();
        chain
    }

    /// Who makes a statement, in the report's words.
    pub(crate) fn source(&self, statement: &Statement) -> String {
        (statement.source.as_deref().and_then(|id| self.entity(id)))
            .map(|entity| entity.name.clone())
            .or_else(|| statement.source_span.map(|span| self.of(span)))
            .unwrap_or_else(|| "not named".to_owned())
    }
}
