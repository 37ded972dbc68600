//! What the words of a time expression say, before any date is worked out.

use saksi_lexicon::calendar::{DayPart, Group, Meaning, Part, Unit};

/// A length of time: amounts of units, in thousandths; `None` where the number is not told ("several days").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Length(pub(super) Vec<(Option<i64>, Unit)>);

impl Length {
    /// Whether all of its units are parts of a day.
    pub(super) fn is_within_a_day(&self) -> bool {
        let part = |unit: &Unit| matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        self.0.iter().all(|(_, unit)| part(unit))
    }
}

/// A calendar date as far as its words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Partial {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
}

/// How a repeated time comes round: "every two weeks", "each Monday at 4 p.m.".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Recurrence {
    /// Its period, where it is a plain one.
    pub(super) period: Option<Length>,
    pub(super) season: Option<u8>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
    pub(super) part: Option<DayPart>,
    pub(super) clock: Option<Clock>,
}

/// What comes round again and again: a unit, a weekday, a month, a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cycle {
    Unit(Unit),
    Weekday(i8),
    Month(i8),
    Season(u8),
}

/// What a length is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Anchor {
    Publication,
    Narrative,
    Point(Box<Expression>),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Hour, 0 to 24.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
    /// Time zone, minutes east of Greenwich.
    pub zone: Option<i16>,
}

/// A time expression, as its words say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Partial(Partial),
    /// Days from publication; whether only a part of the day is meant.
    Shift(i64, bool),
    /// The last (-1), present (0), next (1), nearest coming (2), next but one (3) or last but one (-3) of a cycle, seen from publication.
    Period(Cycle, i8),
    /// The unit that is spoken of: the narrative's where that is long past, else that of publication ("the end of the year").
    Current(Unit),
    /// The last or coming such unit, as the tense has it ("over the weekend").
    Nearest(Unit),
    /// The same for the date that the narrative set.
    Narrative(Cycle, i8),
    /// A length before (-1) or after (1) publication.
    Stretch(Length, i8),
    /// A point at a length before (-1) or after (1) the anchor.
    Offset(Length, i8, Anchor),
    Quarter(i8, Option<i16>),
    HalfYear(i8, Option<i16>),
    Decade(i16),
    /// A decade by its third digit alone: "the 60s".
    ShortDecade(i16),
    Century(i16),
    Season(u8, Option<i16>),
    /// A feast whose day moves, by its number in the calendar.
    Movable(u32, Option<i16>),
    /// The last (-1), present (0) or next (1, 2) of these.
    MovableBy(u32, i8),
    /// The weekend that a feast lies at ("Labor Day weekend").
    Weekend(Box<Expression>),
    /// The week that a day is in.
    WeekOf(Box<Expression>),
    /// A length that begins (1) or ends (-1) on a date.
    Spell(Length, i8, Box<Expression>),
    Part(Part, Box<Expression>),
    SoFar(Box<Expression>),
    Remaining(Box<Expression>),
    Within(Box<Expression>, Box<Expression>),
    /// The first, second ... or last (-1) unit of a longer stretch.
    Nth(i8, Unit, Box<Expression>),
    /// The same of a weekday ("the first Monday of July").
    NthWeekday(i8, i8, Box<Expression>),
    Moment(Option<Box<Expression>>, Option<Clock>),
    Range(Box<Expression>, Box<Expression>),
    Duration(Length),
    /// A repeated time.
    Set(Recurrence),
    /// A time that no day can be told of.
    Undated,
    Never,
}

/// What a place of a pattern took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    Meaning(Meaning),
    /// A cardinal number in thousandths.
    Amount(i64),
    Day(i8),
    MonthNumber(i8),
    Year(i16),
    ShortYear(i16),
    Hour(i8),
    Minute(i8),
    /// A part of one, in thousandths.
    Fraction(i64),
    Length(Length),
    Clock(Clock),
    Expression(Expression),
}

