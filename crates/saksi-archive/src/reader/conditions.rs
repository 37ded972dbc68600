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

/// A list of values: `(?, ?)`.
fn list(part: &mut Part, codes: &[String]) {
    part.add("(");
    for (at, code) in codes.iter().enumerate() {
        part.add(if at > 0 { ", ?" } else { "?" });
        part.value(code.clone());
    }
    part.add(")");
}

/// A condition on what has these columns: that it is one of these.
fn named(names: &[Name], name_column: &str, entity: &str, country: &str) -> Part {
    let mut part = Part::new("(");
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            part.add(" OR ");
        }
        match name {
            Name::Words(..) => {
                part.add(&format!(
                    "{name_column} IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)"
                ));
                part.value(name.to_fts().unwrap_or_default());
            }
            Name::Link(value) => {
                part.add(&format!(
                    "{entity} IN (SELECT entity FROM link WHERE value = ?)"
                ));
                part.value(value.clone());
            }
            Name::Country(code) => {
                part.add(&format!("({country} IS NOT NULL AND {country} = ?)"));
                part.value(code.clone());
                // Three capitals may as well be a name (`DPR`, `PBB`).
                part.add(&format!(
                    " OR {name_column} IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)"
                ));
                part.value(format!("\"{code}\""));
            }
        }
    }
    part.add(")");
    part
}

/// As [`named`], of the entity `n`.
fn named_entity(names: &[Name]) -> Part {
    named(names, "n.name", "n.id", "n.country")
}

/// The roles of a party that a field is about, as a condition.
fn role(field: Field) -> &'static str {
    match field {
        Field::Actor => "role = 'actor'",
        Field::Recipient => "role = 'recipient'",
        Field::Object => "role IN ('object', 'instrument')",
        Field::Place => "role = 'place'",
        Field::Source => "role = 'source'",
        // Who says so is no party.
        _ => "role <> 'source'",
    }
}

/// Whether it is about somebody or something that takes part.
fn is_party(filter: &Filter) -> bool {
    filter.field == Field::Country || matches!(filter.value, Value::Names(_))
}

/// The condition on the party `alias` of a filter about parties. A plus before the alias keeps the database from going by an index of what is asked, where
/// it is to go by the event.
fn party(filter: &Filter, alias: &str) -> Part {
    let mut part = Part::new(format!("{alias}.{} AND ", role(filter.field)));
    match &filter.value {
        Value::Codes(codes) => {
            part.add(&format!(
                "{alias}.country IS NOT NULL AND {alias}.country IN "
            ));
            list(&mut part, codes);
        }
        Value::Names(names) => {
            part.append(named(
                names,
                &format!("{alias}.name"),
                &format!("{alias}.entity"),
                &format!("{alias}.country"),
            ));
        }
        Value::Days(_) => part.add("0"),
    }
    part
}

/// What stands for an event in a query: its own row, or that of one of its parties, which holds what is asked most.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stand<'a> {
    /// The row `b` of the event.
    Event,
    /// The row `b` of the party that this filter is about.
    Party(&'a Filter),
}

