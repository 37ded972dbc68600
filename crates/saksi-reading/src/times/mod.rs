//! Times: finds the expressions of calendar time in a report and works out their values in EDTF.
//!
//! In: the sentences of a report, its trees (for tense alone), a language's [`Calendar`], the date of publication. Out:
//! [`TimeExpression`]s in the order of the text, and where asked the date of publication that the text itself tells
//! ([`published_in_text`]). Words and their orders are the calendar's; this module never guesses a date that the text
//! does not tell, and never reads a clock.
//!
//! What is relative is resolved against the publication ("kemarin", "last week"), against the last date that the narrative set ("two days
//! later"), or stays without a value.

mod chart;
mod counting;
mod expression;
mod feasts;
mod period;
mod publication;
mod resolve;
mod tense;
mod value;

#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use saksi_lexicon::calendar::Calendar;
use saksi_record::TimeType;
use saksi_syntax::{Parsed, Tree};
use saksi_text::{Segmented, Span};

pub use expression::Clock;
pub use publication::published_in_text;
pub use value::When;

use chart::{cut, expressions};
use expression::Expression;
use period::{iso_duration, timex_set};
use resolve::{Resolver, Tense};

/// What the value of an expression rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Its own words alone: "14 Agustus 2023".
    Words,
    /// The date of publication or, for dates without a year, the narrative's year: "kemarin", "28 Februari".
    Publication,
    /// The date that the narrative set: "two days later".
    Narrative,
}

/// An expression of calendar time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Index of its sentence.
    pub sentence: usize,
    /// Its words, by their indexes in [`saksi_text::Sentence::words`].
    pub words: Range<usize>,
    /// Its letters, in bytes.
    pub span: Span,
    /// What kind of expression it is.
    pub kind: TimeType,
    /// Its value in EDTF, that of a duration and of a set's period in ISO 8601 (`P4D`); `None` where it can't be resolved.
    pub edtf: Option<String>,
    /// Its value in TIMEX3 (ISO-TimeML), which has one for sets (`XXXX-WXX-1`) and none for stretches between two dates.
    pub timex3: Option<String>,
    /// The stretch of the calendar that it names; `None` for durations, sets and what can't be resolved.
    pub when: Option<When>,
    /// The time of day that it tells.
    pub clock: Option<Clock>,
    /// What its value rests on.
    pub basis: Basis,
}

/// For how many sentences of its paragraph the year that a date told holds for dates without one.
const FRESH_SENTENCES: usize = 2;

/// For each sentence, which of its words are part of a time expression.
pub fn words(times: &[TimeExpression], trees: &[Tree]) -> Vec<Vec<bool>> {
    let mut timed: Vec<Vec<bool>> = (trees.iter())
        .map(|tree| vec![false; tree.words().len()])
        .collect();
    for time in times {
        if let Some(words) =
            (timed.get_mut(time.sentence)).and_then(|sentence| sentence.get_mut(time.words.clone()))
        {
            words.fill(true);
        }
    }
    timed
}

/// The time expressions of a parsed report.
pub fn find(parsed: &Parsed, calendar: &Calendar, published: Option<Date>) -> Vec<TimeExpression> {
    find_in(&parsed.report, &parsed.trees, calendar, published)
}

