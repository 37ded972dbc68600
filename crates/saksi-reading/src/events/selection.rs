//! Which of the words that may tell of an event do: conditions of the entries, and the guide's rules where types compete.

use saksi_lexicon::grammar::Role as Grammatical;
use saksi_lexicon::triggers::{Conditions, Entry, FOREIGN, Roles, Side};
use saksi_record::{EventType, Modality};
use saksi_syntax::{Deprel, Upos};

use super::candidates::{Trigger, entry, triggers};
use super::roles::{Filler, classes_of, fill};
use super::rules::ClassSet;
use super::view::View;
use crate::propositions::{Argument, Link, PredicateKind, Role, Voice};

/// An event of a sentence, before its words become entities.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) trigger: Trigger,
    pub(super) kind: EventType,
    pub(super) roles: Roles<Vec<Filler>>,
    /// What the words and their surroundings are worth against competing readings.
    pub(super) score: f64,
    /// A noun that only takes up an event told before ("inspeksi itu").
    pub(super) anaphoric: bool,
}

/// The events of a sentence. `told` are the types of the events of the sentences before, in order.
pub(super) fn select(view: &View<'_>, told: &[EventType]) -> Vec<Draft> {
    if (0..view.len()).any(|word| view.rules.discard.at(&view.words, word).next().is_some()) {
        return Vec::new();
    }
    let found = triggers(view);
    let mut drafts: Vec<Draft> = found
        .iter()
        .filter(|trigger| !only_describes(view, trigger))
        .filter_map(|trigger| draft(view, trigger, &found, told))
        .collect();
    drafts.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.trigger.words.cmp(&other.trigger.words))
            .then(one.trigger.entry.cmp(&other.trigger.entry))
    });
    let mut chosen: Vec<Draft> = Vec::new();
    for number in 0..drafts.len() {
        // "threatened [to expel]", "called for [restraint]": the shortest words that name the act, where they do so by themselves.
        let long = &drafts[number];
        let shorter = drafts.iter().filter(|short| {
            let within = |word: &usize| long.trigger.words.contains(word);
            // Two words are what one says for the act: "imposed sanctions", "menguji coba".
            long.trigger.words.len() > 2
                && long.trigger.verbal
                && short.trigger.verbal
                && short.trigger.head == long.trigger.head
                && short.kind == long.kind
                && short.trigger.words.len() < long.trigger.words.len()
                && short.trigger.words.iter().all(within)
        });
        let draft = shorter
            .min_by_key(|short| short.trigger.words.len())
            .unwrap_or(long)
            .clone();
        let overlaps = chosen.iter().any(|other| {
            other
                .trigger
                .words
                .iter()
                .any(|word| draft.trigger.words.contains(word))
        });
        if !overlaps {
            chosen.push(draft);
        }
    }
    lend_effects(view, &found, &mut chosen);
    drop_tellings_twice(view, &mut chosen);
    chosen.sort_by(|one, other| one.trigger.words.cmp(&other.trigger.words));
    chosen
}

/// "serangan itu menewaskan [sembilan orang]": whom the effect befell, the act befell.
fn lend_effects(view: &View<'_>, found: &[Trigger], chosen: &mut [Draft]) {
    for trigger in found {
        let effect = entry(view, trigger).effect;
        let act = if effect {
            effect_of(view, trigger, found)
        } else {
            done_by_act(view, trigger, found)
        };
        let Some(act) = act else { continue };
        if let Some(draft) = (chosen.iter_mut()).find(|draft| draft.trigger.words.contains(&act)) {
            let roles = fill(view, trigger);
            if !effect {
                // "serangan Rusia menghantam pasar": whose attack it is is told beside what it hit.
                let owner = |filler: &Filler| view.is_below(filler.head, act);
                if draft.roles.actor.is_empty() {
                    let patients = std::mem::take(&mut draft.roles.recipient);
                    let (owners, others) = patients.into_iter().partition(owner);
                    draft.roles.actor = owners;
                    draft.roles.recipient = others;
                }
                if draft.roles.object.is_empty() {
                    draft.roles.object.clone_from(&roles.object);
                }
                if draft.roles.place.is_empty() {
                    draft.roles.place.clone_from(&roles.place);
                }
            }
            for filler in roles.recipient {
                if view.is_party(filler.head)
                    && !draft
                        .roles
                        .recipient
                        .iter()
                        .any(|known| known.head == filler.head)
                {
                    draft.roles.recipient.push(filler);
                }
            }
        }
    }
}

