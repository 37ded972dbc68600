//! From one sentence to the drafts of its mentions.
//!
//! Words that the packs know and words that look like names are gathered into unbroken *runs* ("Menteri Pertahanan Rusia Sergei
//! Shoigu", "pejabat intelijen AS"); a run is read from left to right as offices, nouns, states and names. What
//! the tree says settles how far a description reaches, and whose country it has.

use std::ops::Range;

use saksi_lexicon::grammar::Role;
use saksi_lexicon::names::{Entry, Sense};
use saksi_record::{EntityType, MentionKind};
use saksi_syntax::{Deprel, NameKind, Upos};

use super::draft::{Draft, Evidence, Identity, Pointing, Scene, capital};
use super::government::{self, Reading};
use super::nested;
use crate::propositions::noun_phrase;

/// A stretch of a run.
#[derive(Debug, Clone)]
struct Piece<'a> {
    words: Range<usize>,
    /// Number of the match and its entry; none for words that the packs don't know.
    known: Option<(usize, &'a Entry)>,
}

impl Piece<'_> {
    fn sense(&self) -> Option<Sense> {
        self.known.map(|(_, entry)| entry.sense)
    }

    fn is(&self, sense: Sense) -> bool {
        self.sense() == Some(sense)
    }

    fn kind(&self) -> Option<EntityType> {
        self.known.map(|(_, entry)| entry.kind)
    }

    /// Whether it tells a country: "Rusia", "Russian", "Kremlin".
    fn tells_country(&self) -> bool {
        self.known.is_some_and(|(_, entry)| {
            matches!(entry.sense, Sense::Adjective | Sense::Capital | Sense::Seat)
                || (entry.sense == Sense::Name && entry.kind == EntityType::State)
        })
    }

    /// Whether it names a person, or may do so.
    fn may_be_person(&self) -> bool {
        match self.known {
            None => true,
            Some((_, entry)) => entry.sense == Sense::Name && entry.kind == EntityType::Person,
        }
    }

    /// Whether it is a noun or office.
    fn describes(&self) -> bool {
        matches!(self.sense(), Some(Sense::Noun | Sense::Office))
    }
}

/// Appends the drafts of `scene`, in the order of their words.
pub(super) fn scan(scene: &Scene, drafts: &mut Vec<Draft>) {
    let first = drafts.len();
    let mut at = 0;
    while at < scene.tree.words().len() {
        match run(scene, at) {
            Some(words) => {
                at = words.end;
                let mut reader = Reader {
                    scene,
                    pieces: pieces(scene, words),
                    drafts,
                };
                reader.read();
            }
            None => at += 1,
        }
    }
    beside(scene, drafts, first);
    nested::find(scene, drafts, first);
}

/// The run that begins at `at`.
fn run(scene: &Scene, at: usize) -> Option<Range<usize>> {
    let member = |at: usize| {
        scene.match_of.get(at).is_some_and(Option::is_some)
            || scene.namelike(at)
            || scene.place_at(at).is_some()
    };
    let last = scene.tree.words().len();
    if at >= last || !member(at) {
        return None;
    }
    let mut end = at + 1;
    while end < last {
        let joins = joint(scene, end)
            && end + 1 < last
            && scene.namelike(end + 1)
            && capital(&scene.tree.word(end - 1).form);
        if end < last && member(end) || joins {
            end += 1;
        } else {
            break;
        }
    }
    Some(at..end)
}

/// Whether the word at `at` may stand inside a name: "of", "bin", a hyphen that touches both its neighbours.
fn joint(scene: &Scene, at: usize) -> bool {
    let word = scene.tree.word(at);
    if &*word.form == "-" {
        let before = scene.tree.word(at - 1).span;
        let touches = |next: &saksi_syntax::Word| word.span.end() == next.span.start();
        return before.end() == word.span.start()
            && scene.tree.words().get(at + 1).is_some_and(touches);
    }
    scene
        .lexicon
        .grammar
        .has(Role::NameParticle, &scene.lower[at])
        && !capital(&word.form)
}

