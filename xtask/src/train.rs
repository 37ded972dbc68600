//! `cargo xtask train`: from treebanks to a model and its card.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, bail, ensure};
use saksi_syntax::train::brackets::{self, Bracketed};
use saksi_syntax::train::{
    Accuracy, CORE, Corpus, Likeness, Settings, Teachers, Treebank, Trust, accuracy, lemmatiser,
    liken, likenesses, name_complements,
};
use saksi_syntax::{Model, Parser, conllu};

/// Trains the tagger, lemmatiser and parser of a language.
#[derive(Debug, clap::Args)]
pub(crate) struct Train {
    /// ISO 639-1 code of the language
    language: String,
    /// Treebanks to train on (CoNLL-U); the files of one treebank are joined by `+`
    #[arg(required = true)]
    treebanks: Vec<String>,
    /// Treebank whose habits the model follows unless told otherwise, counted from 0
    #[arg(long, default_value_t = 0)]
    follow: usize,
    /// Treebanks to score on
    #[arg(long)]
    score: Vec<PathBuf>,
    /// First models that annotate sentences which are annotated otherwise; none unless told
    #[arg(long, default_value_t = 0)]
    teachers: usize,
    /// Passes over the data for a teacher
    #[arg(long, default_value_t = 16)]
    teacher_epochs: usize,
    /// Treebank, counted from 0, that gets more sentences: all others' with trees in its habits
    #[arg(long)]
    teach: Vec<usize>,
    /// How much a head of another treebank counts, in natural logarithms of likelihood
    #[arg(long, default_value_t = 1.5)]
    trust: f32,
    /// `FROM:TO`, two treebanks counted from 0: where TO is taught, tags and relations of FROM count as well, as they mean the same
    #[arg(long, value_parser = pair)]
    kin: Vec<(usize, usize)>,
    /// How much they count
    #[arg(long, default_value_t = 3.0)]
    trust_kin: f32,
    /// How often the own sentences of a taught treebank count
    #[arg(long, default_value_t = 1)]
    repeat: usize,
    /// Constituency treebanks for the teachers, one bracketed sentence a line: their dependency trees keep to the brackets
    #[arg(long)]
    brackets: Vec<PathBuf>,
    /// Texts for the teachers: one a line (`.txt`), words one a line before a tab (`.tsv`), or the field `premise` of JSON lines (`.jsonl`)
    #[arg(long)]
    text: Vec<PathBuf>,
    /// A word that opens what a verb governs: such clauses are complements, also in a treebank that calls them adverbial
    #[arg(long)]
    complementiser: Option<String>,
    /// A file of rare words and of frequent ones that they are read like: `denies = believes + admits`
    #[arg(long)]
    like: Option<PathBuf>,
    /// A trained model whose network is kept: only its lemmatiser is trained or, where `--like` is given, only that done. No card is written
    #[arg(long, conflicts_with = "teachers")]
    keep: Option<PathBuf>,
    /// Where the model goes; its card goes beside it
    #[arg(long)]
    out: Option<PathBuf>,
    /// A setting, as name=value; `--set help=` lists them
    #[arg(long)]
    set: Vec<String>,
    /// A setting of the teachers, where it differs
    #[arg(long)]
    set_teacher: Vec<String>,
}

/// How well a model follows a treebank's habits on a test.
struct Score {
    followed: String,
    test: String,
    accuracy: Accuracy,
}

