//! What the archive tells, as people read it.
//!
//! In: what a reader of the archive gives. Out: text, with the terminal's styles or without.

use anstyle::{AnsiColor, Style};
use saksi::record::{Generator, Record};
use saksi_archive::{
    Appearance, Count, Found, Overview, Query, Reading, Report, Reprint, Telling, Timeline,
};

use crate::commands::thousands;
use crate::render::Look;
use crate::render::table::Table;
use crate::render::wrap::Styled;

/// Characters of a passage.
const LONGEST: usize = 300;

/// Sentences that differ, shown of each kind.
const SENTENCES: usize = 3;

/// Letters of a root that a word which holds it may be taken for one of its forms.
const ROOT: usize = 4;

/// What is looked for, to mark it in a passage.
pub(crate) struct Sought {
    /// Words in small letters.
    words: Vec<String>,
    /// Roots of words.
    roots: Vec<String>,
}

/// What marks are looked for of a query.
pub(crate) fn sought(query: &Query, lemmas: &dyn Fn(&str) -> Vec<String>) -> Sought {
    let words: Vec<String> = query.marks().into_iter().map(str::to_lowercase).collect();
    let roots = (query.single_words().into_iter())
        .flat_map(lemmas)
        .filter(|root| root.chars().count() >= ROOT)
        .collect();
    Sought { words, roots }
}

/// A sentence of a report, with the words that were looked for.
pub(crate) struct Passage {
    text: String,
    /// Stretches of it that are marked, in characters.
    marks: Vec<(usize, usize)>,
}

