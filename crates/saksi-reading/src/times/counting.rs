//! Counting on the calendar: the unit around a day, the unit so many on, the point at a length from another.

use std::cmp::Ordering;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use saksi_lexicon::calendar::Unit;

use super::expression::Length;
use super::value::{When, plus_days, plus_months};

/// "The first week of July", "pekan kedua bulan ini", "the last month of 2019", "hari kesepuluh Ramadan"; a negative number counts from the end.
///
/// The weeks of a month are its days 1 to 7, 8 to 14 and so on, its last week the last seven days; those of a year the weeks of ISO 8601.
pub(super) fn nth(number: i8, unit: Unit, whole: &When) -> Option<When> {
    let step = i64::from(number) - i64::from(number > 0);
    let of = |count: i64| {
        let at = if number < 0 { count + step } else { step };
        (0..count).contains(&at).then_some(at as i8)
    };
    match (unit, whole) {
        (Unit::Day, When::Month(..) | When::Year(_) | When::Interval(..)) => {
            let (first, last) = (whole.first_day()?, whole.last_day()?);
            let date = plus_days(
                if number < 0 {
                    plus_days(last, 1)?
                } else {
                    first
                },
                step,
            )?;
            (first..=last).contains(&date).then_some(When::Day(date))
        }
        (Unit::Week, When::Year(year)) => iso_week(*year, number),
        (Unit::Week, When::Month(..) | When::Interval(..)) => {
            let (first, last) = (whole.first_day()?, whole.last_day()?);
            let from = if number < 0 {
                plus_days(last, 1)?
            } else {
                first
            };
            let from = plus_days(from, step.checked_mul(7)?)?;
            let to = plus_days(from, 6)?.min(last);
            (first <= from && from <= last).then(|| When::days(from, to))
        }
        (Unit::Month, When::Year(year)) => Some(When::Month(*year, of(12)? + 1)),
        (Unit::Quarter, When::Year(year)) => {
            let month = of(4)? * 3 + 1;
            Some(When::months(*year, month, month + 2))
        }
        (Unit::HalfYear, When::Year(year)) => {
            let month = of(2)? * 6 + 1;
            Some(When::months(*year, month, month + 5))
        }
        // "the first half of August", "the second half of the 1990s"
        (Unit::HalfYear, When::Month(year, month)) => {
            let middle = Date::new(*year, *month, 15).ok()?;
            Some(match of(2)? {
                0 => When::days(whole.first_day()?, middle),
                _ => When::days(plus_days(middle, 1)?, whole.last_day()?),
            })
        }
        (Unit::HalfYear, When::Decade(decade)) => {
            let first = decade.checked_mul(10)?.checked_add(i16::from(of(2)?) * 5)?;
            Some(When::Interval(
                Box::new(When::Year(first)),
                Box::new(When::Year(first.checked_add(4)?)),
            ))
        }
        (Unit::HalfYear, When::Century(century)) => {
            let first = century
                .checked_mul(100)?
                .checked_add(i16::from(of(2)?) * 50)?;
            Some(When::Interval(
                Box::new(When::Year(first)),
                Box::new(When::Year(first.checked_add(49)?)),
            ))
        }
        (Unit::Decade, When::Century(century)) => Some(When::Decade(
            century.checked_mul(10)?.checked_add(i16::from(of(10)?))?,
        )),
        _ => None,
    }
}

/// "The first Monday of July", "the last Friday of the year".
pub(super) fn nth_weekday(number: i8, weekday: i8, whole: &When) -> Option<When> {
    if !matches!(whole, When::Month(..) | When::Year(_)) {
        return None;
    }
    let (first, last) = (whole.first_day()?, whole.last_day()?);
    let to =
        |from: Date| i64::from((weekday - from.weekday().to_monday_one_offset()).rem_euclid(7));
    let date = if number < 0 {
        let end = plus_days(last, -6)?;
        plus_days(end, to(end) + i64::from(number + 1) * 7)?
    } else {
        plus_days(first, to(first) + i64::from(number - 1) * 7)?
    };
    (first..=last).contains(&date).then_some(When::Day(date))
}

/// A week of a year by ISO 8601: week 1 has the year's first Thursday.
fn iso_week(year: i16, number: i8) -> Option<When> {
    let week = |number: i8| {
        let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?;
        When::week_of(monday.date())
    };
    if number > 0 {
        return week(number);
    }
    let weeks: i8 = if week(53).is_some() { 53 } else { 52 };
    week(
        (weeks + 1)
            .checked_add(number)
            .filter(|number| *number > 0)?,
    )
}

/// "Three days starting on Monday" (1), "the three months ended 30 June" (-1): of the days of a length, the first or the last is that of `from`.
pub(super) fn spell(length: &Length, sign: i8, from: &When) -> Option<When> {
    let start = if sign > 0 {
        from.first_day()?
    } else {
        plus_days(from.last_day()?, 1)?
    };
    let (months, days) = months_and_days(length)?;
    let sign = i64::from(sign);
    let other = plus_days(
        plus_months(start, months.checked_mul(sign)?)?,
        days.checked_mul(sign)?,
    )?;
    let (first, end) = if sign > 0 {
        (start, other)
    } else {
        (other, start)
    };
    let last = plus_days(end, -1)?;
    match first.cmp(&last) {
        Ordering::Less => Some(When::days(first, last)),
        Ordering::Equal => Some(When::Day(first)),
        Ordering::Greater => None,
    }
}

