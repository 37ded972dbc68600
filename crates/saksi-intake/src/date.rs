//! Days as they are written in fields, addresses and on pages.
//!
//! In: text. Out: civil days, as written: a time beside the day has its zone, and the day is the one of that zone. Only days that a report of the
//! web can have ([`plausible`]). It never looks at the clock.

use std::ops::Range;

use jiff::civil::Date;

use crate::words::WORDS;

/// The day that a field holds; what stands after it (a time, a zone) does not matter.
pub(crate) fn of_field(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    if let Some(date) = with_hour(text).or_else(|| epoch(text)) {
        return Some(date);
    }
    in_text(text, order).map(|(_, date)| date).next()
}

/// "2023081410": a day and its hour; as seconds it would be a day after 2032.
fn with_hour(text: &str) -> Option<Date> {
    let (date, hour) = text.split_at_checked(8).filter(|_| text.len() == 10)?;
    let hour: u8 = hour.parse().ok()?;
    let (_, date) = packed(&pieces(date), 0)?;
    (hour < 24).then_some(date)
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Date> {
    if !matches!(text.len(), 10 | 13) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 {
        number / 1000
    } else {
        number
    };
    let days = jiff::Span::new()
        .try_days(seconds.div_euclid(86_400))
        .ok()?;
    let date = Date::new(1970, 1, 1).ok()?.checked_add(days).ok()?;
    plausible(date).then_some(date)
}

/// The day in an address: `/2023/08/14/`, `-2023-08-14-`, `/20230814/`.
pub(crate) fn of_address(address: &str) -> Option<Date> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let pieces = pieces(path);
    (0..pieces.len()).find_map(|at| {
        year_first(&pieces, at, &['/', '-', '_', '.'])
            .or_else(|| packed(&pieces, at))
            .map(|(_, date)| date)
    })
}

/// Whether day or month comes first where both are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// The days in a text, in order, with the bytes where they stand.
pub(crate) fn in_text(text: &str, order: Order) -> impl Iterator<Item = (Range<usize>, Date)> {
    let pieces = pieces(text);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < pieces.len() {
            let start = at;
            let found = year_first(&pieces, at, &['-', '/', '.'])
                .or_else(|| packed(&pieces, at))
                .or_else(|| numbers(&pieces, at, order))
                .or_else(|| day_month(&pieces, at))
                .or_else(|| month_day(&pieces, at));
            if let Some((count, date)) = found {
                at += count;
                let end = pieces[start + count - 1].range.end;
                return Some((pieces[start].range.start..end, date));
            }
            at += 1;
        }
        None
    })
}

/// Whether the web has reports of that day.
pub(crate) fn plausible(date: Date) -> bool {
    (1990..=2100).contains(&date.year())
}

/// A run of digits or of letters, and what parts it from the next.
#[derive(Debug)]
struct Piece {
    text: String,
    range: Range<usize>,
    /// What stands between it and the next one.
    after: String,
}

impl Piece {
    fn number(&self, digits: Range<usize>) -> Option<i16> {
        let number = self.text.parse().ok()?;
        digits.contains(&self.text.len()).then_some(number)
    }

    fn year(&self) -> Option<i16> {
        self.number(4..5)
            .filter(|year| (1990..=2100).contains(year))
    }

    /// Whether only this sign stands after it.
    fn sign(&self) -> Option<char> {
        let mut signs = self.after.chars();
        signs.next().filter(|_| signs.next().is_none())
    }

    /// Whether the next piece goes on with what this one says.
    fn flows(&self) -> bool {
        self.after.len() <= 3
            && self
                .after
                .chars()
                .all(|sign| sign.is_whitespace() || ".,-/".contains(sign))
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut kind = None;
    for (at, sign) in text.char_indices() {
        let now = match sign {
            '0'..='9' => Some(true),
            sign if sign.is_alphabetic() => Some(false),
            _ => None,
        };
        match (now, pieces.last_mut()) {
            (Some(_), Some(last)) if now == kind => {
                last.text.push(sign);
                last.range.end = at + sign.len_utf8();
            }
            (Some(_), _) => pieces.push(Piece {
                text: sign.to_string(),
                range: at..at + sign.len_utf8(),
                after: String::new(),
            }),
            (None, Some(last)) => last.after.push(sign),
            (None, None) => {}
        }
        kind = now;
    }
    pieces
}

type Found = Option<(usize, Date)>;

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    plausible(date).then_some(date)
}

/// "2023-08-14", "2023/8/14".
fn year_first(pieces: &[Piece], at: usize, signs: &[char]) -> Found {
    let [year, month, last] = pieces.get(at..at + 3)? else {
        return None;
    };
    let sign = year.sign().filter(|sign| signs.contains(sign))?;
    if month.sign() != Some(sign) {
        return None;
    }
    let date = day(year.year()?, month.number(1..3)?, last.number(1..3)?)?;
    Some((3, date))
}

/// "20230814".
fn packed(pieces: &[Piece], at: usize) -> Found {
    let number: i32 = pieces
        .get(at)
        .filter(|piece| piece.text.len() == 8)?
        .text
        .parse()
        .ok()?;
    let part = |number: i32| i16::try_from(number).ok();
    let date = day(
        part(number / 10_000)?,
        part(number / 100 % 100)?,
        part(number % 100)?,
    )?;
    Some((1, date))
}

