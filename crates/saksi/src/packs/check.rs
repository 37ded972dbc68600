//! What is wrong with a pack, all of it at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use saksi_lexicon::calendar::Calendar;
use saksi_lexicon::gazetteer::Gazetteer;
use saksi_lexicon::names::{self, NameSet, Names, Sense};
use saksi_lexicon::triggers::Triggers;
use saksi_lexicon::{FileKind, Lexicon, Pack, PackFile, confidence, cues, grammar};
use saksi_record::EntityType;
use saksi_syntax::Model;
use saksi_text::Segmentation;

use super::{Packs, SEGMENTATION, Source};
use crate::Error;

/// The warnings of one kind that are told one by one.
const TOLD: usize = 8;

/// What a look at a pack has brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The pack, as the user knows it: its folder.
    pub name: String,
    /// What keeps it from being used: file, line, column, what is wrong, what to do.
    pub errors: Vec<String>,
    /// What is likely to be a mistake.
    pub warnings: Vec<String>,
    /// How many files were looked at.
    pub files: usize,
    /// How many things, nouns and offices its `names/*.toml` tell.
    pub entries: usize,
    /// How many things its gazetteers know.
    pub things: usize,
}

/// Looks at the packs in `folders`, each over the default packs; without any at the default packs themselves.
///
/// # Errors
/// Where the default packs can't be used at all, which no user can mend.
pub fn check(folders: &[PathBuf]) -> Result<Vec<Checked>, Error> {
    let defaults = Packs::load(&[])?;
    if folders.is_empty() {
        let sources = Source::defaults()?;
        return Ok((sources.into_iter())
            .map(|source| {
                let others = |pack: &&Pack| pack.manifest.name != source.name;
                let others: Vec<Pack> = defaults.lexical.iter().filter(others).cloned().collect();
                check_one(&source, &[], &defaults, &others)
            })
            .collect());
    }
    let check_folder = |folder: &PathBuf| {
        let mut faults = Vec::new();
        let source = Source::folder(folder, &mut faults);
        check_one(&source, &faults, &defaults, &defaults.lexical)
    };
    Ok(folders.iter().map(check_folder).collect())
}

fn check_one(source: &Source, faults: &[Error], defaults: &Packs, others: &[Pack]) -> Checked {
    let mut checked = Checked {
        name: source.name.clone(),
        errors: faults.iter().map(ToString::to_string).collect(),
        files: source.files.len() + source.gazetteers.len() + usize::from(source.model.is_some()),
        things: source.gazetteers.iter().map(|(_, one)| one.len()).sum(),
        ..Checked::default()
    };
    let own_language = files(source, &mut checked);
    let languages: Vec<&str> = match &own_language {
        Some(language) => vec![language],
        None => defaults.languages().collect(),
    };
    let own = parse(&source.files, &languages, &mut checked);
    for language in &languages {
        let files = &source.files;
        compiled(
            files,
            others,
            language,
            FileKind::Events,
            Triggers::compile,
            &mut checked,
        );
        compiled(
            files,
            others,
            language,
            FileKind::Calendar,
            Calendar::compile,
            &mut checked,
        );
    }
    if let Some((path, bytes)) = &source.model
        && let Err(error) = Model::from_bytes(bytes)
    {
        checked.errors.push(format!("{}: {error}", path.display()));
    }
    if checked.errors.is_empty() {
        together(source, others, &languages, &mut checked);
    }
    let count = |names: &Names| names.entries().len();
    checked.entries = own.values().map(count).max().unwrap_or_default();
    doubts(&own, others, &languages, &mut checked);
    for (path, gazetteer) in &source.gazetteers {
        gazetteer_doubts(path, gazetteer, others, &languages, &mut checked);
    }
    if checked.files == usize::from(source.files.iter().any(is_manifest))
        && checked.errors.is_empty()
    {
        (checked.warnings).push(format!(
            "{}: the pack holds nothing but `pack.toml`",
            source.name
        ));
    }
    checked
}

fn is_manifest(file: &PackFile) -> bool {
    FileKind::of(&file.path) == Some(FileKind::Manifest)
}

/// Looks at the manifest and at what no language is needed for; the pack's language.
fn files(source: &Source, checked: &mut Checked) -> Option<String> {
    let mut language = None;
    let manifest: Vec<PackFile> = source
        .files
        .iter()
        .filter(|file| is_manifest(file))
        .cloned()
        .collect();
    match Pack::parse(&source.name, manifest) {
        Ok(pack) => language = pack.manifest.language,
        // A folder that can't be read has no manifest, too, which needs no second word.
        Err(_) if source.files.is_empty() && !checked.errors.is_empty() => {}
        Err(error) => checked.errors.push(error.to_string()),
    }
    for file in &source.files {
        let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        if file.text.lines().all(blank) {
            (checked.warnings).push(format!("{}: it says nothing: take it out", file.path));
        }
        let error = match FileKind::of(&file.path) {
            None => Some(
                saksi_lexicon::Error::UnknownFile {
                    file: file.path.clone(),
                }
                .to_string(),
            ),
            Some(FileKind::Confidence) => error_of(confidence::parse(file)),
            Some(FileKind::Cues) => error_of(cues::parse(file)),
            Some(FileKind::Grammar) => error_of(grammar::parse(file)),
            Some(FileKind::Text) => error_of(Segmentation::from_toml(&file.path, &file.text)),
            // Looked at in their place among others of their kind, or of their language.
            Some(FileKind::Calendar | FileKind::Events | FileKind::Names | FileKind::Manifest) => {
                None
            }
        };
        checked.errors.extend(error);
    }
    language
}

