//! Verbs of saying with what they say in their own clause.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent, CueForm, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::{Content, Draft};
use super::sentence::{Sentence, stance_if};
use crate::propositions::{Link, Via, Voice, at, noun_phrase};

/// How many words name who speaks in a headline.
const LONGEST_SPEAKER: usize = 8;

impl<'a> Sentence<'a> {
    /// The statement that the word at `index` tells of, if any, in the words of the report.
    pub(super) fn statement_of(&self, index: usize, asides: &[Range<usize>]) -> Option<Draft> {
        let misread = self.is_misread_noun(index);
        self.cues(index)
            .into_iter()
            .find_map(|(entry, form)| match entry.kind {
                CueKind::Verb if misread => None,
                CueKind::Verb => self.verb(index, entry, form, asides),
                CueKind::Noun => self.noun(index, entry, asides),
                CueKind::Preposition | CueKind::Adverb => None,
            })
    }

    fn verb(
        &self,
        index: usize,
        entry: &'a Cue,
        form: CueForm,
        asides: &[Range<usize>],
    ) -> Option<Draft> {
        let word = self.word(index);
        let passive = match form {
            CueForm::Active => false,
            CueForm::Passive => true,
            CueForm::Bare => return self.object_voice(index, entry),
            CueForm::Headline => return self.headline_verb(index, entry),
            CueForm::Any => {
                let adjective = entry.adjective
                    && matches!(word.upos, Upos::Adj | Upos::Verb)
                    && self.tree.children_by(index, Deprel::Cop).next().is_some();
                if entry.adjective != adjective || !adjective && word.upos != Upos::Verb {
                    return None;
                }
                !adjective && at(self.propositions, index)?.voice == Voice::Passive
            }
        };
        // "neither confirmed nor denied", "declined to deny": nothing is said.
        if self.is_weighed(index) || self.is_refused(index) {
            return None;
        }
        // "denied [ordering] the raid": an act that is denied.
        let act = (entry.stance == Stance::Ask || entry.finite)
            && matches!(
                word.relation.universal,
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl
            )
            && self.tree.children_by(index, Deprel::Nsubj).next().is_none()
            && self
                .tree
                .head(index)
                .is_some_and(|head| head < index && self.denies(head));
        if act {
            return None;
        }
        // "media yang [disebut]", "the accused": a participle that only describes a noun beside it.
        if word.relation.is(Deprel::Amod)
            || word.relation.is(Deprel::Compound) && form == CueForm::Any
        {
            return None;
        }
        let (source, via, content) = if passive {
            match self.agent(index) {
                Some(agent) => {
                    let from = self.source_end(agent).max(index + 1);
                    let content = self
                        .content_of_passive(index, from, entry, asides)
                        .or_else(|| self.content_of_passive(index, index + 1, entry, asides))?;
                    (Some(agent), Via::Oblique, content)
                }
                None => (
                    None,
                    Via::Subject,
                    self.content_of_agentless(index, entry, asides)?,
                ),
            }
        } else {
            let speaker = self.speaker(index);
            let from = speaker
                .filter(|&(head, _)| head > index && self.source_start(head) <= index + 2)
                .map_or(index + 1, |(head, _)| self.source_end(head));
            let content = self.content_after(index, from, entry, asides)?;
            (
                speaker.map(|(head, _)| head),
                speaker.map_or(Via::Nearest, |(_, via)| via),
                content,
            )
        };
        // "knows [what] the plan is", "showed [how] it works": nothing is said.
        if entry.finite
            && content
                .words
                .last()
                .is_some_and(|words| self.asks(words.start))
        {
            return None;
        }
        // "[You know], we went home": a word thrown in.
        let thrown = entry.factive
            && self.is_reader(source)
            && source.is_some_and(|source| {
                let opens = source == 0
                    || self.is_punctuation(source - 1)
                    || self.word(source - 1).upos == Upos::Cconj;
                opens && source + 1 == index
            })
            && content.rule == "complement-clause";
        if thrown {
            return None;
        }
        let unsure = match (source, via) {
            (None, _) if !passive => 0.3,
            (_, Via::Nearest) => 0.15,
            _ => 0.0,
        };
        // "tidak mengakui hasil pemilihan": a thing that is not recognised is not denied.
        let thing = entry.stance != Stance::Deny
            && content.rule == "noun-phrase"
            && self.stance_of(index, entry) == Stance::Deny;
        if thing
            && !content
                .words
                .iter()
                .flat_map(Clone::clone)
                .any(|at| self.is_noun_of_saying(at))
        {
            return None;
        }
        let stance = self.stance(index, entry, source, &content);
        self.draft(index, source, &content, stance, unsure)
    }

    /// "Tuduhan itu kami [bantah]": the verb without prefix behind a pronoun that says it, and before that what is said.
    fn object_voice(&self, index: usize, entry: &'a Cue) -> Option<Draft> {
        let pronoun = index.checked_sub(1).filter(|&at| at > 0)?;
        let speaker = self.lexicon.grammar.pronoun(self.form(pronoun))?;
        let head = (0..pronoun)
            .rev()
            .take_while(|&at| !self.is_pause(at) && !self.is_verbal(at))
            .filter(|&at| self.is_nominal(at))
            .last()?;
        let words = noun_phrase(self.tree, head);
        let fits = entry.content >= CueContent::Said
            && !speaker.possessive
            && self.is_noun_of_saying(head)
            && words.end <= pronoun;
        if !fits {
            return None;
        }
        let content = Content::one(self.trim(words), "object-voice", 0.8);
        self.draft(
            index,
            Some(pronoun),
            &content,
            self.stance_of(index, entry),
            0.0,
        )
    }

