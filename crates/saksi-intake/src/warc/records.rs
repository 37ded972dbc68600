//! The records of a web archive, one after the other (ISO 28500; ARC 1.0).
//!
//! In: the bytes as they lie on the disk. Out: records with the byte where each begins, of packed archives where its member begins. Whatever is
//! wrong, the next record is looked for from there: by the next line that opens a record, of WARC or ARC; where packed bytes are damaged, by the next
//! member.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use crate::Error;
use crate::page;
use crate::stream::{self, Bytes, Line};

/// The longest line of a header, and lines at most.
const LONGEST_LINE: usize = 64 << 10;
const MOST_LINES: usize = 1000;

/// Most bytes of a record that are kept: a page with the head of its answer.
const KEPT: u64 = page::LONGEST as u64 + (64 << 10);

/// What is told of packed bytes that can't be unpacked.
pub(super) const DAMAGED: &str = "its packed bytes are damaged or cut off";

/// How a member of a packed archive begins.
const MEMBER: [u8; 3] = [0x1F, 0x8B, 0x08];

/// Most bytes of a damaged member that are looked at again: where it is cut off, the next one was taken for its rest until that showed.
const AGAIN: usize = 64 << 10;

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    /// Byte of the archive where it begins.
    pub(super) offset: u64,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
    /// Its content.
    pub(super) body: Vec<u8>,
    /// Whether the content is longer than what is kept of it.
    pub(super) cut: bool,
    /// Whether the archive ends before the content does.
    pub(super) short: bool,
}

impl Record {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str())
    }
}

/// Bytes, counted as they are taken.
struct Counted {
    /// What was put back, and is taken first; and how much of it was taken again.
    back: Vec<u8>,
    taken_back: usize,
    source: Bytes,
    taken: u64,
    /// Of packed archives, the last bytes that were taken of the member that is read.
    last: Option<Vec<u8>>,
    /// How many bytes were looked at again.
    again: u64,
}

impl Counted {
    fn new(source: Bytes) -> Self {
        Self {
            back: Vec::new(),
            taken_back: 0,
            source,
            taken: 0,
            last: None,
            again: 0,
        }
    }

    /// Puts back what was taken of the member that began at `offset`, but for its first byte.
    fn look_again(&mut self, offset: u64) {
        let last = self.last.take().unwrap_or_default();
        let whole = last.len() as u64 == self.taken - offset;
        let from = last.len().saturating_sub(AGAIN).max(usize::from(whole));
        let last = last.get(from..).unwrap_or_default();
        // However damaged, no archive is read more than about twice.
        if self.again + last.len() as u64 <= self.taken + AGAIN as u64 {
            self.again += last.len() as u64;
            self.put_back(last);
        }
    }

    /// Puts back what was taken last.
    fn put_back(&mut self, bytes: &[u8]) {
        let (taken, rest) = self.back.split_at(self.taken_back);
        if taken.ends_with(bytes) {
            self.taken_back -= bytes.len();
        } else {
            self.back = [bytes, rest].concat();
            self.taken_back = 0;
        }
        self.taken -= bytes.len() as u64;
    }

    /// Whether what was put back was taken again, all of it.
    fn is_at_source(&self) -> bool {
        self.taken_back == self.back.len()
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_at_source() {
            self.source.fill_buf()
        } else {
            Ok(self.back.get(self.taken_back..).unwrap_or_default())
        }
    }

    fn consume(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        if let Some(mut last) = self.last.take() {
            let held = self.fill_buf().unwrap_or_default();
            last.extend_from_slice(held.get(..count).unwrap_or(held));
            if last.len() > 2 * AGAIN {
                last.drain(..last.len() - AGAIN);
            }
            self.last = Some(last);
        }
        self.taken += count as u64;
        if self.is_at_source() {
            self.source.consume(count);
        } else {
            self.taken_back = (self.taken_back + count).min(self.back.len());
        }
    }
}

enum Reader {
    /// Between members, or in an archive that is not packed.
    Plain(Counted),
    /// In a member.
    Packed(Box<BufReader<GzDecoder<Counted>>>),
    Ended,
}

/// The records of an archive; in the place of those that are broken, where and what.
pub(super) struct Records {
    reader: Reader,
    /// Whether the archive is packed; told by its first bytes.
    packed: Option<bool>,
    offset: u64,
    /// The line that opens the next record and where it begins, where it was looked for.
    opening: Option<(u64, String)>,
    /// Whether the last record was broken: what follows may be the rest of it, and is then no second error.
    broken: bool,
}

impl Records {
    pub(super) fn new(source: Bytes) -> Self {
        Self {
            reader: Reader::Plain(Counted::new(source)),
            packed: None,
            offset: 0,
            opening: None,
            broken: false,
        }
    }

