//! CSV (RFC 4180): a row of headings, then a row for each item; comma, double quotes, lines that end in CR LF, UTF-8.
//!
//! Spreadsheets take a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, and a report could bring one along.
//! Such a text gets an apostrophe before it, which spreadsheets do not show, and so does one that begins with apostrophes before such a
//! character: taking away one apostrophe there gives the text back ([`unguarded`]). Numbers and days are no texts and stay as they are. The items of a
//! list are parted by `;` and a space.

use std::borrow::Cow;

use crate::table::{self, Cell};
use crate::writer::Form;
use crate::{Error, Report, Table};

/// What stands between the items of a list.
const BETWEEN: &str = "; ";

/// Writes rows.
pub(crate) struct Rows {
    table: Table,
}

impl Rows {
    pub(crate) fn new(table: Table) -> Self {
        Self { table }
    }
}

impl Form for Rows {
    fn open(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        let names = table::columns(self.table).iter();
        row(into, names.map(|(name, _)| Cow::Borrowed(*name)));
        Ok(())
    }

    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        for cells in table::rows(self.table, report) {
            row(into, cells.iter().map(field));
        }
        Ok(())
    }
}

/// The text of a field of a CSV export: without the apostrophe that keeps spreadsheets from calculating it, if it has one.
///
/// ```
/// assert_eq!(saksi_export::unguarded("'=1+1"), "=1+1");
/// assert_eq!(saksi_export::unguarded("'tis so"), "'tis so");
/// ```
pub fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => field,
    }
}

fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// Whether a spreadsheet would take `text`, but for apostrophes before it, for a formula.
fn is_formula(text: &str) -> bool {
    (text.trim_start_matches('\'')).starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn field<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    let number = |number: Option<String>| number.unwrap_or_default().into();
    match cell {
        Cell::Text(text) => text.as_deref().map(guarded).unwrap_or_default(),
        Cell::List(items) => match guarded(&items.join(BETWEEN)) {
            // `; ; ` says nothing.
            Cow::Borrowed(_) if items.iter().all(|item| item.is_empty()) => Cow::default(),
            list => Cow::Owned(list.into_owned()),
        },
        Cell::Day(day) => number(day.map(|day| day.to_string())),
        Cell::Whole(whole) => number(whole.map(|whole| whole.to_string())),
        Cell::Number(real) => number(real.map(|real| real.to_string())),
    }
}

fn row<'a>(into: &mut Vec<u8>, fields: impl Iterator<Item = Cow<'a, str>>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            into.push(b',');
        }
        if field.contains(['"', ',', '\n', '\r']) {
            into.push(b'"');
            into.extend_from_slice(field.replace('"', "\"\"").as_bytes());
            into.push(b'"');
        } else {
            into.extend_from_slice(field.as_bytes());
        }
    }
    into.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a table, as a reader that is not ours understands them.
    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv_core::Reader::new();
        let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), Vec::new());
        let mut input = bytes;
        loop {
            let mut out = [0; 64];
            let (result, taken, written) = reader.read_field(input, &mut out);
            input = &input[taken..];
            field.extend_from_slice(&out[..written]);
            match result {
                csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => {}
                csv_core::ReadFieldResult::Field { record_end } => {
                    row.push(String::from_utf8(std::mem::take(&mut field)).unwrap());
                    if record_end {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                csv_core::ReadFieldResult::End => return rows,
            }
        }
    }

    #[test]
    fn formulas_are_texts() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@nama", "'@nama"),
            ("-5 derajat", "'-5 derajat"),
            ("\tx", "'\tx"),
            ("'=x", "''=x"),
            ("'x", "'x"),
            ("x=1", "x=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), expected);
            assert_eq!(unguarded(expected), text);
        }
        assert_eq!(field(&Cell::Number(Some(-6.5))), "-6.5");
    }

    proptest! {
        #[test]
        fn what_is_read_back_is_what_was_written(
            rows in prop::collection::vec(prop::collection::vec("['=+@,\"\r\n\t;a é-]{0,6}|\\PC{0,12}", 2..5), 1..5),
        ) {
            let mut bytes = Vec::new();
            for texts in &rows {
                let cells: Vec<Cell<'_>> = texts.iter().map(Into::into).collect();
                row(&mut bytes, cells.iter().map(field));
            }
            let back: Vec<Vec<String>> = (read(&bytes).iter())
                .map(|row| row.iter().map(|field| unguarded(field).to_owned()).collect())
                .collect();
            prop_assert_eq!(back, rows);
        }
    }
}
