//! A report cut into sentences, tokens and words.

use crate::{Cut, SourceMap, Span, Warning};

/// A report's text with its sentences.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    /// The cleaned text that every span points into.
    pub text: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Its sentences, in order; they never overlap.
    pub sentences: Vec<Sentence>,
    /// Where its characters stand in the decoded text.
    pub map: SourceMap,
    /// What was cut from the decoded text, in order.
    pub cuts: Vec<Cut>,
    /// What was odd about bytes and text.
    pub warnings: Vec<Warning>,
    /// Whether its sentences were given (a treebank's), so that none is to be divided further.
    pub given: bool,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Which paragraph (counted from 0) it belongs to.
    pub paragraph: u32,
    /// Its tokens, as written, in order.
    pub tokens: Vec<Token>,
    /// Its syntactic words, in order: more than tokens where a token holds several ("kunjungannya" = "kunjungan" + "nya").
    pub words: Vec<Word>,
}

/// A token as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text.
    pub span: Span,
    /// Index of its first word in [`Sentence::words`].
    pub first: u32,
    /// How many words it holds: 1, or more for a multiword token.
    pub words: u32,
}

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its form; for a part of a multiword token that is not written out, the treebanks' form of it.
    pub form: Box<str>,
    /// Its letters in the text; the whole token where the parts can't be told apart.
    pub span: Span,
}

impl Sentence {
    /// Its parts, which end after `ends` words, ascending, and the rest. A part never ends within a multiword token.
    pub fn divided(self, ends: &[usize]) -> Vec<Self> {
        let mut parts = Vec::with_capacity(ends.len() + 1);
        let mut rest = self;
        let mut before = 0;
        for &end in ends {
            let words = end - before;
            let found = (rest.tokens.iter()).position(|token| token.first as usize == words);
            let Some(token) = found.filter(|&token| token > 0) else {
                continue;
            };
            let mut tokens = rest.tokens.split_off(token);
            for token in &mut tokens {
                token.first -= words as u32;
            }
            let later = Self {
                span: tokens[0].span.cover(tokens[tokens.len() - 1].span),
                paragraph: rest.paragraph,
                words: rest.words.split_off(words),
                tokens,
            };
            rest.span = rest.tokens[0].span.cover(rest.tokens[token - 1].span);
            parts.push(std::mem::replace(&mut rest, later));
            before = end;
        }
        parts.push(rest);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence whose tokens have these numbers of words, one letter and a space each.
    fn sentence(words: &[u32]) -> Sentence {
        let text = "a ".repeat(words.len());
        let span = |at: usize| Span::new(&text, 2 * at..2 * at + 1).unwrap();
        let mut sentence = Sentence {
            span: span(0).cover(span(words.len() - 1)),
            paragraph: 3,
            tokens: Vec::new(),
            words: Vec::new(),
        };
        for (token, &words) in words.iter().enumerate() {
            sentence.tokens.push(Token {
                span: span(token),
                first: sentence.words.len() as u32,
                words,
            });
            let word = Word {
                form: "a".into(),
                span: span(token),
            };
            sentence.words.extend(vec![word; words as usize]);
        }
        sentence
    }

    #[test]
    fn words_and_spans_are_dealt_out() {
        let whole = sentence(&[1, 2, 1, 1]);
        let text = "a ".repeat(4);
        let parts = whole.clone().divided(&[3, 4]);
        let shapes: Vec<(&str, usize, u32)> = (parts.iter())
            .map(|part| (part.span.of(&text), part.words.len(), part.tokens[0].first))
            .collect();
        assert_eq!(shapes, [("a a", 3, 0), ("a", 1, 0), ("a", 1, 0)]);
        assert!(parts.iter().all(|part| part.paragraph == 3));
        let words: Vec<Word> = parts.into_iter().flat_map(|part| part.words).collect();
        assert_eq!(words, whole.words);
    }

    #[test]
    fn no_token_is_cut() {
        let whole = sentence(&[1, 2, 1]);
        assert_eq!(whole.clone().divided(&[2]).len(), 1);
        assert_eq!(whole.divided(&[2, 3]).len(), 2);
    }
}
