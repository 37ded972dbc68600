//! What ends the reading of one report, or of all.

use std::path::PathBuf;

/// Why no record could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The report is longer than [`MAX_REPORT_BYTES`](crate::MAX_REPORT_BYTES).
    #[error(
        "it is longer than {} MiB, the most that is read as one report; split it into its reports",
        crate::MAX_REPORT_BYTES >> 20
    )]
    TooLong,
    /// There is no text in the report.
    #[error("there is no text to read in it")]
    NoText,
    /// The report is not text at all.
    #[error("{0}; give the text of the report")]
    NotText(saksi_text::Warning),
    /// The language of the report has no pack.
    #[error(
        "this report is in {name} ({code}); there are packs for {known}; if it is in one of these, say so with `--lang`"
    )]
    Language {
        /// English name of the language.
        name: &'static str,
        /// ISO 639 code of the language.
        code: &'static str,
        /// The languages that have a pack.
        known: String,
    },
    /// The language of the report can't be told.
    #[error("the language of this report can't be told; name it with `--lang`, one of {known}")]
    NoLanguage {
        /// The languages that have a pack.
        known: String,
    },
    /// The language asked for has no pack.
    #[error(
        "there is no pack for the language `{asked}`; there are packs for {known}, and `--pack` adds others"
    )]
    NoPack {
        /// The language, as asked for.
        asked: String,
        /// The languages that have a pack.
        known: String,
    },
    /// The language has a pack but no model.
    #[error(
        "the pack for `{0}` has no model: put a file `syntax.model`, made by `cargo xtask train`, into it"
    )]
    NoModel(String),
    /// The model was not trained on the treebank.
    #[error("the model was not trained on a treebank `{asked}`; it was on {known}")]
    NoTreebank {
        /// The treebank, as asked for.
        asked: String,
        /// The treebanks that the model was trained on.
        known: String,
    },
    /// A date that is none.
    #[error("`{0}` is not a day; write it as YYYY-MM-DD, as in 2023-08-14")]
    Date(String),
    /// A file of a pack can't be read.
    #[error("could not read `{}`: {reason}", path.display())]
    PackFile {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A pack says how its language is written, wrongly.
    #[error(transparent)]
    Segmentation(#[from] saksi_text::Error),
    /// A pack says what words mean, wrongly.
    #[error(transparent)]
    Lexicon(#[from] saksi_lexicon::Error),
    /// A model can't be used.
    #[error(transparent)]
    Model(#[from] saksi_syntax::Error),
    /// A CoNLL-U file can't be read.
    #[error(transparent)]
    Conllu(#[from] saksi_syntax::conllu::Error),
    /// A program error, caught at the border of the report.
    #[error(
        "the program failed on this report ({0}); no other report is touched by it; please report it to saksi's developers"
    )]
    Fenced(String),
}
