//! What a page tells about itself: in its head, in JSON-LD, in marked elements, in words beside the article.
//!
//! In: the tree of a page. Out: [`Told`], as it stands there; nothing is weighed yet.

use scraper::node::Node;
use scraper::{ElementRef, Html};

use super::blocks;
use super::json_ld;

/// Elements that are looked at, and the longest words that are kept of one.
const MOST: usize = 200;
const LONGEST: usize = 200;

/// What a page tells.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// `<meta>`: name, property or itemprop in lower case, and content.
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) json_ld: json_ld::Told,
    /// `<title>`.
    pub(crate) title: Option<String>,
    /// Headings of the first rank.
    pub(crate) headings: Vec<String>,
    /// `<html lang>`.
    pub(crate) language: Option<String>,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<String>,
    /// Elements that are marked as holding a time or a day, in order.
    pub(crate) times: Vec<Marked>,
    /// Words of elements that are marked as holding an author's name.
    pub(crate) authors: Vec<String>,
}

/// An element that holds a time.
#[derive(Debug)]
pub(crate) struct Marked {
    /// Its attribute for machines (`datetime`, `title`, `content`).
    pub(crate) value: Option<String>,
    /// Its words.
    pub(crate) words: String,
    /// Whether it is marked as the time of publication, not only as some time.
    pub(crate) of_publication: bool,
    /// Whether it is marked as the time of a change.
    pub(crate) of_change: bool,
}

/// Reads what the page tells.
pub(crate) fn read(page: &Html) -> Told {
    let mut told = Told::default();
    let mut scripts = Vec::new();
    for node in page.tree.root().descendants() {
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        let value = element.value();
        let attribute = |name| {
            value
                .attr(name)
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        match value.name() {
            "html" => {
                told.language = attribute("lang")
                    .or_else(|| attribute("xml:lang"))
                    .map(str::to_owned);
            }
            "meta" => {
                let names = ["name", "property", "itemprop", "http-equiv"]
                    .into_iter()
                    .filter_map(attribute);
                for name in names {
                    let content = attribute("content").or_else(|| attribute("value"));
                    if let Some(content) = content.filter(|_| told.meta.len() < MOST) {
                        told.meta
                            .push((name.to_ascii_lowercase(), content.to_owned()));
                    }
                }
            }
            "script"
                if attribute("type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) =>
            {
                scripts.push(element.text().collect::<String>());
            }
            "title" if told.title.is_none() => told.title = Some(words(element)),
            "h1" if told.headings.len() < MOST => told.headings.push(words(element)),
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                told.canonical = attribute("href").map(str::to_owned);
            }
            "body" | "head" | "article" | "main" | "style" | "img" | "input" | "form" | "svg"
            | "iframe" => {}
            _ => told.marked(element),
        }
    }
    told.json_ld = json_ld::read(&scripts);
    told
}

impl Told {
    /// The content of the first `<meta>` of one of these names, in the order of the names.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let of_name = self.meta.iter().find(|(known, _)| known == name);
            of_name.map(|(_, content)| content.as_str())
        })
    }

    fn marked(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        let marks: Vec<String> = ["class", "id", "itemprop", "rel", "data-testid", "property"]
            .into_iter()
            .filter_map(|name| value.attr(name))
            .map(str::to_ascii_lowercase)
            .collect();
        let marked = |names: &[&str]| {
            marks
                .iter()
                .any(|mark| names.iter().any(|name| mark.contains(name)))
        };
        let is_time = value.name() == "time"
            || (value.name() == "abbr" && marked(&["date", "publi", "time"]));
        if self.times.len() < MOST && (is_time || marked(&DAYS)) {
            let words = words(element);
            let machine = ["datetime", "content", "data-time", "data-date"]
                .into_iter()
                .find_map(|name| value.attr(name));
            // Titles of pictures and links say other things.
            let machine = machine.or_else(|| value.attr("title").filter(|_| is_time));
            if machine.is_some() || (!words.is_empty() && words.len() < LONGEST) {
                self.times.push(Marked {
                    value: machine.map(str::to_owned),
                    words,
                    of_publication: marked(&[
                        "publish",
                        "publi",
                        "pubdate",
                        "posted",
                        "entry-date",
                        "created",
                        "issued",
                    ]) || value.attr("pubdate").is_some(),
                    of_change: marked(&["updated", "modif", "update"]),
                });
            }
        }
        if self.authors.len() < MOST
            && marked(&AUTHORS)
            && !marked(&["avatar", "image", "photo", "social", "bio"])
        {
            let words = words(element);
            if !words.is_empty() && words.len() < LONGEST {
                self.authors.push(words);
            }
        }
    }
}

/// What elements are marked with that hold a day.
const DAYS: [&str; 19] = [
    "date",
    "datum",
    "fecha",
    "submitted",
    "published",
    "publish",
    "posted",
    "tanggal",
    "timestamp",
    "post-meta",
    "entry-meta",
    "byline",
    "pubtime",
    "post_time",
    "article__time",
    "read__time",
    "postinfo",
    "article-info",
    "meta-info",
];

/// What elements are marked with that hold an author's name.
const AUTHORS: [&str; 5] = [
    "author",
    "byline",
    "penulis",
    "reporter",
    "credit-title-name",
];

/// The words of an element on one line, at most a little over [`LONGEST`].
fn words(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    for node in element.descendants() {
        let hidden = node.parent().is_some_and(|parent| match parent.value() {
            Node::Element(parent) => blocks::UNSEEN.contains(&parent.name()),
            _ => false,
        });
        if let (Node::Text(text), false) = (node.value(), hidden) {
            for word in text.split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
        }
        if words.len() > 2 * LONGEST {
            break;
        }
    }
    words
}
