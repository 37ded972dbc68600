//! Pronouns of the third person whose antecedent is certain.
//!
//! In: the trees, and the mentions of names and descriptions. Out: mentions of the pronouns. What a pronoun may stand for is weighed by
//! salience (Lappin & Leass 1994: subjects before objects, near before far, what is spoken of again before what is not), and one who goes on speaking
//! is the one who spoke last. A pronoun is linked only where the best antecedent is salient and stands out from the second best; what
//! gender, number and kind forbid is none. This module never makes an entity.

use rustc_hash::FxHashMap;
use saksi_lexicon::Lexicon;
use saksi_lexicon::cues::CueKind;
use saksi_lexicon::grammar::{Gender, Number, Pronoun, Role};
use saksi_record::{EntityType, MentionKind};
use saksi_syntax::{Deprel, Parsed, Tree, Upos};

use super::link::Linked;
use super::{Entity, EntityId, Mention};
use crate::statements::quotes::{self, Quote};

/// A mention that pronouns may stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Antecedent {
    /// Whether it is of several.
    pub(super) plural: bool,
}

/// How many sentences before its own a pronoun is looked for in.
const WINDOW: usize = 2;
/// How many for one who goes on speaking.
const SPEECH_WINDOW: usize = 6;

/// How salient an antecedent must be (for the weights see [`weigh`]; they and these were set on the development data that `bench/gold` names).
const LEAST: f32 = 2.0;
/// How salient that of a pronoun must be which stands for things, too.
const LEAST_THING: f32 = 3.0;
/// By how much the best must be above the second best.
const MARGIN: f32 = 1.5;
/// What each further mention adds.
const AGAIN: f32 = 0.3;

/// The mentions of pronouns of the third person, by what `linked` has of names and descriptions.
pub(super) fn resolve(parsed: &Parsed, lexicon: &Lexicon, linked: &Linked) -> Vec<Mention> {
    let quotes: Vec<Quote> = (quotes::find(&parsed.report).into_iter())
        .filter(|quote| quote.is_utterance(&parsed.report.text))
        .collect();
    let mut resolver = Resolver {
        parsed,
        lexicon,
        quotes,
        entities: &linked.entities,
        candidates: Vec::new(),
        genders: FxHashMap::default(),
        found: Vec::new(),
    };
    let mut mentions = linked.mentions.iter().zip(&linked.antecedents).peekable();
    for sentence in 0..parsed.trees.len() {
        while let Some((mention, antecedent)) =
            mentions.next_if(|(mention, _)| mention.sentence == sentence)
        {
            resolver.tell(mention, antecedent.plural);
        }
        resolver.read(sentence);
    }
    resolver.found
}

/// What a mention does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Subject of the sentence's own clause, or of one beside it.
    Subject,
    /// Subject of another clause.
    Inner,
    Object,
    Oblique,
    /// Whose something is.
    Owner,
    /// It only describes a noun, or is one of several.
    Other,
}

#[derive(Debug, Clone)]
struct Candidate {
    sentence: usize,
    head: usize,
    words: std::ops::Range<usize>,
    entity: EntityId,
    plural: bool,
    part: Part,
    /// Whether it is who says something.
    speaks: bool,
    kind: MentionKind,
    /// Number of the quotation that it stands in.
    quote: Option<usize>,
}

struct Resolver<'a> {
    parsed: &'a Parsed,
    lexicon: &'a Lexicon,
    quotes: Vec<Quote>,
    entities: &'a [Entity],
    /// The mentions so far, in the order of sentences.
    candidates: Vec<Candidate>,
    /// The gender of people, as far as titles, nouns and pronouns tell.
    genders: FxHashMap<EntityId, Gender>,
    found: Vec<Mention>,
}

