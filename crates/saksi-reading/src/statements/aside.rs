//! Attributions that stand beside what is said: "Menurut X, ...", "..., dilansir KCNA", "seperti yang dilaporkan oleh X", "..., kata X".

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueForm, CueKind};
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::Draft;
use super::sentence::Sentence;
use crate::propositions::{Role, Via, Voice, at, noun_phrase};

/// How far before its verb the word may stand that makes an attribution of it: "[seperti] yang telah berkali-kali dilaporkan".
const REACH: usize = 6;
/// How many words a verb may stand before the word that makes a quotative of it: "[was] kind of like".
const QUOTATIVE: usize = 4;

impl<'a> Sentence<'a> {
    /// All attributions that stand beside what is said, in the order of the text.
    pub(super) fn asides(&self) -> Vec<Draft> {
        let mut found: Vec<Draft> = Vec::new();
        let mut index = 0;
        while index < self.end() {
            let draft = self.preposition(index).or_else(|| self.verb_aside(index));
            if let Some(draft) = draft {
                let end = draft.aside.as_ref().map_or(index, |aside| aside.end - 1);
                index = index.max(end);
                found.push(draft);
            }
            index += 1;
        }
        let ranges: Vec<Range<usize>> = found
            .iter()
            .filter_map(|draft| draft.aside.clone())
            .collect();
        for draft in &mut found {
            let Some(aside) = draft.aside.clone() else {
                continue;
            };
            draft.parts = self
                .content_around(&aside)
                .into_iter()
                .map(|part| self.without(part, &aside, &ranges))
                .filter_map(|part| self.span(&part))
                .collect();
        }
        found.retain(|draft| !draft.parts.is_empty());
        found
    }

    /// `part` without other attributions at its ends: of "A, kata B, dilansir C", what B says is A alone; what C says is all.
    fn without(
        &self,
        part: Range<usize>,
        own: &Range<usize>,
        asides: &[Range<usize>],
    ) -> Range<usize> {
        let mut part = part;
        for other in asides {
            if other == own {
                continue;
            }
            let between =
                other.end <= own.start && other.start > part.start && own.start >= part.end;
            if between {
                // An attribution between the words and this one is said by this one, too.
                continue;
            }
            if other.start > part.start && other.end >= part.end && other.start < part.end {
                part.end = other.start;
            }
            if other.start <= part.start && other.end < part.end && other.end > part.start {
                part.start = other.end;
            }
        }
        self.trim(part)
    }

    /// "[Menurut Kantor Berita Pusat Korea (KCNA)], ..."
    fn preposition(&self, index: usize) -> Option<Draft> {
        let (entry, length) = self.phrase(index)?;
        if entry.kind != CueKind::Preposition {
            return None;
        }
        let after = index + length;
        let source = self.phrase_head(after, self.end())?;
        Some(self.aside(
            index..after,
            entry,
            Some(source),
            index,
            "preposition",
            0.92,
        ))
    }

    fn verb_aside(&self, index: usize) -> Option<Draft> {
        let word = self.word(index);
        self.cues(index).into_iter().find_map(|(entry, form)| {
            if entry.kind != CueKind::Verb || entry.required || form == CueForm::Headline {
                return None;
            }
            if form == CueForm::Bare {
                return self.speech_after(index, entry);
            }
            if word.upos != Upos::Verb && form == CueForm::Any {
                return None;
            }
            let passive = match form {
                CueForm::Passive => true,
                CueForm::Any => {
                    at(self.propositions, index).is_some_and(|found| found.voice == Voice::Passive)
                }
                _ => false,
            };
            self.as_clause(index, entry, passive)
                .or_else(|| passive.then(|| self.passive_aside(index, entry)).flatten())
                .or_else(|| self.active_aside(index, entry, passive))
        })
    }