/// The pieces of the run `words`.
fn pieces<'a>(scene: &Scene<'a>, words: Range<usize>) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut at = words.start;
    while at < words.end {
        if let Some(place) = scene.place_at(at) {
            found.push(Piece {
                words: place.clone(),
                known: None,
            });
            at = place.end;
        } else if let Some(number) = scene.match_of[at] {
            let mut end = at;
            for (number, one) in scene.matches.iter().enumerate().skip(number) {
                if one.words.start > at {
                    break;
                }
                end = end.max(one.words.end);
                found.push(Piece {
                    words: one.words.clone(),
                    known: Some((number, scene.entry(one))),
                });
            }
            at = end.max(at + 1);
        } else {
            let start = at;
            while at < words.end && scene.match_of[at].is_none() && scene.place_at(at).is_none() {
                at += 1;
            }
            let mut plain = start..at;
            while plain.end > plain.start && !scene.namelike(plain.end - 1) {
                plain.end -= 1;
            }
            while plain.start < plain.end && !scene.namelike(plain.start) {
                plain.start += 1;
            }
            let letters = scene
                .span(&(start..at))
                .of(scene.text)
                .chars()
                .filter(|c| c.is_alphabetic());
            if !plain.is_empty() && letters.count() > 1 {
                let mut start = plain.start;
                for at in plain.start + 1..plain.end {
                    if begins_person(scene, at) {
                        found.push(Piece {
                            words: start..at,
                            known: None,
                        });
                        start = at;
                    }
                }
                found.push(Piece {
                    words: start..plain.end,
                    known: None,
                });
            }
        }
    }
    found
}

/// Whether the name of a person begins at `at`, behind another word: "Gubernur Bank Tani [Burhan Saleh]".
fn begins_person(scene: &Scene, at: usize) -> bool {
    let touches = &*scene.tree.word(at - 1).form == "-";
    (scene.names.iter()).any(|name| name.words.start == at && name.kind == NameKind::Person)
        && !touches
}

