//! What a time expression is worth: a stretch of the calendar, written in EDTF.

use std::fmt;

use jiff::civil::Date;
use saksi_lexicon::calendar::Part;

use super::Clock;

/// A stretch of the calendar, of the precision that its words have.
///
/// Prints as EDTF (ISO 8601-2): `2023-08-14`, `2023-08`, `2023-22`, `199X`, `2023-08-01/2023-08-10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A century by its first two digits: 19 is 1900 to 1999.
    Century(i16),
    /// A decade by its first three digits: 199 is 1990 to 1999.
    Decade(i16),
    /// A year.
    Year(i16),
    /// A season of a year, by EDTF code: 21 spring to 24 winter.
    Season(i16, u8),
    /// A month.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// From one stretch to another, both included.
    Interval(Box<When>, Box<When>),
}

impl When {
    /// From the day `first` to the day `last`, both included.
    pub fn days(first: Date, last: Date) -> Self {
        Self::Interval(Box::new(Self::Day(first)), Box::new(Self::Day(last)))
    }

    /// From one month of a year to another.
    pub(super) fn months(year: i16, first: i8, last: i8) -> Self {
        Self::Interval(
            Box::new(Self::Month(year, first)),
            Box::new(Self::Month(year, last)),
        )
    }

    /// The week, Monday to Sunday, that `day` is in.
    pub(super) fn week_of(day: Date) -> Option<Self> {
        let monday = plus_days(day, i64::from(1 - day.weekday().to_monday_one_offset()))?;
        Some(Self::days(monday, plus_days(monday, 6)?))
    }

    /// Its first day; `None` for years that the calendar does not reach.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::Century(century) => Date::new(century.checked_mul(100)?, 1, 1).ok(),
            Self::Decade(decade) => Date::new(decade.checked_mul(10)?, 1, 1).ok(),
            Self::Year(year) => Date::new(*year, 1, 1).ok(),
            Self::Season(year, code) => Date::new(*year, season_start(*code), 1).ok(),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok(),
            Self::Day(date) => Some(*date),
            Self::Interval(first, _) => first.first_day(),
        }
    }

    /// Its last day; `None` for years that the calendar does not reach.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Self::Century(century) => {
                Date::new(century.checked_mul(100)?.checked_add(99)?, 12, 31).ok()
            }
            Self::Decade(decade) => Date::new(decade.checked_mul(10)?.checked_add(9)?, 12, 31).ok(),
            Self::Year(year) => Date::new(*year, 12, 31).ok(),
            Self::Season(year, code) => {
                let first = Date::new(*year, season_start(*code), 1).ok()?;
                Some(plus_months(first, 2)?.last_of_month())
            }
            Self::Month(year, month) => Some(Date::new(*year, *month, 1).ok()?.last_of_month()),
            Self::Day(date) => Some(*date),
            Self::Interval(_, last) => last.last_day(),
        }
    }

    /// The year that it lies in, where it is one.
    pub(super) fn year(&self) -> Option<i16> {
        let first = self.first_day()?.year();
        (self.last_day()?.year() == first || matches!(self, Self::Season(..))).then_some(first)
    }

    /// The month that it lies in, where it is one.
    pub(super) fn month(&self) -> Option<(i16, i8)> {
        let (first, last) = (self.first_day()?, self.last_day()?);
        ((first.year(), first.month()) == (last.year(), last.month()))
            .then(|| (first.year(), first.month()))
    }

    /// The day that it is, if it is one.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(*date),
            _ => None,
        }
    }

    /// A third of it: of a month, also of the Islamic calendar, the days 1 to 10, 11 to 20, from 21; of a year four months; of a decade or
    /// century the years 0 to 3, 4 to 6, 7 to 9 and 0 to 33, 34 to 66, 67 to 99; of anything else the whole.
    pub(super) fn part(&self, part: Part) -> Option<Self> {
        let years = |first: i16, span: i16| {
            let (from, to) = match part {
                Part::Early => (0, span / 3),
                Part::Middle => (span / 3 + 1, span * 2 / 3),
                Part::Late => (span * 2 / 3 + 1, span),
            };
            Self::Interval(
                Box::new(Self::Year(first + from)),
                Box::new(Self::Year(first + to)),
            )
        };
        Some(match *self {
            Self::Month(year, month) => {
                let (from, to) = match part {
                    Part::Early => (1, 10),
                    Part::Middle => (11, 20),
                    Part::Late => (21, Date::new(year, month, 1).ok()?.days_in_month()),
                };
                Self::days(
                    Date::new(year, month, from).ok()?,
                    Date::new(year, month, to).ok()?,
                )
            }
            Self::Year(year) => {
                let (from, to) = match part {
                    Part::Early => (1, 4),
                    Part::Middle => (5, 8),
                    Part::Late => (9, 12),
                };
                Self::months(year, from, to)
            }
            Self::Decade(decade) => years(decade.checked_mul(10)?, 9),
            Self::Century(century) => years(century.checked_mul(100)?, 99),
            _ => return self.third_of_month(part).or_else(|| Some(self.clone())),
        })
    }

    /// A third of a month that moves: "awal Ramadan".
    fn third_of_month(&self, part: Part) -> Option<Self> {
        let Self::Interval(first, last) = self else {
            return None;
        };
        let (first, last) = (first.day()?, last.day()?);
        if !(27..31).contains(&(last - first).get_days()) {
            return None;
        }
        let tenth = plus_days(first, 9)?;
        Some(match part {
            Part::Early => Self::days(first, tenth),
            Part::Middle => Self::days(plus_days(tenth, 1)?, plus_days(tenth, 10)?),
            Part::Late => Self::days(plus_days(tenth, 11)?, last),
        })
    }

    /// In EDTF.
    pub fn edtf(&self) -> String {
        self.to_string()
    }
}

