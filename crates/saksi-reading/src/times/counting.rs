//! Counting on the calendar: the unit around a day, the unit so many on, the point at a length from another.

use jiff::civil::Date;
use saksi_lexicon::calendar::Unit;

use super::expression::Length;
use super::value::{When, plus_days, plus_months};

/// "The first week of July", "pekan kedua bulan ini", "the last month of 2019"; the weeks of a month are its days 1 to
/// 7, 8 to 14 and so on, its last week the last seven days.
pub(super) fn nth(number: i8, unit: Unit, whole: &When) -> Option<When> {
    match (unit, whole) {
        (Unit::Day, When::Month(year, month)) => {
            let last = When::Month(*year, *month).last_day()?;
            let date = if number < 0 {
                last
            } else {
                Date::new(*year, *month, number).ok()?
            };
            Some(When::Day(date))
        }
        (Unit::Week, When::Month(year, month)) => {
            let last = When::Month(*year, *month).last_day()?;
            if number < 0 {
                return Some(When::days(plus_days(last, -6)?, last));
            }
            let first = Date::new(*year, *month, 1).ok()?;
            let from = plus_days(first, i64::from(number - 1) * 7)?;
            (from <= last)
                .then(|| When::days(from, plus_days(from, 6).map_or(last, |to| to.min(last))))
        }
        (Unit::Month, When::Year(year)) => {
            let month = if number < 0 { 12 } else { number };
            (1..=12)
                .contains(&month)
                .then_some(When::Month(*year, month))
        }
        (Unit::Quarter, When::Year(year)) => {
            let quarter = if number < 0 { 4 } else { number };
            (1..=4)
                .contains(&quarter)
                .then(|| When::months(*year, quarter * 3 - 2, quarter * 3))
        }
        (Unit::HalfYear, When::Year(year)) => {
            let half = if number < 0 { 2 } else { number };
            (1..=2)
                .contains(&half)
                .then(|| When::months(*year, half * 6 - 5, half * 6))
        }
        (Unit::Decade, When::Century(century)) => {
            let decade = if number < 0 { 9 } else { number - 1 };
            (0..=9).contains(&decade).then_some(When::Decade(
                century.checked_mul(10)?.checked_add(i16::from(decade))?,
            ))
        }
        _ => None,
    }
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
            // Some hours from now are today; more may not be.
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