struct Reader<'a, 'd> {
    scene: &'d Scene<'a>,
    pieces: Vec<Piece<'a>>,
    drafts: &'d mut Vec<Draft>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.pieces.len() {
            at = match self.pieces[at].sense() {
                None => self.plain(at, Evidence::default()),
                Some(Sense::Title) => self.titled(at),
                Some(Sense::Office) => self.described(at),
                Some(Sense::Noun) => self.noun(at),
                Some(_) => self.name(at),
            };
        }
    }

    /// Whether the pieces `at` and `at + 1` touch.
    fn touches_next(&self, at: usize) -> bool {
        (self.pieces.get(at + 1)).is_some_and(|next| next.words.start == self.pieces[at].words.end)
    }

    /// "Tuan [Hadi]": a title tells that a name is of a person.
    fn titled(&mut self, at: usize) -> usize {
        if !self.touches_next(at) || self.pieces[at + 1].known.is_some() {
            return at + 1;
        }
        let evidence = Evidence {
            person: 4,
            ..Evidence::default()
        };
        self.plain(at + 1, evidence)
    }

    /// A name that the packs don't know, with a noun after it ("Harvard [University]").
    fn plain(&mut self, at: usize, mut evidence: Evidence) -> usize {
        let scene = self.scene;
        let mut words = self.pieces[at].words.clone();
        let mut next = at + 1;
        let mut noun = None;
        let inner = (scene.within.iter()).find(|found| {
            let entry = scene.entry(found);
            words.contains(&found.words.start)
                && entry.sense == Sense::Noun
                && entry.kind == EntityType::Organization
        });
        if let Some(inner) = inner
            && (scene.has_acronym(&words)
                || scene.learned(words.start) == Some(NameKind::Organization))
        {
            evidence.told = Some(EntityType::Organization);
            noun = Some(noun_of(scene, scene.head_of(&inner.words)));
        }
        if self.touches_next(at) && evidence.person == 0 {
            let piece = self.pieces[next].clone();
            let in_name = capital(&scene.tree.word(piece.words.start).form);
            let head = scene.head_of(&piece.words);
            let below =
                scene.head_of(&words) != head && descends(scene, scene.head_of(&words), head);
            if piece.is(Sense::Noun) && in_name && below && piece.kind() != Some(EntityType::Person)
            {
                evidence.told = piece.kind();
                words.end = piece.words.end;
                next += 1;
                noun = Some(noun_of(scene, head));
            } else if piece.tells_country()
                && piece.is(Sense::Name)
                && flat(scene, &piece.words, &words)
            {
                evidence.organization += 2;
                words.end = piece.words.end;
                self.push_name(at + 1);
                next += 1;
            }
        }
        self.unknown(words, None, evidence);
        if let Some(name) = self.drafts.last_mut() {
            name.noun = noun;
        }
        next
    }

    /// Adds the name `words`, which the packs don't know; `whole` where the mention holds a noun before it ("kota Bandung").
    fn unknown(&mut self, words: Range<usize>, whole: Option<Range<usize>>, evidence: Evidence) {
        let scene = self.scene;
        let name = scene.span(&words).of(scene.text).to_owned();
        let doubtful = words.len() == 1
            && scene.initial(words.start)
            && whole.is_none()
            && evidence == Evidence::default()
            && !acronym(&name);
        let whole = whole.unwrap_or(words);
        let head = scene.head_of(&whole);
        let evidence = weigh(scene, head, &name, &whole, evidence);
        let country = (self.pieces.iter())
            .filter(|piece| piece.tells_country())
            .find(|piece| {
                whole.contains(&piece.words.start)
                    || (piece.is(Sense::Adjective) && descends(scene, piece.words.start, head))
            })
            .and_then(|piece| piece.known?.1.country.clone())
            .or_else(|| self.country_within(&whole));
        self.drafts.push(Draft {
            sentence: scene.index,
            head,
            span: scene.span(&whole),
            words: whole,
            kind: MentionKind::Name,
            is: Identity::Unknown { name, evidence },
            entity_type: evidence.told,
            country,
            sector: None,
            class: None,
            office: None,
            same_as: None,
            plural: false,
            noun: None,
            pointing: None,
            doubtful,
            new: false,
            inside: None,
        });
    }

    /// The country that a name in the name `words` of an organisation tells: "Universitas [Indonesia]".
    fn country_within(&self, words: &Range<usize>) -> Option<Box<str>> {
        let scene = self.scene;
        if scene.learned(words.start) != Some(NameKind::Organization) {
            return None;
        }
        (scene.within.iter())
            .filter(|found| words.contains(&found.words.start))
            .map(|found| scene.entry(found))
            .find(|entry| entry.kind == EntityType::State)?
            .country
            .clone()
    }

    /// A name that the packs know.
    fn name(&mut self, at: usize) -> usize {
        self.push_name(at);
        at + 1
    }

    fn push_name(&mut self, at: usize) -> Option<usize> {
        let scene = self.scene;
        let (number, entry) = self.pieces[at].known?;
        let found = &scene.matches[number];
        let head = scene.head_of(&found.words);
        let country = entry.country.clone();
        let mut kind = MentionKind::Name;
        let is = match entry.sense {
            Sense::Adjective => Identity::State(country.clone()?),
            Sense::Seat if government::reading(scene, head, true) != Reading::Place => {
                Identity::State(country.clone()?)
            }
            Sense::Capital => Identity::Capital {
                entry: found.entries[0],
                reading: government::reading(scene, head, false),
            },
            Sense::People => {
                kind = MentionKind::Nominal;
                Identity::Entry(found.entries[0])
            }
            _ if entry.kind == EntityType::State => Identity::State(country.clone()?),
            _ => Identity::Entry(found.entries[0]),
        };
        self.drafts.push(Draft {
            sentence: scene.index,
            head,
            words: found.words.clone(),
            span: scene.span_of(found),
            kind,
            is,
            entity_type: Some(entry.kind),
            country,
            sector: entry.sector.clone(),
            class: entry.class.clone(),
            office: None,
            same_as: None,
            plural: entry.sense == Sense::People,
            noun: None,
            pointing: None,
            doubtful: false,
            new: false,
            inside: None,
        });
        Some(self.drafts.len() - 1)
    }

    /// A noun: part of a name ("Universitas Gadjah Mada"), before one ("kota Bandung"), or a description.
    fn noun(&mut self, at: usize) -> usize {
        let scene = self.scene;
        let piece = self.pieces[at].clone();
        let Some((_, entry)) = piece.known else {
            return at + 1;
        };
        if entry.kind == EntityType::Person || entry.government {
            return self.described(at);
        }
        let proper = capital(&scene.tree.word(piece.words.start).form)
            && (!scene.initial(piece.words.start)
                || scene.tree.word(piece.words.start).upos == Upos::Propn);
        let named = self.touches_next(at)
            && self.pieces[at + 1].known.is_none()
            && !descends(
                scene,
                scene.head_of(&piece.words),
                scene.head_of(&self.pieces[at + 1].words),
            );
        if named {
            let mut words = self.pieces[at + 1].words.clone();
            let whole = piece.words.start..words.end;
            let evidence = Evidence {
                told: Some(entry.kind),
                ..Evidence::default()
            };
            if proper {
                words = whole.clone();
            }
            self.unknown(words, Some(whole), evidence);
            if let Some(name) = self.drafts.last_mut() {
                name.noun = Some(noun_of(scene, scene.head_of(&piece.words)));
            }
            return at + 2;
        }
        self.described(at)
    }

    /// A description by office or noun, with the states and organisations that it names and the person it stands before:
    /// "Menteri Pertahanan Rusia [Sergei Shoigu]", "juru bicara Kementerian Luar Negeri", "pejabat AS".
    fn described(&mut self, at: usize) -> usize {
        let scene = self.scene;
        let piece = self.pieces[at].clone();
        let Some((_, entry)) = piece.known else {
            return at + 1;
        };
        let person = entry.kind == EntityType::Person;
        let head = scene.head_of(&piece.words);
        let mut next = at + 1;
        let mut words = piece.words.clone();
        let mut country = None;
        let mut inner = Vec::new();
        // "US Defense Secretary", "Russian forces"
        if let Some(before) = at.checked_sub(1).map(|at| &self.pieces[at])
            && before.tells_country()
            && before.words.end == words.start
            && (descends(scene, scene.head_of(&before.words), head)
                || beside_office(scene, scene.head_of(&before.words), head))
        {
            words.start = before.words.start;
            country = before.known.and_then(|(_, entry)| entry.country.clone());
        }
        while next < self.pieces.len() && self.pieces[next].words.start == words.end {
            let piece = &self.pieces[next];
            let holder = piece.is(Sense::Name) && piece.kind() == Some(EntityType::Organization);
            let house =
                person && piece.is(Sense::Noun) && piece.kind() == Some(EntityType::Organization);
            let region = person && piece.is(Sense::Name) && piece.kind() == Some(EntityType::Place);
            let mine = scene.head_of(&piece.words);
            if !(piece.tells_country() || holder || house || region)
                || !may_belong(scene, mine, head)
            {
                break;
            }
            if country.is_none() {
                country = piece.known.and_then(|(_, entry)| entry.country.clone());
            }
            words.end = piece.words.end;
            inner.push(next);
            next += 1;
            if piece.tells_country() || region {
                break;
            }
        }
        let house = (person && self.belongs_to_office(next, head, words.end)).then_some(next);
        let mut house_noun = None;
        if let Some(house) = house {
            words.end = self.pieces[house].words.end;
            next += 1;
            // "Peneliti [Universitas Sam Ratulangi]"
            let noun = inner.last().is_some_and(|&last| {
                let noun = &self.pieces[last];
                noun.is(Sense::Noun)
                    && self.touches_next(last)
                    && capital(&scene.tree.word(noun.words.start).form)
            });
            house_noun = if noun { inner.pop() } else { None };
        }
        // "Kapolda Sulut Irjen Pol [Setyo Budiyanto]"
        let mut held = next;
        let mut end = words.end;
        while (self.pieces.get(held))
            .is_some_and(|piece| piece.is(Sense::Title) && piece.words.start == end)
        {
            end = self.pieces[held].words.end;
            held += 1;
        }
        let holder = held < self.pieces.len()
            && person
            && self.pieces[held].words.start == end
            && self.pieces[held].may_be_person()
            && !self.stands_apart(held, head);
        let ranked = (self.pieces.get(next)).is_some_and(|piece| {
            piece.words.start == words.end
                && piece.is(Sense::Office)
                && piece.kind() == Some(EntityType::Person)
        });
        let words = self.reach(head, words, holder || ranked);
        let country = country.or_else(|| self.country_below(head, &words));
        let sector = entry.sector.clone();
        let described = self.push_description(head, &words, entry, country.clone());
        for inner in inner {
            if self.pieces[inner].describes() {
                let piece = self.pieces[inner].clone();
                if let Some((_, entry)) = piece.known {
                    let head = scene.head_of(&piece.words);
                    let words = piece.words.start..words.end.max(piece.words.end);
                    self.push_description(head, &words, entry, country.clone());
                }
            } else {
                self.push_name(inner);
            }
        }
        if let Some(house) = house {
            self.push_house(house, house_noun);
        }
        if holder {
            let before = self.drafts.len();
            let evidence = Evidence {
                person: 4,
                ..Evidence::default()
            };
            let after = if self.pieces[held].known.is_some() {
                self.name(held)
            } else {
                self.plain(held, evidence)
            };
            if let Some(name) = self.drafts.get_mut(before) {
                name.same_as = Some(described);
                name.country = name.country.take().or(country);
                name.sector = name.sector.take().or(sector);
            }
            return after;
        }
        next
    }

    /// Whether the unknown name at `piece`, right behind an office at `office` whose words end at `end`, is not the holder's but of what the office
    /// is of: "Direktur Utama [Perum Pangan Jaya], Wayan Sutrisna", "Direktur [Keuangan]".
    fn belongs_to_office(&self, piece: usize, office: usize, end: usize) -> bool {
        let scene = self.scene;
        let Some(piece) = self.pieces.get(piece) else {
            return false;
        };
        if piece.known.is_some() || piece.words.start != end {
            return false;
        }
        let learned = (scene.names.iter())
            .find(|name| name.words.contains(&piece.words.start) && !name.words.contains(&office));
        // The holder comes right behind it, or behind a comma.
        let end = piece.words.end;
        let comma = (scene.tree.words().get(end)).is_some_and(|word| &*word.form == ",");
        let named = (scene.names.iter()).any(|name| {
            name.words.start == end + usize::from(comma) && name.kind == NameKind::Person
        });
        match learned {
            Some(name) => name.kind != NameKind::Person,
            None if named => true,
            None => {
                let head = scene.head_of(&piece.words);
                scene.tree.word(head).relation.is(Deprel::Nmod)
                    && scene.tree.head(head).is_some_and(|above| above < end)
            }
        }
    }

    /// Adds the name at `piece` of what an office is of, with the noun before it that is part of it.
    fn push_house(&mut self, piece: usize, noun: Option<usize>) {
        let scene = self.scene;
        let mut words = self.pieces[piece].words.clone();
        let mut evidence = Evidence::default();
        match noun {
            Some(noun) => {
                words.start = self.pieces[noun].words.start;
                evidence.told = self.pieces[noun].kind();
            }
            None if words.len() > 1 => evidence.organization = 2,
            None if scene.learned(words.start).is_none() => return,
            None => {}
        }
        self.unknown(words, None, evidence);
        let noun = noun.map(|noun| noun_of(scene, scene.head_of(&self.pieces[noun].words)));
        if let Some(name) = self.drafts.last_mut() {
            name.noun = noun;
        }
    }

    /// Whether the name at `piece` is another participant than the office before it: "mengirim menteri Hadi" doesn't tell,
    /// "presiden Putin bertemu" does; only a subject or object of its own stands apart.
    fn stands_apart(&self, piece: usize, office: usize) -> bool {
        let scene = self.scene;
        let name = scene.head_of(&self.pieces[piece].words);
        let own = |at: usize| {
            matches!(
                scene.tree.word(at).relation.universal,
                Deprel::Nsubj | Deprel::Obj | Deprel::Iobj
            )
        };
        own(name)
            && scene.tree.head(name) != Some(office)
            && own(office)
            && scene.tree.word(name).relation != scene.tree.word(office).relation
    }

    /// How far the description of `head` reaches: its noun phrase without what follows a preposition that is no "of", and
    /// never into the name of the one it describes.
    fn reach(&self, head: usize, core: Range<usize>, holder: bool) -> Range<usize> {
        let scene = self.scene;
        let mut words = noun_phrase(scene.tree, head);
        for child in scene.tree.children(head).filter(|&child| child > head) {
            let Some(case) = scene.case_of(child) else {
                continue;
            };
            if !scene.case_is(child, Role::Possessor) && case >= core.end {
                words.end = words.end.min(case);
            }
        }
        while words.end > core.end && scene.tree.word(words.end - 1).upos == Upos::Punct {
            words.end -= 1;
        }
        // A word before it belongs to it unless it is part of another name: "unit militer [garis depan]".
        let foreign = |at: usize| {
            scene.match_of[at].is_some_and(|number| {
                let other = scene.head_of(&scene.matches[number].words);
                other != head && !descends(scene, other, head)
            })
        };
        let start = (words.start.min(core.start)..core.start)
            .rev()
            .find(|&at| foreign(at))
            .map_or(words.start.min(core.start), |at| at + 1);
        let end = if holder {
            core.end
        } else {
            words.end.max(core.end)
        };
        // Punctuation inside parts: "pejabat, media" is no phrase.
        let parted = |at: usize| {
            let word = scene.tree.word(at);
            scene.timed[at]
                || word.upos == Upos::Punct
                    && matches!(&*word.form, "," | ";" | "(" | ")" | ":" | "“" | "”" | "\"")
        };
        let start = (start..core.start)
            .rev()
            .find(|&at| parted(at))
            .map_or(start, |at| at + 1);
        let end = (core.end..end).find(|&at| parted(at)).unwrap_or(end);
        start..end
    }

    /// The country that a word inside the description tells: "Russia's defence minister", "pejabat senior dari Rusia".
    fn country_below(&self, head: usize, words: &Range<usize>) -> Option<Box<str>> {
        let scene = self.scene;
        (scene.matches.iter())
            .filter(|found| {
                words.contains(&found.words.start)
                    || scene.tree.head(scene.head_of(&found.words)) == Some(head)
            })
            .find_map(|found| {
                let entry = scene.entry(found);
                let tells = matches!(entry.sense, Sense::Adjective | Sense::Seat)
                    || (entry.sense == Sense::Name
                        && matches!(entry.kind, EntityType::State | EntityType::Organization));
                let at = scene.head_of(&found.words);
                let owned = scene.case_of(at).is_none()
                    || scene.case_is(at, Role::Possessor)
                    || scene.case_is(at, Role::Source);
                let direct = may_belong(scene, at, head) && at != head;
                (tells && owned && direct)
                    .then(|| entry.country.clone())
                    .flatten()
            })
    }

    /// Whether `words` speak of one who does not hold the office now: "mantan presiden", "the president-elect".
    fn not_in_office(&self, words: &Range<usize>) -> bool {
        let scene = self.scene;
        let grammar = &scene.lexicon.grammar;
        let tree = scene.tree;
        (0..tree.words().len()).any(|at| {
            let below = tree.head(at).is_some_and(|head| words.contains(&head));
            (words.contains(&at) || below)
                && (grammar.has(Role::NotInOffice, &scene.lower[at])
                    || grammar.has(Role::NotInOffice, &tree.word(at).lemma))
        })
    }

    /// The office of whose holder `words` speak, with what it is of; none where the sentence tells of some year.
    fn office(
        &self,
        entry: &Entry,
        words: &Range<usize>,
        country: Option<Box<str>>,
    ) -> Option<(Box<str>, Box<str>)> {
        let scene = self.scene;
        let office = entry.office.clone()?;
        let year = |(at, word): (usize, &saksi_syntax::Word)| {
            scene.timed[at]
                && word.form.len() == 4
                && word.form.bytes().all(|byte| byte.is_ascii_digit())
        };
        if scene.tree.words().iter().enumerate().any(year) {
            return None;
        }
        let organisation = (scene.matches.iter())
            .filter(|found| words.contains(&found.words.start))
            .map(|found| scene.entry(found))
            .find(|entry| entry.sense == Sense::Name && entry.kind == EntityType::Organization);
        match organisation {
            Some(organisation) => Some((office, organisation.id.clone())),
            None => Some((office, country?)),
        }
    }

    fn push_description(
        &mut self,
        head: usize,
        words: &Range<usize>,
        entry: &Entry,
        country: Option<Box<str>>,
    ) -> usize {
        let scene = self.scene;
        let grammar = &scene.lexicon.grammar;
        let role = |at: usize, role: Role| {
            grammar.has(role, &scene.lower[at]) || grammar.has(role, &scene.tree.word(at).lemma)
        };
        let has = |wanted: Role| words.clone().any(|at| at != head && role(at, wanted));
        let span = scene.span(words);
        let state = entry.government.then(|| country.clone()).flatten();
        let points = |wanted: Role| {
            scene
                .tree
                .children_by(head, Deprel::Det)
                .any(|at| role(at, wanted))
        };
        // "empat orang", not "satu orang"
        let counted = (scene.tree.children_by(head, Deprel::Nummod))
            .any(|at| !role(at, Role::Indefinite) && &*scene.lower[at] != "1");
        let another = entry.kind == EntityType::Person && self.not_in_office(words);
        let pointing = if another {
            None
        } else if points(Role::Demonstrative) {
            Some(Pointing::Demonstrative)
        } else {
            points(Role::Definite).then_some(Pointing::Article)
        };
        let word = scene.tree.word(head);
        self.drafts.push(Draft {
            sentence: scene.index,
            head,
            words: words.clone(),
            span,
            kind: MentionKind::Nominal,
            is: match state {
                Some(code) => Identity::State(code),
                None => Identity::Description(key(scene, words)),
            },
            entity_type: Some(entry.kind),
            country: country.clone(),
            sector: entry.sector.clone(),
            class: entry.class.clone(),
            office: (!another)
                .then(|| self.office(entry, words, country))
                .flatten(),
            same_as: None,
            plural: has(Role::Quantifier)
                || counted
                || word.features.get("Number") == Some("Plur")
                || doubled(&word.form),
            noun: Some(noun_of(scene, head)),
            pointing,
            doubtful: false,
            new: has(Role::Other) || has(Role::Indefinite) || has(Role::Quantifier),
            inside: None,
        });
        self.drafts.len() - 1
    }
}

