//! Tables (CSV, RFC 4180), with a row of headings that tells what the columns hold. Also `targets.simple.csv` of OpenSanctions.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader};
use saksi_lexicon::gazetteer::Thing;
use saksi_lexicon::names::{SECTORS, is_key};
use saksi_record::{EntityType, Geo};

use crate::followthemoney::{Schema, is_item, schema};
use crate::lines::too_long;
use crate::{Error, Fault, MAX_LINE_BYTES, Options, Sink, countries, kind};

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Name,
    Aliases,
    Type,
    Class,
    Country,
    Sector,
    Latitude,
    Longitude,
    Weight,
    Id,
    Wikidata,
    Geonames,
    /// In what OpenSanctions publishes: which sanctions there are.
    Sanctions,
    /// In what OpenSanctions publishes: the lists that it is on.
    Dataset,
}

/// The headings by which a column is known, the field's own name first.
const HEADINGS: &[(Field, &[&str])] = &[
    (Field::Name, &["name", "label", "caption"]),
    (
        Field::Aliases,
        &[
            "aliases",
            "alias",
            "aka",
            "other_names",
            "alternate_names",
            "alternatenames",
        ],
    ),
    (Field::Type, &["type", "schema", "kind"]),
    (Field::Class, &["class", "category"]),
    (
        Field::Country,
        &[
            "country",
            "countries",
            "country_code",
            "countrycode",
            "nationality",
            "iso3",
            "iso2",
        ],
    ),
    (Field::Sector, &["sector"]),
    (Field::Latitude, &["latitude", "lat"]),
    (Field::Longitude, &["longitude", "lon", "lng", "long"]),
    (Field::Weight, &["weight", "population"]),
    (Field::Id, &["id"]),
    (
        Field::Wikidata,
        &["wikidata", "wikidata_id", "wikidataid", "qid"],
    ),
    (Field::Geonames, &["geonames", "geonameid", "geonames_id"]),
    (Field::Sanctions, &["sanctions"]),
    (Field::Dataset, &["dataset", "datasets"]),
];

/// What may part the fields of a table.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Names of types as people write them, beside those of records and of FollowTheMoney.
const TYPES: &[(&str, EntityType)] = &[
    ("people", EntityType::Person),
    ("organisation", EntityType::Organization),
    ("company", EntityType::Organization),
    ("country", EntityType::State),
    ("city", EntityType::Place),
    ("town", EntityType::Place),
    ("village", EntityType::Place),
    ("vessel", EntityType::Weapon),
    ("aircraft", EntityType::Weapon),
    ("vehicle", EntityType::Weapon),
];

/// Whether the first line of `head` has a heading for names.
pub(crate) fn has_headings(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let text = String::from_utf8_lossy(line);
    (text.split(|c: char| c.is_ascii() && DELIMITERS.contains(&(c as u8))))
        .any(|heading| field_of(heading.trim().trim_matches('"')) == Some(Field::Name))
}

/// The delimiter that the first line of `head` has most of.
fn delimiter_of(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let count = |delimiter: &u8| line.split(|byte| byte == delimiter).count();
    let most = DELIMITERS
        .iter()
        .rev()
        .max_by_key(|delimiter| count(delimiter));
    most.copied().unwrap_or(b',')
}

fn field_of(heading: &str) -> Option<Field> {
    let heading = plain(heading);
    let known = HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&&*heading));
    known.map(|&(field, _)| field)
}

/// A heading in small letters, what is no letter or digit as `_`.
fn plain(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let plain = lower.replace(|c: char| !c.is_alphanumeric(), "_");
    plain.trim_matches('_').to_owned()
}

pub(crate) fn read(
    source: crate::source::Source<'_>,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let delimiter = (options.delimiter).unwrap_or_else(|| delimiter_of(source.head()));
    let mut rows = Rows::new(source, delimiter);
    let columns = match rows.next()? {
        Some((_, Row::Fields(fields))) => Columns::new(fields, options)?,
        Some((_, Row::TooLong)) => {
            return Err(Error::Columns(format!(
                "the row of headings: {}",
                too_long()
            )));
        }
        None => return Err(Error::Format("it is empty")),
    };
    while let Some((line, row)) = rows.next()? {
        let taken = match row {
            Row::Fields(fields) => columns.take(fields, options, sink)?,
            Row::TooLong => Err(format!("{}; is a quotation mark left open?", too_long())),
        };
        if let Err(message) = taken {
            sink.fault(Fault { line, message });
        }
    }
    Ok(())
}

