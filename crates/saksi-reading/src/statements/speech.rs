//! Direct speech: which quotation belongs to which verb of saying.

use std::ops::Range;

use saksi_lexicon::cues::{Cue, CueForm, CueKind};
use saksi_syntax::Upos;
use saksi_text::{Segmented, Span};

use super::draft::Draft;
use super::quotes::Quote;
use super::sentence::Sentence;
use crate::propositions::{Voice, at};

/// How many words may stand between a quotation and its verb: the source with its office, whom it was said to, when and where.
const REACH: usize = 18;

/// A verb of saying outside quotation marks, with its source.
struct Verb<'a> {
    sentence: usize,
    word: usize,
    span: Span,
    entry: &'a Cue,
    source: Option<usize>,
    /// Whether what is said may come first ("..., kata Budi") or next ("Budi berkata, ...").
    follows: bool,
    leads: bool,
}

/// The statements in direct speech, in the order of their cues.
pub(super) fn find(sentences: &[Sentence<'_>], report: &Segmented, quotes: &[Quote]) -> Vec<Draft> {
    let verbs = verbs(sentences, quotes);
    let mut owner: Vec<Option<usize>> = vec![None; quotes.len()];
    for (index, quote) in quotes.iter().enumerate() {
        owner[index] = verbs
            .iter()
            .enumerate()
            .skip(verbs.partition_point(|verb| {
                verb.sentence + 2 < first_sentence(report, quote.outer.start())
            }))
            .take_while(|(_, verb)| verb.span.start() < quote.outer.end() + 400)
            .filter(|(_, verb)| {
                report.sentences[verb.sentence].paragraph == quote.paragraph
                    || verb.span.start() >= quote.outer.end()
            })
            .filter_map(|(at, verb)| Some((distance(sentences, report, verb, quote)?, at)))
            .min()
            .map(|(_, at)| at);
    }
    continue_speakers(report, quotes, &mut owner);
    let mut found = Vec::new();
    for (at, verb) in verbs.iter().enumerate() {
        let parts: Vec<Span> = quotes
            .iter()
            .zip(&owner)
            .filter(|(_, owner)| **owner == Some(at))
            .map(|(quote, _)| spoken(quote, report))
            .collect();
        if parts.is_empty() {
            continue;
        }
        found.push(Draft {
            sentence: verb.sentence,
            cue: verb.word..verb.word + 1,
            source: verb.source,
            parts,
            direct: true,
            stance: verb.entry.stance,
            aside: None,
            rule: "direct-speech",
            confidence: if verb.source.is_some() { 0.95 } else { 0.7 },
        });
    }
    found
}

/// The words of a quotation without the comma that only joins it to its verb.
fn spoken(quote: &Quote, report: &Segmented) -> Span {
    let words = quote.inner.of(&report.text);
    let trimmed = words.trim_end_matches(',').trim_end();
    let start = quote.inner.start();
    Span::new(&report.text, start..start + trimmed.len()).unwrap_or(quote.inner)
}

fn first_sentence(report: &Segmented, byte: usize) -> usize {
    report
        .sentences
        .partition_point(|sentence| sentence.span.end() <= byte)
}

fn verbs<'a>(sentences: &[Sentence<'a>], quotes: &[Quote]) -> Vec<Verb<'a>> {
    let mut found = Vec::new();
    for sentence in sentences {
        for index in 0..sentence.len() {
            let span = sentence.word(index).span;
            let after = quotes.partition_point(|quote| quote.outer.start() <= span.start());
            if after > 0
                && quotes[..after]
                    .iter()
                    .rev()
                    .take(3)
                    .any(|quote| quote.outer.contains(span))
            {
                continue;
            }
            for (entry, form) in sentence.cues(index) {
                if let Some(verb) = verb(sentence, index, entry, form) {
                    found.push(verb);
                    break;
                }
            }
        }
    }
    found
}

fn verb<'a>(
    sentence: &Sentence<'a>,
    index: usize,
    entry: &'a Cue,
    form: CueForm,
) -> Option<Verb<'a>> {
    if entry.kind != CueKind::Verb || entry.required {
        return None;
    }
    let word = sentence.word(index);
    if form == CueForm::Any && word.upos != Upos::Verb {
        return None;
    }
    let passive = match form {
        CueForm::Passive => true,
        CueForm::Any => {
            at(sentence.propositions, index).is_some_and(|found| found.voice == Voice::Passive)
        }
        _ => false,
    };
    let source = match form {
        CueForm::Bare => sentence.speaker_after(index),
        _ if passive => sentence.agent(index),
        _ => sentence.speaker(index).map(|(head, _)| head),
    };
    Some(Verb {
        sentence: sentence.index,
        word: index,
        span: word.span,
        entry,
        source,
        follows: !passive,
        leads: form != CueForm::Bare || source.is_some(),
    })
}

