//! Wikidata: a dump is one JSON array with an entity a line (<https://www.wikidata.org/wiki/Wikidata:Database_download>).
//!
//! An item is taken that is an instance (P31) of a class that is known here, and has a label in one of the languages asked for. Its country is P27
//! or P17, its place P625; how well known it is tell its inhabitants (P1082), or else on how many wikis it has a page.

mod claims;
mod classes;

use std::borrow::Cow;
use std::io::BufRead;

use saksi_lexicon::gazetteer::Thing;
use saksi_record::EntityType;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::json::{self, Entries, Text};
use crate::lines;
use crate::{Error, Options, Sink, countries};
use claims::{Claim, Claims, Value, best};

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow, default)]
    labels: Entries<'a, Label<'a>>,
    #[serde(borrow, default)]
    aliases: Entries<'a, Vec<Label<'a>>>,
    #[serde(borrow, default)]
    claims: Claims<'a>,
    #[serde(borrow, default)]
    sitelinks: Entries<'a, IgnoredAny>,
}

#[derive(Deserialize)]
struct Label<'a> {
    #[serde(borrow)]
    value: Text<'a>,
}

pub(crate) fn read(
    source: impl BufRead,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    lines::each(source, sink, |number, text, sink| {
        let text = text.strip_suffix(b",").unwrap_or(text);
        if matches!(text, b"" | b"[" | b"]") {
            return Ok(());
        }
        match serde_json::from_slice(text) {
            Ok(entity) => take(&entity, options, sink)?,
            Err(error) => sink.fault(json::fault(number, &error)),
        }
        Ok(())
    })
}

fn take(entity: &Entity, options: &Options, sink: &mut dyn Sink) -> Result<(), Error> {
    let Some(item) = item(&entity.id.0) else {
        sink.skip("no item (a property, a lexeme)");
        return Ok(());
    };
    let claims = &entity.claims;
    let classes = best(&claims.instance_of);
    let class = (classes.filter_map(Claim::item)).find_map(classes::of);
    let Some(class) = class else {
        sink.skip("of no class that packs know");
        return Ok(());
    };
    let labels = (options.languages.iter()).filter_map(|language| entity.labels.get(language));
    let mut labels = labels.map(|label| &*label.value.0);
    let Some(name) = labels.next() else {
        sink.skip("without a label in these languages");
        return Ok(());
    };
    let aliases = (options.languages.iter())
        .filter_map(|language| entity.aliases.get(language))
        .flatten()
        .map(|label| &*label.value.0);
    let names: Vec<Cow<str>> = labels
        .chain(aliases)
        .filter(|other| *other != name)
        .map(Cow::from)
        .collect();
    let mut links: Vec<(Cow<str>, Cow<str>)> = vec![("wikidata".into(), (&*entity.id.0).into())];
    let geonames = best(&claims.geonames).find_map(|claim| match &claim.value {
        Value::Text(number) => Some(&**number),
        _ => None,
    });
    links.extend(geonames.map(|number| ("geonames".into(), number.into())));
    let at = best(&claims.coordinates).find_map(|claim| match claim.value {
        Value::Point(at) => Some(at),
        _ => None,
    });
    let people = best(&claims.population).find_map(|claim| match claim.value {
        Value::Number(people) => Some(people),
        _ => None,
    });
    let own = (class.kind == EntityType::State)
        .then(|| countries::of_item(item))
        .flatten();
    let thing = Thing {
        class: class.class.map(Cow::from),
        country: own.or_else(|| country(claims, class.kind)).map(Cow::from),
        sector: class.sector.map(Cow::from),
        at,
        links,
        weight: people.unwrap_or(entity.sitelinks.0.len() as f64),
        ..Thing::new(name, class.kind)
    };
    sink.thing(&thing, &names)
}

/// The country that is told; none where several are.
fn country(claims: &Claims, kind: EntityType) -> Option<&'static str> {
    let told = if kind == EntityType::Person {
        &claims.citizenship
    } else {
        &claims.country
    };
    let mut known = (best(told))
        .filter(|claim| !claim.ended)
        .filter_map(Claim::item)
        .filter_map(countries::of_item);
    let first = known.next()?;
    known.all(|other| other == first).then_some(first)
}

/// The number of an item: 42 of `Q42`.
fn item(id: &str) -> Option<u32> {
    id.strip_prefix('Q')?.parse().ok()
}