impl Train {
    /// Trains, scores and writes the model.
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut corpus = Corpus {
            treebanks: (self.treebanks.iter())
                .map(|files| joined(files))
                .collect::<anyhow::Result<_>>()?,
            origin: self.follow,
        };
        ensure!(
            self.follow < corpus.treebanks.len(),
            "`--follow {}`: there are {} treebanks, counted from 0",
            self.follow,
            corpus.treebanks.len()
        );
        for treebank in &mut corpus.treebanks {
            let Some(word) = &self.complementiser else {
                break;
            };
            let renamed = name_complements(&mut treebank.sentences, word);
            let name = &treebank.name;
            crate::tell(&format!(
                "{name}: {renamed} clauses with `{word}` named ccomp"
            ));
        }
        let known = |index: &usize| *index < corpus.treebanks.len();
        ensure!(
            self.kin.iter().all(|(from, to)| known(from) && known(to)),
            "`--kin`: there are {} treebanks, counted from 0",
            corpus.treebanks.len()
        );
        let tests = read_all(&self.score)?;
        let settings = with(Settings::default(), &self.set)?;
        let alike = self.alike()?;
        if let Some(path) = &self.keep {
            let bytes = std::fs::read(path).with_context(|| format!("`{}`", path.display()))?;
            let mut model =
                Model::from_bytes(&bytes).with_context(|| format!("`{}`", path.display()))?;
            if alike.is_empty() {
                *model.lemmatiser_mut() = lemmatiser(&corpus, settings.analyser);
            }
            liken(&mut model, &alike);
            score(&mut model, &tests);
            let out = self.out.as_ref().context("`--keep` needs `--out`")?;
            return std::fs::write(out, model.to_bytes())
                .with_context(|| format!("`{}`", out.display()));
        }
        let start = Instant::now();
        let bracketed = self.bracketed(&tests)?;
        let mut teacher = Settings {
            epochs: self.teacher_epochs,
            ..settings.clone()
        };
        teacher = with(teacher, &self.set_teacher)?;
        if self.teachers > 0 {
            self.teach(&mut corpus, &bracketed, &teacher)?;
        }
        let mut model = self.pass(&corpus, &settings)?;
        liken(&mut model, &alike);
        let minutes = start.elapsed().as_secs_f64() / 60.0;
        let scores = score(&mut model, &tests);
        model.follow(&corpus.treebanks[self.follow].name);
        let bytes = model.to_bytes();
        ensure!(
            Model::from_bytes(&bytes)?.to_bytes() == bytes,
            "the model reads back as it was written"
        );
        if let Some(out) = &self.out {
            std::fs::write(out, &bytes).with_context(|| format!("`{}`", out.display()))?;
            let card = self.card(
                [&settings, &teacher],
                &corpus,
                &scores,
                bracketed.len(),
                bytes.len(),
                minutes,
            );
            let path = out.with_extension("md");
            std::fs::write(&path, card).with_context(|| format!("`{}`", path.display()))?;
        }
        Ok(())
    }

    fn alike(&self) -> anyhow::Result<Vec<Likeness>> {
        let Some(path) = &self.like else {
            return Ok(Vec::new());
        };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
        likenesses(&text).with_context(|| format!("`{}`", path.display()))
    }

    /// The sentences of the constituency treebanks and the texts, but for those of the tests.
    fn bracketed(&self, tests: &[Treebank]) -> anyhow::Result<Vec<Bracketed>> {
        let known: BTreeSet<String> = (tests.iter().flat_map(|test| &test.sentences))
            .map(|sentence| letters(sentence.words.iter().map(|row| &*row.form)))
            .collect();
        let mut found = Vec::new();
        for path in &self.brackets {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
            found.extend(brackets::read(&text).with_context(|| format!("`{}`", path.display()))?);
        }
        found.extend(self.plain()?);
        let mut seen = BTreeSet::new();
        found.retain(|sentence| {
            let letters = letters(sentence.words().iter().map(|word| &**word));
            !known.contains(&letters) && seen.insert(letters)
        });
        Ok(found)
    }

    /// The sentences of the texts, as the program itself segments them.
    fn plain(&self) -> anyhow::Result<Vec<Bracketed>> {
        let saksi = saksi::Saksi::new(&saksi::Settings::default())?;
        let about = saksi::About {
            language: Some(self.language.clone()),
            ..saksi::About::default()
        };
        let mut found = Vec::new();
        for path in &self.text {
            let file =
                std::fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
            for text in texts(path, &file)? {
                let segmented = saksi.segment(text.as_bytes(), &about)?;
                let sentences = segmented.sentences.into_iter().map(|sentence| {
                    Bracketed::plain(sentence.words.into_iter().map(|word| word.form))
                });
                found.extend(sentences.filter(|sentence| sentence.words().len() > 2));
            }
        }
        Ok(found)
    }

    /// Adds to the taught treebanks what teachers make, in their habits, of the bracketed sentences and of the other treebanks.
    fn teach(
        &self,
        corpus: &mut Corpus,
        bracketed: &[Bracketed],
        settings: &Settings,
    ) -> anyhow::Result<()> {
        let mut teachers = Vec::new();
        for seed in 0..self.teachers as u64 {
            crate::tell(&format!("teacher {} of {}", seed + 1, self.teachers));
            let settings = Settings {
                seed: settings.seed + seed,
                ..settings.clone()
            };
            teachers.push(self.pass(corpus, &settings)?);
        }
        let mut added = Vec::new();
        for &taught in &self.teach {
            let name = corpus
                .treebanks
                .get(taught)
                .with_context(|| format!("`--teach {taught}`: there is no such treebank"))?
                .name
                .clone();
            for teacher in &mut teachers {
                ensure!(teacher.follow(&name), "teachers know their treebanks");
            }
            let together = Teachers::new(teachers.iter().map(Parser::new).collect());
            let mut sentences = together.project(bracketed);
            for (index, other) in corpus.treebanks.iter().enumerate() {
                if index == taught {
                    for _ in 1..self.repeat {
                        sentences.extend(other.sentences.iter().cloned());
                    }
                    continue;
                }
                let trust = Trust {
                    heads: self.trust,
                    names: if self.kin.contains(&(index, taught)) {
                        self.trust_kin
                    } else {
                        0.0
                    },
                };
                sentences.extend(together.carry_over(&other.sentences, trust));
            }
            added.push((taught, sentences));
        }
        for (taught, sentences) in added {
            corpus.treebanks[taught].sentences.extend(sentences);
        }
        Ok(())
    }

    fn pass(&self, corpus: &Corpus, settings: &Settings) -> anyhow::Result<Model> {
        let start = Instant::now();
        let model = saksi_syntax::train::train(&self.language, corpus, settings, |progress| {
            let [tags, heads, relations] = progress.loss;
            let seconds = start.elapsed().as_secs_f64();
            crate::tell(&format!(
                "epoch {:2} of {}  {seconds:5.0} s  loss: tags {tags:.3} heads {heads:.3} relations {relations:.3}",
                progress.epoch, settings.epochs
            ));
        })?;
        Ok(model)
    }

    /// The model's card: data, settings, scores.
    fn card(
        &self,
        [settings, teacher]: [&Settings; 2],
        corpus: &Corpus,
        scores: &[Score],
        bracketed: usize,
        bytes: usize,
        minutes: f64,
    ) -> String {
        let trained = self.treebanks.join("+");
        let trained: Vec<PathBuf> = trained.split('+').map(PathBuf::from).collect();
        let names = |paths: &[PathBuf]| -> String {
            paths
                .iter()
                .map(|path| name(path))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut card = format!(
            "# Model card: tagger, lemmatiser and parser, `{}`\n\n",
            self.language
        );
        let _ = writeln!(
            card,
            "- Trained on: {} (licences and credits: `NOTICE`)",
            names(&trained)
        );
        if self.teachers > 0 {
            let brackets = if bracketed > 0 {
                let sources = [&self.brackets[..], &self.text].concat();
                format!(" and {bracketed} sentences of {}", names(&sources))
            } else {
                String::new()
            };
            let mut kin = String::new();
            for &(from, to) in &self.kin {
                let [from, to] = [from, to].map(|index| title(&self.treebanks[index]));
                let _ = write!(
                    kin,
                    ", tags and relations of {from} for {to} {}",
                    self.trust_kin
                );
            }
            let taught: Vec<String> = self
                .teach
                .iter()
                .map(|&index| title(&self.treebanks[index]))
                .collect();
            let _ = writeln!(
                card,
                "- {} teachers ({} passes each, seeds from {}) gave the other treebanks{brackets} trees in the habits of {} (trust {}{kin}; own sentences {} times): trained on these as well",
                self.teachers,
                self.teacher_epochs,
                settings.seed,
                taught.join(" and "),
                self.trust,
                self.repeat
            );
        }
        if let Some(word) = &self.complementiser {
            let _ = writeln!(
                card,
                "- Clauses that `{word}` opens after a verb are named ccomp in all of them, also where the treebank says advcl"
            );
        }
        if let Some(path) = &self.like {
            let _ = writeln!(
                card,
                "- Rare words are read like frequent ones: `{}`",
                name(path)
            );
        }
        let _ = writeln!(
            card,
            "- Follows the habits of: {}",
            title(&self.treebanks[self.follow])
        );
        let _ = writeln!(card, "- Settings: `{settings:?}`");
        if !self.set_teacher.is_empty() {
            let _ = writeln!(card, "- Settings of the teachers: `{teacher:?}`");
        }
        let _ = writeln!(
            card,
            "- Trained in {minutes:.0} minutes on one core; {} kB",
            bytes / 1000
        );
        let relations = CORE.map(saksi_syntax::Deprel::as_str);
        let by_rule: Vec<&str> = (corpus.treebanks.iter())
            .filter(|treebank| treebank.punctuation_by_rule)
            .map(|treebank| &*treebank.name)
            .collect();
        if !by_rule.is_empty() {
            let followed = by_rule.join(", ");
            let _ = writeln!(
                card,
                "- Punctuation hangs by rule when it follows: {followed}"
            );
        }
        card.push_str("\nGold tokens, percent; LAS ignores relation subtypes; core = LAS of the words whose gold relation is one of the last ten, which are labelled F1.\n\n");
        let _ = writeln!(
            card,
            "| following | test | words | UPOS | features | UAS | LAS | core | {} |\n|{}",
            relations.join(" | "),
            " --- |".repeat(8 + relations.len())
        );
        for Score {
            followed,
            test,
            accuracy: a,
        } in scores
        {
            let _ = writeln!(
                card,
                "| {followed} | {test} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
                a.words,
                a.upos,
                a.features,
                a.uas,
                a.las,
                a.core,
                each(a, " | ")
            );
        }
        card
    }
}

