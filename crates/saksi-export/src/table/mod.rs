//! Tables of our own: what CSV and Parquet hold.
//!
//! A row for each event, statement, entity, mention, report. Every table opens with the report's address, so that tables join on `report`
//! and the identifier. Left out: expressions of time that no event or statement has, where the parts of an interrupted quotation begin and
//! end, versions of packs.

mod entities;
mod events;
mod mentions;
mod reports;
mod statements;

use std::borrow::Cow;

use jiff::civil::Date;
use saksi_record::{Entity, Span};

use crate::days::days;
use crate::{Report, Table};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// Texts, in order.
    List,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A number.
    Number,
}

/// A column: its name and what it holds.
pub type Column = (&'static str, Kind);

/// A field of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    Text(Option<Cow<'a, str>>),
    List(Vec<Cow<'a, str>>),
    Day(Option<Date>),
    Whole(Option<i64>),
    Number(Option<f64>),
}

/// Fields in the order of the columns.
pub(crate) type Row<'a> = Vec<Cell<'a>>;

/// The columns of a table.
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Reports => reports::COLUMNS,
        Table::Events => events::COLUMNS,
        Table::Statements => statements::COLUMNS,
        Table::Entities => entities::COLUMNS,
        Table::Mentions => mentions::COLUMNS,
    }
}

/// The rows of a report in a table.
pub(crate) fn rows<'a>(table: Table, report: &Report<'a>) -> Vec<Row<'a>> {
    match table {
        Table::Reports => reports::rows(report),
        Table::Events => events::rows(report),
        Table::Statements => statements::rows(report),
        Table::Entities => entities::rows(report),
        Table::Mentions => mentions::rows(report),
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text.into()))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Some(text.as_str().into()))
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text.map(Into::into))
    }
}

impl<'a> From<&'a Option<String>> for Cell<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().into()
    }
}

impl From<Option<String>> for Cell<'_> {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(Into::into))
    }
}

impl<'a> FromIterator<&'a str> for Cell<'a> {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        Self::List(texts.into_iter().map(Into::into).collect())
    }
}

impl<'a> FromIterator<&'a String> for Cell<'a> {
    fn from_iter<T: IntoIterator<Item = &'a String>>(texts: T) -> Self {
        texts.into_iter().map(String::as_str).collect()
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Whole(Some(number.into()))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        Self::Number(number)
    }
}

/// The name by which a value of the record's own is written (`actual`, `ASSAULT`).
pub(crate) fn name_of(value: impl serde::Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Some(name),
        _ => None,
    }
}

/// Start and end of a span.
fn ends(span: Option<Span>) -> [Cell<'static>; 2] {
    [span.map(|span| span.0), span.map(|span| span.1)].map(|end| Cell::Whole(end.map(Into::into)))
}

/// First and last day of a date.
fn covered(edtf: Option<&str>) -> [Cell<'static>; 2] {
    let days = edtf.map(days).unwrap_or_default();
    [Cell::Day(days.first), Cell::Day(days.last)]
}

/// Names, identifiers, countries and sectors of entities; what one of them lacks is an empty text, so that the lists go in step.
fn parties<'a>(entities: &[&'a Entity]) -> [Cell<'a>; 4] {
    let told = |field: fn(&'a Entity) -> Option<&'a str>| {
        (entities.iter().map(|entity| field(entity).unwrap_or(""))).collect::<Cell>()
    };
    [
        told(|entity| Some(&entity.name)),
        told(|entity| Some(&entity.id)),
        told(|entity| entity.country.as_deref()),
        told(|entity| entity.sector.as_deref()),
    ]
}
