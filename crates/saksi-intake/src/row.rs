//! A report of named fields.
//!
//! In: how to look a field up by name. Out: [`Found`]. The words are the field that the mapping names, or a page among the fields.

use saksi_record::PublishedFrom;

use crate::date::Order;
use crate::mapping::{Field, Mapping};
use crate::open::Found;
use crate::{Content, Error, Place, Report, Warning, date};

/// The report whose fields `look_up` gives, `None` where there is no field of the name.
pub(crate) fn report(
    place: Place,
    mapping: &Mapping,
    look_up: impl Fn(&str) -> Option<String>,
) -> Result<Found, Error> {
    let field = |field| {
        let found = mapping
            .names(field)
            .into_iter()
            .find_map(|name| look_up(name).filter(|value| !value.trim().is_empty()));
        found.map(|value| value.trim().to_owned())
    };
    let text = field(Field::Text);
    let page = if text.is_none() {
        field(Field::Html)
    } else {
        None
    };
    if text.is_none() && page.is_none() {
        let names = mapping
            .names(Field::Text)
            .into_iter()
            .chain(mapping.names(Field::Html));
        let there = names.into_iter().any(|name| look_up(name).is_some());
        return Err(if there {
            Error::Empty
        } else {
            Error::NoText(mapping.words())
        });
    }
    // A page may tell its address itself, and that of the place has the day of another thing, if any.
    let fallback = if page.is_none() { place.uri() } else { None };
    let mut report = Report::new(place, Content::Text(text.unwrap_or_default()));
    report.uri = field(Field::Uri).or(fallback);
    report.title = field(Field::Title);
    report.outlet = field(Field::Outlet);
    report.byline = field(Field::Byline);
    report.retrieved = field(Field::Retrieved);
    report.language = field(Field::Language).and_then(|code| language(&code));
    if let Some(told) = field(Field::Published) {
        report.published = date::of_field(&told, Order::DayFirst);
        match report.published {
            Some(_) => report.published_from = Some(published_from(&look_up)),
            None => report.warnings.push(Warning::Date(told)),
        }
    }
    Ok(match page {
        None => Found::ready(report),
        Some(page) => Found::page(report, page.into_bytes(), Some("utf-8".to_owned())),
    })
}

/// Where the day was found, as an extraction of before tells.
fn published_from(look_up: impl Fn(&str) -> Option<String>) -> PublishedFrom {
    match look_up("published_from").as_deref() {
        Some("url") => PublishedFrom::Url,
        Some("page") => PublishedFrom::Page,
        _ => PublishedFrom::Metadata,
    }
}

/// The ISO 639-1 code of what a source calls its language (`id-ID`, `in`, `en_US`).
pub(crate) fn language(told: &str) -> Option<String> {
    let code = told
        .split(['-', '_', ',', ';'])
        .next()?
        .trim()
        .to_ascii_lowercase();
    let code = match code.as_str() {
        // As ISO 639 had it until 1989, and many pages have it still; and its three letters.
        "in" | "ind" => "id",
        "eng" => "en",
        code => code,
    };
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| code.to_owned())
}
