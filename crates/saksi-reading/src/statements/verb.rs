//! Verbs and nouns of saying with what they say in their own clause.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent, CueForm, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::{Content, Draft};
use super::sentence::{Sentence, stance_if};
use crate::propositions::{Link, Via, Voice, at, clause, noun_phrase};

/// How many words name who speaks in a headline.
const LONGEST_SPEAKER: usize = 8;
/// How many words may describe a noun of saying before its clause: "kabar yang beredar di media sosial sejak Senin bahwa".
const DESCRIPTION: usize = 12;
/// How many words may tell as what a claim is dismissed: "as politically motivated".
const MOST_COUNTED: usize = 6;

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
        let pronoun = index.checked_sub(1).filter(|&at| at > self.begin)?;
        let speaker = self.lexicon.grammar.pronoun(self.form(pronoun))?;
        let head = (self.begin..pronoun)
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
        let negated = index > self.begin && self.has(Grammar::Negation, index - 1);
        let verb = self
            .before_auxiliaries(index)
            .min(index - usize::from(negated));
        let before = self.begin..verb;
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

    /// "tuduhan Washington bahwa ...", "tuduhan Washington memasok ...", "Kim's promise to ..."
    fn noun(&self, index: usize, entry: &'a Cue, asides: &[Range<usize>]) -> Option<Draft> {
        if !matches!(self.word(index).upos, Upos::Noun | Upos::Propn)
            && !self.is_misread_noun(index)
        {
            return None;
        }
        // "laporan surat [kabar] bahwa ...": the noun that has the clause is the one before it.
        let mut above = (self.tree.ancestors(index)).take_while(|&noun| {
            noun < index
                && index - noun <= 3
                && matches!(self.word(noun).upos, Upos::Noun | Upos::Propn)
        });
        let bare = self.tree.children_by(index, Deprel::Case).next().is_none();
        if bare && above.any(|noun| self.is_noun_of_saying(noun)) {
            return None;
        }
        // "denied in a [statement] that ...": the verb says it.
        let verb = self.tree.head(index).filter(|&verb| {
            verb < index && self.is_verb_of_saying(verb) && self.is_circumstance(index, verb)
        });
        // "denied a [motion] to ...": what is asked for is not granted, nothing is said.
        let refused = self.asks_for(index)
            && (self.tree.head(index)).is_some_and(|verb| verb < index && self.denies(verb));
        if verb.is_some() || refused {
            return None;
        }
        // "Bantah [Kabar] WNI Ditahan"
        let above = index.checked_sub(1).filter(|&at| at > self.begin);
        if above.is_some_and(|at| {
            self.cues(at)
                .iter()
                .any(|(cue, form)| *form == CueForm::Headline && cue.stance == Stance::Deny)
        }) {
            let words = self.trim(index + 1..self.end());
            let fits = words.len() > 1 && !self.has(Grammar::Demonstrative, words.start);
            let content = Content::one(words, "headline", 0.6);
            return fits.then(|| self.draft(index, None, &content, entry.stance, 0.0))?;
        }
        let misread = self.is_misread_noun(index);
        let source = (self.holder(index).filter(|_| !misread))
            .or_else(|| self.holder_after(index))
            .or_else(|| self.issuer(index, entry));
        let from = source
            .filter(|&head| head > index)
            .map_or(index + 1, |head| self.phrase_end(head));
        let last = self.end();
        // "kabar [yang beredar di media sosial] bahwa ..."
        let described = index + 1 < last
            && self.has(Grammar::Relativiser, index + 1)
            && !self.is_complementiser(index + 1);
        let phrase = noun_phrase(self.tree, index).end;
        let near = (from + 3).max(if phrase < last && self.is_complementiser(phrase) {
            phrase + 1
        } else {
            0
        });
        let near = if described {
            near.max(index + DESCRIPTION)
        } else {
            near
        };
        let complementiser = (index + 1..last.min(near))
            .take_while(|&at| {
                !self.is_verbal(at)
                    || self.is_complementiser(at)
                    || described && !self.is_verb_of_saying(at)
            })
            // "bantahan atas [kabar] bahwa ...": another noun has the clause.
            .take_while(|&at| {
                !(self.is_noun_of_saying(at)
                    && (index + 1..at).any(|word| self.word(word).upos == Upos::Adp))
            })
            .find(|&at| self.is_complementiser(at));
        let content = if let Some(complementiser) = complementiser {
            let start = complementiser + 1;
            let end = self.content_end(index, start, true, asides);
            let end = self
                .verdict(start, end)
                .or_else(|| self.second_predicate(index, start, end))
                .unwrap_or(end);
            let end = self.capacity_at(index, start..end).unwrap_or(end);
            // "membantah [kabar] bahwa ..., seraya menegaskan ...": it ends where what is denied does.
            let outer = (self.tree.head(index))
                .filter(|&verb| verb < index && self.is_verb_of_saying(verb))
                .map(|verb| self.content_end(verb, start, true, asides));
            let end = end.min(outer.unwrap_or(end));
            Content::one(self.trim(start..end), "noun-complementiser", 0.85)
        } else {
            let clause_below = self.tree.children(index).find(|&child| {
                let relation = &self.word(child).relation;
                child > index
                    && matches!(
                        relation.universal,
                        Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp
                    )
                    && !relation.has_subtype("relcl")
                    && self.is_verbal(child)
                    // "allegations [dating] back to the 1980s": it only describes.
                    && !matches!(
                        self.word(child).features.get("VerbForm"),
                        Some("Part" | "Ger")
                    )
                    // "bantahan [tertulis] kepada redaksi"
                    && (entry.stance == Stance::Allege
                        || child > index + 1
                        || self.word(child).features.get("Voice") != Some("Pass"))
                    && !self.tree.children(child).any(|grandchild| {
                        grandchild < child && self.has(Grammar::Relativiser, grandchild)
                    })
            });
            // The tree may hang the clause from the verb before: "membantah [tuduhan] Washington memasok ...".
            let denied = self
                .tree
                .head(index)
                .is_some_and(|head| head < index && self.denies(head));
            // "a [report] alleging that ...": another verb says it.
            let next = (from < last
                && self.word(from).upos == Upos::Verb
                && !self.is_verb_of_saying(from)
                // "The minister's [denial] fails ...": what is said of it.
                && self.tree.head(index) != Some(from))
            .then_some(from)
            .filter(|_| source.is_some() || denied);
            let pronoun = (from < last && self.word(from).upos == Upos::Pron)
                .then_some(from)
                .filter(|_| {
                    let subject = self.word(index).relation.is(Deprel::Nsubj);
                    self.is_misread_noun(index)
                        || subject
                            && index > 0
                            && self.denies(index - 1)
                            && self.tree.head(index).is_some_and(|verb| verb > from)
                });
            let next = next.or(pronoun);
            let charge = self.charge_after(index, entry);
            let next = next.or(charge);
            let start = clause_below
                .map(|child| clause(self.tree, child).start.max(from))
                .or(next)?;
            let end = self.content_end(index, start, true, asides);
            let holder = self.clause_end_above(index, start);
            let end = match charge.filter(|charge| *charge == start) {
                // "His denial of any involvement [came ...]"
                Some(charge) if self.tree.head(index).is_none_or(|head| head > index) => {
                    let head = self.phrase_head(charge, end).unwrap_or(charge);
                    let last = self.tree.subtree(head).last().map_or(end, |last| last + 1);
                    end.min(last)
                }
                Some(_) => end,
                None if clause_below.is_some() => end,
                None => holder.unwrap_or(end),
            };
            // "Tuduhan pencurian data [ditampik] ...": what is said of the claim.
            let end = (pronoun.filter(|&from| from == start))
                .and_then(|_| self.second_predicate(index, start, end))
                .unwrap_or(end);
            let verb = (self.tree.head(index)).filter(|&verb| {
                verb > start && self.word(index).relation.is(Deprel::Nsubj) && pronoun.is_none()
            });
            let end = verb.map_or(end, |verb| end.min(self.before_auxiliaries(verb)));
            Content::one(self.trim(start..end), "noun-clause", 0.75)
        };
        let lone = content.rule == "noun-clause"
            && content.words.iter().map(Range::len).sum::<usize>() < 2
            && entry.stance != Stance::Allege;
        if lone || content.words.iter().all(Range::is_empty) {
            return None;
        }
        let unsure = if source.is_some() { 0.0 } else { 0.2 };
        self.draft(index, source, &content, entry.stance, unsure)
    }

    /// Where it is told as what the claim at `noun` is dismissed: "dismissed claims that the dam was cracking [as scaremongering]".
    fn capacity_at(&self, noun: usize, words: Range<usize>) -> Option<usize> {
        let verb = self
            .tree
            .head(noun)
            .filter(|&verb| verb < noun && self.denies(verb))?;
        let said = (self.cues(verb).iter()).any(|(cue, _)| cue.content == CueContent::Said);
        (words.start + 1..words.end)
            .rev()
            .find(|&at| self.has(Grammar::Capacity, at) && self.word(at).upos != Upos::Verb)
            .filter(|&at| said && words.end - at <= MOST_COUNTED)
    }

    /// Where the main verb begins that a noun of saying with its clause is the subject of: "Laporan bahwa ... [dibantah] junta", "The
    /// claim that ... [was dismissed]".
    fn verdict(&self, start: usize, end: usize) -> Option<usize> {
        let verb = (start + 1..end).find(|&index| {
            self.word(index).upos == Upos::Verb
                && self.cues(index).iter().any(|(cue, form)| {
                    cue.kind == CueKind::Verb
                        && cue.content >= CueContent::Said
                        && (*form == CueForm::Passive
                            || *form == CueForm::Any && self.is_passive(index))
                })
        })?;
        let another = self.has_clause(start..self.before_auxiliaries(verb));
        another.then(|| self.before_auxiliaries(verb))
    }

    /// Where what is said of a noun of saying begins behind its clause, if the noun opens its own clause, so that a second verb must
    /// follow: "Claims that the vaccine contained microchips [are false]", "tuduhan bahwa pihaknya memasok senjata [tidak berdasar]".
    fn second_predicate(&self, noun: usize, start: usize, end: usize) -> Option<usize> {
        if !self.opens(noun) {
            return None;
        }
        let first = (start..end).find(|&index| self.is_verb_like(index))?;
        if self.is_verb_of_saying(first) {
            return None;
        }
        let joins = |at: usize| {
            matches!(self.word(at).upos, Upos::Cconj | Upos::Sconj)
                || self.is_pause(at)
                || self.is_complementiser(at)
                || self.has(Grammar::Relativiser, at)
        };
        let second = (first + 2..end)
            .take_while(|&at| !joins(at))
            .find(|&at| self.begins_predicate(at) && !self.begins_predicate(at - 1))?;
        (second > first + 1 && !matches!(self.word(second - 1).upos, Upos::Aux | Upos::Part))
            .then_some(second)
    }

    /// Whether nothing but a verb of saying, which has the rest of the sentence as what it says, stands before the noun phrase of `noun` in
    /// its clause.
    fn opens(&self, noun: usize) -> bool {
        let mut first = noun;
        while first > self.begin
            && (matches!(
                self.word(first - 1).upos,
                Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part
            ) || self.word(first - 1).upos == Upos::Pron && self.is_possessive(first - 1)
                || self.is_mark(first - 1) && first - 1 == self.begin)
        {
            first -= 1;
        }
        first <= self.begin
            || self.is_pause(first - 1)
            || self.is_mark(first - 1)
            || self.is_complementiser(first - 1)
            || (self.cues(first - 1).iter()).any(|(cue, _)| {
                cue.kind == CueKind::Verb
                    && cue.content <= CueContent::Said
                    && cue.stance == Stance::Assert
            })
    }

    fn is_possessive(&self, index: usize) -> bool {
        (self.lexicon.grammar.pronoun(self.form(index))).is_some_and(|pronoun| pronoun.possessive)
    }

    fn is_verb_like(&self, index: usize) -> bool {
        matches!(self.word(index).upos, Upos::Verb | Upos::Aux)
    }

    /// Whether a predicate may begin at `index` that needs no conjunction: a finite verb with its auxiliaries, or where verbs are not
    /// finite a negation before what is negated.
    fn begins_predicate(&self, index: usize) -> bool {
        let word = self.word(index);
        if self.lexicon.grammar.lemmas_are_roots {
            self.has(Grammar::Negation, index)
                && index + 1 < self.end()
                && !self.is_punctuation(index + 1)
                && matches!(
                    self.word(index - 1).upos,
                    Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
                )
        } else {
            self.is_verb_like(index) && word.features.get("VerbForm") == Some("Fin")
        }
    }

    /// Where the clause of the verb above the noun at `index` ends, past `start`.
    fn clause_end_above(&self, index: usize, start: usize) -> Option<usize> {
        let above = self
            .tree
            .ancestors(index)
            .find(|&above| self.is_verbal(above))?;
        Some(self.content_end(above, start, true, &[]))
    }

    fn draft(
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
        let itself = match own_subject {
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
