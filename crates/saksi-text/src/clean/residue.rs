//! Page residue: what was beside an article on its page and came along.
//!
//! In: text with clean characters and lines. Out: the text without its residue. The words are the packs'
//! ([`ResiduePatterns`]); how residue stands in a text is known here. Only whole lines and what stands outside of any sentence is cut.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Cleaned, Cut, CutKind, SourceMap};

/// The longest line, in bytes, that can be furniture or a pointer.
const LONGEST: usize = 300;

/// A language's words for page residue, from the section `residue` of `segmentation.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResiduePatterns {
    /// Lines that are nothing but one or several of these, in any case, with any signs and numbers between them.
    pub furniture: Vec<String>,
    /// Openings of lines that point to something else; an entry that ends in a colon needs the colon, one without
    /// points only where the line ends without a full stop.
    pub pointers: Vec<String>,
    /// Openings of lines that are residue whatever follows: copyright lines, newsletter prompts.
    pub notices: Vec<String>,
    /// Furniture, in exactly this case, that gets stuck to the sentences before and after it.
    pub glued: Vec<String>,
    /// Openings of bracketed inserts, without the bracket.
    pub inserts: Vec<String>,
    /// Whether articles end in the initials of their editors.
    pub editor_initials: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Residue {
    /// By first word, longest first.
    furniture: FxHashMap<String, Vec<Vec<String>>>,
    pointers: Vec<String>,
    notices: Vec<String>,
    glued: Vec<String>,
    inserts: Vec<String>,
    editor_initials: bool,
}

