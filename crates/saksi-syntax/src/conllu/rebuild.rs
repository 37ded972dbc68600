//! From the sentences of a file back to a report.

use saksi_text::{Segmented, SourceMap, Span, Token, Word};

use super::{Error, Row, Sentence, Surface};
use crate::{Features, Parsed, Tree};

/// The report that `sentences` were made from, with their tokens and words.
///
/// Tokens are joined as `SpaceAfter` says. Each sentence stands on a line of its own; a comment `newpar` or `newdoc` begins a
/// new paragraph, after an empty line.
pub fn to_segmented(sentences: &[Sentence], language: &str) -> Segmented {
    let mut text = String::new();
    let mut paragraph = 0;
    let mut places = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if !text.is_empty() {
            text.push('\n');
            if begins_paragraph(sentence) {
                text.push('\n');
                paragraph += 1;
            }
        }
        let mut starts = Vec::new();
        let mut tokens = sentence.tokens().peekable();
        while let Some(token) = tokens.next() {
            starts.push(text.len());
            text.push_str(token.form);
            if token.space_after && tokens.peek().is_some() {
                text.push(' ');
            }
        }
        places.push((paragraph, starts));
    }
    let rebuilt = sentences
        .iter()
        .zip(places)
        .filter_map(|(sentence, (paragraph, starts))| rebuild(sentence, &text, paragraph, &starts))
        .collect();
    Segmented {
        sentences: rebuilt,
        map: SourceMap::identity(text.len()),
        text,
        language: language.to_owned(),
        given: true,
        ..Segmented::default()
    }
}

/// The report that `sentences` were made from, with their trees.
///
/// # Errors
///
/// Where a sentence's heads are no tree, or a part of speech or relation is none of Universal Dependencies 2.
pub fn to_parsed(sentences: &[Sentence], language: &str) -> Result<Parsed, Error> {
    let report = to_segmented(sentences, language);
    let mut trees = Vec::with_capacity(sentences.len());
    for (sentence, placed) in sentences.iter().zip(&report.sentences) {
        let words: Result<_, _> = sentence
            .words
            .iter()
            .zip(&placed.words)
            .map(|(row, word)| tree_word(row, word.span, sentence.line))
            .collect();
        trees.push(Tree::new(words?).ok_or(Error::Tree {
            line: sentence.line,
        })?);
    }
    Ok(Parsed {
        report,
        trees,
        names: Vec::new(),
    })
}

fn begins_paragraph(sentence: &Sentence) -> bool {
    sentence.comments.iter().any(|comment| {
        let key = comment.split([' ', '=']).next();
        matches!(key, Some("newpar" | "newdoc"))
    })
}

/// `None` only where the text is over 4 GiB and has no spans.
fn rebuild(
    sentence: &Sentence,
    text: &str,
    paragraph: u32,
    starts: &[usize],
) -> Option<saksi_text::Sentence> {
    let mut tokens = Vec::with_capacity(starts.len());
    let mut words = Vec::with_capacity(sentence.words.len());
    for (token, &start) in sentence.tokens().zip(starts) {
        let span = Span::new(text, start..start + token.form.len())?;
        tokens.push(Token {
            span,
            first: token.first as u32,
            words: token.words as u32,
        });
        let rows = &sentence.words[token.first..token.first + token.words];
        let apart = written_out(token, rows);
        let mut at = start;
        for row in rows {
            let end = at + row.form.len();
            words.push(Word {
                form: row.form.clone(),
                span: if apart {
                    Span::new(text, at..end)?
                } else {
                    span
                },
            });
            at = end;
        }
    }
    Some(saksi_text::Sentence {
        span: tokens.first()?.span.cover(tokens.last()?.span),
        paragraph,
        tokens,
        words,
    })
}

/// Whether the words one after another are the token, letter case aside: "kunjungannya" = "kunjungan" + "nya".
fn written_out(token: Surface<'_>, rows: &[Row]) -> bool {
    let mut rest = token.form;
    for row in rows {
        let Some((head, tail)) = rest.split_at_checked(row.form.len()) else {
            return false;
        };
        if head != &*row.form && head.to_lowercase() != row.form.to_lowercase() {
            return false;
        }
        rest = tail;
    }
    rest.is_empty()
}

fn tree_word(row: &Row, span: Span, line: usize) -> Result<crate::Word, Error> {
    let unknown = |kind, value: &str| Error::Unknown {
        line,
        kind,
        value: value.to_owned(),
    };
    Ok(crate::Word {
        form: row.form.clone(),
        lemma: row.lemma.clone(),
        upos: row
            .upos
            .parse()
            .map_err(|()| unknown("part of speech", &row.upos))?,
        features: Features::new(&row.feats),
        head: row.head.ok_or(Error::Tree { line })?.checked_sub(1),
        relation: row
            .deprel
            .parse()
            .map_err(|()| unknown("relation", &row.deprel))?,
        span,
    })
}
