//! Own knowledge: import, check, find.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};

use super::{Folder, command, json, out, talk};

/// FollowTheMoney entities, one a line.
fn entities(count: usize, generation: &str) -> String {
    (0..count)
        .map(|number| {
            format!(
                r#"{{"id":"{generation}-{number}","schema":"Company","properties":{{"name":["PT Contoh {generation} {number}"],"country":["id"]}}}}"#
            ) + "\n"
        })
        .collect()
}

const PLACES: &str = "name,aliases,type,class,country,latitude,longitude,population,id\n\
                      Tanjung Galuhan,Galuhan Point,place,town,ID,-6.5,107.25,120000,7\n\
                      Tanjung Galuhan,,place,town,MY,3.5,101.5,900,8\n\
                      Brigade Garuda Contoh,,organization,unit,ID,,,,9\n";

#[test]
fn what_is_imported_is_found_and_read() {
    let folder = Folder::new();
    folder.write("places.csv", PLACES);
    let import = folder
        .saksi(&[
            "pack",
            "import",
            "places.csv",
            "--into",
            "own",
            "--licence",
            "CC0-1.0",
            "--source",
            "a test",
        ])
        .success();
    assert!(
        out(&import).starts_with("3 things with 3 different names in the pack `own`"),
        "{}",
        out(&import)
    );
    let manifest = fs::read_to_string(folder.path().join("own/pack.toml")).unwrap();
    assert!(
        manifest.contains("licence = \"CC0-1.0\"") && manifest.contains("sources = [\"a test\"]"),
        "{manifest}"
    );
    folder.saksi(&["pack", "check", "own"]).success();

    let find = [
        "pack",
        "find",
        "--pack",
        "own",
        "--format",
        "json",
        "tanjung galuhan",
    ];
    let found = json(&folder.saksi(&find).success());
    let meanings = found["meanings"].as_array().unwrap();
    assert_eq!(meanings.len(), 2, "{found:#}");
    assert_eq!(meanings[0]["country"], "IDN");
    assert_eq!(meanings[0]["links"]["own"], "7");
    assert!(
        meanings[0]["reason"].as_str().unwrap().contains("1st of 2"),
        "{found:#}"
    );
    let text = out(&folder
        .saksi(&["pack", "find", "--pack", "own", "galuhan point"])
        .success());
    assert!(
        text.contains("another name of it") && text.contains("own:7"),
        "{text}"
    );

    folder.write(
        "report.txt",
        "Menteri Pertahanan meninjau pangkalan angkatan laut di Tanjung Galuhan pada Jumat. Ia mengatakan bahwa kapal perang itu akan dikirim.",
    );
    let record = json(
        &folder
            .saksi(&["read", "--format", "json", "--pack", "own", "report.txt"])
            .success(),
    );
    assert!(
        record["generator"]["packs"]["own"].is_string(),
        "{record:#}"
    );
    let entities = record["entities"].as_array().unwrap();
    let place = entities
        .iter()
        .find(|entity| entity["name"] == "Tanjung Galuhan")
        .unwrap();
    assert_eq!(place["geo"]["longitude"], 107.25, "{place:#}");
}

#[test]
fn lines_that_can_not_be_read_are_named_and_the_rest_is_taken() {
    let folder = Folder::new();
    folder.write(
        "list.ftm.json",
        entities(40, "a") + "{\"id\"\n" + &entities(1, "b"),
    );
    let import = folder
        .saksi(&["pack", "import", "list.ftm.json", "--into", "own"])
        .code(1);
    assert!(
        talk(&import).contains("`list.ftm.json`: line 41: "),
        "{}",
        talk(&import)
    );
    assert!(
        out(&import).contains("41 things") && out(&import).contains("1 line could not be read"),
        "{}",
        out(&import)
    );
    assert!(
        out(&import).contains("licence unknown: ask the source"),
        "{}",
        out(&import)
    );
    let many = "{\n".repeat(100) + &entities(1, "c");
    folder.write("many.json", many);
    let import = folder
        .saksi(&[
            "pack",
            "import",
            "--format",
            "ftm",
            "many.json",
            "--into",
            "own",
        ])
        .code(1);
    assert_eq!(talk(&import).lines().count(), 21, "{}", talk(&import));
}

