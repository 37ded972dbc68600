//! An archive as a whole: what goes in comes out, whatever the order, and whatever goes wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use saksi_record::{EventType, Record};
use tempfile::TempDir;

use crate::store::SCHEMA_VERSION;
use crate::testing::{record, telling};
use crate::{Entry, Error, Identifier, Key, Options, Outcome, Query, Reader, Writer};

const QUICK: Options = Options {
    patience: Duration::from_millis(10),
    cache: 8,
};

struct Archive {
    folder: TempDir,
}

impl Archive {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("saksi.db")
    }

    fn writer(&self) -> Writer {
        Writer::open(&self.path(), QUICK).unwrap()
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.path(), QUICK).unwrap()
    }

    fn add(&self, records: &[Record]) -> Vec<crate::Added> {
        let entries: Vec<Entry> = records.iter().map(entry).collect();
        self.writer().add(&entries).unwrap()
    }

    /// What a search finds, by the first words of the texts.
    fn search(&self, query: &str) -> Vec<String> {
        let reader = self.reader();
        let found = reader
            .search(&Query::parse(query).unwrap(), &roots, 20)
            .unwrap();
        assert_eq!(found.count, found.hits.len() as u64);
        (found.hits.iter())
            .map(|hit| {
                let text = reader.record(hit.id, None).unwrap().document.text;
                text.split_whitespace().next().unwrap().to_owned()
            })
            .collect()
    }
}

/// Stands in for the reader: takes "me" and "di" away.
fn roots(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let root = word
        .strip_prefix("me")
        .or_else(|| word.strip_prefix("di"))
        .unwrap_or(&word);
    vec![root.to_owned()]
}

fn entry(record: &Record) -> Entry {
    let lemmas = (record.document.text.split_whitespace())
        .map(|word| roots(word.trim_matches(|c: char| !c.is_alphanumeric())).join(" "))
        .collect::<Vec<_>>()
        .join(" ");
    let document = &record.document;
    let key = Key::of(
        document.text.as_bytes(),
        [document.uri.as_deref(), document.published.as_deref()],
    );
    Entry::new(record.clone(), lemmas, Some(key)).unwrap()
}

fn at(text: &str, uri: &str, published: &str) -> Record {
    let mut record = record(text, Some(published));
    record.document.uri = Some(uri.to_owned());
    record
}

const BULLETIN: [&str; 6] = [
    "Menteri Pertahanan meninjau galangan kapal di Surabaya pada hari Jumat pagi.",
    "Ia bertemu para pekerja dan meminta agar pembangunan dua kapal fregat dipercepat.",
    "Kapal pertama akan dikirim ke pangkalan angkatan laut di Natuna pada bulan depan.",
    "Galangan itu telah membangun sebelas kapal patroli sejak tahun dua ribu sepuluh.",
    "Seorang pengamat mengatakan jadwal itu terlalu singkat untuk uji coba persenjataan.",
    "Juru bicara kementerian membantah bahwa ada masalah dengan sistem radar kapal.",
];

#[test]
fn what_goes_in_comes_out() {
    let archive = Archive::new();
    let record = telling(
        "Budi meninjau kapal.",
        "Budi",
        "IDN",
        EventType::Inspect,
        "2024-03-01",
        "Kantor Contoh",
    );
    let added = archive.add(std::slice::from_ref(&record));
    assert_eq!(added[0].outcome, Outcome::New);
    let reader = archive.reader();
    let id = reader.find(&added[0].identifier.short()).unwrap();
    assert_eq!(reader.record(id, None).unwrap(), record);
    assert_eq!(
        reader.json(id, Some(1)).unwrap(),
        serde_json::to_string(&record).unwrap()
    );
    assert!(reader.is_taken(&entry(&record).key.unwrap()).unwrap());
    assert!(!reader.is_taken(&Key::of(b"other", [])).unwrap());
    assert!(matches!(reader.find("0123456789"), Err(Error::NoReport(_))));
    assert!(matches!(
        reader.record(id, Some(2)),
        Err(Error::NoReading { count: 1, .. })
    ));
    assert!(matches!(
        reader.report(Identifier::of("other")),
        Err(Error::NoReport(_))
    ));
    let overview = reader.overview().unwrap();
    assert_eq!(
        (
            overview.reports,
            overview.events,
            overview.statements,
            overview.entities
        ),
        (1, 1, 1, 2)
    );
}

