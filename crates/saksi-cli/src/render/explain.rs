//! How an event was found: the entry of the pack, the tree of its sentence, the path through it from the trigger to each
//! party, and what its confidence rests on.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use saksi::Reading;
use saksi::reading::events::{Ground, Of, Path};
use saksi::syntax::Tree;

use crate::render::Look;
use crate::render::list::{heading, type_name};
use crate::render::wrap::Styled;

/// Column at which the words of a path begin.
const WORDS: usize = 28;

/// Grounds that are told, of those for an event and of those against it.
const GROUNDS: usize = 4;

/// Log-odds from which on a ground is told; less moves the confidence by two or three hundredths at most.
const LEAST: f64 = 0.1;

/// The tree of each sentence that tells of an event, and how its events were found.
pub(crate) fn sentences(out: &mut String, reading: &Reading, look: Look) {
    heading(out, "Trees", look);
    let dim = Style::new().dimmed();
    for (index, tree) in reading.parsed.trees.iter().enumerate() {
        let events = reading
            .record
            .events
            .iter()
            .zip(&reading.explanation.events)
            .enumerate();
        let told: Vec<_> = events
            .filter(|(_, (event, _))| event.sentence as usize == index)
            .collect();
        if told.is_empty() {
            continue;
        }
        let triggers: Vec<usize> = told
            .iter()
            .flat_map(|(_, (_, path))| path.trigger.iter().copied())
            .collect();
        Styled::new(&format!("sentence {}", index + 1), dim).write(out, 0, look.width, look.styled);
        draw(out, tree, &triggers, look);
        for (number, (event, path)) in told {
            let mut line = Styled::new(&format!("  event {}  ", number + 1), Style::new().bold());
            line.push(
                &format!(
                    "{}:{}, rule {}, confidence {:.2}",
                    path.file, path.line, event.rule, event.confidence
                ),
                dim,
            );
            line.write(out, 4, look.width, look.styled);
            arguments(out, tree, path, look);
            grounds(out, &path.grounds, look);
        }
        out.push('\n');
    }
    if out.ends_with("\n\n") {
        out.pop();
    }
}

