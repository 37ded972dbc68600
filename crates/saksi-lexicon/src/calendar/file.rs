//! The written form of a calendar: what stands in `calendar.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// Words by the value they stand for.
type Table = BTreeMap<String, Vec<Spanned<String>>>;

/// A language's `calendar.toml`.
///
/// A word written with a capital ("May", "Minggu") is read only where the text has a capital too; a word
/// in lower case is read in any writing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CalendarFile {
    /// The twelve months, each with its full name first.
    pub(super) months: Vec<Vec<Spanned<String>>>,
    /// The seven weekdays from Monday, each with its full name first.
    pub(super) weekdays: Vec<Vec<Spanned<String>>>,
    /// Full names of weekdays beside the first, by number: 7 = "Ahad".
    pub(super) more_weekdays: Table,
    /// Weekdays that come round again, by number: 1 = "Mondays".
    pub(super) weekdays_again: Table,
    /// Units, by their English names.
    pub(super) units: Table,
    /// Units in the plural, where the language tells it.
    pub(super) plural_units: Table,
    /// One of a unit, in one word.
    pub(super) single_units: Table,
    /// A repeated unit, in one word: "daily", "bulanan".
    pub(super) daily_units: Table,
    /// Number words.
    pub(super) numbers: Table,
    /// Number words that multiply what stands before them.
    pub(super) multipliers: Table,
    /// Number words that add to what stands before them.
    pub(super) teens: Table,
    /// Words for a part of one, by its thousandths: 500 = "half".
    pub(super) fractions: Table,
    /// Words between the hundreds and the rest of a number: "two hundred and five".
    pub(super) number_joints: Vec<String>,
    /// Words for an indefinite number.
    pub(super) vague: Vec<Spanned<String>>,
    /// Ordinal numbers.
    pub(super) ordinals: Table,
    /// Words between "every" and a unit, by the number that they stand for: 2 = "other".
    pub(super) alternates: Table,
    /// Endings that make an ordinal of digits.
    pub(super) ordinal_endings: Vec<String>,
    /// Beginnings that make an ordinal of digits.
    pub(super) ordinal_prefixes: Vec<String>,
    /// `last`, `this`, `next`, `coming`, `after-next`, `before-last`.
    pub(super) which: Table,
    /// Those of them that tell a season.
    pub(super) which_near: Table,
    /// Those that a stretch of time reaches to.
    pub(super) which_reach: Table,
    /// Days from today.
    pub(super) shifts: Table,
    /// Days from today of which only a part is meant.
    pub(super) shifts_of_day: Table,
    /// Parts of a day: `morning`, `midday`, `afternoon`, `evening`, `night`, `other`.
    pub(super) day_parts: Table,
    /// The same where they come round again: "mornings".
    pub(super) day_parts_again: Table,
    /// Words for the day of speaking where a stretch ends there: "now".
    pub(super) present: Vec<Spanned<String>>,
    /// Decades by their first year: 1960 = "sixties".
    pub(super) decades: Table,
    /// `before`, `after` the birth of Christ.
    pub(super) eras: Table,
    /// `spring`, `summer`, `autumn`, `winter`.
    pub(super) seasons: Table,
    /// Words of seasons that mean nothing else.
    pub(super) clear_seasons: Vec<Spanned<String>>,
    /// `early`, `middle`, `late`.
    pub(super) parts: Table,
    /// Feasts by `MM-DD`.
    pub(super) feasts: Table,
    /// Feasts whose day moves from year to year.
    pub(super) movable: Vec<Movable>,
    /// Time zones by offset, `+07:00`.
    pub(super) zones: Table,
    /// `am`, `pm`.
    pub(super) meridiem: Table,
    /// Words after which a number of four digits stays a year.
    pub(super) function_words: Vec<String>,
    /// The mark before decimals.
    pub(super) decimal: Option<char>,
    /// Words that tell of tense.
    pub(super) tense: Tense,
    /// Words that announce the date of publication.
    pub(super) published: Vec<String>,
    /// Lists of words that patterns name.
    pub(super) words: Table,
    /// Patterns by kind of expression.
    pub(super) patterns: BTreeMap<String, Vec<Spanned<String>>>,
}

/// Words that tell of tense.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Tense {
    pub(super) future: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) clause: Vec<String>,
    /// Words after which a weekday is to come where nothing else tells: "until".
    pub(super) until: Vec<String>,
}

/// A feast whose day moves from year to year, with its days as they were or will be kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Movable {
    pub(super) names: Vec<Spanned<String>>,
    /// `YYYY-MM-DD`, or `YYYY-MM-DD/YYYY-MM-DD` of more than a day; ascending.
    pub(super) days: Vec<Spanned<String>>,
}