#[test]
fn the_same_text_from_elsewhere_is_an_appearance() {
    let archive = Archive::new();
    let later = at("Menteri datang.", "b.txt", "2024-03-02");
    let earlier = at("Menteri datang.", "a.txt", "2024-03-01");
    let outcomes =
        |added: Vec<crate::Added>| added.iter().map(|added| added.outcome).collect::<Vec<_>>();
    assert_eq!(
        outcomes(archive.add(&[later.clone(), earlier.clone(), later.clone()])),
        [Outcome::New, Outcome::Appearance, Outcome::Known]
    );
    assert_eq!(
        outcomes(archive.add(&[later, earlier.clone()])),
        [Outcome::Known, Outcome::Known]
    );
    let reader = archive.reader();
    let id = Identifier::of("Menteri datang.");
    let report = reader.report(id).unwrap();
    let uris: Vec<Option<&str>> = report
        .appearances
        .iter()
        .map(|a| a.uri.as_deref())
        .collect();
    assert_eq!(uris, [Some("a.txt"), Some("b.txt")]);
    assert_eq!(report.readings, 1);
    assert_eq!(reader.record(id, None).unwrap(), earlier);
}

/// A bulletin, and what others made of it.
fn family() -> Vec<Record> {
    let whole = BULLETIN.join(" ");
    let cut = BULLETIN
        .iter()
        .take(3)
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let mut swapped = BULLETIN;
    swapped[4] = "Pengamat lain menilai jadwal tersebut masuk akal bila dana segera cair.";
    vec![
        at(&whole, "whole", "2024-03-01"),
        at(
            &format!("JAKARTA, Kantor Berita Contoh. {whole}"),
            "agency",
            "2024-03-02",
        ),
        at(&cut, "cut", "2024-03-02"),
        at(&swapped.join(" "), "swapped", "2024-03-03"),
        at(
            "Menteri Luar Negeri berangkat ke Wina untuk berunding tentang inspeksi fasilitas nuklir dengan badan dunia pada pekan depan.",
            "other",
            "2024-03-03",
        ),
    ]
}

/// Which report is a reprint of which.
fn links(archive: &Archive) -> Vec<(String, Option<String>)> {
    links_among(archive, &family())
}

fn links_among(archive: &Archive, records: &[Record]) -> Vec<(String, Option<String>)> {
    let reader = archive.reader();
    let mut links: Vec<_> = (records.iter())
        .map(|record| {
            let report = reader
                .report(Identifier::of(&record.document.text))
                .unwrap();
            let uri = |appearance: &crate::Appearance| appearance.uri.clone().unwrap();
            (
                uri(&report.appearances[0]),
                report.reprint_of.map(|reprint| uri(&reprint.appearance)),
            )
        })
        .collect();
    links.sort();
    links
}

#[test]
fn reprints_are_linked_to_the_earliest_and_marked() {
    let archive = Archive::new();
    archive.add(&family());
    let whole = Some("whole".to_owned());
    assert_eq!(
        links(&archive),
        [
            ("agency".to_owned(), whole.clone()),
            ("cut".to_owned(), whole.clone()),
            ("other".to_owned(), None),
            ("swapped".to_owned(), whole),
            ("whole".to_owned(), None),
        ]
    );
    let reader = archive.reader();
    let report = reader.report(Identifier::of(&BULLETIN.join(" "))).unwrap();
    assert_eq!(report.reprints.len(), 3);
    let swapped = report
        .reprints
        .iter()
        .find(|reprint| reprint.appearance.uri.as_deref() == Some("swapped"))
        .unwrap();
    assert_eq!(swapped.difference.lacking, [BULLETIN[4]]);
    assert_eq!(
        swapped.difference.added,
        ["Pengamat lain menilai jadwal tersebut masuk akal bila dana segera cair."]
    );
    let cut = report
        .reprints
        .iter()
        .find(|reprint| reprint.appearance.uri.as_deref() == Some("cut"))
        .unwrap();
    assert_eq!(
        (cut.difference.lacking.len(), cut.difference.added.len()),
        (3, 0)
    );
}

