//! Reports in web archives: WARC, WET and ARC, packed or not.
//!
//! In: the bytes of an archive, as they lie on the disk. Out: a report for each page or text that was answered with success, kept as it is, or
//! converted to text; pictures, redirections, requests and what is said of the archive itself are passed over. A broken record costs that record: the
//! next one is looked for from where it was found to be broken. It holds one record at a time.

pub(crate) mod http;
mod records;

use crate::open::Found;
use crate::stream::Bytes;
use crate::{Content, Error, Kind, Place, Position, Problem, Report, Warning, page, row};
use records::{Record, Records};

/// The reports of an archive.
pub(crate) struct Reports {
    records: Records,
    place: Place,
    longest: usize,
}

impl Reports {
    pub(crate) fn new(source: Bytes, place: Place, longest: usize) -> Self {
        Self {
            records: Records::new(source),
            place,
            longest,
        }
    }
}

impl Iterator for Reports {
    type Item = Result<Found, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.next()? {
                Ok(record) => {
                    let place = self.place.at(Position::Offset(record.offset));
                    let short = record.short;
                    match report(record, &place, self.longest) {
                        Some(Ok(mut found)) if short => {
                            let warnings = &mut found.report.warnings;
                            if !warnings.contains(&Warning::CutOff) {
                                warnings.push(Warning::CutOff);
                            }
                            return Some(Ok(found));
                        }
                        None if short => {
                            let error = Error::Archive("it is cut off");
                            return Some(Err(Problem::new(place, error)));
                        }
                        None => {}
                        found => return found,
                    }
                }
                Err((offset, error)) => {
                    return Some(Err(Problem::new(
                        self.place.at(Position::Offset(offset)),
                        error,
                    )));
                }
            }
        }
    }
}