fn error_of<T, E: std::fmt::Display>(result: Result<T, E>) -> Option<String> {
    result.err().map(|error| error.to_string())
}

/// Looks at files that are compiled together with those of other packs, here `kind`: compiles them without the faulty ones until there are
/// no more of these.
fn compiled<T>(
    own: &[PackFile],
    others: &[Pack],
    language: &str,
    kind: FileKind,
    compile: impl Fn(&[&PackFile]) -> Result<T, saksi_lexicon::Error>,
    checked: &mut Checked,
) {
    let of_kind = |file: &&PackFile| FileKind::of(&file.path) == Some(kind);
    if !own.iter().any(|file| of_kind(&file)) {
        return;
    }
    let mut files: Vec<&PackFile> = (others.iter().filter(|pack| pack.serves(language)))
        .flat_map(Pack::files)
        .filter(|(other, _)| *other == kind)
        .map(|(_, file)| file)
        .chain(own.iter().filter(of_kind))
        .collect();
    let mut dropped = false;
    while let Err(error) = compile(&files) {
        let saksi_lexicon::Error::InFile { file, message, .. } = &error else {
            return checked.errors.push(error.to_string());
        };
        // What a faulty file defines, others may lack now.
        let follows = dropped && message.starts_with("unknown class");
        let told = error.to_string();
        if !follows && !checked.errors.contains(&told) {
            checked.errors.push(told);
        }
        let count = files.len();
        files.retain(|one| one.path != *file);
        dropped = true;
        if files.len() == count {
            return;
        }
    }
}

/// The names that the pack's files have in each of `languages`.
fn parse(files: &[PackFile], languages: &[&str], checked: &mut Checked) -> BTreeMap<String, Names> {
    let mut by_language = BTreeMap::new();
    let files = || {
        files
            .iter()
            .filter(|file| FileKind::of(&file.path) == Some(FileKind::Names))
    };
    for &language in languages {
        let mut set = NameSet::default();
        for file in files() {
            match names::parse(file, language) {
                Ok(names) => set.merge(names),
                Err(error) => {
                    let error = error.to_string();
                    if !checked.errors.contains(&error) {
                        checked.errors.push(error);
                    }
                }
            }
        }
        by_language.insert(language.to_owned(), set.compile());
    }
    by_language
}

/// Looks at the pack in its place over the others, as reading does.
fn together(source: &Source, others: &[Pack], languages: &[&str], checked: &mut Checked) {
    let kept = |file: &&PackFile| {
        Path::new(&file.path)
            .file_name()
            .is_none_or(|name| name != SEGMENTATION)
    };
    let files = source.files.iter().filter(kept).cloned().collect();
    let pack = match Pack::parse(&source.name, files) {
        Ok(pack) => pack,
        Err(error) => return checked.errors.push(error.to_string()),
    };
    let packs: Vec<Pack> = others.iter().cloned().chain([pack]).collect();
    for language in languages {
        if let Err(error) = Lexicon::compile(language, &packs) {
            let error = error.to_string();
            if !checked.errors.contains(&error) {
                checked.errors.push(error);
            }
        }
    }
}

/// Tells the first of `list`, and how many there are beside.
fn tell(list: &BTreeSet<String>, checked: &mut Checked) {
    checked.warnings.extend(list.iter().take(TOLD).cloned());
    if list.len() > TOLD {
        (checked.warnings).push(format!("and {} more of that kind", list.len() - TOLD));
    }
}

