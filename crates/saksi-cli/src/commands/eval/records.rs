//! Records that are already made, and which gold each belongs to.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use saksi_eval::Found;
use serde_json::Value;

use crate::commands::eval::golds::{self, Annotated};

/// Records of reports.
pub(crate) enum Records {
    /// A folder with a file for each.
    Folder(PathBuf),
    /// One file of all: the record of each gold, by its name, and how many others there are.
    File {
        path: PathBuf,
        by_gold: Vec<(String, Found)>,
        others: usize,
    },
}

impl Records {
    /// The records at `path`, for `golds`.
    pub(crate) fn open(path: &Path, golds: &[Annotated]) -> anyhow::Result<Self> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let found = parse(&golds::text(path)?).with_context(|| format!("`{}`", path.display()))?;
        let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
        let mut by_gold = Vec::new();
        for annotated in golds {
            let best = (found.iter().enumerate())
                .filter_map(|(index, found)| {
                    let fit = fit(annotated, found.as_ref()?, golds)?;
                    Some((fit, index))
                })
                .min();
            if let Some((_, index)) = best {
                by_gold.extend(
                    found[index]
                        .take()
                        .map(|found| (annotated.name.clone(), found)),
                );
            }
        }
        Ok(Self::File {
            path: path.to_owned(),
            by_gold,
            others: found.iter().flatten().count(),
        })
    }

    /// The record of the report of a gold.
    pub(crate) fn of(&mut self, annotated: &Annotated) -> anyhow::Result<Found> {
        match self {
            Self::Folder(folder) => {
                let named = folder.join(format!("{}.json", annotated.name));
                let path = if named.is_file() {
                    named
                } else {
                    folder.join(format!("{}.json", annotated.stem))
                };
                Found::parse(&golds::text(&path)?).with_context(|| format!("`{}`", path.display()))
            }
            Self::File { path, by_gold, .. } => (by_gold.iter())
                .position(|(name, _)| *name == annotated.name)
                .map(|index| by_gold.swap_remove(index).1)
                .ok_or_else(|| {
                    anyhow!(
                        "none in `{}` has `{}` for its `name` or for the file of its `document.uri`",
                        path.display(),
                        annotated.stem
                    )
                }),
        }
    }

    /// How many belong to no gold.
    pub(crate) fn others(&self) -> usize {
        match self {
            Self::Folder(_) => 0,
            Self::File { others, .. } => *others,
        }
    }
}

/// The records of a file: one a line, one after the other, or an array.
fn parse(json: &str) -> anyhow::Result<Vec<Found>> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(json).into_iter() {
        match value.context("this is no JSON")? {
            Value::Array(array) => values.extend(array),
            value => values.push(value),
        }
    }
    (values.into_iter().enumerate())
        .map(|(index, value)| {
            Found::from_value(value).with_context(|| format!("record {}", index + 1))
        })
        .collect()
}

/// How surely a record is that of the report of a gold, the surest least; `None` where it is not.
fn fit(annotated: &Annotated, found: &Found, golds: &[Annotated]) -> Option<u8> {
    if let Some(name) = found.name() {
        return if name == annotated.name {
            Some(0)
        } else {
            (name == annotated.stem).then_some(1)
        };
    }
    let uri: Vec<&str> = (found.uri()?.split(['/', '\\']))
        .filter(|part| !part.is_empty())
        .collect();
    let (&file, folders) = uri.split_last()?;
    let report = annotated.report.file_name()?.to_str()?;
    // `x/article.txt`, where the gold is `x/gold.json`.
    if file == report && folders.last() == Some(&annotated.stem.as_str()) {
        return Some(2);
    }
    if stem(file) == annotated.stem {
        return Some(3);
    }
    let alone = || {
        (golds.iter())
            .filter(|other| other.report.file_name() == annotated.report.file_name())
            .count()
            == 1
    };
    (file == report && alone()).then_some(4)
}

/// A file's name without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
