//! What a name can mean, as a list that can be read.

use std::fmt::Write as _;

use anstyle::Style;
use saksi::lexicon::names::{Sense, Tenure};
use saksi::packs::{Found, Meaning};

use crate::render::Look;
use crate::render::list::{ITEM, field, number};
use crate::render::report::{name_of, style_of};
use crate::render::wrap::Styled;

/// All that `name` can mean, or what is written nearly alike.
pub(crate) fn meanings(name: &str, found: &Found, look: Look) -> String {
    let mut out = String::new();
    let count = found.meanings.len();
    let head = match count {
        0 => format!("“{name}” means nothing to these packs."),
        1 => format!("“{name}” can mean one thing."),
        _ => format!("“{name}” can mean {count} things, the likelier ones first."),
    };
    Styled::new(&head, Style::new()).write(&mut out, 0, look.width, look.styled);
    for (index, meaning) in found.meanings.iter().enumerate() {
        out.push('\n');
        write(&mut out, index, meaning, look);
    }
    if !found.similar.is_empty() {
        out.push_str("\nWritten nearly alike:\n");
        for one in &found.similar {
            let mut line = Styled::new(&one.name, style_of(one.kind));
            if let Some(by) = &one.by {
                line.push(&format!(", also “{by}”"), Style::new());
            }
            let what = format!("  {} (pack `{}`)", name_of(one.kind), one.pack);
            line.push(&what, Style::new().dimmed());
            out.push_str("  ");
            line.write(&mut out, 4, look.width, look.styled);
        }
    }
    out
}

fn write(out: &mut String, index: usize, meaning: &Meaning, look: Look) {
    number(out, index, look);
    let mut line = Styled::new(&meaning.name, style_of(meaning.kind).bold());
    line.push(&format!("  {}", kind(meaning)), Style::new());
    let codes: Vec<&str> = (meaning.country.iter().chain(&meaning.sector))
        .map(String::as_str)
        .collect();
    if !codes.is_empty() {
        line.push(&format!(" ({})", codes.join(" ")), Style::new().dimmed());
    }
    line.write(out, ITEM, look.width, look.styled);
    let mut tell = |label: &str, text: &str| {
        field(out, label, &Styled::new(text, Style::new()), look);
    };
    tell("class", meaning.class.as_deref().unwrap_or_default());
    tell("id", meaning.id.as_deref().unwrap_or_default());
    tell("in", &meaning.within.join(", "));
    if let Some(at) = meaning.at {
        tell("where", &format!("{:.4}, {:.4}", at.latitude, at.longitude));
    }
    if let Some(weight) = meaning.weight {
        tell(
            "weight",
            &crate::commands::thousands(format_args!("{weight:.0}")),
        );
    }
    for held in &meaning.held {
        tell("held", &tenure(held));
    }
    let links: Vec<String> = (meaning.links.iter())
        .map(|(scheme, value)| format!("{scheme}:{value}"))
        .collect();
    tell("links", &links.join("  "));
    if !meaning.languages.is_empty() {
        tell("only in", &meaning.languages.join(", "));
    }
    tell("why", &meaning.reason);
}

/// What the name is and what it stands for.
fn kind(meaning: &Meaning) -> String {
    let kind = name_of(meaning.kind);
    match meaning.sense {
        Sense::Name => kind.to_owned(),
        Sense::Adjective => format!("adjective for a {kind}"),
        Sense::People => "people of a state".to_owned(),
        Sense::Capital => "capital, which may stand for its state".to_owned(),
        Sense::Seat => "building that stands for a government".to_owned(),
        Sense::Office => "office or rank".to_owned(),
        Sense::Title => "word before a name".to_owned(),
        Sense::Noun => format!("noun for a {kind}"),
    }
}

fn tenure(held: &Tenure) -> String {
    let mut text = held.office.to_string();
    if let Some(of) = &held.of {
        let _ = write!(text, " of {of}");
    }
    let day = |day: &Option<Box<str>>| day.as_deref().unwrap_or("..").to_owned();
    let _ = write!(text, "  {}/{}", day(&held.from), day(&held.to));
    if let (None, Some(as_of)) = (&held.to, &held.as_of) {
        let _ = write!(text, "  (known up to {as_of})");
    }
    text
}