/// "fasilitas [produksi] senjata", "[training] camp": a noun of act that only says of what kind a thing is.
fn only_describes(view: &View<'_>, trigger: &Trigger) -> bool {
    if trigger.verbal {
        return false;
    }
    let word = view.word(trigger.head);
    let bare = matches!(
        word.relation.universal,
        Deprel::Compound | Deprel::Nmod | Deprel::Flat
    ) && view.preposition(trigger.head).is_none()
        && !word.relation.has_subtype("poss");
    let Some(head) = view.tree.head(trigger.head).filter(|_| bare) else {
        return false;
    };
    [
        "site",
        "facility",
        "equipment",
        "official",
        "troops",
        "document",
        "people",
        "party",
    ]
    .iter()
    .any(|class| {
        view.rules
            .classes
            .of_noun(&view.words, head)
            .meets(view.rules.classes.named(class))
    })
}

fn draft(view: &View<'_>, trigger: &Trigger, all: &[Trigger], told: &[EventType]) -> Option<Draft> {
    let entry = entry(view, trigger);
    let mut roles = fill(view, trigger);
    if entry.kind == EventType::Threaten && roles.recipient.is_empty() {
        roles.recipient = threatened(view, trigger);
    }
    let mut anaphoric = false;
    if !holds(view, trigger, entry, &roles, all) {
        let bare = roles.actor.is_empty() && roles.recipient.is_empty() && roles.object.is_empty();
        anaphoric = !trigger.verbal
            && bare
            && told.contains(&entry.kind)
            && is_definite(view, trigger.head);
        if !anaphoric {
            return None;
        }
    }
    if barred(view, trigger, entry, &roles)
        || (!entry.bars.clause.is_empty() && governs_type(view, trigger, &entry.bars.clause, all))
        || (entry.effect && effect_of(view, trigger, all).is_some())
        || done_by_act(view, trigger, all).is_some()
    {
        return None;
    }
    let mut score = entry.confidence
        + 0.08 * (trigger.words.len() - 1) as f64
        + 0.04 * asked(&entry.needs) as f64
        + 0.03 * filled(&roles) as f64;
    if let Some(side) = entry.side {
        let found = side_of(view, &roles);
        if found.is_some_and(|found| found != side) {
            return None;
        }
        if found == Some(side) && !roles.recipient.is_empty() {
            score += 0.3;
        }
    }
    if entry.visit {
        let nowhere =
            roles.recipient.is_empty() && roles.object.is_empty() && roles.place.is_empty();
        if nowhere {
            let last = told
                .iter()
                .rev()
                .find(|kind| matches!(kind, EventType::Consult | EventType::Inspect));
            score += if last == Some(&entry.kind) { 0.1 } else { -0.2 };
        } else if entry.kind == EventType::Consult && at_home(view, &roles) {
            return None;
        } else if entry.kind == EventType::Inspect && trigger.verbal && !roles.object.is_empty() {
            // A site in a place: the site is what is visited.
            score += 0.1;
        }
    }
    if anaphoric {
        score -= 0.15;
    }
    // "menguji coba rudal": a verb and its object, not "uji coba rudal".
    if !trigger.verbal && view.word(trigger.head).upos == Upos::Verb {
        score -= 0.3;
    }
    Some(Draft {
        trigger: trigger.clone(),
        kind: entry.kind,
        roles,
        score,
        anaphoric,
    })
}

/// "threatened to deal a blow to [the two states]": whom the clause of a threat names.
fn threatened(view: &View<'_>, trigger: &Trigger) -> Vec<Filler> {
    let Some(proposition) = view.proposition(trigger.head) else {
        return Vec::new();
    };
    let clauses = proposition
        .with_role(Role::Complement)
        .filter_map(|complement| view.proposition(complement.head));
    let at_someone = |argument: &&Argument| {
        let towards = argument.marker.is_some_and(|marker| {
            let form = view.word(marker).form.to_lowercase();
            [Grammatical::Against, Grammatical::Recipient]
                .iter()
                .any(|&role| view.grammar.has(role, &form))
        });
        view.is_party(argument.head)
            && (argument.role == Role::Object || argument.role == Role::Oblique && towards)
    };
    clauses
        .flat_map(|clause| clause.arguments.iter().filter(at_someone))
        .map(|argument| Filler {
            head: argument.head,
            slot: "clause-object".to_owned(),
        })
        .collect()
}

