//! What holds for every input: offsets, order, cover.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod checks;

use std::{io::Write as _, sync::LazyLock};

use checks::{check_map, check_tokens};
use proptest::prelude::*;
use saksi_text::{Cleaned, Cleaner, Decoded, Segmentation, Segmenter, decode};

static RULES: LazyLock<Vec<Segmentation>> = LazyLock::new(|| {
    ["id", "en"]
        .map(|language| {
            let file = format!(
                "{}/../../packs/{language}/segmentation.toml",
                env!("CARGO_MANIFEST_DIR")
            );
            Segmentation::from_toml(&file, &std::fs::read_to_string(&file).unwrap()).unwrap()
        })
        .into()
});

/// Text made of what is special to the crate, so that chance finds its combinations.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\u{200d}",
        "\u{0}",
        "e\u{301}",
        "\u{301}",
        "ﬃ",
        "&nbsp;",
        "&amp;",
        "â€œ",
        ".",
        ".",
        "..",
        "...",
        ",",
        "!",
        "?",
        "…",
        "\"",
        "“",
        "”",
        "'",
        "’",
        "‘",
        "`",
        "(",
        ")",
        "[",
        "]",
        "-",
        "–",
        "—",
        "/",
        ":",
        "@",
        "#",
        "+",
        "$",
        "%",
        "1",
        "50.000",
        "2023",
        "3,5",
        "Ia",
        "kata",
        "Dr",
        "No",
        "U.S",
        "etc",
        "dll",
        "I",
        "don't",
        "states",
        "negara",
        "kunjungannya",
        "Top of Form",
        "ADVERTISEMENT",
        "Baca juga:",
        "[Gambas:Video]",
        "(abc/def)",
        "http://",
        "www.",
        "a.b@c",
        "İ",
        "ß",
        "漢字",
        "😀",
        "e-mail",
        "Rp50",
        "17.30WIB",
        ":-)",
        ";)",
        "^_^",
        "-------- ",
        "________",
        "06/01/2001 ",
        "03:20 ",
        "PM",
        "Thanks",
        ".pdf",
        "mailto:",
        "[7]",
    ]);
    prop::collection::vec(
        prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

fn cleaned(source: &str) -> Cleaned {
    Cleaner::new(RULES.iter().map(Segmentation::residue)).run(Decoded {
        text: source.to_owned(),
        encoding: "UTF-8",
        warnings: Vec::new(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn segmentation_covers_the_text(source in text()) {
        for rules in RULES.iter() {
            check_tokens(&Segmenter::new(rules).run(Cleaned::verbatim(source.clone())));
            check_tokens(&Segmenter::new(rules).run(cleaned(&source)));
        }
    }

    #[test]
    fn cleaning_keeps_offsets(source in text()) {
        check_map(&source, &cleaned(&source));
    }

    #[test]
    fn clean_text_stays_clean(source in text()) {
        let once = cleaned(&source).text;
        prop_assert!(!once.contains("  ") && !once.contains("\n\n\n") && !once.contains(" \n") && once.trim() == once);
    }

    #[test]
    fn decoding_takes_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let decoded = decode(&bytes);
        check_map(&decoded.text, &cleaned(&decoded.text));
    }

    #[test]
    fn encodings_give_the_same_text(source in "[ -~]{8,80}") {
        let little: Vec<u8> = source.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = source.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(little.iter().copied()).collect();
        for bytes in [source.as_bytes(), &little, &big, &marked] {
            prop_assert_eq!(&decode(bytes).text, &source);
        }
    }
}

/// Inputs that make careless scanners slow: each must pass in a time linear in its length.
#[test]
fn hostile_inputs_take_linear_time() {
    let million = 1_000_000;
    let inputs = [
        "a".repeat(million),
        " ".repeat(million),
        "\n".repeat(million),
        "\"".repeat(million),
        "“".repeat(million / 3),
        "(\"".repeat(million / 2),
        "?)".repeat(million / 2) + ",",
        "?!\"".repeat(million / 3) + ",",
        "a.".repeat(million / 2),
        "A. ".repeat(million / 3),
        "1/".repeat(million / 2),
        "a-".repeat(million / 2),
        "a@".repeat(million / 2),
        "www.".repeat(million / 4),
        "http://".repeat(million / 7),
        "e\u{301}".repeat(million / 3),
        "\u{301}".repeat(million / 2),
        "Dr. ".repeat(million / 4) + &"\"".repeat(million / 2),
        "ADVERTISEMENT ".repeat(million / 14),
        "x. ADVERTISEMENT".repeat(million / 16),
        "[Gambas:".repeat(million / 8),
        "x. Baca juga: ".repeat(million / 14),
        "x.[1]".repeat(million / 5),
        "nya".repeat(million / 3),
        "'s".repeat(million / 2),
        "1,000".repeat(million / 5),
        "\u{ad}a".repeat(million / 3),
        "a\n".repeat(million / 2),
        "kata ".repeat(million / 5),
        ".".repeat(million),
        ". ".repeat(million / 2),
        "?.".repeat(million / 2),
        ":".repeat(million),
        "(:".repeat(million / 2),
        "$/".repeat(million / 2),
        "-------- ".repeat(million / 9),
        "a@b.c A ".repeat(million / 8),
        "06/01/2001 03:20 PM A ".repeat(million / 22),
        "[7] ".repeat(million / 4),
        "‘’".repeat(million / 6),
    ];
    for input in inputs {
        let start = std::time::Instant::now();
        let sample: String = input.chars().take(16).collect();
        let decoded = decode(input.as_bytes());
        for rules in RULES.iter() {
            let segmented = Segmenter::new(rules).run(cleaned(&decoded.text));
            assert!(segmented.sentences.len() <= input.len());
        }
        saksi_text::identify(&input);
        // Generous: an unoptimised build on a busy machine needs about one second, a quadratic scan needs hours.
        let taken = start.elapsed();
        assert!(taken.as_secs() < 30, "{sample:?}: {taken:?}");
        if std::env::var_os("SAKSI_TIMES").is_some() {
            writeln!(std::io::stderr(), "{sample:?} {taken:?}").unwrap();
        }
    }
}
