//! The article of a page.

use jiff::civil::Date;
use saksi_record::PublishedFrom;

use crate::Warning;

/// What a page tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The address that the page gives itself.
    pub uri: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where that was found.
    pub published_from: Option<PublishedFrom>,
    /// ISO 639-1 code of the language that the page says it is in.
    pub language: Option<String>,
    /// The article: a line for each paragraph.
    pub text: String,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Takes the article out of a page.
pub trait Extractor: Send + Sync {
    /// The article of the page `html`, which was found at `address`. Its text is empty where the page has none.
    fn article(&self, html: &str, address: Option<&str>) -> Article;
}

/// The extractor that is used unless another one is asked for: `trafilatura` in its careful setting, since a stray
/// sentence becomes a false event.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standard;

impl Extractor for Standard {
    fn article(&self, html: &str, _address: Option<&str>) -> Article {
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
        let text = trafilatura::extract(html, &options).map(|found| found.content_text);
        Article {
            text: text.unwrap_or_default(),
            ..Article::default()
        }
    }
}