fn asked(needs: &Conditions) -> usize {
    [
        &needs.actor,
        &needs.recipient,
        &needs.object,
        &needs.place,
        &needs.any,
    ]
    .iter()
    .filter(|classes| !classes.is_empty())
    .count()
        + usize::from(!needs.clause.is_empty())
}

fn filled(roles: &Roles<Vec<Filler>>) -> usize {
    [&roles.actor, &roles.recipient, &roles.object]
        .iter()
        .filter(|fillers| !fillers.is_empty())
        .count()
}

fn holds(
    view: &View<'_>,
    trigger: &Trigger,
    entry: &Entry,
    roles: &Roles<Vec<Filler>>,
    all: &[Trigger],
) -> bool {
    let needs = &entry.needs;
    let classes = &view.rules.classes;
    let meets = |wanted: &[Box<str>], have: ClassSet| {
        wanted.is_empty() || have.meets(classes.all_named(wanted))
    };
    let actor = classes_of(view, &roles.actor);
    let recipient = classes_of(view, &roles.recipient);
    let object = classes_of(view, &roles.object);
    let place = classes_of(view, &roles.place);
    let foreign = classes
        .all_named(&needs.place)
        .meets(classes.named(FOREIGN));
    // "was criticised over its budget": who does it is left unsaid.
    let befalls = (roles.recipient.iter()).any(|recipient| view.is_party(recipient.head));
    let unsaid = actor == ClassSet::default() && befalls && has_no_agent(view, trigger);
    (unsaid || meets(&needs.actor, actor))
        && (unsaid || !trigger.verbal || meets(&needs.verb_actor, actor))
        && meets(&needs.recipient, recipient)
        && meets(&needs.object, object)
        && (if foreign {
            is_abroad(view, roles)
        } else {
            meets(&needs.place, place)
        })
        && meets(
            &needs.any,
            actor.union(recipient).union(object).union(place),
        )
        && (needs.topic.is_empty() || meets(&needs.topic, topic(view, trigger)))
        && parties(view, &roles.actor) >= usize::from(needs.parties)
        && (needs.clause.is_empty() || governs_type(view, trigger, &needs.clause, all))
}

/// Whether the trigger is a passive verb that names nobody who does it.
fn has_no_agent(view: &View<'_>, trigger: &Trigger) -> bool {
    trigger.verbal
        && view.proposition(trigger.head).is_some_and(|proposition| {
            proposition.voice == Voice::Passive && proposition.first(Role::Subject).is_none()
        })
}

fn barred(view: &View<'_>, trigger: &Trigger, entry: &Entry, roles: &Roles<Vec<Filler>>) -> bool {
    let bars = &entry.bars;
    if bars.is_empty() {
        return false;
    }
    let classes = &view.rules.classes;
    let meets = |barred: &[Box<str>], have: ClassSet| have.meets(classes.all_named(barred));
    meets(&bars.actor, classes_of(view, &roles.actor))
        || meets(&bars.recipient, classes_of(view, &roles.recipient))
        || meets(&bars.object, classes_of(view, &roles.object))
        || meets(&bars.place, classes_of(view, &roles.place))
        || (!bars.topic.is_empty() && meets(&bars.topic, topic(view, trigger)))
}

/// The classes of all other nouns of the sentence.
fn topic(view: &View<'_>, trigger: &Trigger) -> ClassSet {
    (0..view.len())
        .filter(|word| !trigger.words.contains(word))
        .filter(|&word| matches!(view.word(word).upos, Upos::Noun | Upos::Propn))
        .fold(ClassSet::default(), |set, word| {
            set.union(view.classes(word))
        })
}

