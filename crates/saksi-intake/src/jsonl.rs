//! Reports as JSON, an object a line.
//!
//! In: the bytes of a file. Out: a report or a problem a line; empty lines are passed over. A line that is no object costs that line.

use serde_json::Value;

use crate::open::Found;
use crate::stream::{self, Bytes, Line};
use crate::{Error, Mapping, Place, Position, Problem, row};

/// The longest line that is read, in bytes: a page with its pictures inside of it.
pub(crate) const LONGEST: usize = 32 << 20;

/// The reports of a file.
pub(crate) struct Reports {
    source: Bytes,
    place: Place,
    mapping: Mapping,
    line: u64,
    ended: bool,
}

impl Reports {
    pub(crate) fn new(source: Bytes, place: Place, mapping: Mapping) -> Self {
        Self {
            source,
            place,
            mapping,
            line: 0,
            ended: false,
        }
    }

    fn report(&self, line: &[u8], place: Place) -> Result<Found, Error> {
        let text = saksi_text::decode(line).text;
        let object: Value =
            serde_json::from_str(&text).map_err(|error| Error::Json(error.to_string()))?;
        if !object.is_object() {
            return Err(Error::Json("it opens with no `{`".to_owned()));
        }
        row::report(place, &self.mapping, |name| field(&object, name))
    }
}

impl Iterator for Reports {
    type Item = Result<Found, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line += 1;
            let place = self.place.at(Position::Line(self.line));
            let result = match stream::line(&mut self.source, LONGEST) {
                Ok(None) => return None,
                Ok(Some(Line::TooLong)) => Err(Error::TooLong(LONGEST)),
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(Line::Whole(line))) => self.report(&line, place.clone()),
                Err(error) => {
                    self.ended = true;
                    Err(Error::Read(error.to_string()))
                }
            };
            return Some(result.map_err(|error| Problem::new(place, error)));
        }
        None
    }
}

/// The words of a field; its name may have dots that lead into objects.
fn field(object: &Value, name: &str) -> Option<String> {
    let value = object.get(name).or_else(|| {
        name.split('.').try_fold(object, |value, key| match value {
            Value::Array(values) => values.get(key.parse::<usize>().ok()?),
            value => value.get(key),
        })
    })?;
    words(value)
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let words: Vec<String> = values.iter().filter_map(words).collect();
            // Paragraphs are longer than authors' names.
            let long = words.iter().any(|words| words.len() > 100);
            Some(words.join(if long { "\n\n" } else { ", " }))
        }
        Value::Object(object) => ["name", "title"]
            .iter()
            .find_map(|key| object.get(*key).and_then(words)),
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::{Content, page};

    fn read(file: &str, map: &[&str]) -> Vec<Result<Found, Problem>> {
        let mapping = Mapping::new(map.iter().copied()).unwrap();
        let source = Box::new(Cursor::new(file.as_bytes().to_vec()));
        Reports::new(source, Place::whole("a.jsonl"), mapping).collect()
    }

    #[test]
    fn usual_names_are_known_and_faulty_lines_cost_themselves() {
        let found = read(
            "{\"body\": \"Menteri tiba.\", \"headline\": \"Tiba\", \"date\": \"2023-08-14T23:00:00Z\", \"lang\": \"id-ID\", \"authors\": [\"A\", \"B\"]}\n\
             \n[1]\nnonsense\n{\"title\": \"x\"}\n{\"text\": \" \"}\n{\"text\": \"Ia pergi.\", \"date\": \"soon\"}",
            &[],
        );
        assert_eq!(found.len(), 6);
        let first = &found[0].as_ref().unwrap().report;
        assert_eq!(first.content, Content::Text("Menteri tiba.".to_owned()));
        assert_eq!(first.title.as_deref(), Some("Tiba"));
        assert_eq!(first.published.unwrap().to_string(), "2023-08-14");
        assert_eq!(first.language.as_deref(), Some("id"));
        assert_eq!(first.byline.as_deref(), Some("A, B"));
        assert_eq!(first.uri.as_deref(), Some("a.jsonl#line=1"));
        let errors: Vec<_> = found[1..5]
            .iter()
            .map(|found| found.as_ref().unwrap_err())
            .collect();
        assert!(matches!(errors[0].error, Error::Json(_)));
        assert_eq!(errors[0].place.position, Some(Position::Line(3)));
        assert!(matches!(errors[1].error, Error::Json(_)));
        assert!(matches!(errors[2].error, Error::NoText(_)));
        assert_eq!(errors[3].error, Error::Empty);
        assert_eq!(found[5].as_ref().unwrap().report.warnings.len(), 1);
    }

    #[test]
    fn a_page_is_not_dated_by_the_file_that_holds_it() {
        let lines = "{\"html\": \"<p>Menteri tiba.\"}\n\
                     {\"html\": \"<link rel=canonical href='https://harian.example/2023/08/14/a'><p>Menteri tiba.\"}\n\
                     {\"text\": \"Menteri tiba.\"}";
        let source = Box::new(Cursor::new(lines.as_bytes().to_vec()));
        let place = Place::whole("crawl-2024-05-01.jsonl");
        let told = Reports::new(source, place, Mapping::default()).map(|found| {
            let report = found.unwrap().report(&page::Standard).unwrap();
            let day = report.published.map(|day| day.to_string());
            (report.uri.unwrap(), day)
        });
        let told: Vec<_> = told.collect();
        let place = |line| format!("crawl-2024-05-01.jsonl#line={line}");
        let day = Some("2023-08-14".to_owned());
        assert_eq!(
            told,
            [
                (place(1), None),
                ("https://harian.example/2023/08/14/a".to_owned(), day),
                (place(3), None)
            ]
        );
    }

    #[test]
    fn a_mapping_leads_into_objects_and_is_not_guessed_around() {
        let found = read(
            "{\"a\": {\"b\": [\"Menteri tiba.\"]}, \"text\": \"no\", \"title\": \"no\"}",
            &["text=a.b.0", "title=c"],
        );
        let report = &found[0].as_ref().unwrap().report;
        assert_eq!(report.content, Content::Text("Menteri tiba.".to_owned()));
        assert_eq!(report.title, None);
    }
}
