//! How long searches take while reports are stored: `latency ARCHIVE REPORTS ROUNDS`.
//!
//! Fills the archive with made-up records of 2 kB of text (words of syllables, as frequent as words are; entities and events likewise), nothing of
//! them read from anywhere, then asks ten kinds of query, each with other words and names in each round, while another thread goes on storing.
//! Prints a line of JSON for each kind, and one for all: milliseconds at the median, the 95th percentile and the longest.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use saksi_archive::{Entry, Identifier, Options, Query, Reader, Writer};
use saksi_record::{
    Document, Entity, EntityType, Event, EventType, Generator, Mention, MentionKind, Modality,
    Quotation, Record, SCHEMA, Span, Stance, Statement,
};

/// Words that there are.
const WORDS: u64 = 30_000;
/// Names that there are.
const NAMES: u64 = 20_000;
/// Words of a report.
const LENGTH: usize = 300;
/// Words of a sentence.
const SENTENCE: usize = 20;
const COUNTRIES: [&str; 12] = [
    "PRK", "KOR", "USA", "CHN", "RUS", "IDN", "JPN", "IRN", "UKR", "ISR", "GBR", "FRA",
];
const TYPES: [EventType; 8] = [
    EventType::Consult,
    EventType::Accuse,
    EventType::Test,
    EventType::Inspect,
    EventType::Transfer,
    EventType::Assault,
    EventType::Sanction,
    EventType::Exercise,
];

