//! The article of a page: its text, and what the page tells about it.
//!
//! In: HTML. Out: [`Article`]. The text is found behind one trait, [`Extractor`]; what is told about it is weighed here.

use jiff::civil::Date;
use saksi_record::PublishedFrom;
use scraper::{Html, Selector};

use super::told::{self, Told};
use super::{blocks, published};
use crate::words::WORDS;
use crate::{Warning, row};

/// A text with fewer letters than this may be a teaser or a notice about cookies.
const SHORT: usize = 250;

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
    /// The article; an empty line between its paragraphs. Its headline is no part of it.
    pub text: String,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Finds the text of the article on a page.
pub trait Extractor: Send + Sync {
    /// The paragraphs of the article on the page `html`; none where it finds no article.
    fn paragraphs(&self, html: &str) -> Vec<String>;
}

/// The extractor that is used unless another one is asked for: `trafilatura` in its careful setting, since a stray
/// sentence becomes a false event.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standard;

impl Extractor for Standard {
    fn paragraphs(&self, html: &str) -> Vec<String> {
        let options = trafilatura::Options::default()
            .with_fallback(true)
            .with_exclude_comments(true)
            .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
        let found = trafilatura::extract(html, &options);
        found.map_or_else(|_| Vec::new(), |found| blocks::of_html(&found.content_html))
    }
}

/// The article of the page `html` that was found at `address`.
pub(super) fn read(html: &str, address: Option<&str>, extractor: &dyn Extractor) -> Article {
    let page = Html::parse_document(html);
    let told = told::read(&page);
    let title = title(&told);
    let mut article = Article {
        uri: canonical(&told),
        outlet: told
            .meta(&["og:site_name", "application-name"])
            .map(str::to_owned)
            .or_else(|| told.json_ld.outlet.clone()),
        language: (told.json_ld.language.as_deref())
            .or_else(|| told.meta(&["og:locale", "content-language", "language"]))
            .or(told.language.as_deref())
            .and_then(row::language),
        ..Article::default()
    };
    article.byline = byline(&told, article.outlet.as_deref());
    let lines = body(&page);
    if let Some((date, from)) = published::find(&told, address, &lines) {
        article.published = Some(date);
        article.published_from = Some(from);
    }
    let mut paragraphs = without_repeats(extractor.paragraphs(html), title.as_deref(), &told);
    if letters(&paragraphs) < SHORT {
        // Some pages have their article in no element, only in what they tell machines.
        let body = told
            .json_ld
            .body
            .as_deref()
            .map(blocks::of_html)
            .unwrap_or_default();
        if letters(&body) > letters(&paragraphs) {
            paragraphs = body;
        }
    }
    if paragraphs.is_empty() {
        paragraphs = lines;
        article.warnings.push(Warning::NoArticle);
    }
    article.text = paragraphs.join("\n\n");
    article.title = title;
    article
}

/// All lines of the page.
fn body(page: &Html) -> Vec<String> {
    let selector = Selector::parse("body").expect("the selector is well formed");
    page.select(&selector)
        .next()
        .map(blocks::of_element)
        .unwrap_or_default()
}

fn letters(paragraphs: &[String]) -> usize {
    paragraphs
        .iter()
        .map(|paragraph| paragraph.chars().count())
        .sum()
}

/// Paragraphs that are said once: pages repeat their article for other screens; and without the headline above them.
fn without_repeats(paragraphs: Vec<String>, title: Option<&str>, told: &Told) -> Vec<String> {
    let mut said: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut kept: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let is_title =
            kept.is_empty() && (title == Some(&*paragraph) || told.headings.contains(&paragraph));
        // Short lines may be said twice: "Yes."
        let repeats = paragraph.len() > 60 && !said.insert(paragraph.clone());
        if !is_title && !repeats {
            kept.push(paragraph);
        }
    }
    kept
}

fn canonical(told: &Told) -> Option<String> {
    let told = [told.canonical.as_deref(), told.meta(&["og:url"])];
    let found = told
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("http://") || url.starts_with("https://"));
    found.map(str::to_owned)
}

fn title(told: &Told) -> Option<String> {
    let only = match &*told.headings {
        [heading] if !heading.is_empty() => Some(heading.as_str()),
        _ => None,
    };
    let told_title = told
        .json_ld
        .title
        .as_deref()
        .or_else(|| told.meta(&["og:title", "twitter:title", "dc.title"]));
    // The headline as readers see it, where the page has exactly one and calls itself that.
    let seen = only.filter(|only| told_title.is_none_or(|title| title.contains(*only)));
    let title = seen.or(told_title).or(only).or(told.title.as_deref())?;
    let outlet = told
        .meta(&["og:site_name"])
        .or(told.json_ld.outlet.as_deref());
    let plain = outlet
        .and_then(|outlet| title.strip_suffix(outlet))
        .map(|title| title.trim_end_matches([' ', '-', '|', '–', '—', ':', '·']));
    let title = plain.filter(|title| !title.is_empty()).unwrap_or(title);
    let title = blocks::of_html(title).join(" ");
    (!title.is_empty()).then_some(title)
}