#[test]
fn a_failed_import_leaves_the_old_pack_as_it_was() {
    let folder = Folder::new();
    folder
        .write("old.json", entities(3, "old"))
        .write("empty.csv", "name,type\n")
        .write("prose.txt", "Sebuah kalimat.\n");
    folder
        .saksi(&["pack", "import", "old.json", "--into", "own"])
        .success();
    let before = fs::read(folder.path().join("own/names.gazetteer")).unwrap();
    for file in ["empty.csv", "prose.txt", "missing.csv", "."] {
        let import = folder
            .saksi(&["pack", "import", file, "--into", "own"])
            .code(2);
        assert!(!talk(&import).is_empty());
    }
    assert_eq!(
        fs::read(folder.path().join("own/names.gazetteer")).unwrap(),
        before
    );
    let names: Vec<_> = (fs::read_dir(folder.path()).unwrap())
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn what_no_import_made_is_never_overwritten() {
    let folder = Folder::new();
    folder
        .write("list.json", entities(3, "a"))
        .write("mine/names/people.toml", "# by hand\n")
        .write("mine/pack.toml", "name = \"mine\"\n")
        .write("file", "");
    let import = folder
        .saksi(&["pack", "import", "list.json", "--into", "mine"])
        .code(2);
    assert!(
        talk(&import).contains("holds `names`, which no import made: choose another folder"),
        "{}",
        talk(&import)
    );
    assert!(folder.path().join("mine/names/people.toml").is_file());
    folder
        .saksi(&["pack", "import", "list.json", "--into", "file"])
        .code(2);
    folder
        .saksi(&["pack", "import", "list.json", "--into", "no/such/parent"])
        .code(2);
}

fn import_from_pipe(folder: &Folder) -> Child {
    Command::new(env!("CARGO_BIN_EXE_saksi"))
        .args(["pack", "import", "-", "--into", "own"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The generation of the entities that the pack knows.
fn generation(folder: &Folder) -> Option<&'static str> {
    folder.saksi(&["pack", "check", "own"]).success();
    ["old", "new"].into_iter().find(|generation| {
        let name = format!("PT Contoh {generation} 2999");
        let find = folder.saksi(&["pack", "find", "--lang", "en", "--pack", "own", &name]);
        find.get_output().status.success()
    })
}

#[test]
fn a_killed_import_leaves_a_whole_pack() {
    let folder = Folder::new();
    folder.write("old.json", entities(3000, "old"));
    folder
        .saksi(&["pack", "import", "old.json", "--into", "own"])
        .success();
    let text = entities(3000, "new");

    // While it reads.
    for part in [0, text.len() / 2, text.len()] {
        let mut child = import_from_pipe(&folder);
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(&text.as_bytes()[..part]).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        drop(pipe);
        assert_eq!(generation(&folder), Some("old"));
    }
    // While it writes: as soon as it has begun to.
    for _ in 0..5 {
        let mut child = import_from_pipe(&folder);
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(text.as_bytes()).unwrap();
        drop(pipe);
        let beside = folder.path().join(".own.import");
        while !beside.exists() && child.try_wait().unwrap().is_none() {}
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(generation(&folder).is_some());
    }
    // What they left is gone after the next one.
    folder
        .saksi(&["pack", "import", "old.json", "--into", "own"])
        .success();
    assert_eq!(generation(&folder), Some("old"));
    let names: Vec<_> = (fs::read_dir(folder.path()).unwrap())
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn check_tells_every_error_and_where() {
    let folder = Folder::new();
    folder
        .write("bad/pack.toml", "name = \"bad\"\nkind = \"topic\"\nversion = \"1\"\nlicence = \"CC0-1.0\"\nsources = []\n")
        .write("bad/names/people.toml", "[[name]]\nid = \"a-b\"\ntype = \"unicorn\"\nnames = { any = [\"A B\"] }\n")
        .write("bad/names/places.toml", "[[name]]\nid = \"c\"\ntype = \"place\"\nnames = { any = [\"C\"] }\ncountry = \"Indonesia\"\n")
        .write("bad/cues.toml", "[[cue\n")
        .write("bad/colours.toml", "")
        .write("bad/places.gazetteer", "saksigaz and no more");
    let check = folder.saksi(&["pack", "check", "bad"]).code(1);
    let told = talk(&check);
    for expected in [
        "bad/pack.toml:1:1: missing field `description`",
        "bad/names/people.toml:3:8: ",
        "bad/names/places.toml:5:11: `Indonesia` is no country code: write the three capitals",
        "bad/cues.toml:1:",
        "bad/colours.toml: no known kind of pack file",
        "bad/places.gazetteer",
    ] {
        assert!(told.contains(expected), "no {expected} in\n{told}");
    }
    assert!(out(&check).contains("6 errors"), "{}", out(&check));
    let missing = folder.saksi(&["pack", "check", "missing"]).code(1);
    assert!(
        talk(&missing).contains("could not read `missing`"),
        "{}",
        talk(&missing)
    );
}

#[test]
fn check_warns_of_what_is_likely_a_mistake() {
    let folder = Folder::new();
    folder
        .write("own/pack.toml", "name = \"own\"\nkind = \"topic\"\nversion = \"1\"\nlicence = \"CC0-1.0\"\nsources = []\ndescription = \"For a test.\"\n")
        .write("own/cues.toml", "# nothing yet\n")
        .write(
            "own/names/own.toml",
            "[[name]]\nid = \"garuda\"\ntype = \"organization\"\nnames = { any = [\"Indonesia\"] }\n\
             [[name]]\nid = \"orang\"\ntype = \"person\"\nnames = { fr = [\"Orang\"] }\nheld = [{ office = \"wizard\" }]\n",
        );
    let check = folder.saksi(&["pack", "check", "own"]).success();
    let told = talk(&check);
    for expected in [
        "own/cues.toml: it says nothing",
        "`orang` can't be found in a report",
        "`orang` held the office `wizard`",
        "`indonesia` means `garuda` here and `IDN` in the pack `world`",
    ] {
        assert!(told.contains(expected), "no {expected} in\n{told}");
    }
    let check = folder.saksi(&["pack", "check"]).success();
    assert!(
        out(&check).contains("world: ") && out(&check).lines().count() == 4,
        "{}",
        out(&check)
    );
}

#[test]
fn find_shows_what_a_name_can_mean() {
    let folder = Folder::new();
    let found = out(&folder.saksi(&["pack", "find", "Georgia"]).success());
    assert!(
        found.contains("state (GEO GOV)")
            && found.contains("region/first")
            && found.contains("(USA)"),
        "{found}"
    );
    assert!(
        found.contains("listed in `world/names/states.toml`"),
        "{found}"
    );
    let found = out(&folder
        .saksi(&["pack", "find", "--lang", "id", "menteri pertahanan"])
        .success());
    assert!(found.contains("office or rank"), "{found}");
    let nothing = folder.saksi(&["pack", "find", "Surabyaa"]).code(1);
    assert!(
        out(&nothing).contains("Written nearly alike:\n  Surabaya  place (pack `world`)"),
        "{}",
        out(&nothing)
    );
    let nothing = json(
        &folder
            .saksi(&["pack", "find", "--format", "json", "qqqqqqqqqqqqqq"])
            .code(1),
    );
    assert_eq!(nothing["meanings"].as_array().unwrap().len(), 0);
    folder
        .saksi(&["pack", "find", "--lang", "xx", "Surabaya"])
        .code(2);
    // A name from elsewhere can not move the cursor.
    let odd = command()
        .args(["pack", "find", "a\u{1b}[2J"])
        .assert()
        .code(1);
    assert!(!odd.get_output().stdout.contains(&0x1b));
}
