//! From the drafts of all sentences to entities: the same name, a short name after the full one, an alias, an apposition, a
//! description told again are one entity; where two could be meant, none is.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lexicon::Lexicon;
use saksi_lexicon::names::Entry;
use saksi_record::{EntityType, MentionKind};

use super::draft::{Draft, Evidence, Identity, Pointing};
use super::government::Reading;
use super::pronouns::Antecedent;
use super::{Entity, EntityId, Mention};

/// What the drafts of a report come to.
pub(super) struct Linked {
    pub(super) entities: Vec<Entity>,
    /// In the order of the drafts.
    pub(super) mentions: Vec<Mention>,
    /// Mentions within the names of others.
    pub(super) nested: Vec<Mention>,
    /// For each mention, what a pronoun must know of it.
    pub(super) antecedents: Vec<Antecedent>,
}

/// The entities of `drafts`, which are in the order of the text, and their mentions in that order.
///
/// `day` (`YYYY-MM-DD`) is the report's: who held an office then is meant by its words.
pub(super) fn link(drafts: &[Draft], text: &str, day: Option<&str>, lexicon: &Lexicon) -> Linked {
    let mut linker = Linker {
        text,
        lexicon,
        entities: Vec::new(),
        known: FxHashMap::default(),
        cities: FxHashMap::default(),
        capitals: FxHashSet::default(),
        states: FxHashMap::default(),
        described: FxHashMap::default(),
        names: FxHashMap::default(),
        full_names: full_names(drafts, text),
        evidence: FxHashMap::default(),
        sure: FxHashSet::default(),
        replaced: FxHashMap::default(),
        recent: Vec::new(),
        holders: FxHashMap::default(),
    };
    linker.gather(drafts);
    let mut of_draft: Vec<Option<EntityId>> = Vec::with_capacity(drafts.len());
    // A name beside the words for an office says who holds it better than the packs.
    let mut named = vec![false; drafts.len()];
    for draft in drafts {
        if let (Some(other), MentionKind::Name) = (draft.same_as, draft.kind) {
            named[other] = true;
            if let Some(office) = drafts[other].same_as {
                named[office] = true;
            }
        }
    }
    for (draft, named) in drafts.iter().zip(named) {
        if draft.inside.is_some() || linker.doubtful(draft) {
            of_draft.push(None);
            continue;
        }
        let apposed = draft.same_as.and_then(|at| of_draft[at]);
        let apposed = apposed.map(|id| linker.resolve(id));
        let holder = if named || draft.plural || draft.new || draft.same_as.is_some() {
            None
        } else {
            linker.holder(draft, day)
        };
        let id = holder.unwrap_or_else(|| linker.entity(draft, apposed));
        let id = linker.resolve(id);
        of_draft.push(Some(id));
        linker.describe(id, draft);
        linker.recent.push(Recent {
            sentence: draft.sentence,
            entity: id,
            noun: draft.noun.clone(),
            name: draft.kind == MentionKind::Name,
            plural: draft.plural,
        });
    }
    let mut mentions = Vec::with_capacity(drafts.len());
    let mut antecedents = Vec::with_capacity(drafts.len());
    for (draft, entity) in drafts.iter().zip(&of_draft) {
        let Some(entity) = *entity else { continue };
        mentions.push(Mention {
            entity: linker.resolve(entity),
            sentence: draft.sentence,
            head: draft.head,
            words: draft.words.clone(),
            span: draft.span,
            kind: draft.kind,
            within: None,
            other: linker.other_reading(draft),
        });
        antecedents.push(Antecedent {
            plural: draft.plural,
        });
    }
    let mut nested = Vec::new();
    for draft in drafts {
        let Some(outer) = draft.inside.and_then(|outer| of_draft[outer]) else {
            continue;
        };
        let outer = linker.resolve(outer);
        let kind = linker.entities[outer.0 as usize].kind;
        if matches!(kind, EntityType::Person | EntityType::State) {
            continue;
        }
        nested.push(Mention {
            entity: linker.inside(draft),
            sentence: draft.sentence,
            head: draft.head,
            words: draft.words.clone(),
            span: draft.span,
            kind: draft.kind,
            within: Some(outer),
            other: None,
        });
    }
    Linked {
        entities: linker.entities,
        mentions,
        nested,
        antecedents,
    }
}

