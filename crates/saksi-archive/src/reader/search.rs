//! Reports by their words and by what they tell.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::query::Filter;
use crate::reader::conditions::{self, Beginning, Part, Stand};
use crate::reader::{Appearance, Reader, appearance};
use crate::rows::MOST;
use crate::{Error, Identifier, Query};

/// Of the reports with words that very many have, so many of the latest are weighed.
const WEIGHED: u32 = 3_000;

/// So many of the latest reports are looked at one by one before all is looked for that a filter leaves.
const LATEST: u32 = 2_000;

/// Rows of an index that are looked at sooner than the latest reports.
const QUICK: i64 = 20_000;

/// Rows of an index that are looked at at all: where a filter leaves more, every other report has some of them.
const FEW: i64 = 100_000;

/// Reports without words are counted up to this.
const COUNTED: i64 = 200;

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The reports, the best first; without words, the latest published first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub count: u64,
    /// Whether there are more than `count`.
    pub more: bool,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The report.
    pub id: Identifier,
    /// Its earliest appearance.
    #[serde(flatten)]
    pub appearance: Appearance,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// The report that it is a reprint of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reprint_of: Option<Identifier>,
    /// How well the words fit (BM25, the more the better); 0 without words.
    pub score: f64,
    /// The events that pass the filters, by their names in the record.
    pub events: Vec<String>,
}

impl Reader {
    /// Reports for a query, at most `limit`; `lemmas` gives the roots of a word in the languages of the archive.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn search(
        &self,
        query: &Query,
        lemmas: &dyn Fn(&str) -> Vec<String>,
        limit: u32,
    ) -> Result<Found, Error> {
        let words = query.words.as_ref().map(|words| words.to_fts(lemmas));
        self.ask(|connection| {
            let plan = Plan::of(connection, query, words)?;
            let First { mut rows, among } = plan.reports(connection, limit.saturating_add(1))?;
            let more = rows.len() > limit as usize;
            rows.truncate(limit as usize);
            let (count, more) = match among {
                Some(among) if more => plan.count(connection, &among)?,
                // Where each report would have to be looked at to count, it is only told that there are more.
                _ => (rows.len() as u64, more),
            };
            let mut hits = Vec::with_capacity(rows.len());
            for (report, score) in rows {
                hits.push(plan.hit(connection, report, score)?);
            }
            Ok(Found { hits, count, more })
        })
    }
}

/// A report that passes a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passing {
    /// The report.
    pub id: Identifier,
    /// The report that it is a reprint of.
    pub reprint_of: Option<Identifier>,
}

impl Reader {
    /// All reports for a query, the earliest published first.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn all(
        &self,
        query: &Query,
        lemmas: &dyn Fn(&str) -> Vec<String>,
    ) -> Result<Vec<Passing>, Error> {
        let words = query.words.as_ref().map(|words| words.to_fts(lemmas));
        self.ask(|connection| {
            let plan = Plan::of(connection, query, words)?;
            let found = plan.reports(connection, u32::MAX)?;
            let reports: Vec<i64> = found.rows.into_iter().map(|(report, _)| report).collect();
            (connection.prepare_cached(
                "SELECT r.digest, o.digest FROM report AS r LEFT JOIN report AS o ON o.id = r.reprint_of \
                 WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.published IS NULL, r.published, r.digest",
            )?)
            .query_map([serde_json::to_string(&reports).unwrap_or_default()], |row| {
                Ok(Passing {
                    id: Identifier::from_bytes(row.get(0)?),
                    reprint_of: row.get::<_, Option<[u8; 32]>>(1)?.map(Identifier::from_bytes),
                })
            })?
            .collect()
        })
    }
}

/// How a query is answered.
struct Plan {
    /// The words, as the index of words is asked for them.
    words: Option<String>,
    /// What must hold of a report `r` by its own columns.
    own: Option<Part>,
    /// That a report `r` has an event, or a statement, that passes; none where nothing is asked of them.
    told: Option<Part>,
    /// The items that pass, or the reports, where a filter leaves few.
    begin: Option<Beginning>,
    /// What must hold of an event `b`; none where nothing is asked of events.
    event: Option<Part>,
}

/// Among which reports the first are looked for.
enum Way {
    /// Among these, or among all; none has to be looked into.
    Of(Option<Vec<i64>>),
    /// Among the latest, looking into each.
    Latest,
    /// Among all, looking into each until there are enough.
    All,
}

