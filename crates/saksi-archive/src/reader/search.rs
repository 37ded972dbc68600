//! Reports by their words and by what they tell.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::query::Filter;
use crate::reader::conditions::{self, Part};
use crate::reader::{Appearance, Reader, appearance};
use crate::rows::MOST;
use crate::{Error, Identifier, Query};

/// Of the reports with words that very many have, so many of the latest are weighed.
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
            let rows = plan.reports(connection, words.as_deref(), limit)?;
            let (count, more) = if rows.len() < limit as usize {
                (rows.len() as u64, false)
            } else {
                plan.count(connection, words.as_deref())?
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
                "{alias}.id BETWEEN r.id * {MOST} AND r.id * {MOST} + {}",
                MOST - 1
            )
        };
        let with_events = of_event.iter().any(|filter| filter.field.is_of_event());
        let event = Part::all(of_event.iter().map(|filter| conditions::holds(filter)));
        let few = if with_events {
            (conditions::fewest(connection, &of_event)?)
                .map(|begin| reports_of(connection, begin, "event AS e", "e", &event))
                .transpose()?
        } else if of_event.is_empty() {
            (conditions::few_reports(connection, &of_report)?)
                .map(|begin| ids(connection, &begin))
                .transpose()?
        } else {
            // Of who says what: statements count that tell of no event, too.
            let says = conditions::says(&of_event);
            (conditions::sayings(connection, &of_event)?)
                .map(|begin| reports_of(connection, begin, "statement AS s", "s", &says))
                .transpose()?
        };
        if few.is_none() && !of_event.is_empty() {
            let (from, alias, condition) = if with_events {
                ("event AS e", "e", event.clone())
            } else {
                ("statement AS s", "s", conditions::says(&of_event))
            };
            // NOT INDEXED: by its number, and by no other way, since it is a few items of one report that are looked at.
            let mut part = Part::new(format!(
                "EXISTS (SELECT 1 FROM {from} NOT INDEXED WHERE {} AND ",
                in_report(alias)
            ));
            part.append(condition);
            part.add(")");
            conditions.push(part);
        }
        Ok(Self {
            condition: Part::all(conditions),
            few,
            event: (!of_event.is_empty()).then_some(event),
        })
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
        if let Some(words) = words {
            // Weighing costs more than finding: where very many reports have the words, only the latest are weighed.
            part.add("SELECT id, -weight FROM (SELECT words.rowid AS id, words.rank AS weight FROM words JOIN report AS r ON r.id = words.rowid WHERE words MATCH ? AND ");
            part.value(words.to_owned());
            part.append(self.of_report());
            part.add(&format!(
                " ORDER BY words.rowid DESC LIMIT {WEIGHED}) ORDER BY weight, id DESC LIMIT ?"
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
                "SELECT e.code FROM event AS e WHERE e.id BETWEEN ? AND ? AND {} ORDER BY e.id",
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

/// The reports of the items that `begin` gives and for which `condition` holds.
fn reports_of(
    connection: &Connection,
    begin: Part,
    from: &str,
    alias: &str,
    condition: &Part,
) -> rusqlite::Result<Vec<i64>> {
    let mut part = Part::new(format!("SELECT DISTINCT {alias}.report AS id FROM ("));
    part.append(begin);
    part.add(&format!(
        ") AS b CROSS JOIN {from} ON {alias}.id = b.id WHERE "
    ));
    part.append(condition.clone());
    ids(connection, &part)
}

fn ids(connection: &Connection, part: &Part) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(&part.sql)?
        .query_map(params_from_iter(&part.values), |row| row.get(0))?
        .collect()
}
