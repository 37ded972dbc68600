//! Reports as named on the command line: files, folders, addresses, standard input, one after the other.

use std::fs;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use saksi::{About, Saksi, Settings};
use saksi_intake::fetch::{Clock, Fetcher, Manners};
use saksi_intake::{Content, Finds, Kind, Location, Mapping, Options, Report, find};

use crate::arguments::{Reading, SourceKind, Sources};
use crate::input;

/// The reports that were named, as found.
pub(crate) struct Named {
    pub(crate) found: Finds,
    /// Whether there may be several, as far as the names tell.
    pub(crate) several: bool,
    /// How many bytes of files were read, packed as they lie there.
    pub(crate) read: Arc<AtomicU64>,
}

/// Finds what was named; `archive` is where reports go meanwhile.
pub(crate) fn named(
    sources: Sources,
    command: &str,
    archive: Option<&Path>,
) -> anyhow::Result<Named> {
    let Sources {
        mut files,
        map,
        input,
        allow_private,
    } = sources;
    if files.is_empty() {
        input::refuse_terminal(command)?;
        files.push(PathBuf::from("-"));
    }
    let several = files.len() > 1 || files.iter().any(|file| file.is_dir());
    let locations: Vec<Location> = files.into_iter().map(Location::from).collect();
    let addresses = locations
        .iter()
        .any(|location| matches!(location, Location::Url(_)));
    let options = Options {
        mapping: Mapping::new(map.iter().map(String::as_str))?,
        kind: input.map(kind),
        longest: saksi::MAX_REPORT_BYTES,
        fetcher: addresses.then(|| Arc::new(fetcher(allow_private))),
        written: archive.map(Path::to_owned),
        read: Arc::default(),
    };
    let read = Arc::clone(&options.read);
    let found = locations
        .into_iter()
        .flat_map(move |location| find(&location, &options));
    Ok(Named {
        found: Box::new(found),
        several,
        read,
    })
}

/// How many bytes the named files and the files of named folders have, packed as they are; none where something is named whose length nobody knows before.
pub(crate) fn bytes(sources: &Sources) -> Option<u64> {
    let mut bytes = 0;
    let mut paths: Vec<PathBuf> = Vec::new();
    for file in &sources.files {
        match Location::from(file.clone()) {
            Location::Path(path) => paths.push(path),
            _ => return None,
        }
    }
    let mut folders = Vec::new();
    for path in paths {
        match fs::read_dir(&path) {
            Ok(folder) => folders.push(folder),
            Err(_) => bytes += fs::metadata(&path).ok()?.len(),
        }
    }
    while let Some(folder) = folders.last_mut() {
        match folder.next() {
            None => {
                folders.pop();
            }
            // A link to a folder may lead round in a circle.
            Some(Ok(entry)) if entry.file_type().is_ok_and(|kind| kind.is_dir()) => {
                folders.extend(fs::read_dir(entry.path()).ok());
            }
            Some(Ok(entry)) => bytes += entry.metadata().map_or(0, |metadata| metadata.len()),
            Some(Err(_)) => {}
        }
    }
    (bytes > 0).then_some(bytes)
}

/// What fetches, by this computer's clock.
pub(crate) fn fetcher(allow_private: bool) -> Fetcher {
    let manners = Manners {
        allow_private,
        ..Manners::default()
    };
    Fetcher::new(manners, Box::new(SystemClock))
}

fn kind(told: SourceKind) -> Kind {
    match told {
        SourceKind::Text => Kind::Text,
        SourceKind::Html => Kind::Html,
        SourceKind::Jsonl => Kind::Jsonl,
        SourceKind::Csv => Kind::Table(b','),
        SourceKind::Tsv => Kind::Table(b'\t'),
        SourceKind::Warc => Kind::Warc,
        SourceKind::Feed => Kind::Feed,
    }
}

/// What reads reports as told, and what was told of all of them. The process ends with it: to take it apart would cost a tenth of the time that one
/// report takes.
pub(crate) fn reader(told: Reading) -> anyhow::Result<(ManuallyDrop<Saksi>, About)> {
    let Reading {
        lang,
        published,
        packs,
    } = told;
    let saksi = ManuallyDrop::new(Saksi::new(&Settings {
        packs,
        ..Settings::default()
    })?);
    if let Some(language) = &lang {
        saksi.check_language(language)?;
    }
    let about = About {
        language: lang,
        published,
        ..About::default()
    };
    Ok((saksi, about))
}

/// What reading is to know of a report beside its text.
pub(crate) fn about(report: &Report, given: &About, saksi: &Saksi) -> About {
    let language = report
        .language
        .as_ref()
        .filter(|code| saksi.check_language(code).is_ok());
    let published_from = match given.published {
        Some(_) => None,
        None => report.published_from,
    };
    About {
        uri: report.uri.clone(),
        title: report.title.clone(),
        outlet: report.outlet.clone(),
        byline: report.byline.clone(),
        published: given.published.or(report.published),
        published_from,
        retrieved: report.retrieved.clone(),
        language: given.language.clone().or_else(|| language.cloned()),
    }
}

/// Reads a report.
pub(crate) fn read(
    saksi: &Saksi,
    report: &Report,
    about: &About,
) -> Result<saksi::Reading, saksi::Error> {
    match &report.content {
        Content::Bytes(bytes) => saksi.read(bytes, about),
        Content::Text(text) => saksi.read_text(text, about),
    }
}

/// The clock of this computer: when something was fetched, and how long ago a site was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "when something was fetched is no matter of what it says"
    )]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
