//! A report as it was found: its content, what is known about it, and where it stands.

use std::fmt;

use jiff::civil::Date;
use saksi_record::PublishedFrom;

/// A report, with what its source tells about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its address: what the source tells, else the place where it was found.
    pub uri: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// Who wrote it, in the report's words.
    pub byline: Option<String>,
    /// Day of publication, in the time zone in which it is told.
    pub published: Option<Date>,
    /// Where the day of publication was found.
    pub published_from: Option<PublishedFrom>,
    /// When it was fetched, RFC 3339.
    pub retrieved: Option<String>,
    /// ISO 639-1 code of its language, where the source tells it.
    pub language: Option<String>,
    /// Its words.
    pub content: Content,
    /// Where it stands, for messages.
    pub place: Place,
    /// What was odd about it.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// A report that nothing is known of but where it stands and what is in it.
    pub fn new(place: Place, content: Content) -> Self {
        Self {
            uri: None,
            title: None,
            outlet: None,
            byline: None,
            published: None,
            published_from: None,
            retrieved: None,
            language: None,
            content,
            place,
            warnings: Vec::new(),
        }
    }
}

/// The words of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text file as found, in any encoding; it may open with a head of `Key: value` lines.
    Bytes(Vec<u8>),
    /// Text taken out of something else (page, table, feed); it has no head.
    Text(String),
}

impl Content {
    /// The bytes, whatever they are.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

/// Where something stands: a file, an address or standard input, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Path as typed, address, or `-` for standard input.
    pub source: String,
    /// Where in it; absent where the source is one report.
    pub position: Option<Position>,
}

/// Where in a source a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Position {
    /// Line of a file, counted from 1.
    Line(u64),
    /// Byte of a web archive, as it lies on the disk, where the record begins.
    Offset(u64),
    /// Entry of a feed, counted from 1.
    Entry(u64),
}

impl Place {
    /// A whole source.
    pub fn whole(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            position: None,
        }
    }

    /// A place in the same source.
    #[must_use]
    pub fn at(&self, position: Position) -> Self {
        Self {
            source: self.source.clone(),
            position: Some(position),
        }
    }

    /// Whether it is standard input.
    pub fn is_standard_input(&self) -> bool {
        self.source == "-"
    }

    /// As an address within the source (`reports.jsonl#line=12`); `None` for standard input, which nobody can go back to.
    pub fn uri(&self) -> Option<String> {
        if self.is_standard_input() {
            return None;
        }
        Some(match self.position {
            None => self.source.clone(),
            Some(Position::Line(line)) => format!("{}#line={line}", self.source),
            Some(Position::Offset(offset)) => format!("{}#offset={offset}", self.source),
            Some(Position::Entry(entry)) => format!("{}#entry={entry}", self.source),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_standard_input() {
            formatter.write_str("standard input")?;
        } else {
            write!(formatter, "`{}`", self.source)?;
        }
        match self.position {
            None => Ok(()),
            Some(Position::Line(line)) => write!(formatter, ", line {line}"),
            Some(Position::Offset(offset)) => write!(formatter, ", record at byte {offset}"),
            Some(Position::Entry(entry)) => write!(formatter, ", entry {entry}"),
        }
    }
}

/// Something odd about a report that did not keep it from being found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The source tells a day of publication that can't be understood.
    #[error("its day of publication, `{0}`, can't be understood")]
    Date(String),
    /// The archive ends before the report does, or what is packed in it is damaged from there on.
    #[error("it is cut off; what is there was taken")]
    CutOff,
    /// The page has no article that could be told from the rest; all of its text was taken.
    #[error("no article was found on the page; all of its text was taken")]
    NoArticle,
}
