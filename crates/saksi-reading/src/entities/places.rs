//! Where places are: of all places of a name the one that the report means, with its coordinates.
//!
//! In: the entities of a report. Out: the same, with `geo`, `country` and `links` of the places that a gazetteer knows. What speaks for one of
//! several: how many people live there, the place or state that it is said to lie in ("Pandi, Bulacan"), the countries that the report
//! speaks of, the places near it that the report names. Where they leave it open, the confidence tells.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use saksi_lexicon::Lexicon;
use saksi_lexicon::gazetteer::{Thing, fold};
use saksi_lexicon::grammar::Role;
use saksi_record::{EntityType, Geo, MentionKind};
use saksi_syntax::{Deprel, Parsed};

use super::{Entities, Entity, EntityId, Mention};

/// The places of one name that are weighed against each other, the best known first.
const CANDIDATES: usize = 64;
/// The ways of writing a name that are looked up.
const FORMS: usize = 4;
/// The places of a report whose neighbourhood counts.
const NEIGHBOURS: usize = 64;

/// How much more likely a place is, as a logarithm: ten times the people.
const PEOPLE: f64 = 0.6;
/// Its own name, not one of its others.
const OWN_NAME: f64 = 2.0;
/// It goes by another of the report's names for it than the fullest.
const SHORTER: f64 = 6.0;
/// It lies in what stands beside it.
const INSIDE: f64 = 15.0;
/// A province has the name, and no great town in it has it, too.
const PROVINCE: f64 = 3.0;
/// So many people make a town great, and so many one that is great by any of its names.
const GREAT: f64 = 100_000.0;
const METROPOLIS: f64 = 1_000_000.0;
/// How far the middle of a province may be from the great town that has its name, in kilometres.
const AROUND_KM: f64 = 300.0;
/// The packs know its country.
const LISTED: f64 = 7.0;
/// All that the report speaks of is of its country.
const COUNTRY: f64 = 7.0;
/// The country of the report's language.
const HOME: f64 = 2.0;
/// Another place that is sure lies near, or the report names the province it lies in.
const NEAR: f64 = 2.5;
/// How far near reaches, in kilometres.
const NEAR_KM: f64 = 250.0;

/// A place that a name can mean.
struct Candidate<'a> {
    /// Number of the gazetteer, and of the thing in it.
    of: (usize, u32),
    thing: Thing<'a>,
    score: f64,
    /// Whether the report writes the name that it goes by.
    own_name: bool,
    /// Whether the report says what it lies in.
    told: bool,
}

/// An entity to be found on the globe.
struct Sought<'a> {
    entity: EntityId,
    candidates: Vec<Candidate<'a>>,
}

/// Gives the places among `entities` what the gazetteers of `lexicon` know of them.
pub(super) fn resolve(entities: &mut Entities, parsed: &Parsed, lexicon: &Lexicon) {
    if lexicon.gazetteers.is_empty() {
        return;
    }
    let shares = shares(entities, lexicon);
    let mut sought: Vec<Sought> = Vec::new();
    for (index, entity) in entities.entities.iter().enumerate() {
        let wanted = entity.kind == EntityType::Place && entity.geo.is_none();
        if !wanted {
            continue;
        }
        let entity = EntityId(index as u32);
        let candidates = candidates(entities, entity, parsed, lexicon, &shares);
        if !candidates.is_empty() {
            sought.push(Sought { entity, candidates });
        }
    }
    let unknown = contain(&mut sought, entities, parsed, lexicon);
    approach(&mut sought, entities, lexicon);
    for one in sought {
        settle(
            &mut entities.entities[one.entity.0 as usize],
            one.candidates,
        );
    }
    for (village, outer) in unknown {
        let country = entities.entity(outer).country.clone();
        let village = &mut entities.entities[village.0 as usize];
        village.country = village.country.take().or(country);
    }
}