/// A row of numbers that is the same in each run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// A rank below `bound`, about as frequent as Zipf says: each doubling of the rank is as frequent as the one before.
    fn rank(&mut self, bound: u64) -> u64 {
        let doublings = u64::from(bound.ilog2());
        let least = 1 << self.below(doublings + 1);
        (least + self.below(least) - 1).min(bound - 1)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// The word of a rank: syllables, the frequent ones short.
fn word(rank: u64) -> String {
    const ONSETS: [&str; 16] = [
        "b", "d", "g", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "ng", "c",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    let mut rest = rank + 80;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(ONSETS[(rest % 16) as usize]);
        word.push_str(VOWELS[(rest / 16 % 5) as usize]);
        rest /= 80;
    }
    word
}

fn name(rank: u64) -> String {
    let capital = |word: String| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    format!(
        "{} {}",
        capital(word(rank * 7 % WORDS)),
        capital(word(rank))
    )
}

fn record(number: u64) -> Record {
    let mut numbers = Numbers(number);
    let mut sentences = Vec::new();
    let (mut text, mut length, mut start) = (String::new(), 0, 0);
    for at in 1..=LENGTH {
        let word = word(numbers.rank(WORDS));
        length += word.len() as u32 + 1;
        text.push_str(&word);
        text.push(if at % SENTENCE == 0 { '.' } else { ' ' });
        if at % SENTENCE == 0 {
            sentences.push(Span(start, length));
            start = length;
        }
    }
    let entities: Vec<Entity> = (0..14)
        .map(|at| {
            let rank = numbers.rank(NAMES);
            Entity {
                id: format!("e{}", at + 1),
                kind: numbers.one(&[
                    EntityType::Person,
                    EntityType::State,
                    EntityType::Organization,
                    EntityType::Place,
                ]),
                name: name(rank),
                country: Some(COUNTRIES[(rank % 12) as usize].to_owned()),
                sector: None,
                class: None,
                links: BTreeMap::from([("wikidata".to_owned(), format!("Q{rank}"))]),
                geo: None,
                link_confidence: None,
                mentions: vec![Mention {
                    span: Span(0, 2),
                    kind: MentionKind::Name,
                    within: None,
                }],
            }
        })
        .collect();
    let statements: Vec<Statement> = (0..5)
        .map(|at| Statement {
            id: format!("s{}", at + 1),
            source: Some(format!("e{}", numbers.below(14) + 1)),
            source_span: None,
            cue: Span(0, 2),
            content: Some(sentences[at]),
            parts: Vec::new(),
            quotation: Quotation::Indirect,
            stance: numbers.one(&[Stance::Assert, Stance::Assert, Stance::Deny, Stance::Allege]),
            time: None,
            parent: None,
            recipient: None,
            recipient_span: None,
            answers: None,
            rule: "made-up".to_owned(),
            confidence: 0.9,
        })
        .collect();
    let published = numbers.below(3650);
    let events = (0..8)
        .map(|at| Event {
            id: format!("v{}", at + 1),
            kind: numbers.one(&TYPES),
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            trigger: Span(0, 2),
            sentence: at,
            actors: vec![format!("e{}", numbers.below(14) + 1)],
            recipients: vec![format!("e{}", numbers.below(14) + 1)],
            objects: Vec::new(),
            instrument: None,
            place: Some(format!("e{}", numbers.below(14) + 1)),
            time: None,
            date: Some(date(published, &mut numbers)),
            date_from: None,
            modality: numbers.one(&[
                Modality::Actual,
                Modality::Actual,
                Modality::Future,
                Modality::Hypothetical,
            ]),
            statement: (at % 2 == 0).then(|| format!("s{}", numbers.below(5) + 1)),
            parent: None,
            happening: format!("h{at}"),
            rule: "made-up".to_owned(),
            confidence: 0.8,
        })
        .collect();
    Record {
        schema: SCHEMA.to_owned(),
        generator: Generator {
            name: "saksi".to_owned(),
            version: "0".to_owned(),
            packs: BTreeMap::new(),
        },
        document: Document {
            id: Identifier::of(&text).in_record(),
            uri: Some(format!("https://example.org/{number}")),
            title: Some(word(numbers.rank(WORDS))),
            outlet: Some(format!("Outlet {}", numbers.rank(200))),
            byline: None,
            published: Some(day(published)),
            published_from: None,
            retrieved: None,
            language: "id".to_owned(),
            text,
        },
        sentences,
        entities,
        times: Vec::new(),
        statements,
        events,
    }
}

/// A day in ten years, all months of 28 days being enough.
fn day(number: u64) -> String {
    format!(
        "{}-{:02}-{:02}",
        2014 + number / 365,
        1 + number / 28 % 12,
        1 + number % 28
    )
}

/// When an event of a report of the day `published` happens: most shortly before it, some at any time, some in a month or a year that is all that is told.
fn date(published: u64, numbers: &mut Numbers) -> String {
    match numbers.below(10) {
        0 => day(numbers.below(3650)),
        1 => day(published)[..7].to_owned(),
        2 => day(numbers.below(3650))[..4].to_owned(),
        _ => day(published.saturating_sub(numbers.rank(30))),
    }
}

fn entry(number: u64) -> Result<Entry, saksi_archive::Error> {
    let record = record(number);
    // As a language model does: lemmas are mostly the words themselves.
    let lemmas = record.document.text.replace('.', "\n");
    Entry::new(record, lemmas, None)
}

/// The ten kinds of query.
fn query(kind: usize, numbers: &mut Numbers) -> (&'static str, String) {
    let frequent = |numbers: &mut Numbers| word(numbers.below(50));
    let rare = |numbers: &mut Numbers| word(2_000 + numbers.below(20_000));
    let usual = |numbers: &mut Numbers| word(100 + numbers.below(900));
    let country = |numbers: &mut Numbers| numbers.one(&COUNTRIES);
    let kind_of_event = |numbers: &mut Numbers| format!("{:?}", numbers.one(&TYPES)).to_uppercase();
    let months = |numbers: &mut Numbers| {
        let (year, month) = (2014 + numbers.below(10), 1 + numbers.below(10));
        format!("{year}-{month:02}..{year}-{:02}", month + 2)
    };
    match kind {
        0 => ("a frequent word", frequent(numbers)),
        1 => ("a rare word", rare(numbers)),
        2 => ("a phrase", {
            let record = record(numbers.below(1_000));
            let words: Vec<&str> = record
                .document
                .text
                .split(['.', ' '])
                .skip(40)
                .take(2)
                .collect();
            format!("\"{}\"", words.join(" "))
        }),
        3 => (
            "two words",
            format!("{} {}", usual(numbers), usual(numbers)),
        ),
        4 => (
            "OR and NOT",
            format!(
                "({} OR {}) NOT {}",
                usual(numbers),
                rare(numbers),
                frequent(numbers)
            ),
        ),
        5 => (
            "a prefix",
            format!("{}*", word(numbers.below(900)).get(..3).unwrap_or("ba")),
        ),
        6 => (
            "actor and type",
            format!(
                "actor:\"{}\" type:{}",
                name(numbers.rank(NAMES)),
                kind_of_event(numbers)
            ),
        ),
        7 => (
            "country and dates",
            format!("country:{} date:{}", country(numbers), months(numbers)),
        ),
        8 => (
            "source, stance, modality",
            format!(
                "source:\"{}\" stance:deny modality:actual",
                name(numbers.rank(NAMES))
            ),
        ),
        _ => (
            "words, country, type, dates",
            format!(
                "{} country:{} type:{} date:{}",
                usual(numbers),
                country(numbers),
                kind_of_event(numbers),
                months(numbers)
            ),
        ),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().ok_or("latency ARCHIVE REPORTS ROUNDS");
    let (path, reports, rounds) = (
        argument()?,
        argument()?.parse::<u64>()?,
        argument()?.parse::<u64>()?,
    );
    let path = Path::new(&path);
    let mut writer = Writer::open(path, Options::default())?;
    let there = Reader::open(path, Options::default())?.overview()?.reports;
    let begun = Instant::now();
    for start in (there..reports).step_by(64) {
        let entries: Vec<Entry> = (start..reports.min(start + 64))
            .map(entry)
            .collect::<Result<_, _>>()?;
        writer.add(&entries)?;
    }
    writer.settle()?;
    let size = std::fs::metadata(path)?.len();
    let mut out = stdout().lock();
    writeln!(
        out,
        "{{\"reports\": {reports}, \"filled\": {}, \"seconds\": {:.1}, \"bytes\": {size}}}",
        reports.saturating_sub(there),
        begun.elapsed().as_secs_f64()
    )?;

    let (stop, stored) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    let mut plain: Vec<f64> = Vec::new();
    thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        let storing = scope.spawn(|| -> Result<(), saksi_archive::Error> {
            let mut number = reports + 1_000_000;
            while !stop.load(Ordering::Relaxed) {
                let entries: Vec<Entry> =
                    (number..number + 64).map(entry).collect::<Result<_, _>>()?;
                writer.add(&entries)?;
                stored.fetch_add(64, Ordering::Relaxed);
                number += 64;
            }
            Ok(())
        });
        let reader = Reader::open(path, Options::default())?;
        let mut numbers = Numbers(7);
        let lemmas = |word: &str| vec![word.to_lowercase()];
        for round in 0..=rounds {
            for kind in 0..10 {
                let (kind, text) = query(kind, &mut numbers);
                let query = Query::parse(&text)?;
                let begun = Instant::now();
                let hits = reader.search(&query, &lemmas, 20)?;
                let took = begun.elapsed().as_secs_f64() * 1000.0;
                // The first round opens the file.
                if round > 0 {
                    times.entry(kind).or_default().push(took);
                    *found.entry(kind).or_default() += hits.count;
                    plain.push(took);
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        storing.join().map_err(|_| "the writer failed")??;
        Ok(())
    })?;
    times.insert("all", plain);
    for (kind, mut times) in times {
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        writeln!(
            out,
            "{{\"kind\": \"{kind}\", \"median\": {:.2}, \"p95\": {:.2}, \"longest\": {:.2}, \"found\": {:.1}}}",
            at(50),
            at(95),
            at(100),
            found.get(kind).copied().unwrap_or(0) as f64 / rounds as f64
        )?;
    }
    writeln!(
        out,
        "{{\"stored meanwhile\": {}}}",
        stored.load(Ordering::Relaxed)
    )?;
    Ok(())
}
