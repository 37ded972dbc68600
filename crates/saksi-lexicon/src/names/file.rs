//! The layout of `names/*.toml`, and its checks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use saksi_record::{EntityType, Geo};
use serde::Deserialize;
use toml::Spanned;

use super::{Draft, Entry, NameSet, Sense, Tenure};
use crate::{Error, PackFile};

type Text<'a> = Spanned<Cow<'a, str>>;
type Words<'a> = BTreeMap<Text<'a>, Vec<Text<'a>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content<'a> {
    as_of: Option<Spanned<Box<str>>>,
    #[serde(borrow, default)]
    state: Vec<State<'a>>,
    #[serde(borrow, default)]
    name: Vec<Named<'a>>,
    #[serde(borrow, default)]
    list: Vec<List<'a>>,
    #[serde(borrow, default)]
    noun: Vec<Noun<'a>>,
    #[serde(borrow, default)]
    office: Vec<Office<'a>>,
    #[serde(borrow, default)]
    title: Vec<Title<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State<'a> {
    #[serde(borrow)]
    code: Text<'a>,
    #[serde(borrow, default)]
    names: Words<'a>,
    #[serde(borrow, default)]
    adjectives: Words<'a>,
    #[serde(borrow, default)]
    peoples: Words<'a>,
    #[serde(borrow, default)]
    capital: Words<'a>,
    #[serde(borrow, default)]
    seats: Words<'a>,
    at: Option<Spanned<[f64; 2]>>,
    #[serde(default)]
    links: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(rename = "type")]
    kind: EntityType,
    #[serde(borrow, default)]
    names: Words<'a>,
    #[serde(borrow)]
    country: Option<Text<'a>>,
    #[serde(borrow)]
    sector: Option<Text<'a>>,
    #[serde(borrow)]
    class: Option<Text<'a>>,
    at: Option<Spanned<[f64; 2]>>,
    #[serde(default)]
    links: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    held: Vec<Held>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    office: Spanned<Box<str>>,
    of: Option<Box<str>>,
    from: Option<Spanned<Box<str>>>,
    to: Option<Spanned<Box<str>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List<'a> {
    #[serde(rename = "type")]
    kind: EntityType,
    #[serde(borrow)]
    names: Words<'a>,
    #[serde(borrow)]
    country: Option<Text<'a>>,
    #[serde(borrow)]
    sector: Option<Text<'a>>,
    #[serde(borrow)]
    class: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun<'a> {
    #[serde(rename = "type")]
    kind: EntityType,
    #[serde(borrow)]
    words: Words<'a>,
    #[serde(borrow)]
    sector: Option<Text<'a>>,
    #[serde(borrow)]
    class: Option<Text<'a>>,
    #[serde(default)]
    government: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    words: Words<'a>,
    #[serde(borrow)]
    sector: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Title<'a> {
    #[serde(borrow)]
    words: Words<'a>,
}

/// Sectors of PLOVER, and of its predecessors where it has none.
pub const SECTORS: &[&str] = &[
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "ENV", "GOV", "HLH", "IGO", "JUD", "LAB",
    "LEG", "MED", "MIL", "NGO", "OPP", "PTY", "REB", "REF", "REL", "SET", "SPY", "UAF",
];

/// The key of words that serve every language.
const ANY: &str = "any";

/// What `file` says in words of `language` (ISO 639-1).
///
/// # Errors
///
/// Where it is wrong: an unknown type, sector or language, a malformed country code, a thing or word that is there twice.
pub fn parse(file: &PackFile, language: &str) -> Result<NameSet, Error> {
    let content: Content = file.read()?;
    let mut reader = Reader {
        file,
        language,
        seen: FxHashMap::default(),
        as_of: None,
        set: NameSet::default(),
    };
    reader.as_of = reader.date(content.as_of)?;
    for state in content.state {
        reader.state(state)?;
    }
    for named in content.name {
        reader.named(named)?;
    }
    for list in content.list {
        let facts = reader.facts(list.country, list.sector, list.class)?;
        for (form, at) in reader.words(list.names)? {
            let forms = form.split('|').map(|one| one.trim().into()).collect();
            reader.add(Sense::Name, list.kind, &facts, forms, None, at)?;
        }
    }
    for noun in content.noun {
        let mut facts = reader.facts(None, noun.sector, noun.class)?;
        facts.government = noun.government;
        for (word, at) in reader.words(noun.words)? {
            reader.add(Sense::Noun, noun.kind, &facts, vec![word], None, at)?;
        }
    }
    for office in content.office {
        let mut facts = reader.facts(None, office.sector, None)?;
        facts.office = office.id.map(|id| reader.key(&id)).transpose()?;
        for (word, at) in reader.words(office.words)? {
            reader.add(
                Sense::Office,
                EntityType::Person,
                &facts,
                vec![word],
                None,
                at,
            )?;
        }
    }
    for title in content.title {
        for (word, at) in reader.words(title.words)? {
            let facts = Facts::default();
            reader.add(
                Sense::Title,
                EntityType::Person,
                &facts,
                vec![word],
                None,
                at,
            )?;
        }
    }
    Ok(reader.set)
}

