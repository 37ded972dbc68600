//! `saksi reread`: reports of the archive read anew, with the present packs.
//!
//! Only reports that another version of the program or other packs read are read anew, so that a run that was interrupted goes on where it was.

use std::mem::ManuallyDrop;

use saksi::record::Record;
use saksi::{Saksi, Settings};
use saksi_archive::{Entry, Options, Reader, Writer};

use super::{place, threads};
use crate::arguments::Reread;
use crate::commands::{Outcome, thousands};
use crate::ordered;
use crate::printer::Printer;

/// Reports that are stored in one step.
const GROUP: u32 = 64;

pub(crate) fn run(arguments: Reread, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let archive = place::of(arguments.archive)?;
    let threads = threads(arguments.threads);
    let saksi = ManuallyDrop::new(Saksi::new(&Settings {
        packs: arguments.packs,
        ..Settings::default()
    })?);
    let reader = Reader::open(&archive, Options::default())?;
    let mut writer = Writer::open(&archive, Options::default())?;
    let (mut done, mut failed) = (0_usize, 0_usize);
    for language in reader.languages()? {
        let generator = match saksi.generator(&language) {
            Ok(generator) => generator,
            Err(error) => {
                printer.error(&format!("reports in `{language}`: {error}"));
                failed += 1;
                continue;
            }
        };
        printer.start_progress(usize::try_from(
            reader.count_other_than(&language, &generator)?,
        )?);
        let mut after = 0;
        loop {
            let group = reader.records(after, GROUP, Some((&language, &generator)))?;
            let Some((last, _)) = group.last() else {
                break;
            };
            after = *last;
            let mut entries = Vec::with_capacity(group.len());
            ordered::map(
                &group,
                threads,
                |(_, record)| read(&saksi, record),
                |(_, record), entry| {
                    printer.advance();
                    match entry {
                        Ok(entry) => entries.push(entry),
                        Err(error) => {
                            failed += 1;
                            printer.error(&format!(
                                "{}: {error:#}; its record stays as it is",
                                record.document.id
                            ));
                        }
                    }
                    Ok::<(), anyhow::Error>(())
                },
            )?;
            done += writer
                .reread(&entries)?
                .into_iter()
                .filter(|changed| *changed)
                .count();
        }
        printer.end_progress();
    }
    writer.settle()?;
    let rest = if failed > 0 {
        format!(", {} could not be", thousands(failed))
    } else {
        String::new()
    };
    printer.summary(&format!("{} read anew{rest}", thousands(done)));
    Ok(Outcome::of(done, failed))
}

fn read(saksi: &Saksi, record: &Record) -> anyhow::Result<Entry> {
    let reading = saksi.read_again(&record.document)?;
    let lemmas = reading.lemmas();
    Ok(Entry::new(reading.record, lemmas, None)?)
}
