//! Filters as conditions of SQL.
//!
//! Each filter about events can be put in two ways: as the events for which it holds (to begin with, where they are few) and as what must hold of
//! the event at hand (to check, where they are many). Which one, is decided by counting: it is what keeps a search over many reports quick.

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use crate::query::{Field, Filter, Name, Value};
use crate::rows::MOST;

/// A part of a query of SQL and its values, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) sql: String,
    pub(super) values: Vec<Sql>,
}

impl Part {
    pub(super) fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            values: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    pub(super) fn append(&mut self, other: Self) {
        self.sql.push_str(&other.sql);
        self.values.extend(other.values);
    }

    pub(super) fn value(&mut self, value: impl Into<Sql>) {
        self.values.push(value.into());
    }

    /// All parts joined by `AND`; `1` where there are none.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::new("1");
        for part in parts {
            all.add(" AND (");
            all.append(part);
            all.add(")");
        }
        all
    }
}

/// Events, statements or reports that are few enough to begin with.
const FEW: i64 = 3_000;

/// A list of values: `(?, ?)`.
fn list(part: &mut Part, codes: &[String]) {
    part.add("(");
    for (at, code) in codes.iter().enumerate() {
        part.add(if at > 0 { ", ?" } else { "?" });
        part.value(code.clone());
    }
    part.add(")");
}

/// A condition on the entity `n`: that it is one of these.
fn named(names: &[Name]) -> Part {
    let mut part = Part::new("(");
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            part.add(" OR ");
        }
        match name {
            Name::Words(..) => {
                part.add("n.name IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)");
                part.value(name.to_fts().unwrap_or_default());
            }
            Name::Link(value) => {
                part.add("n.id IN (SELECT entity FROM link WHERE value = ?)");
                part.value(value.clone());
            }
            Name::Country(code) => {
                part.add("n.country = ?");
                part.value(code.clone());
                // Three capitals may as well be a name (`DPR`, `PBB`).
                part.add(" OR n.name IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)");
                part.value(format!("\"{code}\""));
            }
        }
    }
    part.add(")");
    part
}

/// The role of a party that a field is about; none for any role.
fn role(field: Field) -> Option<&'static str> {
    match field {
        Field::Actor => Some("actor"),
        Field::Recipient => Some("recipient"),
        Field::Object => Some("object"),
        Field::Place => Some("place"),
        Field::Source => Some("source"),
        _ => None,
    }
}

/// The condition on the entity `n` of a filter about parties, and that on its part `p` in the event.
fn party(filter: &Filter) -> Option<(Part, Part)> {
    let entity = match (&filter.field, &filter.value) {
        (Field::Country, Value::Codes(codes)) => {
            let mut part = Part::new("n.country IN ");
            list(&mut part, codes);
            part
        }
        (_, Value::Names(names)) => named(names),
        _ => return None,
    };
    let mut part = Part::default();
    if let Some(role) = role(filter.field) {
        part.add("p.role = ?");
        part.value(role.to_owned());
    } else {
        // Who says so is no party.
        part.add("p.role <> 'source'");
    }
    Some((entity, part))
}

/// A condition on columns of the event `e`.
fn column(filter: &Filter) -> Part {
    match (&filter.field, &filter.value) {
        (_, Value::Days((first, last))) => {
            let mut part = Part::new("e.first <= ? AND e.last >= ?");
            part.value(*last);
            part.value(*first);
            part
        }
        (Field::Stance, Value::Codes(codes)) => {
            let mut part = Part::new(
                "e.statement IN (SELECT s.id FROM statement AS s WHERE s.id = e.statement AND s.stance IN ",
            );
            list(&mut part, codes);
            part.add(")");
            part
        }
        (field, Value::Codes(codes)) => {
            let mut part = Part::new(match field {
                Field::Mode => "e.mode IN ",
                Field::Modality => "e.modality IN ",
                _ => "e.type IN ",
            });
            list(&mut part, codes);
            part
        }
        (_, Value::Names(_)) => Part::new("0"),
    }
}

/// What must hold of the event `e`.
pub(super) fn holds(filter: &Filter) -> Part {
    let Some((entity, role)) = party(filter) else {
        return column(filter);
    };
    let mut part = Part::new(
        "EXISTS (SELECT 1 FROM party AS p CROSS JOIN entity AS n NOT INDEXED ON n.id = p.entity WHERE p.event = e.id AND ",
    );
    part.append(role);
    part.add(" AND ");
    part.append(entity);
    part.add(")");
    part
}

/// A way to begin: what is counted to see whether it is few, and the identifiers themselves, as `id`.
struct Begin {
    counted: Part,
    ids: Part,
}

/// The events for which it holds; none where no index leads to them.
fn events(filter: &Filter) -> Option<Begin> {
    if let Some((entity, role)) = party(filter) {
        let mut counted = Part::new("SELECT 1 FROM entity AS n WHERE ");
        counted.append(entity.clone());
        // CROSS JOIN: entities first, since it is they who are few.
        let mut ids = Part::new(
            "SELECT p.event AS id FROM entity AS n CROSS JOIN party AS p ON p.entity = n.id WHERE ",
        );
        ids.append(entity);
        ids.add(" AND ");
        ids.append(role);
        return Some(Begin { counted, ids });
    }
    match (&filter.field, &filter.value) {
        (_, Value::Days((first, last))) => {
            let mut ids = Part::new("SELECT id FROM event_days WHERE first <= ? AND last >= ?");
            ids.value(*last);
            ids.value(*first);
            Some(Begin {
                counted: ids.clone(),
                ids,
            })
        }
        (Field::Type, Value::Codes(_)) => {
            let mut ids = Part::new("SELECT e.id AS id FROM event AS e WHERE ");
            ids.append(column(filter));
            Some(Begin {
                counted: ids.clone(),
                ids,
            })
        }
        _ => None,
    }
}

