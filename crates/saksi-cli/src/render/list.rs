//! The events and statements of a record, as a list that can be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use saksi::record::{
    DateFrom, Event, EventType, Modality, Object, Quantity, Quotation, Stance, Statement,
};

use crate::render::Look;
use crate::render::report::style_of;
use crate::render::words::Words;
use crate::render::wrap::Styled;

/// Column at which what follows an item's number begins.
pub(crate) const ITEM: usize = 5;

/// Column at which a field's value begins.
const VALUE: usize = 19;

/// The longest content of a statement that is shown, in characters.
const LONGEST_CONTENT: usize = 240;

/// The events: who, to whom, what, with what, where, when, according to whom.
pub(crate) fn events(out: &mut String, words: &Words<'_>, look: Look) {
    heading(out, "Events", look);
    let record = words.record;
    if record.events.is_empty() {
        nothing(out, "none found", look);
    }
    let mut first_tellings = BTreeMap::new();
    for (index, event) in record.events.iter().enumerate() {
        let first = *first_tellings
            .entry(event.happening.as_str())
            .or_insert(index);
        title(
            out,
            index,
            event,
            words,
            (first < index).then_some(first),
            look,
        );
        let mut field = |label: &str, value: Styled| field(out, label, &value, look);
        field("who", entities(&event.actors, words));
        field("to whom", entities(&event.recipients, words));
        field("what", objects(&event.objects, words));
        field(
            "with",
            event
                .instrument
                .as_ref()
                .map(|object| objects(std::slice::from_ref(object), words))
                .unwrap_or_default(),
        );
        field(
            "where",
            event
                .place
                .as_ref()
                .map(|id| entities(std::slice::from_ref(id), words))
                .unwrap_or_default(),
        );
        field("when", when(event, words));
        field(
            "according to",
            event
                .statement
                .as_deref()
                .map(|id| sources(id, words))
                .unwrap_or_default(),
        );
        if look.explain {
            field(
                "rule",
                Styled::new(
                    &format!("{}, confidence {:.2}", event.rule, event.confidence),
                    Style::new().dimmed(),
                ),
            );
        }
        out.push('\n');
    }
}

/// The statements: who says what, in which words, as part of whose statement.
pub(crate) fn statements(out: &mut String, words: &Words<'_>, look: Look) {
    heading(out, "Statements", look);
    let record = words.record;
    if record.statements.is_empty() {
        nothing(out, "none found", look);
    }
    for (index, statement) in record.statements.iter().enumerate() {
        let mut line = Styled::default();
        line.push(&words.source(statement), Style::new().bold());
        line.push(
            &format!("  “{}”", words.of(statement.cue)),
            Style::new().italic(),
        );
        line.push(&format!("  {}", stance(statement.stance)), Style::new());
        line.push(
            &format!("  {}", quotation(statement.quotation)),
            Style::new().dimmed(),
        );
        number(out, index, look);
        line.write(out, ITEM, look.width, look.styled);
        let parts = match &statement.parts[..] {
            [] => statement.content.as_slice(),
            parts => parts,
        };
        if !parts.is_empty() {
            let parts = parts.iter().map(|&part| {
                let words = shortened(&words.of(part));
                if statement.quotation == Quotation::Direct {
                    format!("“{words}”")
                } else {
                    words
                }
            });
            let text = parts.collect::<Vec<_>>().join(" ... ");
            out.extend(std::iter::repeat_n(' ', ITEM));
            Styled::new(&text, Style::new()).write(out, ITEM, look.width, look.styled);
        }
        if let Some(parent) = &statement.parent {
            field(out, "according to", &sources(parent, words), look);
        }
        if let Some(span) = statement.recipient_span {
            field(out, "to", &Styled::new(&words.of(span), Style::new()), look);
        }
        if let Some(answered) = statement
            .answers
            .as_deref()
            .and_then(|id| words.statement(id))
        {
            let text = format!("{}  “{}”", words.source(answered), words.of(answered.cue));
            field(out, "answers", &Styled::new(&text, Style::new()), look);
        }
        if let Some(time) = statement.time.as_deref().and_then(|id| words.time(id)) {
            let words = words.of(time.span);
            field(
                out,
                "when",
                &Styled::new(
                    &time
                        .edtf
                        .as_ref()
                        .map_or(words.clone(), |edtf| format!("{edtf}  “{words}”")),
                    Style::new(),
                ),
                look,
            );
        }
        if look.explain {
            let text = format!("{}, confidence {:.2}", statement.rule, statement.confidence);
            field(
                out,
                "rule",
                &Styled::new(&text, Style::new().dimmed()),
                look,
            );
        }
        out.push('\n');
    }
    // One empty line between two reports is the caller's.
    if out.ends_with("\n\n") {
        out.pop();
    }
}

