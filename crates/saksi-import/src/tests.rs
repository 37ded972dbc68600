use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use saksi_record::Geo;

use super::*;

/// A thing with its names, as text that can be compared.
#[derive(Debug, Default)]
struct Gathered {
    things: Vec<String>,
    skipped: Vec<String>,
    faults: Vec<String>,
}

impl Sink for Gathered {
    fn thing(&mut self, thing: &Thing<'_>, names: &[Cow<'_, str>]) -> Result<(), Error> {
        let links: Vec<String> = (thing.links.iter())
            .map(|(scheme, value)| format!("{scheme}:{value}"))
            .collect();
        let kind = serde_json::to_value(thing.kind).unwrap();
        let mut line = format!("{} [{}]", thing.name, names.join(" | "));
        write!(line, " {}", kind.as_str().unwrap()).unwrap();
        for fact in [&thing.class, &thing.country, &thing.sector] {
            write!(line, " {}", fact.as_deref().unwrap_or("-")).unwrap();
        }
        write!(line, " {} {}", links.join(" "), thing.weight).unwrap();
        if let Some(Geo {
            latitude,
            longitude,
        }) = thing.at
        {
            write!(line, " @{latitude},{longitude}").unwrap();
        }
        self.things.push(line);
        Ok(())
    }

    fn skip(&mut self, why: &str) {
        self.skipped.push(why.to_owned());
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault.to_string());
    }
}

fn gathered(bytes: &[u8], options: &Options) -> Result<Gathered, Error> {
    let source = source::open(bytes)?;
    let format = match options.format {
        Some(format) => format,
        None => source.format(options)?,
    };
    let mut sink = Gathered::default();
    match format {
        Format::Csv => table::read(source, options, &mut sink)?,
        Format::FollowTheMoney => followthemoney::read(source, options, &mut sink)?,
        Format::Wikidata => wikidata::read(source, options, &mut sink)?,
    }
    Ok(sink)
}

fn read(text: &str) -> Gathered {
    gathered(text.as_bytes(), &Options::default()).unwrap()
}

fn error(text: impl AsRef<[u8]>, options: &Options) -> String {
    gathered(text.as_ref(), options).unwrap_err().to_string()
}

const PERSON: &str = r#"{"id":"NK-1","caption":"Budi Contoh","schema":"Person","referents":[],"datasets":["one","two"],
    "properties":{"name":["Budi Contoh","Буди Чонто"],"alias":["Contoh, Budi"],"weakAlias":["Pak Budi"],"nationality":["id"],
    "topics":["sanction","mil"],"wikidataId":["Q12"],"sanctions":[{"schema":"Sanction","properties":{"name":["no"]}}]}}"#;

fn one_line(json: &str) -> String {
    json.replace("\n    ", "")
}

#[test]
fn followthemoney_entities() {
    let lines = [
        one_line(PERSON),
        r#"{"id":"c1","schema":"Company","properties":{"name":["PT Contoh"],"jurisdiction":["gb-sct"],"country":["ru","cy"]}}"#.to_owned(),
        r#"{"id":"Q7","schema":"Vessel","properties":{"name":["MV Contoh"],"flag":["su"],"topics":["sanction"]},"referents":[]}"#.to_owned(),
        r#"{"id":"a","schema":"Address","properties":{"full":["Jalan 1"]}}"#.to_owned(),
        r#"{"id":"n","schema":"Person","properties":{"nationality":["ru","il"],"name":"Nama Tunggal","topics":["role.pep","role.pep.frmr"]}}"#
            .to_owned(),
        String::new(),
        r#"{"id":"e","schema":"Person","properties":{"name":[]}}"#.to_owned(),
    ];
    let found = read(&lines.join("\r\n"));
    assert_eq!(
        found.things,
        [
            "Budi Contoh [Буди Чонто | Contoh, Budi] person sanctioned IDN MIL wikidata:Q12 opensanctions:NK-1 2",
            "PT Contoh [] organization company GBR BUS ftm:c1 0",
            "MV Contoh [] weapon vessel/sanctioned SUN - wikidata:Q7 0",
            "Nama Tunggal [] person - - - ftm:n 0",
        ]
    );
    assert_eq!(
        found.skipped,
        [
            "`Address`: no thing with a name",
            "without a name that has letters"
        ]
    );
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let options = Options {
        weak_aliases: true,
        ..Options::default()
    };
    let found = gathered(one_line(PERSON).as_bytes(), &options).unwrap();
    assert!(found.things[0].contains("| Pak Budi]"), "{found:?}");
}