/// The share of each country in what the report speaks of, by its code.
fn shares(entities: &Entities, lexicon: &Lexicon) -> FxHashMap<Box<str>, f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    // What a place's name tells of its country is what is asked.
    let known = |entity: &&Entity| entity.kind != EntityType::Place || entity.geo.is_some();
    for entity in entities.entities.iter().filter(known) {
        let mentions = (entity.mentions.iter())
            .filter(|&&id| entities.mention(id).within.is_none())
            .count();
        if let Some(country) = entity.country.as_deref().filter(|_| mentions > 0) {
            *counts.entry(country).or_default() += mentions as f64;
        }
    }
    let sum: f64 = counts.values().sum();
    let mut shares: FxHashMap<Box<str>, f64> = (counts.into_iter())
        // Half the weight for being named at all, half for how often.
        .map(|(country, count)| (country.into(), COUNTRY * (0.5 + 0.5 * count / sum)))
        .collect();
    if let Some(home) = &lexicon.home {
        *shares.entry(home.as_str().into()).or_default() += HOME;
    }
    shares
}

/// The places that the names of `entity` can mean, each once.
fn candidates<'a>(
    entities: &Entities,
    entity: EntityId,
    parsed: &Parsed,
    lexicon: &'a Lexicon,
    shares: &FxHashMap<Box<str>, f64>,
) -> Vec<Candidate<'a>> {
    let known = entities.entity(entity);
    let mut forms: Vec<&str> = vec![&known.name];
    for mention in known.mentions.iter().map(|&id| entities.mention(id)) {
        let form = mention.span.of(&parsed.report.text);
        if mention.kind == MentionKind::Name && !forms.contains(&form) && forms.len() < FORMS {
            forms.push(form);
        }
    }
    let mut found: Vec<Candidate> = Vec::new();
    for &form in &forms {
        // "in", "OR", "me": short names are abbreviations, which are capitals.
        let short = form.chars().count() < 3 && form.contains(char::is_lowercase);
        // "the North" is no province of Cameroon.
        if short || lexicon.grammar.has(Role::Compass, &form.to_lowercase()) {
            continue;
        }
        for (of, gazetteer) in lexicon.gazetteers.iter().enumerate() {
            for number in gazetteer.find(form).into_iter().take(CANDIDATES) {
                let Some(thing) = gazetteer.thing(number) else {
                    continue;
                };
                let fits = thing.kind == EntityType::Place && thing.at.is_some();
                if !fits || found.iter().any(|one| one.of == (of, number)) {
                    continue;
                }
                let country = thing.country.as_deref();
                let mut score = PEOPLE * thing.weight.ln_1p();
                score += shares
                    .get(country.unwrap_or_default())
                    .copied()
                    .unwrap_or_default();
                if country.is_some() && country == known.country.as_deref() {
                    score += LISTED;
                }
                let own_name = is_region(&thing) || fold(&thing.name) == fold(form);
                if own_name {
                    score += OWN_NAME;
                }
                // "New York City" is not the state, though the report says "New York", too.
                if forms
                    .iter()
                    .any(|other| other.len() > form.len() && other.starts_with(form))
                {
                    score -= SHORTER;
                }
                found.push(Candidate {
                    of: (of, number),
                    thing,
                    score,
                    own_name,
                    told: false,
                });
            }
        }
    }
    weigh_provinces(&mut found);
    // "Washington" is the capital before it is the province.
    if known.class.as_deref().is_some_and(is_town) {
        for region in found.iter_mut().filter(|one| is_region(&one.thing)) {
            region.score -= LISTED;
        }
    }
    found
}

fn is_town(class: &str) -> bool {
    class.split('/').next() == Some("town")
}

fn is_region(thing: &Thing) -> bool {
    thing
        .class
        .as_deref()
        .is_some_and(|class| class.starts_with("region"))
}

