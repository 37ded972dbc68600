//! `saksi read`: reports in, records out.

use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::thread;

use saksi::{About, Reading, Saksi, Settings};
use saksi_intake::{Found, Place, Problem, page};

use crate::arguments::{Format, Read};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look};
use crate::{ordered, sources};

/// One report, read and rendered.
struct Output {
    text: String,
    warnings: Vec<String>,
    /// Whether it is one of several in its source.
    one_of_several: bool,
}

pub(crate) fn run(arguments: Read, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Read {
        sources,
        lang,
        published,
        format,
        packs,
        explain,
        threads,
    } = arguments;
    if explain && format != Format::Text {
        anyhow::bail!("`--explain` shows its trees to people; use it with `--format text`");
    }
    let named = sources::named(sources, "read")?;
    let threads = threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    // The process ends with it: to take it apart would cost a tenth of the time that one report takes.
    let saksi = ManuallyDrop::new(Saksi::new(&Settings {
        packs,
        ..Settings::default()
    })?);
    if let Some(language) = &lang {
        saksi.check_language(language)?;
    }
    let about = About {
        language: lang,
        published,
        ..About::default()
    };
    let look = Look {
        styled: printer.styled(),
        width: printer.width(),
        explain,
        named: named.several,
    };

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
    printer.data(&sheet.end(done))?;
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
        Format::Jsonl => serde_json::to_string(&reading.record)? + "\n",
        Format::Geojson => {
            let features = saksi_export::geojson::features(&reading.record);
            let lines: Result<Vec<String>, _> =
                features.iter().map(serde_json::to_string).collect();
            lines?.join(",\n")
        }
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
            (Format::Geojson, true) => FEATURES,
            (Format::Json, true) if self.several => "[\n",
            (Format::Geojson | Format::Json, false) => ",\n",
            (Format::Text, false) => "\n",
            _ => "",
        }
    }

    /// What stands at the end, where some report could be read at all.
    fn end(&self, done: usize) -> String {
        match (self.format, self.empty) {
            (Format::Geojson, true) if done > 0 => format!("{FEATURES}]}}\n"),
            (Format::Geojson, false) => "\n]}\n".to_owned(),
            (Format::Json, true) if self.several => "[]\n".to_owned(),
            (Format::Json, false) if self.several => "]\n".to_owned(),
            _ => String::new(),
        }
    }
}

/// How a `GeoJSON` document begins.
const FEATURES: &str = "{\"type\":\"FeatureCollection\",\"features\":[\n";
