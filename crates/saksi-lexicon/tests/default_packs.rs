//! The packs of the repository: they compile, and what they say is consistent.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use saksi_lexicon::names::{Sense, Tenure};
use saksi_lexicon::{FileKind, Lexicon, Pack, PackFile};
use saksi_record::EntityType;

/// The default packs, in their order of precedence.
fn packs() -> Vec<Pack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    ["world", "defence", "id", "en"]
        .iter()
        .map(|name| {
            let mut files = Vec::new();
            collect(&folder.join(name), name, &mut files);
            Pack::parse(name, files).unwrap()
        })
        .collect()
}

fn collect(folder: &Path, path: &str, files: &mut Vec<PackFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{path}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &path, files);
        } else if Path::new(&path).extension() == Some(OsStr::new("toml")) {
            let text = fs::read_to_string(entry.path()).unwrap().into();
            files.push(PackFile { path, text });
        }
    }
}

fn lexicon(language: &str) -> Lexicon {
    Lexicon::compile(language, &packs()).unwrap_or_else(|error| panic!("{error}"))
}

/// What `words` hold, each match with the ids of its entries.
fn found(language: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let lexicon = lexicon(language);
    let words: Vec<&str> = text.split(' ').collect();
    let lemmas: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lemmas: Vec<&str> = lemmas
        .iter()
        .map(|word| word.trim_end_matches('s'))
        .collect();
    let lemmas = (!lexicon.grammar.lemmas_are_roots).then_some(&*lemmas);
    let names = &lexicon.names;
    (names.find(&words, lemmas).into_iter())
        .map(|found| {
            let ids = found
                .entries
                .iter()
                .map(|&at| names.entry(at).id.to_string());
            let (first, last) = (found.words.start, found.words.end - 1);
            let text = if first == last {
                words[first][found.start..found.end].to_owned()
            } else {
                let middle = &words[first..=last];
                let end = words[last].len() - found.end;
                let joined = middle.join(" ");
                joined[found.start..joined.len() - end].to_owned()
            };
            (text, ids.collect())
        })
        .collect()
}

