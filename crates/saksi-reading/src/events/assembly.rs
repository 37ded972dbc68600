//! From the events of each sentence to the events of the report: who and what takes part, when, according to whom.

use std::ops::Range;

use jiff::civil::Date;
use saksi_lexicon::grammar::{Grammar, Role as Grammatical};
use saksi_lexicon::triggers::Roles;
use saksi_record::{DateFrom, EntityType, EventType, Modality, Stance, TimeType};
use saksi_syntax::{Deprel, Parsed, Tree, Upos};
use saksi_text::Span;

use super::candidates::entry;
use super::confidence::{self, Parts};
use super::roles::{Filler, is_nominal};
use super::selection::{Draft, governors, light_verb, select};
use super::view::View;
use super::{
    Event, EventRules, Events, Object, Path, PathArgument, cameo, happenings, narrative, nesting,
    obligations, quantity,
};
use crate::entities::{Entities, EntityId};
use crate::modality::{Clues, Told};
use crate::propositions::{Proposition, Role, conjuncts, noun_phrase, text_span};
use crate::statements::{Statements, WordAt};
use crate::times::TimeExpression;

/// What the stages before found.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The report with its trees.
    pub parsed: &'a Parsed,
    /// The propositions of each sentence.
    pub propositions: &'a [Vec<Proposition>],
    /// The statements.
    pub statements: &'a Statements,
    /// The time expressions.
    pub times: &'a [TimeExpression],
    /// For each sentence, which words tell a time.
    pub timed: &'a [Vec<bool>],
    /// Closed-class words.
    pub grammar: &'a Grammar,
    /// Day of publication.
    pub published: Option<Date>,
}

/// Finds the events of a report; phrases that the entities don't know become entities as they are needed.
pub fn find(context: Context<'_>, rules: &EventRules, entities: &mut Entities) -> Events {
    let mut list = Vec::new();
    let mut objects = Vec::new();
    let mut anaphoric = Vec::new();
    let mut roots = Vec::new();
    let mut told: Vec<EventType> = Vec::new();
    for (index, tree) in context.parsed.trees.iter().enumerate() {
        let Some(propositions) = context.propositions.get(index) else {
            break;
        };
        let found = {
            let view = View {
                index,
                tree,
                timed: &context.timed[index],
                words: rules.vocabulary.sentence(tree),
                propositions,
                entities,
                rules,
                grammar: context.grammar,
            };
            let mut drafts = select(&view, &told);
            drafts.extend(obligations::find(&view, context.statements, &drafts));
            drafts.sort_by(|one, other| one.trigger.words.cmp(&other.trigger.words));
            drafts.retain(|draft| !only_speaks(&view, context, draft));
            let acts = governors(&view, &drafts);
            let mut sketches: Vec<Sketch> = (drafts.iter())
                .map(|draft| sketch(&view, context, draft, &drafts, &acts))
                .collect();
            let tellings: Vec<nesting::Act> = (sketches.iter())
                .map(|sketch| nesting::Act {
                    modality: sketch.event.modality,
                    word: sketch.event.path.modality_word,
                    statement: sketch.event.statement,
                })
                .collect();
            let parents = nesting::parents(&view, &drafts, &tellings, context.statements);
            for (sketch, parent) in sketches.iter_mut().zip(parents) {
                sketch.event.parent = parent.map(|parent| list.len() + parent);
            }
            sketches
        };
        for sketch in found {
            told.push(sketch.event.kind);
            objects.push(sketch.object_lemmas.clone());
            anaphoric.push(sketch.anaphoric);
            roots.push(tree.word(sketch.event.word.word).lemma.to_string());
            list.push(sketch.finish(context.parsed, index, entities));
        }
    }
    happenings::number(&mut list, &objects, &roots, &anaphoric);
    narrative::date(&mut list, context);
    happenings::lend(&mut list);
    set_back(&mut list, context);
    cameo::code(&mut list);
    Events { list }
}

/// An event whose participants are still words.
struct Sketch {
    event: Event,
    actors: Vec<Phrase>,
    recipients: Vec<Phrase>,
    place: Option<usize>,
    object_lemmas: Vec<String>,
    anaphoric: bool,
}

/// A noun phrase: its head and its words.
type Phrase = (usize, Range<usize>);

