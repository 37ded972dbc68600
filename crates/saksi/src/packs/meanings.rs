//! What a name can mean, by all packs, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use saksi_lexicon::gazetteer::{Gazetteer, Thing, distance, fold};
use saksi_lexicon::names::{self, Entry, Sense, Tenure};
use saksi_lexicon::{FileKind, Lexicon};
use saksi_record::{EntityType, Geo};

use super::Packs;
use crate::Error;

/// The suggestions that are made where a name means nothing.
const SUGGESTIONS: usize = 8;

/// What packs know by name.
#[derive(Debug)]
pub struct Knowledge {
    languages: Vec<Language>,
    /// The gazetteers with their packs, those that count first before the others.
    gazetteers: Vec<(String, Gazetteer)>,
    home: Vec<String>,
}

/// What the packs know in one language.
#[derive(Debug)]
struct Language {
    code: String,
    lexicon: Lexicon,
    /// The pack and the file that an entry is of, and the pack whose entry it takes the place of.
    origins: BTreeMap<(Sense, Box<str>), Origin>,
}

#[derive(Debug, Clone)]
struct Origin {
    pack: String,
    file: String,
    over: Option<String>,
}

/// Something that a name can mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// What it goes by.
    pub name: String,
    /// The `id` that a pack gives it.
    pub id: Option<String>,
    /// How the name stands for it.
    pub sense: Sense,
    /// What it is.
    pub kind: EntityType,
    /// What kind of its type.
    pub class: Option<String>,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Where it is.
    pub at: Option<Geo>,
    /// What it lies in, the nearest first.
    pub within: Vec<String>,
    /// How many people live there, or another measure of how well known it is.
    pub weight: Option<f64>,
    /// Identifiers elsewhere: scheme and value.
    pub links: Vec<(String, String)>,
    /// The offices that a person held.
    pub held: Vec<Tenure>,
    /// The languages in whose reports the name means that (ISO 639-1); empty where in all of them.
    pub languages: Vec<String>,
    /// The pack that knows it.
    pub pack: String,
    /// Why it is listed, and why here.
    pub reason: String,
}

/// A name that is written nearly alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The name of what it stands for.
    pub name: String,
    /// The name that is written nearly alike, where that is another name of it: without case, accents and punctuation.
    pub by: Option<String>,
    /// What that is.
    pub kind: EntityType,
    /// The pack that knows it.
    pub pack: String,
}

/// What a name can mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// All that it can mean, what a reader without a report before him would take it for first.
    pub meanings: Vec<Meaning>,
    /// Names that are written nearly alike; looked for where it means nothing.
    pub similar: Vec<Suggestion>,
}

impl Knowledge {
    /// What the default packs and those in `folders` know, in `language` (ISO 639-1) or in all languages that have a pack.
    ///
    /// # Errors
    /// Where a pack can't be read, or the language has none.
    pub fn load(folders: &[PathBuf], language: Option<&str>) -> Result<Self, Error> {
        let packs = Packs::load(folders)?;
        let known: Vec<String> = packs.languages().map(str::to_owned).collect();
        let codes = match language {
            Some(language) if known.iter().any(|code| code == language) => {
                vec![language.to_owned()]
            }
            Some(language) => {
                let known: Vec<String> = known.iter().map(|code| format!("`{code}`")).collect();
                return Err(Error::NoPack {
                    asked: language.to_owned(),
                    known: known.join(", "),
                });
            }
            None => known,
        };
        let mut languages = Vec::new();
        let mut home = Vec::new();
        for code in &codes {
            let language = Language::new(code, &packs)?;
            home.extend(language.lexicon.home.clone());
            languages.push(language);
        }
        let serving = |serves: &dyn Fn(&str) -> bool| codes.iter().any(|code| serves(code));
        let gazetteers = (packs.lexical.iter().rev())
            .filter(|pack| serving(&|code| pack.serves(code)))
            .flat_map(|pack| {
                let name = &pack.manifest.name;
                pack.gazetteers
                    .iter()
                    .rev()
                    .map(move |one| (name.clone(), one.clone()))
            })
            .collect();
        Ok(Self {
            languages,
            gazetteers,
            home,
        })
    }

