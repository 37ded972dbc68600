//! From an entry of a feed to its report.

use saksi_record::PublishedFrom;

use super::{Entry, Feed};
use crate::fetch::{Answer, Fetched, Fetcher, Seen};
use crate::page::Extractor;
use crate::stream::LOOKED_AT;
use crate::{Error, Found, Kind, Place, Problem, Report};

/// The report that an entry of a feed leads to: its page, fetched; where that can't be had for good, what the feed itself holds of it.
///
/// # Errors
/// Where the page can't be had and the feed holds no text of it, or where it might be had later ([`is_passing`]).
pub fn report(
    entry: &Entry,
    feed: &Feed,
    address: &str,
    fetcher: &Fetcher,
    extractor: &dyn Extractor,
) -> Result<Report, Problem> {
    let held = || held(entry, feed, address, fetcher);
    let Some(link) = entry.address(Some(address)) else {
        return held().ok_or_else(|| Problem::new(Place::whole(address), Error::NoSummary));
    };
    let place = Place::whole(&link);
    let page = match fetcher.fetch(&link, &Seen::default()) {
        Ok(Answer::Content(fetched)) => page(fetched, place, extractor),
        Ok(Answer::Unchanged) => Err(Problem::new(place, Error::Status(304))),
        Err(error) => Err(Problem::new(place, error)),
    };
    match page {
        Ok(report) => Ok(told(report, entry, feed)),
        Err(problem) if is_passing(&problem.error) => Err(problem),
        Err(problem) => held().ok_or(problem),
    }
}

/// Whether it may work at another time.
pub fn is_passing(error: &Error) -> bool {
    match error {
        Error::Busy(_) | Error::Network(_) | Error::Time(_) | Error::Read(_) => true,
        Error::Status(status) => *status >= 500,
        _ => false,
    }
}

fn page(fetched: Fetched, place: Place, extractor: &dyn Extractor) -> Result<Report, Problem> {
    // Feeds list papers and pictures as well; what the feed tells of them is better than their bytes.
    let start = fetched.bytes.get(..LOOKED_AT).unwrap_or(&fetched.bytes);
    if let Kind::Other(name) = Kind::of(start, &fetched.url) {
        return Err(Problem::new(place, Error::NotText(name)));
    }
    Found::fetched(fetched, place).report(extractor)
}

/// What the feed itself holds of an entry; `None` where it holds no text of it.
pub fn held(entry: &Entry, feed: &Feed, address: &str, fetcher: &Fetcher) -> Option<Report> {
    let alone = Feed {
        title: feed.title.clone(),
        language: feed.language.clone(),
        entries: vec![entry.clone()],
        broken: None,
    };
    let retrieved = fetcher.now().to_string();
    let (_, report) = alone
        .reports(&Place::whole(address), Some(address), Some(&retrieved))
        .pop()?;
    report
}

/// What the page does not tell the feed may. A day of publication that the feed tells is surer than one found on the page, that of a change is better than
/// none.
fn told(mut report: Report, entry: &Entry, feed: &Feed) -> Report {
    report.title = report.title.or_else(|| entry.title.clone());
    report.byline = report.byline.or_else(|| entry.author.clone());
    report.outlet = report.outlet.or_else(|| feed.title.clone());
    if report.published_from != Some(PublishedFrom::Metadata)
        && let Some(day) = entry.day()
    {
        report.published = Some(day);
        report.published_from = Some(PublishedFrom::Metadata);
    }
    if report.published.is_none() {
        report.published = entry.day_of_change();
        report.published_from = report.published.map(|_| PublishedFrom::Metadata);
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Standard;

    fn fetched(bytes: &[u8], mime: &str) -> Result<Report, Problem> {
        let url = "https://harian.example/a".to_owned();
        let fetched = Fetched {
            url: url.clone(),
            bytes: bytes.to_vec(),
            mime: mime.to_owned(),
            seen: Seen::default(),
            retrieved: jiff::Timestamp::UNIX_EPOCH,
        };
        page(fetched, Place::whole(url), &Standard)
    }

    #[test]
    fn the_day_of_a_change_stands_in_for_none() {
        let changed = Entry {
            updated: Some("2023-08-20T00:00:00Z".to_owned()),
            summary: Some("Menteri tiba.".to_owned()),
            ..Entry::default()
        };
        let published = Entry {
            published: Some("2023-08-14".to_owned()),
            ..changed.clone()
        };
        let day = |page: &str, entry: &Entry| {
            let report = fetched(page.as_bytes(), "text/html").unwrap();
            let report = told(report, entry, &Feed::default());
            (report.published.unwrap().to_string(), report.published_from)
        };
        let metadata = Some(PublishedFrom::Metadata);
        let dated = "<h1>Tiba</h1><p>Senin, 15 Agustus 2023</p><p>Menteri tiba.";
        let page = Some(PublishedFrom::Page);
        assert_eq!(day(dated, &changed), ("2023-08-15".to_owned(), page));
        assert_eq!(day(dated, &published), ("2023-08-14".to_owned(), metadata));
        let plain = "<p>Menteri tiba.";
        assert_eq!(day(plain, &changed), ("2023-08-20".to_owned(), metadata));
        for (entry, day) in [(changed, "2023-08-20"), (published, "2023-08-14")] {
            let feed = Feed {
                entries: vec![entry],
                ..Feed::default()
            };
            let (_, report) = feed.reports(&Place::whole("a.xml"), None, None).remove(0);
            assert_eq!(report.unwrap().published.unwrap().to_string(), day);
        }
    }

    #[test]
    fn what_is_no_text_gives_way_to_what_the_feed_holds() {
        for (bytes, mime, name) in [
            ("%PDF-1.7 Menteri tiba.", "application/pdf", "a PDF file"),
            ("%PDF-1.7 Menteri tiba.", "text/html", "a PDF file"),
            ("GIF89a Menteri tiba.", "image/gif", "an image"),
        ] {
            let error = fetched(bytes.as_bytes(), mime).unwrap_err().error;
            assert_eq!(error, Error::NotText(name));
            assert!(!is_passing(&error));
        }
        assert!(fetched(b"<p>Menteri tiba.", "text/html").is_ok());
        assert!(fetched(b"Menteri tiba.", "text/plain").is_ok());
    }
}
