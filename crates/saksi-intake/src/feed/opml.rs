//! Lists of feeds as other programs exchange them (OPML 2.0).

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::{Followed, LONGEST, MOST, xml};
use crate::{Error, page};

/// A feed in such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
}

/// The feeds in an OPML file, in the order in which they stand there, folders or not.
///
/// # Errors
/// Where it is no OPML, is too long or lists too many feeds.
pub fn from_opml(bytes: &[u8]) -> Result<Vec<Outline>, Error> {
    if bytes.len() > LONGEST {
        return Err(Error::LongList(LONGEST));
    }
    let text = page::decoded(bytes, None);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let (mut outlines, mut is_opml) = (Vec::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_ascii_lowercase();
                is_opml |= name == "opml";
                if let ("outline", Some(url)) = (name.as_str(), xml::attribute(&start, "xmlurl")) {
                    let title =
                        xml::attribute(&start, "title").or_else(|| xml::attribute(&start, "text"));
                    outlines.push(Outline { url, title });
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(Error::NoFeed(error.to_string())),
        }
        if outlines.len() > MOST {
            return Err(Error::ManyFeeds(MOST));
        }
    }
    if !is_opml {
        return Err(Error::NoFeed("it has no element `opml`".to_owned()));
    }
    Ok(outlines)
}

/// Feeds as an OPML file.
pub fn to_opml(feeds: &[Followed]) -> String {
    let mut file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>Feeds</title></head>\n<body>\n".to_owned();
    for feed in feeds {
        let title = feed.title.as_deref().unwrap_or(&feed.url);
        // Writing into a string can't fail.
        let _ = writeln!(
            file,
            "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"/>",
            escape(title),
            escape(&feed.url)
        );
    }
    file + "</body>\n</opml>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_went_out() {
        let feeds = [
            (
                "https://harian.example/feed?a=1&b=2",
                Some("Harian <Contoh> \"x\""),
            ),
            ("https://b.example/", None),
        ]
        .map(|(url, title)| Followed::new(url, title));
        let read = from_opml(to_opml(&feeds).as_bytes()).unwrap();
        assert_eq!(read[0].url, feeds[0].url);
        assert_eq!(read[0].title, feeds[0].title);
        assert_eq!(read[1].title.as_deref(), Some("https://b.example/"));
    }

    #[test]
    fn folders_are_looked_into() {
        let file = b"<opml><body><outline text='Berita'><outline text='A' xmlUrl='https://a.example'/></outline></body></opml>";
        assert_eq!(from_opml(file).unwrap().len(), 1);
        assert!(from_opml(b"<rss></rss>").is_err());
    }

    #[test]
    fn what_is_too_much_is_said() {
        let outlines = "<outline xmlUrl='https://a.example'/>".repeat(MOST);
        assert_eq!(
            from_opml(format!("<opml>{outlines}").as_bytes())
                .unwrap()
                .len(),
            MOST
        );
        let file = format!("<opml>{outlines}<outline xmlUrl='https://b.example'/>");
        assert_eq!(from_opml(file.as_bytes()), Err(Error::ManyFeeds(MOST)));
        let file = " ".repeat(LONGEST + 1);
        assert_eq!(from_opml(file.as_bytes()), Err(Error::LongList(LONGEST)));
    }
}
