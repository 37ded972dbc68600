//! Tokens that are no words: marks, runs of marks, emoticons.
//!
//! In: the place of a mark. Out: where the token ends that it opens. Never looks past the run or the chunk at hand.

use super::tokens::{Piece, Scanner, is_apostrophe, is_letter};

impl Scanner<'_> {
    /// Keeps count of single quotation marks that open.
    pub(super) fn note_quote(&mut self, start: usize, end: usize) {
        let before = self.char_before(start).is_some_and(is_letter);
        let after = self.char_at(end).is_some_and(is_letter);
        match self.slice(start, end) {
            "‘" => self.single_quote_open = true,
            "'" | "’" | "`" if after && !before => self.single_quote_open = true,
            "'" | "’" if !after => self.single_quote_open = false,
            _ => {}
        }
    }

    /// The end of the mark, or run of marks, that starts here.
    pub(super) fn mark(&self, character: char, before: Option<&Piece>) -> usize {
        let start = self.at;
        let after = start + character.len_utf8();
        let at_chunk_start = before.is_none_or(|piece| piece.end < start);
        if let Some(end) = self.emoticon(character) {
            return end;
        }
        if is_apostrophe(character)
            && at_chunk_start
            && let Some(end) = self.lone_clitic(after)
        {
            return end;
        }
        let run = |same: fn(char, char) -> bool| {
            let rest = self.slice(after, self.end);
            after
                + rest
                    .find(|next| !same(next, character))
                    .unwrap_or(rest.len())
        };
        match character {
            '.' => {
                let end = run(|next, first| next == first);
                if self.segmentation.repeated_marks_apart && end - start != 3 {
                    after
                } else {
                    end
                }
            }
            '!' | '?' if !self.segmentation.repeated_marks_apart => {
                run(|next, _| matches!(next, '!' | '?'))
            }
            '-' | '_' | '=' | '*' | '~' | '+' | '#' | '<' | '>' | '^' | '—' => {
                run(|next, first| next == first)
            }
            // Typewriter quotation marks: ``so'' they come.
            '`' | '\'' | '’' if self.char_at(after) == Some(character) => {
                after + character.len_utf8()
            }
            // A mark that joins or stands over the sign before it is part of it.
            _ => {
                let rest = self.slice(after, self.end);
                after
                    + rest
                        .find(|next| !matches!(next, '\u{200d}' | '\u{fe0f}'))
                        .unwrap_or(rest.len())
            }
        }
    }

    /// ":-)" before white space.
    pub(super) fn emoticon(&self, first: char) -> Option<usize> {
        if !matches!(first, ':' | ';' | '=') {
            return None;
        }
        let rest = self.slice(self.at + 1, self.chunk_end);
        let mouth = rest.strip_prefix('-').unwrap_or(rest);
        let fits = !mouth.is_empty()
            && mouth.len() <= 4
            && mouth
                .bytes()
                .all(|byte| matches!(byte, b')' | b'(' | b'D' | b'P' | b'p'))
            && mouth
                .bytes()
                .collect::<Vec<_>>()
                .windows(2)
                .all(|pair| matches!(pair, [one, other] if one == other));
        fits.then_some(self.chunk_end)
    }

    /// "'s" that stands alone, as in tokenised text.
    pub(super) fn lone_clitic(&self, after: usize) -> Option<usize> {
        let rest = self.slice(after, self.chunk_end);
        let fits = matches!(rest, "s" | "re" | "ve" | "ll" | "d" | "m" | "t" | "em");
        fits.then_some(self.chunk_end)
    }
}
