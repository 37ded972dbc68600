//! What a file is.
//!
//! In: its first bytes and its name. Out: its [`Kind`]. The content decides; the name's ending only where the content can be several
//! things. It reads nothing by itself.

use std::fmt;

/// What a source of reports is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Plain text: one report.
    Text,
    /// A web page: one report.
    Html,
    /// A JSON object a line, each a report.
    Jsonl,
    /// A table with a row of headings, its cells parted by this byte (`,`, `;`, `|`, tab); each row a report.
    Table(u8),
    /// A web archive (WARC, WET, ARC), packed or not.
    Warc,
    /// A feed: RSS, Atom, JSON Feed.
    Feed,
    /// Known to be no text; what it is.
    Other(&'static str),
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "a text",
            Self::Html => "a web page",
            Self::Jsonl => "JSON lines",
            Self::Table(_) => "a table",
            Self::Warc => "a web archive",
            Self::Feed => "a feed",
            Self::Other(name) => name,
        })
    }
}

/// First bytes of what is no text.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x7FELF", "a program"),
    (b"BZh", "packed with bzip2"),
    (b"\xFD7zXZ", "packed with xz"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd"),
    (b"7z\xBC\xAF", "packed with 7z"),
    (b"SQLite format 3", "a database"),
    (b"wOF", "a font"),
];

impl Kind {
    /// What begins with `start` (its first few thousand bytes, unpacked) and is called `name`.
    ///
    /// ```
    /// use saksi_intake::Kind;
    /// assert_eq!(Kind::of(b"<!doctype html><p>Menteri tiba.", "report.txt"), Kind::Html);
    /// assert_eq!(Kind::of(b"{\"text\": \"Menteri tiba.\"}\n", "-"), Kind::Jsonl);
    /// assert_eq!(Kind::of(b"Menteri tiba.", "report.txt"), Kind::Text);
    /// ```
    pub fn of(start: &[u8], name: &str) -> Self {
        if let Some((_, name)) = (SIGNATURES.iter()).find(|(bytes, _)| start.starts_with(bytes)) {
            return Self::Other(name);
        }
        if start.starts_with(b"WARC/") || start.starts_with(b"filedesc://") {
            return Self::Warc;
        }
        let text = saksi_text::decode(start).text;
        let text = text.trim_start();
        let ending = ending(name);
        let by_content = match text.chars().next() {
            Some('<') => markup(text),
            Some('{') => object(text),
            Some('[') => array(text),
            _ => None,
        };
        // The first of many lines may be a broken one.
        let by_content = by_content.filter(|kind| {
            *kind != Self::Other(OTHER_JSON) || !matches!(ending.as_str(), "jsonl" | "ndjson")
        });
        by_content.unwrap_or(match ending.as_str() {
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" => Self::table(start),
            "tsv" | "tab" => Self::Table(b'\t'),
            "warc" | "wet" | "wat" | "arc" => Self::Warc,
            "rss" | "atom" | "rdf" => Self::Feed,
            _ => Self::Text,
        })
    }

    /// A table that begins with `start`, by what its headings are parted with.
    pub fn table(start: &[u8]) -> Self {
        let text = saksi_text::decode(start).text;
        Self::Table(delimiter(text.trim_start()).unwrap_or(b','))
    }

    /// Whether a file of this name is passed over where a folder is read: images, programs and the like are no lost reports.
    pub(crate) fn is_beside_reports(name: &str) -> bool {
        const BESIDE: [&str; 26] = [
            "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "css", "js",
            "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "m4a", "ogg",
            "cdx", "sha256",
        ];
        BESIDE.contains(&ending(name).as_str())
    }
}

/// The ending of a name, in lower case; that of what is packed for `.gz`.
fn ending(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_owned())
}

