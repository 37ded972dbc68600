//! What a plain text file may tell about its report before the report begins.
//!
//! ```text
//! Title: Menteri tinjau galangan kapal
//! Outlet: Harian Contoh
//! Published: 2023-08-14
//!
//! SURABAYA – Menteri Pertahanan ...
//! ```
//!
//! The head is such lines and nothing else, from the first line up to an empty one. It is no part of the report's text.

use crate::{About, Warning, day};

/// Lines that are looked at; a longer head is none.
const LONGEST: usize = 12;

/// What the head of a text tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) about: About,
    /// The byte where the report begins: 0 where there is no head.
    pub(crate) end: usize,
    pub(crate) warning: Option<Warning>,
}

pub(crate) fn read(text: &str) -> Head {
    let mut head = Head::default();
    let mut read = 0;
    for line in text.split_inclusive('\n').take(LONGEST) {
        let empty = line.trim().is_empty();
        if empty && read > 0 {
            head.end = read + line.len();
            return head;
        }
        read += line.len();
        let Some((key, value)) = line.split_once(':') else {
            break;
        };
        if !head.tell(key.trim(), value.trim()) {
            break;
        }
    }
    Head::default()
}

impl Head {
    /// Takes in a line; returns whether it is one of a head.
    fn tell(&mut self, key: &str, value: &str) -> bool {
        let about = &mut self.about;
        let field = match key.to_ascii_lowercase().as_str() {
            "title" => &mut about.title,
            "outlet" => &mut about.outlet,
            "byline" => &mut about.byline,
            "retrieved" => &mut about.retrieved,
            "language" => &mut about.language,
            "uri" => &mut about.uri,
            "published" => {
                match day(value) {
                    Ok(day) => about.published = Some(day),
                    Err(_) => self.warning = Some(Warning::HeadDate(value.to_owned())),
                }
                return true;
            }
            _ => return false,
        };
        *field = (!value.is_empty()).then(|| value.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_stands_before_the_first_empty_line() {
        let text = "Title: Menteri tinjau galangan\nPublished: 2023-08-14\r\nByline:\n\nSURABAYA: Menteri datang.";
        let head = read(text);
        assert_eq!(head.about.title.as_deref(), Some("Menteri tinjau galangan"));
        assert_eq!(head.about.published, day("2023-08-14").ok());
        assert_eq!(head.about.byline, None);
        assert_eq!(text.get(head.end..), Some("SURABAYA: Menteri datang."));
    }

    #[test]
    fn a_report_without_a_head_begins_at_its_first_word() {
        for text in [
            "",
            "\n\n",
            "Jakarta: Menteri datang.\n\nIa pergi.",
            "Title: x\nMenteri datang.\n\nIa pergi.",
            "Title: no empty line",
        ] {
            assert_eq!(read(text), Head::default(), "{text:?}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_told() {
        let head = read("Published: last Monday\n\nThe minister came.");
        assert_eq!(
            head.warning,
            Some(Warning::HeadDate("last Monday".to_owned()))
        );
        assert_eq!(head.about.published, None);
    }
}