impl Resolver<'_> {
    /// Takes in a name or description.
    fn tell(&mut self, mention: &Mention, plural: bool) {
        let tree = &self.parsed.trees[mention.sentence];
        if self.entities[mention.entity.0 as usize].kind == EntityType::Person {
            // "Mrs [Carter]": a title stands before the name and hangs with it.
            let title = mention.words.start.checked_sub(1).filter(|&at| {
                tree.head(at)
                    .is_some_and(|head| mention.words.contains(&head))
                    || tree.head(mention.head) == Some(at)
            });
            let told = (title.into_iter().chain(mention.words.clone()))
                .find_map(|at| gender_of(self.lexicon, tree, at));
            if let Some(gender) = told {
                self.genders.entry(mention.entity).or_insert(gender);
            }
        }
        if mention.other.is_some() {
            return;
        }
        self.add(mention, plural);
    }

    fn add(&mut self, mention: &Mention, plural: bool) {
        let tree = &self.parsed.trees[mention.sentence];
        let top = top(tree, mention.head);
        self.candidates.push(Candidate {
            sentence: mention.sentence,
            head: mention.head,
            words: mention.words.clone(),
            entity: mention.entity,
            plural,
            part: part(tree, top),
            speaks: speaks(self.lexicon, tree, top),
            kind: mention.kind,
            quote: self.quote_at(mention.sentence, mention.head),
        });
    }

    fn quote_at(&self, sentence: usize, word: usize) -> Option<usize> {
        let at = self.parsed.trees[sentence].word(word).span.start();
        let next = self
            .quotes
            .partition_point(|quote| quote.outer.start() <= at);
        let before = next.checked_sub(1)?;
        (at < self.quotes[before].outer.end()).then_some(before)
    }

    /// Links the pronouns of a sentence.
    fn read(&mut self, sentence: usize) {
        let tree = &self.parsed.trees[sentence];
        for (at, word) in tree.words().iter().enumerate() {
            let pronoun = match word.upos {
                Upos::Pron | Upos::Det => (self.lexicon.grammar).pronoun(&word.form.to_lowercase()),
                _ => None,
            };
            let Some(pronoun) = pronoun.filter(|pronoun| pronoun.person == 3) else {
                continue;
            };
            if anticipates(tree, at) || word.relation.is(Deprel::Expl) {
                continue;
            }
            let Some(entity) = self.antecedent(sentence, at, pronoun) else {
                continue;
            };
            if let Some(gender) = pronoun.gender {
                self.genders.entry(entity).or_insert(gender);
            }
            let mention = Mention {
                entity,
                sentence,
                head: at,
                words: at..at + 1,
                span: word.span,
                kind: MentionKind::Pronoun,
                within: None,
                other: None,
            };
            self.add(&mention, pronoun.number == Some(Number::Plural));
            self.found.push(mention);
        }
    }

    /// What the pronoun at `at` stands for.
    fn antecedent(&self, sentence: usize, at: usize, pronoun: Pronoun) -> Option<EntityId> {
        let tree = &self.parsed.trees[sentence];
        let top = top(tree, at);
        let here = Place {
            sentence,
            at,
            clause: tree.head(top).filter(|_| top == at),
            part: part(tree, top),
            speaks: speaks(self.lexicon, tree, top),
            quote: self.quote_at(sentence, at),
        };
        let window = if here.speaks { SPEECH_WINDOW } else { WINDOW };
        let near: Vec<_> = (self.candidates.iter().rev())
            .take_while(|one| one.sentence + window >= sentence)
            .filter(|one| (one.sentence, one.head) < (sentence, at))
            .collect();
        let barred: Vec<EntityId> = (near.iter())
            .filter(|one| !self.allowed(&here, one))
            .map(|one| one.entity)
            .collect();
        let mut weights: Vec<(EntityId, f32)> = Vec::new();
        for &one in &near {
            let entity = &self.entities[one.entity.0 as usize];
            if !self.agrees(pronoun, one, entity) || barred.contains(&one.entity) {
                continue;
            }
            let weight = weigh(&here, one, pronoun, entity);
            match weights.iter_mut().find(|(known, _)| *known == one.entity) {
                // Told again: as salient as where it is most so, and a little more.
                Some((_, known)) => *known = known.max(weight) + AGAIN,
                None => weights.push((one.entity, weight)),
            }
        }
        weights.sort_by(|one, other| other.1.total_cmp(&one.1));
        let (best, weight) = *weights.first()?;
        let apart = weights
            .get(1)
            .is_none_or(|second| weight - second.1 >= MARGIN);
        let least = if pronoun.human { LEAST } else { LEAST_THING };
        (weight >= least && apart).then_some(best)
    }

    /// Whether `pronoun` can stand for `one`.
    fn agrees(&self, pronoun: Pronoun, one: &Candidate, entity: &Entity) -> bool {
        let person = entity.kind == EntityType::Person;
        if let (Some(known), Some(told)) = (self.genders.get(&one.entity), pronoun.gender)
            && *known != told
        {
            return false;
        }
        match (pronoun.number, pronoun.gender) {
            (_, Some(Gender::Neuter)) => !person && !one.plural && entity.kind != EntityType::Group,
            (Some(Number::Plural), _) => {
                one.plural || matches!(entity.kind, EntityType::Group | EntityType::Organization)
            }
            _ if pronoun.human => person && !one.plural,
            _ => !one.plural,
        }
    }

    /// Whether the grammar lets the pronoun at `here` stand for `one`: not for what it is part of ("[his] brother"), nor for another part of its own
    /// clause ("Hadi met [him]"), nor, in somebody's words, for whoever says them.
    fn allowed(&self, here: &Place, one: &Candidate) -> bool {
        if one.sentence == here.sentence {
            let tree = &self.parsed.trees[here.sentence];
            if one.words.contains(&here.at) {
                return false;
            }
            if here.clause.is_some() && tree.head(top(tree, one.head)) == here.clause {
                return false;
            }
        }
        let utters = one.speaks && one.quote != here.quote && here.quote.is_some();
        !(utters && one.sentence + 1 >= here.sentence)
    }
}

