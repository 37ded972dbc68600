//! An evaluation as people read it: figures in columns, what is taken for what, what was missed, what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use saksi_eval::{
    Change, Confusion, Evaluation, Item, Move, Outcome, Reliability, Tally, TallyChange,
};

use crate::render::Look;
use crate::render::list::heading;
use crate::render::table::Table;
use crate::render::wrap::Styled;

/// Modalities, from the surest to the least sure.
const MODALITIES: [&str; 5] = ["actual", "historical", "future", "hypothetical", "negated"];

/// Column at which the words of an item begin.
const WORDS: usize = 4;

/// A change below that is none: figures have three places.
const LEAST: f64 = 0.0005;

/// The evaluation as text, ending in a line break.
pub(crate) fn evaluation(
    evaluation: &Evaluation,
    change: Option<&Change>,
    misses: bool,
    look: Look,
) -> String {
    let mut out = String::new();
    let unrecorded = (evaluation.reports.iter()).filter(|report| !report.recorded);
    let reports = counted(evaluation.reports.len(), "report");
    let head = match unrecorded.count() {
        0 => reports,
        unrecorded => format!("{reports}, {unrecorded} of them without a record"),
    };
    Styled::new(&head, Style::new().bold()).write(&mut out, 0, look.width, look.styled);
    out.push('\n');
    measures(&mut out, evaluation, change, look);
    attributes(&mut out, evaluation, change, look);
    types(&mut out, evaluation, change, look);
    modalities(&mut out, &evaluation.modality_confusion, look);
    reliability(&mut out, &evaluation.reliability(), look);
    if misses {
        listed(&mut out, evaluation, look);
    }
    if let Some(change) = change {
        changed(&mut out, change, look);
    }
    out
}

fn measures(out: &mut String, evaluation: &Evaluation, change: Option<&Change>, look: Look) {
    let head = ["", "P", "±", "R", "±", "F1", "±", "gold", "found", "right"];
    let mut table = Table::new(1, &head);
    for (name, tally) in evaluation.measures.named() {
        let change = change.and_then(|change| change.measures.get(name));
        let mut row = vec![name.to_owned()];
        figures(&mut row, tally, change);
        table.row(row);
    }
    table.write(out, look);
}

/// Precision, recall and F1 with their changes, and counts.
fn figures(row: &mut Vec<String>, tally: &Tally, change: Option<&TallyChange>) {
    for (figure, change) in [
        (tally.precision(), change.map(|change| change.precision)),
        (tally.recall(), change.map(|change| change.recall)),
        (tally.f1(), change.map(|change| change.f1)),
    ] {
        row.push(places(figure));
        row.push(difference(change));
    }
    row.extend([tally.gold, tally.found, tally.right].map(|count| count.to_string()));
}

fn attributes(out: &mut String, evaluation: &Evaluation, change: Option<&Change>, look: Look) {
    let mut table = Table::new(2, &["", "field", "accuracy", "±", "of", "right"]);
    for (name, tally) in evaluation.measures.named() {
        for (index, (field, ratio)) in tally.attributes.iter().enumerate() {
            let change = (change.and_then(|change| change.measures.get(name)))
                .and_then(|change| change.attributes.get(field).copied());
            table.row(vec![
                if index == 0 { name } else { "" }.to_owned(),
                field.clone(),
                places(ratio.accuracy()),
                difference(change),
                ratio.of.to_string(),
                ratio.right.to_string(),
            ]);
        }
    }
    if !table.is_empty() {
        heading(out, "Fields of what was found", look);
        table.write(out, look);
    }
}

fn types(out: &mut String, evaluation: &Evaluation, change: Option<&Change>, look: Look) {
    let head = [
        "type",
        "P",
        "±",
        "R",
        "±",
        "F1",
        "±",
        "gold",
        "found",
        "right",
        "missed",
        "spurious",
        "taken for",
    ];
    let confusion = &evaluation.type_confusion;
    let mut table = Table::new(1, &head);
    for (kind, tally) in &evaluation.types {
        let change = change.and_then(|change| change.types.get(kind));
        let mut row = vec![kind.clone()];
        figures(&mut row, tally, change);
        for counts in [&confusion.missed, &confusion.spurious] {
            row.push(count(counts.get(kind).copied()));
        }
        row.push(taken_for(kind, confusion));
        table.row(row);
    }
    if !table.is_empty() {
        heading(out, "Types of event", look);
        table.write(out, look);
    }
}

