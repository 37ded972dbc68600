//! Apache Parquet: the tables of CSV with types. Days are dates, lists are lists of texts, numbers are numbers; what a record does not tell is
//! null. A file has groups of at most 65,536 rows, compressed with Snappy.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use jiff::civil::date;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::table::{self, Cell, Kind};
use crate::writer::Form;
use crate::{Error, Report, Table};

/// Rows that are handed to the encoder at once.
const BATCH: usize = 1024;

/// Rows and encoded bytes of a group; with the batch all that is held.
const GROUP_ROWS: usize = 65_536;
const GROUP_BYTES: usize = 32 << 20;

/// Writes rows.
pub(crate) struct Rows {
    table: Table,
    schema: SchemaRef,
    columns: Vec<Builder>,
    /// Rows in `columns`, and about how many bytes of text they are.
    held: usize,
    bytes: usize,
    /// `None` once the file is closed.
    encoder: Option<ArrowWriter<Vec<u8>>>,
}

enum Builder {
    Text(StringBuilder),
    List(ListBuilder<StringBuilder>),
    Day(Date32Builder),
    Whole(Int64Builder),
    Number(Float64Builder),
}

impl Rows {
    pub(crate) fn new(table: Table) -> Result<Self, Error> {
        let columns = table::columns(table);
        let schema: SchemaRef = Arc::new(Schema::new(
            (columns.iter())
                .map(|&(name, kind)| Field::new(name, data_type(kind), kind != Kind::List))
                .collect::<Vec<Field>>(),
        ));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("saksi {}", env!("CARGO_PKG_VERSION")))
            .build();
        let encoder = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties))?;
        Ok(Self {
            table,
            schema,
            columns: columns
                .iter()
                .map(|&(_, kind)| Builder::new(kind))
                .collect(),
            held: 0,
            bytes: 0,
            encoder: Some(encoder),
        })
    }

    /// Hands the rows that are held to the encoder.
    fn encode(&mut self) -> Result<(), Error> {
        let columns = self.columns.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|error| ParquetError::ArrowError(error.to_string()))?;
        (self.held, self.bytes) = (0, 0);
        if let Some(encoder) = &mut self.encoder {
            encoder.write(&batch)?;
            if encoder.in_progress_rows() >= GROUP_ROWS || encoder.in_progress_size() >= GROUP_BYTES
            {
                encoder.flush()?;
            }
        }
        Ok(())
    }
}

impl Form for Rows {
    fn record(&mut self, report: &Report<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        for row in table::rows(self.table, report) {
            for (column, cell) in self.columns.iter_mut().zip(row) {
                self.bytes += column.push(cell);
            }
            self.held += 1;
            if self.held >= BATCH || self.bytes >= GROUP_BYTES {
                self.encode()?;
            }
        }
        if let Some(encoder) = &mut self.encoder {
            // What the encoder counts of the file is not what lies in its buffer, which can be taken away.
            into.append(encoder.inner_mut());
        }
        Ok(())
    }

    fn close(&mut self, into: &mut Vec<u8>) -> Result<(), Error> {
        if self.held > 0 {
            self.encode()?;
        }
        if let Some(encoder) = self.encoder.take() {
            into.append(&mut encoder.into_inner()?);
        }
        Ok(())
    }
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::List => Self::List(
                ListBuilder::new(StringBuilder::new())
                    .with_field(Field::new_list_field(DataType::Utf8, false)),
            ),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::Whole => Self::Whole(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
        }
    }

    /// Adds a field; tells its length.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => {
                column.append_option(text.as_deref());
                text.map_or(0, |text| text.len())
            }
            (Self::List(column), Cell::List(items)) => {
                let length = items.iter().map(|item| item.len()).sum();
                for item in items {
                    column.values().append_value(item);
                }
                column.append(true);
                length
            }
            (Self::Day(column), Cell::Day(day)) => {
                let since = |day: jiff::civil::Date| {
                    date(1970, 1, 1)
                        .until(day)
                        .map_or(0, |span| span.get_days())
                };
                column.append_option(day.map(since));
                size_of::<i32>()
            }
            (Self::Whole(column), Cell::Whole(number)) => {
                column.append_option(number);
                size_of::<i64>()
            }
            (Self::Number(column), Cell::Number(number)) => {
                column.append_option(number);
                size_of::<f64>()
            }
            (column, cell) => unreachable!("{cell:?} in a column of {:?}", column.data_type()),
        }
    }

    fn data_type(&self) -> DataType {
        match self {
            Self::Text(_) => data_type(Kind::Text),
            Self::List(_) => data_type(Kind::List),
            Self::Day(_) => data_type(Kind::Day),
            Self::Whole(_) => data_type(Kind::Whole),
            Self::Number(_) => data_type(Kind::Number),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => ArrayBuilder::finish(column),
            Self::List(column) => ArrayBuilder::finish(column),
            Self::Day(column) => ArrayBuilder::finish(column),
            Self::Whole(column) => ArrayBuilder::finish(column),
            Self::Number(column) => ArrayBuilder::finish(column),
        }
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::List => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, false))),
        Kind::Day => DataType::Date32,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
    }
}