/// The noun at `at` as two descriptions of one thing share it.
fn noun_of(scene: &Scene, at: usize) -> Box<str> {
    if scene.lexicon.grammar.lemmas_are_roots {
        let form = scene.lower[at].split('-').next();
        form.unwrap_or_default().into()
    } else {
        scene.tree.word(at).lemma.to_lowercase().into()
    }
}

/// Whether `at` is below `head` by words that make up one phrase.
fn descends(scene: &Scene, at: usize, head: usize) -> bool {
    let mut at = at;
    for _ in 0..4 {
        let inside = matches!(
            scene.tree.word(at).relation.universal,
            Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::Nmod | Deprel::Det
        );
        match scene.tree.head(at) {
            Some(next) if inside && next == head => return true,
            Some(next) if inside => at = next,
            _ => return false,
        }
    }
    false
}

/// Whether `at` describes the name that the office at `office` stands before: "[Nigerian] President Olusegun Obasanjo".
fn beside_office(scene: &Scene, at: usize, office: usize) -> bool {
    let above = |at: usize| scene.tree.head(at);
    scene.tree.word(office).relation.is(Deprel::Compound)
        && above(at).is_some_and(|name| name > office)
        && above(at) == above(office)
}

/// Whether the tree lets the word at `at`, which stands right behind the description of `head`, belong to it: it is not a subject,
/// object or predicate of its own.
fn may_belong(scene: &Scene, at: usize, head: usize) -> bool {
    descends(scene, at, head)
        || scene.tree.head(head) == Some(at)
        || !matches!(
            scene.tree.word(at).relation.universal,
            Deprel::Nsubj | Deprel::Obj | Deprel::Root | Deprel::Conj | Deprel::Obl | Deprel::Iobj
        )
}

