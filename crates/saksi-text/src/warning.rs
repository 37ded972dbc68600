//! What is odd about a report's bytes or text: a value beside the text, never an error.

use std::fmt;

/// Something that the reader of a record should know about its text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The input looks like no text at all (an image, an archive, random bytes).
    NotText {
        /// How many control characters it holds.
        control: usize,
        /// Byte of the source where the first stands.
        first: usize,
    },
    /// Bytes that are nothing in the encoding; each is U+FFFD in the text.
    Undecodable {
        /// The encoding used.
        encoding: &'static str,
        /// How many replacement characters the text holds.
        count: usize,
        /// Byte of the source where the first stands.
        first: usize,
    },
    /// No byte-order mark and no valid UTF-8: the encoding is a guess from the bytes.
    GuessedEncoding(&'static str),
    /// The source is longer than offsets reach; the text ends where they do.
    Cut {
        /// Bytes of the source that were left out.
        left_out: usize,
    },
    /// Nothing but white space and residue.
    Empty,
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText { control, first } => write!(
                formatter,
                "this does not look like text: {control} control characters, the first at byte {first}"
            ),
            Self::Undecodable {
                encoding,
                count,
                first,
            } => write!(
                formatter,
                "{count} places are not valid {encoding}, the first at byte {first}; each is read as U+FFFD"
            ),
            Self::GuessedEncoding(encoding) => {
                write!(
                    formatter,
                    "the encoding is not told; read as {encoding} by the look of its bytes"
                )
            }
            Self::Cut { left_out } => {
                write!(
                    formatter,
                    "the text is too long; its last {left_out} bytes were left out"
                )
            }
            Self::Empty => formatter.write_str("there is no text in it"),
        }
    }
}
