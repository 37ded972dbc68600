//! What one sentence says of entities, before the mentions of a report are brought together.

use std::ops::Range;

use saksi_lexicon::Lexicon;
use saksi_lexicon::calendar::Meaning;
use saksi_lexicon::gazetteer::{Gazetteer, fold};
use saksi_lexicon::grammar::Role;
use saksi_lexicon::names::{Entry, Match, Sense};
use saksi_record::{EntityType, MentionKind};
use saksi_syntax::{Deprel, Name, NameKind, Tree, Upos};
use saksi_text::Span;

use super::government::Reading;

/// The most words of a place's name.
const LONGEST_PLACE: usize = 5;

/// A mention whose entity is not known yet.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) words: Range<usize>,
    pub(super) span: Span,
    pub(super) kind: MentionKind,
    /// What the words say it is.
    pub(super) is: Identity,
    /// What it is, as far as the words tell.
    pub(super) entity_type: Option<EntityType>,
    pub(super) country: Option<Box<str>>,
    pub(super) sector: Option<Box<str>>,
    pub(super) class: Option<Box<str>>,
    /// The office that it describes the holder of, and the organisation or country that the office is of.
    pub(super) office: Option<(Box<str>, Box<str>)>,
    /// Number of an earlier draft of the same report that is of the same entity ("Menteri Pertahanan Rusia, [Sergei Shoigu]").
    pub(super) same_as: Option<usize>,
    /// Of several people or things.
    pub(super) plural: bool,
    /// The noun that describes it.
    pub(super) noun: Option<Box<str>>,
    /// How it points back, if it does ("fasilitas tersebut").
    pub(super) pointing: Option<Pointing>,
    /// Whether only a capital at the start of a sentence says that it is a name.
    pub(super) doubtful: bool,
    /// Whether it is one not named before ("sebuah pabrik", "pabrik lain").
    pub(super) new: bool,
    /// Number of the draft in whose name it stands.
    pub(super) inside: Option<usize>,
}

/// How the words tell which entity is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identity {
    /// Number of an entry of the packs.
    Entry(u32),
    /// The state with that code, by its government, a seat of it, or an adjective.
    State(Box<str>),
    /// A capital: number of its entry, and what the sentence takes it for.
    Capital { entry: u32, reading: Reading },
    /// A name that the packs don't know, with what speaks for each kind of thing.
    Unknown { name: String, evidence: Evidence },
    /// A description; the key is what two mentions of the same share.
    Description(String),
}

/// How a description points back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pointing {
    /// "fasilitas tersebut", "this agency".
    Demonstrative,
    /// "the agency".
    Article,
}

/// What speaks for a name being of a person, an organisation, a place; and what a noun before it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    pub(super) person: u8,
    pub(super) organization: u8,
    pub(super) place: u8,
    pub(super) told: Option<EntityType>,
}

