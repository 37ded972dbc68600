//! What the network sees of a word: its form, its beginnings and ends, its shape, each as a 64-bit hash.

use rustc_hash::FxHashMap;

/// Longest beginning and end of a word that is a feature, in characters.
const LONGEST_PREFIX: usize = 4;
const LONGEST_SUFFIX: usize = 5;

/// Calls `found` with the hash of every feature of `form`. The first is the lower-cased form itself, the second the form as written.
pub(crate) fn features(form: &str, mut found: impl FnMut(u64)) {
    let lower = form.to_lowercase();
    found(hash(0, lower.as_bytes()));
    found(hash(1, form.as_bytes()));
    let mut ends = lower
        .char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .chain([lower.len()]);
    for length in 1..=LONGEST_PREFIX {
        match ends.next() {
            Some(end) if end < lower.len() => {
                found(hash(1 + length as u64, &lower.as_bytes()[..end]));
            }
            _ => break,
        }
    }
    let starts = lower.char_indices().rev().map(|(at, _)| at);
    for (length, start) in (1..=LONGEST_SUFFIX).zip(starts) {
        if start == 0 {
            break;
        }
        found(hash(10 + length as u64, &lower.as_bytes()[start..]));
    }
    let mut shape = [0_u8; 12];
    let mut length = 0;
    let mut run = 0;
    for character in form.chars() {
        let class = match character {
            c if c.is_uppercase() => b'X',
            c if c.is_alphabetic() => b'x',
            c if c.is_numeric() => b'9',
            c if c.is_ascii() => c as u8,
            _ => b'?',
        };
        run = if length > 0 && shape[length - 1] == class {
            run + 1
        } else {
            0
        };
        if run < 2 && length < shape.len() {
            shape[length] = class;
            length += 1;
        }
    }
    found(hash(20, &shape[..length]));
}

/// FNV-1a over the kind and the bytes: fixed for ever, because models store the values.
fn hash(kind: u64, bytes: &[u8]) -> u64 {
    let seed = 0xcbf2_9ce4_8422_2325 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bytes.iter().fold(seed, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many features of a word are forms: what they tell is known of no other word.
pub(crate) const FORMS: usize = 2;

/// The features that a model knows, each with its row in the embedding table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    hashes: Vec<u64>,
    rows: FxHashMap<u64, u32>,
}

impl Vocabulary {
    /// A vocabulary whose n-th hash has row n.
    pub(crate) fn new(hashes: Vec<u64>) -> Self {
        let rows = hashes
            .iter()
            .zip(0..)
            .map(|(&hash, row)| (hash, row))
            .collect();
        Self { hashes, rows }
    }

    pub(crate) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The row of a feature, if the vocabulary holds it.
    pub(crate) fn row(&self, hash: u64) -> Option<u32> {
        self.rows.get(&hash).copied()
    }

    /// The rows of the features of `form` that the vocabulary holds, in the order of [`features`], without the first `skipped` of these.
    pub(crate) fn rows(&self, form: &str, skipped: usize, rows: &mut Vec<u32>) {
        let mut feature = 0;
        features(form, |hash| {
            if feature >= skipped {
                rows.extend(self.rows.get(&hash));
            }
            feature += 1;
        });
    }
}
