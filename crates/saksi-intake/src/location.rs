//! Where to look for reports.

use std::path::PathBuf;

use crate::Place;

/// What was named as a source of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// Standard input.
    StandardInput,
    /// A file or a folder.
    Path(PathBuf),
    /// An address that opens with `http://` or `https://`.
    Url(String),
}

impl Location {
    /// The place as a whole.
    pub fn place(&self) -> Place {
        match self {
            Self::StandardInput => Place::whole("-"),
            Self::Path(path) => Place::whole(path.display().to_string()),
            Self::Url(url) => Place::whole(url),
        }
    }
}

impl From<PathBuf> for Location {
    /// As typed: `-` is standard input, what opens as an address does is one, all else is a path.
    fn from(typed: PathBuf) -> Self {
        match typed.to_str() {
            Some("-") => Self::StandardInput,
            Some(text) if is_address(text) => Self::Url(text.to_owned()),
            _ => Self::Path(typed),
        }
    }
}

fn is_address(text: &str) -> bool {
    let scheme = |scheme: &str| {
        (text.get(..scheme.len())).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    scheme("http://") || scheme("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_told_apart() {
        let of = |text: &str| Location::from(PathBuf::from(text));
        assert_eq!(of("-"), Location::StandardInput);
        assert_eq!(
            of("HTTPS://example.org/a"),
            Location::Url("HTTPS://example.org/a".to_owned())
        );
        assert_eq!(of("https:/a"), Location::Path(PathBuf::from("https:/a")));
        assert_eq!(of("./-"), Location::Path(PathBuf::from("./-")));
    }
}
