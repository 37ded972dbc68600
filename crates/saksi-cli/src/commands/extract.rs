//! `saksi extract`: reports in, reports out, as JSON lines: what `saksi read` would read.

use std::num::NonZero;
use std::thread;

use saksi_intake::{Content, Problem, Report, page};
use serde_json::json;

use crate::arguments::Extract;
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::{ordered, sources};

pub(crate) fn run(arguments: Extract, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let named = sources::named(arguments.sources, "extract", None)?;
    let threads = arguments
        .threads
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    let (mut done, mut failed) = (0, 0);
    printer.start_counting();
    ordered::stream(
        named.found,
        threads,
        |found| found?.report(&page::Standard),
        |result: Result<Report, Problem>| {
            printer.advance();
            match result {
                Ok(report) => {
                    for warning in &report.warnings {
                        printer.warning(&format!("{}: {warning}", report.place));
                    }
                    done += 1;
                    printer.data(&line(&report))
                }
                Err(problem) => {
                    failed += 1;
                    printer.error(&problem.to_string());
                    Ok(())
                }
            }
        },
    )?;
    Ok(Outcome::of(done, failed))
}

/// A report as an object on a line, with the names that `saksi read` knows.
pub(crate) fn line(report: &Report) -> String {
    let text = match &report.content {
        Content::Text(text) => text.clone(),
        Content::Bytes(bytes) => saksi::text::decode(bytes).text,
    };
    let mut object = json!({
        "uri": report.uri,
        "title": report.title,
        "outlet": report.outlet,
        "byline": report.byline,
        "published": report.published.map(|date| date.to_string()),
        "published_from": report.published_from,
        "retrieved": report.retrieved,
        "language": report.language,
        "text": text,
    });
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    format!("{object}\n")
}
