//! What is known about a report beside its text.

use jiff::civil::Date;
use saksi_record::PublishedFrom;

use crate::Error;

/// What is known about a report beside its text. What is given here counts more than what the report's head tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Where it was read from.
    pub uri: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where the day of publication was found; told by the user where nothing else is said.
    pub published_from: Option<PublishedFrom>,
    /// When it was fetched, RFC 3339.
    pub retrieved: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

/// The day that `text` names as `YYYY-MM-DD`.
///
/// # Errors
/// [`Error::Date`] where it names none.
///
/// ```
/// assert_eq!(saksi::day("2023-08-14")?.year(), 2023);
/// assert!(saksi::day("14 August").is_err());
/// # Ok::<(), saksi::Error>(())
/// ```
pub fn day(text: &str) -> Result<Date, Error> {
    let written = text.len() == "YYYY-MM-DD".len();
    let date = text.parse().ok().filter(|_| written);
    date.ok_or_else(|| Error::Date(text.to_owned()))
}
