//! `saksi add`: reports into the archive, each told of.

use std::num::NonZero;

use saksi_archive::{Identifier, Outcome as Became};
use serde::Serialize;

use super::intake::{self, Done};
use super::{place, print_values};
use crate::arguments::{Add, ArchiveFormat};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render;
use crate::sources;

/// What became of a report, for programs.
#[derive(Serialize)]
struct Line {
    place: String,
    /// Absent where it was handed in before and not read again.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Identifier>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reprint_of: Option<Identifier>,
}

pub(crate) fn run(arguments: Add, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Add {
        sources,
        archive,
        reading,
        format,
    } = arguments;
    let archive = place::of(archive)?;
    let (saksi, given) = sources::reader(reading)?;
    let named = sources::named(sources, "add", Some(&archive))?;
    let mut lines = Vec::new();
    let (mut done, mut failed) = (0, 0);
    // One after the other, so that what is told comes in the order of what was typed; `saksi batch` is for very many.
    intake::run(
        named.found,
        &saksi,
        &given,
        &archive,
        NonZero::<usize>::MIN,
        |place, became| {
            match became {
                Done::Failed(error) => {
                    failed += 1;
                    printer.error(&format!("{place}: {error:#}"));
                    return Ok(());
                }
                Done::Known => lines.push(Line {
                    place: place.to_owned(),
                    id: None,
                    outcome: "known",
                    reprint_of: None,
                }),
                Done::Stored { added, warnings } => {
                    for warning in warnings {
                        printer.warning(&format!("{place}: {warning}"));
                    }
                    lines.push(Line {
                        place: place.to_owned(),
                        id: Some(added.identifier),
                        outcome: match added.outcome {
                            Became::New => "new",
                            Became::Appearance => "appearance",
                            _ => "known",
                        },
                        reprint_of: added.reprint_of,
                    });
                }
            }
            done += 1;
            if format == ArchiveFormat::Json {
                return Ok(());
            }
            // Told as soon as it is stored: whoever reads this may rely on it.
            for line in lines.drain(..) {
                match format {
                    ArchiveFormat::Text => printer.data(&text(&line))?,
                    _ => printer.data(&(serde_json::to_string(&line)? + "\n"))?,
                }
            }
            Ok(())
        },
    )?;
    if format == ArchiveFormat::Json {
        print_values(&lines, format, printer)?;
    }
    Ok(Outcome::of(done, failed))
}

fn text(line: &Line) -> String {
    let place = render::harmless(&line.place);
    match (line.id, line.outcome, line.reprint_of) {
        (Some(id), "new", None) => format!("{place}: new, {}\n", id.short()),
        (Some(id), "new", Some(origin)) => format!(
            "{place}: new, {}, a reprint of {}\n",
            id.short(),
            origin.short()
        ),
        (Some(id), "appearance", _) => format!(
            "{place}: the text of {}, which is there; one more appearance\n",
            id.short()
        ),
        _ => format!("{place}: known, not stored again\n"),
    }
}
