//! Where sentences end.
//!
//! In: the tokens of a line. Out: the token after a sentence's last. A sentence ends with a full stop, question or exclamation
//! mark or ellipsis and the closing marks after it, where what follows can open a sentence; else with its line.

use super::{
    Abbreviation, Segmentation, messages,
    tokens::{Piece, PieceKind},
};

/// How many closing marks can follow the end of a sentence.
const MOST_CLOSERS: usize = 8;

/// One past the last token of the sentence that starts with token `from`.
pub(super) fn end(segmentation: &Segmentation, text: &str, tokens: &[Piece], from: usize) -> usize {
    let mut at = from;
    while at < tokens.len() {
        if let Some(end) = ends_at(segmentation, text, tokens, from, at) {
            return end;
        }
        at += 1;
    }
    tokens.len()
}

pub(super) fn of<'a>(text: &'a str, piece: &Piece) -> &'a str {
    text.get(piece.start..piece.end).unwrap_or_default()
}

/// One past the last token of the sentence whose closing mark is token `at`, or `None` where none closes there.
fn ends_at(
    segmentation: &Segmentation,
    text: &str,
    tokens: &[Piece],
    from: usize,
    at: usize,
) -> Option<usize> {
    if let Some(end) = messages::end(segmentation, text, tokens, from, at) {
        return Some(end);
    }
    let piece = tokens.get(at)?;
    let mark = of(text, piece);
    let may_end = match piece.kind {
        PieceKind::Abbreviated(kind) => kind == Abbreviation::MayFinal && at > from,
        PieceKind::Word | PieceKind::Emoticon | PieceKind::Address => false,
        PieceKind::Mark => mark.starts_with(['.', '!', '?', '…', '。', '！', '？']),
    };
    if !may_end || mark == "." && enumerates(text, tokens, from, at) {
        return None;
    }
    let mut end = at + 1;
    while let (Some(before), Some(closer)) = (tokens.get(end - 1), tokens.get(end)) {
        if end > at + MOST_CLOSERS || !closes(text, before, closer, tokens.get(end + 1)) {
            break;
        }
        end += 1;
    }
    let smiles = |piece: &Piece| piece.kind == PieceKind::Emoticon;
    let closed = end > at + 1 && !tokens.get(end - 1).is_some_and(smiles);
    end += references(text, tokens, end);
    let Some(next) = tokens.get(end) else {
        return Some(end);
    };
    let next_text = of(text, next);
    let last = tokens.get(end - 1)?;
    let first = opening_letter(text, tokens, end);
    let spaced = last.end < next.start;
    if spaced && goes_on(text, tokens, mark, end) {
        return None;
    }
    let opens = match piece.kind {
        PieceKind::Abbreviated(_) => {
            let low = next_text.to_lowercase();
            first.is_some_and(char::is_uppercase) && segmentation.openers.contains(low.as_str())
        }
        _ => match first {
            None => {
                next.kind == PieceKind::Mark
                    && spaced
                    && !next_text.starts_with([',', ';', ':', ')', '-', '–', '—', '/'])
            }
            Some(_) if next.kind == PieceKind::Address && spaced => true,
            Some(letter) if letter.is_lowercase() => {
                segmentation.lower_case_sentences
                    && spaced
                    && !closed
                    && (mark.contains('?')
                        || (mark == "." || mark.starts_with('!'))
                            && at > from
                            && !is_name(of(text, tokens.get(at - 1)?), mark)
                            && of(text, tokens.get(at - 1)?) != ".")
            }
            Some(_) => spaced || mark == ".",
        },
    };
    opens.then_some(end)
}

/// Whether the stop at `at` stands after the number of a paragraph or of an item: "1. Sign here", "They ask: 1. Who pays".
fn enumerates(text: &str, tokens: &[Piece], from: usize, at: usize) -> bool {
    let Some(number) = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .map(|piece| of(text, piece))
    else {
        return false;
    };
    let listed = || {
        at >= from + 2
            && tokens
                .get(at - 2)
                .is_some_and(|before| matches!(of(text, before), ":" | "*" | "•"))
    };
    at == from + 1 && is_enumerator(number)
        || at > from
            && number.len() <= 2
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && listed()
}

