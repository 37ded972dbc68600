//! Compiles the names of the default packs, so that no start of the program has to: thousands of them take longer to read as TOML than a
//! report takes.
//!
//! In: `packs`. Out: `names.rs` in the build's folder, with a constant `NAMES`: pack, language and bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use saksi_lexicon::names::{self, NameSet};
use saksi_lexicon::{FileKind, Pack, PackFile};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../packs");
    println!("cargo::rerun-if-changed={}", folder.display());
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let packs = packs(&folder)?;
    let languages: Vec<&str> = (packs.iter())
        .filter_map(|pack| pack.manifest.language.as_deref())
        .collect();
    let mut list = String::from(
        "/// Pack, language and compiled names.\npub(super) const NAMES: &[(&str, &str, &[u8])] = &[\n",
    );
    for pack in &packs {
        for &language in languages.iter().filter(|language| pack.serves(language)) {
            let mut set = NameSet::default();
            for (_, file) in pack.files().filter(|(kind, _)| *kind == FileKind::Names) {
                set.merge(names::parse(file, language)?);
            }
            let name = &pack.manifest.name;
            let path = out.join(format!("{name}.{language}.names"));
            fs::write(&path, set.to_bytes())?;
            let path = path.display().to_string();
            writeln!(list, "({name:?}, {language:?}, include_bytes!({path:?})),")?;
        }
    }
    list.push_str("];\n");
    fs::write(out.join("names.rs"), list)?;
    Ok(())
}

/// The packs in the folders of `folder`, in the order of their names.
fn packs(folder: &Path) -> Outcome<Vec<Pack>> {
    let mut packs = Vec::new();
    for folder in entries(folder)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let mut files = Vec::new();
        collect(&folder, &name, &mut files)?;
        packs.push(Pack::parse(&name, files)?);
    }
    Ok(packs)
}

fn collect(folder: &Path, name: &str, files: &mut Vec<PackFile>) -> Outcome<()> {
    for path in entries(folder)? {
        let name = format!(
            "{name}/{}",
            path.file_name().unwrap_or_default().to_string_lossy()
        );
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(PackFile {
                path: name,
                text: fs::read_to_string(&path)?.into(),
            });
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort_unstable();
    Ok(paths)
}
