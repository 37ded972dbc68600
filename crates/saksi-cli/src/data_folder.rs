//! Where programs keep the data of a user.

use std::env;
use std::path::PathBuf;

/// The folder for the data of programs, by the system's custom; none where there is no user's folder.
pub(crate) fn of_user() -> Option<PathBuf> {
    // The XDG Base Directory Specification: what is not absolute is as good as not set.
    let named = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        return named("APPDATA");
    }
    let home = || env::home_dir().filter(|home| home.is_absolute());
    if cfg!(target_os = "macos") {
        return home().map(|home| home.join("Library/Application Support"));
    }
    named("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
}