/// What the places of a pattern took, by kind.
#[derive(Default)]
struct Slots {
    amounts: Vec<i64>,
    days: Vec<i8>,
    months: Vec<i8>,
    years: Vec<i16>,
    weekdays: Vec<i8>,
    ordinals: Vec<i64>,
    units: Vec<Unit>,
    hours: Vec<i8>,
    minutes: Vec<i8>,
    lengths: Vec<Length>,
    points: Vec<Expression>,
    clock: Option<Clock>,
    which: Option<i8>,
    shift: Option<(i64, bool)>,
    season: Option<u8>,
    part: Option<Part>,
    feast: Option<(i8, i8)>,
    movable: Option<u32>,
    zone: Option<i16>,
    second_half: Option<bool>,
    vague: bool,
    plural: bool,
    short_year: Option<i16>,
    single: Option<Unit>,
    fraction: Option<i64>,
    day_part: Option<DayPart>,
    decade: Option<i16>,
    before_christ: bool,
}

impl Slots {
    fn new(taken: Vec<Taken>) -> Self {
        let mut slots = Self::default();
        for taken in taken {
            match taken {
                Taken::Amount(amount) => slots.amounts.push(amount),
                Taken::Day(day) => slots.days.push(day),
                Taken::MonthNumber(month) => slots.months.push(month),
                Taken::Year(year) => slots.years.push(year),
                Taken::ShortYear(year) => slots.short_year = Some(year),
                Taken::Hour(hour) => slots.hours.push(hour),
                Taken::Minute(minute) => slots.minutes.push(minute),
                Taken::Fraction(part) => slots.fraction = Some(part),
                Taken::Length(length) => slots.lengths.push(length),
                Taken::Clock(clock) => slots.clock = Some(clock),
                Taken::Expression(expression) => slots.points.push(expression),
                Taken::Meaning(meaning) => match meaning {
                    Meaning::Month(month) => slots.months.push(month),
                    Meaning::Weekday(weekday) => slots.weekdays.push(weekday),
                    Meaning::Unit(unit) => slots.units.push(unit),
                    Meaning::Units(unit) => {
                        slots.units.push(unit);
                        slots.plural = true;
                    }
                    Meaning::Single(unit) => slots.single = Some(unit),
                    Meaning::Vague => slots.vague = true,
                    Meaning::Ordinal(number) => slots.ordinals.push(number),
                    Meaning::Which(which) => slots.which = Some(which),
                    Meaning::Shift { days, part_of_day } => {
                        slots.shift = Some((i64::from(days), part_of_day));
                    }
                    Meaning::Season(code) => slots.season = Some(code),
                    Meaning::Part(part) => slots.part = Some(part),
                    Meaning::Movable(feast) => slots.movable = Some(feast),
                    Meaning::Holiday { month, day } => slots.feast = Some((month, day)),
                    Meaning::Zone(minutes) => slots.zone = Some(minutes),
                    Meaning::Meridiem(second) => slots.second_half = Some(second),
                    Meaning::DayPart(part) => slots.day_part = Some(part),
                    Meaning::Present => slots.points.push(Expression::Shift(0, false)),
                    Meaning::Decade(decade) => slots.decade = Some(decade),
                    Meaning::Era(after) => slots.before_christ = !after,
                    Meaning::Number(_)
                    | Meaning::Multiplier(_)
                    | Meaning::Teen(_)
                    | Meaning::Fraction(_)
                    | Meaning::Word => {}
                },
            }
        }
        slots
    }

    fn year(&self) -> Option<i16> {
        let short = self
            .short_year
            .map(|year| if year < 40 { 2000 + year } else { 1900 + year });
        self.years.last().copied().or(short)
    }

    /// The number of a quarter, half or century: an ordinal, a Roman numeral, or digits.
    fn rank(&self) -> Option<i64> {
        let amount = self
            .amounts
            .first()
            .filter(|amount| **amount % 1000 == 0)
            .map(|amount| amount / 1000);
        self.ordinals.first().copied().or(amount)
    }

    fn length(&mut self) -> Option<Length> {
        if !self.lengths.is_empty() {
            let parts = self.lengths.drain(..).flat_map(|length| length.0).collect();
            return Some(Length(parts));
        }
        // "setahun", "setahun setengah"
        if let Some(unit) = self.single {
            let amount = 1000 + self.fraction.unwrap_or(0);
            return Some(Length(vec![(Some(amount), unit)]));
        }
        if self.vague {
            return Some(Length(vec![(None, *self.units.first()?)]));
        }
        if self.plural && self.amounts.len() < self.units.len() {
            return None;
        }
        // "3 x 24 jam"
        if let ([first, second], [unit]) = (&self.amounts[..], &self.units[..]) {
            let product = first.checked_mul(*second)? / 1000;
            return Some(Length(vec![(Some(product), *unit)]));
        }
        // "a year", "a year and two months": what has no number is one.
        let ones = self.units.len().saturating_sub(self.amounts.len());
        let amounts = std::iter::repeat_n(1000, ones).chain(self.amounts.iter().copied());
        let mut parts: Vec<_> = amounts.map(Some).zip(self.units.iter().copied()).collect();
        // "an hour and a half"
        if let (Some(fraction), Some((Some(amount), _))) = (self.fraction, parts.last_mut()) {
            *amount = amount.checked_add(fraction)?;
        }
        (!parts.is_empty()).then_some(Length(parts))
    }

