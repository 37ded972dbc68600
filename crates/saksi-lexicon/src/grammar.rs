//! Closed-class words that rules need, by what they do (`grammar.toml`).
//!
//! In: a language's `grammar.toml`. Out: a [`Grammar`] that tells the [`Role`]s of a word, the [`Pronoun`] that it is, and
//! how the language's lemmas are to be read. Words are looked up as they are, in lower case: a rule asks for the form
//! first and then, if it wants to, for the lemma (`grammar.any(Role::Plan, [form, lemma])`). A word of several parts is
//! written with single spaces ("in order", "bersama dengan"). What follows from a role is for rules to say.

use std::collections::BTreeMap;
use std::ops::BitOr;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use toml::Spanned;

use crate::{Error, PackFile};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// What a closed-class word does. The name in `grammar.toml` is given with each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* #[doc = concat!("\n\nIn the file: `", $name, "`.")] $variant),* }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in `grammar.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

roles! {
    /// Says that it is not so: "tidak", "bukan", "not", "never".
    Negation = "negation",
    /// Verb whose complement did not happen: "gagal", "fail".
    NegativeVerb = "negative-verb",
    /// Preposition or conjunction whose phrase does not hold: "tanpa", "without".
    Without = "without",
    /// Tells the future: "akan", "will".
    Future = "future",
    /// Tells what may be: "mungkin", "may", "possibly".
    Possibility = "possibility",
    /// Tells what one can do, or is allowed to: "dapat", "can".
    Ability = "ability",
    /// Tells what must or should be: "harus", "must".
    Obligation = "obligation",
    /// Tells what would be, on a condition: "would".
    Unreal = "unreal",
    /// Tells that it is done: "telah", "sudah"; English has "have" for it.
    Perfect = "perfect",
    /// Tells that it goes on: "sedang", "masih", "still".
    Progressive = "progressive",
    /// Tells that it happened at some time: "pernah", "formerly", "previously".
    Experiential = "experiential",
    /// Opens a condition: "jika", "if", "unless".
    Condition = "condition",
    /// Opens a concession: "meskipun", "although".
    Concession = "concession",
    /// Opens a cause: "karena", "because".
    Cause = "cause",
    /// Opens a clause of time: "ketika", "when", "after".
    When = "when",
    /// Opens what happens at the same time: "selama", "ketika", "during", "when".
    While = "while",
    /// Noun for something that happened, whatever it was: "operasi", "insiden", "clash".
    Occasion = "occasion",
    /// Says that a narrative goes on: "juga", "kemudian", "also", "then".
    Sequel = "sequel",
    /// Says that someone does not, or not yet, hold the office named: "mantan", "terpilih", "former", "elect", "deputy".
    NotInOffice = "not-in-office",
    /// Preposition before what someone is said to do or kept from doing: "of" in "accused X of lying", "from", "against".
    Charge = "charge",
    /// Noun whose clause tells what it is about: "tuduhan", "kemungkinan", "claim".
    Content = "content",
    /// Opens a purpose: "untuk", "agar", "in order".
    Purpose = "purpose",
    /// Opens a clause that is said or thought: "bahwa", "that", "whether".
    Complementiser = "complementiser",
    /// Opens a relative clause: "yang", "which".
    Relativiser = "relativiser",
    /// Verb, noun or adjective whose complement is planned, wanted or prepared: "berencana", "intend", "plan", "ready".
    Plan = "plan",
    /// Verb or noun whose complement is tried: "berusaha", "attempt".
    Attempt = "attempt",
    /// Verb that carries the act that its object names: "melakukan", "conduct".
    LightVerb = "light-verb",
    /// Verb whose subject takes place: "berlangsung", "happen".
    Occurrence = "occurrence",
    /// Joins: "dan", "and".
    And = "and",
    /// Gives a choice: "atau", "or".
    Or = "or",
    /// Says that it is known which, without pointing: "the".
    Definite = "definite",
    /// Points: "ini", "tersebut", "this".
    Demonstrative = "demonstrative",
    /// Marks a noun not named before: "sebuah", "a".
    Indefinite = "indefinite",
    /// Says how many, without a number: "banyak", "beberapa", "many", "dozens".
    Quantifier = "quantifier",
    /// Stands between a number and what is counted: "orang", "unit", "buah".
    Classifier = "classifier",
    /// Another one than named before: "lain", "other".
    Other = "other",
    /// One another: "saling", "each other".
    Reciprocal = "reciprocal",
    /// Together: "bersama", "jointly".
    Together = "together",
    /// Marks the agent of a passive or a noun of act: "oleh", "by".
    Agent = "agent",
    /// Marks to whom or where to: "kepada", "ke", "to".
    Recipient = "recipient",
    /// Marks against whom: "terhadap", "against".
    Against = "against",
    /// Marks from whom or where from: "dari", "from".
    Source = "source",
    /// Marks with whom: "dengan", "with", "between".
    Comitative = "comitative",
    /// Marks where: "di", "in", "near".
    Location = "location",
    /// Stands before names of places and hardly before others: "di", "ke", "in".
    Place = "place",
    /// Marks where to, of movement: "ke", "to".
    Direction = "direction",
    /// Stands in lower case inside names: "of", "bin", "van".
    NameParticle = "name-particle",
    /// Marks by what means: "dengan", "menggunakan", "with", "using".
    Instrument = "instrument",
    /// Marks about what: "tentang", "soal", "about".
    Topic = "topic",
    /// Marks as what: "sebagai", "as".
    Capacity = "capacity",
    /// Marks according to whom: "menurut", "according to".
    According = "according",
    /// Marks whose: "milik", "of".
    Possessor = "possessor",
    /// Marks members of what was named: "termasuk", "including".
    Including = "including",
    /// Stands for a currency beside a sum: "Rp", "USD".
    Currency = "currency",
    /// A direction, which is no place by itself: *north*, *selatan*.
    Compass = "compass",
    /// Tells that someone is a man: "Mr", "spokesman", a given name.
    Masculine = "masculine",
    /// Tells that someone is a woman: "Mrs", "spokeswoman", a given name.
    Feminine = "feminine",
}

