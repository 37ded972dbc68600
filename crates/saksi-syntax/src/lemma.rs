//! The dictionary form of a word.
//!
//! In: a word form with its part of speech and features. Out: its lemma. What the treebanks show is kept as a table of edits
//! (drop and add letters at both ends), by whole word where endings don't tell, else by ending, the longest known one first; words
//! of an affixing language that no treebank shows go to the [`Analyser`], so that `memproduksi` gives `produksi`. Nothing here looks at
//! the neighbours of a word, and no input makes it fail.
//!
//! ```
//! use saksi_syntax::lemma::{Example, Lemmatiser, Settings};
//! use saksi_syntax::{Features, Upos};
//!
//! let plural = Features::new("Number=Plur");
//! let nouns = [("ships", "ship"), ("guns", "gun"), ("men", "man")];
//! let examples = nouns.map(|(form, lemma)| Example { form, upos: Upos::Noun, features: &plural, lemma, weight: 1 });
//! let lemmatiser = Lemmatiser::train(examples, Settings::default());
//! assert_eq!(&*lemmatiser.lemma("Men", Upos::Noun, &plural), "man");
//! assert_eq!(&*lemmatiser.lemma("drones", Upos::Noun, &plural), "drone");
//! ```

mod bytes;
mod edit;
mod roots;
mod table;
mod training;

use edit::Edit;
use table::{Shape, Table};

use crate::morphology::{Analyser, Analysis, Roots};
use crate::{Features, Upos};

pub use bytes::Error;

/// A word of a treebank.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// As written.
    pub form: &'a str,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub features: &'a Features,
    /// Its lemma; `_` where the treebank has none.
    pub lemma: &'a str,
    /// How much it counts: more for a treebank made by hand than for one made by rules.
    pub weight: u32,
}

/// How a lemmatiser is trained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether lemmas are the roots of the affixing language that [`Analyser`] knows, and unknown words go to it.
    pub analyser: bool,
}

/// Finds lemmas.
#[derive(Debug, Clone)]
pub struct Lemmatiser {
    edits: Vec<Edit>,
    table: Table,
    analyser: Option<Analyser>,
}

impl Lemmatiser {
    /// Learns from `examples`; those without a lemma (`_`) teach roots at most.
    pub fn train<'a>(examples: impl IntoIterator<Item = Example<'a>>, settings: Settings) -> Self {
        training::train(examples, settings)
    }

    /// The lemma of `form`; where nothing is known, the form in lower case (names as they are).
    pub fn lemma(&self, form: &str, upos: Upos, features: &Features) -> Box<str> {
        self.lemma_inflected(form, upos, table::inflection(features))
    }

    fn lemma_inflected(&self, form: &str, upos: Upos, inflection: u64) -> Box<str> {
        let shape = Shape::of(form);
        let lower;
        let lowered = if shape == Shape::Lower {
            form
        } else {
            lower = form.to_lowercase();
            &lower
        };
        let word = self.table.word(lowered, shape, upos, inflection);
        if let Some(lemma) = word.and_then(|edit| self.edit(edit, form, lowered)) {
            return lemma;
        }
        if let Some(analyser) = &self.analyser
            && is_analysed(upos)
        {
            return analyser.analyse_tagged(lowered, upos).root;
        }
        self.table
            .ending(lowered, shape, upos, inflection)
            .and_then(|edit| self.edit(edit, form, lowered))
            .unwrap_or_else(|| unknown(form, lowered, upos))
    }

    /// The morphemes of `form`, if the language has an analyser: those that lead to its lemma, if any do.
    pub fn analyse(&self, form: &str, upos: Upos, features: &Features) -> Option<Analysis> {
        let analyser = self.analyser.as_ref()?;
        let lemma = self.lemma(form, upos, features);
        Some(
            analyser
                .analyse_as(form, &lemma)
                .unwrap_or_else(|| analyser.analyse_tagged(form, upos)),
        )
    }

    /// The analyser with the language's roots, if it has one.
    pub fn analyser(&self) -> Option<&Analyser> {
        self.analyser.as_ref()
    }

    /// Adds roots, such as those of a pack, to the analyser; does nothing for a language without one.
    pub fn extend_roots(&mut self, roots: Roots) {
        if let Some(analyser) = &mut self.analyser {
            analyser.extend(roots);
        }
    }

    fn edit(&self, edit: u16, form: &str, lowered: &str) -> Option<Box<str>> {
        self.edits.get(usize::from(edit))?.apply(form, lowered)
    }
}

/// Words that have affixes; names, signs and foreign words don't.
fn is_analysed(upos: Upos) -> bool {
    !matches!(upos, Upos::Propn | Upos::Punct | Upos::Sym | Upos::X)
}

fn unknown(form: &str, lowered: &str, upos: Upos) -> Box<str> {
    if matches!(upos, Upos::Propn | Upos::X | Upos::Sym | Upos::Punct) {
        form.into()
    } else {
        lowered.into()
    }
}
