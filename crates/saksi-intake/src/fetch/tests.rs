//! Against a server of the tests' own, on this computer; time passes only where the fetcher waits.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use super::*;

/// A clock that stands still but for the waits.
#[derive(Debug, Clone, Default)]
struct Still(Arc<Mutex<Vec<Duration>>>);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        let passed: Duration = self.0.lock().unwrap().iter().sum();
        Timestamp::from_second(1_692_000_000).unwrap() + SignedDuration::try_from(passed).unwrap()
    }

    fn wait(&self, time: Duration) {
        self.0.lock().unwrap().push(time);
    }
}

/// Serves what `answer` gives for the head of a request, and keeps the heads.
fn serve(
    answer: impl Fn(&str, &str) -> String + Send + 'static,
) -> (String, Arc<Mutex<Vec<String>>>) {
    serve_at(TcpListener::bind("127.0.0.1:0").unwrap(), answer)
}

fn serve_at(
    listener: TcpListener,
    answer: impl Fn(&str, &str) -> String + Send + 'static,
) -> (String, Arc<Mutex<Vec<String>>>) {
    let place = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heads = asked.clone();
    let base = place.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            heads.lock().unwrap().push(head.clone());
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let _ = stream.write_all(answer(&path, &base).as_bytes());
        }
    });
    (place, asked)
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"a\"\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn status(line: &str, headers: &str) -> String {
    format!("HTTP/1.1 {line}\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n")
}

fn fetcher(clock: &Still) -> Fetcher {
    let manners = Manners {
        allow_private: true,
        longest: 1000,
        ..Manners::default()
    };
    Fetcher::new(manners, Box::new(clock.clone()))
}

