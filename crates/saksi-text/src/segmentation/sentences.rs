//! Where sentences end.
//!
//! In: the tokens of a line. Out: the token after a sentence's last. A sentence ends with a full stop, question or exclamation
//! mark or ellipsis and the closing marks after it, where what follows can open a sentence; else with its line.

use super::{
    Abbreviation, Segmentation,
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

fn of<'a>(text: &'a str, piece: &Piece) -> &'a str {
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
    let piece = tokens.get(at)?;
    let mark = of(text, piece);
    let may_end = match piece.kind {
        PieceKind::Abbreviated(kind) => kind == Abbreviation::MayFinal && at > from,
        PieceKind::Word | PieceKind::Emoticon | PieceKind::Address => false,
        PieceKind::Mark => mark.starts_with(['.', '!', '?', '…', '。', '！', '？']),
    };
    let enumerates = at == from + 1
        && mark == "."
        && tokens
            .get(from)
            .is_some_and(|first| is_enumerator(of(text, first)));
    if !may_end || enumerates {
        return None;
    }
    let mut end = at + 1;
    while let (Some(before), Some(closer)) = (tokens.get(end - 1), tokens.get(end)) {
        if end > at + MOST_CLOSERS || !closes(text, before, closer, tokens.get(end + 1)) {
            break;
        }
        end += 1;
    }
    let closed = end > at + 1;
    end += references(text, tokens, end);
    let Some(next) = tokens.get(end) else {
        return Some(end);
    };
    let next_text = of(text, next);
    let last = tokens.get(end - 1)?;
    let first = opening_letter(text, tokens, end);
    let spaced = last.end < next.start;
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
            Some(letter) if letter.is_lowercase() => {
                segmentation.lower_case_sentences
                    && spaced
                    && !closed
                    && match mark {
                        "?" => true,
                        // A capital before the stop: an abbreviation that no list has ("Assoc. professor").
                        "." => {
                            at > from
                                && tokens.get(at - 1).is_some_and(|word| {
                                    !of(text, word).starts_with(char::is_uppercase)
                                })
                        }
                        _ => false,
                    }
            }
            Some(_) => spaced || mark == ".",
        },
    };
    opens.then_some(end)
}

/// "1", "12", "a" before a stop at the beginning: the number of a paragraph.
fn is_enumerator(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) || word.len() == 1
}

/// How many tokens from `at` on are references that stick to the sentence before them: "... of 2014.[17][18] They".
fn references(text: &str, tokens: &[Piece], at: usize) -> usize {
    let mut count = 0;
    while count < 3 * MOST_CLOSERS
        && let Some([before, open, number, close]) = (at + count)
            .checked_sub(1)
            .and_then(|from| tokens.get(from..from + 4))
        && before.end == open.start
        && of(text, open) == "["
        && of(text, close) == "]"
        && of(text, number)
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric())
    {
        count += 3;
    }
    count
}

/// The first letter or digit of what starts at token `at`, past opening marks.
fn opening_letter(text: &str, tokens: &[Piece], at: usize) -> Option<char> {
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
