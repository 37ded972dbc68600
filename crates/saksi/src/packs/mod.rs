//! The packs in use: those inside the program, and those in folders that lie over them.
//!
//! In: folders. Out: [`Packs`], sorted by the stage that reads them. The only files that this crate opens are here, and only those of
//! folders that it was told to add. What the files mean is the stages' affair.

mod embedded;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use saksi_lexicon::{Pack, PackFile};
use saksi_text::Segmentation;

use crate::Error;

/// The file of a language pack that says how the language is written; the stage of sentences and tokens reads it.
const SEGMENTATION: &str = "segmentation.toml";

/// The file of a language pack that holds a trained model, in packs that bring a language of their own.
const MODEL: &str = "syntax.model";

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
            packs.add(name, files, None)?;
        }
        for folder in folders {
            let mut files = Vec::new();
            find(folder, &mut files)?;
            let model = folder.join(MODEL);
            let model = model.is_file().then(|| read(&model)).transpose()?;
            packs.add(&folder.display().to_string(), files, model)?;
        }
        Ok(packs)
    }

    fn add(
        &mut self,
        name: &str,
        mut files: Vec<PackFile>,
        model: Option<Vec<u8>>,
    ) -> Result<(), Error> {
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
        let pack = Pack::parse(name, files)?;
        if let (Some(model), Some(language)) = (model, &pack.manifest.language) {
            self.models.insert(language.clone(), Cow::Owned(model));
        }
        self.lexical.push(pack);
        Ok(())
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

/// The TOML files of a pack, in the order of their paths.
fn find(folder: &Path, files: &mut Vec<PackFile>) -> Result<(), Error> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> = entries
        .map_err(|error| unreadable(folder, &error))?
        .iter()
        .map(fs::DirEntry::path)
        .collect();
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            find(&path, files)?;
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