impl<'a> Stand<'a> {
    /// A party of the first filter that is about one, else the event.
    pub(super) fn of(filters: &[&'a Filter]) -> Self {
        (filters.iter())
            .find(|filter| is_party(filter))
            .map_or(Self::Event, |filter| Self::Party(filter))
    }

    /// The table.
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Event => "event AS b",
            Self::Party(_) => "party AS b",
        }
    }

    /// The column with the event's identifier.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Event => "b.id",
            Self::Party(_) => "b.event",
        }
    }

    /// What must hold of the row for all filters.
    pub(super) fn holds(self, filters: &[&Filter]) -> Part {
        Part::all(filters.iter().map(|filter| self.one(filter, filters, "b")))
    }

    /// As [`Stand::holds`], of rows that are looked at one by one.
    pub(super) fn holds_of_one(self, filters: &[&Filter]) -> Part {
        Part::all(filters.iter().map(|filter| self.one(filter, filters, "+b")))
    }

    /// What must hold of the row for those filters that it answers by itself.
    fn holds_cheaply(self, filters: &[&Filter]) -> Part {
        let own = |filter: &Filter| matches!(self, Self::Party(own) if std::ptr::eq(own, filter));
        let cheap =
            |filter: &Filter| own(filter) || (!is_party(filter) && filter.field != Field::Mode);
        Part::all(
            filters
                .iter()
                .filter(|filter| cheap(filter))
                .map(|filter| self.one(filter, filters, "b")),
        )
    }

    /// What must hold of the row for one of the filters. Whose stance is asked for is the source's, where one is named: its own statement, and not one within it.
    fn one(self, filter: &Filter, filters: &[&Filter], alias: &str) -> Part {
        let stances = || filters.iter().filter(|other| other.field == Field::Stance);
        let party = |alias: &str| {
            let mut part = party(filter, alias);
            for stance in stances().filter(|_| filter.field == Field::Source) {
                if let Value::Codes(codes) = &stance.value {
                    part.add(&format!(" AND {alias}.stance IN "));
                    list(&mut part, codes);
                }
            }
            part
        };
        let of_source = filter.field == Field::Stance
            && filters.iter().any(|other| other.field == Field::Source);
        if of_source {
            return Part::new("1");
        }
        if let Self::Party(own) = self
            && std::ptr::eq(own, filter)
        {
            return party(alias);
        }
        if is_party(filter) {
            let mut part = Part::new(format!(
                "EXISTS (SELECT 1 FROM party AS q WHERE q.event = {} AND ",
                self.id()
            ));
            part.append(party("+q"));
            part.add(")");
            return part;
        }
        let (before, after) = match (filter.field, self) {
            (Field::Mode, Self::Party(_)) => (
                "EXISTS (SELECT 1 FROM event AS m WHERE m.id = b.event AND m.mode IN ",
                ")",
            ),
            (Field::Stance, Self::Event) => (
                "EXISTS (SELECT 1 FROM statement AS m WHERE m.id = b.statement AND m.stance IN ",
                ")",
            ),
            (Field::Mode, Self::Event) => ("b.mode IN ", ""),
            (Field::Stance, Self::Party(_)) => ("b.stance IN ", ""),
            (Field::Modality, _) => ("b.modality IN ", ""),
            _ => ("b.type IN ", ""),
        };
        match &filter.value {
            Value::Days((first, last)) => {
                let mut part = Part::new("b.first <= ? AND b.last >= ?");
                part.value(*last);
                part.value(*first);
                part
            }
            Value::Codes(codes) => {
                let mut part = Part::new(before);
                list(&mut part, codes);
                part.add(after);
                part
            }
            Value::Names(_) => Part::new("0"),
        }
    }
}

/// A way to begin: what is counted to see how many there are, and the identifiers themselves, as `id`.
struct Begin {
    counted: Part,
    ids: Part,
}

/// What a search may begin with: so many rows, as a query for their identifiers.
pub(super) struct Beginning {
    /// How many rows are looked at.
    pub(super) count: i64,
    /// The query; its column is `id`.
    pub(super) ids: Part,
}

/// Longer stretches of days have indexes of their own: a difference of two numbers YYYYMMDD.
const LONG: i64 = 100;

/// The events for which the filters hold, found by a row that stands for each: those filters that the row answers by itself, or all of them.
fn events(stand: Stand<'_>, select: &str, filters: &[&Filter], cheaply: bool) -> Part {
    let table = stand.table();
    let condition = if cheaply {
        stand.holds_cheaply(filters)
    } else {
        stand.holds(filters)
    };
    let from = (filters.iter()).find_map(|filter| match filter.value {
        Value::Days((from, _)) => Some(from),
        _ => None,
    });
    let by_type = filters.iter().any(|filter| filter.field == Field::Type);
    let (short, long) = match stand {
        Stand::Party(filter) if filter.field == Field::Country => {
            ("party_country_date", "party_country_long")
        }
        Stand::Event if by_type => ("event_type", "event_long"),
        Stand::Event => ("event_date", "event_long"),
        Stand::Party(_) => ("", ""),
    };
    let Some(from) = from.filter(|_| !short.is_empty()) else {
        let mut part = Part::new(format!("SELECT {select} FROM {table} WHERE "));
        part.append(condition);
        return part;
    };
    let mut part = Part::new(format!(
        "SELECT {select} FROM {table} INDEXED BY {short} WHERE b.first > ? AND b.last - b.first < {LONG} AND "
    ));
    part.value(from - LONG);
    part.append(condition.clone());
    part.add(&format!(
        " UNION ALL SELECT {select} FROM {table} INDEXED BY {long} WHERE b.last - b.first >= {LONG} AND "
    ));
    part.append(condition);
    part
}