/// What text that opens with `<` is.
fn markup(text: &str) -> Option<Kind> {
    const PAGES: [&str; 14] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<div",
        "<article",
        "<section",
        "<main",
        "<header",
        "<table",
        "<h1",
        "<p>",
    ];
    const FEEDS: [&str; 6] = [
        "<rss",
        "<feed",
        "<rdf:rdf",
        "<channel",
        "<atom:feed",
        "<atom10:feed",
    ];
    let text = text.to_ascii_lowercase();
    let first = |names: &[&str]| names.iter().filter_map(|name| text.find(name)).min();
    match (first(&FEEDS), first(&PAGES)) {
        (Some(feed), Some(page)) if page < feed => Some(Kind::Html),
        (Some(_), _) => Some(Kind::Feed),
        (None, Some(_)) => Some(Kind::Html),
        (None, None) => None,
    }
}

/// What text that opens with `{` is.
fn object(text: &str) -> Option<Kind> {
    if text.contains("jsonfeed.org/version") {
        return Some(Kind::Feed);
    }
    let line = text.lines().next().unwrap_or_default().trim_end();
    // The first line may be longer than what is looked at; then it opens as an object with a name does.
    let opens = line
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with('"'));
    let whole = serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    if whole || opens && text.lines().nth(1).is_none() {
        return Some(Kind::Jsonl);
    }
    let goes_on = line == "{" && text.trim_start_matches('{').trim_start().starts_with('"')
        || opens && !line.ends_with('}');
    goes_on.then_some(Kind::Other(OTHER_JSON))
}

/// What text that opens with `[` is.
fn array(text: &str) -> Option<Kind> {
    let first = text.strip_prefix('[')?.trim_start().strip_prefix('{')?;
    let opens = first.trim_start().starts_with('"');
    opens.then_some(Kind::Other(OTHER_JSON))
}

/// JSON that would be read as the words that it is written in.
const OTHER_JSON: &str =
    "JSON, but no object a line (`jq -c '.[]' FILE` makes an array so, `jq -c . FILE` an object)";

/// What parts the cells of a table's first line.
fn delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    (*b",;\t|")
        .into_iter()
        .rev()
        .max_by_key(count)
        .filter(|best| count(best) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_counts_more_than_the_name() {
        for (content, name, kind) in [
            (
                "<?xml version='1.0'?>\n<!DOCTYPE html><html>",
                "a.txt",
                Kind::Html,
            ),
            (
                "<?xml version='1.0'?><rss version='2.0'><channel>",
                "a.html",
                Kind::Feed,
            ),
            (
                "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>&lt;p></title>",
                "",
                Kind::Feed,
            ),
            (
                "{\"version\": \"https://jsonfeed.org/version/1\"}",
                "a.json",
                Kind::Feed,
            ),
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}", "a.txt", Kind::Jsonl),
            ("{\"text\": \"cut off he", "a", Kind::Jsonl),
            ("[{\"text\": \"a\"}]", "a.json", Kind::Other(OTHER_JSON)),
            ("{\n  \"text\": \"a\"\n}", "a.json", Kind::Other(OTHER_JSON)),
            (
                "{\"text\": \"a\",\n \"title\": \"b\"}",
                "-",
                Kind::Other(OTHER_JSON),
            ),
            ("{\"text\": \"a\n{\"text\": \"b\"}", "a.jsonl", Kind::Jsonl),
            ("[JAKARTA] Menteri tiba.", "a.txt", Kind::Text),
            ("{draft} Menteri tiba.", "a.txt", Kind::Text),
            ("text;title\na;b", "a.csv", Kind::Table(b';')),
            ("text\na", "a.csv", Kind::Table(b',')),
            ("text\ttitle", "A.TSV.gz", Kind::Table(b'\t')),
            ("WARC/1.0\r\n", "a", Kind::Warc),
            ("%PDF-1.7", "a.txt", Kind::Other("a PDF file")),
            ("<Jakarta> Menteri tiba.", "a.txt", Kind::Text),
            ("", "a.html", Kind::Html),
        ] {
            assert_eq!(
                Kind::of(content.as_bytes(), name),
                kind,
                "{content:?} {name}"
            );
        }
    }
}
