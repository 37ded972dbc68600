//! Doubled words.

use super::analyser::Candidate;
use super::frames::{FRAMES, Frame, NONE};
use super::{Formation, Prefix, Reduplication, shape};

/// Adds what the two halves of a hyphenated word are together, if one doubles the other.
pub(super) fn join<'a>(
    (first, left): (&'a str, &[Candidate<'a>]),
    (second, right): (&'a str, &[Candidate<'a>]),
    candidates: &mut Vec<Candidate<'a>>,
) {
    for one in left {
        if one.proclitic.is_some() || one.enclitics[0].is_some() {
            continue;
        }
        for other in right {
            if other.proclitic.is_none()
                && one.same_root(other)
                && let Some((frame, reduplication)) = pair(one.frame, other.frame)
            {
                candidates.push(doubled(one, frame, other, reduplication));
            }
        }
        // "memukul-mukul", "menari-nari": the nasal stays where the root is doubled.
        if one.frame.prefixes.last() == Some(&Prefix::Meng) && one.frame.suffix.is_none() {
            for other in right {
                let echoes = other.stem.restored.is_none() && other.stem.len() > 2;
                if other.frame.prefixes.is_empty()
                    && echoes
                    && first.ends_with(other.stem.rest)
                    && let Some(frame) = find(one.frame.prefixes, other.frame)
                {
                    candidates.push(doubled(one, frame, other, Reduplication::Affixed));
                }
            }
        }
    }
    if imitates(first, second) {
        let bare = left
            .iter()
            .filter(|one| one.frame.formation == Formation::Root && one.enclitics[0].is_none());
        for one in bare {
            let mut candidate = *one;
            candidate.reduplication = Some(Reduplication::Imitative);
            candidate.cost += 2;
            candidates.push(candidate);
        }
    }
}

fn doubled<'a>(
    one: &Candidate<'a>,
    frame: &'static Frame,
    other: &Candidate<'a>,
    reduplication: Reduplication,
) -> Candidate<'a> {
    let clitics = other.cost - other.root_cost - other.frame.cost;
    Candidate {
        frame,
        enclitics: other.enclitics,
        reduplication: Some(reduplication),
        cost: one.root_cost + frame.cost + clitics,
        ..*one
    }
}

/// The affixes of both halves as one frame.
fn pair(one: &'static Frame, other: &'static Frame) -> Option<(&'static Frame, Reduplication)> {
    if one.prefixes == other.prefixes && one.suffix == other.suffix {
        return Some((one, Reduplication::Full));
    }
    if one.suffix.is_some() {
        return None;
    }
    match (one.prefixes, other.prefixes) {
        // "tembak-menembak", "kunjung-mengunjungi"
        ([], [Prefix::Meng]) => Some((other, Reduplication::Reciprocal)),
        // "besar-besaran"
        ([], []) => Some((other, Reduplication::Affixed)),
        // "berlari-lari", "dibeda-bedakan", "kekanak-kanakan"
        (prefixes, []) => Some((find(prefixes, other)?, Reduplication::Affixed)),
        _ => None,
    }
}

/// The frame with these prefixes and the other half's suffix.
fn find(prefixes: &[Prefix], other: &Frame) -> Option<&'static Frame> {
    FRAMES
        .iter()
        .chain([&NONE])
        .find(|frame| frame.prefixes == prefixes && frame.suffix == other.suffix)
}

/// `sayur-mayur` (another first sound), `bolak-balik` (other vowels).
fn imitates(first: &str, second: &str) -> bool {
    let tail = |word| str::find(word, shape::is_vowel).and_then(|at| word.get(at..));
    let rhymes = tail(first).is_some_and(|rhyme| rhyme.len() > 2) && tail(first) == tail(second);
    let bones = |word: &str| {
        word.chars()
            .filter(|&letter| !shape::is_vowel(letter))
            .collect::<String>()
    };
    let bare = bones(first);
    first != second && (rhymes || bare.len() > 2 && bare == bones(second))
}
