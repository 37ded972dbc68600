//! How many or how much: "10 unit tank", "3,2 juta butir peluru", "two dozen missiles".

use saksi_syntax::{Deprel, Upos};
use saksi_text::Span;

use super::Quantity;
use super::view::View;

/// The quantity that the noun phrase of `head` tells.
pub(super) fn of(view: &View<'_>, head: usize) -> Option<Quantity> {
    let own = view.tree.children_by(head, Deprel::Nummod).next();
    let number = own.or_else(|| stray(view, head))?;
    let mut words: Vec<usize> = (view.tree.subtree(number).into_iter())
        .filter(|&word| view.word(word).upos == Upos::Num || word == number)
        .collect();
    // "3,2 [juta] butir": a multiplier that the tree hangs elsewhere
    while let Some(&last) = words.last()
        && last + 1 < head
        && view
            .rules
            .numbers
            .contains_key(&*view.word(last + 1).form.to_lowercase())
    {
        words.push(last + 1);
    }
    let mut total = 0.0;
    let mut current: Option<f64> = None;
    for &word in &words {
        let value = value(view, &view.word(word).form)?;
        current = Some(match current {
            // Hundreds, thousands and up multiply what stands before them.
            Some(before) if value >= 100.0 && before < value => before * value,
            Some(before) => {
                total += before;
                value
            }
            None => value,
        });
    }
    total += current?;
    let span = (words.iter())
        .map(|&word| view.word(word).span)
        .reduce(Span::cover)?;
    Some(Quantity {
        value: total,
        unit: Some(unit(view, head, number)),
        span,
    })
}

/// "pembelian [12] rudal": the number right before a noun that the tree hangs from the noun of act before both.
fn stray(view: &View<'_>, head: usize) -> Option<usize> {
    let number = head.checked_sub(1)?;
    let word = view.word(number);
    let governor = word.head.filter(|&governor| governor < number)?;
    let counts = word.relation.is(Deprel::Nummod) && view.word(governor).upos != Upos::Num;
    (counts && view.is_below(head, governor)).then_some(number)
}

/// The noun of measure after the number, or the noun that is counted.
fn unit(view: &View<'_>, head: usize, number: usize) -> String {
    let classifier = (view.tree.children_by(number, Deprel::Clf))
        .chain(view.tree.children_by(head, Deprel::Clf))
        .next();
    view.word(classifier.unwrap_or(head)).form.to_string()
}

/// The number that a word writes: in words of the packs, or in figures with separators of thousands and of decimals.
fn value(view: &View<'_>, form: &str) -> Option<f64> {
    let lower = form.to_lowercase();
    if let Some(&value) = view.rules.numbers.get(&*lower) {
        return Some(value);
    }
    if !lower.starts_with(|c: char| c.is_ascii_digit()) || lower.len() > 24 {
        return None;
    }
    let separators = lower.chars().filter(|c| matches!(c, '.' | ',')).count();
    let mut digits = String::with_capacity(lower.len());
    let parts: Vec<&str> = lower.split(['.', ',']).collect();
    for (index, part) in parts.iter().enumerate() {
        // A group of three after a separator continues the number; anything else is a fraction.
        if index > 0
            && (part.len() != 3 || (separators > 1 && index == separators && decimal_last(&lower)))
        {
            digits.push('.');
        }
        digits.push_str(part);
    }
    digits.parse().ok()
}

/// Whether the last separator differs from the first: "1,234.567".
fn decimal_last(text: &str) -> bool {
    let mut separators = text.chars().filter(|c| matches!(c, '.' | ','));
    let first = separators.next();
    separators
        .next_back()
        .is_some_and(|last| Some(last) != first)
}
