//! The dateline that opens a report: "SURABAYA – ", "Kairo (ANTARA) - ", "SEOUL, May 30 (Yonhap) -- ".
//!
//! In: a parsed report and the names of the packs. Out: the report with trees in which a dateline stands beside the sentence that
//! it opens, and where each sentence itself begins. Parsers take the place for the subject, or the subject for a part of its name. No word is moved or taken
//! away; a dateline is still a place that the report names. This module never looks beyond the dash.

use std::borrow::Cow;

use saksi_lexicon::Lexicon;
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Parsed, Relation, Tree, Upos, Word};

/// How many words a dateline has at most: "UNITED NATIONS, New York, Monday, May 30, 2024 (AP) —".
const LENGTH: usize = 16;

/// A report whose datelines stand apart.
#[derive(Debug)]
pub(crate) struct Parted<'a> {
    /// The report.
    pub(crate) parsed: Cow<'a, Parsed>,
    /// For each sentence the index of its first word behind the dateline; 0 where there is none.
    pub(crate) begins: Vec<usize>,
}

/// Sets the datelines of `parsed` apart.
pub(crate) fn part<'a>(parsed: &'a Parsed, lexicon: &Lexicon) -> Parted<'a> {
    let begins: Vec<usize> = (parsed.trees.iter())
        .map(|tree| length(tree, lexicon))
        .collect();
    let mut parted = Parted {
        parsed: Cow::Borrowed(parsed),
        begins,
    };
    for (index, &begin) in parted.begins.iter().enumerate() {
        if begin > 0
            && let Some(tree) = detached(&parsed.trees[index], begin)
        {
            parted.parsed.to_mut().trees[index] = tree;
        }
    }
    parted
}

/// How many words of the sentence are its dateline, with the dash that ends it.
fn length(tree: &Tree, lexicon: &Lexicon) -> usize {
    let words = tree.words();
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

/// The tree with the words before `begin` hung beside what follows.
fn detached(tree: &Tree, begin: usize) -> Option<Tree> {
    let mut words = tree.words().to_vec();
    if begin >= words.len() {
        return None;
    }
    // What hung from the dateline takes its place in the sentence: the first such word, or where one is a verb that one.
    let orphans: Vec<usize> = (begin..words.len())
        .filter(|&at| words[at].head.is_some_and(|head| head < begin))
        .collect();
    let top = (0..begin)
        .filter(|&at| words[at].head.is_none_or(|head| head >= begin))
        .min_by_key(|&at| words[at].head.is_some())?;
    let place = (words[top].head, words[top].relation.clone());
    let heir = (orphans.iter().copied())
        .find(|&at| place.0.is_none() && words[at].upos == Upos::Verb)
        .or_else(|| orphans.first().copied());
    if let Some(heir) = heir {
        let has_subject = place.0.is_some_and(|head| {
            tree.children_by(head, Deprel::Nsubj)
                .any(|subject| subject >= begin)
        });
        if has_subject && place.1.is(Deprel::Nsubj) {
            words[heir].head = place.0;
            words[heir].relation = bare(Deprel::Dep);
        } else {
            words[heir].head = place.0;
            words[heir].relation = place.1;
        }
        for &orphan in orphans.iter().filter(|&&orphan| orphan != heir) {
            words[orphan].head = Some(heir);
        }
    }
    let root = (begin..words.len()).find(|&at| words[at].head.is_none())?;
    for (at, word) in words.iter_mut().enumerate().take(begin) {
        if at == 0 {
            word.head = Some(root);
            word.relation = bare(Deprel::Parataxis);
        } else if word.head.is_none_or(|head| head >= begin) {
            word.head = Some(0);
            word.relation = bare(Deprel::Dep);
        }
    }
    Tree::new(words)
}

fn bare(universal: Deprel) -> Relation {
    Relation {
        universal,
        subtype: None,
    }
}
