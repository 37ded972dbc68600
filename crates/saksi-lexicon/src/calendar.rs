//! Calendar words and the patterns they stand in (`calendar.toml`), compiled for matching.
//!
//! In: the text of a language's `calendar.toml`. Out: a [`Calendar`]: for each word what it may mean
//! ([`Entry`]), and for each [`Group`] of expressions its patterns as sequences of [`Class`]es. What an
//! expression is worth on a given day is decided elsewhere; this module never looks at a report.

mod compile;
mod file;
mod pattern;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

pub use pattern::{Element, Pattern};

/// A unit of calendar time, from the shortest to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    HalfYear,
    Year,
    Decade,
    Century,
}

/// Which third of a stretch of time: "awal bulan", "mid-2019", "late July".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Early,
    Middle,
    Late,
}

/// Part of a day: "pagi", "evening".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    /// One that TIMEX3 has no letters for: "dini hari", "dawn".
    Other,
}

/// What a word of the calendar means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Month, 1 to 12.
    Month(i8),
    /// Day of the week, 1 (Monday) to 7.
    Weekday(i8),
    /// Unit of time.
    Unit(Unit),
    /// Several of a unit: "weeks".
    Units(Unit),
    /// One of a unit, in one word: "sehari", "setahun".
    Single(Unit),
    /// A cardinal number, and how it joins with those before it.
    Number(i64),
    /// A number word that multiplies what stands before it: "puluh", "hundred".
    Multiplier(i64),
    /// A number word that adds to what stands before it: "belas".
    Teen(i64),
    /// An indefinite number: "beberapa", "several".
    Vague,
    /// An ordinal number.
    Ordinal(i64),
    /// The one before (-1), the present one (0), the one after (1), the nearest to come (2), the one after the next (3), the
    /// one before the last (-3).
    Which(i8),
    /// Days from the day of speaking; whether only a part of that day ("tonight").
    Shift {
        /// Days, negative for the past.
        days: i16,
        /// Whether only a part of that day is meant.
        part_of_day: bool,
    },
    /// Part of a day.
    DayPart(DayPart),
    /// The day of speaking as the end of a stretch: "now", "sekarang".
    Present,
    /// A decade by its first three digits: "the sixties".
    Decade(i16),
    /// Whether years are counted after (`true`) or before the birth of Christ: "BC", "Masehi".
    Era(bool),
    /// EDTF season code: 21 spring to 24 winter.
    Season(u8),
    /// Third of a stretch.
    Part(Part),
    /// Feast whose day moves, by its number for [`Calendar::days_of`].
    Movable(u32),
    /// Feast of a fixed day.
    Holiday {
        /// Month, 1 to 12.
        month: i8,
        /// Day of the month.
        day: i8,
    },
    /// Time zone, minutes east of Greenwich.
    Zone(i16),
    /// A part of one, in thousandths, that counts alone or on top of a number: "setengah".
    Fraction(i64),
    /// Half of the day of a clock of twelve hours: `true` for the second.
    Meridiem(bool),
    /// A word that patterns name.
    Word,
}