/// "14/08/2023", "14.8.2023", "08/14/2023", "14.08.23".
fn numbers(pieces: &[Piece], at: usize, order: Order) -> Found {
    let [first, second, year] = pieces.get(at..at + 3)? else {
        return None;
    };
    let sign = first.sign().filter(|sign| "/.-".contains(*sign))?;
    if second.sign() != Some(sign) && second.after != ". " {
        return None;
    }
    let goes_on = pieces
        .get(at + 3)
        .is_some_and(|next| next.number(1..5).is_some());
    if goes_on && year.sign() == Some(sign) {
        return None;
    }
    let year = year.year().or_else(|| {
        // A year of two digits might as well be a part of a version or an hour.
        let short = year.number(2..3).filter(|_| sign != '-')?;
        (first.text.len() == 2 && second.text.len() == 2).then_some(2000 + short)
    })?;
    let short = pieces.get(at + 2)?.text.len() == 2;
    let (first, second) = (first.number(1..3)?, second.number(1..3)?);
    let date = match order {
        // Three pairs of digits are an hour as well: only in the order that is expected.
        Order::DayFirst if short => day(year, second, first),
        Order::MonthFirst if short => day(year, first, second),
        Order::DayFirst => day(year, second, first).or_else(|| day(year, first, second)),
        Order::MonthFirst => day(year, first, second).or_else(|| day(year, second, first)),
    };
    Some((3, date?))
}

/// "14 Agustus 2023", "14th of August, 2023", "14. August 2023".
fn day_month(pieces: &[Piece], at: usize) -> Found {
    let number = pieces.get(at)?;
    let of_month = number.number(1..3)?;
    let mut next = at + 1;
    next += ordinal(pieces, at);
    next += link(pieces, next);
    let month = WORDS.month(&pieces.get(next)?.text)?;
    if !pieces.get(at..next)?.iter().all(Piece::flows) || !pieces.get(next)?.flows() {
        return None;
    }
    next += 1;
    next += link(pieces, next);
    let year = pieces.get(next)?.year()?;
    Some((next + 1 - at, day(year, i16::from(month), of_month)?))
}

/// "August 14, 2023", "Aug. 14th 2023".
fn month_day(pieces: &[Piece], at: usize) -> Found {
    let month = WORDS.month(&pieces.get(at)?.text)?;
    let number = pieces.get(at + 1)?;
    let of_month = number.number(1..3)?;
    let next = at + 2 + ordinal(pieces, at + 1);
    if !pieces.get(at..next)?.iter().all(Piece::flows) {
        return None;
    }
    let year = pieces.get(next)?.year()?;
    Some((next + 1 - at, day(year, i16::from(month), of_month)?))
}

/// How many pieces the ending of an ordinal number takes: "14th".
fn ordinal(pieces: &[Piece], at: usize) -> usize {
    let glued = pieces.get(at).is_some_and(|piece| piece.after.is_empty());
    let ending = |piece: &Piece| {
        matches!(
            piece.text.to_ascii_lowercase().as_str(),
            "st" | "nd" | "rd" | "th" | "er"
        )
    };
    usize::from(glued && pieces.get(at + 1).is_some_and(ending))
}

fn link(pieces: &[Piece], at: usize) -> usize {
    let is_link = |piece: &Piece| WORDS.date_links.contains(&piece.text.to_lowercase());
    usize::from(pieces.get(at).is_some_and(is_link))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<String> {
        in_text(text, Order::DayFirst)
            .next()
            .map(|(_, date)| date.to_string())
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, date) in [
            ("Senin, 14 Agustus 2023 | 15:04 WIB", "2023-08-14"),
            ("Jumat (11/08/2023)", "2023-08-11"),
            ("8/14/2023", "2023-08-14"),
            ("Aug. 14th, 2023 3:04 pm", "2023-08-14"),
            ("the 1st of September 2023", "2023-09-01"),
            ("14. August 2023", "2023-08-14"),
            ("14.08.23, 12:00", "2023-08-14"),
            ("2023-08-14T23:30:00Z", "2023-08-14"),
            ("20230814", "2023-08-14"),
            ("Mon, 14 Aug 2023 23:30:00 +0700", "2023-08-14"),
            ("le 1er août 2023", "2023-08-01"),
            ("14-Mei-2023", "2023-05-14"),
        ] {
            assert_eq!(first(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_days_are_none() {
        for text in [
            "",
            "version 1.2.2023.4",
            "31/02/2023",
            "may 2023",
            "08111222333",
            "14 Agustus",
            "pasal 12 ayat 3",
            "12.30.45",
            "1889-01-01",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_have_days() {
        let of = |text| of_address(text).map(|date| date.to_string());
        assert_eq!(
            of("https://example.org/2023/08/14/menteri").as_deref(),
            Some("2023-08-14")
        );
        assert_eq!(of("https://example.org/read/20230814102030/menteri"), None);
        assert_eq!(
            of("https://example.org/news-2023-08-14.html").as_deref(),
            Some("2023-08-14")
        );
        assert_eq!(of("https://example.org/read?day=2023-08-14"), None);
    }

    #[test]
    fn fields_may_count_seconds() {
        let of = |text| of_field(text, Order::DayFirst).map(|date| date.to_string());
        assert_eq!(of("1692000000").as_deref(), Some("2023-08-14"));
        assert_eq!(of("1692000000000").as_deref(), Some("2023-08-14"));
        assert_eq!(of("yesterday"), None);
        // A day and its hour do not.
        assert_eq!(of("2023081410").as_deref(), Some("2023-08-14"));
        assert_eq!(of("2023081400").as_deref(), Some("2023-08-14"));
        assert_eq!(of("1999999999").as_deref(), Some("2033-05-18"));
    }
}
