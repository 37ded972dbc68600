//! From the text of a file to its sentences.

use super::{Error, Multiword, Row, Sentence};

/// The sentences of the CoNLL-U file `text`.
///
/// Takes a byte order mark, line ends of either kind, missing and repeated blank lines; a head may be `_` (a file that
/// waits for its trees).
///
/// # Errors
///
/// Where a line isn't ten columns, ids are out of order, a head or a multiword token points outside its sentence, a form is empty,
/// or comments stand without words.
pub fn read(text: &str) -> Result<Vec<Sentence>, Error> {
    let mut sentences = Vec::new();
    let mut open = Sentence::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 0;
    for line in text.lines() {
        number += 1;
        if line.trim_ascii().is_empty() {
            close(&mut open, &mut sentences)?;
            continue;
        }
        if open.line == 0 {
            open.line = number;
        }
        match line.strip_prefix('#') {
            Some(comment) => open.comments.push(comment.trim().to_owned()),
            None => read_line(line, number, &mut open)?,
        }
    }
    close(&mut open, &mut sentences)?;
    Ok(sentences)
}

fn read_line(line: &str, number: usize, sentence: &mut Sentence) -> Result<(), Error> {
    let mut columns = [""; 10];
    let mut found = 0;
    for column in line.split('\t') {
        if let Some(place) = columns.get_mut(found) {
            *place = column;
        }
        found += 1;
    }
    if found != columns.len() {
        return Err(Error::Columns {
            line: number,
            found,
        });
    }
    let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns;
    let expected = sentence.words.len() + 1;
    let out_of_order = || Error::Id {
        line: number,
        id: id.to_owned(),
        expected,
    };
    if let Some((before, _)) = id.split_once('.') {
        let before: usize = before.parse().map_err(|_| out_of_order())?;
        return if before < expected {
            Ok(())
        } else {
            Err(out_of_order())
        };
    }
    if form.trim().is_empty() {
        return Err(Error::Form { line: number });
    }
    if let Some((first, last)) = id.split_once('-') {
        let first: usize = first.parse().map_err(|_| out_of_order())?;
        let last: usize = last.parse().map_err(|_| out_of_order())?;
        let free = sentence
            .multiword
            .last()
            .is_none_or(|token| token.last < first);
        if first != expected || last < first || !free {
            return Err(out_of_order());
        }
        sentence.multiword.push(Multiword {
            first,
            last,
            form: form.into(),
            misc: misc.into(),
        });
        return Ok(());
    }
    if id.parse() != Ok(expected) {
        return Err(out_of_order());
    }
    let head = match head {
        "_" => None,
        _ => Some(head.parse().map_err(|_| Error::Head {
            line: number,
            head: head.to_owned(),
        })?),
    };
    sentence.words.push(Row {
        id: expected,
        form: form.into(),
        lemma: lemma.into(),
        upos: upos.into(),
        xpos: xpos.into(),
        feats: feats.into(),
        head,
        deprel: deprel.into(),
        deps: deps.into(),
        misc: misc.into(),
    });
    Ok(())
}

/// Checks what only a whole sentence can tell, and stores it.
fn close(open: &mut Sentence, sentences: &mut Vec<Sentence>) -> Result<(), Error> {
    if open.line == 0 {
        return Ok(());
    }
    let sentence = std::mem::take(open);
    let line = sentence.line;
    let size = sentence.words.len();
    if let Some(token) = sentence.multiword.last()
        && token.last > size
    {
        return Err(Error::Range {
            line,
            id: format!("{}-{}", token.first, token.last),
        });
    }
    if size == 0 {
        return Err(Error::Empty { line });
    }
    for word in &sentence.words {
        if let Some(head) = word.head
            && head > size
        {
            return Err(Error::Head {
                line,
                head: head.to_string(),
            });
        }
    }
    sentences.push(sentence);
    Ok(())
}
