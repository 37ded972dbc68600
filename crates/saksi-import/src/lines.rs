//! Lines of a file, none of them longer than a limit.

use std::io::{self, BufRead, Read as _};

use crate::{Error, Fault, MAX_LINE_BYTES, Sink};

/// Hands out lines; what it holds of the file is one of them.
struct Lines<R> {
    source: R,
    line: Vec<u8>,
    number: u64,
}

/// A line without its end.
enum Line<'a> {
    Text(&'a [u8]),
    /// It is longer than [`MAX_LINE_BYTES`].
    TooLong,
}

impl<R: BufRead> Lines<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line and its number, from 1.
    fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        self.line.clear();
        let limit = MAX_LINE_BYTES as u64 + 1;
        let length = (&mut self.source)
            .take(limit)
            .read_until(b'\n', &mut self.line)?;
        if length == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.line.len() > MAX_LINE_BYTES && self.line.last() != Some(&b'\n') {
            self.line = Vec::new();
            self.source.skip_until(b'\n')?;
            return Ok(Some((self.number, Line::TooLong)));
        }
        Ok(Some((self.number, Line::Text(self.line.trim_ascii()))))
    }
}

/// Hands each line that is not empty to `take`, with its number; tells `sink` of those that are too long.
pub(crate) fn each(
    source: impl BufRead,
    sink: &mut dyn Sink,
    mut take: impl FnMut(u64, &[u8], &mut dyn Sink) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut lines = Lines::new(source);
    while let Some((line, text)) = lines.next()? {
        match text {
            Line::Text([]) => {}
            Line::Text(text) => take(line, text, sink)?,
            Line::TooLong => sink.fault(Fault {
                line,
                message: too_long(),
            }),
        }
    }
    Ok(())
}

/// What is said of a line that is too long.
pub(crate) fn too_long() -> String {
    format!(
        "it has more than {} MiB, the most that is read as one: it is passed over",
        MAX_LINE_BYTES >> 20
    )
}
