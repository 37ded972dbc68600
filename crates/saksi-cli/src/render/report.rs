//! The report itself, with its entities, triggers and cues marked.

use std::cmp::Reverse;

use anstyle::{AnsiColor, Effects, Style};
use saksi::record::{EntityType, PublishedFrom, Record, Span};

use crate::render::Look;
use crate::render::words::Words;
use crate::render::wrap::Styled;

/// The style of an entity's mentions.
pub(crate) fn style_of(kind: EntityType) -> Style {
    let color = match kind {
        EntityType::Person => AnsiColor::Cyan,
        EntityType::State => AnsiColor::BrightBlue,
        EntityType::Organization => AnsiColor::Magenta,
        EntityType::Group => AnsiColor::BrightMagenta,
        EntityType::Facility => AnsiColor::Yellow,
        EntityType::Weapon => AnsiColor::Red,
        EntityType::Place => AnsiColor::Green,
        EntityType::Exercise => AnsiColor::BrightYellow,
        EntityType::Document => AnsiColor::BrightGreen,
    };
    Style::new().fg_color(Some(color.into()))
}

/// The name of a type, as in the record.
pub(crate) fn name_of(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "person",
        EntityType::State => "state",
        EntityType::Organization => "organization",
        EntityType::Group => "group",
        EntityType::Facility => "facility",
        EntityType::Weapon => "weapon",
        EntityType::Place => "place",
        EntityType::Exercise => "exercise",
        EntityType::Document => "document",
    }
}

/// Title and circumstances.
pub(crate) fn head(out: &mut String, record: &Record, look: Look) {
    let document = &record.document;
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    if look.named
        && let Some(uri) = &document.uri
    {
        Styled::new(&format!("── {uri} "), bold).write(out, 0, look.width, look.styled);
    }
    if let Some(title) = &document.title {
        Styled::new(title, bold).write(out, 0, look.width, look.styled);
    }
    let published = match (&document.published, document.published_from) {
        (Some(date), Some(PublishedFrom::Text)) => format!("published {date} (by its own words)"),
        (Some(date), Some(PublishedFrom::Url)) => format!("published {date} (by its address)"),
        (Some(date), Some(PublishedFrom::Page)) => format!("published {date} (by its page)"),
        (Some(date), Some(PublishedFrom::Metadata)) => format!("published {date} (by its head)"),
        (Some(date), _) => format!("published {date}"),
        (None, _) => "date of publication unknown".to_owned(),
    };
    let parts = [
        document.outlet.clone(),
        Some(document.language.clone()),
        Some(published),
        Some(counts(record)),
    ];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Styled::new(&line, dim).write(out, 0, look.width, look.styled);
    out.push('\n');
}

fn counts(record: &Record) -> String {
    let of = |count: usize, one: &str, more: &str| {
        format!("{count} {}", if count == 1 { one } else { more })
    };
    [
        of(record.sentences.len(), "sentence", "sentences"),
        of(record.entities.len(), "entity", "entities"),
        of(record.events.len(), "event", "events"),
        of(record.statements.len(), "statement", "statements"),
    ]
    .join(", ")
}

/// What is marked at a character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    entity: Option<EntityType>,
    trigger: bool,
    cue: bool,
}

/// The text, paragraph by paragraph, and what its marks mean.
pub(crate) fn body(out: &mut String, words: &Words<'_>, look: Look) {
    let (painting, marks) = if look.styled {
        (painting(words), Vec::new())
    } else {
        (Vec::new(), plain_marks(words.record))
    };
    let mut start = 0;
    for paragraph in words.characters.split(|&character| character == '\n') {
        let end = start + paragraph.len();
        if !paragraph.iter().all(|character| character.is_whitespace()) {
            let styled = if look.styled {
                painted(paragraph, &painting[start..end])
            } else {
                marked(paragraph, &marks, start)
            };
            styled.write(out, 0, look.width, look.styled);
            out.push('\n');
        }
        start = end + 1;
    }
    legend(words, look).write(out, 0, look.width, look.styled);
}

