//! Bytes of a source: unpacked, looked ahead into, by lines, never more than a limit.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

/// How much of a source is looked at to tell what it is.
pub(crate) const LOOKED_AT: usize = 8192;

/// A source of bytes.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

/// A source that was looked into.
pub(crate) struct Looked {
    /// Its first bytes, unpacked.
    pub(crate) start: Vec<u8>,
    /// All of it, as it lies there.
    pub(crate) source: Bytes,
    /// Whether it is packed with gzip.
    packed: bool,
}

impl Looked {
    /// All of it, unpacked.
    pub(crate) fn unpacked(self) -> Bytes {
        if self.packed {
            Box::new(BufReader::new(MultiGzDecoder::new(self.source)))
        } else {
            self.source
        }
    }
}

/// Looks into `source`.
pub(crate) fn look_into(source: impl Read + Send + 'static) -> io::Result<Looked> {
    let (start, source) = ahead(Box::new(BufReader::new(source)), LOOKED_AT as u64)?;
    let packed = start.starts_with(&[0x1F, 0x8B]);
    if !packed {
        return Ok(Looked {
            start,
            source,
            packed,
        });
    }
    let mut unpacked = Vec::new();
    // What is cut off here, or damaged, shows its beginning all the same.
    let _ = MultiGzDecoder::new(&*start)
        .take(LOOKED_AT as u64)
        .read_to_end(&mut unpacked);
    Ok(Looked {
        start: unpacked,
        source,
        packed,
    })
}

fn ahead(mut source: Bytes, count: u64) -> io::Result<(Vec<u8>, Bytes)> {
    let mut start = Vec::new();
    (&mut source).take(count).read_to_end(&mut start)?;
    Ok((start.clone(), Box::new(Cursor::new(start).chain(source))))
}

/// The rest of `source`, at most one byte more than `limit`.
pub(crate) fn up_to(source: &mut dyn BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A line of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes, without the end of the line.
    Whole(Vec<u8>),
    /// It is longer than the limit, and was passed over.
    TooLong,
}

/// The next line; `None` at the end.
pub(crate) fn line(source: &mut dyn BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let mut read = source
        .take(limit as u64 + 1)
        .read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    } else if read > limit {
        drop(bytes);
        while read > 0 {
            let held = source.fill_buf()?;
            let end = held.iter().position(|byte| *byte == b'\n');
            read = end.map_or(held.len(), |end| end + 1);
            source.consume(read);
            if end.is_some() {
                break;
            }
        }
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Whole(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut source = Cursor::new(b"a\r\nabcdefgh\n\nabcd".to_vec());
        let mut lines = Vec::new();
        while let Some(line) = line(&mut source, 4).unwrap() {
            lines.push(line);
        }
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(lines, [whole("a"), Line::TooLong, whole(""), whole("abcd")]);
    }
}
