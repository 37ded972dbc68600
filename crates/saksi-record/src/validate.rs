//! Whether a record is consistent: every span inside the text, every identifier known.

use std::collections::BTreeSet;

use crate::{Record, SCHEMA, Span};

/// Why a record is not consistent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The record is of another format.
    #[error("the record's schema is `{0}`; this program reads `{SCHEMA}`")]
    Schema(String),
    /// A span is empty, reversed or outside the text.
    #[error("`{field}`: the span [{}, {}) does not lie in the text of {length} code points", span.0, span.1)]
    SpanOutside {
        /// The field that holds the span.
        field: String,
        /// The span.
        span: Span,
        /// Code points of the text.
        length: u32,
    },
    /// An identifier points at nothing.
    #[error("`{field}`: there is no `{id}` in the record")]
    UnknownId {
        /// The field that holds the identifier.
        field: String,
        /// The identifier.
        id: String,
    },
    /// A statement is its own ancestor.
    #[error("statement `{0}` is part of itself")]
    Cycle(String),
}

impl Record {
    /// Checks that every span lies in the text and every identifier is known.
    ///
    /// # Errors
    /// The first inconsistency found, in the order of the record's fields.
    pub fn validate(&self) -> Result<(), Error> {
        if self.schema != SCHEMA {
            return Err(Error::Schema(self.schema.clone()));
        }
        let length = self.document.text.chars().count() as u32;
        let inside = |field: &str, span: Span| {
            if span.0 < span.1 && span.1 <= length {
                Ok(())
            } else {
                Err(Error::SpanOutside {
                    field: field.to_owned(),
                    span,
                    length,
                })
            }
        };
        let ids: BTreeSet<&str> = (self.entities.iter().map(|e| e.id.as_str()))
            .chain(self.times.iter().map(|t| t.id.as_str()))
            .chain(self.statements.iter().map(|s| s.id.as_str()))
            .collect();
        let known = |field: &str, id: Option<&String>| match id {
            Some(id) if !ids.contains(id.as_str()) => Err(Error::UnknownId {
                field: field.to_owned(),
                id: id.clone(),
            }),
            _ => Ok(()),
        };
        for &span in &self.sentences {
            inside("sentences", span)?;
        }
        for entity in &self.entities {
            for mention in &entity.mentions {
                inside("entities.mentions.span", mention.span)?;
                known("entities.mentions.within", mention.within.as_ref())?;
            }
        }
        for time in &self.times {
            inside("times.span", time.span)?;
        }
        for statement in &self.statements {
            inside("statements.cue", statement.cue)?;
            let spans = [statement.source_span, statement.recipient_span];
            for span in (statement.content.into_iter())
                .chain(statement.parts.iter().copied())
                .chain(spans.into_iter().flatten())
            {
                inside("statements.content", span)?;
            }
            known("statements.source", statement.source.as_ref())?;
            known("statements.time", statement.time.as_ref())?;
            known("statements.parent", statement.parent.as_ref())?;
            known("statements.recipient", statement.recipient.as_ref())?;
            known("statements.answers", statement.answers.as_ref())?;
            self.check_ancestry(&statement.id)?;
        }
        let events: BTreeSet<&str> = self.events.iter().map(|e| e.id.as_str()).collect();
        for event in &self.events {
            inside("events.trigger", event.trigger)?;
            if let Some(id) = &event.parent
                && !events.contains(id.as_str())
            {
                return Err(Error::UnknownId {
                    field: "events.parent".to_owned(),
                    id: id.clone(),
                });
            }
            for id in event
                .actors
                .iter()
                .chain(&event.recipients)
                .chain(&event.place)
            {
                known("events.actors", Some(id))?;
            }
            for object in event.objects.iter().chain(&event.instrument) {
                inside("events.objects.span", object.span)?;
                known("events.objects.entity", object.entity.as_ref())?;
                if let Some(quantity) = &object.quantity {
                    inside("events.objects.quantity.span", quantity.span)?;
                }
            }
            known("events.time", event.time.as_ref())?;
            known("events.statement", event.statement.as_ref())?;
            if event.sentence as usize >= self.sentences.len() {
                let id = event.sentence.to_string();
                return Err(Error::UnknownId {
                    field: "events.sentence".to_owned(),
                    id,
                });
            }
        }
        Ok(())
    }

    fn check_ancestry(&self, id: &str) -> Result<(), Error> {
        let parent_of = |id: &str| {
            self.statements
                .iter()
                .find(|s| s.id == id)
                .and_then(|s| s.parent.as_deref())
        };
        let mut at = parent_of(id);
        for _ in 0..=self.statements.len() {
            match at {
                None => return Ok(()),
                Some(parent) => at = parent_of(parent),
            }
        }
        Err(Error::Cycle(id.to_owned()))
    }
}
