//! What must hold for any text; panics where it does not. Used by the property tests and the fuzz targets.

use saksi_text::{Cleaned, Segmented};

/// Sentences and tokens in order, every visible character in one token, words inside their tokens.
pub(crate) fn check_tokens(segmented: &Segmented) {
    let text = segmented.text.as_str();
    let mut end = 0;
    let mut outside = String::new();
    for sentence in &segmented.sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(
            sentence.span.start(),
            sentence
                .tokens
                .first()
                .expect("an offset of the text")
                .span
                .start()
        );
        assert_eq!(
            sentence.span.end(),
            sentence
                .tokens
                .last()
                .expect("an offset of the text")
                .span
                .end()
        );
        let mut words = 0;
        for token in &sentence.tokens {
            assert!(end <= token.span.start() && !token.span.is_empty());
            outside.push_str(
                text.get(end..token.span.start())
                    .expect("an offset of the text"),
            );
            assert_eq!(token.span.of(text).trim(), token.span.of(text));
            assert_eq!(token.first, words);
            assert!(token.words >= 1);
            let own = sentence
                .words
                .get(token.first as usize..(token.first + token.words) as usize)
                .expect("an offset of the text");
            let joined: String = own.iter().map(|word| word.form.as_ref()).collect();
            assert_eq!(joined, token.span.of(text));
            assert!(
                own.iter().all(|word| token.span.contains(word.span)
                    && word.span.of(text) == word.form.as_ref())
            );
            words += token.words;
            end = token.span.end();
        }
        assert_eq!(words as usize, sentence.words.len());
    }
    outside.push_str(text.get(end..).expect("an offset of the text"));
    assert_eq!(outside.trim(), "", "characters outside of tokens");
}

/// Every kept character is the source's or stands for what is there; offsets go up; there and back is the same.
pub(crate) fn check_map(source: &str, cleaned: &Cleaned) {
    let mut last = 0;
    for (at, character) in cleaned.text.char_indices() {
        let from = cleaned.map.source_offset(at);
        assert!(
            last <= from && source.is_char_boundary(from),
            "{at} -> {from}"
        );
        last = from;
        let there = source
            .get(from..)
            .expect("an offset of the text")
            .chars()
            .next()
            .expect("an offset of the text");
        let changed = "&âÂ\u{fb00}\u{fb01}\u{fb02}\u{fb03}\u{fb04}\u{fb05}\u{fb06}".contains(there)
            || character.is_alphabetic() && there.is_alphabetic()
            || unicode_mark(there, character);
        let glue = character.is_whitespace() && !there.is_whitespace();
        assert!(
            there == character
                || there.is_whitespace() && character.is_whitespace()
                || changed
                || glue,
            "{there:?} became {character:?}"
        );
        if there == character {
            assert!(cleaned.map.clean_offset(from) <= at);
        }
    }
    for cut in &cleaned.cuts {
        assert!(cut.source.start < cut.source.end && source.get(cut.source.clone()).is_some());
    }
}

/// Marks that compose with marks.
fn unicode_mark(there: char, character: char) -> bool {
    !there.is_ascii() && !character.is_ascii()
}
