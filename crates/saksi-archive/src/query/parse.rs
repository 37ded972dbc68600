//! Reads a query as typed.
//!
//! ```text
//! query  = any
//! any    = all { "OR" all }
//! all    = { ["AND"] ["NOT"] one }
//! one    = "(" any ")" | filter | phrase | prefix | word
//! filter = field ":" value            a value with spaces stands in quotation marks
//! ```

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::query::{Error, Field, Filter, Query, Words};

/// Characters of a query.
const LONGEST: usize = 4096;

/// Brackets within brackets. The database's own parser holds 100 symbols, and a bracket takes up to nine of them.
pub(crate) const DEEPEST: usize = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Phrase(String),
    Word(String),
    /// A filter, with the column of its value.
    Filter(String, String, usize),
}

fn fail<T>(column: usize, message: impl Into<String>) -> Result<T, Error> {
    Err(Error {
        column,
        message: message.into(),
    })
}

pub(super) fn query(text: &str) -> Result<Query, Error> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > LONGEST {
        return fail(
            LONGEST + 1,
            format!("a query has at most {LONGEST} characters"),
        );
    }
    let mut parser = Parser {
        tokens: tokens(&characters)?.into_iter().peekable(),
        end: characters.len() + 1,
        filters: Vec::new(),
    };
    let words = parser.any(0)?;
    if let Some((column, token)) = parser.tokens.next() {
        debug_assert_eq!(token, Token::Close, "all else was taken");
        return fail(column, "there is no `(` that this `)` closes");
    }
    Ok(Query {
        words,
        filters: parser.filters,
    })
}

/// The tokens with their columns.
fn tokens(characters: &[char]) -> Result<Vec<(usize, Token)>, Error> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let column = at + 1;
        match character {
            c if c.is_whitespace() => at += 1,
            '(' => {
                tokens.push((column, Token::Open));
                at += 1;
            }
            ')' => {
                tokens.push((column, Token::Close));
                at += 1;
            }
            '"' => {
                let (phrase, next) = quoted(characters, at)?;
                tokens.push((column, Token::Phrase(phrase)));
                at = next;
            }
            _ => {
                let mut word = String::new();
                while let Some(&c) = characters.get(at).filter(|c| !ends_word(**c) && **c != ':') {
                    word.push(c);
                    at += 1;
                }
                if characters.get(at) == Some(&':') {
                    at += 1;
                    let start = at + 1;
                    let value = if characters.get(at) == Some(&'"') {
                        let (value, next) = quoted(characters, at)?;
                        at = next;
                        value
                    } else {
                        let from = at;
                        while characters.get(at).is_some_and(|c| !ends_word(*c)) {
                            at += 1;
                        }
                        characters
                            .get(from..at)
                            .unwrap_or_default()
                            .iter()
                            .collect()
                    };
                    tokens.push((column, Token::Filter(word, value, start)));
                } else {
                    tokens.push((
                        column,
                        match word.as_str() {
                            "AND" => Token::And,
                            "OR" => Token::Or,
                            "NOT" => Token::Not,
                            _ => Token::Word(word),
                        },
                    ));
                }
            }
        }
    }
    Ok(tokens)
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, '(' | ')' | '"')
}