fn byline(told: &Told, outlet: Option<&str>) -> Option<String> {
    let meta = told.meta(&[
        "content_author",
        "dtk:author",
        "parsely-author",
        "sailthru.author",
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "byl",
    ]);
    let named = [told.json_ld.byline.as_deref(), meta]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .find_map(|name| name_of(&name, outlet));
    named.or_else(|| {
        // Of elements only those that are a name and nothing else.
        told.authors.iter().find_map(|words| {
            name_of(words, outlet).filter(|name| {
                name.split(' ').count() <= 5 && !name.contains(|sign: char| sign.is_ascii_digit())
            })
        })
    })
}

/// A name without "By", where it is one and not that of the outlet.
fn name_of(words: &str, outlet: Option<&str>) -> Option<String> {
    let low = words.to_lowercase();
    let before = WORDS.byline.iter().filter(|word| {
        low.strip_prefix(word.as_str())
            .is_some_and(|rest| rest.starts_with([' ', ':']))
    });
    let length = before.map(String::len).max().unwrap_or_default();
    let name = words
        .get(length..)
        .unwrap_or(words)
        .trim_matches([' ', ':', ',', '|', '-', '–', '/']);
    let same = outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
    let is_name = !name.is_empty()
        && name.len() <= 120
        && !same
        && !name.contains("://")
        && !name.contains('@')
        && !name.contains('\n');
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "Menteri Pertahanan meninjau galangan kapal di Surabaya pada Senin, dan mengatakan bahwa dua kapal patroli akan selesai \
                             pada akhir tahun ini.";

    fn page(head: &str, above: &str) -> Article {
        let body = format!(
            "<p>{PARAGRAPH}</p><p>Ia juga bertemu para pekerja dan menjelaskan bahwa pesanan berikutnya sedang dibahas oleh kementerian di Jakarta.</p>"
        );
        let html = format!(
            "<html lang='id'><head>{head}</head><body><nav><a href='/'>Beranda</a></nav><article><h1>Menteri tinjau galangan</h1>{above}{body}{body}</article>\
             <footer>Hak cipta</footer></body></html>"
        );
        read(&html, Some("https://harian.example/a"), &Standard)
    }

    #[test]
    fn an_article_is_told_from_its_page() {
        let article = page(
            "<meta property='og:site_name' content='Harian Contoh'><meta property='og:title' content='Menteri tinjau galangan - Harian Contoh'>\
             <meta property='article:published_time' content='2023-08-14T08:00:00+07:00'><meta name='author' content='Oleh Ani Wijaya'>",
            "",
        );
        assert_eq!(article.title.as_deref(), Some("Menteri tinjau galangan"));
        assert_eq!(article.outlet.as_deref(), Some("Harian Contoh"));
        assert_eq!(article.byline.as_deref(), Some("Ani Wijaya"));
        assert_eq!(article.published.unwrap().to_string(), "2023-08-14");
        assert_eq!(article.published_from, Some(PublishedFrom::Metadata));
        assert_eq!(article.language.as_deref(), Some("id"));
        assert!(
            article.text.starts_with("Menteri Pertahanan"),
            "{}",
            article.text
        );
        assert_eq!(article.text.matches("Menteri Pertahanan").count(), 1);
        assert!(
            !article.text.contains("Beranda") && !article.text.contains("Hak cipta"),
            "{}",
            article.text
        );
    }

    #[test]
    fn the_line_under_the_headline_has_the_day() {
        let article = page(
            "",
            "<div>Diperbarui 16 Agustus 2023</div><div>Senin, 14 Agustus 2023 | 08.00 WIB</div>",
        );
        assert_eq!(article.published.unwrap().to_string(), "2023-08-14");
        assert_eq!(article.published_from, Some(PublishedFrom::Page));
    }

    #[test]
    fn a_page_without_an_article_gives_all_of_its_text() {
        let article = read("<div>Menteri tiba.</div>", None, &Standard);
        assert_eq!(
            (&*article.text, &*article.warnings),
            ("Menteri tiba.", &[][..])
        );
        let article = read("", None, &Standard);
        assert_eq!(article.text, "");
    }
}
