//! `saksi search`: reports of the archive, by their words and by what they tell.

use saksi_archive::{Hit, Options, Reader};
use serde::Serialize;

use super::{lemmas, place, print_values, query};
use crate::arguments::{ArchiveFormat, Search};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look, Passage};

/// A hit with the sentence that shows why.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    hit: &'a Hit,
    passage: String,
}

pub(crate) fn run(arguments: Search, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let query = query(&arguments.asked.query, &arguments.asked.filters)?;
    let reader = Reader::open(&place::of(arguments.asked.archive)?, Options::default())?;
    let lemmas = lemmas(&query)?;
    let found = reader.search(&query, &lemmas, arguments.limit)?;
    let sought = render::sought(&query, &lemmas);
    let mut passages = Vec::with_capacity(found.hits.len());
    for hit in &found.hits {
        passages.push(Passage::of(
            &reader.record(hit.id, None)?,
            &sought,
            &hit.events,
        ));
    }
    if arguments.format == ArchiveFormat::Text {
        let look = Look {
            styled: printer.styled(),
            width: printer.width(),
            explain: false,
            named: false,
        };
        printer.data(&render::found(&found, &passages, look))?;
    } else {
        let shown: Vec<Shown<'_>> = (found.hits.iter().zip(&passages))
            .map(|(hit, passage)| Shown {
                hit,
                passage: passage.text().to_owned(),
            })
            .collect();
        print_values(&shown, arguments.format, printer)?;
    }
    Ok(if found.hits.is_empty() {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}
