//! Words that the treebanks hardly have, read like words of the same use that they have often.
//!
//! The treebanks of English have *deny* two dozen times, and "denies" never: the network takes it for a plural. Such a word is given the mean of
//! the embeddings of words that stand in the same frames and are frequent. Nothing else changes: no other word is read otherwise.

use crate::Model;
use crate::features::{Vocabulary, features};
use crate::model::Embeddings;

/// A word and those whose place it may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The rare word form, in small letters.
    pub word: String,
    /// The frequent ones; the word itself may be among them.
    pub like: Vec<String>,
}

/// Why a line tells no likeness.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: expected a word and those that it is like, as in `denies = believes + admits`"
)]
pub struct Error {
    /// The line, counted from 1.
    pub line: usize,
}

/// The likenesses of a file, `denies = believes + admits` a line; `#` begins a comment.
///
/// # Errors
/// If a line is not of this form.
pub fn likenesses(text: &str) -> Result<Vec<Likeness>, Error> {
    let mut found = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.split('#').next().unwrap_or_default();
        if content.trim().is_empty() {
            continue;
        }
        let (word, like) = content.split_once('=').ok_or(Error { line })?;
        let a_word = |text: &str| {
            let word = text.trim().to_lowercase();
            let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
            is_word.then_some(word).ok_or(Error { line })
        };
        found.push(Likeness {
            word: a_word(word)?,
            like: like.split('+').map(a_word).collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

/// From here on the model reads each word like the other one. All are likened to what the model was before.
pub fn liken(model: &mut Model, likenesses: &[Likeness]) {
    let mut table = model.embeddings.table();
    let mut hashes = model.vocabulary.hashes().to_vec();
    let mut changes = Vec::new();
    for Likeness { word, like } in likenesses {
        let mut rest = Vec::new();
        let mut own = None;
        features(word, |hash| {
            if own.is_none() {
                own = Some(hash);
            } else {
                rest.extend(hashes.iter().position(|&known| known == hash));
            }
        });
        let Some(own) = own else { continue };
        let mut wanted = vec![0.0; table.columns];
        let mut rows = Vec::new();
        for like in like {
            model.vocabulary.rows(like, 0, &mut rows);
        }
        for row in rows {
            add(
                &mut wanted,
                table.row(row as usize),
                1.0 / like.len() as f32,
            );
        }
        for row in rest {
            add(&mut wanted, table.row(row), -1.0);
        }
        changes.push((own, wanted));
    }
    for (own, wanted) in changes {
        if let Some(row) = hashes.iter().position(|&known| known == own) {
            table.row_mut(row).copy_from_slice(&wanted);
        } else {
            hashes.push(own);
            table.rows += 1;
            table.data.extend(wanted);
        }
    }
    model.network.sizes.features = hashes.len();
    model.vocabulary = Vocabulary::new(hashes);
    model.embeddings = Embeddings::quantise(&table);
}

fn add(sum: &mut [f32], row: &[f32], times: f32) {
    sum.iter_mut()
        .zip(row)
        .for_each(|(sum, value)| *sum += times * value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let found = likenesses("# verbs\n\nDenies = believes+ admits # rare\n").unwrap();
        let expected = Likeness {
            word: "denies".to_owned(),
            like: ["believes", "admits"].map(str::to_owned).to_vec(),
        };
        assert_eq!(found, [expected]);
        for wrong in ["denies", "a b = c", "= b", "a =", "a = b +"] {
            let error = likenesses(&format!("a = b\n{wrong}")).unwrap_err();
            assert_eq!(error, Error { line: 2 }, "{wrong}");
        }
    }

    #[test]
    fn sums_are_equal_and_other_words_stay() {
        let bytes = crate::shipped("en").unwrap();
        let mut model = Model::from_bytes(bytes).unwrap();
        let sum = |model: &Model, word: &str| {
            let mut rows = Vec::new();
            model.vocabulary.rows(word, 0, &mut rows);
            let mut sum = vec![0.0; model.network.sizes.embedding];
            for row in rows {
                model.embeddings.add(row as usize, &mut sum);
            }
            sum
        };
        let likeness = Likeness {
            word: "zorbles".to_owned(),
            like: vec!["says".to_owned()],
        };
        let before = ["says", "warbles", "denied"].map(|word| sum(&model, word));
        let other = sum(&model, "zorbles");
        liken(&mut model, &[likeness]);
        assert_eq!(
            ["says", "warbles", "denied"].map(|word| sum(&model, word)),
            before
        );
        let now = sum(&model, "zorbles");
        let far = |a: &[f32], b: &[f32]| {
            let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
            squares.sum::<f32>().sqrt()
        };
        assert!(far(&now, &before[0]) < 0.05 * far(&other, &before[0]));
        assert!(Model::from_bytes(&model.to_bytes()).is_ok());
    }
}