impl Sketch {
    fn finish(self, parsed: &Parsed, sentence: usize, entities: &mut Entities) -> Event {
        let mut event = self.event;
        let mut resolve = |phrases: &[Phrase]| {
            let mut found: Vec<EntityId> = Vec::new();
            for (head, words) in phrases {
                if let Some(entity) = party(parsed, sentence, *head, words, entities)
                    && !found.contains(&entity)
                {
                    found.push(entity);
                }
            }
            found
        };
        event.actors = resolve(&self.actors);
        event.recipients = resolve(&self.recipients);
        event
            .recipients
            .retain(|recipient| !event.actors.contains(recipient));
        event.place = self.place.and_then(|head| {
            let mention = entities.mention_at(sentence, head)?;
            Some(entities.as_place(mention))
        });
        event
    }
}

/// The entity of the noun phrase of `head` as one who takes part; pronouns that nobody could resolve are none.
fn party(
    parsed: &Parsed,
    sentence: usize,
    head: usize,
    words: &Range<usize>,
    entities: &mut Entities,
) -> Option<EntityId> {
    let word = parsed.trees.get(sentence)?.word(head);
    if let Some(mention) = entities.mention_at(sentence, head) {
        let found = entities.mention(mention);
        if found.head == head || word.upos == saksi_syntax::Upos::Propn {
            return Some(entities.as_party(mention));
        }
    }
    match word.upos {
        saksi_syntax::Upos::Pron | saksi_syntax::Upos::Det => None,
        _ => entities.ensure(parsed, sentence, head, words.clone()),
    }
}

fn sketch(
    view: &View<'_>,
    context: Context<'_>,
    draft: &Draft,
    drafts: &[Draft],
    acts: &[(usize, Modality)],
) -> Sketch {
    let entry = entry(view, &draft.trigger);
    let light = light_verb(view, &draft.trigger);
    let words = trigger_words(draft, light);
    let span = (words.iter())
        .map(|&word| view.word(word).span)
        .reduce(Span::cover)
        .unwrap_or_else(|| view.word(draft.trigger.head).span);
    let mut path = Path {
        trigger: words.clone(),
        file: entry.file.to_string(),
        line: entry.line,
        ..Path::default()
    };
    let cast = cast(view, draft, drafts, &mut path);
    let clues = Clues {
        tree: view.tree,
        grammar: context.grammar,
        words: &view.words,
        governs: &view.rules.governs,
        beside: &view.rules.beside,
        purpose: &view.rules.purpose,
        acts,
    };
    let modality = clues.modality(draft.trigger.head, light);
    let (time, date) = governing_time(view, context, draft, drafts, light);
    let statement = carrier(view, context, draft, span);
    let (kind, modality) = final_type(view, context, draft, entry, modality, statement, &cast);
    path.modality_word = modality.word;
    let parts = Parts {
        kind,
        filled: Roles {
            actor: !cast.actors.is_empty(),
            recipient: !cast.recipients.is_empty(),
            object: !cast.objects.is_empty(),
            place: cast.place.is_some(),
        },
        time: time.is_some(),
        statement: statement.is_some(),
        modality,
    };
    let (confidence, grounds) = confidence::weigh(view, draft, entry, &parts);
    path.grounds = grounds;
    Sketch {
        event: Event {
            kind,
            mode: entry.mode.clone(),
            contexts: contexts(view, draft, kind, entry),
            cameo: None,
            word: WordAt {
                sentence: view.index,
                word: draft.trigger.head,
            },
            trigger: span,
            actors: Vec::new(),
            recipients: Vec::new(),
            objects: cast.objects,
            instrument: cast.instrument,
            place: None,
            time,
            date_from: date.is_some().then_some(DateFrom::Expression),
            date,
            modality: modality.modality,
            statement,
            parent: None,
            happening: 0,
            rule: rule_name(entry, draft),
            confidence,
            path,
        },
        actors: phrases(view, &cast.actors),
        recipients: phrases(view, &cast.recipients),
        place: cast.place,
        object_lemmas: cast.object_lemmas,
        anaphoric: draft.anaphoric,
    }
}

/// The contexts of the entry; goods that are no arms make no transfer military.
fn contexts(
    view: &View<'_>,
    draft: &Draft,
    kind: EventType,
    entry: &saksi_lexicon::triggers::Entry,
) -> Vec<Box<str>> {
    let things = &draft.roles.object;
    let civil = kind == EventType::Transfer
        && !things.is_empty()
        && (things.iter()).all(|thing| !view.is(thing.head, "arms"));
    let mut contexts = entry.contexts.clone();
    if civil {
        contexts.retain(|context| &**context != "military");
    }
    contexts
}

