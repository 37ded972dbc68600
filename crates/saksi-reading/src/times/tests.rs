//! The cases of `cases/times`, the calendars themselves, and bounds.

use std::path::Path;

use jiff::civil::Date;
use saksi_lexicon::PackFile;
use saksi_lexicon::calendar::Calendar;
use saksi_syntax::{Features, Model, Parser, Tree, Upos, Word};
use saksi_text::{Cleaned, Segmentation, Segmented, Segmenter};

use super::{TimeExpression, find_in, published_in_text};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn calendar(language: &str) -> Calendar {
    let path = format!("packs/{language}/calendar.toml");
    let file = PackFile {
        text: read(&path).into(),
        path,
    };
    Calendar::compile(&[&file]).unwrap_or_else(|error| panic!("{error}"))
}

fn segment(language: &str, text: &str) -> Segmented {
    let rules = Segmentation::from_toml(
        "segmentation.toml",
        &read(&format!("packs/{language}/segmentation.toml")),
    )
    .unwrap();
    Segmenter::new(&rules).run(Cleaned::verbatim(text.to_owned()))
}

/// Each expression with its type and value, and in full: with its value in TIMEX3 as well.
fn shown(report: &Segmented, times: &[TimeExpression]) -> Vec<[String; 2]> {
    times
        .iter()
        .map(|time| {
            let kind = format!("{:?}", time.kind).to_uppercase();
            let value = |value: &Option<String>| value.as_deref().unwrap_or("-").to_owned();
            let words = time.span.of(&report.text);
            let short = format!("{words} | {kind} | {}", value(&time.edtf));
            let full = format!("{short} | {}", value(&time.timex3));
            [short, full]
        })
        .collect()
}

/// What [`judge`] found.
struct Judged {
    texts: usize,
    /// Texts with anything wrong, told in full.
    wrong: Vec<String>,
    expressions: usize,
    /// Expressions that are found with their words, type and value.
    right: usize,
    /// Found but not expected.
    surplus: usize,
}

