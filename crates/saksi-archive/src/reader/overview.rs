//! How much of what there is.

use rusqlite::Connection;
use serde::Serialize;

use crate::Error;
use crate::reader::Reader;
use crate::store::SCHEMA_VERSION;

/// Countries that are listed.
const COUNTRIES: u32 = 15;

/// Something and how often it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// How much of what there is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// Version of the archive's schema.
    pub schema: i64,
    /// Size of the file.
    pub bytes: u64,
    /// Different texts.
    pub reports: u64,
    /// Places where they were found.
    pub appearances: u64,
    /// Of the reports those that are reprints of others.
    pub reprints: u64,
    /// Readings, with those of the history.
    pub readings: u64,
    /// Entities, counted a report.
    pub entities: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Earliest and latest day of publication.
    pub published: Option<(String, String)>,
    /// Reports by language.
    pub languages: Vec<Count>,
    /// Reports by what read them: the program's version and those of its packs.
    pub generators: Vec<Count>,
    /// Events by type.
    pub types: Vec<Count>,
    /// Events by modality.
    pub modalities: Vec<Count>,
    /// Reports by country of what they name, the most frequent ones.
    pub countries: Vec<Count>,
}

impl Reader {
    /// How much of what there is.
    ///
    /// # Errors
    /// Where the archive is damaged.
    pub fn overview(&self) -> Result<Overview, Error> {
        let bytes = std::fs::metadata(&self.store.path).map_or(0, |metadata| metadata.len());
        self.ask(|connection| {
            let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
            let published: (Option<String>, Option<String>) =
                connection.query_row("SELECT min(published), max(published) FROM report", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(Overview {
                schema: SCHEMA_VERSION,
                bytes,
                reports: number("SELECT count(*) FROM report")?,
                appearances: number("SELECT count(*) FROM appearance")?,
                reprints: number("SELECT count(*) FROM report WHERE reprint_of IS NOT NULL")?,
                readings: number("SELECT count(*) FROM reading")?,
                entities: number("SELECT count(*) FROM entity")?,
                statements: number("SELECT count(*) FROM statement")?,
                events: number("SELECT count(*) FROM event")?,
                published: published.0.zip(published.1),
                languages: counts(connection, "SELECT language, count(*) FROM report GROUP BY 1 ORDER BY 2 DESC, 1")?,
                generators: counts(
                    connection,
                    "SELECT generator, count(*) FROM report JOIN reading ON reading.report = report.id AND reading.number = report.reading \
                     GROUP BY 1 ORDER BY 2 DESC, 1",
                )?,
                types: counts(connection, "SELECT type, count(*) FROM event GROUP BY 1 ORDER BY 2 DESC, 1")?,
                modalities: counts(connection, "SELECT modality, count(*) FROM event GROUP BY 1 ORDER BY 2 DESC, 1")?,
                countries: counts(
                    connection,
                    &format!(
                        "SELECT country, count(DISTINCT report) FROM entity WHERE country IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {COUNTRIES}"
                    ),
                )?,
            })
        })
    }
}

fn counts(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<Count>> {
    connection
        .prepare(sql)?
        .query_map([], |row| {
            Ok(Count {
                name: row.get(0)?,
                count: row.get(1)?,
            })
        })?
        .collect()
}
