//! A reading, ready to be stored: all that costs time and needs no database is done here, on any thread.

use saksi_record::Record;
use sha2::{Digest as _, Sha256};

use crate::pack::pack;
use crate::rows::Rows;
use crate::shingles::{Shingles, Signature};
use crate::{Error, Identifier};

/// By what an intake is known: a digest of what was handed in, so that the same need not be read twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// Of the bytes of a report and of what was said about it; the order of `about` counts.
    pub fn of<'a>(bytes: &[u8], about: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let mut digest = Sha256::new();
        let mut part = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        };
        part(bytes);
        for value in about {
            // Nothing said and an empty word are not the same.
            part(&[u8::from(value.is_some())]);
            part(value.unwrap_or_default().as_bytes());
        }
        Self(digest.finalize().into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A reading, ready to be stored.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) key: Option<Key>,
    pub(crate) identifier: Identifier,
    pub(crate) record: Record,
    pub(crate) json: String,
    pub(crate) generator: String,
    pub(crate) packed: Vec<u8>,
    pub(crate) lemmas: String,
    pub(crate) packed_lemmas: Vec<u8>,
    pub(crate) rows: Rows,
    pub(crate) shingles: Shingles,
    pub(crate) signature: Option<Signature>,
}

impl Entry {
    /// Of a record and of its lemmas: a line a sentence, a space between two. `key` is what it was handed in as.
    ///
    /// # Errors
    /// Where the record is not consistent, or its identifier is not that of its text.
    pub fn new(record: Record, lemmas: String, key: Option<Key>) -> Result<Self, Error> {
        record.validate()?;
        let identifier = Identifier::of(&record.document.text);
        if record.document.id != identifier.in_record() {
            return Err(Error::Digest(record.document.id, identifier.in_record()));
        }
        let rows = Rows::of(&record);
        if !rows.fit() {
            return Err(Error::TooMany);
        }
        let json = serde_json::to_string(&record).expect("a record has only keys of text");
        let generator =
            serde_json::to_string(&record.generator).expect("a generator has only keys of text");
        let shingles = Shingles::of(&record.document.text);
        Ok(Self {
            key,
            identifier,
            packed: pack(&json),
            packed_lemmas: pack(&lemmas),
            signature: shingles.signature(),
            json,
            generator,
            lemmas,
            rows,
            shingles,
            record,
        })
    }

    /// The identifier of the report.
    pub fn identifier(&self) -> Identifier {
        self.identifier
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;

    #[test]
    fn a_key_tells_apart_what_was_said_of_the_bytes() {
        let keys = [
            Key::of(b"a", [None, Some("b")]),
            Key::of(b"a", [Some("b"), None]),
            Key::of(b"a", [Some(""), Some("b")]),
            Key::of(b"ab", [None, None]),
            Key::of(b"a", [Some("bc"), None]),
            Key::of(b"a", [Some("b"), Some("c")]),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
        }
        assert_eq!(Key::of(b"a", [None]), Key::of(b"a", [None]));
    }

    #[test]
    fn a_record_that_is_none_is_refused() {
        let mut wrong = record("Menteri datang.", None);
        wrong.document.id = "sha256:00".to_owned();
        assert!(matches!(
            Entry::new(wrong, String::new(), None),
            Err(Error::Digest(..))
        ));
        let mut wrong = record("Menteri datang.", None);
        wrong.sentences.push(saksi_record::Span(3, 99));
        assert!(matches!(
            Entry::new(wrong, String::new(), None),
            Err(Error::Record(_))
        ));
    }
}
