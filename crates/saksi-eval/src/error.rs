//! What ends an evaluation: a file that is not what it should be.

/// Why gold, a record or an earlier evaluation can't be used. Who opened the file names it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A field of gold is missing or wrong.
    #[error("`{field}`: {what}")]
    Gold {
        /// The field, by its way from the root: `events[3].at`.
        field: String,
        /// What is wrong, and what to write.
        what: String,
    },
    /// Gold that is no JSON.
    #[error("this is no JSON: {0}")]
    Json(serde_json::Error),
    /// What was found is not in the form of a record.
    #[error("this is no record: {0}")]
    Record(serde_json::Error),
    /// An earlier evaluation is not one.
    #[error(
        "this is no evaluation: {0}; make one with `saksi eval --format json GOLD > evaluation.json`"
    )]
    Evaluation(serde_json::Error),
    /// An earlier evaluation is of another format.
    #[error("this is an evaluation of the format `{0}`; this program reads `{SCHEMA}`: make it anew", SCHEMA = crate::SCHEMA)]
    Schema(String),
}