/// Looks for entries that are never found, offices that nobody knows, and words that mean something else in another pack.
fn doubts(
    own: &BTreeMap<String, Names>,
    others: &[Pack],
    languages: &[&str],
    checked: &mut Checked,
) {
    let (mut silent, mut offices) = (BTreeMap::new(), BTreeMap::new());
    let mut clashes = BTreeSet::new();
    for &language in languages {
        let Some(names) = own.get(language) else {
            continue;
        };
        let serving = others.iter().filter(|pack| pack.serves(language));
        let others: Vec<(&str, Names)> = serving
            .map(|pack| (&*pack.manifest.name, names_of(pack, language)))
            .collect();
        let known = |sense: Sense, id: &str| {
            let is = |entry: &names::Entry| entry.sense == sense && *entry.id == *id;
            others
                .iter()
                .any(|(_, names)| names.entries().iter().any(is))
        };
        let spoken: BTreeSet<u32> = names
            .forms()
            .flat_map(|(_, entries)| entries.to_vec())
            .collect();
        let all_names = || others.iter().map(|(_, names)| names).chain([names]);
        let entries = || all_names().flat_map(Names::entries);
        let known_offices: BTreeSet<&str> = entries()
            .filter_map(|entry| entry.office.as_deref())
            .collect();
        for (number, entry) in names.entries().iter().enumerate() {
            if !spoken.contains(&(number as u32)) && !known(entry.sense, &entry.id) {
                *silent.entry(entry.id.to_string()).or_insert(0) += 1;
            }
            for held in &entry.held {
                if !known_offices.contains(&*held.office) {
                    let told = format!(
                        "`{}` held the office `{}`, for which no pack has words: mend its id, or add an `[[office]]`",
                        entry.id, held.office
                    );
                    offices
                        .entry(told)
                        .or_insert_with(BTreeSet::new)
                        .insert(language);
                }
            }
        }
        for (form, numbers) in names.forms() {
            for entry in numbers.iter().map(|&number| names.entry(number)) {
                for (pack, names) in &others {
                    let other = names
                        .named(&form)
                        .into_iter()
                        .map(|number| names.entry(number));
                    for other in
                        other.filter(|other| other.id != entry.id && !own_has(own, language, other))
                    {
                        clashes.insert(format!(
                            "`{form}` means `{}` here and `{}` in the pack `{pack}`, which counts first: keep one, or give both the same id",
                            entry.id, other.id
                        ));
                    }
                }
            }
        }
    }
    let silent = (silent.into_iter())
        .filter(|&(_, count)| count == languages.len())
        .map(|(id, _)| {
            format!(
                "`{id}` can't be found in a report: it has no words in {} and none in `any`",
                languages.join(" or ")
            )
        });
    tell(&silent.collect(), checked);
    let offices = offices
        .into_iter()
        .filter(|(_, lacking)| lacking.len() == languages.len());
    tell(&offices.map(|(told, _)| told).collect(), checked);
    tell(&clashes, checked);
}

/// Whether the pack lays an entry of its own over `other`.
fn own_has(own: &BTreeMap<String, Names>, language: &str, other: &names::Entry) -> bool {
    own.get(language).is_some_and(|names| {
        let same = |entry: &names::Entry| entry.sense == other.sense && entry.id == other.id;
        names.entries().iter().any(same)
    })
}

/// The names of one pack alone.
pub(super) fn names_of(pack: &Pack, language: &str) -> Names {
    let compiled = pack
        .compiled
        .get(language)
        .map(|bytes| NameSet::from_bytes(bytes));
    if let Some(Ok(set)) = compiled {
        return set.compile();
    }
    let mut set = NameSet::default();
    for (kind, file) in pack.files() {
        if kind == FileKind::Names
            && let Ok(names) = names::parse(file, language)
        {
            set.merge(names);
        }
    }
    set.compile()
}

/// Whether a thing may be of either type: a site, a state and the place where it lies have one name.
fn alike(one: EntityType, other: EntityType) -> bool {
    let place = |kind: EntityType| {
        matches!(
            kind,
            EntityType::Place | EntityType::Facility | EntityType::State
        )
    };
    one == other || (place(one) && place(other))
}

/// Looks for things of a gazetteer that reading can make nothing of, and names that mean something else in another pack.
fn gazetteer_doubts(
    path: &str,
    gazetteer: &Gazetteer,
    others: &[Pack],
    languages: &[&str],
    checked: &mut Checked,
) {
    if gazetteer.is_empty() {
        checked.warnings.push(format!("{path}: it knows nothing"));
    }
    let mut nowhere = 0;
    for number in 0..gazetteer.len() as u32 {
        let Some(thing) = gazetteer.thing(number) else {
            checked.errors.push(format!(
                "{path}: thing {number} can't be read: build it anew"
            ));
            return;
        };
        nowhere += usize::from(thing.kind == EntityType::Place && thing.at.is_none());
    }
    if nowhere > 0 {
        (checked.warnings).push(format!(
            "{path}: {nowhere} places have no coordinates: a record can't tell where they are"
        ));
    }
    let mut other = BTreeSet::new();
    for &language in languages {
        for pack in others.iter().filter(|pack| pack.serves(language)) {
            let names = names_of(pack, language);
            for (form, entries) in names.forms() {
                let kinds: Vec<EntityType> = (entries.iter().map(|&number| names.entry(number)))
                    .filter(|entry| entry.sense == Sense::Name)
                    .map(|entry| entry.kind)
                    .collect();
                let found = gazetteer.find(&form);
                let mut things = found.iter().filter_map(|&number| gazetteer.thing(number));
                if !kinds.is_empty()
                    && things.any(|thing| !kinds.iter().any(|&kind| alike(kind, thing.kind)))
                {
                    other.insert(format!("`{form}`"));
                }
            }
        }
    }
    if !other.is_empty() {
        let some: Vec<&str> = other.iter().take(TOLD).map(String::as_str).collect();
        let more = other.len().saturating_sub(TOLD);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (checked.warnings).push(format!(
            "{path}: names of it mean things of another type in other packs, which count first: {}{more}",
            some.join(", ")
        ));
    }
}