/// A mention that a description may point back to.
struct Recent {
    sentence: usize,
    entity: EntityId,
    /// The noun that it is described by.
    noun: Option<Box<str>>,
    name: bool,
    plural: bool,
}

/// By each word of them, the full names of people that the report tells, as written.
fn full_names(drafts: &[Draft], text: &str) -> FxHashMap<String, Vec<String>> {
    let mut found: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for draft in drafts {
        let name = match &draft.is {
            Identity::Unknown { name, evidence } => {
                let person = evidence.told.unwrap_or(EntityType::Person) == EntityType::Person;
                if !person || evidence.place > evidence.person {
                    continue;
                }
                &**name
            }
            Identity::Entry(_) if draft.entity_type == Some(EntityType::Person) => {
                if draft.kind != MentionKind::Name {
                    continue;
                }
                draft.span.of(text)
            }
            _ => continue,
        };
        let parts: Vec<_> = name.split_whitespace().collect();
        if parts.len() < 2 {
            continue;
        }
        for part in parts {
            let list = found.entry(part.to_lowercase()).or_default();
            let name = name.to_lowercase();
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    found
}

struct Linker<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    entities: Vec<Entity>,
    /// Entities by entry of the packs.
    known: FxHashMap<u32, EntityId>,
    /// Capitals as cities, by entry.
    cities: FxHashMap<u32, EntityId>,
    /// What the report's sentences take capitals for, by entry.
    capitals: FxHashSet<(u32, Reading)>,
    states: FxHashMap<Box<str>, EntityId>,
    described: FxHashMap<String, EntityId>,
    /// Entities by name in lower case.
    names: FxHashMap<String, EntityId>,
    full_names: FxHashMap<String, Vec<String>>,
    /// What all mentions of an unknown name together say about it.
    evidence: FxHashMap<String, Evidence>,
    /// Unknown names that are told once at least where the capital isn't the sentence's.
    sure: FxHashSet<String>,
    /// Descriptions' entities that turned out to be another one.
    replaced: FxHashMap<EntityId, EntityId>,
    recent: Vec<Recent>,
    /// By noun, the named people and organisations that are described by it, each once.
    holders: FxHashMap<Box<str>, Vec<EntityId>>,
}

impl Linker<'_> {
    fn gather(&mut self, drafts: &[Draft]) {
        for draft in drafts.iter().filter(|draft| draft.inside.is_none()) {
            if let Identity::Capital { entry, reading } = draft.is {
                self.capitals.insert((entry, reading));
            }
            if let Identity::Unknown { name, evidence } = &draft.is {
                if !draft.doubtful {
                    self.sure.insert(name.to_lowercase());
                }
                let sum = self.evidence.entry(name.to_lowercase()).or_default();
                sum.person = sum.person.saturating_add(evidence.person);
                sum.organization = sum.organization.saturating_add(evidence.organization);
                sum.place = sum.place.saturating_add(evidence.place);
                sum.told = sum.told.or(evidence.told);
            }
        }
    }

    /// Notes by what nouns named people and organisations are described: "Menteri Pertahanan, Marko Velic", "Universitas Sam Ratulangi".
    fn describe(&mut self, id: EntityId, draft: &Draft) {
        if let Some(noun) = &draft.noun
            && !draft.plural
        {
            let holders = self.holders.entry(noun.clone()).or_default();
            if !holders.contains(&id) {
                holders.push(id);
            }
        }
    }

    /// The one named thing in the report so far that is described by the noun of `draft`.
    fn holder_of(&self, draft: &Draft) -> Option<EntityId> {
        let all = self.holders.get(draft.noun.as_ref()?)?;
        let mut all: Vec<_> = all.iter().map(|&id| self.resolve(id)).collect();
        all.dedup();
        let [one] = all[..] else { return None };
        let entity = &self.entities[one.0 as usize];
        let named = self
            .recent
            .iter()
            .any(|recent| recent.name && self.resolve(recent.entity) == one);
        let abroad =
            entity.country.is_some() && draft.country.is_some() && entity.country != draft.country;
        (named && !abroad).then_some(one)
    }

    /// Whether `draft` is taken for a name by the capital of its sentence alone, and nothing else in the report says that it is one.
    fn doubtful(&self, draft: &Draft) -> bool {
        let Identity::Unknown { name, .. } = &draft.is else {
            return false;
        };
        let lower = name.to_lowercase();
        draft.doubtful && !self.sure.contains(&lower) && !self.full_names.contains_key(&lower)
    }

    /// The entity of `draft`; `apposed` is that of the mention that it stands beside as a second description.
    fn entity(&mut self, draft: &Draft, apposed: Option<EntityId>) -> EntityId {
        let named = match &draft.is {
            Identity::Entry(number) => self.entry(*number, draft),
            Identity::State(code) => self.state(&code.clone()),
            Identity::Capital { entry, reading } => {
                if self.governs(*entry, *reading) {
                    let code = self.lexicon.names.entry(*entry).country.clone();
                    match code {
                        Some(code) => self.state(&code),
                        None => self.city(*entry),
                    }
                } else {
                    self.city(*entry)
                }
            }
            Identity::Unknown { name, .. } => return self.unknown(name, draft, apposed),
            Identity::Description(key) => return self.description(key, draft, apposed),
        };
        if let Some(other) = apposed {
            self.merge(other, named);
        }
        named
    }

    /// The place or state that `draft` names within another name: one that the report speaks of, or else a new one.
    fn inside(&mut self, draft: &Draft) -> EntityId {
        let Identity::Unknown { name, .. } = &draft.is else {
            return self.entity(draft, None);
        };
        let lower = name.to_lowercase();
        if let Some(&id) = self.names.get(&lower) {
            let id = self.resolve(id);
            if self.entities[id.0 as usize].kind == EntityType::Place {
                return id;
            }
        }
        let id = self.create(Entity {
            kind: EntityType::Place,
            name: name.clone(),
            ..Entity::default()
        });
        self.names.insert(lower, id);
        id
    }

    /// The entity of whoever holds the office that `draft` describes, on the day of the report.
    fn holder(&mut self, draft: &Draft, day: Option<&str>) -> Option<EntityId> {
        let (office, of) = draft.office.as_ref()?;
        let number = self.lexicon.names.holder(office, of, day?)?;
        if let Some(&id) = self.known.get(&number) {
            return Some(id);
        }
        let entry = self.lexicon.names.entry(number);
        let id = self.create(Entity {
            kind: entry.kind,
            name: draft.span.of(self.text).to_owned(),
            country: entry.country.clone(),
            sector: entry.sector.clone().or_else(|| draft.sector.clone()),
            links: links(entry),
            link_confidence: Some(HOLDER),
            ..Entity::default()
        });
        self.known.insert(number, id);
        Some(id)
    }

    fn entry(&mut self, number: u32, draft: &Draft) -> EntityId {
        let entry = self.lexicon.names.entry(number);
        if let Some(&id) = self.known.get(&number) {
            let known = &mut self.entities[id.0 as usize];
            if known.link_confidence == Some(HOLDER) {
                // Until now only its office was told.
                entry.name.as_ref().clone_into(&mut known.name);
                known.link_confidence = Some(1.0);
                self.names.entry(entry.name.to_lowercase()).or_insert(id);
            }
            return id;
        }
        let name = if entry.links.is_empty() && entry.kind != EntityType::Person {
            draft.span.of(self.text)
        } else {
            &entry.name
        };
        let links = links(entry);
        let id = self.create(Entity {
            kind: entry.kind,
            name: name.to_owned(),
            country: entry.country.clone().or_else(|| draft.country.clone()),
            sector: entry.sector.clone().or_else(|| draft.sector.clone()),
            class: entry.class.clone(),
            geo: entry.at,
            link_confidence: (entry.at.is_some() || !links.is_empty()).then_some(1.0),
            links,
            ..Entity::default()
        });
        self.known.insert(number, id);
        self.names.insert(entry.name.to_lowercase(), id);
        self.names
            .entry(draft.span.of(self.text).to_lowercase())
            .or_insert(id);
        id
    }

    fn state(&mut self, code: &str) -> EntityId {
        if let Some(&id) = self.states.get(code) {
            return id;
        }
        let entry = self.lexicon.names.state(code);
        let id = self.create(Entity {
            kind: EntityType::State,
            name: entry.map_or_else(|| code.to_owned(), |entry| entry.name.to_string()),
            country: Some(code.into()),
            sector: Some("GOV".into()),
            links: entry.map(|entry| entry.links.clone()).unwrap_or_default(),
            geo: entry.and_then(|entry| entry.at),
            link_confidence: entry
                .is_some_and(|entry| entry.at.is_some() || !entry.links.is_empty())
                .then_some(1.0),
            ..Entity::default()
        });
        self.states.insert(code.into(), id);
        id
    }

    fn city(&mut self, number: u32) -> EntityId {
        if let Some(&id) = self.cities.get(&number) {
            return id;
        }
        let entry = self.lexicon.names.entry(number);
        let id = self.create(Entity {
            kind: EntityType::Place,
            name: entry.name.to_string(),
            country: entry.country.clone(),
            class: Some(CAPITAL.into()),
            ..Entity::default()
        });
        self.cities.insert(number, id);
        id
    }

    /// Whether the capital stands for its government, as `reading` tells of a sentence: where that leaves it open, unless the report speaks of the
    /// city and never of the government by that name.
    fn governs(&self, entry: u32, reading: Reading) -> bool {
        match reading {
            Reading::Government => true,
            Reading::Place => false,
            Reading::Open => {
                let told = |reading| self.capitals.contains(&(entry, reading));
                told(Reading::Government) || !told(Reading::Place)
            }
        }
    }

    /// What else the words of a capital or seat may stand for.
    fn other_reading(&mut self, draft: &Draft) -> Option<EntityId> {
        match &draft.is {
            Identity::Capital { entry, reading } => {
                let code = self.lexicon.names.entry(*entry).country.clone()?;
                Some(if self.governs(*entry, *reading) {
                    self.city(*entry)
                } else {
                    self.state(&code)
                })
            }
            Identity::Entry(number) => {
                let entry = self.lexicon.names.entry(*number);
                let seat = entry.sense == saksi_lexicon::names::Sense::Seat;
                let code = entry.country.clone().filter(|_| seat)?;
                Some(self.state(&code))
            }
            _ => None,
        }
    }

    /// The entity of a name that the packs don't know.
    fn unknown(&mut self, name: &str, draft: &Draft, apposed: Option<EntityId>) -> EntityId {
        let lower = name.to_lowercase();
        let found = self
            .names
            .get(&lower)
            .copied()
            .or_else(|| self.by_short_name(&lower))
            .or_else(|| self.by_initials(name));
        if let Some(id) = found {
            if let Some(other) = apposed {
                self.merge(other, id);
            }
            return id;
        }
        if let Some(id) = apposed {
            let entity = &mut self.entities[id.0 as usize];
            // A name says more than a description, and the longer of two names more than an acronym.
            if !acronym(name) || entity.name.chars().next().is_some_and(char::is_lowercase) {
                name.clone_into(&mut entity.name);
            }
            self.names.insert(lower, id);
            return id;
        }
        if let Some(id) = self.by_full_name(&lower) {
            name.clone_into(&mut self.entities[id.0 as usize].name);
            self.names.insert(lower, id);
            return id;
        }
        let kind = self.kind_of(&lower);
        let id = self.create(Entity {
            kind,
            name: name.to_owned(),
            country: draft.country.clone(),
            sector: draft.sector.clone(),
            ..Entity::default()
        });
        self.names.insert(lower, id);
        id
    }

    /// The person told before whose full name has the words `lower`, if only one has: "Hadi Prasetyo ... [Hadi]".
    fn by_short_name(&mut self, lower: &str) -> Option<EntityId> {
        let full = self.full_name(lower)?;
        self.names.get(full).copied()
    }

    /// The person told before by a part of the full name `lower` alone, as headlines do.
    fn by_full_name(&self, lower: &str) -> Option<EntityId> {
        let parts = lower.split_whitespace();
        let mut told = parts.filter(|part| self.full_name(part) == Some(lower));
        let id = *self.names.get(told.next()?)?;
        (self.entities[id.0 as usize].kind == EntityType::Person).then_some(id)
    }

    /// The one full name that the report tells with the words `lower`, if these may be a person's.
    fn full_name(&self, lower: &str) -> Option<&str> {
        let mut words = lower.split_whitespace();
        let full = self.full_names.get(words.next()?)?;
        let mut having = full.iter().filter(|full| has_words(full, lower));
        let full = having.next()?;
        let evidence = self.evidence.get(lower).copied().unwrap_or_default();
        // The report's own full name says more than what was learned of the word, or that some town has it.
        let person = evidence.place <= evidence.person.saturating_add(FULL_NAME)
            && evidence.told.is_none_or(|kind| kind == EntityType::Person);
        (having.next().is_none() && full != lower && person).then_some(full)
    }

    /// The organisation told before whose capitals are the acronym `name`, if only one is: "Harbour Safety Agency ... [HSA]".
    fn by_initials(&self, name: &str) -> Option<EntityId> {
        if !acronym(name) || name.chars().count() < 3 {
            return None;
        }
        let mut having = (self.entities.iter().enumerate()).filter(|(_, entity)| {
            entity.kind == EntityType::Organization && initials(&entity.name) == name
        });
        let (number, _) = having.next()?;
        let id = EntityId(number as u32);
        having.next().is_none().then(|| self.resolve(id))
    }

    /// What an unknown name is of, by all that the report says about it.
    fn kind_of(&self, lower: &str) -> EntityType {
        let evidence = self.evidence.get(lower).copied().unwrap_or_default();
        if let Some(told) = evidence.told {
            return told;
        }
        if evidence.place > evidence.person && evidence.place >= evidence.organization {
            EntityType::Place
        } else if evidence.organization > evidence.person || evidence.person <= SHAPED {
            EntityType::Organization
        } else {
            EntityType::Person
        }
    }

    /// The entity of a description.
    fn description(&mut self, key: &str, draft: &Draft, apposed: Option<EntityId>) -> EntityId {
        if let Some(id) = apposed {
            self.described.entry(key.to_owned()).or_insert(id);
            self.enrich(id, draft);
            return id;
        }
        if let Some(id) = self.pointed_at(draft) {
            return id;
        }
        if !draft.new
            && let Some(&id) = self.described.get(key)
        {
            return id;
        }
        let id = self.create(Entity {
            kind: draft.entity_type.unwrap_or(EntityType::Group),
            name: draft.span.of(self.text).to_owned(),
            country: draft.country.clone(),
            sector: draft.sector.clone(),
            class: draft.class.clone(),
            ..Entity::default()
        });
        self.described.entry(key.to_owned()).or_insert(id);
        id
    }

    /// Gives the entity what the description tells and it lacks.
    fn enrich(&mut self, id: EntityId, draft: &Draft) {
        let entity = &mut self.entities[id.0 as usize];
        entity.country = entity.country.take().or_else(|| draft.country.clone());
        entity.sector = entity.sector.take().or_else(|| draft.sector.clone());
        entity.class = entity.class.take().or_else(|| draft.class.clone());
    }

    /// Makes `from`, a description's entity, one with `into`: what is known of it and its later mentions go over.
    fn merge(&mut self, from: EntityId, into: EntityId) {
        if from == into {
            return;
        }
        let gone = self.entities[from.0 as usize].clone();
        let stays = &mut self.entities[into.0 as usize];
        stays.country = stays.country.take().or(gone.country);
        stays.sector = stays.sector.take().or(gone.sector);
        stays.class = stays.class.take().or(gone.class);
        self.replaced.insert(from, into);
    }

    /// The entity that `id` turned out to be.
    fn resolve(&self, id: EntityId) -> EntityId {
        let mut at = id;
        for _ in 0..self.replaced.len() {
            match self.replaced.get(&at) {
                Some(&next) => at = next,
                None => break,
            }
        }
        at
    }

    fn create(&mut self, entity: Entity) -> EntityId {
        self.entities.push(entity);
        EntityId(self.entities.len() as u32 - 1)
    }

    /// What a description that points back ("fasilitas tersebut") is of: the one thing told shortly before that has the same noun,
    /// or, where a demonstrative points, the one of the same kind.
    fn pointed_at(&self, draft: &Draft) -> Option<EntityId> {
        let pointing = draft.pointing?;
        let near = |recent: &&Recent| {
            let entity = &self.entities[self.resolve(recent.entity).0 as usize];
            let abroad = entity.country.is_some()
                && draft.country.is_some()
                && entity.country != draft.country;
            recent.sentence + 2 >= draft.sentence && recent.plural == draft.plural && !abroad
        };
        let same_noun = |recent: &&Recent| recent.noun == draft.noun && draft.noun.is_some();
        let mut candidates = self.recent.iter().rev().filter(near).filter(same_noun);
        if let Some(first) = candidates.next() {
            let first = self.resolve(first.entity);
            let unique = candidates.all(|other| self.resolve(other.entity) == first);
            return (unique || pointing == Pointing::Demonstrative).then_some(first);
        }
        if let Some(id) = self.holder_of(draft) {
            return Some(id);
        }
        let house = matches!(
            draft.entity_type,
            Some(EntityType::Organization | EntityType::Group)
        );
        if pointing == Pointing::Article && !house || draft.plural {
            return None;
        }
        let fits = |recent: &&Recent| {
            let entity = &self.entities[self.resolve(recent.entity).0 as usize];
            let same = Some(entity.kind) == draft.entity_type
                || house && matches!(entity.kind, EntityType::Organization | EntityType::Group);
            same && recent.name
                && recent.sentence + 1 >= draft.sentence
                && (house && pointing == Pointing::Demonstrative
                    || entity.sector.is_none()
                    || draft.sector.is_none()
                    || entity.sector == draft.sector)
        };
        let mut candidates = self.recent.iter().rev().filter(fits);
        let first = self.resolve(candidates.next()?.entity);
        candidates
            .all(|other| self.resolve(other.entity) == first)
            .then_some(first)
    }
}