#[test]
fn lines_that_are_no_entities_are_named_and_passed_over() {
    let good = r#"{"id":"g","schema":"Person","properties":{"name":["Baik"]}}"#;
    let mut text = format!("{good}\n").into_bytes();
    let bad: [&[u8]; 7] = [
        b"nonsense",
        br#"{"id":"x","schema":"Person"}"#,
        br#"{"id":"x","schema":"Person","properties":{"name":["cut"#,
        b"{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"\xff\xfe\"]}}",
        b"\0\0\0\0",
        b"[]",
        br#"{"id":"x","schema":"Person","properties":{"name":["a"]}} trailing"#,
    ];
    for line in bad {
        text.extend(line);
        text.push(b'\n');
    }
    // What is deep costs no stack; what is strange is no text.
    let deep = format!(
        r#"{{"id":5,"schema":"Person","properties":{{"name":[{{"a":1}},{0}{1},null,7,"Dalam"],"x":{0}{1}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    text.extend(deep.as_bytes());
    text.extend(b"\n");
    text.extend(good.as_bytes());
    let found = gathered(&text, &Options::default()).unwrap();
    let lines: Vec<&str> = (found.faults.iter())
        .map(|fault| fault.split(':').next().unwrap())
        .collect();
    let expected: Vec<String> = (2..=8).map(|number| format!("line {number}")).collect();
    assert_eq!(lines, expected, "{:?}", found.faults);
    assert_eq!(found.things.len(), 3, "{:?}", found.things);
    assert!(
        found.faults[1].contains("missing field `properties`"),
        "{}",
        found.faults[1]
    );
    assert!(
        found.faults[2].contains("is the file cut off?"),
        "{}",
        found.faults[2]
    );
}

#[test]
fn a_line_without_end_is_passed_over() {
    let good = br#"{"id":"g","schema":"Person","properties":{"name":["Baik"]}}"#;
    let long = std::io::repeat(b'x').take(100 << 20);
    let text = Cursor::new([good, &b"\n"[..]].concat())
        .chain(long)
        .chain(Cursor::new([b"\n", &good[..]].concat()));
    let mut import = Import::default();
    let mut faults = Vec::new();
    import
        .read(text, &Options::default(), &mut |fault| {
            faults.push(fault.to_string());
        })
        .unwrap();
    assert_eq!(import.summary().things, 2);
    assert_eq!(
        faults,
        ["line 2: it has more than 32 MiB, the most that is read as one: it is passed over"]
    );
}

#[test]
fn tables() {
    let found = read(
        "Name;Aliases;Type;Class;Country;Sector;Lat;Lon;Population;ID;GeonameId\r\n\
         Kota Contoh;Contoh Lama;city;Big Town;ID;;-6.25;106.75;90000;;77\r\n\
         \"PT \"\"Contoh\"\"; Tbk\";\"Contoh; Firma Contoh\";organization;company;idn;bus;;;;x 1;\r\n\
         \r\n\
         Baris;;person;;ID;GOV;91;0;;;\r\n\
         Kurang;person\r\n\
         ;;person;;;;;;;;\r\n\
         Salah;;unicorn;;;;;;;;\r\n\
         Salah;;person;;Indonesia;;;;;;\r\n\
         Salah;;person;;;XXX;;;;;\r\n\
         Salah;;place;;;;utara;1;;;\r\n\
         Salah;;place;;;;;;banyak;;\r\n\
         Akhir;;person;;;;;;;;",
    );
    assert_eq!(
        found.things,
        [
            "Kota Contoh [Contoh Lama] place big-town IDN - geonames:77 90000 @-6.25,106.75",
            "PT \"Contoh\"; Tbk [Contoh | Firma Contoh] organization company IDN BUS id:x 1 0",
            "Akhir [] person - - -  0",
        ]
    );
    let lines: Vec<&str> = (found.faults.iter())
        .map(|fault| fault.split(':').next().unwrap())
        .collect();
    let expected: Vec<String> = (5..=12).map(|number| format!("line {number}")).collect();
    assert_eq!(lines, expected, "{:#?}", found.faults);
    assert!(
        found.faults[1].contains("it has 2 fields, the headings are 11"),
        "{}",
        found.faults[1]
    );
}

#[test]
fn the_simple_table_of_opensanctions() {
    let found = read(
        "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\"emails\",\
         \"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\
         \"NK-9\",\"LegalEntity\",\"Contoh LLC\",\"Contoh;OOO Contoh\",\"\",\"ru\",\"\",\"\",\"List, since 2022\",\"\",\"\",\"One;Two\",\"\",\"\",\"\"\n\
         \"Q5\",\"Person\",\"Ani\",\"\",\"\",\"ru;il\",\"\",\"\",\"\",\"\",\"\",\"One\",\"\",\"\",\"\"\n\
         \"w\",\"CryptoWallet\",\"1abc\",\"\",\"\",\"eu\",\"\",\"\",\"\",\"\",\"\",\"One\",\"\",\"\",\"\"\n",
    );
    assert_eq!(
        found.things,
        [
            "Contoh LLC [Contoh | OOO Contoh] organization sanctioned RUS - opensanctions:NK-9 2",
            "Ani [] person - - - wikidata:Q5 1",
        ]
    );
    assert_eq!(found.skipped, ["`CryptoWallet`: no thing with a name"]);
}

#[test]
fn columns_of_other_names_are_told() {
    let options = Options {
        columns: [("name".to_owned(), "Firma".to_owned())].into(),
        kind: Some(EntityType::Organization),
        scheme: "daftar".to_owned(),
        ..Options::default()
    };
    let table = "Firma,id\nPT Contoh,4\n";
    let found = gathered(table.as_bytes(), &options).unwrap();
    assert_eq!(found.things, ["PT Contoh [] organization - - - daftar:4 0"]);
    let told = error("Name of it,id\nx,1\n", &options);
    assert!(
        told.contains("no column `Firma`; it has `Name of it`, `id`"),
        "{told}"
    );
    let unknown = Options {
        columns: [("colour".to_owned(), "Firma".to_owned())].into(),
        ..options.clone()
    };
    assert!(error(table, &unknown).contains("no field `colour`; take one of name, aliases"));
    let told = error("name\nx\n", &Options::default());
    assert!(told.contains("--type organization"), "{told}");
}

#[test]
fn a_quotation_mark_left_open_costs_its_row() {
    let mut table = b"name,type\nSatu,person\n\"Dua,person\n".to_vec();
    table.extend(std::iter::repeat_n(b"Tiga,person\n", 4 << 20).flatten());
    let found = gathered(&table, &Options::default()).unwrap();
    assert_eq!(found.things.len(), 1);
    assert_eq!(found.faults.len(), 1);
    assert!(
        found.faults[0].starts_with("line 3: ") && found.faults[0].contains("left open"),
        "{:?}",
        found.faults
    );
}

const PLACE: &str = r#"{"type":"item","id":"Q3630","labels":{"en":{"language":"en","value":"Jakarta"},"ru":{"language":"ru","value":"Джакарта"}},
    "aliases":{"en":[{"language":"en","value":"Batavia"}]},"claims":{
    "P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q5119","numeric-id":5119},"type":"wikibase-entityid"}},"rank":"normal"}],
    "P17":[{"mainsnak":{"datavalue":{"value":{"id":"Q252"}}},"rank":"preferred"},{"mainsnak":{"datavalue":{"value":{"id":"Q55"}}},"rank":"normal"}],
    "P625":[{"mainsnak":{"datavalue":{"value":{"latitude":-6.175,"longitude":106.8275,"altitude":null,"globe":"http://www.wikidata.org/entity/Q2"}}}}],
    "P1566":[{"mainsnak":{"datavalue":{"value":"1642911","type":"string"}},"rank":"normal"}],
    "P1082":[{"mainsnak":{"datavalue":{"value":{"amount":"+10562088","unit":"1"}}},"rank":"normal"}],
    "P9999":[{"mainsnak":{"datavalue":{"value":{"odd":[[[]]]}}}}]},"sitelinks":{}}"#;

