//! Words of a token: clitics and contractions.
//!
//! In: a token. Out: its syntactic words as the treebanks of the language have them: "kunjungannya" is "kunjungan" and
//! "nya", "cannot" is "can" and "not". The parts of a token are always letters of the token.

use rustc_hash::FxHashSet;

use super::{EncliticEntry, Segmentation};
use crate::{Span, segmented::Word};

/// A word that is written at the end of another.
#[derive(Debug, Clone)]
pub(super) struct Enclitic {
    forms: Vec<String>,
    /// Whether it is told from the mere end of a word by its stem alone.
    only: bool,
    stems: FxHashSet<Box<str>>,
    stem_endings: Vec<String>,
    stem_beginnings: Vec<String>,
    except_endings: Vec<String>,
    except: FxHashSet<Box<str>>,
    shortest_stem: usize,
}

impl Enclitic {
    pub(super) fn new(entry: EncliticEntry) -> Self {
        Self {
            forms: entry.forms,
            only: entry.only,
            stems: super::set(entry.stems),
            stem_endings: entry.stem_endings,
            stem_beginnings: entry.stem_beginnings,
            except_endings: entry.except_endings,
            except: super::set(entry.except),
            shortest_stem: entry.shortest_stem.max(1),
        }
    }

    /// The length in bytes of what of `low` stands before the enclitic.
    fn stem(&self, low: &str) -> Option<usize> {
        let stem = self
            .forms
            .iter()
            .find_map(|form| low.strip_suffix(form.as_str()))?;
        // "hamba-Ku": what follows a hyphen is an enclitic for sure.
        let hyphened = stem.strip_suffix('-');
        let letters = hyphened
            .unwrap_or(stem)
            .chars()
            .rev()
            .take(self.shortest_stem)
            .filter(|letter| letter.is_alphanumeric())
            .count();
        let ends =
            |list: &[String], word: &str| list.iter().any(|ending| word.ends_with(ending.as_str()));
        if letters < self.shortest_stem
            || self.except.contains(low)
            || ends(&self.except_endings, low) && !self.stems.contains(stem)
        {
            return None;
        }
        let told = !self.only
            || hyphened.is_some()
            || self.stems.contains(stem)
            || ends(&self.stem_endings, stem)
            || self
                .stem_beginnings
                .iter()
                .any(|beginning| stem.starts_with(beginning.as_str()));
        told.then_some(stem.len())
    }
}

/// Two words that are written as one.
#[derive(Debug, Clone)]
pub(super) struct Contraction {
    pub(super) parts: Vec<Box<str>>,
    /// The words before which it is one, in lower case; before any where there are none.
    pub(super) before: FxHashSet<Box<str>>,
}

impl Contraction {
    /// Whether `rest`, what follows in the text, allows it: "its not here", but "its roof", "its in-house paper".
    fn fits(&self, rest: &str) -> bool {
        self.before.is_empty() || {
            let longest = 16;
            let next = rest.trim_start_matches(' ');
            let length = next
                .bytes()
                .take(longest)
                .take_while(u8::is_ascii_alphabetic)
                .count();
            next.split_at_checked(length).is_some_and(|(word, after)| {
                !after.starts_with('-') && self.before.contains(word.to_lowercase().as_str())
            })
        }
    }
}

/// Appends the words of the token at `span`.
pub(super) fn split(segmentation: &Segmentation, text: &str, span: Span, words: &mut Vec<Word>) {
    let token = span.of(text);
    let push = |words: &mut Vec<Word>, start: usize, end: usize| {
        if let Some(span) = Span::new(text, start..end) {
            words.push(Word {
                form: span.of(text).into(),
                span,
            });
        }
    };
    let (start, mut end) = (span.start(), span.end());
    let longest_word = 64;
    if token.len() <= longest_word && token.len() >= 2 && token.ends_with(ends_a_clitic) {
        let low = token.to_lowercase();
        // A letter that changes its length with its case would shift the parts.
        if low.len() == token.len() {
            let contraction = segmentation
                .multiword
                .get(low.as_str())
                .filter(|contraction| contraction.fits(text.get(end..).unwrap_or_default()));
            if let Some(contraction) = contraction {
                let mut at = start;
                for part in &contraction.parts {
                    push(words, at, at + part.len());
                    at += part.len();
                }
                return;
            }
            let mut cuts = Vec::new();
            let mut rest = low.as_str();
            while let Some(stem) = segmentation
                .enclitics
                .iter()
                .find_map(|enclitic| enclitic.stem(rest))
            {
                cuts.push((start + stem, end));
                end = start + stem;
                rest = low.get(..stem).unwrap_or_default();
            }
            push(words, start, end);
            for (from, to) in cuts.into_iter().rev() {
                push(words, from, to);
            }
            return;
        }
    }
    push(words, start, end);
}

/// Clitics end in a letter or an apostrophe; numbers and marks have none.
fn ends_a_clitic(last: char) -> bool {
    last.is_alphabetic() || matches!(last, '\'' | '’')
}
