//! Identifiers of reports: SHA-256 of their text.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// Hexadecimal digits by which people name a report.
const SHORT: usize = 10;

/// The identifier of a report: SHA-256 of its text. It is written as hexadecimal digits; `{:.10}` gives the first ten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier([u8; 32]);

impl Identifier {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// As the database holds it.
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes of the digest.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As in a record: `sha256:` and the digits.
    pub fn in_record(&self) -> String {
        format!("sha256:{self}")
    }

    /// The first digits, by which people name it.
    pub fn short(&self) -> String {
        format!("{self:.SHORT$}")
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(64);
        for at in 0..digits.min(64) {
            let byte = self.0[at / 2];
            let digit = if at % 2 == 0 { byte >> 4 } else { byte & 15 };
            write!(f, "{digit:x}")?;
        }
        Ok(())
    }
}

impl Serialize for Identifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.in_record())
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({self:.SHORT$})")
    }
}

/// The least and the greatest identifier that begin with `prefix`: hexadecimal digits, with or without `sha256:` before them.
pub(crate) fn bounds(prefix: &str) -> Result<([u8; 32], [u8; 32]), Error> {
    let digits = prefix
        .trim()
        .strip_prefix("sha256:")
        .unwrap_or(prefix.trim());
    let numbers: Option<Vec<u8>> = digits
        .chars()
        .map(|c| c.to_digit(16).map(|d| d as u8))
        .collect();
    let numbers = (numbers.filter(|n| (1..=64).contains(&n.len())))
        .ok_or_else(|| Error::Identifier(prefix.to_owned()))?;
    let filled = |fill: u8| -> [u8; 32] {
        std::array::from_fn(|at| {
            let digit = |at: usize| numbers.get(at).copied().unwrap_or(fill);
            digit(2 * at) << 4 | digit(2 * at + 1)
        })
    };
    Ok((filled(0), filled(15)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_bound_identifiers() {
        let identifier = Identifier::of("Menteri datang.");
        let written = identifier.to_string();
        assert_eq!(written.len(), 64);
        assert!(written.starts_with(&identifier.short()));
        for length in [1, 2, 7, 64] {
            let (low, high) = bounds(&format!("{identifier:.length$}")).unwrap();
            assert!(low <= *identifier.as_bytes() && *identifier.as_bytes() <= high);
        }
        assert_eq!(
            bounds(&identifier.in_record()).unwrap().0,
            *identifier.as_bytes()
        );
        for wrong in ["", "xyz", "sha256:", &"a".repeat(65)] {
            assert!(bounds(wrong).is_err(), "{wrong}");
        }
    }
}