fn draw(out: &mut String, tree: &Tree, triggers: &[usize], look: Look) {
    // Which word, what stands before it, and what stands before its dependents.
    let mut open = vec![(tree.root(), String::from("  "), String::from("  "))];
    while let Some((index, before, below)) = open.pop() {
        let word = tree.word(index);
        let mut line = Styled::new(&before, Style::new().dimmed());
        let style = if triggers.contains(&index) {
            Style::new().bold().underline()
        } else {
            Style::new()
        };
        line.push(&word.form, style);
        line.push(
            &format!("  {}", word.relation),
            Style::new().fg_color(Some(AnsiColor::Cyan.into())),
        );
        line.push(&format!("  {}", word.upos), Style::new().dimmed());
        if !word.lemma.is_empty() && word.lemma.to_lowercase() != word.form.to_lowercase() {
            line.push(&format!("  {}", word.lemma), Style::new().dimmed().italic());
        }
        // A tree that is broken into lines is none: a deep one may be wider than the terminal.
        line.write(out, 0, usize::MAX, look.styled);
        for (place, child) in tree.children(index).rev().enumerate() {
            let (corner, line) = if place == 0 {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            open.push((child, format!("{below}{corner}"), format!("{below}{line}")));
        }
    }
}

fn arguments(out: &mut String, tree: &Tree, path: &Path, look: Look) {
    let Some(trigger) = highest(tree, path.trigger.iter().copied()) else {
        return;
    };
    for argument in &path.arguments {
        if let Some(party) = highest(tree, argument.words.clone()) {
            let label = format!("    {} ({})", argument.role, argument.slot);
            row(out, &label, &way(tree, trigger, party), look);
        }
    }
    if let Some(word) = path.modality_word.filter(|&word| word < tree.words().len()) {
        row(out, "    modality", &way(tree, trigger, word), look);
    }
}

/// What speaks for the event and against it, the strongest first, with the log-odds that it adds.
fn grounds(out: &mut String, grounds: &[Ground], look: Look) {
    for (label, sign) in [("    speaks for it", 1.0), ("    speaks against it", -1.0)] {
        let mut told: Vec<&Ground> = (grounds.iter())
            .filter(|ground| ground.pull * sign >= LEAST)
            .collect();
        told.sort_by(|one, other| (other.pull * sign).total_cmp(&(one.pull * sign)));
        let told: Vec<String> = (told.iter().take(GROUNDS))
            .map(|ground| format!("{} {:+.2}", named(ground.of), ground.pull))
            .collect();
        if !told.is_empty() {
            row(out, label, &told.join(", "), look);
        }
    }
}

/// By the name that it has in the pack: `entry 0.90`, `no actor`.
fn named(of: Of) -> String {
    match of {
        Of::Evidence(evidence, value) if evidence.is_graded() => {
            format!("{} {value:.2}", evidence.name())
        }
        Of::Evidence(evidence, value) if value > 0.0 => evidence.name().to_owned(),
        Of::Evidence(evidence, _) => format!("no {}", evidence.name()),
        Of::Type(kind) => format!("type {}", type_name(kind)),
        Of::Language => "language".to_owned(),
    }
}

fn row(out: &mut String, label: &str, words: &str, look: Look) {
    let mut line = Styled::new(&format!("{label:<WORDS$}"), Style::new().dimmed());
    line.push(words, Style::new());
    line.write(out, WORDS, look.width, look.styled);
}

/// The word that stands highest in the tree.
fn highest(tree: &Tree, words: impl Iterator<Item = usize>) -> Option<usize> {
    words
        .filter(|&word| word < tree.words().len())
        .min_by_key(|&word| tree.ancestors(word).count())
}

/// `memeriksa –nsubj→ Pemimpin –flat→ Kim`: up with the arrow to the left, down with the arrow to the right.
fn way(tree: &Tree, from: usize, to: usize) -> String {
    let line =
        |word: usize| -> Vec<usize> { [word].into_iter().chain(tree.ancestors(word)).collect() };
    let (up, down) = (line(from), line(to));
    let common = up
        .iter()
        .copied()
        .find(|word| down.contains(word))
        .unwrap_or(tree.root());
    let mut way = tree.word(from).form.to_string();
    for pair in up.windows(2).take_while(|pair| pair[0] != common) {
        let _ = write!(
            way,
            " ←{}– {}",
            tree.word(pair[0]).relation,
            tree.word(pair[1]).form
        );
    }
    let below: Vec<usize> = down
        .iter()
        .copied()
        .take_while(|&word| word != common)
        .collect();
    for word in below.into_iter().rev() {
        let _ = write!(
            way,
            " –{}→ {}",
            tree.word(word).relation,
            tree.word(word).form
        );
    }
    way
}

#[cfg(test)]
mod tests {
    use saksi::lexicon::confidence::Evidence;
    use saksi::record::EventType;

    use super::*;

    #[test]
    fn the_strongest_grounds_are_told_by_name() {
        let ground = |of, pull| Ground { of, pull };
        let list = [
            ground(Of::Evidence(Evidence::Entry, 0.9), 0.25),
            ground(Of::Evidence(Evidence::Actor, 0.0), -0.5),
            ground(Of::Evidence(Evidence::Noun, 1.0), -0.05),
            ground(Of::Evidence(Evidence::Place, 1.0), 0.4),
            ground(Of::Type(EventType::Aid), -1.5),
            ground(Of::Language, 0.0),
        ];
        let look = Look {
            styled: false,
            width: 100,
            explain: true,
            named: false,
        };
        let mut out = String::new();
        grounds(&mut out, &list, look);
        let lines: Vec<Vec<&str>> = (out.lines())
            .map(|line| line.split_whitespace().collect())
            .collect();
        let line = |at: usize| lines[at].join(" ");
        assert_eq!(line(0), "speaks for it place +0.40, entry 0.90 +0.25");
        assert_eq!(line(1), "speaks against it type AID -1.50, no actor -0.50");
        assert_eq!(lines.len(), 2);
    }
}