#[test]
fn a_dump_of_wikidata() {
    let person = r#"{"type":"item","id":"Q1","labels":{"mul":{"language":"mul","value":"Budi Contoh"}},"aliases":[],"claims":{
    "P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}},"rank":"normal"}],
    "P27":[{"mainsnak":{"datavalue":{"value":{"id":"Q15180"}}},"rank":"normal","qualifiers":{"P582":[]}},
    {"mainsnak":{"datavalue":{"value":{"id":"Q159"}}},"rank":"normal"},{"mainsnak":{"snaktype":"somevalue"},"rank":"deprecated"}],
    "P625":[{"mainsnak":{"datavalue":{"value":{"latitude":1,"longitude":2,"globe":"http://www.wikidata.org/entity/Q405"}}}}]},
    "sitelinks":{"enwiki":{"site":"enwiki"},"idwiki":{}}}"#;
    let dump = [
        "[".to_owned(),
        one_line(PLACE) + ",",
        one_line(person) + ",",
        r#"{"type":"item","id":"Q2","labels":[],"claims":[]},"#.to_owned(),
        r#"{"type":"property","id":"P31","labels":{},"claims":{}},"#.to_owned(),
        r#"{"id":"Q3","labels":{"fr":{"value":"x"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}},"#.to_owned(),
        r#"{"id":"Q4","labels":5},"#.to_owned(),
        r#"{"id":"Q4","labels":{"en"#.to_owned(),
        "]".to_owned(),
    ];
    let found = read(&dump.join("\n"));
    assert_eq!(
        found.things,
        [
            "Jakarta [Batavia] place town IDN - wikidata:Q3630 geonames:1642911 10562088 @-6.175,106.8275",
            "Budi Contoh [] person - RUS - wikidata:Q1 2",
        ]
    );
    assert_eq!(
        found.skipped,
        [
            "of no class that packs know",
            "no item (a property, a lexeme)",
            "without a label in these languages"
        ]
    );
    let lines: Vec<&str> = (found.faults.iter())
        .map(|fault| fault.split(':').next().unwrap())
        .collect();
    assert_eq!(lines, ["line 7", "line 8"], "{:?}", found.faults);
}