pub(crate) fn heading(out: &mut String, text: &str, look: Look) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    let mut line = Styled::new(&text.to_uppercase(), Style::new().bold());
    let rest = look.width.saturating_sub(line.columns() + 1);
    line.push(&format!(" {}", "─".repeat(rest)), Style::new().dimmed());
    line.write(out, 0, look.width, look.styled);
    out.push('\n');
}

fn nothing(out: &mut String, text: &str, look: Look) {
    Styled::new(text, Style::new().dimmed()).write(out, 0, look.width, look.styled);
    out.push('\n');
}

pub(crate) fn number(out: &mut String, index: usize, look: Look) {
    let mut plain = String::new();
    let _ = write!(plain, "{:>3}  ", index + 1);
    let style = if look.styled {
        Style::new().dimmed()
    } else {
        Style::new()
    };
    let _ = write!(out, "{style}{plain}{style:#}");
}

fn title(
    out: &mut String,
    index: usize,
    event: &Event,
    words: &Words<'_>,
    same_as: Option<usize>,
    look: Look,
) {
    number(out, index, look);
    let mut line = Styled::new(type_name(event.kind), Style::new().bold());
    if let Some(mode) = &event.mode {
        line.push(&format!(" {mode}"), Style::new());
    }
    line.push("  ", Style::new());
    line.push(&words.of(event.trigger), Style::new().bold().underline());
    line.push("  ", Style::new());
    line.push(modality(event.modality), modality_style(event.modality));
    if let Some(first) = same_as {
        line.push(
            &format!("  told already in {}", first + 1),
            Style::new().dimmed(),
        );
    }
    line.write(out, ITEM, look.width, look.styled);
}

pub(crate) fn field(out: &mut String, label: &str, value: &Styled, look: Look) {
    if value.is_empty() {
        return;
    }
    out.extend(std::iter::repeat_n(' ', ITEM));
    let style = if look.styled {
        Style::new().dimmed()
    } else {
        Style::new()
    };
    let _ = write!(out, "{style}{label}{style:#}");
    let used = ITEM + label.chars().count();
    out.extend(std::iter::repeat_n(' ', VALUE.saturating_sub(used)));
    value.write(out, VALUE, look.width, look.styled);
}

fn entities(ids: &[String], words: &Words<'_>) -> Styled {
    let mut styled = Styled::default();
    for entity in ids.iter().filter_map(|id| words.entity(id)) {
        separate(&mut styled, ", ");
        styled.push(&entity.name, style_of(entity.kind));
        let codes: Vec<&str> = entity
            .country
            .iter()
            .chain(&entity.sector)
            .map(String::as_str)
            .collect();
        if !codes.is_empty() {
            styled.push(&format!(" ({})", codes.join(" ")), Style::new().dimmed());
        }
    }
    styled
}

fn objects(objects: &[Object], words: &Words<'_>) -> Styled {
    let mut styled = Styled::default();
    for object in objects {
        separate(&mut styled, ", ");
        let style = object
            .entity
            .as_deref()
            .and_then(|id| words.entity(id))
            .map_or(Style::new(), |entity| style_of(entity.kind));
        styled.push(&words.of(object.span), style);
        // "dua belas kapal" is 12; "12 kapal" says so itself, but not where the number stands elsewhere.
        let told = |quantity: &&Quantity| {
            let inside = object.span.0 <= quantity.span.0 && quantity.span.1 <= object.span.1;
            !inside || words.of(quantity.span) != quantity.value.to_string()
        };
        if let Some(quantity) = object.quantity.as_ref().filter(told) {
            let unit = quantity
                .unit
                .as_deref()
                .map(|unit| format!(" {unit}"))
                .unwrap_or_default();
            styled.push(
                &format!(" ({}{unit})", quantity.value),
                Style::new().dimmed(),
            );
        }
    }
    styled
}

