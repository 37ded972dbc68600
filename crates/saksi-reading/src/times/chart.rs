//! Finds the time expressions of a sentence: words to classes, classes to expressions, the longest first.

use rustc_hash::FxHashMap;
use saksi_lexicon::calendar::{Calendar, Class, Group, Meaning, Pattern, atoms};
use saksi_text::Span;

use super::expression::{Clock, Expression, Taken, build};

/// A run of letters, a run of digits, or a single mark.
#[derive(Debug)]
pub(super) struct Atom {
    /// First byte in the report.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// In lower case.
    pub(super) lower: Box<str>,
    /// Whether white space stands before.
    spaced: bool,
    /// Whether it begins with a capital.
    capital: bool,
}

/// Cuts the part of a report's text that `span` covers.
pub(super) fn cut(text: &str, span: Span) -> Vec<Atom> {
    let base = span.start();
    let part = span.of(text);
    atoms(part)
        .filter_map(|(range, spaced)| {
            let written = part.get(range.clone())?;
            Some(Atom {
                start: base + range.start,
                end: base + range.end,
                lower: written.to_lowercase().into_boxed_str(),
                spaced,
                capital: written.chars().next().is_some_and(char::is_uppercase),
            })
        })
        .collect()
}

/// An expression and the atoms that it covers.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) expression: Expression,
}

/// A class that some atoms fill.
#[derive(Debug, Clone)]
struct Item {
    class: Class,
    end: usize,
    taken: Taken,
    /// Rank of the pattern that made it.
    rank: u32,
}

/// The most classes that may begin at one place: a bound for hostile packs, far above any real one.
const MOST_ITEMS: usize = 256;

struct Chart<'a> {
    calendar: &'a Calendar,
    atoms: &'a [Atom],
    cells: Vec<Vec<Item>>,
}

/// The expressions of a sentence in order, none overlapping: at each place the longest, then the first in order of groups.
pub(super) fn expressions(calendar: &Calendar, atoms: &[Atom]) -> Vec<Found> {
    let mut chart = Chart {
        calendar,
        atoms,
        cells: vec![Vec::new(); atoms.len()],
    };
    for at in 0..atoms.len() {
        chart.words(at);
        chart.digits(at);
        chart.number_words(at);
    }
    if chart.cells.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    for layer in 0..Group::LAYERS {
        for group in Group::ALL
            .into_iter()
            .filter(|group| group.layer() == layer)
        {
            chart.apply(group);
        }
    }
    chart.select()
}

