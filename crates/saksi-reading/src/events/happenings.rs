//! Which events tell of the same happening, and the dates that they lend each other.

use saksi_record::{DateFrom, EventType, Modality};

use super::Event;

/// How many tellings back a happening is looked for; bounds the work on long reports.
const WINDOW: usize = 200;

/// Numbers the happenings in the order of their first telling, and gives events without a date that of another telling.
///
/// `lemmas` are, for each event, the head nouns of its objects, `roots` the dictionary forms of their triggers; `anaphoric` says which
/// events only take up one told before.
pub(super) fn number(
    events: &mut [Event],
    lemmas: &[Vec<String>],
    roots: &[String],
    anaphoric: &[bool],
) {
    let mut next = 0;
    for index in 0..events.len() {
        let first = index.saturating_sub(WINDOW);
        // "Polisi menangkap ... dan menyita ... [Penangkapan] itu ...": of the same word, else of the same kind
        let alike = |&earlier: &usize| {
            anaphoric[index]
                && events[earlier].kind == events[index].kind
                && roots[earlier] == roots[index]
        };
        let taken_up = (first..index).rev().find(alike);
        let same = taken_up.or_else(|| {
            (first..index).rev().find(|&earlier| {
                anaphoric[index] && events[earlier].kind == events[index].kind
                    || is_same(
                        &events[earlier],
                        &events[index],
                        &lemmas[earlier],
                        &lemmas[index],
                    )
            })
        });
        if let Some(earlier) = same {
            events[index].happening = events[earlier].happening;
        } else {
            events[index].happening = next;
            next += 1;
        }
    }
    lend(events);
}

/// Gives events without a date that of another telling of the same happening; one with a year or month a more exact one that lies in it
/// ("the launch, its fourth this year").
pub(super) fn lend(events: &mut [Event]) {
    for index in 0..events.len() {
        let event = &events[index];
        let told = events
            .iter()
            .find(|other| {
                let date = other.date.as_deref().unwrap_or_default();
                let own = event.date.as_deref().unwrap_or_default();
                other.happening == event.happening
                    && other.date_from != Some(DateFrom::Happening)
                    && date.len() > own.len()
                    && date.starts_with(own)
            })
            .and_then(|other| other.date.clone());
        if told.is_some() {
            events[index].date = told;
            events[index].date_from = Some(DateFrom::Happening);
        }
    }
}

fn is_same(one: &Event, other: &Event, one_objects: &[String], other_objects: &[String]) -> bool {
    if one.kind != other.kind || realm(one.modality) != realm(other.modality) {
        return false;
    }
    let (actors, actors_clash) = compare(&one.actors, &other.actors);
    let (recipients, recipients_clash) = compare(&one.recipients, &other.recipients);
    let (objects, objects_clash) = compare(one_objects, other_objects);
    let dates_clash = matches!((&one.date, &other.date), (Some(one), Some(other)) if one != other);
    // A tour has many stations; of weapons made, sold or tested, another one is another happening.
    let stations = matches!(one.kind, EventType::Inspect | EventType::Consult);
    if actors_clash || recipients_clash || dates_clash || (objects_clash && !stations) {
        return false;
    }
    // Two orders or accusations of one actor need not be the same.
    let spoken = matches!(
        one.kind,
        EventType::Order
            | EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Agree
    );
    match one.kind {
        EventType::Inspect | EventType::Exercise => actors || (objects && !actors_clash),
        _ => {
            actors
                && (recipients
                    || objects
                    || (!spoken
                        && one.recipients.is_empty()
                        && other.recipients.is_empty()
                        && !objects_clash
                        && one_objects.is_empty()
                        && other_objects.is_empty()))
        }
    }
}

/// Whether the lists share something, and whether both say something and share nothing.
fn compare<T: PartialEq>(one: &[T], other: &[T]) -> (bool, bool) {
    let shared = one.iter().any(|item| other.contains(item));
    (shared, !shared && !one.is_empty() && !other.is_empty())
}

/// What happened, what is planned or possible, what did not happen, what was long ago.
fn realm(modality: Modality) -> u8 {
    match modality {
        Modality::Actual => 0,
        Modality::Future | Modality::Hypothetical => 1,
        Modality::Negated => 2,
        Modality::Historical => 3,
    }
}
