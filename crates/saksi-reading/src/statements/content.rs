//! What is said, where the report tells it in its own words: a clause after its verb, or the sentence around an attribution.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::Content;
use super::sentence::Sentence;
use crate::propositions::{Role, Via, at, clause, noun_phrase};

use super::extent::REACH;

impl Sentence<'_> {
    /// What a verb of saying in the active says after it. `from` is the first word after the cue and its source.
    pub(super) fn content_after(
        &self,
        cue: usize,
        from: usize,
        entry: &Cue,
        asides: &[Range<usize>],
    ) -> Option<Content> {
        let last = self.end();
        if let Some(words) = self.antecedent(cue, from, entry) {
            let mut content = Content::one(words, "relative", 0.8);
            content
                .words
                .extend(self.capacity_after(cue, from, entry, asides));
            return Some(content);
        }
        if from >= last || entry.content == CueContent::Quote {
            return None;
        }
        // "dismissed [as politically driven the charge that ...]"
        if entry.stance == Stance::Deny
            && !entry.required
            && entry.content >= CueContent::Said
            && self.has(Grammar::Capacity, from)
        {
            return self.phrase_content(cue, from, asides, "noun-phrase");
        }
        let within = |start: usize, phrase, rule, confidence| {
            let words = self.trim(start..self.content_end(cue, start, phrase, asides));
            (!words.is_empty()).then(|| Content::one(words, rule, confidence))
        };
        let found = |start, rule, confidence| within(start, false, rule, confidence);
        if entry.required {
            return self.phrase_after(cue, from, entry, asides);
        }
        // "mengatakan [kepada wartawan] bahwa ..."
        let complementiser = (from..last.min(from + REACH))
            .take_while(|&index| self.form(index) != ";")
            .take_while(|&index| {
                self.is_complementiser(index)
                    || (!self.is_verbal(index) || self.word(index).relation.is(Deprel::Amod))
                        && (!self.is_noun_of_saying(index) || self.is_circumstance(index, cue))
            })
            .find(|&index| self.is_complementiser(index))
            .filter(|&index| !self.is_relative_to_object(index, cue, entry));
        if let Some(complementiser) = complementiser
            && complementiser + 1 < last
        {
            // "meminta Rusia agar menarik pasukan": whom it asks is part of what it asks for.
            let object = (entry.stance == Stance::Ask || entry.stance == Stance::Allege)
                .then(|| self.object_between(cue, complementiser))
                .flatten();
            return found(object.unwrap_or(complementiser + 1), "complementiser", 0.95);
        }
        // "membantah [jika] ...": a conjunction that with this verb opens what it says.
        if self.is_one_of(from, &entry.complementisers) && self.word(from).upos == Upos::Sconj {
            return found(from + 1, "complementiser", 0.9);
        }
        if self.is_pause(from) && self.has_clause(from + 1..last) {
            return (self.speaks_behind_pause(cue, from, entry))
                .then(|| found(from + 1, "pause", 0.85))
                .flatten()
                .filter(|content| self.has_clause(content.words[0].clone()))
                // "thought: [this is the end]"
                .filter(|content| !entry.finite || self.begins_clause(content.words[0].clone()));
        }
        // "asked officials [how] ..."
        let question = (from..last.min(from + REACH))
            .take_while(|&index| !self.is_verbal(index) && !self.is_pause(index))
            .find(|&index| self.asks(index) && self.word(index).upos == Upos::Adv)
            .filter(|&index| entry.addressee && self.has_clause(index..last));
        if let Some(question) = question {
            return found(question, "complement-clause", 0.85);
        }
        let complement = self
            .tree
            .children(cue)
            .filter(|&child| child > cue)
            .find(|&child| {
                matches!(
                    self.word(child).relation.universal,
                    Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj
                ) && (self.is_verbal(child) || self.word(child).relation.is(Deprel::Ccomp))
                    && !self.is_of_a_noun(child, from)
                    && !(entry.finite && self.is_subjectless(child, from))
                    // "denied ever meeting the lobbyist"
                    || entry.stance == Stance::Deny
                        && self.word(child).relation.is(Deprel::Advcl)
                        && (self.before_auxiliaries(child) == from
                            || self.is_verbal(child) && self.tree.subtree(child)[0] == from)
            });
        if let Some(complement) = complement
            && entry.content != CueContent::Predication
        {
            let start = clause(self.tree, complement).start.max(from);
            let object = self.object_between(cue, start);
            let rule = if self.word(complement).relation.is(Deprel::Xcomp) {
                "open-complement"
            } else {
                "complement-clause"
            };
            let subjects: Vec<usize> = (self.tree.children_by(complement, Deprel::Nsubj))
                .filter(|&subject| subject < complement)
                .collect();
            return match (object, &subjects[..]) {
                // "told reporters Russia would ..." names whom it was told; "urged Russia to ..." whom it is about.
                (Some(object), _)
                    if entry.stance != Stance::Assert || entry.content == CueContent::Noun =>
                {
                    within(object, true, rule, 0.9)
                }
                // "menyatakan [zat itu] ditemukan": its subject, which the tree takes for an object
                (Some(object), [])
                    if self.word(complement).relation.is(Deprel::Ccomp) && object == from =>
                {
                    found(object, rule, 0.8)
                }
                // "told [the BBC] the story was untrue": of two subjects the first is whom it was told.
                (None, &[first, second])
                    if entry.addressee && noun_phrase(self.tree, first).start == from =>
                {
                    found(
                        noun_phrase(self.tree, second).start.max(first + 1),
                        rule,
                        0.8,
                    )
                }
                _ => found(start, rule, 0.9),
            };
        }
        self.phrase_after(cue, from, entry, asides).or_else(|| {
            // "mengatakan telah mengirim pasukan", "said Russia attacked": a clause that the tree hangs elsewhere.
            let start = self.after_addressee(from);
            let paused = start > from && self.is_pause(start - 1);
            // "said [the gunmen crossed ...]": nothing but a clause can be said, so what the tree takes for an object with a participle is one.
            let object = entry.content == CueContent::Clause
                && (self.tree.children_by(cue, Deprel::Obj)).any(|object| {
                    noun_phrase(self.tree, object).start == start
                        && (self.tree.children_by(object, Deprel::Acl)).any(|verb| {
                            self.word(verb).features.get("Tense") == Some("Past")
                                && !self.word(verb).relation.has_subtype("relcl")
                        })
                });
            if object {
                return found(start, "bare-clause", 0.7);
            }
            let adverbial = start < last
                && matches!(self.word(start).upos, Upos::Adp | Upos::Sconj | Upos::Cconj);
            let verbal = start < last
                && matches!(self.word(start).upos, Upos::Verb | Upos::Aux | Upos::Part);
            ((entry.content == CueContent::Clause || verbal)
                && start < last
                && !adverbial
                && !self.is_punctuation(start)
                && !((entry.finite || paused) && verbal)
                && self.begins_clause(start..self.content_end(cue, start, false, asides)))
            .then(|| found(start, "bare-clause", 0.75))
            .flatten()
        })
    }

    /// Whether what looks like a complementiser stands for the object of `cue`: "saw things [that] you want".
    fn is_relative_to_object(&self, index: usize, cue: usize, entry: &Cue) -> bool {
        let word = self.word(index);
        word.upos == Upos::Pron
            && !word.relation.is(Deprel::Mark)
            && !entry.addressee
            && (self.tree.ancestors(index))
                .take_while(|&above| above > index)
                .find(|&verb| self.word(verb).relation.is(Deprel::Acl))
                .and_then(|verb| self.tree.head(verb))
                .is_some_and(|noun| {
                    let told = (self.tree.children(noun)).any(|child| self.is_addressing(child))
                        || self.is_circumstance(noun, cue);
                    cue < noun && noun < index && !told && !self.is_noun_of_saying(noun)
                })
    }

    /// Whether what a verb says may stand behind the pause at `pause`: "He said, ...", "She thought: ...", not "you know, ...".
    fn speaks_behind_pause(&self, cue: usize, pause: usize, entry: &Cue) -> bool {
        let thinks = entry.stance == Stance::Estimate
            && !entry.factive
            && !entry.adjective
            && (self.word(cue).features.get("VerbForm") == Some("Fin")
                || self.tree.children_by(cue, Deprel::Aux).next().is_some())
            && (self.speaker(cue)).is_some_and(|(head, _)| !self.is_reader(Some(head)));
        (thinks || !entry.finite)
            && self.word(pause + 1).upos != Upos::Cconj
            && !self.is_circumstantial(cue, pause)
    }

    /// Whether the verb at `cue` only tells how or when what stands behind the pause at `pause` happens ("In addition to continuing to
    /// [write], he ...", "To [conclude], ..."), or is a word thrown in ("rather than, [say], a tank").
    fn is_circumstantial(&self, cue: usize, pause: usize) -> bool {
        let word = self.word(cue);
        let bare = word.features.get("VerbForm") == Some("Inf")
            || word.features.get("Mood") == Some("Imp");
        let begins = cue > 0 && self.is_pause(cue - 1);
        let quality = (self.tree.head(cue))
            .is_some_and(|above| above < cue && self.word(above).upos == Upos::Adj);
        bare && (quality
            || self.tree.ancestors(cue).any(|above| above > pause)
            || begins && self.speaker(cue).is_none())
    }

    /// What a relative clause denies or alleges: ", [a charge] that Iran denies", ", [which] Abu Dhabi denies", "[hal] yang dibantah Kim".
    fn antecedent(&self, cue: usize, from: usize, entry: &Cue) -> Option<Range<usize>> {
        let fits = matches!(entry.stance, Stance::Deny | Stance::Allege)
            && self.word(cue).relation.is(Deprel::Acl)
            && (from >= self.end()
                || self.is_punctuation(from)
                || entry.stance == Stance::Deny && self.has(Grammar::Capacity, from));
        let noun = self.tree.head(cue).filter(|&noun| fits && noun < cue)?;
        let own = (self.tree.children_by(cue, Deprel::Nsubj)).any(|subject| {
            noun < subject && subject < cue && !self.has(Grammar::Relativiser, subject)
        });
        if !own {
            return None;
        }
        let relativiser =
            (noun + 1..cue).find(|&at| self.has(Grammar::Relativiser, at) && self.is_pause(at - 1));
        if let Some(which) = relativiser {
            return Some(which..which + 1);
        }
        let words = noun_phrase(self.tree, noun);
        let end = (noun + 1..cue)
            .find(|&at| self.has(Grammar::Relativiser, at) || self.is_subject_start(at, cue))
            .unwrap_or(cue);
        Some(self.trim(words.start..words.end.min(end)))
    }

    /// Whether the subject of `verb` begins at `index`.
    fn is_subject_start(&self, index: usize, verb: usize) -> bool {
        (self.tree.children_by(verb, Deprel::Nsubj))
            .any(|subject| noun_phrase(self.tree, subject).start == index)
    }

    /// Whether a complement has no subject of its own: "agreed [to buy] ...", "menolak [berkomentar]". `from` is the word after the cue.
    fn is_subjectless(&self, complement: usize, from: usize) -> bool {
        self.word(complement).relation.is(Deprel::Xcomp)
            || self.before_auxiliaries(complement) == from
                && self
                    .tree
                    .children_by(complement, Deprel::Nsubj)
                    .next()
                    .is_none()
    }

    /// Whether the clause of `complement` is what a noun of saying before it tells, whatever it hangs from: "menyampaikan bantahan atas
    /// kabar [bahwa ...]".
    fn is_of_a_noun(&self, complement: usize, from: usize) -> bool {
        (from..complement)
            .find(|&at| self.is_complementiser(at))
            .is_some_and(|mark| {
                (from..mark).any(|at| {
                    self.is_noun_of_saying(at) && !self.is_verbal(at) && !self.is_mark(at)
                })
            })
    }

    /// Whether a clause begins at the first of the words: with its verb ("mengatakan [telah mengirim] ...") or with the subject of
    /// one; not "found [a bar named ...]", "felt [sick when I ...]".
    fn begins_clause(&self, words: Range<usize>) -> bool {
        let Some(verb) = words.clone().find(|&index| self.is_verbal(index)) else {
            return false;
        };
        let verb = match self.tree.head(verb) {
            Some(head) if self.word(verb).upos == Upos::Aux && words.contains(&head) => head,
            _ => verb,
        };
        let participle = matches!(
            self.word(verb).features.get("VerbForm"),
            Some("Part" | "Ger")
        );
        self.before_auxiliaries(verb) == words.start && !participle
            || (self.tree.children_by(verb, Deprel::Nsubj)).any(|subject| {
                subject < verb && noun_phrase(self.tree, subject).start == words.start
            })
    }

    /// First word of the object between `cue` and `limit`.
    fn object_between(&self, cue: usize, limit: usize) -> Option<usize> {
        at(self.propositions, cue)?
            .arguments
            .iter()
            .filter(|argument| {
                matches!(argument.role, Role::Object | Role::IndirectObject)
                    && matches!(argument.via, Via::Object | Via::Nearest)
            })
            .map(|argument| argument.words.start)
            .find(|&start| cue < start && start < limit)
    }

    /// One past "kepada wartawan", if that stands at `from`.
    fn after_addressee(&self, from: usize) -> usize {
        let addressed =
            from + 1 < self.len() && self.word(from).upos == Upos::Adp && self.is_addressing(from);
        if !addressed {
            return from;
        }
        let Some(head) = self.phrase_head(from + 1, self.end()) else {
            return from;
        };
        let end = self.phrase_end(head);
        if end < self.end() && self.is_pause(end) {
            end + 1
        } else {
            end
        }
    }

    /// The sentence around `aside`: what is said where the attribution stands beside it.
    pub(super) fn content_around(&self, aside: &Range<usize>) -> Vec<Range<usize>> {
        // "..., tetapi menurut dia, ...": what is before the conjunction is the report's own.
        let joined = (0..aside.start)
            .rev()
            .find(|&index| !self.is_punctuation(index))
            .is_some_and(|index| matches!(self.word(index).upos, Upos::Cconj | Upos::Sconj));
        let before = if joined {
            0..0
        } else {
            self.trim(0..aside.start)
        };
        let after = self.trim(aside.end..self.end().max(aside.end));
        let mut parts = Vec::new();
        if self.has_clause(before.clone()) || (!before.is_empty() && self.has_clause(after.clone()))
        {
            parts.push(before);
        }
        if !after.is_empty() && (parts.is_empty() || self.has_clause(after.clone())) {
            parts.push(after);
        }
        parts
    }
}
