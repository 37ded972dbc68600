use proptest::prelude::*;

use super::*;

fn place(name: &'static str, country: &'static str, number: u32, weight: f64) -> Thing<'static> {
    Thing {
        class: Some("town".into()),
        country: Some(country.into()),
        links: vec![("geonames".into(), number.to_string().into())],
        at: Some(Geo {
            latitude: -6.25,
            longitude: 106.75,
        }),
        weight,
        ..Thing::new(name, EntityType::Place)
    }
}

fn small() -> Vec<u8> {
    let mut builder = Builder::default();
    let region = builder.add(&place("Utara", "AAA", 1, 10.0), []).unwrap();
    let town = Thing {
        within: Some(region),
        ..place("Łódź-an-Sana'a", "AAA", 2, 5_000.0)
    };
    builder.add(&town, ["Kota Lama"]).unwrap();
    builder
        .add(&place("Kota Lama", "BBB", 3, 90_000.0), [])
        .unwrap();
    let person = Thing {
        links: vec![
            ("wikidata".into(), "Q12".into()),
            ("list".into(), "x-7".into()),
        ],
        sector: Some("MIL".into()),
        ..Thing::new("Budi Contoh", EntityType::Person)
    };
    builder.add(&person, ["Contoh, Budi"]).unwrap();
    builder.finish().unwrap()
}

#[test]
fn what_was_added_is_found_the_best_known_first() {
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    assert_eq!(gazetteer.len(), 4);
    assert_eq!(gazetteer.find("LODZ AN SANAA"), [1]);
    assert_eq!(gazetteer.find("kota lama"), [2, 1]);
    assert_eq!(gazetteer.find("kota"), [0_u32; 0]);
    let town = gazetteer.thing(1).unwrap();
    assert_eq!((&*town.name, town.within), ("Łódź-an-Sana'a", Some(0)));
    assert_eq!(town.links, [("geonames".into(), "2".into())]);
    assert!((town.weight - 5_000.0).abs() < 5.0, "{}", town.weight);
    assert_eq!(town.at.map(|at| at.longitude), Some(106.75));
    let person = gazetteer.thing(gazetteer.find("contoh budi")[0]).unwrap();
    assert_eq!(person.sector.as_deref(), Some("MIL"));
    assert_eq!(person.links[1], ("list".into(), "x-7".into()));
    assert_eq!((person.at, person.country), (None, None));
    assert_eq!(gazetteer.thing(4), None);
}

#[test]
fn damage_is_told() {
    let bytes = small();
    assert!(matches!(
        Gazetteer::from_bytes(b"[[name]]".to_vec()),
        Err(GazetteerError::Foreign)
    ));
    for at in [15, 40, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(
            Gazetteer::from_bytes(damaged).unwrap_err(),
            GazetteerError::Damaged,
            "byte {at}"
        );
    }
    let mut newer = bytes.clone();
    newer[8] = 9;
    assert_eq!(
        Gazetteer::from_bytes(newer).unwrap_err(),
        GazetteerError::Version(9)
    );
    for length in 0..bytes.len() {
        assert!(Gazetteer::from_bytes(bytes[..length].to_vec()).is_err());
    }
}

#[test]
fn other_spellings_are_offered_the_nearest_first() {
    let mut builder = Builder::default();
    for name in [
        "Kota Lama",
        "Kota Lama Barat",
        "Kota Besar",
        "Kotta Lema",
        "Sungai",
    ] {
        builder
            .add(&Thing::new(name, EntityType::Place), [])
            .unwrap();
    }
    let gazetteer = Gazetteer::from_bytes(builder.finish().unwrap()).unwrap();
    let names = |name: &str| -> Vec<String> {
        let similar = gazetteer.similar(name, 3);
        similar.into_iter().map(|one| one.name).collect()
    };
    assert_eq!(names("Kota Lma"), ["kota lama", "kotta lema"]);
    assert_eq!(names("KOTA LAMA"), ["kotta lema", "kota lama barat"]);
    assert_eq!(names("sun"), ["sungai"]);
    assert!(names("").is_empty() && names(&"a".repeat(500)).is_empty());
    assert_eq!(gazetteer.names(), 5);
}

#[test]
fn what_is_written_is_what_is_kept_in_memory() {
    let builder = || {
        let mut builder = Builder::default();
        // More than one block of names.
        for number in 0..90_000 {
            let name = format!("{number} {}", "nama ".repeat(12));
            builder
                .add(&Thing::new(&name, EntityType::Place), [])
                .unwrap();
        }
        builder
    };
    let bytes = builder().finish().unwrap();
    let compiled = builder().compile().unwrap();
    let mut written = Vec::new();
    compiled.write(&mut written).unwrap();
    assert!(written == bytes);
    assert_eq!((compiled.things(), compiled.names()), (90_000, 90_000));
    assert_eq!(compiled.bytes(), bytes.len());
    let gazetteer = Gazetteer::from_bytes(bytes).unwrap();
    for number in [0, 1, 77_777, 89_999] {
        let name = gazetteer.thing(number).unwrap().name.into_owned();
        assert_eq!(gazetteer.find(&name), [number]);
    }
}

#[test]
fn spellings_fold() {
    for (name, folded) in [
        ("Sana'a", "sanaa"),
        ("Saint-Denis", "saint denis"),
        ("ŁÓDŹ", "lodz"),
        ("  Đà Nẵng (kota) ", "da nang kota"),
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
        ("—", ""),
    ] {
        assert_eq!(fold(name), folded);
    }
}

proptest! {
    #[test]
    fn every_name_finds_its_thing(names in proptest::collection::vec("\\PC{1,12}", 1..40)) {
        let mut builder = Builder::default();
        for name in &names {
            builder.add(&Thing::new(name, EntityType::Place), []).unwrap();
        }
        let gazetteer = Gazetteer::from_bytes(builder.finish().unwrap()).unwrap();
        for (number, name) in names.iter().enumerate() {
            let found = gazetteer.find(name);
            prop_assert_eq!(found.contains(&(number as u32)), !fold(name).is_empty());
        }
    }

    #[test]
    fn folding_twice_is_folding_once(name in "\\PC{0,24}") {
        prop_assert_eq!(fold(&fold(&name)), fold(&name));
    }
}
