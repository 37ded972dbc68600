//! Reads an archive, also while another program writes to it: what a reader sees is what was acknowledged.

mod conditions;
mod overview;
mod search;
mod timeline;

use std::path::Path;

use rusqlite::{OptionalExtension as _, Row, params};
use saksi_record::{Generator, Record};
use serde::Serialize;

pub use overview::{Count, Overview};
pub use search::{Found, Hit, Passing};
pub use timeline::{Telling, Timeline};

use crate::difference::Difference;
use crate::entry::Key;
use crate::identifier::bounds;
use crate::pack::unpack;
use crate::store::{Options, Store};
use crate::{Error, Identifier};

/// Reads an archive.
#[derive(Debug)]
pub struct Reader {
    store: Store,
}

/// Where the text of a report was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// Where it was read from.
    pub uri: Option<String>,
    /// Its headline there.
    pub title: Option<String>,
    /// Who published it there.
    pub outlet: Option<String>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// When it was fetched, RFC 3339.
    pub retrieved: Option<String>,
}

/// A report that another one is a reprint of, or is one of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reprint {
    /// The other report.
    pub id: Identifier,
    /// Its earliest appearance.
    pub appearance: Appearance,
    /// What differs: of the reprint to the other.
    pub difference: Difference,
}

/// What the archive knows of a report beside its record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The report.
    pub id: Identifier,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// How often it was read; the last reading holds.
    pub readings: u32,
    /// Where it was found: by day of publication.
    pub appearances: Vec<Appearance>,
    /// The earliest report that it is a reprint of.
    pub reprint_of: Option<Reprint>,
    /// Reports that are reprints of it: by day of publication.
    pub reprints: Vec<Reprint>,
}

/// One reading of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// Counted from 1.
    pub number: u32,
    /// The program and the packs that made it.
    pub generator: Generator,
    /// How many entities it found.
    pub entities: usize,
    /// How many statements it found.
    pub statements: usize,
    /// How many events it found.
    pub events: usize,
}

impl Reader {
    /// Opens the archive `path`.
    ///
    /// # Errors
    /// Where there is none, the file is none, one of a later version, or damaged.
    pub fn open(path: &Path, options: Options) -> Result<Self, Error> {
        Ok(Self {
            store: Store::read(path, options)?,
        })
    }

