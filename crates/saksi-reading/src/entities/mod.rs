//! Who and what the report names: mentions, entities, certain coreference.
//!
//! In: a report with its trees, and a lexicon. Out: [`Entities`]: mentions in the order of the text, each of one [`Entity`].
//! Mentions are names from the packs, proper-noun phrases that the packs don't know, phrases headed by a noun for people, groups,
//! organisations, sites and weapons, and pronouns whose antecedent is certain. Later stages may ask for an entity for any
//! other noun phrase with [`Entities::ensure`]. This module never decides who does what.

mod countries;
mod draft;
mod government;
mod link;
mod nested;
mod places;
mod pronouns;
mod scan;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use saksi_lexicon::Lexicon;
use saksi_record::{EntityType, Geo, MentionKind};
use saksi_syntax::Parsed;
use saksi_text::Span;

use crate::propositions::text_span;

/// How sure a place must be for its country to be that of what bears its name.
const SURE: f32 = 0.8;

/// An entity's place in [`Entities::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A mention's place in [`Entities::mentions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// Someone or something that the report names.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// The fullest name or description that the report gives.
    pub name: String,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<Box<str>>,
    /// PLOVER sector code.
    pub sector: Option<Box<str>>,
    /// What kind of its type it is, from the widest to the narrowest (`missile/ballistic`).
    pub class: Option<Box<str>>,
    /// Identifiers elsewhere, by scheme.
    pub links: BTreeMap<String, String>,
    /// Where it is.
    pub geo: Option<Geo>,
    /// How sure `links` and `geo` are; none where there are neither.
    pub link_confidence: Option<f32>,
    /// Its mentions, in the order of the text; empty for the reading of a capital that nobody has asked for.
    pub mentions: Vec<MentionId>,
}

impl Default for Entity {
    /// A group of which nothing is known.
    fn default() -> Self {
        Self {
            kind: EntityType::Group,
            name: String::new(),
            country: None,
            sector: None,
            class: None,
            links: BTreeMap::new(),
            geo: None,
            link_confidence: None,
            mentions: Vec::new(),
        }
    }
}

/// One place where the report speaks of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Whose it is.
    pub entity: EntityId,
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of the head word in the sentence's tree.
    pub head: usize,
    /// All its words.
    pub words: Range<usize>,
    /// Its letters.
    pub span: Span,
    /// By what kind of words.
    pub kind: MentionKind,
    /// The entity in whose name it stands ("\[Boston\] Red Sox"); such a mention is no party or place of an act.
    pub within: Option<EntityId>,
    /// What else the words may stand for: of a capital read as a government the city, of one read as a city the state.
    pub other: Option<EntityId>,
}

/// What a report names.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// The entities, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// The mentions, in the order of the text; those made by [`Entities::ensure`] and of second readings at the end.
    pub mentions: Vec<Mention>,
    /// For each sentence, its mentions that lie in no other's name.
    by_sentence: Vec<Vec<MentionId>>,
}

/// Who and what `parsed` names, by the names and nouns of `lexicon`. `timed` says for each sentence which words tell a time: they
/// name nobody ("[Amerika Serikat] pekan lalu").
/// `published` is the day of the report: the words for an office mean who held it then.
pub fn find(
    parsed: &Parsed,
    timed: &[Vec<bool>],
    published: Option<Date>,
    lexicon: &Lexicon,
) -> Entities {
    let text = &parsed.report.text;
    let mut drafts = Vec::new();
    for (sentence, tree) in parsed.trees.iter().enumerate() {
        let names = parsed.names.get(sentence).map_or(&[][..], Vec::as_slice);
        let scene = draft::Scene::new(sentence, tree, names, &timed[sentence], text, lexicon);
        scan::scan(&scene, &mut drafts);
    }
    let day = published.map(|day| day.to_string());
    let linked = link::link(&drafts, text, day.as_deref(), lexicon);
    let pronouns = pronouns::resolve(parsed, lexicon, &linked);
    let mut mentions = linked.mentions;
    mentions.extend(pronouns);
    mentions.extend(linked.nested);
    mentions.sort_by_key(|mention| {
        let (start, end) = (mention.words.start, mention.words.end);
        (mention.within.is_some(), mention.sentence, start, end)
    });
    let mut entities = Entities::gathered(&linked.entities, mentions);
    places::resolve(&mut entities, parsed, lexicon);
    entities.settle_countries();
    entities.place_people(parsed);
    entities
}

impl Entities {
    /// The entities of `mentions` among `known`, numbered anew in the order in which they are told.
    fn gathered(known: &[Entity], mentions: Vec<Mention>) -> Self {
        let mut numbers = vec![None; known.len()];
        let mut gathered = Self::default();
        let told = mentions.iter().map(|mention| mention.entity);
        let readings = mentions.iter().filter_map(|mention| mention.other);
        for id in told.chain(readings) {
            let number = &mut numbers[id.0 as usize];
            if number.is_none() {
                *number = Some(gathered.create(known[id.0 as usize].clone()));
            }
        }
        for mention in mentions {
            let number = |id: EntityId| numbers[id.0 as usize];
            let Some(entity) = number(mention.entity) else {
                continue;
            };
            gathered.add(Mention {
                entity,
                within: mention.within.and_then(number),
                other: mention.other.and_then(number),
                ..mention
            });
        }
        gathered
    }

