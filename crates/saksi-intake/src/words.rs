//! The words of `words.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// What intake knows of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Names of each month.
    pub(crate) months: Vec<Vec<String>>,
    pub(crate) date_links: Vec<String>,
    pub(crate) published: Vec<String>,
    pub(crate) other_days: Vec<String>,
    pub(crate) byline: Vec<String>,
}

pub(crate) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("a test reads the file"));

impl Words {
    /// The number of the month of this name.
    pub(crate) fn month(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        let names = |names: &Vec<String>| names.contains(&name);
        (self.months.iter().position(names)).and_then(|index| i8::try_from(index + 1).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_twelve() {
        assert_eq!(WORDS.months.len(), 12);
        assert_eq!(WORDS.month("Agustus"), Some(8));
        assert_eq!(WORDS.month("Kliwon"), None);
    }
}