    /// All that `name` can mean.
    pub fn find(&self, name: &str) -> Found {
        let mut meanings = self.listed(name);
        meanings.extend(self.known(name));
        let similar = if meanings.is_empty() {
            self.similar(name)
        } else {
            Vec::new()
        };
        Found { meanings, similar }
    }

    /// What the packs list by the name.
    fn listed(&self, name: &str) -> Vec<Meaning> {
        let mut found: Vec<(Meaning, Box<str>)> = Vec::new();
        for language in &self.languages {
            let names = &language.lexicon.names;
            for number in names.named(name) {
                let meaning = language.meaning(names.entry(number));
                let id = names.entry(number).id.clone();
                let same = found
                    .iter_mut()
                    .find(|(other, of)| other.sense == meaning.sense && *of == id);
                match same {
                    Some((other, _)) => other.languages.extend(meaning.languages),
                    None => found.push((meaning, id)),
                }
            }
        }
        let all = self.languages.len();
        let told = found.into_iter().map(|(mut meaning, _)| {
            if meaning.languages.len() == all {
                meaning.languages.clear();
            }
            meaning
        });
        told.collect()
    }

    /// What the gazetteers know by the name.
    fn known(&self, name: &str) -> Vec<Meaning> {
        let folded = fold(name);
        let mut found: Vec<(f64, Meaning)> = Vec::new();
        for (pack, gazetteer) in &self.gazetteers {
            let numbers = gazetteer.find(name);
            let count = numbers.len();
            for (rank, number) in numbers.into_iter().enumerate() {
                let Some(thing) = gazetteer.thing(number) else {
                    continue;
                };
                let own = fold(&thing.name) == folded;
                let home = thing
                    .country
                    .as_ref()
                    .is_some_and(|code| self.home.iter().any(|home| **home == **code));
                // As places are weighed in a report that tells nothing more.
                let score = 0.6 * thing.weight.ln_1p()
                    + 2.0 * f64::from(u8::from(own))
                    + 2.0 * f64::from(u8::from(home));
                found.push((
                    score,
                    known(gazetteer, &thing, pack, own, home, (rank, count)),
                ));
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        found.into_iter().map(|(_, meaning)| meaning).collect()
    }

    /// What is written nearly alike.
    fn similar(&self, name: &str) -> Vec<Suggestion> {
        let folded = fold(name);
        let most = match folded.chars().count() {
            ..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let mut found: Vec<(usize, f64, Suggestion)> = Vec::new();
        for language in &self.languages {
            let names = &language.lexicon.names;
            for (form, entries) in names.forms() {
                let form = fold(&form);
                let near = (!folded.is_empty() && form.starts_with(&folded)).then_some(most + 1);
                let edits = distance(&form, &folded);
                let near = if edits <= most { Some(edits) } else { near };
                if let (Some(edits), Some(&number)) = (near, entries.first()) {
                    let meaning = language.meaning(names.entry(number));
                    let suggestion = Suggestion {
                        by: (fold(&meaning.name) != form).then_some(form),
                        name: meaning.name,
                        kind: meaning.kind,
                        pack: meaning.pack,
                    };
                    found.push((edits, f64::NEG_INFINITY, suggestion));
                }
            }
        }
        for (pack, gazetteer) in &self.gazetteers {
            for one in gazetteer.similar(name, SUGGESTIONS) {
                let Some(thing) = gazetteer.thing(one.thing) else {
                    continue;
                };
                let suggestion = Suggestion {
                    by: (fold(&thing.name) != one.name).then_some(one.name),
                    name: thing.name.into_owned(),
                    kind: thing.kind,
                    pack: pack.clone(),
                };
                found.push((one.distance.unwrap_or(most + 1), -thing.weight, suggestion));
            }
        }
        found.sort_by(|one, other| {
            (one.0.cmp(&other.0))
                .then_with(|| one.1.total_cmp(&other.1))
                .then_with(|| one.2.name.cmp(&other.2.name))
        });
        let mut similar: Vec<Suggestion> = Vec::new();
        for (_, _, one) in found {
            if similar.len() < SUGGESTIONS && !similar.contains(&one) {
                similar.push(one);
            }
        }
        similar
    }
}

impl Language {
    fn new(code: &str, packs: &Packs) -> Result<Self, Error> {
        let mut origins: BTreeMap<(Sense, Box<str>), Origin> = BTreeMap::new();
        for pack in packs.lexical.iter().filter(|pack| pack.serves(code)) {
            for (_, file) in pack.files().filter(|(kind, _)| *kind == FileKind::Names) {
                for entry in names::parse(file, code)?.compile().entries() {
                    let key = (entry.sense, entry.id.clone());
                    let over = (origins.get(&key)).map(|other| other.pack.clone());
                    let origin = Origin {
                        pack: pack.manifest.name.clone(),
                        file: file.path.clone(),
                        over: over.filter(|other| *other != pack.manifest.name),
                    };
                    origins.insert(key, origin);
                }
            }
        }
        Ok(Self {
            code: code.to_owned(),
            lexicon: Lexicon::compile(code, &packs.lexical)?,
            origins,
        })
    }

    fn meaning(&self, entry: &Entry) -> Meaning {
        let origin = self.origins.get(&(entry.sense, entry.id.clone()));
        let reason = origin.map_or_else(String::new, |origin| {
            let over = (origin.over.as_ref())
                .map(|other| format!(", over what the pack `{other}` says of it"))
                .unwrap_or_default();
            format!(
                "listed in `{}`{over}; what packs list counts before gazetteers",
                origin.file
            )
        });
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        Meaning {
            name: entry.name.to_string(),
            id: entry.identified.then(|| entry.id.to_string()),
            sense: entry.sense,
            kind: entry.kind,
            class: text(&entry.class),
            country: text(&entry.country),
            sector: text(&entry.sector),
            at: entry.at,
            within: Vec::new(),
            weight: None,
            links: entry.links.clone().into_iter().collect(),
            held: entry.held.clone(),
            languages: vec![self.code.clone()],
            pack: origin.map_or_else(String::new, |origin| origin.pack.clone()),
            reason,
        }
    }
}

fn known(
    gazetteer: &Gazetteer,
    thing: &Thing,
    pack: &str,
    own: bool,
    home: bool,
    (rank, count): (usize, usize),
) -> Meaning {
    let mut within = Vec::new();
    let mut next = thing.within;
    while let Some(outer) = next.and_then(|number| gazetteer.thing(number))
        && within.len() < 4
    {
        within.push(outer.name.clone().into_owned());
        next = outer.within;
    }
    let mut reason = format!("in the gazetteer of `{pack}`");
    if count > 1 {
        let rank = ordinal(rank + 1);
        let _ = write!(reason, ", by weight {rank} of {count} with that name");
    }
    if !own {
        reason.push_str(", which is another name of it");
    }
    if home {
        reason.push_str(", in the country of most reports of the language");
    }
    Meaning {
        name: thing.name.clone().into_owned(),
        id: None,
        sense: Sense::Name,
        kind: thing.kind,
        class: thing.class.as_deref().map(str::to_owned),
        country: thing.country.as_deref().map(str::to_owned),
        sector: thing.sector.as_deref().map(str::to_owned),
        at: thing.at,
        within,
        weight: (thing.weight > 0.0).then_some(thing.weight),
        links: (thing.links.iter())
            .map(|(scheme, value)| (scheme.clone().into_owned(), value.clone().into_owned()))
            .collect(),
        held: Vec::new(),
        languages: Vec::new(),
        pack: pack.to_owned(),
        reason,
    }
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (1, last) if last != 11 => "st",
        (2, last) if last != 12 => "nd",
        (3, last) if last != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
