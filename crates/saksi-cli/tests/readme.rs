//! The commands of README.md work, and its example is what the program prints.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The code blocks of README.md in a language.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let fence = format!("```{language}");
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in readme.lines() {
        match &mut open {
            None if line == fence => open = Some(String::new()),
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
            None => {}
        }
    }
    blocks
}

fn shell(command: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_saksi"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        env::var("PATH").unwrap()
    );
    Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .output()
        .unwrap()
}

#[test]
fn the_commands_work() {
    let folder = tempfile::tempdir().unwrap();
    let sample = repository().join("samples/galangan.txt");
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::copy(&sample, folder.path().join("report.txt")).unwrap();
    fs::copy(&sample, folder.path().join("reports/one.txt")).unwrap();
    let gold = repository().join("cases/reports/id/first/uji-rudal-iran");
    fs::create_dir_all(folder.path().join("gold/one")).unwrap();
    for name in ["article.txt", "gold.json"] {
        fs::copy(gold.join(name), folder.path().join("gold/one").join(name)).unwrap();
    }
    let mut run = 0;
    for line in blocks("sh").iter().flat_map(|block| block.lines()) {
        let command = line.split(" #").next().unwrap_or(line);
        if !command.contains("saksi ") {
            continue;
        }
        let output = shell(command, folder.path());
        let talk = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.success() && !(output.stdout.is_empty() && talk.is_empty()),
            "{command}: {talk}"
        );
        run += 1;
    }
    assert!(run >= 5, "README.md shows {run} commands");
}

#[test]
fn the_example_is_what_the_program_prints() {
    let output = shell("saksi read samples/galangan.txt", &repository());
    let printed = String::from_utf8(output.stdout).unwrap();
    for part in blocks("text")
        .iter()
        .flat_map(|block| block.split("[...]\n"))
    {
        assert!(
            printed.contains(part.trim_end()),
            "README.md shows\n{part}\nbut the program prints\n{printed}"
        );
    }
}