/// How many words lie between `verb` and `quote`, if the one can be the other's.
fn distance(
    sentences: &[Sentence<'_>],
    report: &Segmented,
    verb: &Verb<'_>,
    quote: &Quote,
) -> Option<usize> {
    let (gap, verb_first) = if verb.span.end() <= quote.outer.start() {
        (verb.span.end()..quote.outer.start(), true)
    } else if quote.outer.end() <= verb.span.start() {
        (quote.outer.end()..verb.span.start(), false)
    } else {
        return None;
    };
    let text = report.text.get(gap.clone())?;
    if text.len() > 300 {
        return None;
    }
    let mut words = 0;
    let mut verbal = false;
    for (sentence, index) in words_in(sentences, &gap, verb.sentence) {
        let sentence = &sentences[sentence];
        if sentence.is_punctuation(index) {
            continue;
        }
        if sentence.is_verb_of_saying(index) && sentence.word(index).upos == Upos::Verb {
            return None;
        }
        let word = sentence.word(index);
        verbal |= word.upos == Upos::Verb && !sentence.is_complementiser(index);
        words += 1;
    }
    if words > REACH {
        return None;
    }
    if verb_first {
        let ends = text.trim_end();
        let open = ends.is_empty()
            || ends.ends_with([',', ':', '–', '—'])
            || last_is_complementiser(sentences, &gap, verb.sentence)
            || (words == 0 && quote.is_utterance(&report.text));
        // A new sentence is somebody else's turn, but for a colon.
        let stops = text.contains(['.', '!', '?', ';']) && !ends.ends_with(':');
        let colon = ends.ends_with(':') || (words == 0 && !ends.is_empty());
        let fits = verb.leads
            && open
            && !verbal
            && !stops
            && (quote.is_utterance(&report.text) || colon)
            && !runs_on(report, quote);
        fits.then_some(words * 2)
    } else {
        // "... ," kata Budi; "...," the minister said: between them only the source.
        let starts = text.trim_start();
        let stops = starts.contains(['.', ';', ':']);
        let inner = quote.inner.of(&report.text);
        let turn = words > 0
            && first_sentence(report, quote.outer.end().saturating_sub(1)) != verb.sentence;
        let pause = inner.ends_with([',', '.', '!', '?', '…', '-', '–', '—'])
            || starts.starts_with([',', '.', '–', '—', '-'])
            || words == 0;
        let limit = if verbal { 0 } else { REACH };
        let fits = verb.follows
            && !turn
            && !runs_in(report, quote)
            && (!stops || starts.starts_with('.') && words == 0)
            && pause
            && words <= limit
            && (quote.is_utterance(&report.text) || words == 0);
        fits.then_some(words * 2 + 1)
    }
}

/// Whether the sentence goes on after the quotation as if the marks were not there: “kekuatan militer” dan sepenuhnya siap.
fn runs_on(report: &Segmented, quote: &Quote) -> bool {
    let inner = quote.inner.of(&report.text);
    let after = report.text.get(quote.outer.end()..).unwrap_or_default();
    let next = after.chars().find(|character| !character.is_whitespace());
    !inner.ends_with([',', '.', '!', '?', '…']) && next.is_some_and(char::is_alphanumeric)
}

/// Whether the sentence comes into the quotation as if the marks were not there: The tour was "a success", he said.
fn runs_in(report: &Segmented, quote: &Quote) -> bool {
    let before = report.text.get(..quote.outer.start()).unwrap_or_default();
    let own = first_sentence(report, quote.outer.start());
    let begins = report
        .sentences
        .get(own)
        .is_none_or(|sentence| sentence.span.start() >= quote.outer.start());
    let last = before
        .chars()
        .rev()
        .find(|character| !character.is_whitespace());
    !begins && last.is_some_and(char::is_alphanumeric)
}

fn last_is_complementiser(sentences: &[Sentence<'_>], gap: &Range<usize>, near: usize) -> bool {
    words_in(sentences, gap, near)
        .last()
        .is_some_and(|&(sentence, index)| sentences[sentence].is_complementiser(index))
}

/// The words whose letters lie in `bytes`, looked for around the sentence `near`.
fn words_in(sentences: &[Sentence<'_>], bytes: &Range<usize>, near: usize) -> Vec<(usize, usize)> {
    let first = near.saturating_sub(2);
    let last = (near + 3).min(sentences.len());
    let mut found = Vec::new();
    for sentence in &sentences[first..last] {
        for index in 0..sentence.len() {
            let span = sentence.word(index).span;
            if bytes.start <= span.start() && span.end() <= bytes.end {
                found.push((sentence.index, index));
            }
        }
    }
    found
}

/// A quotation that is a sentence of its own and follows another one, with nothing but that one's attribution between them, goes on
/// with its speaker.
fn continue_speakers(report: &Segmented, quotes: &[Quote], owner: &mut [Option<usize>]) {
    for index in 1..quotes.len() {
        let (before, quote) = (&quotes[index - 1], &quotes[index]);
        if owner[index].is_some() || !quote.is_utterance(&report.text) {
            continue;
        }
        let Some(speaker) = owner[index - 1] else {
            continue;
        };
        let own = first_sentence(report, quote.outer.start());
        let begins = report
            .sentences
            .get(own)
            .is_some_and(|sentence| sentence.span.start() + 4 >= quote.outer.start());
        let last = first_sentence(report, before.outer.end().saturating_sub(1));
        if begins
            && own <= last + 1
            && quote.paragraph <= before.paragraph + 1
            && !runs_on(report, quote)
        {
            owner[index] = Some(speaker);
        }
    }
}
