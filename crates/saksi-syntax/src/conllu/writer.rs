//! From a parsed report to the text of a file.

use std::borrow::Cow;
use std::io;

use crate::Parsed;

/// Writes `parsed` as CoNLL-U: `sent_id`, `text`, `newpar` where a paragraph begins, multiword tokens, `SpaceAfter=No`.
///
/// Sentences are numbered from 1. XPOS and DEPS are `_`. Blanks of whatever kind between two tokens become one space in `text`, so that
/// tokens and text agree.
///
/// # Errors
///
/// Those of `output`.
pub fn write(parsed: &Parsed, output: &mut impl io::Write) -> io::Result<()> {
    let text = &parsed.report.text;
    let mut paragraph = None;
    for (index, (sentence, tree)) in parsed
        .report
        .sentences
        .iter()
        .zip(&parsed.trees)
        .enumerate()
    {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            writeln!(output, "# newpar")?;
        }
        writeln!(output, "# sent_id = {}", index + 1)?;
        write!(output, "# text = ")?;
        let spaces: Vec<bool> = sentence
            .tokens
            .iter()
            .zip(sentence.tokens.iter().skip(1))
            .map(|(token, next)| token.span.end() < next.span.start())
            .chain([true])
            .collect();
        for (place, (token, &space)) in sentence.tokens.iter().zip(&spaces).enumerate() {
            write!(output, "{}", one_line(token.span.of(text)))?;
            if space && place + 1 < sentence.tokens.len() {
                write!(output, " ")?;
            }
        }
        writeln!(output)?;
        for (token, space) in sentence.tokens.iter().zip(spaces) {
            let misc = if space { "_" } else { "SpaceAfter=No" };
            let first = token.first as usize;
            let last = first + token.words as usize;
            let multiword = token.words > 1;
            if multiword {
                let form = one_line(token.span.of(text));
                let id = first + 1;
                writeln!(output, "{id}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}")?;
            }
            for (offset, word) in tree.words().iter().enumerate().take(last).skip(first) {
                writeln!(
                    output,
                    "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{}",
                    offset + 1,
                    one_line(&word.form),
                    one_line(&word.lemma),
                    word.upos,
                    word.features.as_str(),
                    word.head.map_or(0, |head| head + 1),
                    word.relation,
                    if multiword { "_" } else { misc },
                )?;
            }
        }
        writeln!(output)?;
    }
    Ok(())
}

/// A column must not be empty, nor hold the signs that end a column or a line.
fn one_line(column: &str) -> Cow<'_, str> {
    if column.is_empty() {
        Cow::Borrowed("_")
    } else if column.contains(|sign: char| sign.is_control()) {
        Cow::Owned(column.replace(|sign: char| sign.is_control(), " "))
    } else {
        Cow::Borrowed(column)
    }
}