/// What a full name that the report tells says for its parts being the person's.
const FULL_NAME: u8 = 5;

/// The class of a city where a government sits.
const CAPITAL: &str = "town/capital";

/// What the form of names and sentences says for a person, where nothing was learned of the name and no title stands before it: too little.
const SHAPED: u8 = 2;

/// How sure it is that the words for an office mean who the packs say holds it.
const HOLDER: f32 = 0.9;

/// An entry's identifiers elsewhere, and in the packs where it has one of its own.
fn links(entry: &Entry) -> BTreeMap<String, String> {
    let mut links = entry.links.clone();
    if entry.identified {
        links.insert("saksi".to_owned(), entry.id.to_string());
    }
    links
}

/// Whether `full` has the words `part`, in their order and side by side.
fn has_words<'a>(full: &'a str, part: &'a str) -> bool {
    let words = |name: &'a str| name.split_whitespace().collect::<Vec<_>>();
    let (full, part) = (words(full), words(part));
    full.windows(part.len().max(1)).any(|some| some == part)
}

/// The first letters of the capitalised words of `name`.
fn initials(name: &str) -> String {
    let firsts = name
        .split([' ', '-'])
        .filter_map(|word| word.chars().next());
    firsts.filter(|first| first.is_uppercase()).collect()
}

/// Whether `name` is all capitals.
fn acronym(name: &str) -> bool {
    !name.contains(char::is_lowercase)
}
