//! The feeds that are followed, and what was seen of each, in one file.
//!
//! The file is never half written: it is made beside the old one and takes its place in one step. It is locked while a program holds it, so that
//! two of them don't forget what the other has seen.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Entry;
use crate::Error;
use crate::fetch::Seen;

/// Keys that are kept of what a feed no longer lists; sites put old entries back.
const KEPT: usize = 5000;

/// How long a feed that failed is left alone: twice as long each time, up to a day.
const FIRST_WAIT: i64 = 15 * 60;
const LONGEST_WAIT: i64 = 24 * 60 * 60;

/// A feed that is followed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    /// Its address.
    pub url: String,
    /// Its title, where it told one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `ETag` of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    /// `Last-Modified` of the last answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    /// When it was last fetched, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// How often it failed since it last worked.
    #[serde(default)]
    pub failures: u32,
    /// When it may be asked again, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    /// Keys of the entries that were seen, the oldest first.
    #[serde(default)]
    seen: Vec<String>,
}

impl Followed {
    /// A feed that was never fetched.
    pub fn new(url: &str, title: Option<&str>) -> Self {
        Self {
            url: url.to_owned(),
            title: title.map(str::to_owned),
            ..Self::default()
        }
    }

    /// What to tell its site.
    pub fn conditions(&self) -> Seen {
        Seen {
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
        }
    }

    /// Whether it may be asked now; one that failed is left alone for a while.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let time = self
            .not_before
            .as_deref()
            .and_then(|time| time.parse::<Timestamp>().ok());
        time.is_none_or(|time| time <= now)
    }

    /// The entries that were not seen, each once, the oldest first as feeds have it.
    pub fn unseen<'a>(&self, entries: &'a [Entry]) -> Vec<&'a Entry> {
        let mut known: BTreeSet<String> = self.seen.iter().cloned().collect();
        let fresh = entries
            .iter()
            .filter(|entry| entry.key().is_some_and(|key| known.insert(key)));
        let mut fresh: Vec<&Entry> = fresh.collect();
        fresh.reverse();
        fresh
    }

    /// Remembers an entry.
    pub fn saw(&mut self, entry: &Entry) {
        if let Some(key) = entry.key() {
            self.seen.push(key);
        }
    }

    /// Remembers that it worked.
    pub fn worked(&mut self, now: Timestamp) {
        self.fetched = Some(now.to_string());
        self.failures = 0;
        self.not_before = None;
    }

    /// Remembers that all entries of an answer were seen to, so that its site need not send it again; and forgets what the feed no longer
    /// lists, but for the newest of it.
    pub fn done_with(&mut self, seen: Seen, entries: &[Entry]) {
        self.etag = seen.etag;
        self.last_modified = seen.last_modified;
        let listed: BTreeSet<String> = entries.iter().filter_map(Entry::key).collect();
        let mut spare = self
            .seen
            .iter()
            .filter(|key| !listed.contains(*key))
            .count()
            .saturating_sub(KEPT);
        self.seen.retain(|key| {
            let forget = spare > 0 && !listed.contains(key);
            spare -= usize::from(forget);
            !forget
        });
    }

    /// Remembers that it failed; `asked` is for how many seconds its site asked to be left alone.
    pub fn failed(&mut self, now: Timestamp, asked: Option<u64>) {
        let wait = (FIRST_WAIT << self.failures.min(10)).min(LONGEST_WAIT);
        let asked = asked
            .and_then(|asked| i64::try_from(asked).ok())
            .unwrap_or_default();
        self.failures = self.failures.saturating_add(1);
        let wait = SignedDuration::from_secs(wait.max(asked.min(30 * LONGEST_WAIT)));
        self.not_before = now.checked_add(wait).ok().map(|time| time.to_string());
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// The file's format.
    saksi_feeds: u32,
    feeds: Vec<Followed>,
}

const FORMAT: u32 = 1;

/// The feeds that are followed.
#[derive(Debug)]
pub struct List {
    path: PathBuf,
    feeds: Vec<Followed>,
    /// Held, and let go with the list.
    _lock: File,
}

