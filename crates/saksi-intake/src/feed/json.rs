//! JSON Feed (versions 1 and 1.1).

use serde_json::Value;

use super::{Entry, Feed, MOST};
use crate::Error;

pub(super) fn read(text: &str) -> Result<Feed, Error> {
    let feed: Value =
        serde_json::from_str(text).map_err(|error| Error::NoFeed(error.to_string()))?;
    let items = feed.get("items").and_then(Value::as_array);
    let items = items.ok_or_else(|| Error::NoFeed("it has no `items`".to_owned()))?;
    let entry = |item: &Value| {
        let author = item
            .pointer("/author/name")
            .or_else(|| item.pointer("/authors/0/name"));
        let plain = word(item.get("content_text")).map(|text| page_of(&text));
        Entry {
            id: word(item.get("id")),
            link: word(item.get("url")).or_else(|| word(item.get("external_url"))),
            title: word(item.get("title")),
            author: word(author),
            published: word(item.get("date_published")),
            updated: word(item.get("date_modified")),
            summary: word(item.get("summary")).map(|text| page_of(&text)),
            content: word(item.get("content_html")).or(plain),
        }
    };
    Ok(Feed {
        title: word(feed.get("title")),
        language: word(feed.get("language")),
        entries: items.iter().take(MOST).map(entry).collect(),
        broken: (items.len() > MOST).then(|| format!("it has over {MOST} entries")),
    })
}

/// Plain text as HTML.
fn page_of(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('\n', "<br>")
}

fn word(value: Option<&Value>) -> Option<String> {
    let word = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_is_too_long_says_so() {
        let feed = |count: usize| {
            let items = vec!["{\"id\": 1}"; count].join(",");
            read(&format!("{{\"items\": [{items}]}}")).unwrap()
        };
        assert_eq!(feed(MOST).broken, None);
        let long = feed(MOST + 1);
        assert!(long.broken.is_some() && long.entries.len() == MOST);
    }

    #[test]
    fn items_are_entries() {
        let feed = read(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harian Contoh", "language": "id",
                "items": [{"id": 1, "url": "https://harian.example/1", "content_text": "a < b", "date_published": "2023-08-14T23:00:00+07:00",
                           "authors": [{"name": "Ani"}]}, 7, {"date_modified": "2023-08-15"}]}"#,
        )
        .unwrap();
        let first = &feed.entries[0];
        assert_eq!(first.key().as_deref(), Some("https://harian.example/1 1"));
        assert_eq!(first.content.as_deref(), Some("a &lt; b"));
        assert_eq!(first.day().unwrap().to_string(), "2023-08-14");
        assert_eq!(first.author.as_deref(), Some("Ani"));
        assert_eq!(feed.entries[1], Entry::default());
        let changed = &feed.entries[2];
        assert_eq!(changed.day(), None);
        assert_eq!(changed.day_of_change().unwrap().to_string(), "2023-08-15");
        assert!(read("{}").is_err());
    }
}
