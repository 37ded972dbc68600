//! Stores readings. What [`Writer::add`] and [`Writer::reread`] return has been written to the disk: a process that is killed a moment later
//! loses nothing of it, and what was begun and not returned leaves no trace.
//!
//! The order of intake makes no difference to what is stored of each report: its record is that of its earliest appearance, and a reprint is
//! linked to the earliest report that it is like; but of families of more than `reprints::MOST_COMPARED` reports, of which each sees only a part, and of those that share but one band in an archive where very many do.

mod reprints;
mod rows;

use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use saksi_record::PublishedFrom;

use crate::entry::Entry;
use crate::pack::unpack;
use crate::store::{Options, Store};
use crate::{Error, Identifier};

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Its text was not in the archive.
    New,
    /// Its text was there; it is one more appearance of it.
    Appearance,
    /// All of it was there.
    Known,
}

/// What became of an entry, and of which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The report.
    pub identifier: Identifier,
    /// What became of it.
    pub outcome: Outcome,
    /// The report that it is a reprint of, as far as the archive knows at this moment.
    pub reprint_of: Option<Identifier>,
}

/// Stores readings in an archive.
#[derive(Debug)]
pub struct Writer {
    store: Store,
}

/// What is known of a report that is stored.
struct Known {
    id: i64,
    uri: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    reading: i64,
}

impl Writer {
    /// Opens the archive `path`; makes it where there is none.
    ///
    /// # Errors
    /// Where the file is no archive, or one of a later version, is damaged, or can't be written.
    pub fn open(path: &Path, options: Options) -> Result<Self, Error> {
        Ok(Self {
            store: Store::write(path, options)?,
        })
    }

    /// Stores entries, all of them or none.
    ///
    /// # Errors
    /// Where the disk is full, another program writes for too long, or the archive is damaged. Nothing of the entries is then stored.
    pub fn add(&mut self, entries: &[Entry]) -> Result<Vec<Added>, Error> {
        self.atomically(|transaction| {
            entries
                .iter()
                .map(|entry| put(transaction, entry))
                .collect()
        })
    }

    /// Stores a new reading of a report that is there; the old one stays in its history. Returns whether anything changed: a reading by the same
    /// program and packs as the one that holds is no new one.
    ///
    /// # Errors
    /// As [`Writer::add`]; and where the report is not there.
    pub fn reread(&mut self, entries: &[Entry]) -> Result<Vec<bool>, Error> {
        self.atomically(|transaction| {
            entries
                .iter()
                .map(|entry| reread(transaction, entry))
                .collect()
        })
    }

    /// Puts what was written into the file itself and lets readers find short ways to it. To be called at the end of long work; what was
    /// acknowledged does not depend on it.
    ///
    /// # Errors
    /// Where the disk is full or the archive damaged.
    pub fn settle(&mut self) -> Result<(), Error> {
        let done = self
            .store
            .connection
            .execute_batch("PRAGMA optimize = 0x10002; PRAGMA wal_checkpoint(PASSIVE);");
        self.store.check(done)
    }

    /// For tests that make the database fail.
    #[cfg(test)]
    pub(crate) fn connection(&self) -> &rusqlite::Connection {
        &self.store.connection
    }

    fn atomically<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let done = (self.store.connection)
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            });
        self.store.check(done)
    }
}

