//! How deeply the elements of a page are nested, counted before a tree is made of it.
//!
//! Trees of a million levels cost parsers time that grows with the square of them, and whatever recurses its stack.

use std::collections::BTreeMap;

use crate::Error;

/// Elements within elements at most; browsers go to 512.
const DEEPEST: usize = 1024;

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

/// Fails where elements are nested too deeply. An end without a beginning counts nothing, so that no page hides its depth behind them.
pub(crate) fn check(html: &str) -> Result<(), Error> {
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let mut depth = 0;
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
        if !name.starts_with(|sign: char| sign.is_ascii_alphabetic())
            || UNCOUNTED.contains(&name.as_str())
        {
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
