//! A row for each mention of an entity.

use super::Kind::{Text, Whole};
use super::{Column, Row, ends, name_of};
use crate::Report;

pub(crate) const COLUMNS: &[Column] = &[
    ("report", Text),
    ("entity", Text),
    ("type", Text),
    ("name", Text),
    ("words", Text),
    ("kind", Text),
    ("within", Text),
    ("start", Whole),
    ("end", Whole),
];

pub(super) fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for entity in &report.record.entities {
        for mention in &entity.mentions {
            let mut row: Row<'a> = vec![
                report.reference().into(),
                (&entity.id).into(),
                name_of(entity.kind).into(),
                (&entity.name).into(),
                report.words(mention.span).into(),
                name_of(mention.kind).into(),
                (&mention.within).into(),
            ];
            row.extend(ends(Some(mention.span)));
            rows.push(row);
        }
    }
    rows
}
