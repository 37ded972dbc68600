//! A sentence's words with their tags, features, lemmas and heads, after Universal Dependencies version 2.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use saksi_text::Span;

macro_rules! tag_set {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are those of universaldependencies.org")]
        pub enum $name { $($variant),* }

        impl $name {
            /// All values, in alphabetical order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok(Self::$variant),)* _ => Err(()) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

tag_set! {
    /// Universal part-of-speech tags.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

tag_set! {
    /// Universal dependency relations, without subtypes.
    Deprel {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        Case = "case", Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", Conj = "conj",
        Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod",
        Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// A dependency relation with its subtype, if any: `nsubj:pass`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The universal relation.
    pub universal: Deprel,
    /// What follows the colon.
    pub subtype: Option<Arc<str>>,
}

impl Relation {
    /// Whether this is `universal` with any subtype or none.
    pub fn is(&self, universal: Deprel) -> bool {
        self.universal == universal
    }

    /// Whether the subtype is `name`.
    pub fn has_subtype(&self, name: &str) -> bool {
        self.subtype.as_deref() == Some(name)
    }
}

impl FromStr for Relation {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (universal, subtype) = match text.split_once(':') {
            Some((universal, subtype)) => (universal, Some(Arc::from(subtype))),
            None => (text, None),
        };
        Ok(Self {
            universal: universal.parse()?,
            subtype,
        })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.universal.as_str())?;
        match &self.subtype {
            Some(subtype) => write!(f, ":{subtype}"),
            None => Ok(()),
        }
    }
}

/// Morphological features in CoNLL-U order, `Number=Sing|Person=3`; empty where there are none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Features(Arc<str>);

impl Features {
    /// The features written as in CoNLL-U; `_` and the empty text are no features.
    pub fn new(text: &str) -> Self {
        Self(Arc::from(if text == "_" { "" } else { text }))
    }

    /// The value of the feature `name`: `features.get("Voice") == Some("Pass")`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .split('|')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// As in CoNLL-U, `_` for none.
    pub fn as_str(&self) -> &str {
        if self.0.is_empty() { "_" } else { &self.0 }
    }
}

/// A word of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub form: Box<str>,
    /// Dictionary form; for Indonesian the root, as the treebanks have it.
    pub lemma: Box<str>,
    /// Part of speech.
    pub upos: Upos,
    /// Morphological features.
    pub features: Features,
    /// Index of its head in [`Tree::words`]; `None` for the root.
    pub head: Option<usize>,
    /// Relation to its head.
    pub relation: Relation,
    /// Its letters in the text.
    pub span: Span,
}

/// The dependency tree of a sentence. Its words are those of the [`saksi_text::Sentence`] of the same index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The words, in the order of the text.
    words: Vec<Word>,
    /// Dependents of each word, in the order of the text.
    children: Vec<Vec<u32>>,
    root: usize,
}

impl Tree {
    /// A tree over `words`.
    ///
    /// Returns `None` unless the words are a tree: exactly one root, every head inside, no cycle.
    pub fn new(words: Vec<Word>) -> Option<Self> {
        let mut children = vec![Vec::new(); words.len()];
        let mut root = None;
        for (index, word) in words.iter().enumerate() {
            match word.head {
                None if root.is_none() => root = Some(index),
                None => return None,
                Some(head) => children.get_mut(head)?.push(index as u32),
            }
        }
        let tree = Self {
            words,
            children,
            root: root?,
        };
        (tree.subtree(tree.root).len() == tree.words.len()).then_some(tree)
    }

    /// The words, in the order of the text.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word at `index`.
    pub fn word(&self, index: usize) -> &Word {
        &self.words[index]
    }

    /// Index of the root.
    pub fn root(&self) -> usize {
        self.root
    }

    /// Index of the head of `index`; `None` for the root.
    pub fn head(&self, index: usize) -> Option<usize> {
        self.words[index].head
    }

    /// The dependents of `index`, in the order of the text.
    pub fn children(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[index].iter().map(|&child| child as usize)
    }

    /// The dependents of `index` with relation `universal` (any subtype), in the order of the text.
    pub fn children_by(&self, index: usize, universal: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children(index)
            .filter(move |&child| self.words[child].relation.is(universal))
    }

    /// `index` and all words below it, in the order of the text.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut next = 0;
        while next < found.len() && found.len() <= self.words.len() {
            found.extend(self.children(found[next]));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// `index`'s head, that head's head, and so on up to the root.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(index), |&at| self.head(at))
    }
}
