//! Where an item of gold stands: its words in their context, looked for in the text.
//!
//! In: `Kim juga [menguji coba] kendaraan`, or `latihan#2`, the second occurrence of these words. Out: the span of the words in a text.
//! White space of any kind and length equals any other; all else must be as it is written.

use saksi_record::Span;

/// A text that is counted in code points.
#[derive(Debug)]
pub(crate) struct Text(Vec<char>);

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// The words of a span; what lies beyond the text is left out.
    pub(crate) fn words(&self, span: Span) -> String {
        self.slice(span.0 as usize, span.1 as usize)
    }

    /// The words of a span in brackets, with a few whole words before and after them.
    pub(crate) fn in_context(&self, span: Span) -> String {
        let (start, end) = (span.0 as usize, span.1 as usize);
        let (mut from, mut to) = (start.saturating_sub(AROUND), end.saturating_add(AROUND));
        let in_word = |at: usize| {
            self.0
                .get(at)
                .is_some_and(|&character| !is_space(character))
        };
        while from > 0 && from < start && in_word(from - 1) {
            from += 1;
        }
        while to > end && in_word(to) {
            to -= 1;
        }
        let words = format!(
            "{}[{}]{}",
            self.slice(from, start),
            self.slice(start, end),
            self.slice(end, to),
        );
        let words: Vec<&str> = words.split(is_space).filter(|w| !w.is_empty()).collect();
        words.join(" ")
    }

    fn slice(&self, start: usize, end: usize) -> String {
        let end = end.min(self.0.len());
        self.0[start.min(end)..end].iter().collect()
    }
}

/// Characters of the context on either side.
const AROUND: usize = 25;

/// Whether white space is meant, as regular expressions have it (`\s` over Unicode).
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// Whether two spans have a character in common.
pub(crate) fn overlap(one: Option<Span>, other: Option<Span>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.0.max(other.0) < one.1.min(other.1),
        _ => false,
    }
}

/// Words in their context, or the n-th occurrence of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Context {
    written: String,
    pattern: Pattern,
    /// Which occurrence is meant, from 1.
    occurrence: usize,
}

impl Context {
    /// Reads `before [words] after` or `words#n`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(written: &str) -> Result<Self, String> {
        let context = |pattern, occurrence| Self {
            written: written.to_owned(),
            pattern,
            occurrence,
        };
        let Some((before, rest)) = written.split_once('[') else {
            let (words, number) = (written.rsplit_once('#')).ok_or_else(|| {
                format!(
                    "`{written}` has its words neither in brackets (`before [words] after`) nor counted (`words#2`)"
                )
            })?;
            let occurrence = (number.trim().parse().ok())
                .filter(|&number: &usize| number > 0)
                .ok_or_else(|| {
                    format!("`{number}` in `{written}` is no number of an occurrence; count from 1")
                })?;
            if words.is_empty() {
                return Err(format!("there are no words before the `#` of `{written}`"));
            }
            return Ok(context(Pattern::of(words), occurrence));
        };
        if before.contains(']') {
            return Err(format!("a bracket of `{written}` closes before it opens"));
        }
        let (words, after) = (rest.split_once(']'))
            .ok_or_else(|| format!("the bracket of `{written}` is not closed"))?;
        if words.is_empty() {
            return Err(format!("there are no words in the brackets of `{written}`"));
        }
        Ok(context(Pattern::new(before, words, after), 1))
    }

    /// As it stands in the gold file.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// The span of the words, if they are in the text.
    pub(crate) fn locate(&self, text: &Text) -> Option<Span> {
        let mut from = 0;
        for _ in 1..self.occurrence {
            from = self.pattern.find(text, from)?.end;
        }
        self.pattern.find(text, from).map(|found| found.words)
    }
}

/// The span of `words` where they first stand in the text.
pub(crate) fn locate_words(words: &str, text: &Text) -> Option<Span> {
    Pattern::of(words).find(text, 0).map(|found| found.words)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Character(char),
    /// White space, of any length but none.
    Space,
}

/// Words between what stands before and after them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    tokens: Vec<Token>,
    /// The tokens that are the words: `[open, close)`.
    open: usize,
    close: usize,
}

