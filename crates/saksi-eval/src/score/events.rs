//! Events: found where the triggers overlap and the type is right; a whole record where actors, recipients and modality are right, too.

use saksi_record::Span;

use crate::context::overlap;
use crate::evaluation::{Fault, Kind, Outcome};
use crate::found::{self, Ref};
use crate::gold::Event;
use crate::names::normalised;
use crate::score::{Pairs, Report, Scored, pair_up};

/// How far from the words of gold, in code points, another trigger that is right as well may begin.
const NEAR: u32 = 60;

/// The most statements that tell of one another.
const DEEPEST: usize = 8;

pub(super) fn score(report: &Report<'_>, gold: &[Event], scored: &mut Scored) {
    let found = &report.found.events;
    let spans: Vec<_> = (gold.iter().enumerate())
        .map(|(index, event)| scored.spot(report, "events", index, &event.at))
        .collect();
    let touches = |index: usize, other: usize| overlap(spans[index], Some(found[other].trigger));
    let pairs = pair_up(gold.len(), found.len(), |index, other| {
        is(report, &gold[index], spans[index], &found[other])
    });
    let counts: Vec<bool> = (0..found.len())
        .map(|other| {
            !(gold.iter().enumerate()).any(|(index, event)| event.optional && touches(index, other))
        })
        .collect();
    let free: Vec<usize> = (0..found.len())
        .filter(|&other| counts[other] && pairs.by_found[other].is_none())
        .collect();
    // What stands where gold has another type, one to one.
    let missed: Vec<usize> = (0..gold.len())
        .filter(|&index| !gold[index].optional && pairs.by_gold[index].is_none())
        .collect();
    let confused = pair_up(missed.len(), free.len(), |index, other| {
        touches(missed[index], free[other])
    });

    for (index, event) in gold.iter().enumerate() {
        if event.optional {
            continue;
        }
        scored.measures.event.gold += 1;
        scored.measures.record.gold += 1;
        scored.types.entry(event.kind.clone()).or_default().gold += 1;
        if let Some(other) = pairs.by_gold[index] {
            scored.measures.event.right += 1;
            scored.types.entry(event.kind.clone()).or_default().right += 1;
            scored.type_confusion.cell(&event.kind, &event.kind);
            compare(report, event, &found[other], scored);
        }
    }
    for (position, &index) in missed.iter().enumerate() {
        let event = &gold[index];
        let mut item = report.item(Kind::Event, event.at.written(), &event.kind);
        item.outcome = Outcome::Missed;
        if let Some(other) = confused.by_gold[position] {
            let other = &found[free[other]].kind;
            scored.type_confusion.cell(&event.kind, other);
            item.instead = Some(other.clone());
        } else {
            scored.type_confusion.miss(&event.kind);
        }
        scored.items.push(item);
    }
    for (position, &other) in free.iter().enumerate() {
        let event = &found[other];
        let mut item = report.spurious(Kind::Event, event.trigger, &event.kind);
        item.id = event.id();
        item.confidence = event.confidence();
        if let Some(index) = confused.by_found[position] {
            item.instead = Some(gold[missed[index]].kind.clone());
        } else {
            scored.type_confusion.spur(&event.kind);
        }
        scored.items.push(item);
    }
    count(gold, found, &counts, &pairs, scored);
}

/// Counts what was found, by the type that gold gives it where it has it.
fn count(
    gold: &[Event],
    found: &[found::Event],
    counts: &[bool],
    pairs: &Pairs,
    scored: &mut Scored,
) {
    for (other, event) in found.iter().enumerate() {
        if !counts[other] {
            continue;
        }
        scored.measures.event.found += 1;
        scored.measures.record.found += 1;
        let kind = (pairs.by_found[other].map(|index| &gold[index]))
            .filter(|gold| !gold.optional)
            .map_or(&event.kind, |gold| &gold.kind);
        scored.types.entry(kind.clone()).or_default().found += 1;
    }
}

/// Whether what was found is the event of gold.
fn is(report: &Report<'_>, gold: &Event, span: Option<Span>, found: &found::Event) -> bool {
    if found.kind != gold.kind && !gold.kind_also.contains(&found.kind) {
        return false;
    }
    if overlap(span, Some(found.trigger)) {
        return true;
    }
    let near = span.is_some_and(|span| span.start().abs_diff(found.trigger.start()) < NEAR);
    let trigger = normalised(&report.text.words(found.trigger));
    near && (gold.trigger_also.iter()).any(|words| trigger.contains(&normalised(words)))
}

