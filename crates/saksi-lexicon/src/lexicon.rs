//! All that the packs of one language and the topics say, compiled.

use std::collections::BTreeMap;

use crate::Error;
use crate::calendar::Calendar;
use crate::confidence::{self, Confidence};
use crate::cues::{self, Cues};
use crate::gazetteer::Gazetteer;
use crate::grammar::{self, Grammar};
use crate::names::{self, NameSet, Names};
use crate::pack::{FileKind, Pack, PackKind};
use crate::triggers::Triggers;

/// What words mean, for reports of one language.
///
/// Each module of a kind of file gives a type for what the file says, a function `parse` that makes it of one
/// [`crate::PackFile`], and a method `merge` that lays a later file's content over it: what has the same key (an
/// entry's `id`, a role's name) is replaced, all else is added. Of `confidence.toml` the last stands.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// ISO 639-1 code of the language.
    pub language: String,
    /// ISO 3166-1 alpha-3 code of the country where most of its reports are from.
    pub home: Option<String>,
    /// Version of each pack that takes part, by name.
    pub versions: BTreeMap<String, String>,
    /// Names, and nouns for the kinds of things that have names.
    pub names: Names,
    /// What is known by name beside them, later packs first.
    pub gazetteers: Vec<Gazetteer>,
    /// Closed-class words.
    pub grammar: Grammar,
    /// Words of calendar time.
    pub calendar: Calendar,
    /// Words of saying.
    pub cues: Cues,
    /// Words that name acts, and what sets how real they are.
    pub triggers: Triggers,
    /// What the evidence for an event is worth, where a pack says so.
    pub confidence: Option<Confidence>,
}

impl Lexicon {
    /// Compiles for `language` (ISO 639-1) those of `packs` that serve it, later ones adding to and overriding earlier ones.
    ///
    /// # Errors
    ///
    /// Where a file is wrong, or no pack is of that language.
    pub fn compile(language: &str, packs: &[Pack]) -> Result<Self, Error> {
        let serving = || packs.iter().filter(|pack| pack.serves(language));
        if !serving().any(|pack| pack.manifest.kind == PackKind::Language) {
            return Err(Error::NoLanguage {
                language: language.into(),
            });
        }
        let mut versions = BTreeMap::new();
        let mut home = None;
        let mut names = NameSet::default();
        let mut grammar = Grammar::default();
        let mut cues = Cues::default();
        let mut confidence = None;
        let mut events = Vec::new();
        let mut calendars = Vec::new();
        let mut gazetteers = Vec::new();
        for pack in serving() {
            versions.insert(pack.manifest.name.clone(), pack.manifest.version.clone());
            home = pack.manifest.home.clone().or(home);
            gazetteers.extend(pack.gazetteers.iter().cloned());
            let compiled = pack.compiled.get(language);
            if let Some(bytes) = compiled {
                names.merge(NameSet::from_bytes(bytes)?);
            }
            for (kind, file) in pack.files() {
                match kind {
                    FileKind::Names if compiled.is_some() => {}
                    FileKind::Names => names.merge(names::parse(file, language)?),
                    FileKind::Grammar => grammar.merge(grammar::parse(file)?),
                    FileKind::Cues => cues.merge(cues::parse(file)?),
                    FileKind::Confidence => confidence = Some(confidence::parse(file)?),
                    FileKind::Events => events.push(file),
                    FileKind::Calendar => calendars.push(file),
                    FileKind::Manifest | FileKind::Text => {}
                }
            }
        }
        gazetteers.reverse();
        Ok(Self {
            language: language.into(),
            home,
            versions,
            names: names.compile(),
            gazetteers,
            grammar,
            calendar: Calendar::compile(&calendars)?,
            cues,
            triggers: Triggers::compile(&events)?,
            confidence,
        })
    }
}