/// Whether the first of `words` continues the name `before`.
fn flat(scene: &Scene, words: &Range<usize>, before: &Range<usize>) -> bool {
    let head = scene.head_of(words);
    let word = scene.tree.word(head);
    word.relation.is(Deprel::Flat) && word.head.is_some_and(|head| before.contains(&head))
}

/// What two descriptions of the same thing share: the words without determiners.
fn key(scene: &Scene, words: &Range<usize>) -> String {
    let grammar = &scene.lexicon.grammar;
    let words: Vec<&str> = (words.clone())
        .map(|at| &*scene.lower[at])
        .filter(|word| {
            let roles = grammar.roles(word);
            !(roles.has(Role::Demonstrative)
                || roles.has(Role::Definite)
                || roles.has(Role::Quantifier)
                || roles.has(Role::Indefinite))
        })
        .collect();
    words.join(" ")
}

/// Full reduplication: "pejabat-pejabat".
fn doubled(form: &str) -> bool {
    form.split_once('-')
        .is_some_and(|(one, other)| !one.is_empty() && one.to_lowercase() == other.to_lowercase())
}

/// What the finder of names counts for beside the other evidence of a name's kind.
const LEARNED: u8 = 4;

/// What the place of an unknown name in its sentence says about it.
fn weigh(
    scene: &Scene,
    head: usize,
    name: &str,
    words: &Range<usize>,
    mut evidence: Evidence,
) -> Evidence {
    let word = scene.tree.word(head);
    if name.chars().count() > 1
        && !name.contains(char::is_lowercase)
        && !name.contains(char::is_whitespace)
    {
        evidence.organization += 2;
    }
    // What was learned of names outweighs what the sentence's form suggests, not what a noun beside it says.
    if let Some(found) = scene.learned(head) {
        let kind = match found {
            NameKind::Person => &mut evidence.person,
            NameKind::Organization => &mut evidence.organization,
            NameKind::Place => &mut evidence.place,
        };
        *kind += LEARNED;
    }
    // What is known of places weighs less than what was learned of names: towns are named for people, too.
    evidence.place += match scene.known_place(words) {
        0 => 0,
        known if words.len() > 1 => known + 2,
        known => known,
    };
    if of_place(scene, head) {
        evidence.place += 2 * LEARNED;
    }
    if in_address(scene, words) {
        evidence.place += LEARNED;
    }
    if scene.has_acronym(words) {
        evidence.organization += LEARNED;
    }
    let before = words.start.checked_sub(1);
    let place = |at: usize| scene.lexicon.grammar.has(Role::Place, &scene.lower[at]);
    if scene.case_is(head, Role::Place) || before.is_some_and(place) {
        evidence.place += 3;
    }
    if scene.case_is(head, Role::Direction) {
        evidence.place += 1;
    }
    if word.relation.is(Deprel::Nsubj) && !word.relation.has_subtype("pass") {
        evidence.person += 1;
    }
    if name.contains(char::is_whitespace) {
        evidence.person += 1;
    }
    evidence
}

