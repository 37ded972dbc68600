//! The lemmatiser's part of a model file. The file around it carries version and checksum.
//!
//! Numbers are LEB128. One byte of settings; the edits; the table's keys as differences, in order, then their edits; the roots, each without
//! what it shares with the one before it.

use super::Lemmatiser;
use super::edit::{Casing, Edit};
use super::table::Table;
use crate::morphology::{Analyser, Roots};

/// Why bytes aren't a lemmatiser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// They end too soon.
    #[error("the lemmatiser ends too soon, at byte {at}: the model file is cut off; get it again")]
    Truncated {
        /// Byte of the lemmatiser's part.
        at: usize,
    },
    /// They hold something that no trainer writes.
    #[error("byte {at} of the lemmatiser makes no sense: the model file is damaged; get it again")]
    Damaged {
        /// Byte of the lemmatiser's part.
        at: usize,
    },
}

impl Lemmatiser {
    /// The lemmatiser for a model file; the same lemmatiser always gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![u8::from(self.analyser.is_some())];
        number(&mut out, self.edits.len() as u64);
        for edit in &self.edits {
            out.extend([edit.casing as u8, edit.drop_front, edit.drop_back]);
            text(&mut out, &edit.front);
            text(&mut out, &edit.back);
        }
        let entries = self.table.entries();
        number(&mut out, entries.len() as u64);
        let mut before = 0;
        for &(key, _) in &entries {
            number(&mut out, key - before);
            before = key;
        }
        for &(_, edit) in &entries {
            number(&mut out, u64::from(edit));
        }
        if let Some(analyser) = &self.analyser {
            let roots = analyser.roots().sorted();
            number(&mut out, roots.len() as u64);
            let mut before = "";
            for (root, class) in roots {
                let shared = shared(before, root);
                out.push(class);
                number(&mut out, shared as u64);
                text(&mut out, root.get(shared..).unwrap_or_default());
                before = root;
            }
        }
        out
    }

    /// The lemmatiser that [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// Where the bytes are cut off or damaged; whatever they are, never more memory is used than a small multiple of their length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader { bytes, at: 0 };
        let has_analyser = match reader.byte()? {
            0 => false,
            1 => true,
            _ => return Err(reader.damaged()),
        };
        let count = reader.count()?;
        let mut edits = Vec::with_capacity(count);
        for _ in 0..count {
            let casing = usize::from(reader.byte()?);
            edits.push(Edit {
                casing: *Casing::ALL.get(casing).ok_or(reader.damaged())?,
                drop_front: reader.byte()?,
                drop_back: reader.byte()?,
                front: reader.text()?.into(),
                back: reader.text()?.into(),
            });
        }
        let count = reader.count()?;
        let mut keys = Vec::with_capacity(count);
        let mut key: u64 = 0;
        for _ in 0..count {
            key = key
                .checked_add(reader.number()?)
                .filter(|key| key >> 40 == 0)
                .ok_or(reader.damaged())?;
            keys.push(key);
        }
        let mut table = Table::with_capacity(count);
        for key in keys {
            let edit = reader.number()?;
            let edit = u16::try_from(edit).map_err(|_| reader.damaged())?;
            if usize::from(edit) >= edits.len() {
                return Err(reader.damaged());
            }
            table.insert(key, edit);
        }
        let analyser = has_analyser.then(|| reader.roots()).transpose()?;
        if reader.at != bytes.len() {
            return Err(reader.damaged());
        }
        Ok(Self {
            edits,
            table,
            analyser: analyser.map(Analyser::new),
        })
    }
}

/// Bytes of the start that both share, up to a character boundary of `other`.
fn shared(one: &str, other: &str) -> usize {
    let mut length = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !other.is_char_boundary(length) {
        length -= 1;
    }
    length
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn text(out: &mut Vec<u8>, value: &str) {
    number(out, value.len() as u64);
    out.extend(value.bytes());
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn damaged(&self) -> Error {
        Error::Damaged { at: self.at }
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let byte = self
            .bytes
            .get(self.at)
            .ok_or(Error::Truncated { at: self.at })?;
        self.at += 1;
        Ok(*byte)
    }

    fn number(&mut self) -> Result<u64, Error> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// How many things follow: each takes a byte at least, so that a wrong count can't ask for much memory.
    fn count(&mut self) -> Result<usize, Error> {
        let count = usize::try_from(self.number()?).map_err(|_| self.damaged())?;
        if count > self.bytes.len() - self.at {
            return Err(Error::Truncated { at: self.at });
        }
        Ok(count)
    }

    fn text(&mut self) -> Result<&'a str, Error> {
        let length = self.count()?;
        let bytes = self
            .bytes
            .get(self.at..self.at + length)
            .ok_or(Error::Truncated { at: self.at })?;
        let text = std::str::from_utf8(bytes).map_err(|_| self.damaged())?;
        self.at += length;
        Ok(text)
    }

    fn roots(&mut self) -> Result<Roots, Error> {
        let count = self.count()?;
        let mut roots = Roots::default();
        let mut before = String::new();
        for _ in 0..count {
            let class = self.byte()?;
            let shared = self.count()?;
            if !before.is_char_boundary(shared) || shared > 255 {
                return Err(self.damaged());
            }
            before.truncate(shared);
            before.push_str(self.text()?);
            roots.insert_class(&before, class);
        }
        Ok(roots)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Example, Settings};
    use super::*;
    use crate::{Features, Upos};

    fn small(analyser: bool) -> Lemmatiser {
        let features = Features::new("_");
        let words = [
            ("menyerang", Upos::Verb, "serang"),
            ("serangan", Upos::Noun, "serang"),
            ("kapal", Upos::Noun, "kapal"),
            ("kapak", Upos::Noun, "kapak"),
            ("went", Upos::Verb, "go"),
        ];
        let examples = words.iter().map(|&(form, upos, lemma)| Example {
            form,
            upos,
            features: &features,
            lemma,
            weight: 1,
        });
        Lemmatiser::train(examples, Settings { analyser })
    }

    #[test]
    fn bytes_are_read_back() {
        for analyser in [false, true] {
            let before = small(analyser);
            let bytes = before.to_bytes();
            let after = Lemmatiser::from_bytes(&bytes).unwrap();
            assert_eq!(after.to_bytes(), bytes);
            let none = Features::default();
            assert_eq!(&*after.lemma("Went", Upos::Verb, &none), "go");
            assert_eq!(&*after.lemma("menyerang", Upos::Verb, &none), "serang");
            assert_eq!(after.analyser().is_some(), analyser);
        }
    }

    #[test]
    fn damaged_bytes_are_errors_or_another_lemmatiser() {
        let bytes = small(true).to_bytes();
        for end in 0..bytes.len() {
            assert!(Lemmatiser::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
        let none = Features::default();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                if let Ok(lemmatiser) = Lemmatiser::from_bytes(&damaged) {
                    lemmatiser.lemma("menyerangnya", Upos::Verb, &none);
                    lemmatiser.lemma("Went", Upos::Verb, &none);
                }
            }
        }
        assert_eq!(
            Lemmatiser::from_bytes(&[0xff; 64]).unwrap_err(),
            Error::Damaged { at: 1 }
        );
        let error = Lemmatiser::from_bytes(&[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the lemmatiser ends too soon, at byte 0: the model file is cut off; get it again"
        );
    }
}
