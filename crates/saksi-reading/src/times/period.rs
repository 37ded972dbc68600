//! Values of what has no place on the calendar: durations in ISO 8601, sets as in TIMEX3.

use std::fmt::Write as _;

use saksi_lexicon::calendar::{DayPart, Unit};

use super::expression::{Length, Recurrence};

/// A repeated time as TIMEX3 writes it: `P1M`, `P1WE` (each weekend), `XXXX-WXX-1` (each Monday), `XXXX-WXX-5TMO` (Friday mornings),
/// `XXXX-12-25`, `XXXX-22` (each summer, with the season code of EDTF), `XXXX-XX-XXT16:00`; `None` where no single value tells.
pub(super) fn timex_set(set: &Recurrence) -> Option<String> {
    let plain = |period: &Length| match period.0[..] {
        [(Some(amount), Unit::Weekend)] => Some(format!("P{}WE", decimal(amount))),
        _ => iso_duration(period),
    };
    let date = match (set.weekday, set.season, set.month, set.day) {
        (Some(weekday), ..) => format!("XXXX-WXX-{weekday}"),
        (_, Some(season), ..) => format!("XXXX-{season}"),
        (_, _, Some(month), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
        (_, _, Some(month), None) => format!("XXXX-{month:02}"),
        (_, _, None, Some(day)) => format!("XXXX-XX-{day:02}"),
        _ if set.clock.is_some() || set.part.is_some() => {
            // "every two weeks at 4 p.m.": the time can't be told beside the period.
            let daily = Length(vec![(Some(1000), Unit::Day)]);
            match &set.period {
                Some(period) if *period != daily => return plain(period),
                _ => "XXXX-XX-XX".to_owned(),
            }
        }
        _ => return plain(set.period.as_ref()?),
    };
    let mut value = date;
    if let Some(clock) = set.clock {
        write!(value, "T{:02}:{:02}", clock.hour, clock.minute).ok()?;
    } else if let Some(part) = set.part {
        value.push_str(match part {
            DayPart::Morning => "TMO",
            DayPart::Midday => "TMI",
            DayPart::Afternoon => "TAF",
            DayPart::Evening => "TEV",
            DayPart::Night => "TNI",
            DayPart::Other => return None,
        });
    }
    Some(value)
}

/// A length in ISO 8601: `P4D`, `P2Y1M`, `PT30M`; `None` where an amount is not told.
pub(super) fn iso_duration(length: &Length) -> Option<String> {
    let mut date = String::new();
    let mut time = String::new();
    let mut parts = length.0.clone();
    parts.sort_by_key(|(_, unit)| std::cmp::Reverse(*unit));
    for (amount, unit) in parts {
        let amount = amount?;
        let (factor, letter, of_day) = match unit {
            Unit::Second => (1, 'S', true),
            Unit::Minute => (1, 'M', true),
            Unit::Hour => (1, 'H', true),
            Unit::Day => (1, 'D', false),
            // TIMEX3 has "P3WE", ISO 8601 nothing.
            Unit::Weekend => return None,
            Unit::Week => (1, 'W', false),
            Unit::Fortnight => (2, 'W', false),
            Unit::Month => (1, 'M', false),
            Unit::Quarter => (3, 'M', false),
            Unit::HalfYear => (6, 'M', false),
            Unit::Year => (1, 'Y', false),
            Unit::Decade => (10, 'Y', false),
            Unit::Century => (100, 'Y', false),
        };
        let amount = amount.checked_mul(factor)?;
        let place = if of_day { &mut time } else { &mut date };
        place.push_str(&decimal(amount));
        place.push(letter);
    }
    Some(if time.is_empty() {
        format!("P{date}")
    } else {
        format!("P{date}T{time}")
    })
}

/// A number of thousandths without trailing zeros.
fn decimal(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:03}");
    format!("{whole}.{}", rest.trim_end_matches('0'))
}
