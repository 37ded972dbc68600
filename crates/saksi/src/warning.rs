//! What the reader of a record should know about how it came about.

use std::fmt;

/// Something odd about a report; its record was made all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Something odd about its bytes or its text.
    Text(saksi_text::Warning),
    /// No day of publication was given or told.
    NoDate,
    /// Its head tells a day of publication that is none.
    HeadDate(String),
    /// Its head names a language that has no pack.
    HeadLanguage(String),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(warning) => warning.fmt(f),
            Self::NoDate => f.write_str(
                "the day of publication is not known, so that dates such as \"on Friday\" stay open; name it with \
                 `--published YYYY-MM-DD`",
            ),
            Self::HeadDate(value) => {
                write!(f, "`Published: {value}` is not a day and was left aside; write it as YYYY-MM-DD")
            }
            Self::HeadLanguage(value) => {
                write!(f, "`Language: {value}` has no pack and was left aside; the language was told from the text")
            }
        }
    }
}