    fn cycle(&self) -> Option<Cycle> {
        if let Some(&weekday) = self.weekdays.first() {
            Some(Cycle::Weekday(weekday))
        } else if let Some(&month) = self.months.first() {
            Some(Cycle::Month(month))
        } else if let Some(code) = self.season {
            Some(Cycle::Season(code))
        } else {
            let unit = self.single.or(self.units.first().copied())?;
            (unit >= Unit::Day).then_some(Cycle::Unit(unit))
        }
    }

    /// The expression that a part of is meant, or the year.
    fn point_or_year(&mut self) -> Option<Box<Expression>> {
        let year = self.year();
        let year = || {
            let date = Partial {
                year: Some(year?),
                ..Partial::default()
            };
            Some(Box::new(Expression::Partial(date)))
        };
        self.boxed_point().or_else(year)
    }

    /// A feast, of a fixed day or not.
    fn holiday(&self) -> Option<Expression> {
        if let Some(feast) = self.movable {
            return Some(match self.which {
                Some(which) => Expression::MovableBy(feast, which),
                None => Expression::Movable(feast, self.year()),
            });
        }
        let (month, day) = self.feast?;
        Some(match self.which {
            Some(_) => return None,
            None => Expression::Partial(Partial {
                year: self.year(),
                month: Some(month),
                day: Some(day),
                weekday: None,
            }),
        })
    }

    /// The stretch that a part of is meant: the one named, or the unit that is spoken of ("the rest of the year").
    fn whole(&mut self) -> Option<Box<Expression>> {
        let unit = (self.units.first().copied()).filter(|unit| *unit >= Unit::Day && !self.plural);
        (self.boxed_point()).or_else(|| Some(Box::new(Expression::Current(unit?))))
    }

    /// A repeated time. Of two weekdays ("setiap Senin dan Kamis") no single value tells.
    fn recurrence(&mut self) -> Option<Recurrence> {
        let several = self.weekdays.len() > 1;
        let dated = !self.weekdays.is_empty() || !self.months.is_empty() || !self.days.is_empty();
        // "every other day", "every third week"
        if let ([number], [unit]) = (&self.ordinals[..], &self.units[..]) {
            self.lengths
                .push(Length(vec![(Some(number.checked_mul(1000)?), *unit)]));
        }
        let period = match self.length() {
            _ if dated => None,
            Some(length) => Some(length),
            None => (self.units.first()).map(|unit| Length(vec![(Some(1000), *unit)])),
        };
        let recurrence = Recurrence {
            period,
            season: self.season,
            month: self.months.first().copied(),
            day: self.days.first().copied(),
            weekday: self.weekdays.first().copied(),
            part: self.day_part,
            clock: self.clock,
        };
        Some(if several {
            Recurrence::default()
        } else {
            recurrence
        })
    }

    fn partial(&self) -> Option<Partial> {
        let ordinal = self
            .ordinals
            .first()
            .and_then(|number| i8::try_from(*number).ok());
        let partial = Partial {
            year: self.year(),
            month: self.months.first().copied(),
            day: self.days.first().copied().or(ordinal),
            weekday: self.weekdays.first().copied(),
        };
        partial.is_possible().then_some(partial)
    }

    fn boxed_point(&mut self) -> Option<Box<Expression>> {
        (!self.points.is_empty()).then(|| Box::new(self.points.remove(0)))
    }