impl Passage {
    /// The sentence that holds the most of what is sought; else that of the first of these events; else the first.
    pub(crate) fn of(record: &Record, sought: &Sought, events: &[String]) -> Self {
        let characters: Vec<char> = record.document.text.chars().collect();
        let sentence = |at: usize| -> Option<String> {
            let span = record.sentences.get(at)?;
            let text: String = characters
                .get(span.0 as usize..span.1 as usize)?
                .iter()
                .collect();
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let best = (0..record.sentences.len())
            .filter_map(|at| Some((marks(&sentence(at)?, sought).len(), at)))
            .filter(|(marks, _)| *marks > 0)
            .max_by_key(|&(marks, at)| (marks, std::cmp::Reverse(at)));
        let told = (record.events.iter())
            .find(|event| events.contains(&event.id))
            .map(|event| event.sentence as usize);
        let at = best.map(|(_, at)| at).or(told).unwrap_or(0);
        let text: String = sentence(at)
            .unwrap_or_default()
            .chars()
            .take(LONGEST)
            .collect();
        let marks = marks(&text, sought);
        Self { text, marks }
    }

    /// Its words.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// The words of a text that are sought, or forms of them, in characters.
fn marks(text: &str, sought: &Sought) -> Vec<(usize, usize)> {
    let characters: Vec<char> = text.chars().collect();
    let mut marks = Vec::new();
    let mut start = 0;
    for word in characters.split(|c| !c.is_alphanumeric()) {
        let end = start + word.len();
        let small: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        let found = sought.words.contains(&small)
            || sought
                .roots
                .iter()
                .any(|root| small.contains(root.as_str()));
        if !small.is_empty() && found {
            marks.push((start, end));
        }
        start = end + 1;
    }
    marks
}

/// What a search found.
pub(crate) fn found(found: &Found, passages: &[Passage], look: Look) -> String {
    let (bold, dim, marked) = (
        Style::new().bold(),
        Style::new().dimmed(),
        Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
    );
    let mut out = String::new();
    for (hit, passage) in found.hits.iter().zip(passages) {
        let mut line = Styled::new(
            &hit.id.short(),
            Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        );
        line.push(
            &format!("  {}", circumstances(&hit.appearance, &hit.language)),
            dim,
        );
        line.write(&mut out, 0, look.width, look.styled);
        if let Some(title) = &hit.appearance.title {
            Styled::new(&format!("  {title}"), bold).write(&mut out, 2, look.width, look.styled);
        }
        let mut line = Styled::new("  ", Style::new());
        let mut marks = passage.marks.iter().peekable();
        for (at, character) in passage.text.chars().enumerate() {
            while marks.next_if(|(_, end)| *end <= at).is_some() {}
            let is_marked = marks.peek().is_some_and(|(start, _)| *start <= at);
            line.push_char(character, if is_marked { marked } else { Style::new() });
        }
        line.write(&mut out, 2, look.width, look.styled);
        let mut rest = Vec::new();
        if !hit.events.is_empty() {
            rest.push(format!("events {}", hit.events.join(", ")));
        }
        rest.extend(
            hit.reprint_of
                .map(|origin| format!("a reprint of {}", origin.short())),
        );
        rest.extend(hit.appearance.uri.clone());
        Styled::new(&format!("  {}", rest.join(" · ")), dim).write(
            &mut out,
            2,
            look.width,
            look.styled,
        );
        out.push('\n');
    }
    let shown = found.hits.len() as u64;
    let count = match (shown, found.count, found.more) {
        (0, ..) => "nothing found".to_owned(),
        (1, 1, false) => "1 report".to_owned(),
        (shown, count, false) if shown == count => format!("{} reports", thousands(count)),
        (shown, count, true) if shown == count => {
            format!(
                "{} reports, the latest; `--limit` shows more",
                thousands(count)
            )
        }
        (shown, count, more) => {
            format!(
                "{} of {}{} reports; `--limit` shows more",
                thousands(shown),
                if more { "more than " } else { "" },
                thousands(count)
            )
        }
    };
    Styled::new(&count, dim).write(&mut out, 0, look.width, look.styled);
    out
}

fn circumstances(appearance: &Appearance, language: &str) -> String {
    let published = appearance
        .published
        .clone()
        .unwrap_or_else(|| "date unknown".to_owned());
    [
        Some(published),
        appearance.outlet.clone(),
        Some(language.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// Where a report was found and what it is a reprint of.
pub(crate) fn kept(report: &Report, look: Look) -> String {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let mut out = String::from("\n");
    Styled::new("In the archive", bold).write(&mut out, 0, look.width, look.styled);
    Styled::new(&format!("  {}", report.id), dim).write(&mut out, 2, look.width, look.styled);
    for appearance in &report.appearances {
        let place = appearance.uri.as_deref().unwrap_or("standard input");
        let line = format!(
            "  found at {place}, {}",
            circumstances(appearance, &report.language)
        );
        Styled::new(&line, Style::new()).write(&mut out, 4, look.width, look.styled);
    }
    if report.readings > 1 {
        let line = format!(
            "  read {} times; `--history` lists the readings",
            report.readings
        );
        Styled::new(&line, Style::new()).write(&mut out, 4, look.width, look.styled);
    }
    if let Some(reprint) = &report.reprint_of {
        reprint_of(&mut out, "a reprint of", reprint, look);
    }
    for reprint in &report.reprints {
        reprint_of(&mut out, "reprinted as", reprint, look);
    }
    out
}

fn reprint_of(out: &mut String, what: &str, reprint: &Reprint, look: Look) {
    let dim = Style::new().dimmed();
    let place = reprint
        .appearance
        .uri
        .as_deref()
        .or(reprint.appearance.title.as_deref())
        .unwrap_or("standard input");
    let published = reprint
        .appearance
        .published
        .as_deref()
        .unwrap_or("date unknown");
    let line = format!("  {what} {}, {place}, {published}", reprint.id.short());
    Styled::new(&line, Style::new()).write(out, 4, look.width, look.styled);
    let difference = &reprint.difference;
    let mut list = |sign: &str, sentences: Vec<String>| {
        let more = sentences.len().saturating_sub(SENTENCES);
        for sentence in sentences.iter().take(SENTENCES) {
            Styled::new(&format!("    {sign} {sentence}"), dim).write(
                out,
                6,
                look.width,
                look.styled,
            );
        }
        if more > 0 {
            Styled::new(&format!("    {sign} and {more} more"), dim).write(
                out,
                6,
                look.width,
                look.styled,
            );
        }
    };
    list("+", difference.added.clone());
    list("-", difference.lacking.clone());
    list(
        "~",
        difference
            .changed
            .iter()
            .map(|(from, to)| format!("{from} → {to}"))
            .collect(),
    );
}

/// The readings of a report.
pub(crate) fn history(readings: &[Reading], look: Look) -> String {
    let mut table = Table::new(
        1,
        &["reading", "entities", "statements", "events", "read by"],
    );
    for reading in readings {
        table.row(vec![
            reading.number.to_string(),
            reading.entities.to_string(),
            reading.statements.to_string(),
            reading.events.to_string(),
            generator(&reading.generator),
        ]);
    }
    let mut out = String::new();
    table.write(&mut out, look);
    out
}

fn generator(generator: &Generator) -> String {
    let packs: Vec<String> = generator
        .packs
        .iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    format!(
        "{} {}; {}",
        generator.name,
        generator.version,
        packs.join(", ")
    )
}

/// Events by their dates, one a line.
pub(crate) fn timeline(timeline: &Timeline, look: Look) -> String {
    let mut out = String::new();
    let dim = Style::new().dimmed();
    let width = timeline
        .tellings
        .iter()
        .map(|telling| telling.date.chars().count())
        .max()
        .unwrap_or(0);
    for telling in &timeline.tellings {
        let mut line = Styled::new(
            &format!("{:width$}  ", telling.date),
            Style::new().fg_color(Some(AnsiColor::Green.into())),
        );
        line.push(&telling.kind, Style::new().bold());
        if telling.modality != "actual" {
            line.push(&format!(" ({})", telling.modality), dim);
        }
        line.push(&format!("  {}", happening(telling)), Style::new());
        line.push(&format!("  [{}]", origin(telling)), dim);
        line.write(&mut out, 0, usize::MAX, look.styled);
    }
    if timeline.tellings.is_empty() {
        Styled::new("no events found", dim).write(&mut out, 0, look.width, look.styled);
    }
    out
}

fn happening(telling: &Telling) -> String {
    let names = |names: &[String]| names.join(", ");
    let mut text = String::new();
    if !telling.actors.is_empty() {
        text.push_str(&names(&telling.actors));
        text.push_str(": ");
    }
    text.push_str(&telling.words);
    for (sign, list) in [
        (" → ", &telling.recipients),
        (" · ", &telling.objects),
        (" @ ", &telling.places),
    ] {
        if !list.is_empty() {
            text.push_str(sign);
            text.push_str(&names(list));
        }
    }
    text
}

/// Who says so, and where it stands.
fn origin(telling: &Telling) -> String {
    let mut parts = Vec::new();
    if !telling.sources.is_empty() {
        let stance = telling.stance.as_deref().unwrap_or("assert");
        parts.push(format!("{} ({stance})", telling.sources.join(", ")));
    }
    parts.extend(
        telling
            .appearance
            .outlet
            .clone()
            .or_else(|| telling.appearance.uri.clone()),
    );
    parts.push(format!("{} {}", telling.id.short(), telling.event));
    if telling.reprints > 0 {
        parts.push(format!(
            "{} {}",
            telling.reprints,
            if telling.reprints == 1 {
                "reprint"
            } else {
                "reprints"
            }
        ));
    }
    parts.join("; ")
}

/// How much of what there is.
pub(crate) fn overview(overview: &Overview, look: Look) -> String {
    let mut out = String::new();
    let mut table = Table::new(1, &["", "count"]);
    for (what, count) in [
        ("reports", overview.reports),
        ("of them reprints", overview.reprints),
        ("appearances", overview.appearances),
        ("readings", overview.readings),
        ("entities", overview.entities),
        ("statements", overview.statements),
        ("events", overview.events),
        ("bytes", overview.bytes),
    ] {
        table.row(vec![what.to_owned(), thousands(count)]);
    }
    table.write(&mut out, look);
    if let Some((first, last)) = &overview.published {
        out.push('\n');
        Styled::new(&format!("published from {first} to {last}"), Style::new()).write(
            &mut out,
            0,
            look.width,
            look.styled,
        );
    }
    let generators: Vec<Count> = (overview.generators.iter())
        .map(|count| Count {
            name: serde_json::from_str(&count.name)
                .map_or_else(|_| count.name.clone(), |made| generator(&made)),
            count: count.count,
        })
        .collect();
    for (head, counts) in [
        ("reports by language", &overview.languages),
        ("events by type", &overview.types),
        ("events by modality", &overview.modalities),
        ("reports by country", &overview.countries),
        ("reports by what read them", &generators),
    ] {
        let mut table = Table::new(1, &[head, "count"]);
        for count in counts {
            table.row(vec![count.name.clone(), thousands(count.count)]);
        }
        if !table.is_empty() {
            out.push('\n');
            table.write(&mut out, look);
        }
    }
    out
}
