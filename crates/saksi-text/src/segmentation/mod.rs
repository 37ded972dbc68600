//! A language's habits of writing, read from a pack's `segmentation.toml`.
//!
//! In: TOML. Out: [`Segmentation`], checked and compiled once. Never reads a file, knows no language by name.

mod abbreviations;
mod addresses;
mod joints;
mod marks;
mod messages;
mod sentences;
mod tokens;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::{
    Span,
    clean::{Cleaned, ResiduePatterns},
    segmented::{Segmented, Sentence, Token},
};

/// Why a segmentation file can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not TOML, or not the fields of a segmentation file.
    #[error("`{file}`, line {line}, column {column}: {message}")]
    Toml {
        /// The file's name, as given.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// An entry that can't mean anything.
    #[error("`{file}`: `{entry}` in `{field}`: {message}")]
    Entry {
        /// The file's name, as given.
        file: String,
        /// The field.
        field: &'static str,
        /// The entry.
        entry: String,
        /// What is wrong and what to do.
        message: &'static str,
    },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    #[serde(default)]
    abbreviations: AbbreviationLists,
    #[serde(default)]
    tokens: TokenHabits,
    #[serde(default)]
    messages: MessageHabits,
    #[serde(default)]
    multiword: Vec<MultiwordEntry>,
    #[serde(default)]
    enclitic: Vec<EncliticEntry>,
    #[serde(default)]
    residue: ResiduePatterns,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AbbreviationLists {
    never_final: Vec<String>,
    before_number: Vec<String>,
    may_final: Vec<String>,
    sentence_openers: Vec<String>,
    not_initials: Vec<String>,
}

/// What mails and posts have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MessageHabits {
    sign_offs: Vec<String>,
}

/// What becomes of a hyphen between two words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Hyphen {
    /// One token ("negara-negara"), but for two numbers or two unlike names ("2007-2009", "Jakarta-Bandung").
    #[default]
    Join,
    /// Three tokens ("long-term"), but for the affixes and words listed.
    Split,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one switch per habit, as the file has them"
)]
struct TokenHabits {
    hyphen: Hyphen,
    hyphen_prefixes: Vec<String>,
    hyphen_suffixes: Vec<String>,
    hyphen_words: Vec<String>,
    decimal_comma: bool,
    before_numbers: Vec<String>,
    units: Vec<String>,
    final_apostrophe: bool,
    lower_case_sentences: bool,
    repeated_marks_apart: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MultiwordEntry {
    form: String,
    parts: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EncliticEntry {
    forms: Vec<String>,
    #[serde(default)]
    only: bool,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    stem_endings: Vec<String>,
    #[serde(default)]
    stem_beginnings: Vec<String>,
    #[serde(default)]
    except_endings: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    shortest_stem: usize,
}

/// How an abbreviation stands to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Abbreviation {
    /// Something must follow it ("Jl. Sudirman").
    NeverFinal,
    /// A number must follow it, else it is a word and a full stop ("No. 5").
    BeforeNumber,
    /// A sentence may end with it ("dll.").
    MayFinal,
}

/// A language's habits of writing: abbreviations, hyphens, clitics, contractions, page residue.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one switch per habit, as the file has them"
)]
pub struct Segmentation {
    language: String,
    abbreviations: FxHashMap<Box<str>, Abbreviation>,
    openers: FxHashSet<Box<str>>,
    not_initials: FxHashSet<Box<str>>,
    sign_offs: FxHashSet<Box<str>>,
    hyphen: Hyphen,
    hyphen_prefixes: FxHashSet<Box<str>>,
    hyphen_suffixes: FxHashSet<Box<str>>,
    hyphen_words: FxHashSet<Box<str>>,
    decimal_comma: bool,
    before_numbers: Vec<String>,
    units: FxHashSet<Box<str>>,
    final_apostrophe: bool,
    lower_case_sentences: bool,
    repeated_marks_apart: bool,
    multiword: FxHashMap<Box<str>, words::Contraction>,
    enclitics: Vec<words::Enclitic>,
    residue: ResiduePatterns,
}

fn set(entries: Vec<String>) -> FxHashSet<Box<str>> {
    entries.into_iter().map(Into::into).collect()
}

