//! Gazetteers: hundreds of thousands of things by name, compiled into one block of bytes that is used where it lies.
//!
//! In: the bytes that a [`Builder`] made. Out: [`Thing`]s by name. Nothing is parsed when a gazetteer is opened, so that a large one costs
//! nothing until it is asked. It only answers what a name *can* mean; which of them a report means is for its reader to say.
//!
//! The bytes are little-endian: magic, version, a checksum of what follows, the lengths of the sections, then the sections: the tables
//! (countries, sectors, classes, schemes of links), the index (a finite-state transducer of folded names, crate `fst`), the postings of
//! names that several things have, one row a thing, the text that rows point into.

mod build;
mod fold;
mod search;
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use saksi_record::{EntityType, Geo};
use thiserror::Error;

pub use build::{Builder, Compiled};
pub use fold::fold;
pub use search::{Similar, distance};

use table::Tables;

const MAGIC: &[u8; 8] = b"saksigaz";
const VERSION: u32 = 1;
const SECTIONS: usize = 5;
/// Magic, version, checksum.
const HEAD: usize = 8 + 4 + 8;
/// The sections' lengths follow.
const START: usize = HEAD + 8 * SECTIONS;
/// Bytes of a thing's row.
const ROW: usize = 28;
/// What stands for "none" in a row.
const NONE: u32 = u32::MAX;
/// The bit of an index value that tells a thing's number from a place in the postings.
const SINGLE: u64 = 1 << 32;

/// Something that a gazetteer knows by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Thing<'a> {
    /// The name that it goes by.
    pub name: Cow<'a, str>,
    /// What it is.
    pub kind: EntityType,
    /// What kind of its type, from the widest to the narrowest (`town`, `region/first`).
    pub class: Option<Cow<'a, str>>,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<Cow<'a, str>>,
    /// PLOVER sector.
    pub sector: Option<Cow<'a, str>>,
    /// Identifiers elsewhere: scheme and value.
    pub links: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Where it is.
    pub at: Option<Geo>,
    /// How many people live there, or another measure of how well known it is; good to a few parts in a thousand.
    pub weight: f64,
    /// Number of the thing that it lies in.
    pub within: Option<u32>,
}

impl Thing<'_> {
    /// A thing of which only name and kind are known.
    pub fn new(name: &str, kind: EntityType) -> Thing<'_> {
        Thing {
            name: name.into(),
            kind,
            class: None,
            country: None,
            sector: None,
            links: Vec::new(),
            at: None,
            weight: 0.0,
            within: None,
        }
    }
}

/// Why bytes are no gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GazetteerError {
    /// They begin otherwise.
    #[error("this is no gazetteer")]
    Foreign,
    /// They are of a version that this program does not know.
    #[error("the gazetteer has version {0}, this program reads version {VERSION}: build it anew")]
    Version(u32),
    /// They are not what was written.
    #[error("the gazetteer is damaged or cut off: build it anew")]
    Damaged,
    /// More than its numbers can hold.
    #[error("too much for one gazetteer: {0} is over 4,294,967,294")]
    TooLarge(&'static str),
}

/// Things by name.
#[derive(Clone)]
pub struct Gazetteer {
    bytes: Arc<Cow<'static, [u8]>>,
    tables: Tables,
    index: fst::Map<Section>,
    postings: Section,
    rows: Section,
    text: Section,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} things)", self.len())
    }
}

/// Some of a gazetteer's bytes.
#[derive(Debug, Clone)]
struct Section {
    bytes: Arc<Cow<'static, [u8]>>,
    start: usize,
    end: usize,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or_default()
    }
}

impl Section {
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let bytes = self.as_ref().get(at..at.checked_add(N)?)?;
        bytes.try_into().ok()
    }

    fn u32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }
}

impl Gazetteer {
    /// The gazetteer of `bytes` that are part of the program: their checksum is not looked at.
    ///
    /// # Errors
    /// Where they are none.
    pub fn embedded(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::open(Cow::Borrowed(bytes))
    }

