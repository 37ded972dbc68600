//! How real an act is as told: negation, plans, possibility, history.
//!
//! In: the words of a sentence with what the packs say of them, the word that tells of the act, and the acts that govern others.
//! Out: a [`Modality`] with the word that it rests on. Looks at the words beside the act, at the clause that it is in and
//! at the words that govern it, from the nearest on. This module never decides who is right: what is denied or alleged has the modality that the
//! denial or allegation gives it.

use saksi_lexicon::grammar::{Grammar, Role};
use saksi_record::Modality;
use saksi_syntax::{Deprel, Tree, Upos};

use crate::events::{Phrases, SentenceKeys};

/// How many words up the tree governing words are looked for.
const DEPTH: usize = 6;

/// What decides on modality in a sentence.
pub(crate) struct Clues<'a> {
    /// The tree.
    pub(crate) tree: &'a Tree,
    /// Closed-class words.
    pub(crate) grammar: &'a Grammar,
    /// The keys of its words.
    pub(crate) words: &'a SentenceKeys,
    /// Words that set the modality of what they govern.
    pub(crate) governs: &'a Phrases<Modality>,
    /// Words that set the modality of what they stand beside.
    pub(crate) beside: &'a Phrases<Modality>,
    /// Words that open a purpose.
    pub(crate) purpose: &'a Phrases<Modality>,
    /// Acts of the sentence that govern others, by head word.
    pub(crate) acts: &'a [(usize, Modality)],
}

/// A modality and the word that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    /// How real.
    pub(crate) modality: Modality,
    /// The word that says so; `None` where nothing speaks against the act having happened.
    pub(crate) word: Option<usize>,
}

