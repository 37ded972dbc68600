//! `saksi pack find`: a name in, what it can mean out.

use saksi::lexicon::names::Sense;
use saksi::packs::{Found, Knowledge, Meaning};
use serde_json::{Map, Value, json};

use crate::arguments::{FindFormat, PackFind};
use crate::commands::Outcome;
use crate::printer::Printer;
use crate::render::{self, Look, type_name};

pub(crate) fn run(arguments: &PackFind, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let knowledge = Knowledge::load(&arguments.packs, arguments.lang.as_deref())?;
    let name = arguments.name.join(" ");
    let found = knowledge.find(&name);
    let look = Look {
        styled: printer.styled(),
        width: printer.width(),
        explain: false,
        named: false,
    };
    let text = match arguments.format {
        FindFormat::Text => render::meanings(&name, &found, look),
        FindFormat::Json => serde_json::to_string_pretty(&value(&name, &found))? + "\n",
    };
    printer.data(&text)?;
    // As `grep` has it: nothing found is told by the exit code, too.
    Ok(if found.meanings.is_empty() {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

fn value(name: &str, found: &Found) -> Value {
    let meanings: Vec<Value> = found.meanings.iter().map(meaning).collect();
    let similar = found
        .similar
        .iter()
        .map(|one| json!({"name": one.name, "by": one.by, "type": type_name(one.kind), "pack": one.pack}));
    json!({"name": name, "meanings": meanings, "similar": similar.collect::<Vec<_>>()})
}

fn meaning(meaning: &Meaning) -> Value {
    let links: Map<String, Value> = (meaning.links.iter())
        .map(|(scheme, value)| (scheme.clone(), value.clone().into()))
        .collect();
    let held = meaning.held.iter().map(|held| {
        json!({"office": held.office, "of": held.of, "from": held.from, "to": held.to, "as_of": held.as_of})
    });
    json!({
        "name": meaning.name,
        "id": meaning.id,
        "sense": sense(meaning.sense),
        "type": type_name(meaning.kind),
        "class": meaning.class,
        "country": meaning.country,
        "sector": meaning.sector,
        "geo": meaning.at.map(|at| json!({"latitude": at.latitude, "longitude": at.longitude})),
        "within": meaning.within,
        "weight": meaning.weight,
        "links": links,
        "held": held.collect::<Vec<_>>(),
        "languages": meaning.languages,
        "pack": meaning.pack,
        "reason": meaning.reason,
    })
}

fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::Name => "name",
        Sense::Adjective => "adjective",
        Sense::People => "people",
        Sense::Capital => "capital",
        Sense::Seat => "seat",
        Sense::Office => "office",
        Sense::Title => "title",
        Sense::Noun => "noun",
    }
}