/// Where a pronoun stands.
struct Place {
    sentence: usize,
    at: usize,
    /// The predicate that it is an argument of.
    clause: Option<usize>,
    part: Part,
    speaks: bool,
    quote: Option<usize>,
}

/// How salient `one` is for the pronoun at `here`.
fn weigh(here: &Place, one: &Candidate, pronoun: Pronoun, entity: &Entity) -> f32 {
    let mut weight = match one.part {
        Part::Subject => 3.0,
        Part::Inner => 2.2,
        Part::Owner => 1.4,
        Part::Object => 1.2,
        Part::Oblique => 0.9,
        Part::Other => 0.2,
    };
    let person = entity.kind == EntityType::Person;
    let plural = pronoun.number == Some(Number::Plural);
    let neuter = pronoun.gender == Some(Gender::Neuter);
    let distance = (here.sentence - one.sentence) as f32;
    if here.speaks && one.speaks && !plural && !neuter {
        weight += 2.5 - 0.5 * distance;
    } else {
        weight += 1.0 - 1.4 * distance;
    }
    if one.kind != MentionKind::Nominal {
        weight += 0.6;
    }
    if one.part == here.part {
        weight += 0.5;
    }
    if one.quote.is_some() && one.quote != here.quote {
        weight -= 0.5;
    }
    // "-nya" and "it" stand for all kinds of things that are no mentions; more often for people, and hardly for places.
    if !pronoun.human && !plural && !neuter {
        if person {
            weight += 1.2;
        } else if here.speaks {
            weight -= 4.0;
        }
    }
    if neuter && !pronoun.possessive {
        weight -= 0.8;
    }
    if plural && !one.plural && entity.kind != EntityType::Group {
        weight -= 1.0;
    }
    if matches!(entity.kind, EntityType::Place | EntityType::State) {
        weight -= 0.8;
    }
    weight
}

