//! What a site lets programs fetch: `robots.txt` (RFC 9309).
//!
//! In: the file's text. Out: whether a path may be fetched, and how long to wait between requests.

use std::time::Duration;

/// Most bytes of the file that are looked at (the standard asks for 500 KiB at least).
pub(super) const LONGEST: usize = 512 << 10;

/// Rules that are kept, and their longest pattern.
const MOST: usize = 5000;
const LONGEST_PATTERN: usize = 1024;

/// The longest wait that a site can ask for.
const LONGEST_WAIT: u64 = 30;

/// What is let.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rules {
    /// Patterns, as addresses have them, and whether they are let.
    rules: Vec<(String, bool)>,
    /// What the site asks to wait between requests.
    pub(super) wait: Option<Duration>,
}

impl Rules {
    /// Nothing may be fetched.
    pub(super) fn none() -> Self {
        Self {
            rules: vec![("/".to_owned(), false)],
            wait: None,
        }
    }

    /// The rules for a program of this name; those for all programs where there are none for it.
    pub(super) fn read(text: &str, name: &str) -> Self {
        let (mut own, mut all) = (None::<Self>, Self::default());
        // Whom the lines speak to, and whether rules for them have begun.
        let (mut to_own, mut to_all, mut begun) = (false, false, false);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if std::mem::take(&mut begun) {
                        (to_own, to_all) = (false, false);
                    }
                    let called = value.split('/').next().unwrap_or_default().trim();
                    if called.eq_ignore_ascii_case(name) {
                        to_own = true;
                        own.get_or_insert_default();
                    }
                    to_all |= called == "*";
                }
                key @ ("allow" | "disallow" | "crawl-delay") => {
                    begun = true;
                    for rules in [own.as_mut().filter(|_| to_own), to_all.then_some(&mut all)]
                        .into_iter()
                        .flatten()
                    {
                        rules.tell(key, value);
                    }
                }
                _ => {}
            }
        }
        own.unwrap_or(all)
    }

    fn tell(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
            self.wait = seconds.and_then(|seconds| {
                Duration::try_from_secs_f64(seconds.min(LONGEST_WAIT as f64)).ok()
            });
        } else if !value.is_empty() && value.len() <= LONGEST_PATTERN && self.rules.len() < MOST {
            self.rules.push((encoded(value), key == "allow"));
        }
    }

    /// Whether a path with its query may be fetched: the longest rule that fits decides, and of two as long the one that lets.
    pub(super) fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting
            .max_by_key(|(pattern, lets)| (pattern.len(), *lets))
            .is_none_or(|(_, lets)| *lets)
    }
}

/// A pattern as addresses have it: its bytes beyond ASCII in hexadecimal digits.
fn encoded(pattern: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(pattern.len());
    for sign in pattern.chars() {
        if sign.is_ascii() {
            encoded.push(sign);
            continue;
        }
        for byte in sign.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Whether a path begins as a pattern says; `*` is anything, `$` at the end is the path's end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return !to_end || rest.is_empty();
    };
    for piece in middle {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    if to_end {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let rules = Rules::read(
            "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\nCrawl-delay: 2.5\n",
            "saksi",
        );
        for (path, lets) in [
            ("/", true),
            ("/a", false),
            ("/ab", false),
            ("/a/b/c", true),
            ("/x.pdf", false),
            ("/x.pdf?y", true),
        ] {
            assert_eq!(rules.allow(path), lets, "{path}");
        }
        assert_eq!(rules.wait, Some(Duration::from_millis(2500)));
    }

    #[test]
    fn rules_for_the_program_take_the_place_of_those_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Saksi/1.0\nDisallow: /private # not this\n";
        let rules = Rules::read(text, "saksi");
        assert!(rules.allow("/a") && !rules.allow("/private/a"));
        assert!(!Rules::read(text, "third").allow("/a"));
        assert!(Rules::read("nonsense\nDisallow: /a", "saksi").allow("/a"));
        assert!(!Rules::none().allow("/a"));
    }

    #[test]
    fn a_mark_of_the_encoding_is_no_part_of_the_first_line() {
        let rules = Rules::read("\u{FEFF}User-agent: *\nDisallow: /a\n", "saksi");
        assert!(!rules.allow("/a") && rules.allow("/b"));
    }

    #[test]
    fn signs_beyond_ascii_are_compared_as_addresses_have_them() {
        let rules = Rules::read(
            "User-agent: *\nDisallow: /berita/é\nAllow: /berita/é/*/日$\n",
            "saksi",
        );
        let path = |text: &str| {
            let url = url::Url::parse(&format!("https://harian.example{text}")).unwrap();
            url.path().to_owned()
        };
        assert!(!rules.allow(&path("/berita/éa")));
        assert!(rules.allow(&path("/berita/é/a/日")));
        assert!(!rules.allow(&path("/berita/é/a/日a")));
        assert!(rules.allow(&path("/berita/e")));
    }

    #[test]
    fn many_stars_take_no_long_time() {
        let pattern = "/*a".repeat(400);
        assert!(!fits(&pattern, &"/a".repeat(300)));
    }
}
