//! Gold files: where they are, how they are named, what is in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use saksi_eval::Gold;

use crate::input;

/// The longest file of gold, and of an earlier evaluation.
const MAX_JSON_BYTES: usize = 256 << 20;

/// How gold that has a folder of its own is named.
const OWN_FOLDER: &str = "gold.json";

/// How gold that lies beside others is named.
const ENDING: &str = ".gold.json";

/// Gold and its report.
#[derive(Debug)]
pub(crate) struct Annotated {
    /// What it is called: `x` of `x/gold.json` and of `x.gold.json`, with folders before it where others have that name too.
    pub(crate) name: String,
    /// The last part of the name.
    pub(crate) stem: String,
    /// The gold file.
    pub(crate) path: PathBuf,
    pub(crate) gold: Gold,
    /// The file of the report.
    pub(crate) report: PathBuf,
    /// The text of the report.
    pub(crate) article: String,
    /// Its day of publication.
    pub(crate) published: Option<saksi::Date>,
}

/// The gold in files and folders, in the order of their names, and what is wrong with the rest of it.
pub(crate) fn load(given: &[PathBuf]) -> anyhow::Result<(Vec<Annotated>, Vec<anyhow::Error>)> {
    let mut paths = Vec::new();
    for path in given {
        find(path, &mut paths)?;
    }
    let mut known = BTreeSet::new();
    paths.retain(|path| known.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    let ways: Vec<Vec<String>> = paths.iter().map(|path| way(path)).collect();
    let (mut golds, mut errors) = (Vec::new(), Vec::new());
    for (index, path) in paths.iter().enumerate() {
        let stem = ways[index].last().cloned().unwrap_or_default();
        match open(path, name(index, &ways), stem) {
            Ok(gold) => golds.push(gold),
            Err(error) => errors.push(error.context(format!("`{}`", path.display()))),
        }
    }
    Ok((golds, errors))
}

/// The text of a JSON file.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let bytes = input::bytes(path, MAX_JSON_BYTES)?;
    if bytes.len() > MAX_JSON_BYTES {
        bail!(
            "`{}` is longer than {} MiB",
            path.display(),
            MAX_JSON_BYTES >> 20
        );
    }
    String::from_utf8(bytes).with_context(|| format!("`{}` is not in UTF-8", path.display()))
}

fn open(path: &Path, name: String, stem: String) -> anyhow::Result<Annotated> {
    let gold = Gold::parse(&text(path)?)?;
    let published = gold.document.published.as_deref().map(saksi::day);
    let published = published.transpose().context("`document.published`")?;
    let report = path.with_file_name(&gold.document.file);
    let bytes = input::bytes(&report, saksi::MAX_REPORT_BYTES).context("`document.file`")?;
    Ok(Annotated {
        name,
        stem,
        path: path.to_owned(),
        gold,
        report,
        // Line ends count once, as in the records of programs that read texts that way.
        article: String::from_utf8_lossy(&bytes)
            .replace("\r\n", "\n")
            .replace('\r', "\n"),
        published,
    })
}

/// Adds the gold files at `path`: itself, or those in it in the order of their paths.
fn find(path: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        if !path.exists() {
            bail!("there is no `{}`", path.display());
        }
        found.push(path.to_owned());
        return Ok(());
    }
    let mut inside = Vec::new();
    search(path, &mut inside)?;
    if inside.is_empty() {
        bail!(
            "there is no `{OWN_FOLDER}` and no `*{ENDING}` in `{}`",
            path.display()
        );
    }
    inside.sort_unstable();
    found.append(&mut inside);
    Ok(())
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let opened = || format!("could not look into `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(opened)? {
        let entry = entry.with_context(opened)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A link to a folder could lead in a circle.
        if entry.file_type().with_context(opened)?.is_dir() {
            if !name.starts_with('.') {
                search(&entry.path(), found)?;
            }
        } else if name == OWN_FOLDER || (name.ends_with(ENDING) && !name.starts_with('.')) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// The folders that lead to the gold, and what it is called.
fn way(path: &Path) -> Vec<String> {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut way: Vec<String> = (whole.components())
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if let Some(file) = way.pop()
        && file != OWN_FOLDER
    {
        let short = file.strip_suffix(ENDING).or(file.strip_suffix(".json"));
        way.push(short.unwrap_or(&file).to_owned());
    }
    way
}

/// The shortest end of a way that no other has.
fn name(index: usize, ways: &[Vec<String>]) -> String {
    let own = &ways[index];
    let end = |parts: usize| &own[own.len() - parts..];
    let parts = (1..own.len()).find(|&parts| {
        (ways.iter().enumerate()).all(|(other, way)| other == index || !way.ends_with(end(parts)))
    });
    end(parts.unwrap_or(own.len())).join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_short_as_it_can_be() {
        let ways = |paths: &[&str]| paths.iter().map(|p| way(Path::new(p))).collect::<Vec<_>>();
        let ways = ways(&[
            "/g/en/one/gold.json",
            "/g/id/one/gold.json",
            "/g/two.gold.json",
            "/g/three.json",
            "/g/gold.json",
        ]);
        let names: Vec<String> = (0..ways.len()).map(|index| name(index, &ways)).collect();
        assert_eq!(names, ["en/one", "id/one", "two", "three", "g"]);
    }
}