fn paths(asked: &Mutex<Vec<String>>) -> Vec<String> {
    asked
        .lock()
        .unwrap()
        .iter()
        .map(|head| head.split(' ').nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn a_site_is_asked_what_it_lets_once_and_with_pauses() {
    let (place, asked) = serve(|path, _| match path {
        "/robots.txt" => ok("User-agent: saksi\r\nDisallow: /private\r\nCrawl-delay: 3"),
        _ => ok("<p>Menteri tiba."),
    });
    let clock = Still::default();
    let fetcher = fetcher(&clock);
    let Answer::Content(found) = fetcher
        .fetch(&format!("{place}/a?b=c"), &Seen::default())
        .unwrap()
    else {
        panic!("nothing was seen");
    };
    assert_eq!(found.bytes, b"<p>Menteri tiba.");
    assert_eq!(found.seen.etag.as_deref(), Some("\"a\""));
    assert_eq!(found.retrieved.to_string(), "2023-08-14T08:00:03Z");
    assert!(matches!(
        fetcher.fetch(&format!("{place}/private/a"), &Seen::default()),
        Err(Error::Robots(_))
    ));
    fetcher
        .fetch(&format!("{place}/b"), &Seen::default())
        .unwrap();
    assert_eq!(paths(&asked), ["/robots.txt", "/a?b=c", "/b"]);
    assert_eq!(*clock.0.lock().unwrap(), [Duration::from_secs(3); 2]);
    assert!(
        asked.lock().unwrap()[1]
            .to_lowercase()
            .contains("user-agent: saksi/")
    );
}

#[test]
fn pauses_that_a_site_asks_for_take_no_time_from_its_answers() {
    let (place, _) = serve(|path, _| match path {
        "/robots.txt" => ok("User-agent: *\r\nCrawl-delay: 30"),
        "/a" => status("301 Moved", "Location: /b\r\n"),
        "/b" => status("301 Moved", "Location: /c\r\n"),
        _ => ok("x"),
    });
    let clock = Still::default();
    let answer = fetcher(&clock).fetch(&format!("{place}/a"), &Seen::default());
    assert!(answer.is_ok(), "{answer:?}");
    assert_eq!(*clock.0.lock().unwrap(), [Duration::from_secs(30); 3]);
}

#[test]
fn a_site_that_fails_to_say_what_it_lets_is_asked_later() {
    let tries = Arc::new(Mutex::new(0));
    let (place, asked) = serve(move |path, _| match path {
        "/robots.txt" => {
            let mut tries = tries.lock().unwrap();
            *tries += 1;
            if *tries == 1 {
                status("500 Broken", "")
            } else {
                ok("User-agent: *\r\nDisallow: /private")
            }
        }
        _ => ok("x"),
    });
    let clock = Still::default();
    let fetcher = fetcher(&clock);
    let fetch = |path: &str| fetcher.fetch(&format!("{place}{path}"), &Seen::default());
    let error = fetch("/a").unwrap_err();
    assert_eq!(error, Error::Status(500));
    assert!(crate::feed::is_passing(&error));
    assert_eq!(fetch("/b"), Err(Error::Status(500)));
    assert_eq!(paths(&asked), ["/robots.txt"]);
    clock.wait(AFTER_FAILURE);
    assert!(fetch("/a").is_ok());
    assert!(matches!(fetch("/private"), Err(Error::Robots(_))));
    assert_eq!(paths(&asked), ["/robots.txt", "/robots.txt", "/a"]);
}

#[test]
fn a_site_too_busy_to_say_what_it_lets_is_asked_later() {
    let (place, asked) = serve(|path, _| match path {
        "/robots.txt" => status("429 Busy", "Retry-After: 600\r\n"),
        _ => ok("x"),
    });
    let error = fetcher(&Still::default())
        .fetch(&place, &Seen::default())
        .unwrap_err();
    assert_eq!(error, Error::Busy(600));
    assert!(crate::feed::is_passing(&error));
    assert_eq!(paths(&asked), ["/robots.txt"]);
}

#[test]
fn what_was_seen_is_not_sent_again() {
    let (place, asked) = serve(|path, _| match path {
        "/robots.txt" => status("404 No", ""),
        _ => status("304 Not Modified", ""),
    });
    let seen = Seen {
        etag: Some("\"a\"".to_owned()),
        last_modified: Some("Mon, 14 Aug 2023 08:00:00 GMT".to_owned()),
    };
    assert_eq!(
        fetcher(&Still::default()).fetch(&place, &seen),
        Ok(Answer::Unchanged)
    );
    let head = asked.lock().unwrap()[1].to_lowercase();
    assert!(
        head.contains("if-none-match: \"a\"") && head.contains("if-modified-since: mon, 14 aug"),
        "{head}"
    );
}

#[test]
fn a_busy_site_is_left_alone_for_as_long_as_it_asks() {
    let (place, asked) = serve(|path, _| match path {
        "/robots.txt" => status("404 No", ""),
        "/later" => status("503 Busy", "Retry-After: 86400\r\n"),
        _ => status("429 Busy", "Retry-After: 7\r\n"),
    });
    let clock = Still::default();
    let fetcher = fetcher(&clock);
    assert_eq!(
        fetcher.fetch(&format!("{place}/a"), &Seen::default()),
        Err(Error::Busy(7))
    );
    assert_eq!(*clock.0.lock().unwrap(), [Duration::from_secs(7); 2]);
    let later = || fetcher.fetch(&format!("{place}/later"), &Seen::default());
    assert_eq!(later(), Err(Error::Busy(7)));
    clock.wait(Duration::from_millis(5500));
    assert_eq!(later(), Err(Error::Busy(2)));
    assert_eq!(paths(&asked), ["/robots.txt", "/a", "/a", "/a"]);
    clock.wait(Duration::from_millis(1500));
    assert_eq!(later(), Err(Error::Busy(86400)));
    clock.wait(Duration::from_secs(86399));
    assert_eq!(later(), Err(Error::Busy(1)));
    assert_eq!(paths(&asked), ["/robots.txt", "/a", "/a", "/a", "/later"]);
}

#[test]
fn a_busy_site_that_is_slow_to_say_so_is_left_alone() {
    let clock = Still::default();
    let site = clock.clone();
    let (place, asked) = serve(move |path, _| {
        if path == "/robots.txt" {
            return status("404 No", "");
        }
        site.wait(Duration::from_mins(2));
        status("503 Busy", "Retry-After: 7\r\n")
    });
    let fetcher = fetcher(&clock);
    let fetch = || fetcher.fetch(&format!("{place}/a"), &Seen::default());
    assert_eq!(fetch(), Err(Error::Busy(7)));
    assert_eq!(fetch(), Err(Error::Busy(7)));
    assert_eq!(paths(&asked), ["/robots.txt", "/a"]);
}

#[test]
fn a_site_may_ask_for_any_time() {
    let (place, _) = serve(|path, _| match path {
        "/robots.txt" => status("404 No", ""),
        _ => status("503 Busy", "Retry-After: 18446744073709551615\r\n"),
    });
    let fetcher = fetcher(&Still::default());
    let fetch = || fetcher.fetch(&place, &Seen::default());
    assert_eq!(fetch(), Err(Error::Busy(u64::MAX)));
    assert!(matches!(fetch(), Err(Error::Busy(_))));
}

#[test]
fn a_site_that_is_not_there_is_not_waited_for_anew() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let clock = Still::default();
    let fetcher = fetcher(&clock);
    let fetch = || fetcher.fetch(&format!("http://{address}/a"), &Seen::default());
    let error = fetch().unwrap_err();
    assert!(matches!(error, Error::Network(_)), "{error:?}");
    let (_, asked) = serve_at(TcpListener::bind(address).unwrap(), |path, _| match path {
        "/robots.txt" => status("404 No", ""),
        _ => ok("x"),
    });
    assert_eq!(fetch(), Err(error));
    assert!(asked.lock().unwrap().is_empty());
    clock.wait(AFTER_FAILURE);
    assert!(fetch().is_ok());
}

#[test]
fn size_redirections_and_schemes_have_limits() {
    let (place, _) = serve(|path, base| match path {
        "/robots.txt" => status("404 No", ""),
        "/long" => ok(&"x".repeat(1001)),
        "/full" => ok(&"x".repeat(1000)),
        "/moved" => status("301 Moved", "Location: full\r\n"),
        "/loop" => status("302 Moved", &format!("Location: {base}/loop\r\n")),
        "/file" => status("302 Moved", "Location: file:///etc/passwd\r\n"),
        _ => status("410 Gone", ""),
    });
    let clock = Still::default();
    let fetcher = fetcher(&clock);
    let fetch = |path: &str| fetcher.fetch(&format!("{place}{path}"), &Seen::default());
    assert_eq!(fetch("/long"), Err(Error::TooLong(1000)));
    let Ok(Answer::Content(found)) = fetch("/moved") else {
        panic!("it was moved");
    };
    assert_eq!(
        (found.url, found.bytes.len()),
        (format!("{place}/full"), 1000)
    );
    assert_eq!(fetch("/loop"), Err(Error::Redirections(5)));
    assert!(matches!(fetch("/file"), Err(Error::Address(_))));
    assert_eq!(fetch("/gone"), Err(Error::Status(410)));
    assert!(matches!(
        fetcher.fetch("ftp://example.org/", &Seen::default()),
        Err(Error::Address(_))
    ));
}

#[test]
fn addresses_that_are_not_public_are_not_fetched_from() {
    let (place, asked) = serve(|_, _| ok("secret"));
    let fetcher = Fetcher::new(Manners::default(), Box::new(Still::default()));
    let port = place.rsplit(':').next().unwrap();
    // By number, by a number in other dress, by name.
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "localhost",
        "0.0.0.0",
    ] {
        let result = fetcher.fetch(&format!("http://{host}:{port}/"), &Seen::default());
        assert!(
            matches!(result, Err(Error::NotPublic(_))),
            "{host}: {result:?}"
        );
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn packed_answers_are_bounded_by_what_is_in_them() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(&vec![b'x'; 5_000_000]).unwrap();
            let packed = packed.finish().unwrap();
            let found = if head.starts_with("GET /robots") {
                "404 No"
            } else {
                "200 OK"
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {found}\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                packed.len()
            );
            let _ = stream.write_all(&packed);
        }
    });
    assert_eq!(
        fetcher(&Still::default()).fetch(&place, &Seen::default()),
        Err(Error::TooLong(1000))
    );
}
