//! Trees without a predicate, mended where the words leave no doubt: "The army \[mobilized\] reservists", which a parser may take for
//! reservists that were mobilized.
//!
//! In: a parsed report. Out: the same words in trees of which the verb is the root. A participle and a past tense look alike in English;
//! a sentence of a report has a predicate. Only languages whose packs tell the endings of verbs are looked at.

use saksi_lexicon::Lexicon;
use saksi_lexicon::calendar::{Calendar, Meaning};
use saksi_lexicon::grammar::Grammar;
use saksi_syntax::{Deprel, Features, Parsed, Relation, Tree, Upos, Word};

/// What a finite past verb has.
const FINITE: &str = "Mood=Ind|Tense=Past|VerbForm=Fin";

/// Mends the trees of a report.
pub(crate) fn mend(mut parsed: Parsed, lexicon: &Lexicon) -> Parsed {
    let grammar = &lexicon.grammar;
    if grammar.verb_endings.is_empty() {
        return parsed;
    }
    for tree in &mut parsed.trees {
        if let Some(mended) =
            mended(tree, grammar).or_else(|| with_one_subject(tree, &lexicon.calendar))
        {
            *tree = mended;
        }
    }
    parsed
}

/// A verb has one subject: "The minister [Wednesday] rejected the offer" says when, "Officers [in Gabon] seized power" where they are.
fn with_one_subject(tree: &Tree, calendar: &Calendar) -> Option<Tree> {
    let (first, second) = (1..tree.words().len()).find_map(|second| {
        let subject = tree.word(second).relation.is(Deprel::Nsubj);
        let verb = tree.head(second).filter(|_| subject)?;
        let first = tree
            .children_by(verb, Deprel::Nsubj)
            .find(|&first| first < second)?;
        (second < verb && tree.word(verb).upos == Upos::Verb).then_some((first, second))
    })?;
    let mut words = tree.words().to_vec();
    let marked = tree
        .children_by(second, Deprel::Case)
        .any(|case| case < second && tree.word(case).upos == Upos::Adp);
    if marked {
        words[second].head = Some(first);
        words[second].relation = relation(Deprel::Nmod, None);
    } else if is_weekday(&tree.word(second).form, calendar)
        && tree.children(second).next().is_none()
    {
        words[second].relation = relation(Deprel::Obl, Some("unmarked"));
    } else {
        return None;
    }
    Tree::new(words)
}

fn relation(universal: Deprel, subtype: Option<&str>) -> Relation {
    Relation {
        universal,
        subtype: subtype.map(Into::into),
    }
}

fn is_weekday(word: &str, calendar: &Calendar) -> bool {
    (calendar.entries(&word.to_lowercase()).iter())
        .any(|entry| matches!(entry.meaning, Meaning::Weekday(_)))
}

/// The words around a verb that was taken for a participle.
struct Clause {
    verb: usize,
    subject: usize,
    object: usize,
}

fn mended(tree: &Tree, grammar: &Grammar) -> Option<Tree> {
    let root = tree.word(tree.root());
    let nominal = matches!(root.upos, Upos::Noun | Upos::Propn);
    let predicates = tree.children(tree.root()).any(|child| {
        matches!(
            tree.word(child).relation.universal,
            Deprel::Cop | Deprel::Nsubj | Deprel::Aux | Deprel::Expl
        )
    });
    if !nominal || predicates {
        return None;
    }
    let clause = (1..tree.words().len()).find_map(|verb| clause(tree, verb, grammar))?;
    let above = [Some(clause.subject), Some(clause.object)];
    if !above.contains(&Some(tree.root())) {
        return None;
    }
    Tree::new(rebuilt(tree, &clause, grammar))
}