fn put(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<Added> {
    let taken: Option<i64> = match &entry.key {
        Some(key) => (transaction.prepare_cached("SELECT report FROM taken WHERE key = ?1")?)
            .query_row([key.as_bytes()], |row| row.get(0))
            .optional()?,
        None => None,
    };
    let (report, outcome) = match (taken, find(transaction, entry)?) {
        (Some(report), _) => (report, Outcome::Known),
        (None, None) => (put_new(transaction, entry)?, Outcome::New),
        (None, Some(known)) => (known.id, put_appearance(transaction, entry, &known)?),
    };
    if let (Some(key), None) = (&entry.key, taken) {
        (transaction.prepare_cached("INSERT INTO taken (key, report) VALUES (?1, ?2)")?)
            .execute(params![key.as_bytes(), report])?;
    }
    let origin: Option<[u8; 32]> = (transaction
        .prepare_cached("SELECT origin.digest FROM report JOIN report AS origin ON origin.id = report.reprint_of WHERE report.id = ?1")?)
    .query_row([report], |row| row.get(0))
    .optional()?;
    Ok(Added {
        identifier: entry.identifier,
        outcome,
        reprint_of: origin.map(Identifier::from_bytes),
    })
}

fn find(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<Option<Known>> {
    (transaction.prepare_cached(
        "SELECT id, uri, outlet, published, reading FROM report WHERE digest = ?1",
    )?)
    .query_row([entry.identifier.as_bytes()], |row| {
        Ok(Known {
            id: row.get(0)?,
            uri: row.get(1)?,
            outlet: row.get(2)?,
            published: row.get(3)?,
            reading: row.get(4)?,
        })
    })
    .optional()
}

fn put_new(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<i64> {
    let document = &entry.record.document;
    (transaction.prepare_cached(
        "INSERT INTO report (digest, language, uri, title, outlet, published, reading, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7)",
    )?)
    .execute(params![
        entry.identifier.as_bytes(),
        document.language,
        document.uri,
        document.title,
        document.outlet,
        document.published,
        entry.signature.as_ref().map(crate::shingles::Signature::short).unwrap_or_default(),
    ])?;
    let report = transaction.last_insert_rowid();
    put_reading(transaction, report, 1, entry)?;
    rows::put(transaction, report, entry)?;
    appear(transaction, report, entry)?;
    reprints::put_bands(transaction, report, entry)?;
    reprints::link(transaction, report, entry)?;
    Ok(report)
}

fn put_appearance(
    transaction: &Transaction<'_>,
    entry: &Entry,
    known: &Known,
) -> rusqlite::Result<Outcome> {
    let new = appear(transaction, known.id, entry)?;
    if is_earlier(transaction, entry, known)? {
        replace(transaction, entry, known)?;
        // It only comes before more others: who is linked to it stays so.
        if known.published != entry.record.document.published {
            reprints::link(transaction, known.id, entry)?;
        }
    }
    Ok(if new {
        Outcome::Appearance
    } else {
        Outcome::Known
    })
}

/// Whether the entry's appearance comes before the one that the stored record was read from. Any strict order would do, as long as it does not
/// depend on which came first into the archive.
fn is_earlier(
    transaction: &Transaction<'_>,
    entry: &Entry,
    known: &Known,
) -> rusqlite::Result<bool> {
    let document = &entry.record.document;
    let order = |published: &Option<String>, uri: &Option<String>| {
        (
            published.is_none(),
            published.clone(),
            uri.is_none(),
            uri.clone(),
        )
    };
    let (new, old) = (
        order(&document.published, &document.uri),
        order(&known.published, &known.uri),
    );
    if new != old {
        return Ok(new < old);
    }
    let (generator, packed): (String, Vec<u8>) = (transaction.prepare_cached(
        "SELECT generator, record FROM reading WHERE report = ?1 AND number = ?2",
    )?)
    .query_row(params![known.id, known.reading], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(generator == entry.generator && unpack(&packed).is_ok_and(|json| entry.json < json))
}

/// Puts the entry's record in the place of the one that holds, which stays in the history if another program or other packs made it.
fn replace(transaction: &Transaction<'_>, entry: &Entry, known: &Known) -> rusqlite::Result<()> {
    let generator: String = (transaction
        .prepare_cached("SELECT generator FROM reading WHERE report = ?1 AND number = ?2")?)
    .query_row(params![known.id, known.reading], |row| row.get(0))?;
    let number = if generator == entry.generator {
        (transaction.prepare_cached("DELETE FROM reading WHERE report = ?1 AND number = ?2")?)
            .execute(params![known.id, known.reading])?;
        known.reading
    } else {
        known.reading + 1
    };
    put_reading(transaction, known.id, number, entry)?;
    rows::take_away(transaction, known.id)?;
    rows::put(transaction, known.id, entry)?;
    let document = &entry.record.document;
    (transaction
        .prepare_cached("UPDATE report SET language = ?2, uri = ?3, title = ?4, outlet = ?5, published = ?6, reading = ?7 WHERE id = ?1")?)
    .execute(params![
        known.id,
        document.language,
        document.uri,
        document.title,
        document.outlet,
        document.published,
        number
    ])?;
    Ok(())
}

fn reread(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<bool> {
    let known = find(transaction, entry)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let generator: String = (transaction
        .prepare_cached("SELECT generator FROM reading WHERE report = ?1 AND number = ?2")?)
    .query_row(params![known.id, known.reading], |row| row.get(0))?;
    if generator == entry.generator {
        return Ok(false);
    }
    // An earlier appearance came while it was read again, and was read by who came with it.
    let document = &entry.record.document;
    let stored = reprints::stored(transaction, known.id)?.document;
    let from_text = stored.published_from == Some(PublishedFrom::Text);
    let is_stale = known.uri != document.uri
        || known.outlet != document.outlet
        || (known.published != document.published && !from_text);
    if is_stale {
        return Ok(false);
    }
    replace(transaction, entry, &known)?;
    if known.published != entry.record.document.published {
        reprints::link_again(transaction, known.id, entry)?;
    }
    Ok(true)
}

fn put_reading(
    transaction: &Transaction<'_>,
    report: i64,
    number: i64,
    entry: &Entry,
) -> rusqlite::Result<()> {
    (transaction.prepare_cached("INSERT INTO reading (report, number, generator, record, lemmas) VALUES (?1, ?2, ?3, ?4, ?5)")?)
        .execute(params![report, number, entry.generator, entry.packed, entry.packed_lemmas])?;
    Ok(())
}

/// Notes where the text was found; returns whether that is new.
fn appear(transaction: &Transaction<'_>, report: i64, entry: &Entry) -> rusqlite::Result<bool> {
    let document = &entry.record.document;
    let values = params![
        report,
        document.uri,
        document.title,
        document.outlet,
        document.published,
        document.retrieved
    ];
    let new = (transaction.prepare_cached(
        "INSERT INTO appearance (report, uri, title, outlet, published, retrieved) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    )?)
    .execute(values)?;
    if new == 0 {
        // Fetched twice: of each the least, whichever came first.
        (transaction.prepare_cached(
            "UPDATE appearance SET title = min(ifnull(title, ?3), ifnull(?3, title)), retrieved = min(ifnull(retrieved, ?6), ifnull(?6, retrieved)) \
             WHERE report = ?1 AND ifnull(uri, '') = ifnull(?2, '') AND ifnull(outlet, '') = ifnull(?4, '') AND ifnull(published, '') = ifnull(?5, '')",
        )?)
        .execute(values)?;
    }
    Ok(new > 0)
}
