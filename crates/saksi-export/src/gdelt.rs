//! GDELT 2.0: its table of events (61 columns) and its table of mentions (16), parted by tabs, without headings, in files named `.csv`.
//!
//! An event is a happening of one report between one who acts and one to whom; its number is made of the report's address and text, so that the same export has the
//! same numbers. Its row is that of its first telling; each telling is a mention, and `NumMentions` counts them. An act whose day is not known has the day of
//! publication, as GDELT does; what is told as past has none then. Left out: acts that CAMEO has no place for ([`crate::cameo`]); who says so and whether it is denied; objects, instruments, links.
//! Never filled: known groups, ethnic and religious codes, tone, where the actors are, identifiers of GNS and GNIS.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use saksi_record::{Entity, Event, Modality};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::cameo::{self, Code, Pair, pairs};
use crate::days::days;
use crate::division::Division;
use crate::writer::{Form, Settings};
use crate::{Error, Report, Table, countries, tsv};

/// Writes rows.
pub(crate) struct Rows {
    table: Table,
    settings: Settings,
    left_out: u64,
}

impl Rows {
    pub(crate) fn new(table: Table, settings: Settings) -> Self {
        Self {
            table,
            settings,
            left_out: 0,
        }
    }
}

impl Form for Rows {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        let added = (report.moment(self.settings.day))
            .map(|moment| {
                moment
                    .chars()
                    .filter(char::is_ascii_digit)
                    .collect::<String>()
            })
            .unwrap_or_default();
        let mut acts = Vec::new();
        let mut tellings: BTreeMap<u64, u32> = BTreeMap::new();
        for event in &report.record.events {
            let Some(code) = cameo::code(report, event) else {
                self.left_out += 1;
                continue;
            };
            for pair in pairs(report, event) {
                let number = number(report, event, pair);
                *tellings.entry(number).or_default() += 1;
                acts.push((number, event, code, pair));
            }
        }
        for (number, event, code, pair) in acts {
            if self.table == Table::Mentions {
                tsv::row(into, mention(report, event, pair, number, &added));
            } else if let Some(tellings) = tellings.remove(&number) {
                let row = self::event(report, event, code, pair, number, tellings, &added);
                tsv::row(into, row);
            }
        }
        Ok(())
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}

/// The number of what happened between two; positive in 64 bits with a sign.
fn number(report: &Report<'_>, event: &Event, pair: Pair<'_>) -> u64 {
    let id = |entity: Option<&Entity>| entity.map_or("", |entity| entity.id.as_str()).to_owned();
    let row = [event.happening.clone(), id(pair.actor), id(pair.recipient)].join("\n");
    xxh3_64_with_seed(row.as_bytes(), report.number()) >> 1
}

/// The day of an act: its first; where the record has none, of what is told as news the day of publication.
pub(crate) fn day(report: &Report<'_>, event: &Event) -> Option<Date> {
    let own = event.date.as_deref().and_then(|date| days(date).first);
    own.or_else(|| {
        report
            .published()
            .filter(|_| event.date.is_none() && event.modality == Modality::Actual)
    })
}

