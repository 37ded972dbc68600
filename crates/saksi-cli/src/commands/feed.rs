//! `saksi feed`: the feeds that are followed, and what is new in them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use saksi_intake::feed::{self, List};
use saksi_intake::fetch::{Answer, Fetched, Fetcher};
use saksi_intake::{Error, Location, Place, Problem, Report, page};

use crate::arguments::{Feed, FeedFetch};
use crate::commands::{Outcome, extract};
use crate::printer::Printer;
use crate::{input, sources};

/// How long is waited for sites that are busy with single pages, in all of a feed.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) fn run(command: Feed, printer: &mut Printer) -> anyhow::Result<Outcome> {
    match command {
        Feed::Add { urls, list } => add(&urls, &list.path()?, printer),
        Feed::Remove { urls, list } => remove(&urls, &list.path()?, printer),
        Feed::List { list } => show(&list.path()?, printer),
        Feed::Import { file, list } => import(&file, &list.path()?, printer),
        Feed::Export { list } => {
            let list = List::open(&list.path()?)?;
            printer.data(&feed::to_opml(list.feeds()))?;
            Ok(Outcome::Done)
        }
        Feed::Fetch(fetch) => self::fetch(&fetch, printer),
    }
}

fn add(urls: &[String], path: &Path, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let mut list = List::open(path)?;
    for url in urls {
        if !matches!(Location::from(PathBuf::from(url)), Location::Url(_)) {
            bail!("`{url}` is not an address of a feed; write it as https://...");
        }
        if !list.add(url, None) {
            printer.warning(&format!("`{url}` is followed already"));
        }
    }
    list.save()?;
    Ok(Outcome::Done)
}

fn remove(urls: &[String], path: &Path, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let mut list = List::open(path)?;
    let (mut done, mut failed) = (0, 0);
    for url in urls {
        if list.remove(url) {
            done += 1;
        } else {
            failed += 1;
            printer.error(&format!(
                "`{url}` is not followed; `saksi feed list` shows what is"
            ));
        }
    }
    list.save()?;
    Ok(Outcome::of(done, failed))
}

fn show(path: &Path, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let list = List::open(path)?;
    for feed in list.feeds() {
        let fetched = feed
            .fetched
            .as_deref()
            .map_or("never fetched".to_owned(), |time| format!("fetched {time}"));
        let failures = match feed.failures {
            0 => String::new(),
            count => format!(", failed {count} times since"),
        };
        let title = feed.title.as_deref().unwrap_or_default();
        let line = format!("{}\t{fetched}{failures}\t{title}", feed.url);
        // A title is a stranger's.
        let line: String = line
            .chars()
            .map(|sign| {
                if sign.is_control() && sign != '\t' {
                    ' '
                } else {
                    sign
                }
            })
            .collect();
        printer.data(&format!("{line}\n"))?;
    }
    Ok(Outcome::Done)
}

fn import(file: &Path, path: &Path, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let bytes = input::bytes(file, feed::LONGEST)?;
    let outlines = feed::from_opml(&bytes).with_context(|| format!("`{}`", file.display()))?;
    let mut list = List::open(path)?;
    let (mut new, mut failed) = (0_usize, 0_usize);
    for outline in &outlines {
        if matches!(
            Location::from(PathBuf::from(&outline.url)),
            Location::Url(_)
        ) {
            new += usize::from(list.add(&outline.url, outline.title.as_deref()));
        } else {
            failed += 1;
            printer.error(&format!("`{}` is not an address of a feed", outline.url));
        }
    }
    list.save()?;
    printer.warning(&format!(
        "{new} feeds are new, {} were followed already",
        outlines.len() - failed - new
    ));
    Ok(Outcome::of(outlines.len() - failed, failed))
}

fn fetch(arguments: &FeedFetch, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let mut list = List::open(&arguments.list.path()?)?;
    if list.feeds().is_empty() {
        bail!(
            "no feeds are followed; `saksi feed add URL` adds one, `saksi feed import FILE` a list of them"
        );
    }
    for url in &arguments.urls {
        if !list.feeds().iter().any(|feed| feed.url == *url) {
            bail!("`{url}` is not followed; `saksi feed add {url}` adds it");
        }
    }
    let fetcher = sources::fetcher(arguments.allow_private);
    let mut sheet = Sheet::open(arguments.into.as_deref(), &fetcher)?;
    let (mut done, mut failed) = (0, 0);
    printer.start_counting();
    for index in 0..list.feeds().len() {
        let Some(feed) = list.feeds().get(index) else {
            break;
        };
        let named = arguments.urls.contains(&feed.url);
        if !named && (!arguments.urls.is_empty() || !feed.is_due(fetcher.now())) {
            continue;
        }
        let url = feed.url.clone();
        let problems = one(
            &mut list,
            index,
            &fetcher,
            arguments.summaries,
            &mut sheet,
            printer,
        )?;
        // Reports first, then that they were seen: what is interrupted between comes twice, not never.
        sheet.keep(printer)?;
        list.save()?;
        done += 1;
        for problem in &problems {
            printer.error(&problem.to_string());
        }
        if problems.iter().any(|problem| problem.place.source == url) {
            done -= 1;
        }
        failed += problems.len();
    }
    Ok(Outcome::of(done, failed))
}

