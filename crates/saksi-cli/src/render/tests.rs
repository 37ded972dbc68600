//! What a small record looks like, without and with styles.

use std::collections::BTreeMap;

use saksi::Reading;
use saksi::reading::Explanation;
use saksi::record::{
    DateFrom, Document, Entity, EntityType, Event, EventType, Generator, Mention, MentionKind,
    Modality, Object, PublishedFrom, Quantity, Quotation, Record, SCHEMA, Span, Stance, Statement,
    Time, TimeType,
};
use saksi::syntax::Parsed;
use saksi::text::Segmented;

use super::{Look, reading};

const TEXT: &str = "Menurut kantor berita Antara, Menteri Pertahanan memesan 12 kapal dari Korea Selatan pada Jumat.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap() as u32;
    Span(start, start + words.len() as u32)
}

fn entity(id: &str, kind: EntityType, name: &str, country: Option<&str>) -> Entity {
    Entity {
        id: id.to_owned(),
        kind,
        name: name.to_owned(),
        country: country.map(str::to_owned),
        sector: None,
        links: BTreeMap::new(),
        class: None,
        geo: None,
        link_confidence: None,
        mentions: vec![Mention {
            span: span(name),
            kind: MentionKind::Name,
            within: None,
        }],
    }
}

fn record() -> Record {
    Record {
        schema: SCHEMA.to_owned(),
        generator: Generator {
            name: "saksi".to_owned(),
            version: "0".to_owned(),
            packs: BTreeMap::new(),
        },
        document: Document {
            id: "sha256:0".to_owned(),
            uri: Some("kapal.txt".to_owned()),
            title: None,
            outlet: None,
            byline: None,
            published: Some("2023-08-14".to_owned()),
            published_from: Some(PublishedFrom::Metadata),
            retrieved: None,
            language: "id".to_owned(),
            text: TEXT.to_owned(),
        },
        sentences: vec![Span(0, TEXT.len() as u32)],
        entities: vec![
            entity("e1", EntityType::Organization, "kantor berita Antara", None),
            entity("e2", EntityType::Person, "Menteri Pertahanan", Some("IDN")),
            entity("e3", EntityType::State, "Korea Selatan", Some("KOR")),
        ],
        times: vec![Time {
            id: "t1".to_owned(),
            span: span("Jumat"),
            kind: TimeType::Date,
            edtf: Some("2023-08-11".to_owned()),
            timex3: Some("2023-08-11".to_owned()),
        }],
        statements: vec![Statement {
            id: "s1".to_owned(),
            source: Some("e1".to_owned()),
            source_span: None,
            cue: span("Menurut"),
            content: Some(span(
                "Menteri Pertahanan memesan 12 kapal dari Korea Selatan pada Jumat",
            )),
            parts: Vec::new(),
            quotation: Quotation::Indirect,
            stance: Stance::Assert,
            time: None,
            parent: None,
            recipient: None,
            recipient_span: None,
            answers: None,
            rule: "according-to".to_owned(),
            confidence: 0.9,
        }],
        events: vec![Event {
            id: "v1".to_owned(),
            kind: EventType::Request,
            mode: Some("assist".to_owned()),
            contexts: Vec::new(),
            cameo: None,
            trigger: span("memesan"),
            sentence: 0,
            actors: vec!["e2".to_owned()],
            recipients: vec!["e3".to_owned()],
            objects: vec![Object {
                span: span("12 kapal"),
                entity: None,
                quantity: Some(Quantity {
                    value: 12.0,
                    unit: Some("kapal".to_owned()),
                    span: span("12"),
                }),
            }],
            instrument: None,
            place: None,
            time: Some("t1".to_owned()),
            date: Some("2023-08-11".to_owned()),
            date_from: Some(DateFrom::Expression),
            modality: Modality::Actual,
            statement: Some("s1".to_owned()),
            parent: None,
            happening: "h1".to_owned(),
            rule: "verb-active".to_owned(),
            confidence: 0.8,
        }],
    }
}

fn rendered(look: Look) -> String {
    let parsed = Parsed {
        report: Segmented {
            text: TEXT.to_owned(),
            language: "id".to_owned(),
            ..Segmented::default()
        },
        trees: Vec::new(),
        names: Vec::new(),
    };
    reading(
        &Reading {
            record: record(),
            explanation: Explanation::default(),
            parsed,
            warnings: Vec::new(),
        },
        look,
    )
}

#[test]
fn plain_text_marks_with_brackets_and_stars() {
    let out = rendered(Look {
        styled: false,
        width: 60,
        explain: false,
        named: false,
    });
    insta::assert_snapshot!(out, @r#"
    id · published 2023-08-14 (by its head) · 1 sentence, 3
    entities, 1 event, 1 statement

    Menurut [kantor berita Antara], [Menteri Pertahanan]
    *memesan* 12 kapal dari [Korea Selatan] pada Jumat.

    marked: [who and what], *what happens*

    EVENTS ─────────────────────────────────────────────────────

      1  REQUEST assist  memesan  actual
         who           Menteri Pertahanan (IDN)
         to whom       Korea Selatan (KOR)
         what          12 kapal
         when          2023-08-11  “Jumat”
         according to  kantor berita Antara

    STATEMENTS ─────────────────────────────────────────────────

      1  kantor berita Antara  “Menurut”  assert  indirect
         Menteri Pertahanan memesan 12 kapal dari Korea Selatan
         pada Jumat
    "#);
}

#[test]
fn a_terminal_gets_styles_and_no_marks() {
    let out = rendered(Look {
        styled: true,
        width: 60,
        explain: false,
        named: true,
    });
    assert!(out.contains("\u{1b}[1m\u{1b}[4mmemesan"), "{out:?}");
    assert!(!out.contains("*memesan*"));
    let plain = anstream::adapter::strip_str(&out).to_string();
    assert!(plain.contains("kapal.txt"), "{plain}");
    assert!(
        plain.lines().all(|line| line.chars().count() <= 60),
        "{plain}"
    );
}

#[test]
fn a_span_outside_the_text_is_shown_as_nothing() {
    let mut record = record();
    record.events[0].trigger = Span(90, 9000);
    record.statements[0].parent = Some("s1".to_owned());
    let parsed = Parsed {
        report: Segmented {
            text: TEXT.to_owned(),
            language: "id".to_owned(),
            ..Segmented::default()
        },
        trees: Vec::new(),
        names: Vec::new(),
    };
    let look = Look {
        styled: true,
        width: 60,
        explain: true,
        named: false,
    };
    assert!(
        reading(
            &Reading {
                record,
                explanation: Explanation::default(),
                parsed,
                warnings: Vec::new()
            },
            look
        )
        .contains("REQUEST")
    );
}
