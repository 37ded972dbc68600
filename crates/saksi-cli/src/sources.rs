//! From what was typed to reports, one after the other: files, folders, JSONL, standard input.
//!
//! Nothing is held but the report at hand: a folder may have a million files, and a file of JSONL a million lines.

use std::fs::{self, File, ReadDir};
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use saksi::About;
use serde::Deserialize;

use crate::input;

/// Bytes of a line of JSONL: what the longest report may be, with each character escaped, and what stands around it.
const LONGEST_LINE: u64 = 7 * saksi::MAX_REPORT_BYTES as u64;

/// A report as it was found.
pub(crate) struct Incoming {
    /// Where, for messages.
    pub(crate) place: String,
    /// Its text, in any encoding.
    pub(crate) bytes: Vec<u8>,
    /// What its source tells about it.
    pub(crate) about: About,
    /// Bytes of the source that it takes up.
    pub(crate) size: u64,
}

/// What is wrong with a report that can't be had, and where.
pub(crate) struct Problem {
    pub(crate) place: String,
    pub(crate) error: anyhow::Error,
}

/// The reports of sources, in no order that means anything.
pub(crate) struct Sources {
    typed: std::vec::IntoIter<PathBuf>,
    /// Folders that are being gone through, the innermost last.
    folders: Vec<ReadDir>,
    lines: Option<Lines>,
}

/// A file of JSONL that is being read.
struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl Sources {
    pub(crate) fn new(sources: Vec<PathBuf>) -> Self {
        Self {
            typed: sources.into_iter(),
            folders: Vec::new(),
            lines: None,
        }
    }

    /// How many bytes the reports have, as far as the file system tells.
    pub(crate) fn bytes(sources: &[PathBuf]) -> u64 {
        let mut bytes = 0;
        let mut folders = Vec::new();
        for source in sources {
            match fs::read_dir(source) {
                Ok(folder) => folders.push(folder),
                Err(_) => bytes += fs::metadata(source).map_or(0, |metadata| metadata.len()),
            }
        }
        while let Some(folder) = folders.last_mut() {
            match folder.next() {
                None => {
                    folders.pop();
                }
                Some(Ok(entry)) if is_folder(&entry) => {
                    folders.extend(fs::read_dir(entry.path()).ok());
                }
                Some(Ok(entry)) if is_report(&entry.path()) => {
                    bytes += fs::metadata(entry.path()).map_or(0, |metadata| metadata.len());
                }
                Some(_) => {}
            }
        }
        bytes
    }

    fn open(&mut self, path: &Path) -> Option<Result<Incoming, Problem>> {
        let problem = |error| {
            Some(Err(Problem {
                place: name(path),
                error,
            }))
        };
        if path.is_dir() {
            match fs::read_dir(path)
                .with_context(|| format!("could not look into `{}`", path.display()))
            {
                Ok(folder) => self.folders.push(folder),
                Err(error) => return problem(error),
            }
            return None;
        }
        if is_jsonl(path) {
            match File::open(path).with_context(|| format!("could not open `{}`", path.display())) {
                Ok(file) => {
                    self.lines = Some(Lines {
                        name: path.display().to_string(),
                        reader: Box::new(BufReader::with_capacity(1 << 16, file)),
                        line: 0,
                    });
                }
                Err(error) => return problem(error),
            }
            return None;
        }
        match input::bytes(path, saksi::MAX_REPORT_BYTES) {
            Ok(bytes) => Some(Ok(Incoming {
                place: name(path),
                size: bytes.len() as u64,
                bytes,
                about: About {
                    uri: (!input::is_standard_input(path)).then(|| path.display().to_string()),
                    ..About::default()
                },
            })),
            Err(error) => problem(error),
        }
    }

    /// The next file of the folders.
    fn file(&mut self) -> Option<Result<PathBuf, Problem>> {
        while let Some(folder) = self.folders.last_mut() {
            match folder.next() {
                None => {
                    self.folders.pop();
                }
                Some(Err(error)) => {
                    return Some(Err(Problem {
                        place: "a folder".to_owned(),
                        error: error.into(),
                    }));
                }
                // What hides is no report, and a link to a folder may lead round in a circle.
                Some(Ok(entry)) if is_folder(&entry) || is_report(&entry.path()) => {
                    return Some(Ok(entry.path()));
                }
                Some(Ok(_)) => {}
            }
        }
        None
    }
}

impl Iterator for Sources {
    type Item = Result<Incoming, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(found) => return Some(found),
                    None => self.lines = None,
                }
                continue;
            }
            let path = match self.file() {
                Some(Ok(path)) => path,
                Some(Err(problem)) => return Some(Err(problem)),
                None => self.typed.next()?,
            };
            if let Some(found) = self.open(&path) {
                return Some(found);
            }
        }
    }
}

fn name(path: &Path) -> String {
    if input::is_standard_input(path) {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}

fn is_folder(entry: &fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir())
        && !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_report(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden
        && (is_jsonl(path)
            || path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("txt")))
}

fn is_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("jsonl") || ending.eq_ignore_ascii_case("ndjson")
    })
}

/// A line of JSONL. Other fields than these are nobody's business here.
#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(alias = "url")]
    uri: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    published: Option<String>,
    retrieved: Option<String>,
    #[serde(alias = "lang")]
    language: Option<String>,
}

impl Lines {
    fn next(&mut self) -> Option<Result<Incoming, Problem>> {
        loop {
            self.line += 1;
            let place = format!("`{}`, line {}", self.name, self.line);
            let mut bytes = Vec::new();
            let found = match self.read(&mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(size) => self.report(&bytes, place.clone(), size),
                Err(error) => {
                    // What can't be read has no end, either.
                    let ended = std::mem::replace(&mut self.reader, Box::new(io::empty()));
                    drop(ended);
                    Err(error.into())
                }
            };
            return Some(found.map_err(|error| Problem { place, error }));
        }
    }

    /// A line, or as much of it as is too much; returns its size.
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<u64> {
        let mut size = (&mut self.reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', bytes)? as u64;
        while bytes.last() != Some(&b'\n') {
            let passed = self.reader.fill_buf()?;
            if passed.is_empty() {
                break;
            }
            let end = passed
                .iter()
                .position(|&byte| byte == b'\n')
                .map(|at| at + 1);
            let length = end.unwrap_or(passed.len());
            size += length as u64;
            self.reader.consume(length);
            if end.is_some() {
                break;
            }
        }
        Ok(size)
    }

    fn report(&self, bytes: &[u8], place: String, size: u64) -> anyhow::Result<Incoming> {
        if size > LONGEST_LINE {
            bail!("the line is too long for a report");
        }
        let line: Line = serde_json::from_slice(bytes)
            .map_err(|error| anyhow!("it is no object with the `text` of a report: {error}"))?;
        let published = match line
            .published
            .as_deref()
            .filter(|published| !published.is_empty())
        {
            // A time of day after the day does no harm.
            Some(published) => Some(saksi::day(
                published.split(['T', ' ']).next().unwrap_or_default(),
            )?),
            None => None,
        };
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Incoming {
            place,
            size,
            bytes: line.text.into_bytes(),
            about: About {
                uri: Some(
                    given(line.uri).unwrap_or_else(|| format!("{}#line={}", self.name, self.line)),
                ),
                title: given(line.title),
                outlet: given(line.outlet),
                byline: given(line.byline),
                published,
                retrieved: given(line.retrieved),
                language: given(line.language),
            },
        })
    }
}
