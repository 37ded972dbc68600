//! The folder of a pack, put in the place of an older one in a single step.
//!
//! A pack is made in a folder beside its own (`.NAME.import`), handed over to the disk, and only then exchanged for the old one: whatever
//! interrupts that, either the old pack is whole or the new one is. What an interrupted import left is taken away by the next.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use saksi_lexicon::gazetteer::Compiled;
use saksi_lexicon::pack::Manifest;
use serde::Serialize;

use crate::Error;

const MANIFEST: &str = "pack.toml";
const GAZETTEER: &str = "names.gazetteer";

/// How the manifest of an imported pack begins: such a pack may be replaced.
const MARK: &str = "# Made by `saksi pack import`";

/// The licence of what nobody told the licence of.
const UNKNOWN: &str = "unknown: ask the source";

/// What the manifest of a pack says; what is `None` is as it was in the pack that is replaced, or else told by its content.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The pack's name; by default that of its folder.
    pub name: Option<String>,
    /// Its version; by default a number that tells its content from any other.
    pub version: Option<String>,
    /// SPDX expression of its licence.
    pub licence: Option<String>,
    /// Where its knowledge is from.
    pub sources: Vec<String>,
    /// One sentence on what it holds.
    pub description: Option<String>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The pack's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence.
    pub licence: String,
    /// Length of its gazetteer.
    pub bytes: usize,
    /// How many different names it has, as they are looked up.
    pub names: usize,
    /// Whether it took the place of another.
    pub replaced: bool,
}

#[derive(Serialize)]
struct Content<'a> {
    name: &'a str,
    kind: &'a str,
    version: &'a str,
    licence: &'a str,
    sources: &'a [String],
    description: &'a str,
}

/// A folder that a pack may be written into; nobody else does meanwhile.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    parent: PathBuf,
    name: String,
    /// The pack that is there.
    old: Option<Manifest>,
    /// Locked as long as this is there.
    _lock: File,
}

impl Drop for Folder {
    fn drop(&mut self) {
        // An empty file that stays costs nothing, and the next import takes it.
        let _ = fs::remove_file(lock_path(&self.parent, &self.name));
    }
}

