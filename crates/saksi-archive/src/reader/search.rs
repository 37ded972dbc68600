//! Reports by their words and by what they tell.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::query::Filter;
use crate::reader::conditions::{self, Part, Stand};
use crate::reader::{Appearance, Reader, appearance};
use crate::rows::MOST;
use crate::{Error, Identifier, Query};

/// Of the reports with words that very many have, so many of the latest are weighed; where events of each have to be looked at, no more than are shown.
const WEIGHED: i64 = 3_000;

/// Reports are counted up to this.
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
            let plan = Plan::of(connection, query)?;
            let mut rows = plan.reports(connection, words.as_deref(), limit.saturating_add(1))?;
            let more = rows.len() > limit as usize;
            rows.truncate(limit as usize);
            let shown = rows.len() as u64;
            // Where each report would have to be looked at to count, it is only told that there are more.
            let (count, more) = if more && !plan.is_slow() {
                plan.count(connection, words.as_deref())?
            } else {
                (shown, more)
            };
            let mut hits = Vec::with_capacity(rows.len());
            for (report, score) in rows {
                hits.push(plan.hit(connection, report, score)?);
            }
            Ok(Found { hits, count, more })
        })
    }
}

/// How a query is answered.
struct Plan {
    /// What must hold of a report `r`, by its own columns and, where no filter leaves few, by its events.
    condition: Part,
    /// The reports with an event that passes, where these are few.
    few: Option<Vec<i64>>,
    /// What must hold of an event `e` of it; none where nothing is asked of events.
    event: Option<Part>,
}

impl Plan {
    fn of(connection: &Connection, query: &Query) -> rusqlite::Result<Self> {
        let (of_report, of_event): (Vec<&Filter>, Vec<&Filter>) = query
            .filters
            .iter()
            .partition(|filter| filter.field.is_of_report());
        let mut conditions: Vec<Part> = of_report
            .iter()
            .map(|filter| conditions::report(filter))
            .collect();
        let in_report = |alias: &str| {
            format!(
                "{alias} BETWEEN r.id * {MOST} AND r.id * {MOST} + {}",
                MOST - 1
            )
        };
        let with_events = of_event.iter().any(|filter| filter.field.is_of_event());
        let few = if with_events {
            match conditions::few_events(connection, &of_event)? {
                Some(events) => Some(reports_of(connection, events)?),
                None => None,
            }
        } else if of_event.is_empty() {
            match conditions::few_reports(connection, &of_report)? {
                Some(reports) => Some(ids(connection, &reports)?),
                None => None,
            }
        } else {
            // Of who says what: statements count that tell of no event, too.
            match conditions::sayings(connection, &of_event)? {
                Some(begin) => {
                    let mut part = Part::new("SELECT s.id AS id FROM (");
                    part.append(begin);
                    part.add(") AS b CROSS JOIN statement AS s ON s.id = b.id WHERE ");
                    part.append(conditions::says(&of_event));
                    Some(reports_of(connection, part)?)
                }
                None => None,
            }
        };
        if few.is_none() && !of_event.is_empty() {
            // By its number, and by no other way, since it is a few items of one report that are looked at.
            let stand = Stand::of(&of_event);
            let (table, id, condition) = if with_events {
                (stand.table(), stand.id(), stand.holds(&of_event))
            } else {
                ("statement AS s", "s.id", conditions::says(&of_event))
            };
            let mut part = Part::new(format!(
                "EXISTS (SELECT 1 FROM {table} NOT INDEXED WHERE {} AND ",
                in_report(id)
            ));
            part.append(condition);
            part.add(")");
            conditions.push(part);
        }
        Ok(Self {
            condition: Part::all(conditions),
            few,
            event: (!of_event.is_empty()).then(|| Stand::Event.holds(&of_event)),
        })
    }

    /// Whether events of each report have to be looked at.
    fn is_slow(&self) -> bool {
        self.event.is_some() && self.few.is_none()
    }

    /// What must hold of the report `r`, with those that are few.
    fn of_report(&self) -> Part {
        let mut part = self.condition.clone();
        if let Some(few) = &self.few {
            // The plus keeps the database from asking the index of words once a report.
            part.add(" AND +r.id IN (SELECT value FROM json_each(?))");
            part.value(serde_json::to_string(few).unwrap_or_default());
        }
        part
    }

    /// The reports and their scores, in order.
    fn reports(
        &self,
        connection: &Connection,
        words: Option<&str>,
        limit: u32,
    ) -> rusqlite::Result<Vec<(i64, f64)>> {
        let mut part = Part::default();
        let weighed = if self.is_slow() {
            i64::from(limit)
        } else {
            WEIGHED.max(i64::from(limit))
        };
        if let Some(words) = words {
            // Weighing costs more than finding: where very many reports have the words, only the latest are weighed.
            part.add("SELECT id, -weight FROM (SELECT words.rowid AS id, words.rank AS weight FROM words JOIN report AS r ON r.id = words.rowid WHERE words MATCH ? AND ");
            part.value(words.to_owned());
            part.append(self.of_report());
            part.add(&format!(
                " ORDER BY words.rowid DESC LIMIT {weighed}) ORDER BY weight, id DESC LIMIT ?"
            ));
        } else {
            part.add("SELECT r.id, 0.0 FROM report AS r WHERE ");
            if let Some(few) = &self.few {
                part.add("r.id IN (SELECT value FROM json_each(?)) AND ");
                part.value(serde_json::to_string(few).unwrap_or_default());
            }
            part.append(self.condition.clone());
            part.add(" ORDER BY r.published DESC, r.id DESC LIMIT ?");
        }
        let mut values = part.values;
        values.push(Sql::from(limit));
        connection
            .prepare_cached(&part.sql)?
            .query_map(params_from_iter(values), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect()
    }

    /// How many reports there are, counted up to a bound.
    fn count(&self, connection: &Connection, words: Option<&str>) -> rusqlite::Result<(u64, bool)> {
        let mut part = Part::new("SELECT count(*) FROM (SELECT 1 FROM ");
        match words {
            Some(words) => {
                part.add("words JOIN report AS r ON r.id = words.rowid WHERE words MATCH ? AND ");
                part.value(words.to_owned());
            }
            None => part.add("report AS r WHERE "),
        }
        part.append(self.of_report());
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

/// The reports of these items: an item's identifier begins with its report's.
fn reports_of(connection: &Connection, items: Part) -> rusqlite::Result<Vec<i64>> {
    let mut part = Part::new(format!("SELECT DISTINCT id / {MOST} FROM ("));
    part.append(items);
    part.add(")");
    ids(connection, &part)
}

fn ids(connection: &Connection, part: &Part) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(&part.sql)?
        .query_map(params_from_iter(&part.values), |row| row.get(0))?
        .collect()
}
