//! A sentence into several, after given words. It decides nothing; where sentences end is the network's to say ([`crate::parser`]).

use saksi_text::Sentence;

/// The parts of a sentence that end after `ends` words, ascending, and the rest. A part never ends within a multiword token.
pub(crate) fn divide(sentence: Sentence, ends: &[usize]) -> Vec<Sentence> {
    let mut parts = Vec::with_capacity(ends.len() + 1);
    let mut rest = sentence;
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
        let later = Sentence {
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

#[cfg(test)]
mod tests {
    use saksi_text::{Span, Token, Word};

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
        let parts = divide(whole.clone(), &[3, 4]);
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
        assert_eq!(divide(whole.clone(), &[2]).len(), 1);
        assert_eq!(divide(whole, &[2, 3]).len(), 2);
    }
}
