//! `cargo xtask confidence`: what the evidence for an event is worth, learned from gold reports.
//!
//! In: folders of gold reports. Each is read, and each event of ours is right if gold has it (as `saksi eval` counts). Out: the file
//! `confidence.toml` of a pack, and on standard output how far it can be trusted: each report is judged by weights that were learned from all others.
//! The evidence of an event does not depend on the weights in use, so that the command can be run again and again.

mod logistic;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use saksi::lexicon::confidence::Evidence;
use saksi::reading::events::{Ground, Of};
use saksi::{Saksi, Settings};
use saksi_eval::{Evaluation, Found, Kind, Outcome, Reliability, Tally};
use saksi_record::EventType;

use crate::scores::{GoldReport, gold_reports};
use logistic::{Fit, Row};

/// Learn what the evidence for an event is worth.
#[derive(Debug, clap::Args)]
pub(crate) struct Confidence {
    /// Folders of gold reports, each a folder with `gold.json`
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// The file to write; without it nothing is written
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Penalties that are tried, of weights in units of their evidence's spread and of types.
const PENALTIES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// Below such chances an event would be taken out, to see whether that helps.
const VETOES: [f64; 6] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

/// An event of ours.
struct Example {
    report: usize,
    language: String,
    kind: EventType,
    evidence: Vec<f64>,
    right: bool,
}

/// What was read.
#[derive(Default)]
struct Examples {
    list: Vec<Example>,
    reports: usize,
    /// Events of all reports, those that gold says nothing of left out.
    tally: Tally,
}

/// The columns of the model: what each value of a row is of.
struct Columns {
    types: Vec<EventType>,
    languages: Vec<String>,
    /// Mean and standard deviation of each piece of evidence.
    spreads: Vec<(f64, f64)>,
}

impl Confidence {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let examples = self.examples()?;
        ensure!(
            examples.reports > 1 && !examples.list.is_empty(),
            "there are events in fewer than two reports, and nothing to learn from"
        );
        let columns = Columns::of(&examples.list);
        let rows: Vec<Row> = (examples.list.iter())
            .map(|example| columns.row(example))
            .collect();
        let (chances, penalties) = chosen(&examples, &rows, &columns);
        crate::say(&summary(&examples, &chances, penalties));
        let all: Vec<&Row> = rows.iter().collect();
        let fit = Fit::new(&all, &columns.penalties(penalties));
        if let Some(path) = &self.out {
            std::fs::write(path, self.file(&columns, &fit, &examples, penalties))
                .with_context(|| format!("could not write `{}`", path.display()))?;
        }
        Ok(())
    }

    fn examples(&self) -> anyhow::Result<Examples> {
        let saksi = Saksi::new(&Settings::default())?;
        let mut evaluation = Evaluation::default();
        let mut examples = Examples::default();
        for folder in &self.folders {
            for read in gold_reports(&saksi, folder)? {
                let GoldReport {
                    name,
                    gold,
                    article,
                    reading,
                } = read?;
                let found = Found::from(&reading.record);
                let known = evaluation.items.len();
                evaluation.add(&name, &gold, &article, Some(&found));
                let outcomes: BTreeMap<&str, bool> = (evaluation.items[known..].iter())
                    .filter(|item| item.kind == Kind::Event)
                    .filter_map(|item| {
                        Some((item.id.as_deref()?, item.outcome != Outcome::Spurious))
                    })
                    .collect();
                let events = reading
                    .record
                    .events
                    .iter()
                    .zip(&reading.explanation.events);
                for (event, path) in events {
                    // What gold calls optional is no example.
                    if let Some(&right) = outcomes.get(event.id.as_str()) {
                        examples.list.push(Example {
                            report: examples.reports,
                            language: gold.document.language.clone(),
                            kind: event.kind,
                            evidence: evidence(&path.grounds),
                            right,
                        });
                    }
                }
                examples.reports += 1;
            }
        }
        examples.tally = evaluation.measures.event;
        Ok(examples)
    }

