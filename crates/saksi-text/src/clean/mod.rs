//! From text to clean text.
//!
//! In: a [`Decoded`] text and the residue patterns of the packs. Out: [`Cleaned`]: the text with line ends, spaces, invisible characters
//! and typographic debris put right and page residue cut, the map back to the source, and the list of cuts. Never
//! changes a word, never cuts inside a sentence, never puts anything in that the source does not hold.

mod characters;
mod lines;
mod residue;
mod source_map;

use std::ops::Range;

pub use residue::ResiduePatterns;
pub use source_map::SourceMap;

use crate::{Decoded, Warning};

/// A report's text, ready to be read.
#[derive(Debug, Clone, Default)]
pub struct Cleaned {
    /// The clean text. Paragraphs and headings are set apart by line breaks.
    pub text: String,
    /// Where its characters stand in the decoded text.
    pub map: SourceMap,
    /// What was cut, in order.
    pub cuts: Vec<Cut>,
    /// What was odd about bytes and text.
    pub warnings: Vec<Warning>,
}

impl Cleaned {
    /// A text as it is: nothing changed, nothing cut.
    pub fn verbatim(text: String) -> Self {
        Self {
            map: SourceMap::identity(text.len()),
            text,
            ..Self::default()
        }
    }
}

/// A stretch of the source that is not in the clean text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the decoded text.
    pub source: Range<usize>,
    /// Why.
    pub kind: CutKind,
}

/// Why a stretch was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CutKind {
    /// Control characters, zero-width characters, soft hyphens.
    Invisible,
    /// A line that is page furniture ("Bagikan", "Facebook | Twitter").
    Furniture,
    /// A line that points to something else ("Baca juga: ...").
    Pointer,
    /// Page furniture stuck to a sentence ("... akibat banjir.Top of Form").
    Glued,
    /// A bracketed insert ("[Gambas:Video 20detik]").
    Insert,
    /// The initials of the editors at the end of an article ("(abc/def)").
    Initials,
}

/// Cleans texts; made once, used for any number of them.
#[derive(Debug, Clone, Default)]
pub struct Cleaner {
    residue: residue::Residue,
}

impl Cleaner {
    /// A cleaner that knows the residue of these languages: a page in one language has furniture in another.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a ResiduePatterns>) -> Self {
        Self {
            residue: residue::Residue::new(patterns),
        }
    }

    /// Cleans a text.
    pub fn run(&self, decoded: Decoded) -> Cleaned {
        let mut cleaned = characters::clean(&decoded.text);
        cleaned.warnings = decoded.warnings;
        drop(decoded.text);
        let mut cleaned = self.residue.cut(lines::join(cleaned));
        if cleaned.text.is_empty() {
            cleaned.warnings.push(Warning::Empty);
        }
        cleaned
    }
}