/// The noun phrases of those who take part.
fn phrases(view: &View<'_>, heads: &[usize]) -> Vec<Phrase> {
    heads
        .iter()
        .map(|&head| (head, view.core(head, &[])))
        .collect()
}

/// "told [reporters] that ...": a verb of ordering or asking that only tells is a statement and no event.
fn only_speaks(view: &View<'_>, context: Context<'_>, draft: &Draft) -> bool {
    let asks = matches!(draft.kind, EventType::Order | EventType::Request);
    asks && draft.trigger.verbal
        && (context.statements.list.iter()).any(|statement| {
            statement.cue.sentence == view.index
                && draft.trigger.words.contains(&statement.cue.word)
                && statement.stance == Stance::Assert
        })
}

fn rule_name(entry: &saksi_lexicon::triggers::Entry, draft: &Draft) -> String {
    let shape = match (draft.trigger.verbal, draft.anaphoric) {
        (true, _) => "verb",
        (false, false) => "noun",
        (false, true) => "noun-again",
    };
    let file = entry.file.rsplit('/').next().unwrap_or_default();
    format!("event/{}/{shape}", file.trim_end_matches(".toml"))
}

/// The words of the trigger, with the light verb right before its noun ("melakukan uji coba").
fn trigger_words(draft: &Draft, light: Option<usize>) -> Vec<usize> {
    let mut words = draft.trigger.words.clone();
    if let (Some(light), Some(&first)) = (light, words.first())
        && light < first
        && first - light <= 2
    {
        words.insert(0, light);
    }
    words
}

/// Who and what takes part, as words.
#[derive(Default)]
struct Cast {
    actors: Vec<usize>,
    recipients: Vec<usize>,
    objects: Vec<Object>,
    object_lemmas: Vec<String>,
    instrument: Option<Object>,
    place: Option<usize>,
}

fn cast(view: &View<'_>, draft: &Draft, drafts: &[Draft], path: &mut Path) -> Cast {
    let mut cast = Cast::default();
    let mut things: Vec<Filler> = Vec::new();
    for filler in &draft.roles.actor {
        let head = filler.head;
        if is_only_place(view, filler) {
            // "menggelar latihan bersama di Laut Jawa": a preposition before another.
            cast.place.get_or_insert(head);
            continue;
        }
        if can_act(view, head) {
            cast.actors.push(head);
            note(view, path, "actor", filler);
        } else {
            if view.is(head, "equipment") && cast.instrument.is_none() {
                cast.instrument = object(view, head, &[]);
                note(view, path, "instrument", filler);
            }
            if let Some(owner) = view.owner(head) {
                cast.actors.push(owner);
                note(
                    view,
                    path,
                    "actor",
                    &Filler {
                        head: owner,
                        slot: format!("{}, owner", filler.slot),
                    },
                );
            }
        }
    }
    for filler in &draft.roles.recipient {
        let head = filler.head;
        let place = view.kind(head) == Some(EntityType::Place);
        // "ordered [the builders] to speed up": who shall do it, whoever the noun is
        let told_to = filler.slot == "clause-subject" && is_nominal(view.word(head).upos);
        if view.is_party(head) || place || told_to {
            cast.recipients.push(head);
            note(view, path, "recipient", filler);
        } else {
            // "delivered tools to [plants]": what stands where a recipient does is no object of the act.
            if view.preposition(head).is_none() || !view.is(head, "site") {
                things.push(filler.clone());
            }
            if let Some(owner) = view.owner(head) {
                cast.recipients.push(owner);
                note(
                    view,
                    path,
                    "recipient",
                    &Filler {
                        head: owner,
                        slot: format!("{}, owner", filler.slot),
                    },
                );
            }
        }
    }
    things.extend(draft.roles.object.iter().cloned());
    for filler in &things {
        let takes_part =
            cast.actors.contains(&filler.head) || cast.recipients.contains(&filler.head);
        if takes_part || !is_nominal(view.word(filler.head).upos) {
            continue;
        }
        let others: Vec<usize> = (cast.actors.iter().chain(&cast.recipients).copied())
            .filter(|&head| view.is_below(head, filler.head) && view.preposition(head).is_some())
            .collect();
        if let Some(object) = object(view, filler.head, &others) {
            cast.objects.push(object);
            cast.object_lemmas
                .push(view.word(filler.head).lemma.to_lowercase());
            note(view, path, "object", filler);
        }
    }
    cast.recipients
        .retain(|recipient| !cast.actors.contains(recipient));
    if let Some(filler) = draft.roles.place.first() {
        cast.place = Some(filler.head);
        note(view, path, "place", filler);
    } else if cast.place.is_none()
        && let Some(head) = location(view, draft, drafts)
    {
        cast.place = Some(head);
        note(
            view,
            path,
            "place",
            &Filler {
                head,
                slot: view.preposition(head).unwrap_or_default(),
            },
        );
    }
    cast
}