impl List {
    /// Opens the list in a file; an empty one where there is no file yet.
    ///
    /// # Errors
    /// Where the file can't be read, is no list, or another program holds it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |error: std::io::Error| Error::List(path.to_owned(), error.to_string());
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let lock = File::options()
            .create(true)
            .append(true)
            .open(beside(path, ".lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Held(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let feeds = match fs::read(path) {
            Ok(bytes) => {
                let stored: Stored = serde_json::from_slice(&bytes)
                    .map_err(|error| Error::List(path.to_owned(), error.to_string()))?;
                if stored.saksi_feeds != FORMAT {
                    return Err(Error::List(
                        path.to_owned(),
                        format!(
                            "it is of format {}, which this version does not know",
                            stored.saksi_feeds
                        ),
                    ));
                }
                stored.feeds
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error)),
        };
        Ok(Self {
            path: path.to_owned(),
            feeds,
            _lock: lock,
        })
    }

    /// The feeds, in the order in which they were added.
    pub fn feeds(&self) -> &[Followed] {
        &self.feeds
    }

    /// The feeds, to remember what became of them.
    pub fn feeds_mut(&mut self) -> &mut [Followed] {
        &mut self.feeds
    }

    /// Adds a feed; returns whether it is new.
    pub fn add(&mut self, url: &str, title: Option<&str>) -> bool {
        if self.feeds.iter().any(|feed| feed.url == url) {
            return false;
        }
        self.feeds.push(Followed::new(url, title));
        true
    }

    /// Takes a feed away; returns whether it was there.
    pub fn remove(&mut self, url: &str) -> bool {
        let before = self.feeds.len();
        self.feeds.retain(|feed| feed.url != url);
        self.feeds.len() < before
    }

    /// Writes the list: all of it, or, where that fails, nothing.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn save(&self) -> Result<(), Error> {
        let failed = |error: std::io::Error| Error::List(self.path.clone(), error.to_string());
        let stored = Stored {
            saksi_feeds: FORMAT,
            feeds: self.feeds.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&stored).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        let folder = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.path)
            .map_err(|error| failed(error.error))?;
        // The name as well must be on the disk; some systems can't do that for a folder.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(link: &str) -> Entry {
        Entry {
            link: Some(link.to_owned()),
            ..Entry::default()
        }
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_692_000_000).unwrap()
    }

    #[test]
    fn what_was_seen_is_remembered_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/feeds.json");
        let mut list = List::open(&path).unwrap();
        assert!(list.add("https://harian.example/feed", None));
        assert!(!list.add("https://harian.example/feed", None));
        let entries = [entry("b"), entry("a"), entry("a")];
        let feed = &mut list.feeds_mut()[0];
        let fresh: Vec<_> = feed.unseen(&entries).into_iter().cloned().collect();
        assert_eq!(fresh, [entry("a"), entry("b")]);
        feed.saw(&fresh[0]);
        list.save().unwrap();
        drop(list);
        let mut list = List::open(&path).unwrap();
        assert_eq!(list.feeds()[0].unseen(&entries), [&entry("b")]);
        assert!(list.remove("https://harian.example/feed") && list.feeds().is_empty());
    }

    #[test]
    fn entries_of_text_alone_are_seen_once() {
        let text = |summary: &str, content: Option<&str>| Entry {
            summary: Some(summary.to_owned()),
            content: content.map(str::to_owned),
            ..Entry::default()
        };
        let entries = [
            text("Menteri tiba.", None),
            text("Ia pergi.", None),
            text("Ia pergi.", Some("Kami tinggal.")),
            text("Menteri tiba.", None),
            Entry::default(),
        ];
        let mut feed = Followed::default();
        assert_eq!(
            feed.unseen(&entries),
            [&entries[2], &entries[1], &entries[0]]
        );
        feed.saw(&entries[0]);
        assert_eq!(feed.unseen(&entries), [&entries[2], &entries[1]]);
        // It stands in files.
        assert_eq!(entries[0].key().as_deref(), Some("text 13 f838dc74"));
    }

    #[test]
    fn a_list_is_held_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feeds.json");
        let list = List::open(&path).unwrap();
        assert_eq!(List::open(&path).unwrap_err(), Error::Held(path.clone()));
        drop(list);
        assert!(List::open(&path).is_ok());
    }

    #[test]
    fn a_file_that_is_no_list_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feeds.json");
        for text in ["{\"feeds\": ", "{\"saksi_feeds\": 2, \"feeds\": []}"] {
            fs::write(&path, text).unwrap();
            assert!(matches!(List::open(&path), Err(Error::List(..))));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_feed_that_fails_is_left_alone_ever_longer() {
        let mut feed = Followed::default();
        let mut waits = Vec::new();
        for asked in [None, None, Some(7200), None] {
            feed.failed(now(), asked);
            let until: Timestamp = feed.not_before.as_deref().unwrap().parse().unwrap();
            waits.push(until.duration_since(now()).as_secs());
        }
        assert_eq!(waits, [900, 1800, 7200, 7200]);
        assert!(!feed.is_due(now()));
        feed.worked(now());
        assert!(feed.is_due(now()) && feed.failures == 0);
    }

    #[test]
    fn what_is_still_listed_is_never_forgotten() {
        let mut feed = Followed::default();
        let old: Vec<Entry> = (0..KEPT + 10)
            .map(|number| entry(&format!("old {number}")))
            .collect();
        for entry in &old {
            feed.saw(entry);
        }
        feed.done_with(Seen::default(), &old[..5]);
        assert_eq!(feed.seen.len(), KEPT + 5);
        assert!(feed.unseen(&old[..5]).is_empty());
        assert_eq!(feed.unseen(&old[5..11]).len(), 5);
    }
}