/// Scores the model on the tests, following each of its treebanks; it then follows the one that it followed before.
fn score(model: &mut Model, tests: &[Treebank]) -> Vec<Score> {
    let before = model.followed().to_owned();
    let mut scores = Vec::new();
    for followed in model.treebanks().to_vec() {
        model.follow(&followed);
        for test in tests {
            let accuracy = accuracy(&Parser::new(model), &test.sentences);
            crate::tell(&format!(
                "{followed:24} {:12} UPOS {:.2}  features {:.2}  UAS {:.2}  LAS {:.2}  core {:.2} ({})",
                test.name,
                accuracy.upos,
                accuracy.features,
                accuracy.uas,
                accuracy.las,
                accuracy.core,
                each(&accuracy, " ")
            ));
            scores.push(Score {
                followed: followed.clone(),
                test: test.name.clone(),
                accuracy,
            });
        }
    }
    model.follow(&before);
    scores
}

/// The scores of the core relations, one after the other.
fn each(accuracy: &Accuracy, between: &str) -> String {
    let scores = accuracy.relations.map(|score| format!("{score:.0}"));
    scores.join(between)
}

/// Settings with those of `changes`, each `name=value`.
fn with(mut s: Settings, changes: &[String]) -> anyhow::Result<Settings> {
    for setting in changes {
        let (name, value) = setting.split_once('=').context("a setting is name=value")?;
        match name {
            "epochs" => s.epochs = value.parse()?,
            "batch" => s.batch = value.parse()?,
            "rate" => s.rate = value.parse()?,
            "embedding" => s.embedding = value.parse()?,
            "width" => s.width = value.parse()?,
            "layers" => s.layers = value.parse()?,
            "arc" => s.arc = value.parse()?,
            "label" => s.label = value.parse()?,
            "least" => s.least = value.parse()?,
            "dropout_embedding" => s.dropout_embedding = value.parse()?,
            "dropout_layer" => s.dropout_layer = value.parse()?,
            "dropout_part" => s.dropout_part = value.parse()?,
            "dropout_tag" => s.dropout_tag = value.parse()?,
            "word_dropout" => s.word_dropout = value.parse()?,
            "analyser" => s.analyser = value.parse()?,
            "seed" => s.seed = value.parse()?,
            _ => bail!(
                "there is no setting `{name}`; the settings and their defaults: {:?}",
                Settings::default()
            ),
        }
    }
    ensure!(
        s.width.is_multiple_of(2) && s.width > 0 && s.layers > 0,
        "a layer's width is even, and there is at least one layer"
    );
    Ok(s)
}

