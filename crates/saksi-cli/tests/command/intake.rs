//! Reports from pages, folders, JSON lines, tables, web archives, addresses and feeds.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use serde_json::Value;

use super::{ENGLISH, Folder, INDONESIAN, command, json, out, talk};

/// A page as sites make them, with `text` as its article.
fn page(text: &str) -> String {
    let more = "Para pekerja menyambut menteri itu di gerbang galangan dan menyerahkan sebuah surat kepadanya. \
                Surat itu berisi permintaan agar upah mereka dinaikkan sebelum akhir tahun.";
    format!(
        "<!doctype html><html lang='en'><head><title>Menteri tinjau pangkalan - Harian Contoh</title>\
         <meta property='og:site_name' content='Harian Contoh'><meta name='author' content='Ani Wijaya'>\
         <meta property='article:published_time' content='2023-08-14T06:30:00+07:00'></head><body>\
         <nav><a href='/'>Beranda</a> <a href='/politik'>Politik</a></nav><article><h1>Menteri tinjau pangkalan</h1>\
         <p>{text}</p><p>Baca juga: <a href='/2'>Lima kapal perang terbesar</a></p><p>ADVERTISEMENT</p><p>{more}</p></article>\
         <footer>Hak cipta 2023 Harian Contoh</footer></body></html>"
    )
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn of_a_page_the_article_is_read() {
    let folder = Folder::new();
    folder.write("page.txt", page(INDONESIAN));
    let read = folder
        .saksi(&["read", "--format", "json", "page.txt"])
        .success();
    let document = &json(&read)["document"];
    assert_eq!(document["title"], "Menteri tinjau pangkalan");
    assert_eq!(document["outlet"], "Harian Contoh");
    assert_eq!(document["byline"], "Ani Wijaya");
    assert_eq!(document["published"], "2023-08-14");
    assert_eq!(document["published_from"], "metadata");
    assert_eq!(document["uri"], "page.txt");
    assert_eq!(document["language"], "id");
    let text = document["text"].as_str().unwrap();
    assert!(text.starts_with("Menteri Pertahanan meninjau"), "{text}");
    assert!(text.ends_with("akhir tahun."), "{text}");
    for residue in ["Baca juga", "ADVERTISEMENT", "Beranda", "Hak cipta"] {
        assert!(!text.contains(residue), "{text}");
    }
}

#[test]
fn what_a_page_says_is_no_head_of_its_keeper() {
    let folder = Folder::new();
    let text = serde_json::json!({"text": format!("URI: https://other.example/\n\n{INDONESIAN}"), "url": "https://harian.example/1"});
    folder.write("reports.jsonl", text.to_string());
    let read = folder
        .saksi(&["read", "--format", "jsonl", "reports.jsonl"])
        .success();
    assert_eq!(
        lines(&out(&read))[0]["document"]["uri"],
        "https://harian.example/1"
    );
}

#[test]
fn a_folder_and_what_is_in_its_files_are_read_in_order() {
    let folder = Folder::new();
    folder.write("in/b.html", page(INDONESIAN));
    folder.write("in/a.txt", ENGLISH);
    folder.write(
        "in/c.csv",
        format!("isi;tanggal\n\"{INDONESIAN}\";14/08/2023\n;\n"),
    );
    folder.write(
        "in/d.warc",
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://harian.example/d\r\nWARC-Date: 2023-08-14T00:00:00Z\r\n\
             Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{ENGLISH}\r\n\r\nWARC/1.0\r\nbroken",
            ENGLISH.len()
        ),
    );
    folder.write("in/logo.png", "x");
    let read = folder
        .saksi(&["read", "--format", "jsonl", "--threads", "3", "in"])
        .code(1);
    let records = lines(&out(&read));
    let uris: Vec<_> = records
        .iter()
        .map(|record| record["document"]["uri"].as_str().unwrap())
        .collect();
    assert_eq!(
        uris,
        [
            "in/a.txt",
            "in/b.html",
            "in/c.csv#line=2",
            "https://harian.example/d"
        ]
    );
    assert_eq!(records[2]["document"]["published"], "2023-08-14");
    assert_eq!(records[3]["document"]["retrieved"], "2023-08-14T00:00:00Z");
    let talk = talk(&read);
    assert!(
        talk.contains("error: `in/c.csv`, line 3: its text is empty"),
        "{talk}"
    );
    assert!(
        talk.contains("error: `in/d.warc`, record at byte"),
        "{talk}"
    );
    assert!(talk.contains("2 of 6 reports could not be read"), "{talk}");
}

#[test]
fn fields_are_mapped_and_extracted_reports_are_read_again() {
    let folder = Folder::new();
    let object = serde_json::json!({"a": {"words": INDONESIAN}, "day": "14 Agustus 2023", "text": "Bukan ini."});
    folder.write("reports.jsonl", object.to_string());
    let arguments = ["--map", "text=a.words,published=day", "reports.jsonl"];
    let extracted = folder
        .saksi(&[&["extract"], &arguments[..]].concat())
        .success();
    assert_eq!(lines(&out(&extracted))[0]["text"], INDONESIAN);
    folder.write("again.jsonl", out(&extracted));
    let first = folder
        .saksi(&[&["read", "--format", "json"], &arguments[..]].concat())
        .success();
    let again = folder
        .saksi(&["read", "--format", "json", "again.jsonl"])
        .success();
    assert_eq!(json(&first), json(&again));
    let failed = folder
        .saksi(&["read", "--map", "words=a", "reports.jsonl"])
        .code(2);
    assert!(
        talk(&failed).contains("`words=a` maps nothing"),
        "{}",
        talk(&failed)
    );
}