/// Compares the fields of an event that was found.
fn compare(report: &Report<'_>, gold: &Event, found: &found::Event, scored: &mut Scored) {
    let names = &report.names;
    let mut item = report.item(Kind::Event, gold.at.written(), &gold.kind);
    item.id = found.id();
    item.confidence = found.confidence();
    let mut attribute = |field: &str, right: bool, wanted: String, found: String| {
        scored.measures.event.attribute(field, right);
        if !right {
            item.faults.push(Fault {
                field: field.to_owned(),
                wanted,
                found,
            });
        }
        right
    };
    let are = |parties: &[Ref], wanted: &Vec<Vec<String>>, also: &[Vec<Vec<String>>]| {
        (std::iter::once(wanted).chain(also)).any(|wanted| names.are(parties, wanted))
    };
    let mut whole = true;
    for (field, parties, wanted, also) in [
        ("actors", &found.actors, &gold.actors, &gold.actors_also),
        (
            "recipients",
            &found.recipients,
            &gold.recipients,
            &gold.recipients_also,
        ),
    ] {
        let right = are(parties, wanted, also);
        whole &= attribute(
            field,
            right,
            listed(wanted.iter().map(|names| first(names))),
            listed(parties.iter().map(|party| names.shown(party.id()))),
        );
    }
    let modality = found.modality.as_deref().unwrap_or("none");
    let accepted = modality == gold.modality || gold.modality_also.iter().any(|m| m == modality);
    whole &= attribute(
        "modality",
        accepted,
        gold.modality.clone(),
        modality.to_owned(),
    );
    if !gold.objects.is_empty() {
        let spans = found.objects.iter().filter_map(found::Object::span);
        let words: Vec<String> = spans.map(|span| report.text.words(span)).collect();
        let told: Vec<String> = words.iter().map(|words| normalised(words)).collect();
        let told = told.join(" | ");
        let right = (gold.objects.iter()).all(|object| told.contains(&normalised(object)));
        attribute(
            "objects",
            right,
            gold.objects.join(", "),
            listed(words.into_iter()),
        );
    }
    if let Some(place) = &gold.place {
        let id = found.place.as_ref().and_then(Ref::id);
        attribute(
            "place",
            names.matches(id, [place]),
            place.clone(),
            id.map_or_else(|| "none".to_owned(), |id| names.shown(Some(id))),
        );
    }
    if let Some(time) = &gold.time {
        // Of times with the same identifier the last counts.
        let own = (found.time.as_deref().filter(|id| !id.is_empty()))
            .and_then(|id| report.found.times.iter().rfind(|time| time.id == id))
            .and_then(|time| time.edtf.as_ref());
        let right = own == Some(time) || found.date.as_ref() == Some(time);
        let told = (own.or(found.date.as_ref())).map_or("none", String::as_str);
        attribute("time", right, time.clone(), told.to_owned());
    }
    if let Some(wanted) = &gold.sources {
        let chain = sources(report, found.statement.as_deref());
        let right = chain.len() == wanted.len()
            && (chain.iter().zip(wanted))
                .all(|(source, names)| report.names.matches(source.as_deref(), names));
        attribute(
            "sources",
            right,
            listed(wanted.iter().map(|names| first(names))),
            listed(chain.iter().map(|source| names.shown(source.as_deref()))),
        );
    }
    let told = if accepted { &gold.modality } else { modality };
    scored.modality_confusion.cell(&gold.modality, told);
    if whole {
        scored.measures.record.right += 1;
    } else {
        item.outcome = Outcome::Wrong;
    }
    scored.items.push(item);
}

/// The sources of the statements that an event stands in, the outermost first.
fn sources(report: &Report<'_>, innermost: Option<&str>) -> Vec<Option<String>> {
    let mut chain = Vec::new();
    let mut next = innermost.filter(|id| !id.is_empty());
    while let Some(id) = next
        && chain.len() < DEEPEST
        && let Some(statement) = (report.found.statements.iter()).rfind(|one| one.id == id)
    {
        chain.insert(0, statement.source.clone());
        next = statement.parent.as_deref().filter(|id| !id.is_empty());
    }
    chain
}

fn first(names: &[String]) -> String {
    names.first().cloned().unwrap_or_default()
}

/// Names one after the other.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
