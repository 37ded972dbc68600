//! Housekeeping of the project: `cargo xtask --help`.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod confidence;
mod data;
mod names;
mod packs;
mod scores;
mod train;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Parser;

/// Housekeeping of the project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Task {
    Confidence(confidence::Confidence),
    Data(data::Data),
    Names(names::Names),
    /// Renew the list of the packs and models that are part of the program.
    Packs,
    Scores(scores::Scores),
    Train(train::Train),
}

fn main() -> anyhow::Result<()> {
    match Task::parse() {
        Task::Confidence(confidence) => confidence.run(),
        Task::Data(data) => data.run(),
        Task::Names(names) => names.run(),
        Task::Packs => packs::run(),
        Task::Scores(scores) => scores.run(),
        Task::Train(train) => train.run(),
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the repository")
        .to_owned()
}

/// Tells how work goes on, on standard error.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a line; who closed standard output does not want it.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
