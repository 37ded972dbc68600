//! Who does what to whom: fills the roles of a trigger by the slots of its entry.

use saksi_lexicon::triggers::{Entry, Owner, Roles, Slot, SlotRelation};
use saksi_record::EntityType;
use saksi_syntax::{Deprel, Upos};

use super::candidates::{Trigger, entry};
use super::rules::ClassSet;
use super::view::View;
use crate::propositions::{Argument, PredicateKind, Proposition, Role, Via};

/// How many nouns of a thing a phrase may hang below.
const DEPTH: usize = 3;

/// Who or what fills a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filler {
    /// Head word.
    pub(super) head: usize,
    /// Where it stood: the slot, in the words of the pack.
    pub(super) slot: String,
}

/// A participant with its place in the clause, seen from the trigger.
#[derive(Debug, Clone)]
struct Participant {
    place: Place,
    head: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
    SecondObject,
    /// Behind a preposition.
    Behind(String),
}

/// The fillers of the roles of `trigger`.
pub(super) fn fill(view: &View<'_>, trigger: &Trigger) -> Roles<Vec<Filler>> {
    let entry = entry(view, trigger);
    let participants = participants(view, trigger, entry);
    let finder = Finder {
        view,
        trigger,
        participants: &participants,
    };
    let mut roles: Roles<Vec<Filler>> = Roles::default();
    if entry.reciprocal {
        for slot in &entry.roles.actor {
            add_all(&mut roles.actor, finder.slot(slot));
        }
    } else {
        roles.actor = finder.first(&entry.roles.actor, &[]);
    }
    let mut taken: Vec<usize> = heads(&roles.actor);
    roles.recipient = finder.first(&entry.roles.recipient, &taken);
    taken.extend(heads(&roles.recipient));
    roles.object = finder.first(&entry.roles.object, &taken);
    roles.place = finder.first(&entry.roles.place, &[]);
    taker_is_recipient(view, trigger, &mut roles);
    roles
}

fn heads(fillers: &[Filler]) -> Vec<usize> {
    fillers.iter().map(|filler| filler.head).collect()
}

fn add_all(list: &mut Vec<Filler>, more: Vec<Filler>) {
    for filler in more {
        if !list.iter().any(|known| known.head == filler.head) {
            list.push(filler);
        }
    }
}

struct Finder<'f, 'v> {
    view: &'f View<'v>,
    trigger: &'f Trigger,
    participants: &'f [Participant],
}

