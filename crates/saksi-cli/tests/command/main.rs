//! The command as built, in a temporary folder.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod archive;
mod bad_input;
mod export;
mod intake;
mod kill;
mod many;
mod output;
mod pack;
mod packs;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with reports, gone after the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn saksi(&self, arguments: &[&str]) -> Assert {
        command().current_dir(self.path()).args(arguments).assert()
    }
}

fn command() -> Command {
    let mut command = Command::cargo_bin("saksi").unwrap();
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sample(name: &str) -> String {
    repository()
        .join("samples")
        .join(name)
        .display()
        .to_string()
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn talk(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn json(assert: &Assert) -> Value {
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

/// A report of a few sentences, long enough to tell its language.
const INDONESIAN: &str = "Menteri Pertahanan meninjau pangkalan angkatan laut di Surabaya pada Jumat. \
                          Ia mengatakan bahwa kapal perang itu akan dikirim ke Natuna bulan depan.";

const ENGLISH: &str = "The defence minister inspected a naval base in Gdynia on Friday. \
                       She said that the frigate would be sent to the Baltic Sea next month.";