/// The reports for which a filter about reports holds; none where no index leads to them.
fn reports(filter: &Filter) -> Option<Begin> {
    let ids = match (&filter.field, &filter.value) {
        (_, Value::Names(names)) => {
            let mut part = Part::new("SELECT n.report AS id FROM entity AS n WHERE ");
            part.append(named(names));
            part
        }
        (Field::Outlet, Value::Codes(codes)) => {
            let mut part = Part::new(
                "SELECT a.report AS id FROM appearance AS a WHERE a.outlet IS NOT NULL AND a.outlet COLLATE NOCASE IN ",
            );
            list(&mut part, codes);
            part
        }
        _ => return None,
    };
    Some(Begin {
        counted: ids.clone(),
        ids,
    })
}

/// Of the filters about reports the one that the fewest pass, as a query for these; none where many pass each.
pub(super) fn few_reports(
    connection: &Connection,
    filters: &[&Filter],
) -> rusqlite::Result<Option<Part>> {
    least(
        connection,
        filters.iter().filter_map(|filter| reports(filter)),
    )
}

/// The statements by these sources, with these stances: what must hold of the statement `s`.
pub(super) fn says(filters: &[&Filter]) -> Part {
    Part::all(filters.iter().map(|filter| match &filter.value {
        Value::Names(names) => {
            let mut part = Part::new(
                "EXISTS (SELECT 1 FROM entity AS n NOT INDEXED WHERE n.id = s.source AND ",
            );
            part.append(named(names));
            part.add(")");
            part
        }
        Value::Codes(codes) => {
            let mut part = Part::new("s.stance IN ");
            list(&mut part, codes);
            part
        }
        Value::Days(_) => Part::new("0"),
    }))
}

/// What must hold of the report `r`.
pub(super) fn report(filter: &Filter) -> Part {
    match (&filter.field, &filter.value) {
        (_, Value::Days((first, last))) => {
            // Days of reports are written as in the record.
            let mut part = Part::new("r.published BETWEEN ? AND ?");
            part.value(written(*first));
            part.value(written(*last));
            part
        }
        (Field::Lang, Value::Codes(codes)) => {
            let mut part = Part::new("r.language IN ");
            list(&mut part, codes);
            part
        }
        (_, Value::Codes(codes)) => {
            let mut part = Part::new(
                "EXISTS (SELECT 1 FROM appearance AS a WHERE a.report = r.id AND a.outlet COLLATE NOCASE IN ",
            );
            list(&mut part, codes);
            part.add(")");
            part
        }
        (_, Value::Names(names)) => {
            let mut part = Part::new(format!(
                "EXISTS (SELECT 1 FROM entity AS n NOT INDEXED WHERE n.id BETWEEN r.id * {MOST} AND r.id * {MOST} + {} AND ",
                MOST - 1
            ));
            part.append(named(names));
            part.add(")");
            part
        }
    }
}

fn written(day: i64) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        day / 10_000,
        day / 100 % 100,
        day % 100
    )
}

/// Of the filters the one that the fewest events pass, as a query for these events; none where many pass each.
pub(super) fn fewest(
    connection: &Connection,
    filters: &[&Filter],
) -> rusqlite::Result<Option<Part>> {
    least(
        connection,
        filters.iter().filter_map(|filter| events(filter)),
    )
}

/// Of the filters about sources the one that the fewest statements pass, as a query for these statements; none where many pass each.
pub(super) fn sayings(
    connection: &Connection,
    filters: &[&Filter],
) -> rusqlite::Result<Option<Part>> {
    let begins = filters.iter().filter_map(|filter| match &filter.value {
        Value::Names(names) => {
            let mut counted = Part::new("SELECT 1 FROM entity AS n WHERE ");
            counted.append(named(names));
            let mut ids = Part::new("SELECT s.id AS id FROM entity AS n CROSS JOIN statement AS s ON s.source = n.id WHERE ");
            ids.append(named(names));
            Some(Begin { counted, ids })
        }
        _ => None,
    });
    least(connection, begins)
}

fn least(
    connection: &Connection,
    begins: impl Iterator<Item = Begin>,
) -> rusqlite::Result<Option<Part>> {
    let mut best: Option<(i64, Part)> = None;
    for Begin { counted, ids } in begins {
        let bound = best.as_ref().map_or(FEW, |(least, _)| *least);
        let sql = format!("SELECT count(*) FROM ({} LIMIT {bound})", counted.sql);
        let count: i64 = connection
            .prepare(&sql)?
            .query_row(rusqlite::params_from_iter(&counted.values), |row| {
                row.get(0)
            })?;
        if count < bound {
            best = Some((count, ids));
        }
    }
    Ok(best.map(|(_, ids)| ids))
}
