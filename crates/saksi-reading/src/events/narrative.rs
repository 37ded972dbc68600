//! Dates that an event takes from the narrative: from what happens at the same time in its sentence, and from the scene that it goes
//! on with.
//!
//! Only what words tell is dated: "[during] the visit he ordered ...", "attacked a convoy on Monday, [killing] nine", "[They] [also]
//! seized ...". A reaction, what somebody has done before and what is planned stay without a date.

use saksi_lexicon::grammar::Role;
use saksi_record::{DateFrom, Modality, Stance, TimeType};
use saksi_syntax::{Deprel, Tree, Upos};

use super::Event;
use super::assembly::{Context, hangs_by, is_pointed_at, time_of};
use crate::propositions::conjuncts;

/// How many sentences without any event or date a scene goes on through.
const PATIENCE: usize = 1;
/// By what the verb of a main clause, or of what somebody says, hangs.
const MAIN: [Deprel; 4] = [Deprel::Root, Deprel::Conj, Deprel::Ccomp, Deprel::Parataxis];
/// Within how many words of "during" or "selama" the occasion must be named.
const OPENING: usize = 4;

/// Dates the events, which are in the order of their sentences, that their narrative dates.
pub(super) fn date(events: &mut [Event], context: Context<'_>) {
    let mut first = 0;
    while first < events.len() {
        let sentence = events[first].word.sentence;
        let end = first + events[first..].partition_point(|event| event.word.sentence == sentence);
        let scene = Scene { context, sentence };
        scene.date_within(&mut events[first..end]);
        let (before, own) = events[..end].split_at_mut(first);
        for event in own.iter_mut() {
            let told =
                || (scene.occasion(before, event)).or_else(|| scene.goes_on_with(before, event));
            if event.date.is_none()
                && let Some(told) = told()
            {
                take(event, told);
            }
        }
        scene.date_within(&mut events[first..end]);
        first = end;
    }
}

fn take(event: &mut Event, date: String) {
    event.date = Some(date);
    event.date_from = Some(DateFrom::Narrative);
}

/// A sentence of the narrative.
struct Scene<'a> {
    context: Context<'a>,
    sentence: usize,
}

