//! `saksi timeline`: events of the archive, by their dates.

use saksi_archive::{Options, Reader};

use super::{lemmas, place, print_values, query};
use crate::arguments::{ArchiveFormat, Timeline};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look};

pub(crate) fn run(arguments: Timeline, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let query = query(&arguments.asked.query, &arguments.asked.filters)?;
    let reader = Reader::open(&place::of(arguments.asked.archive)?, Options::default())?;
    let lemmas = lemmas(&query)?;
    let limit = (!arguments.all).then_some(arguments.limit);
    let timeline = reader.timeline(&query, &lemmas, arguments.reprints, limit)?;
    if arguments.format == ArchiveFormat::Text {
        let look = Look {
            styled: printer.styled(),
            width: printer.width(),
            explain: false,
            named: false,
        };
        printer.data(&render::timeline(&timeline, look))?;
    } else {
        print_values(&timeline.tellings, arguments.format, printer)?;
    }
    if timeline.more {
        printer.warning("there are earlier events; `--all` shows them");
    }
    Ok(if timeline.tellings.is_empty() {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}