/// A sentence with its matches, and the questions that rules ask of it.
pub(super) struct Scene<'a> {
    pub(super) index: usize,
    pub(super) tree: &'a Tree,
    /// What the finder of names takes for names.
    pub(super) names: &'a [Name],
    pub(super) text: &'a str,
    pub(super) lexicon: &'a Lexicon,
    /// The words in lower case.
    pub(super) lower: Vec<String>,
    pub(super) matches: Vec<Match>,
    /// For each word, the number of the first match that it is in.
    pub(super) match_of: Vec<Option<usize>>,
    /// Names of several words that a gazetteer has for a place, and such as an acronym or the finder of names tells to be one though
    /// the packs know words in them.
    pub(super) places: Vec<Range<usize>>,
    /// What the packs know within `places`.
    pub(super) within: Vec<Match>,
    /// Which words tell a time.
    pub(super) timed: &'a [bool],
    /// Whether most words are capitalised, so that a capital says nothing.
    headline: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        index: usize,
        tree: &'a Tree,
        names: &'a [Name],
        timed: &'a [bool],
        text: &'a str,
        lexicon: &'a Lexicon,
    ) -> Self {
        let forms: Vec<&str> = tree.words().iter().map(|word| &*word.form).collect();
        let lemmas: Vec<&str> = tree.words().iter().map(|word| &*word.lemma).collect();
        let lemmas = (!lexicon.grammar.lemmas_are_roots).then_some(&*lemmas);
        let mut scene = Self {
            index,
            tree,
            names,
            text,
            lexicon,
            lower: forms.iter().map(|form| form.to_lowercase()).collect(),
            matches: Vec::new(),
            match_of: vec![None; forms.len()],
            places: Vec::new(),
            within: Vec::new(),
            timed,
            headline: false,
        };
        let long = |form: &&&str| form.chars().count() > 3 && form.chars().all(char::is_alphabetic);
        let (capitals, all) = (forms.iter().filter(long)).fold((0, 0), |(capitals, all), form| {
            (capitals + usize::from(capital(form)), all + 1)
        });
        scene.headline = all > 3 && capitals * 10 > all * 7;
        let mut matches = lexicon.names.find(&forms, lemmas);
        matches.retain(|found| scene.believable(found));
        scene.places = scene.find_places(&matches);
        let learned = names.iter().filter(|name| scene.is_whole(name, &matches));
        let wholes: Vec<_> = (0..forms.len())
            .filter_map(|at| scene.before_acronym(at))
            .chain(learned.map(|name| name.words.clone()))
            .collect();
        for whole in wholes {
            let known = matches.iter().any(|found| found.words == whole);
            let meets = |other: &Range<usize>| other.start < whole.end && whole.start < other.end;
            if !known && !scene.places.iter().any(meets) {
                scene.places.push(whole);
            }
        }
        for found in matches {
            let place = |place: &Range<usize>| {
                place.start <= found.words.start && found.words.end <= place.end
            };
            if scene.places.iter().any(place) {
                scene.within.push(found);
                continue;
            }
            for at in found.words.clone() {
                scene.match_of[at].get_or_insert(scene.matches.len());
            }
            scene.matches.push(found);
        }
        scene
    }

    /// The name of several words whose capitals are the acronym in the bracket that opens at `bracket`: "\[Maritime Security Centre for East Africa\]
    /// (MSCEA)".
    fn before_acronym(&self, bracket: usize) -> Option<Range<usize>> {
        let words = self.tree.words();
        let acronym = &words.get(bracket + 1)?.form;
        let closed = words
            .get(bracket + 2)
            .is_some_and(|word| &*word.form == ")");
        let capitals = acronym.chars().count() > 2 && acronym.chars().all(char::is_uppercase);
        if &*words[bracket].form != "(" || !closed || !capitals {
            return None;
        }
        let mut letters = acronym.chars().rev().peekable();
        let mut start = bracket;
        while letters.peek().is_some() {
            start = start.checked_sub(1)?;
            let form = &words[start].form;
            if capital(form) {
                letters.next_if(|&letter| form.starts_with(letter))?;
            } else if words[start].upos == Upos::Punct && &**form != "-" || start + 1 == bracket {
                return None;
            }
        }
        (start + 1 < bracket).then_some(start..bracket)
    }

    /// Whether an acronym in brackets follows that `words` are the name for.
    pub(super) fn has_acronym(&self, words: &Range<usize>) -> bool {
        self.before_acronym(words.end)
            .is_some_and(|name| name == *words)
    }

    /// Whether `name` is one thing's though the packs know words in it: "[Sofia] Marchetti", "Institute for [Arms] Transparency",
    /// "[Universitas] [Indonesia]". An organ of a state is described by its words ("Russian Defence Ministry").
    fn is_whole(&self, name: &Name, matches: &[Match]) -> bool {
        let overlaps = |found: &&Match| {
            found.words.start < name.words.end && name.words.start < found.words.end
        };
        let inside: Vec<_> = matches.iter().filter(overlaps).collect();
        let strictly = inside.iter().all(|found| {
            name.words.start <= found.words.start
                && found.words.end <= name.words.end
                && found.words.len() < name.words.len()
        });
        let is_place = |entry: &Entry| {
            matches!(entry.sense, Sense::Name | Sense::Capital)
                && matches!(entry.kind, EntityType::Place | EntityType::State)
        };
        let organ = |entry: &Entry| {
            let sectors = ["GOV", "MIL", "COP", "SPY", "LEG", "JUD"];
            entry.government || (entry.sector.as_deref()).is_some_and(|one| sectors.contains(&one))
        };
        if inside.is_empty() || !strictly {
            return false;
        }
        match name.kind {
            NameKind::Person => {
                // "Presiden [Indonesia Joko Widodo]" is not cut right.
                let office = matches
                    .iter()
                    .any(|found| found.words.end == name.words.start);
                !office && inside.iter().all(|found| is_place(self.entry(found)))
            }
            NameKind::Organization => {
                let known = |at: usize| inside.iter().any(|found| found.words.contains(&at));
                let more =
                    (name.words.clone()).any(|at| !known(at) && capital(&self.tree.word(at).form));
                let noun = |found: &&Match| {
                    let entry = self.entry(found);
                    entry.sense == Sense::Noun && entry.kind == EntityType::Organization
                };
                let all = inside.iter().all(|found| {
                    let entry = self.entry(found);
                    is_place(entry)
                        || entry.sense == Sense::Noun
                            && entry.kind != EntityType::Person
                            && !organ(entry)
                });
                all && (more || inside.first().is_some_and(noun))
                    && capital(&self.tree.word(name.words.start).form)
            }
            NameKind::Place => false,
        }
    }

    /// The longest names of two to five words that a gazetteer has for a place, where no pack knows more: "West Virginia", though the
    /// packs have "Virginia"; "Prince Edward Island".
    fn find_places(&self, matches: &[Match]) -> Vec<Range<usize>> {
        let words = self.tree.words();
        let is_capital = |at: usize| capital(&words[at].form) && !self.timed[at];
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if !is_capital(at) {
                at += 1;
                continue;
            }
            let longest = (at + 2..=words.len().min(at + LONGEST_PLACE))
                .rev()
                .find(|&end| {
                    let inside = |at: usize| is_capital(at) || self.is_joint(at);
                    is_capital(end - 1)
                        && (at..end).all(inside)
                        && self.may_be_place(&(at..end), matches)
                        && self.known_place(&(at..end)) > 0
                });
            match longest {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether what the packs know around `words` lets them be one name of a place.
    fn may_be_place(&self, words: &Range<usize>, matches: &[Match]) -> bool {
        matches.iter().all(|found| {
            let entry = self.entry(found);
            if found.words.start == words.end {
                // "South West England" is no place called South West.
                return !matches!(entry.kind, EntityType::State | EntityType::Place);
            }
            let apart = found.words.end <= words.start || words.end < found.words.start;
            let inside = words.start <= found.words.start
                && found.words.end <= words.end
                && found.words.len() < words.len();
            // "Kota Bandung": a noun and a name.
            let noun = found.words.start == words.start
                && matches!(entry.sense, Sense::Noun | Sense::Title | Sense::Office)
                && !matches!(entry.kind, EntityType::Person | EntityType::Group);
            apart || inside && !noun
        })
    }

    /// Whether the word at `at` may join those of a place's name: "of", "el", a hyphen.
    fn is_joint(&self, at: usize) -> bool {
        let form = &*self.tree.word(at).form;
        form == "-" || form.chars().count() < 4 && form.chars().all(char::is_lowercase)
    }

    /// How well a gazetteer knows a place by the name `words` (of one word: by its own name, and no small town, since those have the names of
    /// everything): 0 not at all, 1 as one of many small ones, 2 and 4 as a larger one.
    pub(super) fn known_place(&self, words: &Range<usize>) -> u8 {
        let name = self.span(words).of(self.text);
        let known = |gazetteer: &Gazetteer| {
            let number = *gazetteer.find(name).first()?;
            let thing = gazetteer
                .thing(number)
                .filter(|thing| thing.kind == EntityType::Place)?;
            let region = thing.class.as_deref().is_some_and(|class| class != "town");
            let small = thing.weight < 20_000.0 || fold(&thing.name) != fold(name);
            if words.len() == 1 && small && !region {
                return None;
            }
            Some(match thing.weight {
                weight if weight >= 200_000.0 => 4,
                weight if weight >= 20_000.0 || region => 2,
                _ => 1,
            })
        };
        self.lexicon
            .gazetteers
            .iter()
            .filter_map(known)
            .max()
            .unwrap_or_default()
    }

    /// The place of [`Scene::places`] that `at` is in.
    pub(super) fn place_at(&self, at: usize) -> Option<&Range<usize>> {
        self.places.iter().find(|place| place.contains(&at))
    }

    /// The entry that `found` stands for.
    pub(super) fn entry(&self, found: &Match) -> &'a Entry {
        self.lexicon.names.entry(found.entries[0])
    }

    /// Whether the tags let the words be a name or noun: "Antara" may be a preposition, "public" an adjective.
    fn believable(&self, found: &Match) -> bool {
        let head = self.tree.word(self.head_of(&found.words));
        let closed = matches!(
            head.upos,
            Upos::Adp | Upos::Det | Upos::Pron | Upos::Cconj | Upos::Sconj | Upos::Aux | Upos::Part
        );
        if found.words.clone().any(|at| self.timed[at]) {
            return false;
        }
        if closed && found.words.len() == 1 {
            let form = &self.tree.word(found.words.start).form;
            return self.entry(found).sense == Sense::Name
                && capital(form)
                && !self.initial(found.words.start);
        }
        match self.entry(found).sense {
            Sense::Noun | Sense::Office | Sense::People | Sense::Title => match head.upos {
                Upos::Noun | Upos::Propn | Upos::X | Upos::Sym => true,
                Upos::Adj | Upos::Adv | Upos::Num => {
                    found.words.len() > 1
                        || matches!(
                            head.relation.universal,
                            Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Conj | Deprel::Root
                        ) && head.upos == Upos::Adj
                            && self
                                .tree
                                .children_by(self.head_of(&found.words), Deprel::Cop)
                                .next()
                                .is_none()
                            && self.lexicon.grammar.lemmas_are_roots
                }
                _ => found.words.len() > 1,
            },
            _ => {
                found.words.len() > 1
                    || !(matches!(head.upos, Upos::Verb | Upos::Adv)
                        && self.initial(found.words.start))
            }
        }
    }

    /// The word of `words` that the others hang from.
    pub(super) fn head_of(&self, words: &Range<usize>) -> usize {
        let mut at = words.start;
        for _ in 0..words.len() {
            match self.tree.head(at) {
                Some(head) if words.contains(&head) => at = head,
                _ => break,
            }
        }
        at
    }

    /// Whether a capital at `at` only tells that a sentence or quotation begins.
    pub(super) fn initial(&self, at: usize) -> bool {
        at == 0 || {
            let before = self.tree.word(at - 1);
            before.upos == Upos::Punct
                && !matches!(&*before.form, "," | "(" | ")" | "-" | ";" | "/")
        }
    }

    /// What the finder of names takes the name for that the word at `at` is in.
    pub(super) fn learned(&self, at: usize) -> Option<NameKind> {
        let name = self.names.iter().find(|name| name.words.contains(&at))?;
        Some(name.kind)
    }

    /// Whether the word at `at` looks like a part of a name that the packs don't know.
    pub(super) fn namelike(&self, at: usize) -> bool {
        let word = self.tree.word(at);
        if !capital(&word.form) || word.upos == Upos::Punct || word.upos == Upos::Num {
            return false;
        }
        let closed = matches!(
            word.upos,
            Upos::Adp
                | Upos::Det
                | Upos::Pron
                | Upos::Cconj
                | Upos::Sconj
                | Upos::Aux
                | Upos::Part
                | Upos::Intj
        );
        let grammar = &self.lexicon.grammar;
        if closed
            || self.is_timed(at)
            || grammar.pronoun(&self.lower[at]).is_some()
            || grammar.has(Role::Currency, &self.lower[at])
        {
            return false;
        }
        // "European diplomats": it describes a noun that is no name.
        let describes = word.upos == Upos::Adj
            && word.relation.is(Deprel::Amod)
            && (word.head).is_some_and(|head| head > at && !capital(&self.tree.word(head).form));
        if describes {
            return false;
        }
        let alone = self.headline || self.initial(at);
        word.upos == Upos::Propn
            || (!alone && matches!(word.upos, Upos::Noun | Upos::X | Upos::Adj | Upos::Verb))
    }

    /// Whether the word at `at` tells a time, or may do so.
    pub(super) fn is_timed(&self, at: usize) -> bool {
        let calendar = |entry: &saksi_lexicon::calendar::Entry| {
            matches!(
                entry.meaning,
                Meaning::Weekday(_) | Meaning::Zone(_) | Meaning::Meridiem(_)
            )
        };
        self.timed[at] || (self.lexicon.calendar.entries(&self.lower[at]).iter()).any(calendar)
    }

    /// The preposition of `at`: its first dependent by `case`.
    pub(super) fn case_of(&self, at: usize) -> Option<usize> {
        self.tree.children_by(at, Deprel::Case).next()
    }

    /// Whether the preposition of `at` has `role`.
    pub(super) fn case_is(&self, at: usize, role: Role) -> bool {
        self.case_of(at)
            .is_some_and(|case| self.lexicon.grammar.has(role, &self.lower[case]))
    }

    /// The letters of `words`, from byte `start` of the first to byte `end` of the last.
    pub(super) fn span(&self, words: &Range<usize>) -> Span {
        let first = self.tree.word(words.start).span;
        let last = self.tree.word(words.end - 1).span;
        first.cover(last)
    }

    /// The letters of a match, which may be part of a word ("AS-Korea Selatan").
    pub(super) fn span_of(&self, found: &Match) -> Span {
        let whole = self.span(&found.words);
        let last = self.tree.word(found.words.end - 1);
        if found.start == 0 && found.end == last.form.len() {
            return whole;
        }
        let tail = last.form.len().saturating_sub(found.end);
        let end = whole.end().saturating_sub(tail);
        Span::new(self.text, whole.start() + found.start..end).unwrap_or(whole)
    }
}

/// Whether `form` begins with a capital.
pub(super) fn capital(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}
