//! Records in other people's formats: from reports, from records, into files and folders.

use std::fs;

use serde_json::Value;

use super::{Folder, command, out, sample, talk};

/// A folder with the records of the samples.
fn records() -> Folder {
    let folder = Folder::new();
    let read = folder
        .saksi(&[
            "read",
            "--format",
            "jsonl",
            &sample("galangan.txt"),
            &sample("shipyard.txt"),
        ])
        .success();
    folder.write("records.jsonl", out(&read));
    folder
}

fn listed(folder: &Folder, name: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join(name)).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn reports_and_their_records_give_the_same_export() {
    let folder = records();
    for format in [
        "geojson",
        "plover",
        "polecat",
        "phoenix",
        "ftm",
        "stix",
        "annotation",
        "csv",
    ] {
        let exported = out(&folder
            .saksi(&["export", "--records", "records.jsonl", "--format", format])
            .success());
        let read = out(&folder
            .saksi(&[
                "read",
                "--format",
                format,
                &sample("galangan.txt"),
                &sample("shipyard.txt"),
            ])
            .success());
        assert!(!exported.is_empty());
        assert_eq!(exported, read, "{format}");
    }
}

#[test]
fn the_archive_is_exported_by_query_and_its_reprints_once() {
    let folder = Folder::new();
    let sentences = [
        "Menteri Pertahanan meninjau galangan kapal di Surabaya pada hari Jumat pagi.",
        "Ia mengatakan bahwa dua kapal fregat akan dikirim ke Natuna pada bulan depan.",
        "Galangan itu telah membangun sebelas kapal patroli sejak tahun dua ribu sepuluh.",
    ];
    folder.write(
        "a.txt",
        format!("Published: 2024-03-18\n\n{}", sentences.join(" ")),
    );
    let reprint = format!("{} Demikian laporan kantor berita.", sentences.join(" "));
    folder.write("b.txt", format!("Published: 2024-03-19\n\n{reprint}"));
    folder.write(
        "c.txt",
        format!("Published: 2024-03-17\n\n{}", super::ENGLISH),
    );
    folder
        .saksi(&["batch", "--archive", "a.db", "a.txt", "b.txt", "c.txt"])
        .success();
    let uris = |arguments: &[&str]| {
        let mut all = vec!["export", "--archive", "a.db", "--format", "jsonl"];
        all.extend(arguments);
        let export = folder.saksi(&all);
        let lines = out(&export);
        let uris: Vec<String> = (lines.lines())
            .map(|line| {
                let record: Value = serde_json::from_str(line).unwrap();
                record["document"]["uri"].as_str().unwrap().to_owned()
            })
            .collect();
        (uris.join(" "), talk(&export))
    };
    let (all, said) = uris(&[]);
    assert_eq!(all, "c.txt a.txt");
    assert!(said.contains("2 reports, 1 reprint left out"), "{said}");
    assert_eq!(uris(&["--reprints"]).0, "c.txt a.txt b.txt");
    assert_eq!(uris(&["galangan"]).0, "a.txt");
    // What it is a reprint of does not pass: it is all that there is.
    assert_eq!(uris(&["galangan published:2024-03-19"]).0, "b.txt");
    let (none, said) = uris(&["gajah"]);
    assert_eq!(none, "");
    assert!(said.contains("no report was found"), "{said}");
    let file = folder
        .saksi(&["export", "--archive", "a.db", "--format", "csv", "a.txt"])
        .code(2);
    assert!(talk(&file).contains("--records a.txt"), "{}", talk(&file));
}