impl Finder<'_, '_> {
    /// The fillers of the first slot that has any.
    fn first(&self, slots: &[Slot], taken: &[usize]) -> Vec<Filler> {
        slots
            .iter()
            .map(|slot| {
                let mut found = self.slot(slot);
                found.retain(|filler| !taken.contains(&filler.head));
                found
            })
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn slot(&self, slot: &Slot) -> Vec<Filler> {
        let heads: Vec<usize> = match &slot.relation {
            SlotRelation::Subject => self.at(|place| *place == Place::Subject),
            SlotRelation::Object => self.at(|place| *place == Place::Object),
            SlotRelation::SecondObject => self.at(|place| *place == Place::SecondObject),
            SlotRelation::Preposition(preposition) => {
                self.at(|place| matches!(place, Place::Behind(found) if **found == **preposition))
            }
            SlotRelation::ObjectOwner => self
                .at(|place| *place == Place::Object)
                .into_iter()
                .filter_map(|object| self.view.owner(object))
                .collect(),
            SlotRelation::ClauseSubject => self.clause_subjects(),
        };
        let wanted = slot
            .class
            .as_deref()
            .map(|class| self.view.rules.classes.named(class));
        let mut found = Vec::new();
        for head in heads {
            let fits = wanted.is_none_or(|wanted| self.view.classes(head).meets(wanted));
            if fits && !self.trigger.words.contains(&head) {
                add_all(
                    &mut found,
                    vec![Filler {
                        head,
                        slot: slot_name(slot),
                    }],
                );
            }
        }
        found
    }

    fn at(&self, wanted: impl Fn(&Place) -> bool) -> Vec<usize> {
        self.participants
            .iter()
            .filter(|participant| wanted(&participant.place))
            .map(|participant| participant.head)
            .collect()
    }

    /// "meminta agar [Rusia] menarik pasukan": the subject of the clause that completes the verb, where it is another's.
    fn clause_subjects(&self) -> Vec<usize> {
        let Some(proposition) = self.view.proposition(self.trigger.head) else {
            return Vec::new();
        };
        let own: Vec<usize> = proposition
            .with_role(Role::Subject)
            .map(|argument| argument.head)
            .collect();
        proposition
            .with_role(Role::Complement)
            .filter_map(|complement| self.view.proposition(complement.head))
            .flat_map(|clause| clause.with_role(Role::Subject))
            .map(|argument| argument.head)
            .chain(self.asked_beside())
            .chain(self.asked_by_noun())
            .filter(|head| !own.contains(head))
            .collect()
    }

    /// "its demand that [Israel] ease the blockade": the subject of the clause that says what the noun asks for.
    fn asked_by_noun(&self) -> impl Iterator<Item = usize> {
        let trigger = self.trigger.head;
        (self.view.tree.children(trigger))
            .filter(move |&clause| {
                let relation = &self.view.word(clause).relation;
                !self.trigger.verbal
                    && trigger < clause
                    && (relation.is(Deprel::Ccomp) || relation.is(Deprel::Acl))
                    && !relation.has_subtype("relcl")
            })
            .filter_map(|clause| self.view.proposition(clause))
            .flat_map(|clause| clause.with_role(Role::Subject))
            .map(|subject| subject.head)
            .filter(move |&subject| trigger < subject)
    }

    /// "meminta [direksi] menambah kapasitas": the tree may call the clause without a conjunction that follows the verb a
    /// circumstance; its own subject stands between the two.
    fn asked_beside(&self) -> impl Iterator<Item = usize> {
        let trigger = self.trigger.head;
        (self.view.tree.children_by(trigger, Deprel::Advcl))
            .filter(move |&clause| {
                trigger < clause
                    && (self.view.tree.children_by(clause, Deprel::Mark))
                        .next()
                        .is_none()
            })
            .filter_map(|clause| self.view.proposition(clause))
            .flat_map(|clause| clause.with_role(Role::Subject))
            .filter(move |subject| {
                trigger < subject.head
                    && !(trigger..subject.head).any(|at| self.view.word(at).upos == Upos::Punct)
            })
            .map(|subject| subject.head)
    }
}

/// The slot in the words of the pack.
pub(super) fn slot_name(slot: &Slot) -> String {
    let relation = match &slot.relation {
        SlotRelation::Subject => "subject",
        SlotRelation::Object => "object",
        SlotRelation::SecondObject => "second-object",
        SlotRelation::ObjectOwner => "object-owner",
        SlotRelation::ClauseSubject => "clause-subject",
        SlotRelation::Preposition(preposition) => preposition,
    };
    match &slot.class {
        Some(class) => format!("{relation}:{class}"),
        None => relation.to_owned(),
    }
}

fn participants(view: &View<'_>, trigger: &Trigger, entry: &Entry) -> Vec<Participant> {
    let mut found = Vec::new();
    if let Some(proposition) = view.proposition(trigger.head) {
        from_proposition(view, trigger, entry, proposition, &mut found);
    }
    // Of several words, those below the head have arguments too: "melakukan uji coba [senjata]", "impose sanctions [on X]".
    for &word in trigger.words.iter().filter(|&&word| word != trigger.head) {
        if let Some(proposition) = view.proposition(word) {
            for argument in &proposition.arguments {
                let place = match argument.role {
                    Role::Oblique => behind(view, argument),
                    // "mengirim bantuan [kemanusiaan]" only says of what kind.
                    Role::Object
                        if proposition.kind == PredicateKind::Act
                            && argument.via == Via::Modifier
                            && view.classes(argument.head) == ClassSet::default() =>
                    {
                        None
                    }
                    Role::Object | Role::Subject if proposition.kind == PredicateKind::Act => {
                        Some(Place::Object)
                    }
                    // "menguji coba [rudal]", where the tree hangs the second verb from the first
                    Role::Object if trigger.verbal => Some(Place::Object),
                    _ => None,
                };
                push(&mut found, place, argument.head);
            }
        }
    }
    if !trigger.verbal {
        lend(view, trigger, &mut found);
        control(view, trigger, entry, &mut found);
    }
    // "mengirim senjata [ke Rusia]": the tree may hang the phrase from the object.
    for object in found
        .clone()
        .iter()
        .filter(|participant| matches!(participant.place, Place::Object | Place::Behind(_)))
    {
        if matches!(object.place, Place::Behind(_)) {
            // "supplying engines for drones [to Russia]"
            if trigger.verbal && !view.is_party(object.head) {
                below(view, object.head, DEPTH, &mut found);
            }
            continue;
        }
        for child in view.tree.children_by(object.head, Deprel::Nmod) {
            if let Some(preposition) = view.preposition(child) {
                push(&mut found, Some(Place::Behind(preposition)), child);
            }
        }
        below(view, object.head, DEPTH, &mut found);
    }
    found.retain(|participant| {
        !trigger.words.contains(&participant.head) && !view.timed[participant.head]
    });
    found
}

/// "500 tonnes of wheat [to Sudan]", "40 truk bantuan kemanusiaan [ke Gaza]": the phrase may hang from the last of the nouns of a thing.
fn below(view: &View<'_>, head: usize, depth: usize, found: &mut Vec<Participant>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    for child in view.tree.children(head).filter(|&child| child > head) {
        if !matches!(
            view.word(child).relation.universal,
            Deprel::Nmod | Deprel::Compound | Deprel::Amod | Deprel::Flat
        ) {
            continue;
        }
        let someone = view.is_party(child) || view.kind(child) == Some(EntityType::Place);
        match view.preposition(child) {
            Some(preposition) if someone => {
                push(found, Some(Place::Behind(preposition)), child);
            }
            _ if !someone => below(view, child, depth, found),
            _ => {}
        }
    }
}