/// What a place in a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// `{month}`: a month's name or abbreviation.
    Month,
    /// `{month-name}`: a month's full name, unless it means other things too ("May").
    MonthName,
    /// `{weekday}`: a weekday's name or abbreviation.
    Weekday,
    /// `{weekday-name}`: a weekday's full name.
    WeekdayName,
    /// `{unit}`.
    Unit,
    /// `{units}`: a unit in the plural.
    Units,
    /// `{single}`: one of a unit.
    Single,
    /// `{amount}`: a cardinal number in digits or words.
    Amount,
    /// `{daily}`: a repeated unit in one word, in small letters and not before a name ("the daily", not "the Daily Mail").
    Daily,
    /// `{weekdays}`: a weekday that comes round again: "Mondays".
    Weekdays,
    /// `{alternate}`: every how many: "other".
    Alternate,
    /// `{fraction}`: a part of one: "and a half".
    Fraction,
    /// `{vague}`: an indefinite number.
    Vague,
    /// `{ordinal}`: an ordinal number in digits or words.
    Ordinal,
    /// `{nth-day}`: 1 to 31 in digits with an ordinal ending, with no counted thing after it ("the 9th inning").
    NthDay,
    /// `{roman}`: a Roman numeral from I to XXI.
    Roman,
    /// `{which}`: last, this, next.
    Which,
    /// `{near}`: last, this, next, of seasons.
    Near,
    /// `{reach}`: last, next, of stretches.
    Reach,
    /// `{shift}`: yesterday, tomorrow.
    Shift,
    /// `{day-part}`.
    DayPart,
    /// `{day-parts}`: a part of a day that comes round again: "mornings".
    DayParts,
    /// `{present}`: now, where a stretch ends.
    Present,
    /// `{decade-name}`: "sixties".
    DecadeName,
    /// `{era}`: "BC", "Masehi".
    Era,
    /// `{season-name}`.
    Season,
    /// `{clear-season}`: a season's name that means nothing else.
    ClearSeason,
    /// `{early}`: early, middle, late.
    Part,
    /// `{feast}`: a feast of a fixed day.
    Feast,
    /// `{movable-feast}`: a feast whose day moves.
    MovableFeast,
    /// `{zone}`.
    Zone,
    /// `{meridiem}`: a.m., p.m.
    Meridiem,
    /// `{day}`: 1 to 31 in digits, with or without an ordinal ending.
    Day,
    /// `{month-number}`: 1 to 12 in digits.
    MonthNumber,
    /// `{year}`: four digits.
    Year,
    /// `{free-year}`: four digits that may be a year where nothing before them says so.
    FreeYear,
    /// `{recent-year}`: four digits from 1800 to 2049.
    RecentYear,
    /// `{short-year}`: two digits.
    ShortYear,
    /// `{digits}`: any number in digits.
    Digits,
    /// `{hour}`: 0 to 24 in digits.
    Hour,
    /// `{minutes}`: two digits, 00 to 59.
    Minute,
    /// `{hour-minute}`: four digits, 0000 to 2359.
    HourMinute,
    /// `{point}`: any expression found by the groups before.
    Point,
    /// A whole expression of a group: `{length}`, `{clock}`.
    Group(Group),
    /// A written word or mark.
    Literal(u32),
    /// Any of a list of words of the pack.
    List(u32),
}

/// Kinds of expression; the patterns of a group all mean the same way. In order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What looks like a time but is none: "34-year-old".
    Never,
    /// A length of time: "three days". Used by other groups.
    Length,
    /// A time of day on the clock. Used by other groups.
    Clock,
    /// A calendar date of any precision: "14 Agustus 2023", "Senin", "Oktober", "2019".
    Date,
    /// Days from the day of speaking: "kemarin".
    Deixis,
    /// The last, present or next unit, weekday, month or season: "pekan lalu", "last Friday".
    Period,
    /// A length up to or from the day of speaking: "the past two weeks".
    Stretch,
    /// A length before the day of speaking: "tiga tahun lalu".
    Ago,
    /// A length after the day of speaking: "in three days".
    Hence,
    /// A length before the narrative's date: "two days earlier".
    Earlier,
    /// A length after the narrative's date: "dua hari kemudian".
    Later,
    /// The narrative's own unit: "that year", "hari itu".
    Same,
    /// The unit or weekday before the narrative's: "the previous Friday".
    Previous,
    /// The unit or weekday after the narrative's: "keesokan harinya".
    Following,
    /// A quarter of a year.
    Quarter,
    /// A half of a year.
    HalfYear,
    /// A decade: "1990-an".
    Decade,
    /// A century.
    Century,
    /// A season.
    Season,
    /// A feast.
    Holiday,
    /// A third of another expression: "awal bulan ini".
    Part,
    /// A unit of a longer stretch by its number: "the first week of July", "pekan kedua bulan ini".
    Nth,
    /// From the start of a period to the day of speaking: "earlier this month".
    SoFar,
    /// From the day of speaking to the end of a period: "later this year".
    Remaining,
    /// An expression within a larger one: "Tuesday of last week", "August last year".
    Within,
    /// A length before a named date: "two days before Christmas".
    Before,
    /// A length after a named date.
    After,
    /// The week that a day is in: "the week of 14 August".
    WeekOf,
    /// A length that begins on a named date: "three days starting on Monday".
    Lasting,
    /// A length that ends on a named date: "the three months ended 30 June".
    Ending,
    /// A time of day, alone or on a date: "Senin pagi", "pukul 17.30 WIB".
    Moment,
    /// From one expression to another.
    Range,
    /// A length of time standing alone.
    Duration,
    /// A repeated time.
    Set,
    /// A time that no day can be told of: "beberapa waktu lalu", "HUT ke-69".
    Undated,
}

