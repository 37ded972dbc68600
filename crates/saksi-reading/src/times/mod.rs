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
mod publication;
mod resolve;
mod tense;
mod value;

#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;
use saksi_lexicon::calendar::{Calendar, Unit};
use saksi_record::TimeType;
use saksi_syntax::{Parsed, Tree};
use saksi_text::{Segmented, Span};

pub use expression::Clock;
pub use publication::published_in_text;
pub use value::When;

use chart::{cut, expressions};
use expression::{Expression, Length};
use resolve::Resolver;

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
    /// Its value in EDTF, a duration's or plain set's in ISO 8601 (`P4D`); `None` where it can't be resolved.
    pub edtf: Option<String>,
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
            let tense = tense::tense(calendar, &atoms, found.first, found.end, trees.get(index));
            let when = resolver.resolve(&found.expression, tense);
            let edtf = match &found.expression {
                Expression::Duration(length) | Expression::Set(Some(length)) => {
                    iso_duration(length)
                }
                _ => when.as_ref().map(When::edtf),
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
                clock: clock(&found.expression),
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
        Expression::Part(_, inner)
        | Expression::Moment(Some(inner), _)
        | Expression::Offset(_, _, Anchor::Point(inner)) => basis(inner),
        Expression::Within(_, outer) | Expression::Nth(_, _, outer) => basis(outer),
        Expression::Range(first, last) => match (basis(first), basis(last)) {
            (Basis::Narrative, _) | (_, Basis::Narrative) => Basis::Narrative,
            (Basis::Words, _) | (_, Basis::Words) => Basis::Words,
            _ => Basis::Publication,
        },
        _ => Basis::Publication,
    }
}

/// A length in ISO 8601: `P4D`, `P2Y1M`, `PT30M`; `None` where an amount is not told.
fn iso_duration(length: &Length) -> Option<String> {
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