    /// The next record, `None` at the end.
    fn record(&mut self) -> Result<Option<Record>, Error> {
        loop {
            match std::mem::replace(&mut self.reader, Reader::Ended) {
                Reader::Ended => return Ok(None),
                Reader::Plain(mut source) => {
                    if let Some((offset, line)) = self.opening.take() {
                        self.offset = offset;
                        let result = record(&mut source, offset, Some(line));
                        self.reader = Reader::Plain(source);
                        return result;
                    }
                    let start: Vec<u8> = source
                        .fill_buf()
                        .map_err(read)?
                        .iter()
                        .copied()
                        .take(2)
                        .collect();
                    let at_end = start.is_empty();
                    let packed = *self.packed.get_or_insert(start.starts_with(&MEMBER[..2]));
                    if at_end {
                        return Ok(None);
                    }
                    self.offset = source.taken;
                    if packed {
                        source.last.get_or_insert_default().clear();
                        if start.first() != Some(&MEMBER[0]) {
                            self.reader = Reader::Plain(source);
                            return Err(Error::Archive("no packed record begins here"));
                        }
                        self.reader =
                            Reader::Packed(Box::new(BufReader::new(GzDecoder::new(source))));
                        continue;
                    }
                    skip_empty_lines(&mut source)?;
                    self.offset = source.taken;
                    let result = record(&mut source, self.offset, None);
                    self.reader = Reader::Plain(source);
                    return result;
                }
                Reader::Packed(mut member) => {
                    let result = match self.opening.take() {
                        Some((offset, line)) => record(&mut *member, offset, Some(line)),
                        None => skip_empty_lines(&mut *member)
                            .and_then(|()| record(&mut *member, self.offset, None)),
                    };
                    match result {
                        Ok(Some(record)) => {
                            self.reader = Reader::Packed(member);
                            return Ok(Some(record));
                        }
                        Ok(None) => self.reader = Reader::Plain(member.into_inner().into_inner()),
                        Err(error) => {
                            self.reader = Reader::Packed(member);
                            return Err(error);
                        }
                    }
                }
            }
        }
    }

    /// Goes to where the next record may begin, after this error; whether that is surely no rest of the broken one.
    fn resume(&mut self, error: &Error) -> io::Result<bool> {
        let mut source = match std::mem::replace(&mut self.reader, Reader::Ended) {
            Reader::Ended => return Ok(false),
            Reader::Plain(mut source) if self.packed != Some(true) => {
                self.opening = next_opening(&mut source, |source| source.taken)?;
                self.reader = Reader::Plain(source);
                return Ok(false);
            }
            Reader::Plain(source) => source,
            Reader::Packed(mut member) => {
                let offset = self.offset;
                let damaged = matches!(error, Error::Archive(DAMAGED) | Error::Read(_));
                match (!damaged).then(|| next_opening(&mut *member, |_| offset)) {
                    Some(Ok(Some(opening))) => {
                        self.opening = Some(opening);
                        self.reader = Reader::Packed(member);
                        return Ok(false);
                    }
                    Some(Ok(None)) => {
                        self.reader = Reader::Plain(member.into_inner().into_inner());
                        return Ok(true);
                    }
                    None | Some(Err(_)) => member.into_inner().into_inner(),
                }
            }
        };
        let moved = source.taken > self.offset;
        // A member with a false checksum was read to its end, and the next one begins here.
        if moved && !source.fill_buf()?.starts_with(&MEMBER) {
            source.look_again(self.offset);
        }
        next_member(&mut source, !moved)?;
        self.reader = Reader::Plain(source);
        Ok(false)
    }
}