/// Rows of a table; what it holds of the file is one of them.
struct Rows<R> {
    source: R,
    reader: Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

enum Row<'a> {
    Fields(Fields<'a>),
    TooLong,
}

/// The fields of a row.
#[derive(Clone, Copy)]
struct Fields<'a> {
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    fn get(&self, number: usize) -> &'a [u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }
}

impl<R: BufRead> Rows<R> {
    fn new(source: R, delimiter: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self {
            source,
            reader,
            bytes: vec![0; 1 << 14],
            ends: vec![0; 64],
        }
    }

    /// The next row and its line, from 1.
    fn next(&mut self) -> Result<Option<(u64, Row<'_>)>, Error> {
        let (mut length, mut count) = (0, 0);
        let mut first = self.reader.line();
        let mut too_long = false;
        loop {
            let input = self.source.fill_buf()?;
            // Empty lines before a row are no part of it.
            if length == 0 && count == 0 && !too_long {
                let blank = input
                    .iter()
                    .take_while(|&&byte| matches!(byte, b'\n' | b'\r'));
                let lines = blank.filter(|&&byte| byte == b'\n').count() as u64;
                first = self.reader.line() + lines;
            }
            let (output, ends) = (&mut self.bytes[length..], &mut self.ends[count..]);
            let (result, read, written, ended) = self.reader.read_record(input, output, ends);
            self.source.consume(read);
            length += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.bytes.len() < MAX_LINE_BYTES => {
                    self.bytes.resize(self.bytes.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < 1 << 16 => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                // The rest of the row is read over what was read of it.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    too_long = true;
                    (length, count) = (0, 0);
                }
                ReadRecordResult::Record if too_long => return Ok(Some((first, Row::TooLong))),
                ReadRecordResult::Record => {
                    let fields = Fields {
                        bytes: &self.bytes[..length],
                        ends: &self.ends[..count],
                    };
                    return Ok(Some((first, Row::Fields(fields))));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }
}

/// Which columns hold what.
struct Columns {
    /// How many there are.
    count: usize,
    by_field: BTreeMap<Field, usize>,
    /// Whether the table is one of OpenSanctions.
    opensanctions: bool,
}

impl Columns {
    fn new(headings: Fields, options: &Options) -> Result<Self, Error> {
        let mut by_field = BTreeMap::new();
        let mut texts = Vec::new();
        for number in 0..headings.ends.len() {
            let text = String::from_utf8_lossy(headings.get(number)).into_owned();
            if let Some(field) = field_of(&text) {
                by_field.entry(field).or_insert(number);
            }
            texts.push(text.trim().to_owned());
        }
        let listed = texts.join("`, `");
        for (name, heading) in &options.columns {
            let fields: Vec<&str> = HEADINGS.iter().map(|(_, names)| names[0]).collect();
            let known = HEADINGS.iter().find(|(_, names)| names[0] == name);
            let &(field, _) = known.ok_or_else(|| {
                Error::Columns(format!(
                    "`--column {name}={heading}`: there is no field `{name}`; take one of {}",
                    fields.join(", ")
                ))
            })?;
            let at = texts.iter().position(|text| text == heading);
            let at = at.ok_or_else(|| {
                Error::Columns(format!(
                    "`--column {name}={heading}`: the table has no column `{heading}`; it has `{listed}`"
                ))
            })?;
            by_field.insert(field, at);
        }
        if !by_field.contains_key(&Field::Name) {
            return Err(Error::Columns(format!(
                "the table has no column `name`; name the one that holds names with `--column name=HEADING`; it has `{listed}`"
            )));
        }
        if !by_field.contains_key(&Field::Type) && options.kind.is_none() {
            return Err(Error::Columns(format!(
                "the table has no column `type`; say what its things are with `--type organization` (or `person`, `place`, ..), or name the \
                 column with `--column type=HEADING`; it has `{listed}`"
            )));
        }
        let opensanctions = ["schema", "dataset", "first_seen"]
            .iter()
            .all(|heading| texts.iter().any(|text| text == heading));
        Ok(Self {
            count: texts.len(),
            by_field,
            opensanctions,
        })
    }

    /// Hands the thing of a row on, or says what is wrong with the row.
    fn take(
        &self,
        row: Fields,
        options: &Options,
        sink: &mut dyn Sink,
    ) -> Result<Result<(), String>, Error> {
        let count = row.ends.len();
        let full = (0..count).rev().find(|&number| !row.get(number).is_empty());
        let Some(last) = full else { return Ok(Ok(())) };
        if count != self.count && (count < self.count || last >= self.count) {
            return Ok(Err(format!(
                "it has {count} fields, the headings are {}: mend the row (a field with a delimiter in it stands in quotation marks)",
                self.count
            )));
        }
        let mut texts = BTreeMap::new();
        for (&field, &number) in &self.by_field {
            let Ok(text) = std::str::from_utf8(row.get(number)) else {
                return Ok(Err(format!(
                    "column {} is not UTF-8: save the table as UTF-8",
                    number + 1
                )));
            };
            if !text.trim().is_empty() {
                texts.insert(field, text.trim());
            }
        }
        let get = |field: Field| texts.get(&field).copied();
        let Some(name) = get(Field::Name) else {
            return Ok(Err(
                "it has no name: write one or take the row out".to_owned()
            ));
        };
        let facts = match self.facts(get, options) {
            Ok(Some(facts)) => facts,
            Ok(None) => {
                let schema = get(Field::Type).unwrap_or_default();
                let schema: String = schema.chars().take(40).collect();
                sink.skip(&format!("`{schema}`: no thing with a name"));
                return Ok(Ok(()));
            }
            Err(message) => return Ok(Err(message)),
        };
        let names: Vec<Cow<str>> = (get(Field::Aliases).unwrap_or_default().split(';'))
            .map(str::trim)
            .filter(|other| !other.is_empty())
            .map(Cow::from)
            .collect();
        let thing = Thing {
            class: facts.class,
            country: facts.country.map(Cow::from),
            sector: facts.sector,
            links: self.links(get, options),
            at: facts.at,
            weight: facts.weight,
            ..Thing::new(name, facts.kind)
        };
        sink.thing(&thing, &names)?;
        Ok(Ok(()))
    }

    /// What the fields tell; `None` where they are of no thing with a name.
    fn facts<'a>(
        &self,
        get: impl Fn(Field) -> Option<&'a str>,
        options: &Options,
    ) -> Result<Option<Facts<'a>>, String> {
        let told = get(Field::Type);
        let schema = told.and_then(schema);
        let kind = match (told, &schema) {
            (Some(_), Some(schema)) => schema.kind,
            (Some(told), None) => {
                let lower = told.to_lowercase();
                let other = || TYPES.iter().find(|(name, _)| *name == lower);
                match kind(&lower).or_else(|| other().map(|&(_, kind)| kind)) {
                    Some(kind) => kind,
                    None if self.opensanctions => return Ok(None),
                    None => {
                        return Err(format!(
                            "`{told}` is no type: take `person`, `state`, `organization`, `group`, `facility`, `weapon`, `place`, `exercise` \
                             or `document`"
                        ));
                    }
                }
            }
            (None, _) => options.kind.ok_or_else(|| {
                "it has no type: write one, or say what such rows are with `--type`".to_owned()
            })?,
        };
        let sanctioned = get(Field::Sanctions).is_some();
        let class = match get(Field::Class) {
            Some(class) => Some(key_path(class)?),
            None => (schema.as_ref()).map_or_else(
                || crate::class(None, sanctioned.then_some("sanctioned")),
                |schema: &Schema| schema.class(sanctioned),
            ),
        };
        let sector = match get(Field::Sector) {
            Some(sector) => Some(sector_of(sector)?),
            None => schema.and_then(|schema| schema.sector(&[])).map(Cow::from),
        };
        let weight = match get(Field::Weight) {
            Some(weight) => number(weight, "weight")?,
            None => (get(Field::Dataset).unwrap_or_default().split(';'))
                .filter(|list| !list.trim().is_empty())
                .count() as f64,
        };
        Ok(Some(Facts {
            kind,
            class,
            country: country_of(get(Field::Country).unwrap_or_default())?,
            sector,
            at: point(get(Field::Latitude), get(Field::Longitude))?,
            weight,
        }))
    }

    fn links<'a>(
        &self,
        get: impl Fn(Field) -> Option<&'a str>,
        options: &Options,
    ) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
        let mut links: Vec<(Cow<str>, Cow<str>)> = Vec::new();
        let id = get(Field::Id);
        let item = get(Field::Wikidata).or(id.filter(|_| self.opensanctions));
        if let Some(item) = item.filter(|item| is_item(item)) {
            links.push(("wikidata".into(), item.into()));
        }
        if let Some(number) = get(Field::Geonames) {
            links.push(("geonames".into(), number.into()));
        }
        let new = id.filter(|id| links.iter().all(|(_, value)| value != id));
        if let Some(id) = new {
            let scheme: Cow<str> = if self.opensanctions {
                "opensanctions".into()
            } else {
                options.scheme.clone().into()
            };
            links.push((scheme, id.into()));
        }
        links
    }
}

