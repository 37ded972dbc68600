//! An answer of a web server, as an archive keeps it.

use std::io::{self, Read};

use flate2::bufread::{GzDecoder, ZlibDecoder};

use crate::page;

/// Headers of an answer at most.
const MOST_HEADERS: usize = 200;

/// The longest name of a packing that is told.
const LONGEST_NAME: usize = 40;

/// An answer that told of success.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) mime: String,
    /// The content, as one piece and unpacked.
    pub(super) body: Vec<u8>,
    /// Whether the content is packed and damaged, or ends too early; what could be unpacked is there.
    pub(super) short: bool,
    /// How the content is still packed, where that is not known here.
    pub(super) packed: Option<String>,
}

/// Reads an answer; `None` where it tells of no success.
pub(super) fn answer(bytes: &[u8]) -> Option<Answer> {
    let (head, body) = split(bytes);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?;
    if status != "200" && status != "203" {
        return None;
    }
    let headers: Vec<(String, &str)> = (lines.take(MOST_HEADERS))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |name: &str| {
        headers
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| *value)
    };
    let chunked = header("transfer-encoding")
        .to_ascii_lowercase()
        .contains("chunked");
    // Archives often keep the content as one piece, and the header as it was.
    let body = chunked
        .then(|| unchunked(body))
        .flatten()
        .unwrap_or_else(|| body.to_vec());
    let mut answer = Answer {
        mime: header("content-type").to_owned(),
        body,
        short: false,
        packed: None,
    };
    let packings = header("content-encoding").to_ascii_lowercase();
    // The last one was done last.
    for packing in packings.rsplit(',').map(str::trim) {
        let unpacked = match packing {
            "gzip" | "x-gzip" => ungzipped(&answer.body),
            "deflate" => unpacked(ZlibDecoder::new(&*answer.body)),
            "" | "identity" | "utf-8" => None,
            _ => {
                let known = |sign: &char| sign.is_ascii_graphic();
                answer.packed = Some(packing.chars().filter(known).take(LONGEST_NAME).collect());
                break;
            }
        };
        // Archives may keep what was unpacked, too.
        if let Some((body, short)) = unpacked {
            answer.body = body;
            answer.short |= short;
        }
    }
    Some(answer)
}

/// A content type's kind in lower case, and its encoding.
pub(crate) fn kind(mime: &str) -> (&'static str, Option<String>) {
    const KNOWN: [&str; 3] = ["text/html", "application/xhtml+xml", "text/plain"];
    let mime = mime.to_ascii_lowercase();
    let (kind, rest) = mime.split_once(';').unwrap_or((&mime, ""));
    let charset = rest.split_once("charset=").map(|(_, name)| {
        name.trim_matches(['"', '\'', ' '])
            .split([';', ' ', '"'])
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let kind = match kind.trim() {
        "" => "",
        kind => KNOWN
            .into_iter()
            .find(|known| *known == kind)
            .unwrap_or("other"),
    };
    (kind, charset.filter(|name| !name.is_empty()))
}

fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = |mark: &[u8]| {
        bytes
            .windows(mark.len())
            .position(|window| window == mark)
            .map(|at| (at, at + mark.len()))
    };
    let ends = [end(b"\r\n\r\n"), end(b"\n\n")];
    let (head, body) = ends
        .into_iter()
        .flatten()
        .min()
        .unwrap_or((bytes.len(), bytes.len()));
    (
        bytes.get(..head).unwrap_or_default(),
        bytes.get(body..).unwrap_or_default(),
    )
}

/// The pieces put together; `None` where it is not in pieces.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..).unwrap_or_default();
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
        if rest.is_empty() {
            // Cut off after a piece: what is there is there.
            return Some(body);
        }
    }
}

/// What is packed, up to a little more than a page may have, and whether it is damaged from there on; `None` where it is not packed that way.
fn unpacked(reader: impl Read) -> Option<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    let read = up_to_limit(reader, &mut body);
    (read.is_ok() || !body.is_empty()).then_some((body, read.is_err()))
}

/// What is packed with gzip, of all of its members. What stands behind them is no part of it.
fn ungzipped(packed: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    let mut rest = packed;
    while rest.starts_with(&[0x1F, 0x8B]) && body.len() <= page::LONGEST {
        let mut member = GzDecoder::new(rest);
        if up_to_limit(&mut member, &mut body).is_err() {
            return Some((body, true));
        }
        rest = member.into_inner();
    }
    (rest.len() < packed.len()).then_some((body, false))
}

/// Adds what `reader` gives to `body`, until that is a little longer than a page may be.
fn up_to_limit(reader: impl Read, body: &mut Vec<u8>) -> io::Result<usize> {
    let left = (page::LONGEST + 1).saturating_sub(body.len());
    reader.take(left as u64).read_to_end(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_claims_of_pieces() {
        let of = |body: &str| {
            answer(
                format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}").as_bytes(),
            )
            .unwrap()
            .body
        };
        assert_eq!(of("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), b"abcde");
        assert_eq!(of("<html>whole</html>"), b"<html>whole</html>");
        assert_eq!(of("ffffffffffffffff\r\nabc"), b"abc");
    }

    #[test]
    fn types_have_encodings() {
        assert_eq!(
            kind("Text/HTML; charset=\"UTF-8\""),
            ("text/html", Some("utf-8".to_owned()))
        );
        assert_eq!(kind("image/png"), ("other", None));
        assert_eq!(kind(""), ("", None));
    }
}
