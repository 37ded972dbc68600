//! Where punctuation hangs, by the rules of Universal Dependencies (<https://universaldependencies.org/u/dep/punct.html>).
//!
//! In: the words of a sentence and the tree over them. Out: the same tree with its marks of punctuation hung by rule: a pair of brackets or quotation
//! marks from the head of what it encloses, a full stop from the clause that it ends, any other mark from one of the highest words beside it from which
//! it crosses no arc: the one that depends on the other, if either does. Never moves another word, and never hangs a word from a mark.
//!
//! Treebanks that were brought up to today's guidelines keep to these rules in 93 to 98 of 100 marks, which is more than a parser learns; others do not.
//! The trainer measures which ([`share_by_rule`]), and the model remembers.

use crate::conllu::Sentence;

/// The marks that open, each with the one that closes; straight quotation marks do both.
const PAIRS: [(&str, &str); 8] = [
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("“", "”"),
    ("‘", "’"),
    ("«", "»"),
    ("\"", "\""),
    ("'", "'"),
];

/// The marks that end a clause.
const STOPS: [&str; 3] = [".", "?", "!"];

/// Hangs the words that are `marks` by rule. Heads are indices; `None` for what hangs from outside.
///
/// A mark from which another word hangs stays where it is, as does a mark in a sentence of nothing else.
pub(crate) fn attach(forms: &[&str], marks: &[bool], heads: &mut [Option<usize>]) {
    // What stays is a tree: with a word, all that it hangs from. So nothing that moves can close a cycle.
    let mut moves = marks.to_vec();
    for word in 0..heads.len() {
        if !marks[word] || heads[word].is_none() {
            let up = std::iter::successors(Some(word), |&word| heads[word]);
            up.for_each(|word| moves[word] = false);
        }
    }
    let told = heads.to_vec();
    let sentence = Sentenced {
        forms,
        moves: &moves,
        heads: &told,
    };
    let pairs = sentence.pairs();
    for mark in (0..forms.len()).filter(|&mark| moves[mark]) {
        if let Some(head) = sentence.head(mark, &pairs) {
            heads[mark] = Some(head);
        }
    }
}

/// The share of marks that hang by rule in sentences of a treebank; 0 where there is no mark.
pub(crate) fn share_by_rule(sentences: &[Sentence]) -> f64 {
    let (mut right, mut all) = (0_usize, 0_usize);
    for sentence in sentences {
        let forms: Vec<&str> = sentence.words.iter().map(|row| &*row.form).collect();
        let marks: Vec<bool> = (sentence.words.iter())
            .map(|row| row.deprel.split(':').next() == Some("punct"))
            .collect();
        let told: Vec<Option<usize>> = (sentence.words.iter())
            .map(|row| row.head.and_then(|head| head.checked_sub(1)))
            .collect();
        let mut ruled = told.clone();
        attach(&forms, &marks, &mut ruled);
        let marked = (0..forms.len()).filter(|&word| marks[word]);
        for word in marked {
            all += 1;
            right += usize::from(ruled[word] == told[word]);
        }
    }
    if all == 0 {
        0.0
    } else {
        right as f64 / all as f64
    }
}

/// A sentence whose marks are to be hung.
struct Sentenced<'a> {
    forms: &'a [&'a str],
    /// The marks that move; the words that do not are a tree by themselves.
    moves: &'a [bool],
    heads: &'a [Option<usize>],
}

