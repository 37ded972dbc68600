//! Patterns as analysts write them: `"{day} {month} [{year}]"`.
//!
//! A pattern is a line of places. `{name}` takes anything of a class or of a word list, a word or mark takes
//! itself, `(a|b)` takes one of several, `[...]` may be absent. Places that are written together must stand
//! together in the text; where there is a space, white space may or may not stand. What comes before ` -> ` must stand there but does
//! not belong to the expression.

use super::{Class, atoms};

/// One place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// What it takes.
    pub class: Class,
    /// Whether it must follow the last place without white space.
    pub glued: bool,
}

/// A pattern without options: a sequence of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The places, at least one.
    pub elements: Vec<Element>,
    /// How many of the places are only context.
    pub context: usize,
    /// Its rank in its group: the earlier line wins.
    pub rank: u32,
}

/// A piece of a pattern while it is taken apart.
enum Piece {
    Place(String, bool),
    Arrow,
    Choice(Vec<Vec<Piece>>, bool),
}

/// The most ways in which one line may be read.
const MOST_READINGS: usize = 4096;

/// A way to read a line, while it is put together.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// `{name}` or word, and whether it must follow the last place without white space.
    pub(super) places: Vec<(String, bool)>,
    /// How many of the places are only context.
    pub(super) context: usize,
    glue: Glue,
}

/// What decides whether the next place is glued to the last.
#[derive(Debug, Clone, Copy)]
enum Glue {
    /// Its own writing.
    Own,
    /// The bracket that it is the first of.
    Bracket(bool),
    /// Its own writing, and that of the absent option before it.
    After(bool),
}

impl Glue {
    fn decide(self, own: bool) -> bool {
        match self {
            Self::Own => own,
            Self::Bracket(glued) => glued,
            Self::After(glued) => own && glued,
        }
    }
}

/// All ways to read a line.
pub(super) fn readings(line: &str) -> Result<Vec<Reading>, String> {
    let mut characters = line.char_indices().peekable();
    let pieces = sequence(line, &mut characters, None)?.remove(0);
    let mut found = vec![Reading {
        places: Vec::new(),
        context: 0,
        glue: Glue::Bracket(false),
    }];
    expand(&pieces, &mut found)?;
    if found
        .iter()
        .any(|reading| reading.places.len() <= reading.context)
    {
        return Err("a pattern that may match nothing".to_owned());
    }
    Ok(found)
}

type Characters<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

fn sequence(
    line: &str,
    characters: &mut Characters<'_>,
    close: Option<char>,
) -> Result<Vec<Vec<Piece>>, String> {
    let mut choices = vec![Vec::new()];
    let mut glued = false;
    while let Some(&(at, c)) = characters.peek() {
        let last = choices.last_mut().expect("never empty");
        if Some(c) == close {
            characters.next();
            return Ok(choices);
        }
        match c {
            ')' | ']' => return Err(format!("`{c}` without its opening")),
            '|' if close.is_some() => {
                characters.next();
                choices.push(Vec::new());
                glued = false;
                continue;
            }
            _ if c.is_whitespace() => {
                characters.next();
                glued = false;
                continue;
            }
            '(' | '[' => {
                characters.next();
                let end = if c == '(' { ')' } else { ']' };
                let mut inner = sequence(line, characters, Some(end))?;
                if c == '[' {
                    inner.push(Vec::new());
                }
                last.push(Piece::Choice(inner, glued));
            }
            '{' => {
                let end = line[at..].find('}').ok_or("`{` without `}`")? + at;
                last.push(Piece::Place(line[at..=end].to_owned(), glued));
                while characters.next_if(|(at, _)| *at <= end).is_some() {}
            }
            _ if line[at..].starts_with("->") => {
                characters.next();
                characters.next();
                last.push(Piece::Arrow);
            }
            '\\' => {
                characters.next();
                let (_, mark) = characters.next().ok_or("`\\` at the end")?;
                last.push(Piece::Place(mark.to_string(), glued));
            }
            _ => {
                let (range, _) = atoms(&line[at..]).next().ok_or("an empty word")?;
                let end = at + range.end;
                last.push(Piece::Place(line[at..end].to_lowercase(), glued));
                while characters.next_if(|(at, _)| *at < end).is_some() {}
            }
        }
        glued = true;
    }
    match close {
        Some(close) => Err(format!("`{close}` is missing")),
        None => Ok(choices),
    }
}

fn expand(pieces: &[Piece], found: &mut Vec<Reading>) -> Result<(), String> {
    for piece in pieces {
        match piece {
            Piece::Place(name, glued) => {
                for reading in found.iter_mut() {
                    let glued = reading.glue.decide(*glued);
                    reading.places.push((name.clone(), glued));
                    reading.glue = Glue::Own;
                }
            }
            Piece::Arrow => {
                for reading in found.iter_mut() {
                    reading.context = reading.places.len();
                }
            }
            Piece::Choice(choices, glued) => {
                for reading in found.iter_mut() {
                    reading.glue = Glue::Bracket(reading.glue.decide(*glued));
                }
                let mut all = Vec::new();
                for choice in choices {
                    let mut these = found.clone();
                    expand(choice, &mut these)?;
                    all.extend(these);
                    if all.len() > MOST_READINGS {
                        return Err("a pattern with too many options".to_owned());
                    }
                }
                for reading in &mut all {
                    if let Glue::Bracket(glued) = reading.glue {
                        reading.glue = Glue::After(glued);
                    }
                }
                *found = all;
            }
        }
    }
    Ok(())
}