fn push(found: &mut Vec<Participant>, place: Option<Place>, head: usize) {
    if let Some(place) = place
        && !found.iter().any(|known| known.head == head)
    {
        found.push(Participant { place, head });
    }
}

fn behind(view: &View<'_>, argument: &Argument) -> Option<Place> {
    let marker = argument.marker?;
    Some(Place::Behind(view.word(marker).form.to_lowercase()))
}

fn from_proposition(
    view: &View<'_>,
    trigger: &Trigger,
    entry: &Entry,
    proposition: &Proposition,
    found: &mut Vec<Participant>,
) {
    for argument in &proposition.arguments {
        let place = match argument.role {
            Role::Oblique => behind(view, argument),
            // "asked [the bank] for credit"
            Role::IndirectObject if proposition.first(Role::Object).is_none() => {
                Some(Place::Object)
            }
            Role::IndirectObject => Some(Place::SecondObject),
            Role::Complement => None,
            Role::Subject | Role::Object if trigger.verbal => Some(plain(argument.role)),
            Role::Subject | Role::Object => Some(nominal(view, entry, proposition, argument)),
        };
        let head = match place {
            Some(Place::Subject) => doer(view, proposition, argument),
            _ => argument.head,
        };
        push(found, place, head);
    }
}

/// Who a subject stands for: of an infinitive that hangs from a noun that noun or its owner, of a document who issued it.
fn doer(view: &View<'_>, proposition: &Proposition, subject: &Argument) -> usize {
    let verb = match subject.via {
        Via::Control | Via::Nearest => Some(proposition.predicate),
        Via::LightVerb => view.tree.head(proposition.predicate),
        _ => None,
    };
    verb.and_then(|verb| doer_of_infinitive(view, verb))
        .or_else(|| issuer(view, subject.head))
        .unwrap_or(subject.head)
}

/// "allowed [the opposition] to hold a rally", "[Oslo]'s offer to host talks": whose act an infinitive is that hangs from a noun.
fn doer_of_infinitive(view: &View<'_>, verb: usize) -> Option<usize> {
    let word = view.word(verb);
    let infinitive = word.features.get("VerbForm") == Some("Inf");
    let noun = view
        .tree
        .head(verb)
        .filter(|_| infinitive && word.relation.is(Deprel::Acl))?;
    if view.is_party(noun) {
        Some(noun)
    } else {
        view.owner(noun)
    }
}

/// "[The union] issued a statement demanding ...": whose words a document's are, where the clause tells who issued it.
fn issuer(view: &View<'_>, document: usize) -> Option<usize> {
    if !view.is(document, "document") {
        return None;
    }
    let issued = view.argument_of(document).filter(|(verb, argument)| {
        verb.kind == PredicateKind::Verb && argument.role == Role::Object
    });
    let subject = issued
        .and_then(|(verb, _)| verb.first(Role::Subject))
        .map(|argument| argument.head);
    subject.filter(|&subject| view.is_party(subject))
}

fn plain(role: Role) -> Place {
    if role == Role::Subject {
        Place::Subject
    } else {
        Place::Object
    }
}

/// What the owner or modifier of an act is: the entry says so of those who act; things are objects.
fn nominal(
    view: &View<'_>,
    entry: &Entry,
    proposition: &Proposition,
    argument: &Argument,
) -> Place {
    if matches!(
        argument.via,
        Via::Oblique | Via::LightVerb | Via::Control | Via::Subject
    ) {
        return plain(argument.role);
    }
    let party = view.is_party(argument.head) || view.kind(argument.head) == Some(EntityType::Place);
    if !party {
        return Place::Object;
    }
    match entry.owner {
        Owner::Subject => Place::Subject,
        Owner::Object => {
            // "Israel's bombing of Gaza", "pengiriman senjata Korea Utara": beside an object, the possessor does it.
            let other_object = proposition
                .arguments
                .iter()
                .any(|other| other.head != argument.head && other.role == Role::Object);
            if other_object && argument.role == Role::Subject {
                Place::Subject
            } else {
                Place::Object
            }
        }
    }
}