    /// The file of the pack.
    fn file(
        &self,
        columns: &Columns,
        fit: &Fit,
        examples: &Examples,
        penalties: (f64, f64),
    ) -> String {
        let root = crate::root();
        let folders: Vec<String> = (self.folders.iter())
            .map(|folder| {
                folder
                    .strip_prefix(&root)
                    .unwrap_or(folder)
                    .display()
                    .to_string()
            })
            .collect();
        let right = examples.list.iter().filter(|example| example.right).count();
        let mut out = format!(
            "# What the evidence for an event is worth, in log-odds: `typical` is the sum for an event that is typical in all; `weight` is added for each 1 that a value\n\
             # is above the mean, its own `typical`. Written by `cargo xtask confidence {} --out packs/defence/confidence.toml`\n\
             # from {} events in {} reports, {right} of them right; penalties {} (evidence, by its spread) and {} (types, languages).\n\n\
             typical = {:.3}\n\n[evidence]\n",
            folders.join(" "),
            examples.list.len(),
            examples.reports,
            penalties.0,
            penalties.1,
            fit.intercept,
        );
        for (index, evidence) in Evidence::ALL.into_iter().enumerate() {
            let (mean, spread) = columns.spreads[index];
            let weight = three_places(fit.weights[index] / spread);
            if spread > 0.0 && weight != 0.0 {
                let name = evidence.name();
                let _ = writeln!(
                    out,
                    "{name} = {{ weight = {weight:.3}, typical = {mean:.3} }}"
                );
            }
        }
        let rest = &fit.weights[Evidence::ALL.len()..];
        let (types, languages) = rest.split_at(columns.types.len());
        out.push_str("\n[types]\n");
        for (kind, &weight) in columns.types.iter().zip(types) {
            let name = serde_json::json!(kind);
            let name = name
                .as_str()
                .expect("a type of event is written as its name");
            let _ = writeln!(out, "{name} = {:.3}", three_places(weight));
        }
        out.push_str("\n[languages]\n");
        for (language, &weight) in columns.languages.iter().zip(languages) {
            let _ = writeln!(out, "{language} = {:.3}", three_places(weight));
        }
        out
    }
}

/// No negative zero.
fn three_places(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0 + 0.0
}

/// The values of all evidence, in order.
fn evidence(grounds: &[Ground]) -> Vec<f64> {
    (grounds.iter())
        .filter_map(|ground| match ground.of {
            Of::Evidence(_, value) => Some(value),
            Of::Type(_) | Of::Language => None,
        })
        .collect()
}

impl Columns {
    fn of(examples: &[Example]) -> Self {
        let types: BTreeSet<EventType> = examples.iter().map(|example| example.kind).collect();
        let languages: BTreeSet<&String> = examples.iter().map(|one| &one.language).collect();
        let count = examples.len() as f64;
        let spreads = (0..Evidence::ALL.len())
            .map(|index| {
                let values = || examples.iter().map(|example| example.evidence[index]);
                let mean = values().sum::<f64>() / count;
                let square = values().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
                (mean, square.sqrt())
            })
            .collect();
        Self {
            types: types.into_iter().collect(),
            languages: languages.into_iter().cloned().collect(),
            spreads,
        }
    }

    fn row(&self, example: &Example) -> Row {
        let is = |holds: bool| f64::from(u8::from(holds));
        let evidence =
            (example.evidence.iter().zip(&self.spreads)).map(|(value, (mean, spread))| {
                if *spread > 0.0 {
                    (value - mean) / spread
                } else {
                    0.0
                }
            });
        let types = self.types.iter().map(|&kind| is(kind == example.kind));
        let languages = (self.languages.iter()).map(|language| is(*language == example.language));
        Row {
            values: evidence.chain(types).chain(languages).collect(),
            right: example.right,
        }
    }

    /// A penalty a column.
    fn penalties(&self, (evidence, others): (f64, f64)) -> Vec<f64> {
        let mut penalties = vec![evidence; self.spreads.len()];
        penalties.resize(
            penalties.len() + self.types.len() + self.languages.len(),
            others,
        );
        penalties
    }
}

