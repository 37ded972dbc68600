//! Pages and feeds of the network, fetched as a good guest does.
//!
//! In: an address. Out: what is there now, and what to say the next time so that it is sent only when it is another. *Polite*: what `robots.txt` forbids is
//! not fetched, requests to one site have a pause between them, a site that is busy is left alone for as long as it asks (one that fails, for some
//! minutes), and the program says who it is.
//! *Safe*: only `http` and `https`; no address but public ones, looked at anew for each redirection; size, redirections and time have limits. Proxies of the
//! environment are not used: behind one nobody could tell where a name leads.
//!
//! Nothing is fetched unless a location is an address and [`Options::fetcher`](crate::Options::fetcher) is there.

mod address;
mod robots;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ureq::Agent;
use ureq::Body;
use ureq::http::{Response, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use url::{Host, Url};

use crate::Error;
use address::{NotPublic, PublicOnly};
use robots::Rules;

/// The name by which sites know the program.
const NAME: &str = "saksi";

/// Time, which a program gives.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Returns after `time` has passed.
    fn wait(&self, time: Duration);
}

/// How to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// Between two requests to the same site.
    pub pause: Duration,
    /// For one address, with all of its redirections; the pauses that its sites ask for come on top.
    pub longest_time: Duration,
    /// Bytes of an answer at most, unpacked.
    pub longest: usize,
    /// Redirections that are followed.
    pub redirections: usize,
    /// How often a site that is busy is asked again.
    pub retries: u32,
    /// Whether addresses that are not public may be fetched from: this computer, the own network.
    pub allow_private: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            longest_time: Duration::from_mins(1),
            longest: 8 << 20,
            redirections: 5,
            retries: 2,
            allow_private: false,
        }
    }
}

/// The longest time that is waited for a site that is busy; it may ask for more, and is then left alone.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How long a site that failed, or that can't be reached, is left alone.
const AFTER_FAILURE: Duration = Duration::from_mins(5);

/// The longest time that is waited for a site's name, and then for it to take the call.
const LONGEST_CALL: Duration = Duration::from_secs(20);

/// Sites whose rules are remembered.
const MOST_SITES: usize = 4096;

/// What an answer of earlier told, so that the same need not be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What a site answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing new since it was seen.
    Unchanged,
    /// What is there.
    Content(Fetched),
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end.
    pub url: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its type, as the site tells.
    pub mime: String,
    /// What to say the next time.
    pub seen: Seen,
    /// When.
    pub retrieved: Timestamp,
}

impl Fetched {
    /// Its encoding, as the site tells.
    pub fn charset(&self) -> Option<String> {
        crate::warc::http::kind(&self.mime).1
    }
}

/// Fetches, and remembers what sites let it do.
pub struct Fetcher {
    agent: Agent,
    manners: Manners,
    clock: Box<dyn Clock>,
    /// By origin.
    sites: Mutex<BTreeMap<String, Site>>,
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fetcher")
            .field("manners", &self.manners)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Default)]
struct Site {
    rules: Option<Rules>,
    last: Option<Timestamp>,
    /// Until when it is left alone, and what is told meanwhile.
    closed: Option<(Timestamp, Error)>,
}

