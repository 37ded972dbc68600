//! Which field of a table or object holds what of a report.
//!
//! In: `FIELD=NAME` as typed. Out: [`Mapping`], which finds the fields by name. Without any, the names that others use are
//! known. It looks at no value.

use crate::Error;

/// What can be mapped, for messages.
pub(crate) const FIELDS: &str =
    "text, html, title, uri, outlet, byline, published, retrieved, language";

/// What a field of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Text,
    Html,
    Title,
    Uri,
    Outlet,
    Byline,
    Published,
    Retrieved,
    Language,
}

impl Field {
    pub(crate) const ALL: [Self; 9] = [
        Self::Text,
        Self::Html,
        Self::Title,
        Self::Uri,
        Self::Outlet,
        Self::Byline,
        Self::Published,
        Self::Retrieved,
        Self::Language,
    ];

    fn named(name: &str) -> Option<Self> {
        let names = FIELDS.split(", ").zip(Self::ALL);
        let known = names.into_iter().find(|(known, _)| *known == name);
        match (known, name) {
            (Some((_, field)), _) => Some(field),
            // As sources of news call them; the record's own names come first.
            (None, "date") => Some(Self::Published),
            (None, "url") => Some(Self::Uri),
            (None, "author") => Some(Self::Byline),
            _ => None,
        }
    }

    /// Names of the field with others, the likeliest first.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "body",
                "content",
                "content_text",
                "article_text",
                "articleBody",
                "maintext",
                "article",
                "isi",
                "konten",
            ],
            Self::Html => &["html", "content_html", "raw_html"],
            Self::Title => &["title", "headline", "judul"],
            Self::Uri => &["uri", "url", "link", "source_url", "tautan"],
            Self::Outlet => &[
                "outlet",
                "site_name",
                "publisher",
                "source",
                "source_name",
                "media",
                "sumber",
            ],
            Self::Byline => &["byline", "author", "authors", "penulis"],
            Self::Published => &[
                "published",
                "date",
                "published_at",
                "publishedAt",
                "publication_date",
                "date_publish",
                "date_published",
                "datePublished",
                "pubDate",
                "tanggal",
            ],
            Self::Retrieved => &[
                "retrieved",
                "retrieved_at",
                "date_download",
                "crawled_at",
                "fetched_at",
            ],
            Self::Language => &["language", "lang", "bahasa"],
        }
    }
}

/// Which field holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(Field, String)>);

impl Mapping {
    /// Of entries such as `text=body`; names with dots lead into objects (`text=article.body`).
    ///
    /// # Errors
    /// [`Error::Mapping`] where an entry names no field, or no name.
    ///
    /// ```
    /// use saksi_intake::Mapping;
    /// assert!(Mapping::new(["text=body", "published=date"]).is_ok());
    /// assert!(Mapping::new(["words=body"]).is_err());
    /// ```
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let read = |entry: &str| {
            let (field, name) = entry.split_once('=')?;
            let name = name.trim();
            Some((Field::named(field.trim())?, name.to_owned())).filter(|_| !name.is_empty())
        };
        let entries = entries.into_iter();
        let fields =
            entries.map(|entry| read(entry).ok_or_else(|| Error::Mapping(entry.to_owned())));
        fields.collect::<Result<_, _>>().map(Self)
    }

    /// The names to look for, the likeliest first. What is mapped is nowhere else.
    pub(crate) fn names(&self, field: Field) -> Vec<&str> {
        let told: Vec<&str> = (self.0.iter().filter(|(known, _)| *known == field))
            .map(|(_, name)| name.as_str())
            .collect();
        if told.is_empty() {
            field.usual().to_vec()
        } else {
            told
        }
    }

    /// The names of the fields with a report's words, for messages.
    pub(crate) fn words(&self) -> String {
        let names: Vec<_> = (self.names(Field::Text).into_iter())
            .chain(self.names(Field::Html))
            .map(|name| format!("`{name}`"))
            .collect();
        names.join(", ")
    }
}
