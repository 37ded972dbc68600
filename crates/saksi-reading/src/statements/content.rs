//! What is said, where the report tells it in its own words: the clause, the noun phrase, the rest of the sentence.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::Content;
use super::sentence::Sentence;
use crate::propositions::{
    Argument, PredicateKind, Role, Via, at, clause, full_phrase, noun_phrase,
};

/// How many words may stand between a verb of saying and its complementiser: "said [at a news conference in Vienna on Friday] that".
const REACH: usize = 14;

impl Sentence<'_> {
    /// Where what is said after the cue at `cue` ends, if it starts at `start` and is a noun phrase or not (`phrase`): at the end of
    /// the cue's clause, before an attribution that stands beside it (`asides`), before a further verb of saying of the same
    /// speaker.
    pub(super) fn content_end(
        &self,
        cue: usize,
        start: usize,
        phrase: bool,
        asides: &[Range<usize>],
    ) -> usize {
        let mut end = self.end();
        for aside in asides {
            if aside.start > start {
                end = end.min(aside.start);
            }
        }
        // "Kim, yang mengatakan bahwa ..., tiba": the clause ends where its tree does, if more follows.
        let edge = self.tree.subtree(cue).last().map_or(cue, |&last| last) + 1;
        let describes = self.word(cue).relation.is(Deprel::Acl);
        if describes && edge > start && edge < end {
            let more = edge..end;
            if self.has_clause(more.clone()) || more.clone().any(|at| self.is_pause(at)) {
                end = edge;
            }
        }
        // "Meskipun Korea Utara menyebut ..., sekutu [menegaskan]": the clause that the cue's clause hangs from.
        // "Jaksa mendakwa [orang itu menerima] suap": a clause before its main verb without a word that opens it is none.
        let unmarked = self.word(cue).relation.is(Deprel::Advcl)
            && self.tree.children_by(cue, Deprel::Mark).next().is_none()
            && !matches!(
                self.word(cue).features.get("VerbForm"),
                Some("Part" | "Ger")
            )
            && !self.is_subordinate(cue);
        // "Tudingan bahwa vaksin itu [mengandung] ...": the verb of what the noun tells.
        let noun = self.is_noun_of_saying(cue) && start > 0 && self.is_complementiser(start - 1);
        for above in self.tree.ancestors(cue) {
            if above > start && above < end && self.is_verbal(above) {
                if (unmarked || noun) && !(start..above).any(|at| self.is_pause(at)) {
                    continue;
                }
                let pause = (start..above).rev().find(|&index| self.is_pause(index));
                end = end.min(pause.unwrap_or(above));
            }
        }
        if self.is_subordinate(cue) {
            let pause =
                (start + 1..end).find(|&index| self.is_pause(index) && self.has_clause(index..end));
            end = pause.unwrap_or(end);
        }
        // "membantah bahwa ..., [tetapi] mengakui ...": a clause set against the cue's. What is denied ends there in any case, what is
        // said only before a further verb of saying.
        let deny = self.denies(cue);
        let against = (start + 1..end.saturating_sub(1)).find(|&index| {
            self.is_pause(index)
                && self.is_adversative(index + 1)
                && !self.continues(index + 1)
                && (if deny {
                    self.has_clause(index + 2..end)
                } else {
                    (index + 2..end)
                        .take_while(|&at| !self.is_pause(at))
                        .find(|&at| self.is_verbal(at))
                        .is_some_and(|at| self.is_verb_of_saying(at))
                })
        });
        end = against.unwrap_or(end);
        // "..., [a charge that] Iran denies": what is said, taken up again.
        let again = (start + 1..end.saturating_sub(1)).find(|&index| {
            self.is_pause(index)
                && (index + 1..end.min(index + 4)).any(|noun| {
                    matches!(self.word(noun).upos, Upos::Noun | Upos::Pron)
                        && (self.tree.children_by(noun, Deprel::Acl))
                            .any(|verb| verb > noun && self.is_verb_of_saying(verb))
                        && (self.tree.subtree(noun)[0] == index + 1
                            || self.tree.subtree(noun)[0] == index)
                })
        });
        // "..., [which] Abu Dhabi denies"
        let which = (start + 1..end.saturating_sub(2)).find(|&index| {
            self.is_pause(index)
                && self.has(Grammar::Relativiser, index + 1)
                && self.tree.head(index + 1).is_some_and(|verb| {
                    verb > index + 1 && self.is_verb_of_saying(verb) && self.denies(verb)
                })
        });
        end = again.or(which).unwrap_or(end);
        // "menampik tudingan Islamabad [dengan] mengatakan ...": how it is said.
        let means = (start + 1..end.saturating_sub(1)).find(|&index| {
            self.has(Grammar::Instrument, index)
                && self.word(index + 1).upos == Upos::Verb
                && self.is_verb_of_saying(index + 1)
        });
        end = means.unwrap_or(end);
        let clause = !phrase || start > 0 && self.is_complementiser(start - 1);
        for later in start + 1..end {
            if self.is_level(cue, later, clause) {
                let before = (start..later)
                    .rev()
                    .find(|&index| self.word(index).upos == Upos::Cconj || self.is_pause(index));
                end = before.unwrap_or(later);
                break;
            }
        }
        // "A believe that ..., but [B said] ...": a clause of its own beside the cue's.
        for conjunct in self.coordinated(cue) {
            let own = (self.tree.children_by(conjunct, Deprel::Nsubj))
                .any(|subject| start < subject && subject < conjunct);
            let edge = self.tree.subtree(conjunct)[0];
            let continues = (start..conjunct).any(|at| at >= edge && self.continues(at));
            if own && edge > start && self.is_verbal(conjunct) && !continues {
                end = end.min(edge);
            }
        }
        if phrase {
            for conjunct in self.coordinated(cue) {
                if conjunct > start && conjunct < end && self.word(conjunct).upos == Upos::Verb {
                    let before = (start..conjunct).rev().find(|&index| {
                        self.word(index).upos == Upos::Cconj || self.is_pause(index)
                    });
                    end = end.min(before.unwrap_or(conjunct));
                }
            }
        }
        end.max(start)
    }

    /// Whether at `index` a conjunction stands with which what is said goes on: "showed that ..., [and that] ...".
    fn continues(&self, index: usize) -> bool {
        index + 1 < self.end()
            && self.word(index).upos == Upos::Cconj
            && (self.lexicon.cues.complementisers.iter())
                .any(|word| **word == *self.form(index + 1))
    }

    /// Whether the word at `index` sets a clause against the one before: "tetapi", "but", "though", "sementara".
    fn is_adversative(&self, index: usize) -> bool {
        let contrast = self.word(index).upos == Upos::Cconj
            && !self.has(Grammar::And, index)
            && !self.has(Grammar::Or, index);
        let concession = self.has(Grammar::Concession, index)
            || self.has(Grammar::When, index) && self.word(index).upos == Upos::Sconj;
        contrast || concession && self.word(index).upos != Upos::Adp
    }

    /// Whether the clause of `cue` is opened by a conjunction of time, concession, cause or condition, so that a main clause must follow
    /// it: "[Sementara] Korea Utara membantah ..., ...".
    fn is_subordinate(&self, cue: usize) -> bool {
        let first = (0..cue)
            .rev()
            .find(|&index| self.is_pause(index))
            .map_or(0, |pause| pause + 1);
        first < cue
            && self.word(first).upos != Upos::Adp
            && [
                Grammar::When,
                Grammar::Concession,
                Grammar::Condition,
                Grammar::Cause,
            ]
            .iter()
            .any(|&role| self.has(role, first))
    }

    /// Whether `later` is a verb of saying of the same speaker as `cue`'s, beside it: "Kim menyerukan ... dan [mendesak] ...", "Kim
    /// menekankan ..., [menyatakan], ...". Where `clause` says that a clause is said before, only a tree that coordinates the two tells.
    pub(super) fn is_level(&self, cue: usize, later: usize, clause: bool) -> bool {
        if !self.is_verb_of_saying(later) || self.word(later).upos != Upos::Verb {
            return false;
        }
        let joint = (cue + 1..later)
            .rev()
            .find(|&index| !matches!(self.word(index).upos, Upos::Adv | Upos::Aux));
        let Some(joint) = joint else {
            return false;
        };
        let pause = self.is_pause(joint);
        // "..., calling it a lie", "..., dan menyebutnya dusta"
        let participle = pause
            && self
                .word(later)
                .features
                .get("VerbForm")
                .is_some_and(|form| form != "Fin");
        let paused = self.word(joint).upos == Upos::Cconj && joint > 0 && self.is_pause(joint - 1);
        // "said he had never signed and denied ...", "denied that it carried arms and said ...": who says something beside a denial is the
        // one who denies.
        let denial = self.word(joint).upos == Upos::Cconj
            && (self.denies(later) || self.denies(cue))
            && self.word(later).features.get("Tense") == self.word(cue).features.get("Tense");
        let own_subject = self
            .tree
            .children_by(later, Deprel::Nsubj)
            .any(|subject| cue < subject && !self.is_parted(later, subject));
        (pause || self.word(joint).upos == Upos::Cconj)
            && !own_subject
            && (!clause
                || participle
                || paused
                || denial
                || pause && !self.has_complementiser(cue)
                || self.tree.head(later) == Some(cue)
                || self.coordinated(cue).contains(&later))
    }

    /// Whether a comma or quotation mark lies between a verb and a subject after it: what is beyond it is said, not saying.
    pub(super) fn is_parted(&self, verb: usize, subject: usize) -> bool {
        verb < subject
            && (verb + 1..subject).any(|index| self.is_pause(index) || self.is_mark(index))
    }

    /// Whether a complementiser opens what `cue` says: then a clause follows that has coordinated verbs of its own.
    fn has_complementiser(&self, cue: usize) -> bool {
        (cue + 1..self.end().min(cue + REACH)).any(|index| self.is_complementiser(index))
    }

    /// The verbs coordinated with `cue`, after it.
    fn coordinated(&self, cue: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self.tree.children_by(cue, Deprel::Conj).collect();
        let mut at = cue;
        while self.word(at).relation.is(Deprel::Conj) {
            let Some(above) = self.tree.head(at) else {
                break;
            };
            found.extend(self.tree.children_by(above, Deprel::Conj));
            at = above;
        }
        found.retain(|&conjunct| conjunct > cue);
        found
    }

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
            .take_while(|&index| {
                self.is_complementiser(index)
                    || !self.is_verbal(index)
                        && (!self.is_noun_of_saying(index) || self.is_circumstance(index, cue))
            })
            .find(|&index| self.is_complementiser(index));
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
            return (!entry.finite)
                .then(|| found(from + 1, "pause", 0.85))
                .flatten();
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
                && !(entry.finite && verbal)
                && self.begins_clause(start..self.content_end(cue, start, false, asides)))
            .then(|| found(start, "bare-clause", 0.75))
            .flatten()
        })
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
        let addressed = from + 1 < self.len()
            && self.word(from).upos == Upos::Adp
            && self.has(Grammar::Recipient, from);
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

    /// A noun phrase that a verb of saying has as object or after one of its prepositions: "menekankan [pentingnya industri]".
    fn phrase_after(
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
        let asks = matches!(
            self.word(head).features.get("PronType"),
            Some("Int" | "Rel" | "Int,Rel")
        );
        asks && self
            .tree
            .children_by(head, Deprel::Acl)
            .any(|child| child > head)
    }

    fn phrase_content(
        &self,
        cue: usize,
        start: usize,
        asides: &[Range<usize>],
        rule: &'static str,
    ) -> Option<Content> {
        let words = self.trim(start..self.content_end(cue, start, true, asides));
        (!words.is_empty()).then(|| Content::one(words, rule, 0.8))
    }

    pub(super) fn is_one_of(&self, index: usize, list: &[Box<str>]) -> bool {
        list.iter().any(|word| **word == *self.form(index))
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

    /// What a passive with its doer says of its subject: "yang dianggap oleh Korea Utara [sebagai latihan invasi]", "[tuduhan itu]
    /// dibantah Kim".
    pub(super) fn content_of_passive(
        &self,
        cue: usize,
        from: usize,
        entry: &Cue,
        asides: &[Range<usize>],
    ) -> Option<Content> {
        let last = self.end();
        let complementiser =
            (from..last.min(from + 4)).find(|&index| self.is_complementiser(index));
        if let Some(complementiser) = complementiser {
            let end = self.content_end(cue, complementiser + 1, false, asides);
            let words = self.trim(complementiser + 1..end);
            return (!words.is_empty()).then(|| Content::one(words, "complementiser", 0.9));
        }
        let capacity = (from..last.min(from + 4)).find(|&index| {
            self.word(index).upos != Upos::Verb && self.has(Grammar::Capacity, index)
        });
        let capacity = (entry.content == CueContent::Predication)
            .then_some(capacity)
            .flatten();
        if let Some(capacity) = capacity {
            let words = self.trim(capacity..self.content_end(cue, capacity, true, asides));
            return (!words.is_empty()).then(|| Content::one(words, "passive-predication", 0.85));
        }
        let subject = at(self.propositions, cue).and_then(|found| {
            found
                .with_role(Role::Object)
                .find(|argument| matches!(argument.via, Via::Subject | Via::Relative))
        });
        // "Laporan bahwa ... [dibantah] junta": the tree may not see that the noun of saying is the subject.
        if let Some(words) = self.claim_before(cue)
            && entry.content >= CueContent::Said
        {
            let mut words = vec![words];
            words.extend(self.capacity_after(cue, from, entry, asides));
            return Some(Content {
                words,
                rule: "passive-subject",
                confidence: 0.7,
            });
        }
        let subject = subject?;
        let accepted = match entry.content {
            CueContent::Quote => false,
            CueContent::Clause => from < last && self.word(from).upos == Upos::Verb,
            CueContent::Said => self.is_noun_of_saying(subject.head),
            CueContent::Predication => {
                from < last && !self.is_punctuation(from)
                    || (cue + 1..from).any(|at| self.has(Grammar::Agent, at) && at > cue + 1)
            }
            CueContent::Noun => true,
        };
        if !accepted {
            return None;
        }
        let mut words = vec![if subject.via == Via::Relative {
            noun_phrase(self.tree, subject.head)
        } else {
            let whole = full_phrase(self.tree, subject.head);
            whole.start..whole.end.min(cue)
        }];
        // "disebut [tidak berdasar] oleh ..."
        let verdict = (cue + 1..from)
            .find(|&at| self.has(Grammar::Agent, at))
            .map(|agent| self.trim(cue + 1..agent))
            .filter(|words| !words.is_empty() && entry.stance != Stance::Deny);
        if let Some(capacity) = self.capacity_after(cue, from, entry, asides) {
            words.push(capacity);
        } else if let Some(verdict) = verdict {
            words.push(verdict);
        } else if from < last
            && (self.is_verbal(from)
                || self.has(Grammar::Capacity, from)
                || entry.content == CueContent::Predication
                || entry.stance == Stance::Allege && self.has(Grammar::Charge, from))
        {
            words.push(self.trim(from..self.content_end(cue, from, true, asides)));
        }
        words.retain(|part| !part.is_empty());
        (!words.is_empty()).then_some(Content {
            words,
            rule: "passive-subject",
            confidence: 0.7,
        })
    }

    /// The noun of saying with its clause that a passive at `cue` is about: "[Reports that ...] were denied".
    fn claim_before(&self, cue: usize) -> Option<Range<usize>> {
        let opening = |begin: usize| {
            (begin..cue)
                .take_while(|&index| !self.is_pause(index))
                .find(|&index| self.is_noun_of_saying(index) || self.is_verbal(index))
                .filter(|&index| self.is_noun_of_saying(index))
        };
        let after_pause = |pause: usize| {
            let circumstance = !self.has_clause(self.begin..pause);
            (circumstance && self.is_pause(pause)).then_some(pause + 1)
        };
        let noun = opening(self.begin)
            .or_else(|| (self.begin..cue).find_map(|pause| opening(after_pause(pause)?)))?;
        let clause = (noun + 1..cue.min(noun + REACH)).any(|index| self.is_complementiser(index));
        let start = noun_phrase(self.tree, noun).start.min(noun);
        let words = self.trim(start..self.before_auxiliaries(cue));
        (clause && self.has_clause(noun + 1..words.end)).then_some(words)
    }

    /// The noun of saying that is the subject of a passive at `cue`: "[Isu tersebut] sudah dibantah".
    fn claim_as_subject(&self, cue: usize) -> Option<Range<usize>> {
        let noun = (self.begin..cue)
            .find(|&index| {
                self.is_noun_of_saying(index) || self.is_verbal(index) && index + 1 != cue
            })
            .filter(|&index| self.is_noun_of_saying(index))?;
        let words = noun_phrase(self.tree, noun);
        (words.end <= cue).then(|| self.trim(words))
    }

    /// As what a passive denies its subject: "dismissed [as fantasy] by ...".
    fn capacity_after(
        &self,
        cue: usize,
        from: usize,
        entry: &Cue,
        asides: &[Range<usize>],
    ) -> Option<Range<usize>> {
        if entry.stance != Stance::Deny {
            return None;
        }
        let start = [cue + 1, from]
            .into_iter()
            .find(|&at| at < self.end() && self.has(Grammar::Capacity, at))?;
        let mut end = self.content_end(cue, start, true, asides);
        if let Some(agent) = (start..end).find(|&at| self.has(Grammar::Agent, at)) {
            end = agent;
        }
        let words = self.trim(start..end);
        (!words.is_empty()).then_some(words)
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

    /// What nobody in particular says with a passive without a doer: "[Rusia] diduga [mengirim pasukan]".
    pub(super) fn content_of_agentless(
        &self,
        cue: usize,
        entry: &Cue,
        asides: &[Range<usize>],
    ) -> Option<Content> {
        let last = self.end();
        let from = cue + 1;
        if from >= last {
            return (entry.stance == Stance::Deny && entry.content >= CueContent::Said)
                .then(|| {
                    self.claim_before(cue)
                        .or_else(|| self.claim_as_subject(cue))
                })
                .flatten()
                .map(|words| Content::one(words, "passive-subject", 0.7));
        }
        if self.is_complementiser(from) && from + 1 < last {
            let words = self.trim(from + 1..self.content_end(cue, from + 1, false, asides));
            return (!words.is_empty()).then(|| Content::one(words, "agentless", 0.8));
        }
        // "Suggestions that ... were rejected as absurd"
        if entry.stance == Stance::Deny && entry.content >= CueContent::Said {
            let mut words = vec![self.claim_before(cue)?];
            words.extend(self.capacity_after(cue, from, entry, asides));
            return Some(Content {
                words,
                rule: "passive-subject",
                confidence: 0.7,
            });
        }
        let marked = self.is_one_of(from, &entry.prepositions)
            || entry.stance == Stance::Allege && self.has(Grammar::Charge, from);
        let opens = !self.is_punctuation(from)
            && (marked
                || !matches!(self.word(from).upos, Upos::Adp | Upos::Cconj | Upos::Sconj)
                || self.has(Grammar::Capacity, from));
        if !entry.agentless || !opens {
            return None;
        }
        let mut words = Vec::new();
        let subject = at(self.propositions, cue)
            .and_then(|found| found.grammatical_subject())
            .filter(|subject| subject.via == Via::Subject && subject.words.end <= cue);
        words.extend(subject.map(|subject| subject.words.clone()));
        words.push(self.trim(from..self.content_end(cue, from, true, asides)));
        words.retain(|part| !part.is_empty());
        (!words.is_empty()).then_some(Content {
            words,
            rule: "agentless",
            confidence: 0.7,
        })
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
