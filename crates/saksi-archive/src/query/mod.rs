//! What is looked for: words and filters.
//!
//! In: a query as typed. Out: a [`Query`]: an expression of words, and filters that must all hold. Nothing here touches the archive.
//!
//! ```
//! use saksi_archive::Query;
//!
//! let query = Query::parse("kapal (Natuna OR Surabaya) NOT \"latihan bersama\" type:INSPECT,PRODUCE date:2023-08..2023-09")?;
//! assert_eq!(query.filters.len(), 2);
//!
//! let error = Query::parse("kapal date:yesterday").unwrap_err();
//! assert_eq!(error.column, 12);
//! # Ok::<(), saksi_archive::query::Error>(())
//! ```

mod filter;
mod parse;
mod text;

pub use filter::{Field, Filter, Name, Value};
#[cfg(test)]
pub(crate) use parse::DEEPEST;

/// A query that can't be understood: where, counted in characters from 1, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column} of the query: {message}")]
pub struct Error {
    /// The character where it goes wrong, counted from 1.
    pub column: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The words; none where only filters are given.
    pub words: Option<Words>,
    /// What must hold, all of it: those about events of the same event.
    pub filters: Vec<Filter>,
}

/// Words and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// A word in any of its forms.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words as written, one after the other.
    Phrase(String),
    /// All of the first, none of the second; the first are never empty.
    All(Vec<Words>, Vec<Words>),
    /// At least one.
    Any(Vec<Words>),
}

impl Query {
    /// Of a query as typed; what is empty looks for everything.
    ///
    /// # Errors
    /// Where it can't be understood; the error tells the column.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parse::query(text)
    }

    /// The single words that are looked for in all their forms, each once, in the order of the query.
    pub fn single_words(&self) -> Vec<&str> {
        let mut found = Vec::new();
        if let Some(words) = &self.words {
            words.single(&mut found);
        }
        found
    }
}

impl Query {
    /// All words that may be marked where they are found: single ones, and those of phrases.
    pub fn marks(&self) -> Vec<&str> {
        let mut found = Vec::new();
        if let Some(words) = &self.words {
            words.marks(&mut found);
        }
        found
    }
}

impl Words {
    fn marks<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Word(text) | Self::Phrase(text) => {
                found.extend(
                    text.split(|c: char| !c.is_alphanumeric())
                        .filter(|word| !word.is_empty()),
                );
            }
            Self::Prefix(_) => {}
            Self::All(all, _) => all.iter().for_each(|words| words.marks(found)),
            Self::Any(any) => any.iter().for_each(|words| words.marks(found)),
        }
    }

    fn single<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Word(word) => {
                if !found.contains(&word.as_str()) {
                    found.push(word);
                }
            }
            Self::Prefix(_) | Self::Phrase(_) => {}
            Self::All(all, _) => all.iter().for_each(|words| words.single(found)),
            Self::Any(any) => any.iter().for_each(|words| words.single(found)),
        }
    }
}