/// Whether the noun stands for someone who can act: a party, people, a site that produces; not an abstract noun.
fn can_act(view: &View<'_>, head: usize) -> bool {
    view.is_party(head)
        || matches!(
            view.kind(head),
            Some(kind) if !matches!(kind, EntityType::Weapon | EntityType::Document | EntityType::Exercise)
        )
        || view.is(head, "site")
        || view.word(head).upos == saksi_syntax::Upos::Propn
}

/// A place behind a preposition among those who act together.
fn is_only_place(view: &View<'_>, filler: &Filler) -> bool {
    view.kind(filler.head) == Some(EntityType::Place)
        && view.other_kind(filler.head).is_none()
        && view.preposition(filler.head).is_some()
}

fn note(view: &View<'_>, path: &mut Path, role: &'static str, filler: &Filler) {
    path.arguments.push(PathArgument {
        role,
        slot: filler.slot.clone(),
        words: noun_phrase(view.tree, filler.head),
    });
}

fn object(view: &View<'_>, head: usize, taken: &[usize]) -> Option<Object> {
    let words = view.core(head, taken);
    let entity = view
        .entities
        .mention_at(view.index, head)
        .filter(|&mention| view.entities.mention(mention).head == head)
        .map(|mention| view.entities.entity_of(mention));
    Some(Object {
        span: text_span(view.tree, &words)?,
        entity,
        quantity: quantity::of(view, head),
    })
}

/// A named place or site in which the act is told to happen: a phrase of the trigger, its light verb or, of a noun, its verb; or one
/// of a thing that the act is done to ("memeriksa galangan [di Surabaya]").
fn location(view: &View<'_>, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
    let head = draft.trigger.head;
    let mut hosts = draft.trigger.words.clone();
    if !draft.trigger.verbal
        && let Some((verb, argument)) = view.argument_of(head)
        && matches!(argument.role, Role::Object | Role::Subject)
    {
        hosts.push(verb.predicate);
    }
    let told = |place: usize| {
        let is_place = matches!(
            view.kind(place),
            Some(EntityType::Place | EntityType::Facility | EntityType::State)
        );
        let marker = view.tree.children_by(place, Deprel::Case).next()?;
        // "sentenced to four years in [prison]" tells no place of the act.
        let of_time = view.tree.head(place).is_some_and(|host| view.timed[host])
            || marker.checked_sub(1).is_some_and(|before| {
                view.kind(place) == Some(EntityType::Facility) && view.timed[before]
            });
        let takes_part = (draft.roles.recipient.iter()).any(|recipient| recipient.head == place);
        if !is_place || of_time || takes_part || !view.locates(marker) {
            return None;
        }
        distance(view, place, &hosts, draft, drafts)
    };
    (0..view.len())
        .filter_map(|place| Some((told(place)?, place)))
        .min()
        .map(|(_, place)| place)
}

/// How many nouns lie between what stands at `word` and one of `hosts`; `None` where a time or another act lies between.
fn distance(
    view: &View<'_>,
    word: usize,
    hosts: &[usize],
    draft: &Draft,
    drafts: &[Draft],
) -> Option<usize> {
    for (steps, host) in view.hosts(word).into_iter().enumerate() {
        if hosts.contains(&host) {
            return Some(steps);
        }
        let other = (drafts.iter())
            .filter(|other| other.trigger.head != draft.trigger.head)
            .any(|other| other.trigger.words.contains(&host));
        if other || view.timed[host] {
            return None;
        }
    }
    None
}