    fn clock(&self) -> Option<Clock> {
        if let Some(clock) = self.clock {
            return Some(Clock {
                zone: self.zone.or(clock.zone),
                ..clock
            });
        }
        // "two o'clock"
        let in_words = || {
            let whole = self.amounts.first().filter(|amount| *amount % 1000 == 0)?;
            i8::try_from(whole / 1000)
                .ok()
                .filter(|hour| (1..=12).contains(hour))
        };
        let hour = self.hours.first().copied().or_else(in_words)?;
        let hour = match self.second_half {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            Some(_) if hour > 12 => return None,
            _ => hour,
        };
        Some(Clock {
            hour,
            minute: self.minutes.first().copied().unwrap_or(0),
            zone: self.zone,
        })
    }

    /// The two ends of a range: two whole expressions, or dates that share what only one of them tells
    /// ("11-12 Agustus 2023", "Januari-Maret 2020").
    fn range(&mut self) -> Option<Expression> {
        // "pukul 07.00 hingga 13.00": of one day, which the first time tells.
        if let Some(clock) = self.clock
            && self.points.len() < 2
            && !self.hours.is_empty()
        {
            return Some(Expression::Moment(self.boxed_point(), Some(clock)));
        }
        let (first, last) = if self.points.len() == 2 {
            let last = self.points.pop()?;
            let first = self.points.pop()?;
            if mismatched(&first, &last) {
                return None;
            }
            (first, last)
        } else {
            let end = |pick: fn(&[i64]) -> Option<&i64>| {
                let day = |days: &[i8]| {
                    pick(&days.iter().map(|day| i64::from(*day)).collect::<Vec<_>>()).copied()
                };
                let day = day(&self.days).or_else(|| pick(&self.ordinals).copied());
                let month = pick(
                    &self
                        .months
                        .iter()
                        .map(|month| i64::from(*month))
                        .collect::<Vec<_>>(),
                )
                .copied();
                let year = pick(
                    &self
                        .years
                        .iter()
                        .map(|year| i64::from(*year))
                        .collect::<Vec<_>>(),
                )
                .copied();
                let partial = Partial {
                    year: year.and_then(|year| i16::try_from(year).ok()),
                    month: month.and_then(|month| i8::try_from(month).ok()),
                    day: day.and_then(|day| i8::try_from(day).ok()),
                    weekday: None,
                };
                partial.is_possible().then_some(partial)
            };
            let (mut first, mut last) = (end(<[i64]>::first)?, end(<[i64]>::last)?);
            if self.months.len() == 2 && self.days.len() + self.ordinals.len() == 1 {
                // "November to February 5"
                first.day = None;
            }
            if self.years.len() == 1 && first.month.is_some() && first.month > last.month {
                // "November-Februari 2017" begins in the year before.
                first.year = first.year.map(|year| year - 1);
            }
            if let (Some(short), Some(year)) = (self.short_year, first.year) {
                // "2014-18", but not "2014-05"
                last.year = Some(year - year.rem_euclid(100) + short).filter(|last| *last > year);
                last.year?;
            }
            (Expression::Partial(first), Expression::Partial(last))
        };
        if first == last {
            return None;
        }
        let range = Expression::Range(Box::new(first), Box::new(last));
        // "8-10 Januari tahun depan"
        Some(match self.boxed_point() {
            Some(outer) => Expression::Within(Box::new(range), outer),
            None => range,
        })
    }
}

/// Whether two expressions can't be the ends of one stretch: a time of day and a day ("3 p.m. - this week"), a day and the year that
/// it is in ("February 6 - this year").
fn mismatched(first: &Expression, last: &Expression) -> bool {
    let clock = |end: &Expression| matches!(end, Expression::Moment(None, _));
    let dayless = |end: &Expression| {
        matches!(
            end,
            Expression::Period(Cycle::Unit(_), _) | Expression::Narrative(Cycle::Unit(_), _)
        )
    };
    let day = |end: &Expression| matches!(end, Expression::Partial(date) if date.day.is_some());
    let moment = |end: &Expression| matches!(end, Expression::Moment(..));
    clock(first) && !moment(last) || day(first) && dayless(last)
}

impl Partial {
    /// Whether some day fits.
    fn is_possible(&self) -> bool {
        let month = self.month.is_none_or(|month| (1..=12).contains(&month));
        let longest = match (self.month, self.year) {
            (Some(2), Some(year)) => {
                jiff::civil::Date::new(year, 2, 1).map_or(28, jiff::civil::Date::days_in_month)
            }
            (Some(2), None) => 29,
            (Some(4 | 6 | 9 | 11), _) => 30,
            _ => 31,
        };
        month && self.day.is_none_or(|day| (1..=longest).contains(&day))
    }
}

