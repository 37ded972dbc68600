//! When a page was published.
//!
//! In: what the page tells, its address, its lines. Out: the day, and where it was found. The surest comes first: what the page tells machines, its
//! address, elements marked as time, words. Each is a day of *publication*; that of a change counts only where there is no other.

use jiff::civil::Date;
use saksi_record::PublishedFrom;

use super::told::{Marked, Told};
use crate::date::{self, Order};
use crate::words::WORDS;

/// Names of `<meta>` with the day of publication, the surest first.
const META: [&str; 44] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published_time",
    "published-date",
    "publication_date",
    "publicationdate",
    "publication-date",
    "pubdate",
    "pub_date",
    "content_publisheddate",
    "dtk:publishdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.date",
    "dcterms.date",
    "dc.issued",
    "article_date_original",
    "originalpublicationdate",
    "article.published",
    "article.created",
    "datecreated",
    "created",
    "createdate",
    "displaydate",
    "date",
    "rnews:datepublished",
];

/// Names of `<meta>` with the day of a change.
const META_CHANGED: [&str; 8] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "updated_time",
];

/// Lines around the headline in which the day of publication is looked for.
const LINES: usize = 12;

/// The longest line that is about the article and not of it.
const LONGEST: usize = 160;

/// The day of publication, and where it was found.
pub(crate) fn find(
    told: &Told,
    address: Option<&str>,
    lines: &[String],
) -> Option<(Date, PublishedFrom)> {
    let order = order(told);
    let of_field = |text: &str| date::of_field(text, order);
    let metadata = || {
        let json_ld = told.json_ld.published.as_deref().and_then(of_field);
        json_ld.or_else(|| {
            META.iter()
                .find_map(|name| told.meta(&[name]).and_then(of_field))
        })
    };
    let address = || {
        let told = [address, told.canonical.as_deref(), told.meta(&["og:url"])];
        told.into_iter().flatten().find_map(date::of_address)
    };
    let marked = |wanted: fn(&Marked) -> bool| {
        told.times
            .iter()
            .filter(|time| wanted(time))
            .find_map(|time| of_element(time, order))
    };
    let times = || marked(|time| time.of_publication && !time.of_change);
    // A time that is not said to be of publication may be a teaser's: what stands by the headline is surer.
    let words = || in_lines(told, lines, order);
    let others = || marked(|time| !time.of_change && time.value.is_some());
    let other_words = || marked(|time| !time.of_change);
    let changed = || {
        let meta = META_CHANGED
            .iter()
            .find_map(|name| told.meta(&[name]).and_then(of_field));
        meta.or_else(|| marked(|_| true))
    };
    let from = |found: Option<Date>, from| found.map(|date| (date, from));
    from(metadata(), PublishedFrom::Metadata)
        .or_else(|| from(address(), PublishedFrom::Url))
        .or_else(|| from(times(), PublishedFrom::Metadata))
        .or_else(|| from(words(), PublishedFrom::Page))
        .or_else(|| from(others(), PublishedFrom::Metadata))
        .or_else(|| from(other_words(), PublishedFrom::Page))
        .or_else(|| from(changed(), PublishedFrom::Metadata))
}

/// Americans put the month first.
fn order(told: &Told) -> Order {
    let language = told
        .language
        .as_deref()
        .or_else(|| told.meta(&["og:locale"]))
        .unwrap_or_default();
    match language.replace('_', "-").to_ascii_lowercase().as_str() {
        "en-us" => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

fn of_element(time: &Marked, order: Order) -> Option<Date> {
    let by_machine = (time.value.as_deref()).and_then(|value| date::of_field(value, order));
    by_machine.or_else(|| of_publication(&time.words, order))
}

/// The day in a line that is not said to be another one's: "Published 14 August 2023 | Updated 15 August 2023".
fn of_publication(line: &str, order: Order) -> Option<Date> {
    let mut from = 0;
    for (range, date) in date::in_text(line, order) {
        let before = line
            .get(from..range.start)
            .unwrap_or_default()
            .to_lowercase();
        from = range.end;
        let last = |words: &[String]| {
            words
                .iter()
                .filter_map(|word| before.rfind(word.as_str()))
                .max()
        };
        let (here, other) = (last(&WORDS.published), last(&WORDS.other_days));
        if other.is_none() || here > other {
            return Some(date);
        }
    }
    None
}

/// The day in the short lines around the headline; a line that speaks of publication counts wherever it stands.
fn in_lines(told: &Told, lines: &[String], order: Order) -> Option<Date> {
    let short = || lines.iter().filter(|line| line.len() <= LONGEST);
    let speaks = |line: &&String| {
        let line = line.to_lowercase();
        WORDS
            .published
            .iter()
            .any(|word| line.starts_with(word.as_str()))
    };
    if let Some(date) = short()
        .filter(speaks)
        .find_map(|line| of_publication(line, order))
    {
        return Some(date);
    }
    let headline = |line: &String| {
        told.headings
            .iter()
            .any(|heading| !heading.is_empty() && heading == line)
    };
    let at = lines.iter().position(headline).unwrap_or_default();
    let near = lines.iter().skip(at.saturating_sub(4)).take(LINES);
    near.filter(|line| line.len() <= LONGEST)
        .find_map(|line| of_publication(line, order))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_the_order_of_the_page() {
        let meta = |name: &str, content: &str| vec![(name.to_owned(), content.to_owned())];
        let time = |value: Option<&str>| Marked {
            value: value.map(str::to_owned),
            words: "08/05/2023".to_owned(),
            of_publication: true,
            of_change: false,
        };
        for (language, day) in [
            ("en-US", "2023-08-05"),
            ("en_us", "2023-08-05"),
            ("en-GB", "2023-05-08"),
            ("id", "2023-05-08"),
        ] {
            let page = || Told {
                language: Some(language.to_owned()),
                ..Told::default()
            };
            let mut json_ld = page();
            json_ld.json_ld.published = Some("08/05/2023".to_owned());
            for told in [
                json_ld,
                Told {
                    meta: meta("date", "08/05/2023"),
                    ..page()
                },
                Told {
                    meta: meta("lastmod", "08/05/2023 10:00"),
                    ..page()
                },
                Told {
                    times: vec![time(Some("08/05/2023"))],
                    ..page()
                },
                Told {
                    times: vec![time(None)],
                    ..page()
                },
            ] {
                let (found, _) = find(&told, None, &[]).unwrap();
                assert_eq!(found.to_string(), day, "{told:?}");
            }
        }
    }
}