    /// Gives organisations and sites of which nothing else tells it the country of the place or state in their names, where it is sure and only one:
    /// "University of \[Helsinki\]".
    fn settle_countries(&mut self) {
        let mut countries: BTreeMap<EntityId, Option<Box<str>>> = BTreeMap::new();
        for mention in &self.mentions {
            let Some(outer) = mention.within else {
                continue;
            };
            let inner = self.entity(mention.entity);
            let sure = inner.link_confidence.unwrap_or(1.0) >= SURE;
            let country = inner.country.clone().filter(|_| sure);
            countries
                .entry(outer)
                .and_modify(|known| {
                    *known = known.take().filter(|known| country.as_ref() == Some(known));
                })
                .or_insert_with(|| country.clone());
        }
        for (id, country) in countries {
            let entity = &mut self.entities[id.0 as usize];
            if matches!(entity.kind, EntityType::Organization | EntityType::Facility) {
                entity.country = entity.country.take().or(country);
            }
        }
    }

    /// Gives people and bodies without a name the country that their first description tells.
    fn place_people(&mut self, parsed: &Parsed) {
        for index in 0..self.entities.len() {
            let entity = &self.entities[index];
            let someone = matches!(
                entity.kind,
                EntityType::Group | EntityType::Organization | EntityType::Person
            );
            let unnamed = (entity.mentions.iter())
                .all(|&mention| self.mention(mention).kind != MentionKind::Name);
            if entity.country.is_some() || !someone || !unnamed {
                continue;
            }
            let country = (entity.mentions.first())
                .map(|&mention| self.mention(mention))
                .and_then(|first| {
                    let tree = parsed.trees.get(first.sentence)?;
                    self.country_of_phrase(tree, first.sentence, first.head)
                });
            self.entities[index].country = country;
        }
    }

    /// The mention at `word` of `sentence`: the one that it is the head of, else the shortest one that it is part of.
    pub fn mention_at(&self, sentence: usize, word: usize) -> Option<MentionId> {
        self.in_sentence(sentence)
            .filter(|&id| self.mention(id).words.contains(&word))
            .min_by_key(|&id| {
                let mention = self.mention(id);
                (mention.head != word, mention.words.len(), id)
            })
    }

    /// The longest mention of `sentence` that `word` is part of.
    pub fn outermost_at(&self, sentence: usize, word: usize) -> Option<MentionId> {
        self.in_sentence(sentence)
            .filter(|&id| self.mention(id).words.contains(&word))
            .min_by_key(|&id| (std::cmp::Reverse(self.mention(id).words.len()), id))
    }

    /// The mentions of `sentence`, in the order they were found.
    pub fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = MentionId> + '_ {
        self.by_sentence
            .get(sentence)
            .into_iter()
            .flatten()
            .copied()
    }

    /// The mention of that number.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.0 as usize]
    }

    /// The entity of that number.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Whose mention it is.
    pub fn entity_of(&self, mention: MentionId) -> EntityId {
        self.mention(mention).entity
    }

    /// The entity of `mention` as one who acts or is acted upon: a capital's state ("ke Moskow" of a transfer).
    pub fn as_party(&mut self, mention: MentionId) -> EntityId {
        self.reading(mention, |kind| kind == EntityType::State)
    }

    /// The entity of `mention` as a place: a capital's city ("di Moskow").
    pub fn as_place(&mut self, mention: MentionId) -> EntityId {
        self.reading(mention, |kind| {
            matches!(kind, EntityType::Place | EntityType::Facility)
        })
    }

    /// The entity of the noun phrase `words` of `head` in `sentence`: that of its mention, or else a new one with a nominal mention.
    pub fn ensure(
        &mut self,
        parsed: &Parsed,
        sentence: usize,
        head: usize,
        words: Range<usize>,
    ) -> Option<EntityId> {
        if let Some(mention) = self
            .in_sentence(sentence)
            .find(|&id| self.mention(id).head == head)
        {
            return Some(self.entity_of(mention));
        }
        let tree = parsed.trees.get(sentence)?;
        let span = text_span(tree, &words)?;
        let entity = self.create(Entity {
            kind: EntityType::Group,
            name: span.of(&parsed.report.text).to_owned(),
            country: self.country_of_phrase(tree, sentence, head),
            ..Entity::default()
        });
        self.add(Mention {
            entity,
            sentence,
            head,
            words,
            span,
            kind: MentionKind::Nominal,
            within: None,
            other: None,
        });
        Some(entity)
    }

    /// The reading of `mention` that `wanted` takes, with a mention of its own; its entity where neither or both are taken.
    fn reading(&mut self, id: MentionId, wanted: impl Fn(EntityType) -> bool) -> EntityId {
        let mention = self.mention(id).clone();
        let Some(other) = mention.other else {
            return mention.entity;
        };
        if wanted(self.entity(mention.entity).kind) || !wanted(self.entity(other).kind) {
            return mention.entity;
        }
        let known = self.entity(other).mentions.iter();
        if !known
            .map(|&id| self.mention(id))
            .any(|one| one.span == mention.span)
        {
            let second = Mention {
                entity: other,
                other: Some(mention.entity),
                ..mention
            };
            self.mentions.push(second);
            let second = MentionId(self.mentions.len() as u32 - 1);
            self.entities[other.0 as usize].mentions.push(second);
        }
        other
    }

    /// Adds `mention`, and it to its entity.
    fn add(&mut self, mention: Mention) -> MentionId {
        let id = MentionId(self.mentions.len() as u32);
        if self.by_sentence.len() <= mention.sentence {
            self.by_sentence.resize_with(mention.sentence + 1, Vec::new);
        }
        if mention.within.is_none() {
            self.by_sentence[mention.sentence].push(id);
        }
        self.entities[mention.entity.0 as usize].mentions.push(id);
        self.mentions.push(mention);
        id
    }

    /// A new entity without mentions.
    fn create(&mut self, entity: Entity) -> EntityId {
        self.entities.push(entity);
        EntityId(self.entities.len() as u32 - 1)
    }
}
