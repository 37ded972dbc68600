//! The rows that can be searched: put in and taken away, all of a report at once.

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::entry::Entry;
use crate::rows::MOST;

/// The identifier of the item at a place of a report.
fn item(report: i64, place: usize) -> i64 {
    report * MOST + i64::try_from(place).expect("an entry's items fit")
}

pub(super) fn put(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<()> {
    let item = |place: usize| item(report, place);
    let mut names = Vec::with_capacity(entry.rows.entities.len());
    {
        let mut entities = transaction.prepare_cached(
            "INSERT INTO entity (id, report, code, type, name, country, sector, latitude, longitude) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        let mut links = transaction.prepare_cached(
            "INSERT OR IGNORE INTO link (value, scheme, entity) VALUES (?1, ?2, ?3)",
        )?;
        for (place, row) in entry.rows.entities.iter().enumerate() {
            let name = name(transaction, &row.name)?;
            names.push(name);
            let (latitude, longitude) = row.place.unzip();
            entities.execute(params![
                item(place),
                report,
                row.code,
                row.kind,
                name,
                row.country,
                row.sector,
                latitude,
                longitude
            ])?;
            for (scheme, value) in &row.links {
                links.execute(params![value, scheme, item(place)])?;
            }
        }
    }
    {
        let mut statements = transaction
            .prepare_cached("INSERT INTO statement (id, report, code, source, stance, quotation, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (place, row) in entry.rows.statements.iter().enumerate() {
            statements.execute(params![
                item(place),
                report,
                row.code,
                row.source.map(item),
                row.stance,
                row.quotation,
                row.content
            ])?;
        }
    }
    let mut events = transaction.prepare_cached(
        "INSERT INTO event (id, report, code, type, mode, modality, words, sentence, date, first, last, statement, happening, confidence) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let mut parties = transaction.prepare_cached(
        "INSERT INTO party (event, role, entity, name, country, type, modality, stance, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (place, row) in entry.rows.events.iter().enumerate() {
        let (first, last) = row.days.unzip();
        events.execute(params![
            item(place),
            report,
            row.code,
            row.kind,
            row.mode,
            row.modality,
            row.words,
            row.sentence,
            row.date,
            first,
            last,
            row.statement.map(item),
            row.happening,
            row.confidence
        ])?;
        for party in &row.parties {
            let country = entry
                .rows
                .entities
                .get(party.entity)
                .and_then(|row| row.country.as_ref());
            let name = names.get(party.entity);
            parties.execute(params![
                item(place),
                party.role,
                item(party.entity),
                name,
                country,
                row.kind,
                row.modality,
                party.stance,
                first,
                last
            ])?;
        }
    }
    let document = &entry.record.document;
    (transaction.prepare_cached(
        "INSERT INTO words (rowid, title, text, lemmas) VALUES (?1, ?2, ?3, ?4)",
    )?)
    .execute(params![report, document.title, document.text, entry.lemmas])?;
    Ok(())
}

pub(super) fn take_away(transaction: &Transaction<'_>, report: i64) -> rusqlite::Result<()> {
    let (first, last) = (item(report, 0), item(report + 1, 0) - 1);
    for statement in [
        "DELETE FROM party WHERE event BETWEEN ?1 AND ?2",
        "DELETE FROM event WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM statement WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM link WHERE entity BETWEEN ?1 AND ?2",
        "DELETE FROM entity WHERE id BETWEEN ?1 AND ?2",
    ] {
        transaction
            .prepare_cached(statement)?
            .execute([first, last])?;
    }
    transaction
        .prepare_cached("DELETE FROM words WHERE rowid = ?1")?
        .execute([report])?;
    Ok(())
}

/// The number of a name; a name is never taken away.
fn name(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<i64> {
    let known = (transaction.prepare_cached("SELECT id FROM name WHERE name = ?1")?)
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    transaction
        .prepare_cached("INSERT INTO name (name) VALUES (?1)")?
        .execute([name])?;
    let id = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO name_words (rowid, name) VALUES (?1, ?2)")?
        .execute(params![id, name])?;
    Ok(id)
}