/// The clause of a participle that stands between two noun phrases, with nothing that says that it describes the second.
fn clause(tree: &Tree, verb: usize, grammar: &Grammar) -> Option<Clause> {
    let object = described(tree, verb, grammar)?;
    let before = verb - 1;
    if !matches!(tree.word(before).upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    // The highest of the words before that the last of them belongs to.
    let mut subject = before;
    while let Some(above) = tree.head(subject).filter(|&above| above < verb) {
        subject = above;
    }
    // All words before belong to it: no other phrase opens the sentence.
    let whole = (0..verb).all(|word| {
        word == subject
            || tree.ancestors(word).any(|above| above == subject)
            || tree.head(word) == Some(object)
                && !matches!(tree.word(word).upos, Upos::Noun | Upos::Propn | Upos::Verb)
    });
    let joined = tree
        .children_by(object, Deprel::Cc)
        .any(|joint| joint < verb);
    let linked = matches!(tree.head(subject), Some(head) if head == object || head == verb)
        || tree.head(object) == Some(subject);
    let nominal = matches!(tree.word(subject).upos, Upos::Noun | Upos::Propn);
    (whole && linked && nominal && !joined).then_some(Clause {
        verb,
        subject,
        object,
    })
}

/// The noun that a participle right before it, or before its adjectives, was taken to describe.
fn described(tree: &Tree, verb: usize, grammar: &Grammar) -> Option<usize> {
    let word = tree.word(verb);
    let past = match word.upos {
        Upos::Verb => word.features.get("VerbForm") != Some("Ger") && !word.form.ends_with("ing"),
        Upos::Adj => has_past_ending(&word.form, grammar),
        _ => false,
    };
    let object = tree.head(verb).and_then(|head| {
        if head > verb {
            return Some(head);
        }
        // "students throughout the country staged rallies": the parser may hang both from the noun before.
        tree.children(head).find(|&other| {
            let relation = tree.word(other).relation.universal;
            other > verb
                && tree.word(other).upos == Upos::Noun
                && matches!(relation, Deprel::Nmod | Deprel::Obj)
                && tree.children_by(other, Deprel::Case).next().is_none()
        })
    })?;
    // "The army mobilized reservists": the parser may hang the subject from the participle.
    let plain = tree.children(verb).all(|child| child < verb);
    (past && plain && word.relation.is(Deprel::Amod) && !word.form.starts_with(char::is_uppercase))
        .then_some(object)
}

fn has_past_ending(form: &str, grammar: &Grammar) -> bool {
    let form = form.to_lowercase();
    (grammar.verb_endings.keys()).any(|ending| {
        ending.ends_with('d') && form.len() > ending.len() + 2 && form.ends_with(&**ending)
    })
}

fn rebuilt(tree: &Tree, clause: &Clause, grammar: &Grammar) -> Vec<Word> {
    let mut words = tree.words().to_vec();
    let &Clause {
        verb,
        subject,
        object,
    } = clause;
    // What stands before the verb hangs from the subject, what stands behind it and hung from the subject from the verb.
    for child in tree
        .children(object)
        .filter(|&child| child < verb && child != subject)
    {
        words[child].head = Some(subject);
    }
    for child in tree
        .children(subject)
        .filter(|&child| child > verb && child != object)
    {
        words[child].head = Some(verb);
    }
    if let Some(last) = words.last_mut()
        && last.relation.is(Deprel::Punct)
        && last.head == Some(object)
    {
        last.head = Some(verb);
    }
    let make = |words: &mut Vec<Word>, at: usize, head: Option<usize>, relation: Relation| {
        words[at].head = head;
        words[at].relation = relation;
    };
    make(
        &mut words,
        subject,
        Some(verb),
        relation(Deprel::Nsubj, None),
    );
    make(&mut words, object, Some(verb), relation(Deprel::Obj, None));
    make(&mut words, verb, None, relation(Deprel::Root, None));
    finite(&mut words[verb]);
    // "blocked roads and [burned] tyres"
    for other in tree.children_by(object, Deprel::Conj) {
        let Some(second) = (verb + 1..other)
            .find(|&at| described(tree, at, grammar) == Some(other))
            .filter(|&at| tree.word(at - 1).upos == Upos::Cconj)
        else {
            continue;
        };
        make(&mut words, second, Some(verb), relation(Deprel::Conj, None));
        make(&mut words, other, Some(second), relation(Deprel::Obj, None));
        words[second - 1].head = Some(second);
        finite(&mut words[second]);
    }
    words
}

fn finite(word: &mut Word) {
    word.upos = Upos::Verb;
    word.features = Features::new(FINITE);
}
