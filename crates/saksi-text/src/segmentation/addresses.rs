//! Addresses of mail and of the web.
//!
//! In: the start of a chunk without white space. Out: where the address ends that starts there, if one does.

use super::tokens::{PieceKind, Scanner};

/// How far addresses are looked for, in bytes.
const LONGEST_ADDRESS: usize = 256;

/// Endings of addresses that are written without `www.`.
const DOMAINS: [&str; 12] = [
    "com", "org", "net", "gov", "edu", "mil", "int", "id", "uk", "eu", "info", "io",
];

/// Endings of names of files and addresses that are words of their own after a stop: "a .doc file".
const ENDINGS: [&str; 22] = [
    "com", "org", "net", "gov", "edu", "doc", "docx", "pdf", "txt", "xls", "xlsx", "csv", "ppt",
    "jpg", "jpeg", "png", "gif", "zip", "exe", "htm", "html", "xml",
];

impl Scanner<'_> {
    /// An e-mail or web address that starts here, and whether it is one for sure.
    pub(super) fn address(&self) -> Option<(usize, PieceKind)> {
        let start = self.at;
        let limit = self
            .text
            .floor_char_boundary((start + LONGEST_ADDRESS).min(self.chunk_end));
        let near = self.slice(start, limit);
        if self.chunk_has_at {
            let name = near
                .find(|next: char| !(next.is_ascii_alphanumeric() || "._-+%".contains(next)))
                .filter(|length| {
                    near.get(*length..)
                        .is_some_and(|rest| rest.starts_with('@'))
                });
            if let Some(name) = name {
                let host = near.get(name + 1..).unwrap_or_default();
                let length = host
                    .find(|next: char| !(next.is_ascii_alphanumeric() || "._-".contains(next)))
                    .unwrap_or(host.len());
                let host = host
                    .get(..length)
                    .unwrap_or_default()
                    .trim_end_matches(['.', '-', '_']);
                if name > 0 && !host.is_empty() {
                    return Some((start + name + 1 + host.len(), PieceKind::Address));
                }
            }
        }
        let scheme = near
            .get(..near.len().min(12))
            .and_then(|opening| opening.find("://"))
            .is_some_and(|at| {
                at > 1
                    && near
                        .get(..at)
                        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            });
        let known = scheme
            || near
                .get(..4)
                .is_some_and(|opening| opening.eq_ignore_ascii_case("www."))
            || self.chunk_has_at && near.starts_with("mailto:");
        if known || is_domain(near) {
            let whole = self.slice(start, self.chunk_end);
            let cut = whole.find(['"', '<', '>', '”', '“']).unwrap_or(whole.len());
            let whole = whole.get(..cut).unwrap_or(whole);
            let mut kept =
                whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '*']);
            if kept.ends_with(')') && !kept.contains('(') {
                kept = kept.trim_end_matches([')', '.', ',', ';']);
            }
            // "Detik.com Senin" is the name of a paper as well.
            let kind = if known {
                PieceKind::Address
            } else {
                PieceKind::Word
            };
            return (kept.len() > 4).then_some((start + kept.len(), kind));
        }
        None
    }

    /// "325" of ".325", "doc" of "a .doc file".
    pub(super) fn opens_number_or_ending(&self, start: usize) -> bool {
        let rest = self.slice(start, self.chunk_end);
        let length = rest
            .find(|next: char| !next.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        word.starts_with(|first: char| first.is_ascii_digit()) || ENDINGS.contains(&word)
    }
}

/// "kompas.com/berita", "bps.go.id"; not "usai.Di".
fn is_domain(near: &str) -> bool {
    let host = near.split(['/', '?', '#']).next().unwrap_or_default();
    let length = host
        .find(|next: char| !(next.is_ascii_alphanumeric() || next == '.' || next == '-'))
        .unwrap_or(host.len());
    let host = host.get(..length).unwrap_or_default().trim_end_matches('.');
    let path = near
        .get(host.len()..)
        .is_some_and(|rest| rest.starts_with('/'));
    let mut labels = host.rsplit('.');
    let Some(last) = labels.next() else {
        return false;
    };
    let named = labels.next().is_some_and(|label| label.len() >= 2);
    // Short country codes are words elsewhere: without a path they need a label of an authority before them.
    named && DOMAINS.contains(&last) && (last.len() > 2 || path || host.matches('.').count() >= 2)
}