#[test]
fn an_earlier_appearance_makes_a_report_the_origin() {
    let archive = Archive::new();
    archive.add(&family());
    let cut = &family()[2].document.text;
    archive.add(&[at(cut, "cut", "2024-02-28")]);
    let origin = |uri: &str| {
        links(&archive)
            .into_iter()
            .find(|(of, _)| of == uri)
            .unwrap()
            .1
    };
    assert_eq!(origin("cut"), None);
    assert_eq!(origin("whole").as_deref(), Some("cut"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_order_of_intake_matters(order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(), cut in 0_usize..5) {
        let (family, reference, archive) = (family(), Archive::new(), Archive::new());
        reference.add(&family);
        let shuffled: Vec<Record> = order.iter().map(|&at| family[at].clone()).collect();
        let (first, rest) = shuffled.split_at(cut);
        archive.add(first);
        archive.add(rest);
        prop_assert_eq!(links(&archive), links(&reference));
    }
}

/// Pieces that mean something to the query language or to the database's, and some that mean nothing.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé]{1,6}",
        "[(){}\":*^+,.-]{1,3}",
        Just(" ".to_owned()),
        Just(" OR ".to_owned()),
        Just(" AND ".to_owned()),
        Just(" NOT ".to_owned()),
        Just(" NEAR(".to_owned()),
        Just("\0".to_owned()),
        Just("actor:\"a b\" ".to_owned()),
        Just(" type:AID,TEST".to_owned()),
        Just(" date:2023-08..".to_owned()),
        Just(" source:Q1 ".to_owned()),
        Just("outlet:x ".to_owned()),
        Just("entity:PRK ".to_owned()),
        "\\PC{0,4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_query_is_asked_or_refused_at_a_column(pieces in proptest::collection::vec(piece(), 0..14)) {
        let text = pieces.concat();
        match Query::parse(&text) {
            Err(error) => prop_assert!((1..=text.chars().count() + 1).contains(&error.column), "{}", error),
            Ok(query) => EMPTY.with(|(_, reader)| {
                reader.search(&query, &roots, 5).unwrap();
                reader.timeline(&query, &roots, false, Some(5)).unwrap();
            }),
        }
    }
}

#[test]
fn the_deepest_query_can_be_asked() {
    let nested = |depth: usize| {
        let open = "(a OR b NOT c NOT ".repeat(depth);
        format!("a OR b NOT c NOT {open}x{}", ")".repeat(depth))
    };
    let deepest = crate::query::DEEPEST;
    let query = Query::parse(&nested(deepest)).unwrap();
    let several = |word: &str| vec![word.to_owned(), format!("me{word}")];
    EMPTY.with(|(_, reader)| reader.search(&query, &several, 5).unwrap());
    assert!(Query::parse(&nested(deepest + 1)).is_err());
}

thread_local! {
    /// An archive with nothing in it: the database reads a query as a whole all the same.
    static EMPTY: (Archive, Reader) = {
        let archive = Archive::new();
        archive.writer();
        let reader = archive.reader();
        (archive, reader)
    };
}

#[test]
fn words_find_all_their_forms_and_phrases_only_their_own() {
    let archive = Archive::new();
    archive.add(&[
        record("Satu: kapal itu diserang di Natuna.", Some("2024-03-01")),
        record("Dua: mereka menyerang kapal dagang.", Some("2024-03-02")),
        record("Tiga: pesawat itu ditinjau menteri.", Some("2024-03-03")),
    ]);
    // "nyerang" is what the stand-in makes of "menyerang".
    assert_eq!(archive.search("mekapal"), ["Dua:", "Satu:"]);
    assert_eq!(archive.search("metinjau"), ["Tiga:"]);
    assert_eq!(archive.search("\"kapal dagang\""), ["Dua:"]);
    assert_eq!(archive.search("\"dagang kapal\""), Vec::<String>::new());
    assert_eq!(archive.search("menteri OR dagang").len(), 2);
    assert_eq!(archive.search("kapal NOT dagang"), ["Satu:"]);
    assert_eq!(archive.search("pesa*"), ["Tiga:"]);
    assert_eq!(archive.search("KAPAL (natuna OR dagang)").len(), 2);
    assert_eq!(archive.search(""), ["Tiga:", "Dua:", "Satu:"]);
    assert_eq!(archive.search("published:2024-03-02.."), ["Tiga:", "Dua:"]);
    assert_eq!(archive.search("kapal published:2024-03-01"), ["Satu:"]);
    assert_eq!(archive.search("lang:en"), Vec::<String>::new());
    assert_eq!(archive.search("lang:en,id").len(), 3);
}

