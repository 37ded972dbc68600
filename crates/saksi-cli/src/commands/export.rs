//! `saksi export`: records of the archive or of files in, other people's formats out.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use saksi::record::Record;
use saksi_archive::{Identifier, Options, Reader};

use crate::arguments::{self, Filters};
use crate::commands::{Outcome, archive, thousands};
use crate::export::Export;
use crate::input;
use crate::printer::{Printer, Progress};

/// The longest line that is taken for a record, in bytes: thirty times a report's length leaves room for all that is found in it.
const LONGEST: u64 = 128 << 20;

pub(crate) fn run(arguments: arguments::Export, printer: &mut Printer) -> anyhow::Result<Outcome> {
    if arguments.records.is_empty() {
        of_archive(arguments, printer)
    } else {
        of_files(&arguments, printer)
    }
}

fn of_files(arguments: &arguments::Export, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let export = Export::begin(arguments.format, &arguments.target)?;
    printer.start_reading(length(&arguments.records));
    let progress = printer.progress();
    let records = (arguments.records.iter()).flat_map(|path| Records::open(path, &progress));
    write(records, export, printer)
}

fn of_archive(arguments: arguments::Export, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let file = (arguments.query.iter()).find(|word| Path::new(word).is_file());
    if let Some(file) = file {
        bail!("`{file}` is a file; for the records in it: `saksi export --records {file}`");
    }
    let query = archive::query(&arguments.query, &Filters::default())?;
    let reader = Reader::open(&archive::place::of(arguments.archive)?, Options::default())?;
    let mut passing = reader.all(&query, &archive::lemmas(&query)?)?;
    if passing.is_empty() {
        printer.warning("no report was found; nothing is written");
        return Ok(Outcome::Partly);
    }
    let found = passing.len();
    if !arguments.reprints {
        // One whose original does not pass is all that there is of it.
        let all: BTreeSet<Identifier> = passing.iter().map(|report| report.id).collect();
        passing
            .retain(|report| (report.reprint_of).is_none_or(|original| !all.contains(&original)));
    }
    let export = Export::begin(arguments.format, &arguments.target)?;
    printer.start_progress(passing.len());
    let progress = printer.progress();
    let records = passing.iter().map(|report| {
        progress.advance(1);
        let record = reader.record(report.id, None);
        record.with_context(|| format!("report {}", report.id.short()))
    });
    let outcome = write(records, export, printer)?;
    printer.end_progress();
    let reprints = match found - passing.len() {
        0 => String::new(),
        1 => ", 1 reprint left out (`--reprints` writes it)".to_owned(),
        count => format!(
            ", {} reprints left out (`--reprints` writes them)",
            thousands(count)
        ),
    };
    let reports = match passing.len() {
        1 => "1 report".to_owned(),
        count => format!("{} reports", thousands(count)),
    };
    printer.summary(&format!("{reports}{reprints}"));
    Ok(outcome)
}

/// Writes the records that there are; what is none is named and passed over.
fn write(
    records: impl Iterator<Item = anyhow::Result<Record>>,
    mut export: Export,
    printer: &mut Printer,
) -> anyhow::Result<Outcome> {
    let (mut done, mut failed) = (0_usize, 0_usize);
    for record in records {
        let written = match record {
            Ok(record) => export.write(&record, printer)?,
            Err(error) => Err(error),
        };
        match written {
            Ok(()) => done += 1,
            Err(error) => {
                failed += 1;
                printer.error(&format!("{error:#}"));
            }
        }
    }
    if done > 0 || failed == 0 {
        export.finish(printer)?;
    }
    Ok(Outcome::of(done, failed))
}

/// The bytes of all files, where that is known.
fn length(files: &[PathBuf]) -> Option<u64> {
    let lengths = files.iter().map(|path| {
        let metadata = path.metadata().ok()?;
        metadata.is_file().then_some(metadata.len())
    });
    lengths.sum()
}

/// The records of a file, one a line.
struct Records<'a> {
    name: String,
    /// `None` once nothing more is to come of the file.
    lines: Option<Box<dyn BufRead>>,
    /// Why the file could not be opened.
    refused: Option<anyhow::Error>,
    line: u64,
    progress: &'a Progress,
}

impl<'a> Records<'a> {
    fn open(path: &Path, progress: &'a Progress) -> Self {
        let name = if input::is_standard_input(path) {
            "standard input".to_owned()
        } else {
            format!("`{}`", path.display())
        };
        let opened: io::Result<Box<dyn BufRead>> = if input::is_standard_input(path) {
            Ok(Box::new(BufReader::new(io::stdin())))
        } else {
            File::open(path).map(|file| Box::new(BufReader::with_capacity(1 << 16, file)) as _)
        };
        let opened = opened.with_context(|| format!("could not open {name}"));
        let (lines, refused) = match opened {
            Ok(lines) => (Some(lines), None),
            Err(error) => (None, Some(error)),
        };
        Self {
            name,
            lines,
            refused,
            line: 0,
            progress,
        }
    }

    /// The next line and whether it is all of it; `None` at the end of the file.
    fn next_line(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let Some(lines) = &mut self.lines else {
            return Ok(None);
        };
        let mut line = Vec::new();
        let mut read = (lines.by_ref().take(LONGEST)).read_until(b'\n', &mut line)?;
        let whole = read as u64 != LONGEST || line.ends_with(b"\n");
        if !whole {
            read += lines.skip_until(b'\n')?;
        }
        self.progress.advance(read as u64);
        self.line += 1;
        Ok((!line.is_empty()).then_some((line, whole)))
    }

    fn parse(&self, line: &[u8]) -> anyhow::Result<Record> {
        let record: Record = serde_json::from_slice(line).map_err(|error| match self.line {
            1 => anyhow!(
                "this is no record ({error}); `saksi read --format jsonl` writes one record a line"
            ),
            _ => anyhow!("this is no record: {error}"),
        })?;
        record.validate()?;
        Ok(record)
    }
}

impl Iterator for Records<'_> {
    type Item = anyhow::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.refused.take() {
            return Some(Err(error));
        }
        loop {
            let parsed = match self.next_line() {
                Ok(None) => return None,
                Ok(Some((line, _))) if line.trim_ascii().is_empty() => continue,
                Ok(Some((line, true))) => self.parse(&line),
                Ok(Some(_)) => Err(anyhow!("the line is longer than {} MiB", LONGEST >> 20)),
                Err(error) => {
                    self.lines = None;
                    let reading = || format!("could not read {}", self.name);
                    return Some(Err(error).with_context(reading));
                }
            };
            if parsed.is_err() && self.line == 1 {
                // What begins otherwise is no file of records: not every line of it is worth a message.
                self.lines = None;
            }
            let place = || format!("{}, line {}", self.name, self.line);
            return Some(parsed.with_context(place));
        }
    }
}