fn when(event: &Event, words: &Words<'_>) -> Styled {
    let mut styled = Styled::default();
    if let Some(date) = &event.date {
        styled.push(date, Style::new());
    }
    if let Some(time) = event.time.as_deref().and_then(|id| words.time(id)) {
        separate(&mut styled, "  ");
        styled.push(&format!("“{}”", words.of(time.span)), Style::new().dimmed());
    }
    match event.date_from {
        Some(DateFrom::Happening) => {
            styled.push("  as told elsewhere of it", Style::new().dimmed());
        }
        Some(DateFrom::Narrative) => {
            styled.push("  from what is told before", Style::new().dimmed());
        }
        _ => {}
    }
    styled
}

fn sources(id: &str, words: &Words<'_>) -> Styled {
    let mut styled = Styled::default();
    for statement in words.chain(id) {
        separate(&mut styled, " › ");
        source(&mut styled, statement, words);
    }
    styled
}

fn source(styled: &mut Styled, statement: &Statement, words: &Words<'_>) {
    let kind = statement
        .source
        .as_deref()
        .and_then(|id| words.entity(id))
        .map(|entity| entity.kind);
    styled.push(
        &words.source(statement),
        kind.map_or(Style::new(), style_of),
    );
    let style = if statement.stance == Stance::Deny {
        Style::new().bold().fg_color(Some(AnsiColor::Red.into()))
    } else {
        Style::new().dimmed()
    };
    if statement.stance != Stance::Assert {
        styled.push(&format!(" ({})", stance(statement.stance)), style);
    }
}

fn separate(styled: &mut Styled, text: &str) {
    if !styled.is_empty() {
        styled.push(text, Style::new().dimmed());
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_CONTENT {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST_CONTENT).collect();
    short.truncate(short.trim_end().rfind(' ').unwrap_or(short.len()));
    short + " …"
}

/// A stance by its name in the record, so that it fits one speaker and several.
fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Assert => "assert",
        Stance::Deny => "deny",
        Stance::Allege => "allege",
        Stance::Estimate => "estimate",
        Stance::Predict => "predict",
        Stance::Intend => "intend",
        Stance::Ask => "ask",
    }
}

fn quotation(quotation: Quotation) -> &'static str {
    match quotation {
        Quotation::Direct => "direct",
        Quotation::Indirect => "indirect",
        Quotation::Mixed => "mixed",
    }
}

fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => "actual",
        Modality::Historical => "historical",
        Modality::Future => "future",
        Modality::Hypothetical => "hypothetical",
        Modality::Negated => "negated",
    }
}

fn modality_style(modality: Modality) -> Style {
    let color = match modality {
        Modality::Actual => AnsiColor::Green,
        Modality::Historical => AnsiColor::BrightBlack,
        Modality::Future => AnsiColor::BrightBlue,
        Modality::Hypothetical => AnsiColor::Yellow,
        Modality::Negated => AnsiColor::Red,
    };
    Style::new().fg_color(Some(color.into()))
}

pub(super) fn type_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "AGREE",
        EventType::Consult => "CONSULT",
        EventType::Support => "SUPPORT",
        EventType::Concede => "CONCEDE",
        EventType::Cooperate => "COOPERATE",
        EventType::Aid => "AID",
        EventType::Retreat => "RETREAT",
        EventType::Request => "REQUEST",
        EventType::Accuse => "ACCUSE",
        EventType::Reject => "REJECT",
        EventType::Threaten => "THREATEN",
        EventType::Protest => "PROTEST",
        EventType::Sanction => "SANCTION",
        EventType::Mobilize => "MOBILIZE",
        EventType::Coerce => "COERCE",
        EventType::Assault => "ASSAULT",
        EventType::Inspect => "INSPECT",
        EventType::Order => "ORDER",
        EventType::Produce => "PRODUCE",
        EventType::Test => "TEST",
        EventType::Transfer => "TRANSFER",
        EventType::Exercise => "EXERCISE",
    }
}
