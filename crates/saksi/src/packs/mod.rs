//! The packs in use: those inside the program, and those in folders that lie over them.
//!
//! In: folders. Out: the packs, sorted by the stage that reads them; what is wrong with one ([`check()`]); what a name can mean by them
//! ([`Knowledge`]). The only files that this crate opens are here, and only those of folders that it was told to add. What the files mean is
//! the stages' affair.

mod check;
mod embedded;
mod meanings;

/// What the build made of the names of the default packs.
mod compiled {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use saksi_lexicon::gazetteer::Gazetteer;
use saksi_lexicon::{Pack, PackFile};
use saksi_text::Segmentation;

use crate::Error;

pub use check::{Checked, check};
pub use meanings::{Found, Knowledge, Meaning, Suggestion};

/// The file of a language pack that says how the language is written; the stage of sentences and tokens reads it.
const SEGMENTATION: &str = "segmentation.toml";

/// The file of a language pack that holds a trained model, in packs that bring a language of their own.
const MODEL: &str = "syntax.model";

/// The extension of a file that holds a compiled gazetteer.
const GAZETTEER: &str = "gazetteer";

/// The packs, later ones over earlier ones.
#[derive(Debug, Default)]
pub(crate) struct Packs {
    /// What words mean.
    pub(crate) lexical: Vec<Pack>,
    /// How each language is written.
    pub(crate) segmentations: BTreeMap<String, Segmentation>,
    /// A trained model for each language.
    models: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Packs {
    /// The default packs, and those in `folders` over them.
    pub(crate) fn load(folders: &[PathBuf]) -> Result<Self, Error> {
        let mut packs = Self::default();
        for &(language, model) in embedded::MODELS {
            packs
                .models
                .insert(language.to_owned(), Cow::Borrowed(model));
        }
        for source in Source::defaults()? {
            packs.add(source)?;
        }
        for folder in folders {
            let mut faults = Vec::new();
            let source = Source::folder(folder, &mut faults);
            match faults.into_iter().next() {
                Some(fault) => return Err(fault),
                None => packs.add(source)?,
            }
        }
        Ok(packs)
    }

    /// Lays a pack over those that are there.
    fn add(&mut self, source: Source) -> Result<(), Error> {
        let mut pack = self.pack(&source.name, source.files)?;
        pack.compiled = source.compiled;
        for (_, gazetteer) in source.gazetteers {
            pack.gazetteers.push(gazetteer);
        }
        if let (Some((_, model)), Some(language)) = (source.model, &pack.manifest.language) {
            self.models.insert(language.clone(), Cow::Owned(model));
        }
        self.lexical.push(pack);
        Ok(())
    }

    /// The pack of `files`; what says how a language is written is kept apart.
    fn pack(&mut self, name: &str, mut files: Vec<PackFile>) -> Result<Pack, Error> {
        let segmentation = files.iter().position(|file| {
            Path::new(&file.path)
                .file_name()
                .is_some_and(|name| name == SEGMENTATION)
        });
        if let Some(file) = segmentation.map(|index| files.swap_remove(index)) {
            let segmentation = Segmentation::from_toml(&file.path, &file.text)?;
            self.segmentations
                .insert(segmentation.language().to_owned(), segmentation);
        }
        Ok(Pack::parse(name, files)?)
    }

    /// The model of a language.
    pub(crate) fn model(&self, language: &str) -> Option<&[u8]> {
        self.models.get(language).map(AsRef::as_ref)
    }

    /// Codes of the languages that have a pack, in alphabetical order.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.segmentations.keys().map(String::as_str)
    }
}

/// The files of one pack, before they are read.
struct Source {
    /// As the user knows it: its folder.
    name: String,
    files: Vec<PackFile>,
    /// With their paths.
    gazetteers: Vec<(String, Gazetteer)>,
    /// With its path.
    model: Option<(PathBuf, Vec<u8>)>,
    /// What the build made of its names, by language.
    compiled: BTreeMap<String, &'static [u8]>,
}

impl Source {
    /// The packs inside the program.
    fn defaults() -> Result<Vec<Self>, Error> {
        let mut files: BTreeMap<&str, Vec<PackFile>> = BTreeMap::new();
        let name_of = |path: &'static str| path.split('/').next().unwrap_or(path);
        for &(path, text) in embedded::FILES {
            files.entry(name_of(path)).or_default().push(PackFile {
                path: path.to_owned(),
                text: Cow::Borrowed(text),
            });
        }
        let mut sources = Vec::new();
        for (name, files) in files {
            let mut gazetteers = Vec::new();
            for &(path, bytes) in embedded::GAZETTEERS {
                if name_of(path) == name {
                    let gazetteer = Gazetteer::embedded(bytes);
                    let gazetteer = gazetteer.map_err(|error| unreadable(path.as_ref(), &error))?;
                    gazetteers.push((path.to_owned(), gazetteer));
                }
            }
            let names = compiled::NAMES.iter().filter(|(own, ..)| *own == name);
            sources.push(Self {
                name: name.to_owned(),
                files,
                gazetteers,
                model: None,
                compiled: names
                    .map(|&(_, language, names)| (language.to_owned(), names))
                    .collect(),
            });
        }
        Ok(sources)
    }

    /// The pack in a folder; the files that can't be read are named in `faults`.
    fn folder(folder: &Path, faults: &mut Vec<Error>) -> Self {
        let mut source = Self {
            name: folder.display().to_string(),
            files: Vec::new(),
            gazetteers: Vec::new(),
            model: None,
            compiled: BTreeMap::new(),
        };
        source.find(folder, faults);
        let model = folder.join(MODEL);
        if model.is_file() {
            match read(&model) {
                Ok(bytes) => source.model = Some((model, bytes)),
                Err(error) => faults.push(error),
            }
        }
        source
    }

    /// Takes the TOML files and the gazetteers, in the order of their paths.
    fn find(&mut self, folder: &Path, faults: &mut Vec<Error>) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => return faults.push(unreadable(folder, &error)),
        };
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort_unstable();
        for path in paths {
            let is = |known: &str| path.extension().is_some_and(|extension| extension == known);
            if path.is_dir() {
                self.find(&path, faults);
            } else if is(GAZETTEER) {
                let gazetteer = read(&path).and_then(|bytes| {
                    Gazetteer::from_bytes(bytes).map_err(|error| unreadable(&path, &error))
                });
                match gazetteer {
                    Ok(gazetteer) => self
                        .gazetteers
                        .push((path.display().to_string(), gazetteer)),
                    Err(error) => faults.push(error),
                }
            } else if is("toml") {
                let text = read(&path).and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|error| unreadable(&path, &error))
                });
                match text {
                    Ok(text) => self.files.push(PackFile {
                        path: path.display().to_string(),
                        text: Cow::Owned(text),
                    }),
                    Err(error) => faults.push(error),
                }
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Error {
    Error::PackFile {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
