//! Expressions of time: found where the words overlap and the value is the same.

use crate::context::overlap;
use crate::evaluation::{Kind, Outcome};
use crate::gold::Time;
use crate::score::{Report, Scored, pair_up};

pub(super) fn score(report: &Report<'_>, gold: &[Time], scored: &mut Scored) {
    let found = &report.found.times;
    let spans: Vec<_> = (gold.iter().enumerate())
        .map(|(index, time)| scored.spot(report, "times", index, &time.at))
        .collect();
    let touches = |index: usize, other: usize| overlap(spans[index], Some(found[other].span));
    let pairs = pair_up(gold.len(), found.len(), |index, other| {
        touches(index, other) && found[other].edtf == gold[index].edtf
    });
    let optional = |other: usize| {
        (gold.iter().enumerate()).any(|(index, time)| time.optional && touches(index, other))
    };
    // What has no value was not claimed to be a date.
    let valued = |other: usize| found[other].edtf.as_deref().is_some_and(|e| !e.is_empty());
    for (index, time) in gold.iter().enumerate() {
        if time.optional {
            continue;
        }
        let label = time.edtf.as_deref().unwrap_or("no value");
        let mut item = report.item(Kind::Time, time.at.written(), label);
        scored.measures.time.gold += 1;
        if pairs.by_gold[index].is_some() {
            scored.measures.time.right += 1;
        } else {
            item.outcome = Outcome::Missed;
            item.instead = ((0..found.len()).find(|&other| touches(index, other))).map(|other| {
                found[other]
                    .edtf
                    .as_deref()
                    .unwrap_or("no value")
                    .to_owned()
            });
        }
        scored.items.push(item);
    }
    for other in (0..found.len()).filter(|&other| valued(other) && !optional(other)) {
        scored.measures.time.found += 1;
        if pairs.by_found[other].is_none() {
            let time = &found[other];
            let label = time.edtf.as_deref().unwrap_or_default();
            let mut item = report.spurious(Kind::Time, time.span, label);
            item.instead = ((0..gold.len()).find(|&index| touches(index, other)))
                .map(|index| gold[index].edtf.as_deref().unwrap_or("no value").to_owned());
            scored.items.push(item);
        }
    }
}