/// What else a type was found as, the most frequent first.
fn taken_for(kind: &str, confusion: &Confusion) -> String {
    let mut others: Vec<(&String, u64)> = (confusion.cells.get(kind).into_iter().flatten())
        .filter(|(found, _)| *found != kind)
        .map(|(found, &count)| (found, count))
        .collect();
    others.sort_by_key(|&(found, count)| (std::cmp::Reverse(count), found));
    let others: Vec<String> = (others.iter())
        .map(|(found, count)| format!("{found} {count}"))
        .collect();
    others.join(", ")
}

fn modalities(out: &mut String, confusion: &Confusion, look: Look) {
    let others: BTreeSet<&str> = (confusion.cells.values().flat_map(BTreeMap::keys))
        .map(String::as_str)
        .filter(|found| !MODALITIES.contains(found))
        .collect();
    let columns: Vec<&str> = MODALITIES.into_iter().chain(others).collect();
    let head: Vec<&str> = std::iter::once("gold \\ found")
        .chain(columns.iter().copied())
        .collect();
    let mut table = Table::new(1, &head);
    for gold in (columns.iter()).filter(|gold| confusion.cells.contains_key(**gold)) {
        let mut row = vec![(*gold).to_owned()];
        row.extend(
            (columns.iter()).map(|found| match confusion.count(gold, found) {
                0 => "·".to_owned(),
                count => count.to_string(),
            }),
        );
        table.row(row);
    }
    if !table.is_empty() {
        heading(out, "Modality", look);
        table.write(out, look);
    }
}

/// How many events of each tenth of confidence are right.
fn reliability(out: &mut String, reliability: &Reliability, look: Look) {
    if reliability.events == 0 {
        return;
    }
    heading(out, "Confidence of events", look);
    let head = ["confidence", "events", "right", "share", "mean confidence"];
    let mut table = Table::new(1, &head);
    for bin in &reliability.bins {
        table.row(vec![
            format!("{:.1} to {:.1}", bin.from, bin.from + 0.1),
            bin.events.to_string(),
            bin.right.to_string(),
            places(bin.share()),
            places(bin.confidence),
        ]);
    }
    table.write(out, look);
    let mut text = format!(
        "expected calibration error {}, Brier score {}",
        places(reliability.calibration_error),
        places(reliability.brier),
    );
    if let Some(discrimination) = reliability.discrimination {
        let _ = write!(text, ", discrimination {}", places(discrimination));
    }
    Styled::new(&text, Style::new().dimmed()).write(out, 0, look.width, look.styled);
}

/// What was missed, what is spurious, what is wrong, report by report.
fn listed(out: &mut String, evaluation: &Evaluation, look: Look) {
    heading(out, "Misses", look);
    let faulty = |item: &&Item| item.outcome != Outcome::Right || !item.faults.is_empty();
    let mut none = true;
    for report in &evaluation.reports {
        let mut items: Vec<&Item> = (evaluation.items.iter())
            .filter(|item| item.report == report.name)
            .filter(faulty)
            .collect();
        if items.is_empty() {
            continue;
        }
        if !none {
            out.push('\n');
        }
        none = false;
        items.sort_by_key(|item| (item.kind, item.outcome != Outcome::Missed, item.outcome));
        Styled::new(&report.name, Style::new().bold()).write(out, 0, look.width, look.styled);
        for item in items {
            one(out, item, look);
        }
    }
    if none {
        Styled::new("none", Style::new().dimmed()).write(out, 0, look.width, look.styled);
    }
}