/// What a match of a pattern of `group` says; `None` where it can't be what the group is of ("the 45th of May").
pub(super) fn build(group: Group, taken: Vec<Taken>) -> Option<Taken> {
    let mut slots = Slots::new(taken);
    let rank = |slots: &Slots, most: i64| slots.rank().filter(|rank| (1..=most).contains(rank));
    Some(Taken::Expression(match group {
        Group::Never => Expression::Never,
        Group::Length => return Some(Taken::Length(slots.length()?)),
        Group::Clock => return Some(Taken::Clock(slots.clock()?)),
        // "508 BC": the year before the first is 0.
        Group::Date if slots.before_christ => {
            let year = i16::try_from(slots.rank()?).ok().filter(|year| *year > 0)?;
            Expression::Partial(Partial {
                year: Some(1 - year),
                ..Partial::default()
            })
        }
        // "twenty-five January 1986"
        Group::Date if !slots.amounts.is_empty() && !slots.months.is_empty() => {
            slots.days.push(i8::try_from(rank(&slots, 31)?).ok()?);
            Expression::Partial(slots.partial()?)
        }
        // "394 AD"
        Group::Date if !slots.amounts.is_empty() => {
            let year = i16::try_from(slots.rank()?)
                .ok()
                .filter(|year| (1..3000).contains(year))?;
            Expression::Partial(Partial {
                year: Some(year),
                ..Partial::default()
            })
        }
        Group::Date => Expression::Partial(slots.partial()?),
        Group::Deixis => {
            let (days, part_of_day) = slots.shift?;
            Expression::Shift(days, part_of_day)
        }
        // "over the weekend"
        Group::Period if slots.which.is_none() => {
            let unit = (slots.units.first().copied()).filter(|unit| *unit == Unit::Weekend)?;
            Expression::Nearest(unit)
        }
        Group::Period => match slots.cycle()? {
            // "Hari ini" is deixis, and "the last day" is the last of something.
            Cycle::Unit(Unit::Day) if !slots.plural => return None,
            // "in the coming weeks": how many is not told.
            Cycle::Unit(unit) if slots.plural => {
                Expression::Stretch(Length(vec![(None, unit)]), slots.which?.signum())
            }
            cycle => Expression::Period(cycle, slots.which?),
        },
        Group::Stretch => {
            let which = slots.which.filter(|which| *which != 0)?;
            Expression::Stretch(slots.length()?, which.signum())
        }
        Group::Ago => Expression::Offset(slots.length()?, -1, Anchor::Publication),
        Group::Hence => {
            // "two months from now"
            let anchor = slots
                .boxed_point()
                .map_or(Anchor::Publication, Anchor::Point);
            Expression::Offset(slots.length()?, 1, anchor)
        }
        Group::Earlier => Expression::Offset(slots.length()?, -1, Anchor::Narrative),
        Group::Later => Expression::Offset(slots.length()?, 1, Anchor::Narrative),
        Group::Same | Group::Previous if slots.plural => return None,
        Group::Same => Expression::Narrative(slots.cycle()?, 0),
        Group::Previous => Expression::Narrative(slots.cycle()?, -1),
        Group::Following => {
            Expression::Narrative(slots.cycle().unwrap_or(Cycle::Unit(Unit::Day)), 1)
        }
        Group::Quarter => Expression::Quarter(rank(&slots, 4)? as i8, slots.year()),
        Group::HalfYear => Expression::HalfYear(rank(&slots, 2)? as i8, slots.year()),
        Group::Decade => {
            if let Some(decade) = slots.decade {
                return Some(Taken::Expression(Expression::Decade(decade)));
            }
            let year = slots.short_year.or(slots.years.first().copied())?;
            match slots.short_year {
                _ if year % 10 != 0 => return None,
                Some(year) => Expression::ShortDecade(year / 10),
                None => Expression::Decade(year / 10),
            }
        }
        Group::Century => Expression::Century(rank(&slots, 30)? as i16 - 1),
        Group::Season => Expression::Season(slots.season?, slots.year()),
        Group::Holiday => {
            let feast = slots.holiday()?;
            match slots.units.first() {
                Some(Unit::Weekend) => Expression::Weekend(Box::new(feast)),
                Some(_) => return None,
                None => feast,
            }
        }
        // "akhir tahun": of this one.
        Group::Part if slots.points.is_empty() && slots.years.is_empty() => {
            let unit = (slots.units.first().copied())
                .filter(|unit| matches!(unit, Unit::Month | Unit::Year) && !slots.plural)?;
            Expression::Part(slots.part?, Box::new(Expression::Current(unit)))
        }
        Group::Part => Expression::Part(slots.part?, slots.point_or_year()?),
        // "dua bulan pertama tahun ini"
        Group::Nth
            if !slots.amounts.is_empty()
                && (slots.which.is_some() || !slots.ordinals.is_empty()) =>
        {
            let number: i8 = (slots.amounts[0] / 1000).try_into().ok()?;
            let unit = *slots.units.first()?;
            let whole = slots.point_or_year()?;
            if number < 2 {
                return None;
            }
            let nth = |number| Box::new(Expression::Nth(number, unit, whole.clone()));
            match (slots.which, &slots.ordinals[..]) {
                (Some(-1), []) => Expression::Range(nth(-number), nth(-1)),
                (None, [1]) => Expression::Range(nth(1), nth(number)),
                _ => return None,
            }
        }
        Group::Nth => {
            let number = match slots.which {
                Some(-1) => -1,
                Some(_) => return None,
                None => rank(&slots, 53)? as i8,
            };
            // "the last day of the month", "the first half of the year", "the first Monday of July"
            let (unit, outer) = match slots.units[..] {
                [] => (Unit::HalfYear, None),
                [unit] if slots.points.is_empty() && slots.years.is_empty() => {
                    (Unit::HalfYear, Some(unit))
                }
                [unit] => (unit, None),
                [unit, outer] => (unit, Some(outer)),
                _ => return None,
            };
            let whole = match outer {
                Some(outer) => Box::new(Expression::Current(outer)),
                None => slots.point_or_year()?,
            };
            match slots.weekdays.first() {
                Some(&weekday) => Expression::NthWeekday(number, weekday, whole),
                None => Expression::Nth(number, unit, whole),
            }
        }
        Group::SoFar => Expression::SoFar(slots.whole()?),
        Group::Remaining => Expression::Remaining(slots.whole()?),
        // "the 3rd of next month"
        Group::Within if slots.points.len() == 1 => {
            let day = Expression::Partial(slots.partial().filter(|date| date.day.is_some())?);
            Expression::Within(Box::new(day), slots.boxed_point()?)
        }
        Group::Within => {
            let (inner, outer) = (slots.boxed_point()?, slots.boxed_point()?);
            // "next week Monday" has the week first.
            match *inner {
                Expression::Period(Cycle::Unit(_), _) => Expression::Within(outer, inner),
                _ => Expression::Within(inner, outer),
            }
        }
        Group::Before | Group::After => {
            let sign = if group == Group::Before { -1 } else { 1 };
            let mut point = slots.boxed_point()?;
            // "H-2 Idul Adha tahun ini"
            if let Some(outer) = slots.boxed_point() {
                point = Box::new(Expression::Within(point, outer));
            }
            // "H-7 Lebaran": days.
            let length = match slots.amounts[..] {
                [amount] if slots.units.is_empty() => Length(vec![(Some(amount), Unit::Day)]),
                _ => slots.length()?,
            };
            Expression::Offset(length, sign, Anchor::Point(point))
        }
        Group::WeekOf => Expression::WeekOf(slots.boxed_point()?),
        Group::Lasting => Expression::Spell(slots.length()?, 1, slots.boxed_point()?),
        Group::Ending => Expression::Spell(slots.length()?, -1, slots.boxed_point()?),
        // "Jumat malam pekan lalu"
        Group::Moment if slots.points.len() == 2 => {
            let (day, period) = (slots.boxed_point()?, slots.boxed_point()?);
            Expression::Moment(Some(Box::new(Expression::Within(day, period))), slots.clock)
        }
        Group::Moment => Expression::Moment(slots.boxed_point(), slots.clock),
        Group::Range => slots.range()?,
        // "dua hingga tiga pekan"
        Group::Duration if slots.amounts.len() == 2 && slots.units.len() == 1 => {
            Expression::Duration(Length(vec![(None, slots.units[0])]))
        }
        Group::Duration => Expression::Duration(slots.length()?),
        Group::Undated => Expression::Undated,
        Group::Set => Expression::Set(slots.recurrence()?),
    }))
}