fn event<'a>(
    report: &Report<'a>,
    event: &'a Event,
    code: Code<'_>,
    pair: Pair<'a>,
    number: u64,
    tellings: u32,
    added: &str,
) -> Vec<Cow<'a, str>> {
    let day = day(report, event);
    let part = |part: fn(Date) -> String| tsv::number(day.map(part));
    let mut row: Vec<Cow<'a, str>> = vec![
        number.to_string().into(),
        part(|day| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())),
        part(|day| format!("{:04}{:02}", day.year(), day.month())),
        part(|day| format!("{:04}", day.year())),
        part(|day| {
            let days = (f64::from(day.month()) - 1.0) * 30.0 + f64::from(day.day());
            format!("{:.4}", f64::from(day.year()) + days / 365.0)
        }),
    ];
    for party in [pair.actor, pair.recipient] {
        row.extend([
            party.map(cameo::actor).unwrap_or_default().into(),
            tsv::text(party.map(|party| party.name.as_str())),
            tsv::text((party.and_then(|party| party.country.as_deref())).map(countries::cameo)),
        ]);
        row.extend([(); 4].map(|()| Cow::default()));
        row.push(tsv::text(party.and_then(|party| party.sector.as_deref())));
        row.extend([(); 2].map(|()| Cow::default()));
    }
    // The lead paragraph.
    let lead = report.record.document.text.split('\n').next();
    let lead = lead.map_or(0, |lead| lead.chars().count());
    row.extend([
        u8::from((event.trigger.0 as usize) < lead)
            .to_string()
            .into(),
        code.whole().to_owned().into(),
        code.base().to_owned().into(),
        code.root().to_owned().into(),
        code.quad_class().to_string().into(),
        tsv::number(code.goldstein().map(|scale| format!("{scale:.1}"))),
        tellings.to_string().into(),
        "1".into(),
        "1".into(),
        Cow::default(),
    ]);
    // Where the actors are is not told.
    for _ in 0..2 {
        row.push("0".into());
        row.extend([(); 7].map(|()| Cow::default()));
    }
    row.extend(place(
        event.place.as_deref().and_then(|id| report.entity(id)),
    ));
    row.push(added.to_owned().into());
    row.push(report.reference().into());
    row
}

/// The eight columns of a place.
fn place(place: Option<&Entity>) -> [Cow<'_, str>; 8] {
    let country = place.and_then(|place| place.country.as_deref());
    let fips = country.and_then(countries::fips);
    let geo = place.and_then(|place| place.geo);
    let division = place.and_then(Division::of);
    let american = country == Some("USA");
    let kind = match (place, division) {
        (None, _) => 0,
        (Some(_), Some(Division::State | Division::Territory)) => 1,
        (Some(_), Some(Division::First | Division::Second)) if american => 2,
        (Some(_), Some(Division::First | Division::Second)) => 5,
        // A town, or a landmark.
        (Some(_), _) if american => 3,
        (Some(_), _) => 4,
    };
    // GeoNames' code of a division is its country's and its own; of most countries that is the one of FIPS.
    let code = place.and_then(|place| place.links.get("geonames_code"));
    let first = fips.zip(code.and_then(|code| code.split('.').nth(1)));
    let first = first.map(|(fips, own)| format!("{fips}{own}"));
    [
        kind.to_string().into(),
        tsv::text(place.map(|place| place.name.as_str())),
        tsv::text(fips),
        first.map_or_else(|| tsv::text(fips), Cow::Owned),
        Cow::default(),
        tsv::number(geo.map(|geo| geo.latitude)),
        tsv::number(geo.map(|geo| geo.longitude)),
        Cow::default(),
    ]
}

fn mention<'a>(
    report: &Report<'a>,
    event: &'a Event,
    pair: Pair<'a>,
    number: u64,
    added: &str,
) -> Vec<Cow<'a, str>> {
    let document = &report.record.document;
    let reference = report.reference();
    let host = (reference.split_once("://"))
        .map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let offset = |entity: Option<&Entity>| {
        let at = entity.and_then(|entity| report.mention(entity, event));
        at.map_or_else(|| "-1".to_owned(), |span| span.0.to_string())
    };
    // 1 is the web, 2 what is only cited.
    let kind = if host.is_some() { "1" } else { "2" };
    vec![
        number.to_string().into(),
        added.to_owned().into(),
        added.to_owned().into(),
        kind.into(),
        tsv::text(host.or(document.outlet.as_deref())),
        reference.into(),
        event.sentence.saturating_add(1).to_string().into(),
        offset(pair.actor).into(),
        offset(pair.recipient).into(),
        event.trigger.0.to_string().into(),
        "1".into(),
        format!("{:.0}", event.confidence * 100.0).into(),
        report.length().to_string().into(),
        Cow::default(),
        Cow::default(),
        Cow::default(),
    ]
}
