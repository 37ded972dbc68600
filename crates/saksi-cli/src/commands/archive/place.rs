//! Which file is the archive.

use std::env;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::arguments::Archive;

/// The variable that names the archive.
const VARIABLE: &str = "SAKSI_ARCHIVE";

/// The archive that is meant.
pub(crate) fn of(archive: Archive) -> anyhow::Result<PathBuf> {
    let set = |variable: &str| {
        env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(file) = archive.file.or_else(|| set(VARIABLE)) {
        return Ok(file);
    }
    let folder = if cfg!(windows) {
        set("APPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        // The XDG Base Directory Specification: what is not absolute is as good as not set.
        (set("XDG_DATA_HOME").filter(|folder| folder.is_absolute()))
            .or_else(|| set("HOME").map(|home| home.join(".local/share")))
    };
    let folder = folder.context("there is no folder of the user's data here; name the archive with `--archive` or in `SAKSI_ARCHIVE`")?;
    Ok(folder.join("saksi").join("saksi.db"))
}
