//! What comes out, and where.

use std::fs::OpenOptions;
use std::process::Stdio;

use saksi::record::Record;
use serde_json::Value;

use super::{ENGLISH, Folder, INDONESIAN, command, json, out, sample, talk};

#[test]
fn records_are_valid_by_the_schema_that_the_program_prints() {
    let folder = Folder::new();
    let schema = json(&folder.saksi(&["schema"]).success());
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in ["galangan.txt", "shipyard.txt"] {
        let read = folder
            .saksi(&["read", "--format", "json", &sample(name)])
            .success();
        let value = json(&read);
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let record: Record = serde_json::from_value(value).unwrap();
        record.validate().unwrap();
        assert!(
            !record.events.is_empty() && !record.statements.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn the_samples_are_read_with_the_head_that_they_open_with() {
    let folder = Folder::new();
    let record = json(
        &folder
            .saksi(&["read", "--format", "json", &sample("galangan.txt")])
            .success(),
    );
    let document = &record["document"];
    assert_eq!(document["language"], "id");
    assert_eq!(document["published"], "2024-03-18");
    assert_eq!(document["published_from"], "metadata");
    assert_eq!(document["outlet"], "Warta Bahari");
    let text = document["text"].as_str().unwrap();
    assert!(text.starts_with("SURABAYA"), "{text}");
    assert!(!text.contains("Baca juga"), "{text}");
}

#[test]
fn what_is_given_counts_more_than_what_the_head_tells() {
    let folder = Folder::new();
    let read = folder
        .saksi(&[
            "read",
            "--format",
            "json",
            "--published",
            "2024-03-20",
            &sample("galangan.txt"),
        ])
        .success();
    assert_eq!(json(&read)["document"]["published"], "2024-03-20");
    assert_eq!(json(&read)["document"]["published_from"], "flag");
}

#[test]
fn standard_input_is_read() {
    let read = command()
        .args(["read", "--format", "json", "-"])
        .write_stdin(ENGLISH)
        .assert()
        .success();
    assert_eq!(json(&read)["document"]["language"], "en");
    assert_eq!(json(&read)["document"]["uri"], Value::Null);
    let read = command()
        .args(["read", "--format", "jsonl"])
        .write_stdin(INDONESIAN)
        .assert()
        .success();
    assert_eq!(json(&read)["document"]["language"], "id");
}

#[test]
fn an_unknown_day_of_publication_is_told_and_never_today() {
    let read = command()
        .args(["read", "--format", "json", "-"])
        .write_stdin(ENGLISH)
        .assert()
        .success();
    assert_eq!(json(&read)["document"]["published"], Value::Null);
    assert!(talk(&read).contains("--published"), "{}", talk(&read));
    let read = command()
        .args(["--quiet", "read", "--format", "json", "-"])
        .write_stdin(ENGLISH)
        .assert()
        .success();
    assert_eq!(talk(&read), "");
}

#[test]
fn the_text_for_people_has_marks_without_colours_and_colours_on_demand() {
    let folder = Folder::new();
    let plain = out(&folder.saksi(&["read", &sample("galangan.txt")]).success());
    assert!(
        plain.contains("EVENTS") && plain.contains("STATEMENTS"),
        "{plain}"
    );
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let colours = out(&folder
        .saksi(&["--color", "always", "read", &sample("galangan.txt")])
        .success());
    assert!(colours.contains("\u{1b}["), "{colours:?}");
    let explained = out(&folder
        .saksi(&["read", "--explain", &sample("galangan.txt")])
        .success());
    assert!(
        explained.contains("TREES")
            && explained.contains("root")
            && explained.contains("speaks for it"),
        "{explained}"
    );
}

#[test]
fn parse_prints_conllu_and_parses_its_own_output_alike() {
    let folder = Folder::new();
    folder.write("report.txt", INDONESIAN);
    let first = out(&folder.saksi(&["parse", "report.txt"]).success());
    assert!(
        first.contains("# text = Menteri Pertahanan meninjau"),
        "{first}"
    );
    folder.write("report.conllu", &first);
    let second = out(&folder
        .saksi(&[
            "parse",
            "--input",
            "conllu",
            "--lang",
            "id",
            "report.conllu",
        ])
        .success());
    assert_eq!(first, second);
}

#[test]
fn parse_measures_itself() {
    let folder = Folder::new();
    folder.write("report.txt", ENGLISH);
    let parse = folder.saksi(&["parse", "--bench", "report.txt"]).success();
    let figures: Value = serde_json::from_str(talk(&parse).lines().last().unwrap()).unwrap();
    assert!(figures["tokens"].as_u64().unwrap() > 0);
    assert!(figures["seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn parse_keeps_every_character() {
    let text = "Menteri datang. Bagikan artikel ini ke Facebook.\n\nADVERTISEMENT\n\nKapal itu berlayar ke laut.";
    let parse = command()
        .args(["parse", "--lang", "id", "-"])
        .write_stdin(text)
        .assert()
        .success();
    let words: String = (out(&parse).lines())
        .filter_map(|line| line.strip_prefix("# text = ").map(str::to_owned))
        .collect();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(bare(&words), bare(text));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_saksi"))
        .arg("schema")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not write to standard output"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_saksi"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let help = out(&command().arg("--help").assert().success());
    assert!(
        help.contains("Examples:") && help.contains("Exit codes:"),
        "{help}"
    );
    let help = out(&command().args(["read", "--help"]).assert().success());
    assert!(
        help.contains("--published") && help.contains("Examples:"),
        "{help}"
    );
    assert!(out(&command().arg("--version").assert().success()).starts_with("saksi "));
}

#[test]
fn a_map_is_one_document_of_any_number_of_reports() {
    let folder = Folder::new();
    folder.write(
        "empty-of-events.txt",
        "Hari ini cerah sekali dan tidak ada apa-apa.",
    );
    let read = |files: &[&str]| {
        let arguments = [&["read", "--quiet", "--format", "geojson"], files].concat();
        json(&folder.saksi(&arguments).success())
    };
    let features = |map: &Value| map["features"].as_array().unwrap().clone();
    let (one, two) = (sample("galangan.txt"), sample("shipyard.txt"));
    let both = read(&[&one, "empty-of-events.txt", &two]);
    assert_eq!(both["type"], "FeatureCollection");
    let apart = [features(&read(&[&one])), features(&read(&[&two]))].concat();
    assert_eq!(features(&both), apart);
    let visit = &apart[0];
    assert_eq!(visit["properties"]["type"], "INSPECT");
    assert_eq!(visit["properties"]["place"]["name"], "Surabaya");
    let [east, north] = [0, 1].map(|at| visit["geometry"]["coordinates"][at].as_f64().unwrap());
    assert!(
        (112.0..113.5).contains(&east) && (-8.0..-6.5).contains(&north),
        "{east} {north}"
    );
    let none = read(&["empty-of-events.txt"]);
    assert_eq!(features(&none), [] as [Value; 0]);
}

#[test]
fn eval_tells_how_far_confidence_can_be_trusted() {
    let folder = Folder::new();
    folder
        .write("gold/a.txt", "Japan sold frigates to Peru. Chile visited Lima.")
        .write(
            "gold/a.gold.json",
            r#"{"document": {"file": "a.txt", "language": "en"},
                "events": [{"type": "TRANSFER", "at": "Japan [sold] frigates", "modality": "actual", "actors": [["Japan"]], "recipients": [["Peru"]]}]}"#,
        )
        .write(
            "records/a.json",
            r#"{"events": [{"id": "v1", "type": "TRANSFER", "trigger": [6, 10], "confidence": 0.9},
                           {"id": "v2", "type": "CONSULT", "trigger": [35, 42], "confidence": 0.62}]}"#,
        );
    let arguments = ["eval", "--records", "records", "gold"];
    let text = out(&folder.saksi(&arguments).success());
    let row = |from: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(from)).unwrap();
        line.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(
        row("0.6 to 0.7")[3..],
        ["1", "0", "0.000", "0.620"],
        "{text}"
    );
    assert_eq!(
        row("0.9 to 1.0")[3..],
        ["1", "1", "1.000", "0.900"],
        "{text}"
    );
    assert!(text.contains("calibration error 0.360"), "{text}");
    let json = out(&folder
        .saksi(&[&arguments[..], &["--format", "json"]].concat())
        .success());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["reliability"]["bins"][0]["confidence"], 0.62);
    assert_eq!(json["reliability"]["discrimination"], 1.0);
}
