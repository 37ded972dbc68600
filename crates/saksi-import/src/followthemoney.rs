//! FollowTheMoney entities, one JSON object a line: <https://followthemoney.tech>. OpenSanctions publishes its lists so.
//!
//! A person, organisation, company, public body, vessel, aircraft or vehicle is taken; what connects them (ownerships, sanctions, addresses)
//! names nothing. A vessel is a `weapon` of the class `vessel`, since that type of a record is for weapons *and vehicles*.

use std::borrow::Cow;
use std::io::BufRead;

use saksi_lexicon::gazetteer::Thing;
use saksi_record::EntityType;
use serde::Deserialize;

use crate::json::{self, Texts};
use crate::lines;
use crate::{Error, Options, Sink, class, countries};

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(borrow, default)]
    id: Texts<'a>,
    #[serde(borrow)]
    schema: Texts<'a>,
    #[serde(borrow, default)]
    caption: Texts<'a>,
    #[serde(borrow)]
    properties: Properties<'a>,
    /// The lists that it is on, in what OpenSanctions publishes.
    #[serde(borrow, default)]
    datasets: Texts<'a>,
    /// Only in what OpenSanctions publishes.
    #[serde(borrow)]
    referents: Option<Texts<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Properties<'a> {
    #[serde(borrow)]
    name: Texts<'a>,
    #[serde(borrow)]
    alias: Texts<'a>,
    #[serde(borrow)]
    previous_name: Texts<'a>,
    #[serde(borrow)]
    abbreviation: Texts<'a>,
    #[serde(borrow)]
    weak_alias: Texts<'a>,
    #[serde(borrow)]
    nationality: Texts<'a>,
    #[serde(borrow)]
    citizenship: Texts<'a>,
    #[serde(borrow)]
    jurisdiction: Texts<'a>,
    #[serde(borrow)]
    main_country: Texts<'a>,
    #[serde(borrow)]
    flag: Texts<'a>,
    #[serde(borrow)]
    country: Texts<'a>,
    #[serde(borrow)]
    topics: Texts<'a>,
    #[serde(borrow)]
    wikidata_id: Texts<'a>,
}

/// What a schema stands for.
pub(crate) struct Schema {
    pub(crate) kind: EntityType,
    class: Option<&'static str>,
    sector: Option<&'static str>,
}

/// What things of a schema are; `None` where they are no things with names.
pub(crate) fn schema(name: &str) -> Option<Schema> {
    let (kind, class, sector) = match name {
        "Person" => (EntityType::Person, None, None),
        "LegalEntity" | "Organization" => (EntityType::Organization, None, None),
        "Company" => (EntityType::Organization, Some("company"), Some("BUS")),
        "PublicBody" => (EntityType::Organization, Some("public-body"), Some("GOV")),
        "Vessel" => (EntityType::Weapon, Some("vessel"), None),
        "Airplane" => (EntityType::Weapon, Some("aircraft"), None),
        "Vehicle" => (EntityType::Weapon, Some("vehicle"), None),
        "Territory" => (EntityType::Place, None, None),
        _ => return None,
    };
    Some(Schema {
        kind,
        class,
        sector,
    })
}