/// Two numbers with a colon between them.
fn pair(value: &str) -> Result<(usize, usize), String> {
    let numbers = value
        .split_once(':')
        .and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    numbers.ok_or_else(|| "two numbers, FROM:TO".to_owned())
}

fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<Treebank>> {
    let read = |path: &PathBuf| -> anyhow::Result<Treebank> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?;
        let sentences = conllu::read(&text).with_context(|| format!("`{}`", path.display()))?;
        Ok(Treebank::new(name(path), sentences))
    };
    paths.iter().map(read).collect()
}

/// A treebank of files joined by `+`, named after the first.
fn joined(files: &str) -> anyhow::Result<Treebank> {
    let paths: Vec<PathBuf> = files.split('+').map(PathBuf::from).collect();
    let sentences = read_all(&paths)?
        .into_iter()
        .flat_map(|treebank| treebank.sentences);
    Ok(Treebank::new(title(files), sentences.collect()))
}

/// The name of a treebank of files joined by `+`.
fn title(files: &str) -> String {
    name(Path::new(files.split('+').next().unwrap_or_default()))
}

/// A file's name without folder and extension.
fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The texts of a file, by its extension.
fn texts(path: &Path, file: &str) -> anyhow::Result<Vec<String>> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let mut found = Vec::new();
    match extension {
        Some("jsonl") => {
            for (number, line) in file.lines().enumerate() {
                let value: serde_json::Value = serde_json::from_str(line)
                    .with_context(|| format!("`{}`, line {}", path.display(), number + 1))?;
                found.extend(value["premise"].as_str().map(str::to_owned));
            }
        }
        Some("tsv") => {
            for sentence in file.split("\n\n") {
                let words = sentence.lines().filter_map(|line| line.split('\t').next());
                found.push(words.collect::<Vec<_>>().join(" "));
            }
        }
        _ => found.extend(file.lines().map(str::to_owned)),
    }
    found.retain(|text| !text.trim().is_empty());
    Ok(found)
}

/// The letters of a sentence, to tell whether two are the same however they are cut into words.
fn letters<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .flat_map(str::chars)
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