impl Scene<'_> {
    fn tree(&self) -> &Tree {
        &self.context.parsed.trees[self.sentence]
    }

    fn has(&self, role: Role, word: usize) -> bool {
        let form = self.tree().word(word).form.to_lowercase();
        self.context.grammar.has(role, &form)
    }

    /// Gives events the date of another one of their sentence that happens at the same time, and those at the same time as these.
    fn date_within(&self, events: &mut [Event]) {
        let mut changed = true;
        while changed {
            changed = false;
            for index in 0..events.len() {
                if events[index].date.is_some() {
                    continue;
                }
                let event = &events[index];
                let told = (events.iter())
                    .filter(|other| {
                        other.date.is_some()
                            && other.modality == event.modality
                            && other.statement == event.statement
                    })
                    .find(|other| self.is_together(event, other))
                    .and_then(|other| other.date.clone());
                if let Some(date) = told {
                    take(&mut events[index], date);
                    changed = true;
                }
            }
        }
    }

    /// Whether the words tell that `event` happens when `dated` does.
    fn is_together(&self, event: &Event, dated: &Event) -> bool {
        let tree = self.tree();
        let (own, other) = (event.word.word, dated.word.word);
        let hangs = |low: usize, high: usize| tree.head(low) == Some(high);
        let (low, high) = if hangs(own, other) {
            (own, other)
        } else if hangs(other, own) {
            (other, own)
        } else {
            return false;
        };
        let word = tree.word(low);
        let mut openers = (tree.children(low)).filter(|&child| {
            matches!(
                tree.word(child).relation.universal,
                Deprel::Case | Deprel::Mark | Deprel::Advmod
            ) && child < low
        });
        // "[during] the visit", "[ketika] ia meninjau ..."
        if tree.word(high).upos == Upos::Verb && openers.any(|opener| self.has(Role::While, opener))
        {
            return true;
        }
        let opened = (tree.children(low)).any(|child| {
            matches!(
                tree.word(child).relation.universal,
                Deprel::Mark | Deprel::Case
            )
        });
        let own_subject = tree.children_by(low, Deprel::Nsubj).next().is_some();
        match word.relation.universal {
            // "attacked a convoy on Monday, [killing] nine"
            Deprel::Advcl => {
                !opened
                    && !own_subject
                    && low > high
                    && word.features.get("VerbForm") != Some("Inf")
            }
            // "visited a plant on Friday and [ordered] ..."
            Deprel::Conj => {
                let verbs = [low, high]
                    .iter()
                    .all(|&at| tree.word(at).upos == Upos::Verb);
                let told = event.modality != Modality::Actual || self.is_told(low);
                own == low && verbs && !opened && !own_subject && high < low && told
            }
            // "an attack on Monday that [killed] nine"
            Deprel::Acl => tree.word(high).upos == Upos::Noun,
            _ => false,
        }
    }

    /// The date of the occasion that the sentence takes up: "[during the visit] she met ...", "menangkap 17 orang [dalam operasi itu]".
    fn occasion(&self, before: &[Event], event: &Event) -> Option<String> {
        let tree = self.tree();
        let verb = self.verb_of(event);
        if event.modality != Modality::Actual || !self.is_told(verb) || self.is_dated(event) {
            return None;
        }
        let length = tree.words().len();
        let noun = (0..length)
            .filter(|&at| self.has(Role::While, at))
            .find_map(|at| {
                let beside =
                    at < verb || (verb..at).all(|between| tree.word(between).upos != Upos::Punct);
                (at + 1..length.min(at + OPENING))
                    .find(|&noun| {
                        tree.word(noun).upos == Upos::Noun && is_pointed_at(tree, noun, true)
                    })
                    .filter(|_| beside)
            })?;
        let near = || {
            (before.iter().rev())
                .take_while(|other| self.sentence - other.word.sentence <= 1 + PATIENCE)
                .filter(|other| other.modality == Modality::Actual && other.date.is_some())
        };
        let lemma = &tree.word(noun).lemma;
        let named = near().find(|other| {
            let trees = &self.context.parsed.trees;
            trees[other.word.sentence].word(other.word.word).lemma == *lemma
        });
        let occasion = || near().next().filter(|_| self.has(Role::Occasion, noun));
        named.or_else(occasion)?.date.clone()
    }

    /// The verb of the event's clause: its own, or that whose subject or object it is.
    fn verb_of(&self, event: &Event) -> usize {
        let tree = self.tree();
        let own = event.word.word;
        let word = tree.word(own);
        let above = tree.head(own).filter(|&head| {
            tree.word(head).upos == Upos::Verb
                && matches!(word.relation.universal, Deprel::Obj | Deprel::Nsubj)
        });
        above.filter(|_| word.upos != Upos::Verb).unwrap_or(own)
    }

    /// The date of the scene that `event` goes on with, of the events `before` its sentence.
    fn goes_on_with(&self, before: &[Event], event: &Event) -> Option<String> {
        let verb = self.verb_of(event);
        let tells = event.modality == Modality::Actual
            && self.tree().word(verb).upos == Upos::Verb
            && hangs_by(self.tree(), verb, &MAIN)
            && self.is_told(verb)
            && !self.is_dated(event);
        if !tells {
            return None;
        }
        let last = before.iter().rev().find(|other| {
            other.modality == Modality::Actual && (other.date.is_some() || self.is_act(other))
        })?;
        let date = last.date.as_ref()?;
        let near = self.sentence - last.word.sentence <= 1 + PATIENCE
            && (last.word.sentence + 1..self.sentence).all(|between| !self.has_time(between));
        let taking_part =
            |one: &Event| -> Vec<_> { one.actors.iter().chain(&one.recipients).copied().collect() };
        let shared = (event.actors.iter()).any(|actor| taking_part(last).contains(actor));
        // "[They] seized ..." right after it; "the army [also] seized ..."
        let next = self.sentence - last.word.sentence == 1;
        let sequel = self.is_sequel(verb);
        let same = if self.is_pronoun_subject(verb) {
            (next || sequel) && (shared || event.actors.is_empty() && !taking_part(last).is_empty())
        } else {
            shared && sequel
        };
        (near && same && self.is_told_alike(last, event)).then(|| date.clone())
    }

    /// Whether an event is an act told by a verb, so that a scene would go on from it.
    fn is_act(&self, event: &Event) -> bool {
        let tree = &self.context.parsed.trees[event.word.sentence];
        tree.word(event.word.word).upos == Upos::Verb
    }

    /// Whether the verb tells what happened then: in the past, not "has attacked", "pernah menyerang", "is attacking".
    fn is_told(&self, verb: usize) -> bool {
        let tree = self.tree();
        let helpers: Vec<usize> = (tree.children(verb))
            .filter(|&child| {
                matches!(
                    tree.word(child).relation.universal,
                    Deprel::Aux | Deprel::Advmod
                )
            })
            .collect();
        let before = helpers.iter().any(|&helper| {
            let lemma = &*tree.word(helper).lemma;
            [Role::Perfect, Role::Experiential, Role::Progressive]
                .iter()
                .any(|&role| self.has(role, helper) || self.context.grammar.has(role, lemma))
        });
        let word = tree.word(verb);
        let tensed = word.features.get("VerbForm").is_some();
        let past = |index: usize| tree.word(index).features.get("Tense") == Some("Past");
        let auxiliaries = helpers
            .iter()
            .filter(|&&helper| tree.word(helper).relation.is(Deprel::Aux));
        let mut auxiliaries = auxiliaries.peekable();
        let present = tensed
            && if auxiliaries.peek().is_some() {
                !auxiliaries.any(|&helper| past(helper))
            } else {
                !past(verb)
            };
        !before && !present
    }

    /// Whether the sentence tells a time of its own: not when it was said.
    fn is_dated(&self, event: &Event) -> bool {
        let said = event.statement.and_then(|statement| {
            let cue = self.context.statements.list[statement].cue;
            time_of(self.context.parsed, self.context.times, cue)
        });
        (self.context.times.iter().enumerate()).any(|(index, time)| {
            time.sentence == self.sentence
                && matches!(time.kind, TimeType::Date | TimeType::Time)
                && said != Some(index)
        })
    }

    fn has_time(&self, sentence: usize) -> bool {
        let times = self.context.times;
        let first = times.partition_point(|time| time.sentence < sentence);
        times
            .get(first)
            .is_some_and(|time| time.sentence == sentence)
    }

    /// Whether the verb, or the one that it is coordinated with, has a pronoun of the third person as subject.
    fn is_pronoun_subject(&self, verb: usize) -> bool {
        let tree = self.tree();
        let first = conjuncts(tree, verb).first().copied().unwrap_or(verb);
        [verb, first].iter().any(|&verb| {
            tree.children_by(verb, Deprel::Nsubj).any(|subject| {
                let form = tree.word(subject).form.to_lowercase();
                (self.context.grammar.pronoun(&form)).is_some_and(|pronoun| pronoun.person == 3)
            })
        })
    }

    /// Whether a word beside the verb says that it goes on: "also", "kemudian".
    fn is_sequel(&self, verb: usize) -> bool {
        let tree = self.tree();
        (tree.children(verb)).any(|child| self.has(Role::Sequel, child))
            || (tree.children_by(verb, Deprel::Nsubj))
                .flat_map(|subject| tree.children(subject))
                .any(|child| self.has(Role::Sequel, child))
    }

    /// Whether both are told by the report, or by one who only tells it, or by the same statement.
    fn is_told_alike(&self, one: &Event, other: &Event) -> bool {
        let plain = |statement: Option<usize>| {
            statement
                .is_none_or(|index| self.context.statements.list[index].stance == Stance::Assert)
        };
        one.statement == other.statement || plain(one.statement) && plain(other.statement)
    }
}
