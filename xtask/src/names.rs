//! `cargo xtask names`: from sets of named entities to a finder of names.

mod sets;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use saksi_syntax::Model;
use saksi_syntax::train::{NameCount, NameSettings, find_names, pass_parser, train_names};

use crate::{say, tell};

/// Trains the finder of names of a language, on what the shipped parser makes of words.
#[derive(Debug, clap::Args)]
pub(crate) struct Names {
    /// ISO 639-1 code of the language
    language: String,
    /// Sets to train on, named by their folder: a word and its label in IOB2 a line, or CoNLL-U with GUM's entities. `FILE=PER,LOC`
    /// tells which kinds of names a set has, where these are not all
    #[arg(required = true)]
    sets: Vec<String>,
    /// Sets to score on, each with the habits of the set of the same folder
    #[arg(long)]
    score: Vec<PathBuf>,
    /// Sets whose sentences are left out of training: sets may share a source
    #[arg(long)]
    without: Vec<PathBuf>,
    /// Passes over the data
    #[arg(long, default_value_t = 20)]
    epochs: usize,
    /// Words a step
    #[arg(long, default_value_t = 300)]
    batch: usize,
    /// Width of a word's embedding of its own
    #[arg(long, default_value_t = 48)]
    embedding: usize,
    /// How often a feature of words must occur to get an embedding
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Width of a layer, both directions together
    #[arg(long, default_value_t = 128)]
    width: usize,
    /// Layers
    #[arg(long, default_value_t = 2)]
    layers: usize,
    /// Share of the values of the parser's embeddings dropped
    #[arg(long, default_value_t = 0.2)]
    dropout_parser: f32,
    /// Share of the values of the parser's states dropped
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// Share of the values of its own embeddings dropped
    #[arg(long, default_value_t = 0.2)]
    dropout_own: f32,
    /// Share of a layer's values dropped
    #[arg(long, default_value_t = 0.2)]
    dropout_layer: f32,
    /// A form that occurred n times is read as one never seen with the chance `a / (a + n)`
    #[arg(long, default_value_t = 1.0)]
    word_dropout: f32,
    /// Highest learning rate
    #[arg(long, default_value_t = 2e-3)]
    rate: f32,
    /// Folder for the scored sets with the names that were found
    #[arg(long)]
    found: Option<PathBuf>,
    /// How often to time the finding of names in each scored set, by processor time where the system tells it; the fastest counts
    #[arg(long, default_value_t = 0)]
    rounds: usize,
    /// Where the shipped model goes with its new finder of names; the card goes beside it
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seed of all that is random
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Names {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let bytes = saksi_syntax::shipped(&self.language).context("no model of this language")?;
        let mut model = Model::from_bytes(bytes)?;
        let mut training = Vec::new();
        let mut without = sets::Sentences::default();
        for path in &self.without {
            without.add(&sets::read(path)?);
        }
        for set in &self.sets {
            let (path, told) = set.split_once('=').unwrap_or((set, "PER,ORG,LOC"));
            let told = told.split(',').map(|kind| {
                kind.parse()
                    .map_err(|()| anyhow::anyhow!("`{kind}` is no kind of names"))
            });
            let mut set = sets::read(Path::new(path))?;
            set.told = told.collect::<anyhow::Result<_>>()?;
            let left_out = without.leave_out_of(&mut set);
            if left_out > 0 {
                tell(&format!("{path}: {left_out} sentences left out"));
            }
            training.push(set);
        }
        ensure!(
            self.width >= 8 && self.width.is_multiple_of(2),
            "the width of a layer must be even, and 8 at least"
        );
        ensure!(self.embedding > 0, "an embedding has a value at least");
        let followed = training[0].name.clone();
        let settings = NameSettings {
            epochs: self.epochs,
            batch: self.batch,
            rate: self.rate,
            embedding: self.embedding,
            least: self.least,
            width: self.width,
            layers: self.layers,
            dropout_parser: self.dropout_parser,
            dropout_states: self.dropout,
            dropout_own: self.dropout_own,
            dropout_layer: self.dropout_layer,
            dropout_top: 0.3,
            word_dropout: self.word_dropout,
            seed: self.seed,
        };
        let start = Instant::now();
        train_names(&mut model, &training, &settings, |epoch, loss| {
            tell(&format!("pass {epoch}: {loss:.4}"));
        });
        let seconds = start.elapsed().as_secs();
        tell(&format!("trained in {seconds} s"));
        let file = |path: &Path| {
            let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
            let name = path.file_name().unwrap_or_default();
            format!("{}/{}", folder.display(), name.display())
        };
        let mut learned: Vec<String> = (self.sets.iter()).map(|set| file(Path::new(set))).collect();
        if !self.without.is_empty() {
            let without: Vec<String> = self.without.iter().map(|path| file(path)).collect();
            learned.push(format!("without the sentences of {}", without.join(", ")));
        }
        let mut card = format!(
            "# Model card: finder of names, `{}`\n\n\
             - Persons, organisations and places; part of `{0}.model`, on what its parser makes of words\n\
             - Trained on: {} (licences and credits: `NOTICE`); follows the habits of the first\n\
             - Settings: `{}`\n\
             - Trained in {seconds} s on one core\n\n\
             Names that are the same in words and kind, percent.\n\n\
             | test | names | found | F1 |\n| --- | --- | --- | --- |\n",
            self.language,
            learned.join(", "),
            format_args!(
                "epochs {}, batch {}, embedding {} of what occurs {} times, width {}, layers {}, rate {}, dropout {} of the parser's embeddings, {} of its states, {} of its own, {} of a layer, {} of the last, words {}, seed {}",
                settings.epochs,
                settings.batch,
                settings.embedding,
                settings.least,
                settings.width,
                settings.layers,
                settings.rate,
                settings.dropout_parser,
                settings.dropout_states,
                settings.dropout_own,
                settings.dropout_layer,
                settings.dropout_top,
                settings.word_dropout,
                settings.seed
            ),
        );
        for path in &self.score {
            let set = sets::read(path)?;
            let found = find_names(&mut model, &set);
            let count = NameCount::new(&set.names, &found);
            let name = file(path);
            if let Some(folder) = &self.found {
                sets::write(&folder.join(&set.name).with_extension("tsv"), &set, &found)?;
            }
            if self.rounds > 0 {
                let words: usize = set.sentences.iter().map(Vec::len).sum();
                let parser = fastest(self.rounds, || pass_parser(&model, &set));
                let all = fastest(self.rounds, || drop(find_names(&mut model, &set)));
                tell(&format!(
                    "{{\"set\": \"{}\", \"tokens\": {words}, \"seconds\": {all}, \"parser_seconds\": {parser}}}",
                    set.name
                ));
            }
            writeln!(
                card,
                "| {name} | {} | {} | {:.1} |",
                count.gold,
                count.found,
                count.f1()
            )?;
            say(&format!(
                "{}: F1 {:.1} of {} names, {} found",
                path.display(),
                count.f1(),
                count.gold,
                count.found
            ));
        }
        model.follow_names(&followed);
        if let Some(out) = &self.out {
            fs::write(out, model.to_bytes()).with_context(|| format!("`{}`", out.display()))?;
            let beside = out.with_extension("names.md");
            fs::write(&beside, card).with_context(|| format!("`{}`", beside.display()))?;
        }
        Ok(())
    }
}

/// Seconds of the fastest of some rounds.
fn fastest(rounds: usize, mut work: impl FnMut()) -> f64 {
    let clock = Instant::now();
    let now = || processor_seconds().unwrap_or_else(|| clock.elapsed().as_secs_f64());
    (0..rounds)
        .map(|_| {
            let start = now();
            work();
            now() - start
        })
        .fold(f64::INFINITY, f64::min)
}

/// Processor time of this process's first thread so far, where the system tells it.
fn processor_seconds() -> Option<f64> {
    let times = fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = times.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