/// Prefers a province to small towns of its name, and a great town to the province or district around it that has its name.
fn weigh_provinces(candidates: &mut [Candidate]) {
    let great: Vec<Geo> = (candidates.iter())
        .filter(|one| {
            let people = one.thing.weight;
            let great = people >= METROPOLIS || one.own_name && people >= GREAT;
            great && !is_region(&one.thing)
        })
        .filter_map(|one| one.thing.at)
        .collect();
    for one in candidates.iter_mut().filter(|one| is_region(&one.thing)) {
        let around = |&town: &Geo| {
            one.thing
                .at
                .is_some_and(|at| kilometres(at, town) < AROUND_KM)
        };
        if great.iter().any(around) {
            one.score -= PROVINCE;
        } else if one.thing.class.as_deref() == Some("region/first") {
            one.score += PROVINCE;
        }
    }
}

/// Lets what stands beside a place tell where it lies: "Pandi, Bulacan", "Cikarang, Jawa Barat", "Ranya in Iraq"; and what lies in it what
/// a name means that is a state's and a province's: "Atlanta, Georgia". Places that no gazetteer has come back with what they are said to lie in.
fn contain<'a>(
    sought: &mut Vec<Sought<'a>>,
    entities: &mut Entities,
    parsed: &Parsed,
    lexicon: &'a Lexicon,
) -> Vec<(EntityId, EntityId)> {
    let mut by_entity: FxHashMap<EntityId, usize> = (sought.iter().enumerate())
        .map(|(at, one)| (one.entity, at))
        .collect();
    let mut unknown = Vec::new();
    for (inner, outer) in side_by_side(entities, parsed, lexicon) {
        let entity = entities.entity(outer);
        let Some(&at) = by_entity.get(&inner) else {
            let place = |id| entities.entity(id).kind == EntityType::Place;
            if place(inner) && (place(outer) || entity.kind == EntityType::State) {
                unknown.push((inner, outer));
            }
            continue;
        };
        if entity.kind == EntityType::State {
            // "Georgian officials" are of the state, whatever else lies in the province.
            let by_name = (entity.mentions.iter())
                .map(|&id| entities.mention(id).span.of(&parsed.report.text))
                .all(|words| fold(words) == fold(&entity.name));
            let provinces = by_name
                .then(|| provinces(entity, &sought[at].candidates, lexicon))
                .flatten();
            if let Some(provinces) = provinces {
                let number = *by_entity.entry(outer).or_insert(sought.len());
                if number == sought.len() {
                    sought.push(Sought {
                        entity: outer,
                        candidates: provinces,
                    });
                }
                let state = &mut entities.entities[outer.0 as usize];
                *state = Entity {
                    kind: EntityType::Place,
                    name: state.name.clone(),
                    mentions: std::mem::take(&mut state.mentions),
                    ..Entity::default()
                };
            } else {
                let country = entity.country.as_deref();
                for candidate in &mut sought[at].candidates {
                    if candidate.thing.country.as_deref() == country {
                        candidate.score += INSIDE;
                        candidate.told = true;
                    }
                }
                continue;
            }
        }
        let Some(&other) = by_entity.get(&outer) else {
            continue;
        };
        // "Oklahoma, Pennsylvania" is no address in Pennsylvania.
        let province = |one: &Candidate| one.thing.class.as_deref() == Some("region/first");
        if sought[at].candidates.iter().any(province) {
            continue;
        }
        let (inner, outer) = pair(sought, at, other);
        let mut holds = vec![false; outer.len()];
        for candidate in inner {
            let above = above(candidate, lexicon);
            let region = outer.iter().position(|region| above.contains(&region.of));
            if let Some(region) = region {
                candidate.score += INSIDE;
                candidate.told = true;
                holds[region] = true;
            }
        }
        for (region, _) in outer.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
            region.score += INSIDE;
            region.told = true;
        }
    }
    unknown
}

