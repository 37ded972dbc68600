//! RSS, Atom and CDF, of whatever version: elements are known by their names, whatever namespace a site puts them in.
//!
//! The day of an entry stays as told, with its zone; a reader that turns it into universal time moves reports of the Indonesian morning to the day before.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::{Entry, Feed, MOST};
use crate::{Error, page};

/// Elements within elements at most.
const DEEPEST: usize = 256;

/// What an element of an entry or feed tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Link,
    Title,
    Author,
    Published,
    /// Of a change.
    Updated,
    Summary,
    Content,
    Language,
}

/// Prefixes of elements that are called as those of entries but tell of something else (pictures, shops, maps).
const OTHERS: [&str; 8] = [
    "media", "itunes", "geo", "georss", "gml", "g", "slash", "image",
];

fn field(parent: &str, name: &str) -> Option<Field> {
    Some(match (parent, name) {
        ("author", "name") => Field::Author,
        ("author" | "contributor" | "source" | "image" | "textinput", _) => return None,
        (_, "id" | "guid") => Field::Id,
        (_, "link") => Field::Link,
        (_, "title") => Field::Title,
        (_, "creator" | "author") => Field::Author,
        (_, "published" | "pubdate" | "issued" | "date") => Field::Published,
        (_, "updated" | "modified" | "created" | "lastmod") => Field::Updated,
        (_, "summary" | "description" | "abstract") => Field::Summary,
        (_, "content" | "encoded" | "body" | "fullitem") => Field::Content,
        (_, "language") => Field::Language,
        _ => return None,
    })
}

/// Whether an element is an entry.
fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// Whether an element is a feed, or what holds the things of one.
fn is_feed(name: &str) -> bool {
    matches!(name, "rss" | "rdf" | "feed" | "channel")
}

pub(super) fn read(text: &str) -> Result<Feed, Error> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut state = State::default();
    let broken = loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => break None,
            Ok(event) => event,
            Err(error) => break Some(error.to_string()),
        };
        match event {
            Event::Start(start) => {
                if state.open.len() >= DEEPEST {
                    break Some(format!("its elements are nested over {DEEPEST} deep"));
                }
                state.start(&start, false);
            }
            Event::Empty(start) => state.start(&start, true),
            Event::End(end) => state.end(&low(end.local_name().as_ref())),
            Event::Text(text) => state.say(&text.xml10_content()),
            Event::CData(data) => state.say(&data.xml10_content()),
            Event::GeneralRef(name) => {
                let name = name.into_inner();
                match resolved(&name) {
                    Some(text) => state.say(&text),
                    // One of HTML's, which the text is read as later on.
                    None => state.say(&format!("&{name};")),
                }
            }
            _ => {}
        }
        if state.feed.entries.len() >= MOST {
            break Some(format!("it has over {MOST} entries"));
        }
    };
    state.finish(broken)
}

/// What a reference of XML stands for.
fn resolved(name: &str) -> Option<String> {
    match name.strip_prefix('#') {
        Some(_) => unescape(&format!("&{name};"))
            .ok()
            .map(std::borrow::Cow::into_owned),
        None => resolve_xml_entity(name).map(str::to_owned),
    }
}