    /// Whether what has this key was taken in.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn is_taken(&self, key: &Key) -> Result<bool, Error> {
        self.ask(|connection| {
            connection
                .prepare_cached("SELECT 1 FROM taken WHERE key = ?1")?
                .exists([key.as_bytes()])
        })
    }

    /// The report whose identifier begins with `prefix`.
    ///
    /// # Errors
    /// Where none or several do.
    pub fn find(&self, prefix: &str) -> Result<Identifier, Error> {
        let (low, high) = bounds(prefix)?;
        let found: Vec<[u8; 32]> = self.ask(|connection| {
            (connection.prepare_cached(
                "SELECT digest FROM report WHERE digest BETWEEN ?1 AND ?2 ORDER BY digest LIMIT 4",
            )?)
            .query_map([low, high], |row| row.get(0))?
            .collect()
        })?;
        match found.as_slice() {
            [] => Err(Error::NoReport(prefix.to_owned())),
            [one] => Ok(Identifier::from_bytes(*one)),
            several => Err(Error::Ambiguous {
                prefix: prefix.to_owned(),
                known: several
                    .iter()
                    .map(|one| format!("`{:.16}`", Identifier::from_bytes(*one)))
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        }
    }

    /// What is known of a report beside its record.
    ///
    /// # Errors
    /// Where it is not there, or the archive is damaged.
    pub fn report(&self, identifier: Identifier) -> Result<Report, Error> {
        let (id, language, readings, origin, difference): (i64, String, u32, Option<i64>, Option<String>) = self.one(identifier, |connection| {
            connection.query_row(
                "SELECT id, language, reading, reprint_of, difference FROM report WHERE digest = ?1",
                [identifier.as_bytes()],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
        })?;
        let appearances = self.ask(|connection| {
            (connection.prepare_cached(
                "SELECT uri, title, outlet, published, retrieved FROM appearance WHERE report = ?1 \
                 ORDER BY published IS NULL, published, uri IS NULL, uri, outlet",
            )?)
            .query_map([id], |row| appearance(row, 0))?
            .collect()
        })?;
        let reprint_of = match (origin, difference) {
            (Some(origin), Some(difference)) => {
                let (digest, appearance) = self.ask(|connection| {
                    connection.query_row(
                        &format!("SELECT {OTHER} FROM report WHERE id = ?1"),
                        [origin],
                        |row| Ok((row.get(0)?, appearance(row, 1)?)),
                    )
                })?;
                Some(self.reprint(digest, appearance, &difference)?)
            }
            _ => None,
        };
        let reprints: Vec<([u8; 32], Appearance, String)> = self.ask(|connection| {
            (connection.prepare_cached(&format!(
                "SELECT {OTHER}, difference FROM report WHERE reprint_of = ?1 AND difference IS NOT NULL ORDER BY published IS NULL, published, digest"
            ))?)
            .query_map([id], |row| Ok((row.get(0)?, appearance(row, 1)?, row.get(6)?)))?
            .collect()
        })?;
        Ok(Report {
            id: identifier,
            language,
            readings,
            appearances,
            reprint_of,
            reprints: (reprints.into_iter())
                .map(|(digest, appearance, difference)| {
                    self.reprint(digest, appearance, &difference)
                })
                .collect::<Result<_, _>>()?,
        })
    }

    fn reprint(
        &self,
        digest: [u8; 32],
        appearance: Appearance,
        difference: &str,
    ) -> Result<Reprint, Error> {
        Ok(Reprint {
            id: Identifier::from_bytes(digest),
            appearance,
            difference: serde_json::from_str(difference).map_err(|error| self.damaged(&error))?,
        })
    }

    /// The record of a report: of a reading, or of the one that holds.
    ///
    /// # Errors
    /// Where the report or the reading is not there, or the archive is damaged.
    pub fn record(&self, identifier: Identifier, reading: Option<u32>) -> Result<Record, Error> {
        let json = self.json(identifier, reading)?;
        serde_json::from_str(&json).map_err(|error| self.damaged(&error))
    }

    /// As [`Reader::record`], as it was stored: JSON on one line.
    ///
    /// # Errors
    /// As [`Reader::record`].
    pub fn json(&self, identifier: Identifier, reading: Option<u32>) -> Result<String, Error> {
        let (id, count): (i64, u32) = self.one(identifier, |connection| {
            connection.query_row(
                "SELECT id, reading FROM report WHERE digest = ?1",
                [identifier.as_bytes()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        })?;
        let number = reading.unwrap_or(count);
        if !(1..=count).contains(&number) {
            return Err(Error::NoReading { number, count });
        }
        let packed: Vec<u8> = self.ask(|connection| {
            connection.query_row(
                "SELECT record FROM reading WHERE report = ?1 AND number = ?2",
                params![id, number],
                |row| row.get(0),
            )
        })?;
        unpack(&packed).map_err(|error| self.damaged(&error))
    }

    /// All readings of a report, in order.
    ///
    /// # Errors
    /// Where it is not there, or the archive is damaged.
    pub fn history(&self, identifier: Identifier) -> Result<Vec<Reading>, Error> {
        let count = self.report(identifier)?.readings;
        (1..=count)
            .map(|number| {
                let record = self.record(identifier, Some(number))?;
                Ok(Reading {
                    number,
                    generator: record.generator,
                    entities: record.entities.len(),
                    statements: record.statements.len(),
                    events: record.events.len(),
                })
            })
            .collect()
    }

    /// The records of reports after `after` in the order of intake, at most `count`, each with what is to be given as the next `after`; 0 begins.
    /// With `language` and `generator`: only those in this language that another program or other packs read.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn records(
        &self,
        after: i64,
        count: u32,
        other_than: Option<(&str, &Generator)>,
    ) -> Result<Vec<(i64, Record)>, Error> {
        let (language, generator) = other_than.unzip();
        let generator = generator.map(|generator| {
            serde_json::to_string(generator).expect("a generator has only keys of text")
        });
        let packed: Vec<(i64, Vec<u8>)> = self.ask(|connection| {
            (connection.prepare_cached(
                "SELECT report.id, record FROM report JOIN reading ON reading.report = report.id AND reading.number = report.reading \
                 WHERE report.id > ?1 AND (?3 IS NULL OR language = ?3) AND (?4 IS NULL OR generator <> ?4) ORDER BY report.id LIMIT ?2",
            )?)
            .query_map(params![after, count, language, generator], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })?;
        (packed.into_iter())
            .map(|(id, packed)| {
                let json = unpack(&packed).map_err(|error| self.damaged(&error))?;
                Ok((
                    id,
                    serde_json::from_str(&json).map_err(|error| self.damaged(&error))?,
                ))
            })
            .collect()
    }

    /// How many reports in `language` another program or other packs read.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn count_other_than(&self, language: &str, generator: &Generator) -> Result<u64, Error> {
        let generator =
            serde_json::to_string(generator).expect("a generator has only keys of text");
        self.ask(|connection| {
            connection.query_row(
                "SELECT count(*) FROM report JOIN reading ON reading.report = report.id AND reading.number = report.reading \
                 WHERE language = ?1 AND generator <> ?2",
                [language, &generator],
                |row| row.get(0),
            )
        })
    }

    /// The languages of the reports, in alphabetical order.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn languages(&self) -> Result<Vec<String>, Error> {
        self.ask(|connection| {
            connection
                .prepare("SELECT DISTINCT language FROM report ORDER BY language")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    fn ask<T>(
        &self,
        question: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        self.store.check(question(&self.store.connection))
    }

    /// As [`Reader::ask`], of a report that may not be there.
    fn one<T>(
        &self,
        identifier: Identifier,
        question: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        self.ask(|connection| question(connection).optional())?
            .ok_or_else(|| Error::NoReport(identifier.short()))
    }

    fn damaged(&self, reason: &dyn std::fmt::Display) -> Error {
        Error::Damaged {
            path: self.store.path.clone(),
            reason: reason.to_string(),
        }
    }
}

/// The columns of another report: its digest and what [`appearance`] takes.
const OTHER: &str = "digest, uri, title, outlet, published, NULL";

/// Five columns from `first` on.
fn appearance(row: &Row<'_>, first: usize) -> rusqlite::Result<Appearance> {
    Ok(Appearance {
        uri: row.get(first)?,
        title: row.get(first + 1)?,
        outlet: row.get(first + 2)?,
        published: row.get(first + 3)?,
        retrieved: row.get(first + 4)?,
    })
}
