//! Finding names in the words of a sentence.
//!
//! Words and names are both cut at white space, hyphens, full stops and apostrophes inside them, so that "Kim Jong-un" is
//! found whether its hyphen is a token, part of one, or missing. Other punctuation that is a word by itself is a border.

use std::borrow::Cow;
use std::hash::BuildHasher as _;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Draft, Entry};

/// A name or noun found in the words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The words it is in.
    pub words: Range<usize>,
    /// The byte of the first word where it starts: not 0 in "anti-Rusia".
    pub start: usize,
    /// The byte of the last word where it ends: not the word's length in "AS-Korea Selatan" where that is one word.
    pub end: usize,
    /// What it may stand for: numbers of entries, the ones of earlier packs and lines first.
    pub entries: Vec<u32>,
}

/// All names and nouns of the packs, ready to be found.
#[derive(Debug, Clone, Default)]
pub struct Names {
    entries: Vec<Entry>,
    forms: Vec<Form>,
    /// The forms that begin with a piece (in lower case), the longest first.
    by_first: FxHashMap<Box<str>, Vec<u32>>,
    /// Those who held an office, by the office and the organisation or country that it is of: entry, and which of its tenures.
    holders: FxHashMap<(Box<str>, Box<str>), Vec<Holder>>,
}

/// Number of an entry, and which of its tenures is meant.
type Holder = (u32, usize);

/// One way to write a name.
#[derive(Debug, Clone)]
struct Form {
    pieces: Box<[Piece]>,
    entries: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Piece {
    /// In lower case.
    lower: Box<str>,
    case: Case,
}

/// How a piece must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Case {
    /// In any way.
    Any,
    /// Its first letter a capital.
    Initial,
    /// All its letters capitals: short acronyms, or else "AS" would be found in "As".
    All,
}

/// A piece of the text.
struct TextPiece<'a> {
    word: usize,
    start: usize,
    end: usize,
    text: &'a str,
    lower: Cow<'a, str>,
    /// Whether it is the whole word.
    whole: bool,
}

impl Names {
    pub(super) fn new(drafts: Vec<Draft>) -> Self {
        let mut names = Self::default();
        // Forms by the hash of their pieces: no piece is copied.
        let mut known: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (number, draft) in drafts.into_iter().enumerate() {
            for form in &draft.forms {
                let pieces: Box<[Piece]> = pieces_of(form).map(Piece::new).collect();
                let alike = known.entry(FxBuildHasher.hash_one(&pieces)).or_default();
                let same = |&&at: &&u32| names.forms[at as usize].pieces == pieces;
                if let Some(&at) = alike.iter().find(same) {
                    let entries = &mut names.forms[at as usize].entries;
                    if entries.last() != Some(&(number as u32)) {
                        entries.push(number as u32);
                    }
                    continue;
                }
                let Some(first) = pieces.first() else {
                    continue;
                };
                let at = names.forms.len() as u32;
                match names.by_first.get_mut(&first.lower) {
                    Some(list) => list.push(at),
                    None => {
                        names.by_first.insert(first.lower.clone(), vec![at]);
                    }
                }
                alike.push(at);
                names.forms.push(Form {
                    pieces,
                    entries: vec![number as u32],
                });
            }
            for (at, tenure) in draft.entry.held.iter().enumerate() {
                if let Some(of) = tenure.of.as_ref().or(draft.entry.country.as_ref()) {
                    let key = (tenure.office.clone(), of.clone());
                    names
                        .holders
                        .entry(key)
                        .or_default()
                        .push((number as u32, at));
                }
            }
            names.entries.push(draft.entry);
        }
        let forms = &names.forms;
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each list is put in order by itself"
        )]
        for list in names.by_first.values_mut() {
            list.sort_by_key(|&at| (std::cmp::Reverse(forms[at as usize].pieces.len()), at));
        }
        names
    }

    /// The entry of that number.
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// All entries, by number.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The state of the country `code` (ISO 3166-1 alpha-3).
    pub fn state(&self, code: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.sense == super::Sense::Name && *entry.id == *code)
    }

    /// Who held `office` of `of` (an organisation's id, or a country's code) on `day` (`YYYY-MM-DD`): the number of the entry, where the packs
    /// surely know of one and no other.
    pub fn holder(&self, office: &str, of: &str, day: &str) -> Option<u32> {
        let held = self.holders.get(&(office.into(), of.into()))?;
        let mut holder = None;
        for &(number, at) in held {
            match self.entry(number).held[at].covers(day) {
                Some(false) => {}
                Some(true) if holder.is_none_or(|one| one == number) => holder = Some(number),
                _ => return None,
            }
        }
        holder
    }

    /// Words that stand for more than one entry, as written in the packs in lower case, with the entries' ids, sorted.
    pub fn clashes(&self) -> Vec<(String, Vec<&str>)> {
        let mut clashes: Vec<_> = self
            .forms
            .iter()
            .filter(|form| form.entries.len() > 1)
            .map(|form| {
                let pieces: Vec<_> = form.pieces.iter().map(|piece| &*piece.lower).collect();
                let ids = form.entries.iter().map(|&number| &*self.entry(number).id);
                (pieces.join(" "), ids.collect())
            })
            .collect();
        clashes.sort();
        clashes
    }

    /// Numbers of the entries that go by `name`, however its letters are written, in the order of the packs.
    pub fn named(&self, name: &str) -> Vec<u32> {
        let pieces: Vec<String> = pieces_of(name).map(str::to_lowercase).collect();
        let list = pieces.first().and_then(|first| self.by_first.get(&**first));
        let mut entries: Vec<u32> = (list.into_iter().flatten())
            .map(|&at| &self.forms[at as usize])
            .filter(|form| {
                form.pieces
                    .iter()
                    .map(|piece| &*piece.lower)
                    .eq(pieces.iter())
            })
            .flat_map(|form| form.entries.iter().copied())
            .collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// Every way to write a name, in lower case, with the numbers of the entries that it may stand for.
    pub fn forms(&self) -> impl Iterator<Item = (String, &[u32])> {
        self.forms.iter().map(|form| {
            let pieces: Vec<_> = form.pieces.iter().map(|piece| &*piece.lower).collect();
            (pieces.join(" "), &*form.entries)
        })
    }

    /// The longest names and nouns in `words`, from left to right, none overlapping.
    ///
    /// `lemmas`, one for each word, is given where nouns may also be found by their lemma.
    pub fn find(&self, words: &[&str], lemmas: Option<&[&str]>) -> Vec<Match> {
        let mut pieces = Vec::with_capacity(words.len() + 4);
        for (word, text) in words.iter().enumerate() {
            cut(word, text, &mut pieces);
        }
        let mut found = Vec::new();
        let mut next = 0;
        while next < pieces.len() {
            let Some(form) = self.longest(&pieces[next..], lemmas) else {
                next += 1;
                continue;
            };
            let (first, last) = (&pieces[next], &pieces[next + form.pieces.len() - 1]);
            let word = words[last.word];
            found.push(Match {
                words: first.word..last.word + 1,
                start: first.start,
                end: if word.get(last.end..) == Some(".") {
                    word.len()
                } else {
                    last.end
                },
                entries: form.entries.clone(),
            });
            next += form.pieces.len();
        }
        found
    }

    /// The longest form at the start of `pieces`.
    fn longest(&self, pieces: &[TextPiece], lemmas: Option<&[&str]>) -> Option<&Form> {
        let lemma = |piece: &TextPiece| lemmas.and_then(|lemmas| lemmas.get(piece.word).copied());
        let first = pieces.first()?;
        let by_form = self.by_first.get(&*first.lower);
        let by_lemma = lemma(first)
            .filter(|lemma| **lemma != *first.lower)
            .and_then(|lemma| self.by_first.get(lemma));
        [by_form, by_lemma]
            .into_iter()
            .flatten()
            .filter_map(|list| {
                list.iter()
                    .map(|&at| &self.forms[at as usize])
                    .find(|form| {
                        form.pieces.len() <= pieces.len()
                            && (form.pieces.iter().zip(pieces))
                                .all(|(piece, text)| piece.fits(text, lemma(text)))
                            && ends_well(form, pieces)
                    })
            })
            .reduce(|one, other| {
                if other.pieces.len() > one.pieces.len() {
                    other
                } else {
                    one
                }
            })
    }
}

