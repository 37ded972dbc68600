//! Reprints: near-duplicates, found by shared bands, verified by their shingles, linked to the earliest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::{Row, Transaction, params};
use saksi_record::Record;

use crate::difference::Difference;
use crate::entry::Entry;
use crate::pack::unpack;
use crate::shingles::{Likeness, Shingles, Signature, guess};

/// Reports of one band that are looked at, the latest first. A band that more share is of a form letter; its reports share other bands, too.
const MOST_OF_BAND: i64 = 128;

/// A guess of the likeness under which nothing is a reprint: the least that a reprint has, less twice the error of the guess.
const LEAST_GUESS: f64 = 0.11;

/// Of reports that share one band only so many are looked at. In a large archive hundreds share one by chance; a reprint shares several, but where it is cut to
/// less than half.
const MOST_BY_CHANCE: usize = 64;

/// Reports that are compared shingle by shingle, the likeliest first.
const MOST_COMPARED: usize = 32;

pub(super) fn put_bands(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<()> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO band (hash, report) VALUES (?1, ?2)")?;
    for hash in entry.signature.iter().flat_map(Signature::bands) {
        insert.execute([hash, report])?;
    }
    Ok(())
}

/// The order of reports: by day of publication, those of no known day last; then by their text, so that no order of intake matters.
type Order = (bool, Option<String>, [u8; 32]);

/// A report that shares a band with another.
struct Kin {
    id: i64,
    order: Order,
    /// What it is a reprint of, with that one's order.
    reprint_of: Option<(i64, Order)>,
    signature: Vec<u8>,
}

/// Links the report to the earliest one that it is a reprint of, and later ones to it.
pub(super) fn link(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<()> {
    let own: Order = (
        entry.record.document.published.is_none(),
        entry.record.document.published.clone(),
        *entry.identifier.as_bytes(),
    );
    let mut origin: Option<(Order, i64, Difference)> = None;
    for kin in candidates(transaction, report, entry)? {
        let Some((record, likeness)) = compared(transaction, kin.id, entry)? else {
            continue;
        };
        if kin.order < own {
            if origin.as_ref().is_none_or(|(order, ..)| kin.order < *order) {
                let difference = Difference::between(&record, &entry.record, likeness);
                origin = Some((kin.order, kin.id, difference));
            }
        } else if kin
            .reprint_of
            .is_none_or(|(id, order)| id == report || own < order)
        {
            let difference = Difference::between(&entry.record, &record, likeness);
            set(transaction, kin.id, Some((report, &difference)))?;
        }
    }
    set(
        transaction,
        report,
        origin.as_ref().map(|(_, id, difference)| (*id, difference)),
    )
}

/// Links a report again whose place in the order may have changed, and those that were linked to it.
pub(super) fn link_again(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<()> {
    let linked: Vec<i64> = (transaction
        .prepare_cached("SELECT id FROM report WHERE reprint_of = ?1 ORDER BY id")?)
    .query_map([report], |row| row.get(0))?
    .collect::<Result<_, _>>()?;
    for &id in &linked {
        set(transaction, id, None)?;
    }
    link(transaction, report, entry)?;
    for id in linked {
        let entry = Entry::new(stored(transaction, id)?, String::new(), None).map_err(damaged)?;
        link(transaction, id, &entry)?;
    }
    Ok(())
}

fn set(
    transaction: &Transaction<'_>,
    report: i64,
    origin: Option<(i64, &Difference)>,
) -> rusqlite::Result<()> {
    let difference = origin.map(|(_, difference)| {
        serde_json::to_string(difference).expect("a difference has only keys of text")
    });
    (transaction
        .prepare_cached("UPDATE report SET reprint_of = ?2, difference = ?3 WHERE id = ?1")?)
    .execute(params![report, origin.map(|(id, _)| id), difference])?;
    Ok(())
}

/// Reports that may be reprints of the entry, or it of them: the likeliest first.
fn candidates(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<Vec<Kin>> {
    let Some(signature) = &entry.signature else {
        return Ok(Vec::new());
    };
    // How many bands each shares; what shares more is looked at first.
    let mut shared: BTreeMap<i64, u32> = BTreeMap::new();
    {
        let mut band = transaction.prepare_cached("SELECT report FROM band WHERE hash = ?1 AND report <> ?2 ORDER BY report DESC LIMIT ?3")?;
        for hash in signature.bands() {
            let mut found = band.query(params![hash, report, MOST_OF_BAND])?;
            while let Some(row) = found.next()? {
                *shared.entry(row.get(0)?).or_default() += 1;
            }
        }
    }
    let mut shared: Vec<(i64, u32)> = shared.into_iter().collect();
    shared.sort_by_key(|&(id, bands)| (Reverse(bands), id));
    let several = shared.partition_point(|&(_, bands)| bands > 1);
    shared.truncate(several + MOST_BY_CHANCE);
    let short = signature.short();
    let mut found = Vec::new();
    let mut look = transaction.prepare_cached(
        "SELECT report.published, report.digest, report.signature, origin.id, origin.published, origin.digest \
         FROM report LEFT JOIN report AS origin ON origin.id = report.reprint_of WHERE report.id = ?1",
    )?;
    for (id, _) in shared {
        let kin = look.query_row([id], |row| kin(id, row))?;
        let likely = guess(&short, &kin.signature);
        if likely >= LEAST_GUESS {
            found.push((likely, kin));
        }
    }
    found
        .sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.order.cmp(&right.order)));
    found.truncate(MOST_COMPARED);
    Ok(found.into_iter().map(|(_, kin)| kin).collect())
}

fn kin(id: i64, row: &Row<'_>) -> rusqlite::Result<Kin> {
    let published: Option<String> = row.get(0)?;
    let origin: Option<i64> = row.get(3)?;
    let reprint_of = match origin {
        Some(origin) => {
            let published: Option<String> = row.get(4)?;
            Some((origin, (published.is_none(), published, row.get(5)?)))
        }
        None => None,
    };
    Ok(Kin {
        id,
        order: (published.is_none(), published, row.get(1)?),
        reprint_of,
        signature: row.get(2)?,
    })
}

/// The record of `report` and how like it is to the entry; none where neither is a reprint of the other.
fn compared(
    transaction: &Transaction<'_>,
    report: i64,
    entry: &Entry,
) -> rusqlite::Result<Option<(Record, Likeness)>> {
    let record = stored(transaction, report)?;
    let likeness = entry
        .shingles
        .likeness(&Shingles::of(&record.document.text));
    Ok(likeness.is_reprint().then_some((record, likeness)))
}

/// The record of `report` that holds.
pub(super) fn stored(transaction: &Transaction<'_>, report: i64) -> rusqlite::Result<Record> {
    let packed: Vec<u8> = (transaction
        .prepare_cached("SELECT record FROM reading JOIN report ON report.id = reading.report AND report.reading = reading.number WHERE report.id = ?1")?)
    .query_row([report], |row| row.get(0))?;
    let json = unpack(&packed).map_err(damaged)?;
    serde_json::from_str(&json).map_err(damaged)
}

/// What was stored can't be understood.
fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, Box::new(error))
}