/// What is known of a thing besides its words.
#[derive(Default)]
struct Facts {
    country: Option<Box<str>>,
    sector: Option<Box<str>>,
    class: Option<Box<str>>,
    identified: bool,
    government: bool,
    office: Option<Box<str>>,
    at: Option<Geo>,
    links: BTreeMap<String, String>,
    held: Vec<Tenure>,
}

struct Reader<'a> {
    file: &'a PackFile,
    language: &'a str,
    /// Where each entry of the file is.
    seen: FxHashMap<(Sense, Box<str>), usize>,
    /// The day up to which the file knows who holds an office.
    as_of: Option<Box<str>>,
    set: NameSet,
}

impl Reader<'_> {
    fn state(&mut self, state: State) -> Result<(), Error> {
        let at = state.code.span().start;
        let facts = Facts {
            country: Some(self.country(state.code)?),
            sector: Some("GOV".into()),
            links: self.links(state.links)?,
            at: state.at.map(|at| self.point(&at)).transpose()?,
            ..Facts::default()
        };
        let parts = [
            (Sense::Name, EntityType::State, state.names),
            (Sense::Adjective, EntityType::State, state.adjectives),
            (Sense::People, EntityType::Group, state.peoples),
            (Sense::Capital, EntityType::Place, state.capital),
            (Sense::Seat, EntityType::Facility, state.seats),
        ];
        for (sense, kind, words) in parts {
            let words = self.words(words)?;
            if words.is_empty() && sense != Sense::Name {
                continue;
            }
            let forms = words.into_iter().map(|(word, _)| word).collect();
            let id = facts.country.clone();
            // A state's own identifiers and middle are not its capital's.
            let own = Facts {
                country: facts.country.clone(),
                sector: facts.sector.clone(),
                ..Facts::default()
            };
            let facts = if kind == EntityType::State {
                &facts
            } else {
                &own
            };
            self.add(sense, kind, facts, forms, id, at)?;
        }
        Ok(())
    }

    fn named(&mut self, named: Named) -> Result<(), Error> {
        let mut facts = self.facts(named.country, named.sector, named.class)?;
        facts.identified = true;
        facts.links = self.links(named.links)?;
        facts.at = named.at.map(|at| self.point(&at)).transpose()?;
        for held in named.held {
            facts.held.push(Tenure {
                office: self.key(&held.office)?,
                of: held.of,
                from: self.date(held.from)?,
                to: self.date(held.to)?,
                as_of: self.as_of.clone(),
            });
        }
        let words = self.words(named.names)?;
        let forms = words.into_iter().map(|(word, _)| word).collect();
        let at = named.id.span().start;
        let id = Some(named.id.into_inner().into());
        self.add(Sense::Name, named.kind, &facts, forms, id, at)
    }

    /// Adds an entry, by its first form where it has no `id` of its own.
    fn add(
        &mut self,
        sense: Sense,
        kind: EntityType,
        facts: &Facts,
        forms: Vec<Box<str>>,
        id: Option<Box<str>>,
        at: usize,
    ) -> Result<(), Error> {
        let name = forms.first().cloned();
        let Some(id) = id.or_else(|| name.clone()) else {
            return Ok(());
        };
        if let Some(&first) = self.seen.get(&(sense, id.clone())) {
            let line = self.file.position(first).0;
            return Err(self.file.error(
                at..at,
                format!("`{id}` is on line {line} already"),
                "keep one of the two",
            ));
        }
        self.seen.insert((sense, id.clone()), at);
        self.set.add(Draft {
            entry: Entry {
                name: name.unwrap_or_else(|| id.clone()),
                identified: facts.identified,
                id,
                sense,
                kind,
                country: facts.country.clone(),
                sector: facts.sector.clone(),
                class: facts.class.clone(),
                government: facts.government,
                office: facts.office.clone(),
                at: facts.at,
                links: facts.links.clone(),
                held: facts.held.clone(),
            },
            forms,
        });
        Ok(())
    }

    /// The words for the language at hand, those of its own first, each with its place in the file.
    fn words(&self, words: Words) -> Result<Vec<(Box<str>, usize)>, Error> {
        let mut found: Vec<(Box<str>, usize)> = Vec::new();
        let mut shared = Vec::new();
        for (language, list) in words {
            let (at, language) = (language.span(), language.into_inner());
            let known =
                language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
            if !known && language != ANY {
                return Err(self.file.error(
                    at,
                    format!("`{language}` is no language"),
                    "take a code of ISO 639-1 (`id`, `en`), or `any` for words of every language",
                ));
            }
            for word in list {
                let at = word.span();
                let word = word.into_inner();
                if word
                    .split('|')
                    .any(|form| !form.contains(char::is_alphanumeric))
                {
                    return Err(self.file.error(
                        at,
                        "a word without letters",
                        "write it or take it out",
                    ));
                }
                if language == self.language {
                    found.push((word.into(), at.start));
                } else if language == ANY {
                    shared.push((word.into(), at.start));
                }
            }
        }
        found.append(&mut shared);
        Ok(found)
    }

    fn facts(
        &self,
        country: Option<Text>,
        sector: Option<Text>,
        class: Option<Text>,
    ) -> Result<Facts, Error> {
        let sector = sector.map(|sector| {
            if SECTORS.contains(&sector.as_ref().as_ref()) {
                return Ok(sector.into_inner().into());
            }
            let message = format!("unknown sector `{}`", sector.as_ref());
            let advice = format!("take one of {}", SECTORS.join(", "));
            Err(self.file.error(sector.span(), message, &advice))
        });
        Ok(Facts {
            country: country.map(|code| self.country(code)).transpose()?,
            sector: sector.transpose()?,
            class: class.map(|class| self.class(class)).transpose()?,
            ..Facts::default()
        })
    }

    /// A key of small letters, digits and hyphens: `defence-minister`.
    fn key<T: AsRef<str>>(&self, key: &Spanned<T>) -> Result<Box<str>, Error> {
        let text = key.as_ref().as_ref();
        if is_key(text) {
            return Ok(text.into());
        }
        let message = format!("`{text}` is no key");
        let advice = "write small letters, digits and hyphens (`defence-minister`)";
        Err(self.file.error(key.span(), message, advice))
    }

    /// Keys from the widest kind to the narrowest, parted by `/`: `missile/ballistic`.
    fn class(&self, class: Text) -> Result<Box<str>, Error> {
        if class.as_ref().split('/').all(is_key) {
            return Ok(class.into_inner().into());
        }
        let message = format!("`{}` is no class", class.as_ref());
        let advice = "write keys from the widest to the narrowest (`missile/ballistic`)";
        Err(self.file.error(class.span(), message, advice))
    }

    /// Degrees north and east.
    fn point(&self, at: &Spanned<[f64; 2]>) -> Result<Geo, Error> {
        let &[latitude, longitude] = at.as_ref();
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
            return Ok(Geo {
                latitude,
                longitude,
            });
        }
        let message = format!("[{latitude}, {longitude}] is nowhere on the globe");
        let advice = "write degrees north (-90 to 90) and degrees east (-180 to 180)";
        Err(self.file.error(at.span(), message, advice))
    }

    fn country(&self, code: Text) -> Result<Box<str>, Error> {
        if code.as_ref().len() == 3 && code.as_ref().bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Ok(code.into_inner().into());
        }
        let message = format!("`{}` is no country code", code.as_ref());
        let advice = "write the three capitals of ISO 3166-1 alpha-3";
        Err(self.file.error(code.span(), message, advice))
    }

    fn links(
        &self,
        links: BTreeMap<String, Spanned<String>>,
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut checked = BTreeMap::new();
        for (scheme, value) in links {
            let digits = value.as_ref().strip_prefix('Q').unwrap_or_default();
            let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if scheme == "wikidata" && !numbered {
                let message = format!("`{}` is no Wikidata item", value.as_ref());
                return Err(self
                    .file
                    .error(value.span(), message, "write `Q` and its number"));
            }
            checked.insert(scheme, value.into_inner());
        }
        Ok(checked)
    }

    fn date(&self, date: Option<Spanned<Box<str>>>) -> Result<Option<Box<str>>, Error> {
        let Some(date) = date else { return Ok(None) };
        let parts: Vec<_> = date.as_ref().split('-').collect();
        let widths = [4, 2, 2];
        let sound = parts.len() <= 3
            && (parts.iter().zip(widths)).all(|(part, width)| {
                part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
            });
        if sound {
            return Ok(Some(date.into_inner()));
        }
        let message = format!("`{}` is no date", date.as_ref());
        Err(self.file.error(
            date.span(),
            message,
            "write `YYYY-MM-DD`, `YYYY-MM` or `YYYY`",
        ))
    }
}

/// Whether `text` is a key: small letters, digits and hyphens.
pub fn is_key(text: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(sound)
}