fn one(out: &mut String, item: &Item, look: Look) {
    let outcome = match item.outcome {
        Outcome::Right => "in part".to_owned(),
        outcome => outcome.to_string(),
    };
    let mut line = Styled::new(&format!("{outcome:<8}  "), style(item.outcome));
    line.push(&format!("{:<9}  ", item.kind), Style::new());
    line.push(&item.label, Style::new().bold());
    if let Some(instead) = &item.instead {
        let what = match item.outcome {
            Outcome::Spurious => format!("  gold: {instead}"),
            _ => format!("  found: {instead}"),
        };
        line.push(&what, Style::new());
    }
    if item.optional {
        line.push("  (optional)", Style::new().dimmed());
    }
    indented(out, 2, &line, look);
    indented(out, WORDS, &words(&item.at), look);
    for fault in &item.faults {
        let text = format!(
            "{:<10}  gold: {}  found: {}",
            fault.field, fault.wanted, fault.found
        );
        indented(out, WORDS, &Styled::new(&text, Style::new()), look);
    }
}

fn changed(out: &mut String, change: &Change, look: Look) {
    for (title, reports) in [
        (
            "Reports that the earlier evaluation has not",
            &change.new_reports,
        ),
        (
            "Reports that only the earlier evaluation has",
            &change.gone_reports,
        ),
    ] {
        if !reports.is_empty() {
            heading(out, title, look);
            let reports = Styled::new(&reports.join(", "), Style::new());
            reports.write(out, 0, look.width, look.styled);
        }
    }
    for (title, moves) in [("Gained", &change.gained), ("Lost", &change.lost)] {
        heading(out, &format!("{title}: {}", moves.len()), look);
        for moved in moves {
            movement(out, moved, look);
        }
    }
    for (title, items) in [
        ("Spurious now", &change.new_spurious),
        ("Spurious no more", &change.gone_spurious),
    ] {
        heading(out, &format!("{title}: {}", items.len()), look);
        for item in items {
            let mut line = Styled::new(
                &format!("{}  {:<9}  ", item.report, item.kind),
                Style::new(),
            );
            line.push(&item.label, Style::new().bold());
            indented(out, 2, &line, look);
            indented(out, WORDS, &words(&item.at), look);
        }
    }
}

fn movement(out: &mut String, moved: &Move, look: Look) {
    let mut line = Styled::new(
        &format!("{}  {:<9}  ", moved.report, moved.kind),
        Style::new(),
    );
    line.push(&moved.label, Style::new().bold());
    line.push(&format!("  {} → ", moved.before), Style::new());
    line.push(&moved.after.to_string(), style(moved.after.outcome));
    indented(out, 2, &line, look);
    indented(out, WORDS, &words(&moved.at), look);
}

fn indented(out: &mut String, indent: usize, line: &Styled, look: Look) {
    out.extend(std::iter::repeat_n(' ', indent));
    line.write(out, indent + 2, look.width, look.styled);
}

/// Words in context, what is in brackets set off.
fn words(at: &str) -> Styled {
    let context = Style::new().dimmed();
    let split = (at.split_once('[')).and_then(|(before, rest)| {
        let (words, after) = rest.split_once(']')?;
        Some((before, words, after))
    });
    let Some((before, words, after)) = split else {
        return Styled::new(at, Style::new());
    };
    let mut line = Styled::new(before, context);
    line.push(&format!("[{words}]"), Style::new().italic());
    line.push(after, context);
    line
}

fn style(outcome: Outcome) -> Style {
    let color = match outcome {
        Outcome::Right => AnsiColor::Green,
        Outcome::Wrong => AnsiColor::Yellow,
        Outcome::Missed | Outcome::Spurious => AnsiColor::Red,
    };
    Style::new().fg_color(Some(color.into()))
}

fn places(figure: f64) -> String {
    format!("{figure:.3}")
}

/// A change of a figure; nothing where there is none.
fn difference(change: Option<f64>) -> String {
    (change.filter(|change| change.abs() >= LEAST))
        .map_or_else(String::new, |change| format!("{change:+.3}"))
}

fn count(count: Option<u64>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

fn counted(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