impl Fetcher {
    /// A fetcher with these manners.
    pub fn new(manners: Manners, clock: Box<dyn Clock>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!(
                "saksi/",
                env!("CARGO_PKG_VERSION"),
                " (reads news reports; obeys robots.txt)"
            ))
            .build();
        let agent = if manners.allow_private {
            Agent::new_with_config(config)
        } else {
            Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default())
        };
        Self {
            agent,
            manners,
            clock,
            sites: Mutex::default(),
        }
    }

    /// The time by the fetcher's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns after `time` has passed by the fetcher's clock.
    pub fn wait(&self, time: Duration) {
        self.clock.wait(time);
    }

    /// What is at an address.
    ///
    /// # Errors
    /// Where it is no address, its site forbids it or does not answer with it, it leads to an address that is not public, or it is over a limit.
    pub fn fetch(&self, address: &str, seen: &Seen) -> Result<Answer, Error> {
        let mut deadline = later(self.clock.now(), self.manners.longest_time);
        let mut url = Url::parse(address).map_err(|error| Error::Address(error.to_string()))?;
        for _ in 0..=self.manners.redirections {
            check_scheme(&url)?;
            let rules = self.rules(&url, deadline)?;
            let path = url.query().map_or_else(
                || url.path().to_owned(),
                |query| format!("{}?{query}", url.path()),
            );
            if !rules.allow(&path) {
                return Err(Error::Robots(url.to_string()));
            }
            deadline = later(deadline, rules.wait.unwrap_or_default());
            let answer = self.ask_until_free(&url, seen, &rules, deadline)?;
            match redirection(&url, &answer)? {
                Some(next) => url = next,
                None => return self.take(url, answer),
            }
        }
        Err(Error::Redirections(self.manners.redirections))
    }

    /// What is left of the time, in which the own pauses count as well.
    fn left(&self, deadline: Timestamp) -> Result<Duration, Error> {
        let left = deadline.duration_since(self.clock.now());
        Duration::try_from(left)
            .ok()
            .filter(|left| !left.is_zero())
            .ok_or(Error::Time(self.manners.longest_time.as_secs()))
    }

    /// What keeps the site from being asked now.
    fn check_open(&self, url: &Url) -> Result<(), Error> {
        let now = self.clock.now();
        let closed = self.with_site(url, |site| {
            site.closed = site.closed.take().filter(|(until, _)| now < *until);
            site.closed.clone()
        });
        match closed {
            None => Ok(()),
            Some((until, Error::Busy(_))) => {
                let rest = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                Err(Error::Busy(
                    rest.as_secs() + u64::from(rest.subsec_nanos() > 0),
                ))
            }
            Some((_, error)) => Err(error),
        }
    }

    /// Leaves the site alone for as long as it asks, or for a while where it failed.
    fn close(&self, url: &Url, error: &Error) {
        let time = match error {
            Error::Busy(seconds) => Duration::from_secs(*seconds),
            _ => AFTER_FAILURE,
        };
        let until = later(self.clock.now(), time);
        self.with_site(url, |site| site.closed = Some((until, error.clone())));
    }

    /// Asks again while the site is busy, each time after a longer pause. A site that stays busy, or can't be reached, is left alone from then on.
    fn ask_until_free(
        &self,
        url: &Url,
        seen: &Seen,
        rules: &Rules,
        deadline: Timestamp,
    ) -> Result<Response<Body>, Error> {
        self.check_open(url)?;
        let mut tries = 0;
        loop {
            self.pause(url, rules);
            let answer = self.ask(url, seen, deadline)?;
            if !matches!(
                answer.status(),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            ) {
                return Ok(answer);
            }
            let wait = asked_wait(&answer, self.clock.now())
                .unwrap_or(Duration::from_secs(2 << tries.min(6)));
            if tries >= self.manners.retries
                || wait > LONGEST_WAIT
                || !self.left(deadline).is_ok_and(|left| wait < left)
            {
                let error = Error::Busy(wait.as_secs());
                self.close(url, &error);
                return Err(error);
            }
            self.clock.wait(wait);
            tries += 1;
        }
    }

    fn ask(&self, url: &Url, seen: &Seen, deadline: Timestamp) -> Result<Response<Body>, Error> {
        let mut request = self.agent.get(url.as_str()).header(
            "Accept",
            "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        );
        if let Some(etag) = &seen.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(time) = &seen.last_modified {
            request = request.header("If-Modified-Since", time);
        }
        let left = self.left(deadline)?;
        request
            .config()
            .timeout_global(Some(left))
            .timeout_resolve(Some(LONGEST_CALL))
            .timeout_connect(Some(LONGEST_CALL))
            .build()
            .call()
            .map_err(|error| {
                let told = told(&error);
                if is_unreachable(&error) {
                    self.close(url, &told);
                }
                told
            })
    }

    /// Waits until the site may be asked again.
    fn pause(&self, url: &Url, rules: &Rules) {
        let own = if is_own(url) {
            Duration::ZERO
        } else {
            self.manners.pause
        };
        let pause = rules.wait.unwrap_or_default().max(own);
        let last = self.with_site(url, |site| site.last);
        if let Some(last) = last {
            let passed =
                Duration::try_from(self.clock.now().duration_since(last)).unwrap_or_default();
            if let Some(wait) = pause.checked_sub(passed).filter(|wait| !wait.is_zero()) {
                self.clock.wait(wait);
            }
        }
        let now = self.clock.now();
        self.with_site(url, |site| site.last = Some(now));
    }

    /// The site's rules, asked for once. While they can't be had nothing is let, and the site is not asked for anything.
    fn rules(&self, url: &Url, deadline: Timestamp) -> Result<Rules, Error> {
        if let Some(rules) = self.with_site(url, |site| site.rules.clone()) {
            return Ok(rules);
        }
        self.check_open(url)?;
        let rules = self.ask_for_rules(url, deadline).inspect_err(|error| {
            // Where it lies may be another site.
            if matches!(
                error,
                Error::Busy(_) | Error::Status(500..) | Error::Network(_)
            ) {
                self.close(url, error);
            }
        })?;
        self.with_site(url, |site| site.rules = Some(rules.clone()));
        Ok(rules)
    }

    fn ask_for_rules(&self, url: &Url, deadline: Timestamp) -> Result<Rules, Error> {
        let mut place = url
            .join("/robots.txt")
            .map_err(|error| Error::Address(error.to_string()))?;
        for _ in 0..=self.manners.redirections {
            let answer =
                self.ask_until_free(&place, &Seen::default(), &Rules::default(), deadline)?;
            if let Some(next) = redirection(&place, &answer)? {
                check_scheme(&next)?;
                place = next;
                continue;
            }
            return match answer.status().as_u16() {
                200..=299 => {
                    let (text, _) = body(answer, robots::LONGEST)?;
                    Ok(Rules::read(&String::from_utf8_lossy(&text), NAME))
                }
                // There are none.
                400..=499 => Ok(Rules::default()),
                status @ 500.. => Err(Error::Status(status)),
                _ => Ok(Rules::none()),
            };
        }
        Ok(Rules::none())
    }

    fn with_site<R>(&self, url: &Url, act: impl FnOnce(&mut Site) -> R) -> R {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = url.origin().ascii_serialization();
        if sites.len() >= MOST_SITES && !sites.contains_key(&origin) {
            sites.clear();
        }
        act(sites.entry(origin).or_default())
    }

    fn take(&self, url: Url, answer: Response<Body>) -> Result<Answer, Error> {
        match answer.status().as_u16() {
            304 => return Ok(Answer::Unchanged),
            200 | 203 => {}
            status => return Err(Error::Status(status)),
        }
        let header = |name| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let (seen, mime) = (
            Seen {
                etag: header("etag"),
                last_modified: header("last-modified"),
            },
            header("content-type").unwrap_or_default(),
        );
        let (bytes, cut) = body(answer, self.manners.longest)?;
        if cut {
            return Err(Error::TooLong(self.manners.longest));
        }
        Ok(Answer::Content(Fetched {
            url: url.into(),
            bytes,
            mime,
            seen,
            retrieved: self.clock.now(),
        }))
    }
}

