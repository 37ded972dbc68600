//! One file a command.

pub(crate) mod archive;
pub(crate) mod completions;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod feed;
pub(crate) mod man;
pub(crate) mod pack;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod schema;

pub(crate) use pack::thousands;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Some of it was done; the rest was named on standard error.
    Partly,
    /// Nothing could be done; what was wrong was named on standard error.
    Failed,
}

impl Outcome {
    /// The outcome of work on several things.
    pub(crate) fn of(done: usize, failed: usize) -> Self {
        match (done, failed) {
            (_, 0) => Self::Done,
            (0, _) => Self::Failed,
            _ => Self::Partly,
        }
    }
}