/// The time expression that governs the act, and its date: a phrase of the trigger, of its light verb, of the verb whose
/// subject or object it is, of the verb that it is coordinated with, or of a thing that the act is done to ("menangkap dua orang di
/// Medan [pada Senin]").
fn governing_time(
    view: &View<'_>,
    context: Context<'_>,
    draft: &Draft,
    drafts: &[Draft],
    light: Option<usize>,
) -> (Option<usize>, Option<String>) {
    let mut hosts = draft.trigger.words.clone();
    hosts.extend(light);
    if !draft.trigger.verbal
        && let Some((verb, argument)) = view.argument_of(draft.trigger.head)
        && matches!(argument.role, Role::Object | Role::Subject)
        && !is_cue(view, context, verb.predicate)
        // "mengecam serangan itu pada Senin": what is told already has its date elsewhere
        && !(is_pointed_at(view.tree, draft.trigger.head, false)
            && (drafts.iter()).any(|other| other.trigger.words.contains(&verb.predicate)))
    {
        hosts.push(verb.predicate);
    }
    let dated = |time: &TimeExpression| {
        time.sentence == view.index
            && matches!(time.kind, TimeType::Date | TimeType::Time)
            && time.edtf.is_some()
    };
    let mut found: Vec<usize> = (context.times.iter().enumerate())
        .filter(|(_, time)| dated(time))
        .filter(|(_, time)| {
            host_of(view.tree, &time.words).is_some_and(|host| hosts.contains(&host))
        })
        .map(|(index, _)| index)
        .collect();
    if found.is_empty() {
        // A year alone describes the thing: "meninggalkan perjanjian 2015", not "menjual bom tahun lalu", "dengan gas pada 2015".
        let alone = |time: &TimeExpression| {
            let year = time.edtf.as_ref().is_some_and(|date| date.len() == 4);
            let marked = (time.words.clone()).any(|word| {
                view.tree.children_by(word, Deprel::Case).any(|case| {
                    let roles = view.grammar.roles(&view.word(case).form.to_lowercase());
                    roles.has(Grammatical::When) || roles.has(Grammatical::Location)
                })
            });
            year && time.words.len() == 1 && !marked
        };
        found = (context.times.iter().enumerate())
            .filter(|(_, time)| dated(time) && !alone(time))
            .filter(|(_, time)| {
                top_of(view.tree, &time.words)
                    .is_some_and(|top| distance(view, top, &hosts, draft, drafts).is_some())
            })
            .map(|(index, _)| index)
            .take(1)
            .collect();
    }
    if found.is_empty()
        && view.word(draft.trigger.head).relation.is(Deprel::Conj)
        && let Some(first) = conjuncts(view.tree, draft.trigger.head).first().copied()
        && !is_cue(view, context, first)
    {
        found = (context.times.iter().enumerate())
            .filter(|(_, time)| time.sentence == view.index && time.kind == TimeType::Date)
            .filter(|(_, time)| time.words.end <= first + 1 || time.words.start < first)
            .filter(|(_, time)| host_of(view.tree, &time.words) == Some(first))
            .map(|(index, _)| index)
            .collect();
    }
    if found.is_empty() && draft.trigger.verbal {
        // "Amerika Serikat [pekan lalu] menjatuhkan ...": a tree may hang the time right before the verb from the subject.
        found = (context.times.iter().enumerate())
            .filter(|(_, time)| dated(time) && time.words.end <= draft.trigger.head)
            .filter(|(_, time)| {
                (time.words.end..draft.trigger.head)
                    .all(|at| matches!(view.word(at).upos, Upos::Aux | Upos::Adv | Upos::Part))
            })
            .map(|(index, _)| index)
            .take(1)
            .collect();
    }
    if found.is_empty() && draft.trigger.verbal {
        // "seized a ship carrying rifles off the coast [late on Tuesday]": the tree may hang the time from a participle that only describes.
        found = (context.times.iter().enumerate())
            .filter(|(_, time)| dated(time) && draft.trigger.head < time.words.start)
            .filter(|(_, time)| {
                host_of(view.tree, &time.words)
                    .filter(|&host| describes(view, host, drafts))
                    .and_then(|host| view.tree.head(host))
                    .is_some_and(|above| {
                        let over = view.tree.head(above);
                        hosts.contains(&above) || over.is_some_and(|over| hosts.contains(&over))
                    })
            })
            .map(|(index, _)| index)
            .take(1)
            .collect();
    }
    let main = [Deprel::Root, Deprel::Conj];
    if found.is_empty() && draft.trigger.verbal && hangs_by(view.tree, draft.trigger.head, &main) {
        // "[On Wednesday] officers seized power and arrested ...", "[Two days earlier] rebels had attacked ...": whatever the tree hangs it from
        found = (context.times.iter().enumerate())
            .filter(|(_, time)| dated(time) && time.words.end <= draft.trigger.head)
            .filter(|(_, time)| opens(view, &time.words))
            .map(|(index, _)| index)
            .take(1)
            .collect();
    }
    let Some(&first) = found.first() else {
        return (None, None);
    };
    let date = match found.last() {
        // "pada Jumat dan Sabtu": from the one to the other
        Some(&last) if last == first + 1 => interval(&context.times[first], &context.times[last]),
        _ => None,
    };
    (
        Some(first),
        date.or_else(|| context.times[first].edtf.clone()),
    )
}

