//! What can be wrong with packs.

/// What is wrong with a pack: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of a pack says something that can't be.
    #[error("{file}:{line}:{column}: {message}: {advice}")]
    InFile {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1, in characters.
        column: u32,
        /// What is wrong.
        message: String,
        /// What to do.
        advice: String,
    },
    /// A pack has a file of no known kind.
    #[error(
        "{file}: no known kind of pack file: rename it to `pack.toml`, `calendar.toml`, `confidence.toml`, `cues.toml`, `grammar.toml`, \
         `segmentation.toml`, `events/*.toml` or `names/*.toml`, or take it out of the pack"
    )]
    UnknownFile {
        /// The file.
        file: String,
    },
    /// A pack has no `pack.toml`.
    #[error(
        "pack `{pack}`: no `pack.toml`: add one that gives its name, kind, version, licence, sources and description"
    )]
    NoManifest {
        /// The pack.
        pack: String,
    },
    /// Names that were compiled are not what was written.
    #[error("the compiled names of a pack are damaged: build the program anew")]
    Compiled,
    /// No pack for the language.
    #[error(
        "no pack for the language `{language}`: give one with `--pack`, or read in another language"
    )]
    NoLanguage {
        /// ISO 639-1 code.
        language: String,
    },
}