/// The weekend that a feast lies at: Saturday and Sunday, with the Thursday, Friday or Monday that it falls on.
pub(super) fn weekend_at(feast: Date) -> Option<When> {
    let (from, to) = match feast.weekday() {
        Weekday::Saturday => (0, 1),
        Weekday::Sunday => (-1, 0),
        Weekday::Monday => (-2, 0),
        Weekday::Friday => (0, 2),
        Weekday::Thursday => (0, 3),
        Weekday::Tuesday | Weekday::Wednesday => return None,
    };
    Some(When::days(plus_days(feast, from)?, plus_days(feast, to)?))
}

/// The unit that `day` is in, `steps` units on.
pub(super) fn around(unit: Unit, day: Date, steps: i64) -> Option<When> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Day => Some(When::Day(plus_days(day, steps)?)),
        Unit::Week => When::week_of(plus_days(day, steps.checked_mul(7)?)?),
        Unit::Weekend => {
            let week = When::week_of(plus_days(day, steps.checked_mul(7)?)?)?;
            let sunday = week.last_day()?;
            Some(When::days(plus_days(sunday, -1)?, sunday))
        }
        Unit::Fortnight => {
            let week = When::week_of(plus_days(day, steps.checked_mul(14)?)?)?;
            let monday = week.first_day()?;
            Some(When::days(monday, plus_days(monday, 13)?))
        }
        Unit::Month => {
            let month = plus_months(day.first_of_month(), steps)?;
            Some(When::Month(month.year(), month.month()))
        }
        Unit::Quarter => {
            let month = plus_months(day.first_of_month(), steps.checked_mul(3)?)?;
            let first = (month.month() - 1) / 3 * 3 + 1;
            Some(When::months(month.year(), first, first + 2))
        }
        Unit::HalfYear => {
            let month = plus_months(day.first_of_month(), steps.checked_mul(6)?)?;
            let first = (month.month() - 1) / 6 * 6 + 1;
            Some(When::months(month.year(), first, first + 5))
        }
        Unit::Year => Some(When::Year(step(day.year(), steps)?)),
        Unit::Decade => Some(When::Decade(step(day.year().div_euclid(10), steps)?)),
        Unit::Century => Some(When::Century(step(day.year().div_euclid(100), steps)?)),
    }
}

fn step(number: i16, steps: i64) -> Option<i16> {
    number.checked_add(i16::try_from(steps).ok()?)
}

/// The point at a length from another, of the precision of the length's unit: "tiga tahun lalu" is a year,
/// "two months ago" a month, "dua pekan lalu" a day. `None` where the length is not told or is finer than the point it counts from.
pub(super) fn offset(length: &Length, sign: i8, from: &When) -> Option<When> {
    let finest = length.0.iter().map(|(_, unit)| *unit).min()?;
    let (months, days) = months_and_days(length)?;
    let sign = i64::from(sign);
    let (months, days) = (months.checked_mul(sign)?, days.checked_mul(sign)?);
    if finest >= Unit::Year {
        let year = match from {
            When::Decade(_) | When::Century(_) => return None,
            when => when.first_day()?.year(),
        };
        return Some(When::Year(step(year, months / 12)?));
    }
    if finest >= Unit::Month {
        let start = match from {
            When::Day(date) => *date,
            when => {
                let (year, month) = when.month()?;
                Date::new(year, month, 1).ok()?
            }
        };
        let month = plus_months(start.first_of_month(), months)?;
        return Some(When::Month(month.year(), month.month()));
    }
    let day = match from {
        When::Day(date) => *date,
        // "on the 11th and 12th ... two days later": from the last of the days.
        When::Interval(first, last)
            if matches!((&**first, &**last), (When::Day(_), When::Day(_))) =>
        {
            if sign > 0 {
                last.day()?
            } else {
                first.day()?
            }
        }
        _ => return None,
    };
    Some(When::Day(plus_days(plus_months(day, months)?, days)?))
}

/// The months and days of a length; `None` where they are not told or not whole.
fn months_and_days(length: &Length) -> Option<(i64, i64)> {
    let mut months: i64 = 0;
    let mut days: i64 = 0;
    for (amount, unit) in &length.0 {
        let amount = (*amount)?;
        let whole = |factor: i64| {
            let thousandths = amount.checked_mul(factor)?;
            (thousandths % 1000 == 0).then_some(thousandths / 1000)
        };
        match unit {
            Unit::Second | Unit::Minute => {}
            // "the last 48 hours": two days. Some hours from now are today; more may not be.
            Unit::Hour if amount % 24_000 == 0 => {
                days = days.checked_add(amount / 24_000)?;
            }
            Unit::Hour => {
                if !(0..=6000).contains(&amount) {
                    return None;
                }
            }
            Unit::Day => days = days.checked_add(whole(1)?)?,
            Unit::Weekend | Unit::Week => days = days.checked_add(whole(7)?)?,
            Unit::Fortnight => days = days.checked_add(whole(14)?)?,
            Unit::Month => months = months.checked_add(whole(1)?)?,
            Unit::Quarter => months = months.checked_add(whole(3)?)?,
            Unit::HalfYear => months = months.checked_add(whole(6)?)?,
            Unit::Year => months = months.checked_add(whole(12)?)?,
            Unit::Decade => months = months.checked_add(whole(120)?)?,
            Unit::Century => months = months.checked_add(whole(1200)?)?,
        }
    }
    Some((months, days))
}
