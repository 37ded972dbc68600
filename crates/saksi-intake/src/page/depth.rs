//! What a page would cost those who make a tree of it, counted before it is made.
//!
//! Parsers look through the elements that stand open at each one that begins, and open the bold and the slanted ones again in each paragraph: a page of two
//! megabytes can cost minutes and gigabytes. Whatever recurses needs a stack for the deepest.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::Error;

/// Elements within elements at most, as in browsers.
const DEEPEST: usize = 512;

/// Elements at most; a long page of news has five thousand.
const MOST: usize = 50_000;

/// Sum of the depths of all elements at most; that of a long page of news is a twentieth of it.
const MOST_WORK: usize = 4_000_000;

/// Elements that have no end, or end by themselves where the next one begins.
const UNCOUNTED: [&str; 31] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "option",
    "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
];

/// Elements whose content is no markup.
const RAW: [&str; 7] = [
    "script", "style", "textarea", "title", "noscript", "iframe", "xmp",
];

/// Fails where elements are nested too deeply, or are too many. An end without a beginning counts nothing, so that no page hides its depth behind them.
pub(crate) fn check(html: &str) -> Result<(), Error> {
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let (mut depth, mut count, mut work) = (0, 0, 0);
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (ends, tag) = match after.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, after),
        };
        let length = tag
            .find(|sign: char| !sign.is_ascii_alphanumeric() && !"-:".contains(sign))
            .unwrap_or(tag.len());
        let Some((name, inside)) = tag.split_at_checked(length.min(64)) else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        if !name.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            continue;
        }
        count += 1;
        work += depth;
        if count > 2 * MOST || work > MOST_WORK {
            return Err(Error::Elements(MOST));
        }
        if UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if ends {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
            continue;
        }
        if RAW.contains(&name.as_str()) {
            rest = after_end(inside, &name);
            continue;
        }
        depth += 1;
        if depth > DEEPEST {
            return Err(Error::Nested(DEEPEST));
        }
        *open.entry(name).or_default() += 1;
    }
    Ok(())
}

/// The page with each `<` that opens nothing as text. Parsers keep a complaint for each of them.
pub(crate) fn mended(html: &str) -> Cow<'_, str> {
    let opens = |after: &str| {
        after.starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!?".contains(sign))
    };
    let mut pieces = html.split('<');
    let mut mended = pieces.next().unwrap_or_default().to_owned();
    let mut changed = false;
    for piece in pieces {
        changed |= !opens(piece);
        mended.push_str(if opens(piece) { "<" } else { "&lt;" });
        mended.push_str(piece);
    }
    if changed {
        Cow::Owned(mended)
    } else {
        Cow::Borrowed(html)
    }
}

/// What stands after the end of an element whose content is no markup.
fn after_end<'a>(inside: &'a str, name: &str) -> &'a str {
    let mut rest = inside;
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if after
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
        {
            return after;
        }
    }
    // Without an end parsers disagree; its content is then looked at as the rest is.
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn depth_is_seen_through_false_ends() {
        for unit in ["<div>", "<div></x>", "<b><i>", "<DIV x='1'>", "<x-y>"] {
            assert_eq!(
                check(&unit.repeat(2000)),
                Err(Error::Nested(DEEPEST)),
                "{unit}"
            );
        }
    }

    #[test]
    fn what_would_take_long_is_refused() {
        let mut bold = String::new();
        for number in 0..400 {
            let _ = write!(bold, "<b a={number}><p>a");
        }
        for page in [
            "<p>a".repeat(200_000),
            format!("{}{}", "<div>".repeat(400), "<p>a".repeat(20_000)),
            format!("{bold}{}", "<p>a".repeat(20_000)),
        ] {
            assert_eq!(check(&page), Err(Error::Elements(MOST)));
        }
    }

    #[test]
    fn signs_that_open_nothing_are_text() {
        assert_eq!(
            mended("a < b <p>c</p> <!-- x --> <<i>3<4"),
            "a &lt; b <p>c</p> <!-- x --> &lt;<i>3&lt;4"
        );
        assert!(matches!(mended("<p>a"), Cow::Borrowed(_)));
    }

    #[test]
    fn pages_are_not_deep() {
        for unit in [
            "<p>a",
            "<br>",
            "<div><p>a</div>",
            "<script>'<div>'</script>",
            "<!-- <div> -->",
            "<table><tr><td>a<tr><td>b</table>",
            "a < b",
        ] {
            assert_eq!(check(&unit.repeat(3000)), Ok(()), "{unit}");
        }
    }
}
