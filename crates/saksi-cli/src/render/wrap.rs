//! Styled text broken into lines.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

/// Text whose every character has a style.
#[derive(Debug, Clone, Default)]
pub(crate) struct Styled {
    characters: Vec<(char, Style)>,
}

impl Styled {
    /// `text` in one style.
    pub(crate) fn new(text: &str, style: Style) -> Self {
        let mut styled = Self::default();
        styled.push(text, style);
        styled
    }

    /// Adds `text` in `style`.
    pub(crate) fn push(&mut self, text: &str, style: Style) {
        self.characters
            .extend(text.chars().map(|c| (harmless(c), style)));
    }

    /// Adds one character.
    pub(crate) fn push_char(&mut self, character: char, style: Style) {
        self.characters.push((harmless(character), style));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// Columns of the text on one line.
    pub(crate) fn columns(&self) -> usize {
        self.characters.iter().map(|&(c, _)| columns(c)).sum()
    }

    /// Writes the text in lines of at most `width` columns: the first begins where the cursor stands, at column
    /// `indent`, the others are indented to it. Ends in a line break.
    pub(crate) fn write(&self, out: &mut String, indent: usize, width: usize, styled: bool) {
        let room = width.saturating_sub(indent).max(20);
        for (index, line) in lines(&self.characters, room).enumerate() {
            if index > 0 {
                out.extend(std::iter::repeat_n(' ', indent));
            }
            write_line(out, line, styled);
            out.push('\n');
        }
    }
}

/// A report must not be able to move the cursor or change the terminal's title.
fn harmless(character: char) -> char {
    match character {
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// A text without what could do so.
pub(crate) fn harmless_text(text: &str) -> String {
    text.chars().map(harmless).collect()
}

fn columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

fn write_line(out: &mut String, line: &[(char, Style)], styled: bool) {
    let mut current = Style::new();
    for &(character, style) in line {
        if styled && style != current {
            let _ = write!(out, "{current:#}{style}");
            current = style;
        }
        out.push(character);
    }
    if styled {
        let _ = write!(out, "{current:#}");
    }
}

/// Breaks at spaces, or inside a word that is longer than a line.
fn lines(characters: &[(char, Style)], room: usize) -> impl Iterator<Item = &[(char, Style)]> {
    let mut rest = characters;
    let mut first = true;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return std::mem::take(&mut first).then_some(rest);
        }
        first = false;
        let (mut used, mut last_space, mut end) = (0, None, rest.len());
        for (index, &(character, _)) in rest.iter().enumerate() {
            if character == ' ' {
                last_space = Some(index);
            }
            used += columns(character);
            if used > room && (character != ' ' || index == 0) {
                end = last_space
                    .filter(|&space| space > 0)
                    .unwrap_or(index.max(1));
                break;
            }
        }
        let line = &rest[..end];
        rest = &rest[end..];
        let spaces = rest
            .iter()
            .take_while(|(character, _)| *character == ' ')
            .count();
        rest = &rest[spaces..];
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, indent: usize, width: usize) -> String {
        let mut out = String::new();
        Styled::new(text, Style::new()).write(&mut out, indent, width, false);
        out
    }

    #[test]
    fn breaks_at_spaces_and_indents() {
        assert_eq!(
            wrapped("one two three four five six seven", 2, 22),
            "one two three four\n  five six seven\n"
        );
        assert_eq!(wrapped("", 0, 40), "\n");
    }

    #[test]
    fn breaks_words_that_are_longer_than_a_line() {
        let text = "x".repeat(50);
        let out = wrapped(&text, 0, 20);
        assert!(out.lines().all(|line| line.len() <= 20), "{out}");
        assert_eq!(out.replace('\n', ""), text);
    }

    #[test]
    fn no_escape_of_a_report_reaches_the_terminal() {
        assert_eq!(
            wrapped("a\u{1b}]0;b\u{7}", 0, 40),
            "a\u{fffd}]0;b\u{fffd}\n"
        );
    }
}
