//! Feeds: what a site says it has published (RSS 0.9 to 2.0, Atom, CDF, JSON Feed), and the list of feeds that are followed.
//!
//! In: the bytes of a feed. Out: [`Feed`] with its entries, and each entry as a report of what the feed itself holds of it. [`List`] remembers which
//! entries were seen.

mod follow;
mod json;
mod list;
mod opml;
mod read;
mod xml;

pub use follow::{held, is_passing, report};
pub use list::{Followed, List};
pub use opml::{Outline, from_opml, to_opml};
pub use read::read;

use flate2::Crc;
use jiff::civil::Date;
use saksi_record::PublishedFrom;
use url::Url;

use crate::date::Order;
use crate::{Content, Place, Position, Report, date, page, row};

/// The longest feed and the longest list of feeds that is read, in bytes.
pub const LONGEST: usize = 8 << 20;

/// Entries of a feed that are kept, and feeds of a list; what goes on for ever has an end here.
const MOST: usize = 20_000;

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Its entries, in the order in which they stand there.
    pub entries: Vec<Entry>,
    /// Where it is broken, if it is: what stands before that was read.
    pub broken: Option<String>,
}

/// What a feed tells of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier in the feed, which stays the same when its address changes.
    pub id: Option<String>,
    /// Its address.
    pub link: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its day of publication, as told.
    pub published: Option<String>,
    /// The day of its last change, as told.
    pub updated: Option<String>,
    /// A summary, as HTML.
    pub summary: Option<String>,
    /// All of its text, as HTML.
    pub content: Option<String>,
}

impl Entry {
    /// By what it is known again: address and identifier, where it has neither the headline, where it has none the sum of its text; `None` where it has nothing.
    pub fn key(&self) -> Option<String> {
        let parts = [
            self.link.as_deref(),
            self.id
                .as_deref()
                .filter(|id| Some(*id) != self.link.as_deref()),
        ];
        let key: Vec<&str> = parts.into_iter().flatten().collect();
        if key.is_empty() {
            return self.title.clone().or_else(|| self.sum());
        }
        Some(key.join(" "))
    }

    /// Length and checksum of its text, which are the same in every version.
    fn sum(&self) -> Option<String> {
        let texts = [self.summary.as_deref(), self.content.as_deref()];
        let (mut sum, mut length) = (Crc::new(), 0);
        for text in texts.into_iter().flatten() {
            sum.update(text.as_bytes());
            length += text.len();
        }
        (length > 0).then(|| format!("text {length} {:08x}", sum.sum()))
    }

    /// The day of publication.
    pub fn day(&self) -> Option<Date> {
        day(self.published.as_deref())
    }

    /// The day of the last change, which is no day of publication where one is known.
    pub fn day_of_change(&self) -> Option<Date> {
        day(self.updated.as_deref())
    }

    /// The address, made whole by that of the feed.
    pub fn address(&self, feed: Option<&str>) -> Option<String> {
        let base = feed.and_then(|feed| Url::parse(feed).ok());
        // An identifier that is an address stands in for one.
        let id = self.id.as_deref().filter(|id| id.starts_with("http"));
        let link = self.link.as_deref().or(id)?;
        match base {
            Some(base) => base.join(link).ok().map(String::from),
            None => Some(link.to_owned()),
        }
    }
}

fn day(told: Option<&str>) -> Option<Date> {
    date::of_field(told?, Order::DayFirst)
}

impl Feed {
    /// The reports of the entries, as far as the feed itself holds their text.
    pub(crate) fn reports(
        self,
        place: &Place,
        address: Option<&str>,
        retrieved: Option<&str>,
    ) -> Vec<(Place, Option<Report>)> {
        let Self {
            title,
            language,
            entries,
            ..
        } = self;
        let report = |(index, entry): (usize, Entry)| {
            let place = place.at(Position::Entry(index as u64 + 1));
            let text = entry
                .content
                .as_deref()
                .or(entry.summary.as_deref())
                .unwrap_or_default();
            let text = page::text_of(text);
            if text.is_empty() {
                return (place, None);
            }
            let mut report = Report::new(place.clone(), Content::Text(text));
            report.uri = entry.address(address).or_else(|| place.uri());
            report.published = entry.day().or_else(|| entry.day_of_change());
            report.published_from = report.published.map(|_| PublishedFrom::Metadata);
            report.title = entry.title;
            report.byline = entry.author;
            report.outlet.clone_from(&title);
            report.language = language.as_deref().and_then(row::language);
            report.retrieved = retrieved.map(str::to_owned);
            (place, Some(report))
        };
        entries.into_iter().enumerate().map(report).collect()
    }
}
