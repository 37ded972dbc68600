//! `saksi read`: reports in, records out.

use std::num::NonZero;
use std::thread;

use saksi::record::Record;
use saksi::{About, Reading, Saksi};
use saksi_intake::{Found, Place, Problem, page};

use crate::arguments::{Format, Read};
use crate::commands::Outcome;
use crate::export::Export;
use crate::printer::Printer;
use crate::render::{self, Look};
use crate::{ordered, sources};

/// One report, read and rendered.
struct Output {
    text: String,
    /// What is exported.
    record: Option<Record>,
    warnings: Vec<String>,
    /// Whether it is one of several in its source.
    one_of_several: bool,
}

pub(crate) fn run(arguments: Read, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Read {
        sources,
        reading,
        format,
        target,
        explain,
        threads,
    } = arguments;
    if let (Some(given), None) = (target.given(), format.exported()) {
        anyhow::bail!(
            "`{given}` is for formats of exports; use it with `--format jsonl` or another of them"
        );
    }
    if explain && format != Format::Text {
        anyhow::bail!("`--explain` shows its trees to people; use it with `--format text`");
    }
    let named = sources::named(sources, "read", None)?;
    let threads = threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    let (saksi, about) = sources::reader(reading)?;
    let look = Look {
        styled: printer.styled(),
        width: printer.width(),
        explain,
        named: named.several,
    };

    let mut export = (format.exported())
        .map(|format| Export::begin(format, &target))
        .transpose()?;
    let mut sheet = Sheet::new(format, named.several);
    let (mut done, mut failed) = (0_usize, 0_usize);
    printer.start_counting();
    ordered::stream(
        named.found,
        threads,
        |found| {
            let place = match &found {
                Ok(found) => found.place().clone(),
                Err(problem) => problem.place.clone(),
            };
            let result = read(&saksi, found, &about, format, look);
            (place, result)
        },
        |(place, result)| {
            printer.advance();
            match result {
                Ok(output) => {
                    for warning in &output.warnings {
                        printer.warning(&format!("{place}: {warning}"));
                    }
                    if let (Some(export), Some(record)) = (&mut export, &output.record)
                        && let Err(error) = export.write(record, printer)?
                    {
                        failed += 1;
                        printer.error(&format!("{error:#}"));
                        return Ok(());
                    }
                    printer.data(sheet.before(&output))?;
                    done += 1;
                    printer.data(&output.text)
                }
                Err(error) => {
                    failed += 1;
                    printer.error(&format!("{place}: {error:#}"));
                    Ok(())
                }
            }
        },
    )?;
    printer.data(&sheet.end())?;
    if let Some(export) = export.filter(|_| done > 0) {
        export.finish(printer)?;
    }
    if failed > 0 && done + failed > 1 {
        printer.warning(&format!(
            "{failed} of {} reports could not be read",
            done + failed
        ));
    }
    Ok(Outcome::of(done, failed))
}

fn read(
    saksi: &Saksi,
    found: Result<Found, Problem>,
    about: &About,
    format: Format,
    look: Look,
) -> anyhow::Result<Output> {
    // Where it is, the message begins with.
    let report = found
        .and_then(|found| found.report(&page::Standard))
        .map_err(|problem| problem.error)?;
    let about = sources::about(&report, about, saksi);
    let reading = sources::read(saksi, &report, &about)?;
    let one_of_several = is_one_of_several(&report.place);
    let look = Look {
        named: look.named || one_of_several,
        ..look
    };
    let warnings = (report.warnings.iter().map(ToString::to_string))
        .chain(reading.warnings.iter().map(ToString::to_string))
        .collect();
    Ok(Output {
        text: render(&reading, format, look)?,
        record: format.exported().map(|_| reading.record),
        warnings,
        one_of_several,
    })
}

/// Whether a report is a line, row, record or entry of a file.
fn is_one_of_several(place: &Place) -> bool {
    place.position.is_some()
}

fn render(reading: &Reading, format: Format, look: Look) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => render::reading(reading, look),
        Format::Json => serde_json::to_string_pretty(&reading.record)? + "\n",
        _ => String::new(),
    })
}

/// What stands between and around what comes of each report.
struct Sheet {
    format: Format,
    /// Whether nothing was written yet.
    empty: bool,
    several: bool,
}

impl Sheet {
    fn new(format: Format, several: bool) -> Self {
        Self {
            format,
            empty: true,
            several,
        }
    }

    /// What stands before the output of a report; nothing comes between of a report that gives nothing.
    fn before(&mut self, output: &Output) -> &'static str {
        if output.text.is_empty() {
            return "";
        }
        self.several |= output.one_of_several;
        let first = std::mem::replace(&mut self.empty, false);
        match (self.format, first) {
            (Format::Json, true) if self.several => "[\n",
            (Format::Json, false) => ",\n",
            (Format::Text, false) => "\n",
            _ => "",
        }
    }

    /// What stands at the end.
    fn end(&self) -> String {
        match (self.format, self.empty) {
            (Format::Json, true) if self.several => "[]\n".to_owned(),
            (Format::Json, false) if self.several => "]\n".to_owned(),
            _ => String::new(),
        }
    }
}