/// The first reports for a query.
struct First {
    /// They and their scores, in order.
    rows: Vec<(i64, f64)>,
    /// Among which all others are that there are; none where they would have to be looked into.
    among: Option<Among>,
}

/// All reports that there are.
enum Among {
    /// So many have the words and pass; whether there may be more.
    Counted(u64, bool),
    /// Those of these that pass, or of all.
    Of(Option<Vec<i64>>),
}

impl Plan {
    fn of(connection: &Connection, query: &Query, words: Option<String>) -> rusqlite::Result<Self> {
        let (of_report, of_event): (Vec<&Filter>, Vec<&Filter>) = query
            .filters
            .iter()
            .partition(|filter| filter.field.is_of_report());
        let with_events = of_event.iter().any(|filter| filter.field.is_of_event());
        let begin = if with_events {
            conditions::few_events(connection, &of_event, FEW)?
        } else if of_event.is_empty() {
            conditions::few_reports(connection, &of_report, FEW)?
        } else {
            // Of who says what: statements count that tell of no event, too.
            conditions::sayings(connection, &of_event, FEW)?.map(|Beginning { count, ids }| {
                let mut part = Part::new("SELECT s.id AS id FROM (");
                part.append(ids);
                part.add(") AS b CROSS JOIN statement AS s ON s.id = b.id WHERE ");
                part.append(conditions::says(&of_event));
                Beginning { count, ids: part }
            })
        };
        let told = (!of_event.is_empty()).then(|| {
            let stand = Stand::of(&of_event);
            let (table, id, condition) = if with_events {
                (stand.table(), stand.id(), stand.holds_of_one(&of_event))
            } else {
                ("statement AS s", "s.id", conditions::says(&of_event))
            };
            // By its number, and by no other way, since it is a few items of one report that are looked at.
            let mut part = Part::new(format!(
                "EXISTS (SELECT 1 FROM {table} NOT INDEXED WHERE {id} BETWEEN r.id * {MOST} AND r.id * {MOST} + {} AND ",
                MOST - 1
            ));
            part.append(condition);
            part.add(")");
            part
        });
        let own: Vec<Part> = (of_report.iter())
            .map(|filter| conditions::report(filter))
            .collect();
        Ok(Self {
            words,
            own: (!own.is_empty()).then(|| Part::all(own)),
            told,
            begin,
            event: (!of_event.is_empty()).then(|| Stand::Event.holds(&of_event)),
        })
    }

    fn reports(&self, connection: &Connection, limit: u32) -> rusqlite::Result<First> {
        let quick = match (&self.told, &self.begin) {
            (None, _) => true,
            (Some(_), begin) => begin.as_ref().is_some_and(|begin| begin.count <= QUICK),
        };
        if !quick {
            let (rows, _) = self.first(connection, &Way::Latest, limit)?;
            if rows.len() >= limit as usize {
                return Ok(First { rows, among: None });
            }
        }
        let way = match &self.begin {
            Some(Beginning { ids, .. }) => Way::Of(Some(self.begun(connection, ids)?)),
            None if quick => Way::Of(None),
            None => Way::All,
        };
        let (rows, weighed) = self.first(connection, &way, limit)?;
        let among = match way {
            Way::Of(_) if self.words.is_some() => {
                let most = u64::from(WEIGHED.max(limit));
                Some(Among::Counted(weighed.min(most), weighed > most))
            }
            Way::Of(set) => Some(Among::Of(set)),
            Way::Latest | Way::All => None,
        };
        Ok(First { rows, among })
    }

    /// The reports that `begin` leads to, each once.
    fn begun(&self, connection: &Connection, ids: &Part) -> rusqlite::Result<Vec<i64>> {
        let divisor = if self.told.is_some() { MOST } else { 1 };
        let mut reports: Vec<i64> = connection
            .prepare_cached(&ids.sql)?
            .query_map(params_from_iter(&ids.values), |row| {
                Ok(row.get::<_, i64>(0)? / divisor)
            })?
            .collect::<Result<_, _>>()?;
        reports.sort_unstable();
        reports.dedup();
        Ok(reports)
    }

