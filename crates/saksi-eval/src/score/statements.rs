//! Statements: found where the cues overlap and the source is right. Quotations: found where at least four fifths of the content are, and
//! the speaker is right.

use saksi_record::Span;

use crate::context::overlap;
use crate::evaluation::{Fault, Kind, Outcome};
use crate::found;
use crate::gold::{Content, Statement};
use crate::score::{Report, Scored, pair_up};

/// The share of the longer of two contents that must be common to both.
const COMMON: f64 = 0.8;

pub(super) fn score(report: &Report<'_>, gold: &[Statement], scored: &mut Scored) {
    let all = report.found.distinct_statements();
    let cued: Vec<(&found::Statement, Span)> = (all.iter())
        .filter_map(|statement| Some((*statement, statement.cue?)))
        .collect();
    let spans: Vec<_> = (gold.iter().enumerate())
        .map(|(index, statement)| scored.spot(report, "statements", index, &statement.at))
        .collect();
    let touches = |index: usize, other: usize| overlap(spans[index], Some(cued[other].1));
    let pairs = pair_up(gold.len(), cued.len(), |index, other| {
        touches(index, other) && is(report, cued[other].0, &gold[index].source)
    });
    let optional = |other: usize| {
        (gold.iter().enumerate())
            .any(|(index, statement)| statement.optional && touches(index, other))
    };
    let source = |other: usize| report.names.shown(cued[other].0.source.as_deref());
    for (index, statement) in gold.iter().enumerate() {
        let label = named(&statement.source);
        let mut item = report.item(Kind::Statement, statement.at.written(), label);
        item.optional = statement.optional;
        let paired = pairs.by_gold[index];
        if !statement.optional {
            scored.measures.statement.gold += 1;
            scored.measures.statement.right += u64::from(paired.is_some());
        }
        if let Some(other) = paired {
            for (field, right, fault) in fields(report, statement, cued[other].0, &all) {
                scored.measures.statement.attribute(field, right);
                item.faults.extend(fault.filter(|_| !right));
            }
            if !item.faults.is_empty() {
                item.outcome = Outcome::Wrong;
            }
            scored.items.push(item);
        } else if !statement.optional {
            item.outcome = Outcome::Missed;
            item.instead = ((0..cued.len()).find(|&other| touches(index, other))).map(source);
            scored.items.push(item);
        }
    }
    for other in (0..cued.len()).filter(|&other| !optional(other)) {
        scored.measures.statement.found += 1;
        if pairs.by_found[other].is_none() {
            let mut item = report.spurious(Kind::Statement, cued[other].1, source(other));
            item.instead = ((0..gold.len()).find(|&index| touches(index, other)))
                .map(|index| named(&gold[index].source));
            scored.items.push(item);
        }
    }
    for (index, statement) in gold.iter().enumerate() {
        if let ("direct", Some(content)) = (statement.quotation.as_str(), &statement.content) {
            quote(report, statement, (index, content), &all, scored);
        }
    }
}

/// The fields of a statement that was found: name, whether right, and what is wrong where it is not.
fn fields<'a>(
    report: &Report<'_>,
    gold: &Statement,
    found: &found::Statement,
    all: &[&found::Statement],
) -> Vec<(&'a str, bool, Option<Fault>)> {
    let compared = |field: &'a str, wanted: &str, found: Option<&str>| {
        let fault = Fault {
            field: field.to_owned(),
            wanted: wanted.to_owned(),
            found: found.unwrap_or("none").to_owned(),
        };
        (field, found == Some(wanted), Some(fault))
    };
    let mut fields = vec![
        compared("stance", &gold.stance, found.stance.as_deref()),
        compared("quotation", &gold.quotation, found.quotation.as_deref()),
    ];
    if let Some(wanted) = &gold.parent_source {
        let parent = (found.parent.as_deref())
            .and_then(|id| all.iter().find(|statement| statement.id == id));
        let right = parent.is_some_and(|parent| is(report, parent, wanted));
        let fault = Fault {
            field: "parent".to_owned(),
            wanted: named(wanted),
            found: parent.map_or_else(
                || "none".to_owned(),
                |parent| report.names.shown(parent.source.as_deref()),
            ),
        };
        fields.push(("parent", right, Some(fault)));
    }
    fields
}

/// Whether the statement has the source that goes by one of `names`.
fn is(report: &Report<'_>, statement: &found::Statement, names: &[String]) -> bool {
    report.names.matches(statement.source.as_deref(), names)
}

fn named(aliases: &[String]) -> String {
    aliases.first().cloned().unwrap_or_default()
}

fn quote(
    report: &Report<'_>,
    gold: &Statement,
    (index, content): (usize, &Content),
    all: &[&found::Statement],
    scored: &mut Scored,
) {
    let mut place = |part: &str, span: Option<Span>, words: &str| {
        if span.is_none() {
            scored.absent("statements", index, part, words);
        }
        span
    };
    let span = match content {
        Content::Words(words) => place("content", report.words(words), words),
        Content::FromTo(from, to) => {
            let start = place("content_from", from.locate(&report.text), from.written());
            let end = place("content_to", to.locate(&report.text), to.written());
            start
                .zip(end)
                .map(|(start, end)| Span(start.start(), end.end()))
        }
    };
    let right = span.is_some_and(|span| {
        all.iter().any(|statement| {
            matches!(statement.quotation.as_deref(), Some("direct" | "mixed"))
                && is(report, statement, &gold.source)
                && (statement.content).is_some_and(|found| mostly(found, span))
        })
    });
    let tally = &mut scored.measures.quote;
    tally.gold += 1;
    tally.right += u64::from(right);
    tally.found += u64::from(right);
    let mut item = report.item(Kind::Quote, gold.at.written(), named(&gold.source));
    if !right {
        item.outcome = Outcome::Missed;
    }
    scored.items.push(item);
}

/// Whether two contents are mostly the same.
fn mostly(one: Span, other: Span) -> bool {
    let length = |span: Span| i64::from(span.1) - i64::from(span.0);
    let common = i64::from(one.1.min(other.1)) - i64::from(one.0.max(other.0));
    common as f64 >= COMMON * length(one).max(length(other)) as f64
}
