//! Reports as rows of a table (CSV, TSV) under a row of headings.
//!
//! In: the bytes of a file. Out: a report or a problem a row. Quotation marks as in RFC 4180. A quotation mark left open makes one row of the
//! rest of the file; such a row ends at a limit, and the table with it.

use std::io::BufRead as _;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::open::Found;
use crate::stream::Bytes;
use crate::{Error, Mapping, Place, Position, Problem, jsonl, row};

/// The longest row, in bytes.
const LONGEST: usize = jsonl::LONGEST;

/// Columns of a table at most.
const MOST_COLUMNS: usize = 4096;

/// The reports of a file.
pub(crate) struct Reports {
    source: Bytes,
    reader: Reader,
    place: Place,
    mapping: Mapping,
    headings: Vec<String>,
    /// Whether the last row ended in a carriage return, whose line the reader has not counted.
    returned: bool,
    /// Line on which the next row begins.
    line: u64,
    ended: bool,
}

impl Reports {
    pub(crate) fn new(source: Bytes, delimiter: u8, place: Place, mapping: Mapping) -> Self {
        Self {
            source,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            place,
            mapping,
            headings: Vec::new(),
            returned: false,
            line: 1,
            ended: false,
        }
    }

    /// Goes to the line on which the next row begins: the reader ends a row at a carriage return, counts line feeds alone, and passes over empty
    /// lines as part of the next row.
    fn skip_ends_of_lines(&mut self) -> Result<(), Error> {
        let mut line = self.reader.line();
        loop {
            let held = (self.source.fill_buf()).map_err(|error| Error::Read(error.to_string()))?;
            match held.first() {
                // One end, with a carriage return before it or not.
                Some(b'\n') => {
                    self.returned = false;
                    line += 1;
                }
                Some(b'\r') => line += u64::from(std::mem::replace(&mut self.returned, true)),
                _ => break,
            }
            self.source.consume(1);
        }
        line += u64::from(std::mem::take(&mut self.returned));
        self.reader.set_line(line);
        self.line = line;
        Ok(())
    }

