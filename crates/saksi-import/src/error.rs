//! What ends an import.

use std::io;
use std::path::PathBuf;

use saksi_lexicon::gazetteer::GazetteerError;

/// Why no pack could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes can't be read to their end.
    #[error(
        "could not be read to its end ({0}); if it was fetched or unpacked only in part, do that again"
    )]
    Read(#[from] io::Error),
    /// They are packed in a way that is not unpacked here.
    #[error(
        "it is packed with {0}: unpack it, or pipe it in (`{1} FILE | saksi pack import - --into PACK`)"
    )]
    Packed(&'static str, &'static str),
    /// What they are can't be told.
    #[error(
        "this is no table with a known row of headings, no FollowTheMoney entities and no Wikidata dump ({0}); if it is one of them, say so \
         with `--format csv`, `ftm` or `wikidata`"
    )]
    Format(&'static str),
    /// A table whose columns say too little.
    #[error("{0}")]
    Columns(String),
    /// There is nothing in it that a pack could know.
    #[error(
        "there is nothing in it that a pack could know by name; what was in the folder is as it was"
    )]
    Nothing,
    /// The folder can't be read or written.
    #[error("`{}`: {doing}: {reason}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system says.
        reason: io::Error,
    },
    /// The folder holds something else.
    #[error(
        "`{}` holds `{file}`, which no import made: choose another folder; own names go into a pack of their own, since `saksi read` takes \
         several (`--pack ONE --pack OTHER`)", path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        file: String,
    },
    /// Another import into that folder goes on.
    #[error("another import into `{}` is at work: wait for its end", .0.display())]
    Busy(PathBuf),
    /// Too much for a gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
}