/// Where a pattern matches.
struct Match {
    words: Span,
    /// One past its last character.
    end: usize,
}

impl Pattern {
    fn new(before: &str, words: &str, after: &str) -> Self {
        let mut tokens = tokens(before);
        let open = tokens.len();
        tokens.extend(self::tokens(words));
        let close = tokens.len();
        tokens.extend(self::tokens(after));
        Self {
            tokens,
            open,
            close,
        }
    }

    fn of(words: &str) -> Self {
        Self::new("", words, "")
    }

    /// The first match that begins at `from` or after it.
    fn find(&self, text: &Text, from: usize) -> Option<Match> {
        (from..=text.0.len()).find_map(|at| self.match_at(text, at))
    }

    fn match_at(&self, text: &Text, from: usize) -> Option<Match> {
        let (mut at, mut start, mut stop) = (from, from, from);
        let mut index = 0;
        loop {
            if index == self.open {
                start = at;
            }
            if index == self.close {
                stop = at;
            }
            match self.tokens.get(index) {
                None => break,
                Some(&Token::Character(character)) => {
                    if text.0.get(at) != Some(&character) {
                        return None;
                    }
                    at += 1;
                }
                Some(Token::Space) => {
                    // Space that goes on behind a bracket: each part has some, the first all that the others don't need.
                    let others = (self.tokens[index + 1..].iter())
                        .take_while(|token| **token == Token::Space)
                        .count();
                    let run = (text.0[at..].iter())
                        .take_while(|character| is_space(**character))
                        .count();
                    at += run.checked_sub(others).filter(|&own| own > 0)?;
                }
            }
            index += 1;
        }
        Some(Match {
            words: Span(start as u32, stop as u32),
            end: at,
        })
    }
}

fn tokens(part: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for character in part.chars() {
        if !is_space(character) {
            tokens.push(Token::Character(character));
        } else if tokens.last() != Some(&Token::Space) {
            tokens.push(Token::Space);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(at: &str, text: &str) -> Option<(u32, u32)> {
        let span = Context::parse(at).unwrap().locate(&Text::new(text))?;
        Some((span.0, span.1))
    }

    #[test]
    fn words_are_found_in_their_context() {
        let text = "Latihan itu, latihan\n  besar – latihan   ketiga.";
        for (at, span) in [
            ("itu, [latihan] besar", Some((13, 20))),
            ("[latihan] ketiga", Some((31, 38))),
            ("– [latihan ketiga].", Some((31, 47))),
            ("latihan#1", Some((13, 20))),
            ("latihan#2", Some((31, 38))),
            ("latihan#3", None),
            ("latihan besar#1", Some((13, 28))),
            ("[latihan] kecil", None),
            // Space that a bracket parts: what is before has all but what is within needs.
            ("itu,[ latihan]", Some((12, 20))),
            ("latihan [ besar]", Some((22, 28))),
        ] {
            assert_eq!(located(at, text), span, "{at}");
        }
    }

    #[test]
    fn occurrences_do_not_overlap() {
        assert_eq!(located("aa#2", "aaa aa"), Some((4, 6)));
    }

    #[test]
    fn what_is_no_context_is_told() {
        for (at, what) in [
            ("latihan", "neither in brackets"),
            ("latihan#", "no number"),
            ("latihan#0", "count from 1"),
            ("#1", "no words"),
            ("a [b", "not closed"),
            ("a] [b]", "closes before it opens"),
            ("a [] b", "no words"),
        ] {
            let error = Context::parse(at).unwrap_err();
            assert!(error.contains(what), "{at}: {error}");
        }
    }

    #[test]
    fn words_beyond_the_text_are_left_out() {
        let text = Text::new("satu dua");
        assert_eq!(text.words(Span(5, 90)), "dua");
        assert_eq!(text.words(Span(50, 9)), "");
        assert_eq!(text.in_context(Span(0, 4)), "[satu] dua");
        let text = Text::new(
            "Sebuah kalimat yang panjang itu\nmenyebut kapal, dan bukan satu kapal saja.",
        );
        assert_eq!(
            text.in_context(Span(41, 46)),
            "panjang itu menyebut [kapal], dan bukan satu kapal"
        );
    }
}