/// Names that stand side by side as a place and what it lies in may.
fn side_by_side(
    entities: &Entities,
    parsed: &Parsed,
    lexicon: &Lexicon,
) -> Vec<(EntityId, EntityId)> {
    let mut found = Vec::new();
    for (sentence, tree) in parsed.trees.iter().enumerate() {
        let mut mentions: Vec<&Mention> = (entities.in_sentence(sentence))
            .map(|id| entities.mention(id))
            .filter(|mention| mention.kind == MentionKind::Name)
            .collect();
        mentions.sort_by_key(|mention| mention.words.start);
        let form = |at: usize| tree.word(at).form.to_lowercase();
        for (inner, outer) in mentions.iter().zip(mentions.iter().skip(1)) {
            // "Wyoming, Michigan and Ohio" is a list.
            let word = tree.word(outer.head);
            let listed = word.relation.is(Deprel::Conj)
                && word.head.is_some_and(|head| inner.words.contains(&head));
            if inner.words.end > outer.words.start || inner.entity == outer.entity || listed {
                continue;
            }
            let is_in = |at: usize| lexicon.grammar.has(Role::Place, &form(at));
            let between = inner.words.end..outer.words.start;
            let joined = match between.len() {
                0 => true,
                1 => matches!(&*form(between.start), "," | "(") || is_in(between.start),
                2 => form(between.start) == "," && is_in(between.start + 1),
                _ => false,
            };
            if joined {
                found.push((inner.entity, outer.entity));
            }
        }
    }
    found
}

/// The provinces that have the name of a state and hold one of `inner`, where none of those lies in the state.
fn provinces<'a>(
    state: &Entity,
    inner: &[Candidate],
    lexicon: &'a Lexicon,
) -> Option<Vec<Candidate<'a>>> {
    let own = |one: &Candidate| one.thing.country.as_deref() == state.country.as_deref();
    if inner.iter().any(own) {
        return None;
    }
    let mut found = Vec::new();
    for (of, gazetteer) in lexicon.gazetteers.iter().enumerate() {
        for number in gazetteer.find(&state.name) {
            let holds = |one: &Candidate| above(one, lexicon).contains(&(of, number));
            if let Some(thing) = gazetteer.thing(number).filter(is_region)
                && inner.iter().any(holds)
            {
                found.push(Candidate {
                    of: (of, number),
                    score: PEOPLE * thing.weight.ln_1p(),
                    thing,
                    own_name: true,
                    told: false,
                });
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The candidates of two of `sought`.
fn pair<'s, 'a>(
    sought: &'s mut [Sought<'a>],
    one: usize,
    other: usize,
) -> (&'s mut [Candidate<'a>], &'s mut [Candidate<'a>]) {
    let (low, high) = sought.split_at_mut(one.max(other));
    let (first, second) = (&mut low[one.min(other)].candidates, &mut high[0].candidates);
    if one < other {
        (first, second)
    } else {
        (second, first)
    }
}

/// The things that a candidate lies in.
fn above(candidate: &Candidate, lexicon: &Lexicon) -> Vec<(usize, u32)> {
    let (of, _) = candidate.of;
    let mut above = Vec::new();
    let mut within = candidate.thing.within;
    while let Some(number) = within
        && above.len() < 4
    {
        above.push((of, number));
        within = lexicon.gazetteers[of]
            .thing(number)
            .and_then(|thing| thing.within);
    }
    above
}

