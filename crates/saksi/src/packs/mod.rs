//! The packs in use: those inside the program, and those in folders that lie over them.
//!
//! In: folders. Out: [`Packs`], sorted by the stage that reads them. The only files that this crate opens are here, and only those of
//! folders that it was told to add. What the files mean is the stages' affair.

mod embedded;

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
        let mut defaults: BTreeMap<&str, Vec<PackFile>> = BTreeMap::new();
        for &(path, text) in embedded::FILES {
            let name = path.split('/').next().unwrap_or(path);
            defaults.entry(name).or_default().push(PackFile {
                path: path.to_owned(),
                text: Cow::Borrowed(text),
            });
        }
        for (name, files) in defaults {
            let mut pack = packs.pack(name, files)?;
            for (path, bytes) in embedded::GAZETTEERS {
                if path.split('/').next() == Some(name) {
                    let gazetteer = Gazetteer::embedded(bytes);
                    let gazetteer = gazetteer.map_err(|error| unreadable(path.as_ref(), &error))?;
                    pack.gazetteers.push(gazetteer);
                }
            }
            for &(_, language, names) in compiled::NAMES.iter().filter(|(own, ..)| *own == name) {
                pack.compiled.insert(language.to_owned(), names);
            }
            packs.lexical.push(pack);
        }
        for folder in folders {
            let mut files = Vec::new();
            let mut gazetteers = Vec::new();
            find(folder, &mut files, &mut gazetteers)?;
            let mut pack = packs.pack(&folder.display().to_string(), files)?;
            for path in gazetteers {
                let gazetteer = Gazetteer::from_bytes(read(&path)?);
                (pack.gazetteers).push(gazetteer.map_err(|error| unreadable(&path, &error))?);
            }
            let model = folder.join(MODEL);
            let model = model.is_file().then(|| read(&model)).transpose()?;
            if let (Some(model), Some(language)) = (model, &pack.manifest.language) {
                packs.models.insert(language.clone(), Cow::Owned(model));
            }
            packs.lexical.push(pack);
        }
        Ok(packs)
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

/// The TOML files and the gazetteers of a pack, in the order of their paths.
fn find(
    folder: &Path,
    files: &mut Vec<PackFile>,
    gazetteers: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> = entries
        .map_err(|error| unreadable(folder, &error))?
        .iter()
        .map(fs::DirEntry::path)
        .collect();
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            find(&path, files, gazetteers)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == GAZETTEER)
        {
            gazetteers.push(path);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let text =
                String::from_utf8(read(&path)?).map_err(|error| unreadable(&path, &error))?;
            files.push(PackFile {
                path: path.display().to_string(),
                text: Cow::Owned(text),
            });
        }
    }
    Ok(())
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
