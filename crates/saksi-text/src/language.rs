//! From text to the language it is in.
//!
//! In: a text. Out: [`Identified`]: the language's code, its English name and how sure that is. Trigrams first (`whatlang`), then,
//! for languages that trigrams mistake for one another (`languages.toml`), the words that fill their texts and the words that tell
//! them apart. Never refuses a text: whether a language can be read is the caller's to say.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

/// How much of a text is looked at: twice as many bytes, from its beginning and from its middle.
const SAMPLE: usize = 6_000;

/// From how many words on trigrams are believed about a language that is not in the list.
const FEW_WORDS: usize = 40;

/// By how much the words of a language must outweigh those of one that stands before it in the list.
const LEAD: f64 = 2.5;

/// A language and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// ISO 639-1 code, or 639-3 where there is no shorter one; "und" where there are no words to tell by.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// From 0 to 1.
    pub confidence: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    language: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    code: String,
    #[expect(dead_code, reason = "for the reader of the list")]
    name: String,
    common: Vec<String>,
    telling: Vec<String>,
}

/// Tells languages; made once, used for any number of texts.
#[derive(Debug, Clone)]
pub struct Identifier {
    codes: Vec<&'static str>,
    /// What a word counts for each language of `codes`.
    weights: FxHashMap<Box<str>, Vec<f64>>,
}

impl Default for Identifier {
    fn default() -> Self {
        Self::new()
    }
}

impl Identifier {
    /// An identifier with the list that ships with the crate.
    pub fn new() -> Self {
        let listed: Listed =
            toml::from_str(include_str!("languages.toml")).expect("the list is checked by a test");
        let codes: Vec<_> = listed
            .language
            .iter()
            .filter_map(|words| known(&words.code).map(|(_, code, _)| code))
            .collect();
        let mut weights: FxHashMap<Box<str>, Vec<f64>> = FxHashMap::default();
        for (index, words) in listed.language.iter().enumerate() {
            let all = words.common.iter().map(|word| (word, 1.0));
            for (word, weight) in all.chain(words.telling.iter().map(|word| (word, 3.0))) {
                let row = weights
                    .entry(word.as_str().into())
                    .or_insert_with(|| vec![0.0; codes.len()]);
                if let Some(cell) = row.get_mut(index) {
                    *cell = weight;
                }
            }
        }
        Self { codes, weights }
    }

    /// The language of a text.
    pub fn run(&self, text: &str) -> Identified {
        let sample = sample(text);
        let (scores, words) = self.score(&sample);
        let guess = whatlang::detect(&sample);
        let trigram = guess.as_ref().map(|info| {
            known(info.lang().code()).unwrap_or(("", info.lang().code(), info.lang().eng_name()))
        });
        let mut ranked: Vec<_> = scores
            .iter()
            .copied()
            .zip(self.codes.iter().copied())
            .collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let second = ranked.get(1).map_or(0.0, |second| second.0);
        let top = ranked.first().map_or(0.0, |first| first.0);
        // Of two that are nearly as likely the one that stands earlier in the list is meant.
        let best = scores
            .iter()
            .copied()
            .zip(self.codes.iter().copied())
            .find(|(score, _)| *score >= top - LEAD && *score > top * 0.6)
            .unwrap_or((0.0, ""));
        let share = best.0 / words.max(1) as f64;
        let listed = trigram.is_some_and(|(_, code, _)| self.codes.contains(&code));
        let unsure = guess.as_ref().is_none_or(|info| !info.is_reliable());
        let believed = share > 0.25 && best.0 >= second
            || listed && share > 0.05
            || unsure && share > 0.08 && best.0 >= 2.0;
        match (trigram, guess) {
            _ if words == 0 && trigram.is_none() => UNDETERMINED,
            (Some((_, code, name)), Some(info))
                if !believed
                    || (!listed && words >= FEW_WORDS && info.is_reliable() && share < 0.5) =>
            {
                Identified {
                    code,
                    name,
                    confidence: info.confidence().min(words as f64 / 20.0),
                }
            }
            _ => known(best.1)
                .filter(|_| best.0 > 0.0)
                .map_or(UNDETERMINED, |(_, code, name)| Identified {
                    code,
                    name,
                    confidence: ((top - second) / top * 2.0).clamp(0.1, 1.0)
                        * (best.0 / 10.0).min(1.0),
                }),
        }
    }

    /// What the words of a text weigh for each language, and how many they are.
    fn score(&self, text: &str) -> (Vec<f64>, usize) {
        let mut scores = vec![0.0; self.codes.len()];
        let mut count = 0;
        for word in text.unicode_words() {
            count += 1;
            if let Some(row) = self.weights.get(word.to_lowercase().as_str()) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight;
                }
            }
        }
        (scores, count)
    }
}

