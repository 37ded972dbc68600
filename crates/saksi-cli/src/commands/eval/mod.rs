//! `saksi eval`: gold and records in, figures out. Without records the reports of gold are read.

mod golds;
mod records;

use std::num::NonZero;
use std::path::Path;
use std::thread;

use anyhow::Context as _;
use saksi::{About, Saksi, Settings};
use saksi_eval::{Change, Evaluation, Found};
use serde_json::json;

use crate::arguments::{Eval, EvalFormat};
use crate::commands::Outcome;
use crate::commands::eval::golds::Annotated;
use crate::commands::eval::records::Records;
use crate::printer::Printer;
use crate::render::{self, Look};
use crate::{input, ordered};

pub(crate) fn run(arguments: &Eval, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let baseline = (arguments.baseline.as_deref()).map(earlier).transpose()?;
    let (golds, errors) = golds::load(&arguments.gold)?;
    for error in &errors {
        printer.error(&format!("{error:#}"));
    }
    if !errors.is_empty() {
        // Figures over what is left would look like those over all.
        return Ok(Outcome::Failed);
    }
    for annotated in &golds {
        for field in &annotated.gold.unknown_fields {
            printer.warning(&format!(
                "`{}`: gold has no field `{field}`; it is passed over",
                annotated.path.display()
            ));
        }
    }
    let mut evaluation = Evaluation::default();
    let mut unread = 0;
    let mut add = |annotated: &Annotated, found: anyhow::Result<Found>, printer: &mut Printer| {
        let found = (found.map_err(|error| {
            unread += 1;
            printer.error(&format!("`{}`: no record: {error:#}", annotated.name));
        }))
        .ok();
        let (name, gold) = (&annotated.name, &annotated.gold);
        let warnings = evaluation.add(name, gold, &annotated.article, found.as_ref());
        for warning in warnings.iter().filter(|_| found.is_some()) {
            printer.warning(&format!("`{name}`: {warning}"));
        }
    };
    if let Some(path) = &arguments.records {
        let mut records = Records::open(path, &golds)?;
        for annotated in &golds {
            add(annotated, records.of(annotated), printer);
        }
        if records.others() > 0 {
            printer.warning(&format!(
                "{} of the records in `{}` belong to no gold",
                records.others(),
                path.display()
            ));
        }
    } else {
        let saksi = Saksi::new(&Settings::default())?;
        let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        printer.start_progress(golds.len());
        ordered::map(
            &golds,
            threads,
            |annotated| read(&saksi, annotated),
            |annotated, found| {
                printer.advance();
                add(annotated, found, printer);
                anyhow::Ok(())
            },
        )?;
        printer.end_progress();
    }
    let change = (baseline.as_ref()).map(|baseline| Change::new(baseline, &evaluation));
    let text = match arguments.format {
        EvalFormat::Text => {
            let look = Look {
                styled: printer.styled(),
                width: printer.width(),
                explain: false,
                named: golds.len() > 1,
            };
            render::evaluation(&evaluation, change.as_ref(), arguments.misses, look)
        }
        EvalFormat::Json => {
            let mut value = serde_json::to_value(&evaluation)?;
            value["reliability"] = json!(evaluation.reliability());
            if let Some(change) = &change {
                value["change"] = json!(change);
            }
            serde_json::to_string_pretty(&value)? + "\n"
        }
    };
    printer.data(&text)?;
    Ok(Outcome::of(golds.len() - unread, unread))
}

fn read(saksi: &Saksi, annotated: &Annotated) -> anyhow::Result<Found> {
    let bytes = input::bytes(&annotated.report, saksi::MAX_REPORT_BYTES)?;
    let about = About {
        uri: Some(annotated.report.display().to_string()),
        language: Some(annotated.gold.document.language.clone()),
        published: annotated.published,
        ..About::default()
    };
    Ok(Found::from(&saksi.read(&bytes, &about)?.record))
}

/// The evaluation that an earlier one wrote.
fn earlier(path: &Path) -> anyhow::Result<Evaluation> {
    let json = golds::text(path)?;
    Evaluation::parse(&json).with_context(|| format!("`{}`", path.display()))
}