#[test]
fn filters_hold_of_one_event() {
    let archive = Archive::new();
    let mut both = telling(
        "Ketiga datang dan pergi.",
        "Budi Santoso",
        "IDN",
        EventType::Inspect,
        "2023-08-14",
        "Kantor Contoh",
    );
    let mut second = both.events[0].clone();
    second.id = "v2".to_owned();
    second.kind = EventType::Aid;
    second.actors = vec!["e2".to_owned()];
    second.date = Some("2024".to_owned());
    both.events.push(second);
    archive.add(&[
        telling(
            "Pertama datang dan pergi.",
            "Budi Santoso",
            "IDN",
            EventType::Aid,
            "2023-08",
            "Kantor Contoh",
        ),
        telling(
            "Kedua datang dan pergi.",
            "Kim Contoh",
            "PRK",
            EventType::Inspect,
            "2023-08-11/2023-08-12",
            "Kantor Lain",
        ),
        both,
    ]);
    for (query, expected) in [
        ("actor:budi", vec!["Ketiga", "Pertama"]),
        ("actor:\"budi santoso\" type:AID", vec!["Pertama"]),
        ("actor:san*", vec!["Ketiga", "Pertama"]),
        ("actor:PRK", vec!["Kedua"]),
        ("actor:Q10", vec!["Kedua"]),
        ("country:IDN type:inspect", vec!["Ketiga"]),
        ("country:IDN,PRK type:inspect", vec!["Ketiga", "Kedua"]),
        ("source:lain", vec!["Kedua"]),
        (
            "source:kantor stance:assert modality:actual",
            vec!["Ketiga", "Kedua", "Pertama"],
        ),
        ("stance:deny", vec![]),
        ("stance:assert source:contoh", vec!["Ketiga", "Pertama"]),
        ("date:2023-08-12", vec!["Kedua", "Pertama"]),
        (
            "date:2023-08..2023-09 type:INSPECT",
            vec!["Ketiga", "Kedua"],
        ),
        ("date:2024 actor:budi", vec![]),
        ("entity:contoh", vec!["Ketiga", "Kedua", "Pertama"]),
        ("recipient:budi", vec![]),
        ("place:budi", vec![]),
        ("datang actor:budi type:AID", vec!["Pertama"]),
    ] {
        assert_eq!(archive.search(query), expected, "{query}");
    }
    let reader = archive.reader();
    let found = reader
        .search(&Query::parse("type:AID actor:kantor").unwrap(), &roots, 5)
        .unwrap();
    assert_eq!(found.hits[0].events, ["v2"]);
    let dates = |query: &str, limit| {
        let timeline = reader
            .timeline(&Query::parse(query).unwrap(), &roots, false, limit)
            .unwrap();
        (
            timeline
                .tellings
                .into_iter()
                .map(|telling| telling.date)
                .collect::<Vec<_>>(),
            timeline.more,
        )
    };
    assert_eq!(
        dates("", None).0,
        ["2023-08", "2023-08-11/2023-08-12", "2023-08-14", "2024"]
    );
    assert_eq!(dates("", Some(1)), (vec!["2024".to_owned()], true));
    assert_eq!(
        dates("type:INSPECT datang", None).0,
        ["2023-08-11/2023-08-12", "2023-08-14"]
    );
    let one = reader
        .timeline(&Query::parse("actor:Q10").unwrap(), &roots, false, None)
        .unwrap();
    assert_eq!(
        (
            one.tellings[0].actors.join(","),
            one.tellings[0].sources.join(",")
        ),
        ("Kim Contoh".to_owned(), "Kantor Lain".to_owned())
    );
}

#[test]
fn a_stance_is_the_named_source_s_own() {
    let archive = Archive::new();
    // "A said that B denied ...": the event hangs on B's denial within A's statement.
    let mut record = telling(
        "Budi datang.",
        "Budi",
        "IDN",
        EventType::Assault,
        "2024-03",
        "Kantor",
    );
    let mut teller = record.entities[1].clone();
    teller.id = "e3".to_owned();
    teller.name = "Warta".to_owned();
    record.entities.push(teller);
    let mut outer = record.statements[0].clone();
    outer.id = "s2".to_owned();
    outer.source = Some("e3".to_owned());
    record.statements[0].stance = saksi_record::Stance::Deny;
    record.statements[0].parent = Some("s2".to_owned());
    record.statements.push(outer);
    archive.add(&[record]);
    for (query, found) in [
        ("source:Kantor stance:deny", 1),
        ("source:Kantor stance:deny type:ASSAULT", 1),
        ("source:Kantor stance:deny actor:Budi", 1),
        ("actor:Budi stance:deny", 1),
        ("source:Warta stance:deny", 0),
        ("source:Warta stance:deny type:ASSAULT", 0),
        ("source:Warta stance:deny actor:Budi", 0),
        ("source:Warta stance:assert type:ASSAULT", 1),
        ("source:Warta type:ASSAULT", 1),
    ] {
        assert_eq!(archive.search(query).len(), found, "{query}");
    }
}