/// The time expressions of a report; sentences without a tree have their tense read from the words alone.
pub fn find_in(
    report: &Segmented,
    trees: &[Tree],
    calendar: &Calendar,
    published: Option<Date>,
) -> Vec<TimeExpression> {
    let mut resolver = Resolver {
        calendar,
        publication: published,
        narrative: None,
        fresh: false,
    };
    let mut times = Vec::new();
    let mut told_in: Option<(usize, u32)> = None;
    for (index, sentence) in report.sentences.iter().enumerate() {
        resolver.fresh = told_in.is_some_and(|(told, paragraph)| {
            index - told <= FRESH_SENTENCES && paragraph == sentence.paragraph
        });
        let atoms = cut(&report.text, sentence.span);
        for found in expressions(calendar, &atoms) {
            let (Some(first), Some(last)) = (atoms.get(found.first), atoms.get(found.end - 1))
            else {
                continue;
            };
            let Some(span) = Span::new(&report.text, first.start..last.end) else {
                continue;
            };
            let mut tense =
                tense::tense(calendar, &atoms, found.first, found.end, trees.get(index));
            if tense == Tense::Open
                && is_weekday(&found.expression)
                && tense::is_until(calendar, &atoms, found.first)
            {
                tense = Tense::Future;
            }
            let when = resolver.resolve(&found.expression, tense);
            let clock = clock(&found.expression);
            let (edtf, timex3) = match &found.expression {
                Expression::Duration(length) => {
                    let length = iso_duration(length);
                    (length.clone(), length)
                }
                Expression::Set(recurrence) => {
                    let value = timex_set(recurrence);
                    // "every Monday" and "every other weekend" have no value in ISO 8601.
                    let period = |value: &String| value.starts_with('P') && !value.ends_with("WE");
                    (value.clone().filter(period), value)
                }
                _ => (
                    when.as_ref().map(When::edtf),
                    when.as_ref().and_then(|when| when.timex3(clock)),
                ),
            };
            let from = sentence
                .words
                .partition_point(|word| word.span.end() <= span.start());
            let to = sentence
                .words
                .partition_point(|word| word.span.start() < span.end());
            times.push(TimeExpression {
                sentence: index,
                words: from..to.max(from),
                span,
                kind: kind(&found.expression),
                edtf,
                timex3,
                clock,
                basis: basis(&found.expression),
                when: when.clone(),
            });
            if let Some(when) = when {
                resolver.narrative = Some(when);
                resolver.fresh = true;
                told_in = Some((index, sentence.paragraph));
            }
        }
    }
    times
}

/// Whether an expression is a weekday alone, or a part of one.
fn is_weekday(expression: &Expression) -> bool {
    match expression {
        Expression::Partial(date) => {
            date.weekday.is_some() && date.month.is_none() && date.day.is_none()
        }
        Expression::Moment(Some(day), _) => is_weekday(day),
        _ => false,
    }
}

fn kind(expression: &Expression) -> TimeType {
    match expression {
        Expression::Moment(..) | Expression::Shift(_, true) => TimeType::Time,
        // "sebelas menit kemudian", "two hours later"
        Expression::Offset(length, ..) if length.is_within_a_day() => TimeType::Time,
        // "dari pukul 06.00 hingga 24.00", "Minggu malam hingga Senin dini hari"
        Expression::Range(first, last)
            if kind(first) == TimeType::Time && kind(last) == TimeType::Time =>
        {
            TimeType::Time
        }
        Expression::Duration(_) => TimeType::Duration,
        Expression::Set(_) => TimeType::Set,
        _ => TimeType::Date,
    }
}

fn clock(expression: &Expression) -> Option<Clock> {
    match expression {
        Expression::Moment(_, clock) => *clock,
        _ => None,
    }
}

fn basis(expression: &Expression) -> Basis {
    use expression::Anchor;
    match expression {
        Expression::Partial(partial) if partial.year.is_some() => Basis::Words,
        Expression::Quarter(_, Some(_))
        | Expression::HalfYear(_, Some(_))
        | Expression::Season(_, Some(_))
        | Expression::Movable(_, Some(_))
        | Expression::Decade(_)
        | Expression::Century(_)
        | Expression::Duration(_)
        | Expression::Set(_) => Basis::Words,
        Expression::Narrative(..) | Expression::Offset(_, _, Anchor::Narrative) => Basis::Narrative,
        Expression::Weekend(inner) | Expression::WeekOf(inner) | Expression::Spell(_, _, inner) => {
            basis(inner)
        }
        Expression::Part(_, inner)
        | Expression::Moment(Some(inner), _)
        | Expression::Offset(_, _, Anchor::Point(inner)) => basis(inner),
        Expression::Within(_, outer)
        | Expression::Nth(_, _, outer)
        | Expression::NthWeekday(_, _, outer) => basis(outer),
        Expression::Range(first, last) => match (basis(first), basis(last)) {
            (Basis::Narrative, _) | (_, Basis::Narrative) => Basis::Narrative,
            (Basis::Words, _) | (_, Basis::Words) => Basis::Words,
            _ => Basis::Publication,
        },
        _ => Basis::Publication,
    }
}
