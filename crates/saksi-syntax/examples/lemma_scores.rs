//! Trains the lemmatisers on the treebanks and prints what they score with gold tags, their size and their speed.
//!
//! `cargo run --release -p saksi-syntax --example lemma_scores [errors]`; the treebanks are those of `$SAKSI_SHARED/data/treebanks` (default
//! `../shared` beside the repository). With `errors` the commonest wrong lemmas follow each test.
#![expect(clippy::print_stdout, reason = "it prints scores")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use saksi_syntax::conllu::{self, Row};
use saksi_syntax::lemma::{Example, Lemmatiser, Settings};
use saksi_syntax::{Features, Upos};

/// Training files with their weights, and test files.
type Plan = (
    &'static str,
    bool,
    &'static [(&'static str, u32)],
    &'static [&'static str],
);

const PLANS: [Plan; 2] = [
    (
        "id",
        true,
        &[("gsd-train-converted", 1), ("csui-train", 20)],
        &["gsd-dev", "csui-test", "pud-test", "gsd-test"],
    ),
    (
        "en",
        false,
        &[("ewt-train", 1), ("gum-train", 1)],
        &["ewt-dev", "gum-dev", "ewt-test", "gum-test"],
    ),
];

struct Word {
    row: Row,
    upos: Upos,
    features: Features,
}

fn main() -> Result<(), Box<dyn Error>> {
    let errors = std::env::args().nth(1).as_deref() == Some("errors");
    let shared = std::env::var_os("SAKSI_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    println!("test\twords\tlemma\tlemma, any case\tunseen words\tlemma of unseen, any case");
    for (language, analyser, training, tests) in PLANS {
        let folder = shared.join("data/treebanks").join(language);
        let mut words = Vec::new();
        for &(name, weight) in training {
            words.extend(read(&folder, name)?.into_iter().map(|word| (word, weight)));
        }
        let examples = words.iter().map(|(word, weight)| Example {
            form: &word.row.form,
            upos: word.upos,
            features: &word.features,
            lemma: &word.row.lemma,
            weight: *weight,
        });
        let lemmatiser = Lemmatiser::train(examples, Settings { analyser });
        let seen: BTreeSet<(String, Upos)> = words
            .iter()
            .map(|(word, _)| (word.row.form.to_lowercase(), word.upos))
            .collect();
        for &name in tests {
            score(&lemmatiser, &seen, name, &read(&folder, name)?, errors);
        }
        let known: Vec<&Word> = words
            .iter()
            .map(|(word, _)| word)
            .filter(|word| &*word.row.lemma != "_")
            .collect();
        measure(&lemmatiser, language, &known)?;
    }
    Ok(())
}

fn read(folder: &Path, name: &str) -> Result<Vec<Word>, Box<dyn Error>> {
    let path = folder.join(name).with_extension("conllu");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("can't read `{}`: {error}", path.display()))?;
    let words = conllu::read(&text)?
        .into_iter()
        .flat_map(|sentence| sentence.words);
    words
        .map(|row| {
            let upos = row
                .upos
                .parse()
                .map_err(|()| format!("`{}` is no part of speech", row.upos))?;
            let features = Features::new(&row.feats);
            Ok(Word {
                row,
                upos,
                features,
            })
        })
        .collect()
}

fn score(
    lemmatiser: &Lemmatiser,
    seen: &BTreeSet<(String, Upos)>,
    name: &str,
    words: &[Word],
    errors: bool,
) {
    let (mut total, mut right, mut alike, mut unseen, mut unseen_alike) = (0, 0, 0, 0, 0);
    let mut wrong: BTreeMap<(String, &str, String, String, bool), u32> = BTreeMap::new();
    for word in words {
        let gold = &*word.row.lemma;
        if gold == "_" && &*word.row.form != "_" {
            continue;
        }
        let lemma = lemmatiser.lemma(&word.row.form, word.upos, &word.features);
        let new = !seen.contains(&(word.row.form.to_lowercase(), word.upos));
        let same = lemma.to_lowercase() == gold.to_lowercase();
        total += 1;
        right += u32::from(&*lemma == gold);
        alike += u32::from(same);
        unseen += u32::from(new);
        unseen_alike += u32::from(new && same);
        if !same {
            let key = (
                word.row.form.to_string(),
                word.upos.as_str(),
                gold.to_owned(),
                lemma.into(),
                new,
            );
            *wrong.entry(key).or_default() += 1;
        }
    }
    let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    println!(
        "{name}\t{total}\t{:.2}\t{:.2}\t{unseen}\t{:.2}",
        share(right, total),
        share(alike, total),
        share(unseen_alike, unseen),
    );
    if errors {
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for ((form, upos, gold, lemma, new), count) in wrong {
            let new = if new { "unseen" } else { "seen" };
            println!("  {count}\t{form}\t{upos}\tgold {gold}\tsaksi {lemma}\t{new}");
        }
    }
}

/// Short stretches, the fastest of several runs each: other programs may hold the processor in between.
const STRETCH: usize = 1000;

fn measure(lemmatiser: &Lemmatiser, language: &str, words: &[&Word]) -> Result<(), Box<dyn Error>> {
    let bytes = lemmatiser.to_bytes();
    let start = Instant::now();
    let again = Lemmatiser::from_bytes(&bytes)?;
    let loaded = start.elapsed();
    let mut letters = 0;
    let mut fastest = Duration::ZERO;
    for stretch in words.chunks(STRETCH) {
        let runs = (0..9).map(|_| {
            let start = Instant::now();
            for word in stretch {
                letters += again.lemma(&word.row.form, word.upos, &word.features).len();
            }
            start.elapsed()
        });
        fastest += runs.min().unwrap_or_default();
    }
    let each = fastest / words.len().max(1) as u32;
    if let Some(analyser) = again.analyser() {
        let some = &words[..words.len().min(STRETCH)];
        let runs = (0..9).map(|_| {
            let start = Instant::now();
            for word in some {
                letters += analyser
                    .analyse_tagged(&word.row.form, word.upos)
                    .root
                    .len();
            }
            start.elapsed()
        });
        let each = runs.min().unwrap_or_default() / some.len().max(1) as u32;
        println!("{language}: {each:?} an analysis");
    }
    println!(
        "{language}: {} kB, {} roots, loaded in {loaded:?}, {each:?} a word of the training files ({letters} letters)",
        bytes.len() / 1000,
        again
            .analyser()
            .map_or(0, |analyser| analyser.roots().len()),
    );
    Ok(())
}
