//! Phrases and clauses as stretches of words.

use std::ops::Range;

use saksi_syntax::{Deprel, Tree, Upos};
use saksi_text::Span;

/// The noun phrase of `head`: the unbroken stretch of words around it that belong to it, without its relative clauses, its
/// appositions and conjuncts, the preposition before it and punctuation at its ends.
///
/// "ke [pabrik rudal taktis] yang baru dibangun dan ...": the bracketed part, for the head "pabrik".
pub fn noun_phrase(tree: &Tree, head: usize) -> Range<usize> {
    stretch(tree, head, |child, relation, direct| match relation {
        // A comma ends the phrase, whatever the tree hangs beyond it.
        Deprel::Punct => matches!(&*tree.word(child).form, "," | ";" | ":"),
        Deprel::Acl | Deprel::Advcl | Deprel::Appos | Deprel::Parataxis => true,
        Deprel::Conj
        | Deprel::Nsubj
        | Deprel::Csubj
        | Deprel::Cop
        | Deprel::Aux
        | Deprel::Ccomp
        | Deprel::Xcomp
        | Deprel::Obl
        | Deprel::Advmod
        | Deprel::Dep
        | Deprel::List => direct,
        _ => false,
    })
}

/// The noun phrase of `head` with everything in it: relative clauses, appositions, conjuncts; still without the preposition
/// before it and punctuation at its ends.
pub fn full_phrase(tree: &Tree, head: usize) -> Range<usize> {
    stretch(tree, head, |_, _, _| false)
}

/// The words of the clause of `predicate`, from the first to the last word below it, without a complementiser or conjunction
/// before it and punctuation at its ends.
pub fn clause(tree: &Tree, predicate: usize) -> Range<usize> {
    let below = tree.subtree(predicate);
    let mut range = below[0]..below[below.len() - 1] + 1;
    trim(tree, predicate, &mut range);
    range
}

/// `word` and the words coordinated with it, in the order of the text: in "rudal, roket dan peluru", of any of the three.
pub fn conjuncts(tree: &Tree, word: usize) -> Vec<usize> {
    let mut first = word;
    while tree.word(first).relation.is(Deprel::Conj) {
        match tree.head(first) {
            Some(head) => first = head,
            None => break,
        }
    }
    let mut found = vec![first];
    let mut next = 0;
    while next < found.len() {
        found.extend(tree.children_by(found[next], Deprel::Conj));
        next += 1;
    }
    found.sort_unstable();
    found
}

/// The noun set beside `head` that names the same thing: "Menteri Pertahanan Rusia, [Sergei Shoigu]".
pub fn apposition(tree: &Tree, head: usize) -> Option<usize> {
    tree.children_by(head, Deprel::Appos).next()
}

/// The letters of `words`; `None` if there are none.
pub fn text_span(tree: &Tree, words: &Range<usize>) -> Option<Span> {
    let words = tree.words().get(words.clone())?;
    Some(words.first()?.span.cover(words.last()?.span))
}

/// The unbroken stretch around `head` of words below it, leaving out each word that is `left_out` with
/// all below it; the test is told the word, its relation and whether it hangs from `head` itself.
fn stretch(
    tree: &Tree,
    head: usize,
    left_out: impl Fn(usize, Deprel, bool) -> bool,
) -> Range<usize> {
    let mut inside = vec![false; tree.words().len()];
    inside[head] = true;
    let mut open = vec![head];
    while let Some(at) = open.pop() {
        for child in tree.children(at) {
            if !left_out(child, tree.word(child).relation.universal, at == head) {
                inside[child] = true;
                open.push(child);
            }
        }
    }
    let mut range = head..head + 1;
    while range.start > 0 && inside[range.start - 1] {
        range.start -= 1;
    }
    while range.end < inside.len() && inside[range.end] {
        range.end += 1;
    }
    trim(tree, head, &mut range);
    range
}

/// Takes prepositions, complementisers, conjunctions and punctuation off the start of `range`, and punctuation off its end,
/// never `head` itself. A bracket or quotation mark stays where its other half is inside.
fn trim(tree: &Tree, head: usize, range: &mut Range<usize>) {
    while range.start < head {
        let word = tree.word(range.start);
        let marks = word.head == Some(head)
            && matches!(
                word.relation.universal,
                Deprel::Case | Deprel::Mark | Deprel::Cc
            );
        let fixed = word.relation.is(Deprel::Fixed);
        if marks || fixed || word.upos == Upos::Punct {
            range.start += 1;
        } else {
            break;
        }
    }
    while range.end > head + 1 {
        let last = range.end - 1;
        let word = tree.word(last);
        let closes = match &*word.form {
            ")" => has_form(tree, range.start..last, "("),
            "]" => has_form(tree, range.start..last, "["),
            "”" => has_form(tree, range.start..last, "“"),
            "\"" => has_form(tree, range.start..last, "\""),
            _ => false,
        };
        // "Washington['s] claim"
        let after = word.head == Some(head) && word.relation.is(Deprel::Case);
        if (word.upos == Upos::Punct && !closes) || after || word.relation.is(Deprel::Cc) {
            range.end -= 1;
        } else {
            break;
        }
    }
}

fn has_form(tree: &Tree, mut words: Range<usize>, form: &str) -> bool {
    words.any(|word| &*tree.word(word).form == form)
}
