//! Pack files: manifest, parsing with line numbers, and which file holds what.
//!
//! In: the texts of a folder of TOML files. Out: a [`Pack`], whose manifest is checked and whose files are sorted by
//! [`FileKind`]. What a file says is read by the module of its kind through [`PackFile::read`], so that every error names
//! file, line and column and what to do. This module never opens a file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

use crate::Error;
use crate::gazetteer::Gazetteer;

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Where it is, as the user knows it; what follows the pack's own folder tells its kind (`id/events/test.toml`).
    pub path: String,
    /// What it says.
    pub text: Cow<'static, str>,
}

/// What a file of a pack is about, told by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `pack.toml`: the pack itself.
    Manifest,
    /// `calendar.toml`: calendar words.
    Calendar,
    /// `confidence.toml`: what the evidence for an event is worth.
    Confidence,
    /// `cues.toml`: words of saying.
    Cues,
    /// `grammar.toml`: closed-class words.
    Grammar,
    /// `events/*.toml`: words that name acts.
    Events,
    /// `names/*.toml`: states, people, organisations, nouns.
    Names,
    /// `segmentation.toml`: what the crate saksi-text reads; the lexicon passes them by.
    Text,
}

/// A pack: its manifest and its files.
#[derive(Debug, Clone)]
pub struct Pack {
    /// What `pack.toml` says.
    pub manifest: Manifest,
    /// What it knows by name beside its files.
    pub gazetteers: Vec<Gazetteer>,
    /// What its files of names say in words of a language (ISO 639-1), where that was compiled before: [`crate::names::NameSet::to_bytes`].
    pub compiled: BTreeMap<String, &'static [u8]>,
    files: Vec<(FileKind, PackFile)>,
}

/// The content of `pack.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The pack's name.
    pub name: String,
    /// What the pack is about.
    pub kind: PackKind,
    /// ISO 639-1 code of its language; only for packs of a language.
    pub language: Option<String>,
    /// ISO 3166-1 alpha-3 code of the country where most reports of its language are from; places there are the likelier ones.
    pub home: Option<String>,
    /// Its version.
    pub version: String,
    /// SPDX expression of its licence.
    pub licence: String,
    /// Where its knowledge is from.
    pub sources: Vec<String>,
    /// One sentence on what it holds.
    pub description: String,
}

/// What a pack is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PackKind {
    /// One language: takes part only in reading reports of that language.
    Language,
    /// A topic: takes part in reading reports of any language.
    Topic,
}

impl Pack {
    /// The pack made of `files`, known to the user as `name` (its folder).
    ///
    /// # Errors
    ///
    /// Where `pack.toml` is missing or wrong, or a file is of no known kind.
    pub fn parse(name: &str, files: Vec<PackFile>) -> Result<Self, Error> {
        let mut manifest = None;
        let mut sorted = Vec::with_capacity(files.len());
        for file in files {
            let kind = FileKind::of(&file.path).ok_or_else(|| Error::UnknownFile {
                file: file.path.clone(),
            })?;
            if kind == FileKind::Manifest {
                manifest = Some(Self::manifest(&file)?);
            } else {
                sorted.push((kind, file));
            }
        }
        sorted.sort_by(|(one, a), (other, b)| (one, &a.path).cmp(&(other, &b.path)));
        Ok(Self {
            manifest: manifest.ok_or_else(|| Error::NoManifest { pack: name.into() })?,
            gazetteers: Vec::new(),
            compiled: BTreeMap::new(),
            files: sorted,
        })
    }

    fn manifest(file: &PackFile) -> Result<Manifest, Error> {
        let manifest: Manifest = file.read()?;
        let fault = match (manifest.kind, &manifest.language) {
            (PackKind::Language, None) => Some("a language pack needs `language = \"..\"`"),
            (PackKind::Topic, Some(_)) => Some("only a language pack has a `language`"),
            _ => None,
        };
        match fault {
            Some(fault) => Err(file.error(0..0, fault, "mend `kind` or `language`")),
            None => Ok(manifest),
        }
    }

    /// Whether the pack takes part in reading reports of `language` (ISO 639-1).
    pub fn serves(&self, language: &str) -> bool {
        self.manifest
            .language
            .as_deref()
            .is_none_or(|own| own == language)
    }

    /// The files, by kind and path.
    pub fn files(&self) -> impl Iterator<Item = (FileKind, &PackFile)> {
        self.files.iter().map(|(kind, file)| (*kind, file))
    }
}

impl FileKind {
    /// The kind of the file at `path`.
    pub fn of(path: &str) -> Option<Self> {
        let mut parts = path.rsplit(['/', '\\']);
        let (name, folder) = (parts.next()?, parts.next());
        match name {
            "pack.toml" => Some(Self::Manifest),
            "calendar.toml" => Some(Self::Calendar),
            "confidence.toml" => Some(Self::Confidence),
            "cues.toml" => Some(Self::Cues),
            "grammar.toml" => Some(Self::Grammar),
            "segmentation.toml" => Some(Self::Text),
            _ if Path::new(name).extension() != Some(OsStr::new("toml")) => None,
            _ => match folder? {
                "events" => Some(Self::Events),
                "names" => Some(Self::Names),
                _ => None,
            },
        }
    }
}

impl PackFile {
    /// The file's content as a `T`, whose fields hold [`toml::Spanned`] where a value is checked later.
    ///
    /// # Errors
    ///
    /// Where the text is no TOML or no `T`: with line and column.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Error> {
        toml::from_str(&self.text).map_err(|error| {
            let advice = match error.message() {
                message if message.starts_with("unknown field") => {
                    "take it out or mend its spelling"
                }
                message if message.starts_with("unknown variant") => "take one of those listed",
                message if message.starts_with("missing field") => "add it",
                message if message.starts_with("invalid type") => "write a value of that type",
                message if message.starts_with("duplicate key") => "keep one of the two",
                _ => "mend the line",
            };
            self.error(error.span().unwrap_or(0..0), error.message(), advice)
        })
    }

    /// An error in this file at `span` (bytes, as [`toml::Spanned::span`] gives it), saying what is wrong and what to do.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>, advice: &str) -> Error {
        let (line, column) = self.position(span.start);
        Error::InFile {
            file: self.path.clone(),
            line,
            column,
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// Line and column, both from 1, of the byte at `offset`; the column counts characters.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(start..).unwrap_or_default().chars().count() + 1;
        (line as u32, column as u32)
    }
}