/// Lets the places that are sure draw those near them.
fn approach(sought: &mut [Sought], entities: &Entities, lexicon: &Lexicon) {
    let known = entities.entities.iter().enumerate();
    let mut sure: Vec<(EntityId, Geo)> = known
        .filter(|(_, entity)| entity.kind == EntityType::Place)
        .filter_map(|(index, entity)| Some((EntityId(index as u32), entity.geo?)))
        .collect();
    for one in &*sought {
        if let Some((best, confidence)) = best(&one.candidates)
            && confidence > 0.8
            && let Some(at) = one.candidates[best].thing.at
        {
            sure.push((one.entity, at));
        }
    }
    sure.truncate(NEIGHBOURS);
    let regions: Vec<(String, Option<&str>)> = (entities.entities.iter())
        .filter(|entity| (entity.class.as_deref()).is_some_and(|class| class.starts_with("region")))
        .map(|entity| (fold(&entity.name), entity.country.as_deref()))
        .take(NEIGHBOURS)
        .collect();
    let in_region = |candidate: &Candidate| {
        let (of, _) = candidate.of;
        (above(candidate, lexicon).into_iter())
            .filter_map(|(_, number)| lexicon.gazetteers[of].thing(number))
            .any(|thing| {
                let country = thing.country.as_deref();
                (regions.iter()).any(|(name, of)| *of == country && *name == fold(&thing.name))
            })
    };
    for one in sought {
        for candidate in &mut one.candidates {
            let Some(at) = candidate.thing.at else {
                continue;
            };
            let near = |other: &(EntityId, Geo)| {
                other.0 != one.entity && kilometres(at, other.1) < NEAR_KM
            };
            if sure.iter().any(near) || !regions.is_empty() && in_region(candidate) {
                candidate.score += NEAR;
            }
        }
    }
}

/// The candidate that scores best, and the share of the likelihood that it has.
fn best(candidates: &[Candidate]) -> Option<(usize, f64)> {
    let top = (0..candidates.len())
        .rev()
        .max_by(|&one, &other| candidates[one].score.total_cmp(&candidates[other].score))?;
    let highest = candidates[top].score;
    // Two things at one spot, such as a town and its district, are no doubt.
    let at = candidates[top].thing.at?;
    let sum: f64 = (candidates.iter().enumerate())
        .filter(|(number, one)| {
            *number == top
                || one
                    .thing
                    .at
                    .is_some_and(|other| kilometres(at, other) > 50.0)
        })
        .map(|(_, one)| (one.score - highest).exp())
        .sum();
    Some((top, 1.0 / sum))
}

/// Gives the entity what is known of the best of its candidates.
fn settle(entity: &mut Entity, mut candidates: Vec<Candidate>) {
    let Some((best, confidence)) = best(&candidates) else {
        return;
    };
    let Candidate { thing, told, .. } = candidates.swap_remove(best);
    let country = thing.country.as_deref();
    if entity.country.is_some() && entity.country.as_deref() != country && !told {
        return;
    }
    // "SURABAYA" of a dateline.
    let shouted = !entity.name.contains(char::is_lowercase) && entity.name.chars().count() > 3;
    if shouted && fold(&thing.name) == fold(&entity.name) {
        entity.name = thing.name.into_owned();
    }
    entity.geo = thing.at;
    entity.link_confidence = Some((confidence * 100.0).round() as f32 / 100.0);
    entity.country = country.map(Into::into);
    if entity.class.is_none() {
        entity.class = thing.class.as_deref().map(Into::into);
    }
    for (scheme, value) in thing.links {
        entity
            .links
            .entry(scheme.into_owned())
            .or_insert_with(|| value.into_owned());
    }
}

/// The distance of two points on the globe, by the haversine formula.
fn kilometres(one: Geo, other: Geo) -> f64 {
    let (a, b) = (one.latitude.to_radians(), other.latitude.to_radians());
    let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    let across = half(one.longitude.to_radians(), other.longitude.to_radians());
    let chord = half(a, b) + a.cos() * b.cos() * across;
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_on_the_globe() {
        let at = |latitude, longitude| Geo {
            latitude,
            longitude,
        };
        // Jakarta to Surabaya; half around the equator.
        let java = kilometres(at(-6.21, 106.85), at(-7.25, 112.75));
        assert!((660.0..670.0).contains(&java), "{java}");
        let half = kilometres(at(0.0, 0.0), at(0.0, 180.0));
        assert!((half - 20_015.0).abs() < 1.0, "{half}");
        assert!(kilometres(at(5.0, 179.9), at(5.0, -179.9)) < 30.0);
    }
}
