//! Packs from folders.

use super::{Folder, INDONESIAN, json, talk};

const MANIFEST: &str = "name = \"own\"\nkind = \"topic\"\nversion = \"7\"\nlicence = \"CC0-1.0\"\nsources = []\ndescription = \"For a test.\"\n";

#[test]
fn a_pack_adds_to_the_default_packs() {
    let folder = Folder::new();
    folder
        .write("report.txt", INDONESIAN)
        .write("own/pack.toml", MANIFEST);
    let read = folder
        .saksi(&["read", "--format", "json", "--pack", "own", "report.txt"])
        .success();
    assert_eq!(json(&read)["generator"]["packs"]["own"], "7");
    assert!(json(&read)["generator"]["packs"]["id"].is_string());
}

#[test]
fn an_error_of_a_pack_names_file_line_and_column() {
    let folder = Folder::new();
    folder
        .write("report.txt", INDONESIAN)
        .write("own/pack.toml", format!("{MANIFEST}colour = 1\n"));
    let read = folder
        .saksi(&["read", "--pack", "own", "report.txt"])
        .code(2);
    let talk = talk(&read);
    assert!(talk.contains("own/pack.toml:7:1: "), "{talk}");
}

#[test]
fn a_folder_that_is_no_pack_is_named() {
    let folder = Folder::new();
    folder
        .write("report.txt", INDONESIAN)
        .write("empty/readme.txt", "");
    let missing = folder
        .saksi(&["read", "--pack", "missing", "report.txt"])
        .code(2);
    assert!(
        talk(&missing).contains("could not read `missing`"),
        "{}",
        talk(&missing)
    );
    let empty = folder
        .saksi(&["read", "--pack", "empty", "report.txt"])
        .code(2);
    assert!(talk(&empty).contains("pack.toml"), "{}", talk(&empty));
}