/// Whether a word and all above it up to the root hang by one of these relations.
pub(super) fn hangs_by(tree: &Tree, word: usize, relations: &[Deprel]) -> bool {
    let plain = |at: usize| relations.contains(&tree.word(at).relation.universal);
    plain(word) && tree.ancestors(word).all(plain)
}

/// Whether a time expression opens its sentence and says when all of it happened: not "[Monday]'s talks", "[Saturday] talks".
fn opens(view: &View<'_>, words: &Range<usize>) -> bool {
    let marked = words.start == 1 && view.word(0).upos == Upos::Adp;
    let bare = words.start == 0 && words.len() > 1;
    let next = (words.end < view.len()).then(|| view.word(words.end));
    let owns = next.is_some_and(|next| next.upos == Upos::Part || &*next.form == "'s");
    (marked || bare) && !owns
}

/// Whether a demonstrative stands beside the noun, or an article as well where `definite` is told: "serangan [itu]", "[the] raid".
pub(super) fn is_pointed_at(tree: &Tree, noun: usize, definite: bool) -> bool {
    tree.children_by(noun, Deprel::Det).any(|child| {
        let features = &tree.word(child).features;
        features.get("PronType") == Some("Dem")
            || definite && features.get("Definite") == Some("Def")
    })
}

/// Whether a verb is a bare participle, with no subject and no conjunction, that is no act of its own.
fn describes(view: &View<'_>, verb: usize, drafts: &[Draft]) -> bool {
    let word = view.word(verb);
    let bare = !view.tree.children(verb).any(|child| {
        matches!(
            view.word(child).relation.universal,
            Deprel::Nsubj | Deprel::Mark | Deprel::Case
        )
    });
    let act = drafts
        .iter()
        .any(|draft| draft.trigger.words.contains(&verb));
    word.upos == Upos::Verb
        && matches!(word.relation.universal, Deprel::Acl | Deprel::Advcl)
        && word
            .features
            .get("VerbForm")
            .is_some_and(|form| form != "Fin")
        && bare
        && !act
}

/// The interval of two days named one after the other, with nothing else in between.
fn interval(first: &TimeExpression, last: &TimeExpression) -> Option<String> {
    let near = last.words.start <= first.words.end + 2;
    let (start, end) = (first.edtf.as_ref()?, last.edtf.as_ref()?);
    let days = start.len() == 10 && end.len() == 10 && start < end;
    (near && days).then(|| format!("{start}/{end}"))
}

/// The word that the time expression hangs from; coordinated expressions hang from the first one's.
fn host_of(tree: &Tree, words: &Range<usize>) -> Option<usize> {
    let host = tree.head(top_of(tree, words)?)?;
    // "meninjau pabrik pada Sabtu dan [memerintahkan] ...": what stands before the conjunction belongs to the first verb.
    let joined = tree.word(host).relation.is(Deprel::Conj)
        && (tree.children_by(host, Deprel::Cc)).any(|joint| words.end <= joint);
    if joined { tree.head(host) } else { Some(host) }
}

/// The word of the time expression that the others hang from; of coordinated expressions that of the first.
fn top_of(tree: &Tree, words: &Range<usize>) -> Option<usize> {
    let top = words
        .clone()
        .filter(|&word| word < tree.words().len())
        .min_by_key(|&word| tree.ancestors(word).count())?;
    if tree.word(top).relation.is(Deprel::Conj) {
        conjuncts(tree, top).first().copied()
    } else {
        Some(top)
    }
}