/// Whether `form` starts and ends with a word of the text: a noun must, a name may be part of "AS-Korea".
fn ends_well(form: &Form, pieces: &[TextPiece]) -> bool {
    let name = form.pieces.iter().all(|piece| piece.case != Case::Any);
    let last = form.pieces.len() - 1;
    let whole = pieces[0].start == 0
        && pieces
            .get(last + 1)
            .is_none_or(|after| after.word != pieces[last].word);
    whole || name
}

impl Piece {
    fn new(text: &str) -> Self {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        let case = if text.chars().next().is_none_or(|c| !c.is_uppercase()) {
            Case::Any
        } else if text.chars().count() <= 3
            && letters.clone().count() > 1
            && letters.clone().all(char::is_uppercase)
        {
            Case::All
        } else {
            Case::Initial
        };
        Self {
            lower: text.to_lowercase().into(),
            case,
        }
    }

    fn fits(&self, text: &TextPiece, lemma: Option<&str>) -> bool {
        if *self.lower != *text.lower {
            return self.case == Case::Any && text.whole && lemma == Some(&*self.lower);
        }
        match self.case {
            Case::Any => true,
            Case::Initial => text.text.chars().next().is_some_and(char::is_uppercase),
            Case::All => !text.text.chars().any(char::is_lowercase),
        }
    }
}

/// The pieces of `text`.
fn pieces_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(char::is_whitespace).flat_map(|word| {
        if word.contains(char::is_alphanumeric) {
            word.split(|c: char| !c.is_alphanumeric())
                .filter(|piece| !piece.is_empty())
                .collect()
        } else {
            vec![word]
        }
    })
}

/// Appends the pieces of the word number `word`.
fn cut<'a>(word: usize, text: &'a str, pieces: &mut Vec<TextPiece<'a>>) {
    let mut push = |start: usize, end: usize| {
        if let Some(piece) = text.get(start..end) {
            pieces.push(TextPiece {
                word,
                start,
                end,
                text: piece,
                lower: lower(piece),
                whole: start == 0 && end == text.len(),
            });
        }
    };
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return push(0, text.len());
    }
    if !text.contains(char::is_alphanumeric) {
        // A lone hyphen joins ("Jong", "-", "un"); any other punctuation parts.
        if !matches!(text, "-" | "\u{2010}" | "\u{2011}" | "'" | "’") {
            push(0, text.len());
        }
        return;
    }
    if let Some((one, other)) = text.split_once('-')
        && !one.is_empty()
        && one.to_lowercase() == other.to_lowercase()
    {
        // Reduplication ("pabrik-pabrik"): the noun, more than one of it.
        pieces.push(TextPiece {
            word,
            start: 0,
            end: text.len(),
            text: one,
            lower: lower(one),
            whole: true,
        });
        return;
    }
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                push(from, at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(from, text.len());
    }
}

fn lower(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_uppercase) {
        text.to_lowercase().into()
    } else {
        text.into()
    }
}
