use super::*;

const CLASSES: &str = "[class.party]\nkinds = [\"state\"]\nincludes = [\"troops\"]\n[class.troops]\nnouns = [\"pasukan\"]\n";

fn file(path: &str, text: &str) -> PackFile {
    PackFile {
        path: path.to_owned(),
        text: text.to_owned().into(),
    }
}

fn compile(text: &str) -> Result<Triggers, Error> {
    Triggers::compile(&[
        &file("xx/events/assault.toml", text),
        &file("xx/events/classes.toml", CLASSES),
    ])
}

fn problem_of(text: &str) -> String {
    compile(text).unwrap_err().to_string()
}

#[test]
fn a_file_compiles_into_entries() {
    let text = "type = \"ASSAULT\"\n\n[[trigger]] # note\nverbs = [\"menyerang\", \"menyerang balik\"]\nrecipient = [\"object:party\", \"ke\"]\n";
    let triggers = compile(text).unwrap();
    let entry = &triggers.entries[0];
    assert_eq!((entry.kind, entry.line), (EventType::Assault, 3));
    assert_eq!(
        entry.verbs[1],
        ["menyerang".into(), "balik".into()] as [Box<str>; 2]
    );
    assert_eq!(entry.roles.recipient[0].class.as_deref(), Some("party"));
    assert_eq!(triggers.classes["party"].nouns.len(), 1);
}

#[test]
fn problems_name_file_line_and_column() {
    let at = |text: &str| problem_of(&format!("type = \"ASSAULT\"\n[[trigger]]\n{text}\n"));
    let unknown = at("verbs = [\"x\"]\nwho = 1");
    assert!(
        unknown.starts_with("xx/events/assault.toml:4:1: unknown field `who`"),
        "{unknown}"
    );
    let class = at("verbs = [\"x\"]\nobject = [\"object:ships\"]");
    assert!(
        class.starts_with("xx/events/assault.toml:4:11: unknown class `ships`: take one of party"),
        "{class}"
    );
    let twice = at("verbs = [\"x\", \"x\"]");
    assert!(twice.contains(":3:15: `x` is here twice"), "{twice}");
    let role = at("verbs = [\"x\"]\nneeds.object = [\"party\"]");
    assert!(role.contains("`needs.object` can never hold"), "{role}");
    let empty = at("mode = \"x\"");
    assert!(empty.contains("a trigger without words"), "{empty}");
}

/// The shipped packs, read from the repository.
fn shipped(language: &str) -> Vec<PackFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../packs")
        .join(language)
        .join("events");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = format!(
                "{language}/events/{}",
                path.file_name().unwrap().to_string_lossy()
            );
            file(&name, &std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn the_shipped_packs_are_sound_and_know_every_type() {
    for language in ["id", "en"] {
        let triggers = Triggers::compile(&shipped(language).iter().collect::<Vec<_>>())
            .unwrap_or_else(|error| panic!("{error}"));
        let kinds: std::collections::BTreeSet<_> =
            triggers.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds.len(), 22, "{language}");
    }
}