impl Residue {
    pub(super) fn new<'a>(patterns: impl IntoIterator<Item = &'a ResiduePatterns>) -> Self {
        let mut all = Self::default();
        for pattern in patterns {
            for phrase in &pattern.furniture {
                let words: Vec<_> = words_of(&phrase.to_lowercase())
                    .map(str::to_owned)
                    .collect();
                if let Some(first) = words.first() {
                    all.furniture.entry(first.clone()).or_default().push(words);
                }
            }
            let low = |phrases: &[String]| {
                phrases
                    .iter()
                    .map(|phrase| phrase.to_lowercase())
                    .collect::<Vec<_>>()
            };
            all.pointers.extend(low(&pattern.pointers));
            all.notices.extend(low(&pattern.notices));
            all.glued.extend_from_slice(&pattern.glued);
            all.inserts.extend(low(&pattern.inserts));
            all.editor_initials |= pattern.editor_initials;
        }
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted by itself")]
        for phrases in all.furniture.values_mut() {
            phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        // Of two phrases with the same beginning the longer one is meant.
        all.glued
            .sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        all
    }

    /// Cuts the residue out.
    pub(super) fn cut(&self, cleaned: Cleaned) -> Cleaned {
        let mut cuts: Vec<(Range<usize>, CutKind)> = Vec::new();
        let mut start = 0;
        for line in cleaned.text.split('\n') {
            if let Some(kind) = self.whole_line(line) {
                cuts.push((start..start + line.len(), kind));
            } else {
                self.inside(line, start, &mut cuts);
            }
            start += line.len() + 1;
        }
        if self.editor_initials {
            initials(&cleaned.text, &mut cuts);
        }
        if cuts.is_empty() {
            return cleaned;
        }
        without(cleaned, cuts)
    }

    fn whole_line(&self, line: &str) -> Option<CutKind> {
        if line.is_empty() || line.len() > LONGEST {
            return None;
        }
        let low = line.to_lowercase();
        let opened = low.trim_start_matches(|character: char| {
            !character.is_alphanumeric() && !"©[<@#".contains(character)
        });
        let notice = || self.notices.iter().any(|notice| opens(opened, notice));
        if self.is_furniture(&low) || notice() {
            Some(CutKind::Furniture)
        } else if self.points(opened) {
            Some(CutKind::Pointer)
        } else {
            None
        }
    }

    /// "Facebook | Twitter | 12 Komentar"
    fn is_furniture(&self, low: &str) -> bool {
        let words: Vec<_> = words_of(low).collect();
        let mut at = 0;
        let mut found = false;
        while let Some(word) = words.get(at) {
            let rest = words.get(at..).unwrap_or_default();
            let phrase = self
                .furniture
                .get(*word)
                .and_then(|phrases| phrases.iter().find(|phrase| rest.starts_with_words(phrase)));
            if let Some(phrase) = phrase {
                found = true;
                at += phrase.len();
            } else if word.starts_with(|character: char| character.is_ascii_digit())
                && word.len() <= 5
            {
                at += 1;
            } else {
                return false;
            }
        }
        found
    }

    /// "Baca juga: Menteri Pertahanan Tiba di Tokyo", but not "Baca juga: Menteri tiba. Ia disambut ..."
    fn points(&self, low: &str) -> bool {
        self.pointers
            .iter()
            .any(|pointer| match pointer.strip_suffix(':') {
                Some(words) => low.strip_prefix(words).is_some_and(|rest| {
                    rest.trim_start().starts_with(':') && points_on(words, rest)
                }),
                None => {
                    opens(low, pointer)
                        && low.len() <= LONGEST / 2
                        && !low.ends_with(['.', '!', '?', '"', '”'])
                }
            })
    }

    /// Residue inside a line: inserts anywhere, glued furniture and pointers after the end of a sentence.
    fn inside(&self, line: &str, offset: usize, cuts: &mut Vec<(Range<usize>, CutKind)>) {
        let mut may_start = true;
        let mut previous = ' ';
        let mut skip_to = 0;
        for (at, character) in line.char_indices() {
            if at < skip_to {
                continue;
            }
            if character == ' ' {
                previous = if may_start { previous } else { ' ' };
                continue;
            }
            let rest = line.get(at..).unwrap_or_default();
            let camel = previous.is_lowercase() && character.is_uppercase();
            let found = if character == '[' {
                self.insert(rest).map(|length| (length, CutKind::Insert))
            } else if (may_start || camel) && (character.is_uppercase() || character == '(') {
                self.glued_at(rest)
                    .map(|length| (length, CutKind::Glued))
                    .or_else(|| {
                        self.pointing_tail(rest, at)
                            .map(|length| (length, CutKind::Pointer))
                    })
            } else {
                None
            };
            if let Some((length, kind)) = found {
                cuts.push((offset + at..offset + at + length, kind));
                skip_to = at + length;
                may_start = true;
                previous = '.';
                continue;
            }
            may_start = match character {
                '.' | '!' | '?' | '…' => true,
                '"' | '”' | '’' | '\'' | ')' | ']' | '»' => may_start,
                _ => false,
            };
            previous = character;
        }
    }

    fn insert(&self, rest: &str) -> Option<usize> {
        let end = rest
            .char_indices()
            .take(200)
            .find(|(_, character)| *character == ']')?
            .0;
        let low = rest.get(1..end)?.to_lowercase();
        self.inserts
            .iter()
            .any(|insert| low.trim_start().starts_with(insert.as_str()))
            .then_some(end + 1)
    }

    fn glued_at(&self, rest: &str) -> Option<usize> {
        let phrase = self
            .glued
            .iter()
            .find(|phrase| rest.starts_with(phrase.as_str()))?;
        let following = rest.get(phrase.len()..)?;
        let after = following.trim_start();
        // "Advertisement Revenue Fell" is a headline.
        let plain = phrase.contains(char::is_lowercase) && phrase.matches(' ').count() < 2;
        if plain && following.len() > after.len() && !after.is_empty() {
            return None;
        }
        let mut next = after.chars();
        let fits = match next.next() {
            None => true,
            Some(first) if first.is_uppercase() => {
                next.next()
                    .is_none_or(|second| second.is_lowercase() || second == ' ')
                    || self
                        .glued
                        .iter()
                        .any(|phrase| after.starts_with(phrase.as_str()))
            }
            Some(first) => first.is_ascii_digit() || "\"“'‘([".contains(first),
        };
        fits.then_some(phrase.len())
    }

    /// "... kata dia. Baca juga: Menteri Pertahanan Tiba di Tokyo"
    fn pointing_tail(&self, rest: &str, at: usize) -> Option<usize> {
        if at == 0 || rest.len() > LONGEST || rest.ends_with('.') {
            return None;
        }
        let low = rest.to_lowercase();
        let low = low.trim_start_matches(['(', '[']);
        let told = |pointer: &str| {
            pointer.strip_suffix(':').is_some_and(|words| {
                low.strip_prefix(words).is_some_and(|rest| {
                    rest.trim_start().starts_with(':') && points_on(words, rest)
                })
            })
        };
        self.pointers
            .iter()
            .any(|pointer| told(pointer))
            .then_some(rest.len())
    }
}

