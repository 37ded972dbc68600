//! A row for each entity.

use super::Kind::{List, Number, Text, Whole};
use super::events::shortest;
use super::{Cell, Column, Row, name_of};
use crate::Report;

pub(crate) const COLUMNS: &[Column] = &[
    ("report", Text),
    ("entity", Text),
    ("type", Text),
    ("name", Text),
    ("country", Text),
    ("sector", Text),
    ("class", Text),
    ("wikidata", Text),
    ("geonames", Text),
    ("links", List),
    ("latitude", Number),
    ("longitude", Number),
    ("link_confidence", Number),
    ("mentions", Whole),
    ("names", List),
];

pub(super) fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let row = |entity: &'a saksi_record::Entity| {
        let mut names: Vec<&str> = Vec::new();
        for mention in &entity.mentions {
            let words = report.words(mention.span);
            if mention.kind == saksi_record::MentionKind::Name && !names.contains(&words) {
                names.push(words);
            }
        }
        let links = entity.links.iter();
        vec![
            report.reference().into(),
            (&entity.id).into(),
            name_of(entity.kind).into(),
            (&entity.name).into(),
            (&entity.country).into(),
            (&entity.sector).into(),
            (&entity.class).into(),
            entity.links.get("wikidata").map(String::as_str).into(),
            entity.links.get("geonames").map(String::as_str).into(),
            Cell::List(
                links
                    .map(|(scheme, id)| format!("{scheme}:{id}").into())
                    .collect(),
            ),
            entity.geo.map(|geo| geo.latitude).into(),
            entity.geo.map(|geo| geo.longitude).into(),
            entity.link_confidence.map(shortest).into(),
            (entity.mentions.len() as u32).into(),
            names.into_iter().collect(),
        ]
    };
    report.record.entities.iter().map(row).collect()
}
