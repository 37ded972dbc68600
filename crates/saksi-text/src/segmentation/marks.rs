//! Tokens that are no words: marks, runs of marks, emoticons.
//!
//! In: the place of a mark. Out: where the token ends that it opens. Never looks past the run or the chunk at hand.

use super::tokens::{Scanner, is_apostrophe, is_letter};

impl Scanner<'_> {
    /// Keeps count of brackets and single quotation marks that open.
    pub(super) fn note_pairs(&mut self, start: usize, end: usize) {
        let before = self.char_before(start).is_some_and(is_letter);
        let after = self.char_at(end).is_some_and(is_letter);
        match self.slice(start, end) {
            "‘" => self.single_quote_open = true,
            "'" | "’" | "`" if after && !before => self.single_quote_open = true,
            "'" | "’" if !after => self.single_quote_open = false,
            "(" => self.brackets_open += 1,
            ")" => self.brackets_open = self.brackets_open.saturating_sub(1),
            _ => {}
        }
    }

    /// The end of the mark, or run of marks, that starts here.
    pub(super) fn mark(&self, character: char, at_chunk_start: bool) -> usize {
        let start = self.at;
        let after = start + character.len_utf8();
        if is_apostrophe(character)
            && at_chunk_start
            && let Some(end) = self.lone_clitic(after)
        {
            return end;
        }
        let apart = self.segmentation.repeated_marks_apart;
        let run = |from: usize, same: fn(char, char) -> bool| {
            let rest = self.slice(from, self.end);
            from + rest
                .find(|next| !same(next, character))
                .unwrap_or(rest.len())
        };
        let asks = |next, _| matches!(next, '!' | '?');
        match character {
            '.' if apart => {
                let rest = self.slice(after, self.end);
                if rest.starts_with("..") && !rest.starts_with("...") {
                    after + 2
                } else {
                    after
                }
            }
            // "Really.?"; but "so...?" is two tokens.
            '.' => match run(after, |next, first| next == first) {
                end if end == after => run(after, asks),
                end => end,
            },
            '!' | '?' if !apart => {
                let end = run(after, asks);
                // "Stop!." of one who writes in haste.
                let rest = self.slice(end, self.end);
                let stop = rest
                    .strip_prefix('.')
                    .is_some_and(|after| !after.starts_with(|next| next == '.' || is_letter(next)));
                end + usize::from(stop)
            }
            '…' if !apart => run(after, |next, _| matches!(next, '…' | '.')),
            '-' | '_' | '=' | '*' | '~' | '+' | '#' | '<' | '>' | '^' | '—' | '$' | '/' | '\\' => {
                run(after, |next, first| next == first)
            }
            // Typewriter quotation marks: ``so'' they come.
            '`' | '\'' | '’' if self.char_at(after) == Some(character) => {
                after + character.len_utf8()
            }
            // What is left of a mark that got lost on the way: "‘’We stay".
            '‘' if self.char_at(after) == Some('’') => after + '’'.len_utf8(),
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

    /// ":-)" before white space; at the start of a chunk also what has less of a face: "See you :/", "=)", "^_^", "(:".
    pub(super) fn emoticon(&self, first: char, at_chunk_start: bool) -> Option<usize> {
        if !matches!(first, ':' | ';' | '=' | '(' | '>' | '^' | '-') {
            return None;
        }
        let longest = 12;
        let chunk = self.slice(self.at, self.chunk_end);
        if chunk.len() > longest || chunk.len() < 2 {
            return None;
        }
        let face = if at_chunk_start {
            chunk.trim_end_matches(['.', ',', '!', '?'])
        } else {
            chunk
        };
        let fits = match first {
            '^' => matches!(face, "^_^" | "^^" | "^.^" | "^-^"),
            '-' => face == "-_-",
            '(' => at_chunk_start && matches!(face, "(:" | "(-:" | "(;" | "(=" | "(':"),
            '>' => at_chunk_start && is_face(face.trim_start_matches('>'), true),
            // "(born 1930;)" lacks a year, not a smile.
            _ => {
                (self.brackets_open == 0 || !face.ends_with(')') || at_chunk_start && first != ';')
                    && is_face(face, at_chunk_start)
            }
        };
        fits.then_some(self.at + face.len())
    }

    /// "'s" that stands alone, as in tokenised text.
    pub(super) fn lone_clitic(&self, after: usize) -> Option<usize> {
        let rest = self.slice(after, self.chunk_end);
        let fits = matches!(rest, "s" | "re" | "ve" | "ll" | "d" | "m" | "t" | "em");
        fits.then_some(self.chunk_end)
    }
}

/// Eyes, nose or none, and one mouth, drawn up to four times: ":-)", ";)", "=D", ":(((".
fn is_face(text: &str, alone: bool) -> bool {
    let Some(rest) = text.strip_prefix([':', ';', '=']) else {
        return false;
    };
    let mouth = rest.strip_prefix(['-', '\'']).unwrap_or(rest).as_bytes();
    let Some(first) = mouth.first() else {
        return false;
    };
    let drawn = match first {
        b')' | b'(' | b'D' | b'P' | b'p' => true,
        b'/' | b'\\' | b'|' | b'*' | b'o' | b'O' | b'[' | b']' => alone && text.starts_with(':'),
        _ => false,
    };
    drawn && mouth.len() <= 4 && mouth.iter().all(|other| other == first)
}