/// How many parties the words name; a counted one ("kedua negara", "both sides") is two.
fn parties(view: &View<'_>, actors: &[Filler]) -> usize {
    let counted = actors.iter().any(|actor| {
        view.tree.children(actor.head).any(|child| {
            matches!(view.word(child).relation.universal, Deprel::Nummod)
                || (view.word(child).relation.is(Deprel::Det) && view.word(child).upos == Upos::Num)
        })
    });
    actors.len() + usize::from(counted)
}

/// Whether a word below the trigger, or right behind it, may tell of one of the types.
fn governs_type(view: &View<'_>, trigger: &Trigger, kinds: &[EventType], all: &[Trigger]) -> bool {
    all.iter().any(|other| {
        kinds.contains(&entry(view, other).kind)
            && !other.words.iter().any(|word| trigger.words.contains(word))
            && (view.is_below(other.head, trigger.head)
                || (other.head > trigger.head && other.head < trigger.head + 5))
    })
}

/// "[An air strike] hit a market": the act is told by the verb's subject.
fn done_by_act(view: &View<'_>, trigger: &Trigger, all: &[Trigger]) -> Option<usize> {
    if !trigger.verbal {
        return None;
    }
    let kind = entry(view, trigger).kind;
    let proposition = view.proposition(trigger.head)?;
    let subject = proposition.first(Role::Subject)?.head;
    let act = |other: &&Trigger| {
        !other.verbal && other.words.contains(&subject) && entry(view, other).kind == kind
    };
    all.iter().any(|other| act(&other)).then_some(subject)
}

/// "[serangan] yang menewaskan ...", "attacked ..., [killing] nine": what an act led to is no act of its own.
fn effect_of(view: &View<'_>, trigger: &Trigger, all: &[Trigger]) -> Option<usize> {
    let kind = entry(view, trigger).kind;
    let tells = |word: usize| {
        all.iter().any(|other| {
            other.head == word && word != trigger.head && entry(view, other).kind == kind
        })
    };
    let proposition = view.proposition(trigger.head)?;
    let argument = (proposition.arguments.iter())
        .filter(|argument| matches!(argument.role, Role::Subject | Role::Oblique))
        .map(|argument| argument.head)
        .find(|&head| tells(head));
    argument.or_else(|| {
        let matrix = proposition.matrix?;
        let hangs = matches!(matrix.link, Link::Adverbial | Link::Relative | Link::Open);
        (hangs && tells(matrix.head)).then_some(matrix.head)
    })
}

/// Whether the noun takes up something told: "inspeksi itu", "the raid", "inspeksi baru-baru ini".
fn is_definite(view: &View<'_>, head: usize) -> bool {
    let own: Vec<usize> = view.tree.children(head).collect();
    own.len() <= 5
        && own.iter().any(|&word| {
            let word = view.word(word);
            word.upos == Upos::Det
                && (word.features.get("PronType") == Some("Dem")
                    || word.features.get("Definite") == Some("Def"))
                || word.relation.has_subtype("poss")
        })
}

/// On whose side the recipients are; `None` where the text does not tell.
fn side_of(view: &View<'_>, roles: &Roles<Vec<Filler>>) -> Option<Side> {
    let own = roles
        .actor
        .iter()
        .find_map(|actor| view.country(actor.head));
    let mut side = None;
    for recipient in &roles.recipient {
        let found = match (own, view.country(recipient.head)) {
            (Some(own), Some(other)) if own == other => Some(Side::Own),
            (_, Some(_)) => Some(Side::Other),
            (_, None) if has_possessive(view, recipient.head) => Some(Side::Own),
            (_, None)
                if view.is(recipient.head, "state") || view.is(recipient.head, "organization") =>
            {
                Some(Side::Other)
            }
            (_, None)
                if view.is(recipient.head, "troops") || view.is(recipient.head, "official") =>
            {
                Some(Side::Own)
            }
            _ => None,
        };
        if found == Some(Side::Other) {
            return found;
        }
        side = side.or(found);
    }
    side
}

/// "tentara[nya]", "[his] army"
pub(super) fn has_possessive(view: &View<'_>, head: usize) -> bool {
    view.tree.children(head).any(|child| {
        let word = view.word(child);
        word.upos == Upos::Pron && word.relation.is(Deprel::Nmod)
            || word.features.get("Poss") == Some("Yes")
    })
}

