//! The closed-class words that extraction asks for.

use saksi_lexicon::grammar::{Grammar, Role};
use saksi_syntax::{Deprel, Word};

/// The closed-class words of a language that extraction asks for, lower-case.
///
/// They come from the language's pack; an empty list only turns off what depends on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markers {
    /// Prepositions before the agent of a passive: "oleh", "by".
    pub agent: Vec<Box<str>>,
    /// Prepositions before what the object of the verb is said to do or kept from doing: "of", "from", "against".
    pub charge: Vec<Box<str>>,
    /// Nouns whose clause tells what they are about: "tuduhan", "kemungkinan", "claim".
    pub content: Vec<Box<str>>,
    /// Words that open a clause of time: "setelah", "after".
    pub when: Vec<Box<str>>,
    /// Prepositions before what an act is of: "of".
    pub genitive: Vec<Box<str>>,
    /// Words that open a relative clause and stand for its noun: "yang", "who", "which", "that".
    pub relative: Vec<Box<str>>,
    /// Words that open a clause that is said: "bahwa", "that".
    pub complementiser: Vec<Box<str>>,
    /// Lemmas or forms of verbs that only carry a noun of action: "melakukan", "conduct".
    pub light_verbs: Vec<Box<str>>,
    /// Whether the agent of a passive may follow its verb without a preposition ("dilansir KCNA").
    pub bare_agent: bool,
}

impl From<&Grammar> for Markers {
    fn from(grammar: &Grammar) -> Self {
        let words =
            |role| -> Vec<Box<str>> { grammar.words(role).into_iter().map(Box::from).collect() };
        let mut genitive = words(Role::Possessor);
        genitive.retain(|word| !grammar.has(Role::Source, word));
        Self {
            agent: words(Role::Agent),
            charge: words(Role::Charge),
            content: words(Role::Content),
            when: words(Role::When),
            genitive,
            relative: words(Role::Relativiser),
            complementiser: words(Role::Complementiser),
            light_verbs: words(Role::LightVerb),
            bare_agent: grammar.bare_agent,
        }
    }
}

impl Markers {
    pub(super) fn is_agent(&self, word: &Word) -> bool {
        holds(&self.agent, word)
    }

    pub(super) fn is_charge(&self, word: &Word) -> bool {
        holds(&self.charge, word)
    }

    pub(super) fn is_content(&self, word: &Word) -> bool {
        holds(&self.content, word)
    }

    pub(super) fn is_when(&self, word: &Word) -> bool {
        holds(&self.when, word)
    }

    pub(super) fn is_genitive(&self, word: &Word) -> bool {
        holds(&self.genitive, word)
    }

    pub(super) fn is_relative(&self, word: &Word) -> bool {
        let complementiser = word.relation.is(Deprel::Mark) && holds(&self.complementiser, word);
        word.features.get("PronType") == Some("Rel")
            || (!complementiser && holds(&self.relative, word))
    }

    pub(super) fn is_complementiser(&self, word: &Word) -> bool {
        holds(&self.complementiser, word)
    }

    pub(super) fn is_light(&self, word: &Word) -> bool {
        holds(&self.light_verbs, word)
    }
}

fn holds(list: &[Box<str>], word: &Word) -> bool {
    list.iter()
        .any(|item| **item == *word.lemma || item.eq_ignore_ascii_case(&word.form))
}