    /// The gazetteer of `bytes` from elsewhere.
    ///
    /// # Errors
    /// Where they are none, or their checksum does not agree.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        if !bytes.starts_with(MAGIC) {
            return Err(GazetteerError::Foreign);
        }
        let told = bytes.get(12..HEAD).and_then(|sum| sum.try_into().ok());
        let rest = bytes.get(HEAD..).ok_or(GazetteerError::Damaged)?;
        let version = version(&bytes)?;
        if version != VERSION {
            return Err(GazetteerError::Version(version));
        }
        if told.map(u64::from_le_bytes) != Some(checksum(rest)) {
            return Err(GazetteerError::Damaged);
        }
        Self::open(Cow::Owned(bytes))
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<Self, GazetteerError> {
        if !bytes.starts_with(MAGIC) {
            return Err(GazetteerError::Foreign);
        }
        let version = version(&bytes)?;
        if version != VERSION {
            return Err(GazetteerError::Version(version));
        }
        let bytes = Arc::new(bytes);
        let mut start = START;
        let mut sections = Vec::with_capacity(SECTIONS);
        for number in 0..SECTIONS {
            let at = HEAD + 8 * number;
            let length = bytes
                .get(at..at + 8)
                .and_then(|length| length.try_into().ok());
            let length = length
                .map(u64::from_le_bytes)
                .and_then(|length| length.try_into().ok());
            let end = length.and_then(|length: usize| start.checked_add(length));
            let end = end
                .filter(|&end| end <= bytes.len())
                .ok_or(GazetteerError::Damaged)?;
            sections.push(Section {
                bytes: Arc::clone(&bytes),
                start,
                end,
            });
            start = end;
        }
        let mut sections = sections.into_iter();
        let mut next = || sections.next().ok_or(GazetteerError::Damaged);
        let (tables, index, postings, rows, text) = (next()?, next()?, next()?, next()?, next()?);
        Ok(Self {
            tables: Tables::read(tables.as_ref()).ok_or(GazetteerError::Damaged)?,
            index: fst::Map::new(index).map_err(|_| GazetteerError::Damaged)?,
            postings,
            rows,
            text,
            bytes,
        })
    }

    /// How many things it knows.
    pub fn len(&self) -> usize {
        self.rows.as_ref().len() / ROW
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of its bytes.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Numbers of the things that `name` can mean, the best known first.
    pub fn find(&self, name: &str) -> Vec<u32> {
        (self.index.get(fold(name)))
            .map(|value| self.numbers(value))
            .unwrap_or_default()
    }

    /// The numbers that a value of the index stands for.
    fn numbers(&self, value: u64) -> Vec<u32> {
        if value & SINGLE != 0 {
            return vec![value as u32];
        }
        let at = value as usize;
        let count = self.postings.u32(at).unwrap_or_default() as usize;
        (1..=count.min(self.len()))
            .map_while(|number| self.postings.u32(at + 4 * number))
            .collect()
    }

    /// The thing of that number.
    pub fn thing(&self, number: u32) -> Option<Thing<'_>> {
        let at = (number as usize).checked_mul(ROW)?;
        let row: [u8; ROW] = self.rows.array(at)?;
        let word = |at: usize| row.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
        let float = |at: usize| Some(f64::from(f32::from_bits(word(at)?)));
        let latitude = float(12)?;
        let weight = u16::from_le_bytes([row[20], row[21]]);
        let country = u16::from_le_bytes([row[22], row[23]]);
        let [kind, class, sector, scheme] = [row[24], row[25], row[26], row[27]];
        Some(Thing {
            name: self.text_at(word(0)?)?.into(),
            kind: table::kind(kind)?,
            class: self.tables.classes.get(class.into()).map(Cow::from),
            country: self.tables.countries.get(country.into()).map(Cow::from),
            sector: self.tables.sectors.get(sector.into()).map(Cow::from),
            links: self.links(scheme, word(4)?),
            at: if latitude.is_nan() {
                None
            } else {
                Some(Geo {
                    latitude: rounded(latitude),
                    longitude: rounded(float(16)?),
                })
            },
            weight: build::expanded(weight),
            within: word(8).filter(|&within| within != NONE),
        })
    }

    fn links(&self, scheme: u8, value: u32) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        match scheme {
            table::NO_LINK => Vec::new(),
            table::TEXT_LINKS => self
                .text_at(value)
                .unwrap_or_default()
                .split(' ')
                .filter_map(|link| link.split_once(':'))
                .map(|(scheme, value)| (scheme.into(), value.into()))
                .collect(),
            scheme => {
                let scheme = self.tables.schemes.get(scheme.into());
                let scheme = scheme.unwrap_or_default();
                let value = match scheme {
                    "wikidata" => format!("Q{value}"),
                    _ => value.to_string(),
                };
                vec![(scheme.into(), value.into())]
            }
        }
    }

    /// The string at `at` of the text: its length in two bytes, then its bytes.
    fn text_at(&self, at: u32) -> Option<&str> {
        let at = at as usize;
        let length = usize::from(u16::from_le_bytes(self.text.array(at)?));
        let bytes = self.text.as_ref().get(at + 2..at + 2 + length)?;
        std::str::from_utf8(bytes).ok()
    }
}

/// Degrees to five places, about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

fn version(bytes: &[u8]) -> Result<u32, GazetteerError> {
    let version = bytes.get(8..12).and_then(|version| version.try_into().ok());
    version
        .map(u32::from_le_bytes)
        .ok_or(GazetteerError::Damaged)
}

fn checksum(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

#[cfg(test)]
mod tests;
