//! A row for each report.

use super::Kind::{Day, Text, Whole};
use super::{Cell, Column, Row, name_of};
use crate::Report;

pub(crate) const COLUMNS: &[Column] = &[
    ("report", Text),
    ("id", Text),
    ("uri", Text),
    ("title", Text),
    ("outlet", Text),
    ("byline", Text),
    ("published", Day),
    ("published_from", Text),
    ("retrieved", Text),
    ("language", Text),
    ("sentences", Whole),
    ("entities", Whole),
    ("statements", Whole),
    ("events", Whole),
    ("generator", Text),
    ("text", Text),
];

pub(super) fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let record = report.record;
    let document = &record.document;
    let generator = &record.generator;
    vec![vec![
        report.reference().into(),
        (&document.id).into(),
        (&document.uri).into(),
        (&document.title).into(),
        (&document.outlet).into(),
        (&document.byline).into(),
        Cell::Day(report.published()),
        document.published_from.and_then(name_of).into(),
        (&document.retrieved).into(),
        (&document.language).into(),
        (record.sentences.len() as u32).into(),
        (record.entities.len() as u32).into(),
        (record.statements.len() as u32).into(),
        (record.events.len() as u32).into(),
        Some(format!("{} {}", generator.name, generator.version)).into(),
        (&document.text).into(),
    ]]
}