fn low(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The text of an element that is being read.
#[derive(Debug)]
struct Taking {
    field: Field,
    /// The element's name.
    name: String,
    text: String,
    /// Elements open within it.
    within: usize,
    /// Whether its markup is XML's own and not text.
    inline: bool,
    /// Whether the element has a prefix: one without counts more.
    prefixed: bool,
}

#[derive(Debug, Default)]
struct State {
    /// Names of the elements that are open.
    open: Vec<String>,
    feed: Feed,
    entry: Option<Drafted>,
    taking: Option<Taking>,
    /// Whether there was an element of a feed at all.
    is_feed: bool,
}

/// An entry, and which of its fields came from an element with a prefix.
#[derive(Debug, Default)]
struct Drafted {
    entry: Entry,
    prefixed: Vec<Field>,
    depth: usize,
}

impl State {
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = low(start.local_name().as_ref());
        // An author's name may stand in an element of its own.
        if (self.taking.as_ref()).is_some_and(|taking| {
            taking.field == Field::Author
                && taking.name == "author"
                && taking.text.trim().is_empty()
        }) {
            self.taking = None;
            self.open.push("author".to_owned());
        }
        if let Some(taking) = &mut self.taking {
            taking.text.extend(["<", &*name, ">"]);
            taking.inline = true;
            if !empty {
                taking.within += 1;
            }
            return;
        }
        let parent = self.open.last().cloned().unwrap_or_default();
        self.is_feed |= is_feed(&name) || (is_entry(&name) && self.open.is_empty());
        if is_entry(&name) && self.entry.is_none() {
            let mut drafted = Drafted {
                depth: self.open.len(),
                ..Drafted::default()
            };
            drafted.entry.link = attribute(start, "href");
            drafted.entry.id = attribute(start, "about");
            drafted.entry.updated = attribute(start, "lastmod");
            if empty {
                self.finish_entry(drafted);
            } else {
                self.entry = Some(drafted);
            }
        } else {
            self.field(start, &name, &parent, empty);
        }
        if !empty && self.taking.is_none() {
            self.open.push(name);
        }
    }

    /// An element within an entry, or a feed.
    fn field(&mut self, start: &BytesStart<'_>, name: &str, parent: &str, empty: bool) {
        let prefix = start.name().prefix().map(|prefix| low(prefix.as_ref()));
        if prefix
            .as_deref()
            .is_some_and(|prefix| OTHERS.contains(&prefix))
        {
            return;
        }
        let of_entry = self.entry.is_some();
        let direct = is_entry(parent) || is_feed(parent) || parent == "author";
        let Some(field) = field(parent, name).filter(|_| direct) else {
            return;
        };
        if field == Field::Link {
            let rel = attribute(start, "rel").unwrap_or_default();
            if !matches!(rel.as_str(), "" | "alternate") {
                return;
            }
            if let Some(href) = attribute(start, "href") {
                self.tell(Field::Link, &href, false, of_entry);
                return;
            }
        }
        let value = attribute(start, "value")
            .or_else(|| attribute(start, "src").filter(|_| field == Field::Link));
        if let Some(value) = value {
            self.tell(field, &value, prefix.is_some(), of_entry);
        }
        // The name of an author stands in an element of its own, or is all that is there.
        if !empty && (of_entry || name != "author") {
            self.taking = Some(Taking {
                field,
                name: name.to_owned(),
                text: String::new(),
                within: 0,
                inline: false,
                prefixed: prefix.is_some(),
            });
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(taking) = &mut self.taking {
            if taking.inline {
                taking
                    .text
                    .push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
            } else {
                taking.text.push_str(text);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(taking) = &mut self.taking
            && taking.within > 0
        {
            taking.within -= 1;
            taking.text.extend(["</", name, ">"]);
            return;
        }
        if let Some(taking) = self.taking.take() {
            let of_entry = self.entry.is_some();
            self.tell(taking.field, &taking.text, taking.prefixed, of_entry);
            if taking.name == name {
                return;
            }
        }
        // An end that is not the next one's closes what stands open in it.
        let Some(at) = self.open.iter().rposition(|open| open == name) else {
            return;
        };
        self.open.truncate(at);
        if self
            .entry
            .as_ref()
            .is_some_and(|drafted| drafted.depth >= at)
            && let Some(drafted) = self.entry.take()
        {
            self.finish_entry(drafted);
        }
    }

    fn tell(&mut self, field: Field, text: &str, prefixed: bool, of_entry: bool) {
        let text = match field {
            Field::Summary | Field::Content => text.trim().to_owned(),
            // No HTML, which would read `&section=1` as `§ion=1`.
            Field::Id | Field::Link => text.trim().replace("&amp;", "&"),
            _ => page::text_of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        };
        // "ani@harian.example (Ani)", as RSS has it.
        let text = match text.split_once('(') {
            Some((_, name)) if field == Field::Author && text.contains('@') => {
                name.trim_end_matches(')').to_owned()
            }
            _ => text,
        };
        if text.is_empty() {
            return;
        }
        let Some(drafted) = self.entry.as_mut().filter(|_| of_entry) else {
            let slot = match field {
                Field::Title => &mut self.feed.title,
                Field::Language => &mut self.feed.language,
                _ => return,
            };
            slot.get_or_insert(text);
            return;
        };
        let entry = &mut drafted.entry;
        let slot = match field {
            Field::Id => &mut entry.id,
            Field::Link => &mut entry.link,
            Field::Title => &mut entry.title,
            Field::Author => &mut entry.author,
            Field::Published => &mut entry.published,
            Field::Updated => &mut entry.updated,
            Field::Summary => &mut entry.summary,
            Field::Content => &mut entry.content,
            Field::Language => return,
        };
        // Of several the first; one without a prefix takes the place of one with.
        let was_prefixed = drafted.prefixed.contains(&field);
        if slot.is_none() || (was_prefixed && !prefixed) {
            *slot = Some(text);
            drafted.prefixed.retain(|known| *known != field);
            if prefixed {
                drafted.prefixed.push(field);
            }
        }
    }

    fn finish_entry(&mut self, drafted: Drafted) {
        self.feed.entries.push(drafted.entry);
    }

    fn finish(mut self, broken: Option<String>) -> Result<Feed, Error> {
        if let Some(taking) = self.taking.take() {
            let of_entry = self.entry.is_some();
            self.tell(taking.field, &taking.text, taking.prefixed, of_entry);
        }
        // What is cut off in an entry keeps what came before.
        if let Some(drafted) = self.entry.take()
            && drafted.entry != Entry::default()
        {
            self.finish_entry(drafted);
        }
        if !self.is_feed {
            return Err(Error::NoFeed(
                broken.unwrap_or_else(|| "it has no element of a feed".to_owned()),
            ));
        }
        self.feed.broken = broken;
        Ok(self.feed)
    }
}

pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).flatten();
    let found = attributes
        .into_iter()
        .find(|attribute| low(attribute.key.local_name().as_ref()) == name)?;
    let value = unescape(&found.value).map_or_else(
        |_| found.value.clone().into_owned(),
        std::borrow::Cow::into_owned,
    );
    let value = value.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_of_any_version_has_entries() {
        let feed = read(
            "<?xml version='1.0'?><rss><channel><title>Harian &amp; Contoh</title><link>https://harian.example</link><image><title>Logo</title></image>\
             <item><title>Menteri <![CDATA[<b>tiba</b>]]></title><media:title>x</media:title><link>https://harian.example/1?a=1&amp;b=2</link>\
             <guid isPermaLink='false'>77</guid><pubDate>Mon, 14 Aug 2023 00:30:00 +0700</pubDate><dc:creator>Ani</dc:creator>\
             <description>&lt;p&gt;Ia pergi.&lt;/p&gt;&nbsp;</description><content:encoded><![CDATA[<p>Ia pergi.</p><p>Kami tinggal.</p>]]></content:encoded></item>\
             <item/></channel></rss>",
        )
        .unwrap();
        assert_eq!(feed.title.as_deref(), Some("Harian & Contoh"));
        assert_eq!((feed.entries.len(), feed.broken), (2, None));
        let first = &feed.entries[0];
        assert_eq!(first.title.as_deref(), Some("Menteri tiba"));
        assert_eq!(
            first.link.as_deref(),
            Some("https://harian.example/1?a=1&b=2")
        );
        assert_eq!(
            first.key().as_deref(),
            Some("https://harian.example/1?a=1&b=2 77")
        );
        assert_eq!(first.day().unwrap().to_string(), "2023-08-14");
        assert_eq!(first.author.as_deref(), Some("Ani"));
        assert_eq!(
            page::text_of(first.content.as_deref().unwrap()),
            "Ia pergi.\n\nKami tinggal."
        );
        assert_eq!(
            page::text_of(first.summary.as_deref().unwrap()),
            "Ia pergi."
        );
    }

    #[test]
    fn addresses_are_no_html() {
        let address = "https://harian.example/read?id=5&section=x&copy=1&lt=2";
        let written = address.replace('&', "&amp;");
        for item in [
            format!("<item><link>{written}</link><guid>{written}</guid></item>"),
            format!("<item><link>{address}</link><guid>{address}</guid></item>"),
            format!(
                "<item><link> <![CDATA[{address}]]>\n</link><guid><![CDATA[{written}]]></guid></item>"
            ),
            format!("<entry><link href='{written}'/><id>{written}</id></entry>"),
            format!("<entry><link href='{address}'/><id>{address}</id></entry>"),
        ] {
            let feed = read(&format!("<rss><channel>{item}</channel></rss>")).unwrap();
            let entry = &feed.entries[0];
            let told = (entry.link.as_deref(), entry.id.as_deref());
            assert_eq!(told, (Some(address), Some(address)), "{item}");
        }
    }

    #[test]
    fn atom_has_entries() {
        let feed = read(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Harian</a:title><a:author><a:name>Redaksi</a:name></a:author>\
             <a:entry><a:title type='html'>Menteri &amp;eacute; tiba</a:title><a:link rel='self' href='/self'/><a:link href='/1'/><a:id>tag:1</a:id>\
             <a:updated>2023-08-15T00:00:00Z</a:updated><a:published>2023-08-14T00:00:00Z</a:published><a:author><a:name>Ani</a:name><a:uri>x</a:uri></a:author>\
             <a:content type='xhtml'><div>a &lt; b<p>Ia pergi.</p></div></a:content></a:entry></a:feed>",
        )
        .unwrap();
        let entry = &feed.entries[0];
        assert_eq!(entry.title.as_deref(), Some("Menteri é tiba"));
        assert_eq!(
            entry
                .address(Some("https://harian.example/feed"))
                .as_deref(),
            Some("https://harian.example/1")
        );
        assert_eq!(entry.day().unwrap().to_string(), "2023-08-14");
        assert_eq!(entry.day_of_change().unwrap().to_string(), "2023-08-15");
        assert_eq!(entry.author.as_deref(), Some("Ani"));
        assert_eq!(
            page::text_of(entry.content.as_deref().unwrap()),
            "a < b\n\nIa pergi."
        );
    }

    #[test]
    fn what_is_broken_keeps_what_came_before() {
        let feed = read("<rss><channel><item><title>a</title></item><item><title>b</title><link>c")
            .unwrap();
        assert_eq!(feed.entries.len(), 2);
        let feed = read(
            "<rss><channel><item><title>a</item><item><title>b</title></item></channel></rss>",
        )
        .unwrap();
        assert!(!feed.entries.is_empty());
        let feed = read(
            "<rss><channel><item><title>a & b</title></item><item x=><title>b</title></item><",
        )
        .unwrap();
        assert_eq!(feed.entries.len(), 2);
        assert_eq!(feed.entries[0].title.as_deref(), Some("a & b"));
        assert!(read("<html><p>Menteri tiba.").is_err());
        assert!(read("").is_err());
        let deep = format!("<rss>{}", "<a>".repeat(100_000));
        assert!(read(&deep).unwrap().broken.is_some());
    }
}
