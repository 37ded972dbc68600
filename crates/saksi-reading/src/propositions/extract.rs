//! From a tree to its propositions.

use saksi_syntax::{Deprel, Tree, Upos};

use super::clause::Clauses;
use super::phrase::{clause, noun_phrase};
use super::{Argument, Link, Markers, Matrix, PredicateKind, Proposition, Role, Via, Voice};

/// The propositions of a sentence, in the order of their predicates.
///
/// # Examples
///
/// ```
/// use saksi_reading::propositions::{self, Markers, Role, Voice};
/// use saksi_syntax::conllu;
///
/// let file = "1\tPabrik\tpabrik\tNOUN\t_\t_\t2\tnsubj:pass\t_\t_\n\
///             2\tdiperiksa\tperiksa\tVERB\t_\tVoice=Pass\t0\troot\t_\t_\n\
///             3\toleh\toleh\tADP\t_\t_\t4\tcase\t_\t_\n\
///             4\tKim\tkim\tPROPN\t_\t_\t2\tobl\t_\t_\n\n";
/// let report = conllu::to_parsed(&conllu::read(file)?, "id")?;
/// let markers = Markers { agent: vec!["oleh".into()], ..Markers::default() };
/// let found = propositions::extract(&report.trees[0], &markers);
/// let inspection = propositions::at(&found, 1).expect("a verb is a predicate");
/// assert_eq!(inspection.voice, Voice::Passive);
/// assert_eq!(inspection.first(Role::Subject).map(|argument| argument.head), Some(3));
/// assert_eq!(inspection.first(Role::Object).map(|argument| argument.head), Some(0));
/// # Ok::<(), conllu::Error>(())
/// ```
pub fn extract(tree: &Tree, markers: &Markers) -> Vec<Proposition> {
    let clauses = Clauses { tree, markers };
    let mut found: Vec<Proposition> = (0..tree.words().len())
        .filter_map(|index| Some(clauses.proposition(index, clauses.kind(index)?)))
        .collect();
    share_objects(&clauses, &mut found);
    for proposition in &mut found {
        spread(tree, proposition);
    }
    lend_arguments(&clauses, &mut found);
    for proposition in &mut found {
        proposition
            .arguments
            .sort_by_key(|argument| (argument.head, argument.role));
        proposition
            .arguments
            .dedup_by_key(|argument| (argument.head, argument.role));
    }
    found
}

