//! Works out what an expression is worth, from the date of publication and the date that the narrative set.

use jiff::civil::Date;
use saksi_lexicon::calendar::{Calendar, Unit};

use super::counting::{around, nth, nth_weekday, offset, spell, weekend_at};
use super::expression::{Anchor, Cycle, Expression, Length, Partial};
use super::value::{When, plus_days, plus_months, season_start};

/// What the clause around an expression tells of its tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Nothing tells: read as past, as reports are, but a date soon after publication may be meant.
    Open,
}

/// What expressions are resolved against.
#[derive(Debug, Clone)]
pub(super) struct Resolver<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) publication: Option<Date>,
    /// The last date that the narrative set.
    pub(super) narrative: Option<When>,
    /// Whether the narrative set it only just now, so that its year still holds for dates without one.
    pub(super) fresh: bool,
}

impl Resolver<'_> {
    /// The value of an expression; `None` where it can't be worked out.
    pub(super) fn resolve(&self, expression: &Expression, tense: Tense) -> Option<When> {
        match expression {
            Expression::Partial(partial) => self.partial(*partial, tense),
            Expression::Shift(days, _) => Some(When::Day(plus_days(self.publication?, *days)?)),
            Expression::Period(cycle, which) => self.period(*cycle, *which),
            Expression::Narrative(cycle, which) => self.in_narrative(*cycle, *which),
            Expression::Stretch(length, which) => self.stretch(length, *which),
            // "The second arrest in four weeks" counts back, from no told end.
            Expression::Offset(_, 1, Anchor::Publication) if tense == Tense::Past => None,
            // "They earn 20 dollars in a day"
            Expression::Offset(length, 1, Anchor::Publication)
                if tense == Tense::Open && matches!(length.0[..], [(Some(1000), _)]) =>
            {
                None
            }
            Expression::Offset(length, sign, anchor) => {
                let from = match anchor {
                    Anchor::Publication => When::Day(self.publication?),
                    Anchor::Narrative => self.narrative.clone()?,
                    Anchor::Point(point) => self.resolve(point, tense)?,
                };
                offset(length, *sign, &from)
            }
            Expression::Quarter(number, year) => {
                let year = self.year_of(*year, (number - 1) * 3 + 1, tense)?;
                Some(When::months(year, (number - 1) * 3 + 1, number * 3))
            }
            Expression::HalfYear(number, year) => {
                let year = self.year_of(*year, (number - 1) * 6 + 1, tense)?;
                Some(When::months(year, (number - 1) * 6 + 1, number * 6))
            }
            Expression::Movable(feast, year) => self.movable(*feast, *year, tense),
            Expression::MovableBy(feast, which) => self.movable_by(*feast, *which),
            Expression::Weekend(feast) => weekend_at(self.resolve(feast, tense)?.day()?),
            Expression::WeekOf(day) => When::week_of(self.resolve(day, tense)?.day()?),
            Expression::Spell(length, sign, from) => {
                spell(length, *sign, &self.resolve(from, tense)?)
            }
            Expression::Current(unit) => self.current(*unit),
            Expression::Nearest(unit) => {
                let this = around(*unit, self.publication?, 0)?;
                let begun = this.first_day()? <= self.publication?;
                if begun || tense == Tense::Future {
                    Some(this)
                } else {
                    around(*unit, self.publication?, -1)
                }
            }
            Expression::Decade(decade) => Some(When::Decade(*decade)),
            // "The 20s" are those of a hundred years ago where the next have not begun.
            Expression::ShortDecade(decade) => {
                let begun = (self.publication).map_or(*decade < 3, |published| {
                    200 + decade <= published.year() / 10
                });
                Some(When::Decade(if begun { 200 } else { 190 } + decade))
            }
            Expression::Century(century) => Some(When::Century(*century)),
            Expression::Season(code, year) => {
                let year = match year {
                    Some(year) => *year,
                    None => self.season_year(*code, tense)?,
                };
                Some(When::Season(year, *code))
            }
            Expression::Part(part, whole) => self.resolve(whole, tense)?.part(*part),
            Expression::SoFar(whole) => {
                let (whole, publication) = (self.resolve(whole, tense)?, self.publication?);
                let (first, last) = (whole.first_day()?, whole.last_day()?);
                Some(if first >= publication || last <= publication {
                    whole
                } else {
                    When::days(first, publication)
                })
            }
            Expression::Remaining(whole) => {
                let (whole, publication) = (self.resolve(whole, tense)?, self.publication?);
                let (first, last) = (whole.first_day()?, whole.last_day()?);
                Some(if first >= publication || last <= publication {
                    whole
                } else {
                    When::days(publication, last)
                })
            }
            Expression::Within(inner, outer) => self.within(inner, outer, tense),
            Expression::Nth(number, unit, whole) => {
                nth(*number, *unit, &self.resolve(whole, tense)?)
            }
            Expression::NthWeekday(number, weekday, whole) => {
                nth_weekday(*number, *weekday, &self.resolve(whole, tense)?)
            }
            Expression::Moment(Some(day), _) => self.resolve(day, tense),
            // A time of day alone is of the day told last, else of the day of publication.
            Expression::Moment(None, _) => {
                let told = self.narrative.as_ref().and_then(When::day);
                Some(When::Day(told.or(self.publication)?))
            }
            Expression::Range(first, last) => self.range(first, last, tense),
            Expression::Duration(_)
            | Expression::Set(_)
            | Expression::Undated
            | Expression::Never => None,
        }
    }

    /// The year that an undated telling is about: the narrative's where that is long past ("In 1981 ... In
    /// March"), else `None`.
    pub(super) fn told_year(&self) -> Option<i16> {
        let year = self.narrative.as_ref().filter(|_| self.fresh)?.year()?;
        let near = self
            .publication
            .is_some_and(|publication| (publication.year() - year).abs() < 2);
        (!near).then_some(year)
    }

    /// The year of something that begins in `month`, where its words tell none.
    fn year_of(&self, told: Option<i16>, month: i8, tense: Tense) -> Option<i16> {
        if let Some(year) = told.or_else(|| self.told_year()) {
            return Some(year);
        }
        let publication = self.publication?;
        self.nearest(tense, |year| Some(When::Month(year, month)))
            .and_then(|when| when.year())
            .or(Some(publication.year()))
    }

    /// The unit that is spoken of: the narrative's where that is long past ("In 1981 ... at the end of the year"), of a day also where it is
    /// not, else that of publication.
    fn current(&self, unit: Unit) -> Option<When> {
        let narrative = match unit {
            Unit::Day => {
                self.fresh
                    && self
                        .narrative
                        .as_ref()
                        .is_some_and(|told| told.day().is_some())
            }
            _ => self.told_year().is_some(),
        };
        if narrative {
            self.in_narrative(Cycle::Unit(unit), 0)
        } else {
            around(unit, self.publication?, 0)
        }
    }

    fn season_year(&self, code: u8, tense: Tense) -> Option<i16> {
        let year = self.year_of(None, season_start(code), tense)?;
        let running = self.publication.is_some_and(|publication| {
            When::Season(year - 1, code)
                .last_day()
                .is_some_and(|last| last >= publication)
        });
        Some(if running && tense != Tense::Past {
            year - 1
        } else {
            year
        })
    }

    /// Of the values that `at` has in the years around publication, the one that is meant: the last that has
    /// begun if the tense is past, the next that has not ended if it is future; else the last, unless the next is at most
    /// three months off. A report names a day of almost a year ago with its year: what is within the next month is
    /// that day even beside a past tense ("has given him a May 10 deadline").
    fn nearest(&self, tense: Tense, at: impl Fn(i16) -> Option<When>) -> Option<When> {
        let publication = self.publication?;
        let year = publication.year();
        let all: Vec<When> = [year - 1, year, year + 1]
            .into_iter()
            .filter_map(at)
            .collect();
        let past = all
            .iter()
            .rev()
            .find(|when| when.first_day().is_some_and(|first| first <= publication));
        let future = all
            .iter()
            .find(|when| when.last_day().is_some_and(|last| last >= publication));
        let within = |months: i64| {
            future.filter(|when| {
                let limit = plus_months(publication, months);
                when.first_day()
                    .zip(limit)
                    .is_some_and(|(first, limit)| first <= limit)
            })
        };
        // The other way about: what was last month is that day even beside a future tense ("will end the search for those lost on June
        // 18"), where the next one is almost a year off.
        let just_past = past.filter(|when| {
            let limit = plus_months(publication, -1);
            let last = when.last_day();
            last.zip(limit).is_some_and(|(last, limit)| last >= limit) && within(8).is_none()
        });
        match tense {
            Tense::Past => within(1).filter(|when| when.day().is_some()).or(past),
            Tense::Future => just_past.or(future),
            Tense::Open => within(3).or(past),
        }
        .or(past)
        .or(future)
        .cloned()
    }

    fn partial(&self, partial: Partial, tense: Tense) -> Option<When> {
        // "Voting is on July 11, 2012 and the second round on September 20": what follows a coming date is coming.
        let coming = self.fresh
            && self.publication.is_some_and(|publication| {
                let told = self.narrative.as_ref().and_then(When::first_day);
                told.is_some_and(|told| told > publication)
            });
        let weekday_alone = partial.month.is_none() && partial.day.is_none();
        let tense = match tense {
            Tense::Open if coming && !weekday_alone => Tense::Future,
            tense => tense,
        };
        match (partial.year, partial.month, partial.day) {
            (Some(year), Some(month), Some(day)) => {
                Some(When::Day(Date::new(year, month, day).ok()?))
            }
            (Some(year), Some(month), None) => Some(When::Month(year, month)),
            (Some(year), None, None) => Some(When::Year(year)),
            (Some(_), None, Some(_)) => None,
            (None, Some(month), Some(day)) => {
                let at = |year| Date::new(year, month, day).ok();
                if let (Some(weekday), Some(publication)) = (partial.weekday, self.publication) {
                    // "Senin (28/2)": the year in which that day is a Monday.
                    let year = publication.year();
                    let fits = [year, year - 1, year + 1]
                        .into_iter()
                        .filter_map(at)
                        .find(|date| date.weekday().to_monday_one_offset() == weekday);
                    if let Some(date) = fits {
                        return Some(When::Day(date));
                    }
                }
                if let Some(year) = self.told_year() {
                    return Some(When::Day(at(year)?));
                }
                self.nearest(tense, |year| Some(When::Day(at(year)?)))
            }
            (None, Some(month), None) => match self.told_year() {
                Some(year) => Some(When::Month(year, month)),
                None => self.nearest(tense, |year| Some(When::Month(year, month))),
            },
            (None, None, Some(day)) => self.day_of_month(day, partial.weekday, tense),
            (None, None, None) => self.weekday(partial.weekday?, tense),
        }
    }

    /// "The 14th": of the month that the narrative is in, else of the nearest month that the tense allows.
    fn day_of_month(&self, day: i8, weekday: Option<i8>, tense: Tense) -> Option<When> {
        let fits = |date: &Date| {
            weekday.is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday)
        };
        let told = self.narrative.as_ref().filter(|_| self.fresh);
        if let Some((year, month)) = told.and_then(When::month)
            && let Some(date) = Date::new(year, month, day).ok().filter(fits)
        {
            return Some(When::Day(date));
        }
        let publication = self.publication?;
        if weekday.is_some() && tense == Tense::Open {
            // "Tuesday the 11th": the nearest that is a Tuesday.
            let near = (-12..=12).filter_map(|months| {
                let month = plus_months(publication.first_of_month(), months)?;
                Date::new(month.year(), month.month(), day).ok()
            });
            return (near.filter(fits))
                .min_by_key(|date| (*date - publication).get_days().abs())
                .map(When::Day);
        }
        let (most, sign) = match (tense, weekday) {
            (Tense::Future, None) => (3, 1),
            (Tense::Future, Some(_)) => (12, 1),
            (_, None) => (6, -1),
            (_, Some(_)) => (12, -1),
        };
        (0..=most)
            .filter_map(|months| {
                let month = plus_months(publication.first_of_month(), sign * months)?;
                Date::new(month.year(), month.month(), day).ok()
            })
            .filter(fits)
            .find(|date| {
                if tense == Tense::Future {
                    *date >= publication
                } else {
                    *date <= publication
                }
            })
            .map(When::Day)
    }

    /// The last such day up to publication, or the next from it on if the tense is future.
    fn weekday(&self, weekday: i8, tense: Tense) -> Option<When> {
        let publication = self.publication?;
        let back =
            i64::from((publication.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        let days = match tense {
            Tense::Future if back > 0 => 7 - back,
            _ => -back,
        };
        Some(When::Day(plus_days(publication, days)?))
    }

    fn period(&self, cycle: Cycle, which: i8) -> Option<When> {
        let publication = self.publication?;
        match cycle {
            Cycle::Unit(unit) => {
                let steps = match which {
                    // "The week after next", "the year before last"
                    3 => 2,
                    -3 => -2,
                    which => which.signum(),
                };
                around(unit, publication, i64::from(steps))
            }
            Cycle::Weekday(weekday) => {
                let today = publication.weekday().to_monday_one_offset();
                let days = i64::from(weekday - today);
                Some(When::Day(plus_days(
                    publication,
                    match which {
                        -1 if days >= 0 => days - 7,
                        -3 if days >= 0 => days - 14,
                        -3 => days - 7,
                        2 if days <= 0 => days + 7,
                        1 => days + 7,
                        3 => days + 14,
                        _ => days,
                    },
                )?))
            }
            Cycle::Month(_) | Cycle::Season(_) if which.abs() > 2 => None,
            Cycle::Month(month) => {
                let year = publication.year();
                let year = match which {
                    -1 if month >= publication.month() => year - 1,
                    1 | 2 if month <= publication.month() => year + 1,
                    _ => year,
                };
                Some(When::Month(year, month))
            }
            Cycle::Season(code) => {
                let year = publication.year();
                let begun = |year| {
                    When::Season(year, code)
                        .first_day()
                        .is_some_and(|first| first <= publication)
                };
                let ended = |year| {
                    When::Season(year, code)
                        .last_day()
                        .is_some_and(|last| last < publication)
                };
                let year = match which {
                    -1 => [year, year - 1]
                        .into_iter()
                        .find(|year| ended(*year))
                        .unwrap_or(year - 2),
                    0 => {
                        if !begun(year) && !ended(year - 1) {
                            year - 1
                        } else {
                            year
                        }
                    }
                    _ => {
                        if begun(year) {
                            year + 1
                        } else {
                            year
                        }
                    }
                };
                Some(When::Season(year, code))
            }
        }
    }

    fn in_narrative(&self, cycle: Cycle, which: i8) -> Option<When> {
        let told = self.narrative.as_ref()?;
        match cycle {
            Cycle::Unit(Unit::Day) => match which {
                0 => Some(told.clone()).filter(|when| when.day().is_some()),
                1 => Some(When::Day(plus_days(
                    told.last_day().filter(|_| told.month().is_some())?,
                    1,
                )?)),
                _ => Some(When::Day(plus_days(told.day()?, -1)?)),
            },
            Cycle::Unit(unit) => {
                let fine = match unit {
                    Unit::Year | Unit::Decade | Unit::Century => true,
                    Unit::Weekend | Unit::Week => {
                        let (first, last) = (told.first_day()?, told.last_day()?);
                        first.until(last).is_ok_and(|span| span.get_days() < 7)
                    }
                    _ => told.month().is_some(),
                };
                around(unit, told.first_day().filter(|_| fine)?, i64::from(which))
            }
            Cycle::Weekday(weekday) => {
                let day = told.day()?;
                let days = i64::from(weekday - day.weekday().to_monday_one_offset());
                Some(When::Day(plus_days(
                    day,
                    match which {
                        -1 if days >= 0 => days - 7,
                        1 if days <= 0 => days + 7,
                        _ => days,
                    },
                )?))
            }
            Cycle::Month(month) => {
                let (year, told_month) = told.month().or_else(|| Some((told.year()?, 0)))?;
                let year = match which {
                    -1 if month >= told_month => year - 1,
                    1 if month <= told_month => year + 1,
                    _ => year,
                };
                Some(When::Month(year, month))
            }
            Cycle::Season(code) => Some(When::Season(
                told.year()?.checked_add(i16::from(which))?,
                code,
            )),
        }
    }

    /// "The past two weeks", "tiga tahun terakhir".
    fn stretch(&self, length: &Length, which: i8) -> Option<When> {
        let publication = self.publication?;
        let unit = length.0.iter().map(|(_, unit)| *unit).min()?;
        if let [(Some(amount), Unit::Quarter)] = length.0[..] {
            // "The past three quarters": those that are over.
            let whole = Some(amount / 1000).filter(|_| amount % 1000 == 0)?;
            let sign = i64::from(which);
            let ends = (
                around(Unit::Quarter, publication, sign)?,
                around(Unit::Quarter, publication, whole.checked_mul(sign)?)?,
            );
            let (first, last) = if which < 0 { (ends.1, ends.0) } else { ends };
            return Some(When::Interval(
                Box::new(flat(first, false)),
                Box::new(flat(last, true)),
            ));
        }
        let other = offset(length, which, &When::Day(publication))?;
        let here = match unit {
            Unit::Year | Unit::Decade | Unit::Century => When::Year(publication.year()),
            Unit::Month | Unit::Quarter | Unit::HalfYear => {
                When::Month(publication.year(), publication.month())
            }
            _ => When::Day(publication),
        };
        let other = match other {
            When::Day(date) => match here {
                When::Year(_) => When::Year(date.year()),
                When::Month(..) => When::Month(date.year(), date.month()),
                _ => When::Day(date),
            },
            When::Decade(_) | When::Century(_) => When::Year(other.first_day()?.year()),
            other => other,
        };
        let (first, last) = if which < 0 {
            (other, here)
        } else {
            (here, other)
        };
        (first != last).then(|| When::Interval(Box::new(first), Box::new(last)))
    }

    /// "Tuesday of last week", "17 Agustus tahun lalu", "the first quarter of next year".
    fn within(&self, inner: &Expression, outer: &Expression, tense: Tense) -> Option<When> {
        let outer = self.resolve(outer, tense)?;
        let year = || outer.year();
        match *inner {
            Expression::Partial(Partial {
                year: None,
                month: Some(month),
                day: Some(day),
                ..
            }) => Some(When::Day(Date::new(year()?, month, day).ok()?)),
            Expression::Partial(Partial {
                year: None,
                month: Some(month),
                ..
            }) => Some(When::Month(year()?, month)),
            Expression::Partial(Partial {
                year: None,
                month: None,
                day: Some(day),
                ..
            }) => {
                let (year, month) = outer.month()?;
                Some(When::Day(Date::new(year, month, day).ok()?))
            }
            Expression::Partial(Partial {
                weekday: Some(weekday),
                ..
            }) => {
                let first = outer.first_day()?;
                let date = plus_days(
                    first,
                    i64::from((weekday - first.weekday().to_monday_one_offset()).rem_euclid(7)),
                )?;
                (date <= outer.last_day()?
                    && outer
                        .month()
                        .is_none_or(|_| outer != When::Month(date.year(), date.month())))
                .then_some(When::Day(date))
            }
            // "8-10 Januari tahun depan"
            Expression::Range(ref first, ref last) => {
                let (Expression::Partial(mut first), Expression::Partial(mut last)) =
                    ((**first).clone(), (**last).clone())
                else {
                    return None;
                };
                (first.year, last.year) = (Some(year()?), Some(year()?));
                let range = Expression::Range(
                    Box::new(Expression::Partial(first)),
                    Box::new(Expression::Partial(last)),
                );
                self.resolve(&range, tense)
            }
            Expression::Season(code, None) => Some(When::Season(year()?, code)),
            Expression::Movable(feast, None) => self.movable(feast, Some(year()?), tense),
            Expression::Quarter(number, None) => {
                Some(When::months(year()?, number * 3 - 2, number * 3))
            }
            Expression::HalfYear(number, None) => {
                Some(When::months(year()?, number * 6 - 5, number * 6))
            }
            Expression::Part(part, ref whole) => {
                let Expression::Partial(Partial {
                    year: None,
                    month: Some(month),
                    day: None,
                    ..
                }) = **whole
                else {
                    return None;
                };
                When::Month(year()?, month).part(part)
            }
            _ => None,
        }
    }

    /// A range; what only one end tells holds for the other too ("28 Februari-3 Maret 2022").
    fn range(&self, first: &Expression, last: &Expression, tense: Tense) -> Option<When> {
        let (mut first, mut last) = match (first, last) {
            (Expression::Partial(from), Expression::Partial(to)) => {
                self.shared(*from, *to, tense)?
            }
            // "Senin hingga Rabu pekan depan": both of next week.
            (
                Expression::Partial(Partial {
                    month: None,
                    day: None,
                    weekday: Some(_),
                    ..
                }),
                Expression::Within(end, outer),
            ) if matches!(&**end, Expression::Partial(end) if end.weekday.is_some()) => (
                self.within(first, outer, tense)?,
                self.resolve(last, tense)?,
            ),
            _ => (self.resolve(first, tense)?, self.resolve(last, tense)?),
        };
        if let (When::Day(from), When::Day(to)) = (&first, &last)
            && to < from
            && (*from - *to).get_days() < 7
        {
            let later = plus_days(*to, 7)?;
            let to_come = self
                .publication
                .is_some_and(|publication| later > publication);
            if tense == Tense::Past && to_come {
                // "Between Monday and Wednesday ten died", published on a Monday: the Monday before that Wednesday.
                first = When::Day(plus_days(*from, -7)?);
            } else {
                // "dari Jumat hingga Minggu": the Sunday after that Friday.
                last = When::Day(later);
            }
        }
        let (from, to) = (flat(first, false), flat(last, true));
        (from.first_day()? <= to.first_day()?).then(|| When::Interval(Box::new(from), Box::new(to)))
    }

    /// The ends of a range of dates, which may share a month or a year.
    fn shared(&self, mut from: Partial, mut to: Partial, tense: Tense) -> Option<(When, When)> {
        if from.day.is_some() && from.month.is_none() {
            from.month = to.month;
        }
        if to.day.is_some() && to.month.is_none() {
            to.month = from.month;
        }
        // "27-3 Maret": from the 27th of February.
        if from.day > to.day && to.day.is_some() && from.month == to.month && from.year == to.year {
            (from.month, from.year) = match from.month {
                Some(1) => (Some(12), from.year.map(|year| year - 1)),
                month => (month.map(|month| month - 1), from.year),
            };
        }
        let turns = i16::from(from.month.is_some() && to.month.is_some() && from.month > to.month);
        match (from.year, to.year) {
            (None, Some(year)) if from.month.is_some() => from.year = Some(year - turns),
            (Some(year), None) if to.month.is_some() => to.year = Some(year + turns),
            (None, None) if from.month.is_some() && to.month.is_some() => {
                let year = self.partial(to, tense)?.first_day()?.year();
                (from.year, to.year) = (Some(year - turns), Some(year));
            }
            _ => {}
        }
        Some((self.partial(from, tense)?, self.partial(to, tense)?))
    }
}

/// One end of a stretch that is an interval itself.
fn flat(when: When, last: bool) -> When {
    match when {
        When::Interval(from, to) => {
            if last {
                *to
            } else {
                *from
            }
        }
        when => when,
    }
}
