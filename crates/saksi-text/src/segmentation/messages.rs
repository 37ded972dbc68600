//! Where the parts of a mail or a post end that have no mark of their own.
//!
//! In: the tokens of a line. Out: the token after the last of an address, a drawn line, a line of date and sender, a
//! greeting at the end. Decides nothing about full stops.

use super::{
    Segmentation,
    sentences::{of, opening_letter},
    tokens::{Piece, PieceKind},
};

/// The shortest run of one mark that is drawn across a page.
const SHORTEST_LINE: usize = 8;

/// One past the last token of the part that ends with token `at`, or `None` where none ends there.
pub(super) fn end(
    segmentation: &Segmentation,
    text: &str,
    tokens: &[Piece],
    from: usize,
    at: usize,
) -> Option<usize> {
    let (piece, next) = (tokens.get(at)?, tokens.get(at + 1)?);
    if piece.end < next.start
        && (is_drawn(text, piece) && !is_run(text, next)
            || is_drawn(text, next) && !is_run(text, piece))
    {
        return Some(at + 1);
    }
    if can_head(text, piece) && stamp_end(segmentation, text, tokens, at + 1).is_some() {
        return Some(at + 1);
    }
    let ends = match piece.kind {
        PieceKind::Address => address_ends(text, tokens, from, at),
        PieceKind::Emoticon => {
            at > from
                && piece.end < next.start
                && opening_letter(text, tokens, at + 1).is_some_and(char::is_uppercase)
        }
        PieceKind::Word => return stamp_end(segmentation, text, tokens, at),
        PieceKind::Mark => {
            enclosed_address_ends(text, tokens, from, at)
                || signs_off(segmentation, text, tokens, from, at)
        }
        PieceKind::Abbreviated(_) => false,
    };
    ends.then_some(at + 1)
}

/// "Yours, Ana ____________ Sent from my telephone"
fn is_drawn(text: &str, piece: &Piece) -> bool {
    let length = piece.end - piece.start;
    // A short one of these is a blank to fill in: "By telephone ________ By mail ________".
    is_run(text, piece)
        && length >= SHORTEST_LINE
        && (length >= 2 * SHORTEST_LINE || !of(text, piece).starts_with('_'))
}

/// A run of a mark that lines are made of.
fn is_run(text: &str, piece: &Piece) -> bool {
    piece.kind == PieceKind::Mark
        && piece.end - piece.start >= 3
        && of(text, piece).starts_with(['-', '_', '=', '*', '~', '#'])
}

/// "Look at www.one.example www.two.example They are alike." Not "Ana Lim ana@one.example University of Bandung": there
/// the address belongs to a name.
fn address_ends(text: &str, tokens: &[Piece], from: usize, at: usize) -> bool {
    let Some([address, next]) = tokens.get(at..at + 2) else {
        return false;
    };
    if address.end == next.start {
        return false;
    }
    if next.kind == PieceKind::Address {
        return true;
    }
    if next.kind != PieceKind::Word {
        return false;
    }
    let first = of(text, next).chars().next();
    let owned = at > from
        && tokens.get(at - 1).is_some_and(|owner| {
            owner.kind == PieceKind::Word && of(text, owner).starts_with(char::is_uppercase)
        });
    match of(text, address).split_once('@') {
        Some((_, host)) => first.is_some_and(|first| {
            first.is_ascii_digit() || first.is_uppercase() && !owned && host.contains('.')
        }),
        None => first.is_some_and(char::is_uppercase),
    }
}

/// "Ana Lim <ana@one.example> I have the list."
fn enclosed_address_ends(text: &str, tokens: &[Piece], from: usize, at: usize) -> bool {
    let Some([open, address, close, next]) = at
        .checked_sub(2)
        .filter(|open| *open >= from)
        .and_then(|open| tokens.get(open..open + 4))
    else {
        return false;
    };
    address.kind == PieceKind::Address
        && matches!((of(text, open), of(text, close)), ("<", ">") | ("[", "]"))
        && next.kind == PieceKind::Word
        && close.end < next.start
        && of(text, next).starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
}

/// Whether a line of date and hour can stand behind this one: the name or the address of who writes.
fn can_head(text: &str, piece: &Piece) -> bool {
    match piece.kind {
        PieceKind::Address => true,
        PieceKind::Word => of(text, piece).starts_with(char::is_uppercase),
        PieceKind::Mark => of(text, piece) == ">",
        PieceKind::Abbreviated(_) | PieceKind::Emoticon => false,
    }
}

/// Where the line of date and hour ends that starts at `date`: "Ana Lim 06/01/2001 03:20 PM I have the list." What goes on in
/// small letters is a sentence with a date in it: "until 06/01/2001 03:20 PM in Jakarta".
fn stamp_end(
    segmentation: &Segmentation,
    text: &str,
    tokens: &[Piece],
    date: usize,
) -> Option<usize> {
    if !is_date(of(text, tokens.get(date)?)) || !is_clock(of(text, tokens.get(date + 1)?)) {
        return None;
    }
    let mut end = date + 2;
    if segmentation.units.contains(of(text, tokens.get(end)?)) {
        end += 1;
    }
    if is_zone(of(text, tokens.get(end)?)) {
        end += 1;
    }
    opening_letter(text, tokens, end)
        .is_some_and(char::is_uppercase)
        .then_some(end)
}

/// "03:20", "03:20:17"
fn is_clock(word: &str) -> bool {
    (4..=8).contains(&word.len())
        && word.contains(':')
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// "06/01/2001"
fn is_date(word: &str) -> bool {
    (6..=10).contains(&word.len())
        && word.matches('/').count() == 2
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'/')
}

/// "PST", "GMT"
fn is_zone(word: &str) -> bool {
    (3..=4).contains(&word.len())
        && word.ends_with('T')
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "Best regards, Ana Here is the list." Not "Thank you, Ana." and not "Thanks, I have it."
fn signs_off(
    segmentation: &Segmentation,
    text: &str,
    tokens: &[Piece],
    from: usize,
    at: usize,
) -> bool {
    let longest = 4;
    if segmentation.sign_offs.is_empty() || at == from || at - from > longest {
        return false;
    }
    let Some([first, last]) = tokens.get(from).zip(tokens.get(at - 1)).map(<[_; 2]>::from) else {
        return false;
    };
    let comma = tokens.get(at).is_some_and(|mark| of(text, mark) == ",");
    let phrase = || {
        text.get(first.start..last.end)
            .unwrap_or_default()
            .to_lowercase()
    };
    if !comma || !segmentation.sign_offs.contains(phrase().as_str()) {
        return false;
    }
    let names = tokens
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .take(longest)
        .take_while(|piece| {
            piece.kind == PieceKind::Word && of(text, piece).starts_with(char::is_uppercase)
        });
    let opens = |piece: &Piece| {
        segmentation
            .openers
            .contains(of(text, piece).to_lowercase().as_str())
    };
    let count = names.clone().count();
    count > 0
        && !names.clone().take(1).any(opens)
        && tokens.get(at + 1 + count).is_none_or(|after| {
            !of(text, after).starts_with(['.', '!', '?', ',', ';', ':', '"', '”', '’', '\''])
        })
}