#[test]
fn tables_are_parted_by_what_their_headings_are() {
    for delimiter in [',', ';', '|'] {
        let table = format!("published{delimiter}text\n2024-03-18{delimiter}\"{INDONESIAN}\"\n");
        let read = command()
            .args(["read", "--format", "json", "--input", "csv", "-"])
            .write_stdin(table)
            .assert()
            .success();
        let records = json(&read);
        assert_eq!(records[0]["document"]["published"], "2024-03-18");
    }
}

#[test]
fn json_that_is_no_json_lines_is_named() {
    let folder = Folder::new();
    let object = serde_json::json!([{"text": INDONESIAN}]);
    folder.write("reports.json", object.to_string());
    let read = folder.saksi(&["read", "reports.json"]).code(2);
    assert!(talk(&read).contains("jq -c"), "{}", talk(&read));
}

/// In the place of a page: the site is busy, and asks for a second.
const BUSY: &str = "503 Busy\r\nRetry-After: 1";

/// Serves these paths, and no others.
fn serve(paths: Vec<(&'static str, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = format!("http://{}", listener.local_addr().unwrap());
    let base = place.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let asked = head.split(' ').nth(1).unwrap_or_default();
            let found = paths.iter().find(|(path, _)| *path == asked);
            let (status, body) = match found {
                None => ("404 No", String::new()),
                Some((_, body)) if body == BUSY => (BUSY, String::new()),
                Some((_, body)) => ("200 OK", body.replace("BASE", &base)),
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    place
}

#[test]
fn an_address_is_fetched_if_it_is_public_or_let() {
    let place = serve(vec![("/1", page(INDONESIAN))]);
    let folder = Folder::new();
    let address = format!("{place}/1");
    let refused = folder.saksi(&["read", &address]).code(2);
    assert!(
        talk(&refused).contains("`--allow-private` lets it"),
        "{}",
        talk(&refused)
    );
    let read = folder
        .saksi(&["read", "--format", "json", "--allow-private", &address])
        .success();
    let document = &json(&read)["document"];
    assert_eq!(document["uri"], address.as_str());
    assert!(document["retrieved"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn of_feeds_what_is_new_is_fetched_once() {
    let feed = "<rss><channel><title>Harian Contoh</title><item><title>Hilang</title><link>BASE/gone</link></item>\
                <item><title>Menteri</title><link>BASE/1</link></item></channel></rss>";
    // No pause would be long enough to be seen: the site lets everything, and asks for none.
    let place = serve(vec![("/1", page(INDONESIAN)), ("/feed", feed.to_owned())]);
    let folder = Folder::new();
    let address = format!("{place}/feed");
    let list = ["--feeds", "feeds.json"];
    let feed = |arguments: &[&str]| folder.saksi(&[&["feed"], arguments, &list].concat());
    feed(&["add", &address]).success();
    assert!(talk(&feed(&["add", &address]).success()).contains("is followed already"));
    assert!(out(&feed(&["list"]).success()).contains("never fetched"));
    let fetched = feed(&["fetch", "--allow-private", "--into", "new"]).code(1);
    assert!(talk(&fetched).contains("status 404"), "{}", talk(&fetched));
    let read = folder
        .saksi(&["read", "--format", "jsonl", "new"])
        .success();
    let records = lines(&out(&read));
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["document"]["uri"], format!("{place}/1").as_str());
    assert_eq!(out(&feed(&["fetch", "--allow-private"]).success()), "");
    let opml = out(&feed(&["export"]).success());
    folder.write("feeds.opml", opml);
    feed(&["remove", &address]).success();
    feed(&["remove", &address]).code(2);
    feed(&["import", "feeds.opml"]).success();
    assert!(out(&feed(&["list"]).success()).contains("Harian Contoh"));
}

#[test]
fn a_page_that_can_not_be_had_costs_no_other_of_its_feed() {
    let feed = "<rss><channel><item><link>BASE/busy</link></item><item><link>BASE/1</link></item></channel></rss>";
    let place = serve(vec![
        ("/1", page(INDONESIAN)),
        ("/busy", BUSY.to_owned()),
        ("/feed", feed.to_owned()),
    ]);
    let folder = Folder::new();
    let feed = |arguments: &[&str]| {
        folder.saksi(&[&["feed"], arguments, &["--feeds", "feeds.json"]].concat())
    };
    feed(&["add", &format!("{place}/feed")]).success();
    let fetched = feed(&["fetch", "--allow-private"]).code(1);
    assert!(talk(&fetched).contains("/busy"), "{}", talk(&fetched));
    assert_eq!(lines(&out(&fetched)).len(), 1);
}
