//! The days that a date in EDTF (ISO 8601-2) may mean, as numbers YYYYMMDD that sort as days do.
//!
//! A month without a day may mean its days 1 to 31, a year those of its months 1 to 12; that no such day may exist does no harm, since days are
//! only compared.

/// The first and the last day, both inclusive.
pub(crate) type Days = (i64, i64);

/// Of a stretch that is open at its beginning.
const EARLIEST: i64 = 0;
/// Of a stretch that is open at its end.
const LATEST: i64 = 99_991_231;

/// The days that `edtf` may mean; none where it names none ("XXXX-12", a date before year 0).
pub(crate) fn days(edtf: &str) -> Option<Days> {
    if let Some((from, to)) = edtf.split_once('/') {
        let first = match from {
            "" | ".." => EARLIEST,
            from => single(from)?.0,
        };
        let last = match to {
            "" | ".." => LATEST,
            to => single(to)?.1,
        };
        return (first <= last && (first, last) != (EARLIEST, LATEST)).then_some((first, last));
    }
    single(edtf)
}

fn single(text: &str) -> Option<Days> {
    // A time of day, and how sure the date is, change nothing here.
    let day = text.split('T').next()?;
    let plain: String = day
        .chars()
        .filter(|c| !matches!(c, '~' | '?' | '%'))
        .collect();
    let mut parts = plain.split('-');
    let (year, month, date) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (first_year, last_year) = range(year, 0, 9999)?;
    // A year of which not even the century is told says nothing.
    if year.starts_with('X') {
        return None;
    }
    let Some(month) = month else {
        return Some((first_year * 10_000 + 101, last_year * 10_000 + 1231));
    };
    let (first_month, last_month) = match month {
        // Seasons of ISO 8601-2, by the northern months, and quarters. Winter ends with the February after it.
        "24" | "28" if date.is_none() => {
            return Some((first_year * 10_000 + 1201, (last_year + 1) * 10_000 + 229));
        }
        "21" | "25" => (3, 5),
        "22" | "26" => (6, 8),
        "23" | "27" => (9, 11),
        "33" => (1, 3),
        "34" => (4, 6),
        "35" => (7, 9),
        "36" => (10, 12),
        month => range(month, 1, 12)?,
    };
    let (first_day, last_day) = match date {
        None => (1, 31),
        Some(date) => range(date, 1, 31)?,
    };
    Some((
        first_year * 10_000 + first_month * 100 + first_day,
        last_year * 10_000 + last_month * 100 + last_day,
    ))
}

/// The least and the greatest number that the digits, of which `X` are not told, may mean within bounds.
fn range(digits: &str, least: i64, greatest: i64) -> Option<(i64, i64)> {
    if !(digits.len() == 2 || digits.len() == 4)
        || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'X')
    {
        return None;
    }
    let low: i64 = digits.replace('X', "0").parse().ok()?;
    let high: i64 = digits.replace('X', "9").parse().ok()?;
    let (low, high) = (low.max(least), high.min(greatest));
    (low <= high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_mean_days() {
        for (edtf, expected) in [
            ("2023-08-14", Some((20_230_814, 20_230_814))),
            ("2023-08", Some((20_230_801, 20_230_831))),
            ("2023", Some((20_230_101, 20_231_231))),
            ("2023-08-11/2023-08-12", Some((20_230_811, 20_230_812))),
            ("2023-08/..", Some((20_230_801, LATEST))),
            ("../2023-08-01", Some((0, 20_230_801))),
            ("202X", Some((20_200_101, 20_291_231))),
            ("2023-XX-12", Some((20_230_112, 20_231_212))),
            ("2023-22", Some((20_230_601, 20_230_831))),
            ("2023-24", Some((20_231_201, 20_240_229))),
            ("2023-36", Some((20_231_001, 20_231_231))),
            ("2023-08-14T10:00", Some((20_230_814, 20_230_814))),
            ("2023-08~", Some((20_230_801, 20_230_831))),
            ("XXXX-12-25", None),
            ("-0044", None),
            ("soon", None),
            ("", None),
            ("/", None),
            ("2023-13", None),
            ("2023-08-12/2023-08-11", None),
        ] {
            assert_eq!(days(edtf), expected, "{edtf}");
        }
    }
}