impl Clauses<'_> {
    fn proposition(&self, index: usize, kind: PredicateKind) -> Proposition {
        let mut proposition = Proposition {
            predicate: index,
            kind,
            voice: Voice::Active,
            light_verb: None,
            arguments: Vec::new(),
            matrix: self.matrix(index, kind),
        };
        if kind == PredicateKind::Act {
            self.act_arguments(&mut proposition);
            return proposition;
        }
        proposition.voice = self.voice(index);
        self.clause_arguments(&mut proposition);
        if kind == PredicateKind::Noun {
            self.act_arguments(&mut proposition);
        }
        proposition
    }

    fn matrix(&self, index: usize, kind: PredicateKind) -> Option<Matrix> {
        let head = self.tree.head(index)?;
        let link = match self.word(index).relation.universal {
            _ if kind == PredicateKind::Act => Link::Part,
            Deprel::Ccomp | Deprel::Csubj => Link::Complement,
            Deprel::Advcl if self.has_complementiser(index) => Link::Complement,
            Deprel::Xcomp => Link::Open,
            Deprel::Advcl => Link::Adverbial,
            Deprel::Acl | Deprel::Amod => Link::Relative,
            Deprel::Conj => Link::Coordinate,
            _ => Link::Beside,
        };
        let above = match link {
            Link::Relative => Some(head),
            Link::Part => self
                .tree
                .ancestors(index)
                .find(|&above| self.kind(above).is_some()),
            _ => self.clausal_above(index),
        };
        Some(Matrix {
            head: above.unwrap_or(head),
            link,
        })
    }

    pub(super) fn argument(&self, role: Role, head: usize, via: Via) -> Argument {
        Argument {
            role,
            head,
            words: if role == Role::Complement {
                clause(self.tree, head)
            } else {
                noun_phrase(self.tree, head)
            },
            marker: if role == Role::Complement {
                self.mark_of(head)
            } else {
                self.case_of(head)
            },
            via,
        }
    }

    fn clause_arguments(&self, proposition: &mut Proposition) {
        let index = proposition.predicate;
        let passive = proposition.voice == Voice::Passive;
        let (subject_role, object_role) = if passive {
            (Role::Object, Role::Subject)
        } else {
            (Role::Subject, Role::Object)
        };
        let subject = self.grammatical_subject(index);
        if let Some((head, via)) = subject {
            proposition
                .arguments
                .push(self.argument(subject_role, head, via));
        }
        for child in self.tree.children(index) {
            let word = self.word(child);
            if self.markers.is_relative(word) && child < index {
                continue;
            }
            let nominal = matches!(
                word.upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X | Upos::Det
            );
            let case = self.case_of(child);
            let agent = word.relation.has_subtype("agent")
                || case.is_some_and(|case| self.markers.is_agent(self.word(case)));
            match word.relation.universal {
                Deprel::Obl | Deprel::Nmod | Deprel::Obj | Deprel::Dep if agent => {
                    let role = if passive { object_role } else { Role::Subject };
                    proposition
                        .arguments
                        .push(self.argument(role, child, Via::Oblique));
                }
                Deprel::Obj | Deprel::Obl | Deprel::Compound | Deprel::Flat
                    if passive && self.is_bare_agent(index, child, subject.is_some()) =>
                {
                    proposition
                        .arguments
                        .push(self.argument(Role::Subject, child, Via::Oblique));
                }
                Deprel::Obj if subject.is_some_and(|(head, _)| head == child) => {}
                Deprel::Obj => {
                    proposition
                        .arguments
                        .push(self.argument(Role::Object, child, Via::Object));
                }
                Deprel::Iobj => {
                    proposition.arguments.push(self.argument(
                        Role::IndirectObject,
                        child,
                        Via::Object,
                    ));
                }
                Deprel::Obl => {
                    proposition
                        .arguments
                        .push(self.argument(Role::Oblique, child, Via::Oblique));
                }
                Deprel::Nmod | Deprel::Dep if nominal && case.is_some() => {
                    proposition
                        .arguments
                        .push(self.argument(Role::Oblique, child, Via::Oblique));
                }
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj => {
                    proposition.arguments.push(self.argument(
                        Role::Complement,
                        child,
                        Via::Complement,
                    ));
                }
                // Trees of some treebanks call "bahwa ..." a circumstance.
                Deprel::Advcl if self.has_complementiser(child) => {
                    proposition.arguments.push(self.argument(
                        Role::Complement,
                        child,
                        Via::Complement,
                    ));
                }
                _ => {}
            }
        }
        self.relative_argument(proposition, subject);
        self.misplaced_object(proposition);
    }

    fn has_complementiser(&self, index: usize) -> bool {
        self.mark_of(index)
            .is_some_and(|mark| self.markers.is_complementiser(self.word(mark)))
    }

    /// "dilansir KCNA", "dibunuh polisi": a bare noun right after the verb, where the language has it. With no subject in sight a
    /// common noun is rather an inverted subject ("ditemukan mayat").
    fn is_bare_agent(&self, index: usize, child: usize, has_subject: bool) -> bool {
        let word = self.word(child);
        self.markers.bare_agent
            && self.case_of(child).is_none()
            && noun_phrase(self.tree, child).start == index + 1
            && match word.upos {
                Upos::Propn | Upos::Pron => true,
                Upos::Noun => has_subject,
                _ => false,
            }
    }

    /// The noun of a relative clause where it isn't the subject: "senjata yang dicari Rusia" has it as grammatical subject, "the
    /// weapons that Russia sought" as object, "pabrik di mana ia berbicara" with a preposition.
    fn relative_argument(&self, proposition: &mut Proposition, subject: Option<(usize, Via)>) {
        let index = proposition.predicate;
        let Some(noun) = self.antecedent(index) else {
            return;
        };
        if subject.is_some_and(|(head, _)| head == noun) {
            return;
        }
        let own_subject = subject.is_some_and(|(_, via)| via == Via::Subject);
        let has_object = proposition.first(Role::Object).is_some();
        let relativiser = self.relativiser(index);
        let marker = relativiser.and_then(|relativiser| self.case_of(relativiser));
        let relation = relativiser.map(|relativiser| self.word(relativiser).relation.universal);
        let role = match relation {
            Some(Deprel::Obl | Deprel::Nmod | Deprel::Advmod) if marker.is_some() => Role::Oblique,
            Some(Deprel::Iobj) => Role::IndirectObject,
            Some(_) if !has_object => Role::Object,
            // "the weapons Russia sought"
            None if own_subject
                && !has_object
                && proposition.first(Role::Complement).is_none()
                && self.word(index).upos == Upos::Verb
                && self.word(index).relation.has_subtype("relcl") =>
            {
                Role::Object
            }
            _ => return,
        };
        let mut argument = self.argument(role, noun, Via::Relative);
        argument.marker = marker;
        proposition.arguments.push(argument);
    }

    /// A bare noun right after an active verb without an object is its object, whatever the tree calls it.
    fn misplaced_object(&self, proposition: &mut Proposition) {
        let index = proposition.predicate;
        if proposition.kind != PredicateKind::Verb
            || proposition.voice == Voice::Passive
            || proposition.first(Role::Object).is_some()
            || proposition.first(Role::Complement).is_some()
        {
            return;
        }
        let misplaced = self.tree.children(index).find(|&child| {
            let word = self.word(child);
            matches!(
                word.relation.universal,
                Deprel::Compound | Deprel::Nmod | Deprel::Dep | Deprel::Flat
            ) && matches!(word.upos, Upos::Noun | Upos::Propn)
                && self.case_of(child).is_none()
                && noun_phrase(self.tree, child).start == index + 1
        });
        if let Some(child) = misplaced {
            proposition
                .arguments
                .push(self.argument(Role::Object, child, Via::Nearest));
        }
    }
}

