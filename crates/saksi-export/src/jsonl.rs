//! One record a line: the record itself, nothing left out.

use crate::writer::Form;
use crate::{Error, Report};

/// Writes lines.
pub(crate) struct Lines;

impl Form for Lines {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        line(into, report.record)
    }
}

/// Writes `value` as a line.
pub(crate) fn line(into: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<(), Error> {
    serde_json::to_writer(&mut *into, value)?;
    into.push(b'\n');
    Ok(())
}

/// Writes a value more of a list, each on a line of its own.
pub(crate) fn item(
    into: &mut Vec<u8>,
    first: &mut bool,
    value: &impl serde::Serialize,
) -> Result<(), Error> {
    if !std::mem::replace(first, false) {
        into.extend_from_slice(b",\n");
    }
    serde_json::to_writer(&mut *into, value)?;
    Ok(())
}
