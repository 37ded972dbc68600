//! Where the bytes of a report come from: a file or standard input, never more than a limit.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use anyhow::{Context as _, bail};

/// The bytes of `path`, of standard input for `-`.
///
/// At most one byte more than `limit` is read, so that a file without end ends in a message and not in memory.
pub(crate) fn bytes(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    if is_standard_input(path) {
        return up_to(io::stdin().lock(), limit).context("could not read standard input");
    }
    let file = File::open(path).with_context(|| format!("could not open `{}`", path.display()))?;
    let metadata = file
        .metadata()
        .with_context(|| format!("could not look at `{}`", path.display()))?;
    if metadata.is_dir() {
        bail!(
            "`{0}` is a folder; name the reports in it, as in `{0}/*.txt`",
            path.display()
        );
    }
    up_to(file, limit).with_context(|| format!("could not read `{}`", path.display()))
}

/// Whether `path` stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Fails where standard input would be waited for although a person sits at it.
pub(crate) fn refuse_terminal(command: &str) -> anyhow::Result<()> {
    if io::stdin().is_terminal() {
        bail!(
            "no report given; name a file (`saksi {command} report.txt`), or pipe a text in (`saksi {command} - < \
             report.txt`); `saksi {command} --help` shows more"
        );
    }
    Ok(())
}

fn up_to(source: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
