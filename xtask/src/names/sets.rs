//! Sets of names as files: read in the form that their name tells, and written as found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use saksi_syntax::train::NamedSet;
use saksi_syntax::{Name, NameKind};

/// Reads a set in the form that its name tells.
pub(super) fn read(path: &Path) -> anyhow::Result<NamedSet> {
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

/// Longest run of words that two sentences share by chance.
const RUN: usize = 7;

/// Sentences, to be known again under other words' borders, marks and capitals, and where only a part of them is left.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    whole: BTreeSet<String>,
    runs: BTreeSet<String>,
}

impl Sentences {
    pub(super) fn add(&mut self, set: &NamedSet) {
        for sentence in &set.sentences {
            let words = letters(sentence);
            self.whole.insert(words.concat());
            self.runs.extend(words.windows(RUN + 1).map(<[_]>::concat));
        }
    }

    /// Takes these sentences out of a set; how many it had.
    pub(super) fn leave_out_of(&self, set: &mut NamedSet) -> usize {
        let before = set.sentences.len();
        let sentences = std::mem::take(&mut set.sentences);
        let names = std::mem::take(&mut set.names);
        for (sentence, names) in sentences.into_iter().zip(names) {
            let words = letters(&sentence);
            let mut runs = words.windows(RUN + 1);
            if !self.whole.contains(&words.concat())
                && !runs.any(|run| self.runs.contains(&run.concat()))
            {
                set.sentences.push(sentence);
                set.names.push(names);
            }
        }
        before - set.sentences.len()
    }
}

/// The letters and digits of each word that has any, in lower case.
fn letters(sentence: &[String]) -> Vec<String> {
    let word = |word: &String| -> String {
        let kept = word.chars().filter(|letter| letter.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let words = sentence.iter().map(word);
    words.filter(|word| !word.is_empty()).collect()
}

/// Writes the words of a set with names that were found, as `WORD<tab>LABEL`.
pub(super) fn write(path: &Path, set: &NamedSet, found: &[Vec<Name>]) -> anyhow::Result<()> {
    let mut text = String::new();
    for (words, names) in set.sentences.iter().zip(found) {
        for (at, word) in words.iter().enumerate() {
            let label = match names.iter().find(|name| name.words.contains(&at)) {
                Some(name) if name.words.start == at => format!("B-{}", name.kind),
                Some(name) => format!("I-{}", name.kind),
                None => "O".to_owned(),
            };
            text.extend([word, "\t", &label, "\n"]);
        }
        text.push('\n');
    }
    fs::write(path, text).with_context(|| format!("`{}`", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(sentences: &[&str]) -> NamedSet {
        NamedSet {
            sentences: (sentences.iter())
                .map(|sentence| sentence.split(' ').map(str::to_owned).collect())
                .collect(),
            names: vec![Vec::new(); sentences.len()],
            ..NamedSet::default()
        }
    }

    #[test]
    fn sentences_are_left_out_whatever_their_marks_and_capitals() {
        let mut held = Sentences::default();
        held.add(&set(&[
            "Ana moved to Vigo-Port .",
            "a b c d e f g h i",
            "x .",
        ]));
        let mut training = set(&[
            "ana moved to vigo - port",
            "Ana moved to Vigo .",
            "z b c d e f g h i",
            "z c d e f g h i",
        ]);
        assert_eq!(held.leave_out_of(&mut training), 2);
        assert_eq!(
            training.sentences,
            set(&["Ana moved to Vigo .", "z c d e f g h i"]).sentences
        );
        assert_eq!(training.names.len(), 2);
    }
}
