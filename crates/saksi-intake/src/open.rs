//! From a location to its reports.
//!
//! In: a [`Location`]. Out: what is found there, one after the other: [`find`] as found (a page still is a page), [`open`] as reports. Between the two
//! lies what takes time, so that a program can do it on as many threads as it has.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::feed::{self, Feed};
use crate::fetch::{Answer, Fetched, Fetcher, Seen};
use crate::page::{self, Extractor};
use crate::stream::{self, Bytes, LOOKED_AT, Looked};
use crate::warc::http;
use crate::{
    Content, Error, Kind, Location, Mapping, Place, Problem, Report, folder, jsonl, table, warc,
};

/// How reports are looked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which field of a table or object holds what.
    pub mapping: Mapping,
    /// What the sources are, where they don't tell by themselves.
    pub kind: Option<Kind>,
    /// The longest text that is taken as one report, in bytes. Pages, which hold much beside their text, may have [`page::LONGEST`].
    pub longest: usize,
    /// What fetches addresses; without it none is fetched.
    pub fetcher: Option<Arc<Fetcher>>,
    /// A database that is written to meanwhile: where a folder holds it, it and its journals are passed over.
    pub written: Option<PathBuf>,
    /// Counts the bytes of files that were read, packed as they lie there.
    pub read: Arc<AtomicU64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mapping: Mapping::default(),
            kind: None,
            longest: 4 << 20,
            fetcher: None,
            written: None,
            read: Arc::default(),
        }
    }
}

/// What was found in the place of a report, before it is looked into.
#[derive(Debug, Clone)]
pub struct Found {
    pub(crate) report: Report,
    page: Option<Page>,
}

#[derive(Debug, Clone)]
struct Page {
    bytes: Vec<u8>,
    charset: Option<String>,
}

impl Found {
    pub(crate) fn ready(report: Report) -> Self {
        Self { report, page: None }
    }

    /// A page, with the encoding that its source tells. What is known about the report already counts more than what the page tells.
    pub(crate) fn page(report: Report, bytes: Vec<u8>, charset: Option<String>) -> Self {
        Self {
            report,
            page: Some(Page { bytes, charset }),
        }
    }

    /// A page or text that was fetched.
    pub(crate) fn fetched(fetched: Fetched, place: Place) -> Self {
        let (kind, charset) = http::kind(&fetched.mime);
        let mut report = Report::new(place, Content::Text(String::new()));
        report.retrieved = Some(fetched.retrieved.to_string());
        report.uri = Some(fetched.url);
        if kind == "text/plain" {
            report.content = Content::Text(page::decoded(&fetched.bytes, charset.as_deref()));
            return Self::ready(report);
        }
        Self::page(report, fetched.bytes, charset)
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.report.place
    }

    /// What is in it, before it is looked into: a page as it is, else the words.
    pub fn bytes(&self) -> &[u8] {
        match &self.page {
            Some(page) => &page.bytes,
            None => self.report.content.as_bytes(),
        }
    }

    /// What its source tells about it; the words of a page are not there yet.
    pub fn told(&self) -> &Report {
        &self.report
    }

    /// The report: the article of a page, taken out by `extractor`; anything else as it is.
    ///
    /// # Errors
    /// Where a page has no text, is too large, or is no page of a report.
    pub fn report(self, extractor: &dyn Extractor) -> Result<Report, Problem> {
        let Self { report, page } = self;
        let Some(page) = page else {
            return Ok(report);
        };
        let place = report.place.clone();
        page::read(report, &page.bytes, page.charset.as_deref(), extractor)
            .map_err(|error| Problem::new(place, error))
    }
}

/// What is found at a location, one after the other.
pub type Finds = Box<dyn Iterator<Item = Result<Found, Problem>> + Send>;

/// The reports of a location, one after the other, and in the place of one that can't be had what is wrong with it.
pub fn open(
    location: &Location,
    options: &Options,
) -> impl Iterator<Item = Result<Report, Problem>> + Send + use<> {
    find(location, options).map(|found| found?.report(&page::Standard))
}

/// What is found at a location. Nothing is opened before the first is asked for.
pub fn find(location: &Location, options: &Options) -> Finds {
    let options = options.clone();
    match location.clone() {
        Location::StandardInput => lazily(move || source(io::stdin(), Place::whole("-"), &options)),
        Location::Path(path) => lazily(move || at_path(path, options)),
        Location::Url(url) => lazily(move || at_address(&url, &options)),
    }
}

/// What is found in a file or stream that is open already; `place` names it.
pub fn find_in(bytes: impl Read + Send + 'static, place: Place, options: &Options) -> Finds {
    let options = options.clone();
    lazily(move || source(bytes, place, &options))
}

fn at_address(url: &str, options: &Options) -> Finds {
    let place = Place::whole(url);
    let fetcher = options.fetcher.as_ref().ok_or(Error::Offline);
    let answer = fetcher.and_then(|fetcher| fetcher.fetch(url, &Seen::default()));
    match answer {
        Ok(Answer::Content(fetched)) => of_fetched(fetched, place, options),
        // Nothing was said to have been seen.
        Ok(Answer::Unchanged) => one(Err(Problem::new(place, Error::Status(304)))),
        Err(error) => one(Err(Problem::new(place, error))),
    }
}