/// "[Rusia] melancarkan serangan [terhadap X]", "[X] engaged in talks [with Y]": what a light verb has, its act has.
fn lend(view: &View<'_>, trigger: &Trigger, found: &mut Vec<Participant>) {
    let Some((verb, argument)) = view.argument_of(trigger.head) else {
        return;
    };
    let light = view.is_among(verb.predicate, &view.rules.light);
    let carries = matches!(argument.role, Role::Object | Role::Oblique);
    if !light || !carries || verb.kind == PredicateKind::Act {
        return;
    }
    for argument in &verb.arguments {
        let (place, head) = match argument.role {
            Role::Subject => (Some(Place::Subject), doer(view, verb, argument)),
            Role::IndirectObject => (Some(Place::SecondObject), argument.head),
            Role::Oblique => (behind(view, argument), argument.head),
            Role::Object | Role::Complement => (None, argument.head),
        };
        push(found, place, head);
    }
}

/// "Selama kunjungan ke pabrik, [Kim] ...", "[Shoigu] ... during a visit to Pyongyang": whose visit is not said, it is the
/// subject's.
fn control(view: &View<'_>, trigger: &Trigger, entry: &Entry, found: &mut Vec<Participant>) {
    if !entry.visit
        || found
            .iter()
            .any(|participant| participant.place == Place::Subject)
    {
        return;
    }
    let Some(mut at) = view.tree.head(trigger.head) else {
        return;
    };
    if !matches!(
        view.word(trigger.head).relation.universal,
        Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Obj
    ) || view.preposition(trigger.head).is_none()
    {
        return;
    }
    for _ in 0..view.len() {
        if let Some(proposition) = view.proposition(at)
            && proposition.kind != PredicateKind::Act
            && let Some(subject) = proposition.first(Role::Subject)
            && view.is_party(subject.head)
        {
            push(found, Some(Place::Subject), subject.head);
            return;
        }
        match view.tree.head(at) {
            Some(head) => at = head,
            None => return,
        }
    }
}

/// "[X] mendapatkan konsesi dari Y": who takes the act is its recipient.
fn taker_is_recipient(view: &View<'_>, trigger: &Trigger, roles: &mut Roles<Vec<Filler>>) {
    if trigger.verbal || !roles.recipient.is_empty() {
        return;
    }
    let Some((verb, argument)) = view.argument_of(trigger.head) else {
        return;
    };
    if argument.role != Role::Object || !view.is_among(verb.predicate, &view.rules.taken) {
        return;
    }
    for subject in verb.with_role(Role::Subject) {
        roles.actor.retain(|actor| actor.head != subject.head);
        roles.recipient.push(Filler {
            head: subject.head,
            slot: "subject of the taking verb".to_owned(),
        });
    }
    if roles.actor.is_empty() {
        let givers = verb.with_role(Role::Oblique).filter(|oblique| {
            view.is_party(oblique.head)
                && oblique.marker.is_some_and(|marker| {
                    let form = view.word(marker).form.to_lowercase();
                    view.entry_actor_prepositions(trigger)
                        .any(|preposition| *preposition == *form)
                })
        });
        roles.actor = givers
            .map(|giver| Filler {
                head: giver.head,
                slot: "giver".to_owned(),
            })
            .collect();
    }
}

impl View<'_> {
    fn entry_actor_prepositions(&self, trigger: &Trigger) -> impl Iterator<Item = &str> {
        self.rules.entries[trigger.entry]
            .roles
            .actor
            .iter()
            .filter_map(|slot| super::rules::EventRules::preposition(&slot.relation))
    }
}

/// The classes of all fillers of a role.
pub(super) fn classes_of(view: &View<'_>, fillers: &[Filler]) -> ClassSet {
    fillers.iter().fold(ClassSet::default(), |set, filler| {
        set.union(view.classes(filler.head))
    })
}

/// Whether the word can be a participant at all: a noun, name, pronoun or number.
pub(super) fn is_nominal(upos: Upos) -> bool {
    matches!(
        upos,
        Upos::Noun
            | Upos::Propn
            | Upos::Pron
            | Upos::Num
            | Upos::X
            | Upos::Sym
            | Upos::Det
            | Upos::Adj
    )
}
