//! `saksi read`: reports in, records out.

use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use saksi::record::Record;
use saksi::{About, Reading, Saksi, Settings};

use crate::arguments::{Format, Read};
use crate::commands::Outcome;
use crate::export::Export;
use crate::printer::Printer;
use crate::render::{self, Look};
use crate::{input, ordered};

/// One report, read and rendered.
struct Output {
    text: String,
    /// What is exported.
    record: Option<Record>,
    warnings: Vec<String>,
}

pub(crate) fn run(arguments: Read, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Read {
        mut files,
        lang,
        published,
        format,
        target,
        packs,
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
    if files.is_empty() {
        input::refuse_terminal("read")?;
        files.push(PathBuf::from("-"));
    }
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
        named: files.len() > 1,
    };

    let mut export = (format.exported())
        .map(|format| Export::begin(format, &target))
        .transpose()?;
    let mut sheet = Sheet::new(format, files.len());
    let (mut done, mut failed) = (0, 0);
    printer.start_progress(files.len());
    ordered::map(
        &files,
        threads,
        |path| read(&saksi, path, &about, format, look),
        |path, result| {
            printer.advance();
            match result {
                Ok(output) => {
                    for warning in &output.warnings {
                        printer.warning(&format!("{}: {warning}", name(path)));
                    }
                    if let (Some(export), Some(record)) = (&mut export, &output.record)
                        && let Err(error) = export.write(record, printer)?
                    {
                        failed += 1;
                        printer.error(&format!("{error:#}"));
                        return Ok(());
                    }
                    printer.data(sheet.before(&output.text))?;
                    done += 1;
                    printer.data(&output.text)
                }
                Err(error) => {
                    failed += 1;
                    printer.error(&format!("{}: {error:#}", name(path)));
                    Ok(())
                }
            }
        },
    )?;
    printer.data(&sheet.end())?;
    if let Some(export) = export.filter(|_| done > 0) {
        export.finish(printer)?;
    }
    if failed > 0 && files.len() > 1 {
        printer.warning(&format!(
            "{failed} of {} reports could not be read",
            files.len()
        ));
    }
    Ok(Outcome::of(done, failed))
}

fn read(
    saksi: &Saksi,
    path: &Path,
    about: &About,
    format: Format,
    look: Look,
) -> anyhow::Result<Output> {
    let bytes = input::bytes(path, saksi::MAX_REPORT_BYTES)?;
    let about = About {
        uri: (!input::is_standard_input(path)).then(|| path.display().to_string()),
        ..about.clone()
    };
    let reading = saksi.read(&bytes, &about)?;
    let warnings = reading.warnings.iter().map(ToString::to_string).collect();
    Ok(Output {
        text: render(&reading, format, look)?,
        record: format.exported().map(|_| reading.record),
        warnings,
    })
}

fn render(reading: &Reading, format: Format, look: Look) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => render::reading(reading, look),
        Format::Json => serde_json::to_string_pretty(&reading.record)? + "\n",
        _ => String::new(),
    })
}

fn name(path: &Path) -> String {
    if input::is_standard_input(path) {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}

/// What stands between and around what comes of each report.
struct Sheet {
    format: Format,
    /// Whether nothing was written yet.
    empty: bool,
    several: bool,
}

impl Sheet {
    fn new(format: Format, files: usize) -> Self {
        Self {
            format,
            empty: true,
            several: files > 1,
        }
    }

    /// What stands before `text`; nothing comes between of a report that gives nothing.
    fn before(&mut self, text: &str) -> &'static str {
        if text.is_empty() {
            return "";
        }
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
