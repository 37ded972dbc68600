//! Arguments of nouns that may name an act.

use saksi_syntax::{Deprel, Upos};

use super::clause::Clauses;
use super::{Proposition, Role, Via};

/// How deep a possessor may hide below nouns set one beside the other ("produksi rudal balistik [Korea Utara]").
const DEPTH: usize = 3;

impl Clauses<'_> {
    /// "kunjungan [Kim] ke [pabrik]", "[Russia]'s attack on [Ukraine]", "produksi [rudal]", "visit by [Kim]".
    pub(super) fn act_arguments(&self, proposition: &mut Proposition) {
        let index = proposition.predicate;
        let mut agent = false;
        for child in self.tree.children(index) {
            let word = self.word(child);
            let case = self.case_of(child);
            let found = match word.relation.universal {
                Deprel::Nmod | Deprel::Det if word.relation.has_subtype("poss") => {
                    Some((Role::Subject, Via::Possessor))
                }
                // "their visit" in trees that call the pronoun a determiner
                Deprel::Det if word.features.get("Poss") == Some("Yes") => {
                    Some((Role::Subject, Via::Possessor))
                }
                Deprel::Nmod | Deprel::Obl | Deprel::Dep => {
                    match case.map(|case| self.word(case)) {
                        Some(case) if self.markers.is_agent(case) => {
                            agent = true;
                            Some((Role::Subject, Via::Oblique))
                        }
                        Some(case) if self.markers.is_genitive(case) => {
                            Some((Role::Object, Via::Possessor))
                        }
                        Some(_) => Some((Role::Oblique, Via::Oblique)),
                        None if word.relation.is(Deprel::Dep)
                            || word.relation.has_subtype("tmod") =>
                        {
                            None
                        }
                        None => Some(bare(word.upos)),
                    }
                }
                Deprel::Compound => Some(bare(word.upos)),
                // "Russian attack"
                Deprel::Amod if word.upos == Upos::Propn || is_capitalised(&word.form) => {
                    Some((Role::Subject, Via::Modifier))
                }
                Deprel::Ccomp | Deprel::Xcomp => Some((Role::Complement, Via::Complement)),
                Deprel::Acl if self.is_content_clause(child) => {
                    Some((Role::Complement, Via::Complement))
                }
                _ => None,
            };
            if let Some((role, via)) = found {
                let argument = self.argument(role, child, via);
                proposition.arguments.push(argument);
            }
        }
        if agent {
            // "penangkapan Navalny oleh polisi": beside an agent, a possessor is what the act is of.
            for argument in &mut proposition.arguments {
                if argument.role == Role::Subject && argument.via == Via::Possessor {
                    argument.role = Role::Object;
                }
            }
        }
        if proposition.first(Role::Subject).is_none()
            && let Some(deep) = self.deep_possessor(index, DEPTH)
        {
            let argument = self.argument(Role::Subject, deep, Via::Nearest);
            proposition.arguments.push(argument);
        }
    }

    /// "produksi rudal [Korea Utara]": the tree hangs the possessor below the last noun.
    fn deep_possessor(&self, index: usize, depth: usize) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let mut bare_noun = self.tree.children(index).filter(|&child| {
            let word = self.word(child);
            matches!(word.relation.universal, Deprel::Nmod | Deprel::Compound)
                && word.upos == Upos::Noun
                && child > index
                && self.case_of(child).is_none()
        });
        bare_noun.next_back().and_then(|noun| {
            self.possessor(noun)
                .filter(|&possessor| possessor > noun)
                .or_else(|| self.deep_possessor(noun, depth))
        })
    }

    /// Whether a clause that hangs from a noun says what the noun is about ("keputusan untuk mengirim ...", "claim that ..."),
    /// not which one it is.
    fn is_content_clause(&self, index: usize) -> bool {
        !self.word(index).relation.has_subtype("relcl") && self.relativiser(index).is_none()
    }
}

fn bare(upos: Upos) -> (Role, Via) {
    match upos {
        Upos::Propn | Upos::Pron => (Role::Subject, Via::Possessor),
        _ => (Role::Object, Via::Modifier),
    }
}

fn is_capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}
