//! The archive: records over time.

pub(crate) mod add;
pub(crate) mod batch;
mod intake;
pub(super) mod place;
pub(crate) mod reread;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod stats;
pub(crate) mod timeline;

use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::thread;

use anyhow::anyhow;
use saksi::{Saksi, Settings};
use saksi_archive::Query;
use saksi_archive::query::{Field, Filter};
use serde::Serialize;

use crate::arguments::{ArchiveFormat, Filters};
use crate::printer::Printer;

/// The query as typed, with the filters of flags.
pub(super) fn query(words: &[String], filters: &Filters) -> anyhow::Result<Query> {
    let mut query = Query::parse(&words.join(" "))?;
    let flags = [
        (Field::Actor, &filters.actor),
        (Field::Recipient, &filters.recipient),
        (Field::Object, &filters.object),
        (Field::Place, &filters.place),
        (Field::Source, &filters.source),
        (Field::Entity, &filters.entity),
        (Field::Country, &filters.country),
        (Field::Type, &filters.kind),
        (Field::Mode, &filters.mode),
        (Field::Modality, &filters.modality),
        (Field::Stance, &filters.stance),
        (Field::Date, &filters.date),
        (Field::Published, &filters.published),
        (Field::Lang, &filters.lang),
        (Field::Outlet, &filters.outlet),
    ];
    for (field, values) in flags {
        for value in values {
            query.filters.push(
                Filter::new(field, value)
                    .map_err(|message| anyhow!("`--{field} {value}`: {message}"))?,
            );
        }
    }
    Ok(query)
}

/// What gives the lemmas of a query's words. Where it has no single words nothing is loaded.
pub(super) fn lemmas(query: &Query) -> anyhow::Result<impl Fn(&str) -> Vec<String>> {
    let words = query.single_words();
    let saksi = if words.is_empty() {
        None
    } else {
        Some(ManuallyDrop::new(Saksi::new(&Settings::default())?))
    };
    Ok(move |word: &str| {
        saksi
            .as_ref()
            .map(|saksi| saksi.lemmas_of(word))
            .unwrap_or_default()
    })
}

fn threads(given: Option<NonZero<usize>>) -> NonZero<usize> {
    given
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN)
}

/// Prints values for programs: an array, or one a line.
fn print_values<T: Serialize>(
    values: &[T],
    format: ArchiveFormat,
    printer: &mut Printer,
) -> anyhow::Result<()> {
    if format == ArchiveFormat::Json {
        return printer.data(&(serde_json::to_string_pretty(values)? + "\n"));
    }
    for value in values {
        printer.data(&(serde_json::to_string(value)? + "\n"))?;
    }
    Ok(())
}
