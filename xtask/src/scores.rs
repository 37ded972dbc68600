//! `cargo xtask scores`: how good the trees and the records are, measured and compared with `scores.toml`.
//!
//! In: the test files of the treebanks and a gold record, in the folder `SAKSI_SHARED` (default `../shared`), and the gold reports of
//! `cases/reports`. Out: the
//! figures, in per cent. Without the data nothing is measured, and that is said.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use anyhow::{Context as _, bail, ensure};
use saksi::{About, Reading, Saksi, Settings};
use saksi_eval::{Evaluation, Found, Gold};

/// Measure the trees and the records.
#[derive(Debug, clap::Args)]
pub(crate) struct Scores {
    /// Fail where a figure is more than half a point below `scores.toml`.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Renew `scores.toml`.
    #[arg(long)]
    write: bool,
}

/// A file of gold trees.
struct Test {
    language: &'static str,
    name: &'static str,
    /// The treebank of the training data whose habits of annotation are the test's.
    treebank: &'static str,
}

const TESTS: [Test; 5] = [
    Test {
        language: "id",
        name: "gsd-test",
        treebank: "gsd-dev",
    },
    Test {
        language: "id",
        name: "csui-test",
        treebank: "csui-train",
    },
    Test {
        language: "id",
        name: "pud-test",
        treebank: "csui-train",
    },
    Test {
        language: "en",
        name: "ewt-test",
        treebank: "ewt-train",
    },
    Test {
        language: "en",
        name: "gum-test",
        treebank: "gum-train",
    },
];

/// How far a figure may fall before the check fails: below that, the figure of one word on one test set.
const TOLERANCE: f64 = 0.5;

/// Figures in per cent, by test set and measure.
type Table = BTreeMap<String, BTreeMap<String, f64>>;

impl Scores {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let root = crate::root();
        let shared =
            env::var_os("SAKSI_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
        if !shared.join("data/treebanks").is_dir() {
            crate::say(&format!(
                "no scores: there is no data in `{}`; set SAKSI_SHARED to its folder",
                shared.display()
            ));
            return Ok(());
        }
        let measured = measure(&root, &shared)?;
        let written = toml::to_string(&measured)?;
        let path = root.join("scores.toml");
        crate::say(&written);
        if self.write {
            fs::write(
                &path,
                format!(
                    "# In per cent. Written by `cargo xtask scores --write`; SCORES.md explains.\n\n{written}"
                ),
            )?;
        } else if self.check {
            let kept: Table = toml::from_str(&fs::read_to_string(&path)?)
                .with_context(|| format!("in `{}`", path.display()))?;
            let fallen = fallen(&kept, &measured);
            ensure!(
                fallen.is_empty(),
                "worse than `scores.toml`:\n  {}",
                fallen.join("\n  ")
            );
        }
        Ok(())
    }
}

