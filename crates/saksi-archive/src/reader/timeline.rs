//! Events by their dates.

use std::collections::BTreeMap;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;

use crate::query::Filter;
use crate::reader::conditions::{self, Part, Stand};
use crate::reader::{Appearance, Reader, appearance};
use crate::{Error, Identifier, Query};

/// Events that are sorted by their days; more are looked for in the order of days.
const FEW: i64 = 10_000;

/// Events by their dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The events, the earliest first.
    pub tellings: Vec<Telling>,
    /// Whether there are earlier ones, which the limit left out.
    pub more: bool,
}

/// An event as one report tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// When it happens, EDTF.
    pub date: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its mode.
    pub mode: Option<String>,
    /// How real it is.
    pub modality: String,
    /// The words that name it.
    pub words: String,
    /// Who does it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// What with or to what.
    pub objects: Vec<String>,
    /// Where.
    pub places: Vec<String>,
    /// According to whom.
    pub sources: Vec<String>,
    /// With what stance they say so.
    pub stance: Option<String>,
    /// How sure the program is, 0 to 1.
    pub confidence: f64,
    /// The report.
    pub id: Identifier,
    /// The event's name in its record.
    pub event: String,
    /// The report's earliest appearance.
    #[serde(flatten)]
    pub appearance: Appearance,
    /// How many reports are reprints of the report.
    pub reprints: u32,
}

impl Reader {
    /// Events with a date, in reports for a query: the latest `limit` of them, the earliest first. Those of reprints are left out unless
    /// `reprints`: what a reprint tells its original told.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn timeline(
        &self,
        query: &Query,
        lemmas: &dyn Fn(&str) -> Vec<String>,
        reprints: bool,
        limit: Option<u32>,
    ) -> Result<Timeline, Error> {
        let words = query.words.as_ref().map(|words| words.to_fts(lemmas));
        self.ask(|connection| {
            let part = question(connection, query, words, reprints)?;
            let mut values = part.values;
            values.push(Sql::from(limit.map_or(-1, |limit| i64::from(limit) + 1)));
            let mut found: Vec<(i64, Telling)> = connection
                .prepare_cached(&part.sql)?
                .query_map(params_from_iter(values), telling)?
                .collect::<Result<_, _>>()?;
            let more = limit.is_some_and(|limit| found.len() > limit as usize);
            if let Some(limit) = limit {
                found.truncate(limit as usize);
            }
            found.reverse();
            let mut tellings = Vec::with_capacity(found.len());
            for (event, mut telling) in found {
                name_parties(connection, event, &mut telling)?;
                tellings.push(telling);
            }
            Ok(Timeline { tellings, more })
        })
    }
}

fn question(
    connection: &Connection,
    query: &Query,
    words: Option<String>,
    reprints: bool,
) -> rusqlite::Result<Part> {
    let (of_report, of_event): (Vec<&Filter>, Vec<&Filter>) = query
        .filters
        .iter()
        .partition(|filter| filter.field.is_of_report());
    let mut conditions = vec![Part::new("b.first IS NOT NULL")];
    if !reprints {
        conditions.push(Part::new("r.reprint_of IS NULL"));
    }
    let begin = conditions::few_events(connection, &of_event, FEW)?;
    if let Some(words) = words {
        let mut part = Part::new("b.report IN (SELECT rowid FROM words WHERE words MATCH ?)");
        part.value(words);
        conditions.push(part);
    }
    conditions.extend(of_report.into_iter().map(conditions::report));
    if begin.is_none() {
        conditions.push(Stand::Event.holds(&of_event));
    }
    let mut part = Part::new(
        "SELECT b.id, b.date, b.type, b.mode, b.modality, b.words, s.stance, b.confidence, r.digest, b.code, \
         r.uri, r.title, r.outlet, r.published, NULL, \
         (SELECT count(*) FROM report AS c WHERE c.reprint_of = r.id) \
         FROM ",
    );
    match begin {
        Some(begin) => {
            part.add("(SELECT DISTINCT id FROM (");
            part.append(begin.ids);
            part.add(")) AS d CROSS JOIN event AS b ON b.id = d.id");
        }
        // By the days of its index, the latest first.
        None => part.add("event AS b INDEXED BY event_date"),
    }
    part.add(" CROSS JOIN report AS r ON r.id = b.report LEFT JOIN statement AS s ON s.id = b.statement WHERE ");
    part.append(Part::all(conditions));
    part.add(" ORDER BY b.first DESC, b.last DESC, b.id DESC LIMIT ?");
    Ok(part)
}

fn telling(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Telling)> {
    Ok((
        row.get(0)?,
        Telling {
            date: row.get(1)?,
            kind: row.get(2)?,
            mode: row.get(3)?,
            modality: row.get(4)?,
            words: row.get(5)?,
            actors: Vec::new(),
            recipients: Vec::new(),
            objects: Vec::new(),
            places: Vec::new(),
            sources: Vec::new(),
            stance: row.get(6)?,
            confidence: row.get(7)?,
            id: Identifier::from_bytes(row.get(8)?),
            event: row.get(9)?,
            appearance: appearance(row, 10)?,
            reprints: row.get(15)?,
        },
    ))
}

fn name_parties(
    connection: &Connection,
    event: i64,
    telling: &mut Telling,
) -> rusqlite::Result<()> {
    let mut roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT p.role, name.name FROM party AS p JOIN entity AS n ON n.id = p.entity JOIN name ON name.id = n.name WHERE p.event = ?1 ORDER BY n.id",
    )?;
    let mut rows = statement.query([event])?;
    while let Some(row) = rows.next()? {
        roles.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut take = |role: &str| roles.remove(role).unwrap_or_default();
    telling.actors = take("actor");
    telling.recipients = take("recipient");
    telling.objects = take("object");
    telling.places = take("place");
    telling.sources = take("source");
    Ok(())
}