    /// "seperti yang [dilaporkan] oleh media pemerintah", "as [reported] by state media", "as Kim [said]"
    fn as_clause(&self, index: usize, entry: &'a Cue, passive: bool) -> Option<Draft> {
        let marker = (index.saturating_sub(REACH)..index)
            .rev()
            .take_while(|&at| !self.is_punctuation(at) && self.word(at).upos != Upos::Verb)
            .find(|&at| self.is_as(at))?;
        let source = if passive {
            self.agent(index)
        } else {
            self.speaker(index)
                .map(|(head, _)| head)
                .filter(|&head| head > marker)
        };
        if source.is_none() && !passive || entry.finite && self.is_reader(source) {
            return None;
        }
        // "as [shown] in Figure 2", "as we [know]"
        let named = source.is_some_and(|source| self.word(source).upos != Upos::Pron);
        if entry.factive && !named {
            return None;
        }
        // "[as] soon [as] he announced", "known [as] the man who said": the word must open the verb's own clause.
        // "[Demikian] dikatakan X di Jakarta.": what is said stands before this sentence.
        let begins = (0..marker).all(|at| self.is_punctuation(at));
        if begins && self.is_one_of(marker, &self.lexicon.cues.thus) {
            return None;
        }
        // "[as] an informed observer", "[as] one who believes in it", "[as] he wrote the letter": what it is, and when.
        let word = self.word(index);
        let other = word.relation.is(Deprel::Amod)
            || !passive
                && (self.tree.head(marker) != Some(index) && self.word(marker).upos == Upos::Adp
                    || matches!(word.features.get("VerbForm"), Some("Part" | "Ger"))
                        && self.tree.children_by(index, Deprel::Aux).any(|aux| {
                            self.word(aux).features.get("Tense").is_some()
                                && word.features.get("Tense") == Some("Pres")
                        })
                    || (self.tree.children_by(index, Deprel::Obj))
                        .any(|object| object > index && self.word(object).upos != Upos::Pron));
        if other {
            return None;
        }
        let opens = marker == 0
            || self.is_pause(marker - 1)
            || self.is_mark(marker - 1)
            || passive
            || self.tree.head(marker) == Some(index);
        let measured = marker > 1 && self.is_as(marker - 2);
        if !opens || measured {
            return None;
        }
        // "as [reported] by X": nothing else may be said in it.
        let after = source
            .map_or(index, |head| self.source_end(head))
            .max(index + 1);
        let own = (after..self.end())
            .take_while(|&at| !self.is_pause(at))
            .any(|at| self.is_complementiser(at));
        let joined = marker > 0 && !passive && self.word(marker - 1).upos == Upos::Verb;
        (!own && !joined)
            .then(|| self.aside(index..index + 1, entry, source, marker, "as-clause", 0.9))
    }

    /// Whether the source is the one spoken to.
    pub(super) fn is_reader(&self, source: Option<usize>) -> bool {
        source
            .and_then(|source| self.lexicon.grammar.pronoun(self.form(source)))
            .is_some_and(|pronoun| pronoun.person == 2)
    }

    /// "..., [dilansir] KCNA.", "[Dikutip] dari Antara, ..."
    fn passive_aside(&self, index: usize, entry: &'a Cue) -> Option<Draft> {
        let source = self.agent(index)?;
        let begins = index == 0 || self.is_pause(index - 1) || self.is_mark(index - 1);
        let own_subject = at(self.propositions, index).is_some_and(|found| {
            found
                .with_role(Role::Object)
                .any(|argument| argument.via == Via::Subject)
        });
        let end = self.source_end(source);
        let own = end < self.end() && self.is_complementiser(end);
        (begins && !own_subject && !own).then(|| {
            self.aside(
                index..index + 1,
                entry,
                Some(source),
                index,
                "passive-aside",
                0.9,
            )
        })
    }

    /// "..., Kim [said].", "..., [said] Kim, ...": a verb of saying after a comma, with nothing after it that could be what is said.
    fn active_aside(&self, index: usize, entry: &'a Cue, passive: bool) -> Option<Draft> {
        if passive || entry.factive {
            return None;
        }
        let (source, via) = self.speaker(index)?;
        // "you know"
        if entry.finite && self.is_reader(Some(source)) {
            return None;
        }
        if !matches!(via, Via::Subject | Via::Nearest | Via::Coordination) {
            return None;
        }
        let start = self.source_start(source).min(index);
        let end = self.source_end(source).max(index + 1);
        let begins = start > 0 && (self.is_pause(start - 1) || self.is_mark(start - 1));
        // "The drones, the ministry [said], carried no explosives.": two bare subjects before the verb, a comma between.
        let interrupts = end < self.end()
            && self.is_pause(end)
            && (0..start).any(|word| {
                self.word(word).relation.is(Deprel::Nsubj)
                    && self
                        .tree
                        .head(word)
                        .is_some_and(|verb| verb > end || verb == index)
            });
        if !begins || !(interrupts || self.has_clause(0..start)) {
            return None;
        }
        // A clause of its own before the comma ("Setelah ..., Kim berkata ...") is no speech.
        let opening = self.word(0);
        let circumstance =
            matches!(opening.upos, Upos::Sconj | Upos::Adp) || opening.relation.is(Deprel::Mark);
        let rest = end..self.end();
        let mut before_pause = rest.clone().take_while(|&at| !self.is_pause(at));
        let says_more = before_pause.any(|at| self.is_verbal(at) || self.is_complementiser(at))
            || at(self.propositions, index).is_some_and(|found| {
                found.arguments.iter().any(|argument| {
                    matches!(argument.role, Role::Object | Role::Complement)
                        && argument.via != Via::Coordination
                        && argument.head > index
                })
            });
        // "..., he said, \"...\"": a clause with a subject of its own follows.
        let introduces = end < self.end()
            && matches!(self.form(end), ":" | "," | "“" | "\"")
            && self.has_clause(end..self.end())
            && (end..self.end())
                .any(|at| self.word(at).relation.is(Deprel::Nsubj) || self.is_mark(at))
            && self.word(index).head.is_none();
        (!circumstance && (interrupts || !says_more && !introduces)).then(|| {
            self.aside(
                index..index + 1,
                entry,
                Some(source),
                start,
                "speech-before",
                0.85,
            )
        })
    }

