//! The formats, and the tables that some of them come in.

use std::fmt;

/// A format that records can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One record a line.
    Jsonl,
    /// Tables for spreadsheets (RFC 4180).
    Csv,
    /// Tables with types (Apache Parquet).
    Parquet,
    /// A map (RFC 7946).
    Geojson,
    /// PLOVER events, one a line.
    Plover,
    /// POLECAT's table of 40 columns.
    Polecat,
    /// GDELT 2.0's tables of events and of mentions.
    Gdelt,
    /// Phoenix's table of CAMEO events, 26 columns.
    Phoenix,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// A STIX 2.1 bundle.
    Stix,
    /// Web Annotations (JSON-LD).
    Annotation,
}

/// A table of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The reports themselves.
    Reports,
    /// What was done.
    Events,
    /// Who says what.
    Statements,
    /// Who and what is named.
    Entities,
    /// Where a report speaks of them; of GDELT, where it tells of an event.
    Mentions,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 11] = [
        Self::Jsonl,
        Self::Csv,
        Self::Parquet,
        Self::Geojson,
        Self::Plover,
        Self::Polecat,
        Self::Gdelt,
        Self::Phoenix,
        Self::Ftm,
        Self::Stix,
        Self::Annotation,
    ];

    /// Its name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Geojson => "geojson",
            Self::Plover => "plover",
            Self::Polecat => "polecat",
            Self::Gdelt => "gdelt",
            Self::Phoenix => "phoenix",
            Self::Ftm => "ftm",
            Self::Stix => "stix",
            Self::Annotation => "annotation",
        }
    }

    /// The tables that it comes in, the main one first; none where it comes in one piece.
    pub fn tables(self) -> &'static [Table] {
        match self {
            Self::Csv | Self::Parquet => &[
                Table::Events,
                Table::Statements,
                Table::Entities,
                Table::Mentions,
                Table::Reports,
            ],
            Self::Gdelt => &[Table::Events, Table::Mentions],
            _ => &[],
        }
    }

    /// Whether it is bytes that no terminal can show.
    pub fn is_binary(self) -> bool {
        self == Self::Parquet
    }

    /// The ending that files of it go by, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jsonl | Self::Plover => "jsonl",
            // GDELT's own files are parted by tabs and named so.
            Self::Csv | Self::Gdelt => "csv",
            Self::Parquet => "parquet",
            Self::Geojson => "geojson",
            Self::Polecat | Self::Phoenix => "tsv",
            Self::Ftm => "ftm.json",
            Self::Stix => "json",
            Self::Annotation => "jsonld",
        }
    }

    /// What it has no place for, said of the events that an export leaves out ([`Writer::left_out`](crate::Writer::left_out)).
    pub fn leaves_out(self) -> &'static str {
        match self {
            Self::Gdelt | Self::Phoenix => {
                "what is planned, possible, denied, did not happen or is told only inside another act, and acts without a CAMEO code"
            }
            Self::Polecat => "what is denied, and acts of types that PLOVER lacks",
            Self::Plover => "acts of types that PLOVER lacks",
            _ => "some events",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 5] = [
        Self::Reports,
        Self::Events,
        Self::Statements,
        Self::Entities,
        Self::Mentions,
    ];

    /// Its name, as it is typed and as its file is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Events => "events",
            Self::Statements => "statements",
            Self::Entities => "entities",
            Self::Mentions => "mentions",
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