/// Fetches what is new in a feed, and remembers it.
fn one(
    list: &mut List,
    index: usize,
    fetcher: &Fetcher,
    summaries: bool,
    sheet: &mut Sheet,
    printer: &mut Printer,
) -> anyhow::Result<Vec<Problem>> {
    let Some(followed) = list.feeds_mut().get_mut(index) else {
        return Ok(Vec::new());
    };
    let place = Place::whole(&followed.url);
    let answer = fetcher.fetch(&followed.url, &followed.conditions());
    let read = answer.and_then(|answer| match answer {
        Answer::Unchanged => Ok(None),
        Answer::Content(fetched) => content(&fetched).map(|feed| Some((fetched, feed))),
    });
    let (fetched, found) = match read {
        Ok(None) => {
            followed.worked(fetcher.now());
            return Ok(Vec::new());
        }
        Ok(Some(read)) => read,
        Err(error) => {
            let asked = if let Error::Busy(seconds) = error {
                Some(seconds)
            } else {
                None
            };
            followed.failed(fetcher.now(), asked);
            return Ok(vec![Problem::new(place, error)]);
        }
    };
    let mut problems = Vec::new();
    let (mut later, mut patience) = (false, PATIENCE);
    for entry in followed.unseen(&found.entries) {
        let report = if summaries {
            feed::held(entry, &found, &fetched.url, fetcher)
                .ok_or_else(|| Problem::new(place.clone(), Error::NoSummary))
        } else {
            feed::report(entry, &found, &fetched.url, fetcher, &page::Standard)
        };
        printer.advance();
        match report {
            Ok(report) => {
                for warning in &report.warnings {
                    printer.warning(&format!("{}: {warning}", report.place));
                }
                sheet.write(&report, printer)?;
                followed.saw(entry);
            }
            Err(problem) => {
                if feed::is_passing(&problem.error) {
                    later = true;
                } else {
                    followed.saw(entry);
                }
                let asked = match problem.error {
                    Error::Busy(seconds) => Some(Duration::from_secs(seconds)),
                    _ => None,
                };
                problems.push(problem);
                // A page that can't be had is to cost no other of its site, which is left alone for that long.
                if let Some(time) = asked
                    && let Some(rest) = patience.checked_sub(time)
                {
                    patience = rest;
                    fetcher.wait(time);
                }
            }
        }
    }
    followed.title = found.title.clone().or_else(|| followed.title.take());
    followed.worked(fetcher.now());
    // While an entry is to be asked for again, the feed must be sent again.
    if !later {
        followed.done_with(fetched.seen, &found.entries);
    }
    if let Some(reason) = found.broken {
        problems.push(Problem::new(place, Error::BrokenFeed(reason)));
    }
    Ok(problems)
}

fn content(fetched: &Fetched) -> Result<feed::Feed, Error> {
    feed::read(&fetched.bytes, fetched.charset().as_deref())
}

/// Where reports go to: standard output, or a file of this fetch in a folder.
struct Sheet {
    file: Option<(PathBuf, File)>,
}

impl Sheet {
    fn open(folder: Option<&Path>, fetcher: &Fetcher) -> anyhow::Result<Self> {
        let Some(folder) = folder else {
            return Ok(Self { file: None });
        };
        fs::create_dir_all(folder)
            .with_context(|| format!("could not make `{}`", folder.display()))?;
        let time: String = fetcher
            .now()
            .to_string()
            .chars()
            .filter(|sign| *sign != ':')
            .collect();
        let path = folder.join(format!("{time}.jsonl"));
        let file = OpenOptions::new().create_new(true).append(true).open(&path);
        let file = file.with_context(|| format!("could not make `{}`", path.display()))?;
        Ok(Self {
            file: Some((path, file)),
        })
    }

    fn write(&mut self, report: &Report, printer: &mut Printer) -> anyhow::Result<()> {
        let line = extract::line(report);
        match &mut self.file {
            None => printer.data(&line),
            Some((path, file)) => file
                .write_all(line.as_bytes())
                .with_context(|| format!("could not write `{}`", path.display())),
        }
    }

    /// Hands everything over, so that it is not lost with the program.
    fn keep(&mut self, printer: &mut Printer) -> anyhow::Result<()> {
        match &mut self.file {
            None => printer.flush(),
            Some((path, file)) => file
                .sync_data()
                .or_else(|error| match error.kind() {
                    // What is no file on a disk can't be kept better.
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Ok(()),
                    _ => Err(error),
                })
                .with_context(|| format!("could not write `{}`", path.display())),
        }
    }
}
