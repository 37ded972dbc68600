//! A sentence with all that event rules ask of it.

use std::ops::Range;

use saksi_lexicon::grammar::{Grammar, Role as Closed};
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Tree, Upos, Word};

use super::rules::{ClassSet, EventRules};
use super::vocabulary::Sentence;
use crate::entities::Entities;
use crate::propositions::{self, Argument, Proposition, Role};

/// How deep nouns of measure and owners are followed.
const DEPTH: usize = 3;

/// A sentence with all that event rules ask of it.
pub(super) struct View<'a> {
    pub(super) index: usize,
    pub(super) tree: &'a Tree,
    /// Which words tell a time.
    pub(super) timed: &'a [bool],
    pub(super) words: Sentence,
    pub(super) propositions: &'a [Proposition],
    pub(super) entities: &'a Entities,
    pub(super) rules: &'a EventRules,
    pub(super) grammar: &'a Grammar,
}

impl View<'_> {
    pub(super) fn word(&self, index: usize) -> &Word {
        self.tree.word(index)
    }

    pub(super) fn len(&self) -> usize {
        self.tree.words().len()
    }

    pub(super) fn proposition(&self, word: usize) -> Option<&Proposition> {
        propositions::at(self.propositions, word)
    }

    /// The type of the entity that the word heads a mention of.
    pub(super) fn kind(&self, word: usize) -> Option<EntityType> {
        let mention = self.entities.mention_at(self.index, word)?;
        let mention = self.entities.mention(mention);
        (mention.head == word
            || mention.words.contains(&word) && self.word(word).upos == Upos::Propn)
            .then(|| self.entities.entity(mention.entity).kind)
    }

    /// The type of what the word may stand for as well: of a capital the state or the city, whichever it was not read as.
    pub(super) fn other_kind(&self, word: usize) -> Option<EntityType> {
        let mention = self.entities.mention_at(self.index, word)?;
        let other = self.entities.mention(mention).other?;
        Some(self.entities.entity(other).kind)
    }

    /// The country of the entity that the word heads a mention of.
    pub(super) fn country(&self, word: usize) -> Option<&str> {
        let mention = self.entities.mention_at(self.index, word)?;
        let entity = self.entities.entity_of(mention);
        self.entities.entity(entity).country.as_deref()
    }

    /// The classes of the noun phrase that `head` heads: of its entity, its nouns and, behind a noun of measure, of what
    /// is measured ("ton [amunisi]", "types of [missiles]").
    pub(super) fn classes(&self, head: usize) -> ClassSet {
        self.classes_within(head, DEPTH)
    }

    fn classes_within(&self, head: usize, depth: usize) -> ClassSet {
        let classes = &self.rules.classes;
        let mut set = classes.of_noun(&self.words, head);
        if let Some(kind) = self.kind(head) {
            set = set.union(classes.of_kind(kind));
            if let Some(kind) = self.other_kind(head) {
                set = set.union(classes.of_kind(kind));
            }
        } else if self.word(head).upos == Upos::Pron
            || self.word(head).upos == Upos::Propn
                && self.word(head).form.starts_with(char::is_uppercase)
        {
            set = set.union(classes.named("party"));
        }
        // "the first 12 of 48 rocket launchers"
        let counts = self.word(head).upos == Upos::Num || set.meets(classes.named("measure"));
        if counts && depth > 0 {
            for child in self.tree.children(head) {
                if matches!(
                    self.word(child).relation.universal,
                    Deprel::Nmod | Deprel::Compound | Deprel::Flat | Deprel::Amod
                ) {
                    set = set.union(self.classes_within(child, depth - 1));
                }
            }
        }
        if let Some(apposition) = propositions::apposition(self.tree, head)
            && depth > 0
        {
            set = set.union(self.classes_within(apposition, depth - 1));
        }
        set
    }

    pub(super) fn is(&self, head: usize, class: &str) -> bool {
        self.classes(head).meets(self.rules.classes.named(class))
    }

    /// Whether `head` stands for someone who acts or is acted upon.
    pub(super) fn is_party(&self, head: usize) -> bool {
        let classes = &self.rules.classes;
        let parties = classes.named("party").union(classes.named("people"));
        self.classes(head)
            .meets(parties.union(classes.named("troops")))
    }

    /// The preposition of `head`, in lower case.
    pub(super) fn preposition(&self, head: usize) -> Option<String> {
        self.tree
            .children(head)
            .find(|&child| {
                child < head
                    && matches!(
                        self.word(child).relation.universal,
                        Deprel::Case | Deprel::Mark
                    )
            })
            .map(|case| self.word(case).form.to_lowercase())
    }

    /// The party that the noun phrase of `head` belongs to: "sikap [Rusia]", "[Russia]'s position", "the position of [Russia]".
    pub(super) fn owner(&self, head: usize) -> Option<usize> {
        self.owner_within(head, DEPTH)
    }

    fn owner_within(&self, head: usize, depth: usize) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let mut dependents: Vec<usize> = self
            .tree
            .children(head)
            .filter(|&child| {
                matches!(
                    self.word(child).relation.universal,
                    Deprel::Nmod
                        | Deprel::Compound
                        | Deprel::Amod
                        | Deprel::Flat
                        | Deprel::Det
                        | Deprel::Obl
                ) && !matches!(self.word(child).upos, Upos::Num | Upos::Punct)
            })
            .collect();
        dependents.sort_by_key(|&child| self.preposition(child).is_some());
        dependents
            .iter()
            .copied()
            .find(|&child| self.is_owner(child))
            .or_else(|| {
                dependents
                    .iter()
                    .find_map(|&child| self.owner_within(child, depth))
            })
            .or_else(|| {
                // "serangan yang dilakukan [Israel]", "the attack carried out by [Israel]"
                self.tree.children_by(head, Deprel::Acl).find_map(|clause| {
                    let proposition = self.proposition(clause)?;
                    let doer = proposition.first(Role::Subject)?;
                    (doer.head != head && self.is_party(doer.head)).then_some(doer.head)
                })
            })
    }

    fn is_owner(&self, child: usize) -> bool {
        let party = self.is_party(child) || self.kind(child) == Some(EntityType::Place);
        let marked = self.preposition(child);
        party
            && match marked.as_deref() {
                None => true,
                // Prepositions of origin and ownership are the propositions' business: what they call an owner is one.
                Some(_) => self.tree.head(child).is_some_and(|head| {
                    self.proposition(head).is_some_and(|act| {
                        act.arguments.iter().any(|argument| {
                            argument.head == child && argument.role != Role::Oblique
                        })
                    })
                }),
            }
    }

    /// The proposition of which `word` is an argument, with the argument; verbs before acts.
    pub(super) fn argument_of(&self, word: usize) -> Option<(&Proposition, &Argument)> {
        self.propositions
            .iter()
            .filter(|proposition| proposition.predicate != word)
            .filter_map(|proposition| {
                let argument = proposition
                    .arguments
                    .iter()
                    .find(|argument| argument.head == word && argument.role != Role::Complement)?;
                Some((proposition, argument))
            })
            .min_by_key(|(proposition, argument)| {
                let own = self.tree.head(word) != Some(proposition.predicate);
                (own, proposition.kind, argument.role)
            })
    }

    /// Whether the word is part of a phrase of the list.
    pub(super) fn is_among(&self, word: usize, phrases: &super::rules::Phrases<()>) -> bool {
        phrases.holding(&self.words, word).is_some()
    }

    /// The noun phrase of `head` without the phrases behind it that say when or with whom, from where or where to: they are other
    /// roles ("[suku cadang rudal] kepada Rusia", "[a shipyard] in Gdynia", "[dua kapal] pekan lalu").
    pub(super) fn core(&self, head: usize, taken: &[usize]) -> Range<usize> {
        let mut words = propositions::noun_phrase(self.tree, head);
        let end = (head + 1..words.end).find(|&at| {
            self.timed[at]
                || self.tree.head(at).is_some_and(|noun| {
                    noun > at
                        && noun < words.end
                        && matches!(
                            self.word(at).relation.universal,
                            Deprel::Case | Deprel::Mark
                        )
                        && (taken.contains(&noun)
                            || self.timed[noun]
                            || self.leads_away(at) && self.is_someone_or_somewhere(noun))
                })
        });
        if let Some(end) = end {
            words.end = end;
            // "pada [Sabtu]": the preposition goes with its noun.
            while words.end > head + 1
                && matches!(
                    self.word(words.end - 1).upos,
                    Upos::Adp | Upos::Punct | Upos::Cconj | Upos::Sconj
                )
            {
                words.end -= 1;
            }
        }
        words
    }

    /// Whether the preposition tells a place, a direction, an origin or a company.
    fn leads_away(&self, marker: usize) -> bool {
        let form = self.word(marker).form.to_lowercase();
        let roles = self.grammar.roles(&form);
        [
            Closed::Location,
            Closed::Direction,
            Closed::Recipient,
            Closed::Source,
            Closed::Comitative,
            Closed::Against,
        ]
        .iter()
        .any(|&role| roles.has(role))
    }

    fn is_someone_or_somewhere(&self, noun: usize) -> bool {
        self.is_party(noun)
            || matches!(
                self.kind(noun),
                Some(EntityType::Place | EntityType::Facility)
            )
    }

    /// The words that what stands at `word` is part of, from the nearest on: the nouns that it hangs from, up to the first verb.
    pub(super) fn hosts(&self, word: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = word;
        while let Some(above) = self.tree.head(at) {
            found.push(above);
            let word = self.word(above);
            let inside = matches!(
                word.relation.universal,
                Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Obl
                    | Deprel::Nmod
                    | Deprel::Appos
                    | Deprel::Flat
                    | Deprel::Compound
                    | Deprel::Nummod
            );
            if word.upos == Upos::Verb || !inside {
                break;
            }
            at = above;
        }
        found
    }

    /// Whether the preposition says where.
    pub(super) fn locates(&self, marker: usize) -> bool {
        let form = self.word(marker).form.to_lowercase();
        self.grammar.has(Closed::Location, &form)
    }

    /// Whether `below` hangs somewhere below `above`.
    pub(super) fn is_below(&self, below: usize, above: usize) -> bool {
        self.tree.ancestors(below).any(|ancestor| ancestor == above)
    }
}
