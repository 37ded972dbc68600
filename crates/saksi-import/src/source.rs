//! The bytes of a file: unpacked where they are packed, and looked at, to tell what they are.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::{Error, Format, Options, table};

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// Bytes at the beginning that tell what a file is.
const HEAD: usize = 1 << 16;

/// An unpacked file whose beginning is known.
pub(crate) struct Source<'a> {
    head: Cursor<Vec<u8>>,
    rest: Box<dyn BufRead + 'a>,
}

/// Unpacks `bytes` where they are packed.
pub(crate) fn open<'a>(mut bytes: impl Read + 'a) -> Result<Source<'a>, Error> {
    let magic = beginning(&mut bytes, 6)?;
    let packed = match &*magic {
        [b'B', b'Z', b'h', ..] => Some(("bzip2", "bzcat")),
        [0xFD, b'7', b'z', b'X', b'Z', 0] => Some(("xz", "xzcat")),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(("zstd", "zstdcat")),
        [b'P', b'K', 3, 4, ..] => Some(("zip", "unzip -p")),
        _ => None,
    };
    if let Some((name, command)) = packed {
        return Err(Error::Packed(name, command));
    }
    let gzip = magic.starts_with(&[0x1F, 0x8B]);
    let whole = Cursor::new(magic).chain(bytes);
    let mut rest: Box<dyn BufRead + 'a> = if gzip {
        let unpacked = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, whole));
        Box::new(BufReader::with_capacity(BUFFER, unpacked))
    } else {
        Box::new(BufReader::with_capacity(BUFFER, whole))
    };
    let mut head = beginning(&mut rest, HEAD)?;
    if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
        head.drain(..3);
    }
    Ok(Source {
        head: Cursor::new(head),
        rest,
    })
}

/// The first `length` bytes, or all where there are fewer.
fn beginning(source: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Source<'_> {
    /// The bytes at the beginning, of which nothing may have been read.
    pub(crate) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// What the file is.
    pub(crate) fn format(&self, options: &Options) -> Result<Format, Error> {
        let head = self.head();
        let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
        if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
            return Err(Error::Format("it is in UTF-16: save it as UTF-8"));
        }
        let text = head.trim_ascii_start();
        let json = matches!(text.first(), Some(b'{' | b'['));
        let wikidata = has(b"\"claims\"") || has(b"\"labels\"");
        match text.first() {
            None => Err(Error::Format("it is empty")),
            Some(b'[') if wikidata => Ok(Format::Wikidata),
            Some(b'[') => Err(Error::Format(
                "a JSON array; FollowTheMoney entities have a line each",
            )),
            Some(b'{') if has(b"\"schema\"") && has(b"\"properties\"") => {
                Ok(Format::FollowTheMoney)
            }
            Some(b'{') if wikidata => Ok(Format::Wikidata),
            _ if !json && (!options.columns.is_empty() || table::has_headings(head)) => {
                Ok(Format::Csv)
            }
            _ if json => Err(Error::Format(
                "JSON without the fields `schema` and `properties`, or `labels` and `claims`",
            )),
            _ => Err(Error::Format("a first line without a heading `name`")),
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let length = found.len().min(buffer.len());
        buffer[..length].copy_from_slice(&found[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.head.position() < self.head.get_ref().len() as u64 {
            return self.head.fill_buf();
        }
        self.rest.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if self.head.position() < self.head.get_ref().len() as u64 {
            self.head.consume(length);
        } else {
            self.rest.consume(length);
        }
    }
}
