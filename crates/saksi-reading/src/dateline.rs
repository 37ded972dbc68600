//! The dateline that opens a report: "SURABAYA – ", "Kairo (ANTARA) - ", "SEOUL, May 30 (Yonhap) -- ".
//!
//! In: a segmented report and the names of the packs. Out: the report with each dateline as a sentence of its own, since parsers take the place for the
//! subject, or the subject for a part of its name. It is still a place that the report names. This module never looks beyond the dash.

use saksi_lexicon::Lexicon;
use saksi_record::EntityType;
use saksi_text::{Segmented, Word};

/// How many words a dateline has at most: "UNITED NATIONS, New York, Monday, May 30, 2024 (AP) —".
const LENGTH: usize = 16;

/// Sets the datelines of `report` apart.
pub(crate) fn part(mut report: Segmented, lexicon: &Lexicon) -> Segmented {
    let sentences = std::mem::take(&mut report.sentences);
    report.sentences = (sentences.into_iter())
        .flat_map(|sentence| match length(&sentence.words, lexicon) {
            0 => vec![sentence],
            end => sentence.divided(&[end]),
        })
        .collect();
    report
}

/// How many words of the sentence are its dateline, with the dash that ends it.
fn length(words: &[Word], lexicon: &Lexicon) -> usize {
    let Some(end) = mark(words) else { return 0 };
    let before = &words[..end];
    let bracketed = &*words[end - 1].form == ")";
    let dash = &*words[end].form != ":";
    let forms: Vec<&str> = before.iter().map(|word| &*word.form).collect();
    let known = (lexicon.names.find(&forms, None).into_iter())
        .find(|found| found.words.start == 0)
        .map(|found| lexicon.names.entry(found.entries[0]).kind);
    // "Jakarta – ibu kota – ...": with a second dash it is an aside.
    let single = !words[end + 1..]
        .iter()
        .any(|word| word.form == words[end].form);
    let capitals = shouted(&before[0].form);
    let place = match known {
        Some(EntityType::Place) => true,
        // "SUWALKI – ...", "UNITED NATIONS — ...": in capitals also what the packs know as no place or not at all.
        Some(kind) => capitals && dash && kind != EntityType::Person,
        None => dash && (capitals || bracketed),
    };
    if place && (single || bracketed || capitals && known == Some(EntityType::Place)) {
        end + 1
    } else {
        0
    }
}

/// The dash or colon that ends the words before it as a dateline: capitalised words, numbers, commas and brackets.
fn mark(words: &[Word]) -> Option<usize> {
    let spaced = |at: usize| {
        let after = words.get(at + 1)?;
        let apart = words[at - 1].span.end() < words[at].span.start()
            && words[at].span.end() < after.span.start();
        Some(apart)
    };
    for (at, word) in words.iter().enumerate().take(LENGTH) {
        match &*word.form {
            "–" | "-" | "--" if at > 0 => return spaced(at)?.then_some(at),
            "—" if at > 0 => return (at + 1 < words.len()).then_some(at),
            ":" if at > 0 => {
                return (at + 1 < words.len() && shouted(&words[0].form)).then_some(at);
            }
            "," | "(" | ")" | "/" | "." if at > 0 => {}
            form => {
                let begins = form.chars().next()?;
                if !(begins.is_uppercase() || at > 0 && begins.is_ascii_digit()) {
                    return None;
                }
            }
        }
    }
    None
}

/// Whether a word is written in capitals: "SURABAYA".
fn shouted(form: &str) -> bool {
    form.chars().count() > 2 && form.chars().all(char::is_uppercase)
}
