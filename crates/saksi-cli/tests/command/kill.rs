//! Batches that are killed, again and again, and two at once: at the end every report is there once, read as if nothing had happened.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{Folder, talk};

/// Kills in all.
const KILLS: usize = 100;

/// Reports of a batch.
const REPORTS: usize = 160;

/// A run that takes longer is no measure of anything.
const LONGEST: Duration = Duration::from_secs(20);

/// What all moments of killing come from.
const SEED: u64 = 20_231_126;

/// Short reports, among them reprints and one text at two addresses.
fn write_reports(folder: &Folder) {
    let verbs = ["meninjau", "mengirim", "menguji", "memamerkan", "membeli"];
    let things = [
        "kapal fregat",
        "rudal balistik",
        "pesawat nirawak",
        "kapal selam",
        "meriam baru",
    ];
    let places = [
        "Surabaya", "Natuna", "Batam", "Makassar", "Jayapura", "Manado", "Ambon",
    ];
    let mut lines = String::new();
    for number in 0..REPORTS {
        // Every tenth is a reprint of the one before it, every fifteenth the same text from elsewhere.
        let text_number = if number % 10 == 9 || number % 15 == 14 {
            number - 1
        } else {
            number
        };
        let (verb, thing, place) = (
            verbs[text_number % 5],
            things[text_number / 5 % 5],
            places[text_number % 7],
        );
        let mut text = format!(
            "Menteri Pertahanan {verb} {thing} nomor {text_number} di {place} pada Jumat. Ia mengatakan bahwa {} kapal akan dikirim bulan depan.",
            text_number * 31 + 7
        );
        if number % 10 == 9 {
            text.push_str(" Kantor berita melaporkannya.");
        }
        let line = serde_json::json!({"text": text, "published": format!("2024-03-{:02}", 1 + number % 28), "uri": format!("r{number}"), "language": "id"});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    folder.write("reports.jsonl", lines);
}

/// All that an archive says, in no order of intake.
fn content(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let all = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut content = all(
        "SELECT hex(digest) || ' ' || reading || ' ' || hex(record) || ' ' || hex(lemmas) FROM report \
                           JOIN reading ON reading.report = report.id ORDER BY 1",
    );
    content.extend(all("SELECT hex(digest) || ' ' || a.uri || ' ' || a.published FROM appearance AS a JOIN report ON report.id = a.report ORDER BY 1"));
    content.extend(all(
        "SELECT hex(r.digest) || ' of ' || hex(o.digest) || ' ' || r.difference FROM report AS r \
                        JOIN report AS o ON o.id = r.reprint_of ORDER BY 1",
    ));
    content.extend(all("SELECT hex(key) || ' ' || hex(digest) FROM taken JOIN report ON report.id = taken.report ORDER BY 1"));
    content.extend(all("SELECT hex(digest) || ' ' || e.code || e.type || e.words || ifnull(e.first, 0) || group_concat(p.role || name.name) \
                        FROM event AS e JOIN report ON report.id = e.report JOIN party AS p ON p.event = e.id JOIN entity AS n ON n.id = p.entity \
                        JOIN name ON name.id = n.name GROUP BY e.id ORDER BY 1"));
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    connection
        .execute_batch("INSERT INTO words (words) VALUES ('integrity-check')")
        .unwrap();
    content
}

fn begin(folder: &Folder, archive: &str) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("saksi"))
        .current_dir(folder.path())
        .args(["batch", "--quiet", "--archive", archive, "reports.jsonl"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The next number of a fixed row (splitmix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut number = *state;
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[test]
fn a_hundred_kills_lose_nothing_and_repeat_nothing() {
    let folder = Folder::new();
    write_reports(&folder);
    let begun = Instant::now();
    folder
        .saksi(&["batch", "--archive", "reference.db", "reports.jsonl"])
        .success();
    // How long a run takes differs from machine to machine, and from minute to minute on a busy one: the moments of killing are shares of it, from
    // the seed, and what they are shares of follows what happens.
    let mut length = begun.elapsed();
    let reference = content(&folder.path().join("reference.db"));
    assert!(reference.len() > 2 * REPORTS, "{}", reference.len());
    let (mut state, mut kills, mut round, mut in_round) = (SEED, 0, 0, 0);
    let mut stored = Vec::new();
    while kills < KILLS {
        let archive = format!("{round}.db");
        let path = folder.path().join(&archive);
        let mut child = begin(&folder, &archive);
        // Nothing tells the test when the child is in the middle of something: that is what is tested.
        std::thread::sleep(length * (next(&mut state) % 1000) as u32 / 1000);
        let killed = child.try_wait().unwrap().is_none();
        if killed {
            child.kill().unwrap();
            kills += 1;
            in_round += 1;
        }
        let status = child.wait().unwrap();
        let count = if path.exists() { reports(&path) } else { 0 };
        if killed {
            stored.push(count);
        }
        if status.success() {
            length = length * 9 / 10;
        } else if count == 0 {
            length = (length * 11 / 10).min(LONGEST);
        }
        if status.success() || in_round == 5 {
            // Some kills in a row, or an end by itself: what is missing is made up for, and all must be as if nothing had happened.
            folder
                .saksi(&["batch", "--archive", &archive, "reports.jsonl"])
                .success();
            assert!(
                content(&path) == reference,
                "after {kills} kills, in round {round}"
            );
            round += 1;
            in_round = 0;
        }
    }
    // Kills struck where they were to: with nothing stored, and between two groups that were.
    let all = reports(&folder.path().join("reference.db"));
    let between = stored
        .iter()
        .filter(|&&count| 0 < count && count < all)
        .count();
    assert!(between >= KILLS / 10, "{stored:?}");
    assert!(stored.contains(&0), "{stored:?}");
}

fn reports(path: &Path) -> i64 {
    let connection = Connection::open(path).unwrap();
    connection
        .query_row("SELECT count(*) FROM report", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn two_batches_at_once_store_every_report_once() {
    let folder = Folder::new();
    write_reports(&folder);
    folder
        .saksi(&["batch", "--archive", "reference.db", "reports.jsonl"])
        .success();
    let mut both = [begin(&folder, "both.db"), begin(&folder, "both.db")];
    for child in &mut both {
        assert!(child.wait().unwrap().success());
    }
    assert!(
        content(&folder.path().join("both.db")) == content(&folder.path().join("reference.db"))
    );
    let again = folder
        .saksi(&["batch", "--archive", "both.db", "reports.jsonl"])
        .success();
    assert_eq!(talk(&again), format!("0 new, {REPORTS} known\n"));
}
