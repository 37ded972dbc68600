//! Nouns of saying with what they say: "the claim that ...", "tuduhan Washington memasok ...".

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueContent, CueForm, CueKind};
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::{Deprel, Upos};

use super::draft::{Content, Draft};
use super::sentence::Sentence;
use crate::propositions::{clause, noun_phrase};

/// How many words may describe a noun of saying before its clause: "kabar yang beredar di media sosial sejak Senin bahwa".
const DESCRIPTION: usize = 12;
/// How many words may tell as what a claim is dismissed: "as politically motivated".
const MOST_COUNTED: usize = 6;

impl<'a> Sentence<'a> {
    /// "tuduhan Washington bahwa ...", "tuduhan Washington memasok ...", "Kim's promise to ..."
    pub(super) fn noun(
        &self,
        index: usize,
        entry: &'a Cue,
        asides: &[Range<usize>],
    ) -> Option<Draft> {
        let misread = self.is_misread_noun(index);
        if !misread && !matches!(self.word(index).upos, Upos::Noun | Upos::Propn)
            || self.is_told_by_another(index)
        {
            return None;
        }
        if self.is_denied_in_headline(index) {
            let words = self.trim(index + 1..self.end());
            let fits = words.len() > 1 && !self.has(Grammar::Demonstrative, words.start);
            let content = Content::one(words, "headline", 0.6);
            return fits.then(|| self.draft(index, None, &content, entry.stance, 0.0))?;
        }
        let source = (self.holder(index).filter(|_| !misread))
            .or_else(|| self.holder_after(index))
            .or_else(|| self.issuer(index, entry));
        let from = source
            .filter(|&head| head > index)
            .map_or(index + 1, |head| self.phrase_end(head));
        let content = match self.complementiser_of(index, from) {
            Some(complementiser) => self.clause_of_noun(index, complementiser + 1, asides),
            None => self.bare_clause_of_noun(index, from, source.is_some(), entry, asides)?,
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

    /// Whether another word has what the noun at `index` might tell.
    fn is_told_by_another(&self, index: usize) -> bool {
        // "laporan surat [kabar] bahwa ...": the noun that has the clause is the one before it.
        let mut above = (self.tree.ancestors(index)).take_while(|&noun| {
            noun < index
                && index - noun <= 3
                && matches!(self.word(noun).upos, Upos::Noun | Upos::Propn)
        });
        let bare = self.tree.children_by(index, Deprel::Case).next().is_none();
        let verb = self.tree.head(index).filter(|&verb| verb < index);
        bare && above.any(|noun| self.is_noun_of_saying(noun))
            || verb.is_some_and(|verb| {
                // "denied in a [statement] that ...": the verb says it.
                self.is_verb_of_saying(verb) && self.is_circumstance(index, verb)
                    // "denied a [motion] to ...": what is asked for is not granted, nothing is said.
                    || self.asks_for(index) && self.denies(verb)
            })
    }

    /// "Bantah [Kabar] WNI Ditahan"
    fn is_denied_in_headline(&self, index: usize) -> bool {
        let before = index.checked_sub(1).filter(|&at| at > 0);
        before.is_some_and(|at| {
            (self.cues(at).iter())
                .any(|(cue, form)| *form == CueForm::Headline && cue.stance == Stance::Deny)
        })
    }

    /// The complementiser that opens what the noun at `index` tells; `from` is the first word behind the noun and who stands behind it.
    fn complementiser_of(&self, index: usize, from: usize) -> Option<usize> {
        let last = self.end();
        // "kabar [yang beredar di media sosial] bahwa ..."
        let described = index + 1 < last
            && self.has(Grammar::Relativiser, index + 1)
            && !self.is_complementiser(index + 1);
        let mut reach = from + 3;
        let phrase = noun_phrase(self.tree, index).end;
        if phrase < last && self.is_complementiser(phrase) {
            reach = reach.max(phrase + 1);
        }
        if described {
            reach = reach.max(index + DESCRIPTION);
        }
        (index + 1..last.min(reach))
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
            .find(|&at| self.is_complementiser(at))
    }

    /// What the noun at `index` tells in the clause that begins at `start`, behind its complementiser.
    fn clause_of_noun(&self, index: usize, start: usize, asides: &[Range<usize>]) -> Content {
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
    }

    /// What the noun at `index` tells in a clause without a complementiser, or names as an act: "tuduhan Washington [memasok ...]",
    /// "allegations [of torture]". `held` tells whether somebody stands behind it.
    fn bare_clause_of_noun(
        &self,
        index: usize,
        from: usize,
        held: bool,
        entry: &'a Cue,
        asides: &[Range<usize>],
    ) -> Option<Content> {
        let above = self.tree.head(index);
        let below = self.clause_below(index, entry);
        let behind = (from < self.end()).then(|| self.word(from).upos);
        // The tree may hang the clause from the verb before: "membantah [tuduhan] Washington memasok ...".
        let denied = above.is_some_and(|head| head < index && self.denies(head));
        let verb = behind == Some(Upos::Verb)
            && (held || denied)
            // "a [report] alleging that ...": another verb says it.
            && !self.is_verb_of_saying(from)
            // "The minister's [denial] fails ...": what is said of it.
            && above != Some(from);
        // "said [reports] it had shut ...", "membantah [isu] dirinya akan mundur"
        let pronoun = behind == Some(Upos::Pron)
            && (self.is_misread_noun(index)
                || self.word(index).relation.is(Deprel::Nsubj)
                    && index > 0
                    && self.denies(index - 1)
                    && above.is_some_and(|verb| verb > from));
        let charge = self.charge_after(index, entry);
        let start = below
            .map(|child| clause(self.tree, child).start.max(from))
            .or((verb || pronoun).then_some(from))
            .or(charge)?;
        let mut end = self.content_end(index, start, true, asides);
        if charge == Some(start) {
            // "His denial of any involvement [came ...]"
            if above.is_none_or(|head| head > index) {
                let head = self.phrase_head(start, end).unwrap_or(start);
                let last = self.tree.subtree(head).last().copied();
                end = last.map_or(end, |last| end.min(last + 1));
            }
        } else if below.is_none() {
            end = self.clause_end_above(index, start).unwrap_or(end);
        }
        if pronoun && start == from {
            end = self.second_predicate(index, start, end).unwrap_or(end);
        } else if let Some(verb) = above
            && verb > start
            && self.word(index).relation.is(Deprel::Nsubj)
        {
            // "Tuduhan pencurian data [ditampik] ...": what is said of the claim.
            end = end.min(self.before_auxiliaries(verb));
        }
        Some(Content::one(self.trim(start..end), "noun-clause", 0.75))
    }

    /// The verb of a clause that hangs from the noun at `index` and tells what it is about.
    fn clause_below(&self, index: usize, entry: &Cue) -> Option<usize> {
        self.tree.children(index).find(|&child| {
            let relation = &self.word(child).relation;
            let features = &self.word(child).features;
            child > index
                && matches!(
                    relation.universal,
                    Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp
                )
                && !relation.has_subtype("relcl")
                && self.is_verbal(child)
                // "allegations [dating] back to the 1980s": it only describes.
                && !matches!(features.get("VerbForm"), Some("Part" | "Ger"))
                // "bantahan [tertulis] kepada redaksi"
                && (entry.stance == Stance::Allege
                    || child > index + 1
                    || features.get("Voice") != Some("Pass"))
                && !self.tree.children(child).any(|grandchild| {
                    grandchild < child && self.has(Grammar::Relativiser, grandchild)
                })
        })
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
        while first > 0
            && (matches!(
                self.word(first - 1).upos,
                Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part
            ) || self.word(first - 1).upos == Upos::Pron && self.is_possessive(first - 1)
                || self.is_mark(first - 1) && first - 1 == 0)
        {
            first -= 1;
        }
        first == 0
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
}
