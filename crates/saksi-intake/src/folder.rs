//! The files of a folder and of the folders in it, in the order of their names.
//!
//! Hidden files, what stands beside reports on a saved page (pictures, styles, programs), and a database that is written to meanwhile are left out. A link is followed, but never into
//! a folder that it stands in. Only files that end are opened: no pipe and no device.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Error, Kind, Place, Problem};

/// Folders within folders that are looked into.
const DEEPEST: usize = 100;

/// The files of a folder, one after the other.
#[derive(Debug)]
pub(crate) struct Files {
    /// What is still to come, the next one last, with the folders that it stands in.
    ahead: Vec<(PathBuf, Vec<PathBuf>)>,
    /// A database that is written to meanwhile.
    written: Option<PathBuf>,
}

impl Files {
    pub(crate) fn of(folder: PathBuf, written: Option<&Path>) -> Self {
        Self {
            ahead: vec![(folder, Vec::new())],
            written: written.map(Path::to_owned),
        }
    }

    /// Whether a file of the folder `real` is the database that is written to, or one of the files that SQLite keeps beside it.
    fn is_written(&self, real: &Path, name: &str) -> bool {
        let Some(written) = &self.written else {
            return false;
        };
        let own = written.file_name().unwrap_or_default().to_string_lossy();
        let beside = name.strip_prefix(&*own).is_some_and(|ending| {
            matches!(ending, "" | "-wal" | "-shm" | "-journal") || ending.starts_with(".new-")
        });
        // A name alone has the empty path for its folder.
        let folder = written.parent().unwrap_or(Path::new(""));
        beside && fs::canonicalize(Path::new(".").join(folder)).is_ok_and(|folder| folder == real)
    }

    /// Puts what is in the folder before what is still to come.
    fn enter(&mut self, folder: &Path, within: &[PathBuf]) -> Result<(), Error> {
        let open = |error: std::io::Error| Error::Open(error.to_string());
        let real = fs::canonicalize(folder).map_err(open)?;
        if within.contains(&real) || within.len() >= DEEPEST {
            return Ok(());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(open)? {
            let path = entry.map_err(open)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let passed_over = name.starts_with('.')
                || Kind::is_beside_reports(&name)
                || self.is_written(&real, &name);
            if !passed_over {
                names.push(path);
            }
        }
        let mut within = within.to_vec();
        within.push(real);
        names.sort_unstable_by(|a, b| b.cmp(a));
        (self.ahead).extend(names.into_iter().map(|path| (path, within.clone())));
        Ok(())
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (path, within) = self.ahead.pop()?;
            let place = || Place::whole(path.display().to_string());
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    if let Err(error) = self.enter(&path, &within) {
                        return Some(Err(Problem::new(place(), error)));
                    }
                }
                Ok(metadata) if metadata.is_file() => return Some(Ok(path)),
                Ok(_) => {}
                Err(error) => {
                    return Some(Err(Problem::new(place(), Error::Open(error.to_string()))));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_and_loops_end() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/deep")).unwrap();
        for name in [
            "c.txt",
            "a.txt",
            "b/deep/d.html",
            "b/e.txt",
            ".hidden",
            "b/logo.png",
            "b/case.db",
            "b/case.db-wal",
            "b/case.db.txt",
        ] {
            fs::write(root.join(name), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/again")).unwrap();
        let names: Vec<_> = Files::of(root.to_owned(), Some(&root.join("b/case.db")))
            .map(|path| {
                path.unwrap()
                    .strip_prefix(root)
                    .unwrap()
                    .display()
                    .to_string()
            })
            .collect();
        assert_eq!(
            names,
            [
                "a.txt",
                "b/case.db.txt",
                "b/deep/d.html",
                "b/e.txt",
                "c.txt"
            ]
        );
    }
}
