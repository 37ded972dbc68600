//! What is said, where the verb is a passive.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::Upos;

use super::draft::Content;
use super::sentence::Sentence;
use crate::propositions::{Role, Via, at, full_phrase, noun_phrase};

use super::extent::REACH;

impl Sentence<'_> {
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
        // A circumstance may go before it: "On Monday, reports that ... were denied".
        let behind_circumstance = || {
            let pause = (0..cue.min(REACH)).find(|&at| self.is_pause(at))?;
            (!self.has_clause(0..pause)).then(|| opening(pause + 1))?
        };
        let noun = opening(0).or_else(behind_circumstance)?;
        let clause = (noun + 1..cue.min(noun + REACH)).any(|index| self.is_complementiser(index));
        let start = noun_phrase(self.tree, noun).start.min(noun);
        let words = self.trim(start..self.before_auxiliaries(cue));
        (clause && self.has_clause(noun + 1..words.end)).then_some(words)
    }

    /// The noun of saying that is the subject of a passive at `cue`: "[Isu tersebut] sudah dibantah".
    fn claim_as_subject(&self, cue: usize) -> Option<Range<usize>> {
        let noun = (0..cue)
            .find(|&index| {
                self.is_noun_of_saying(index) || self.is_verbal(index) && index + 1 != cue
            })
            .filter(|&index| self.is_noun_of_saying(index))?;
        let words = noun_phrase(self.tree, noun);
        (words.end <= cue).then(|| self.trim(words))
    }

    /// As what a passive denies its subject: "dismissed [as fantasy] by ...".
    pub(super) fn capacity_after(
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
}