impl Segmentation {
    /// Reads the text of a `segmentation.toml`; `file` names it in errors.
    ///
    /// # Errors
    /// [`Error::Toml`] with line and column, [`Error::Entry`] for entries that contradict themselves.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let read: File = toml::from_str(text).map_err(|error| {
            let (line, column) = place(text, error.span().map_or(0, |span| span.start));
            Error::Toml {
                file: file.to_owned(),
                line,
                column,
                message: error.message().to_owned(),
            }
        })?;
        let wrong = |field, entry: &str, message| Error::Entry {
            file: file.to_owned(),
            field,
            entry: entry.to_owned(),
            message,
        };
        let mut abbreviations = FxHashMap::default();
        let lists = [
            (read.abbreviations.never_final, Abbreviation::NeverFinal),
            (read.abbreviations.before_number, Abbreviation::BeforeNumber),
            (read.abbreviations.may_final, Abbreviation::MayFinal),
        ];
        for (list, kind) in lists {
            for entry in list {
                if !entry.ends_with('.') {
                    return Err(wrong(
                        "abbreviations",
                        &entry,
                        "an abbreviation ends in a full stop; add it",
                    ));
                }
                if abbreviations
                    .insert(entry.as_str().into(), kind)
                    .is_some_and(|other| other != kind)
                {
                    return Err(wrong(
                        "abbreviations",
                        &entry,
                        "it stands in two lists; take it out of one",
                    ));
                }
            }
        }
        let mut multiword = FxHashMap::default();
        for entry in read.multiword {
            if entry.parts.len() < 2 || entry.parts.concat() != entry.form {
                return Err(wrong(
                    "multiword",
                    &entry.form,
                    "its parts, put together, must give the form",
                ));
            }
            multiword.insert(
                entry.form.into(),
                words::Contraction {
                    parts: entry.parts.into_iter().map(Into::into).collect(),
                    before: set(entry.before),
                },
            );
        }
        Ok(Self {
            language: read.language,
            abbreviations,
            openers: set(read.abbreviations.sentence_openers),
            not_initials: set(read.abbreviations.not_initials),
            sign_offs: set(read.messages.sign_offs),
            hyphen: read.tokens.hyphen,
            hyphen_prefixes: set(read.tokens.hyphen_prefixes),
            hyphen_suffixes: set(read.tokens.hyphen_suffixes),
            hyphen_words: set(read.tokens.hyphen_words),
            decimal_comma: read.tokens.decimal_comma,
            before_numbers: read.tokens.before_numbers,
            units: set(read.tokens.units),
            final_apostrophe: read.tokens.final_apostrophe,
            lower_case_sentences: read.tokens.lower_case_sentences,
            repeated_marks_apart: read.tokens.repeated_marks_apart,
            multiword,
            enclitics: read
                .enclitic
                .into_iter()
                .map(words::Enclitic::new)
                .collect(),
            residue: read.residue,
        })
    }

    /// ISO 639-1 code of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// What page residue looks like in the language; for [`crate::Cleaner::new`].
    pub fn residue(&self) -> &ResiduePatterns {
        &self.residue
    }
}

/// Line and column, from 1, of a byte of a text.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}

/// Tokens of the longest sentence. What is longer (a table, a list, line noise) is cut here, so that the stages that
/// compare the words of a sentence with each other stay linear in the text.
const LONGEST: usize = 500;

/// Cuts texts of one language into sentences, tokens and words.
#[derive(Debug, Clone, Copy)]
pub struct Segmenter<'a> {
    segmentation: &'a Segmentation,
}

impl<'a> Segmenter<'a> {
    /// A segmenter for the language of `segmentation`.
    pub fn new(segmentation: &'a Segmentation) -> Self {
        Self { segmentation }
    }

    /// Cuts a text. Every character that is no white space is in exactly one token; a line break ends a sentence.
    pub fn run(self, cleaned: Cleaned) -> Segmented {
        let mut sentences = Vec::new();
        let mut paragraph = 0;
        let mut start = 0;
        let mut tokens = Vec::new();
        for line in cleaned.text.split('\n') {
            tokens.clear();
            tokens::Scanner::new(self.segmentation, &cleaned.text, start..start + line.len())
                .scan(&mut tokens);
            let mut from = 0;
            while from < tokens.len() {
                let window = tokens.get(..from + LONGEST).unwrap_or(&tokens);
                let to = sentences::end(self.segmentation, &cleaned.text, window, from);
                if let Some(sentence) = self.sentence(
                    &cleaned.text,
                    tokens.get(from..to).unwrap_or_default(),
                    paragraph,
                ) {
                    sentences.push(sentence);
                }
                from = to;
            }
            paragraph += u32::from(!tokens.is_empty());
            start += line.len() + 1;
        }
        Segmented {
            language: self.segmentation.language.clone(),
            sentences,
            text: cleaned.text,
            map: cleaned.map,
            cuts: cleaned.cuts,
            warnings: cleaned.warnings,
            given: false,
        }
    }

    fn sentence(self, text: &str, pieces: &[tokens::Piece], paragraph: u32) -> Option<Sentence> {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let mut tokens = Vec::with_capacity(pieces.len());
        let mut words = Vec::with_capacity(pieces.len() + pieces.len() / 8);
        for piece in pieces {
            let span = Span::new(text, piece.start..piece.end)?;
            let first = words.len() as u32;
            words::split(self.segmentation, text, span, &mut words);
            tokens.push(Token {
                span,
                first,
                words: words.len() as u32 - first,
            });
        }
        Some(Sentence {
            span: Span::new(text, first.start..last.end)?,
            paragraph,
            tokens,
            words,
        })
    }
}
