//! The days that an EDTF date covers, for formats whose dates are days.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// First and last day of a date; either may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Days {
    pub(crate) first: Option<Date>,
    pub(crate) last: Option<Date>,
}

/// The days of an EDTF date: of a day, a month, a year, a decade (`199X`), a season, an interval.
///
/// ```text
/// 2023-08-11/2023-08-12   2023-08-11, 2023-08-12
/// 2024-06                 2024-06-01, 2024-06-30
/// 2023/..                 2023-01-01, open
/// ```
pub(crate) fn days(edtf: &str) -> Days {
    let (first, last) = edtf.split_once('/').unwrap_or((edtf, edtf));
    Days {
        first: stretch(first).map(|(first, _)| first),
        last: stretch(last).map(|(_, last)| last),
    }
}

/// First and last day of a stretch of the calendar that is no interval.
fn stretch(edtf: &str) -> Option<(Date, Date)> {
    let date = edtf.split('T').next().unwrap_or(edtf);
    let date = date.trim_end_matches(['?', '~', '%']);
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let Some(month) = month else {
        let first = Date::new(year.replace('X', "0").parse().ok()?, 1, 1).ok()?;
        let last = Date::new(year.replace('X', "9").parse().ok()?, 12, 31).ok()?;
        return (!year.starts_with('X')).then_some((first, last));
    };
    let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
    match day {
        Some(day) => {
            let day = Date::new(year, month, day.parse().ok()?).ok()?;
            Some((day, day))
        }
        // As times are read: spring begins in March, winter in December.
        None if (21..=28).contains(&month) => months(year, (month - 21) % 4 * 3 + 3, 3),
        None if (33..=36).contains(&month) => months(year, (month - 33) * 3 + 1, 3),
        None => months(year, month, 1),
    }
}

/// The first and last day of so many months.
fn months(year: i16, month: i8, count: i32) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    let last = first.checked_add((count - 1).months()).ok()?;
    Some((first, last.last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_cover_days() {
        let said = |edtf: &str| {
            let days = days(edtf);
            let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
            format!("{} {}", day(days.first), day(days.last))
        };
        for (edtf, expected) in [
            ("2023-08-14", "2023-08-14 2023-08-14"),
            ("2023-08-14T10:30", "2023-08-14 2023-08-14"),
            ("2023-08-11/2023-08-12", "2023-08-11 2023-08-12"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2024-02~", "2024-02-01 2024-02-29"),
            ("2023", "2023-01-01 2023-12-31"),
            ("199X", "1990-01-01 1999-12-31"),
            ("2023-22", "2023-06-01 2023-08-31"),
            ("2023-24", "2023-12-01 2024-02-29"),
            ("2023-25", "2023-03-01 2023-05-31"),
            ("2023-34", "2023-04-01 2023-06-30"),
            ("2023/..", "2023-01-01 -"),
            ("/2023", "- 2023-12-31"),
            ("XXXX", "- -"),
            ("2023-02-30", "- -"),
            ("P4D", "- -"),
            ("2023-1-1-1", "- -"),
            ("é-é", "- -"),
            ("", "- -"),
        ] {
            assert_eq!(said(edtf), expected, "{edtf}");
        }
    }
}