/// Whether a noun for places has the name at `head`: "the village of Ranya", "Sindh province".
fn of_place(scene: &Scene, head: usize) -> bool {
    let word = scene.tree.word(head);
    let owned = match word.relation.universal {
        Deprel::Nmod => scene.case_is(head, Role::Possessor),
        Deprel::Compound | Deprel::Appos | Deprel::Flat => true,
        _ => false,
    };
    let noun = (word.head)
        .filter(|_| owned)
        .and_then(|above| scene.match_of[above]);
    noun.is_some_and(|number| {
        let found = &scene.matches[number];
        let entry = scene.entry(found);
        entry.sense == Sense::Noun
            && entry.kind == EntityType::Place
            && scene.head_of(&found.words) == word.head.unwrap_or(head)
    })
}

/// Whether the name `words` is of some place and another place is named right behind it, as in an address: "Savannah, Georgia".
fn in_address(scene: &Scene, words: &Range<usize>) -> bool {
    let comma = (scene.tree.words().get(words.end)).is_some_and(|word| &*word.form == ",");
    let around = scene.match_of.get(words.end + 1).copied().flatten();
    comma
        && scene.known_place(words) > 0
        && around.is_some_and(|number| {
            let entry = scene.entry(&scene.matches[number]);
            entry.sense == Sense::Name
                && matches!(entry.kind, EntityType::State | EntityType::Place)
        })
}

