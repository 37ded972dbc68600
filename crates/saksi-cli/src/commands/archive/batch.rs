//! `saksi batch`: very many reports into the archive, on all cores; what is there is not read again.

use std::sync::atomic::Ordering;

use saksi_archive::Outcome as Became;

use super::intake::{self, Done};
use super::{place, threads};
use crate::arguments::Batch;
use crate::commands::{Outcome, thousands};
use crate::printer::Printer;
use crate::sources;

/// How many of each.
#[derive(Default)]
struct Counts {
    new: u64,
    reprints: u64,
    appearances: u64,
    known: u64,
    failed: u64,
    undated: u64,
}

pub(crate) fn run(arguments: Batch, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Batch {
        sources,
        archive,
        reading,
        threads: given_threads,
    } = arguments;
    let archive = place::of(archive)?;
    let (saksi, given) = sources::reader(reading)?;
    let bytes = (printer.shows_progress())
        .then(|| sources::bytes(&sources))
        .flatten();
    match bytes {
        Some(bytes) => printer.start_intake(bytes),
        None => printer.start_counting(),
    }
    let named = sources::named(sources, "batch", Some(&archive))?;
    let read = named.read;
    let mut counts = Counts::default();
    let mut all = 0;
    intake::run(
        named.found,
        &saksi,
        &given,
        &archive,
        threads(given_threads),
        |place, became| {
            all += 1;
            match became {
                Done::Known => counts.known += 1,
                Done::Failed(error) => {
                    counts.failed += 1;
                    printer.error(&format!("{place}: {error:#}"));
                }
                Done::Stored { added, warnings } => {
                    match added.outcome {
                        Became::New => counts.new += 1,
                        Became::Appearance => counts.appearances += 1,
                        _ => counts.known += 1,
                    }
                    counts.reprints +=
                        u64::from(added.outcome == Became::New && added.reprint_of.is_some());
                    // Each by itself would be as many lines as reports; `saksi add` tells them.
                    counts.undated += u64::from(!warnings.is_empty());
                }
            }
            match bytes {
                Some(_) => printer.advance_intake(read.load(Ordering::Relaxed), all),
                None => printer.advance(),
            }
            Ok(())
        },
    )?;
    printer.end_progress();
    printer.summary(&told(&counts));
    let failed = counts.failed as usize;
    Ok(Outcome::of((all - counts.failed) as usize, failed))
}

fn told(counts: &Counts) -> String {
    let mut text = format!("{} new", thousands(counts.new));
    let parts = [
        (counts.reprints, "of them reprints"),
        (counts.appearances, "more appearances"),
        (counts.known, "known"),
        (counts.undated, "read with warnings"),
        (counts.failed, "could not be read"),
    ];
    for (count, what) in parts {
        if count > 0 {
            text.extend([", ", &thousands(count), " ", what]);
        }
    }
    text
}