    /// The cells of the next row; `None` at the end.
    fn cells(&mut self) -> Result<Option<Vec<String>>, Error> {
        let (mut cells, mut ends) = (vec![0; 4096], vec![0; 64]);
        let (mut length, mut count) = (0, 0);
        loop {
            let held = (self.source.fill_buf()).map_err(|error| Error::Read(error.to_string()))?;
            let rest = cells.get_mut(length..).unwrap_or_default();
            let rest_of_ends = ends.get_mut(count..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(held, rest, rest_of_ends);
            if let Some(last) = read.checked_sub(1).and_then(|last| held.get(last)) {
                self.returned = *last == b'\r';
            }
            self.source.consume(read);
            length += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if cells.len() < LONGEST => {
                    cells.resize(cells.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if ends.len() < MOST_COLUMNS => {
                    ends.resize(ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(Error::TooLong(LONGEST));
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        let mut start = 0;
        let cells = ends.iter().take(count).map(|end| {
            let cell = cells.get(start..*end).unwrap_or_default();
            start = *end;
            saksi_text::decode(cell).text
        });
        Ok(Some(cells.collect()))
    }

    fn read_headings(&mut self) -> Result<(), Error> {
        let headings = self.cells()?.unwrap_or_default();
        self.headings = headings
            .iter()
            .map(|heading| heading.trim().to_owned())
            .collect();
        let names = [crate::mapping::Field::Text, crate::mapping::Field::Html];
        let known = (names.into_iter()).flat_map(|field| self.mapping.names(field));
        if known
            .into_iter()
            .any(|name| column(&self.headings, name).is_some())
        {
            return Ok(());
        }
        Err(Error::NoHeading(self.mapping.words()))
    }

    fn row(&mut self) -> Result<Option<Found>, Error> {
        if self.headings.is_empty() {
            self.skip_ends_of_lines()
                .and_then(|()| self.read_headings())
                .inspect_err(|_| self.ended = true)?;
        }
        self.skip_ends_of_lines()
            .inspect_err(|_| self.ended = true)?;
        let Some(cells) = self.cells().inspect_err(|_| self.ended = true)? else {
            return Ok(None);
        };
        let place = self.place.at(Position::Line(self.line));
        let look_up =
            |name: &str| column(&self.headings, name).and_then(|column| cells.get(column).cloned());
        row::report(place, &self.mapping, look_up).map(Some)
    }
}

/// The column of a heading, in any case.
fn column(headings: &[String], name: &str) -> Option<usize> {
    (headings.iter().position(|heading| heading == name)).or_else(|| {
        headings
            .iter()
            .position(|heading| heading.eq_ignore_ascii_case(name))
    })
}

impl Iterator for Reports {
    type Item = Result<Found, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let result = self.row().transpose()?;
        Some(result.map_err(|error| Problem::new(self.place.at(Position::Line(self.line)), error)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::Content;

    fn read(file: &[u8], delimiter: u8) -> Vec<Result<Found, Problem>> {
        let source = Box::new(Cursor::new(file.to_vec()));
        Reports::new(source, delimiter, Place::whole("a.csv"), Mapping::default()).collect()
    }

    #[test]
    fn rows_are_reports() {
        let found = read(b"\xEF\xBB\xBFText;Judul;tanggal\n\"Menteri;\n\"\"tiba\"\".\";Tiba;14/08/2023\n;leer;\nIa pergi.\n", b';');
        let first = &found[0].as_ref().unwrap().report;
        assert_eq!(
            first.content,
            Content::Text("Menteri;\n\"tiba\".".to_owned())
        );
        assert_eq!(first.title.as_deref(), Some("Tiba"));
        assert_eq!(first.published.unwrap().to_string(), "2023-08-14");
        assert_eq!(first.place.position, Some(Position::Line(2)));
        assert_eq!(found[1].as_ref().unwrap_err().error, Error::Empty);
        let last = &found[2].as_ref().unwrap().report;
        assert_eq!(
            (last.place.position, last.published),
            (Some(Position::Line(5)), None)
        );
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn lines_are_counted_with_all_ends_of_lines() {
        let rows = "text,judul##\"Menteri#tiba.\",a#,b##Ia pergi.,c";
        for end in ["\n", "\r\n", "\r"] {
            // The end of a line within a cell counts where it has a line feed.
            let inner = if end == "\r" { "\n" } else { end };
            let file = rows.replacen("##", &end.repeat(2), 1);
            let file = file.replacen('#', inner, 1).replace('#', end);
            // As it comes, and a byte at a time.
            for size in [8192, 1] {
                let source =
                    std::io::BufReader::with_capacity(size, Cursor::new(file.clone().into_bytes()));
                let place = Place::whole("a.csv");
                let found = Reports::new(Box::new(source), b',', place, Mapping::default());
                let lines: Vec<_> = found
                    .map(|found| match found {
                        Ok(found) => found.report.place.position,
                        Err(problem) => problem.place.position,
                    })
                    .collect();
                assert_eq!(
                    lines,
                    [3, 5, 7].map(|line| Some(Position::Line(line))),
                    "{file:?}"
                );
            }
        }
    }

    #[test]
    fn a_table_without_headings_ends_in_a_message() {
        let found = read(b"\r\na,b\nc,d\n", b',');
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].as_ref().unwrap_err().place.position,
            Some(Position::Line(2))
        );
        assert!(matches!(
            found[0].as_ref().unwrap_err().error,
            Error::NoHeading(_)
        ));
    }

    #[test]
    fn a_quotation_mark_left_open_ends_in_a_message() {
        let mut file = b"text\n\"".to_vec();
        file.resize(LONGEST * 2, b'x');
        let found = read(&file, b',');
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].as_ref().unwrap_err().error,
            Error::TooLong(LONGEST)
        );
    }
}
