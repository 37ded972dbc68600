//! How much a string of letters looks like an Indonesian root.

/// Whether a letter is a vowel.
pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Number of syllables: vowels, with ai, au and oi at the end of a word as one (`sungai`, `kacau`, `sepoi`).
pub(super) fn syllables(letters: &str) -> usize {
    let vowels = letters.chars().filter(|&letter| is_vowel(letter)).count();
    let diphthong = ["ai", "au", "oi"].iter().any(|end| letters.ends_with(end));
    if diphthong && vowels > 1 {
        vowels - 1
    } else {
        vowels
    }
}

/// Consonants with which a syllable may begin besides single ones; the longer ones are of loans.
const ONSETS: &[&str] = &[
    "ny", "ng", "sy", "kh", "pr", "br", "tr", "dr", "kr", "gr", "fr", "pl", "bl", "kl", "gl", "fl",
    "sl", "sp", "st", "sk", "sw", "kw", "sr", "str", "skr", "spr", "sn", "sm", "ps", "th", "ch",
    "ph", "sh",
];

/// How unlike a root `letters` are: 0 for the common two syllables (`pukul`, `bangun`), 2 for three, more for what the
/// sounds of the language don't allow.
pub(super) fn strangeness(letters: &str) -> u32 {
    let mut strange = match syllables(letters) {
        0 => return 12,
        1 => 4,
        2 => 0,
        3 => 2,
        more => more.min(8) as u32 - 1,
    };
    if letters.chars().count() < 3 {
        strange += 6;
    }
    let onset = letters
        .find(is_vowel)
        .and_then(|end| letters.get(..end))
        .unwrap_or_default();
    if onset.chars().count() > 1 && !ONSETS.contains(&onset) {
        strange += 5;
    }
    let coda = letters
        .rfind(is_vowel)
        .and_then(|start| letters.get(start + 1..))
        .unwrap_or_default();
    let ends_well = matches!(
        coda,
        "" | "b" | "d" | "f" | "g" | "h" | "k" | "l" | "m" | "n" | "ng" | "p" | "r" | "s" | "t"
    );
    if !ends_well {
        strange += 3;
    }
    if letters.ends_with("nya") && syllables(letters) > 2 {
        // "tanya" and "hanya" are roots; longer ones are words with -nya.
        strange += 3;
    }
    if letters.chars().any(|letter| !letter.is_alphabetic()) {
        strange += 8;
    }
    strange
}

/// Whether the an at the end belongs to -wan, of persons: `hartawan`.
pub(super) fn ends_like_a_person(letters: &str) -> bool {
    letters.len() > 5 && letters.ends_with("wan")
}

/// Whether the i at the end belongs to a loan's -si: `operasi`, `produksi`, `revisi`.
pub(super) fn ends_like_a_loan(letters: &str) -> bool {
    ["asi", "isi", "usi", "ksi", "nsi", "psi", "esi", "osi"]
        .iter()
        .any(|end| letters.len() > end.len() + 1 && letters.ends_with(end))
}
