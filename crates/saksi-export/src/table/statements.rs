//! A row for each statement.

use super::Kind::{Day, List, Number, Text, Whole};
use super::{Cell, Column, Row, covered, ends, name_of};
use crate::Report;

pub(crate) const COLUMNS: &[Column] = &[
    ("report", Text),
    ("statement", Text),
    ("outlet", Text),
    ("published", Day),
    ("language", Text),
    ("source", Text),
    ("source_id", Text),
    ("source_country", Text),
    ("source_sector", Text),
    ("sources", List),
    ("stance", Text),
    ("quotation", Text),
    ("cue", Text),
    ("content", Text),
    ("parts", List),
    ("recipient", Text),
    ("recipient_id", Text),
    ("date", Text),
    ("first_day", Day),
    ("last_day", Day),
    ("parent", Text),
    ("answers", Text),
    ("source_start", Whole),
    ("source_end", Whole),
    ("cue_start", Whole),
    ("cue_end", Whole),
    ("content_start", Whole),
    ("content_end", Whole),
    ("rule", Text),
    ("confidence", Number),
];

pub(super) fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let record = report.record;
    let document = &record.document;
    let row = |statement: &'a saksi_record::Statement| {
        let entity = |id: Option<&str>| id.and_then(|id| report.entity(id));
        let source = entity(statement.source.as_deref());
        let recipient = entity(statement.recipient.as_deref());
        let recipient_words = || statement.recipient_span.map(|span| report.words(span));
        let time = statement.time.as_deref().and_then(|id| report.time(id));
        let date = time.and_then(|time| time.edtf.as_deref());
        let mut row: Row<'a> = vec![
            report.reference().into(),
            (&statement.id).into(),
            (&document.outlet).into(),
            Cell::Day(report.published()),
            (&document.language).into(),
            report.source(statement).into(),
            (&statement.source).into(),
            source.and_then(|source| source.country.as_deref()).into(),
            source.and_then(|source| source.sector.as_deref()).into(),
            report.sources(Some(&statement.id)).into_iter().collect(),
            name_of(statement.stance).into(),
            name_of(statement.quotation).into(),
            report.words(statement.cue).into(),
            statement.content.map(|span| report.words(span)).into(),
            (statement.parts.iter())
                .map(|&span| report.words(span))
                .collect(),
            (recipient.map(|entity| entity.name.as_str()))
                .or_else(recipient_words)
                .into(),
            (&statement.recipient).into(),
            date.into(),
        ];
        row.extend(covered(date));
        row.push((&statement.parent).into());
        row.push((&statement.answers).into());
        row.extend(ends(statement.source_span));
        row.extend(ends(Some(statement.cue)));
        row.extend(ends(statement.content));
        row.push((&statement.rule).into());
        row.push(statement.confidence.into());
        row
    };
    record.statements.iter().map(row).collect()
}
