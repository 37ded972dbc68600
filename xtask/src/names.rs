//! `cargo xtask names`: from sets of named entities to a finder of names.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use saksi_syntax::train::{NamedSet, Settings, score_names, train_names};
use saksi_syntax::{Model, Name, NameKind};

use crate::{say, tell};

/// Trains the finder of names of a language, on what the shipped parser makes of words.
#[derive(Debug, clap::Args)]
pub(crate) struct Names {
    /// ISO 639-1 code of the language
    language: String,
    /// Sets to train on: a word and its label in IOB2 a line, named by their folder
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Sets to score on, each with the habits of the set of the same folder
    #[arg(long)]
    score: Vec<PathBuf>,
    /// Passes over the data
    #[arg(long, default_value_t = 20)]
    epochs: usize,
    /// Width of a layer, both directions together
    #[arg(long, default_value_t = 128)]
    width: usize,
    /// Layers
    #[arg(long, default_value_t = 2)]
    layers: usize,
    /// Share of the parser's values dropped
    #[arg(long, default_value_t = 0.3)]
    dropout: f32,
    /// Highest learning rate
    #[arg(long, default_value_t = 2e-3)]
    rate: f32,
    /// Where the shipped model goes with its new finder of names
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
        let sets = (self.sets.iter())
            .map(|path| read(path))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let settings = Settings {
            epochs: self.epochs,
            batch: 300,
            rate: self.rate,
            width: self.width,
            layers: self.layers,
            dropout_embedding: self.dropout,
            dropout_layer: 0.2,
            dropout_tag: 0.3,
            seed: self.seed,
            ..Settings::default()
        };
        let start = Instant::now();
        train_names(&mut model, &sets, &settings, |epoch, loss| {
            tell(&format!("pass {epoch}: {loss:.4}"));
        });
        tell(&format!("trained in {} s", start.elapsed().as_secs()));
        for path in &self.score {
            let set = read(path)?;
            let count = score_names(&mut model, &set);
            say(&format!(
                "{}: F1 {:.1} of {} names, {} found",
                path.display(),
                count.f1(),
                count.gold,
                count.found
            ));
        }
        model.follow_names(&sets[0].name);
        if let Some(out) = &self.out {
            fs::write(out, model.to_bytes()).with_context(|| format!("`{}`", out.display()))?;
        }
        Ok(())
    }
}

/// Reads a set in IOB2: `WORD<tab>LABEL`, or `NUMBER<tab>WORD<tab>LABEL...` with `#` before comments; an empty line ends a sentence.
fn read(path: &Path) -> anyhow::Result<NamedSet> {
    let text = fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
    let numbered = path
        .extension()
        .is_some_and(|extension| extension == "iob2");
    let name = (path.parent().and_then(Path::file_name))
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut set = NamedSet {
        name,
        ..NamedSet::default()
    };
    let (mut words, mut names): (Vec<String>, Vec<Name>) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.trim().is_empty() {
            if !words.is_empty() {
                set.sentences.push(std::mem::take(&mut words));
                set.names.push(std::mem::take(&mut names));
            }
            continue;
        }
        if numbered && line.starts_with('#') {
            continue;
        }
        let mut fields = line.split('\t').skip(usize::from(numbered));
        let (Some(word), Some(label)) = (fields.next(), fields.next()) else {
            anyhow::bail!("`{}`, line {}: no label", path.display(), number + 1);
        };
        let at = words.len();
        words.push(word.to_owned());
        let Some((part, kind)) = label.split_once('-') else {
            continue;
        };
        let Ok(kind) = kind.parse::<NameKind>() else {
            continue;
        };
        match names.last_mut() {
            Some(last) if part == "I" && last.words.end == at && last.kind == kind => {
                last.words.end = at + 1;
            }
            _ => names.push(Name {
                words: at..at + 1,
                kind,
            }),
        }
    }
    ensure!(
        !set.sentences.is_empty(),
        "`{}` has no sentence",
        path.display()
    );
    Ok(set)
}
