//! Which file is the archive.

use std::env;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::arguments::Archive;
use crate::data_folder;

/// The variable that names the archive.
const VARIABLE: &str = "SAKSI_ARCHIVE";

/// The archive that is meant.
pub(crate) fn of(archive: Archive) -> anyhow::Result<PathBuf> {
    let set = || {
        env::var_os(VARIABLE)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(file) = archive.file.or_else(set) {
        return Ok(file);
    }
    let folder = data_folder::of_user().context("there is no folder of the user's data here; name the archive with `--archive` or in `SAKSI_ARCHIVE`")?;
    Ok(folder.join("saksi").join("saksi.db"))
}