/// Some of the roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u64);

impl Roles {
    /// Whether `role` is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & Self::from(role).0 != 0
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self(1 << role as u32)
    }
}

impl BitOr for Roles {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Number {
    /// One.
    Singular,
    /// More than one.
    Plural,
}

/// Grammatical gender of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// "he".
    Masculine,
    /// "she".
    Feminine,
    /// "it": no person.
    Neuter,
}

/// A personal pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronoun {
    /// 1, 2 or 3.
    pub person: u8,
    /// Its number; `None` where the language leaves it open.
    pub number: Option<Number>,
    /// Its gender; `None` where the language leaves it open.
    pub gender: Option<Gender>,
    /// Whether it stands for people only ("dia", "beliau", "he").
    #[serde(default)]
    pub human: bool,
    /// Whether it only says whose ("his", "their").
    #[serde(default)]
    pub possessive: bool,
}

/// What words of a closed class do, in one language.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    /// Whether the treebanks' lemmas are roots ("perintah" for "pemerintah"), so that nouns are known by their form alone.
    pub lemmas_are_roots: bool,
    /// Whether the agent of a passive may follow its verb without a preposition ("dilansir KCNA").
    pub bare_agent: bool,
    /// Endings of verb forms, and what dictionary forms may have in their place: of "freed" "free", "fre", "freede".
    pub verb_endings: BTreeMap<Box<str>, Vec<Box<str>>>,
    words: FxHashMap<Box<str>, Roles>,
    pronouns: FxHashMap<Box<str>, Pronoun>,
}

/// What one `grammar.toml` says.
#[derive(Debug)]
pub struct GrammarFile {
    lemmas_are_roots: Option<bool>,
    bare_agent: Option<bool>,
    verb_endings: BTreeMap<Box<str>, Vec<Box<str>>>,
    roles: Vec<(Role, Vec<Box<str>>)>,
    pronouns: Vec<(Box<str>, Pronoun)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Content<'a> {
    lemmas_are_roots: Option<bool>,
    bare_agent: Option<bool>,
    #[serde(default)]
    verb_endings: BTreeMap<Box<str>, Vec<Box<str>>>,
    #[serde(borrow, default)]
    roles: BTreeMap<Spanned<std::borrow::Cow<'a, str>>, Vec<Spanned<Box<str>>>>,
    #[serde(default)]
    pronoun: Vec<PronounEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PronounEntry {
    words: Vec<Spanned<Box<str>>>,
    is: Pronoun,
}

/// What `file` says.
///
/// # Errors
///
/// Where it is wrong: a role that is not known, a word named twice in one role or in capitals.
pub fn parse(file: &PackFile) -> Result<GrammarFile, Error> {
    let content: Content = file.read()?;
    let mut roles = Vec::with_capacity(content.roles.len());
    for (name, words) in content.roles {
        let Some(role) = Role::ALL.iter().find(|role| role.name() == name.as_ref()) else {
            let known: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
            return Err(file.error(
                name.span(),
                format!("unknown role `{}`", name.as_ref()),
                &format!("take one of {}", known.join(", ")),
            ));
        };
        roles.push((*role, word_list(file, words)?));
    }
    let mut pronouns = Vec::new();
    for entry in content.pronoun {
        for word in word_list(file, entry.words)? {
            pronouns.push((word, entry.is));
        }
    }
    Ok(GrammarFile {
        lemmas_are_roots: content.lemmas_are_roots,
        bare_agent: content.bare_agent,
        verb_endings: content.verb_endings,
        roles,
        pronouns,
    })
}

/// The words of one list, each checked.
fn word_list(file: &PackFile, words: Vec<Spanned<Box<str>>>) -> Result<Vec<Box<str>>, Error> {
    let mut seen = FxHashSet::default();
    let mut list = Vec::with_capacity(words.len());
    for word in words {
        let span = word.span();
        let word = word.into_inner();
        if word.trim() != &*word || word.is_empty() {
            return Err(file.error(span, "a word with blank ends", "write the word alone"));
        }
        if word.chars().any(char::is_uppercase) {
            return Err(file.error(
                span,
                format!("`{word}` has a capital"),
                "write it in lower case: it is looked up so",
            ));
        }
        if !seen.insert(word.clone()) {
            return Err(file.error(span, format!("`{word}` is here twice"), "take one out"));
        }
        list.push(word);
    }
    Ok(list)
}

impl Grammar {
    /// Lays `later` over this: each role that it lists is replaced, each pronoun too.
    pub fn merge(&mut self, later: GrammarFile) {
        if let Some(value) = later.lemmas_are_roots {
            self.lemmas_are_roots = value;
        }
        if let Some(value) = later.bare_agent {
            self.bare_agent = value;
        }
        self.verb_endings.extend(later.verb_endings);
        for (role, words) in later.roles {
            let bit = Roles::from(role);
            self.words.retain(|_, roles| {
                roles.0 &= !bit.0;
                !roles.is_empty()
            });
            for word in words {
                let roles = self.words.entry(word).or_default();
                *roles = *roles | bit;
            }
        }
        self.pronouns.extend(later.pronouns);
    }