/// Reads `cases/times/<name>.txt`: `# published DATE` sets the date of publication for the cases below it (`-` for none), a
/// paragraph is a case: its first line the text, each other line an expression, its type, its value and, if told, that in TIMEX3.
fn judge(language: &str, name: &str, parser: Option<&Parser<'_>>) -> Judged {
    let calendar = calendar(language);
    let cases = read(&format!("cases/times/{name}.txt"));
    let mut published: Option<Date> = None;
    let mut judged = Judged {
        texts: 0,
        wrong: Vec::new(),
        expressions: 0,
        right: 0,
        surplus: 0,
    };
    for paragraph in cases.split("\n\n") {
        let mut lines = Vec::new();
        for line in paragraph.lines().filter(|line| !line.trim().is_empty()) {
            match line.strip_prefix('#') {
                Some(header) => {
                    if let Some(date) = header.trim().strip_prefix("published ") {
                        published = date.parse().ok();
                    }
                }
                None => lines.push(line),
            }
        }
        let Some((text, expected)) = lines.split_first() else {
            continue;
        };
        let segmented = segment(language, text);
        let (report, trees) = match parser {
            Some(parser) => {
                let parsed = parser.run(segmented);
                (parsed.report, parsed.trees)
            }
            None => (segmented, Vec::new()),
        };
        let found = shown(&report, &find_in(&report, &trees, &calendar, published));
        let mut left = found.clone();
        for &line in expected {
            if let Some(at) = left.iter().position(|found| tells(found, line)) {
                left.remove(at);
                judged.right += 1;
            }
        }
        judged.texts += 1;
        judged.expressions += expected.len();
        judged.surplus += left.len();
        let all = found.len() == expected.len();
        if !all
            || !found
                .iter()
                .zip(expected)
                .all(|(found, line)| tells(found, line))
        {
            let published = published.map_or("-".to_owned(), |date| date.to_string());
            judged.wrong.push(format!(
                "{text} ({published})\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    judged
}

/// Whether a line of a case tells what was found, with or without its value in TIMEX3.
fn tells([short, full]: &[String; 2], line: &str) -> bool {
    short == line || full == line
}

/// Own cases, each for one rule: all of them hold.
fn check(language: &str) {
    let Judged { texts, wrong, .. } = judge(language, language, None);
    assert!(
        wrong.is_empty(),
        "{} of {texts} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(texts >= 80, "only {texts} cases");
}

/// A set that was written without a look at the rules: a share of it holds, in per cent.
fn holds(name: &str, least: f64) {
    let model = Model::from_bytes(saksi_syntax::shipped("id").unwrap()).unwrap();
    let judged = judge("id", name, Some(&Parser::new(&model)));
    let share = 100.0 * judged.right as f64 / judged.expressions as f64;
    let told = format!(
        "{} of {} expressions ({share:.1} %), {} that are none",
        judged.right, judged.expressions, judged.surplus
    );
    assert!(share >= least, "{told}:\n{}", judged.wrong.join("\n"));
}

#[test]
fn indonesian_news() {
    holds("id_news", 97.0);
}

#[test]
fn indonesian_wires() {
    holds("id_wire", 95.3);
}

#[test]
fn indonesian_cases() {
    check("id");
}

#[test]
fn english_cases() {
    check("en");
}

#[test]
fn a_date_of_publication_is_told_only_by_what_tells_it() {
    let told = |language: &str, text: &str| {
        published_in_text(&segment(language, text), &calendar(language))
            .map(|(date, _)| date.to_string())
    };
    let day = Some("2023-08-14".to_owned());
    assert_eq!(
        told(
            "id",
            "Jakarta, Senin (14/8/2023) - Presiden meninjau pabrik itu."
        ),
        day
    );
    assert_eq!(
        told(
            "id",
            "Presiden Meninjau Pabrik\nSenin, 14 Agustus 2023 | 17:30 WIB\nPabrik itu besar."
        ),
        day
    );
    assert_eq!(
        told(
            "id",
            "Diterbitkan 14/08/2023 17:30 WIB\n\nPabrik itu besar."
        ),
        day
    );
    assert_eq!(told("en", "14 August 2023 |\n\nThe plant is large."), day);
    assert_eq!(
        told("en", "The plant is large.\nPublished: August 14, 2023"),
        day
    );
    assert_eq!(
        told("en", "The plant, opened on August 14, 2023, is large."),
        None
    );
    assert_eq!(
        told(
            "id",
            "Kebijakan itu diumumkan di Jakarta, Senin (14/8/2023)."
        ),
        None
    );
    assert_eq!(
        told("en", "Posted 8/9/2023 11:11 PM\n\nThe plant is large."),
        None
    );
    assert_eq!(
        told("id", "Diterbitkan 8/9/2023 17:30 WIB\n\nPabrik itu besar."),
        Some("2023-09-08".to_owned())
    );
    assert_eq!(
        told(
            "en",
            "Published: August 14, 2023\nPublished: August 15, 2023"
        ),
        None
    );
}

#[test]
fn the_tree_tells_the_tense_that_words_alone_do_not() {
    let report = segment("en", "Inspectors returned September 30.");
    let tree = |features: &str| {
        let shape = [
            (Some(1), "nsubj"),
            (None, "root"),
            (Some(1), "obl"),
            (Some(2), "nummod"),
            (Some(1), "punct"),
        ];
        let words = report.sentences[0]
            .words
            .iter()
            .zip(shape)
            .map(|(word, (head, relation))| Word {
                form: word.form.clone(),
                lemma: word.form.clone(),
                upos: Upos::X,
                features: Features::new(if head.is_none() { features } else { "_" }),
                head,
                relation: relation.parse().unwrap(),
                span: word.span,
            });
        Tree::new(words.collect()).unwrap()
    };
    let calendar = calendar("en");
    let published = "2023-08-14".parse().ok();
    let value = |trees: &[Tree]| {
        find_in(&report, trees, &calendar, published)[0]
            .edtf
            .clone()
    };
    assert_eq!(value(&[]).as_deref(), Some("2023-09-30"));
    assert_eq!(
        value(&[tree("Tense=Past|VerbForm=Fin")]).as_deref(),
        Some("2022-09-30")
    );
}

#[test]
fn absurd_numbers_give_no_value() {
    for language in ["id", "en"] {
        let calendar = calendar(language);
        for text in [
            "99999999999999999999 tahun lalu, 31/2/2023, 0/0/0000, 999999999 abad kemudian",
            "999999999 years ago, 999999999 centuries later, February 30, 2023, 0000-00-00",
            "seribu ribu ribu ribu ribu ribu ribu tahun lalu",
            "thousand thousand one thousand thousand thousand thousand thousand thousand years ago",
            "9999-12-31 and the next day, two days later, 400000 days after 9999-12-31",
            "one hundred and one hundred and one hundred and one thousand and nineteen nineteen ninety ninety-nine years ago",
            "every 999999999 centuries, the last 127 weeks of 9999, week 99 of 9999, H+999999999 Lebaran, 99999 BC, 0 AD",
            "the past 999999999999 quarters, 400000 days ending 1 January 0001, the week of 9999-12-31, hari ke-99 Ramadan",
            "- - - ( ( ( 14 ) ) ) / / 8 / / 2023 ’s 's",
            "",
        ] {
            let report = segment(language, text);
            let published = "9999-12-31".parse().ok();
            for time in find_in(&report, &[], &calendar, published) {
                assert!(!time.span.is_empty(), "{text}");
            }
        }
    }
}