/// The penalties by which events are judged best from other reports' events, and the chances that these then give to each.
fn chosen(examples: &Examples, rows: &[Row], columns: &Columns) -> (Vec<f64>, (f64, f64)) {
    let mut best: Option<(f64, Vec<f64>, (f64, f64))> = None;
    for &evidence in PENALTIES.iter().rev() {
        for &others in PENALTIES.iter().rev() {
            let penalties = (evidence, others);
            let chances = crossed(examples, rows, &columns.penalties(penalties));
            let loss = surprise(rows, &chances);
            if best.as_ref().is_none_or(|(least, ..)| loss < *least) {
                best = Some((loss, chances, penalties));
            }
        }
    }
    let (_, chances, penalties) = best.expect("there are penalties to try");
    (chances, penalties)
}

/// The chance of each event, by what the events of all other reports teach.
fn crossed(examples: &Examples, rows: &[Row], penalties: &[f64]) -> Vec<f64> {
    let mut chances = vec![0.0; rows.len()];
    for report in 0..examples.reports {
        let others: Vec<&Row> = (rows.iter().zip(&examples.list))
            .filter(|(_, example)| example.report != report)
            .map(|(row, _)| row)
            .collect();
        let fit = Fit::new(&others, penalties);
        for (index, example) in examples.list.iter().enumerate() {
            if example.report == report {
                chances[index] = fit.chance(&rows[index].values);
            }
        }
    }
    chances
}

/// How surprised chances are by what came, on average, in natural units of information.
fn surprise(rows: &[Row], chances: &[f64]) -> f64 {
    let sum: f64 = (rows.iter().zip(chances))
        .map(|(row, &chance)| {
            let told = if row.right { chance } else { 1.0 - chance };
            -told.max(1e-12).ln()
        })
        .sum();
    sum / rows.len() as f64
}

/// How far the chances can be trusted, beside an entry's own confidence and beside the mean of all, and what a veto would do.
fn summary(examples: &Examples, chances: &[f64], penalties: (f64, f64)) -> String {
    let list = &examples.list;
    let right = list.iter().filter(|example| example.right).count();
    let mean = right as f64 / list.len() as f64;
    let mut out = format!(
        "{} events in {} reports, {right} right; each report judged from all others; penalties {}, {}\n\n",
        list.len(),
        examples.reports,
        penalties.0,
        penalties.1,
    );
    let table = |values: &dyn Fn(usize) -> f64| {
        let two_places = |value: f64| (value.clamp(0.01, 0.99) * 100.0).round() / 100.0;
        let events = (list.iter().enumerate()).map(|(at, one)| (two_places(values(at)), one.right));
        Reliability::of(events)
    };
    let learned = table(&|at| chances[at]);
    for (name, reliability) in [
        ("learned", &learned),
        ("entry", &table(&|at| list[at].evidence[0])),
        ("mean", &table(&|_| mean)),
    ] {
        let _ = writeln!(
            out,
            "{name:<8}  calibration error {:.3}, Brier {:.4}, discrimination {:.3}",
            reliability.calibration_error,
            reliability.brier,
            reliability.discrimination.unwrap_or(0.5),
        );
    }
    out.push_str("\nconfidence  events  right  share   mean\n");
    for bin in &learned.bins {
        let _ = writeln!(
            out,
            "{:.1} to {:.1}  {:6}  {:5}  {:.3}  {:.3}",
            bin.from,
            bin.from + 0.1,
            bin.events,
            bin.right,
            bin.share(),
            bin.confidence,
        );
    }
    let _ = write!(out, "\nF1 of events {:.4}", examples.tally.f1());
    for veto in VETOES {
        let mut tally = examples.tally.clone();
        let (mut taken, mut wrong) = (0, 0);
        for (example, &chance) in list.iter().zip(chances) {
            if chance < veto {
                taken += 1;
                wrong += usize::from(!example.right);
                tally.found = tally.found.saturating_sub(1);
                tally.right = tally.right.saturating_sub(u64::from(example.right));
            }
        }
        let _ = write!(
            out,
            "\n  without those below {veto}: {:.4} ({taken} events, {wrong} wrong)",
            tally.f1()
        );
    }
    out
}
