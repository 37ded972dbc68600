//! Words that tell of saying, with their stance and what may be said after them (`cues.toml`).
//!
//! In: one [`PackFile`] after another. Out: [`Cues`], which finds a word's or phrase's entries by form and lemma. This
//! module never looks at a tree: whether a word tells of a saying in its sentence is for the reader to see.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use saksi_record::Stance;
use serde::Deserialize;
use toml::Spanned;

use crate::{Error, PackFile};

/// What one entry of `cues.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether the entry has the word of the file"
)]
pub struct Cue {
    /// The entry's name within its kind.
    pub id: Box<str>,
    /// Verb, noun, preposition or adverb.
    pub kind: CueKind,
    /// The stance of the source to what it says.
    pub stance: Stance,
    /// The stance where what is said has no doer of its own ("mengisyaratkan akan mengirim ...").
    pub open: Option<Stance>,
    /// The stance where the verb is negated ("tidak mengakui"), if it is another one.
    pub negated: Option<Stance>,
    /// What must follow for the word to tell of a saying.
    pub content: CueContent,
    /// Prepositions that may stand before a noun phrase that is said ("warned \[of\] ...").
    pub prepositions: Vec<Box<str>>,
    /// Words before what is said, besides those of all verbs ("membantah \[jika\] ...").
    pub complementisers: Vec<Box<str>>,
    /// What the verb has as object in another sense, so that nothing is said ("denied \[bail\]").
    pub other: Vec<Box<str>>,
    /// Whether it is an adjective, which needs a copula: "is \[confident\] that ...".
    pub adjective: bool,
    /// Whether its object is whom it is told ("told \[reporters\] that ...").
    pub addressee: bool,
    /// Whether one of `prepositions` must be there ("call \[for\]").
    pub required: bool,
    /// Whether the passive without a doer is a statement of nobody in particular ("diduga").
    pub agentless: bool,
    /// Whether nothing but a clause with a subject of its own tells of a saying, and none behind a comma: not "agreed to buy", "you
    /// know, ...", "believe what they hear".
    pub finite: bool,
    /// Whether it takes for true what follows, as to know or to show does: it never stands beside what is said ("..., he \[says\]").
    pub factive: bool,
}

/// What kind of word a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// "mengatakan", "say".
    Verb,
    /// "tuduhan", "claim".
    Noun,
    /// "menurut", "according to".
    Preposition,
    /// "konon", "reportedly".
    Adverb,
}

/// What must follow for a verb to tell of a saying; each kind allows those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueContent {
    /// A quotation, or what the verb stands beside ("..., lanjut dia").
    Quote,
    /// A clause.
    #[default]
    Clause,
    /// A noun of saying ("menolak tuduhan itu").
    Said,
    /// A noun with what is said of it ("menyebut latihan itu sebagai praktik invasi").
    Predication,
    /// Any noun.
    Noun,
}

/// In what shape a cue verb stands in the text, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueForm {
    /// A form of the active.
    Active,
    /// A form of the passive.
    Passive,
    /// A form that follows what is said ("..., kata Budi").
    Bare,
    /// The active in the style of headlines ("Kapolda Bantah ...").
    Headline,
    /// The form doesn't tell.
    Any,
}

/// The words of saying of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cues {
    entries: BTreeMap<Key, (Cue, Forms)>,
    by_word: FxHashMap<Box<str>, Vec<(Key, CueForm)>>,
    by_first_word: FxHashMap<Box<str>, Vec<(Phrase, Key)>>,
    /// Words that open a clause that is said and are no part of it: "bahwa", "that".
    pub complementisers: Vec<Box<str>>,
    /// Words before a cue that make the clause around it what is said: "\[seperti\] dilaporkan ...".
    pub as_words: Vec<Box<str>>,
    /// Those of them that look back: what is said stands before, "\[demikian\] dilaporkan ...".
    pub thus: Vec<Box<str>>,
    /// A verb and the word by which it tells that somebody's words follow: "be like".
    pub quotatives: Vec<Box<str>>,
    /// Nouns for the source's own will: "tujuan", "intention".
    pub intentions: Vec<Box<str>>,
    /// Prepositions before whom it is told: "kepada", "to".
    pub addressing: Vec<Box<str>>,
}

