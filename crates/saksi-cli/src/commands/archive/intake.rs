//! From reports to the archive: read on several threads, stored by one.
//!
//! Reports are stored in groups, each in one step: what is counted as done has been written to the disk. At most a group and what waits in the
//! channel is held at a time.

use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use saksi::{About, Saksi};
use saksi_archive::{Added, Entry, Key, Options, Reader, Writer};

use saksi_intake::{Found, Problem, page};

use crate::sources;

/// Stack of a worker, as in [`crate::ordered`].
const STACK: usize = 16 << 20;

/// The file is written at its end and looked into here and there; to keep much of it would help nobody.
const CACHE: u32 = 8;

/// Reports that are stored in one step.
const GROUP: usize = 64;

/// How long the first of a group waits for others.
const WAIT: Duration = Duration::from_millis(500);

/// What became of a report.
pub(super) enum Done {
    /// It was handed in before, just so, and was not read again.
    Known,
    /// It was read and stored.
    Stored { added: Added, warnings: Vec<String> },
    /// It could not be read.
    Failed(anyhow::Error),
}

/// What a worker hands over.
struct Handed {
    place: String,
    result: anyhow::Result<Option<(Entry, Vec<String>)>>,
}

/// Takes reports in; `tell` is called for each on the calling thread, with its place.
///
/// # Errors
/// What ends the work: the archive can't be written, or `tell` fails.
pub(super) fn run(
    sources: impl Iterator<Item = Result<Found, Problem>> + Send,
    saksi: &Saksi,
    given: &About,
    archive: &Path,
    threads: NonZero<usize>,
    mut tell: impl FnMut(&str, Done) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut writer = Writer::open(archive, options())?;
    let sources = Mutex::new(sources);
    let (sender, receiver) = mpsc::sync_channel::<Handed>(2 * threads.get());
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (sender, sources) = (sender.clone(), &sources);
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, move || work(sources, saksi, given, archive, &sender))
                .expect("the system can start a thread");
        }
        drop(sender);
        // The receiver goes with it: whoever is still at work then ends.
        let receiver = receiver;
        store(&mut writer, &receiver, threads.get() == 1, &mut tell)
    })?;
    writer.settle()?;
    Ok(())
}

fn options() -> Options {
    Options {
        cache: CACHE,
        ..Options::default()
    }
}

fn work(
    sources: &Mutex<impl Iterator<Item = Result<Found, Problem>>>,
    saksi: &Saksi,
    given: &About,
    archive: &Path,
    sender: &SyncSender<Handed>,
) {
    let reader = Reader::open(archive, options());
    loop {
        let next = sources
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next();
        let handed = match next {
            None => return,
            Some(found) => handed(found, saksi, given, reader.as_ref()),
        };
        if sender.send(handed).is_err() {
            return;
        }
    }
}

/// What comes of a report that was found, or was not.
fn handed(
    found: Result<Found, Problem>,
    saksi: &Saksi,
    given: &About,
    reader: Result<&Reader, &saksi_archive::Error>,
) -> Handed {
    match found {
        Ok(found) => Handed {
            place: found.place().to_string(),
            result: read(found, saksi, given, reader),
        },
        Err(problem) => Handed {
            place: problem.place.to_string(),
            result: Err(problem.error.into()),
        },
    }
}

/// The entry of a report; none if it was handed in before.
fn read(
    found: Found,
    saksi: &Saksi,
    given: &About,
    reader: Result<&Reader, &saksi_archive::Error>,
) -> anyhow::Result<Option<(Entry, Vec<String>)>> {
    let key = key(&found, given);
    let reader = reader.map_err(|error| anyhow::anyhow!("{error}"))?;
    if reader.is_taken(&key)? {
        return Ok(None);
    }
    // Where it is, the message begins with.
    let report = found
        .report(&page::Standard)
        .map_err(|problem| problem.error)?;
    let about = sources::about(&report, given, saksi);
    let reading = sources::read(saksi, &report, &about)?;
    let warnings = (report.warnings.iter().map(ToString::to_string))
        .chain(reading.warnings.iter().map(ToString::to_string))
        .collect();
    let lemmas = reading.lemmas();
    Ok(Some((
        Entry::new(reading.record, lemmas, Some(key))?,
        warnings,
    )))
}

/// By what the report is known again before it is looked into: its bytes, and what is said about it.
fn key(found: &Found, given: &About) -> Key {
    let told = found.told();
    let place = found.place().uri();
    let day = |day: Option<saksi::Date>| day.map(|day| day.to_string());
    let (given_day, told_day) = (day(given.published), day(told.published));
    Key::of(
        found.bytes(),
        [
            told.uri.as_deref().or(place.as_deref()),
            told.title.as_deref(),
            told.outlet.as_deref(),
            told.byline.as_deref(),
            given_day.or(told_day).as_deref(),
            given.language.as_deref().or(told.language.as_deref()),
        ],
    )
}

/// Stores what is handed over, group by group. `in_order`: what is not stored is told after what came before it.
fn store(
    writer: &mut Writer,
    receiver: &Receiver<Handed>,
    in_order: bool,
    tell: &mut impl FnMut(&str, Done) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut group = Group::default();
    loop {
        let handed = if group.entries.is_empty() {
            receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            receiver.recv_timeout(WAIT.saturating_sub(group.since.elapsed()))
        };
        let ended = matches!(handed, Err(RecvTimeoutError::Disconnected));
        if let Ok(Handed { place, result }) = handed {
            if in_order && !matches!(result, Ok(Some(_))) {
                group.store(writer, tell)?;
            }
            match result {
                Ok(Some((entry, warnings))) => group.take(entry, place, warnings),
                Ok(None) => tell(&place, Done::Known)?,
                Err(error) => tell(&place, Done::Failed(error))?,
            }
        }
        if ended || group.is_due() {
            group.store(writer, tell)?;
        }
        if ended {
            return Ok(());
        }
    }
}

/// Reports that are stored in one step.
struct Group {
    entries: Vec<Entry>,
    /// Of each its place and what was odd about it.
    told: Vec<(String, Vec<String>)>,
    /// When the first came.
    since: Instant,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            entries: Vec::with_capacity(GROUP),
            told: Vec::with_capacity(GROUP),
            since: Instant::now(),
        }
    }
}

impl Group {
    fn take(&mut self, entry: Entry, place: String, warnings: Vec<String>) {
        if self.entries.is_empty() {
            self.since = Instant::now();
        }
        self.entries.push(entry);
        self.told.push((place, warnings));
    }

    fn is_due(&self) -> bool {
        let waited = !self.entries.is_empty() && self.since.elapsed() >= WAIT;
        waited || self.entries.len() >= GROUP
    }

    fn store(
        &mut self,
        writer: &mut Writer,
        tell: &mut impl FnMut(&str, Done) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let added = writer.add(&self.entries)?;
        self.entries.clear();
        for ((place, warnings), added) in self.told.drain(..).zip(added) {
            tell(&place, Done::Stored { added, warnings })?;
        }
        Ok(())
    }
}