impl Folder {
    /// The folder at `path`, which need not be there.
    ///
    /// # Errors
    /// Where it holds something that no import made, another import into it is at work, or its parent can't be written.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |doing, reason| failed(path, doing, reason);
        let whole = if path.exists() {
            path.canonicalize()
        } else {
            let parent = path.parent().unwrap_or(Path::new(""));
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            let name = path.file_name().unwrap_or_default();
            parent.canonicalize().map(|parent| parent.join(name))
        };
        let whole = whole.map_err(|error| failed("could not find where it lies", error))?;
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            let reason = io::Error::other("it is the root of the disk");
            return Err(failed("is no folder for a pack", reason));
        };
        let (parent, name) = (parent.to_owned(), name.to_string_lossy().into_owned());
        let old = if whole.exists() { inspect(path)? } else { None };
        let lock = lock(&parent, &name, path)?;
        let folder = Self {
            path: whole,
            parent,
            name,
            old,
            _lock: lock,
        };
        folder.clean()?;
        Ok(folder)
    }

    /// The name that the pack goes by where none is told: that of the one that is there, else that of the folder.
    pub fn name(&self) -> &str {
        self.old.as_ref().map_or(&self.name, |old| &old.name)
    }

    pub(crate) fn write(self, gazetteer: &Compiled, about: &About) -> Result<Written, Error> {
        let result = self.replace(gazetteer, about);
        // The folder beside holds what was not used, or what was replaced.
        let cleaned = self.clean();
        result.and_then(|written| cleaned.map(|()| written))
    }

    fn beside(&self) -> PathBuf {
        self.parent.join(format!(".{}.import", self.name))
    }

    fn clean(&self) -> Result<(), Error> {
        let beside = self.beside();
        match fs::remove_dir_all(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(failed(&beside, "could not be taken away", error))
            }
            _ => Ok(()),
        }
    }

    fn replace(&self, gazetteer: &Compiled, about: &About) -> Result<Written, Error> {
        let old = self.old.as_ref();
        let told = |told: &Option<String>, old: Option<&String>, otherwise: &str| {
            let text = told.as_ref().or(old);
            text.map_or_else(|| otherwise.to_owned(), Clone::clone)
        };
        let version = format!("{:016x}", gazetteer.checksum());
        let written = Written {
            name: told(&about.name, old.map(|old| &old.name), &self.name),
            version: told(&about.version, None, &version),
            licence: told(&about.licence, old.map(|old| &old.licence), UNKNOWN),
            bytes: gazetteer.bytes(),
            names: gazetteer.names(),
            replaced: old.is_some(),
        };
        let description = format!("{} things by name.", gazetteer.things());
        let content = Content {
            name: &written.name,
            kind: "topic",
            version: &written.version,
            licence: &written.licence,
            sources: &about.sources,
            description: about.description.as_ref().unwrap_or(&description),
        };
        let content = toml::to_string(&content).map_err(|error| {
            failed(
                &self.path,
                "could not be described",
                io::Error::other(error),
            )
        })?;
        let manifest =
            format!("{MARK}; the next import into this folder writes it anew.\n{content}");

        let beside = self.beside();
        let path = beside.join(GAZETTEER);
        let wrote = (|| {
            fs::create_dir(&beside)?;
            if self.path.exists() {
                fs::set_permissions(&beside, fs::metadata(&self.path)?.permissions())?;
            }
            let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
            gazetteer.write(&mut file)?;
            file.flush()?;
            file.get_ref().sync_all()?;
            let mut file = File::create(beside.join(MANIFEST))?;
            file.write_all(manifest.as_bytes())?;
            file.sync_all()?;
            sync_folder(&beside)
        })();
        wrote.map_err(|error| failed(&path, "could not be written", error))?;
        self.exchange(&beside)
            .and_then(|()| sync_folder(&self.parent))
            .map_err(|error| failed(&self.path, "could not be put in place", error))?;
        Ok(written)
    }

    /// Puts the new folder in the place of the old one.
    fn exchange(&self, beside: &Path) -> io::Result<()> {
        if !self.path.exists() {
            return fs::rename(beside, &self.path);
        }
        if exchange(beside, &self.path).is_ok() {
            return Ok(());
        }
        // This disk can't exchange folders. File by file: the manifest may for a moment be that of the old pack, which can be read, too.
        for file in [GAZETTEER, MANIFEST] {
            fs::rename(beside.join(file), self.path.join(file))?;
        }
        Ok(())
    }
}

/// The manifest of the imported pack at `path`; an error where there is anything else.
fn inspect(path: &Path) -> Result<Option<Manifest>, Error> {
    let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| failed(path, "could not look into it", error))?;
    let mut names: Vec<String> = (entries.iter())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return Ok(None);
    }
    let foreign = |file: &str| Error::Foreign {
        path: path.to_owned(),
        file: file.to_owned(),
    };
    let other = |name: &&String| *name != MANIFEST && *name != GAZETTEER;
    if let Some(other) = names.iter().find(other) {
        return Err(foreign(other));
    }
    let text = fs::read_to_string(path.join(MANIFEST)).map_err(|_| foreign(&names[0]))?;
    if !text.starts_with(MARK) {
        return Err(foreign(MANIFEST));
    }
    // A manifest that someone spoiled is no reason not to make it anew.
    Ok(toml::from_str(&text).ok())
}

fn lock_path(parent: &Path, name: &str) -> PathBuf {
    parent.join(format!(".{name}.import.lock"))
}

fn lock(parent: &Path, name: &str, path: &Path) -> Result<File, Error> {
    let at = lock_path(parent, name);
    let lock = File::create(&at).map_err(|error| failed(&at, "could not be made", error))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::Busy(path.to_owned())),
        // Some disks have no locks; two imports into one folder at a time are then for the user to avoid.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(lock),
    }
}

fn failed(path: &Path, doing: &'static str, reason: io::Error) -> Error {
    Error::Folder {
        path: path.to_owned(),
        doing,
        reason,
    }
}

/// Hands the entries of a folder over to the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(path)?.sync_all()?;
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?;
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
