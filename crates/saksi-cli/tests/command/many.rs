//! Several files: their order, the bad ones among them, and any number of threads.

use serde_json::Value;

use super::{ENGLISH, Folder, INDONESIAN, json, out, sample, talk};

fn several() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}.txt")).collect();
    for (number, name) in names.iter().enumerate() {
        let text = if number % 3 == 0 { ENGLISH } else { INDONESIAN };
        // Reports of unlike lengths come to an end out of order.
        folder.write(
            name,
            format!(
                "{} Nomor {number}.\n",
                vec![text; 1 + number % 5].join("\n\n")
            ),
        );
    }
    (folder, names)
}

#[test]
fn one_thread_and_all_of_them_give_the_same_bytes() {
    let (folder, names) = several();
    let read = |threads: &[&str]| {
        let mut arguments = vec![
            "read",
            "--quiet",
            "--format",
            "jsonl",
            "--published",
            "2024-03-18",
        ];
        arguments.extend(threads);
        arguments.extend(names.iter().map(String::as_str));
        out(&folder.saksi(&arguments).success())
    };
    let one = read(&["--threads", "1"]);
    assert_eq!(one, read(&["--threads", "7"]));
    assert_eq!(one, read(&[]));
    let uris: Vec<String> = (one.lines())
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["document"]["uri"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(uris, names);
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let folder = Folder::new();
    folder
        .write("a.txt", INDONESIAN)
        .write("empty.txt", "")
        .write("z.txt", ENGLISH);
    let read = folder
        .saksi(&[
            "read",
            "--format",
            "jsonl",
            "a.txt",
            "empty.txt",
            "missing.txt",
            "z.txt",
        ])
        .code(1);
    assert_eq!(out(&read).lines().count(), 2);
    let talk = talk(&read);
    assert!(
        talk.contains("`empty.txt`") && talk.contains("`missing.txt`") && talk.contains("2 of 4"),
        "{talk}"
    );
}

#[test]
fn json_of_several_files_is_an_array_whatever_goes_wrong() {
    let folder = Folder::new();
    folder.write("a.txt", INDONESIAN).write("z.txt", ENGLISH);
    let records = |arguments: &[&str], code: i32| {
        let all: Vec<&str> = ["read", "--format", "json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        json(&folder.saksi(&all).code(code))
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(records(&["a.txt", "z.txt"], 0), 2);
    assert_eq!(records(&["missing.txt", "z.txt"], 1), 1);
    assert_eq!(records(&["missing.txt", "gone.txt"], 2), 0);
}

#[test]
fn text_of_several_files_names_each() {
    let folder = Folder::new();
    folder.write("a.txt", INDONESIAN).write("z.txt", ENGLISH);
    let text = out(&folder.saksi(&["read", "a.txt", "z.txt"]).success());
    assert!(
        text.contains("── a.txt") && text.contains("── z.txt"),
        "{text}"
    );
    assert!(!text.contains("\n\n\n"), "{text}");
    let one = out(&folder.saksi(&["read", &sample("shipyard.txt")]).success());
    assert!(!one.contains("──  "), "{one}");
}
