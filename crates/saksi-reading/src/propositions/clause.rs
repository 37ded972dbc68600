//! Which words are predicates, and what the grammatical subject of each is.

use saksi_syntax::{Deprel, Tree, Upos, Word};

use super::phrase::{full_phrase, noun_phrase};
use super::{Markers, PredicateKind, Via, Voice};

/// How far subjects are followed through control and coordination; real chains are short.
const DEPTH: usize = 12;

/// A tree with what is asked of it again and again.
pub(super) struct Clauses<'t> {
    pub(super) tree: &'t Tree,
    pub(super) markers: &'t Markers,
}

impl<'t> Clauses<'t> {
    pub(super) fn word(&self, index: usize) -> &'t Word {
        self.tree.word(index)
    }

    /// What kind of predicate `index` is, if one at all.
    pub(super) fn kind(&self, index: usize) -> Option<PredicateKind> {
        let word = self.word(index);
        if matches!(
            word.relation.universal,
            Deprel::Aux
                | Deprel::Cop
                | Deprel::Case
                | Deprel::Mark
                | Deprel::Cc
                | Deprel::Fixed
                | Deprel::Flat
                | Deprel::Goeswith
                | Deprel::Det
                | Deprel::Punct
        ) {
            return None;
        }
        match word.upos {
            Upos::Verb => Some(PredicateKind::Verb),
            Upos::Noun | Upos::Propn | Upos::Pron if self.is_predicative(index) => {
                Some(PredicateKind::Noun)
            }
            Upos::Noun | Upos::Propn => Some(PredicateKind::Act),
            Upos::Adj | Upos::Adv | Upos::Num | Upos::Aux | Upos::X
                if self.is_predicative(index)
                    || (word.upos == Upos::Adj && opens_clause(word.relation.universal)) =>
            {
                Some(PredicateKind::Adjective)
            }
            _ => None,
        }
    }

    /// Whether `index` is the predicate of a clause, not only a noun that may name an act.
    pub(super) fn is_clausal(&self, index: usize) -> bool {
        matches!(
            self.kind(index),
            Some(PredicateKind::Verb | PredicateKind::Adjective | PredicateKind::Noun)
        )
    }

    fn is_predicative(&self, index: usize) -> bool {
        self.tree.children(index).any(|child| {
            matches!(
                self.word(child).relation.universal,
                Deprel::Nsubj | Deprel::Csubj | Deprel::Cop
            )
        })
    }

    /// The nearest word above `index` that is the predicate of a clause.
    pub(super) fn clausal_above(&self, index: usize) -> Option<usize> {
        self.tree
            .ancestors(index)
            .find(|&above| self.is_clausal(above))
    }

    /// Passive where the morphology, an auxiliary or the agent says so; where only the subject's relation does, too, unless
    /// the morphology says active.
    pub(super) fn voice(&self, index: usize) -> Voice {
        let word = self.word(index);
        let passive = match word.features.get("Voice") {
            Some("Pass") => !self.is_finite_participle(index),
            Some(_) => false,
            None => {
                // "the plant visited by Kim": an English past participle that hangs from a noun.
                let participle = word.features.get("VerbForm") == Some("Part")
                    && word.features.get("Tense") == Some("Past")
                    && matches!(word.relation.universal, Deprel::Acl | Deprel::Amod)
                    && !word.relation.has_subtype("relcl");
                participle && self.tree.children_by(index, Deprel::Nsubj).next().is_none()
                    || self.tree.children(index).any(|child| {
                        let relation = &self.word(child).relation;
                        relation.has_subtype("pass")
                    })
            }
        };
        if passive {
            Voice::Passive
        } else {
            Voice::Active
        }
    }

    /// Whether a form that may be a past participle or a past tense ("called") is the latter: it stands where a finite verb does, without
    /// an auxiliary or an agent.
    fn is_finite_participle(&self, index: usize) -> bool {
        let word = self.word(index);
        let helped = |verb: usize| {
            self.tree.children(verb).any(|child| {
                let relation = &self.word(child).relation;
                relation.has_subtype("pass") || relation.has_subtype("agent")
            })
        };
        word.features.get("VerbForm") == Some("Part")
            && (matches!(
                word.relation.universal,
                Deprel::Root | Deprel::Conj | Deprel::Ccomp | Deprel::Parataxis
            ) || self.tree.children_by(index, Deprel::Nsubj).next().is_some())
            && !helped(index)
            && !self.is_after_auxiliary(index)
            && !(word.relation.is(Deprel::Conj) && self.tree.head(index).is_some_and(helped))
    }

    fn is_after_auxiliary(&self, index: usize) -> bool {
        (0..index)
            .rev()
            .find(|&before| !matches!(self.word(before).upos, Upos::Adv | Upos::Part))
            .is_some_and(|before| self.word(before).upos == Upos::Aux)
    }

    /// The word among the dependents of `index` that stands for the noun of a relative clause.
    pub(super) fn relativiser(&self, index: usize) -> Option<usize> {
        self.tree.children(index).find(|&child| {
            let word = self.word(child);
            child < index
                && matches!(word.upos, Upos::Pron | Upos::Det | Upos::Sconj)
                && self.markers.is_relative(word)
        })
    }

    /// The noun that the clause of `index` hangs from, if it is a relative or participle clause.
    pub(super) fn antecedent(&self, index: usize) -> Option<usize> {
        let word = self.word(index);
        if !matches!(word.relation.universal, Deprel::Acl | Deprel::Amod) {
            return None;
        }
        word.head.filter(|&head| {
            matches!(
                self.word(head).upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym
            )
        })
    }

    /// The own subject of `index` in the tree; of several, which only a mistaken tree has, the last one before it.
    pub(super) fn own_subject(&self, index: usize) -> Option<usize> {
        let subjects = || {
            self.tree
                .children_by(index, Deprel::Nsubj)
                .filter(|&child| !self.markers.is_relative(self.word(child)))
        };
        subjects()
            .filter(|&child| child < index)
            .last()
            .or_else(|| subjects().next())
            .or_else(|| self.displaced_subject(index))
    }

    /// "meminta [Iran] memberi akses": a mistaken tree makes the subject right before an active verb that has an object behind it a
    /// second object.
    fn displaced_subject(&self, index: usize) -> Option<usize> {
        let mut objects = self.tree.children_by(index, Deprel::Obj);
        let behind = (self.tree.children_by(index, Deprel::Obj)).any(|child| child > index);
        if self.word(index).upos != Upos::Verb || !behind {
            return None;
        }
        objects.find(|&child| {
            child < index
                && !self.markers.is_relative(self.word(child))
                && !self.markers.is_content(self.word(child))
                && self.is_right_before(child, index)
        })
    }

    /// Whether nothing but adverbs and auxiliaries stands between the noun phrase of `noun` and the verb at `index`.
    fn is_right_before(&self, noun: usize, index: usize) -> bool {
        noun < index
            && (noun_phrase(self.tree, noun).end.min(index)..index)
                .all(|at| matches!(self.word(at).upos, Upos::Adv | Upos::Aux | Upos::Part))
    }

    /// The grammatical subject of `index`: its own, or that of the construction it is in.
    pub(super) fn grammatical_subject(&self, index: usize) -> Option<(usize, Via)> {
        self.subject_within(index, DEPTH)
    }

    fn subject_within(&self, index: usize, depth: usize) -> Option<(usize, Via)> {
        let depth = depth.checked_sub(1)?;
        if let Some(subject) = self.own_subject(index) {
            return Some((subject, Via::Subject));
        }
        let relation = &self.word(index).relation;
        if let Some(noun) = self.antecedent(index) {
            return self.subject_of_noun_clause(index, noun, depth);
        }
        if let Some(subject) = self.crossing_subject(index) {
            return Some((subject, Via::Nearest));
        }
        if self.relativiser(index).is_some() {
            // "seperti yang dilaporkan oleh ...": a relative clause without a noun has no subject to be named.
            return None;
        }
        let inherited = match relation.universal {
            Deprel::Conj => {
                if let Some(subject) = self.uncoordinated(index) {
                    return Some((subject, Via::Nearest));
                }
                let above = self.clausal_above(index)?;
                // "Kim tiba dan [memeriksa] ..."; a gap of voice is bridged by the grammatical subject.
                self.subject_within(above, depth)
                    .map(|(subject, via)| (subject, own_to(via, Via::Coordination)))
            }
            Deprel::Xcomp => {
                let above = self.clausal_above(index)?;
                self.controlling_object(above, index)
                    .or_else(|| self.subject_within(above, depth).map(|found| found.0))
                    .map(|subject| (subject, Via::Control))
            }
            Deprel::Advcl | Deprel::Ccomp => {
                let above = self.clausal_above(index)?;
                self.accused(above, index)
                    .or_else(|| self.subject_within(above, depth).map(|found| found.0))
                    .map(|subject| (subject, Via::Control))
            }
            _ => None,
        };
        inherited.or_else(|| self.nearest_subject(index))
    }

    /// "[Zelensky] berjanji akan membalas": a mistaken tree gives the subject to the verb after its own.
    fn crossing_subject(&self, index: usize) -> Option<usize> {
        if self.word(index).upos != Upos::Verb {
            return None;
        }
        self.tree
            .children(index)
            .filter(|&child| child > index && self.word(child).upos == Upos::Verb)
            .find_map(|child| {
                self.tree
                    .children_by(child, Deprel::Nsubj)
                    .filter(|&subject| {
                        subject < index && !self.markers.is_relative(self.word(subject))
                    })
                    .last()
            })
    }

    /// Who does what a clause that hangs from a noun tells.
    fn subject_of_noun_clause(
        &self,
        index: usize,
        noun: usize,
        depth: usize,
    ) -> Option<(usize, Via)> {
        let relation = &self.word(index).relation;
        match self.relativiser(index) {
            Some(relativiser) => {
                let relation = &self.word(relativiser).relation;
                matches!(
                    relation.universal,
                    Deprel::Nsubj | Deprel::Mark | Deprel::Det | Deprel::Csubj
                )
                .then_some((noun, Via::Relative))
            }
            None if relation.has_subtype("relcl") || relation.is(Deprel::Amod) => {
                Some((noun, Via::Relative))
            }
            None if self.is_infinitive(index) => {
                // "Kim's plan to [attack]", "tuduhan Washington [memasok] ...": the noun's possessor; else who has the plan.
                self.possessor(noun)
                    .or_else(|| {
                        let above = self.clausal_above(noun)?;
                        Some(self.subject_within(above, depth)?.0)
                    })
                    .map(|subject| (subject, Via::Control))
            }
            None => Some((noun, Via::Relative)),
        }
    }

    /// Whether the clause is one of purpose or content, not one that describes its noun: it has a mark, or it is a bare
    /// active verb form that is not a participle.
    fn is_infinitive(&self, index: usize) -> bool {
        let word = self.word(index);
        match word.features.get("VerbForm") {
            Some("Inf") => true,
            Some(_) => false,
            None => {
                self.tree.children_by(index, Deprel::Mark).next().is_some()
                    || (word.upos == Upos::Verb && self.voice(index) == Voice::Active)
            }
        }
    }

    /// The possessor of a noun without a preposition: "tuduhan [Washington]", "[Kim]'s plan".
    pub(super) fn possessor(&self, noun: usize) -> Option<usize> {
        self.tree.children(noun).find(|&child| {
            let word = self.word(child);
            match word.relation.universal {
                Deprel::Nmod if word.relation.has_subtype("poss") => true,
                Deprel::Nmod | Deprel::Compound => {
                    matches!(word.upos, Upos::Propn | Upos::Pron) && self.case_of(child).is_none()
                }
                _ => false,
            }
        })
    }

    /// The object of `above` that is the subject of its open complement: "meminta [Rusia] menarik pasukan".
    fn controlling_object(&self, above: usize, complement: usize) -> Option<usize> {
        if self.voice(above) == Voice::Passive {
            return None;
        }
        self.tree
            .children(above)
            .filter(|&child| {
                matches!(
                    self.word(child).relation.universal,
                    Deprel::Obj | Deprel::Iobj
                )
            })
            .find(|&child| child < complement && !self.markers.is_relative(self.word(child)))
            .filter(|&object| {
                // "meminta Rusia untuk menarik pasukan", but "membuat rudal untuk memenuhi kebutuhan": with a conjunction of
                // purpose only those who can act.
                let purpose = self
                    .tree
                    .children_by(complement, Deprel::Mark)
                    .any(|mark| self.word(mark).upos != Upos::Part);
                !purpose || matches!(self.word(object).upos, Upos::Propn | Upos::Pron)
            })
    }

    /// "... came after [Oslo and Riga] signed ...": a mistaken tree takes the conjunction for a preposition of the subject, and the
    /// verb for coordinated, though nothing joins it.
    fn uncoordinated(&self, index: usize) -> Option<usize> {
        if self.tree.children_by(index, Deprel::Cc).next().is_some() {
            return None;
        }
        let above = self.tree.head(index)?;
        self.tree.children_by(above, Deprel::Obl).find(|&child| {
            child < index
                && (self.case_of(child)).is_some_and(|case| self.markers.is_when(self.word(case)))
                && full_phrase(self.tree, child).end == index
        })
    }

    /// Who is said to do what a clause tells that hangs from a verb with an object: "accused [Minsk] of selling arms", "menuduh [Minsk]
    /// menjual senjata", where the tree calls the clause a circumstance.
    fn accused(&self, above: usize, index: usize) -> Option<usize> {
        if self.voice(above) == Voice::Passive {
            return None;
        }
        let object = self
            .tree
            .children_by(above, Deprel::Obj)
            .find(|&child| above < child && child < index)?;
        let accused = match self.mark_of(index) {
            Some(mark) => self.markers.is_charge(self.word(mark)),
            None => {
                // "membantah [tuduhan] memasok senjata": a noun whose content the clause tells is nobody.
                self.word(index).features.get("VerbForm").is_none()
                    && !self.markers.is_content(self.word(object))
                    && self.is_right_before(object, index)
            }
        };
        accused.then_some(object)
    }

    /// The preposition of `index`: its first word. Some trees call it a mark ("untuk [eskalasi]").
    pub(super) fn case_of(&self, index: usize) -> Option<usize> {
        let clausal = matches!(self.word(index).upos, Upos::Verb | Upos::Adj | Upos::Adv);
        self.tree.children(index).find(|&child| {
            let relation = &self.word(child).relation;
            child < index
                && match relation.universal {
                    Deprel::Case => !relation.has_subtype("adv"),
                    Deprel::Mark => !clausal,
                    _ => false,
                }
        })
    }

    /// The complementiser of the clause of `index`: its first word.
    pub(super) fn mark_of(&self, index: usize) -> Option<usize> {
        self.tree
            .children_by(index, Deprel::Mark)
            .find(|&child| child < index)
    }

    /// Where the tree gives a main verb no subject: the nearest bare noun before it in its own clause.
    fn nearest_subject(&self, index: usize) -> Option<(usize, Via)> {
        let word = self.word(index);
        if word.upos != Upos::Verb
            || !matches!(
                word.relation.universal,
                Deprel::Root | Deprel::Ccomp | Deprel::Conj | Deprel::Advcl
            )
        {
            return None;
        }
        // "Sementara Rusia membantah ..., secara terbuka [mendukung] ...": the circumstance before it names who does both.
        let circumstance = self
            .tree
            .children_by(index, Deprel::Advcl)
            .filter(|&child| child < index)
            .find_map(|child| self.own_subject(child));
        if let Some(subject) = circumstance {
            return Some((subject, Via::Nearest));
        }
        let mut at = index;
        while at > 0 {
            at -= 1;
            let before = self.word(at);
            match before.upos {
                Upos::Verb | Upos::Sconj | Upos::Punct => return None,
                Upos::Noun | Upos::Propn | Upos::Pron => {
                    let mut head = at;
                    while let Some(above) = self.tree.head(head) {
                        if above < index
                            && matches!(
                                self.word(above).upos,
                                Upos::Noun | Upos::Propn | Upos::Pron
                            )
                        {
                            head = above;
                        } else {
                            break;
                        }
                    }
                    let free = self.case_of(head).is_none()
                        && !self.markers.is_relative(self.word(head))
                        && !matches!(
                            self.word(head).relation.universal,
                            Deprel::Nsubj | Deprel::Obj
                        );
                    return free.then_some((head, Via::Nearest));
                }
                _ => {}
            }
        }
        None
    }
}

fn own_to(via: Via, shared: Via) -> Via {
    if via == Via::Subject { shared } else { via }
}

fn opens_clause(relation: Deprel) -> bool {
    matches!(
        relation,
        Deprel::Root
            | Deprel::Ccomp
            | Deprel::Xcomp
            | Deprel::Advcl
            | Deprel::Acl
            | Deprel::Conj
            | Deprel::Parataxis
            | Deprel::Csubj
    )
}