impl Group {
    /// All groups, in order of precedence.
    pub const ALL: [Self; 35] = [
        Self::Never,
        Self::Length,
        Self::Clock,
        Self::Date,
        Self::Deixis,
        Self::Period,
        Self::Stretch,
        Self::Ago,
        Self::Hence,
        Self::Earlier,
        Self::Later,
        Self::Same,
        Self::Previous,
        Self::Following,
        Self::Quarter,
        Self::HalfYear,
        Self::Decade,
        Self::Century,
        Self::Season,
        Self::Holiday,
        Self::Part,
        Self::Nth,
        Self::SoFar,
        Self::Remaining,
        Self::Within,
        Self::Before,
        Self::After,
        Self::WeekOf,
        Self::Lasting,
        Self::Ending,
        Self::Moment,
        Self::Range,
        Self::Duration,
        Self::Set,
        Self::Undated,
    ];

    /// How many kinds of expression must be found before this one, for its patterns may hold them.
    pub fn layer(self) -> usize {
        match self {
            Self::Length | Self::Clock => 0,
            Self::Part | Self::Nth | Self::SoFar | Self::Remaining => 2,
            Self::Within => 3,
            Self::Before | Self::After | Self::WeekOf | Self::Lasting | Self::Ending => 4,
            Self::Moment => 5,
            Self::Range => 6,
            Self::Never | Self::Duration | Self::Set => 7,
            _ => 1,
        }
    }

    /// One more than the highest [`Group::layer`].
    pub const LAYERS: usize = 8;

    /// Whether an expression of this group may stand where a pattern has `{point}`.
    pub fn is_point(self) -> bool {
        (1..=4).contains(&self.layer()) || self == Self::Moment
    }
}

/// One reading of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The words and marks that must follow the first, in lower case.
    pub rest: Vec<Box<str>>,
    /// The class it fills.
    pub class: Class,
    /// Its meaning.
    pub meaning: Meaning,
    /// Whether its first letter must be written large ("May", "Minggu").
    pub capital: bool,
}

/// The calendar of a language, compiled.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    words: FxHashMap<Box<str>, Vec<Entry>>,
    patterns: FxHashMap<(Group, Class), Vec<Pattern>>,
    ordinal_endings: Vec<Box<str>>,
    ordinal_prefixes: Vec<Box<str>>,
    function_words: Vec<Box<str>>,
    future: Vec<Vec<Box<str>>>,
    past: Vec<Vec<Box<str>>>,
    clause: Vec<Box<str>>,
    published: Vec<Vec<Box<str>>>,
    decimal: Option<char>,
    movable: Vec<Vec<Kept>>,
    until: Vec<Box<str>>,
    number_joints: Vec<Box<str>>,
}

/// A day of the calendar: year, month, day.
pub type Day = (i16, i8, i8);

/// The first and the last day on which a feast that moves was or will be kept.
pub type Kept = (Day, Day);

