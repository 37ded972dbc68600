//! Packs made of what others know: tables (CSV), FollowTheMoney entities, Wikidata dumps.
//!
//! In: the bytes of such a file, plain or packed with gzip, of any length. Out: a folder that is a pack: `pack.toml`, which says whose
//! knowledge it is, and `names.gazetteer`. One module a format; each hands what it reads to a [`Sink`], one thing at a time, and keeps
//! nothing: memory grows by what the pack holds, not by what is read. What is wrong with a line is a [`Fault`] and costs that line.
//!
//! This crate opens no file but those of the pack that it writes, and never looks at a report. It doesn't decide what a name means in one.
//!
//! ```
//! use saksi_import::{Import, Options};
//!
//! let table = "name,type,country\nPT Contoh Bahari,organization,ID\n";
//! let mut import = Import::default();
//! import.read(table.as_bytes(), &Options::default(), &mut |fault| panic!("{fault}"))?;
//! assert_eq!(import.summary().things, 1);
//! # Ok::<(), saksi_import::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod countries;
mod error;
mod folder;
mod followthemoney;
mod json;
mod lines;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod wikidata;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use saksi_lexicon::gazetteer::{Builder, Thing};
use saksi_record::EntityType;

pub use error::Error;
pub use folder::{About, Folder, Written};

/// The longest line, and the longest row of a table, in bytes; the longest of Wikidata have a fifth of it.
pub const MAX_LINE_BYTES: usize = 32 << 20;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table with a row of headings; also `targets.simple.csv` of OpenSanctions.
    Csv,
    /// FollowTheMoney entities, one JSON object a line; also `entities.ftm.json` and `targets.nested.json` of OpenSanctions.
    FollowTheMoney,
    /// A dump of Wikidata: one JSON array with an entity a line, or the lines alone.
    Wikidata,
}

/// What is taken from a file, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// How it is written; told from its content where it is `None`.
    pub format: Option<Format>,
    /// Only things of these types; all where it is empty.
    pub types: Vec<EntityType>,
    /// Of a Wikidata dump: languages whose labels and aliases are taken (`id`, `en`, `mul`), the one that names the thing first.
    pub languages: Vec<String>,
    /// Of FollowTheMoney entities: whether broad names are taken, too (`weakAlias`: "The Engineer"), by which much else may be meant.
    pub weak_aliases: bool,
    /// Of a table: the heading of a column by what it holds, where its name does not tell (`name` -> `Nama Resmi`).
    pub columns: BTreeMap<String, String>,
    /// Of a table: what parts its fields; told from its first line where it is `None`.
    pub delimiter: Option<u8>,
    /// Of a table: what things are whose row does not tell.
    pub kind: Option<EntityType>,
    /// Of a table: the scheme of the identifiers in its column `id`.
    pub scheme: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            types: Vec::new(),
            languages: ["id", "en", "mul"].map(str::to_owned).into(),
            weak_aliases: false,
            columns: BTreeMap::new(),
            delimiter: None,
            kind: None,
            scheme: "id".to_owned(),
        }
    }
}

/// What is wrong with one line; it was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// What takes the things of a file.
pub trait Sink {
    /// A thing that goes by its own name and by `names`.
    ///
    /// # Errors
    /// Where there is no room for it.
    fn thing(&mut self, thing: &Thing<'_>, names: &[Cow<'_, str>]) -> Result<(), Error>;

    /// Something that is no thing with a name, or not of a kind that packs know.
    fn skip(&mut self, why: &str);

    /// A line that can't be read.
    fn fault(&mut self, fault: Fault);
}

/// What an import has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many things it took.
    pub things: u64,
    /// How many names they have, their own included.
    pub names: u64,
    /// How many things of each type.
    pub kinds: BTreeMap<EntityType, u64>,
    /// How many it passed over, by the reason.
    pub skipped: BTreeMap<String, u64>,
    /// How many lines could not be read.
    pub faults: u64,
}

/// The reasons for skipping that are told apart; a file with a new one on each line must not fill the memory.
const REASONS: usize = 100;

/// Gathers the things of one or more files.
#[derive(Debug, Default)]
pub struct Import {
    builder: Builder,
    summary: Summary,
}

impl Import {
    /// Takes the things of one file; `told` hears of each line that can't be read.
    ///
    /// # Errors
    /// Where the bytes can't be read, their format can't be told, or a table has no usable row of headings.
    pub fn read(
        &mut self,
        bytes: impl Read,
        options: &Options,
        told: &mut dyn FnMut(&Fault),
    ) -> Result<(), Error> {
        let source = source::open(bytes)?;
        let format = match options.format {
            Some(format) => format,
            None => source.format(options)?,
        };
        let mut gatherer = Gatherer {
            import: self,
            types: &options.types,
            told,
        };
        match format {
            Format::Csv => table::read(source, options, &mut gatherer),
            Format::FollowTheMoney => followthemoney::read(source, options, &mut gatherer),
            Format::Wikidata => wikidata::read(source, options, &mut gatherer),
        }
    }

    /// What was found until now.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Makes the pack of what was found, in the place of the one that was in `folder`.
    ///
    /// # Errors
    /// Where nothing was found, or the pack can't be written: what was in the folder is then as it was.
    pub fn write(self, folder: Folder, about: &About) -> Result<(Summary, Written), Error> {
        if self.summary.things == 0 {
            return Err(Error::Nothing);
        }
        let written = folder.write(&self.builder.compile()?, about)?;
        Ok((self.summary, written))
    }
}

struct Gatherer<'a> {
    import: &'a mut Import,
    types: &'a [EntityType],
    told: &'a mut dyn FnMut(&Fault),
}

impl Sink for Gatherer<'_> {
    fn thing(&mut self, thing: &Thing<'_>, names: &[Cow<'_, str>]) -> Result<(), Error> {
        if !self.types.is_empty() && !self.types.contains(&thing.kind) {
            self.skip("of another type than asked for");
            return Ok(());
        }
        if !thing.name.contains(char::is_alphanumeric) {
            self.skip("without a name that has letters");
            return Ok(());
        }
        (self.import.builder).add(thing, names.iter().map(AsRef::as_ref))?;
        let summary = &mut self.import.summary;
        summary.things += 1;
        summary.names += 1 + names.len() as u64;
        *summary.kinds.entry(thing.kind).or_default() += 1;
        Ok(())
    }

    fn skip(&mut self, why: &str) {
        let skipped = &mut self.import.summary.skipped;
        if let Some(count) = skipped.get_mut(why) {
            *count += 1;
            return;
        }
        let why = if skipped.len() < REASONS {
            why
        } else {
            "other"
        };
        *skipped.entry(why.to_owned()).or_default() += 1;
    }

    fn fault(&mut self, fault: Fault) {
        self.import.summary.faults += 1;
        (self.told)(&fault);
    }
}

/// The type of that name, as records have it: `person`, `organization`.
pub fn kind(name: &str) -> Option<EntityType> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The class `wide`, or `narrow` in it, or either.
fn class(wide: Option<&'static str>, narrow: Option<&'static str>) -> Option<Cow<'static, str>> {
    match (wide, narrow) {
        (Some(wide), Some(narrow)) => Some(format!("{wide}/{narrow}").into()),
        (wide, narrow) => wide.or(narrow).map(Cow::from),
    }
}