#[test]
fn an_origin_that_is_read_to_be_later_becomes_a_reprint() {
    let archive = Archive::new();
    let dated = |uri: &str, text: &str, day: &str| {
        let mut record = at(text, uri, day);
        record.document.published_from = Some(saksi_record::PublishedFrom::Text);
        record
    };
    let text = BULLETIN.join(" ");
    let (first, second, third) = (
        dated("first", &text, "2024-03-01"),
        at(&format!("{text} Satu."), "second", "2024-03-02"),
        at(&format!("{text} Dua."), "third", "2024-03-03"),
    );
    let records = [first.clone(), second, third];
    archive.add(&records);
    let mut anew = first;
    anew.generator.version = "0.2.0".to_owned();
    anew.document.published = Some("2024-03-09".to_owned());
    assert_eq!(archive.writer().reread(&[entry(&anew)]).unwrap(), [true]);
    // No day is read any more: the wrong one does not stay.
    anew.generator.version = "0.3.0".to_owned();
    anew.document.published = None;
    anew.document.published_from = None;
    assert_eq!(archive.writer().reread(&[entry(&anew)]).unwrap(), [true]);
    let second = Some("second".to_owned());
    assert_eq!(
        links_among(&archive, &records),
        [
            ("first".to_owned(), second.clone()),
            ("second".to_owned(), None),
            ("third".to_owned(), second),
        ]
    );
}

#[test]
fn a_reading_of_an_appearance_that_no_longer_holds_is_not_stored() {
    let archive = Archive::new();
    let late = at("Laporan tentang kapal.", "late", "2024-03-05");
    archive.add(&[
        late.clone(),
        at("Laporan tentang kapal.", "early", "2024-03-01"),
    ]);
    let mut anew = late;
    anew.generator.version = "0.2.0".to_owned();
    assert_eq!(archive.writer().reread(&[entry(&anew)]).unwrap(), [false]);
    let id = Identifier::of("Laporan tentang kapal.");
    let record = archive.reader().record(id, None).unwrap();
    assert_eq!(record.document.uri.as_deref(), Some("early"));
}

#[test]
fn a_timeline_tells_a_bulletin_once() {
    let archive = Archive::new();
    let told = |record: &Record| {
        let mut told = telling(
            &record.document.text,
            "Budi",
            "IDN",
            EventType::Inspect,
            "2024-03-01",
            "Kantor",
        );
        told.document.clone_from(&record.document);
        told
    };
    archive.add(&family().iter().take(4).map(told).collect::<Vec<_>>());
    let reader = archive.reader();
    let timeline = |reprints| {
        reader
            .timeline(&Query::default(), &roots, reprints, None)
            .unwrap()
            .tellings
    };
    assert_eq!(timeline(true).len(), 4);
    let once = timeline(false);
    assert_eq!(
        (
            once.len(),
            once[0].reprints,
            once[0].appearance.uri.as_deref()
        ),
        (1, 3, Some("whole"))
    );
}