    /// "..., [kata] Budi.", "[Kata] Budi, ...", "..., [ujar]nya."
    fn speech_after(&self, index: usize, entry: &'a Cue) -> Option<Draft> {
        let source = self.speaker_after(index)?;
        let begins = index == 0
            || self.is_pause(index - 1)
            || self.is_mark(index - 1)
            || self.is_as(index - 1);
        // "Klaim jaksa bahwa ...": a noun with its clause.
        let end = self.source_end(source);
        let clause = end < self.end() && self.is_complementiser(end);
        (begins && !clause).then(|| {
            self.aside(
                index..index + 1,
                entry,
                Some(source),
                index,
                "speech-before",
                0.9,
            )
        })
    }

    fn aside(
        &self,
        cue: Range<usize>,
        entry: &'a Cue,
        source: Option<usize>,
        start: usize,
        rule: &'static str,
        confidence: f64,
    ) -> Draft {
        let mut end = source
            .map_or(cue.end, |head| self.source_end(head))
            .max(cue.end);
        // Place and day belong to the attribution: "kata Budi di Jakarta, Senin (14/8)."
        let rest = (end..self.end())
            .find(|&at| self.is_pause(at))
            .unwrap_or(self.end());
        if !self.has_clause(end..rest) {
            end = rest;
        }
        Draft {
            sentence: self.index,
            cue,
            source,
            parts: Vec::new(),
            direct: false,
            stance: entry.stance,
            aside: Some(start..end),
            rule,
            confidence,
        }
    }

    /// "and he [was like], get out of here": what somebody says or thinks, as people tell it in speech.
    pub(super) fn quotative(&self, index: usize) -> Option<Draft> {
        let near = (index.saturating_sub(QUOTATIVE)..index).rev();
        let mut near =
            near.take_while(|&at| !self.is_pause(at) && self.word(at).upos != Upos::Part);
        let verb = near.find(|&at| {
            matches!(self.word(at).upos, Upos::Aux | Upos::Verb)
                && (self.lexicon.cues.quotatives.iter()).any(|words| {
                    words.split_once(' ').is_some_and(|(verb, word)| {
                        *self.form(index) == *word && *self.word(at).lemma == *verb
                    })
                })
        })?;
        let next = index + 1;
        let opens = next < self.end() && (self.is_pause(next) || self.is_mark(next));
        let source = (0..verb).rev().take(2).find(|&at| {
            let word = self.word(at);
            let person = word.upos == Upos::Propn
                || word.features.get("PronType") == Some("Prs")
                    && word.features.get("Gender") != Some("Neut");
            person && noun_phrase(self.tree, at).end.max(at + 1) <= verb
        })?;
        let words = self.trim(next..self.end());
        let parts: Vec<_> = self.span(&words).into_iter().collect();
        (opens && !words.is_empty()).then_some(Draft {
            sentence: self.index,
            cue: verb..next,
            source: Some(source),
            parts,
            direct: false,
            stance: Stance::Assert,
            aside: None,
            rule: "quotative",
            confidence: 0.7,
        })
    }

    /// "konon", "reportedly": the clause that the word stands in, said by nobody in particular.
    pub(super) fn adverbs(&self, asides: &[Range<usize>]) -> Vec<Draft> {
        let mut found = Vec::new();
        for index in 0..self.end() {
            let Some((entry, length)) = self.phrase(index) else {
                continue;
            };
            if entry.kind != CueKind::Adverb {
                continue;
            }
            let cue = index..index + length;
            let head = self.tree.head(index).filter(|&head| self.is_verbal(head));
            let clause = head.map_or(0..self.end(), |head| {
                let below = self.tree.subtree(head);
                below[0]..below[below.len() - 1] + 1
            });
            let before = self.trim(clause.start.min(index)..index);
            let end = self.content_end(index, cue.end, false, asides);
            let after = self.trim(cue.end..end.min(clause.end.max(cue.end)));
            let parts: Vec<_> = [before, after]
                .iter()
                .filter(|part| !part.is_empty())
                .filter_map(|part| self.span(part))
                .collect();
            if parts.is_empty() {
                continue;
            }
            found.push(Draft {
                sentence: self.index,
                cue,
                source: None,
                parts,
                direct: false,
                stance: match entry.stance {
                    Stance::Assert => Stance::Assert,
                    other => other,
                },
                aside: None,
                rule: "adverb",
                confidence: 0.75,
            });
        }
        found
    }
}