/// "condemned and rejected the report", "memproduksi dan menguji rudal": the object of the last of coordinated verbs belongs to
/// those before it that have none, where nothing but the conjunction lies between.
fn share_objects(clauses: &Clauses<'_>, found: &mut [Proposition]) {
    for later in (0..found.len()).rev() {
        let objects: Vec<Argument> = found[later]
            .with_role(Role::Object)
            .filter(|argument| argument.via == Via::Object)
            .cloned()
            .collect();
        let Some(Matrix {
            head,
            link: Link::Coordinate,
        }) = found[later].matrix
        else {
            continue;
        };
        let Ok(earlier) = found.binary_search_by_key(&head, |proposition| proposition.predicate)
        else {
            continue;
        };
        let between = head + 1..found[later].predicate;
        let adjacent = between.len() < 4
            && between.clone().all(|at| {
                matches!(
                    clauses.word(at).upos,
                    Upos::Cconj | Upos::Adv | Upos::Aux | Upos::Part | Upos::Punct
                )
            })
            && between
                .clone()
                .any(|at| clauses.word(at).upos == Upos::Cconj);
        let receiver = &mut found[earlier];
        if adjacent
            && receiver.kind == PredicateKind::Verb
            && receiver.voice == Voice::Active
            && receiver.first(Role::Object).is_none()
            && receiver.first(Role::Complement).is_none()
        {
            receiver
                .arguments
                .extend(objects.into_iter().map(|argument| Argument {
                    via: Via::Coordination,
                    ..argument
                }));
        }
    }
}

/// Coordinated arguments become arguments of their own; a noun that a mistaken tree coordinates with the verb joins the
/// argument before it.
fn spread(tree: &Tree, proposition: &mut Proposition) {
    let is_noun = |index: usize| {
        matches!(
            tree.word(index).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym
        ) && !tree.children(index).any(|child| {
            matches!(
                tree.word(child).relation.universal,
                Deprel::Nsubj | Deprel::Cop
            )
        })
    };
    let mut added = Vec::new();
    for argument in &proposition.arguments {
        if argument.role == Role::Complement {
            continue;
        }
        let mut open = vec![argument.head];
        while let Some(at) = open.pop() {
            for child in tree.children_by(at, Deprel::Conj) {
                // A conjunct after the clause of a relative's noun is still the noun's; one beyond the verb is not.
                let beyond = argument.head < proposition.predicate && child > proposition.predicate;
                if is_noun(child) && !beyond {
                    added.push(Argument {
                        head: child,
                        words: noun_phrase(tree, child),
                        ..argument.clone()
                    });
                    open.push(child);
                }
            }
        }
    }
    if proposition.kind == PredicateKind::Verb {
        let predicate = proposition.predicate;
        let strays = tree
            .children_by(predicate, Deprel::Conj)
            .filter(|&child| child > predicate && is_noun(child));
        for stray in strays {
            let before = proposition
                .arguments
                .iter()
                .chain(&added)
                .filter(|argument| {
                    predicate < argument.head
                        && argument.head < stray
                        && argument.role != Role::Complement
                })
                .max_by_key(|argument| argument.head)
                .cloned();
            if let Some(before) = before {
                added.push(Argument {
                    head: stray,
                    words: noun_phrase(tree, stray),
                    ..before
                });
            }
        }
    }
    proposition.arguments.extend(added);
}

/// An act that a light verb carries takes that verb's other arguments: "Rusia [melakukan] uji coba ...", "serangan yang
/// [dilakukan] Rusia".
fn lend_arguments(clauses: &Clauses<'_>, found: &mut [Proposition]) {
    for index in 0..found.len() {
        let lender = &found[index];
        if lender.kind != PredicateKind::Verb
            || !clauses.markers.is_light(clauses.word(lender.predicate))
        {
            continue;
        }
        let verb = lender.predicate;
        let lent: Vec<Argument> = lender
            .arguments
            .iter()
            .filter(|argument| {
                matches!(
                    argument.role,
                    Role::Subject | Role::Oblique | Role::IndirectObject
                )
            })
            .cloned()
            .collect();
        let acts: Vec<usize> = lender
            .with_role(Role::Object)
            .map(|argument| argument.head)
            .collect();
        for act in acts {
            let Ok(act) = found.binary_search_by_key(&act, |proposition| proposition.predicate)
            else {
                continue;
            };
            let act = &mut found[act];
            if act.kind != PredicateKind::Act {
                continue;
            }
            act.light_verb = Some(verb);
            let has_agent = act
                .with_role(Role::Subject)
                .any(|argument| argument.via == Via::Oblique);
            for argument in &lent {
                let itself = argument.head == act.predicate;
                if itself || (argument.role == Role::Subject && has_agent) {
                    continue;
                }
                if argument.role == Role::Subject {
                    // "melakukan serangan Rusia": beside a doer, a possessor is what the act is of.
                    for other in &mut act.arguments {
                        if other.role == Role::Subject && other.via == Via::Possessor {
                            other.role = Role::Object;
                        }
                    }
                }
                act.arguments.push(Argument {
                    via: Via::LightVerb,
                    ..argument.clone()
                });
            }
        }
    }
}
