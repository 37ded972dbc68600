//! Words as a query of FTS5.

use crate::query::{Name, Words};

/// What stands for a word of the query in the index: its lemmas, by languages that the archive may have.
pub(crate) type Lemmas<'a> = &'a dyn Fn(&str) -> Vec<String>;

impl Words {
    /// As a query of FTS5 over the columns `title`, `text` and `lemmas`.
    pub(crate) fn to_fts(&self, lemmas: Lemmas<'_>) -> String {
        match self {
            Self::Word(word) => {
                let mut roots = vec![word.to_lowercase()];
                roots.extend(lemmas(word));
                roots.sort_unstable();
                roots.dedup();
                roots.retain(|root| root.contains(char::is_alphanumeric));
                let roots: Vec<String> = roots.iter().map(|root| quoted(root)).collect();
                format!(
                    "({{title text}} : {} OR {{lemmas}} : ({}))",
                    quoted(word),
                    roots.join(" OR ")
                )
            }
            Self::Prefix(word) => format!("({} *)", quoted(word)),
            Self::Phrase(phrase) => format!("({{title text}} : {})", quoted(phrase)),
            Self::All(all, none) => {
                let all: Vec<String> = all.iter().map(|words| words.to_fts(lemmas)).collect();
                let all = format!("({})", all.join(" AND "));
                if none.is_empty() {
                    return all;
                }
                let none: Vec<String> = none.iter().map(|words| words.to_fts(lemmas)).collect();
                format!("({all} NOT ({}))", none.join(" OR "))
            }
            Self::Any(any) => {
                let any: Vec<String> = any.iter().map(|words| words.to_fts(lemmas)).collect();
                format!("({})", any.join(" OR "))
            }
        }
    }
}

impl Name {
    /// As a query of FTS5 over names; none where names are not looked for by words.
    pub(crate) fn to_fts(&self) -> Option<String> {
        match self {
            Self::Words(words, false) => Some(quoted(words)),
            Self::Words(words, true) => Some(format!("{} *", quoted(words))),
            Self::Link(_) | Self::Country(_) => None,
        }
    }
}

/// A string of FTS5: what would mean something there means nothing in it.
fn quoted(text: &str) -> String {
    // A NUL would end the query for SQLite.
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

#[cfg(test)]
mod tests {
    use crate::Query;

    fn fts(text: &str) -> String {
        let lemmas = |word: &str| vec![word.trim_start_matches("me").to_owned()];
        Query::parse(text).unwrap().words.unwrap().to_fts(&lemmas)
    }

    #[test]
    fn words_look_for_their_lemmas_and_phrases_do_not() {
        assert_eq!(
            fts("meninjau"),
            "({title text} : \"meninjau\" OR {lemmas} : (\"meninjau\" OR \"ninjau\"))"
        );
        assert_eq!(
            fts("\"meninjau kapal\""),
            "({title text} : \"meninjau kapal\")"
        );
        assert_eq!(fts("tinj*"), "(\"tinj\" *)");
        assert_eq!(
            fts("\"a\" (\"b\" OR \"c\") NOT \"d\""),
            "((({title text} : \"a\") AND (({title text} : \"b\") OR ({title text} : \"c\"))) NOT (({title text} : \"d\")))"
        );
    }
}