    /// The first reports in order, among those of `way`; and how many were weighed.
    fn first(
        &self,
        connection: &Connection,
        way: &Way,
        limit: u32,
    ) -> rusqlite::Result<(Vec<(i64, f64)>, u64)> {
        let most = match way {
            Way::Latest => LATEST,
            // Weighing costs more than finding: where very many reports have the words, only the latest are weighed.
            // One more tells whether there are more.
            Way::Of(_) if self.words.is_some() => WEIGHED.max(limit).saturating_add(1),
            Way::Of(_) | Way::All => limit,
        };
        let (selected, latest, best) = if self.words.is_some() {
            (
                "SELECT r.id, -r.weight, count(*) OVER () FROM (SELECT words.rowid AS id, words.rank AS weight FROM ",
                "words.rowid DESC",
                "r.weight, r.id DESC",
            )
        } else {
            (
                "SELECT r.id, 0.0, 0 FROM (SELECT r.id, r.published FROM ",
                "r.published DESC, r.id DESC",
                "r.published DESC, r.id DESC",
            )
        };
        let mut part = Part::new(selected);
        part.append(self.among(way));
        part.add(&format!(" ORDER BY {latest} LIMIT {most})"));
        part.add(" AS r WHERE ");
        part.append(match (way, &self.told) {
            (Way::Latest, Some(told)) => told.clone(),
            _ => Part::new("1"),
        });
        part.add(&format!(" ORDER BY {best} LIMIT ?"));
        part.value(i64::from(limit));
        let mut weighed = 0;
        let rows = connection
            .prepare_cached(&part.sql)?
            .query_map(params_from_iter(part.values), |row| {
                weighed = row.get(2)?;
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok((rows, weighed))
    }

    /// The tables and conditions of what is looked for among the reports of `way`.
    fn among(&self, way: &Way) -> Part {
        let mut conditions: Vec<Part> = self.own.iter().cloned().collect();
        if let (Way::All, Some(told)) = (way, &self.told) {
            conditions.push(told.clone());
        }
        let mut part = match &self.words {
            Some(words) => {
                let mut part = Part::new("words");
                if !conditions.is_empty() {
                    part.add(" JOIN report AS r ON r.id = words.rowid");
                }
                part.add(" WHERE words MATCH ? AND ");
                part.value(words.clone());
                part
            }
            None => Part::new("report AS r WHERE "),
        };
        if let Way::Of(Some(set)) = way {
            // The plus keeps the database from asking the index of words once a report.
            part.add(if self.words.is_some() {
                "+words.rowid"
            } else {
                "r.id"
            });
            part.add(" IN (SELECT value FROM json_each(?)) AND ");
            part.value(serde_json::to_string(set).unwrap_or_default());
        }
        part.append(Part::all(conditions));
        part
    }

    /// How many reports there are, and whether there are more: counted up to a bound, where they have to be counted.
    fn count(&self, connection: &Connection, among: &Among) -> rusqlite::Result<(u64, bool)> {
        let set = match among {
            Among::Counted(count, more) => return Ok((*count, *more)),
            Among::Of(Some(set)) if self.own.is_none() => return Ok((set.len() as u64, false)),
            Among::Of(set) => set,
        };
        let mut part = Part::new("SELECT count(*) FROM (SELECT 1 FROM ");
        part.append(self.among(&Way::Of(set.clone())));
        part.add(&format!(" LIMIT {})", COUNTED + 1));
        let count: i64 = connection
            .prepare_cached(&part.sql)?
            .query_row(params_from_iter(part.values), |row| row.get(0))?;
        Ok((count.min(COUNTED).unsigned_abs(), count > COUNTED))
    }

    fn hit(&self, connection: &Connection, report: i64, score: f64) -> rusqlite::Result<Hit> {
        let mut hit = (connection.prepare_cached(
            "SELECT r.digest, r.language, o.digest, r.uri, r.title, r.outlet, r.published, NULL FROM report AS r \
             LEFT JOIN report AS o ON o.id = r.reprint_of WHERE r.id = ?1",
        )?)
        .query_row([report], |row| {
            Ok(Hit {
                id: Identifier::from_bytes(row.get(0)?),
                language: row.get(1)?,
                reprint_of: row.get::<_, Option<[u8; 32]>>(2)?.map(Identifier::from_bytes),
                appearance: appearance(row, 3)?,
                score,
                events: Vec::new(),
            })
        })?;
        if let Some(event) = &self.event {
            let sql = format!(
                "SELECT b.code FROM event AS b NOT INDEXED WHERE b.id BETWEEN ? AND ? AND {} ORDER BY b.id",
                event.sql
            );
            let mut values = vec![Sql::from(report * MOST), Sql::from((report + 1) * MOST - 1)];
            values.extend(event.values.iter().cloned());
            hit.events = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| row.get(0))?
                .collect::<Result<_, _>>()?;
        }
        Ok(hit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use saksi_record::{EventType, Record};

    use super::*;
    use crate::dates::days;
    use crate::query::{Field, Value};
    use crate::testing::telling;
    use crate::{Entry, Options, Writer};

    const COUNTRIES: [&str; 3] = ["IDN", "PRK", "USA"];
    const TYPES: [EventType; 2] = [EventType::Inspect, EventType::Test];
    const DATES: [&str; 8] = [
        "2023-08-14",
        "2023-08-31/2023-09-01",
        "2023-08",
        "2023",
        "2023-12-30/2024-01-02",
        "2021/2023-08-02",
        "../2023-08-01",
        "2024-02-29",
    ];
    const ASKED: [&str; 5] = [
        "2023-08-14",
        "2023-09",
        "2024-01-01",
        "2023-08-02..2023-09",
        "2024..",
    ];

    /// Of a report: its place among the countries, types and dates, and its day of publication.
    type Told = (usize, usize, usize, u32);

    fn made(number: usize, &(country, kind, date, day): &Told) -> Record {
        let text = format!("Laporan {number} tentang kapal.");
        let country = COUNTRIES[country];
        let mut record = telling(&text, country, country, TYPES[kind], DATES[date], "Kantor");
        record.document.published = Some(format!("2024-03-{day:02}"));
        record
    }

    fn passes(record: &Record, filter: &Filter) -> bool {
        let event = &record.events[0];
        match &filter.value {
            Value::Days((first, last)) => {
                let (from, to) = days(event.date.as_deref().unwrap()).unwrap();
                from <= *last && to >= *first
            }
            Value::Codes(codes) if filter.field == Field::Country => codes
                .iter()
                .any(|code| record.entities[0].country.as_ref() == Some(code)),
            Value::Codes(codes) => codes.contains(&crate::rows::name_of(&event.kind)),
            Value::Names(_) => unreachable!("none is asked for"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn all_ways_find_what_passes(
            told in proptest::collection::vec((0..3_usize, 0..2_usize, 0..8_usize, 1..9_u32), 1..24),
            word in any::<bool>(),
            country in proptest::option::of(0..3_usize),
            kind in proptest::option::of(0..2_usize),
            date in proptest::option::of(0..5_usize),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.db");
            let records: Vec<Record> = told.iter().enumerate().map(|(at, told)| made(at, told)).collect();
            let entries: Vec<Entry> =
                records.iter().map(|record| Entry::new(record.clone(), String::new(), None).unwrap()).collect();
            let added = Writer::open(&path, Options::default()).unwrap().add(&entries).unwrap();
            let mut text = if word { "kapal".to_owned() } else { String::new() };
            for filter in [
                country.map(|at| format!(" country:{}", COUNTRIES[at])),
                kind.map(|at| format!(" type:{}", crate::rows::name_of(&TYPES[at]))),
                date.map(|at| format!(" date:{}", ASKED[at])),
            ]
            .into_iter()
            .flatten()
            {
                text.push_str(&filter);
            }
            let query = Query::parse(&text).unwrap();
            let mut right: Vec<Identifier> = (records.iter().zip(&added))
                .filter(|(record, _)| query.filters.iter().all(|filter| passes(record, filter)))
                .map(|(_, added)| added.identifier)
                .collect();
            right.sort();

            let reader = Reader::open(&path, Options::default()).unwrap();
            let lemmas = |word: &str| vec![word.to_owned()];
            for limit in [1, 100] {
                let found = reader.search(&query, &lemmas, limit).unwrap();
                prop_assert!(found.count == right.len() as u64 && !found.more);
            }
            let found = reader.search(&query, &lemmas, 100).unwrap();
            let mut hits: Vec<Identifier> = found.hits.iter().map(|hit| hit.id).collect();
            hits.sort();
            prop_assert_eq!(hits, right);
            prop_assert_eq!(reader.all(&query, &lemmas).unwrap().len() as u64, found.count);

            let words = query.words.as_ref().map(|words| words.to_fts(&lemmas));
            reader.ask(|connection| {
                let plan = Plan::of(connection, &query, words)?;
                let all = plan.reports(connection, 100)?.rows;
                for way in [Way::Latest, Way::All] {
                    assert_eq!(plan.first(connection, &way, 100)?.0, all);
                }
                if let Some(begin) = &plan.begin {
                    let set = plan.begun(connection, &begin.ids)?;
                    assert_eq!(plan.first(connection, &Way::Of(Some(set)), 100)?.0, all);
                }
                Ok(())
            }).unwrap();
        }
    }
}