fn check(language: &str, text: &str, expected: &[(&str, &[&str])]) {
    let found = found(language, text);
    let found: Vec<(&str, Vec<&str>)> = (found.iter())
        .map(|(text, ids)| (&**text, ids.iter().map(|id| &**id).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected
        .iter()
        .map(|(text, ids)| (*text, ids.to_vec()))
        .collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn the_longest_name_wins() {
    check(
        "id",
        "Dewan Keamanan PBB dan Korea Selatan",
        &[
            ("Dewan Keamanan PBB", &["un-security-council"]),
            ("Korea Selatan", &["KOR"]),
        ],
    );
    check(
        "en",
        "the Korean Central News Agency and North Korea",
        &[
            ("Korean Central News Agency", &["kcna"]),
            ("North Korea", &["PRK"]),
        ],
    );
}

#[test]
fn names_keep_their_capitals_and_nouns_do_not_mind() {
    check("id", "as dan AS serta As", &[("AS", &["USA"])]);
    check(
        "id",
        "PRESIDEN RUSIA tiba di rusia",
        &[("PRESIDEN", &["presiden"]), ("RUSIA", &["RUS"])],
    );
    check("en", "they told us that the US", &[("US", &["USA"])]);
}

#[test]
fn hyphens_may_be_anywhere() {
    for text in ["Kim Jong Un", "Kim Jong-un", "Kim Jong - un"] {
        check("en", text, &[(text, &["kim-jong-un"])]);
    }
    check(
        "id",
        "latihan AS-Korea Selatan",
        &[("AS", &["USA"]), ("Korea Selatan", &["KOR"])],
    );
    check("id", "sentimen anti-Rusia", &[("Rusia", &["RUS"])]);
}

#[test]
fn nouns_are_found_doubled_and_by_their_lemma() {
    check("id", "pabrik-pabrik itu", &[("pabrik-pabrik", &["pabrik"])]);
    check(
        "en",
        "senior officials said",
        &[("senior officials", &["senior official"])],
    );
    check(
        "en",
        "artillery shells",
        &[("artillery shells", &["artillery shell"])],
    );
}

#[test]
fn both_languages_compile() {
    for language in ["id", "en"] {
        let lexicon = lexicon(language);
        assert!(lexicon.names.entries().len() > 1500, "{language}");
        let packs: Vec<_> = lexicon.versions.keys().map(|name| &**name).collect();
        let mut expected = vec!["defence", "world", language];
        expected.sort_unstable();
        assert_eq!(packs, expected);
    }
}

#[test]
fn every_country_is_that_of_a_state_and_every_state_has_a_name() {
    for language in ["id", "en"] {
        let lexicon = lexicon(language);
        let states: BTreeSet<_> = (lexicon.names.entries().iter())
            .filter(|entry| entry.sense == Sense::Name && entry.kind == EntityType::State)
            .map(|entry| entry.id.clone())
            .collect();
        assert_eq!(
            states.len(),
            197,
            "193 members, and the Holy See, Palestine, Kosovo, Taiwan"
        );
        for entry in lexicon.names.entries() {
            if let Some(country) = &entry.country {
                assert!(states.contains(country), "`{}` is of `{country}`", entry.id);
            }
            assert!(
                *entry.name != *entry.id
                    || entry.sense != Sense::Name
                    || entry.id.len() != 3
                    || entry.kind != EntityType::State
            );
        }
    }
}

#[test]
fn no_word_stands_for_two_things_without_a_reason() {
    for language in ["id", "en"] {
        let lexicon = lexicon(language);
        let clashes = lexicon.names.clashes();
        assert!(clashes.is_empty(), "{language}: {clashes:#?}");
    }
}

/// The widest classes that entries of a type may have in the default packs.
const CLASSES: &[(EntityType, &[&str])] = &[
    (
        EntityType::Weapon,
        &[
            "air-defence",
            "aircraft",
            "ammunition",
            "anti-tank",
            "armour",
            "arms",
            "artillery",
            "biological",
            "bomb",
            "chemical",
            "drone",
            "electronic-warfare",
            "explosive",
            "grenade",
            "launcher",
            "mine",
            "missile",
            "nuclear",
            "radar",
            "rocket",
            "satellite",
            "ship",
            "small-arms",
            "space-launcher",
            "submarine",
            "torpedo",
            "vehicle",
            "warhead",
        ],
    ),
    (
        EntityType::Facility,
        &[
            "base",
            "camp",
            "command",
            "dam",
            "depot",
            "factory",
            "launch-site",
            "nuclear",
            "oil",
            "port",
            "post",
            "prison",
            "research",
            "shipyard",
            "test-site",
            "tunnel",
        ],
    ),
    (EntityType::Exercise, &["exercise"]),
    (
        EntityType::Document,
        &["law", "list", "resolution", "treaty"],
    ),
    (
        EntityType::Organization,
        &[
            "aid",
            "alliance",
            "bank",
            "bloc",
            "company",
            "court",
            "media",
            "monitor",
            "police",
            "regime",
            "rights",
            "sanctions",
            "think-tank",
            "un",
            "unit",
        ],
    ),
    (
        EntityType::Place,
        &[
            "area",
            "border",
            "canal",
            "cape",
            "continent",
            "desert",
            "gulf",
            "island",
            "lake",
            "mountain",
            "ocean",
            "peninsula",
            "region",
            "river",
            "sea",
            "strait",
        ],
    ),
];

#[test]
fn every_class_is_one_of_those_that_its_type_may_have() {
    for language in ["id", "en"] {
        let lexicon = lexicon(language);
        for entry in lexicon.names.entries() {
            let Some(class) = &entry.class else { continue };
            let widest = class.split('/').next().unwrap();
            let known = CLASSES
                .iter()
                .any(|(kind, classes)| *kind == entry.kind && classes.contains(&widest));
            assert!(
                known,
                "`{}` ({:?}) has the class `{class}`",
                entry.id, entry.kind
            );
        }
    }
}

#[test]
fn what_the_defence_pack_names_has_a_class() {
    let packs = packs();
    let defence = packs.iter().find(|pack| pack.manifest.name == "defence");
    for language in ["id", "en"] {
        for (kind, file) in defence.unwrap().files() {
            if kind != FileKind::Names {
                continue;
            }
            let names = saksi_lexicon::names::parse(file, language).unwrap();
            for entry in names.compile().entries() {
                let body = matches!(entry.kind, EntityType::Organization | EntityType::Group);
                let told = entry.class.is_some() || body;
                assert!(told, "`{}` ({:?}) has none", entry.id, entry.kind);
            }
        }
    }
}

#[test]
fn no_thing_is_told_in_two_files() {
    // A thing of a later file would quietly replace what an earlier one says. States may gain where they are, nouns a class.
    for language in ["id", "en"] {
        let mut seen = BTreeSet::new();
        for pack in packs() {
            for (_, file) in pack.files().filter(|(kind, _)| *kind == FileKind::Names) {
                let names = saksi_lexicon::names::parse(file, language)
                    .unwrap()
                    .compile();
                for entry in names.entries() {
                    let new = entry.kind == EntityType::State
                        || entry.country.as_ref() == Some(&entry.id)
                        || entry.sense == Sense::Noun
                        || seen.insert((entry.sense, entry.id.clone()));
                    assert!(new, "{language}: `{}` in `{}`", entry.id, file.path);
                }
            }
        }
    }
}

#[test]
fn weapons_tell_their_kind_and_their_maker() {
    let lexicon = lexicon("id");
    let entry = |id: &str| {
        (lexicon.names.entries().iter())
            .find(|entry| &*entry.id == id)
            .unwrap_or_else(|| panic!("no `{id}`"))
    };
    let missile = entry("Hwasong-18");
    assert_eq!(missile.country.as_deref(), Some("PRK"));
    assert_eq!(
        missile.class.as_deref(),
        Some("missile/ballistic/intercontinental")
    );
    assert_eq!(
        entry("howitzer").class.as_deref(),
        Some("artillery/howitzer")
    );
    assert_eq!(entry("pangkalan").class.as_deref(), Some("base"));
    check(
        "id",
        "drone Geran-2 itu",
        &[("drone", &["drone"]), ("Geran-2", &["Shahed-136"])],
    );
    check(
        "en",
        "Patriot missiles near Yongbyon",
        &[
            ("Patriot missiles", &["MIM-104 Patriot"]),
            ("Yongbyon", &["yongbyon"]),
        ],
    );
}

#[test]
fn plain_words_and_names_of_people_are_no_weapons() {
    check("id", "Taurus dan Agni serta Apache di Komodo", &[]);
    check("en", "Leopard Trident Reaper Taurus Bradley", &[]);
}

/// The posts of a state that one person holds at a time.
const SINGLE: &[&str] = &[
    "president",
    "king",
    "queen",
    "emperor",
    "sultan",
    "emir",
    "pope",
    "supreme-leader",
    "head-of-state",
    "prime-minister",
    "chancellor",
    "chief-adviser",
    "foreign-minister",
    "defence-minister",
];

/// The first and the last day that `date` may mean.
fn days(date: &str) -> (String, String) {
    let rest = "0000-01-01".get(date.len()..).unwrap_or_default();
    let last = "0000-12-31".get(date.len()..).unwrap_or_default();
    (format!("{date}{rest}"), format!("{date}{last}"))
}

/// The days on which `tenure` surely goes on: empty where the first is after the last.
fn sure(tenure: &Tenure) -> Option<(String, String)> {
    let from = days(tenure.from.as_deref()?).1;
    let to = (tenure.to.as_deref()).map_or_else(|| "9999".to_owned(), |to| days(to).0);
    Some((from, to))
}

#[test]
fn offices_that_people_held_have_words_and_their_organisations_are_there() {
    for language in ["id", "en"] {
        let lexicon = lexicon(language);
        let entries = lexicon.names.entries();
        let offices: BTreeSet<_> = entries
            .iter()
            .filter_map(|entry| entry.office.clone())
            .collect();
        let organizations: BTreeSet<_> = (entries.iter())
            .filter(|entry| entry.sense == Sense::Name && entry.kind == EntityType::Organization)
            .map(|entry| entry.id.clone())
            .collect();
        let people = entries
            .iter()
            .filter(|entry| entry.kind == EntityType::Person);
        let mut holders = 0;
        for entry in people {
            holders += usize::from(!entry.held.is_empty());
            for held in &entry.held {
                let what = format!(
                    "{language}: `{}`, {} {:?}",
                    entry.id, held.office, held.from
                );
                assert!(offices.contains(&held.office), "{what}: no words");
                match &held.of {
                    Some(of) => assert!(organizations.contains(of), "{what}: no `{of}`"),
                    None => assert!(entry.country.is_some(), "{what}: of no country"),
                }
                if let (Some(from), Some(to)) = (&held.from, &held.to) {
                    assert!(days(from).0 <= days(to).1, "{what}: ends before it starts");
                }
                assert!(
                    held.to.is_some() || held.as_of.is_some(),
                    "{what}: up to when?"
                );
            }
        }
        assert!(holders > 700, "{language}: {holders}");
    }
}

/// First and last day, and who.
type Held = (String, String, String);

#[test]
fn no_two_people_hold_one_post_at_once() {
    let lexicon = lexicon("en");
    let mut posts: BTreeMap<(String, String), Vec<Held>> = BTreeMap::new();
    for entry in lexicon.names.entries() {
        for held in &entry.held {
            let of = match (&held.of, &entry.country) {
                (Some(of), _) => of.to_string(),
                (None, Some(country)) if SINGLE.contains(&&*held.office) => country.to_string(),
                _ => continue,
            };
            let Some((from, to)) = sure(held) else {
                continue;
            };
            let post = posts.entry((of, held.office.to_string())).or_default();
            post.push((from, to, entry.id.to_string()));
        }
    }
    let mut slips = Vec::new();
    for (post, mut tenures) in posts {
        tenures.sort();
        for (number, one) in tenures.iter().enumerate() {
            for other in &tenures[number + 1..] {
                // Both surely hold it on more than the day of the change.
                if other.0 < one.1 && other.0 < other.1 {
                    slips.push(format!("{post:?}: {one:?} and {other:?}"));
                }
            }
        }
    }
    assert!(slips.is_empty(), "{slips:#?}");
}
