//! Lines: text that was broken at a fixed width is put together again.
//!
//! In: text with clean characters. Out: the same with some `\n` turned into spaces; no byte moves. A block is taken as
//! broken at a width when its lines could not have held the first word of the line after, as in old e-mail and agency wires.

use super::Cleaned;

/// Widths at which programs break lines.
const NARROWEST: usize = 50;
const WIDEST: usize = 120;

struct Line {
    start: usize,
    end: usize,
    characters: usize,
    first_word: usize,
    ends_sentence: bool,
    starts_low: bool,
}

impl Line {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let line = text.get(start..end).unwrap_or_default();
        // A line that is longer than any width is not measured to its end.
        let characters = line.chars().take(WIDEST + 1).count();
        let first_word = line
            .chars()
            .take(WIDEST)
            .take_while(|character| *character != ' ')
            .count();
        let ends_sentence = line
            .trim_end_matches(['"', '\'', '”', '’', ')', '»'])
            .ends_with(['.', '!', '?', '…', ':']);
        let starts_low = line.chars().next().is_some_and(char::is_lowercase);
        Self {
            start,
            end,
            characters,
            first_word,
            ends_sentence,
            starts_low,
        }
    }
}

/// Puts broken lines together.
pub(super) fn join(mut cleaned: Cleaned) -> Cleaned {
    let mut joints = Vec::new();
    let mut block = Vec::new();
    let mut start = 0;
    for line in cleaned.text.split('\n') {
        let end = start + line.len();
        if line.is_empty() {
            joints_of(&block, &mut joints);
            block.clear();
        } else {
            block.push(Line::new(&cleaned.text, start, end));
        }
        start = end + 1;
    }
    joints_of(&block, &mut joints);
    if joints.is_empty() {
        return cleaned;
    }
    let mut bytes = cleaned.text.into_bytes();
    for joint in joints {
        if let Some(byte) = bytes.get_mut(joint) {
            *byte = b' ';
        }
    }
    cleaned.text = String::from_utf8(bytes).expect("a line break and a space are one byte each");
    cleaned
}

/// The line breaks inside a block that are no breaks of the text.
fn joints_of(block: &[Line], joints: &mut Vec<usize>) {
    let width = block.iter().map(|line| line.characters).max().unwrap_or(0);
    if block.len() < 2 || !(NARROWEST..=WIDEST).contains(&width) {
        return;
    }
    let full = |pair: &[Line]| match pair {
        [line, next] => line.characters + 1 + next.first_word > width,
        _ => false,
    };
    let short_of_sentence = block
        .windows(2)
        .filter(|pair| !full(pair) && pair.first().is_some_and(|line| !line.ends_sentence))
        .count();
    let low = block.iter().skip(1).filter(|line| line.starts_low).count();
    let wrapped = block.windows(2).filter(|pair| full(pair)).count();
    let pairs = block.len() - 1;
    // Two lines alone may be a heading and a paragraph: the second must go on in the middle of a sentence.
    if low == 0 || low * 3 < wrapped || wrapped * 2 < pairs || short_of_sentence > 0 {
        return;
    }
    for pair in block.windows(2) {
        if let [line, next] = pair
            && full(pair)
            && (next.starts_low || pairs > 1 || !line.ends_sentence)
        {
            debug_assert_eq!(line.end + 1, next.start);
            joints.push(line.end);
        }
    }
}