fn measure(root: &Path, shared: &Path) -> anyhow::Result<Table> {
    let folder = env::temp_dir().join(format!("saksi-scores-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let mut table = Table::new();
    let result = (|| {
        for test in TESTS {
            let name = format!("{}-{}", test.language, test.name);
            table.insert(
                name,
                trees(&test, root, shared, &folder.join("parsed.conllu"))?,
            );
        }
        let saksi = Saksi::new(&Settings::default())?;
        table.insert(
            "records".to_owned(),
            records(&saksi, &shared.join("eval/gold"))?,
        );
        for language in ["en", "id"] {
            for half in ["first", "second"] {
                let reports = root.join("cases/reports").join(language).join(half);
                table.insert(
                    format!("reports-{language}-{half}"),
                    records(&saksi, &reports)?,
                );
            }
        }
        anyhow::Ok(())
    })();
    fs::remove_dir_all(&folder)?;
    result.map(|()| table)
}

/// UPOS and LAS with gold tokens.
fn trees(
    test: &Test,
    root: &Path,
    shared: &Path,
    parsed: &Path,
) -> anyhow::Result<BTreeMap<String, f64>> {
    let saksi = Saksi::new(&Settings {
        treebank: Some(test.treebank.to_owned()),
        ..Settings::default()
    })?;
    let gold = shared.join(format!(
        "data/treebanks/{}/{}.conllu",
        test.language, test.name
    ));
    let file = fs::read(&gold).with_context(|| format!("could not read `{}`", gold.display()))?;
    let mut out = Vec::new();
    saksi::syntax::conllu::write(
        &saksi.parse(saksi.segment_conllu(&file, test.language)?)?,
        &mut out,
    )?;
    fs::write(parsed, out)?;
    let scores = json(
        Command::new("python3")
            .arg(root.join("bench/peers/score_conllu.py"))
            .args([&gold, parsed])
            .arg("--json"),
    )?;
    let figure = |name: &str| {
        scores[name]["f1"]
            .as_f64()
            .with_context(|| format!("no figure `{name}`"))
    };
    Ok(BTreeMap::from([
        ("upos".to_owned(), rounded(figure("UPOS")?)),
        ("las".to_owned(), rounded(figure("LAS")?)),
    ]))
}

/// F1 of times, statements, events and whole records on the gold reports below `folder`, and how many of the events found have the right modality.
fn records(saksi: &Saksi, folder: &Path) -> anyhow::Result<BTreeMap<String, f64>> {
    let mut evaluation = Evaluation::default();
    for read in gold_reports(saksi, folder)? {
        let GoldReport {
            name,
            gold,
            article,
            reading,
        } = read?;
        let found = Found::from(&reading.record);
        evaluation.add(&name, &gold, &article, Some(&found));
    }
    let measures = &evaluation.measures;
    let mut figures: BTreeMap<String, f64> = (measures.named().into_iter())
        .map(|(name, tally)| (name.to_owned(), rounded(tally.f1() * 100.0)))
        .collect();
    if let Some(modality) = measures.event.attributes.get("modality") {
        figures.insert("modality".to_owned(), rounded(modality.accuracy() * 100.0));
    }
    Ok(figures)
}

/// A gold report, read.
pub(crate) struct GoldReport {
    /// The path of its gold.
    pub(crate) name: String,
    pub(crate) gold: Gold,
    /// Its text.
    pub(crate) article: String,
    pub(crate) reading: Reading,
}

/// Reads the gold reports below `folder`, in the order of their paths.
pub(crate) fn gold_reports<'a>(
    saksi: &'a Saksi,
    folder: &Path,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<GoldReport>> + use<'a>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("could not read `{}`", folder.display()))?
        .map(|entry| Ok(entry?.path().join("gold.json")))
        .collect::<io::Result<_>>()?;
    paths.sort_unstable();
    Ok(paths.into_iter().map(|path| {
        let name = path.display().to_string();
        let told = || format!("`{name}`");
        let gold =
            Gold::parse(&fs::read_to_string(&path).with_context(told)?).with_context(told)?;
        let article = fs::read(path.with_file_name(&gold.document.file)).with_context(told)?;
        let day = gold.document.published.as_deref();
        let about = About {
            language: Some(gold.document.language.clone()),
            published: day.map(saksi::day).transpose()?,
            ..About::default()
        };
        let reading = saksi.read(&article, &about).with_context(told)?;
        Ok(GoldReport {
            article: String::from_utf8_lossy(&article).into_owned(),
            name,
            gold,
            reading,
        })
    }))
}

/// What a command prints, as JSON.
fn json(command: &mut Command) -> anyhow::Result<serde_json::Value> {
    let output = command
        .output()
        .with_context(|| format!("could not run {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{command:?} failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// What is worse than it was, or gone.
fn fallen(kept: &Table, measured: &Table) -> Vec<String> {
    let mut fallen = Vec::new();
    for (set, figures) in kept {
        for (name, &was) in figures {
            let is = measured
                .get(set)
                .and_then(|figures| figures.get(name))
                .copied();
            if is.is_none_or(|is| is < was - TOLERANCE) {
                let is = is.map_or_else(|| "gone".to_owned(), |is| is.to_string());
                fallen.push(format!("{set} {name}: {was} -> {is}"));
            }
        }
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(las: f64) -> Table {
        BTreeMap::from([(
            "id-gsd-test".to_owned(),
            BTreeMap::from([("las".to_owned(), las)]),
        )])
    }

    #[test]
    fn half_a_point_may_be_lost_and_no_more() {
        assert!(fallen(&table(78.0), &table(77.5)).is_empty());
        assert!(fallen(&table(78.0), &table(81.0)).is_empty());
        assert_eq!(
            fallen(&table(78.0), &table(77.4)),
            ["id-gsd-test las: 78 -> 77.4"]
        );
        assert_eq!(
            fallen(&table(78.0), &Table::new()),
            ["id-gsd-test las: 78 -> gone"]
        );
    }
}