/// Whether the possessive at `at` stands for what follows: "pentingnya industri", "meningkatnya produksi".
fn anticipates(tree: &Tree, at: usize) -> bool {
    let Some(owned) = tree.head(at).filter(|&head| head + 1 == at) else {
        return false;
    };
    let relation = &tree.word(at).relation;
    if relation.is(Deprel::Nsubj) || relation.is(Deprel::Obj) {
        return false;
    }
    let word = tree.word(owned);
    let noun = matches!(word.upos, Upos::Noun | Upos::Propn);
    !noun
        || tree.children(owned).any(|child| {
            child > at
                && tree.children_by(child, Deprel::Case).next().is_none()
                && matches!(
                    tree.word(child).relation.universal,
                    Deprel::Nmod | Deprel::Compound | Deprel::Obj | Deprel::Flat | Deprel::Nsubj
                )
        })
}

/// The word by which the phrase of the name or noun at `at` hangs in its clause: of "Menteri Pertahanan [Sergei] Shoigu" the office.
fn top(tree: &Tree, at: usize) -> usize {
    let mut at = at;
    for _ in 0..4 {
        let word = tree.word(at);
        match word.relation.universal {
            Deprel::Flat | Deprel::Appos => match tree.head(at) {
                Some(head) => at = head,
                None => break,
            },
            _ => break,
        }
    }
    at
}

/// What the phrase of `top` does in its clause.
fn part(tree: &Tree, top: usize) -> Part {
    let word = tree.word(top);
    match word.relation.universal {
        Deprel::Nsubj => {
            let own = tree.head(top).is_some_and(|head| {
                matches!(
                    tree.word(head).relation.universal,
                    Deprel::Root | Deprel::Conj | Deprel::Parataxis
                )
            });
            if tree.children_by(top, Deprel::Conj).next().is_some() {
                Part::Other
            } else if own {
                Part::Subject
            } else {
                Part::Inner
            }
        }
        Deprel::Obj | Deprel::Iobj => Part::Object,
        Deprel::Obl => Part::Oblique,
        Deprel::Nmod if word.upos != Upos::Adj => Part::Owner,
        Deprel::Root => Part::Inner,
        _ => Part::Other,
    }
}

/// Whether the phrase of `top` is who says something: "[Hadi] mengatakan", "kata [Hadi]", "menurut [Hadi]", "dikatakan [Hadi]".
fn speaks(lexicon: &Lexicon, tree: &Tree, top: usize) -> bool {
    let word = tree.word(top);
    let lower = |at: usize| tree.word(at).form.to_lowercase();
    let according = tree
        .children_by(top, Deprel::Case)
        .any(|case| lexicon.grammar.has(Role::According, &lower(case)));
    if according {
        return true;
    }
    let Some(head) = tree.head(top) else {
        return false;
    };
    let cue = lexicon
        .cues
        .find(&lower(head), &tree.word(head).lemma.to_lowercase())
        .any(|(cue, _)| cue.kind == CueKind::Verb);
    cue && match word.relation.universal {
        Deprel::Nsubj => true,
        Deprel::Nmod => {
            tree.children_by(top, Deprel::Case).next().is_none()
                && top == head + 1
                && tree.word(head).relation.is(Deprel::Parataxis)
        }
        Deprel::Obl | Deprel::Obj => word.relation.has_subtype("agent"),
        _ => false,
    }
}

/// The gender that the word at `at` tells of a person: "Mrs", "spokesman".
fn gender_of(lexicon: &Lexicon, tree: &Tree, at: usize) -> Option<Gender> {
    let lower = tree.word(at).form.to_lowercase();
    let grammar = &lexicon.grammar;
    if grammar.has(Role::Masculine, &lower) {
        Some(Gender::Masculine)
    } else if grammar.has(Role::Feminine, &lower) {
        Some(Gender::Feminine)
    } else {
        None
    }
}
