//! The archive: intake, search, and what goes wrong with the file.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{ENGLISH, Folder, INDONESIAN, json, out, repository, talk};

/// A folder with an archive `a.db` of two reports.
fn archive() -> Folder {
    let folder = Folder::new();
    folder.write(
        "reports/a.txt",
        format!("Title: Menteri di galangan\nOutlet: Harian Contoh\nPublished: 2024-03-18\n\n{INDONESIAN}"),
    );
    folder.write(
        "reports/deep/b.txt",
        format!("Published: 2024-03-20\n\n{ENGLISH}"),
    );
    folder.write("reports/.hidden.txt", "not to be read");
    folder
        .saksi(&["batch", "--archive", "a.db", "reports"])
        .success();
    folder
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ids(folder: &Folder, query: &[&str]) -> Vec<String> {
    let mut arguments = vec!["search", "--archive", "a.db", "--format", "jsonl"];
    arguments.extend(query);
    let found = folder.saksi(&arguments);
    (lines(&out(&found)).iter())
        .map(|hit| hit["uri"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_batch_is_found_again_and_not_taken_twice() {
    let folder = archive();
    let again = folder
        .saksi(&["batch", "--archive", "a.db", "reports"])
        .success();
    assert_eq!(talk(&again), "0 new, 2 known\n");
    assert_eq!(out(&again), "");
    let stats = json(
        &folder
            .saksi(&["stats", "--archive", "a.db", "--format", "json"])
            .success(),
    );
    assert_eq!(
        (stats["reports"].as_u64(), stats["appearances"].as_u64()),
        (Some(2), Some(2))
    );
    assert!(
        out(&folder.saksi(&["stats", "--archive", "a.db"]).success())
            .contains("published from 2024-03-18 to 2024-03-20")
    );
}

#[test]
fn the_archive_itself_is_no_report_of_its_folder() {
    let folder = archive();
    let batch = folder.saksi(&["batch", "--archive", "a.db", "."]).success();
    assert_eq!(talk(&batch), "0 new, 2 more appearances\n");
    assert_eq!(ids(&folder, &["galang*"]).len(), 1);
}

#[test]
fn what_is_added_is_told_in_the_order_of_what_was_typed() {
    let folder = archive();
    folder.write("c.txt", format!("{INDONESIAN} Itu saja."));
    folder.write("empty.txt", "");
    let added = folder
        .saksi(&[
            "add",
            "--archive",
            "a.db",
            "c.txt",
            "reports/a.txt",
            "empty.txt",
            "c.txt",
        ])
        .code(1);
    let told = out(&added);
    let told: Vec<&str> = told.lines().collect();
    assert!(
        told[0].starts_with("`c.txt`: new") || told[0].starts_with("c.txt: new"),
        "{told:?}"
    );
    assert!(
        told[1].contains("a.txt") && told[1].contains("known"),
        "{told:?}"
    );
    assert!(
        told[2].contains("c.txt") && told[2].contains("known"),
        "{told:?}"
    );
}

#[test]
fn a_page_that_is_known_is_not_taken_apart_again() {
    let folder = Folder::new();
    let page = |text: &str| {
        format!("<html><body><article><h1>Judul</h1><p>{text}</p></article></body></html>")
    };
    folder.write("a.html", page(INDONESIAN));
    let add = |expected: &str| {
        let added = folder
            .saksi(&["add", "--archive", "a.db", "a.html"])
            .success();
        assert!(out(&added).contains(expected), "{}", out(&added));
    };
    add(": new, ");
    add(": known, not stored again");
    folder.write("b.html", page(INDONESIAN));
    let other = folder
        .saksi(&["add", "--archive", "a.db", "b.html"])
        .success();
    assert!(
        out(&other).contains("one more appearance"),
        "{}",
        out(&other)
    );
    folder.write("a.html", page(ENGLISH));
    add(": new, ");
}

#[test]
fn words_are_found_in_all_their_forms() {
    let folder = archive();
    let (a, b) = ("reports/a.txt", "reports/deep/b.txt");
    assert_eq!(ids(&folder, &["ditinjau"]), [a]);
    assert_eq!(ids(&folder, &["inspecting"]), [b]);
    assert_eq!(ids(&folder, &["\"kapal perang\""]), [a]);
    assert_eq!(ids(&folder, &["\"perang kapal\""]), Vec::<String>::new());
    assert_eq!(ids(&folder, &["galang*"]), [a]);
    assert_eq!(ids(&folder, &["frigate", "OR", "Natuna"]).len(), 2);
    assert_eq!(ids(&folder, &["type:INSPECT"]), [b, a]);
    assert_eq!(ids(&folder, &["--type", "INSPECT", "--lang", "id"]), [a]);
    assert_eq!(ids(&folder, &["published:2024-03-19.."]), [b]);
    assert_eq!(ids(&folder, &["outlet:\"harian contoh\""]), [a]);
    let shown = folder
        .saksi(&["search", "--archive", "a.db", "kapal"])
        .success();
    assert!(
        out(&shown).contains("Menteri di galangan"),
        "{}",
        out(&shown)
    );
    assert!(out(&shown).ends_with("1 report\n"), "{}", out(&shown));
    folder
        .saksi(&["search", "--archive", "a.db", "gajah"])
        .code(1);
}

#[test]
fn a_query_that_is_wrong_names_the_column() {
    let folder = archive();
    let wrong = folder
        .saksi(&["search", "--archive", "a.db", "kapal date:yesterday"])
        .code(2);
    assert!(talk(&wrong).contains("column 12"), "{}", talk(&wrong));
    let wrong = folder
        .saksi(&["search", "--archive", "a.db", "--type", "WAR"])
        .code(2);
    assert!(talk(&wrong).contains("`--type WAR`"), "{}", talk(&wrong));
}

#[test]
fn a_report_is_shown_by_the_beginning_of_its_identifier() {
    let folder = archive();
    let found = lines(&out(&folder.saksi(&[
        "search",
        "--archive",
        "a.db",
        "--format",
        "jsonl",
        "kapal",
    ])));
    let id = found[0]["id"]
        .as_str()
        .unwrap()
        .trim_start_matches("sha256:")
        .get(..8)
        .unwrap()
        .to_owned();
    let record = json(
        &folder
            .saksi(&["show", "--archive", "a.db", "--format", "json", &id])
            .success(),
    );
    let read = json(
        &folder
            .saksi(&["read", "--format", "json", "reports/a.txt"])
            .success(),
    );
    assert_eq!(record, read);
    let shown = out(&folder.saksi(&["show", "--archive", "a.db", &id]).success());
    assert!(
        shown.contains("found at reports/a.txt, 2024-03-18 · Harian Contoh · id"),
        "{shown}"
    );
    let unknown = folder
        .saksi(&["show", "--archive", "a.db", "0000000000"])
        .code(2);
    assert!(talk(&unknown).contains("no report"), "{}", talk(&unknown));
}

#[test]
fn a_timeline_gives_dates_and_sources() {
    let folder = archive();
    let events = lines(&out(&folder
        .saksi(&[
            "timeline",
            "--archive",
            "a.db",
            "--format",
            "jsonl",
            "type:INSPECT",
        ])
        .success()));
    let dates: Vec<&str> = events
        .iter()
        .map(|event| event["date"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2024-03-15", "2024-03-15"]);
    let shown = out(&folder
        .saksi(&["timeline", "--archive", "a.db", "date:2024-03"])
        .success());
    assert!(
        shown
            .lines()
            .all(|line| line.starts_with("2024-03-15  INSPECT")),
        "{shown}"
    );
    folder
        .saksi(&["timeline", "--archive", "a.db", "date:1999"])
        .code(1);
}

#[test]
fn add_tells_what_became_of_each() {
    let folder = archive();
    folder.write("copy.txt", format!("Published: 2024-03-19\n\n{INDONESIAN}"));
    folder.write(
        "reprint.txt",
        format!("Published: 2024-03-21\n\nJAKARTA, Kantor Berita Contoh. {INDONESIAN} Kapal itu buatan dalam negeri."),
    );
    let added = folder
        .saksi(&[
            "add",
            "--quiet",
            "--archive",
            "a.db",
            "--format",
            "jsonl",
            "copy.txt",
            "reprint.txt",
            "copy.txt",
            "gone.txt",
        ])
        .code(1);
    let added = lines(&out(&added));
    let outcomes: Vec<&str> = added
        .iter()
        .map(|line| line["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["appearance", "new", "known"]);
    assert_eq!(added[1]["reprint_of"], added[0]["id"]);
    let id = added[1]["id"].as_str().unwrap();
    let shown = out(&folder.saksi(&["show", "--archive", "a.db", id]).success());
    assert!(
        shown.contains("a reprint of") && shown.contains("+ Kapal itu buatan dalam negeri."),
        "{shown}"
    );
}

#[test]
fn the_archive_is_where_the_user_says_or_among_the_users_data() {
    let folder = Folder::new();
    folder.write("a.txt", INDONESIAN);
    let add = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = super::command();
        command
            .env_remove("SAKSI_ARCHIVE")
            .env("HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path().join("data"));
        command
            .envs(variables.iter().copied())
            .current_dir(folder.path());
        command
            .args(["add", "--quiet", "a.txt"])
            .args(arguments)
            .assert()
            .success();
    };
    add(&[], &[]);
    add(&[("SAKSI_ARCHIVE", "variable.db")], &[]);
    add(
        &[("SAKSI_ARCHIVE", "variable.db")],
        &["--archive", "typed/deep/a.db"],
    );
    assert!(folder.path().join("variable.db").exists());
    assert!(folder.path().join("typed/deep/a.db").exists());
    if cfg!(target_os = "linux") {
        assert!(folder.path().join("data/saksi/saksi.db").exists());
    }
}

#[test]
fn lines_of_json_are_reports() {
    let folder = Folder::new();
    let line = serde_json::json!({"text": INDONESIAN, "published": "2024-03-18T08:00:00Z", "uri": "https://example.org/1", "title": "Judul"});
    folder.write(
        "a.jsonl",
        format!(
            "{line}\n\nnot json\n{{\"title\": \"no text\"}}\n{}",
            serde_json::json!({"text": ENGLISH})
        ),
    );
    let batch = folder
        .saksi(&["batch", "--archive", "a.db", "a.jsonl"])
        .code(1);
    let said = talk(&batch);
    assert!(
        said.contains("`a.jsonl`, line 3") && said.contains("`a.jsonl`, line 4"),
        "{said}"
    );
    let mut found = ids(&folder, &[]);
    found.sort();
    assert_eq!(found, ["a.jsonl#line=5", "https://example.org/1"]);
    assert_eq!(
        ids(&folder, &["published:2024-03-18"]),
        ["https://example.org/1"]
    );
}

#[test]
fn newer_packs_make_new_readings_and_keep_the_old() {
    let folder = archive();
    folder.write(
        "mine/pack.toml",
        "name = \"mine\"\nkind = \"topic\"\nversion = \"1\"\ndescription = \"a test\"\nlicence = \"CC0-1.0\"\nsources = [\"a test\"]\n",
    );
    let reread = |arguments: &[&str]| {
        let mut all = vec!["reread", "--archive", "a.db"];
        all.extend(arguments);
        talk(&folder.saksi(&all).success())
    };
    assert_eq!(reread(&[]), "0 read anew\n");
    assert_eq!(reread(&["--pack", "mine"]), "2 read anew\n");
    assert_eq!(reread(&["--pack", "mine"]), "0 read anew\n");
    let found = lines(&out(&folder.saksi(&[
        "search",
        "--archive",
        "a.db",
        "--format",
        "jsonl",
        "kapal",
    ])));
    let id = found[0]["id"].as_str().unwrap();
    let history = json(
        &folder
            .saksi(&[
                "show",
                "--archive",
                "a.db",
                "--history",
                "--format",
                "json",
                id,
            ])
            .success(),
    );
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert!(history[0]["generator"]["packs"]["mine"].is_null());
    assert_eq!(history[1]["generator"]["packs"]["mine"], "1");
    let old = json(
        &folder
            .saksi(&[
                "show",
                "--archive",
                "a.db",
                "--reading",
                "1",
                "--format",
                "json",
                id,
            ])
            .success(),
    );
    assert_eq!(
        old,
        json(
            &folder
                .saksi(&["read", "--format", "json", "reports/a.txt"])
                .success()
        )
    );
}

#[test]
fn an_archive_that_is_missing_foreign_or_newer_is_named() {
    let folder = Folder::new();
    let missing = folder
        .saksi(&["search", "--archive", "none.db", "kapal"])
        .code(2);
    assert!(
        talk(&missing).contains("no archive `none.db`"),
        "{}",
        talk(&missing)
    );
    folder
        .write(
            "text.db",
            "this is a text and no database at all, whatever its name says",
        )
        .write("a.txt", INDONESIAN);
    for command in ["search", "batch"] {
        let foreign = folder
            .saksi(&[command, "--archive", "text.db", "a.txt"])
            .code(2);
        assert!(
            talk(&foreign).contains("`text.db` is no archive"),
            "{}",
            talk(&foreign)
        );
    }
}

#[test]
fn an_archive_kept_from_before_is_read() {
    let folder = Folder::new();
    fs::copy(
        repository().join("crates/saksi-archive/tests/data/schema-1.db"),
        folder.path().join("a.db"),
    )
    .unwrap();

    let found = folder
        .saksi(&[
            "search",
            "--archive",
            "a.db",
            "--format",
            "jsonl",
            "actor:budi",
        ])
        .success();
    assert_eq!(lines(&out(&found)).len(), 1);
}

/// A limit on the size of files is what a full disk is to the program.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_stored() {
    let folder = archive();
    let mut reports = String::new();
    for number in 0..200 {
        let text = format!(
            "{INDONESIAN} Kapal nomor {number} dari galangan {} ikut berlayar ke utara.",
            number * 7919
        );
        reports.push_str(&serde_json::json!({ "text": text }).to_string());
        reports.push('\n');
    }
    folder.write("many.jsonl", reports);
    let saksi = assert_cmd::cargo::cargo_bin("saksi");
    let size = fs::metadata(folder.path().join("a.db")).unwrap().len() / 512 + 400;
    let limited =
        format!("trap '' XFSZ; ulimit -f {size}; exec \"$0\" batch --archive a.db many.jsonl");
    let full = assert_cmd::Command::new("sh")
        .current_dir(folder.path())
        .arg("-c")
        .arg(limited)
        .arg(saksi)
        .assert()
        .code(2);
    assert!(talk(&full).contains("no room to write"), "{}", talk(&full));
    assert!(
        ids(&folder, &["--lang", "en"]).len() == 1,
        "what was there is there"
    );
    folder
        .saksi(&["batch", "--quiet", "--archive", "a.db", "many.jsonl"])
        .success();
    let stats = json(
        &folder
            .saksi(&["stats", "--archive", "a.db", "--format", "json"])
            .success(),
    );
    assert_eq!(stats["reports"].as_u64(), Some(202));
}

/// As somebody who may not write: the superuser may everywhere, so the test then runs the program as nobody.
#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_can_be_searched_and_not_written() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let folder = archive();
    let set = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    // By another program: a test beside this one that starts a process would inherit the open copy, which then could not be run.
    let copied = std::process::Command::new("cp")
        .arg(assert_cmd::cargo::cargo_bin("saksi"))
        .arg(folder.path().join("saksi"))
        .status();
    assert!(copied.unwrap().success());
    folder.write("c.txt", INDONESIAN);
    let writable = fs::write("/proc/self/oom_score_adj", "0").is_ok()
        && fs::metadata("/root").is_ok_and(|_| fs::read_dir("/root").is_ok());
    set(folder.path(), 0o555);
    set(&folder.path().join("a.db"), 0o444);
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(folder.path().join("saksi"));
        command.current_dir(folder.path()).args(arguments);
        if writable {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    };
    let found = run(&["search", "--archive", "a.db", "--format", "jsonl", "kapal"]);
    let text = String::from_utf8_lossy(&found.stderr).into_owned();
    assert!(found.status.success(), "{text}");
    for arguments in [
        ["batch", "--archive", "a.db", "c.txt"],
        ["batch", "--archive", "new.db", "c.txt"],
    ] {
        let refused = run(&arguments);
        let text = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{text}");
        assert!(
            text.contains("read-only") || text.contains("could not open the archive"),
            "{text}"
        );
    }
    set(folder.path(), 0o755);
    assert_eq!(ids(&folder, &[]).len(), 2);
}
