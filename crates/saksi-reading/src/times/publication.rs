//! The date of publication where the report's own text surely tells it.

use jiff::civil::Date;
use saksi_lexicon::calendar::{Calendar, Class};
use saksi_text::{Segmented, Span};

use super::chart::{Atom, Found, cut, expressions};
use super::expression::{Expression, Partial};

/// How many lines at the top of a report may tell its date.
const LINES: usize = 8;
/// How many words a place before the date of a dateline has at most: "Kabupaten Hulu Sungai Tengah, Senin (14/8/2023)".
const PLACE: usize = 5;

/// The date of publication and its words, where the text surely tells it:
///
/// - a line that announces it: "Diterbitkan: 14/08/2023 17:30 WIB", "Published on 14 August 2023";
/// - a line that is a full date and little else: "Senin, 14 Agustus 2023 | 17:30 WIB", "14 August 2023 |";
/// - a dateline: "Jakarta, Senin (14/8/2023) - ...".
///
/// `None` where none of these is there, where they tell of different days, or where the order of the figures is open.
pub fn published_in_text(report: &Segmented, calendar: &Calendar) -> Option<(Date, Span)> {
    let mut announced: Option<(Date, Span)> = None;
    let mut told: Option<(Date, Span)> = None;
    for (nth, line) in lines(&report.text).enumerate() {
        let atoms = cut(&report.text, line);
        let words: Vec<&str> = atoms.iter().map(|atom| &*atom.lower).collect();
        let announces = (0..words.len().min(6)).any(|at| calendar.tells_publication(&words[at..]));
        if nth >= LINES && !announces {
            continue;
        }
        let found = expressions(calendar, &atoms);
        let Some((date, expression)) = found
            .iter()
            .find_map(|found| Some((full_date(&found.expression)?, found)))
        else {
            continue;
        };
        if is_ambiguous(calendar, &atoms[expression.first..expression.end], date) {
            continue;
        }
        let last = atoms.get(expression.end - 1)?;
        let span = Span::new(&report.text, atoms.get(expression.first)?.start..last.end)?;
        let place = if announces && is_announcement(&atoms, expression) {
            &mut announced
        } else if nth < LINES
            && (is_bare(&atoms, &found) || is_dateline(&report.text, &atoms, expression))
        {
            &mut told
        } else {
            continue;
        };
        match place {
            Some((other, _)) if *other != date => return None,
            Some(_) => {}
            None => *place = Some((date, span)),
        }
    }
    announced.or(told)
}

fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let from = start;
        start += line.len();
        (!line.trim().is_empty())
            .then(|| Span::new(text, from..from + line.len()))
            .flatten()
    })
}

/// The day of an expression that tells year, month and day itself.
fn full_date(expression: &Expression) -> Option<Date> {
    match expression {
        Expression::Partial(Partial {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            ..
        }) => Date::new(*year, *month, *day).ok(),
        Expression::Moment(Some(day), _) => full_date(day),
        _ => None,
    }
}

/// Whether a date in figures alone could be of another day: "2/3/2009" where the language has both orders.
fn is_ambiguous(calendar: &Calendar, atoms: &[Atom], date: Date) -> bool {
    let figures: Vec<&Atom> = atoms
        .iter()
        .filter(|atom| atom.lower.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let named = atoms.iter().any(|atom| {
        let entries = calendar.entries(&atom.lower);
        entries
            .iter()
            .any(|entry| matches!(entry.class, Class::Month | Class::Weekday))
    });
    let year_first = figures
        .first()
        .is_some_and(|figure| figure.lower.len() == 4);
    let either = |text: &str| {
        let Some(span) = Span::new(text, 0..text.len()) else {
            return false;
        };
        let found = expressions(calendar, &cut(text, span));
        found
            .iter()
            .any(|found| full_date(&found.expression).is_some())
    };
    !named
        && !year_first
        && date.day() <= 12
        && i32::from(date.day()) != i32::from(date.month())
        && either("31/1/2001")
        && either("1/31/2001")
}

fn is_word(atom: &Atom) -> bool {
    atom.lower.starts_with(char::is_alphanumeric)
}

/// Whether the date follows what announces it, in a short line.
fn is_announcement(atoms: &[Atom], date: &Found) -> bool {
    date.first <= 8
        && atoms[date.end..]
            .iter()
            .filter(|atom| is_word(atom))
            .count()
            <= 12
}

/// Whether a line is its date and at most three more words: a time, a zone, a section.
fn is_bare(atoms: &[Atom], found: &[Found]) -> bool {
    let inside = |at: usize| {
        found
            .iter()
            .any(|found| (found.first..found.end).contains(&at))
    };
    (0..atoms.len())
        .filter(|at| !inside(*at) && is_word(&atoms[*at]))
        .count()
        <= 3
}

/// Whether a line begins with a place, a comma and the date, and goes on after a dash, a colon or a bar.
fn is_dateline(text: &str, atoms: &[Atom], date: &Found) -> bool {
    let before = &atoms[..date.first];
    let marks = [",", "-", "–", "—", "/", "(", ")", "|", "."];
    let place = !before.is_empty()
        && before.iter().filter(|atom| is_word(atom)).count() <= PLACE
        && before.iter().all(|atom| {
            let large = text
                .get(atom.start..atom.end)
                .is_some_and(|word| word.starts_with(char::is_uppercase));
            marks.contains(&&*atom.lower) || large
        })
        && before
            .last()
            .is_some_and(|atom| matches!(&*atom.lower, "," | "—" | "–" | "-"));
    let after = atoms.get(date.end).map(|atom| &*atom.lower);
    place && matches!(after, None | Some("-" | "–" | "—" | ":" | "|"))
}
