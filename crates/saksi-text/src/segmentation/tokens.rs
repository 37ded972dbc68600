//! Tokens of a line.
//!
//! In: a line. Out: its [`Piece`]s in order; every character that is no white space is in exactly one. One pass from left to right,
//! never looking further than a bounded stretch or the end of a piece it then takes.

use std::ops::Range;

use super::{Abbreviation, Hyphen, Segmentation};

/// What a piece of a line is to the sentence rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Word,
    /// A word with the full stop of an abbreviation.
    Abbreviated(Abbreviation),
    /// A mark or a run of one mark.
    Mark,
    Emoticon,
    /// An address of mail or of the web that can be nothing else.
    Address,
}

/// A token before its words are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: PieceKind,
}

pub(super) struct Scanner<'a> {
    pub(super) segmentation: &'a Segmentation,
    pub(super) text: &'a str,
    pub(super) end: usize,
    pub(super) at: usize,
    /// Where the chunk at hand (up to the next white space) ends, and whether it can hold an address.
    pub(super) chunk_end: usize,
    pub(super) chunk_has_at: bool,
    chunk_has_stop: bool,
    /// Whether a single quotation mark stands open: then one after an s closes it.
    pub(super) single_quote_open: bool,
    pub(super) brackets_open: usize,
}

pub(super) fn is_letter(character: char) -> bool {
    // Marks after a letter (Devanagari vowels, accents that don't compose) belong to it.
    character.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(character)
        || matches!(character, '\u{200d}' | '\u{fe0f}')
}

pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '`')
}