/// The reports for which a filter about reports holds; none where no index leads to them.
fn reports(filter: &Filter) -> Option<Begin> {
    let ids = match (&filter.field, &filter.value) {
        (_, Value::Names(names)) => {
            let mut part = Part::new("SELECT n.report AS id FROM entity AS n WHERE ");
            part.append(named_entity(names));
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

/// Of the filters about reports the one that the fewest pass, as a query for these; none where more than `most` pass each.
pub(super) fn few_reports(
    connection: &Connection,
    filters: &[&Filter],
    most: i64,
) -> rusqlite::Result<Option<Beginning>> {
    least(
        connection,
        filters.iter().filter_map(|filter| reports(filter)),
        most,
    )
}

/// The statements by these sources, with these stances: what must hold of the statement `s`.
pub(super) fn says(filters: &[&Filter]) -> Part {
    Part::all(filters.iter().map(|filter| match &filter.value {
        Value::Names(names) => {
            let mut part = Part::new(
                "EXISTS (SELECT 1 FROM entity AS n NOT INDEXED WHERE n.id = s.source AND ",
            );
            part.append(named_entity(names));
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
            part.append(named_entity(names));
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

/// The events for which all filters hold, if those of some filter are at most `most`; none where all leave more, or no index leads to them.
pub(super) fn few_events(
    connection: &Connection,
    filters: &[&Filter],
    most: i64,
) -> rusqlite::Result<Option<Beginning>> {
    let begin = |stand: Stand<'_>| Begin {
        counted: events(stand, "1", filters, true),
        ids: events(stand, &format!("{} AS id", stand.id()), filters, false),
    };
    let by_party = filters
        .iter()
        .filter(|filter| is_party(filter))
        .map(|filter| begin(Stand::Party(filter)));
    let by_event = filters
        .iter()
        .any(|filter| matches!(filter.field, Field::Type | Field::Date))
        .then(|| begin(Stand::Event));
    least(connection, by_party.chain(by_event), most)
}

/// Of the filters about sources the one that the fewest statements pass, as a query for these statements; none where more than `most` pass each.
pub(super) fn sayings(
    connection: &Connection,
    filters: &[&Filter],
    most: i64,
) -> rusqlite::Result<Option<Beginning>> {
    let begins = filters.iter().filter_map(|filter| match &filter.value {
        Value::Names(names) => {
            let mut counted = Part::new("SELECT 1 FROM entity AS n WHERE ");
            counted.append(named_entity(names));
            let mut ids = Part::new("SELECT s.id AS id FROM entity AS n CROSS JOIN statement AS s ON s.source = n.id WHERE ");
            ids.append(named_entity(names));
            Some(Begin { counted, ids })
        }
        _ => None,
    });
    least(connection, begins, most)
}

fn least(
    connection: &Connection,
    begins: impl Iterator<Item = Begin>,
    most: i64,
) -> rusqlite::Result<Option<Beginning>> {
    let mut best: Option<Beginning> = None;
    for Begin { counted, ids } in begins {
        let bound = best.as_ref().map_or(most + 1, |best| best.count);
        let sql = format!("SELECT count(*) FROM ({} LIMIT {bound})", counted.sql);
        let count: i64 = connection
            .prepare_cached(&sql)?
            .query_row(rusqlite::params_from_iter(&counted.values), |row| {
                row.get(0)
            })?;
        if count < bound {
            best = Some(Beginning { count, ids });
        }
    }
    Ok(best)
}
