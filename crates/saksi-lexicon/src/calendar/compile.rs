//! From the written calendar to the compiled one.

use rustc_hash::FxHashMap;
use toml::Spanned;

use crate::{Error, PackFile};

use super::file::CalendarFile;
use super::pattern::readings;
use super::{
    Calendar, Class, Day, DayPart, Element, Entry, Group, Kept, Meaning, Part, Pattern, Unit, atoms,
};

/// What is wrong in a file, and at which byte.
struct Fault {
    message: String,
    offset: usize,
}

fn fault(offset: usize, message: impl Into<String>) -> Fault {
    Fault {
        message: message.into(),
        offset,
    }
}

const WHICH: &str = "`last`, `this`, `next`, `coming`, `after-next` or `before-last`";
const DAY_PARTS: &str = "`morning`, `midday`, `afternoon`, `evening`, `night` or `other`";

/// Reads the key of a table of words: what the words under it mean.
type Reader = fn(&str) -> Option<(Class, Meaning)>;

#[derive(Default)]
struct Compiler {
    calendar: Calendar,
    lists: FxHashMap<String, u32>,
    literals: FxHashMap<String, u32>,
    ranks: FxHashMap<Group, u32>,
}

impl Calendar {
    /// Compiles a language's calendar of `files`; later ones add their words and patterns to those of the earlier.
    ///
    /// # Errors
    ///
    /// Where a file is no calendar, or a word or pattern in it can't be read.
    pub fn compile(files: &[&PackFile]) -> Result<Self, Error> {
        let mut compiler = Compiler::default();
        for file in files {
            let written: CalendarFile = file.read()?;
            compiler.add(&written).map_err(|fault| {
                file.error(
                    fault.offset..fault.offset,
                    fault.message,
                    "mend it or take it out",
                )
            })?;
        }
        Ok(compiler.calendar)
    }
}

impl Compiler {
    fn add(&mut self, file: &CalendarFile) -> Result<(), Fault> {
        let calendar = &mut self.calendar;
        calendar
            .ordinal_endings
            .extend(boxed(&file.ordinal_endings));
        calendar
            .ordinal_prefixes
            .extend(boxed(&file.ordinal_prefixes));
        calendar.function_words.extend(boxed(&file.function_words));
        calendar.future.extend(phrases(&file.tense.future));
        calendar.past.extend(phrases(&file.tense.past));
        calendar.clause.extend(boxed(&file.tense.clause));
        calendar.until.extend(boxed(&file.tense.until));
        calendar.number_joints.extend(boxed(&file.number_joints));
        calendar.published.extend(phrases(&file.published));
        calendar.decimal = file.decimal.or(calendar.decimal);
        self.words(file)?;
        for (name, words) in &file.words {
            let next = self.lists.len() as u32;
            let list = *self.lists.entry(name.clone()).or_insert(next);
            for word in words {
                self.word(word, Class::List(list), Meaning::Word)?;
            }
        }
        for (name, lines) in &file.patterns {
            let first = lines.first().map_or(0, |line| line.span().start);
            let group = group_of(name)
                .ok_or_else(|| fault(first, format!("no kind of expression is called `{name}`")))?;
            for line in lines {
                let rank = self.ranks.entry(group).or_default();
                *rank += 1;
                let rank = *rank;
                self.pattern(group, rank, line)?;
            }
        }
        Ok(())
    }
}

fn boxed(words: &[String]) -> Vec<Box<str>> {
    words
        .iter()
        .map(|word| word.to_lowercase().into_boxed_str())
        .collect()
}

/// First and last day of `YYYY-MM-DD` or `YYYY-MM-DD/YYYY-MM-DD`.
fn kept(written: &str) -> Option<Kept> {
    let (first, last) = written.split_once('/').unwrap_or((written, written));
    let kept = (day_of(first)?, day_of(last)?);
    (kept.0 <= kept.1).then_some(kept)
}