impl Chart<'_> {
    fn add(&mut self, at: usize, class: Class, end: usize, taken: Taken) {
        let cell = &mut self.cells[at];
        if cell.len() < MOST_ITEMS {
            cell.push(Item {
                class,
                end,
                taken,
                rank: 0,
            });
        }
    }

    fn lower(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |atom| &atom.lower)
    }

    /// Whether an atom follows the one before it without white space.
    fn glued(&self, at: usize) -> bool {
        at > 0 && self.atoms.get(at).is_some_and(|atom| !atom.spaced)
    }

    /// The readings that the words at a place have in the calendar.
    ///
    /// "Minggu" with a capital inside a sentence is the day, not the unit: a reading that asks for the
    /// capital wins there; first in a sentence both stand.
    fn words(&mut self, at: usize) {
        let atom = &self.atoms[at];
        let mut found = Vec::new();
        for entry in self.calendar.entries(&atom.lower) {
            if entry.class == Class::Amount {
                continue;
            }
            let end = at + 1 + entry.rest.len();
            let follows = end <= self.atoms.len()
                && entry
                    .rest
                    .iter()
                    .zip(&self.atoms[at + 1..])
                    .all(|(word, atom)| *word == atom.lower);
            if follows && (atom.capital || !entry.capital) {
                found.push((entry, end));
            }
        }
        let first = self.atoms[..at]
            .iter()
            .all(|atom| !atom.lower.chars().any(char::is_alphanumeric));
        let asked = !first
            && found
                .iter()
                .any(|(entry, end)| entry.capital && *end == at + 1);
        for (entry, end) in found {
            let named = matches!(entry.class, Class::Literal(_) | Class::List(_));
            if entry.class == Class::Daily && (atom.capital || self.names(end)) {
                continue;
            }
            if entry.capital || !asked || named || end > at + 1 {
                self.add(at, entry.class, end, Taken::Meaning(entry.meaning));
            }
        }
        if let Some(number) = roman(&self.atoms[at]) {
            self.add(
                at,
                Class::Roman,
                at + 1,
                Taken::Meaning(Meaning::Ordinal(number)),
            );
        }
        // "ke-14"
        if self.calendar.is_ordinal_prefix(self.lower(at)) {
            let digits = if self.lower(at + 1) == "-" {
                at + 2
            } else {
                at + 1
            };
            if let Ok(number) = self.lower(digits).parse() {
                self.add(
                    at,
                    Class::Ordinal,
                    digits + 1,
                    Taken::Meaning(Meaning::Ordinal(number)),
                );
            }
        }
    }

    /// The classes that digits fill.
    fn digits(&mut self, at: usize) {
        let written = &self.atoms[at].lower;
        if !written.starts_with(|c: char| c.is_ascii_digit()) || written.len() > 9 {
            return;
        }
        let Ok(number) = written.parse::<i64>() else {
            return;
        };
        let long = written.len();
        let joined = self.joins_number(at);
        if let Some((amount, end)) = self.amount(at) {
            self.add(at, Class::Amount, end, Taken::Amount(amount));
        }
        self.add(at, Class::Digits, at + 1, Taken::Amount(number * 1000));
        if long <= 2 {
            let small = number as i8;
            if (1..=31).contains(&small) && !self.is_decimals(at) {
                self.add(at, Class::Day, at + 1, Taken::Day(small));
            }
            if (1..=12).contains(&small) {
                self.add(at, Class::MonthNumber, at + 1, Taken::MonthNumber(small));
            }
            if (0..=24).contains(&small) {
                self.add(at, Class::Hour, at + 1, Taken::Hour(small));
            }
            if long == 2 {
                self.add(
                    at,
                    Class::ShortYear,
                    at + 1,
                    Taken::ShortYear(number as i16),
                );
                if small < 60 {
                    self.add(at, Class::Minute, at + 1, Taken::Minute(small));
                }
            }
        }
        if self.glued(at + 1) && self.calendar.is_ordinal_ending(self.lower(at + 1)) {
            self.add(
                at,
                Class::Ordinal,
                at + 2,
                Taken::Meaning(Meaning::Ordinal(number)),
            );
            if (1..=31).contains(&number) {
                self.add(at, Class::Day, at + 2, Taken::Day(number as i8));
                if !self.counts(at + 2) {
                    self.add(at, Class::NthDay, at + 2, Taken::Day(number as i8));
                }
            }
        }
        let (hour, minute) = (number / 100, number % 100);
        if long == 4 && hour < 24 && minute < 60 {
            let clock = Clock {
                hour: hour as i8,
                minute: minute as i8,
                zone: None,
            };
            self.add(at, Class::HourMinute, at + 1, Taken::Clock(clock));
        }
        if long == 4 && (1000..=2999).contains(&number) && !joined {
            let year = number as i16;
            self.add(at, Class::Year, at + 1, Taken::Year(year));
            if (1800..2050).contains(&year) {
                self.add(at, Class::RecentYear, at + 1, Taken::Year(year));
            }
            if (1500..2060).contains(&year) && self.stands_free(at) {
                self.add(at, Class::FreeYear, at + 1, Taken::Year(year));
            }
        }
    }

    /// Whether digits follow the decimal mark of a number of three figures or more: "107.31".
    fn is_decimals(&self, at: usize) -> bool {
        let digits = |at: usize| self.lower(at).starts_with(|c: char| c.is_ascii_digit());
        at > 1
            && matches!(self.lower(at - 1), "." | ",")
            && self.glued(at)
            && self.glued(at - 1)
            && digits(at - 2)
            && self.lower(at - 2).len() > 2
    }

    /// Whether the year at a place ends a date in figures with full stops: "14.8.2023".
    fn ends_dotted_date(&self, at: usize) -> bool {
        let figure = |at: usize, most: i8| {
            let number = self.lower(at).parse::<i8>();
            number.is_ok_and(|number| (1..=most).contains(&number))
        };
        at > 3
            && (at - 3..=at).all(|at| self.glued(at))
            && self.lower(at - 1) == "."
            && self.lower(at - 3) == "."
            && figure(at - 2, 12)
            && figure(at - 4, 31)
            && !(self.glued(at - 4) && matches!(self.lower(at - 5), "." | ","))
    }

    /// Whether digits are a piece of a longer number ("2,000", "3.1415") or an amount of money.
    fn joins_number(&self, at: usize) -> bool {
        if self.ends_dotted_date(at) {
            return false;
        }
        let digits = |at: usize| self.lower(at).starts_with(|c: char| c.is_ascii_digit());
        let joins = |at: usize| matches!(self.lower(at), "." | ",") && self.glued(at);
        let before = at > 1 && self.glued(at) && joins(at - 1) && digits(at - 2);
        let after =
            joins(at + 1) && self.glued(at + 2) && digits(at + 2) && self.lower(at + 2).len() == 3;
        let money = at > 0 && matches!(self.lower(at - 1), "$" | "€" | "£" | "¥" | "#");
        before || after || money
    }

    /// Whether a number of four digits may be a year by what stands around it: no counted thing follows
    /// ("1.500 tentara", "2019 soldiers"), no letters or marks of a code are glued to it.
    fn stands_free(&self, at: usize) -> bool {
        let next = self.lower(at + 1);
        let code = (self.glued(at)
            && self.atoms[at - 1]
                .lower
                .starts_with(|c: char| c.is_alphanumeric() || "-_/\\.:@".contains(c)))
            || (self.glued(at + 1)
                && (next.starts_with(char::is_alphanumeric) || "%_/\\@°".contains(next)));
        // "Decree 2005-981", a telephone number
        let figures = |at: usize| self.lower(at).starts_with(|c: char| c.is_ascii_digit());
        let number = next == "-"
            && self.glued(at + 1)
            && self.glued(at + 2)
            && figures(at + 2)
            && !matches!(self.lower(at + 2).len(), 2 | 4);
        !self.counts(at + 1) && !code && !number
    }

    /// Whether the word at a place may be what a number before it counts: in small letters, no function word.
    fn counts(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| {
            atom.lower.starts_with(char::is_alphabetic)
                && !atom.capital
                && !self.calendar.is_function_word(&atom.lower)
        })
    }

    /// Whether the word at a place begins with a capital: "harian Kompas".
    fn names(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.capital)
    }

    /// A number in digits with its thousands and decimals: "2,000", "1.500", "2,5"; in thousandths.
    fn amount(&self, at: usize) -> Option<(i64, usize)> {
        if self.joins_number(at) && at > 1 && matches!(self.lower(at - 1), "." | ",") {
            return None;
        }
        let mut number: i64 = self.lower(at).parse().ok()?;
        let mut end = at + 1;
        while matches!(self.lower(end), "." | ",") && self.glued(end) && self.glued(end + 1) {
            let mark = self.lower(end);
            let digits = self.lower(end + 1);
            if !digits.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            let decimal = mark.starts_with(self.calendar.decimal());
            if decimal {
                let thousandths: i64 = format!("{digits:0<3}").get(..3)?.parse().ok()?;
                return Some((number.checked_mul(1000)?.checked_add(thousandths)?, end + 2));
            }
            if digits.len() != 3 {
                break;
            }
            number = number
                .checked_mul(1000)?
                .checked_add(digits.parse().ok()?)?;
            end += 2;
        }
        Some((number.checked_mul(1000)?, end))
    }

    /// A number in words: "dua puluh lima", "twenty-five", "two hundred".
    fn number_words(&mut self, at: usize) {
        let mut total: i64 = 0;
        let mut group: Option<i64> = None;
        let mut here = at;
        loop {
            let joint = here > at && self.joins_numbers(here);
            let hyphen = here > at && self.lower(here) == "-" && self.glued(here);
            let skip = usize::from(hyphen || joint);
            let reading = self.number_word(here + skip);
            match (reading, group) {
                (Some(Meaning::Number(number)), None) => group = Some(number),
                // "two thousand five"
                (Some(Meaning::Number(number)), Some(0)) if total > 0 => group = Some(number),
                // "twenty five", "two hundred five", but never "five six"
                (Some(Meaning::Number(number)), Some(sum))
                    if number > 0
                        && sum > 0
                        && (sum % 10 == 0 && number < 10 || sum % 100 == 0 && number < 100)
                        && sum > number =>
                {
                    group = Some(sum + number);
                }
                (Some(Meaning::Teen(number)), Some(sum)) if sum < 10 => group = Some(sum + number),
                (Some(Meaning::Multiplier(number)), Some(sum)) if number >= 1000 => {
                    let Some(product) = sum
                        .checked_mul(number)
                        .and_then(|product| total.checked_add(product))
                    else {
                        break;
                    };
                    (total, group) = (product, Some(0));
                }
                (Some(Meaning::Multiplier(number)), Some(sum)) => {
                    // "tiga ratus dua puluh": only the last part is multiplied.
                    let (kept, last) = (sum - sum % 10, sum % 10);
                    let (kept, last) = if last == 0 { (0, sum) } else { (kept, last) };
                    let Some(product) = last
                        .checked_mul(number)
                        .and_then(|product| kept.checked_add(product))
                    else {
                        break;
                    };
                    group = Some(product);
                }
                _ => break,
            }
            here += skip + 1;
        }
        let number = group
            .and_then(|sum| total.checked_add(sum))
            .and_then(|sum| sum.checked_mul(1000));
        if let Some(number) = number {
            self.add(at, Class::Amount, here, Taken::Amount(number));
        }
        // "two thousand and fifteen", "nineteen ninety-six"
        let in_one = (number.map(|number| number / 1000))
            .filter(|number| (1900..2100).contains(number) && !self.counts(here))
            .map(|year| (year, here));
        let in_two = in_one.or_else(|| self.year_in_two(number? / 1000, here));
        if let Some((year, end)) = in_two {
            self.add(at, Class::Year, end, Taken::Year(year as i16));
            if in_one.is_none() && year >= 1800 {
                self.add(at, Class::FreeYear, end, Taken::Year(year as i16));
            }
        }
        if let Some((part, words)) = self.fraction(at) {
            self.add(at, Class::Fraction, at + words, Taken::Fraction(part));
        }
        let in_digits = (number.is_none().then(|| self.amount(at)).flatten())
            .filter(|_| self.lower(at).starts_with(|c: char| c.is_ascii_digit()));
        let (whole, here) = in_digits.unwrap_or((number.unwrap_or(0), here));
        if let Some((part, words)) = self.fraction(here)
            && let Some(sum) = whole.checked_add(part)
        {
            self.add(at, Class::Amount, here + words, Taken::Amount(sum));
        }
    }

    /// What a word adds to a number in words.
    fn number_word(&self, at: usize) -> Option<Meaning> {
        let mut entries = self.calendar.entries(self.lower(at)).iter();
        entries.find_map(|entry| match entry.meaning {
            Meaning::Number(_) | Meaning::Multiplier(_) | Meaning::Teen(_)
                if entry.rest.is_empty() =>
            {
                Some(entry.meaning)
            }
            _ => None,
        })
    }

    /// Whether the word at a place joins the hundreds or thousands before it with the rest: "two hundred [and] five", but not
    /// "one hundred [and] two hundred".
    fn joins_numbers(&self, at: usize) -> bool {
        let multiplier = |at: usize| matches!(self.number_word(at), Some(Meaning::Multiplier(_)));
        self.calendar.joins_numbers(self.lower(at))
            && multiplier(at - 1)
            && matches!(self.number_word(at + 1), Some(Meaning::Number(1..)))
            && !multiplier(at + 2)
    }

    /// A year that is told as two numbers, the first of which ends at `at`: "nineteen ninety-six"; the year and its end.
    fn year_in_two(&self, century: i64, at: usize) -> Option<(i64, usize)> {
        let Some(Meaning::Number(tens @ 10..=90)) = self.number_word(at) else {
            return None;
        };
        let hyphen = usize::from(self.lower(at + 1) == "-" && self.glued(at + 1));
        let ones = match self.number_word(at + 1 + hyphen) {
            Some(Meaning::Number(ones @ 1..=9)) if tens % 10 == 0 && tens > 10 => Some(ones),
            _ => None,
        };
        let end = if ones.is_some() {
            at + 2 + hyphen
        } else {
            at + 1
        };
        // "nineteen thirty-minute sessions", "twenty fifteen-year-olds"
        let goes_on = self.glued(end) && self.lower(end) == "-"
            || self.number_word(end).is_some()
            || self.counts(end);
        let year = century * 100 + tens + ones.unwrap_or(0);
        ((10..=20).contains(&century) && !goes_on).then_some((year, end))
    }

    /// A part of one at a place ("setengah", "and a half"), in thousandths, and of how many atoms.
    fn fraction(&self, at: usize) -> Option<(i64, usize)> {
        let entries = self.calendar.entries(self.lower(at)).iter();
        let fits = entries.filter_map(|entry| match entry.meaning {
            Meaning::Fraction(part) => {
                let rest = (at + 1..).zip(&entry.rest);
                let follows = rest.into_iter().all(|(at, word)| self.lower(at) == &**word);
                follows.then_some((part, 1 + entry.rest.len()))
            }
            _ => None,
        });
        fits.max_by_key(|(_, words)| *words)
    }

    /// Adds what the patterns of a group find everywhere.
    fn apply(&mut self, group: Group) {
        let mut found: Vec<(usize, Item)> = Vec::new();
        for at in 0..self.atoms.len() {
            if self.cells[at].is_empty() {
                continue;
            }
            let mut classes: Vec<Class> = Vec::new();
            for item in &self.cells[at] {
                if !classes.contains(&item.class) {
                    classes.push(item.class);
                }
                if matches!(item.class, Class::Group(inner) if inner.is_point())
                    && !classes.contains(&Class::Point)
                {
                    classes.push(Class::Point);
                }
            }
            for class in classes {
                for pattern in self.calendar.patterns(group, class) {
                    let mut taken = Vec::new();
                    self.follow(group, pattern, 0, at, at, &mut taken, &mut found);
                }
            }
        }
        let mut best: FxHashMap<(usize, usize), u32> = FxHashMap::default();
        for (at, item) in found {
            let rank = best.entry((at, item.end)).or_insert(u32::MAX);
            if item.rank >= *rank {
                continue;
            }
            *rank = item.rank;
            let cell = &mut self.cells[at];
            match cell
                .iter()
                .position(|other| other.class == item.class && other.end == item.end)
            {
                Some(other) => cell[other] = item,
                None if cell.len() < MOST_ITEMS => cell.push(item),
                None => {}
            }
        }
    }

    /// Matches a pattern from its place `nth` on at the atom `at`.
    #[expect(clippy::too_many_arguments, reason = "the state of a search")]
    fn follow(
        &self,
        group: Group,
        pattern: &Pattern,
        nth: usize,
        at: usize,
        start: usize,
        taken: &mut Vec<Taken>,
        found: &mut Vec<(usize, Item)>,
    ) {
        let start = if nth == pattern.context { at } else { start };
        if nth == pattern.context {
            taken.clear();
        }
        let Some(element) = pattern.elements.get(nth) else {
            if let Some(taken) = build(group, taken.clone()) {
                found.push((
                    start,
                    Item {
                        class: Class::Group(group),
                        end: at,
                        taken,
                        rank: pattern.rank,
                    },
                ));
            }
            return;
        };
        if at >= self.atoms.len() || element.glued && !self.glued(at) {
            return;
        }
        for item in &self.cells[at] {
            let fits = item.class == element.class
                || element.class == Class::Point
                    && matches!(item.class, Class::Group(inner) if inner.is_point() && inner.layer() < group.layer());
            if fits {
                let depth = taken.len();
                taken.push(item.taken.clone());
                self.follow(group, pattern, nth + 1, item.end, start, taken, found);
                taken.truncate(depth);
            }
        }
    }

    /// Where an expression ends without the comma or full stop that a pattern took along.
    fn trimmed(&self, first: usize, mut end: usize) -> usize {
        while end > first + 1 {
            let initial = end > 1 && self.lower(end - 2).chars().count() == 1;
            match self.lower(end - 1) {
                "," => end -= 1,
                "." if !initial => end -= 1,
                _ => break,
            }
        }
        end
    }

    fn select(self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.cells.len() {
            let best = self.cells[at]
                .iter()
                .filter_map(|item| match (item.class, &item.taken) {
                    (Class::Group(group), Taken::Expression(expression)) => {
                        Some((item.end, group, expression))
                    }
                    _ => None,
                })
                .min_by_key(|(end, group, _)| (std::cmp::Reverse(*end), *group));
            match best {
                Some((end, _, expression)) => {
                    if *expression != Expression::Never {
                        found.push(Found {
                            first: at,
                            end: self.trimmed(at, end),
                            expression: expression.clone(),
                        });
                    }
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The value of a Roman numeral from I to XXXIX.
fn roman(atom: &Atom) -> Option<i64> {
    if !atom.capital || atom.lower.len() > 7 {
        return None;
    }
    let mut sum = 0;
    let mut last = 0;
    for letter in atom.lower.chars().rev() {
        let value = match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        if value < last {
            sum -= value;
        } else {
            sum += value;
            last = value;
        }
    }
    (1..40).contains(&sum).then_some(sum)
}