struct Facts<'a> {
    kind: EntityType,
    class: Option<Cow<'a, str>>,
    country: Option<&'static str>,
    sector: Option<Cow<'a, str>>,
    at: Option<Geo>,
    weight: f64,
}

/// A class as packs have it: "Ballistic Missile" is `ballistic-missile`.
fn key_path(class: &str) -> Result<Cow<'_, str>, String> {
    if class.split('/').all(is_key) {
        return Ok(class.into());
    }
    let parts = class.to_lowercase();
    let parts = parts.split('/').map(|part| {
        let words = part.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    });
    let class_new = parts.collect::<Vec<_>>().join("/");
    if class_new.split('/').all(is_key) {
        return Ok(class_new.into());
    }
    Err(format!(
        "`{class}` is no class: write small letters, digits and hyphens, from the widest to the narrowest (`missile/ballistic`)"
    ))
}

fn sector_of(sector: &str) -> Result<Cow<'_, str>, String> {
    let upper = sector.to_uppercase();
    if SECTORS.contains(&&*upper) {
        return Ok(upper.into());
    }
    Err(format!(
        "`{sector}` is no sector: take one of {}",
        SECTORS.join(", ")
    ))
}

/// The country of a list parted by `;`, where it tells one; nothing where it tells several.
fn country_of(list: &str) -> Result<Option<&'static str>, String> {
    let mut only = None;
    for code in list
        .split(';')
        .map(str::trim)
        .filter(|code| !code.is_empty())
    {
        let Some(known) = countries::of_code(code) else {
            // Lists of others have codes for what is no country ("eu").
            if list.contains(';') || code.len() == 2 {
                continue;
            }
            return Err(format!(
                "`{code}` is no country: write its code of ISO 3166-1 (`IDN` or `ID`)"
            ));
        };
        match only {
            Some(other) if other != known => return Ok(None),
            _ => only = Some(known),
        }
    }
    Ok(only)
}

fn number(text: &str, what: &str) -> Result<f64, String> {
    let sound = text.parse::<f64>().ok().filter(|number| number.is_finite());
    sound.ok_or_else(|| format!("{what} `{text}` is no number: write it as 1234.5"))
}

fn point(latitude: Option<&str>, longitude: Option<&str>) -> Result<Option<Geo>, String> {
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        return Ok(None);
    };
    let at = Geo {
        latitude: number(latitude, "latitude")?,
        longitude: number(longitude, "longitude")?,
    };
    if at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0 {
        return Ok(Some(at));
    }
    Err(format!(
        "[{latitude}, {longitude}] is nowhere on the globe: write degrees north (-90 to 90) and degrees east (-180 to 180)"
    ))
}
