//! Lemmas: what is learned from examples, what is made of words that no example shows.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use saksi_syntax::lemma::{Example, Lemmatiser, Settings};
use saksi_syntax::morphology::{Formation, Voice};
use saksi_syntax::{Features, Upos};

/// Trains on lines of form, part of speech, features, lemma.
fn train(lines: &str, settings: Settings) -> Lemmatiser {
    let rows: Vec<(&str, Upos, Features, &str)> = lines
        .lines()
        .filter_map(|line| {
            let mut columns = line.split_whitespace();
            let form = columns.next()?;
            let upos = columns.next()?.parse().ok()?;
            Some((form, upos, Features::new(columns.next()?), columns.next()?))
        })
        .collect();
    assert_eq!(
        rows.len(),
        lines.lines().count(),
        "each line has four columns"
    );
    let examples = rows.iter().map(|(form, upos, features, lemma)| Example {
        form,
        upos: *upos,
        features,
        lemma,
        weight: 1,
    });
    Lemmatiser::train(examples, settings)
}

fn english() -> Lemmatiser {
    train(
        "\
ships NOUN Number=Plur ship
guns NOUN Number=Plur gun
rifles NOUN Number=Plur rifle
tanks NOUN Number=Plur tank
missiles NOUN Number=Plur missile
armies NOUN Number=Plur army
navies NOUN Number=Plur navy
men NOUN Number=Plur man
building NOUN Number=Sing building
meeting NOUN Number=Sing meeting
building VERB VerbForm=Ger build
meeting VERB VerbForm=Ger meet
firing VERB VerbForm=Ger fire
went VERB Tense=Past|VerbForm=Fin go
fired VERB Tense=Past|VerbForm=Fin fire
landed VERB Tense=Past|VerbForm=Fin land
attacked VERB Tense=Past|VerbForm=Fin attack
left VERB Tense=Past|VerbForm=Fin leave
left ADJ Degree=Pos left
Korean ADJ Degree=Pos Korean
Russian ADJ Degree=Pos Russian
Indonesian ADJ Degree=Pos Indonesian
large ADJ Degree=Pos large
larger ADJ Degree=Cmp large
heavy ADJ Degree=Pos heavy
big ADJ Degree=Pos big
her PRON Case=Acc she
her PRON Poss=Yes her
her PRON Poss=Yes her
Ardan PROPN Number=Sing Ardan
Lowe PROPN Number=Sing Lowe
10,000 NUM NumType=Card 10000
25,500 NUM NumType=Card 25500
sihps NOUN Number=Plur|Typo=Yes ship",
        Settings::default(),
    )
}

fn indonesian() -> Lemmatiser {
    train(
        "\
menyerang VERB Voice=Act serang
serangan NOUN Number=Sing serang
kerja NOUN Number=Sing kerja
pekerjaan NOUN Number=Sing kerja
mengerjakan VERB Voice=Act kerja
bekerja VERB _ bekerja
bekerja VERB _ bekerja
keuangan NOUN Number=Sing keuangan
keuangan NOUN Number=Sing uang
uang NOUN Number=Sing uang
uangnya NOUN Number=Sing uang
setelah SCONJ _ setelah
Bandung PROPN _ bandung
Dinas NOUN _ Dinas
dikayuh VERB Voice=Pass _
mengayuh VERB Voice=Act _",
        Settings { analyser: true },
    )
}