impl Sentenced<'_> {
    /// Pairs of brackets and quotation marks: first and last. What opens again before it closes, or never closes, has no pair.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut open: Vec<(usize, &str)> = Vec::new();
        let mut pairs = Vec::new();
        for (mark, form) in self
            .forms
            .iter()
            .enumerate()
            .filter(|&(mark, _)| self.moves[mark])
        {
            if let Some(at) = open.iter().rposition(|(_, closing)| closing == form) {
                pairs.push((open[at].0, mark));
                open.truncate(at);
            } else if let Some((_, closing)) = PAIRS.iter().find(|(opening, _)| opening == form) {
                open.push((mark, closing));
            }
        }
        pairs
    }

    fn head(&self, mark: usize, pairs: &[(usize, usize)]) -> Option<usize> {
        if let Some(&(first, last)) = pairs.iter().find(|pair| pair.0 == mark || pair.1 == mark)
            && let Some(enclosed) = self.enclosed(first, last)
        {
            return Some(enclosed);
        }
        // A mark inside a pair hangs from a word inside it.
        let around = pairs.iter().filter(|pair| pair.0 < mark && mark < pair.1);
        let (start, end) = around
            .max_by_key(|pair| pair.0)
            .map_or((0, self.forms.len()), |pair| (pair.0 + 1, pair.1));
        let before = (start..mark).rfind(|&word| !self.moves[word]);
        let after = (mark + 1..end).find(|&word| !self.moves[word]);
        if let Some(before) = before
            && STOPS.contains(&self.forms[mark])
        {
            let last_stop = (start..before)
                .rfind(|&word| self.moves[word] && STOPS.contains(&self.forms[word]));
            let start = last_stop.map_or(start, |stop| stop + 1);
            return Some(self.climb(before, start..mark));
        }
        let before = before.map(|word| self.climb(word, start..mark));
        let after = after.map(|word| self.climb(word, mark + 1..end));
        match (before, after) {
            (Some(before), Some(after)) if self.descends(after, before) => Some(after),
            (Some(before), _) => Some(before),
            (None, after) => after,
        }
    }

    /// The highest of the words between two marks that hang from outside of them.
    fn enclosed(&self, first: usize, last: usize) -> Option<usize> {
        let inside = first + 1..last;
        let outward = inside.clone().filter(|&word| {
            !self.moves[word] && !self.heads[word].is_some_and(|head| inside.contains(&head))
        });
        outward.min_by_key(|&word| self.ancestors(word).count())
    }

    /// From a word upwards, as long as the heads lie in the range.
    fn climb(&self, word: usize, range: std::ops::Range<usize>) -> usize {
        let within = self.ancestors(word).take_while(|head| range.contains(head));
        within.last().unwrap_or(word)
    }

    fn descends(&self, word: usize, from: usize) -> bool {
        self.ancestors(word).any(|ancestor| ancestor == from)
    }

    /// Head, head's head and so on.
    fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.heads[word], |&head| self.heads[head])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    /// `form/head` for each word, heads counted from 1; a mark is a word that has no letter.
    fn check(sentence: &str, expected: &[(usize, usize)]) {
        let (forms, heads): (Vec<&str>, Vec<usize>) = sentence
            .split(' ')
            .map(|word| word.rsplit_once('/').unwrap())
            .map(|(form, head)| (form, head.parse::<usize>().unwrap()))
            .unzip();
        let marks: Vec<bool> = (forms.iter())
            .map(|form| !form.chars().any(char::is_alphanumeric))
            .collect();
        let mut hung: Vec<Option<usize>> = heads.iter().map(|head| head.checked_sub(1)).collect();
        attach(&forms, &marks, &mut hung);
        for (word, &head) in heads.iter().enumerate() {
            let id = word + 1;
            let wanted = expected.iter().find(|(mark, _)| *mark == id);
            assert_eq!(
                hung[word].map_or(0, |head| head + 1),
                wanted.map_or(head, |(_, head)| *head),
                "{id} {} in {sentence}",
                forms[word]
            );
        }
    }

    #[test]
    fn marks_hang_from_the_clause_or_phrase_that_they_belong_to() {
        check("Kapal/2 berlayar/0 ./1", &[(3, 2)]);
        check(
            "Kapal/2 berlayar/0 ,/5 tentara/5 menunggu/2 ./1",
            &[(3, 5), (6, 2)],
        );
        check("Menteri/4 (/3 pertahanan/1 tiba/0 ./1", &[(2, 3), (5, 4)]);
        check(
            "Menteri/5 (/1 Wiratama/1 )/1 tiba/0 ./1",
            &[(2, 3), (4, 3), (6, 5)],
        );
        check(
            "Ia/2 berkata/0 :/1 \"/1 kami/6 datang/2 \"/1 ./1",
            &[(3, 6), (4, 6), (7, 6), (8, 2)],
        );
        check("Hujan/0 ./1 Banjir/1 ./1", &[(2, 1), (4, 3)]);
    }

    #[test]
    fn a_mark_that_holds_words_or_stands_alone_stays() {
        check("a/2 -/0 b/2", &[]);
        check("(/2 )/0", &[]);
        check("a/0 -/1 b/2 ./3", &[(4, 1)]);
        check("—/0 -/1 ,/2 b/3", &[]);
    }

    #[test]
    fn what_hangs_by_rule_is_counted() {
        let text = "1\tHujan\t_\tVERB\t_\t_\t0\troot\t_\t_\n2\t.\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n\
                    1\tIa\t_\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\tdatang\t_\tVERB\t_\t_\t0\troot\t_\t_\n3\t.\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n";
        let share = share_by_rule(&conllu::read(text).unwrap());
        assert!((share - 0.5).abs() < 1e-9, "{share}");
        assert!(share_by_rule(&[]) == 0.0);
    }
}