impl When {
    /// In TIMEX3, with the time of day where the expression tells one; `None` for a stretch between two dates.
    pub fn timex3(&self, clock: Option<Clock>) -> Option<String> {
        match self {
            Self::Century(century) => Some(format!("{century:02}")),
            Self::Decade(decade) => Some(format!("{decade:03}")),
            Self::Season(year, code) => {
                let season = match code {
                    21 => "SP",
                    22 => "SU",
                    23 => "FA",
                    _ => "WI",
                };
                Some(format!("{}-{season}", Year(*year)))
            }
            Self::Day(_) => {
                let time = clock.map(|clock| format!("T{:02}:{:02}", clock.hour, clock.minute));
                Some(format!("{self}{}", time.unwrap_or_default()))
            }
            Self::Year(_) | Self::Month(..) => Some(self.to_string()),
            Self::Interval(..) => None,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Century(century) => write!(f, "{century:02}XX"),
            Self::Decade(decade) => write!(f, "{decade:03}X"),
            Self::Year(year) => write!(f, "{}", Year(*year)),
            Self::Season(year, code) => write!(f, "{}-{code:02}", Year(*year)),
            Self::Month(year, month) => write!(f, "{}-{month:02}", Year(*year)),
            Self::Day(date) => write!(
                f,
                "{}-{:02}-{:02}",
                Year(date.year()),
                date.month(),
                date.day()
            ),
            Self::Interval(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

/// A year in the four digits of ISO 8601.
struct Year(i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.0.unsigned_abs())
    }
}

/// The month in which a season of the north begins, by meteorology.
pub(super) fn season_start(code: u8) -> i8 {
    match code {
        21 => 3,
        22 => 6,
        23 => 9,
        _ => 12,
    }
}

/// `date` and so many days; `None` past the ends of the calendar.
pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

/// `date` and so many months, cut to the month's last day; `None` past the ends of the calendar.
pub(super) fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?)
        .ok()
}
