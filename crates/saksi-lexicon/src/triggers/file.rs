//! The layout of the files.

use std::collections::BTreeMap;
use std::sync::Arc;

use saksi_record::{EntityType, EventType, Modality};
use serde::Deserialize;
use toml::Spanned;

use crate::{Error, PackFile};

use super::check::Place;
use super::{Class, Conditions, Entry, Owner, Phrase, Roles, Side, Slot, SlotRelation, Triggers};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    #[serde(rename = "type")]
    kind: EventType,
    contexts: Option<Spanned<Vec<String>>>,
    governs: Option<Modality>,
    when_future: Option<EventType>,
    when_intended: Option<EventType>,
    #[serde(default)]
    trigger: Vec<Spanned<TriggerTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerTable {
    #[serde(default)]
    verbs: Vec<Spanned<String>>,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    obligations: Vec<Spanned<String>>,
    actor: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    recipient: Vec<Spanned<String>>,
    #[serde(default)]
    object: Vec<Spanned<String>>,
    #[serde(default)]
    place: Vec<Spanned<String>>,
    #[serde(default)]
    owner: OwnerName,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default)]
    visit: bool,
    #[serde(default)]
    effect: bool,
    side: Option<SideName>,
    governs: Option<Modality>,
    mode: Option<String>,
    contexts: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    needs: ConditionTable,
    #[serde(default)]
    bars: ConditionTable,
    #[serde(default)]
    not_modifier: Vec<String>,
    confidence: Option<Spanned<f64>>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum OwnerName {
    #[default]
    Subject,
    Object,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum SideName {
    Own,
    Other,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ConditionTable {
    actor: Vec<String>,
    verb_actor: Vec<String>,
    recipient: Vec<String>,
    object: Vec<String>,
    place: Vec<String>,
    any: Vec<String>,
    topic: Vec<String>,
    clause: Vec<EventType>,
    parties: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    #[serde(default)]
    class: BTreeMap<String, Spanned<ClassTable>>,
    #[serde(default)]
    discard: Words,
    #[serde(default)]
    light: Words,
    #[serde(default)]
    taken: Words,
    #[serde(default)]
    numbers: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassTable {
    #[serde(default)]
    kinds: Vec<EntityType>,
    #[serde(default)]
    includes: Vec<Spanned<String>>,
    #[serde(default)]
    nouns: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModalityFile {
    #[serde(default)]
    governs: BTreeMap<Modality, Vec<String>>,
    #[serde(default)]
    beside: BTreeMap<Modality, Vec<String>>,
    purpose: Option<Purpose>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purpose {
    words: Vec<String>,
    modality: Modality,
}

pub(super) fn add_entries(triggers: &mut Triggers, file: &PackFile) -> Result<(), Error> {
    let place = Place(file);
    let content: EventFile = file.read()?;
    if let Some(contexts) = &content.contexts {
        place.contexts(contexts)?;
    }
    let path: Arc<str> = Arc::from(file.path.as_str());
    for table in &content.trigger {
        let at = table.span().start;
        let table = table.as_ref();
        if table.verbs.is_empty() && table.nouns.is_empty() && table.obligations.is_empty() {
            return Err(place.problem(
                at,
                "a trigger without words",
                "give it `verbs`, `nouns` or `obligations`",
            ));
        }
        if let Some(contexts) = &table.contexts {
            place.contexts(contexts)?;
        }
        let confidence = match &table.confidence {
            None => 0.85,
            Some(value) if (0.0..=1.0).contains(value.as_ref()) => *value.as_ref(),
            Some(value) => {
                return Err(place.problem(
                    value.span().start,
                    "a `confidence` that can't be",
                    "write a number from 0 to 1",
                ));
            }
        };
        let entry = Entry {
            kind: content.kind,
            mode: table.mode.as_deref().map(Box::from),
            contexts: (table.contexts.as_ref().or(content.contexts.as_ref()))
                .map(|contexts| boxed(contexts.as_ref()))
                .unwrap_or_default(),
            file: Arc::clone(&path),
            line: place.line(at),
            verbs: place.phrases(&table.verbs)?,
            nouns: place.phrases(&table.nouns)?,
            obligations: place.phrases(&table.obligations)?,
            roles: Roles {
                actor: match &table.actor {
                    Some(slots) => place.slots(slots, triggers)?,
                    None => vec![Slot {
                        relation: SlotRelation::Subject,
                        class: None,
                    }],
                },
                recipient: place.slots(&table.recipient, triggers)?,
                object: place.slots(&table.object, triggers)?,
                place: place.slots(&table.place, triggers)?,
            },
            owner: match table.owner {
                OwnerName::Subject => Owner::Subject,
                OwnerName::Object => Owner::Object,
            },
            reciprocal: table.reciprocal,
            visit: table.visit,
            effect: table.effect,
            side: table.side.map(|side| match side {
                SideName::Own => Side::Own,
                SideName::Other => Side::Other,
            }),
            governs: table.governs.or(content.governs),
            when_future: content.when_future,
            when_intended: content.when_intended,
            needs: conditions(&table.needs),
            bars: conditions(&table.bars),
            not_modifier: plain_phrases(&table.not_modifier),
            confidence,
        };
        place.conditions(&entry, triggers, at)?;
        triggers.entries.push(entry);
    }
    Ok(())
}

pub(super) fn add_classes(triggers: &mut Triggers, file: &PackFile) -> Result<(), Error> {
    let place = Place(file);
    let content: ClassFile = file.read()?;
    for (name, table) in &content.class {
        let mut class = Class::default();
        collect(&place, &content.class, name, table, &mut class, 0)?;
        let known = triggers.classes.entry(name.as_str().into()).or_default();
        known.kinds.extend(class.kinds);
        known.nouns.extend(class.nouns);
    }
    triggers
        .discard
        .extend(plain_phrases(&content.discard.words));
    triggers.light.extend(plain_phrases(&content.light.words));
    triggers.taken.extend(plain_phrases(&content.taken.words));
    let numbers = (content.numbers.iter()).map(|(word, &value)| (word.as_str().into(), value));
    triggers.numbers.extend(numbers);
    Ok(())
}

/// Puts a class and those it includes into `class`.
fn collect(
    place: &Place<'_>,
    all: &BTreeMap<String, Spanned<ClassTable>>,
    name: &str,
    table: &Spanned<ClassTable>,
    class: &mut Class,
    depth: u8,
) -> Result<(), Error> {
    if depth > 8 {
        let problem = format!("the class `{name}` includes itself");
        return Err(place.problem(table.span().start, &problem, "take one `includes` out"));
    }
    let table = table.as_ref();
    class.kinds.extend(&table.kinds);
    class.nouns.extend(plain_phrases(&table.nouns));
    for included in &table.includes {
        let Some(inner) = all.get(included.as_ref()) else {
            let problem = format!("unknown class `{}`", included.as_ref());
            return Err(place.problem(
                included.span().start,
                &problem,
                "name a class of this file",
            ));
        };
        collect(place, all, included.as_ref(), inner, class, depth + 1)?;
    }
    Ok(())
}

pub(super) fn add_modality(triggers: &mut Triggers, file: &PackFile) -> Result<(), Error> {
    let content: ModalityFile = file.read()?;
    let listed = |lists: &BTreeMap<Modality, Vec<String>>| {
        lists
            .iter()
            .flat_map(|(&modality, words)| {
                plain_phrases(words)
                    .into_iter()
                    .map(move |phrase| (phrase, modality))
            })
            .collect::<Vec<_>>()
    };
    triggers.governs.extend(listed(&content.governs));
    triggers.beside.extend(listed(&content.beside));
    if let Some(purpose) = &content.purpose {
        let words = plain_phrases(&purpose.words);
        triggers
            .purpose
            .extend(words.into_iter().map(|phrase| (phrase, purpose.modality)));
    }
    Ok(())
}

fn conditions(table: &ConditionTable) -> Conditions {
    Conditions {
        actor: boxed(&table.actor),
        verb_actor: boxed(&table.verb_actor),
        recipient: boxed(&table.recipient),
        object: boxed(&table.object),
        place: boxed(&table.place),
        any: boxed(&table.any),
        topic: boxed(&table.topic),
        clause: table.clause.clone(),
        parties: table.parties,
    }
}

fn boxed(words: &[String]) -> Vec<Box<str>> {
    words.iter().map(|word| word.as_str().into()).collect()
}

/// The words of `text` in lower case.
pub(super) fn phrase(text: &str) -> Phrase {
    text.split_whitespace()
        .map(|word| word.to_lowercase().into_boxed_str())
        .collect()
}

fn plain_phrases(texts: &[String]) -> Vec<Phrase> {
    texts
        .iter()
        .map(|text| phrase(text))
        .filter(|phrase| !phrase.is_empty())
        .collect()
}