/// Year, month and day of `YYYY-MM-DD`.
fn day_of(written: &str) -> Option<Day> {
    let mut parts = written.split('-');
    let day = (
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    let real = (1..=12).contains(&day.1) && (1..=31).contains(&day.2);
    (real && parts.next().is_none()).then_some(day)
}

fn phrases(phrases: &[String]) -> Vec<Vec<Box<str>>> {
    phrases.iter().map(|phrase| cut(phrase)).collect()
}

fn cut(phrase: &str) -> Vec<Box<str>> {
    let lower = phrase.to_lowercase();
    atoms(&lower)
        .filter_map(|(range, _)| lower.get(range).map(Box::from))
        .collect()
}

impl Compiler {
    fn words(&mut self, file: &CalendarFile) -> Result<(), Fault> {
        for (names, number) in file.months.iter().zip(1..) {
            for (nth, name) in names.iter().enumerate() {
                self.word(name, Class::Month, Meaning::Month(number))?;
                if nth == 0 && !starts_large(name.get_ref()) {
                    self.word(name, Class::MonthName, Meaning::Month(number))?;
                }
            }
        }
        for (names, number) in file.weekdays.iter().zip(1..) {
            for (nth, name) in names.iter().enumerate() {
                self.word(name, Class::Weekday, Meaning::Weekday(number))?;
                if nth == 0 {
                    self.word(name, Class::WeekdayName, Meaning::Weekday(number))?;
                }
            }
        }
        for word in &file.vague {
            self.word(word, Class::Vague, Meaning::Vague)?;
        }
        for word in &file.present {
            self.word(word, Class::Present, Meaning::Present)?;
        }
        let tables: [(_, &str, Reader); 26] = [
            (
                &file.units,
                "a unit: second, minute, hour, day, weekend, week, fortnight, month, quarter, half-year, year, decade, century",
                |key| Some((Class::Unit, Meaning::Unit(unit_of(key)?))),
            ),
            (&file.plural_units, "a unit", |key| {
                Some((Class::Unit, Meaning::Units(unit_of(key)?)))
            }),
            (&file.single_units, "a unit", |key| {
                Some((Class::Single, Meaning::Single(unit_of(key)?)))
            }),
            (&file.alternates, "a number", |key| {
                Some((Class::Alternate, Meaning::Ordinal(number_of(key)?)))
            }),
            (&file.daily_units, "a unit", |key| {
                Some((Class::Daily, Meaning::Single(unit_of(key)?)))
            }),
            (&file.more_weekdays, "a weekday, 1 to 7", |key| {
                Some((Class::WeekdayName, Meaning::Weekday(weekday_of(key)?)))
            }),
            (&file.weekdays_again, "a weekday, 1 to 7", |key| {
                Some((Class::Weekdays, Meaning::Weekday(weekday_of(key)?)))
            }),
            (&file.day_parts, DAY_PARTS, |key| {
                Some((Class::DayPart, Meaning::DayPart(day_part_of(key)?)))
            }),
            (&file.day_parts_again, DAY_PARTS, |key| {
                Some((Class::DayParts, Meaning::DayPart(day_part_of(key)?)))
            }),
            (&file.decades, "the first year of a decade", |key| {
                let year: i16 = key.parse().ok()?;
                let decade = (1000..3000).contains(&year) && year % 10 == 0;
                decade.then_some((Class::DecadeName, Meaning::Decade(year / 10)))
            }),
            (&file.eras, "`before` or `after`", |key| {
                let after = match key {
                    "before" => false,
                    "after" => true,
                    _ => return None,
                };
                Some((Class::Era, Meaning::Era(after)))
            }),
            (&file.numbers, "a number", |key| {
                Some((Class::Amount, Meaning::Number(number_of(key)?)))
            }),
            (&file.multipliers, "a number", |key| {
                Some((Class::Amount, Meaning::Multiplier(number_of(key)?)))
            }),
            (&file.teens, "a number", |key| {
                Some((Class::Amount, Meaning::Teen(number_of(key)?)))
            }),
            (&file.fractions, "a number of thousandths", |key| {
                Some((Class::Amount, Meaning::Fraction(number_of(key)?)))
            }),
            (&file.ordinals, "a number", |key| {
                Some((Class::Ordinal, Meaning::Ordinal(number_of(key)?)))
            }),
            (&file.which, WHICH, |key| {
                Some((Class::Which, which_of(key)?))
            }),
            (&file.which_near, WHICH, |key| {
                Some((Class::Near, which_of(key)?))
            }),
            (&file.which_reach, WHICH, |key| {
                Some((Class::Reach, which_of(key)?))
            }),
            (&file.shifts, "a number of days", |key| {
                let days = key.parse().ok()?;
                Some((
                    Class::Shift,
                    Meaning::Shift {
                        days,
                        part_of_day: false,
                    },
                ))
            }),
            (&file.shifts_of_day, "a number of days", |key| {
                let days = key.parse().ok()?;
                Some((
                    Class::Shift,
                    Meaning::Shift {
                        days,
                        part_of_day: true,
                    },
                ))
            }),
            (
                &file.seasons,
                "`spring`, `summer`, `autumn` or `winter`",
                |key| Some((Class::Season, season_of(key)?)),
            ),
            (&file.parts, "`early`, `middle` or `late`", |key| {
                let part = match key {
                    "early" => Part::Early,
                    "middle" => Part::Middle,
                    "late" => Part::Late,
                    _ => return None,
                };
                Some((Class::Part, Meaning::Part(part)))
            }),
            (&file.feasts, "a day `MM-DD`", |key| {
                let (month, day) = key.split_once('-')?;
                let (month, day) = (month.parse().ok()?, day.parse().ok()?);
                let real = (1..=12).contains(&month) && (1..=31).contains(&day);
                real.then_some((Class::Feast, Meaning::Holiday { month, day }))
            }),
            (&file.zones, "an offset `+HH:MM`", |key| {
                let (hours, minutes) = key.split_once(':')?;
                let sign = if hours.starts_with('-') { -1 } else { 1 };
                let hours: i16 = hours.parse().ok()?;
                let minutes: i16 = minutes.parse().ok()?;
                let real = (-14..=14).contains(&hours) && (0..60).contains(&minutes);
                real.then_some((Class::Zone, Meaning::Zone(hours * 60 + sign * minutes)))
            }),
            (&file.meridiem, "`am` or `pm`", |key| {
                let second = match key {
                    "am" => false,
                    "pm" => true,
                    _ => return None,
                };
                Some((Class::Meridiem, Meaning::Meridiem(second)))
            }),
        ];
        for (table, wanted, read) in tables {
            for (key, words) in table {
                let first = words.first().map_or(0, |word| word.span().start);
                let (class, meaning) =
                    read(key).ok_or_else(|| fault(first, format!("`{key}` is not {wanted}")))?;
                for word in words {
                    self.word(word, class, meaning)?;
                }
            }
        }
        for feast in &file.movable {
            let mut days = Vec::with_capacity(feast.days.len());
            for day in &feast.days {
                let read = kept(day.get_ref()).filter(|day| days.last() < Some(day));
                days.push(read.ok_or_else(|| {
                    let message = format!(
                        "`{}` is no day `YYYY-MM-DD` after the one before it",
                        day.get_ref()
                    );
                    fault(day.span().start, message)
                })?);
            }
            let meaning = Meaning::Movable(self.calendar.movable.len() as u32);
            self.calendar.movable.push(days);
            for name in &feast.names {
                self.word(name, Class::MovableFeast, meaning)?;
            }
        }
        for (key, words) in &file.plural_units {
            for word in words {
                if let Some(unit) = unit_of(key) {
                    self.word(word, Class::Units, Meaning::Units(unit))?;
                }
            }
        }
        for word in &file.clear_seasons {
            let season = file
                .seasons
                .iter()
                .find(|(_, words)| words.iter().any(|other| other.get_ref() == word.get_ref()))
                .and_then(|(key, _)| season_of(key))
                .ok_or_else(|| {
                    fault(
                        word.span().start,
                        format!("`{}` is not among `seasons`", word.get_ref()),
                    )
                })?;
            self.word(word, Class::ClearSeason, season)?;
        }
        Ok(())
    }

    fn word(
        &mut self,
        word: &Spanned<String>,
        class: Class,
        meaning: Meaning,
    ) -> Result<(), Fault> {
        let capital = starts_large(word.get_ref());
        let mut parts = cut(word.get_ref());
        if parts.is_empty() {
            return Err(fault(
                word.span().start,
                "a word without letters: delete it",
            ));
        }
        let first = parts.remove(0);
        self.calendar.words.entry(first).or_default().push(Entry {
            rest: parts,
            class,
            meaning,
            capital,
        });
        Ok(())
    }

    fn pattern(&mut self, group: Group, rank: u32, line: &Spanned<String>) -> Result<(), Fault> {
        let offset = line.span().start;
        let written = line.get_ref();
        let in_line =
            |message: String| fault(offset, format!("in the pattern `{written}`: {message}"));
        for reading in readings(written).map_err(in_line)? {
            let mut elements = Vec::with_capacity(reading.places.len());
            for (place, glued) in reading.places {
                let class = match place
                    .strip_prefix('{')
                    .and_then(|place| place.strip_suffix('}'))
                {
                    Some(name) => self.class_of(name, group).ok_or_else(|| {
                        in_line(format!(
                            "`{{{name}}}` is neither a class nor a list of `words` here"
                        ))
                    })?,
                    None => self.literal(&place),
                };
                elements.push(Element { class, glued });
            }
            let first = elements[0].class;
            let patterns = self.calendar.patterns.entry((group, first)).or_default();
            let pattern = Pattern {
                elements,
                context: reading.context,
                rank,
            };
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        Ok(())
    }

    fn literal(&mut self, word: &str) -> Class {
        let next = self.literals.len() as u32;
        let id = *self.literals.entry(word.to_owned()).or_insert(next);
        let class = Class::Literal(id);
        if id == next {
            self.calendar
                .words
                .entry(Box::from(word))
                .or_default()
                .push(Entry {
                    rest: Vec::new(),
                    class,
                    meaning: Meaning::Word,
                    capital: false,
                });
        }
        class
    }

    fn class_of(&self, name: &str, group: Group) -> Option<Class> {
        let class = match name {
            "month" => Class::Month,
            "month-name" => Class::MonthName,
            "weekday" => Class::Weekday,
            "weekday-name" => Class::WeekdayName,
            "unit" => Class::Unit,
            "units" => Class::Units,
            "nth-day" => Class::NthDay,
            "single" => Class::Single,
            "amount" => Class::Amount,
            "daily" => Class::Daily,
            "weekdays" => Class::Weekdays,
            "fraction" => Class::Fraction,
            "alternate" => Class::Alternate,
            "vague" => Class::Vague,
            "ordinal" => Class::Ordinal,
            "roman" => Class::Roman,
            "which" => Class::Which,
            "near" => Class::Near,
            "reach" => Class::Reach,
            "clear-season" => Class::ClearSeason,
            "recent-year" => Class::RecentYear,
            "shift" => Class::Shift,
            "day-part" => Class::DayPart,
            "day-parts" => Class::DayParts,
            "present" => Class::Present,
            "decade-name" => Class::DecadeName,
            "era" => Class::Era,
            "season-name" => Class::Season,
            "early" => Class::Part,
            "feast" => Class::Feast,
            "movable-feast" => Class::MovableFeast,
            "zone" => Class::Zone,
            "meridiem" => Class::Meridiem,
            "day" => Class::Day,
            "month-number" => Class::MonthNumber,
            "year" => Class::Year,
            "free-year" => Class::FreeYear,
            "short-year" => Class::ShortYear,
            "digits" => Class::Digits,
            "hour" => Class::Hour,
            "minutes" => Class::Minute,
            "hour-minute" => Class::HourMinute,
            "point" => Class::Point,
            _ => {
                if let Some(&list) = self.lists.get(name) {
                    return Some(Class::List(list));
                }
                Class::Group(group_of(name)?)
            }
        };
        // An expression is built from those of lower layers only: no pattern may hold itself.
        match class {
            Class::Point if group.layer() < 2 => None,
            Class::Group(inner) if inner.layer() >= group.layer() => None,
            class => Some(class),
        }
    }
}

fn starts_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn number_of(key: &str) -> Option<i64> {
    key.parse()
        .ok()
        .filter(|number| (0..=1_000_000_000).contains(number))
}

fn season_of(key: &str) -> Option<Meaning> {
    let code = ["spring", "summer", "autumn", "winter"]
        .iter()
        .position(|name| *name == key)?;
    Some(Meaning::Season(21 + code as u8))
}

fn which_of(key: &str) -> Option<Meaning> {
    Some(Meaning::Which(match key {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        "coming" => 2,
        "after-next" => 3,
        "before-last" => -3,
        _ => return None,
    }))
}

fn weekday_of(key: &str) -> Option<i8> {
    key.parse().ok().filter(|day| (1..=7).contains(day))
}

fn day_part_of(key: &str) -> Option<DayPart> {
    Some(match key {
        "morning" => DayPart::Morning,
        "midday" => DayPart::Midday,
        "afternoon" => DayPart::Afternoon,
        "evening" => DayPart::Evening,
        "night" => DayPart::Night,
        "other" => DayPart::Other,
        _ => return None,
    })
}

fn unit_of(key: &str) -> Option<Unit> {
    Some(match key {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "half-year" => Unit::HalfYear,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

fn group_of(name: &str) -> Option<Group> {
    Some(match name {
        "never" => Group::Never,
        "length" => Group::Length,
        "clock" => Group::Clock,
        "date" => Group::Date,
        "deixis" => Group::Deixis,
        "period" => Group::Period,
        "stretch" => Group::Stretch,
        "ago" => Group::Ago,
        "hence" => Group::Hence,
        "earlier" => Group::Earlier,
        "later" => Group::Later,
        "same" => Group::Same,
        "previous" => Group::Previous,
        "following" => Group::Following,
        "quarter" => Group::Quarter,
        "half-year" => Group::HalfYear,
        "decade" => Group::Decade,
        "century" => Group::Century,
        "season" => Group::Season,
        "holiday" => Group::Holiday,
        "part" => Group::Part,
        "nth" => Group::Nth,
        "so-far" => Group::SoFar,
        "remaining" => Group::Remaining,
        "within" => Group::Within,
        "before" => Group::Before,
        "after" => Group::After,
        "week-of" => Group::WeekOf,
        "lasting" => Group::Lasting,
        "ending" => Group::Ending,
        "moment" => Group::Moment,
        "range" => Group::Range,
        "duration" => Group::Duration,
        "set" => Group::Set,
        "undated" => Group::Undated,
        _ => return None,
    })
}