    /// "Kapolda [Bantah] Anak Buahnya Jadi Beking Tambang": trees of headlines tell little, so who speaks is what stands before the verb, and
    /// what is said is the rest.
    fn headline_verb(&self, index: usize, entry: &'a Cue) -> Option<Draft> {
        let negated = index > 0 && self.has(Grammar::Negation, index - 1);
        let verb = self
            .before_auxiliaries(index)
            .min(index - usize::from(negated));
        let before = 0..verb;
        let plain = !before.is_empty()
            && before.len() <= LONGEST_SPEAKER
            && before.clone().all(|at| {
                !self.is_punctuation(at)
                    && !matches!(self.word(at).upos, Upos::Verb | Upos::Sconj | Upos::Cconj)
                    && !self
                        .cues(at)
                        .iter()
                        .any(|(cue, _)| cue.kind == CueKind::Noun)
            });
        let outside = |at: &usize| (self.tree.head(*at)).is_none_or(|head| !before.contains(&head));
        let source = before.clone().find(outside).filter(|_| plain)?;
        let words = self.trim(index + 1..self.end());
        let least = match entry.content {
            CueContent::Quote => return None,
            CueContent::Noun => 1,
            CueContent::Said if self.is_noun_of_saying(index + 1) => 1,
            CueContent::Said if entry.finite || !self.has_clause(words.clone()) => return None,
            CueContent::Said | CueContent::Clause | CueContent::Predication => 2,
        };
        let pause = index + 1 < self.len() && self.is_punctuation(index + 1);
        if words.len() < least || pause || self.is_one_of(words.start, &entry.other) {
            return None;
        }
        let content = Content::one(words, "headline", 0.7);
        let stance = stance_if(negated || self.is_negated(index), entry);
        self.draft(index, Some(source), &content, stance, 0.0)
    }

    pub(super) fn draft(
        &self,
        index: usize,
        source: Option<usize>,
        content: &Content,
        stance: Stance,
        unsure: f64,
    ) -> Option<Draft> {
        let parts: Vec<_> = (content.words.iter())
            .filter_map(|words| self.span(&self.closed(words)))
            .collect();
        (!parts.is_empty()).then(|| Draft {
            sentence: self.index,
            cue: index..index + 1,
            source,
            parts,
            direct: false,
            stance,
            aside: None,
            rule: content.rule,
            confidence: (content.confidence - unsure).max(0.1),
        })
    }

    /// The stance: the entry's, or intent where the source says what it will do itself.
    fn stance(&self, cue: usize, entry: &Cue, source: Option<usize>, content: &Content) -> Stance {
        let stance = self.stance_of(cue, entry);
        let Some(words) = content.words.last() else {
            return stance;
        };
        if stance != Stance::Assert || entry.stance != Stance::Assert {
            return stance;
        }
        // "mengartikulasikan [tujuan] untuk meningkatkan ..."
        if content.rule == "noun-phrase"
            && words.clone().take(3).any(|index| self.is_intention(index))
        {
            return Stance::Intend;
        }
        let Some(verb) = words
            .clone()
            .find(|&index| self.word(index).upos == Upos::Verb)
        else {
            return entry.stance;
        };
        let proposition = at(self.propositions, verb);
        let own_subject = proposition
            .and_then(|found| found.grammatical_subject())
            .filter(|subject| subject.via == Via::Subject && subject.head > cue);
        let relative = proposition
            .and_then(|found| found.matrix)
            .is_some_and(|matrix| matrix.link == Link::Relative)
            && own_subject.is_none()
            && words
                .clone()
                .take_while(|&index| index < verb)
                .any(|index| self.has(Grammar::Relativiser, index));
        let named = (words.start..verb).any(|index| self.word(index).relation.is(Deprel::Nsubj));
        let dropped =
            own_subject.is_none() && !named && !relative && content.rule != "complementiser";
        if let Some(open) = entry.open
            && dropped
        {
            return open;
        }
        // "mengatakan akan mengirim pasukan", "said it will send troops"
        let future = (words.start..verb).any(|index| {
            (self.has(Grammar::Future, index) || self.has(Grammar::Unreal, index))
                && matches!(self.word(index).upos, Upos::Aux | Upos::Adv | Upos::Verb)
        });
        // "explains why we would think so": a question is no intention.
        let asked = self.asks(words.start);
        let itself = match own_subject {
            _ if asked => false,
            None => dropped && source.is_some(),
            Some(subject) => self.is_the_source(subject.head, source),
        };
        if future && itself && entry.negated.is_none() {
            Stance::Intend
        } else {
            entry.stance
        }
    }

    /// Whether a pronoun in what is said may well stand for the source: a first person, or a third person in the singular.
    fn is_the_source(&self, subject: usize, source: Option<usize>) -> bool {
        let Some(pronoun) = self.lexicon.grammar.pronoun(self.form(subject)) else {
            return false;
        };
        source.is_some_and(|source| source != subject)
            && match pronoun.person {
                1 => true,
                3 => pronoun.number != Some(saksi_lexicon::grammar::Number::Plural),
                _ => false,
            }
    }
}