    /// The roles of `word` (in lower case; none where it is not listed).
    pub fn roles(&self, word: &str) -> Roles {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Whether `word` (in lower case) has `role`.
    pub fn has(&self, role: Role, word: &str) -> bool {
        self.roles(word).has(role)
    }

    /// Whether one of `words` (in lower case) has `role`.
    pub fn any<'a>(&self, role: Role, words: impl IntoIterator<Item = &'a str>) -> bool {
        words.into_iter().any(|word| self.has(role, word))
    }

    /// The words of `role`, sorted.
    pub fn words(&self, role: Role) -> Vec<&str> {
        let mut words: Vec<_> = self
            .words
            .iter()
            .filter(|(_, roles)| roles.has(role))
            .map(|(word, _)| &**word)
            .collect();
        words.sort_unstable();
        words
    }

    /// The pronoun that `word` (in lower case) is.
    pub fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PackFile {
        PackFile {
            path: "xx/grammar.toml".into(),
            text: text.to_owned().into(),
        }
    }

    fn grammar(text: &str) -> Grammar {
        let mut grammar = Grammar::default();
        grammar.merge(parse(&file(text)).unwrap());
        grammar
    }

    #[test]
    fn a_word_may_have_several_roles() {
        let grammar =
            grammar("[roles]\ncomitative = [\"dengan\"]\ninstrument = [\"dengan\", \"pakai\"]\n");
        assert!(grammar.has(Role::Comitative, "dengan"));
        assert!(grammar.has(Role::Instrument, "dengan"));
        assert!(!grammar.has(Role::Comitative, "pakai"));
        assert!(grammar.roles("meja").is_empty());
        assert_eq!(grammar.words(Role::Instrument), ["dengan", "pakai"]);
    }

    #[test]
    fn a_later_file_replaces_a_role_and_leaves_the_others() {
        let mut grammar = grammar("[roles]\nagent = [\"oleh\"]\nsource = [\"dari\"]\n");
        grammar.merge(parse(&file("[roles]\nagent = [\"dek\"]\n")).unwrap());
        assert!(grammar.has(Role::Agent, "dek"));
        assert!(!grammar.has(Role::Agent, "oleh"));
        assert!(grammar.has(Role::Source, "dari"));
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        let error = |text: &str| parse(&file(text)).unwrap_err().to_string();
        assert!(error("[roles]\nnegatoin = []\n").starts_with(
            "xx/grammar.toml:2:1: unknown role `negatoin`: take one of negation, negative-verb,"
        ));
        assert_eq!(
            error("[roles]\nnegation = [\"tidak\", \"Tidak\"]\n"),
            "xx/grammar.toml:2:22: `Tidak` has a capital: write it in lower case: it is looked up so"
        );
        assert_eq!(
            error("[[pronoun]]\nwords = [\"ia\", \"ia\"]\nis = { person = 3 }\n"),
            "xx/grammar.toml:2:16: `ia` is here twice: take one out"
        );
    }
}
