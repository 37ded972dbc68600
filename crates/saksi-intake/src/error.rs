//! What keeps a report from being found.

use std::path::PathBuf;

use crate::Place;

/// What went wrong, and where. It never ends the other reports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {error}")]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub error: Error,
}

impl Problem {
    /// What went wrong, where.
    pub fn new(place: Place, error: Error) -> Self {
        Self { place, error }
    }
}

/// What went wrong with a source or a report in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file or folder can't be opened.
    #[error("could not open it: {0}")]
    Open(String),
    /// The file, stream or answer can't be read to its end.
    #[error("could not read it: {0}")]
    Read(String),
    /// It is longer than one report may be.
    #[error("it is longer than {} MiB, the most that is taken as one report; split it into its reports", .0 >> 20)]
    TooLong(usize),
    /// It is no text of a report.
    #[error("it is {0}; give the text of the report")]
    NotText(&'static str),
    /// A line that is no JSON object.
    #[error("it is not a JSON object: {0}")]
    Json(String),
    /// A row or object has no field with the report's words.
    #[error("it has no text: there is none of the fields {0}; name yours with `--map text=FIELD`")]
    NoText(String),
    /// The field with the report's words is empty.
    #[error("its text is empty")]
    Empty,
    /// A table without a row of headings.
    #[error(
        "it is a table whose row of headings has none of {0}; name yours with `--map text=HEADING`"
    )]
    NoHeading(String),
    /// A mapping that says nothing.
    #[error("`{0}` maps nothing; write it as FIELD=NAME, FIELD one of {fields}", fields = crate::mapping::FIELDS)]
    Mapping(String),
    /// A record of a web archive is broken.
    #[error("this record of the archive is broken: {0}")]
    Archive(&'static str),
    /// The page or text is packed in a way that is not known here.
    #[error(
        "it is packed with `{0}`, which can't be unpacked here; keep it in the archive unpacked or packed with gzip"
    )]
    Packed(String),
    /// The page is nested too deeply to be a page.
    #[error("its elements are nested over {0} deep; it is no page of a report")]
    Nested(usize),
    /// The page has too many elements to be a page.
    #[error(
        "it has over {0} elements, or they are nested too deeply for so many; it is no page of a report"
    )]
    Elements(usize),
    /// An address that is none, or of another kind than those that are fetched.
    #[error("it is not an address that can be fetched: {0}")]
    Address(String),
    /// No fetching was asked for.
    #[error("it is an address, and nothing is fetched here")]
    Offline,
    /// The site forbids it.
    #[error(
        "its site's robots.txt does not let programs fetch `{0}`; open it in a browser and save the page"
    )]
    Robots(String),
    /// The site answered otherwise than with the page.
    #[error("its site answered with status {0}")]
    Status(u16),
    /// The site is busy.
    #[error("its site is busy and asks to be left alone for {0} seconds; try again later")]
    Busy(u64),
    /// The answer leads on and on.
    #[error("it was moved more than {0} times")]
    Redirections(usize),
    /// All of it took too long.
    #[error("it took longer than {0} seconds")]
    Time(u64),
    /// It leads into a network that is not public.
    #[error("{0}, which is not an address of the public network; `--allow-private` lets it")]
    NotPublic(String),
    /// The network, or the site at its other end, failed.
    #[error("could not fetch it: {0}")]
    Network(String),
    /// It is no feed and no list of feeds.
    #[error("it is no feed: {0}")]
    NoFeed(String),
    /// A feed that is broken; its entries before that were read.
    #[error("the feed is broken: {0}; what stands before that was read")]
    BrokenFeed(String),
    /// A list of feeds is longer than any that people follow.
    #[error("it is longer than {} MiB, the most that is read of a list of feeds; split it", .0 >> 20)]
    LongList(usize),
    /// A list names more feeds than people follow.
    #[error("it lists over {0} feeds; split it")]
    ManyFeeds(usize),
    /// An entry of a feed without any text.
    #[error("the feed holds no text of it; `saksi feed fetch` fetches its page")]
    NoSummary,
    /// The list of feeds can't be read or written.
    #[error("could not use the list of feeds `{path}`: {1}", path = .0.display())]
    List(PathBuf, String),
    /// Another program holds the list of feeds.
    #[error("the list of feeds `{}` is in use by another saksi; wait for its end", .0.display())]
    Held(PathBuf),
    /// A program error, caught at the border of the report.
    #[error(
        "the program failed on this report ({0}); no other report is touched by it; please report it to saksi's developers"
    )]
    Fenced(String),
}
