//! A row for each event.

use std::borrow::Cow;

use saksi_record::Object;

use super::Kind::{Day, List, Number, Text, Whole};
use super::{Cell, Column, Row, covered, ends, name_of, parties};
use crate::Report;

pub(crate) const COLUMNS: &[Column] = &[
    ("report", Text),
    ("event", Text),
    ("outlet", Text),
    ("published", Day),
    ("language", Text),
    ("type", Text),
    ("mode", Text),
    ("contexts", List),
    ("cameo", Text),
    ("modality", Text),
    ("date", Text),
    ("first_day", Day),
    ("last_day", Day),
    ("date_from", Text),
    ("time_words", Text),
    ("actors", List),
    ("actor_ids", List),
    ("actor_countries", List),
    ("actor_sectors", List),
    ("recipients", List),
    ("recipient_ids", List),
    ("recipient_countries", List),
    ("recipient_sectors", List),
    ("objects", List),
    ("object_ids", List),
    ("quantities", List),
    ("quantity_units", List),
    ("instrument", Text),
    ("place", Text),
    ("place_id", Text),
    ("place_country", Text),
    ("latitude", Number),
    ("longitude", Number),
    ("place_confidence", Number),
    ("sources", List),
    ("stance", Text),
    ("statement", Text),
    ("parent", Text),
    ("trigger", Text),
    ("trigger_start", Whole),
    ("trigger_end", Whole),
    ("sentence", Whole),
    ("sentence_words", Text),
    ("happening", Text),
    ("rule", Text),
    ("confidence", Number),
];

pub(super) fn rows<'a>(report: &Report<'a>) -> Vec<Row<'a>> {
    let record = report.record;
    let document = &record.document;
    let row = |event: &'a saksi_record::Event| {
        let place = event.place.as_deref().and_then(|id| report.entity(id));
        let statement = report
            .statements(event.statement.as_deref())
            .first()
            .copied();
        let time = event.time.as_deref().and_then(|id| report.time(id));
        let objects = event.objects.iter();
        let quantity = |told: fn(&'a Object) -> Option<Cow<'a, str>>| {
            Cell::List(
                (event.objects.iter())
                    .map(|one| told(one).unwrap_or_default())
                    .collect(),
            )
        };
        let mut row: Row<'a> = vec![
            report.reference().into(),
            (&event.id).into(),
            (&document.outlet).into(),
            Cell::Day(report.published()),
            (&document.language).into(),
            name_of(event.kind).into(),
            (&event.mode).into(),
            event.contexts.iter().collect(),
            (&event.cameo).into(),
            name_of(event.modality).into(),
            (&event.date).into(),
        ];
        row.extend(covered(event.date.as_deref()));
        row.push(event.date_from.and_then(name_of).into());
        row.push(time.map(|time| report.words(time.span)).into());
        row.extend(parties(&report.entities(&event.actors)));
        row.extend(parties(&report.entities(&event.recipients)));
        row.push(objects.clone().map(|one| report.words(one.span)).collect());
        row.push(
            objects
                .map(|one| one.entity.as_deref().unwrap_or(""))
                .collect(),
        );
        row.push(quantity(|one| {
            Some(one.quantity.as_ref()?.value.to_string().into())
        }));
        row.push(quantity(|one| {
            Some(one.quantity.as_ref()?.unit.as_deref()?.into())
        }));
        row.push(
            (event.instrument.as_ref())
                .map(|one| report.words(one.span))
                .into(),
        );
        row.push(place.map(|place| place.name.as_str()).into());
        row.push(place.map(|place| place.id.as_str()).into());
        row.push(place.and_then(|place| place.country.as_deref()).into());
        let geo = place.and_then(|place| place.geo);
        row.push(geo.map(|geo| geo.latitude).into());
        row.push(geo.map(|geo| geo.longitude).into());
        row.push(
            place
                .and_then(|place| place.link_confidence)
                .map(shortest)
                .into(),
        );
        row.push(
            report
                .sources(event.statement.as_deref())
                .into_iter()
                .collect(),
        );
        row.push(statement.and_then(|one| name_of(one.stance)).into());
        row.push((&event.statement).into());
        row.push((&event.parent).into());
        row.push(report.words(event.trigger).into());
        row.extend(ends(Some(event.trigger)));
        row.push(event.sentence.into());
        row.push(report.sentence(event).into());
        row.push((&event.happening).into());
        row.push((&event.rule).into());
        row.push(event.confidence.into());
        row
    };
    record.events.iter().map(row).collect()
}

/// The number that is written as `number` is: 0.9 stays 0.9.
pub(super) fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| number.into())
}
