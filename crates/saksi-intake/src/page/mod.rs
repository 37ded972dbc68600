//! Web pages: from HTML to the text of the article, and what the page tells about it.
//!
//! In: the bytes of a page. Out: a [`Report`]. What is on the page beside the article (menus, teasers, comments) is left out by an
//! [`Extractor`]; residue within the text is left to the cleaning that every report goes through. A page that is no page (nested a thousand deep,
//! a million elements) ends in an error, never in a hanging program.

mod article;
mod blocks;
mod decode;
mod depth;
mod json_ld;
mod published;
mod told;

pub(crate) use decode::decode as decoded;

use std::thread;

pub use article::{Article, Extractor, Standard};

use crate::{Content, Error, Report};

/// The longest page that is read, in bytes. Pages of news have a tenth of it.
pub const LONGEST: usize = 4 << 20;

/// Stack of the thread that a page is read on: extractors recurse as deeply as elements are nested.
const STACK: usize = 64 << 20;

/// The text of a fragment of HTML; an empty line between its blocks.
pub(crate) fn text_of(html: &str) -> String {
    blocks::of_html(html).join("\n\n")
}

/// The report on a page. What `report` knows already counts more than what the page tells.
pub(crate) fn read(
    report: Report,
    bytes: &[u8],
    charset: Option<&str>,
    extractor: &dyn Extractor,
) -> Result<Report, Error> {
    if bytes.len() > LONGEST {
        return Err(Error::TooLong(LONGEST));
    }
    let html = decode::decode(bytes, charset);
    let html = depth::mended(&html);
    let address = report.uri.clone();
    let run = || {
        depth::check(&html)?;
        Ok(article::read(&html, address.as_deref(), extractor))
    };
    let article = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, run) {
            Ok(thread) => (thread.join()).unwrap_or_else(|_| Err(Error::Fenced("page".to_owned()))),
            Err(error) => Err(Error::Read(error.to_string())),
        }
    })?;
    if article.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(told(report, article))
}

fn told(mut report: Report, article: Article) -> Report {
    let place = report.place.uri();
    report.uri = report.uri.or(article.uri).or(place);
    report.title = report.title.or(article.title);
    report.outlet = report.outlet.or(article.outlet);
    report.byline = report.byline.or(article.byline);
    if report.published.is_none() {
        report.published = article.published;
        report.published_from = article.published_from;
    }
    // Pages often call themselves English whatever they are in; their words know better.
    let read = saksi_text::identify(&article.text).code;
    let read = (read != "und").then(|| read.to_owned());
    report.language = report.language.or(read).or(article.language);
    report.content = Content::Text(article.text);
    report.warnings.extend(article.warnings);
    report
}