/// Whether what follows the words of a pointer is a headline: "Video: the link is open." is a sentence, as is all that has a full stop inside.
fn points_on(words: &str, rest: &str) -> bool {
    !rest.contains(". ") && (words.contains(' ') || !rest.ends_with('.'))
}

/// "(abc/def)" after the last sentence, "(abc)" where the text ends.
fn initials(text: &str, cuts: &mut Vec<(Range<usize>, CutKind)>) {
    let mut last_line = true;
    let mut end = text.len();
    let mut found = Vec::new();
    for line in text.rsplit('\n').take(8) {
        let start = end - line.len();
        let gone = line.is_empty() || cuts.iter().rev().any(|(cut, _)| *cut == (start..end));
        if !gone {
            if let Some(at) = initials_in(line, last_line) {
                found.push((start + at..end, CutKind::Initials));
            }
            last_line = false;
        }
        end = start.saturating_sub(1);
    }
    cuts.extend(found);
    cuts.sort_by_key(|(range, _)| range.start);
}

fn initials_in(line: &str, last_line: bool) -> Option<usize> {
    let inner = line.strip_suffix(')').or_else(|| line.strip_suffix(']'))?;
    let open = inner.rfind(['(', '['])?;
    let names = inner.get(open + 1..)?;
    let before = line.get(..open)?.trim_end();
    let parts = names.split(['/', '-', '*', ',']).map(str::trim);
    let short = names.len() <= 30
        && parts.clone().all(|part| {
            (2..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
    let low = names.bytes().all(|byte| !byte.is_ascii_uppercase());
    let after_sentence = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”']);
    (short && after_sentence && (parts.count() > 1 || last_line && low)).then_some(open)
}

fn words_of(low: &str) -> impl Iterator<Item = &str> {
    low.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether `phrase` opens `text` and ends with a word there.
fn opens(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
    })
}

trait StartsWithWords {
    fn starts_with_words(&self, phrase: &[String]) -> bool;
}

impl StartsWithWords for [&str] {
    fn starts_with_words(&self, phrase: &[String]) -> bool {
        self.len() >= phrase.len() && self.iter().zip(phrase).all(|(word, other)| word == other)
    }
}

/// The text without the stretches in `cuts`, which are in order; lines left empty go as well.
fn without(mut cleaned: Cleaned, cuts: Vec<(Range<usize>, CutKind)>) -> Cleaned {
    let mut text = String::with_capacity(cleaned.text.len());
    let mut map = SourceMap::default();
    let mut pending = cuts.iter().peekable();
    let mut line_start = 0;
    let mut written_to = 0;
    for line in cleaned.text.split('\n') {
        let line_end = line_start + line.len();
        let mut kept = Vec::new();
        let mut at = line_start;
        while let Some((cut, _)) = pending.next_if(|(cut, _)| cut.start < line_end) {
            kept.push(at..cut.start.max(at));
            at = cut.end.max(at);
        }
        kept.push(at..line_end);
        let mut opened = false;
        for part in kept {
            let range = trimmed(&cleaned.text, part);
            if range.is_empty() {
                continue;
            }
            if !text.is_empty() {
                let gap = written_to..range.start;
                let blank = cleaned
                    .text
                    .get(gap.clone())
                    .is_some_and(|between| between.contains("\n\n"));
                let between = if opened {
                    " "
                } else if blank {
                    "\n\n"
                } else {
                    "\n"
                };
                text.push_str(between);
                let last = cleaned.map.source_end(gap.start);
                map.push_replaced_or_kept(last..cleaned.map.source_offset(gap.end), between.len());
            }
            text.push_str(cleaned.text.get(range.clone()).unwrap_or_default());
            map.push_part_of(&cleaned.map, range.clone());
            written_to = range.end;
            opened = true;
        }
        line_start = line_end + 1;
    }
    for (range, kind) in cuts {
        let source = cleaned.map.source_offset(range.start)..cleaned.map.source_end(range.end);
        cleaned.cuts.push(Cut { source, kind });
    }
    cleaned.cuts.sort_by_key(|cut| cut.source.start);
    cleaned.text = text;
    cleaned.map = map;
    cleaned
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    start..end
}
