//! Who says it, and whom it is told: the words of the parties of a cue.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::Draft;
use super::sentence::Sentence;
use crate::propositions::{Argument, Role, Via, Voice, at, noun_phrase};

/// How many words the first half of a subject has at most that the tree cuts in two.
const HALF: usize = 5;
/// How far behind a passive its agent may stand: "was described as a crude and childish fabrication [by] ...".
const VERDICT: usize = 9;
/// Within how many words, and behind how many verbs of saying, a verb may share the subject of one before it.
const SHARED: usize = 80;
const BESIDE: usize = 3;

impl Sentence<'_> {
    /// Who says it with a verb in the active: its subject, before or after it.
    pub(super) fn speaker(&self, cue: usize) -> Option<(usize, Via)> {
        // "although [it] acknowledged"
        let verb = self.before_auxiliaries(cue);
        let pronoun = verb.checked_sub(1).filter(|&before| {
            self.word(before).upos == Upos::Pron
                && self.tree.head(before) == Some(cue)
                && self.word(before).relation.is(Deprel::Expl)
        });
        if let Some(pronoun) = pronoun {
            return Some((pronoun, Via::Subject));
        }
        // "Kim menyerukan pembangunan ... dan [mendesak] ...": beside the verb that the tree joins it to, else one shortly before.
        let says = |&earlier: &usize| {
            self.word(earlier).upos == Upos::Verb
                && self.is_verb_of_saying(earlier)
                && at(self.propositions, earlier).is_some_and(|found| found.voice == Voice::Active)
        };
        let joined = (self.tree.head(cue))
            .filter(|&head| head < cue && self.word(cue).relation.is(Deprel::Conj))
            .filter(says);
        let shortly = (cue.saturating_sub(SHARED)..cue).rev().filter(says);
        let level = (joined.into_iter())
            .chain(shortly.take(BESIDE))
            .find(|&earlier| {
                let complementiser = (earlier..cue).any(|index| self.is_complementiser(index));
                self.is_level(earlier, cue, complementiser)
            });
        if let Some(earlier) = level {
            let shared = self.speaker(earlier)?.0;
            return Some((shared, Via::Coordination));
        }
        // "quoted an official [as] denying ...": who is quoted.
        if let Some(quoted) = self.quoted_as(cue) {
            return Some((quoted, Via::Control));
        }
        let proposition = at(self.propositions, cue)?;
        let Some(subject) = proposition.first(Role::Subject) else {
            let described = (self.tree.head(cue)).filter(|&head| {
                head < cue && self.word(cue).relation.is(Deprel::Acl) && self.is_nominal(head)
            });
            let head = described.or_else(|| self.opening_phrase(cue))?;
            return Some((head, Via::Nearest));
        };
        if self.is_parted(cue, subject.head) {
            return None;
        }
        // A clause can't speak, nor a word that only stands for one ("yang menyatakan bahwa ..." without a noun).
        let word = self.word(subject.head);
        (self.is_nominal(subject.head)
            || matches!(word.upos, Upos::Det | Upos::Adj)
            || subject.via == Via::Relative && word.form.starts_with(char::is_uppercase))
        .then_some((subject.head, subject.via))
    }

    /// Whom a verb of saying before quotes as saying something with the verb at `cue`.
    fn quoted_as(&self, cue: usize) -> Option<usize> {
        let marked = cue > 1 && self.has(Grammar::Capacity, cue - 1);
        let above = (0..cue.saturating_sub(1))
            .rev()
            .find(|&index| self.is_verb_of_saying(index) && self.word(index).upos == Upos::Verb)
            .filter(|_| marked)?;
        let quoted = at(self.propositions, above)?.first(Role::Object)?;
        (quoted.head < cue).then_some(quoted.head)
    }

    /// The noun phrase that a sentence begins with, or begins again behind a comma, and that the verb at `cue` follows, though the tree
    /// does not make it its subject: "[Terdakwa] menyangkal ...".
    fn opening_phrase(&self, cue: usize) -> Option<usize> {
        let verb = self.before_auxiliaries(cue);
        let pause = (0..verb).rev().find(|&at| self.is_punctuation(at));
        let words = pause.map_or(0, |pause| pause + 1)..verb;
        let relative = words.clone().any(|at| self.has(Grammar::Relativiser, at));
        if words.is_empty() || words.len() > 8 || relative {
            return None;
        }
        let outside = |at: &usize| (self.tree.head(*at)).is_none_or(|head| !words.contains(&head));
        let head = words.clone().find(outside)?;
        let noun = self.is_nominal(head)
            || words.len() == 1 && matches!(self.word(head).upos, Upos::Verb | Upos::Adj);
        let single = words.clone().filter(outside).count() == 1;
        (noun && single && !self.is_complementiser(words.start)).then_some(head)
    }

    /// Who says it with a verb that what is said goes before: "..., kata [Budi]", "..., ujar[nya]".
    pub(super) fn speaker_after(&self, cue: usize) -> Option<usize> {
        let next = cue + 1;
        if next >= self.end() || self.is_punctuation(next) {
            return None;
        }
        if self.word(next).upos == Upos::Pron
            || self.lexicon.grammar.pronoun(self.form(next)).is_some()
        {
            return Some(next);
        }
        self.phrase_head(next, self.end())
    }

    /// Who says it with a passive: the agent, with its preposition or bare, or where it is quoted from.
    pub(super) fn agent(&self, cue: usize) -> Option<usize> {
        // "dibantah[nya] di depan hakim"
        let clitic = self.lexicon.grammar.bare_agent
            && cue + 1 < self.end()
            && self.lexicon.grammar.pronoun(self.form(cue + 1)).is_some()
            && self.word(cue + 1).head == Some(cue);
        if clitic {
            return Some(cue + 1);
        }
        let agent = at(self.propositions, cue).and_then(|proposition| {
            proposition
                .with_role(Role::Subject)
                .find(|argument| argument.via == Via::Oblique && argument.head > cue)
                .map(|argument| argument.head)
        });
        if agent.is_some() {
            return agent;
        }
        let next = cue + 1;
        if next >= self.end() {
            return None;
        }
        let marked = self.word(next).upos == Upos::Adp
            && (self.has(Grammar::Agent, next) || self.has(Grammar::Source, next));
        if marked {
            // "dikutip dari [Antara]": a name that is a preposition, too
            let name = (next + 1 < self.end())
                .then(|| self.word(next + 1))
                .filter(|word| word.form.starts_with(char::is_uppercase))
                .map(|_| next + 1);
            return self.phrase_head(next + 1, self.end()).or(name);
        }
        if let Some(agent) = self.agent_behind_verdict(cue) {
            return Some(agent);
        }
        // "seperti dilaporkan [media setempat]": what stands right behind it without a preposition
        let hangs = self.word(next).head == Some(cue)
            && matches!(
                self.word(next).relation.universal,
                Deprel::Obl | Deprel::Obj | Deprel::Nsubj
            );
        let bare = self.lexicon.grammar.bare_agent
            && (hangs || matches!(self.word(next).upos, Upos::Propn | Upos::Pron));
        bare.then(|| self.phrase_head(next, self.end()).or(hangs.then_some(next)))
            .flatten()
    }

    /// Who says it with a passive, behind what is said of its subject: "disebut tidak berdasar oleh [kuasa hukumnya]", "was described as a
    /// fabrication by [the army]".
    fn agent_behind_verdict(&self, cue: usize) -> Option<usize> {
        let verdict = |at: usize| {
            self.has(Grammar::Capacity, at)
                || self.has(Grammar::Negation, at)
                || self.word(at).upos == Upos::Adj && self.tree.head(at) == Some(cue)
        };
        let marker = (cue + 2..self.end().min(cue + VERDICT))
            .take_while(|&at| !self.is_pause(at))
            .find(|&at| self.has(Grammar::Agent, at))
            .filter(|_| verdict(cue + 1))?;
        self.phrase_head(marker + 1, self.end())
    }

    /// Who stands behind a noun of saying: "tuduhan [Washington]", "the claim by [Kim]", "[Russian] claims".
    pub(super) fn holder(&self, cue: usize) -> Option<usize> {
        let proposition = at(self.propositions, cue)?;
        // "tuduhan [penyiksaan]": an act accuses nobody; "tudingan [pasangan calon] bahwa ..." tells who does.
        let end = noun_phrase(self.tree, cue).end;
        let clause = end < self.end() && self.is_complementiser(end);
        let act = |argument: &&Argument| {
            let word = self.word(argument.head);
            self.lexicon.grammar.lemmas_are_roots
                && !clause
                && word.upos == Upos::Noun
                && argument.head == cue + 1
                && *word.lemma != *self.form(argument.head)
                && (at(self.propositions, argument.head)
                    .is_some_and(|found| !found.arguments.is_empty())
                    || cue + 2 < self.end() && self.has(Grammar::Against, cue + 2))
        };
        let subject = proposition
            .with_role(Role::Subject)
            .filter(|argument| !act(argument))
            .min_by_key(|argument| argument.via == Via::Nearest);
        if let Some(subject) = subject {
            return Some(subject.head);
        }
        // "laporan media", "official statements": a noun beside it that can be one who says.
        let modifier = proposition
            .with_role(Role::Object)
            .find(|argument| argument.via == Via::Modifier && argument.head == cue + 1)
            .filter(|argument| !act(argument) && !self.has(Grammar::Topic, argument.head))
            .map(|argument| argument.head);
        // "Bantahan [Moskow] bahwa ...": at the start of a sentence both look like one name.
        let name = (cue == 0 && clause)
            .then_some(cue + 1)
            .filter(|&next| self.word(next).relation.is(Deprel::Flat));
        modifier.or(name)
    }

    /// Who stands behind a noun of saying with a preposition: "a claim [by] [lawmakers] that ...", "tuduhan [dari] [keluarga korban]".
    pub(super) fn holder_after(&self, cue: usize) -> Option<usize> {
        let next = cue + 1;
        let marked = next + 1 < self.end()
            && self.word(next).upos == Upos::Adp
            && (self.has(Grammar::Agent, next) || self.has(Grammar::Source, next));
        marked
            .then(|| self.phrase_head(next + 1, self.end()))
            .flatten()
    }

    /// Who issues a denial: "[The broadcaster] published a rebuttal of ...".
    pub(super) fn issuer(&self, noun: usize, entry: &Cue) -> Option<usize> {
        let verb = (self.tree.head(noun))
            .filter(|_| entry.stance == Stance::Deny && self.word(noun).relation.is(Deprel::Obj))?;
        let subject = at(self.propositions, verb)?.first(Role::Subject)?;
        (subject.via == Via::Subject).then_some(subject.head)
    }

    /// Whom it is told: behind a preposition ("kepada [wartawan]", "to [reporters]"), or as object of a verb that has one ("told [the BBC]").
    /// It is no part of what is said.
    pub(super) fn addressee(&self, draft: &Draft) -> Option<usize> {
        let cue = draft.cue.start;
        let outside = |head: &usize| {
            let span = self.word(*head).span;
            !draft.parts.iter().any(|part| part.contains(span)) && Some(*head) != draft.source
        };
        let marked = (cue + 1..self.end()).find_map(|at| {
            let told = self.word(at).upos == Upos::Adp && self.is_addressing(at);
            let head = self.word(at).head.filter(|_| told)?;
            let own = self.tree.head(head) == Some(cue)
                || draft
                    .source
                    .is_some_and(|source| source > cue && self.tree.head(head) == Some(source))
                || at == cue + 1;
            let name = self.word(head).form.starts_with(char::is_uppercase);
            (own && head > at && (name || self.is_nominal(head))).then_some(head)
        });
        if let Some(head) = marked.filter(outside) {
            return Some(head);
        }
        let entry = (self.cues(cue).into_iter())
            .find(|(entry, _)| entry.kind == CueKind::Verb && entry.addressee)?
            .0;
        let object = (self.tree.children(cue))
            .find(|&child| {
                child > cue
                    && matches!(
                        self.word(child).relation.universal,
                        Deprel::Obj | Deprel::Iobj
                    )
                    && self.is_nominal(child)
            })
            .filter(|head| outside(head) || entry.stance == Stance::Ask)
            .filter(|&head| !self.is_noun_of_saying(head) && !self.is_intention(head));
        // "told [the BBC] the story was untrue": the first of two subjects
        let next = (cue + 1 < self.end())
            .then(|| self.phrase_head(cue + 1, self.end()))
            .flatten()
            .filter(|&head| {
                outside(&head) && entry.stance != Stance::Ask
                    || self.word(head).relation.is(Deprel::Nsubj) && entry.stance == Stance::Ask
            });
        object.or(next)
    }

    /// Whether the word at `index` names whom something is told: "kepada", "to".
    pub(super) fn is_addressing(&self, index: usize) -> bool {
        self.is_one_of(index, &self.lexicon.cues.addressing)
    }

    /// The words that name the source: its noun phrase, without what is said of something else ("oleh Pyongyang [sebagai ...]").
    pub(super) fn source_words(&self, head: usize) -> Range<usize> {
        let words = noun_phrase(self.tree, head);
        let capacity = (head + 1..words.end).find(|&index| {
            self.word(index).upos == Upos::Adp && self.has(Grammar::Capacity, index)
        });
        words.start..capacity.unwrap_or(words.end)
    }

    /// The words that name the source of the cue at `cue`: without when it speaks ("Belgrade [on Monday] denied ...") and, behind the
    /// cue, where ("kata juru bicara itu [di Asmara]").
    pub(super) fn named_source(&self, cue: usize, head: usize) -> Range<usize> {
        let words = self.source_words(head);
        let circumstance = (head + 1..words.end).find(|&index| {
            self.is_timed(index)
                || self.word(index).upos == Upos::Adp
                    && (self.is_timed(index + 1)
                        || cue < head
                            && (self.has(Grammar::Place, index) || self.is_addressing(index)))
        });
        // "[Serikat] pekerja mengatakan", "[Ms] Park has denied": two halves of one subject, by the tree.
        let mut start = words.start;
        let halves = (self.word(head).head)
            .filter(|_| {
                self.word(head).relation.is(Deprel::Nsubj) && self.word(head).upos != Upos::Pron
            })
            .into_iter()
            .flat_map(|verb| self.tree.children_by(verb, Deprel::Nsubj));
        for half in halves {
            let phrase = noun_phrase(self.tree, half);
            let plain = phrase.len() <= HALF
                && !(phrase.clone()).any(|at| self.is_punctuation(at) || self.is_verbal(at));
            let beside = half < head && phrase.end == start;
            if beside && plain && self.is_nominal(half) {
                start = phrase.start;
            }
        }
        let end = circumstance.unwrap_or_else(|| self.name_end(head, words.end));
        // In a headline the tree may hang all words from the first.
        let mut end = if head < cue { end.min(cue) } else { end };
        while end > head + 1 && self.has(Grammar::Negation, end - 1) {
            end -= 1;
        }
        start..end
    }

    /// Where the name ends that begins with `head` and, by the tree, ends at `end`: "dikutip dari The [Straits Times]", "Accounting firm
    /// [KPMG]".
    fn name_end(&self, head: usize, end: usize) -> usize {
        let mut end = end;
        while end < self.end() {
            let next = self.word(end);
            let capital = next.upos == Upos::Propn && next.form.starts_with(char::is_uppercase);
            let beside = next.head == self.word(head).head
                && next.relation == self.word(head).relation
                && self.word(head).upos == Upos::Propn;
            let apposition = next.head == Some(head) && next.relation.is(Deprel::Appos);
            let inside = next.head.is_some_and(|above| head < above && above < end)
                && next.relation.is(Deprel::Flat);
            if !(capital && (beside || apposition || inside)) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Where the source ends, with a name set beside it.
    pub(super) fn source_end(&self, head: usize) -> usize {
        let end = match self.source_words(head).end {
            end if end < noun_phrase(self.tree, head).end => return end,
            _ => self.phrase_end(head),
        };
        // "Menteri Pertahanan Rusia, Sergei Shoigu, ...": a name set beside it belongs to it.
        let apposition = self
            .tree
            .children_by(head, Deprel::Appos)
            .map(|child| self.phrase_end(child))
            .filter(|&other| other > end && other <= end + 16)
            .filter(|&other| !self.has_clause(end..other));
        apposition.max().unwrap_or(end)
    }

    /// The first word of the source.
    pub(super) fn source_start(&self, head: usize) -> usize {
        noun_phrase(self.tree, head).start
    }
}
