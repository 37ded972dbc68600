//! Phoenix: CAMEO events as the Phoenix pipeline writes them, 26 columns parted by tabs, without headings.
//!
//! A row for each pair of an act's actors and recipients; `EventID` ends in the pair's number. An act whose day is not known has the day of
//! publication, as Phoenix does; what is told as past has none then. Left out: acts that CAMEO has no place for ([`crate::cameo`]); who says so and whether it is denied;
//! objects, instruments, links, spans. Never filled: attributes of actors, issues, the name of the province.

use std::borrow::Cow;

use crate::cameo::{self, pairs};
use crate::writer::Form;
use crate::{Error, Report, countries, gdelt, plover, tsv};

/// Writes rows.
#[derive(Default)]
pub(crate) struct Rows {
    left_out: u64,
}

impl Form for Rows {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        let document = &report.record.document;
        for event in &report.record.events {
            let Some(code) = cameo::code(report, event) else {
                self.left_out += 1;
                continue;
            };
            let day = gdelt::day(report, event);
            let place = event.place.as_deref().and_then(|id| report.entity(id));
            let geo = place.and_then(|place| place.geo);
            for (index, pair) in pairs(report, event).into_iter().enumerate() {
                let mut row: Vec<Cow<'_, str>> =
                    vec![
                        format!("{}_{}", plover::id(report, event), index + 1).into(),
                        tsv::number(day.map(|day| {
                            format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
                        })),
                        tsv::number(day.map(jiff::civil::Date::year)),
                        tsv::number(day.map(jiff::civil::Date::month)),
                        tsv::number(day.map(jiff::civil::Date::day)),
                    ];
                for party in [pair.actor, pair.recipient] {
                    let country = party.and_then(|party| party.country.as_deref());
                    row.extend([
                        party.map(cameo::actor).unwrap_or_default().into(),
                        tsv::text(country.map(countries::cameo)),
                        tsv::text(party.and_then(|party| party.sector.as_deref())),
                        Cow::default(),
                    ]);
                }
                row.extend([
                    code.whole().to_owned().into(),
                    code.root().to_owned().into(),
                    code.penta_class().to_string().into(),
                    tsv::number(code.goldstein().map(|scale| format!("{scale:.1}"))),
                    Cow::default(),
                    tsv::number(geo.map(|geo| geo.latitude)),
                    tsv::number(geo.map(|geo| geo.longitude)),
                    tsv::text(place.map(|place| place.name.as_str())),
                    Cow::default(),
                    tsv::text(place.and_then(|place| place.country.as_deref())),
                    event.sentence.to_string().into(),
                    report.reference().into(),
                    tsv::text(document.outlet.as_deref()),
                ]);
                tsv::row(into, row);
            }
        }
        Ok(())
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}
