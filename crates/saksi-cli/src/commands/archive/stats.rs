//! `saksi stats`: how much of what there is in the archive.

use saksi_archive::{Options, Reader};

use super::place;
use crate::arguments::{ArchiveFormat, Stats};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look};

pub(crate) fn run(arguments: Stats, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let overview = Reader::open(&place::of(arguments.archive)?, Options::default())?.overview()?;
    let text = match arguments.format {
        ArchiveFormat::Text => {
            let look = Look {
                styled: printer.styled(),
                width: printer.width(),
                explain: false,
                named: false,
            };
            render::overview(&overview, look)
        }
        ArchiveFormat::Json => serde_json::to_string_pretty(&overview)? + "\n",
        ArchiveFormat::Jsonl => serde_json::to_string(&overview)? + "\n",
    };
    printer.data(&text)?;
    Ok(Outcome::Done)
}
