//! `cargo xtask names`: from sets of named entities to a finder of names.

use std::fmt::Write as _;
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
    /// Sets to train on, named by their folder: a word and its label in IOB2 a line, or CoNLL-U with GUM's entities
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
        let sets = (self.sets.iter())
            .map(|path| read(path))
            .collect::<anyhow::Result<Vec<_>>>()?;
        ensure!(
            self.width >= 8 && self.width.is_multiple_of(2),
            "the width of a layer must be even, and 8 at least"
        );
        let followed = sets[0].name.clone();
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
        let seconds = start.elapsed().as_secs();
        tell(&format!("trained in {seconds} s"));
        let file = |path: &Path| {
            let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
            let name = path.file_name().unwrap_or_default();
            format!("{}/{}", folder.display(), name.display())
        };
        let sets: Vec<String> = self.sets.iter().map(|path| file(path)).collect();
        let mut card = format!(
            "# Model card: finder of names, `{}`\n\n\
             - Persons, organisations and places; part of `{0}.model`, on what its parser makes of words\n\
             - Trained on: {} (licences and credits: `NOTICE`); follows the habits of the first\n\
             - Settings: `{}`\n\
             - Trained in {seconds} s on one core\n\n\
             Names that are the same in words and kind, percent.\n\n\
             | test | names | found | F1 |\n| --- | --- | --- | --- |\n",
            self.language,
            sets.join(", "),
            format_args!(
                "epochs {}, width {}, layers {}, rate {}, dropout {} of the parser's values, {} of a layer, {} of the last, seed {}",
                settings.epochs,
                settings.width,
                settings.layers,
                settings.rate,
                settings.dropout_embedding,
                settings.dropout_layer,
                settings.dropout_tag,
                settings.seed
            ),
        );
        for path in &self.score {
            let set = read(path)?;
            let count = score_names(&mut model, &set);
            let name = file(path);
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

/// Reads a set in the form that its name tells.
fn read(path: &Path) -> anyhow::Result<NamedSet> {
    let text = fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
    let mut set = if path
        .extension()
        .is_some_and(|extension| extension == "conllu")
    {
        entities(&text)
    } else {
        labelled(path, &text)?
    };
    let folder = path.parent().and_then(Path::file_name);
    set.name = folder.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    ensure!(
        !set.sentences.is_empty(),
        "`{}` has no sentence",
        path.display()
    );
    Ok(set)
}

/// The names among the entities of a CoNLL-U file (GUM: `Entity=(GROUP-TYPE-...-MINSPAN-...`): of the outermost entities with a proper noun as
/// head, that noun and the proper nouns joined to it.
fn entities(text: &str) -> NamedSet {
    let mut set = NamedSet::default();
    for block in text.split("\n\n") {
        let rows: Vec<Vec<&str>> = (block.lines())
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|row| row.len() == 10 && row[0].bytes().all(|byte| byte.is_ascii_digit()))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut open: Vec<(&str, usize, usize)> = Vec::new();
        let mut spans: Vec<(&str, usize, usize, usize)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let told = row[9]
                .split('|')
                .find_map(|field| field.strip_prefix("Entity="));
            for part in told.unwrap_or_default().split_inclusive(['(', ')']) {
                let closes = part.ends_with(')');
                let fields: Vec<&str> = part.trim_matches(['(', ')']).split('-').collect();
                if fields.len() > 5 {
                    let first = fields[5]
                        .split(',')
                        .next()
                        .and_then(|head| head.parse().ok());
                    open.push((fields[1], at, at + first.unwrap_or(1) - 1));
                }
                if closes && let Some((kind, start, head)) = open.pop() {
                    spans.push((kind, start, at + 1, head));
                }
            }
        }
        spans.sort_by_key(|&(_, start, end, _)| (start, std::cmp::Reverse(end)));
        let proper = |at: usize| rows[at][3] == "PROPN";
        let mut names: Vec<Name> = Vec::new();
        for (kind, start, end, head) in spans {
            let Ok(kind) = kind.parse::<NameKind>() else {
                continue;
            };
            if head >= end || !proper(head) {
                continue;
            }
            let joins = |at: usize| matches!(rows[at][1], "of" | "the" | "-" | "and");
            let (mut first, mut last) = (head, head);
            while first > start
                && (proper(first - 1) || first - 1 > start && joins(first - 1) && proper(first - 2))
            {
                first -= 1;
            }
            while last + 1 < end
                && (proper(last + 1)
                    || last + 2 < end
                        && joins(last + 1)
                        && (proper(last + 2) || last + 3 < end && joins(last + 2)))
            {
                last += 1;
            }
            while !proper(last) {
                last -= 1;
            }
            if names.last().is_none_or(|name| name.words.end <= first) {
                names.push(Name {
                    words: first..last + 1,
                    kind,
                });
            }
        }
        set.sentences
            .push(rows.iter().map(|row| row[1].to_owned()).collect());
        set.names.push(names);
    }
    set
}

/// Reads a set in IOB2: `WORD<tab>LABEL`, or `NUMBER<tab>WORD<tab>LABEL...` with `#` before comments; an empty line ends a sentence.
fn labelled(path: &Path, text: &str) -> anyhow::Result<NamedSet> {
    let numbered = path
        .extension()
        .is_some_and(|extension| extension == "iob2");
    let mut set = NamedSet::default();
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