#[test]
fn endings_and_words_are_learned() {
    let lemmatiser = english();
    let cases = [
        ("drones", Upos::Noun, "Number=Plur", "drone"),
        ("factories", Upos::Noun, "Number=Plur", "factory"),
        ("men", Upos::Noun, "Number=Plur", "man"),
        ("Men", Upos::Noun, "Number=Plur", "man"),
        ("MEN", Upos::Noun, "Number=Plur", "man"),
        ("building", Upos::Noun, "Number=Sing", "building"),
        ("building", Upos::Verb, "VerbForm=Ger", "build"),
        ("left", Upos::Verb, "Tense=Past|VerbForm=Fin", "leave"),
        ("left", Upos::Adj, "Degree=Pos", "left"),
        ("shelled", Upos::Verb, "Tense=Past|VerbForm=Fin", "shell"),
        // The tagger may be wrong about features; the word is known all the same.
        ("went", Upos::Verb, "VerbForm=Inf", "go"),
        ("her", Upos::Pron, "Case=Acc", "she"),
        ("her", Upos::Pron, "Poss=Yes", "her"),
        ("Brazilian", Upos::Adj, "Degree=Pos", "Brazilian"),
        ("Heavy", Upos::Adj, "Degree=Pos", "heavy"),
        ("Marsh", Upos::Propn, "Number=Sing", "Marsh"),
        ("999,501", Upos::Num, "NumType=Card", "999501"),
        ("sihps", Upos::Noun, "Number=Plur", "sihp"),
        ("", Upos::X, "_", ""),
    ];
    for (form, upos, features, lemma) in cases {
        let found = lemmatiser.lemma(form, upos, &Features::new(features));
        assert_eq!(&*found, lemma, "{form} {upos} {features}");
    }
    assert!(lemmatiser.analyser().is_none());
}

#[test]
fn unseen_words_of_an_affixing_language_are_analysed() {
    let lemmatiser = indonesian();
    let cases = [
        ("penyerangan", Upos::Noun, "serang"),
        ("diserangnya", Upos::Verb, "serang"),
        ("memproduksinya", Upos::Verb, "produksi"),
        ("Menyerang", Upos::Verb, "serang"),
        // One treebank has the root, another the word itself.
        ("bekerja", Upos::Verb, "kerja"),
        ("keuangan", Upos::Noun, "uang"),
        // Closed classes stay.
        ("setelah", Upos::Sconj, "setelah"),
        // Names keep their letters, other words don't.
        ("Bandung", Upos::Propn, "Bandung"),
        ("Menteng", Upos::Propn, "Menteng"),
        ("Dinas", Upos::Noun, "dinas"),
        // A root that two words without lemmas share.
        ("kayuhan", Upos::Noun, "kayuh"),
    ];
    for (form, upos, lemma) in cases {
        let found = lemmatiser.lemma(form, upos, &Features::default());
        assert_eq!(&*found, lemma, "{form} {upos}");
    }
    assert!(lemmatiser.analyser().unwrap().roots().contains("kayuh"));
}

#[test]
fn analyses_follow_the_lemma() {
    let lemmatiser = indonesian();
    let none = Features::default();
    let noun = lemmatiser
        .analyse("penyerangan", Upos::Noun, &none)
        .unwrap();
    assert_eq!(
        (&*noun.root, noun.formation),
        ("serang", Formation::Process)
    );
    let verb = lemmatiser.analyse("diserang", Upos::Verb, &none).unwrap();
    assert_eq!((&*verb.root, verb.voice), ("serang", Voice::Passive));
    assert!(english().analyse("ships", Upos::Noun, &none).is_none());
}

#[test]
fn the_same_examples_give_the_same_bytes() {
    assert_eq!(english().to_bytes(), english().to_bytes());
    let bytes = indonesian().to_bytes();
    assert_eq!(indonesian().to_bytes(), bytes);
    let again = Lemmatiser::from_bytes(&bytes).unwrap();
    assert_eq!(again.to_bytes(), bytes);
    let found = again.lemma("penyerangan", Upos::Noun, &Features::default());
    assert_eq!(&*found, "serang");
}

#[test]
fn without_examples_forms_stay() {
    let none = Features::default();
    let empty = Lemmatiser::train([], Settings::default());
    assert_eq!(&*empty.lemma("Ships", Upos::Noun, &none), "ships");
    assert_eq!(&*empty.lemma("Ships", Upos::Propn, &none), "Ships");
    let again = Lemmatiser::from_bytes(&empty.to_bytes()).unwrap();
    assert_eq!(&*again.lemma("Ships", Upos::Noun, &none), "ships");
}