/// An entry's kind and name.
type Key = (CueKind, Box<str>);

/// The words of a phrase.
type Phrase = Vec<Box<str>>;

/// The words of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Forms(Vec<(Box<str>, CueForm)>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    complementisers: Vec<Box<str>>,
    #[serde(default)]
    thus: Vec<Box<str>>,
    #[serde(default)]
    quotatives: Vec<Box<str>>,
    #[serde(default)]
    addressing: Vec<Box<str>>,
    /// What the passive begins with and the active of headlines lacks: "[di]bantah".
    #[serde(default)]
    headline: Option<Box<str>>,
    #[serde(default, rename = "as")]
    as_words: Vec<Box<str>>,
    #[serde(default)]
    intentions: Vec<Box<str>>,
    #[serde(default)]
    verb: BTreeMap<Box<str>, Spanned<VerbEntry>>,
    #[serde(default)]
    noun: BTreeMap<Box<str>, NounEntry>,
    #[serde(default)]
    preposition: BTreeMap<Box<str>, Spanned<PhraseEntry>>,
    #[serde(default)]
    adverb: BTreeMap<Box<str>, Spanned<PhraseEntry>>,
}

#[expect(clippy::struct_excessive_bools, reason = "as in the file")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbEntry {
    #[serde(default)]
    forms: Vec<Box<str>>,
    #[serde(default)]
    active: Vec<Box<str>>,
    #[serde(default)]
    passive: Vec<Box<str>>,
    #[serde(default)]
    bare: Vec<Box<str>>,
    #[serde(default = "assert")]
    stance: Stance,
    #[serde(default)]
    open: Option<Stance>,
    #[serde(default)]
    negated: Option<Stance>,
    #[serde(default)]
    content: CueContent,
    #[serde(default)]
    prepositions: Vec<Box<str>>,
    #[serde(default)]
    complementisers: Vec<Box<str>>,
    #[serde(default)]
    other: Vec<Box<str>>,
    #[serde(default)]
    adjective: bool,
    #[serde(default)]
    addressee: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    agentless: bool,
    #[serde(default)]
    finite: bool,
    #[serde(default)]
    factive: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounEntry {
    #[serde(default)]
    forms: Vec<Box<str>>,
    #[serde(default = "assert")]
    stance: Stance,
    #[serde(default)]
    open: Option<Stance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseEntry {
    words: Vec<Box<str>>,
    #[serde(default = "assert")]
    stance: Stance,
}

fn assert() -> Stance {
    Stance::Assert
}

/// Reads a `cues.toml`.
///
/// # Errors
///
/// Where it is no TOML, has unknown fields or values, or an entry without words.
pub fn parse(file: &PackFile) -> Result<Cues, Error> {
    let content: File = file.read()?;
    let mut cues = Cues {
        complementisers: content.complementisers,
        as_words: content.as_words,
        thus: content.thus,
        quotatives: content.quotatives,
        intentions: content.intentions,
        addressing: content.addressing,
        ..Cues::default()
    };
    for (id, entry) in content.verb {
        let span = entry.span();
        let entry = entry.into_inner();
        if entry.required && entry.prepositions.is_empty() {
            return Err(file.error(
                span,
                format!("verb `{id}` requires a preposition and names none"),
                "add `prepositions`, or take `required` out",
            ));
        }
        let told = [
            (entry.active, CueForm::Active),
            (entry.passive, CueForm::Passive),
            (entry.bare, CueForm::Bare),
            (entry.forms, CueForm::Any),
        ];
        let mut forms: Vec<_> = told
            .into_iter()
            .flat_map(|(words, form)| words.into_iter().map(move |word| (word, form)))
            .collect();
        if let Some(prefix) = &content.headline {
            let passives = forms.iter().filter(|(_, form)| *form == CueForm::Passive);
            let stems = passives.filter_map(|(word, _)| word.strip_prefix(&**prefix));
            let headlines: Vec<_> = (stems.filter(|stem| !stem.is_empty()))
                .map(|stem| (stem.into(), CueForm::Headline))
                .collect();
            forms.extend(headlines);
        }
        if forms.iter().all(|(_, form)| *form == CueForm::Any) && !id.contains(' ') {
            forms.push((id.clone(), CueForm::Any));
        }
        let cue = Cue {
            id,
            kind: CueKind::Verb,
            stance: entry.stance,
            open: entry.open,
            negated: entry.negated,
            content: entry.content,
            prepositions: entry.prepositions,
            complementisers: entry.complementisers,
            other: entry.other,
            adjective: entry.adjective,
            addressee: entry.addressee,
            required: entry.required,
            agentless: entry.agentless,
            finite: entry.finite,
            factive: entry.factive,
        };
        cues.add(cue, Forms(forms));
    }
    for (id, entry) in content.noun {
        let mut words = entry.forms;
        if !words.contains(&id) {
            words.push(id.clone());
        }
        let forms = words.into_iter().map(|word| (word, CueForm::Any)).collect();
        cues.add(
            plain(id, CueKind::Noun, entry.stance, entry.open),
            Forms(forms),
        );
    }
    let phrases = [
        (content.preposition, CueKind::Preposition),
        (content.adverb, CueKind::Adverb),
    ];
    for (entries, kind) in phrases {
        for (id, entry) in entries {
            let span = entry.span();
            let entry = entry.into_inner();
            if entry.words.iter().all(|phrase| phrase.trim().is_empty()) {
                return Err(file.error(
                    span,
                    format!("`{id}` has no words"),
                    "add them to `words`",
                ));
            }
            let forms = entry
                .words
                .into_iter()
                .map(|words| (words, CueForm::Any))
                .collect();
            cues.add(plain(id, kind, entry.stance, None), Forms(forms));
        }
    }
    cues.index();
    Ok(cues)
}

fn plain(id: Box<str>, kind: CueKind, stance: Stance, open: Option<Stance>) -> Cue {
    Cue {
        id,
        kind,
        stance,
        open,
        negated: None,
        content: CueContent::Clause,
        prepositions: Vec::new(),
        complementisers: Vec::new(),
        other: Vec::new(),
        adjective: false,
        addressee: false,
        required: false,
        agentless: false,
        finite: false,
        factive: false,
    }
}

impl Cues {
    /// Lays `later` over these cues: its entries replace those of the same kind and name, its word lists are added.
    pub fn merge(&mut self, later: Self) {
        self.entries.extend(later.entries);
        let lists = [
            (&mut self.complementisers, later.complementisers),
            (&mut self.as_words, later.as_words),
            (&mut self.thus, later.thus),
            (&mut self.quotatives, later.quotatives),
            (&mut self.intentions, later.intentions),
            (&mut self.addressing, later.addressing),
        ];
        for (mine, more) in lists {
            for word in more {
                if !mine.contains(&word) {
                    mine.push(word);
                }
            }
        }
        self.index();
    }

    fn add(&mut self, cue: Cue, forms: Forms) {
        self.entries
            .insert((cue.kind, cue.id.clone()), (cue, forms));
    }

    fn index(&mut self) {
        self.by_word.clear();
        self.by_first_word.clear();
        for (key, (_, forms)) in &self.entries {
            for (words, form) in &forms.0 {
                let split: Phrase = words.split_whitespace().map(Box::from).collect();
                match key.0 {
                    CueKind::Verb | CueKind::Noun => {
                        let entries = self.by_word.entry(words.clone()).or_default();
                        entries.push((key.clone(), *form));
                    }
                    CueKind::Preposition | CueKind::Adverb => {
                        if let Some(first) = split.first().cloned() {
                            let phrases = self.by_first_word.entry(first).or_default();
                            phrases.push((split, key.clone()));
                        }
                    }
                }
            }
        }
    }

    /// The verbs and nouns of saying that have `form` or, where the entry doesn't tell forms apart, `lemma` (both lower-case),
    /// in the order of their names.
    pub fn find<'c>(
        &'c self,
        form: &str,
        lemma: &str,
    ) -> impl Iterator<Item = (&'c Cue, CueForm)> + use<'c> {
        let by_form = self.by_word.get(form);
        let by_lemma = (form != lemma).then(|| self.by_word.get(lemma)).flatten();
        let by_lemma = by_lemma
            .into_iter()
            .flatten()
            .filter(|(_, form)| *form == CueForm::Any);
        by_form
            .into_iter()
            .flatten()
            .chain(by_lemma)
            .filter_map(|(key, form)| Some((&self.entries.get(key)?.0, *form)))
    }

    /// The longest preposition or adverb phrase of saying that `words` (lower-case) begin with, and of how many words it is.
    pub fn phrase(&self, words: &[&str]) -> Option<(&Cue, usize)> {
        let phrases = self.by_first_word.get(*words.first()?)?;
        let (phrase, key) = phrases
            .iter()
            .filter(|(phrase, _)| {
                phrase.len() <= words.len()
                    && phrase
                        .iter()
                        .zip(words)
                        .all(|(one, other)| **one == **other)
            })
            .max_by_key(|(phrase, _)| phrase.len())?;
        Some((&self.entries.get(key)?.0, phrase.len()))
    }

    /// Whether `form` or `lemma` (lower-case) is a noun of saying.
    pub fn is_noun(&self, form: &str, lemma: &str) -> bool {
        self.find(form, lemma)
            .any(|(cue, _)| cue.kind == CueKind::Noun)
    }

    /// The entries, by kind and name.
    pub fn entries(&self) -> impl Iterator<Item = &Cue> {
        self.entries.values().map(|(cue, _)| cue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &'static str) -> PackFile {
        PackFile {
            path: "xx/cues.toml".into(),
            text: text.into(),
        }
    }

    #[test]
    fn finds_by_form_and_by_lemma() {
        let cues = parse(&file(
            "[verb]\nsay = {}\nlapor = { active = [\"melaporkan\"], passive = [\"dilaporkan\"], agentless = true }\n\
             [preposition]\nto = { words = [\"according to\"] }\n",
        ))
        .unwrap();
        let (say, form) = cues.find("said", "say").next().unwrap();
        assert_eq!((&*say.id, form), ("say", CueForm::Any));
        let (report, form) = cues.find("dilaporkan", "lapor").next().unwrap();
        assert_eq!((&*report.id, form), ("lapor", CueForm::Passive));
        assert!(cues.find("lapor", "lapor").next().is_none());
        let (phrase, words) = cues.phrase(&["according", "to", "them"]).unwrap();
        assert_eq!((&*phrase.id, words), ("to", 2));
        assert!(cues.phrase(&["according"]).is_none());
    }

    #[test]
    fn headlines_have_the_passive_without_its_prefix() {
        let cues = parse(&file(
            "headline = \"di\"\n[verb]\nbantah = { active = [\"membantah\"], passive = [\"dibantah\"], bare = [\"bantah\"] }\n",
        ))
        .unwrap();
        let forms: Vec<CueForm> = cues
            .find("bantah", "bantah")
            .map(|(_, form)| form)
            .collect();
        assert_eq!(forms, [CueForm::Bare, CueForm::Headline]);
    }

    #[test]
    fn the_packs_of_the_house_are_right() {
        for (path, text) in [
            ("id/cues.toml", include_str!("../../../packs/id/cues.toml")),
            ("en/cues.toml", include_str!("../../../packs/en/cues.toml")),
        ] {
            let file = PackFile {
                path: path.into(),
                text: text.into(),
            };
            let cues = parse(&file).unwrap();
            assert!(cues.entries().count() > 60, "{path}");
        }
    }

    #[test]
    fn later_entries_replace_earlier_ones_of_the_same_name() {
        let mut cues = parse(&file("[verb]\nfind = {}\nsay = {}\n")).unwrap();
        cues.merge(parse(&file("[verb]\nfind = { stance = \"estimate\" }\n")).unwrap());
        let (find, _) = cues.find("find", "find").next().unwrap();
        assert_eq!(find.stance, Stance::Estimate);
        assert_eq!(cues.find("find", "find").count(), 1);
        assert_eq!(cues.entries().count(), 2);
    }

    #[test]
    fn errors_name_line_and_column() {
        let error = parse(&file("[verb]\nsay = { stanse = \"deny\" }\n")).unwrap_err();
        assert!(error.to_string().starts_with("xx/cues.toml:2:"), "{error}");
        let error = parse(&file("[verb]\ncall = { required = true }\n")).unwrap_err();
        assert!(
            error.to_string().contains("requires a preposition"),
            "{error}"
        );
    }
}
