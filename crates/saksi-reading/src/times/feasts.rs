//! Feasts and months whose days move from year to year: which of them is meant.

use jiff::civil::Date;
use saksi_lexicon::calendar::Day;

use super::resolve::{Resolver, Tense};
use super::value::When;

impl Resolver<'_> {
    /// The times that a feast was or will be kept, ascending.
    fn kept(&self, feast: u32) -> impl Iterator<Item = Feast> + '_ {
        let date = |(year, month, day): Day| Date::new(year, month, day).ok();
        (self.calendar.days_of(feast).iter())
            .filter_map(move |&(first, last)| Some(Feast(date(first)?, date(last)?)))
    }

    /// The time of a feast that moves: that of the year told; else the last before or next after publication as the tense has it; else the nearest.
    pub(super) fn movable(&self, feast: u32, year: Option<i16>, tense: Tense) -> Option<When> {
        let mut kept = self.kept(feast);
        if let Some(year) = year.or_else(|| self.told_year()) {
            // "Idul Fitri 1442 Hijriah": a year of the Islamic calendar, 354.37 days long, counted from July 622.
            let hijri = (1300..1600).contains(&year).then(|| {
                let begins = |year: i16| 622.54 + (f64::from(year) - 1.0) * 0.970_224;
                begins(year)..begins(year + 1)
            });
            let fits = |Feast(day, _): &Feast| match &hijri {
                Some(span) => {
                    let into = f64::from(day.day_of_year()) / 366.0;
                    span.contains(&(f64::from(day.year()) + into))
                }
                None => day.year() == year,
            };
            return kept.find(fits).map(Feast::when);
        }
        let publication = self.publication?;
        let near = kept.filter(|feast| feast.begins(publication).abs() < 366);
        let feast = match tense {
            Tense::Past => near.filter(|feast| feast.begins(publication) <= 0).last(),
            Tense::Future => {
                let (past, future): (Vec<_>, Vec<_>) =
                    near.partition(|feast| feast.ends(publication) < 0);
                let just_past =
                    (past.into_iter().last()).filter(|feast| feast.ends(publication) > -31);
                // "a week after Lebaran" the day after it
                (future.into_iter().next())
                    .filter(|feast| just_past.is_none() || feast.begins(publication) < 240)
                    .or(just_past)
            }
            Tense::Open => near.min_by_key(|feast| feast.away(publication)),
        };
        feast.map(Feast::when)
    }

    /// "Ramadan lalu", "Lebaran mendatang", "Ramadan ini".
    pub(super) fn movable_by(&self, feast: u32, which: i8) -> Option<When> {
        let publication = self.publication?;
        let mut kept = self.kept(feast);
        let feast = match which {
            -1 => kept.filter(|feast| feast.ends(publication) < 0).last(),
            0 => kept.min_by_key(|feast| feast.away(publication)),
            1 | 2 => kept.find(|feast| feast.begins(publication) > 0),
            _ => None,
        };
        // What lies further off than a year is past the end of the list.
        feast
            .filter(|feast| feast.away(publication) < 366)
            .map(Feast::when)
    }
}

/// The first and last day of a feast in one year.
#[derive(Clone, Copy)]
struct Feast(Date, Date);

impl Feast {
    fn when(self) -> When {
        if self.0 == self.1 {
            When::Day(self.0)
        } else {
            When::days(self.0, self.1)
        }
    }

    /// Days from `day` to its beginning.
    fn begins(self, day: Date) -> i32 {
        (day.until(self.0)).map_or(i32::MAX, |span| span.get_days())
    }

    /// Days from `day` to its end.
    fn ends(self, day: Date) -> i32 {
        (day.until(self.1)).map_or(i32::MAX, |span| span.get_days())
    }

    /// How many days it is away; 0 while it lasts.
    fn away(self, day: Date) -> u32 {
        match (self.begins(day), self.ends(day)) {
            (begins, _) if begins > 0 => begins.unsigned_abs(),
            (_, ends) if ends < 0 => ends.unsigned_abs(),
            _ => 0,
        }
    }
}
