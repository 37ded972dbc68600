//! `cargo xtask packs`: the list of the packs that are part of the program.
//!
//! In: the folder `packs`, and the models. Out: `crates/saksi/src/packs/embedded.rs`, which includes each of them.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

pub(crate) fn run() -> anyhow::Result<()> {
    let root = crate::root();
    let path = root.join(LIST);
    fs::write(&path, list(&root)?).with_context(|| format!("could not write `{}`", path.display()))
}

const MODELS: &str = "crates/saksi-syntax/models";

const LIST: &str = "crates/saksi/src/packs/embedded.rs";

/// The text of the list, in the order of the paths.
fn list(root: &Path) -> anyhow::Result<String> {
    let mut out = String::from(
        "//! The default packs and models. Written by `cargo xtask packs`.\n\n\
         /// Path within the folder `packs`, and text, of each of its files.\n\
         pub(super) const FILES: &[(&str, &str)] = &[\n",
    );
    for name in names(&root.join("packs"), "toml")? {
        let _ = writeln!(
            out,
            "    ({name:?}, include_str!(\"../../../../packs/{name}\")),"
        );
    }
    out.push_str("];\n\n/// Path within the folder `packs`, and bytes, of each gazetteer.\npub(super) const GAZETTEERS: &[(&str, &[u8])] = &[\n");
    for name in names(&root.join("packs"), "gazetteer")? {
        let _ = writeln!(
            out,
            "    ({name:?}, include_bytes!(\"../../../../packs/{name}\")),"
        );
    }
    out.push_str("];\n\n/// Language and bytes of each model.\npub(super) const MODELS: &[(&str, &[u8])] = &[\n");
    for name in names(&root.join(MODELS), "model")? {
        let language = name.trim_end_matches(".model");
        let _ = writeln!(
            out,
            "    ({language:?}, include_bytes!(\"../../../../{MODELS}/{name}\")),"
        );
    }
    out.push_str("];\n");
    formatted(&out)
}

/// As `cargo fmt` has it.
fn formatted(source: &str) -> anyhow::Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not run rustfmt")?;
    child
        .stdin
        .take()
        .context("rustfmt reads")?
        .write_all(source.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt failed");
    Ok(String::from_utf8(output.stdout)?)
}

/// The files of a folder with an extension, by their paths in it, in order.
fn names(folder: &Path, extension: &str) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    find(folder, extension, &mut files)?;
    let mut names: Vec<String> = (files.iter())
        .map(|file| {
            Ok(file
                .strip_prefix(folder)?
                .to_string_lossy()
                .replace('\\', "/"))
        })
        .collect::<anyhow::Result<_>>()?;
    names.sort_unstable();
    Ok(names)
}

fn find(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("could not read `{}`", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, extension, files)?;
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_embedded_packs_is_new() {
        let root = crate::root();
        let expected = list(&root).unwrap();
        let found = fs::read_to_string(root.join(LIST)).unwrap();
        assert!(
            found == expected,
            "`{LIST}` is not what `packs` holds: run `cargo xtask packs`"
        );
    }
}
