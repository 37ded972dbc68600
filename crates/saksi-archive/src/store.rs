//! The file: how it is opened, what version it has, and the errors of the database as those of the archive.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::Error;

/// `SAKS`, by which the file is known among those of SQLite (`PRAGMA application_id`).
const APPLICATION: i64 = 0x5341_4b53;

/// The schema that this program writes: the number of its steps.
pub const SCHEMA_VERSION: i64 = 2;

/// The steps from an empty file to the present schema; a step is never changed once it was released.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("schema/1.sql")),
    M::up(include_str!("schema/2.sql")),
];

/// How an archive is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How long a writer waits for another to end.
    pub patience: Duration,
    /// How much of the file is kept in memory, in MiB: what was read once need not be read again.
    pub cache: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(30),
            cache: 64,
        }
    }
}

/// An open archive.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens to write; makes the file, and brings an older one to the present schema.
    pub(crate) fn write(path: &Path, options: Options) -> Result<Self, Error> {
        let fail = |error: &rusqlite::Error| Error::of(path, error);
        if !path.exists() {
            make(path, options)?;
        }
        let mut connection = Connection::open(path).map_err(|error| fail(&error))?;
        set(&connection, options).map_err(|error| fail(&error))?;
        if is_empty(&connection).map_err(|error| fail(&error))? {
            let begun = begin(&mut connection);
            or_done_by_another(&connection, path, begun)?;
        }
        let found = version(&connection, path)?;
        connection
            .pragma_update(None, "synchronous", "FULL")
            .map_err(|error| fail(&error))?;
        if found < SCHEMA_VERSION {
            let brought = STEPS_IN_ORDER.to_latest(&mut connection);
            or_done_by_another(&connection, path, brought)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Opens to read. An archive of an older schema is read by bringing it to the present one first.
    pub(crate) fn read(path: &Path, options: Options) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let fail = |error: &rusqlite::Error| Error::of(path, error);
        let open = || {
            let connection = Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?;
            set(&connection, options)?;
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        };
        let connection = match open() {
            Err(error) if is_shut(&error) && !beside(path, "-wal").exists() => {
                unchanging(path, options).map_err(|_| fail(&error))?
            }
            other => other.map_err(|error| fail(&error))?,
        };
        let found = version(&connection, path)?;
        if found < SCHEMA_VERSION {
            drop(connection);
            Self::write(path, options)?;
            return Self::read(path, options);
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// `result` with the database's error as one of the archive.
    pub(crate) fn check<T>(&self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|error| Error::of(&self.path, &error))
    }
}

fn set(connection: &Connection, options: Options) -> rusqlite::Result<()> {
    connection.busy_timeout(options.patience)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -1024 * i64::from(options.cache))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

const STEPS_IN_ORDER: Migrations<'static> = Migrations::from_slice(STEPS);

/// Makes an archive: under another name first, so that no moment shows half of one, and two programs that do so at the same time end with the
/// same one.
fn make(path: &Path, options: Options) -> Result<(), Error> {
    let open = |error: std::io::Error| Error::Open {
        path: path.to_owned(),
        reason: format!("it can't be made: {error}"),
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(open)?;
    }
    let new = beside(path, &format!(".new-{}", std::process::id()));
    let made = Connection::open(&new)
        .map_err(|error| Error::of(path, &error))
        .and_then(|mut connection| {
            set(&connection, options).map_err(|error| Error::of(path, &error))?;
            begin(&mut connection).map_err(|error| of_migration(path, error))
        })
        .map(|()| {
            // One that is there by now stays; on a file system without links it is begun in its place.
            let _ = fs::hard_link(&new, path);
        });
    for ending in ["", "-wal", "-shm", "-journal"] {
        // What is not there need not be taken away.
        let _ = fs::remove_file(beside(&new, ending));
    }
    made
}

/// Makes an archive of an empty database.
fn begin(connection: &mut Connection) -> Result<(), rusqlite_migration::Error> {
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    STEPS_IN_ORDER.to_latest(connection)
}

/// A change of the schema that failed because another program made it meanwhile was made all the same.
fn or_done_by_another(
    connection: &Connection,
    path: &Path,
    done: Result<(), rusqlite_migration::Error>,
) -> Result<(), Error> {
    match done {
        Err(_) if version(connection, path).is_ok_and(|found| found == SCHEMA_VERSION) => Ok(()),
        done => done.map_err(|error| of_migration(path, error)),
    }
}

fn of_migration(path: &Path, error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::of(path, &err),
        other => Error::Database {
            path: path.to_owned(),
            reason: other.to_string(),
        },
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(tables == 0 && application == 0)
}

/// The schema of a file that is an archive.
fn version(connection: &Connection, path: &Path) -> Result<i64, Error> {
    let number = |pragma: &str| -> Result<i64, Error> {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .map_err(|error| Error::of(path, &error))
    };
    if number("application_id")? != APPLICATION {
        return Err(Error::NoArchive(path.to_owned()));
    }
    let found = number("user_version")?;
    if found > SCHEMA_VERSION {
        return Err(Error::Newer {
            path: path.to_owned(),
            found,
            known: SCHEMA_VERSION,
        });
    }
    Ok(found)
}

/// Whether the files beside the archive can't be made, as in a folder that may only be read.
fn is_shut(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly)
    )
}

/// Opens a file that nobody can be writing.
fn unchanging(path: &Path, options: Options) -> rusqlite::Result<Connection> {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    let connection = Connection::open_with_flags(
        uri,
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI,
    )?;
    set(&connection, options)?;
    Ok(connection)
}

/// The file that SQLite keeps beside `path`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