fn is_abroad(view: &View<'_>, roles: &Roles<Vec<Filler>>) -> bool {
    let home = roles
        .actor
        .iter()
        .find_map(|actor| view.country(actor.head));
    let there = roles
        .place
        .iter()
        .find_map(|place| view.country(place.head));
    matches!((home, there), (Some(home), Some(there)) if home != there)
}

fn at_home(view: &View<'_>, roles: &Roles<Vec<Filler>>) -> bool {
    let home = roles
        .actor
        .iter()
        .find_map(|actor| view.country(actor.head));
    let there =
        (roles.place.iter().chain(&roles.recipient)).find_map(|place| view.country(place.head));
    matches!((home, there), (Some(home), Some(there)) if home == there)
}

/// One happening told by two words of a sentence is one event.
fn drop_tellings_twice(view: &View<'_>, drafts: &mut Vec<Draft>) {
    let mut dropped = vec![false; drafts.len()];
    let mut threatened = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        for (at, other) in drafts.iter().enumerate() {
            if index == at || dropped[at] {
                continue;
            }
            let governed = view.is_below(draft.trigger.head, other.trigger.head);
            let same = governed
                && (
                    // "agreed to [cooperate]", "mengancam akan [menyerang]": the promise or the threat is the event.
                    matches!(
                    (other.kind, draft.kind),
                    (EventType::Agree, EventType::Cooperate | EventType::Agree)
                        | (EventType::Threaten, EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Threaten)
                )
                // "menggelar pertemuan untuk [berunding]"; "attacks that [destroyed] ..."
                || is_needed_object(view, draft, other)
                || (other.kind == draft.kind && shares_role(draft, other) && is_clause_of(view, draft, other))
                );
            if same {
                dropped[index] = true;
                // "threatened to attack [Israel]"
                if other.kind == EventType::Threaten && other.roles.recipient.is_empty() {
                    threatened.push((at, draft.roles.recipient.clone()));
                }
                break;
            }
        }
    }
    for (at, recipients) in threatened {
        drafts[at].roles.recipient = recipients;
    }
    let mut index = 0;
    drafts.retain(|_| {
        index += 1;
        !dropped[index - 1]
    });
}

/// "signed an [agreement]": what an act needs as its object is part of it; not so what is asked for or ordered ("called for a [ceasefire]").
fn is_needed_object(view: &View<'_>, draft: &Draft, other: &Draft) -> bool {
    let act = entry(view, &other.trigger);
    act.governs.is_none()
        && !act.needs.object.is_empty()
        && (other.roles.object.iter()).any(|filler| filler.head == draft.trigger.head)
}

fn shares_role(one: &Draft, other: &Draft) -> bool {
    let of = |draft: &Draft| -> Vec<usize> {
        (draft.roles.actor.iter())
            .chain(&draft.roles.recipient)
            .chain(&draft.roles.object)
            .map(|filler| filler.head)
            .collect()
    };
    of(one)
        .iter()
        .any(|head| of(other).contains(head) || other.trigger.words.contains(head))
}

/// Whether the one is part of the other: its clause or object, not only somewhere below.
fn is_clause_of(view: &View<'_>, draft: &Draft, other: &Draft) -> bool {
    view.tree.head(draft.trigger.head) == Some(other.trigger.head)
        && !view.word(draft.trigger.head).relation.is(Deprel::Conj)
}

/// What the accepted triggers make of the acts that they govern, by head word.
pub(super) fn governors(view: &View<'_>, drafts: &[Draft]) -> Vec<(usize, Modality)> {
    drafts
        .iter()
        .filter_map(|draft| Some((draft.trigger.head, entry(view, &draft.trigger).governs?)))
        .collect()
}

/// The light verb that carries a nominal trigger, with its distance in words.
pub(super) fn light_verb(view: &View<'_>, trigger: &Trigger) -> Option<usize> {
    if trigger.verbal {
        return None;
    }
    let (verb, argument) = view.argument_of(trigger.head)?;
    (verb.kind == PredicateKind::Verb
        && argument.role == Role::Object
        && view.is_among(verb.predicate, &view.rules.light))
    .then_some(verb.predicate)
}
