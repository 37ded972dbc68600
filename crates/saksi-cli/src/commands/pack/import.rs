//! `saksi pack import`: files of others in, a pack out.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use saksi::import::{About, Fault, Folder, Format, Import, Options, Summary, Written};
use saksi::record::EntityType;

use crate::arguments::{ImportFormat, PackImport};
use crate::commands::Outcome;
use crate::commands::pack::{counted, thousands};
use crate::input::is_standard_input;
use crate::printer::{Printer, Progress};
use crate::render::type_name;

/// The faulty lines that are told one by one.
const TOLD: u64 = 20;

/// The reasons for skipping that are told one by one.
const REASONS: usize = 12;

pub(crate) fn run(arguments: PackImport, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let PackImport {
        files,
        into,
        format,
        name,
        pack_version,
        licence,
        mut sources,
        types,
        languages,
        weak_aliases,
        columns,
        delimiter,
        kind,
    } = arguments;
    // Whatever may keep the pack from being written is told before hours of reading, not after them.
    let folder = Folder::open(&into)?;
    let scheme = scheme(name.as_deref().unwrap_or(folder.name()));
    let options = Options {
        format: format.map(|format| match format {
            ImportFormat::Csv => Format::Csv,
            ImportFormat::Ftm => Format::FollowTheMoney,
            ImportFormat::Wikidata => Format::Wikidata,
        }),
        types,
        languages,
        weak_aliases,
        columns: columns.into_iter().collect(),
        delimiter,
        kind,
        scheme,
    };
    let mut import = Import::default();
    printer.start_reading(length(&files));
    for file in &files {
        let bytes = Told {
            bytes: open(file)?,
            progress: printer.progress(),
        };
        let mut told = 0;
        let mut tell = |fault: &Fault| {
            told += 1;
            if told <= TOLD {
                printer.warning(&format!("{}: {fault}", shown(file)));
            }
        };
        (import.read(bytes, &options, &mut tell)).with_context(|| shown(file))?;
        if told > TOLD {
            let more = counted(told - TOLD, "line more", "lines more");
            printer.warning(&format!("{}: {more} could not be read", shown(file)));
        }
    }
    if sources.is_empty() {
        sources = files.iter().map(|file| source(file)).collect();
    }
    let about = About {
        name,
        version: pack_version,
        licence,
        sources,
        description: None,
    };
    if import.summary().things == 0 {
        for (why, count) in &import.summary().skipped {
            printer.warning(&format!("{} passed over: {why}", thousands(*count)));
        }
    }
    printer.settle("putting the names in order");
    let (summary, written) = import.write(folder, &about)?;
    printer.end_progress();
    printer.data(&report(&summary, &written, &into))?;
    Ok(if summary.faults > 0 {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

/// The scheme of identifiers within the pack: its name, as a key.
fn scheme(name: &str) -> String {
    let key = name.to_lowercase();
    let key = key.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let key = key.trim_matches('-');
    if key.is_empty() {
        "id".to_owned()
    } else {
        key.to_owned()
    }
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Read>> {
    if is_standard_input(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).with_context(|| format!("could not open `{}`", path.display()))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        bail!("`{}` is a folder; name the files in it", path.display());
    }
    Ok(Box::new(file))
}

/// Bytes of all files together, where that is known.
fn length(files: &[PathBuf]) -> Option<u64> {
    let mut sum = 0;
    for file in files {
        let metadata = std::fs::metadata(file)
            .ok()
            .filter(std::fs::Metadata::is_file)?;
        sum += metadata.len();
    }
    Some(sum)
}

fn shown(path: &Path) -> String {
    if is_standard_input(path) {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}

/// What a manifest says of a file: not where it lies, which is nobody else's affair.
fn source(path: &Path) -> String {
    match path.file_name() {
        Some(name) if !is_standard_input(path) => name.to_string_lossy().into_owned(),
        _ => "standard input".to_owned(),
    }
}

/// Bytes that tell how many of them were read.
struct Told<R> {
    bytes: R,
    progress: Progress,
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.progress.advance(read as u64);
        Ok(read)
    }
}

fn report(summary: &Summary, written: &Written, into: &Path) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} with {} in the pack `{}` ({:.1} MB){}",
        counted(summary.things, "thing", "things"),
        counted(written.names as u64, "name", "different names"),
        written.name,
        written.bytes as f64 / 1e6,
        if written.replaced {
            ", in the place of the one that was there"
        } else {
            ""
        }
    );
    let mut kinds: Vec<(EntityType, u64)> = summary.kinds.clone().into_iter().collect();
    kinds.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for (kind, count) in kinds {
        let _ = writeln!(out, "  {:>12}  {}", thousands(count), type_name(kind));
    }
    let skipped: u64 = summary.skipped.values().sum();
    if skipped > 0 {
        let _ = writeln!(out, "{} passed over", thousands(skipped));
        let mut reasons: Vec<(&String, &u64)> = summary.skipped.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (why, count) in reasons.iter().take(REASONS) {
            let _ = writeln!(out, "  {:>12}  {why}", thousands(**count));
        }
        let rest: u64 = reasons.iter().skip(REASONS).map(|(_, count)| **count).sum();
        if rest > 0 {
            let _ = writeln!(out, "  {:>12}  for other reasons", thousands(rest));
        }
    }
    if summary.faults > 0 {
        let lines = counted(summary.faults, "line", "lines");
        let _ = writeln!(out, "{lines} could not be read");
    }
    let _ = writeln!(
        out,
        "version {}, licence {}",
        written.version, written.licence
    );
    let _ = writeln!(
        out,
        "use it: saksi read --pack {} report.txt",
        into.display()
    );
    out
}