/// Whether an address is, by its number, one of the own network: it is nobody's guest there, and needs no pause but the one that is asked for.
fn is_own(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(host)) => !address::is_public(host.into()),
        Some(Host::Ipv6(host)) => !address::is_public(host.into()),
        _ => false,
    }
}

/// `time` after `start`.
fn later(start: Timestamp, time: Duration) -> Timestamp {
    SignedDuration::try_from(time)
        .ok()
        .and_then(|time| start.checked_add(time).ok())
        .unwrap_or(Timestamp::MAX)
}

fn check_scheme(url: &Url) -> Result<(), Error> {
    match url.scheme() {
        "http" | "https" => Ok(()),
        scheme => Err(Error::Address(format!(
            "`{scheme}` is neither `http` nor `https`"
        ))),
    }
}

/// Where an answer sends to.
fn redirection(url: &Url, answer: &Response<Body>) -> Result<Option<Url>, Error> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let place = answer
        .headers()
        .get("location")
        .and_then(|place| place.to_str().ok());
    let place = place.ok_or(Error::Status(answer.status().as_u16()))?;
    url.join(place)
        .map(Some)
        .map_err(|error| Error::Address(error.to_string()))
}

/// How long a busy site asks to be left alone: seconds, or a time.
fn asked_wait(answer: &Response<Body>, now: Timestamp) -> Option<Duration> {
    let text = answer.headers().get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(time.duration_since(now)).unwrap_or_default())
}

/// At most `limit` bytes of an answer, unpacked, and whether there are more.
fn body(answer: Response<Body>, limit: usize) -> Result<(Vec<u8>, bool), Error> {
    let mut bytes = Vec::new();
    let reader = answer
        .into_body()
        .into_with_config()
        .limit(u64::MAX)
        .reader();
    reader
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| match error.downcast::<ureq::Error>() {
            Ok(error) => told(&error),
            Err(error) => Error::Read(error.to_string()),
        })?;
    let cut = bytes.len() > limit;
    bytes.truncate(limit);
    Ok((bytes, cut))
}

/// Whether no page of the site can be had now, for it does not even take the call.
fn is_unreachable(error: &ureq::Error) -> bool {
    use std::io::ErrorKind;
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(inner) => matches!(
            inner.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
        ),
        _ => false,
    }
}

fn told(error: &ureq::Error) -> Error {
    match error {
        ureq::Error::Io(inner) => match inner
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<NotPublic>())
        {
            Some(reason) => Error::NotPublic(reason.to_string()),
            None => Error::Network(error.to_string()),
        },
        _ => Error::Network(error.to_string()),
    }
}
