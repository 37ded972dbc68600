//! The data model of a record: what one report says, each field pointing at its words.
//!
//! In: nothing. Out: plain data that serialises to the record format of `DESIGN.md`
//! (`saksi-record/1`), its JSON Schema ([`schema`]) and its consistency check ([`Record::validate`]).
//! This crate never reads text, never decides what a field should say, and does no input or output.

mod model;
mod validate;

pub use model::{
    DateFrom, Document, Entity, EntityType, Event, EventType, Generator, Geo, Mention, MentionKind,
    Modality, Object, PublishedFrom, Quantity, Quotation, Record, SCHEMA, Span, Stance, Statement,
    Time, TimeType,
};
pub use validate::Error;

/// The JSON Schema (draft 2020-12) of a record, as `saksi schema` prints it.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}
