//! One sentence as the rules of saying look at it.

use std::ops::Range;

use saksi_lexicon::Lexicon;
use saksi_lexicon::cues::{Cue, CueContent, CueForm, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Tree, Upos, Word};
use saksi_text::Span;

use crate::propositions::{Proposition, Voice, at, noun_phrase};

/// A sentence with its tree, its propositions and its words in lower case.
pub(super) struct Sentence<'a> {
    pub(super) index: usize,
    pub(super) tree: &'a Tree,
    pub(super) propositions: &'a [Proposition],
    pub(super) lexicon: &'a Lexicon,
    /// Which of its words are part of a time expression.
    timed: &'a [bool],
    /// Whether it is written as a headline.
    headline: bool,
    forms: Vec<Box<str>>,
    lemmas: Vec<Box<str>>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(
        index: usize,
        tree: &'a Tree,
        propositions: &'a [Proposition],
        timed: &'a [bool],
        lexicon: &'a Lexicon,
    ) -> Self {
        let lower = |text: fn(&Word) -> &str| -> Vec<Box<str>> {
            tree.words()
                .iter()
                .map(|word| text(word).to_lowercase().into())
                .collect()
        };
        Self {
            index,
            tree,
            propositions,
            lexicon,
            timed,
            headline: is_headline(tree),
            forms: lower(|word| &word.form),
            lemmas: lower(|word| &word.lemma),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    pub(super) fn word(&self, index: usize) -> &'a Word {
        self.tree.word(index)
    }

    pub(super) fn form(&self, index: usize) -> &str {
        &self.forms[index]
    }

    /// The verbs and nouns of saying that the word at `index` may be.
    pub(super) fn cues(&self, index: usize) -> Vec<(&'a Cue, CueForm)> {
        let lexicon: &'a Lexicon = self.lexicon;
        let form = &self.forms[index];
        let lemma = if lexicon.grammar.lemmas_are_roots {
            form
        } else {
            &self.lemmas[index]
        };
        (lexicon.cues.find(form, lemma))
            .filter(|(_, form)| *form != CueForm::Headline || self.headline)
            .collect()
    }

    /// Whether the word at `index` is a verb of saying in any of its forms.
    pub(super) fn is_verb_of_saying(&self, index: usize) -> bool {
        matches!(self.word(index).upos, Upos::Verb | Upos::Noun | Upos::X)
            && self.cues(index).iter().any(|(cue, form)| {
                cue.kind == CueKind::Verb
                    && cue.content > CueContent::Quote
                    && (*form != CueForm::Any || self.word(index).upos == Upos::Verb)
            })
    }

    pub(super) fn is_noun_of_saying(&self, index: usize) -> bool {
        self.cues(index)
            .iter()
            .any(|(cue, _)| cue.kind == CueKind::Noun)
    }

    /// The preposition or adverb of saying that begins at `index`, and of how many words it is.
    pub(super) fn phrase(&self, index: usize) -> Option<(&'a Cue, usize)> {
        let words: Vec<&str> = self.forms[index..]
            .iter()
            .take(6)
            .map(|form| &**form)
            .collect();
        let lexicon: &'a Lexicon = self.lexicon;
        lexicon.cues.phrase(&words)
    }

    pub(super) fn has(&self, role: Grammar, index: usize) -> bool {
        self.lexicon
            .grammar
            .any(role, [&*self.forms[index], &*self.lemmas[index]])
    }

    /// Whether the word at `index` is part of a time expression.
    pub(super) fn is_timed(&self, index: usize) -> bool {
        self.timed.get(index).is_some_and(|timed| *timed)
    }

    /// Whether the verb at `index` is negated: "did [not] deny", "[tak] menampik".
    pub(super) fn is_negated(&self, index: usize) -> bool {
        let negates = |at: usize| {
            self.has(Grammar::Negation, at)
                && matches!(
                    self.word(at).upos,
                    Upos::Part | Upos::Adv | Upos::Aux | Upos::Sconj | Upos::Det
                )
        };
        let before = (0..index)
            .rev()
            .take_while(|&at| matches!(self.word(at).upos, Upos::Part | Upos::Adv | Upos::Aux));
        before.into_iter().any(negates)
            || (self.tree.children(index)).any(|child| {
                child < index && self.word(child).relation.is(Deprel::Advmod) && negates(child)
            })
    }

    /// Whether the verb at `index` is a passive, by its clause or as a participle behind an auxiliary: "were widely [rejected]".
    pub(super) fn is_passive(&self, index: usize) -> bool {
        let before = (0..index).rev().find(|&at| self.word(at).upos != Upos::Adv);
        at(self.propositions, index).is_some_and(|found| found.voice == Voice::Passive)
            || self.word(index).features.get("Tense") == Some("Past")
                && before.is_some_and(|at| {
                    self.word(at).upos == Upos::Aux && !self.has(Grammar::Perfect, at)
                })
    }

    /// The stance of the verb of saying at `index`, negated or not.
    pub(super) fn stance_of(&self, index: usize, entry: &Cue) -> Stance {
        stance_if(self.is_negated(index), entry)
    }

    /// Whether the word at `index` denies, or is what a verb denies: "[membantah] [tuduhan] bahwa ...".
    pub(super) fn denies(&self, index: usize) -> bool {
        let verb = |at: usize| {
            (self.cues(at).iter())
                .find(|(cue, _)| cue.kind == CueKind::Verb)
                .is_some_and(|(cue, _)| self.stance_of(at, cue) == Stance::Deny)
        };
        verb(index) || self.is_noun_of_saying(index) && self.tree.head(index).is_some_and(verb)
    }

    /// Whether the verb of saying at `index` and another one that says the contrary are joined, with nothing between them that is said:
    /// "neither [confirmed] nor [denied]".
    pub(super) fn is_weighed(&self, index: usize) -> bool {
        let denies = |at: usize| -> Option<bool> {
            let (cue, _) = *(self.cues(at).iter()).find(|(cue, _)| cue.kind == CueKind::Verb)?;
            Some(cue.stance == Stance::Deny)
        };
        let Some(own) = denies(index) else {
            return false;
        };
        let small = |at: &usize| {
            matches!(
                self.word(*at).upos,
                Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Adv | Upos::Aux
            ) || self.has(Grammar::And, *at)
                || self.has(Grammar::Or, *at)
        };
        let after = (index + 1..self.end()).find(|at| !small(at));
        let before = (0..index).rev().find(|at| !small(at));
        [before, after].into_iter().flatten().any(|other| {
            let (first, last) = (other.min(index), other.max(index));
            let joined = (first + 1..last).any(|at| {
                self.word(at).upos == Upos::Cconj
                    || self.has(Grammar::And, at)
                    || self.has(Grammar::Or, at)
            });
            joined && denies(other).is_some_and(|denies| denies != own)
        })
    }

    /// Whether the verb at `index` is what somebody does not do: "declined to [deny]", "enggan [membantah]".
    pub(super) fn is_refused(&self, index: usize) -> bool {
        let above = (0..index)
            .rev()
            .find(|&at| !matches!(self.word(at).upos, Upos::Part | Upos::Adv | Upos::Aux));
        above.is_some_and(|above| self.has(Grammar::NegativeVerb, above))
            || (self.tree.head(index)).is_some_and(|head| {
                head < index
                    && self.word(index).relation.is(Deprel::Xcomp)
                    && self.has(Grammar::NegativeVerb, head)
            })
    }

    pub(super) fn is_complementiser(&self, index: usize) -> bool {
        !self.is_object_of_denial(index)
            && self
                .lexicon
                .cues
                .complementisers
                .iter()
                .any(|word| **word == *self.forms[index])
            && (self.word(index).upos == Upos::Sconj
                || self.word(index).relation.is(Deprel::Mark)
                || self.opens_clause(index))
    }

    /// Whether the tree takes a noun of saying for the verb that looks the same: "[Claims] that ...", "said [reports] it had ... were wrong".
    pub(super) fn is_misread_noun(&self, index: usize) -> bool {
        let opens = index == 0
            || self.is_mark(index - 1)
            || (self.lexicon.cues.complementisers.iter())
                .any(|word| **word == *self.forms[index - 1])
            || (self.cues(index - 1).iter()).any(|(cue, _)| cue.kind == CueKind::Verb);
        let next = (index + 1 < self.len()).then(|| self.word(index + 1));
        self.word(index).upos == Upos::Verb
            && opens
            && self.is_noun_of_saying(index)
            && next.is_some_and(|next| {
                matches!(next.upos, Upos::Sconj | Upos::Pron)
                    && (next.upos == Upos::Pron
                        || self
                            .lexicon
                            .cues
                            .complementisers
                            .iter()
                            .any(|word| **word == *self.forms[index + 1]))
            })
    }

    /// Whether the word at `index` stands for what a verb behind it denies: "an accusation [that] Addis Ababa rejects".
    fn is_object_of_denial(&self, index: usize) -> bool {
        let relative = self.word(index).upos == Upos::Pron
            && self.word(index).relation.is(Deprel::Obj)
            || self.has(Grammar::Relativiser, index) && self.word(index).relation.is(Deprel::Mark);
        relative
            && (self.tree.head(index)).is_some_and(|verb| {
                verb > index
                    && self.word(verb).relation.is(Deprel::Acl)
                    && (self.cues(verb).iter()).any(|(cue, _)| cue.stance == Stance::Deny)
                    && (self.tree.children_by(verb, Deprel::Nsubj))
                        .any(|subject| index < subject && subject < verb)
                    && (verb + 1 >= self.end()
                        || self.is_punctuation(verb + 1)
                        || self.has(Grammar::Capacity, verb + 1))
            })
    }

    /// Whether after the word at `index` a subject comes before a verb, so that the word can't be the subject itself: "[that] it uses
    /// troops", not "[that] uses troops".
    fn opens_clause(&self, index: usize) -> bool {
        index + 1 < self.len()
            && (matches!(
                self.word(index + 1).upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num
            ) || self.is_misread_noun(index + 1))
            && self.word(index).upos != Upos::Det
    }

    pub(super) fn is_as(&self, index: usize) -> bool {
        self.lexicon
            .cues
            .as_words
            .iter()
            .any(|word| **word == *self.forms[index])
    }

    pub(super) fn is_intention(&self, index: usize) -> bool {
        self.lexicon
            .cues
            .intentions
            .iter()
            .any(|word| **word == *self.forms[index] || **word == *self.lemmas[index])
    }

    pub(super) fn is_punctuation(&self, index: usize) -> bool {
        self.word(index).upos == Upos::Punct
            || !self.forms[index].chars().any(char::is_alphanumeric)
    }

    /// A comma, semicolon, colon or dash.
    pub(super) fn is_pause(&self, index: usize) -> bool {
        matches!(
            &*self.forms[index],
            "," | ";" | ":" | "–" | "—" | "-" | "--"
        )
    }

    /// A quotation mark.
    pub(super) fn is_mark(&self, index: usize) -> bool {
        matches!(
            &*self.forms[index],
            "\"" | "”" | "“" | "„" | "''" | "``" | "’" | "‘" | "'" | "»" | "«"
        )
    }

    /// Whether the word at `index` tells that there is a clause.
    pub(super) fn is_verbal(&self, index: usize) -> bool {
        let word = self.word(index);
        match word.upos {
            // "the [United] States"
            Upos::Verb => {
                !(word.relation.is(Deprel::Amod)
                    && index > 0
                    && word.form.starts_with(char::is_uppercase))
            }
            Upos::Aux => true,
            Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron => {
                self.tree.children(index).any(|child| {
                    matches!(
                        self.word(child).relation.universal,
                        Deprel::Nsubj | Deprel::Cop | Deprel::Csubj
                    )
                })
            }
            _ => false,
        }
    }

    pub(super) fn is_nominal(&self, index: usize) -> bool {
        matches!(
            self.word(index).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X
        )
    }

    /// Whether there is a clause among `words`.
    pub(super) fn has_clause(&self, mut words: Range<usize>) -> bool {
        words.any(|index| self.is_verbal(index))
    }

    /// Index of the first word after the last one that isn't punctuation.
    pub(super) fn end(&self) -> usize {
        (0..self.len())
            .rev()
            .find(|&index| !self.is_punctuation(index))
            .map_or(0, |index| index + 1)
    }

    /// `words` without punctuation and conjunctions of coordination at their start and without punctuation at their end; a
    /// closing mark whose opening one is inside stays.
    pub(super) fn trim(&self, words: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = words;
        start = start.min(end);
        while start < end
            && (self.is_punctuation(start) && !self.is_opening(start)
                || self.word(start).upos == Upos::Cconj)
        {
            start += 1;
        }
        while start < end && self.is_punctuation(end - 1) && !self.closes(start, end - 1) {
            end -= 1;
        }
        // The last word of several conjuncts may be a conjunction where a coordinated clause was cut off.
        while start < end
            && (self.word(end - 1).upos == Upos::Cconj
                || (self.is_punctuation(end - 1) && !self.closes(start, end - 1)))
        {
            end -= 1;
        }
        start..end
    }

    /// `words` and the marks behind them that close what they open, at the end of a sentence.
    pub(super) fn closed(&self, words: &Range<usize>) -> Range<usize> {
        let mut end = words.end;
        while end < self.len() && self.is_mark(end) && self.closes(words.start, end) {
            end += 1;
        }
        words.start..end
    }

    fn is_opening(&self, index: usize) -> bool {
        matches!(
            &*self.forms[index],
            "(" | "[" | "“" | "\"" | "«" | "‘" | "”" | "''" | "``"
        )
    }

    fn closes(&self, start: usize, index: usize) -> bool {
        let mut before = start..index;
        match &*self.forms[index] {
            ")" => before.any(|at| &*self.forms[at] == "("),
            "]" => before.any(|at| &*self.forms[at] == "["),
            "”" => before.any(|at| matches!(&*self.forms[at], "“" | "”")),
            "\"" => before.filter(|&at| &*self.forms[at] == "\"").count() % 2 == 1,
            "%" | "$" => true,
            _ => false,
        }
    }

    pub(super) fn is_one_of(&self, index: usize, list: &[Box<str>]) -> bool {
        list.iter().any(|word| **word == *self.form(index))
    }

    /// The first of the auxiliaries and adverbs right before the verb at `index`.
    pub(super) fn before_auxiliaries(&self, index: usize) -> usize {
        let mut first = index;
        while first > 0
            && (matches!(
                self.word(first - 1).upos,
                Upos::Aux | Upos::Adv | Upos::Part
            ) || self.tree.head(first - 1) == Some(index)
                && self.word(first - 1).relation.is(Deprel::Advmod))
        {
            first -= 1;
        }
        first
    }

    /// The letters of `words`.
    pub(super) fn span(&self, words: &Range<usize>) -> Option<Span> {
        crate::propositions::text_span(self.tree, words)
    }

    /// The head of the noun phrase that begins at `start`: up the tree as long as it stays before `limit` and among nouns.
    pub(super) fn phrase_head(&self, start: usize, limit: usize) -> Option<usize> {
        let first = (start..limit).find(|&index| {
            !matches!(
                self.word(index).upos,
                Upos::Det | Upos::Num | Upos::Adj | Upos::Adv
            )
        })?;
        if !self.is_nominal(first) {
            return None;
        }
        let mut head = first;
        while let Some(above) = self.tree.head(head) {
            let inside = start <= above && above < limit && self.is_nominal(above);
            let separate = matches!(
                self.word(head).relation.universal,
                Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Conj | Deprel::Parataxis
            );
            if !inside || separate {
                break;
            }
            head = above;
        }
        Some(head)
    }

    /// One past the last word of the noun phrase of `head`, with an apposition or a name in brackets after it: "Kantor Berita
    /// Pusat Korea (KCNA)".
    pub(super) fn phrase_end(&self, head: usize) -> usize {
        let mut end = noun_phrase(self.tree, head).end;
        loop {
            let bracket = end < self.len() && &*self.forms[end] == "(";
            let close = (end..self.len().min(end + 12)).find(|&at| &*self.forms[at] == ")");
            match close {
                Some(close) if bracket => end = close + 1,
                _ => break,
            }
        }
        end
    }
}

/// The stance of a verb of saying that is negated or not.
pub(super) fn stance_if(negated: bool, entry: &Cue) -> Stance {
    if !negated {
        return entry.stance;
    }
    match entry.negated {
        Some(stance) => stance,
        None if entry.stance == Stance::Deny => Stance::Assert,
        None => entry.stance,
    }
}

/// How many words of four letters and more a headline has at least.
const HEADLINE: usize = 3;

/// Whether a sentence is written as a headline: without a full stop, its longer words with capitals.
fn is_headline(tree: &Tree) -> bool {
    let words = tree.words();
    let long = words
        .iter()
        .filter(|word| word.form.chars().count() > 3 && word.form.chars().all(char::is_alphabetic));
    let (mut count, mut capitals) = (0, 0);
    for word in long {
        count += 1;
        capitals += usize::from(word.form.starts_with(char::is_uppercase));
    }
    let stops = words
        .last()
        .is_some_and(|word| matches!(&*word.form, "." | "!" | "?" | ":"));
    count >= HEADLINE && !stops && capitals * 10 >= count * 9
}
