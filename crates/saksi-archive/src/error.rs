//! What ends the work with an archive.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why an archive can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no file.
    #[error("there is no archive `{}`; `saksi add` or `saksi batch` makes one, `--archive` names another", .0.display())]
    Missing(PathBuf),
    /// The file, or a folder on the way to it, can't be opened or made.
    #[error("could not open the archive `{}`: {reason}", path.display())]
    Open {
        /// The archive.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file may be read and not written.
    #[error("could not write to the archive `{}`: it, or its folder, is read-only; nothing that it holds is lost; name another with `--archive`", .0.display())]
    ReadOnly(PathBuf),
    /// The file is something else.
    #[error("`{}` is no archive of saksi, and was left as it is; name another file with `--archive`", .0.display())]
    NoArchive(PathBuf),
    /// The file was made by a later version of the program.
    #[error("the archive `{}` was made by a later version of saksi (its schema is {found}; this program knows up to {known}); use that version", path.display())]
    Newer {
        /// The archive.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The latest schema that is known.
        known: i64,
    },
    /// The file is damaged.
    #[error(
        "the archive `{}` is damaged ({reason}); go back to a copy of it, or save what can be saved with `sqlite3 FILE .recover`; no report need \
         be lost, since `saksi batch` reads the sources into a new one",
        path.display()
    )]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another program writes, and did not end in time.
    #[error("the archive `{}` is being written by another program; try again when that is done; what was acknowledged is kept", .0.display())]
    Locked(PathBuf),
    /// There is no room to write.
    #[error("there is no room to write to the archive `{}` (the disk is full, or a limit on the size of files is reached); what was acknowledged is kept: make room and run the same command again", .0.display())]
    Full(PathBuf),
    /// Anything else that the database says.
    #[error("the archive `{}`: {reason}", path.display())]
    Database {
        /// The archive.
        path: PathBuf,
        /// What the database says.
        reason: String,
    },
    /// No report has an identifier that begins so.
    #[error("no report in the archive has an identifier that begins with `{0}`")]
    NoReport(String),
    /// An identifier that is none.
    #[error(
        "`{0}` is no identifier of a report: those are hexadecimal digits, as `saksi search` prints them; the first few are enough"
    )]
    Identifier(String),
    /// Several reports have an identifier that begins so.
    #[error(
        "several reports have an identifier that begins with `{prefix}`: {known}; give more of it"
    )]
    Ambiguous {
        /// The beginning.
        prefix: String,
        /// Identifiers of the first of them.
        known: String,
    },
    /// A report has no reading of this number.
    #[error("that report has no reading {number}; it has {count}, counted from 1")]
    NoReading {
        /// The number asked for.
        number: u32,
        /// How many it has.
        count: u32,
    },
    /// A record that is no consistent one.
    #[error("the record can't be kept: {0}")]
    Record(#[from] saksi_record::Error),
    /// A record whose document has no identifier of the form `sha256:...`.
    #[error(
        "the record can't be kept: the identifier of its document is `{0}`, and that of its text is `{1}`"
    )]
    Digest(String, String),
    /// A record with more items than an archive can tell apart.
    #[error(
        "the record can't be kept: it has more than {} entities, statements or events",
        crate::rows::MOST
    )]
    TooMany,
    /// A query that can't be understood.
    #[error(transparent)]
    Query(#[from] crate::query::Error),
}

impl Error {
    /// What an error of the database means for the archive `path`.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = error.to_string();
        let extended = match error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.extended_code,
            _ => 0,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            // A limit on the size of files (EFBIG) comes as a failed write.
            Some(ErrorCode::SystemIoFailure)
                if [
                    rusqlite::ffi::SQLITE_IOERR_WRITE,
                    rusqlite::ffi::SQLITE_IOERR_SHMSIZE,
                    rusqlite::ffi::SQLITE_IOERR_TRUNCATE,
                ]
                .contains(&extended) =>
            {
                Self::Full(path)
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason },
            Some(ErrorCode::NotADatabase) => Self::NoArchive(path),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Open { path, reason }
            }
            _ => Self::Database { path, reason },
        }
    }
}
