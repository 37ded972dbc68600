//! Whether the clause around an expression speaks of the past or the future.

use saksi_lexicon::calendar::Calendar;
use saksi_syntax::{Deprel, Tree};

use super::chart::Atom;
use super::resolve::Tense;

/// The tense around the atoms `first..end`: by the tree where there is one that tells, else by the nearest
/// word that tells within the clause, before the expression or, failing that, after it.
pub(super) fn tense(
    calendar: &Calendar,
    atoms: &[Atom],
    first: usize,
    end: usize,
    tree: Option<&Tree>,
) -> Tense {
    let by_tree = tree.map_or(Tense::Open, |tree| {
        by_tree(calendar, tree, atoms[first].start)
    });
    if by_tree != Tense::Open {
        return by_tree;
    }
    let words: Vec<&str> = atoms.iter().map(|atom| &*atom.lower).collect();
    let told = |at: usize| {
        if calendar.tells_future(&words[at..]) {
            Tense::Future
        } else if calendar.tells_past(&words[at..]) {
            Tense::Past
        } else {
            Tense::Open
        }
    };
    let closes = |word: &str| {
        matches!(
            word,
            "," | ";" | ":" | "." | "?" | "!" | "\"" | "“" | "”" | "—" | "–"
        )
    };
    let before = (0..first)
        .rev()
        .take_while(|at| !closes(words[*at]))
        .map(told)
        .find(|tense| *tense != Tense::Open);
    let after = || {
        (end..words.len())
            .take_while(|at| !closes(words[*at]) && !calendar.opens_clause(words[*at]))
            .map(told)
            .find(|tense| *tense != Tense::Open)
    };
    before.or_else(after).unwrap_or(Tense::Open)
}

/// Whether the expression follows a word like "until" within its clause: "Rapat ditunda hingga Senin". At the head of a clause it tells of what has
/// been counted so far: "Hingga Senin, korban bertambah".
pub(super) fn is_until(calendar: &Calendar, atoms: &[Atom], first: usize) -> bool {
    let word = |at: usize| atoms.get(at).map_or("", |atom| &*atom.lower);
    let Some(until) = first
        .checked_sub(1)
        .filter(|at| calendar.is_until(word(*at)))
    else {
        return false;
    };
    until > 0 && word(until - 1).chars().any(char::is_alphanumeric)
}

/// Tense by the tree: the nearest governing word that is marked.
///
/// "The drills **will** begin on Monday": *Monday* hangs on *begin*, which has the auxiliary *will*.
/// "He **plans** to visit on Friday": *visit* tells nothing, its governor does.
fn by_tree(calendar: &Calendar, tree: &Tree, start: usize) -> Tense {
    let Some(at) = tree
        .words()
        .iter()
        .position(|word| word.span.start() <= start && start < word.span.end())
    else {
        return Tense::Open;
    };
    // "'ll" is two pieces to the calendar, one word to the tree.
    let pieces = |word: &str| -> Vec<String> {
        let lower = word.to_lowercase();
        (saksi_lexicon::calendar::atoms(&lower))
            .filter_map(|(range, _)| lower.get(range).map(str::to_owned))
            .collect()
    };
    let tells = |word: &str, tells: &dyn Fn(&[&str]) -> bool| {
        let pieces = pieces(word);
        tells(&pieces.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let future = |word: &str| tells(word, &|words| calendar.tells_future(words));
    let past = |word: &str| tells(word, &|words| calendar.tells_past(words));
    for governor in std::iter::once(at).chain(tree.ancestors(at)) {
        for child in tree.children(governor) {
            let word = tree.word(child);
            if word.relation.is(Deprel::Aux) || word.relation.is(Deprel::Advmod) {
                if future(&word.form) {
                    return Tense::Future;
                }
                if word.relation.is(Deprel::Aux)
                    && (past(&word.form) || word.features.get("Tense") == Some("Past"))
                {
                    return Tense::Past;
                }
            }
        }
        let word = tree.word(governor);
        if governor != at {
            // "promised on [Wednesday] to send them": when it was promised
            let told = tree.head(at) == Some(governor) && governor < at && at - governor <= 2;
            let past = word.features.get("Tense") == Some("Past")
                && word.features.get("VerbForm") == Some("Fin");
            if told && past {
                return Tense::Past;
            }
            if future(&word.form) {
                return Tense::Future;
            }
            if word.features.get("Tense") == Some("Past")
                && word.features.get("VerbForm") == Some("Fin")
            {
                return Tense::Past;
            }
        }
        // A clause with a subject of its own tells its own tense or none.
        let clause = tree.children(governor).any(|child| {
            let relation = &tree.word(child).relation;
            relation.is(Deprel::Nsubj) || relation.is(Deprel::Csubj)
        });
        if clause && governor != at {
            return Tense::Open;
        }
    }
    Tense::Open
}
