//! How far what is said goes.

use std::ops::Range;

use saksi_lexicon::grammar::Role as Grammar;
use saksi_syntax::{Deprel, Upos};

use super::sentence::Sentence;

/// How many words may stand between a verb of saying and its complementiser: "said [at a news conference in Vienna on Friday] that".
pub(super) const REACH: usize = 14;

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
        end = self.clause_end(cue, start, end);
        end = self.contrast(cue, start, end).unwrap_or(end);
        end = self.taken_up(start, end).unwrap_or(end);
        // "menampik tudingan Islamabad [dengan] mengatakan ...": how it is said.
        let means = (start + 1..end.saturating_sub(1)).find(|&index| {
            self.has(Grammar::Instrument, index)
                && self.word(index + 1).upos == Upos::Verb
                && self.is_verb_of_saying(index + 1)
        });
        end = means.unwrap_or(end);
        let clause = !phrase || start > 0 && self.is_complementiser(start - 1);
        let level = (start + 1..end).find(|&later| self.is_level(cue, later, clause));
        end = level.map_or(end, |later| self.joint_before(start, later));
        self.conjunct_end(cue, start, phrase, end).max(start)
    }

    /// Where the clause ends that `cue` stands in, by the tree, before `end`.
    fn clause_end(&self, cue: usize, start: usize, end: usize) -> usize {
        let mut end = end;
        // "Kim, yang mengatakan bahwa ..., tiba": the clause ends where its tree does, if more follows.
        let edge = self.tree.subtree(cue).last().map_or(cue, |&last| last) + 1;
        let describes = self.word(cue).relation.is(Deprel::Acl);
        if describes && edge > start && edge < end {
            let more = edge..end;
            if self.has_clause(more.clone()) || more.clone().any(|at| self.is_pause(at)) {
                end = edge;
            }
        }
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
        // "Meskipun Korea Utara menyebut ..., sekutu [menegaskan]": the clause that the cue's clause hangs from.
        for above in self.tree.ancestors(cue) {
            if above > start && above < end && self.is_verbal(above) {
                let pause = (start..above).rev().find(|&index| self.is_pause(index));
                if pause.is_some() || !unmarked && !noun {
                    end = end.min(pause.unwrap_or(above));
                }
            }
        }
        if self.is_subordinate(cue) {
            let pause =
                (start + 1..end).find(|&index| self.is_pause(index) && self.has_clause(index..end));
            end = pause.unwrap_or(end);
        }
        end
    }

    /// Where a clause begins that is set against the cue's: "membantah bahwa ..., [tetapi] mengakui ...". What is denied ends there in any
    /// case, what is said only before a further verb of saying.
    fn contrast(&self, cue: usize, start: usize, end: usize) -> Option<usize> {
        let deny = self.denies(cue);
        (start + 1..end.saturating_sub(1)).find(|&index| {
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
        })
    }

    /// Where what is said is taken up again: "..., [a charge that] Iran denies", "..., [which] Abu Dhabi denies".
    fn taken_up(&self, start: usize, end: usize) -> Option<usize> {
        let again = |noun: usize, pause: usize| {
            let first = self.tree.subtree(noun)[0];
            matches!(self.word(noun).upos, Upos::Noun | Upos::Pron)
                && (self.tree.children_by(noun, Deprel::Acl))
                    .any(|verb| verb > noun && self.is_verb_of_saying(verb))
                && (first == pause || first == pause + 1)
        };
        let which = |relativiser: usize| {
            self.has(Grammar::Relativiser, relativiser)
                && self.tree.head(relativiser).is_some_and(|verb| {
                    verb > relativiser && self.is_verb_of_saying(verb) && self.denies(verb)
                })
        };
        (start + 1..end.saturating_sub(1)).find(|&pause| {
            self.is_pause(pause)
                && ((pause + 1..end.min(pause + 4)).any(|noun| again(noun, pause))
                    || which(pause + 1))
        })
    }

    /// Where clauses beside the cue's begin that are none of what is said: "A believe that ..., but [B said] ..."; beside a noun phrase
    /// any further verb.
    fn conjunct_end(&self, cue: usize, start: usize, phrase: bool, end: usize) -> usize {
        let mut end = end;
        let conjuncts = self.coordinated(cue);
        for &conjunct in &conjuncts {
            let own = (self.tree.children_by(conjunct, Deprel::Nsubj))
                .any(|subject| start < subject && subject < conjunct);
            let edge = self.tree.subtree(conjunct)[0];
            let continues = (edge.max(start)..conjunct).any(|at| self.continues(at));
            if own && edge > start && self.is_verbal(conjunct) && !continues {
                end = end.min(edge);
            }
        }
        for &conjunct in conjuncts.iter().filter(|_| phrase) {
            if conjunct > start && conjunct < end && self.word(conjunct).upos == Upos::Verb {
                end = end.min(self.joint_before(start, conjunct));
            }
        }
        end
    }

    /// The last conjunction or pause before `later`, or `later` itself.
    fn joint_before(&self, start: usize, later: usize) -> usize {
        (start..later)
            .rev()
            .find(|&index| self.word(index).upos == Upos::Cconj || self.is_pause(index))
            .unwrap_or(later)
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
}
