//! What the layout alone can't say: known classes, slots, contexts; and where in the file a problem is.

use toml::Spanned;

use crate::{Error, PackFile};

use super::file::phrase;
use super::{Entry, FOREIGN, Phrase, Slot, SlotRelation, Triggers, entity_type};

/// Contexts of PLOVER 2 and CAMEO's conversion table, and `nuclear`.
const CONTEXTS: &[&str] = &[
    "corruption",
    "crime",
    "culture",
    "cyber",
    "diplomatic",
    "disaster",
    "economic",
    "election",
    "environment",
    "executive",
    "health",
    "humanitarian",
    "intelligence",
    "legal",
    "legislative",
    "migration",
    "military",
    "nuclear",
    "peacekeeping",
    "political",
    "resource",
    "rights",
    "technology",
    "territory",
    "terrorism",
];

/// A file, to tell places in it.
pub(super) struct Place<'a>(pub(super) &'a PackFile);

impl Place<'_> {
    /// The line, from 1, of the byte offset.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.0.position(at).0
    }

    pub(super) fn problem(&self, at: usize, problem: &str, advice: &str) -> Error {
        self.0.error(at..at, problem, advice)
    }

    pub(super) fn contexts(&self, contexts: &Spanned<Vec<String>>) -> Result<(), Error> {
        match contexts
            .as_ref()
            .iter()
            .find(|context| !CONTEXTS.contains(&context.as_str()))
        {
            None => Ok(()),
            Some(unknown) => Err(self.problem(
                contexts.span().start,
                &format!("unknown context `{unknown}`"),
                &format!("take one of {}", CONTEXTS.join(", ")),
            )),
        }
    }

    pub(super) fn phrases(&self, texts: &[Spanned<String>]) -> Result<Vec<Phrase>, Error> {
        let mut phrases: Vec<Phrase> = Vec::with_capacity(texts.len());
        for text in texts {
            let words = phrase(text.as_ref());
            if words.is_empty() {
                return Err(self.problem(text.span().start, "an empty word", "take it out"));
            }
            if phrases.contains(&words) {
                let problem = format!("`{}` is here twice", text.as_ref());
                return Err(self.problem(text.span().start, &problem, "take one out"));
            }
            phrases.push(words);
        }
        Ok(phrases)
    }

    pub(super) fn slots(
        &self,
        texts: &[Spanned<String>],
        triggers: &Triggers,
    ) -> Result<Vec<Slot>, Error> {
        texts
            .iter()
            .map(|text| {
                let at = text.span().start;
                let (relation, class) = match text.as_ref().split_once(':') {
                    Some((relation, class)) => (relation, Some(class)),
                    None => (text.as_ref().as_str(), None),
                };
                if let Some(class) = class {
                    self.class(class, triggers, at)?;
                }
                let relation = match relation {
                    "subject" => SlotRelation::Subject,
                    "object" => SlotRelation::Object,
                    "second-object" => SlotRelation::SecondObject,
                    "object-owner" => SlotRelation::ObjectOwner,
                    "clause-subject" => SlotRelation::ClauseSubject,
                    preposition
                        if !preposition.is_empty()
                            && preposition.chars().all(|c| c.is_lowercase() || c == ' ') =>
                    {
                        SlotRelation::Preposition(preposition.into())
                    }
                    other => {
                        let problem = format!("unknown slot `{other}`");
                        let advice = "write `subject`, `object`, `second-object`, `object-owner`, `clause-subject` or a preposition";
                        return Err(self.problem(at, &problem, advice));
                    }
                };
                Ok(Slot {
                    relation,
                    class: class.map(Box::from),
                })
            })
            .collect()
    }

    pub(super) fn conditions(
        &self,
        entry: &Entry,
        triggers: &Triggers,
        at: usize,
    ) -> Result<(), Error> {
        for class in entry.needs.classes().chain(entry.bars.classes()) {
            self.class(class, triggers, at)?;
        }
        let empty_role = [
            ("actor", &entry.needs.actor, &entry.roles.actor),
            ("recipient", &entry.needs.recipient, &entry.roles.recipient),
            ("object", &entry.needs.object, &entry.roles.object),
            ("place", &entry.needs.place, &entry.roles.place),
        ]
        .into_iter()
        .find(|(_, classes, slots)| !classes.is_empty() && slots.is_empty());
        match empty_role {
            None => Ok(()),
            Some((role, ..)) => {
                let problem = format!("`needs.{role}` can never hold: no slot fills the role");
                Err(self.problem(at, &problem, &format!("add `{role} = [..]`")))
            }
        }
    }

    fn class(&self, class: &str, triggers: &Triggers, at: usize) -> Result<(), Error> {
        if class == FOREIGN || entity_type(class).is_some() || triggers.classes.contains_key(class)
        {
            return Ok(());
        }
        let names: Vec<&str> = triggers.classes.keys().map(AsRef::as_ref).collect();
        let problem = format!("unknown class `{class}`");
        Err(self.problem(at, &problem, &format!("take one of {}", names.join(", "))))
    }
}