impl Clues<'_> {
    /// How real the act of `head` is; `carrier` is the light verb that carries it.
    pub(crate) fn modality(&self, head: usize, carrier: Option<usize>) -> Told {
        let mut at = carrier.unwrap_or(head);
        if let Some(told) = self.beside_act(head, carrier) {
            return told;
        }
        if let Some(told) = self
            .opened_purpose(at)
            .or_else(|| self.not_told_as_done(at))
        {
            return told;
        }
        for _ in 0..DEPTH {
            let Some(above) = self.tree.head(at) else {
                break;
            };
            let relation = self.tree.word(at).relation.universal;
            if !self.is_governed(at, relation) {
                if relation == Deprel::Conj {
                    // "akan menyerang dan [menduduki]": what is beside the first holds for both, unless the second has a subject.
                    let own = self.tree.children_by(at, Deprel::Nsubj).next().is_some();
                    if !own {
                        if let Some(told) =
                            self.beside(above).or_else(|| self.opened_purpose(above))
                        {
                            return told;
                        }
                        at = above;
                        continue;
                    }
                }
                break;
            }
            let complement =
                relation != Deprel::Nsubj || self.tree.word(at).relation.has_subtype("pass");
            if let Some(told) = self.governor(above, complement) {
                return told;
            }
            // "The raid did not deter them" happened; "the talks did not take place", "no talks were held" did not.
            let told_by = match relation {
                Deprel::Nsubj => self.says_that_it_takes_place(above),
                Deprel::Obj | Deprel::Obl | Deprel::Xcomp | Deprel::Ccomp => true,
                _ => false,
            };
            if told_by
                && self.tree.word(at).upos != Upos::Verb
                && let Some(told) = self.beside(above)
            {
                return told;
            }
            if let Some(told) = self.opened_purpose(above) {
                return told;
            }
            if relation == Deprel::Ccomp {
                break;
            }
            at = above;
        }
        self.preceding_governor(head).unwrap_or(Told {
            modality: Modality::Actual,
            word: None,
        })
    }

    /// Beside the act itself or its light verb, and inside the noun phrase of a nominal act ("latihan yang akan datang").
    fn beside_act(&self, head: usize, carrier: Option<usize>) -> Option<Told> {
        let own = self
            .beside(head)
            .or_else(|| carrier.and_then(|carrier| self.beside(carrier)));
        if own.is_some() || self.tree.word(head).upos == Upos::Verb {
            return own;
        }
        self.tree
            .children(head)
            .filter(|&child| {
                matches!(
                    self.tree.word(child).relation.universal,
                    Deprel::Acl | Deprel::Amod | Deprel::Advmod | Deprel::Det
                )
            })
            .find_map(|child| {
                let below = self.tree.subtree(child);
                if below.len() > 4 {
                    return None;
                }
                below.into_iter().find_map(|word| self.clue(word))
            })
    }

    /// What the words that modify `head` make of it, the strongest first: not happened, perhaps, before, to come.
    fn beside(&self, head: usize) -> Option<Told> {
        let mut found: Vec<Told> = self
            .tree
            .children(head)
            .filter(|&child| {
                let word = self.tree.word(child);
                matches!(
                    word.relation.universal,
                    Deprel::Aux
                        | Deprel::Advmod
                        | Deprel::Mark
                        | Deprel::Det
                        | Deprel::Case
                        | Deprel::Amod
                )
            })
            .filter_map(|child| self.clue(child))
            .collect();
        // "tidak akan menyerang", "will not attack": words right before, whatever the tree hangs them from.
        let mut before = head;
        while before > 0
            && matches!(
                self.tree.word(before - 1).upos,
                Upos::Aux | Upos::Adv | Upos::Part
            )
        {
            before -= 1;
            found.extend(self.clue(before));
        }
        // "Neither side has withdrawn", "tak seorang pun datang": nobody did.
        let subjects = (self.tree.children_by(head, Deprel::Nsubj))
            .filter(|_| self.tree.word(head).upos == Upos::Verb);
        for subject in subjects {
            let denied = (self.tree.children(subject).chain([subject]))
                .filter(|&at| {
                    matches!(
                        self.tree.word(at).upos,
                        Upos::Det | Upos::Pron | Upos::Part | Upos::Adv
                    )
                })
                .filter_map(|at| self.clue(at))
                .find(|told| told.modality == Modality::Negated);
            found.extend(denied);
        }
        found.sort_by_key(|told| (rank(told.modality), told.word));
        found.first().copied()
    }

    fn clue(&self, word: usize) -> Option<Told> {
        let modality = *self.beside.holding(self.words, word)?;
        Some(Told {
            modality,
            word: Some(word),
        })
    }

    /// Commands, questions and what holds under a condition: "[Withdraw] the troops!", "Did they [attack]?", "he is [fined] if he speaks".
    fn not_told_as_done(&self, head: usize) -> Option<Told> {
        let word = self.tree.word(head);
        if word.upos != Upos::Verb {
            return None;
        }
        let told = |word| Told {
            modality: Modality::Hypothetical,
            word: Some(word),
        };
        let has_subject = self.tree.children_by(head, Deprel::Nsubj).next().is_some();
        if word.features.get("Mood") == Some("Imp") && !has_subject {
            return Some(told(head));
        }
        let asked = self
            .tree
            .words()
            .iter()
            .rposition(|last| &*last.form == "?");
        if let Some(mark) = asked.filter(|_| self.tree.root() == head) {
            return Some(told(mark));
        }
        // "threatens war if ...": the condition is one of what is threatened, promised or asked for.
        let about_others = self.acts.iter().any(|(act, _)| *act == head);
        if about_others || word.features.get("Tense") == Some("Past") {
            return None;
        }
        let condition = |clause: usize| {
            let mut marks = self.tree.children_by(clause, Deprel::Mark);
            marks.find(|&mark| {
                let form = self.tree.word(mark).form.to_lowercase();
                self.grammar.has(Role::Condition, &form)
            })
        };
        (self.tree.children_by(head, Deprel::Advcl))
            .find_map(condition)
            .map(told)
    }

    /// "untuk [menyerang]", "to [attack]": a clause of purpose that no listed word governs.
    fn opened_purpose(&self, head: usize) -> Option<Told> {
        let word = self.tree.word(head);
        if !matches!(
            word.relation.universal,
            Deprel::Advcl | Deprel::Obl | Deprel::Acl | Deprel::Nmod
        ) || (word.upos != Upos::Verb && !matches!(word.relation.universal, Deprel::Advcl))
        {
            return None;
        }
        let mark = self.tree.children(head).find(|&child| {
            child < head
                && matches!(
                    self.tree.word(child).relation.universal,
                    Deprel::Mark | Deprel::Case
                )
                && self.purpose.holding(self.words, child).is_some()
        })?;
        if let Some(above) = self.tree.head(head)
            && let Some(told) = self.governor(above, true)
        {
            return Some(told);
        }
        Some(Told {
            modality: *self.purpose.holding(self.words, mark)?,
            word: Some(mark),
        })
    }

    /// Whether a word with this relation is governed by its head.
    fn is_governed(&self, at: usize, relation: Deprel) -> bool {
        match relation {
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Obj
            | Deprel::Compound
            | Deprel::Nsubj
            | Deprel::Csubj
            | Deprel::Flat => true,
            // "Dalam [pertemuan] itu keduanya sepakat ...": a circumstance told before.
            Deprel::Obl if self.tree.head(at).is_some_and(|head| at < head) => false,
            // "berencana bertemu setelah [serangan]": what is told of a time or cause is not planned.
            Deprel::Nmod | Deprel::Obl => !self.tree.children_by(at, Deprel::Case).any(|case| {
                let form = self.tree.word(case).form.to_lowercase();
                let roles = self.grammar.roles(&form);
                [Role::When, Role::Cause, Role::Concession]
                    .iter()
                    .any(|&role| roles.has(role))
            }),
            // "meminta Iran [memberi] akses": a clause right behind the verb, with nothing that opens it.
            Deprel::Advcl => self.tree.head(at).is_some_and(|head| {
                head < at
                    && self.tree.children_by(at, Deprel::Mark).next().is_none()
                    && !(head..at).any(|between| self.tree.word(between).upos == Upos::Punct)
            }),
            // A relative clause describes its noun; a clause of content is governed by it ("kemungkinan [mengirim] ...").
            Deprel::Acl => {
                let word = self.tree.word(at);
                // "under a deal [signed] in May"
                let participle = word.features.get("VerbForm") == Some("Part")
                    && word.features.get("Tense") == Some("Past");
                // "memerintahkan pekerja [mempercepat] ...": a relative clause that nothing opens is none where verbs have no forms for it
                let relative =
                    word.relation.has_subtype("relcl") && word.features.get("VerbForm").is_some();
                !participle
                    && !relative
                    && !self
                        .tree
                        .children(at)
                        .any(|child| self.tree.word(child).features.get("PronType") == Some("Rel"))
            }
            _ => false,
        }
    }

    /// Whether the word says of its subject that it takes place: "happen", "berlangsung", "were held".
    fn says_that_it_takes_place(&self, word: usize) -> bool {
        let word = self.tree.word(word);
        let forms = [word.form.to_lowercase(), word.lemma.to_lowercase()];
        let has = |role| self.grammar.any(role, forms.iter().map(String::as_str));
        has(Role::Occurrence) || has(Role::LightVerb)
    }

    /// What the word above makes of its complement, or of its subject.
    fn governor(&self, above: usize, complement: bool) -> Option<Told> {
        let own = self
            .acts
            .iter()
            .find(|(word, _)| *word == above)
            .map(|(_, modality)| *modality);
        let modality = own.or_else(|| self.governs.holding(self.words, above).copied())?;
        if !complement && modality != Modality::Negated {
            return None;
        }
        // "tidak berniat menyerang", "did not plan to": a plan that there isn't.
        let denied = self
            .beside(above)
            .is_some_and(|told| told.modality == Modality::Negated);
        let modality = match modality {
            Modality::Actual => Modality::Actual,
            Modality::Negated if denied => Modality::Actual,
            _ if denied => Modality::Negated,
            other => other,
        };
        Some(Told {
            modality,
            word: Some(above),
        })
    }

    /// A governing word shortly before, with no verb or comma between, where the tree hangs the act elsewhere ("perintah untuk eskalasi dalam [produksi] ...").
    fn preceding_governor(&self, head: usize) -> Option<Told> {
        if self.tree.word(head).upos == Upos::Verb {
            return None;
        }
        let mut at = head;
        for _ in 0..DEPTH {
            at = at.checked_sub(1)?;
            let word = self.tree.word(at);
            if word.upos == Upos::Punct || word.upos == Upos::Cconj {
                return None;
            }
            let own = self
                .acts
                .iter()
                .find(|(act, _)| *act == at)
                .map(|(_, modality)| *modality);
            if let Some(modality) = own.or_else(|| self.governs.holding(self.words, at).copied()) {
                return (modality != Modality::Actual).then_some(Told {
                    modality,
                    word: Some(at),
                });
            }
            if word.upos == Upos::Verb {
                return None;
            }
        }
        None
    }
}

/// Which of several clues beside an act holds.
fn rank(modality: Modality) -> u8 {
    match modality {
        Modality::Negated => 0,
        Modality::Hypothetical => 1,
        Modality::Future => 2,
        Modality::Historical => 3,
        Modality::Actual => 4,
    }
}
