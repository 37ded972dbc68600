//! CoNLL-U, the exchange format of treebanks (<https://universaldependencies.org/format.html>).
//!
//! In: the text of a CoNLL-U file, or a [`Parsed`](crate::Parsed) report. Out: [`Sentence`]s with every column as written, a
//! report rebuilt from them ([`to_segmented`], [`to_parsed`]), or the text of a file ([`write()`]).
//! Bad input is an [`Error`] that names its line. Empty nodes (`8.1`) are passed over; column DEPS is kept as
//! text and never looked into. This module never opens a file.
//!
//! ```
//! let file = "# text = Kapal berlayar.\n\
//!             1\tKapal\tkapal\tNOUN\t_\t_\t2\tnsubj\t_\t_\n\
//!             2\tberlayar\tlayar\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
//!             3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n";
//! let sentences = saksi_syntax::conllu::read(file)?;
//! assert_eq!(sentences[0].comment("text"), Some("Kapal berlayar."));
//! let report = saksi_syntax::conllu::to_segmented(&sentences, "id");
//! assert_eq!(report.text, "Kapal berlayar.");
//! # Ok::<(), saksi_syntax::conllu::Error>(())
//! ```

mod reader;
mod rebuild;
mod writer;

pub use reader::read;
pub use rebuild::{to_parsed, to_segmented};
pub use writer::write;

/// A sentence as a CoNLL-U file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Line of the file on which it begins, counted from 1.
    pub line: usize,
    /// Its comments in order, without the `#` and the blanks around them.
    pub comments: Vec<String>,
    /// Its words in order; the word at index `i` has the id `i + 1`.
    pub words: Vec<Row>,
    /// Its multiword tokens in order; they don't overlap.
    pub multiword: Vec<Multiword>,
}

/// The line of a word. Columns are as written: `_` stays `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sentence, from 1.
    pub id: usize,
    /// The word as written.
    pub form: Box<str>,
    /// Dictionary form.
    pub lemma: Box<str>,
    /// Universal part of speech.
    pub upos: Box<str>,
    /// The treebank's own part of speech.
    pub xpos: Box<str>,
    /// Morphological features.
    pub feats: Box<str>,
    /// Id of the head; 0 for the root, `None` where the file has `_`.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: Box<str>,
    /// Enhanced dependencies.
    pub deps: Box<str>,
    /// Anything else, such as `SpaceAfter=No`.
    pub misc: Box<str>,
}

/// The line of a token that holds several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Id of its first word.
    pub first: usize,
    /// Id of its last word.
    pub last: usize,
    /// The token as written.
    pub form: Box<str>,
    /// Anything else, such as `SpaceAfter=No`.
    pub misc: Box<str>,
}

/// A token as written: a word of its own or a multiword token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surface<'a> {
    /// The token as written.
    pub form: &'a str,
    /// Index of its first word in [`Sentence::words`].
    pub first: usize,
    /// How many words it holds.
    pub words: usize,
    /// Whether a space follows.
    pub space_after: bool,
}

impl Sentence {
    /// The value of the comment `# key = value`, if there is one.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|comment| {
            let (name, value) = comment.split_once('=')?;
            (name.trim() == key).then(|| value.trim())
        })
    }

    /// The tokens as written, in order.
    pub fn tokens(&self) -> impl Iterator<Item = Surface<'_>> {
        let mut multiword = self.multiword.iter().peekable();
        let mut next = 0;
        std::iter::from_fn(move || {
            let word = self.words.get(next)?;
            let first = next;
            if let Some(token) = multiword.next_if(|token| token.first == word.id) {
                next = token.last;
                return Some(Surface {
                    form: &token.form,
                    first,
                    words: next - first,
                    space_after: space_after(&token.misc),
                });
            }
            next += 1;
            Some(Surface {
                form: &word.form,
                first,
                words: 1,
                space_after: space_after(&word.misc),
            })
        })
    }
}

fn space_after(misc: &str) -> bool {
    !misc.split('|').any(|pair| pair == "SpaceAfter=No")
}

/// What is wrong with a CoNLL-U file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A line that is neither a comment nor ten columns.
    #[error("line {line}: expected 10 columns separated by tabs, found {found}")]
    Columns {
        /// Line, counted from 1.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// An id that isn't the one that must follow.
    #[error("line {line}: id `{id}` is out of order; expected {expected}")]
    Id {
        /// Line, counted from 1.
        line: usize,
        /// The id as written.
        id: String,
        /// The next word's id.
        expected: usize,
    },
    /// A multiword token that reaches past the end of its sentence.
    #[error("line {line}: the multiword token `{id}` holds words that the sentence doesn't have")]
    Range {
        /// Line, counted from 1.
        line: usize,
        /// The range as written.
        id: String,
    },
    /// A word or token without letters.
    #[error("line {line}: the form is empty; write `_` for an unknown one")]
    Form {
        /// Line, counted from 1.
        line: usize,
    },
    /// A head that isn't a word of the sentence.
    #[error(
        "line {line}: head `{head}` is no word of the sentence; expected 0 to its last id, or `_`"
    )]
    Head {
        /// Line, counted from 1.
        line: usize,
        /// The head as written.
        head: String,
    },
    /// Comments that no word follows.
    #[error("line {line}: a sentence without words; remove its comments or add its words")]
    Empty {
        /// Line of its first comment, counted from 1.
        line: usize,
    },
    /// A part of speech or relation that Universal Dependencies doesn't have.
    #[error("line {line}: `{value}` is no {kind} of Universal Dependencies 2")]
    Unknown {
        /// Line on which the sentence begins, counted from 1.
        line: usize,
        /// `part of speech` or `relation`.
        kind: &'static str,
        /// As written.
        value: String,
    },
    /// Heads that don't make a tree.
    #[error(
        "line {line}: the heads of this sentence are no tree; it needs exactly one root and no cycle"
    )]
    Tree {
        /// Line on which the sentence begins, counted from 1.
        line: usize,
    },
}
