//! Input that is no report, or hardly one: a warning or a clear error, never a panic.

use std::time::{Duration, Instant};

use saksi::record::Record;

use super::{ENGLISH, Folder, INDONESIAN, command, json, talk};

fn read(bytes: impl AsRef<[u8]>, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let folder = Folder::new();
    folder.write("report.txt", bytes);
    let mut all = vec!["read", "--format", "json", "report.txt"];
    all.extend(arguments);
    folder.saksi(&all)
}

#[test]
fn a_file_without_text_is_named() {
    for text in ["", " \n\n\t\n", "\u{feff}"] {
        let read = read(text, &[]).code(2);
        assert!(
            talk(&read).contains("`report.txt`") && talk(&read).contains("no text"),
            "{}",
            talk(&read)
        );
    }
}

#[test]
fn random_bytes_are_refused() {
    let mut state = 1_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(100_000)
    .collect();
    for arguments in [&[][..], &["--lang", "id"]] {
        let read = read(&bytes, arguments).code(2);
        assert!(
            talk(&read).starts_with("error: `report.txt`: "),
            "{}",
            talk(&read)
        );
    }
}

#[test]
fn other_encodings_are_read() {
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(INDONESIAN.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(
        json(&read(&utf16, &[]).success())["document"]["text"],
        INDONESIAN
    );
    let text = ENGLISH.replace("The defence minister", "José Muñoz, the defence minister,");
    let latin: Vec<u8> = text
        .chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap())
        .collect();
    let read = read(&latin, &[]).success();
    assert_eq!(json(&read)["document"]["text"], text);
    assert!(talk(&read).contains("encoding"), "{}", talk(&read));
}

#[test]
fn a_language_without_a_pack_is_named() {
    let malay = "Menteri Pertahanan berkata bahawa kerajaan akan menghantar kapal itu kerana kereta kebal tidak boleh \
                 digunakan di sana. Beliau turut memaklumkan perkara itu kepada pegawai kanan tentera di Kuala Lumpur.";
    let refused = read(malay, &[]).code(2);
    assert!(talk(&refused).contains("Malay (ms)"), "{}", talk(&refused));
    let german = "Der Verteidigungsminister besuchte am Freitag die Werft und sagte, dass die Fregatte bald fertig sei.";
    let refused = read(german, &[]).code(2);
    assert!(talk(&refused).contains("German (de)"), "{}", talk(&refused));
    let refused = read(ENGLISH, &["--lang", "xx"]).code(2);
    assert!(
        talk(&refused).contains("no pack for the language `xx`"),
        "{}",
        talk(&refused)
    );
}

#[test]
fn long_lines_and_deep_quotes_are_read_in_good_time() {
    let word = "a".repeat(1_000_000);
    let sentence = "menteri itu meninjau galangan kapal dan ".repeat(25_000);
    let quotes = format!("{}Ia pergi.{}", "“kata ".repeat(20_000), "”".repeat(20_000));
    let brackets = format!("Ia pergi {}.", "(\"".repeat(50_000));
    for text in [word, sentence, quotes, brackets] {
        let start = Instant::now();
        let read = read(&text, &["--lang", "id"]).success();
        let record: Record = serde_json::from_value(json(&read)).unwrap();
        record.validate().unwrap();
        // Debug builds on busy machines are slow; what grows with the square takes hours.
        assert!(
            start.elapsed() < Duration::from_mins(3),
            "{} bytes took {:?}",
            text.len(),
            start.elapsed()
        );
    }
}

#[test]
fn a_report_that_is_too_long_is_refused_before_it_is_read() {
    let folder = Folder::new();
    // A file of 200 MB that takes no room on the disk.
    std::fs::File::create(folder.path().join("long.txt"))
        .unwrap()
        .set_len(200_000_000)
        .unwrap();
    let start = Instant::now();
    let read = folder.saksi(&["read", "long.txt"]).code(2);
    assert!(talk(&read).contains("longer than 4 MiB"), "{}", talk(&read));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_can_not_be_opened_is_named() {
    let folder = Folder::new();
    folder.write("folder/report.txt", INDONESIAN);
    let missing = folder.saksi(&["read", "missing.txt"]).code(2);
    assert!(
        talk(&missing).contains("`missing.txt`: could not open it: "),
        "{}",
        talk(&missing)
    );
    let parse = folder.saksi(&["parse", "missing.txt"]).code(2);
    assert!(
        talk(&parse).contains("could not open `missing.txt`"),
        "{}",
        talk(&parse)
    );
}

#[test]
fn a_date_that_is_none_is_refused() {
    let refused = read(INDONESIAN, &["--published", "2023-13-01"]).code(2);
    assert!(talk(&refused).contains("YYYY-MM-DD"), "{}", talk(&refused));
    let told = read(format!("Published: yesterday\n\n{INDONESIAN}"), &[]).success();
    assert!(
        talk(&told).contains("Published: yesterday"),
        "{}",
        talk(&told)
    );
}

#[test]
fn conllu_that_is_none_is_named_by_its_line() {
    let folder = Folder::new();
    folder.write("bad.conllu", "1\tIa\tia\n");
    let parse = folder
        .saksi(&["parse", "--input", "conllu", "--lang", "id", "bad.conllu"])
        .code(2);
    assert!(talk(&parse).contains("line 1"), "{}", talk(&parse));
    let parse = folder
        .saksi(&["parse", "--input", "conllu", "bad.conllu"])
        .code(2);
    assert!(talk(&parse).contains("--lang"), "{}", talk(&parse));
}

#[test]
fn a_report_can_not_move_the_cursor() {
    let text = format!("{INDONESIAN} \u{1b}]0;title\u{7}\u{1b}[2J Ia pergi.");
    let read = command()
        .args(["read", "--lang", "id", "-"])
        .write_stdin(text)
        .assert();
    assert!(!read.get_output().stdout.contains(&0x1b));
    // Nor can what is said about it.
    let line = format!("{{\"text\": \"{INDONESIAN}\", \"date\": \"\\u001b]0;x\\u0007\"}}");
    let read = command()
        .args(["read", "--input", "jsonl", "-"])
        .write_stdin(line)
        .assert();
    assert!(
        talk(&read).contains("can't be understood"),
        "{}",
        talk(&read)
    );
    assert!(!read.get_output().stderr.contains(&0x1b));
}
