//! What a page tells in JSON-LD (schema.org).
//!
//! In: the content of its `<script type="application/ld+json">`. Out: the fields of its article.

use serde_json::Value;

/// Objects that are looked at; a page has a dozen.
const MOST: usize = 2000;

/// What JSON-LD tells about an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) body: Option<String>,
}

/// What the blocks of a page tell about its article; about the page where no article is told.
pub(crate) fn read(blocks: &[String]) -> Told {
    let values: Vec<Value> = blocks.iter().filter_map(|block| parse(block)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects);
    }
    let article = objects.iter().find(|object| {
        is(
            object,
            &["Article", "BlogPosting", "Report", "LiveBlogPosting"],
        )
    });
    let page = objects
        .iter()
        .find(|object| is(object, &["WebPage", "ItemPage"]));
    let about = article.or(page);
    let field = |name| about.and_then(|object| object.get(name));
    let published = ["datePublished", "dateCreated"].iter().find_map(|name| {
        let of = |object: &&Value| object.get(*name).and_then(words);
        about.and_then(of).or_else(|| page.and_then(of))
    });
    let outlet = objects
        .iter()
        .find(|object| is(object, &["WebSite", "Organization"]));
    Told {
        title: field("headline")
            .or_else(|| article?.get("name"))
            .and_then(words),
        outlet: (field("publisher")
            .and_then(|publisher| resolved(publisher, &objects))
            .and_then(words))
        .or_else(|| outlet.and_then(|object| words(object))),
        byline: article.and_then(|object| authors(object, &objects)),
        published: published.or_else(|| {
            blocks
                .iter()
                .find_map(|block| by_name(block, "\"datePublished\""))
        }),
        language: field("inLanguage").and_then(words),
        body: article
            .and_then(|object| object.get("articleBody"))
            .and_then(words),
    }
}

/// A block as JSON; pages wrap it in comments and leave line ends in their strings.
fn parse(block: &str) -> Option<Value> {
    let block = block.trim();
    serde_json::from_str(block).ok().or_else(|| {
        let start = block.find(['{', '['])?;
        let end = block.rfind(['}', ']'])?;
        let inside = block.get(start..=end)?;
        let mended: String = inside
            .chars()
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .collect();
        serde_json::from_str(mended.trim_end_matches([';', ' '])).ok()
    })
}

/// All objects that have a type, outer ones first. The depth is bounded by the JSON parser.
fn collect<'a>(value: &'a Value, objects: &mut Vec<&'a Value>) {
    if objects.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, objects)),
        Value::Object(fields) => {
            if fields.contains_key("@type") {
                objects.push(value);
            }
            fields.values().for_each(|value| collect(value, objects));
        }
        _ => {}
    }
}

fn is(object: &Value, endings: &[&str]) -> bool {
    let of = |name: &Value| {
        name.as_str()
            .is_some_and(|name| endings.iter().any(|ending| name.ends_with(ending)))
    };
    match object.get("@type") {
        Some(Value::Array(names)) => names.iter().any(of),
        Some(name) => of(name),
        None => false,
    }
}

/// The object itself, where `value` only names it by `@id`.
fn resolved<'a>(value: &'a Value, objects: &[&'a Value]) -> Option<&'a Value> {
    let named = value.get("@id").filter(|_| value.get("name").is_none());
    match named {
        None => Some(value),
        Some(id) => objects
            .iter()
            .copied()
            .find(|object| object.get("@id") == Some(id) && object.get("name").is_some()),
    }
}

fn authors(article: &Value, objects: &[&Value]) -> Option<String> {
    let value = article.get("author").or_else(|| article.get("creator"))?;
    let many = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut names: Vec<String> = Vec::new();
    for name in many
        .iter()
        .filter_map(|one| resolved(one, objects).and_then(words))
    {
        if !names.contains(&name) && !name.contains("://") {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// The words of a value; of an object its name.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Object(fields) => fields.get("name")?.as_str()?,
        Value::Array(values) => return values.iter().find_map(words),
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The string after a name, where the block as a whole can't be read.
fn by_name(block: &str, name: &str) -> Option<String> {
    let (_, after) = block.split_once(name)?;
    let (value, _) = after
        .trim_start()
        .strip_prefix(':')?
        .trim_start()
        .strip_prefix('"')?
        .split_once('"')?;
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(block: &str) -> Told {
        read(&[block.to_owned()])
    }

    #[test]
    fn an_article_in_a_graph_is_found() {
        let told = of(r#"{"@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-01"},
            {"@type": ["NewsArticle"], "headline": "Tiba", "datePublished": "2023-08-14T08:00:00+07:00", "inLanguage": "id-ID",
             "author": [{"@id": "a"}, {"@type": "Person", "name": "Budi"}], "publisher": {"@type": "Organization", "name": "Harian Contoh"}},
            {"@type": "Person", "@id": "a", "name": "Ani"}]}"#);
        assert_eq!(told.title.as_deref(), Some("Tiba"));
        assert_eq!(told.published.as_deref(), Some("2023-08-14T08:00:00+07:00"));
        assert_eq!(told.byline.as_deref(), Some("Ani, Budi"));
        assert_eq!(told.outlet.as_deref(), Some("Harian Contoh"));
        assert_eq!(told.language.as_deref(), Some("id-ID"));
    }

    #[test]
    fn broken_blocks_tell_what_they_can() {
        assert_eq!(
            of("<!-- {\"@type\": \"Article\",\n\"headline\": \"a\nb\"} -->")
                .title
                .as_deref(),
            Some("a b")
        );
        assert_eq!(
            of("{\"@type\": \"Article\", \"datePublished\": \"2023-08-14\", }")
                .published
                .as_deref(),
            Some("2023-08-14")
        );
        assert_eq!(of("[1, \"x\", null]"), Told::default());
    }
}
