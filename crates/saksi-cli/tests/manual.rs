//! The commands of the manual work, and it names all that there is.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use saksi_export::{Format, Table};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(repository().join("docs").join(name)).unwrap()
}

/// The pages of the manual, in their order.
fn pages() -> Vec<String> {
    let summary = page("SUMMARY.md");
    let links = summary.split("](").skip(1);
    links
        .map(|link| link.split(')').next().unwrap().to_owned())
        .collect()
}

/// The blocks of a page that a shell is to run.
fn scripts(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_page_is_in_the_summary() {
    let mut there: Vec<String> = (fs::read_dir(repository().join("docs")).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "SUMMARY.md")
        .collect();
    there.sort();
    let mut named = pages();
    named.sort();
    assert_eq!(named, there);
}

#[test]
fn the_commands_work() {
    let program = Path::new(env!("CARGO_BIN_EXE_saksi"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        env::var("PATH").unwrap()
    );
    let mut run = 0;
    for name in pages() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("samples")).unwrap();
        for sample in ["galangan.txt", "shipyard.txt"] {
            let from = repository().join("samples").join(sample);
            fs::copy(from, folder.path().join("samples").join(sample)).unwrap();
        }
        for script in scripts(&page(&name)) {
            let output = Command::new("sh")
                .args(["-euc", &script])
                .current_dir(folder.path())
                .env("PATH", &path)
                .output()
                .unwrap();
            let talk = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{name}: {script}{talk}");
            run += 1;
        }
    }
    assert!(run >= 8, "the manual has {run} scripts");
}

#[test]
fn every_format_table_and_column_is_named() {
    let formats = page("formats.md");
    let named = |text: &str, name: &str| text.contains(&format!("`{name}`"));
    for format in Format::ALL {
        assert!(named(&formats, format.name()), "{format}");
    }
    for table in Table::ALL {
        let heading = format!("\n`{table}`: ");
        let columns = formats.split(&heading).nth(1).unwrap_or_default();
        let columns = columns.split("\n\n").next().unwrap();
        let expected: Vec<String> = (saksi_export::columns(table).iter())
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let there: Vec<&str> = columns.split_whitespace().collect();
        assert_eq!(there, expected, "{table}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    for name in pages() {
        let text = page(&name);
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if !target.contains("://") && !target.is_empty() {
                let path = repository().join("docs").join(target);
                assert!(path.is_file(), "{name}: {target}");
            }
        }
    }
}
