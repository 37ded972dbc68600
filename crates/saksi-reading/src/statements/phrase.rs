//! What is said, where it is a noun phrase: an object, a thing with what is said of it, an act of which a noun accuses.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::Content;
use super::sentence::Sentence;
use crate::propositions::{Argument, PredicateKind, Role, Via, at, noun_phrase};

impl Sentence<'_> {
    /// A noun phrase that a verb of saying has as object or after one of its prepositions: "menekankan [pentingnya industri]".
    pub(super) fn phrase_after(
        &self,
        cue: usize,
        from: usize,
        entry: &Cue,
        asides: &[Range<usize>],
    ) -> Option<Content> {
        let arguments = at(self.propositions, cue).map_or(&[][..], |found| &found.arguments[..]);
        let preposition = |argument: &&Argument| {
            argument
                .marker
                .is_some_and(|marker| marker >= from && self.is_one_of(marker, &entry.prepositions))
        };
        let argument = (arguments.iter().find(preposition))
            .filter(|_| entry.content != CueContent::Predication);
        if let Some(argument) = argument {
            let start = argument
                .marker
                .map_or(argument.words.start, |marker| marker + 1);
            return self.phrase_content(cue, start, asides, "preposition-phrase");
        }
        // The tree may hang the preposition elsewhere: "called for".
        if from < self.end() && self.is_one_of(from, &entry.prepositions) {
            return self.phrase_content(cue, from + 1, asides, "preposition-phrase");
        }
        if entry.required {
            return None;
        }
        let object = arguments
            .iter()
            .filter(|argument| argument.role == Role::Object && argument.head >= from)
            .find(|argument| {
                matches!(argument.via, Via::Object | Via::Nearest | Via::Coordination)
            });
        let next = (!self.is_punctuation(from)
            && matches!(
                self.word(from).upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num | Upos::Adj
            ))
        .then_some(from);
        let start = object.map(|object| object.words.start.max(from)).or(next)?;
        let head = object.map_or(start, |object| object.head);
        // "explained [what the site is]": a question as object.
        if entry.content >= CueContent::Clause && self.is_question(head) {
            let words = self.trim(start..self.content_end(cue, start, false, asides));
            return (!words.is_empty()).then(|| Content::one(words, "complement-clause", 0.85));
        }
        let deny = entry.stance == Stance::Deny;
        // "rejected an appeal", "denied Salah twice": no saying is denied.
        if deny && (self.asks_for(head) || self.is_one_of(head, &entry.other))
            || (deny || entry.negated.is_some()) && self.word(head).upos == Upos::Propn
        {
            return None;
        }
        let accepted = match entry.content {
            CueContent::Quote | CueContent::Clause => false,
            CueContent::Noun => true,
            CueContent::Said => {
                self.is_noun_of_saying(head) && (deny || !self.is_noun_of_denial(head))
                    || self.is_intention(head) && !deny
                    || deny && self.has_capacity(head)
            }
            CueContent::Predication => self.is_predicated(cue, head, entry),
        };
        let content = accepted
            .then(|| self.phrase_content(cue, start, asides, "noun-phrase"))
            .flatten()?;
        let end = content.words[0].end;
        let circumstance = self.circumstance_after(cue, start..end);
        // "menolak semua tudingan[, Rabu (9/7)]"
        let dated = (start + 1..end).find(|&at| {
            self.is_pause(at)
                && (at + 1..end).all(|at| self.is_timed(at) || self.is_punctuation(at))
        });
        let words = self.trim(start..circumstance.or(dated).unwrap_or(end));
        (!words.is_empty()).then(|| Content::one(words, content.rule, content.confidence))
    }

    /// Where among `words` that a verb has as object stands when it was said: "refuted the accusation [on Wednesday]".
    fn circumstance_after(&self, cue: usize, words: Range<usize>) -> Option<usize> {
        (self.tree.children_by(cue, Deprel::Obl))
            .filter(|child| words.contains(child))
            .filter_map(|child| {
                let start = self.tree.subtree(child)[0];
                let timed = (start..=child).any(|at| self.is_timed(at));
                let claim = (child..words.end).any(|at| self.is_complementiser(at));
                // "contested the findings [in a letter]", "described the memo as a forgery [during a session]"
                let located = self.word(start).upos == Upos::Adp
                    && !self.has(Grammar::Capacity, start)
                    && (self.has(Grammar::Location, start) || self.has(Grammar::When, start))
                    && ((words.start..start).any(|at| self.has(Grammar::Capacity, at))
                        || self.is_noun_of_saying(start - 1)
                        || self.lexicon.grammar.lemmas_are_roots
                            && self.has(Grammar::Demonstrative, start - 1));
                (start > words.start && (timed || located) && !claim).then_some(start)
            })
            .min()
    }

    /// Whether a word asks, and has a clause that describes what it asks for: "[what] the site is".
    fn is_question(&self, head: usize) -> bool {
        self.asks(head)
            && (self.tree.children(head)).any(|child| {
                child > head
                    && (self.word(child).relation.is(Deprel::Acl)
                        || self.word(child).relation.has_subtype("relcl"))
            })
    }

    /// Whether a question may begin with the word at `index`: "what", "bagaimana".
    pub(super) fn asks(&self, index: usize) -> bool {
        let word = self.word(index);
        matches!(word.upos, Upos::Adv | Upos::Pron | Upos::Det)
            && matches!(
                word.features.get("PronType"),
                Some("Int" | "Rel" | "Int,Rel")
            )
    }

    pub(super) fn phrase_content(
        &self,
        cue: usize,
        start: usize,
        asides: &[Range<usize>],
        rule: &'static str,
    ) -> Option<Content> {
        let words = self.trim(start..self.content_end(cue, start, true, asides));
        (!words.is_empty()).then(|| Content::one(words, rule, 0.8))
    }

    /// Whether something is said of the object `head` of `cue`: "menyebut latihan itu [sebagai praktik invasi]", "called the drills
    /// [a rehearsal]", "charged two men [with fraud]".
    fn is_predicated(&self, cue: usize, head: usize, entry: &Cue) -> bool {
        let mut end = noun_phrase(self.tree, head).end;
        while end < self.end() && self.is_mark(end) {
            end += 1;
        }
        let second = end < self.end()
            && matches!(
                self.word(end).upos,
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn
            );
        // "menyebut video tersebut [hasil rekayasa]": what points ends a noun phrase.
        let pointed = self.lexicon.grammar.lemmas_are_roots
            && (head + 1..end).any(|index| {
                (self.has(Grammar::Demonstrative, index)
                    || self.lexicon.grammar.pronoun(self.form(index)).is_some())
                    && index + 1 < end
                    && matches!(self.word(index + 1).upos, Upos::Noun | Upos::Adj)
            });
        let second = second || pointed;
        let marked = (head + 1..self.end()).any(|index| self.is_one_of(index, &entry.prepositions));
        self.has_capacity(head)
            || second
            || marked
            || self.tree.children(cue).any(|child| {
                child > head
                    && matches!(
                        self.word(child).relation.universal,
                        Deprel::Xcomp | Deprel::Ccomp
                    )
            })
    }

    /// Whether after the word at `head` it is told as what something counts: "the findings [as] smears".
    fn has_capacity(&self, head: usize) -> bool {
        (head + 1..self.end())
            .any(|index| self.word(index).upos != Upos::Verb && self.has(Grammar::Capacity, index))
    }

    /// Whether the noun at `head` denies: with "menyampaikan [bantahan]" it is what tells of the saying.
    fn is_noun_of_denial(&self, head: usize) -> bool {
        self.cues(head)
            .iter()
            .any(|(cue, _)| cue.kind == CueKind::Noun && cue.stance == Stance::Deny)
    }

    /// Whether the noun at `head` asks for something: an appeal, a request.
    pub(super) fn asks_for(&self, head: usize) -> bool {
        self.cues(head)
            .iter()
            .any(|(cue, _)| cue.kind == CueKind::Noun && cue.stance == Stance::Ask)
    }

    /// Whether the noun at `index` with its preposition tells how or where the verb at `cue` speaks: "denied in a [statement] that ...".
    pub(super) fn is_circumstance(&self, index: usize, cue: usize) -> bool {
        // "brushed [off] suggestions": a part of the verb.
        let own = |case: usize| {
            (self.cues(cue).iter()).any(|(entry, _)| self.is_one_of(case, &entry.prepositions))
        };
        let marked = (self.tree.children_by(index, Deprel::Case)).any(|case| {
            case < index
                && !own(case)
                && (self.has(Grammar::Location, case) || self.has(Grammar::Instrument, case))
                && !self.has(Grammar::Topic, case)
                && !self.has(Grammar::Capacity, case)
        });
        marked && self.tree.head(index) == Some(cue)
    }

    /// Where the act begins of which a noun accuses: "allegations [of torture]", "tuduhan [penyiksaan]".
    pub(super) fn charge_after(&self, cue: usize, entry: &Cue) -> Option<usize> {
        let next = cue + 1;
        // "menampik kabar [tentang perceraian]", "Laporan [tentang penembakan] ditepis"
        let denied = self.tree.head(cue).is_some_and(|verb| self.denies(verb));
        let fits = denied || matches!(entry.stance, Stance::Allege | Stance::Deny);
        if !fits || next + 1 >= self.end() {
            return None;
        }
        let act = |word: usize| {
            self.is_verbal(word)
                || at(self.propositions, word).is_some_and(|found| found.kind == PredicateKind::Act)
        };
        let preposition = matches!(self.word(next).upos, Upos::Adp | Upos::Sconj)
            || self.word(next).upos == Upos::Noun && self.has(Grammar::Topic, next);
        if preposition {
            let head = self.phrase_head(next + 1, self.end()).unwrap_or(next + 1);
            // "the findings [of the panel]": whose they are.
            let whose = !matches!(entry.stance, Stance::Allege | Stance::Deny)
                && (self.has(Grammar::Definite, next + 1) || self.word(head).upos == Upos::Propn);
            let fits = if whose {
                false
            } else if entry.stance == Stance::Deny {
                self.has(Grammar::Topic, next)
            } else {
                (self.has(Grammar::Charge, next) || self.has(Grammar::Topic, next))
                    && (act(head) || self.is_verbal(next + 1))
            };
            return (fits && !self.is_timed(next + 1)).then_some(next + 1);
        }
        let finite = self.word(next).features.get("VerbForm") == Some("Fin");
        let fits = entry.stance == Stance::Allege
            && matches!(self.word(next).upos, Upos::Noun | Upos::Verb)
            && self.tree.head(next) == Some(cue)
            && !self.word(next).form.starts_with(char::is_uppercase)
            && !finite;
        (fits && act(next)).then_some(next)
    }
}