/// Whether `name` is one word of capitals.
fn acronym(name: &str) -> bool {
    name.chars().count() > 1
        && !name.contains(char::is_lowercase)
        && !name.contains(char::is_whitespace)
}

/// Joins mentions that stand beside each other for one thing: appositions, and acronyms in brackets.
fn beside(scene: &Scene, drafts: &mut [Draft], first: usize) {
    for at in first + 1..drafts.len() {
        if drafts[at].same_as.is_some() {
            continue;
        }
        for before in (first..at).rev() {
            if drafts[before].words.end > drafts[at].words.start {
                continue;
            }
            let between = drafts[before].words.end..drafts[at].words.start;
            if between.len() > 2 {
                break;
            }
            let name = (drafts.get(at + 1)).filter(|name| name.same_as == Some(at));
            let ranked = name.is_some_and(|name| ranked(scene, &drafts[before], &drafts[at], name));
            if ranked || apposed(scene, &drafts[before], &drafts[at]) {
                join(drafts, before, at);
                break;
            }
        }
    }
}

/// Whether the `rank` before a `name` stands right behind another office of the same person: "Menteri Pertahanan, [Jenderal] Marko Velic".
fn ranked(scene: &Scene, earlier: &Draft, rank: &Draft, name: &Draft) -> bool {
    let person = |draft: &Draft| {
        draft.kind == MentionKind::Nominal
            && draft.entity_type == Some(EntityType::Person)
            && !draft.plural
    };
    let gap = earlier.words.end..rank.words.start;
    let comma = gap.len() == 1 && &*scene.tree.word(gap.start).form == ",";
    let closed = (scene.tree.words().get(name.words.end)).is_none_or(|word| {
        matches!(
            word.upos,
            Upos::Punct | Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part
        )
    });
    person(earlier)
        && person(rank)
        && (gap.is_empty() || comma && closed && !listed(scene, earlier, rank))
}