fn painting(words: &Words<'_>) -> Vec<Mark> {
    let mut marks = vec![Mark::default(); words.characters.len()];
    let mut paint = |span: Span, set: &dyn Fn(&mut Mark)| {
        if let Some(marks) = marks.get_mut(span.0 as usize..span.1 as usize) {
            marks.iter_mut().for_each(set);
        }
    };
    let mut mentions: Vec<_> = (words.record.entities.iter())
        .flat_map(|entity| {
            entity
                .mentions
                .iter()
                .filter(|mention| mention.within.is_none())
                .map(|mention| (mention.span, entity.kind))
        })
        .collect();
    // The shorter is painted over the longer: "[pejabat [Amerika]]".
    mentions.sort_by_key(|&(span, kind)| (span.0.abs_diff(span.1), span, kind));
    for &(span, kind) in mentions.iter().rev() {
        paint(span, &|mark| mark.entity = Some(kind));
    }
    for statement in &words.record.statements {
        paint(statement.cue, &|mark| mark.cue = true);
    }
    for event in &words.record.events {
        paint(event.trigger, &|mark| mark.trigger = true);
    }
    marks
}

fn painted(paragraph: &[char], marks: &[Mark]) -> Styled {
    let mut styled = Styled::default();
    for (&character, mark) in paragraph.iter().zip(marks) {
        let mut style = mark.entity.map_or(Style::new(), style_of);
        if mark.trigger {
            style = style.effects(Effects::BOLD | Effects::UNDERLINE);
        }
        if mark.cue {
            style = style.effects(style.get_effects() | Effects::ITALIC);
        }
        styled.push_char(character, style);
    }
    styled
}

/// A mark of plain text: where it stands, its rank among those at the same place, what it is.
type PlainMark = (usize, u8, &'static str);

/// `[Kim Jong Un]` for an entity's name, `*memeriksa*` for a trigger; in the order of the text.
fn plain_marks(record: &Record) -> Vec<PlainMark> {
    let mut marks = Vec::new();
    let mut mentions: Vec<Span> = (record.entities.iter())
        .flat_map(|entity| entity.mentions.iter().map(|mention| mention.span))
        .collect();
    mentions.sort_by_key(|span| (span.0, Reverse(span.1)));
    let mut last = 0;
    for span in mentions {
        // Brackets in brackets are hard to read: of nested mentions the outermost is shown.
        if span.0 >= last {
            marks.push((span.0 as usize, 1, "["));
            marks.push((span.1 as usize, 0, "]"));
            last = span.1;
        }
    }
    let mut triggers: Vec<Span> = record.events.iter().map(|event| event.trigger).collect();
    triggers.sort_unstable();
    triggers.dedup();
    for span in triggers {
        marks.push((span.0 as usize, 2, "*"));
        marks.push((span.1 as usize, 0, "*"));
    }
    marks.sort_unstable();
    marks
}

fn marked(paragraph: &[char], marks: &[PlainMark], start: usize) -> Styled {
    let plain = Style::new();
    let first = marks.partition_point(|&(place, ..)| place < start);
    let last = marks.partition_point(|&(place, ..)| place <= start + paragraph.len());
    let mut marks = marks[first..last].iter().peekable();
    let mut styled = Styled::default();
    for (offset, &character) in paragraph.iter().enumerate() {
        while let Some((_, _, mark)) = marks.next_if(|(place, ..)| *place <= start + offset) {
            styled.push(mark, plain);
        }
        styled.push_char(character, plain);
    }
    for (_, _, mark) in marks {
        styled.push(mark, plain);
    }
    styled
}

fn legend(words: &Words<'_>, look: Look) -> Styled {
    let dim = Style::new().dimmed();
    let mut styled = Styled::default();
    if !look.styled {
        styled.push("marked: [who and what], *what happens*", dim);
        return styled;
    }
    let mut kinds: Vec<EntityType> = words
        .record
        .entities
        .iter()
        .map(|entity| entity.kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        styled.push(name_of(kind), style_of(kind));
        styled.push("  ", dim);
    }
    styled.push("what happens", Style::new().bold().underline());
    styled.push("  ", dim);
    styled.push("who says", Style::new().italic());
    styled
}