/// The language of a text, by an [`Identifier`] made for it alone.
pub fn identify(text: &str) -> Identified {
    Identifier::new().run(text)
}

const UNDETERMINED: Identified = Identified {
    code: "und",
    name: "undetermined",
    confidence: 0.0,
};

/// The beginning of a text and a stretch from its middle: pages open with menus in other languages.
fn sample(text: &str) -> String {
    if text.len() <= 2 * SAMPLE {
        return text.to_owned();
    }
    let stretch = |from: usize| {
        let start = text.ceil_char_boundary(from);
        let end = text.floor_char_boundary(start + SAMPLE);
        text.get(start..end).unwrap_or_default()
    };
    format!("{} {}", stretch(0), stretch(text.len() / 2))
}

/// The row of a language in [`CODES`], by either code.
fn known(code: &str) -> Option<(&'static str, &'static str, &'static str)> {
    CODES
        .iter()
        .copied()
        .find(|(long, short, _)| *long == code || *short == code)
}

/// ISO 639-3 code, ISO 639-1 code, English name. Malay and Sundanese are known from their words alone.
const CODES: [(&str, &str, &str); 72] = [
    ("afr", "af", "Afrikaans"),
    ("aka", "ak", "Akan"),
    ("amh", "am", "Amharic"),
    ("ara", "ar", "Arabic"),
    ("aze", "az", "Azerbaijani"),
    ("bel", "be", "Belarusian"),
    ("ben", "bn", "Bengali"),
    ("bul", "bg", "Bulgarian"),
    ("cat", "ca", "Catalan"),
    ("ces", "cs", "Czech"),
    ("cmn", "zh", "Mandarin"),
    ("cym", "cy", "Welsh"),
    ("dan", "da", "Danish"),
    ("deu", "de", "German"),
    ("ell", "el", "Greek"),
    ("eng", "en", "English"),
    ("epo", "eo", "Esperanto"),
    ("est", "et", "Estonian"),
    ("fin", "fi", "Finnish"),
    ("fra", "fr", "French"),
    ("guj", "gu", "Gujarati"),
    ("heb", "he", "Hebrew"),
    ("hin", "hi", "Hindi"),
    ("hrv", "hr", "Croatian"),
    ("hun", "hu", "Hungarian"),
    ("hye", "hy", "Armenian"),
    ("ind", "id", "Indonesian"),
    ("ita", "it", "Italian"),
    ("jav", "jv", "Javanese"),
    ("jpn", "ja", "Japanese"),
    ("kan", "kn", "Kannada"),
    ("kat", "ka", "Georgian"),
    ("khm", "km", "Khmer"),
    ("kor", "ko", "Korean"),
    ("lat", "la", "Latin"),
    ("lav", "lv", "Latvian"),
    ("lit", "lt", "Lithuanian"),
    ("mal", "ml", "Malayalam"),
    ("mar", "mr", "Marathi"),
    ("mkd", "mk", "Macedonian"),
    ("msa", "ms", "Malay"),
    ("mya", "my", "Burmese"),
    ("nep", "ne", "Nepali"),
    ("nld", "nl", "Dutch"),
    ("nob", "nb", "Bokmal"),
    ("ori", "or", "Oriya"),
    ("pan", "pa", "Punjabi"),
    ("pes", "fa", "Persian"),
    ("pol", "pl", "Polish"),
    ("por", "pt", "Portuguese"),
    ("ron", "ro", "Romanian"),
    ("rus", "ru", "Russian"),
    ("sin", "si", "Sinhalese"),
    ("slk", "sk", "Slovak"),
    ("slv", "sl", "Slovene"),
    ("sna", "sn", "Shona"),
    ("spa", "es", "Spanish"),
    ("srp", "sr", "Serbian"),
    ("sun", "su", "Sundanese"),
    ("swe", "sv", "Swedish"),
    ("tam", "ta", "Tamil"),
    ("tel", "te", "Telugu"),
    ("tgl", "tl", "Tagalog"),
    ("tha", "th", "Thai"),
    ("tuk", "tk", "Turkmen"),
    ("tur", "tr", "Turkish"),
    ("ukr", "uk", "Ukrainian"),
    ("urd", "ur", "Urdu"),
    ("uzb", "uz", "Uzbek"),
    ("vie", "vi", "Vietnamese"),
    ("yid", "yi", "Yiddish"),
    ("zul", "zu", "Zulu"),
];