/// Whether `later`, which stands right behind `earlier`, is a second description of it.
fn apposed(scene: &Scene, earlier: &Draft, later: &Draft) -> bool {
    let mark = earlier.words.end;
    if mark + 1 != later.words.start {
        return false;
    }
    let bracket = &*scene.tree.word(mark).form == "(";
    let comma = &*scene.tree.word(mark).form == ",";
    let name = |draft: &Draft| draft.kind == MentionKind::Name;
    let words = scene.tree.words();
    if bracket {
        let closed = words
            .get(later.words.end)
            .is_some_and(|word| &*word.form == ")");
        let letters: String = later
            .span
            .of(scene.text)
            .chars()
            .filter(|c| c.is_alphabetic())
            .collect();
        let acronym =
            name(later) && letters.chars().count() > 1 && letters.chars().all(char::is_uppercase);
        let unknown = matches!(later.is, Identity::Unknown { .. });
        return closed && acronym && unknown && earlier.entity_type != Some(EntityType::Person)
            || closed && earlier.is == later.is;
    }
    if !comma {
        return false;
    }
    let person = |draft: &Draft| match &draft.is {
        Identity::Unknown { evidence, .. } => evidence.told.is_none() && evidence.place == 0,
        _ => draft.entity_type == Some(EntityType::Person),
    };
    let tree = scene.tree.word(later.head).relation.is(Deprel::Appos)
        && scene
            .tree
            .head(later.head)
            .is_some_and(|head| earlier.words.contains(&head));
    let one_of_each = name(earlier) != name(later);
    // "Menteri Pertahanan Rusia, Sergei Shoigu terlibat": closed by a comma, the clause's verb, or the sentence's end.
    let closed = words.get(later.words.end).is_none_or(|word| {
        matches!(
            word.upos,
            Upos::Punct | Upos::Verb | Upos::Aux | Upos::Adv | Upos::Part
        )
    });
    one_of_each
        && person(earlier)
        && person(later)
        && !earlier.plural
        && !later.plural
        && (tree || closed && !listed(scene, earlier, later))
}

/// Whether the two are members of a list ("presiden, Hadi, dan menteri").
fn listed(scene: &Scene, earlier: &Draft, later: &Draft) -> bool {
    let conj = |draft: &Draft| {
        scene.tree.word(draft.head).relation.is(Deprel::Conj)
            || scene
                .tree
                .children_by(draft.head, Deprel::Conj)
                .next()
                .is_some()
    };
    conj(later) || conj(earlier)
}

/// Makes the drafts at `before` and `at` one entity's.
fn join(drafts: &mut [Draft], before: usize, at: usize) {
    let told = drafts[before].entity_type;
    drafts[at].same_as = Some(before);
    let later = &mut drafts[at];
    if let Identity::Unknown { evidence, .. } = &mut later.is {
        evidence.told = evidence.told.or(told);
    }
}