#[test]
fn a_new_reading_holds_and_the_old_one_stays() {
    let archive = Archive::new();
    let old = telling(
        "Budi meninjau kapal.",
        "Budi",
        "IDN",
        EventType::Inspect,
        "2024-03-01",
        "Kantor Contoh",
    );
    archive.add(std::slice::from_ref(&old));
    let mut new = old.clone();
    new.generator.version = "0.2.0".to_owned();
    new.events.clear();
    assert_eq!(archive.writer().reread(&[entry(&old)]).unwrap(), [false]);
    assert_eq!(archive.writer().reread(&[entry(&new)]).unwrap(), [true]);
    assert_eq!(archive.writer().reread(&[entry(&new)]).unwrap(), [false]);
    let reader = archive.reader();
    let id = entry(&old).identifier();
    assert_eq!(reader.record(id, None).unwrap(), new);
    assert_eq!(reader.record(id, Some(1)).unwrap(), old);
    let history: Vec<(u32, String, usize)> = reader
        .history(id)
        .unwrap()
        .into_iter()
        .map(|r| (r.number, r.generator.version, r.events))
        .collect();
    assert_eq!(
        history,
        [(1, "0.1.0".to_owned(), 1), (2, "0.2.0".to_owned(), 0)]
    );
    assert!(archive.search("type:INSPECT").is_empty());
    assert_eq!(archive.search("meninjau"), ["Budi"]);
    assert_eq!(reader.count_other_than("id", &old.generator).unwrap(), 1);
    assert_eq!(
        reader.records(0, 10, Some(("id", &new.generator))).unwrap(),
        []
    );
    assert_eq!(reader.records(0, 10, None).unwrap().len(), 1);
    let unknown = record("Menteri datang.", None);
    assert!(archive.writer().reread(&[entry(&unknown)]).is_err());
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let archive = Archive::new();
    assert!(matches!(
        Reader::open(&archive.path(), QUICK),
        Err(Error::Missing(_))
    ));
    for bytes in [
        &b"this is a text and no database at all, whatever its name may say"[..],
        &[0x53; 5000],
    ] {
        std::fs::write(archive.path(), bytes).unwrap();
        for error in [
            Writer::open(&archive.path(), QUICK).unwrap_err(),
            Reader::open(&archive.path(), QUICK).unwrap_err(),
        ] {
            assert!(matches!(error, Error::NoArchive(_)), "{error}");
        }
        assert_eq!(std::fs::read(archive.path()).unwrap(), bytes);
    }
    std::fs::remove_file(archive.path()).unwrap();
    rusqlite::Connection::open(archive.path())
        .unwrap()
        .execute_batch("CREATE TABLE mine (a)")
        .unwrap();
    assert!(matches!(
        Writer::open(&archive.path(), QUICK),
        Err(Error::NoArchive(_))
    ));
    std::fs::write(archive.path(), b"").unwrap();
    archive.add(&[record("Menteri datang.", None)]);
    assert_eq!(archive.search("menteri"), ["Menteri"]);
}

#[test]
fn a_later_archive_is_refused_and_left_alone() {
    let archive = Archive::new();
    archive.add(&[record("Menteri datang.", None)]);
    let connection = rusqlite::Connection::open(archive.path()).unwrap();
    connection
        .pragma_update(None, "user_version", crate::SCHEMA_VERSION + 1)
        .unwrap();
    drop(connection);
    for error in [
        Writer::open(&archive.path(), QUICK).unwrap_err(),
        Reader::open(&archive.path(), QUICK).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Newer { .. }), "{error}");
        assert!(error.to_string().contains("later version"), "{error}");
    }
}

#[test]
fn a_damaged_archive_is_named() {
    let archive = Archive::new();
    let texts: Vec<Record> = (0..200)
        .map(|n| record(&format!("Menteri datang ke pelabuhan nomor {n}."), None))
        .collect();
    archive.add(&texts);
    archive.writer().settle().unwrap();
    let mut bytes = std::fs::read(archive.path()).unwrap();
    let middle = bytes.len() / 4;
    bytes.iter_mut().skip(middle).for_each(|byte| *byte = 0xa5);
    std::fs::write(archive.path(), bytes).unwrap();
    let error = Writer::open(&archive.path(), QUICK)
        .and_then(|mut writer| {
            writer
                .add(&[entry(&record("Menteri pergi dari sana.", None))])
                .map(|_| ())
        })
        .unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("copy"), "{error}");
}