/// What stands between the quotation mark at `at` and the next, and where it goes on.
fn quoted(characters: &[char], at: usize) -> Result<(String, usize), Error> {
    let rest = characters.get(at + 1..).unwrap_or_default();
    match rest.iter().position(|&c| c == '"') {
        Some(length) => Ok((rest.iter().take(length).collect(), at + length + 2)),
        None => fail(at + 1, "this quotation mark is not closed"),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(usize, Token)>>,
    end: usize,
    filters: Vec<Filter>,
}

impl Parser {
    fn next_if(&mut self, token: &Token) -> Option<usize> {
        self.tokens
            .next_if(|(_, next)| next == token)
            .map(|(column, _)| column)
    }

    fn column(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |(column, _)| *column)
    }

    fn any(&mut self, depth: usize) -> Result<Option<Words>, Error> {
        let mut several = Vec::new();
        let first = self.all(depth, false)?;
        let Some(mut or) = self.next_if(&Token::Or) else {
            return Ok(first);
        };
        let column = or;
        several.push(match first {
            Some(words) => words,
            None => return fail(column, "`OR` needs words before it"),
        });
        loop {
            match self.all(depth, true)? {
                Some(words) => several.push(words),
                None => return fail(or, "`OR` needs words after it"),
            }
            match self.next_if(&Token::Or) {
                Some(next) => or = next,
                None => return Ok(Some(Words::Any(several))),
            }
        }
    }

    fn all(&mut self, depth: usize, in_or: bool) -> Result<Option<Words>, Error> {
        let (mut all, mut none) = (Vec::new(), Vec::new());
        let mut filters = false;
        let start = self.column();
        let mut joined: Option<usize> = None;
        loop {
            if let Some(column) = self.next_if(&Token::And) {
                if joined.is_some() || (all.is_empty() && none.is_empty() && !filters) {
                    return fail(column, "`AND` needs words before it");
                }
                joined = Some(column);
                continue;
            }
            let not = self.next_if(&Token::Not);
            let Some((column, token)) = self.tokens.next_if(|(_, token)| {
                !matches!(token, Token::Close | Token::Or | Token::And | Token::Not)
            }) else {
                if let Some(column) = not.or(joined) {
                    return fail(
                        column,
                        format!(
                            "`{}` needs words after it",
                            if not.is_some() { "NOT" } else { "AND" }
                        ),
                    );
                }
                break;
            };
            joined = None;
            let words = match token {
                Token::Filter(field, value, start) => {
                    if depth > 0 || in_or || not.is_some() {
                        return fail(
                            column,
                            "a filter holds for the whole query: it can't stand in brackets, after `OR` or after `NOT`",
                        );
                    }
                    self.filter(&field, &value, column, start)?;
                    filters = true;
                    continue;
                }
                token => self.one(token, column, depth)?,
            };
            match not {
                Some(_) => none.push(words),
                None => all.push(words),
            }
        }
        if filters && matches!(self.tokens.peek(), Some((_, Token::Or))) {
            return fail(
                self.column(),
                "a filter holds for the whole query: put the words that `OR` joins in brackets",
            );
        }
        match (all.len(), none.is_empty()) {
            (0, true) => Ok(None),
            (0, false) => fail(
                start,
                "`NOT` takes away from what is looked for: name words to look for, too",
            ),
            (1, true) => Ok(all.pop()),
            _ => Ok(Some(Words::All(all, none))),
        }
    }

    fn one(&mut self, token: Token, column: usize, depth: usize) -> Result<Words, Error> {
        let letters = |text: &str| {
            if text.contains(char::is_alphanumeric) {
                Ok(())
            } else {
                fail(column, format!("`{text}` has no letter to look for"))
            }
        };
        match token {
            Token::Phrase(phrase) => letters(&phrase).map(|()| Words::Phrase(phrase)),
            Token::Word(word) => {
                letters(&word)?;
                let beginning = word.trim_end_matches('*');
                Ok(if beginning.len() < word.len() {
                    Words::Prefix(beginning.to_owned())
                } else {
                    Words::Word(word)
                })
            }
            _ => {
                if depth == DEEPEST {
                    return fail(
                        column,
                        format!("brackets stand in brackets at most {DEEPEST} deep"),
                    );
                }
                let inner = self.any(depth + 1)?;
                if self.next_if(&Token::Close).is_none() {
                    return fail(column, "this bracket is not closed");
                }
                match inner {
                    Some(words) => Ok(words),
                    None => fail(column, "there is nothing in these brackets"),
                }
            }
        }
    }

    fn filter(
        &mut self,
        field: &str,
        value: &str,
        column: usize,
        start: usize,
    ) -> Result<(), Error> {
        let Ok(field) = field.parse::<Field>() else {
            return fail(
                column,
                format!(
                    "there is no filter `{field}:`; there are {}; a word with a colon stands in quotation marks",
                    Field::names()
                ),
            );
        };
        match Filter::new(field, value) {
            Ok(filter) => {
                self.filters.push(filter);
                Ok(())
            }
            Err(message) => fail(start, message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Name, Value};

    fn word(word: &str) -> Words {
        Words::Word(word.to_owned())
    }

    fn words(text: &str) -> Option<Words> {
        query(text).unwrap().words
    }

    #[test]
    fn words_are_joined() {
        assert_eq!(words(""), None);
        assert_eq!(words("kapal"), Some(word("kapal")));
        let both = Some(Words::All(vec![word("kapal"), word("perang")], Vec::new()));
        assert_eq!(words("kapal perang"), both);
        assert_eq!(words("kapal AND perang"), both);
        assert_eq!(words("(kapal) AND (perang)"), both);
        assert_eq!(
            words("kapal OR pesawat"),
            Some(Words::Any(vec![word("kapal"), word("pesawat")]))
        );
        assert_eq!(
            words("a b OR c NOT d"),
            Some(Words::Any(vec![
                Words::All(vec![word("a"), word("b")], Vec::new()),
                Words::All(vec![word("c")], vec![word("d")]),
            ]))
        );
        assert_eq!(words("serang*"), Some(Words::Prefix("serang".to_owned())));
        assert_eq!(
            words("\"kapal perang\""),
            Some(Words::Phrase("kapal perang".to_owned()))
        );
        assert_eq!(
            words("or and not"),
            Some(Words::All(
                vec![word("or"), word("and"), word("not")],
                Vec::new()
            ))
        );
    }

    #[test]
    fn filters_are_taken_out() {
        let query = query("kapal actor:\"Kim Jong Un\" entity:PRK,Q56226,Kim* type:inspect date:2023-08..2023-09 lang:id").unwrap();
        assert_eq!(query.words, Some(word("kapal")));
        let values: Vec<Value> = query
            .filters
            .into_iter()
            .map(|filter| filter.value)
            .collect();
        assert_eq!(
            values,
            [
                Value::Names(vec![Name::Words("Kim Jong Un".to_owned(), false)]),
                Value::Names(vec![
                    Name::Country("PRK".to_owned()),
                    Name::Link("Q56226".to_owned()),
                    Name::Words("Kim".to_owned(), true),
                ]),
                Value::Codes(vec!["INSPECT".to_owned()]),
                Value::Days((20_230_801, 20_230_931)),
                Value::Codes(vec!["id".to_owned()]),
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_column() {
        for (text, column, part) in [
            ("kapal )", 7, "no `(`"),
            ("(kapal", 1, "not closed"),
            ("kapal \"perang", 7, "not closed"),
            ("kapal ()", 7, "nothing in"),
            ("NOT kapal", 1, "`NOT` takes away"),
            ("kapal OR", 7, "after it"),
            ("OR kapal", 1, "before it"),
            ("kapal AND", 7, "after it"),
            ("AND kapal", 1, "before it"),
            ("kapal AND AND perang", 11, "before it"),
            ("kapal NOT", 7, "after it"),
            ("kapal NOT NOT perang", 7, "after it"),
            ("kapal foo:bar", 7, "no filter `foo:`"),
            ("kapal type:WAR", 12, "no type of event"),
            ("kapal date:yesterday", 12, "no date"),
            ("kapal country:Indonesia", 15, "three letters"),
            ("kapal actor:", 13, "needs a value"),
            ("é modality:x", 12, "no modality"),
            ("kapal OR type:AID", 10, "whole query"),
            ("type:AID OR kapal", 10, "whole query"),
            ("(type:AID)", 2, "whole query"),
            ("NOT type:AID", 5, "whole query"),
            ("--- kapal", 1, "no letter"),
            ("\"?\"", 1, "no letter"),
        ] {
            let error = query(text).unwrap_err();
            assert_eq!(error.column, column, "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
        assert!(query(&"(".repeat(40)).unwrap_err().message.contains("deep"));
        assert!(
            query(&"a ".repeat(4000))
                .unwrap_err()
                .message
                .contains("4096")
        );
    }
}
