//! Predicates with their arguments, read off the tree (after `PredPatt`, White et al. 2016).
//!
//! In: a [`Tree`] and the closed-class words of its language. Out: one [`Proposition`] for each verb, each adjective or
//! noun that is a predicate, and each common noun that may name an act ("kunjungan Kim ke pabrik"), with its arguments
//! in *logical* roles: the subject of a passive is an object, the words after "oleh" or "by" are a subject. Relative
//! clauses, control, coordination and light verbs are seen through. This module never looks at what words mean: whether
//! a noun names an act at all, and of which type, is for the reader of the propositions to say.

mod clause;
mod extract;
mod markers;
mod nominal;
mod phrase;

use std::ops::Range;

use saksi_syntax::{Tree, Word};

pub use extract::extract;
pub use markers::Markers;
pub use phrase::{apposition, clause, conjuncts, full_phrase, noun_phrase, text_span};

/// What is said, of whom, in which clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposition {
    /// Index of the predicate's word in [`Tree::words`].
    pub predicate: usize,
    /// What kind of word the predicate is.
    pub kind: PredicateKind,
    /// Whether the grammatical subject is the logical one.
    pub voice: Voice,
    /// The light verb that carries a nominal act ("melakukan" in "melakukan uji coba"), whose arguments it shares. The verb
    /// is a proposition of its own, too.
    pub light_verb: Option<usize>,
    /// The arguments, in the order of the text; several with one role where they are coordinated.
    pub arguments: Vec<Argument>,
    /// The proposition that this one depends on, and how.
    pub matrix: Option<Matrix>,
}

/// What kind of word a predicate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredicateKind {
    /// A verb.
    Verb,
    /// An adjective, adverb or number that stands as predicate ("pasukan itu siap").
    Adjective,
    /// A noun that is said of its subject ("Kim adalah pemimpin Korea Utara").
    Noun,
    /// A noun that may name an act ("kunjungan", "attack").
    Act,
}

/// Whether the grammatical subject is the logical one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// It is.
    Active,
    /// The grammatical subject is the logical object.
    Passive,
}

/// A participant of a proposition.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its logical role.
    pub role: Role,
    /// Index of its head word.
    pub head: usize,
    /// Its words without what follows from [`noun_phrase`]; for clauses, all words of the clause.
    pub words: Range<usize>,
    /// The preposition or particle that marks it ("ke", "from"); the first word of one of several words.
    pub marker: Option<usize>,
    /// How it was found.
    pub via: Via,
}

/// Logical roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it: subject of an active, agent of a passive, possessor of an act ("kunjungan Kim").
    Subject,
    /// What it is done to: object of an active, subject of a passive, what an act is of ("produksi rudal").
    Object,
    /// To whom something is given or told, without a preposition.
    IndirectObject,
    /// Any participant with a preposition, or an adverbial noun.
    Oblique,
    /// A clause that the predicate needs ("bahwa ...", "that ...", "to ...").
    Complement,
}

/// How an argument was found: from its own clause, or by what construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// The grammatical subject of the clause itself.
    Subject,
    /// An object of the clause itself.
    Object,
    /// A phrase with a preposition, or an adverbial noun, of the clause itself; the agent of a passive too.
    Oblique,
    /// A clause of the predicate itself.
    Complement,
    /// The noun that a relative or participle clause hangs from ("rudal yang diluncurkan").
    Relative,
    /// Subject or object of the matrix verb ("Kim berusaha memperkuat ...").
    Control,
    /// Shared with a coordinated predicate ("Kim tiba dan memeriksa ...").
    Coordination,
    /// The possessor of an act ("kunjungan Kim", "Russia's attack"): for some acts it is whom they befall
    /// ("penangkapan Navalny").
    Possessor,
    /// A noun or adjective put beside an act ("produksi rudal", "missile tests", "Russian attack").
    Modifier,
    /// An argument of the light verb that carries the act.
    LightVerb,
    /// The tree does not say so: nearest noun that can be it.
    Nearest,
}

/// A proposition's place in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matrix {
    /// The other proposition's predicate; of a relative clause or a noun's clause, the noun.
    pub head: usize,
    /// How this one hangs on it.
    pub link: Link,
}

/// How a proposition hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// A clause that the matrix predicate needs, with its own subject or complementiser (`ccomp`, `csubj`).
    Complement,
    /// One whose subject is the matrix predicate's (`xcomp`).
    Open,
    /// A circumstance: purpose, time, condition (`advcl`).
    Adverbial,
    /// A relative or participle clause of a noun (`acl`).
    Relative,
    /// Coordinated with it (`conj`).
    Coordinate,
    /// Set beside it (`parataxis`, `list`, `dep` and the like).
    Beside,
    /// A nominal act that is part of it.
    Part,
}

impl Proposition {
    /// The arguments with `role`, in the order of the text.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Argument> {
        self.arguments
            .iter()
            .filter(move |argument| argument.role == role)
    }

    /// The first argument with `role`.
    pub fn first(&self, role: Role) -> Option<&Argument> {
        self.with_role(role).next()
    }

    /// The grammatical subject: of an active the first logical subject, of a passive the first logical object.
    pub fn grammatical_subject(&self) -> Option<&Argument> {
        self.first(match self.voice {
            Voice::Active => Role::Subject,
            Voice::Passive => Role::Object,
        })
    }
}

impl Argument {
    /// The word that marks it.
    pub fn marker_word<'t>(&self, tree: &'t Tree) -> Option<&'t Word> {
        self.marker.map(|marker| tree.word(marker))
    }
}

/// The proposition whose predicate is `word`.
///
/// `propositions` are those of one sentence, as extracted.
pub fn at(propositions: &[Proposition], word: usize) -> Option<&Proposition> {
    propositions
        .binary_search_by_key(&word, |proposition| proposition.predicate)
        .ok()
        .map(|index| &propositions[index])
}
