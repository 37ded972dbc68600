//! Which marks between two letters or digits make one token of both sides.
//!
//! In: a mark inside a chunk. Out: whether the token goes on past it. Each question looks at a bounded stretch around the mark.

use super::{
    Hyphen,
    tokens::{Scanner, is_letter},
};

impl Scanner<'_> {
    pub(super) fn stop_joins(&self, part: usize, stop: usize, next: usize) -> bool {
        let word = self.slice(part, stop);
        let after = self.slice(next, self.end);
        let Some(first) = after.chars().next() else {
            return false;
        };
        let Some(before) = word.chars().next_back() else {
            return false;
        };
        if before.is_ascii_digit() && first.is_ascii_digit() {
            return true;
        }
        // "pandemi.Top", "selesai.Ia": a new sentence without its space; "Ph.D", "U.S" are none.
        let low_before =
            word.chars().rev().take(2).all(char::is_lowercase) && word.chars().nth(1).is_some();
        let high_after = first.is_uppercase()
            && after
                .chars()
                .nth(1)
                .is_none_or(|second| second.is_lowercase() || second == ' ');
        if low_before && high_after && word.chars().nth(2).is_some() {
            return false;
        }
        // "No.5", "pukul 5.Ia"
        if before.is_alphabetic() && first.is_ascii_digit() {
            return !self.is_abbreviation(part, stop);
        }
        if before.is_ascii_digit() && first.is_uppercase() {
            return false;
        }
        !self.is_abbreviation(part, stop) || word.chars().nth(2).is_none()
    }

    fn is_abbreviation(&self, part: usize, stop: usize) -> bool {
        self.listed(self.slice(part, stop + 1)).is_some()
    }

    pub(super) fn comma_joins(&self, part: usize, comma: usize, next: usize) -> bool {
        if self.segmentation.decimal_comma {
            return true;
        }
        let digits = |text: &str| text.bytes().take(4).take_while(u8::is_ascii_digit).count();
        // "1,000" but not "[2,14]"
        digits(self.slice(next, self.end)) == 3 && {
            let before = self.slice(part, comma);
            let tail = before
                .bytes()
                .rev()
                .take_while(u8::is_ascii_digit)
                .take(4)
                .count();
            tail <= 3
        }
    }

    pub(super) fn slash_joins(&self, part: usize, slash: usize, next: usize) -> bool {
        let before = self.slice(part, slash);
        let last = before.rsplit('/').next().unwrap_or_default();
        let after = self.slice(next, self.end.min(self.text.floor_char_boundary(next + 32)));
        let following = after
            .get(
                ..after
                    .find(|next: char| !is_letter(next))
                    .unwrap_or(after.len()),
            )
            .unwrap_or_default();
        let digits =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let code = |word: &str| {
            word.len() <= 5
                && !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        if digits(last) && digits(following) {
            let third = after
                .get(following.len()..)
                .is_some_and(|rest| rest.starts_with('/'));
            let slashes = before.contains('/');
            return last.len() <= 2 && (following.len() <= 2 || following.len() == 4 && slashes)
                || last.len() == 4 && third
                || slashes && following.len() <= 4;
        }
        let single = |word: &str| word.chars().nth(1).is_none();
        // "34/PMK.011/2007": the number of a decree or letter.
        if digits(following)
            && before.contains('/')
            && last.ends_with(|end: char| end.is_ascii_digit())
        {
            return true;
        }
        single(last) && single(following)
            || (digits(following) && code(last) && !last.contains(|c: char| c.is_ascii_digit()))
            || (digits(last) && code(following))
    }

    pub(super) fn hyphen_joins(&self, part: usize, hyphen: usize, next: usize) -> bool {
        let left = self.slice(part, hyphen);
        let limit = self.text.floor_char_boundary((next + 64).min(self.end));
        let after = self.slice(next, limit);
        let right = after
            .get(
                ..after
                    .find(|next: char| !is_letter(next))
                    .unwrap_or(after.len()),
            )
            .unwrap_or_default();
        if left.len() > 64 {
            return true;
        }
        let numeric = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_digit())
                && word.ends_with(|last: char| last.is_ascii_digit())
        };
        if numeric(left) && numeric(right) {
            return self.is_number_group(hyphen);
        }
        let (left_low, right_low) = (left.to_lowercase(), right.to_lowercase());
        if self
            .segmentation
            .hyphen_prefixes
            .contains(left_low.as_str())
            || self
                .segmentation
                .hyphen_suffixes
                .contains(right_low.as_str())
            || self
                .segmentation
                .hyphen_words
                .contains(format!("{left_low}-{right_low}").as_str())
        {
            return true;
        }
        let high = |word: &str| word.starts_with(char::is_uppercase);
        match self.segmentation.hyphen {
            Hyphen::Split => false,
            Hyphen::Join => {
                !(high(left)
                    && high(right)
                    && left_low != right_low
                    && right.len() > 1
                    && left.len() > 1)
            }
        }
    }

    /// "2023-08-14", "021-555-0199", "555-0199", "5-0199": three groups of digits and more, and telephone numbers.
    fn is_number_group(&self, hyphen: usize) -> bool {
        let group = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
        let bytes = self.text.as_bytes();
        let before = bytes
            .get(hyphen.saturating_sub(32)..hyphen)
            .unwrap_or_default();
        let after = bytes
            .get(hyphen..self.end.min(hyphen + 32))
            .unwrap_or_default();
        let left = before.iter().rev().take_while(|byte| group(byte));
        let right = after.iter().take_while(|byte| group(byte));
        let years = left.clone().count() == 4 && right.clone().count() == 5;
        let extension = left.clone().count() == 1 && right.clone().count() == 5;
        let (mut hyphens, mut digits) = (0, 0);
        for byte in left.chain(right) {
            if *byte == b'-' {
                hyphens += 1;
            } else {
                digits += 1;
            }
        }
        hyphens >= 2
            || (digits >= 7 && !years || extension) && self.segmentation.hyphen == Hyphen::Split
    }
}