impl Calendar {
    /// The days of a feast whose day moves, ascending.
    pub fn days_of(&self, movable: u32) -> &[Kept] {
        self.movable
            .get(movable as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The readings of a word in lower case.
    pub fn entries(&self, word: &str) -> &[Entry] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The patterns of a group that begin with a class.
    pub fn patterns(&self, group: Group, first: Class) -> &[Pattern] {
        self.patterns
            .get(&(group, first))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether `word` makes an ordinal of the digits before it: "14th".
    pub fn is_ordinal_ending(&self, word: &str) -> bool {
        self.ordinal_endings.iter().any(|ending| &**ending == word)
    }

    /// Whether `word` makes an ordinal of the digits after it: "ke-14".
    pub fn is_ordinal_prefix(&self, word: &str) -> bool {
        self.ordinal_prefixes.iter().any(|prefix| &**prefix == word)
    }

    /// Whether `word` is one that no counted thing begins with: after "2019", "dan" leaves a year a year.
    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_words
            .iter()
            .any(|function| &**function == word)
    }

    /// Whether `words` begin with one that puts its clause into the future.
    pub fn tells_future(&self, words: &[&str]) -> bool {
        begins_with_any(words, &self.future)
    }

    /// Whether `words` begin with one that puts its clause into the past.
    pub fn tells_past(&self, words: &[&str]) -> bool {
        begins_with_any(words, &self.past)
    }

    /// Whether a weekday after `word` is to come where nothing else tells: "ditunda hingga Senin".
    pub fn is_until(&self, word: &str) -> bool {
        self.until.iter().any(|until| &**until == word)
    }

    /// Whether `word` stands between the hundreds and the rest of a number in words: "two hundred and five".
    pub fn joins_numbers(&self, word: &str) -> bool {
        self.number_joints.iter().any(|joint| &**joint == word)
    }

    /// Whether `word` opens a new clause.
    pub fn opens_clause(&self, word: &str) -> bool {
        self.clause.iter().any(|opener| &**opener == word)
    }

    /// Whether `words` begin with what announces a report's date of publication: "Diterbitkan".
    pub fn tells_publication(&self, words: &[&str]) -> bool {
        begins_with_any(words, &self.published)
    }

    /// The mark before the decimals of a number.
    pub fn decimal(&self) -> char {
        self.decimal.unwrap_or('.')
    }
}

fn begins_with_any(words: &[&str], phrases: &[Vec<Box<str>>]) -> bool {
    phrases.iter().any(|phrase| {
        phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| &**a == *b)
    })
}

/// A text cut into runs of letters, runs of digits, and single marks, the way patterns and reports are matched.
///
/// Gives byte offsets and whether white space stands before.
///
/// ```
/// use saksi_lexicon::calendar::atoms;
/// let text = "mid-August 14th";
/// let cut: Vec<&str> = atoms(text).map(|(range, _)| &text[range]).collect();
/// assert_eq!(cut, ["mid", "-", "August", "14", "th"]);
/// ```
pub fn atoms(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, bool)> + '_ {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut spaced = false;
        while characters.next_if(|(_, c)| c.is_whitespace()).is_some() {
            spaced = true;
        }
        let (start, first) = characters.next()?;
        let mut end = start + first.len_utf8();
        let kind = kind_of(first);
        if kind != Kind::Mark {
            while let Some((at, c)) = characters.next_if(|(_, c)| kind_of(*c) == kind) {
                end = at + c.len_utf8();
            }
        }
        Some((start..end, spaced))
    })
}

#[derive(PartialEq, Clone, Copy)]
enum Kind {
    Letters,
    Digits,
    Mark,
}

fn kind_of(character: char) -> Kind {
    if character.is_ascii_digit() {
        Kind::Digits
    } else if character.is_alphabetic() {
        Kind::Letters
    } else {
        Kind::Mark
    }
}