/// What is in an answer: a page, a text, or many reports.
fn of_fetched(fetched: Fetched, place: Place, options: &Options) -> Finds {
    let start = fetched.bytes.get(..LOOKED_AT).unwrap_or(&fetched.bytes);
    match options
        .kind
        .unwrap_or_else(|| Kind::of(start, &fetched.url))
    {
        Kind::Html | Kind::Text if !fetched.bytes.trim_ascii().is_empty() => {
            one(Ok(Found::fetched(fetched, place)))
        }
        Kind::Feed => match feed::read(&fetched.bytes, http::kind(&fetched.mime).1.as_deref()) {
            Ok(feed) => entries(
                feed,
                &place,
                Some(&fetched.url),
                Some(&fetched.retrieved.to_string()),
            ),
            Err(error) => one(Err(Problem::new(place, error))),
        },
        _ => source(io::Cursor::new(fetched.bytes), place, options),
    }
}

fn at_path(path: PathBuf, options: Options) -> Finds {
    if path.is_dir() {
        let files = folder::Files::of(path, options.written.as_deref());
        return Box::new(files.flat_map(move |file| match file {
            Ok(file) => of_file(&file, &options),
            Err(problem) => one(Err(problem)),
        }));
    }
    of_file(&path, &options)
}

fn of_file(path: &Path, options: &Options) -> Finds {
    let place = Place::whole(path.display().to_string());
    match File::open(path) {
        Ok(file) => {
            let counted = Counted {
                source: file,
                read: Arc::clone(&options.read),
            };
            source(counted, place, options)
        }
        Err(error) => one(Err(Problem::new(place, Error::Open(error.to_string())))),
    }
}

/// Counts what is read.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// What is in a file or stream, packed or not.
fn source(bytes: impl Read + Send + 'static, place: Place, options: &Options) -> Finds {
    match stream::look_into(bytes) {
        Ok(looked) => {
            let kind = match options.kind {
                // "Comma-separated" is said of semicolons, too.
                Some(Kind::Table(b',')) => Kind::table(&looked.start),
                Some(kind) => kind,
                None => Kind::of(&looked.start, &place.source),
            };
            of_kind(kind, looked, place, options)
        }
        Err(error) => one(Err(Problem::new(place, Error::Read(error.to_string())))),
    }
}

fn of_kind(kind: Kind, looked: Looked, place: Place, options: &Options) -> Finds {
    let mapping = || options.mapping.clone();
    match kind {
        Kind::Text => {
            let read = whole(&mut looked.unpacked(), options.longest);
            one(read
                .map(|bytes| {
                    let mut report = Report::new(place.clone(), Content::Bytes(bytes));
                    report.uri = place.uri();
                    Found::ready(report)
                })
                .map_err(|error| Problem::new(place, error)))
        }
        Kind::Html => {
            let read = whole(&mut looked.unpacked(), page::LONGEST);
            one(read
                .map(|bytes| {
                    Found::page(
                        Report::new(place.clone(), Content::Text(String::new())),
                        bytes,
                        None,
                    )
                })
                .map_err(|error| Problem::new(place, error)))
        }
        Kind::Jsonl => Box::new(jsonl::Reports::new(looked.unpacked(), place, mapping())),
        Kind::Table(delimiter) => {
            let bytes = looked.unpacked();
            Box::new(table::Reports::new(bytes, delimiter, place, mapping()))
        }
        Kind::Other(name) => one(Err(Problem::new(place, Error::NotText(name)))),
        // The members of a packed archive are its records: one that is damaged is to cost no other.
        Kind::Warc => Box::new(warc::Reports::new(looked.source, place, options.longest)),
        Kind::Feed => {
            let read = whole(&mut looked.unpacked(), feed::LONGEST)
                .and_then(|bytes| feed::read(&bytes, None));
            match read {
                Ok(feed) => entries(feed, &place, None, None),
                Err(error) => one(Err(Problem::new(place, error))),
            }
        }
    }
}

/// The entries of a feed, and what is wrong with it.
fn entries(mut feed: Feed, place: &Place, address: Option<&str>, retrieved: Option<&str>) -> Finds {
    let broken = (feed.broken.take())
        .map(|reason| Err(Problem::new(place.clone(), Error::BrokenFeed(reason))));
    let reports = feed.reports(place, address, retrieved).into_iter();
    let found = reports.map(|(place, report)| {
        report
            .map(Found::ready)
            .ok_or(Problem::new(place, Error::NoSummary))
    });
    Box::new(found.chain(broken))
}

fn whole(bytes: &mut Bytes, limit: usize) -> Result<Vec<u8>, Error> {
    let read = stream::up_to(bytes, limit).map_err(|error| Error::Read(error.to_string()))?;
    if read.len() > limit {
        return Err(Error::TooLong(limit));
    }
    Ok(read)
}

fn one(found: Result<Found, Problem>) -> Finds {
    Box::new(std::iter::once(found))
}

/// Opens when the first is asked for, not before.
fn lazily(open: impl FnOnce() -> Finds + Send + 'static) -> Finds {
    Box::new(std::iter::once_with(open).flatten())
}