#[test]
fn tables_go_into_a_folder() {
    let folder = records();
    for (format, ending, tables) in [
        ("csv", "csv", 5),
        ("parquet", "parquet", 5),
        ("gdelt", "csv", 2),
    ] {
        let into = format!("deep/{format}");
        folder
            .saksi(&[
                "export",
                "--records",
                "records.jsonl",
                "--format",
                format,
                "--out",
                &into,
            ])
            .success();
        let names = listed(&folder, &into);
        assert_eq!(names.len(), tables, "{names:?}");
        assert!(names.iter().all(|name| name.ends_with(ending)), "{names:?}");
    }
    let one = folder
        .saksi(&[
            "export",
            "--records",
            "records.jsonl",
            "--format",
            "csv",
            "--table",
            "mentions",
        ])
        .success();
    let written = fs::read_to_string(folder.path().join("deep/csv/mentions.csv")).unwrap();
    assert_eq!(out(&one), written);
}

#[test]
fn standard_input_is_exported() {
    let folder = records();
    let lines = fs::read(folder.path().join("records.jsonl")).unwrap();
    let export = command()
        .args(["export", "--format", "jsonl", "--records", "-"])
        .write_stdin(lines.clone())
        .assert()
        .success();
    assert_eq!(export.get_output().stdout, lines);
}

#[test]
fn a_line_that_is_no_record_is_named_and_passed_over() {
    let folder = records();
    let lines = fs::read_to_string(folder.path().join("records.jsonl")).unwrap();
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.insert(1, "{\"schema\": \"saksi-record/1\"");
    lines.insert(2, "");
    let broken = lines[0].replace("saksi-record/1", "saksi-record/9");
    lines.push(&broken);
    folder.write("mixed.jsonl", lines.join("\n"));
    let export = folder
        .saksi(&["export", "--records", "mixed.jsonl", "--format", "jsonl"])
        .code(1);
    assert_eq!(out(&export).lines().count(), 2);
    let said = talk(&export);
    assert!(
        said.contains("`mixed.jsonl`, line 2: this is no record"),
        "{said}"
    );
    assert!(
        said.contains("`mixed.jsonl`, line 5: the record's schema is `saksi-record/9`"),
        "{said}"
    );
}

#[test]
fn a_file_of_something_else_is_refused_once() {
    let folder = Folder::new();
    folder.write("report.txt", "Bukan rekaman.\n".repeat(1000));
    let export = folder
        .saksi(&["export", "--records", "report.txt", "--format", "csv"])
        .code(2);
    assert_eq!(out(&export), "");
    assert_eq!(talk(&export).lines().count(), 1);
    assert!(
        talk(&export).contains("`saksi read --format jsonl`"),
        "{}",
        talk(&export)
    );
    let export = folder
        .saksi(&["export", "--records", "none.jsonl", "--format", "csv"])
        .code(2);
    assert!(
        talk(&export).contains("could not open `none.jsonl`"),
        "{}",
        talk(&export)
    );
}

#[test]
fn an_export_that_fails_leaves_what_was_there() {
    let folder = records();
    folder.write("kept/events.csv", "old");
    folder.write("notes.txt", "no record");
    folder
        .saksi(&[
            "export",
            "--records",
            "notes.txt",
            "--format",
            "csv",
            "--out",
            "kept",
        ])
        .code(2);
    assert_eq!(listed(&folder, "kept"), ["events.csv"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("kept/events.csv")).unwrap(),
        "old"
    );
    folder
        .saksi(&[
            "export",
            "--records",
            "records.jsonl",
            "--format",
            "csv",
            "--out",
            "kept",
        ])
        .success();
    assert_ne!(
        fs::read_to_string(folder.path().join("kept/events.csv")).unwrap(),
        "old"
    );
    assert_eq!(listed(&folder, "kept").len(), 5);
}

