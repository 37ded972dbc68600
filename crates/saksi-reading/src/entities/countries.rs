//! The country of people and bodies that a description places: "rebels in [Chad]", "thousands of [Iraqi] Kurds", "a newspaper based in [Beirut]".
//!
//! In: a tree and the mentions of its sentence. Out: the one country that the words around a noun tell; none where they tell of two. Whose
//! name has a country of its own keeps it.

use saksi_record::EntityType;
use saksi_syntax::{Deprel, Tree, Upos};

use super::{Entities, SURE};

/// How many nouns down a noun phrase the words that tell are looked for: "[a group] of [students] in [Iran]".
const DEPTH: usize = 3;

impl Entities {
    /// The country that the noun phrase of `head` tells.
    pub(super) fn country_of_phrase(
        &self,
        tree: &Tree,
        sentence: usize,
        head: usize,
    ) -> Option<Box<str>> {
        let mut found = Vec::new();
        self.told_below(tree, sentence, head, DEPTH, &mut found);
        found.sort();
        found.dedup();
        match found.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    fn told_below(
        &self,
        tree: &Tree,
        sentence: usize,
        head: usize,
        depth: usize,
        found: &mut Vec<Box<str>>,
    ) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        for child in tree.children(head) {
            let word = tree.word(child);
            let describes = match word.relation.universal {
                Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Flat => {
                    matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj)
                }
                // "a newspaper [based] in Beirut"
                Deprel::Acl => {
                    let participle = word.features.get("VerbForm") == Some("Part");
                    let relative = word.relation.has_subtype("relcl");
                    participle && !relative && tree.children(child).count() == 1
                }
                Deprel::Obl => tree.word(head).relation.is(Deprel::Acl),
                _ => false,
            };
            if !describes {
                continue;
            }
            match self.located(sentence, child) {
                Some(country) => found.push(country),
                None => self.told_below(tree, sentence, child, depth, found),
            }
        }
    }

    /// The country of the state or place that `word` names.
    fn located(&self, sentence: usize, word: usize) -> Option<Box<str>> {
        let mention = self.mention(self.mention_at(sentence, word)?);
        let entity = self.entity(mention.entity);
        let tells = matches!(entity.kind, EntityType::State | EntityType::Place)
            && entity.link_confidence.unwrap_or(1.0) >= SURE;
        entity.country.clone().filter(|_| tells)
    }
}