impl Schema {
    /// The class of a thing of this schema.
    pub(crate) fn class(&self, sanctioned: bool) -> Option<Cow<'static, str>> {
        class(self.class, sanctioned.then_some("sanctioned"))
    }

    /// The PLOVER sector of a thing of this schema with these topics.
    pub(crate) fn sector(&self, topics: &[Cow<'_, str>]) -> Option<&'static str> {
        let has = |topic: &str| {
            topics.iter().any(|one| {
                one.strip_prefix(topic)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        // Who held office once need not hold it now.
        let former = topics.iter().any(|topic| topic == "role.pep.frmr");
        let told = SECTORS.iter().find(|&&(topic, _)| has(topic));
        told.map(|&(_, sector)| sector)
            .or_else(|| (!former && has("role.pep")).then_some("GOV"))
            .or(self.sector)
    }
}

/// PLOVER sectors by topic, the narrower topic first. <https://followthemoney.tech/explorer/types/topic>
const SECTORS: &[(&str, &str)] = &[
    ("mil", "MIL"),
    ("role.spy", "SPY"),
    ("gov.judicial", "JUD"),
    ("role.judge", "JUD"),
    ("gov.legislative", "LEG"),
    ("gov.igo", "IGO"),
    ("gov.soe", "BUS"),
    ("gov.religion", "REL"),
    ("gov", "GOV"),
    ("role.civil", "GOV"),
    ("role.diplo", "GOV"),
    ("role.pol", "GOV"),
    ("pol.party", "PTY"),
    ("pol.union", "LAB"),
    ("role.journo", "MED"),
    ("rel", "REL"),
    ("crime", "CRM"),
    ("fin", "BUS"),
];

pub(crate) fn read(
    source: impl BufRead,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    lines::each(source, sink, |number, text, sink| {
        match serde_json::from_slice(text) {
            Ok(entity) => take(&entity, options, sink)?,
            Err(error) => sink.fault(json::fault(number, &error)),
        }
        Ok(())
    })
}

fn take(entity: &Entity, options: &Options, sink: &mut dyn Sink) -> Result<(), Error> {
    let told = entity.schema.first().map_or("", |schema| &**schema);
    let Some(schema) = schema(told) else {
        let told: String = told
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(40)
            .collect();
        sink.skip(&format!("`{told}`: no thing with a name"));
        return Ok(());
    };
    let own = &entity.properties;
    let Some(name) = entity.caption.first().or_else(|| own.name.first()) else {
        sink.skip("without a name that has letters");
        return Ok(());
    };
    let lists = [
        &own.name,
        &own.alias,
        &own.previous_name,
        &own.abbreviation,
        &own.weak_alias,
    ];
    let taken = if options.weak_aliases { 5 } else { 4 };
    let names: Vec<Cow<str>> = (lists[..taken].iter())
        .flat_map(|list| &list.0)
        .filter(|other| *other != name)
        .map(|other| Cow::Borrowed(&**other))
        .collect();
    let topics = &own.topics.0;
    let sanctioned = topics.iter().any(|topic| topic == "sanction");
    let thing = Thing {
        class: schema.class(sanctioned),
        country: country(own).map(Cow::from),
        sector: schema.sector(topics).map(Cow::from),
        links: links(entity),
        weight: entity.datasets.0.len() as f64,
        ..Thing::new(name, schema.kind)
    };
    sink.thing(&thing, &names)
}

/// The country of the first field that tells one; none where it tells several.
fn country(own: &Properties) -> Option<&'static str> {
    let fields = [
        &own.nationality,
        &own.citizenship,
        &own.jurisdiction,
        &own.flag,
        &own.main_country,
        &own.country,
    ];
    let mut told = fields.iter().map(|field| one_country(&field.0));
    told.find(|codes| !matches!(codes, Codes::None))
        .and_then(|codes| match codes {
            Codes::One(code) => Some(code),
            Codes::None | Codes::Several => None,
        })
}

enum Codes {
    None,
    One(&'static str),
    Several,
}

fn one_country(codes: &[Cow<str>]) -> Codes {
    let mut known = codes.iter().filter_map(|code| countries::of_code(code));
    match known.next() {
        None => Codes::None,
        Some(first) if known.all(|other| other == first) => Codes::One(first),
        Some(_) => Codes::Several,
    }
}

fn links<'a>(entity: &'a Entity) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let mut links: Vec<(Cow<str>, Cow<str>)> = Vec::new();
    let id = entity.id.first().map_or("", |id| &**id);
    let item = (entity.properties.wikidata_id.first()).map_or(id, |item| &**item);
    if is_item(item) {
        links.push(("wikidata".into(), item.into()));
    }
    if !id.is_empty() && links.iter().all(|(_, value)| value != id) {
        let ours = entity.referents.is_some();
        let scheme = if ours { "opensanctions" } else { "ftm" };
        links.push((scheme.into(), id.into()));
    }
    links
}

/// Whether `text` is the identifier of a Wikidata item: `Q42`.
pub(crate) fn is_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