/// The report in a record; `None` where there is none in it.
fn report(record: Record, place: &Place, longest: usize) -> Option<Result<Found, Problem>> {
    let header = |name| record.header(name).map(str::to_owned);
    let uri = header("warc-target-uri").map(|uri| uri.trim_matches(['<', '>', ' ']).to_owned());
    let retrieved = header("warc-date");
    let language = header("warc-identified-content-language").and_then(|told| {
        told.split(',').next().and_then(|code| match code {
            "ind" | "eng" => row::language(code),
            code => (code.len() == 2).then(|| code.to_owned()),
        })
    });
    let kind = header("warc-type").unwrap_or_default();
    let mime = header("content-type").unwrap_or_default();
    let (mime, body, short, packed) = match kind.as_str() {
        "response" if record.body.starts_with(b"HTTP/") => {
            let answer = http::answer(&record.body)?;
            (answer.mime, answer.body, answer.short, answer.packed)
        }
        "response" | "resource" | "conversion" => (mime, record.body, false, None),
        _ => return None,
    };
    let is_page = || matches!(Kind::of(body.get(..4096).unwrap_or(&body), ""), Kind::Html);
    let (kind_of_content, charset) = http::kind(&mime);
    let content = match kind_of_content {
        "text/html" | "application/xhtml+xml" => Kind::Html,
        "text/plain" => Kind::Text,
        // What has no type is looked at; what has another one is no report.
        "" if is_page() => Kind::Html,
        _ => return None,
    };
    let broken = |error| Some(Err(Problem::new(place.clone(), error)));
    if body.trim_ascii().is_empty() {
        return if short {
            broken(Error::Archive(records::DAMAGED))
        } else {
            None
        };
    }
    // Archives may keep what was unpacked, and the header as it was.
    if let Some(packing) = packed
        && !is_page()
    {
        return broken(Error::Packed(packing));
    }
    let limit = if content == Kind::Html {
        page::LONGEST
    } else {
        longest
    };
    if record.cut || body.len() > limit {
        return broken(Error::TooLong(limit));
    }
    let mut report = Report::new(place.clone(), Content::Text(String::new()));
    report.uri = uri;
    report.retrieved = retrieved;
    report.language = language;
    if short {
        report.warnings.push(Warning::CutOff);
    }
    Some(Ok(if content == Kind::Html {
        // It may tell its address itself.
        Found::page(report, body, charset)
    } else {
        report.uri = report.uri.or_else(|| place.uri());
        report.content = Content::Text(page::decoded(&body, charset.as_deref()));
        Found::ready(report)
    }))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn record(kind: &str, mime: &str, body: &str) -> Vec<u8> {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://harian.example/{kind}>\r\nWARC-Date: 2023-08-14T01:00:00Z\r\nContent-Type: {mime}\r\n\
             Content-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
        .into_bytes()
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(archive: Vec<u8>) -> Vec<Result<Found, Problem>> {
        Reports::new(
            Box::new(Cursor::new(archive)),
            Place::whole("a.warc"),
            1 << 20,
        )
        .collect()
    }

    fn texts(found: &[Result<Found, Problem>]) -> Vec<String> {
        let text = |found: &Result<Found, Problem>| match found {
            Ok(found) => String::from_utf8_lossy(found.report.content.as_bytes()).into_owned(),
            Err(problem) => format!("{:?}", problem.error),
        };
        found.iter().map(text).collect()
    }

    const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nMente\r\n8\r\nri tiba.\r\n0\r\n\r\n";

    #[test]
    fn answers_and_converted_texts_are_reports() {
        let mut archive = record("warcinfo", "application/warc-fields", "software: x");
        archive.extend(record(
            "request",
            "application/http; msgtype=request",
            "GET / HTTP/1.1\r\n\r\n",
        ));
        archive.extend(record(
            "response",
            "application/http; msgtype=response",
            ANSWER,
        ));
        archive.extend(record(
            "response",
            "application/http; msgtype=response",
            "HTTP/1.1 404 No\r\nContent-Type: text/plain\r\n\r\nNot found.",
        ));
        archive.extend(record("conversion", "text/plain", "Ia pergi."));
        for archive in [archive.clone(), packed(&archive)] {
            let found = read(archive);
            assert_eq!(texts(&found), ["Menteri tiba.", "Ia pergi."]);
            let report = &found[0].as_ref().unwrap().report;
            assert_eq!(
                report.uri.as_deref(),
                Some("https://harian.example/response")
            );
            assert_eq!(report.retrieved.as_deref(), Some("2023-08-14T01:00:00Z"));
        }
    }

    #[test]
    fn a_page_without_an_address_tells_its_own() {
        let canonical = "<link rel=canonical href='https://harian.example/a'>";
        let mut archive = String::new();
        for (mime, body) in [
            ("text/html", format!("{canonical}<p>Menteri tiba.")),
            ("text/html", "<p>Menteri tiba.".to_owned()),
            ("text/plain", "Menteri tiba.".to_owned()),
        ] {
            let record = String::from_utf8(record("resource", mime, &body)).unwrap();
            let kept = record.lines().filter(|line| !line.contains("-URI"));
            archive.extend(kept.flat_map(|line| [line, "\r\n"]));
        }
        let place = Place::whole("crawl-2024-05-01.warc");
        let reports = Reports::new(Box::new(Cursor::new(archive)), place, 1 << 20);
        let reports = reports.map(|found| found.unwrap().report(&page::Standard).unwrap());
        let told: Vec<_> = reports
            .map(|report| (report.uri.unwrap(), report.published))
            .collect();
        assert_eq!(told[0], ("https://harian.example/a".to_owned(), None));
        for (uri, published) in &told[1..] {
            assert!(uri.starts_with("crawl-2024-05-01.warc#offset="), "{uri}");
            assert_eq!(*published, None);
        }
        assert_eq!(told.len(), 3);
    }

    #[test]
    fn a_broken_member_costs_itself() {
        let texts_of = ["Menteri tiba.", "Ia pergi.", "Kami tinggal."];
        let members: Vec<_> = texts_of
            .iter()
            .map(|text| packed(&record("conversion", "text/plain", text)))
            .collect();
        let mut broken = members[1].clone();
        for byte in &mut broken[20..60] {
            *byte ^= 0x55;
        }
        let found = read([members[0].clone(), broken, members[2].clone()].concat());
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(matches!(
            &found[1].as_ref().unwrap_err().error,
            Error::Archive(_)
        ));
        assert_eq!(
            found[1].as_ref().unwrap_err().place.position,
            Some(Position::Offset(members[0].len() as u64))
        );
        assert_eq!(texts(&found)[2], "Kami tinggal.");
    }

    #[test]
    fn a_false_length_and_a_cut_off_end_cost_a_record() {
        let good = record("conversion", "text/plain", "Menteri tiba.");
        let mut archive = String::from_utf8(good.clone())
            .unwrap()
            .replace("Length: 13", "Length: 4")
            .into_bytes();
        archive.extend(&good);
        archive.extend(good.get(..good.len() - 9).unwrap());
        let found = read(archive);
        assert_eq!(texts(&found)[0], "Ment");
        assert_eq!(texts(&found)[2], "Menteri tiba.");
        assert!(found[1].is_err(), "{found:?}");
        assert_eq!(
            found[3].as_ref().unwrap().report.warnings,
            [Warning::CutOff]
        );
        assert_eq!(texts(&found)[3], "Menteri ");
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn an_old_archive_is_read() {
        let body = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nMenteri tiba.";
        let archive = format!(
            "filedesc://a.arc 0.0.0.0 20230814010000 text/plain 10\n1 0 Exampl\n\nhttp://harian.example/a b 1.2.3.4 20230814010000 text/html {}\n{body}\n",
            body.len()
        );
        let found = read(archive.into_bytes());
        assert_eq!(texts(&found), ["Menteri tiba."]);
        let report = &found[0].as_ref().unwrap().report;
        assert_eq!(report.uri.as_deref(), Some("http://harian.example/a b"));
        assert_eq!(report.retrieved.as_deref(), Some("2023-08-14T01:00:00Z"));
    }

    #[test]
    fn a_member_after_one_with_a_false_checksum_is_read() {
        let members: Vec<_> = ["Menteri tiba.", "Ia pergi."]
            .iter()
            .map(|text| packed(&record("conversion", "text/plain", text)))
            .collect();
        let mut broken = members[0].clone();
        let at = broken.len() - 8;
        broken[at] ^= 1;
        let found = read([&*broken, &members[1]].concat());
        assert_eq!(texts(&found)[0], "Menteri tiba.");
        assert!(found[1].is_err(), "{found:?}");
        assert_eq!(texts(&found)[2], "Ia pergi.");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn a_member_after_one_cut_off_in_its_header_is_read() {
        let good = packed(&record("conversion", "text/plain", "Menteri tiba."));
        let found = read([packed(b"WARC/1.0\r\nWARC-Type: conversion\r\n"), good].concat());
        assert!(found[0].is_err(), "{found:?}");
        assert_eq!(texts(&found)[1..], ["Menteri tiba."]);
    }

    #[test]
    fn a_broken_record_in_an_archive_of_one_member_costs_itself() {
        let archive = [
            &record("conversion", "text/plain", "Menteri tiba."),
            &*b"nonsense\r\n\r\n".repeat(5000),
            &record("conversion", "text/plain", "Ia pergi."),
            b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n",
            &record("conversion", "text/plain", "Kami tinggal."),
        ]
        .concat();
        for archive in [archive.clone(), packed(&archive)] {
            let found = read(archive);
            let texts = texts(&found);
            assert_eq!(texts[0], "Menteri tiba.");
            assert!(found[1].is_err(), "{found:?}");
            assert_eq!(texts[2], "Ia pergi.");
            assert!(found[3].is_err(), "{found:?}");
            assert_eq!(texts[4], "Kami tinggal.");
            assert_eq!(found.len(), 5);
        }
    }

    #[test]
    fn a_member_after_one_that_ends_in_nonsense_is_read() {
        let member = |text: &str| record("conversion", "text/plain", text);
        let first = [&*member("Menteri tiba."), b"nonsense\r\nnonsense\r\n"].concat();
        let found = read([packed(&first), packed(&member("Ia pergi."))].concat());
        assert_eq!(texts(&found)[0], "Menteri tiba.");
        assert!(found[1].is_err(), "{found:?}");
        assert_eq!(texts(&found)[2..], ["Ia pergi."]);
    }

    fn old(address: &str, mime: &str, body: &str) -> String {
        let body = format!("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n{body}");
        let length = body.len();
        format!("{address} 1.2.3.4 20230814010000 {mime} {length}\n{body}\n")
    }

    #[test]
    fn a_broken_record_of_an_old_archive_costs_itself() {
        let archive = [
            "filedesc://a.arc 0.0.0.0 20230814010000 text/plain 10\n1 0 Exampl\n\n".to_owned(),
            old(
                "http://harian.example/a",
                "text/html; charset=utf-8",
                "Menteri tiba.",
            ),
            "http://harian.example/b 1.2.3.4 nonsense\n".repeat(300),
            old("http://harian.example/c", "text/html", "Ia pergi."),
            // The second version of the format.
            old(
                "http://harian.example/d e",
                "text/html; charset=utf-8 200 ABC - 1234 a.arc",
                "Kami tinggal.",
            ),
        ]
        .concat();
        for archive in [archive.clone().into_bytes(), packed(archive.as_bytes())] {
            let found = read(archive);
            let texts = texts(&found);
            assert_eq!(texts[0], "Menteri tiba.");
            assert!(found[1].is_err(), "{found:?}");
            assert_eq!(texts[2..], ["Ia pergi.", "Kami tinggal."]);
            assert_eq!(
                found[3].as_ref().unwrap().report.uri.as_deref(),
                Some("http://harian.example/d e")
            );
        }
    }

    #[test]
    fn an_opening_is_found_across_the_edge_of_a_buffer() {
        let good = record("conversion", "text/plain", "Menteri tiba.");
        for length in [1, 5, 8, 20] {
            let archive = [&b"nonsense\r\n".repeat(length)[..], &good].concat();
            for size in [1, 3, 7, 64] {
                let source = std::io::BufReader::with_capacity(size, Cursor::new(archive.clone()));
                let found: Vec<_> =
                    Reports::new(Box::new(source), Place::whole("a.warc"), 1 << 20).collect();
                assert_eq!(texts(&found)[1..], ["Menteri tiba."], "{length} {size}");
                assert_eq!(
                    found[1].as_ref().unwrap().report.place.position,
                    Some(Position::Offset(10 * length as u64))
                );
            }
        }
    }

    fn answered(headers: &str, body: &[u8]) -> Vec<u8> {
        let answer = [
            format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(),
            body,
        ]
        .concat();
        let length = answer.len();
        [
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n")
                .as_bytes(),
            &answer,
            b"\r\n\r\n",
        ]
        .concat()
    }

    #[test]
    fn a_page_packed_in_a_way_that_is_not_known_is_told() {
        for (told, packing) in [("br", "br"), ("ZSTD", "zstd"), ("gzip, br", "br")] {
            let headers = |mime: &str| format!("Content-Type: {mime}\r\nContent-Encoding: {told}");
            let archive = [
                answered(&headers("text/html; charset=utf-8"), b"\x0B\x02\x80"),
                answered(&headers("image/svg"), b"\x0B\x02\x80"),
                answered(&headers("text/plain"), b"\x0B\x02\x80"),
            ]
            .concat();
            let found = read(archive);
            assert_eq!(found.len(), 2, "{told}: {found:?}");
            for found in found {
                let problem = found.unwrap_err();
                assert_eq!(problem.error, Error::Packed(packing.to_owned()));
                assert!(problem.place.position.is_some());
            }
        }
        // Archives may keep what was unpacked, and the header as it was.
        let found = read(answered(
            "Content-Type: text/html\r\nContent-Encoding: br",
            b"<html><p>Menteri tiba.",
        ));
        assert!(found[0].is_ok(), "{found:?}");
    }

    #[test]
    fn a_packed_body_that_is_damaged_is_cut_off() {
        let numbers: Vec<_> = (0..2000).map(|number| number.to_string()).collect();
        let text = format!("Menteri {}", numbers.join(" tiba. Menteri "));
        let whole = packed(text.as_bytes());
        let answer = |body: &[u8]| {
            read(answered(
                "Content-Type: text/plain\r\nContent-Encoding: gzip",
                body,
            ))
        };
        let warnings =
            |found: &[Result<Found, Problem>]| found[0].as_ref().unwrap().report.warnings.clone();
        let cut = answer(whole.get(..whole.len() / 2).unwrap());
        assert_eq!(warnings(&cut), [Warning::CutOff]);
        assert!(texts(&cut)[0].starts_with("Menteri 0 tiba."));
        // What stands after it is no damage to it; nor is a second layer, or none.
        for body in [
            whole.clone(),
            [&*whole, b"\r\n"].concat(),
            text.clone().into_bytes(),
        ] {
            let found = answer(&body);
            assert_eq!((warnings(&found), &texts(&found)[0]), (Vec::new(), &text));
        }
        let twice = read(answered(
            "Content-Type: text/plain\r\nContent-Encoding: gzip, identity, x-gzip",
            &packed(&whole),
        ));
        assert_eq!((warnings(&twice), &texts(&twice)[0]), (Vec::new(), &text));
        let lost = answer(&whole[..12]);
        assert!(
            matches!(lost[0].as_ref().unwrap_err().error, Error::Archive(_)),
            "{lost:?}"
        );
    }

    #[test]
    fn a_member_after_one_that_is_cut_off_is_read() {
        let numbers: Vec<_> = (0..300_u32)
            .map(|number| number.pow(3).to_string())
            .collect();
        let first = packed(&record("conversion", "text/plain", &numbers.concat()));
        let good = packed(&record("conversion", "text/plain", "Menteri tiba."));
        for length in 2..first.len() {
            let found = read([first.get(..length).unwrap(), &good, &good].concat());
            let problems = found.iter().filter(|found| found.is_err()).count();
            assert_eq!(problems, 1, "{length}: {found:?}");
            let texts = texts(&found);
            assert_eq!(texts[texts.len() - 2..], ["Menteri tiba."; 2], "{length}");
            let place = found
                .last()
                .unwrap()
                .as_ref()
                .unwrap()
                .report
                .place
                .position;
            assert_eq!(place, Some(Position::Offset((length + good.len()) as u64)));
        }
    }
}
