//! `saksi show`: a report of the archive.

use saksi_archive::{Options, Reader};

use super::{place, print_values};
use crate::arguments::{ArchiveFormat, Show};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look};

pub(crate) fn run(arguments: Show, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&place::of(arguments.archive)?, Options::default())?;
    let id = reader.find(&arguments.id)?;
    let look = Look {
        styled: printer.styled(),
        width: printer.width(),
        explain: false,
        named: true,
    };
    match (arguments.history, arguments.format) {
        (true, ArchiveFormat::Text) => {
            printer.data(&render::history(&reader.history(id)?, look))?;
        }
        (true, format) => print_values(&reader.history(id)?, format, printer)?,
        (false, ArchiveFormat::Text) => {
            let record = reader.record(id, arguments.reading)?;
            printer.data(&render::record(&record, look))?;
            printer.data(&render::kept(&reader.report(id)?, look))?;
        }
        (false, ArchiveFormat::Json) => {
            let record = reader.record(id, arguments.reading)?;
            printer.data(&(serde_json::to_string_pretty(&record)? + "\n"))?;
        }
        (false, ArchiveFormat::Jsonl) => {
            printer.data(&(reader.json(id, arguments.reading)? + "\n"))?;
        }
    }
    Ok(Outcome::Done)
}