impl<'a> Scanner<'a> {
    pub(super) fn new(segmentation: &'a Segmentation, text: &'a str, range: Range<usize>) -> Self {
        Self {
            segmentation,
            text,
            end: range.end,
            at: range.start,
            chunk_end: range.start,
            chunk_has_at: false,
            chunk_has_stop: false,
            single_quote_open: false,
            brackets_open: 0,
        }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.slice(at, self.end).chars().next()
    }

    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.slice(0, at).chars().next_back()
    }

    pub(super) fn scan(mut self, pieces: &mut Vec<Piece>) {
        while let Some(character) = self.char_at(self.at) {
            if character.is_whitespace() {
                self.at += character.len_utf8();
                continue;
            }
            if self.at >= self.chunk_end {
                self.open_chunk();
            }
            let start = self.at;
            if is_letter(character) || self.opens_word(character) {
                self.word(pieces);
            } else {
                let at_chunk_start = pieces.last().is_none_or(|piece| piece.end < start);
                let (end, kind) = if let Some(end) = self.emoticon(character, at_chunk_start) {
                    (end, PieceKind::Emoticon)
                } else {
                    let end = self.mark(character, at_chunk_start);
                    let lettered = self.slice(start, end).contains(is_letter);
                    self.note_pairs(start, end);
                    (
                        end,
                        if lettered {
                            PieceKind::Word
                        } else {
                            PieceKind::Mark
                        },
                    )
                };
                self.push(pieces, start, end, kind);
            }
        }
    }

    /// Finds the end of the chunk that starts here.
    fn open_chunk(&mut self) {
        let rest = self.slice(self.at, self.end);
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.chunk_end = self.at + length;
        let inside = rest.as_bytes().get(1..length).unwrap_or_default();
        self.chunk_has_at = inside.contains(&b'@');
        self.chunk_has_stop = inside.contains(&b'.') || inside.contains(&b':');
    }

    /// "@istana", "#pemilu", "+62", ".325", ".pdf" at the start of a chunk.
    fn opens_word(&self, character: char) -> bool {
        let fits: fn(char) -> bool = match character {
            '@' | '#' => char::is_alphabetic,
            '+' => |next| next.is_ascii_digit(),
            '.' => char::is_alphanumeric,
            _ => return false,
        };
        self.char_at(self.at + 1).is_some_and(fits)
            && (character != '.' || self.opens_number_or_ending(self.at + 1))
            && self.char_before(self.at).is_none_or(|before| {
                before.is_whitespace() || matches!(before, '(' | '[' | '"' | '“' | '=' | '<')
            })
    }

    fn push(&mut self, pieces: &mut Vec<Piece>, start: usize, end: usize, kind: PieceKind) {
        if start < end {
            pieces.push(Piece { start, end, kind });
        }
        self.at = end;
    }

    /// The word, or the joined words, that start here.
    fn word(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        if (self.chunk_has_at || self.chunk_has_stop)
            && let Some((end, kind)) = self.address()
        {
            self.push(pieces, start, end, kind);
            return;
        }
        for prefix in &self.segmentation.before_numbers {
            let rest = self.slice(start, self.end);
            if let Some(after) = rest.strip_prefix(prefix.as_str())
                && after.starts_with(|next: char| next.is_ascii_digit())
            {
                let kind = if prefix.ends_with('.') {
                    PieceKind::Abbreviated(Abbreviation::NeverFinal)
                } else {
                    PieceKind::Word
                };
                self.push(pieces, start, start + prefix.len(), kind);
                return;
            }
        }
        let mut part = start;
        let mut end = start + self.char_at(start).map_or(0, char::len_utf8);
        loop {
            let rest = self.slice(end, self.end);
            end += rest.find(|next| !is_letter(next)).unwrap_or(rest.len());
            let Some(joint) = self.char_at(end) else {
                break;
            };
            let next_start = end + joint.len_utf8();
            let Some(next) = self.char_at(next_start) else {
                break;
            };
            if !is_letter(next) {
                break;
            }
            let before = self.char_before(end).unwrap_or(' ');
            let numbers = before.is_ascii_digit() && next.is_ascii_digit();
            let joins = match joint {
                '.' => self.stop_joins(part, end, next_start),
                ',' => numbers && self.comma_joins(part, end, next_start),
                ':' => numbers,
                '_' => true,
                '&' => before.is_uppercase() && next.is_uppercase(),
                '/' => self.slash_joins(part, end, next_start),
                '-' => self.hyphen_joins(part, end, next_start),
                _ => {
                    is_apostrophe(joint)
                        && (before.is_alphabetic() && next.is_alphabetic()
                            || joint != '`' && before.is_ascii_digit() && next == 's')
                }
            };
            if !joins {
                break;
            }
            if joint == '-' {
                part = next_start;
            }
            end = next_start;
        }
        if let Some(unit) = self.unit(start, end) {
            self.push(pieces, start, unit, PieceKind::Word);
            return;
        }
        end += self.trailing(start, end);
        let kind = self.abbreviation(pieces.last(), start, &mut end);
        self.push(pieces, start, end, kind);
    }

    /// Where the unit starts in "6:00pm", "35mm".
    fn unit(&self, start: usize, end: usize) -> Option<usize> {
        let word = self.slice(start, end);
        let digit = |letter: char| letter.is_ascii_digit();
        if !word.starts_with(digit) || word.len() > 24 {
            return None;
        }
        let unit = word
            .trim_start_matches(|letter: char| digit(letter) || matches!(letter, '.' | ',' | ':'));
        self.segmentation
            .units
            .contains(unit)
            .then_some(end - unit.len())
    }

    /// How many bytes after a word are no letters and still belong to it.
    fn trailing(&mut self, start: usize, end: usize) -> usize {
        let rest = self.slice(end, self.end);
        let word = self.slice(start, end);
        let mut following = rest.chars();
        let mark = following.next().unwrap_or(' ');
        let alone = following.next().is_none_or(|next| !is_letter(next));
        match mark {
            // "C++", not "grade A ++++"
            '+' if rest.starts_with("++") && !rest.starts_with("+++") => 2,
            // "the states' rights", but not the end of "he said 'yes'"
            '\'' | '’'
                if alone
                    && self.segmentation.final_apostrophe
                    && word.ends_with(['s', 'S'])
                    && !self.single_quote_open =>
            {
                mark.len_utf8()
            }
            // "w- what?" of one who stutters
            '-' if self.segmentation.hyphen == Hyphen::Split
                && word.len() <= 2
                && word.starts_with(char::is_alphabetic)
                && rest
                    .get(1..)
                    .is_some_and(|after| after.starts_with(char::is_whitespace)) =>
            {
                1
            }
            _ => 0,
        }
    }
}