/// The time expression that hangs from the word of saying: when it was said.
pub(crate) fn time_of(parsed: &Parsed, times: &[TimeExpression], cue: WordAt) -> Option<usize> {
    let tree = parsed.trees.get(cue.sentence)?;
    (times.iter()).position(|time| {
        time.sentence == cue.sentence
            && matches!(time.kind, TimeType::Date | TimeType::Time)
            && host_of(tree, &time.words) == Some(cue.word)
    })
}

fn is_cue(view: &View<'_>, context: Context<'_>, word: usize) -> bool {
    let at = WordAt {
        sentence: view.index,
        word,
    };
    context
        .statements
        .list
        .iter()
        .any(|statement| statement.cue == at)
}

/// How many days before the report what happened is background and not its news.
const BACKGROUND_DAYS: i32 = 180;

/// Makes history of what happened well before the report's news: in an earlier year that is told by its number alone, or half a year ago and
/// more.
fn set_back(events: &mut [Event], context: Context<'_>) {
    let Some(published) = context.published else {
        return;
    };
    let text = &context.parsed.report.text;
    for event in events {
        // "menjual suku cadang tahun lalu" is still news.
        let numbered = event.time.is_none_or(|time| {
            let words = context.times[time].span.of(text);
            words.contains(|letter: char| letter.is_ascii_digit())
        });
        let date = event.date.as_deref().and_then(last_day);
        let long_ago = date.is_some_and(|(last, only_year)| {
            let days = published.since(last).map_or(0, |span| span.get_days());
            let earlier_year = only_year && last < published;
            (days > BACKGROUND_DAYS && !only_year) || earlier_year && (numbered || days > 366)
        });
        if event.modality == Modality::Actual && long_ago {
            event.modality = Modality::Historical;
        }
    }
}

/// The last day of a date in EDTF, and whether it is a year alone; none of what has no year.
fn last_day(edtf: &str) -> Option<(Date, bool)> {
    let last = edtf.rsplit('/').next().filter(|last| !last.is_empty())?;
    let mut parts = last.split('-');
    let year = parts.next()?.replace('X', "9").parse().ok()?;
    let month = parts.next().and_then(|month| month.parse::<i8>().ok());
    let day = parts
        .next()
        .and_then(|day| day.get(..2)?.parse::<i8>().ok());
    let end_of = |month: i8| Some(Date::new(year, month, 1).ok()?.last_of_month());
    let date = match (month, day) {
        (Some(month @ 1..=12), Some(day)) => Date::new(year, month, day).ok()?,
        (Some(month @ 1..=12), None) => end_of(month)?,
        _ => end_of(12)?,
    };
    Some((date, month.is_none()))
}

/// The statement that carries the act. What a denial or accusation is about is in it; the accusation that is denied is told in
/// the voice of who tells of the denial.
fn carrier(view: &View<'_>, context: Context<'_>, draft: &Draft, span: Span) -> Option<usize> {
    let statements = &context.statements.list;
    let found = context.statements.carrier_of(span)?;
    let own_cue = statements.iter().any(|statement| {
        statement.cue.sentence == view.index && draft.trigger.words.contains(&statement.cue.word)
    });
    // "Russia said that Sudan [must] return ...": to say so is the demand.
    if !entry(view, &draft.trigger).obligations.is_empty() {
        return statements[found].parent;
    }
    if own_cue && statements[found].stance == Stance::Deny && draft.kind == EventType::Accuse {
        return statements[found].parent;
    }
    Some(found)
}

/// The type and modality where these depend on each other: planned cooperation is agreement, and who says that it will use force threatens.
fn final_type(
    view: &View<'_>,
    context: Context<'_>,
    draft: &Draft,
    entry: &saksi_lexicon::triggers::Entry,
    told: Told,
    statement: Option<usize>,
    cast: &Cast,
) -> (EventType, Told) {
    let actual = Told {
        modality: Modality::Actual,
        word: told.word,
    };
    if told.modality != Modality::Future {
        return (draft.kind, told);
    }
    if let Some(kind) = entry.when_future {
        return (kind, actual);
    }
    let speaker = statement.and_then(|statement| context.statements.list[statement].source?.entity);
    let own_word = speaker.is_some_and(|speaker| {
        cast.actors.iter().any(|&actor| {
            view.entities
                .mention_at(view.index, actor)
                .is_some_and(|mention| view.entities.entity_of(mention) == speaker)
        })
    });
    match entry.when_intended {
        Some(kind) if own_word => (kind, actual),
        _ => (draft.kind, told),
    }
}