#[test]
fn a_writer_that_waits_too_long_says_so_and_readers_do_not_wait() {
    let archive = Archive::new();
    archive.add(&[record("Menteri datang.", None)]);
    let other = rusqlite::Connection::open(archive.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let late = entry(&record("Menteri pergi.", None));
    let error = archive
        .writer()
        .add(std::slice::from_ref(&late))
        .unwrap_err();
    assert!(matches!(error, Error::Locked(_)), "{error:?}");
    assert_eq!(archive.search("menteri"), ["Menteri"]);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(
        archive.writer().add(&[late]).unwrap()[0].outcome,
        Outcome::New
    );
}

#[test]
fn a_full_disk_takes_nothing_away() {
    let archive = Archive::new();
    archive.add(&[record("Menteri datang.", None)]);
    let mut writer = archive.writer();
    let pages: i64 = writer
        .connection()
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    writer
        .connection()
        .pragma_update(None, "max_page_count", pages + 10)
        .unwrap();
    let many: Vec<Entry> = (0..300)
        .map(|n| {
            entry(&record(
                &format!("Kapal nomor {n} berlayar {}.", n * 7919),
                None,
            ))
        })
        .collect();
    let error = writer.add(&many).unwrap_err();
    assert!(matches!(error, Error::Full(_)), "{error:?}");
    assert_eq!(archive.reader().overview().unwrap().reports, 1);
    writer
        .connection()
        .pragma_update(None, "max_page_count", 1_000_000)
        .unwrap();
    assert_eq!(writer.add(&many).unwrap().len(), 300);
    assert_eq!(archive.reader().overview().unwrap().reports, 301);
}

#[test]
fn an_entry_that_fails_leaves_nothing_of_the_others() {
    let archive = Archive::new();
    let entries = [entry(&record("Menteri datang.", None))];
    let mut writer = archive.writer();
    writer.connection().execute_batch("CREATE TEMP TRIGGER fault BEFORE INSERT ON main.taken BEGIN SELECT RAISE(ABORT, 'fault'); END").unwrap();
    assert!(matches!(writer.add(&entries), Err(Error::Database { .. })));
    drop(writer);
    assert_eq!(archive.reader().overview().unwrap().reports, 0);
    assert!(archive.search("menteri").is_empty());
}

#[test]
fn a_prefix_of_several_reports_names_them() {
    let archive = Archive::new();
    let texts: Vec<Record> = (0..40)
        .map(|n| record(&format!("Menteri datang ke pelabuhan nomor {n}."), None))
        .collect();
    archive.add(&texts);
    let reader = archive.reader();
    let ambiguous =
        (0..16)
            .map(|digit| format!("{digit:x}"))
            .find_map(|digit| match reader.find(&digit) {
                Err(Error::Ambiguous { known, .. }) => Some(known),
                _ => None,
            });
    assert!(ambiguous.unwrap().contains("`, `"));
}

/// Each file was made by the version that had its schema first (`cargo test -p saksi-archive -- --ignored`, with the path in `SAKSI_FIXTURE`),
/// and is never made again.
#[test]
fn an_archive_of_each_schema_is_read_for_ever() {
    for schema in 1..=SCHEMA_VERSION {
        let archive = Archive::new();
        let kept = format!("tests/data/schema-{schema}.db");
        std::fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(kept),
            archive.path(),
        )
        .unwrap();
        check_fixture(&archive);
        archive.add(&[at("Laporan baru tentang kapal.", "new", "2024-04-01")]);
        assert_eq!(archive.search("laporan"), ["Laporan"]);
        check_fixture(&archive);
    }
}

fn check_fixture(archive: &Archive) {
    let whole = Some("whole".to_owned());
    assert_eq!(
        links(archive),
        [
            ("agency".to_owned(), whole.clone()),
            ("cut".to_owned(), whole.clone()),
            ("other".to_owned(), None),
            ("swapped".to_owned(), whole),
            ("whole".to_owned(), None),
        ]
    );
    assert_eq!(
        archive.search("actor:budi type:INSPECT date:2023-08 source:contoh"),
        ["Budi"]
    );
    assert_eq!(
        archive.search("\"galangan kapal\" published:2024-03-03"),
        ["Menteri"]
    );
    let id = archive
        .reader()
        .find(&Identifier::of("Budi meninjau kapal.").short())
        .unwrap();
    assert_eq!(archive.reader().history(id).unwrap().len(), 2);
}

#[test]
#[ignore = "makes the file that is kept for ever"]
fn make_the_fixture() {
    let archive = Archive::new();
    archive.add(&family());
    let old = telling(
        "Budi meninjau kapal.",
        "Budi",
        "IDN",
        EventType::Inspect,
        "2023-08-14",
        "Kantor Contoh",
    );
    archive.add(std::slice::from_ref(&old));
    let mut new = old;
    new.generator.version = "0.2.0".to_owned();
    archive.writer().reread(&[entry(&new)]).unwrap();
    check_fixture(&archive);
    let connection = rusqlite::Connection::open(archive.path()).unwrap();
    connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
        .unwrap();
    connection.close().unwrap();
    std::fs::copy(archive.path(), std::env::var("SAKSI_FIXTURE").unwrap()).unwrap();
}
