//! The one seam: records in, one by one; the bytes of a format out.

use std::io::Write;

use jiff::civil::Date;

use crate::{
    Error, Format, Report, Table, annotation, csv, follow_the_money, gdelt, geojson, jsonl,
    parquet, phoenix, plover, polecat, stix,
};

/// What holds for a whole export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// The day that the export is of, for formats that tell when a row was added; else each report's day of retrieval, else of
    /// publication. It is told, never today.
    pub day: Option<Date>,
}

/// What makes the bytes of a format. What it makes of a record stands or falls as a whole: an error leaves nothing of it in `into`.
pub(crate) trait Form {
    /// What stands before the first record.
    fn open(&mut self, _into: &mut Vec<u8>) -> Result<(), Error> {
        Ok(())
    }

    /// A record.
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error>;

    /// What stands after the last record.
    fn close(&mut self, _into: &mut Vec<u8>) -> Result<(), Error> {
        Ok(())
    }

    /// Events that the format has no place for, so far.
    fn left_out(&self) -> u64 {
        0
    }
}

/// Writes records in a format. It holds no more of them than one, and of Parquet a group of rows.
pub struct Writer {
    form: Box<dyn Form + Send>,
    buffer: Vec<u8>,
    opened: bool,
}

impl Writer {
    /// A writer of `format`; of its `table`, the first of its tables if none is named.
    ///
    /// # Errors
    /// [`Error::NoTable`].
    pub fn new(format: Format, table: Option<Table>, settings: Settings) -> Result<Self, Error> {
        let tables = format.tables();
        if let Some(table) = table
            && !tables.contains(&table)
        {
            return Err(Error::NoTable { format, table });
        }
        let table = (table.or_else(|| tables.first().copied())).unwrap_or(Table::Events);
        let form: Box<dyn Form + Send> = match format {
            Format::Jsonl => Box::new(jsonl::Lines),
            Format::Csv => Box::new(csv::Rows::new(table)),
            Format::Parquet => Box::new(parquet::Rows::new(table)?),
            Format::Geojson => Box::new(geojson::Map::default()),
            Format::Plover => Box::new(plover::Events::new(settings)),
            Format::Polecat => Box::new(polecat::Rows::default()),
            Format::Gdelt => Box::new(gdelt::Rows::new(table, settings)),
            Format::Phoenix => Box::new(phoenix::Rows::default()),
            Format::Ftm => Box::new(follow_the_money::Entities),
            Format::Stix => Box::new(stix::Bundle::new(settings)),
            Format::Annotation => Box::new(annotation::Page::new(settings)),
        };
        Ok(Self {
            form,
            buffer: Vec::new(),
            opened: false,
        })
    }

    /// Writes a record.
    ///
    /// # Errors
    /// [`Error::NoDate`] where the format needs a date that the record lacks: then nothing was written of it. [`Error::Write`] where `out`
    /// can't be written to.
    pub fn write(&mut self, report: &Report<'_>, out: &mut dyn Write) -> Result<(), Error> {
        self.open()?;
        let kept = self.buffer.len();
        if let Err(error) = self.form.record(report, &mut self.buffer) {
            self.buffer.truncate(kept);
            return Err(error);
        }
        self.hand_over(out)
    }

    /// Writes what stands after the last record.
    ///
    /// # Errors
    /// [`Error::Write`] where `out` can't be written to.
    pub fn finish(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        self.open()?;
        self.form.close(&mut self.buffer)?;
        self.hand_over(out)
    }

    /// How many events the format had no place for: [`Format::leaves_out`].
    pub fn left_out(&self) -> u64 {
        self.form.left_out()
    }

    fn open(&mut self) -> Result<(), Error> {
        if !self.opened {
            self.form.open(&mut self.buffer)?;
            self.opened = true;
        }
        Ok(())
    }

    fn hand_over(&mut self, out: &mut dyn Write) -> Result<(), Error> {
        out.write_all(&self.buffer)?;
        self.buffer.clear();
        // One long report is not to be paid for until the end.
        self.buffer.shrink_to(1 << 20);
        Ok(())
    }
}
