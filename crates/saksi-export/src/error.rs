//! What can go wrong on the way into a format.

use std::io;

use crate::{Format, Table};

/// Why a record, or the whole export, could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The format has no such table.
    #[error("`{format}` has no table `{table}`; {}", known(*format))]
    NoTable {
        /// The format.
        format: Format,
        /// The table that was asked for.
        table: Table,
    },
    /// The format needs a date and the record has none. Nothing was written of the record; the export can go on.
    #[error(
        "`{format}` needs to know of when `{report}` is, and its record has neither a day of publication nor one of retrieval; give a day for the \
         export"
    )]
    NoDate {
        /// The format.
        format: Format,
        /// The report's URI, else its identifier.
        report: String,
    },
    /// Writing Parquet failed.
    #[error("could not make the Parquet table")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A value could not be written as JSON.
    #[error("could not write as JSON")]
    Json(#[from] serde_json::Error),
    /// The output could not be written to.
    #[error("could not write the export")]
    Write(#[from] io::Error),
}

impl Error {
    /// Whether only one record is concerned, and the next can be written.
    pub fn is_of_one_record(&self) -> bool {
        matches!(self, Self::NoDate { .. })
    }
}

fn known(format: Format) -> String {
    let names: Vec<String> = (format.tables().iter())
        .map(|table| format!("`{table}`"))
        .collect();
    if names.is_empty() {
        "it comes in one piece".to_owned()
    } else {
        format!("it has {}", names.join(", "))
    }
}
