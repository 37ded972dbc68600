//! Every format on two small records: one that has all that a record can have, and one that has nothing.

use saksi_record::Record;

use crate::{Error, Format, Report, Settings, Table, Writer};

/// An act of two, a denial with what is denied, a quotation that a spreadsheet would calculate, a plan, a test, a visit to the own side; and a report
/// without events, address and date.
const RECORDS: &str = include_str!("../tests/data/records.jsonl");

fn records() -> Vec<Record> {
    (RECORDS.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What is written, how many events are left out, and what could not be written.
fn export(format: Format, table: Option<Table>, settings: Settings) -> (Vec<u8>, u64, Vec<Error>) {
    let mut out = Vec::new();
    let mut errors = Vec::new();
    let mut writer = Writer::new(format, table, settings).unwrap();
    for record in records() {
        errors.extend(writer.write(&Report::new(&record), &mut out).err());
    }
    writer.finish(&mut out).unwrap();
    (out, writer.left_out(), errors)
}

fn text(format: Format, table: Option<Table>) -> String {
    let (bytes, ..) = export(format, table, Settings::default());
    String::from_utf8(bytes).unwrap()
}

fn day() -> Settings {
    Settings {
        day: Some(jiff::civil::date(2026, 1, 2)),
    }
}

#[test]
fn the_records_are_consistent() {
    for record in records() {
        record.validate().unwrap();
    }
}

#[test]
fn records_come_back_from_lines() {
    let lines = text(Format::Jsonl, None);
    let back: Vec<Record> = (lines.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(back, records());
}

#[test]
fn tables() {
    for table in Format::Csv.tables() {
        insta::assert_snapshot!(
            format!("csv-{table}"),
            text(Format::Csv, Some(*table)).replace('\r', "")
        );
    }
}

#[test]
fn parquet_says_what_csv_says() {
    for &table in Format::Parquet.tables() {
        let (bytes, ..) = export(Format::Parquet, Some(table), Settings::default());
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(
            bytes::Bytes::from(bytes),
            1024,
        )
        .unwrap();
        let columns = crate::columns(table);
        let mut rows = 0;
        for batch in reader {
            let batch = batch.unwrap();
            let names: Vec<String> = (batch.schema().fields().iter())
                .map(|field| field.name().clone())
                .collect();
            let expected: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, expected);
            rows += batch.num_rows();
        }
        let mut csv = 0;
        for record in records() {
            csv += crate::table::rows(table, &Report::new(&record)).len();
        }
        assert_eq!(rows, csv, "{table}");
    }
}

#[test]
fn a_long_table_is_handed_over_in_groups() {
    let record = &records()[0];
    let mut writer =
        Writer::new(Format::Parquet, Some(Table::Mentions), Settings::default()).unwrap();
    let mut out = Vec::new();
    let rows = 70_000
        / record
            .entities
            .iter()
            .map(|one| one.mentions.len())
            .sum::<usize>();
    let mut before_the_end = 0;
    for _ in 0..=rows {
        writer.write(&Report::new(record), &mut out).unwrap();
        before_the_end = out.len();
    }
    writer.finish(&mut out).unwrap();
    let groups = parquet::file::metadata::ParquetMetaDataReader::new()
        .parse_and_finish(&bytes::Bytes::from(out))
        .unwrap();
    assert_eq!(groups.num_row_groups(), 2);
    assert!(before_the_end > 4, "nothing was handed over before the end");
}

#[test]
fn events_of_others() {
    for format in [Format::Plover, Format::Polecat, Format::Phoenix] {
        insta::assert_snapshot!(format.name(), text(format, None));
    }
    for table in Format::Gdelt.tables() {
        insta::assert_snapshot!(format!("gdelt-{table}"), text(Format::Gdelt, Some(*table)));
    }
}

#[test]
fn columns_are_as_many_as_others_expect() {
    let width = |format, table| -> Vec<usize> {
        let mut widths: Vec<usize> = (text(format, table).lines())
            .map(|line| line.split('\t').count())
            .collect();
        widths.dedup();
        widths
    };
    assert_eq!(width(Format::Polecat, None), [40]);
    assert_eq!(width(Format::Phoenix, None), [26]);
    assert_eq!(width(Format::Gdelt, Some(Table::Events)), [61]);
    assert_eq!(width(Format::Gdelt, Some(Table::Mentions)), [16]);
}

#[test]
fn a_happening_told_twice_is_one_event_of_gdelt() {
    let mut record = records().remove(0);
    let mut again = record.events[0].clone();
    again.id = "v9".to_owned();
    record.events.push(again);
    let rows = |table| -> Vec<Vec<String>> {
        let mut writer = Writer::new(Format::Gdelt, Some(table), day()).unwrap();
        let mut out = Vec::new();
        writer.write(&Report::new(&record), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        (text.lines())
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect()
    };
    let (events, mentions) = (rows(Table::Events), rows(Table::Mentions));
    for event in &events {
        let told = mentions.iter().filter(|mention| mention[0] == event[0]);
        assert_eq!(told.count().to_string(), event[31]);
    }
    assert_eq!((events[0][31].as_str(), events[2][31].as_str()), ("2", "1"));
}

#[test]
fn places_have_the_kind_of_their_class() {
    let mut record = records().remove(0);
    for (class, country, kind, code, city, province) in [
        ("town", "IDN", "4", "ID", "Surabaya", "None"),
        ("town/capital", "USA", "3", "US", "Surabaya", "None"),
        ("region/first", "IDN", "5", "ID08", "None", "Surabaya"),
        ("region/first", "USA", "2", "US08", "None", "Surabaya"),
        ("territory", "IDN", "1", "ID", "None", "None"),
        ("sea", "IDN", "4", "ID", "None", "None"),
    ] {
        let place = record.entities.iter_mut().find(|one| one.id == "e3");
        let place = place.unwrap();
        place.class = Some(class.to_owned());
        place.country = Some(country.to_owned());
        place.links.remove("geonames_code");
        if class.starts_with("region") {
            let division = "XX.08".to_owned();
            place.links.insert("geonames_code".to_owned(), division);
        }
        let first = |format, table| -> Vec<String> {
            let mut writer = Writer::new(format, table, day()).unwrap();
            let mut out = Vec::new();
            writer.write(&Report::new(&record), &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            let line = text.lines().find(|line| line.contains("Surabaya"));
            line.unwrap().split('\t').map(str::to_owned).collect()
        };
        let row = first(Format::Gdelt, Some(Table::Events));
        assert_eq!(
            (row[51].as_str(), row[54].as_str()),
            (kind, code),
            "{class}"
        );
        let row = first(Format::Polecat, None);
        assert_eq!(
            (row[24].as_str(), row[26].as_str()),
            (city, province),
            "{class}"
        );
    }
}

#[test]
fn what_has_no_place_is_counted() {
    let left_out = |format| export(format, None, Settings::default()).1;
    // INSPECT.
    assert_eq!(left_out(Format::Plover), 1);
    // And what is denied.
    assert_eq!(left_out(Format::Polecat), 2);
    // And the plan.
    assert_eq!(left_out(Format::Gdelt), 3);
    assert_eq!(left_out(Format::Phoenix), 3);
    assert_eq!(left_out(Format::Csv), 0);
}

#[test]
fn graphs() {
    insta::assert_snapshot!("geojson", text(Format::Geojson, None));
    insta::assert_snapshot!("ftm", text(Format::Ftm, None));
    insta::assert_snapshot!("annotation", text(Format::Annotation, None));
    let (bytes, ..) = export(Format::Stix, None, day());
    insta::assert_snapshot!("stix", String::from_utf8(bytes).unwrap());
}

#[test]
fn a_record_without_a_date_is_named_and_leaves_nothing() {
    let (bytes, _, errors) = export(Format::Stix, None, Settings::default());
    assert_eq!(errors.len(), 1);
    assert!(errors[0].is_of_one_record());
    let id = &records()[1].document.id;
    assert!(errors[0].to_string().contains(id.as_str()), "{}", errors[0]);
    let bundle: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert!(!bundle.to_string().contains(id.as_str()));
    assert!(export(Format::Stix, None, day()).2.is_empty());
}

#[test]
fn every_event_is_a_feature_and_every_place_that_is_known() {
    // Read as others read it.
    let map: geojson::FeatureCollection = text(Format::Geojson, None).parse().unwrap();
    let points: Vec<Option<Vec<f64>>> = (map.features.iter())
        .map(|feature| match &feature.geometry.as_ref()?.value {
            geojson::GeometryValue::Point { coordinates } => Some(coordinates.as_slice().to_vec()),
            _ => None,
        })
        .collect();
    let at = Some(vec![112.75, -7.25]);
    assert_eq!(points, [at.clone(), None, None, None, None, None, at]);
    let told = |feature: usize, key: &str| map.features[feature].property(key).cloned().unwrap();
    assert_eq!(
        told(2, "sources"),
        serde_json::json!(["Kementerian Pertahanan Turki"])
    );
    assert_eq!(told(2, "stance"), "deny");
    assert_eq!(told(2, "parent"), "v2");
    assert_eq!(told(0, "place")["confidence"], 0.9);
    assert_eq!(told(6, "links")["geonames"], "1625822");
}

#[test]
fn the_words_of_annotations_lie_where_they_say() {
    let page: serde_json::Value = serde_json::from_str(&text(Format::Annotation, None)).unwrap();
    let text: Vec<char> = records()[0].document.text.chars().collect();
    let annotations = page["items"].as_array().unwrap();
    assert!(annotations.len() > 20);
    for annotation in annotations {
        let [position, quote] = annotation["target"]["selector"]
            .as_array()
            .unwrap()
            .as_slice()
        else {
            panic!("{annotation}");
        };
        let end = |name: &str| position[name].as_u64().unwrap() as usize;
        let words: String = text[end("start")..end("end")].iter().collect();
        assert_eq!(words, quote["exact"].as_str().unwrap());
    }
}

#[test]
fn no_identifier_is_given_twice() {
    let (bytes, ..) = export(Format::Stix, None, day());
    let bundle: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let mut ids: Vec<&str> = (bundle["objects"].as_array().unwrap().iter())
        .map(|object| object["id"].as_str().unwrap())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    // Whatever is referred to is there.
    for object in bundle["objects"].as_array().unwrap() {
        let refs = object["object_refs"].as_array().into_iter().flatten();
        for id in refs.chain([&object["source_ref"], &object["target_ref"]]) {
            assert!(id.is_null() || ids.contains(&id.as_str().unwrap()), "{id}");
        }
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    for format in Format::ALL {
        let tables = format.tables().iter().copied().map(Some);
        for table in tables.chain(format.tables().is_empty().then_some(None)) {
            let (first, ..) = export(format, table, day());
            assert!(!first.is_empty());
            assert_eq!(first, export(format, table, day()).0, "{format}");
        }
    }
}

#[test]
fn a_table_that_a_format_lacks_is_refused_by_name() {
    let error = Writer::new(Format::Gdelt, Some(Table::Entities), Settings::default());
    let error = error.err().unwrap().to_string();
    assert_eq!(
        error,
        "`gdelt` has no table `entities`; it has `events`, `mentions`"
    );
    assert!(Writer::new(Format::Stix, Some(Table::Events), Settings::default()).is_err());
}

#[test]
fn spans_and_identifiers_that_lead_nowhere_do_no_harm() {
    let mut record = records().remove(0);
    for event in &mut record.events {
        event.trigger = saksi_record::Span(7, 100_000);
        event.sentence = u32::MAX;
        event.actors = vec!["nobody".to_owned()];
        event.date = Some("é-é-é".to_owned());
        event.cameo = Some("é1".to_owned());
    }
    record.statements[0].parent = Some("s1".to_owned());
    record.statements[1].content = Some(saksi_record::Span(9, 3));
    record.entities[0].country = Some("é".to_owned());
    record.document.published = Some("soon".to_owned());
    record.document.retrieved = Some("9999-99-99".to_owned());
    for format in Format::ALL {
        for table in Table::ALL {
            let Ok(mut writer) = Writer::new(format, Some(table), day()) else {
                continue;
            };
            writer
                .write(&Report::new(&record), &mut Vec::new())
                .unwrap();
        }
        if format.tables().is_empty() {
            let mut writer = Writer::new(format, None, day()).unwrap();
            writer
                .write(&Report::new(&record), &mut Vec::new())
                .unwrap();
        }
    }
}