#[test]
fn a_report_without_a_date_costs_itself() {
    let folder = records();
    let lines = fs::read_to_string(folder.path().join("records.jsonl")).unwrap();
    let mut record: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    record["document"]["published"] = Value::Null;
    folder.write("undated.jsonl", format!("{record}\n{lines}"));
    let export = folder
        .saksi(&["export", "--records", "undated.jsonl", "--format", "stix"])
        .code(1);
    assert!(
        talk(&export).contains("give a day for the export"),
        "{}",
        talk(&export)
    );
    let bundle: Value = serde_json::from_str(&out(&export)).unwrap();
    let reports = bundle["objects"].as_array().unwrap().iter();
    assert_eq!(reports.filter(|one| one["type"] == "report").count(), 2);
    folder
        .saksi(&[
            "export",
            "--records",
            "undated.jsonl",
            "--format",
            "stix",
            "--date",
            "2024-03-18",
        ])
        .success();
}

#[test]
fn what_is_left_out_is_counted() {
    let folder = records();
    let export = folder
        .saksi(&["export", "--records", "records.jsonl", "--format", "gdelt"])
        .success();
    assert!(
        talk(&export).contains("left out: `gdelt` has no place for"),
        "{}",
        talk(&export)
    );
    let export = folder
        .saksi(&[
            "--quiet",
            "export",
            "--records",
            "records.jsonl",
            "--format",
            "gdelt",
        ])
        .success();
    assert_eq!(talk(&export), "");
}

#[test]
fn what_can_not_be_meant_is_refused_with_what_to_do() {
    let folder = records();
    for (arguments, expected) in [
        (
            &["--format", "csv", "--out", "events.csv"][..],
            "--table events --out events.csv",
        ),
        (
            &["--format", "stix", "--table", "events"],
            "it comes in one piece",
        ),
        (
            &["--format", "gdelt", "--table", "entities"],
            "it has `events`, `mentions`",
        ),
        (&["--format", "stix", "--out", "."], "is a folder"),
        (
            &[
                "--format",
                "csv",
                "--table",
                "events",
                "--out",
                "none/x.csv",
            ],
            "could not write into `none`",
        ),
    ] {
        let mut all = vec!["export", "--records", "records.jsonl"];
        all.extend(arguments);
        let export = folder.saksi(&all).code(2);
        assert!(talk(&export).contains(expected), "{}", talk(&export));
    }
    let read = folder
        .saksi(&["read", "--out", "x", &sample("galangan.txt")])
        .code(2);
    assert!(
        talk(&read).contains("`--out` is for formats of exports"),
        "{}",
        talk(&read)
    );
}

#[test]
#[cfg(unix)]
fn a_new_file_may_be_read_by_whom_the_mask_lets() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = records();
    folder
        .saksi(&[
            "export",
            "--records",
            "records.jsonl",
            "--format",
            "ftm",
            "--out",
            "x.json",
        ])
        .success();
    let mode = |name: &str| {
        let metadata = fs::metadata(folder.path().join(name)).unwrap();
        metadata.permissions().mode()
    };
    assert_eq!(mode("x.json"), mode("records.jsonl"));
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = Folder::new();
    for (shell, value) in [
        ("bash", "polecat"),
        ("zsh", "polecat"),
        ("fish", "polecat"),
        // These complete no values.
        ("elvish", "--table"),
        ("powershell", "--table"),
    ] {
        let script = out(&folder.saksi(&["completions", shell]).success());
        assert!(
            script.contains("export") && script.contains(value),
            "{shell}"
        );
    }
    folder.saksi(&["man", "--out", "man1"]).success();
    let pages = listed(&folder, "man1");
    for name in [
        "saksi.1",
        "saksi-read.1",
        "saksi-export.1",
        "saksi-pack-import.1",
    ] {
        assert!(pages.iter().any(|page| page == name), "{pages:?}");
    }
    let page = fs::read_to_string(folder.path().join("man1/saksi-export.1")).unwrap();
    assert!(
        page.contains(".TH saksi-export 1") && page.contains("\\-\\-table"),
        "{page}"
    );
    let page = out(&folder.saksi(&["man"]).success());
    assert!(
        page.contains(".TH saksi 1") && page.contains("Reads news reports"),
        "{page}"
    );
}