#[test]
fn packed_files() {
    let mut packed = Vec::new();
    // A dump of several members, as those of Wikidata are.
    for part in ["name,type\nSatu,person\n", "Dua,person\n"] {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(part.as_bytes()).unwrap();
        packed.extend(encoder.finish().unwrap());
    }
    assert_eq!(
        gathered(&packed, &Options::default()).unwrap().things.len(),
        2
    );
    let cut = error(&packed[..packed.len() - 9], &Options::default());
    assert!(cut.contains("could not be read to its end"), "{cut}");
    let told = error(b"BZh91AY&SY", &Options::default());
    assert!(told.contains("bzcat"), "{told}");
}

#[test]
fn what_is_none_of_them_is_told() {
    let none = Options::default();
    for (text, expected) in [
        (&b""[..], "it is empty"),
        (b"  \n ", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"\xff\xfen\0", "UTF-16"),
        (b"Sebuah kalimat.\n", "without a heading `name`"),
        (b"[{\"id\": 1}]", "have a line each"),
        (b"{\"id\": 1}", "JSON without the fields"),
    ] {
        let told = error(text, &none);
        assert!(told.contains(expected), "{text:?}: {told}");
    }
    assert_eq!(read("\u{feff}name,type\nSatu,person\n").things.len(), 1);
}