/// Whether what stands after a free space only goes on: "He waited . . . and left", "Who won? - Nobody knows", "Viva
/// Maria! (1965)".
fn goes_on(text: &str, tokens: &[Piece], mark: &str, next: usize) -> bool {
    let Some(piece) = tokens.get(next) else {
        return false;
    };
    let token = |at: usize| tokens.get(at).map_or("", |piece| of(text, piece));
    match of(text, piece) {
        again @ ("." | "?" | "!") => again == mark,
        "-" | "–" => {
            mark.starts_with(['?', '!'])
                && tokens
                    .get(next + 1)
                    .is_some_and(|after| after.start > piece.end)
        }
        // A number of less digits is that of an item: "(2) Who pays".
        "(" => {
            let year = token(next + 1);
            token(next + 2) == ")"
                && year.len() == 4
                && year.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether the mark after a word is part of a name before a small letter: "Assoc. professor", "Yahoo! shares"; not "STOP! i said".
fn is_name(word: &str, mark: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && (mark == "." || word.chars().skip(1).any(char::is_lowercase))
}

/// "1", "12", "a" before a stop at the beginning: the number of a paragraph.
fn is_enumerator(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() == 1
}

/// How many tokens from `at` on are references that stick to the sentence before them: "... of 2014.[17][18] They",
/// "... of 2014. [17] They".
fn references(text: &str, tokens: &[Piece], at: usize) -> usize {
    let (mut count, mut touching) = (0, 0);
    while count < 3 * MOST_CLOSERS
        && let Some([before, open, number, close]) = (at + count)
            .checked_sub(1)
            .and_then(|from| tokens.get(from..from + 4))
        && of(text, open) == "["
        && of(text, close) == "]"
        && of(text, number).bytes().all(|byte| {
            byte.is_ascii_digit() || byte.is_ascii_alphabetic() && before.end == open.start
        })
    {
        if touching == count && before.end == open.start {
            touching += 3;
        }
        count += 3;
    }
    // What goes on low after a free reference has it in front: "[3] and the list of names".
    let opens = tokens.len() == at + count
        || opening_letter(text, tokens, at + count).is_some_and(char::is_uppercase);
    if opens { count } else { touching }
}

/// The first letter or digit of what starts at token `at`, past opening marks.
pub(super) fn opening_letter(text: &str, tokens: &[Piece], at: usize) -> Option<char> {
    for piece in tokens.get(at..)?.iter().take(4) {
        let first = of(text, piece).chars().next()?;
        if first.is_alphanumeric() {
            return Some(first);
        }
        if !matches!(
            first,
            '"' | '“'
                | '‘'
                | '\''
                | '('
                | '['
                | '«'
                | '„'
                | '`'
                | '¿'
                | '¡'
                | '-'
                | '–'
                | '—'
                | '•'
                | '*'
                | '#'
                | '@'
                | '”'
                | '$'
                | '<'
        ) {
            return None;
        }
    }
    None
}

/// Whether `mark` closes what ended with `before`.
fn closes(text: &str, before: &Piece, mark: &Piece, after: Option<&Piece>) -> bool {
    if mark.kind == PieceKind::Emoticon {
        return true;
    }
    if mark.kind != PieceKind::Mark {
        return false;
    }
    let touches = before.end == mark.start;
    let free_after = after.is_none_or(|next| next.start > mark.end || next.kind == PieceKind::Mark);
    match of(text, mark) {
        ")" | "]" | "}" | "»" | "”" | "''" => true,
        "\"" | "'" | "’" | "“" | "``" => touches && free_after,
        "." | "!" | "?" | "…" => touches,
        _ => false,
    }
}