impl Iterator for Records {
    type Item = Result<Record, (u64, Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.record() {
                Ok(record) => {
                    self.broken = false;
                    return record.map(Ok);
                }
                Err(error) => {
                    let offset = self.offset;
                    let told = std::mem::replace(&mut self.broken, true);
                    let anew = self.resume(&error).unwrap_or_else(|_| {
                        self.reader = Reader::Ended;
                        false
                    });
                    if !told {
                        self.broken = !anew;
                        return Some(Err((offset, error)));
                    }
                }
            }
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` passes")]
fn read(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::Archive(DAMAGED)
        }
        _ => Error::Read(error.to_string()),
    }
}

fn skip_empty_lines(source: &mut dyn BufRead) -> Result<(), Error> {
    loop {
        let held = source.fill_buf().map_err(read)?;
        let empty = held
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        if empty == 0 {
            return Ok(());
        }
        source.consume(empty);
    }
}

/// Goes to the next place where a member may begin; not where it stands, if `past_first`.
fn next_member(source: &mut Counted, past_first: bool) -> io::Result<()> {
    let mut first = past_first;
    let mut matched = 0;
    loop {
        let held = source.fill_buf()?;
        if held.is_empty() {
            return Ok(());
        }
        let mut taken = 0;
        for byte in held {
            taken += 1;
            let passed = std::mem::take(&mut first);
            // No part of what opens a member opens it again, but for its first byte.
            matched = match MEMBER.get(matched) {
                Some(next) if next == byte && !passed => matched + 1,
                _ => usize::from(*byte == MEMBER[0] && !passed),
            };
            if matched == MEMBER.len() {
                break;
            }
        }
        source.consume(taken);
        if matched == MEMBER.len() {
            source.put_back(&MEMBER);
            return Ok(());
        }
    }
}

/// The next line that opens a record, and where it begins; what comes before it is passed over.
fn next_opening<S: BufRead>(
    source: &mut S,
    taken: impl Fn(&S) -> u64,
) -> io::Result<Option<(u64, String)>> {
    loop {
        let offset = taken(source);
        match stream::line(source, LONGEST_LINE)? {
            None => return Ok(None),
            Some(Line::Whole(line)) => {
                let line = String::from_utf8_lossy(&line);
                if line.starts_with("WARC/") || of_old(&line).is_some() {
                    return Ok(Some((offset, line.into_owned())));
                }
            }
            Some(Line::TooLong) => {}
        }
    }
}

/// Reads a record from its first line on, or from behind it where it was read; `None` at the end.
fn record(
    source: &mut dyn BufRead,
    offset: u64,
    first: Option<String>,
) -> Result<Option<Record>, Error> {
    let mut lines = 0;
    let mut line = || -> Result<Option<String>, Error> {
        lines += 1;
        match stream::line(source, LONGEST_LINE).map_err(read)? {
            None => Ok(None),
            Some(Line::Whole(line)) if lines <= MOST_LINES => {
                Ok(Some(String::from_utf8_lossy(&line).into_owned()))
            }
            Some(_) => Err(Error::Archive("its header is too long")),
        }
    };
    let first = match first {
        Some(first) => first,
        None => match line()? {
            Some(first) => first,
            None => return Ok(None),
        },
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    if first.starts_with("WARC/") {
        loop {
            let header = line()?.ok_or(Error::Archive("it is cut off in its header"))?;
            if header.is_empty() {
                break;
            }
            match (
                header.starts_with([' ', '\t']),
                headers.last_mut(),
                header.split_once(':'),
            ) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(header.trim());
                }
                (_, _, Some((name, value))) => {
                    headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                // A line that is no header says nothing; the record may be whole.
                _ => {}
            }
        }
    } else {
        headers = of_old(&first).ok_or(Error::Archive("no record begins here"))?;
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .and_then(|(_, length)| length.parse::<u64>().ok());
    let length = length.ok_or(Error::Archive("it does not tell its length"))?;
    let mut body = Vec::new();
    let kept = length.min(KEPT);
    let got = (&mut *source)
        .take(kept)
        .read_to_end(&mut body)
        .map_err(read)? as u64;
    let rest = length - kept;
    let passed = io::copy(&mut (&mut *source).take(rest), &mut io::sink()).map_err(read)?;
    Ok(Some(Record {
        offset,
        headers,
        body,
        cut: rest > 0,
        short: got < kept || passed < rest,
    }))
}

/// The header of an ARC record, with the names that WARC has: `http://a/ 1.2.3.4 20230814010000 text/html 123`.
fn of_old(line: &str) -> Option<Vec<(String, String)>> {
    let (line, length) = line.rsplit_once(' ')?;
    if !is_number(length) {
        return None;
    }
    // From the right: addresses may have spaces in them, and so may types.
    let fields: Vec<&str> = line.split(' ').collect();
    let at = fields.iter().rposition(|field| is_time(field))?;
    let (before, after) = (fields.get(..at)?, fields.get(at + 1..)?);
    let (time, (_, address)) = (fields.get(at)?, before.split_last()?);
    let address = address.join(" ");
    let mime = match after {
        // The second version of the format has a status, a checksum, a new place, an offset and a file's name more.
        [mime @ .., _, _, _, offset, _] if !mime.is_empty() && is_number(offset) => mime,
        mime => mime,
    };
    let mime = mime.join(" ");
    if address.is_empty() || after.is_empty() {
        return None;
    }
    let part = |from, to| time.get(from..to).unwrap_or("00");
    let date = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    );
    let kind = if address.starts_with("filedesc:") {
        "warcinfo"
    } else {
        "response"
    };
    let headers = [
        ("warc-type", kind),
        ("warc-target-uri", &address),
        ("warc-date", &date),
        ("content-type", &mime),
        ("content-length", length),
    ];
    Some(
        headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    )
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_time(text: &str) -> bool {
    matches!(text.len(), 12 | 14) && is_number(text)
}