#[test]
fn a_pack_takes_the_place_of_an_older_one_and_of_nothing_else() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("daftar");
    let write = |table: &str, about: &About| {
        let folder = Folder::open(&path)?;
        let mut import = Import::default();
        import.read(table.as_bytes(), &Options::default(), &mut |fault| {
            panic!("{fault}")
        })?;
        import.write(folder, about)
    };
    let about = About {
        licence: Some("CC0-1.0".to_owned()),
        sources: vec!["a \"table\"\n".to_owned()],
        ..About::default()
    };
    let (_, first) = write("name,type\nSatu,person\n", &about).unwrap();
    assert!(!first.replaced && first.name == "daftar");
    // What an interrupted import left.
    std::fs::create_dir(parent.path().join(".daftar.import")).unwrap();
    std::fs::write(parent.path().join(".daftar.import/names.gazetteer"), "half").unwrap();
    let (_, second) = write("name,type\nDua,person\n", &About::default()).unwrap();
    assert!(second.replaced && second.version != first.version);
    assert_eq!(second.licence, "CC0-1.0");
    let nothing = write("name,type\n", &About::default()).unwrap_err();
    assert!(matches!(nothing, Error::Nothing), "{nothing}");
    let left: Vec<_> = (std::fs::read_dir(parent.path()).unwrap())
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["daftar"]);
    let bytes = std::fs::read(path.join("names.gazetteer")).unwrap();
    let gazetteer = saksi_lexicon::gazetteer::Gazetteer::from_bytes(bytes).unwrap();
    assert_eq!(
        (gazetteer.find("Satu").len(), gazetteer.find("dua").len()),
        (0, 1)
    );

    let held = Folder::open(&path).unwrap();
    assert!(matches!(Folder::open(&path), Err(Error::Busy(_))));
    drop(held);
    std::fs::write(path.join("names.toml"), "").unwrap();
    let foreign = Folder::open(&path).unwrap_err().to_string();
    assert!(
        foreign.contains("`names.toml`, which no import made"),
        "{foreign}"
    );
    std::fs::remove_file(path.join("names.toml")).unwrap();
    std::fs::write(path.join("pack.toml"), "name = \"own\"\n").unwrap();
    assert!(matches!(Folder::open(&path), Err(Error::Foreign { .. })));
}

fn any_format() -> impl Strategy<Value = Option<Format>> {
    prop_oneof![
        Just(None),
        Just(Some(Format::Csv)),
        Just(Some(Format::FollowTheMoney)),
        Just(Some(Format::Wikidata)),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), format in any_format()) {
        let options = Options { format, kind: Some(EntityType::Place), ..Options::default() };
        let _ = gathered(&bytes, &options);
    }

    #[test]
    fn no_spoiled_file_panics(which in 0..3_usize, cuts in proptest::collection::vec((0..2000_usize, any::<u8>()), 0..12), end in 0..3000_usize) {
        let table = "name,type,lat,lon,country\n\"a;b\",place,1,2,ID\nDua,person,,,\n".repeat(20);
        let text = [one_line(PERSON), format!("[\n{},\n]", one_line(PLACE)), table][which].clone();
        let mut bytes = text.into_bytes();
        for (at, byte) in cuts {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(end);
        let options = Options { format: Some([Format::FollowTheMoney, Format::Wikidata, Format::Csv][which]), ..Options::default() };
        let _ = gathered(&bytes, &options);
    }
}
