//! Quotation marks, paired over the whole report.
//!
//! A mark opens or closes by what stands around it, not by its shape: many outlets set the same mark on both sides. A
//! quotation ends with its paragraph at the latest; one whose paragraph never closes it goes on only where the next paragraph opens
//! with a mark again, as printers do, and is otherwise none.

use saksi_text::{Segmented, Span};

/// Words between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The words, without the marks and blanks inside them.
    pub(crate) inner: Span,
    /// With the marks.
    pub(crate) outer: Span,
    /// The paragraph it begins in.
    pub(crate) paragraph: u32,
    /// How many words it holds.
    pub(crate) words: usize,
}

impl Quote {
    /// Whether it is somebody's utterance, not a word in distance marks ("latihan 'pertahanan'"): a few words at least, or ended by a
    /// mark of its own.
    pub(crate) fn is_utterance(&self, text: &str) -> bool {
        let words = self.inner.of(text);
        self.words >= 5 || words.ends_with(['.', '!', '?', '…', ',']) && self.words >= 2
    }
}

/// The quotations of a report, in the order of their opening marks; none inside another one of the same marks.
pub(crate) fn find(report: &Segmented) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut sentences = report.sentences.as_slice();
    while let Some(first) = sentences.first() {
        let length = sentences
            .iter()
            .take_while(|sentence| sentence.paragraph == first.paragraph)
            .count();
        let (paragraph, rest) = sentences.split_at(length);
        sentences = rest;
        let last = paragraph[paragraph.len() - 1].span;
        let continues = rest
            .first()
            .is_some_and(|next| next.span.of(&report.text).starts_with(is_double));
        scan(
            report,
            first.span.cover(last),
            first.paragraph,
            continues,
            &mut found,
        );
    }
    found.sort_by_key(|quote| quote.outer);
    found
}

/// Adds the quotations of one paragraph; `continues` says that the next one begins with a mark.
fn scan(report: &Segmented, paragraph: Span, number: u32, continues: bool, found: &mut Vec<Quote>) {
    let text = paragraph.of(&report.text);
    let offset = paragraph.start();
    let mut open: Option<(usize, usize, bool)> = None;
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let mut end = at + character.len_utf8();
        let mut double = is_double(character);
        // ``LaTeX'' marks
        if matches!(character, '`' | '\'')
            && characters
                .peek()
                .is_some_and(|&(_, next)| next == character)
        {
            characters.next();
            end += 1;
            double = true;
        }
        let after = characters.peek().map(|&(_, next)| next);
        let opens = before.is_none_or(|before: char| before.is_whitespace() || is_opener(before))
            && after.is_some_and(|after| !after.is_whitespace())
            || before.is_none()
            || matches!(character, '“' | '„' | '«') && open.is_none();
        let single = matches!(character, '\'' | '‘' | '’') && !double;
        match open {
            None if double && opens => open = Some((at, end, true)),
            None if single
                && opens
                && after.is_some_and(char::is_alphanumeric)
                && character != '’' =>
            {
                open = Some((at, end, false));
            }
            Some((from, inner, true)) if double => {
                push(report, number, offset, from, inner, at, end, found);
                open = None;
            }
            Some((from, inner, false))
                if single
                    && before.is_some_and(|before| !before.is_whitespace())
                    && !after.is_some_and(char::is_alphanumeric) =>
            {
                push(report, number, offset, from, inner, at, end, found);
                open = None;
            }
            // A double mark inside what only looked like single quotation begins afresh.
            Some((.., false)) if double && opens => open = Some((at, end, true)),
            _ => {}
        }
        before = Some(character);
    }
    if let Some((from, inner, true)) = open
        && continues
    {
        push(
            report,
            number,
            offset,
            from,
            inner,
            text.len(),
            text.len(),
            found,
        );
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "four ends of one quotation, and where it belongs"
)]
fn push(
    report: &Segmented,
    paragraph: u32,
    offset: usize,
    from: usize,
    inner: usize,
    close: usize,
    end: usize,
    found: &mut Vec<Quote>,
) {
    let raw = report
        .text
        .get(offset + inner..offset + close)
        .unwrap_or_default();
    let start = offset + inner + (raw.len() - raw.trim_start().len());
    let stop = start + raw.trim().len();
    let words = raw
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    if words == 0 {
        return;
    }
    if let (Some(inner), Some(outer)) = (
        Span::new(&report.text, start..stop),
        Span::new(&report.text, offset + from..offset + end),
    ) {
        found.push(Quote {
            inner,
            outer,
            paragraph,
            words,
        });
    }
}

fn is_double(character: char) -> bool {
    matches!(
        character,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞'
    )
}

fn is_opener(character: char) -> bool {
    matches!(
        character,
        '(' | '[' | '—' | '–' | '-' | '/' | ':' | ',' | '.'
    )
}

#[cfg(test)]
mod tests {
    use saksi_text::{Segmented, Sentence};

    use super::*;

    /// The quotations of a text whose lines are paragraphs of one sentence each.
    fn quotes(text: &str) -> Vec<String> {
        let mut at = 0;
        let mut sentences = Vec::new();
        for (number, line) in text.split('\n').enumerate() {
            sentences.push(Sentence {
                span: Span::new(text, at..at + line.len()).unwrap(),
                paragraph: number as u32,
                tokens: Vec::new(),
                words: Vec::new(),
            });
            at += line.len() + 1;
        }
        let report = Segmented {
            text: text.into(),
            sentences,
            ..Segmented::default()
        };
        find(&report)
            .iter()
            .map(|quote| quote.inner.of(text).to_owned())
            .collect()
    }

    #[test]
    fn marks_of_all_shapes() {
        assert_eq!(quotes("\"Kami siap,\" kata dia."), ["Kami siap,"]);
        assert_eq!(quotes("Ia berkata, “Kami siap.”"), ["Kami siap."]);
        assert_eq!(quotes("”Kami siap,” kata dia."), ["Kami siap,"]);
        assert_eq!(quotes("«We are ready», he said."), ["We are ready"]);
        assert_eq!(quotes("``We are ready,'' he said."), ["We are ready,"]);
        assert_eq!(quotes("He called it ‘a crime’ and left."), ["a crime"]);
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert!(quotes("The workers' rights and Kim's plan don't matter.").is_empty());
        assert!(quotes("Al-Qur’an dan Ma’ruf").is_empty());
    }

    #[test]
    fn an_unclosed_quotation_ends_nowhere() {
        assert!(quotes("Ia berkata, \"Kami siap.\nLalu ia pergi.").is_empty());
    }

    #[test]
    fn a_quotation_goes_on_where_the_next_paragraph_opens_again() {
        assert_eq!(
            quotes("“Kami siap sejak lama.\n“Besok kami berangkat,” kata dia."),
            ["Kami siap sejak lama.", "Besok kami berangkat,"]
        );
    }
}
