//! How like two texts are: shingles of words, their MinHash signature, and its bands.
//!
//! In: a text. Out: numbers. The numbers are stored, so nothing here may ever change: not the hash, not a seed, not what a word is. A test
//! holds them fast.
//!
//! Broder 1997 (resemblance and containment), Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3 (bands).

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Words of a shingle. Three find texts again that had words changed; of unlike texts about one event they share few.
const WIDTH: usize = 3;

/// Values of a signature.
const VALUES: usize = 80;

/// Values of a band. Two texts of likeness s share a band with probability 1 - (1 - s^2)^40: 0.81 at 0.2, 0.98 at 0.3, 1.00 at 0.5. That low a
/// likeness is wanted because a report cut to a third has it with its whole.
const ROWS: usize = 2;

/// A text with fewer shingles is like too many others by chance.
const LEAST: usize = 12;

/// The seed of the hash of words: `saksi` and a number.
const SEED_WORDS: u64 = 0x7361_6b73_6900_0001;
/// The seed that the seeds of the values are made of.
const SEED_VALUES: u64 = 0x7361_6b73_6900_0002;
/// The seed of the hash of bands.
const SEED_BANDS: u64 = 0x7361_6b73_6900_0003;

/// The shingles of a text, each once, in the order of their hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shingles(Vec<u64>);

/// How like two texts are, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// Shingles that both have, of those that either has.
    pub(crate) jaccard: f64,
    /// Shingles that both have, of those of the one that has fewer.
    pub(crate) containment: f64,
}

impl Likeness {
    /// Whether one is a reprint of the other: more than half of the shorter stands in the longer, which is not so long that the shorter is but a quotation in it.
    /// The bounds were chosen on `bench/gold/reprints.py`.
    pub(crate) fn is_reprint(self) -> bool {
        self.containment >= 0.55 && self.jaccard >= 0.2
    }
}

impl Shingles {
    /// Of a text.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<u64> = words(text)
            .map(|word| xxh3_64_with_seed(word.as_bytes(), SEED_WORDS))
            .collect();
        let mut shingles: Vec<u64> = (words.windows(WIDTH))
            .map(|window| {
                let bytes: Vec<u8> = window.iter().flat_map(|word| word.to_le_bytes()).collect();
                xxh3_64_with_seed(&bytes, SEED_WORDS)
            })
            .collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles)
    }

    /// How like it is to another.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let (mut shared, mut left, mut right) = (0_usize, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(left), other.0.get(right)) {
            shared += usize::from(a == b);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
        }
        let share = |whole: usize| {
            if whole == 0 {
                0.0
            } else {
                shared as f64 / whole as f64
            }
        };
        Likeness {
            jaccard: share(self.0.len() + other.0.len() - shared),
            containment: share(self.0.len().min(other.0.len())),
        }
    }

    /// The signature; none of a text that is too short to be told apart by it.
    pub(crate) fn signature(&self) -> Option<Signature> {
        if self.0.len() < LEAST {
            return None;
        }
        let mut least = [u64::MAX; VALUES];
        let seeds: [u64; VALUES] = std::array::from_fn(|value| {
            xxh3_64_with_seed(&(value as u64).to_le_bytes(), SEED_VALUES)
        });
        for &shingle in &self.0 {
            for (value, seed) in least.iter_mut().zip(seeds) {
                *value = (*value).min(mixed(shingle ^ seed));
            }
        }
        Some(Signature(least))
    }
}

/// The words of a text, in small letters; a word is letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// A permutation of the numbers of 64 bits (the end of splitmix64, Steele and others 2014).
fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The least hash of a text's shingles under each of [`VALUES`] permutations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature([u64; VALUES]);

impl Signature {
    /// The hashes of its bands, as the database holds them.
    pub(crate) fn bands(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.chunks_exact(ROWS).enumerate().map(|(band, rows)| {
            let mut bytes = (band as u64).to_le_bytes().to_vec();
            bytes.extend(rows.iter().flat_map(|row| row.to_le_bytes()));
            xxh3_64_with_seed(&bytes, SEED_BANDS).cast_signed()
        })
    }

    /// The lower 16 bits of each value, which are enough to guess how like two texts are.
    pub(crate) fn short(&self) -> Vec<u8> {
        self.0
            .iter()
            .flat_map(|value| (*value as u16).to_le_bytes())
            .collect()
    }
}

/// How many values two signatures, as [`Signature::short`] gives them, share: a guess of the Jaccard likeness.
pub(crate) fn guess(left: &[u8], right: &[u8]) -> f64 {
    if left.len() != 2 * VALUES || right.len() != 2 * VALUES {
        return 0.0;
    }
    let shared = (left.chunks_exact(2).zip(right.chunks_exact(2)))
        .filter(|(a, b)| a == b)
        .count();
    shared as f64 / VALUES as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "Menteri Pertahanan meninjau galangan kapal di Surabaya pada hari Jumat dan bertemu para pekerja di sana.";
    const REST: &str = "Ia mengatakan bahwa kapal itu akan dikirim ke Natuna bulan depan, setelah uji coba di laut selesai tanpa gangguan.";

    #[test]
    fn likeness_is_that_of_sets() {
        let (whole, part) = (Shingles::of(&format!("{LEAD} {REST}")), Shingles::of(LEAD));
        assert_eq!(
            whole.likeness(&whole),
            Likeness {
                jaccard: 1.0,
                containment: 1.0
            }
        );
        let likeness = whole.likeness(&part);
        assert!(
            likeness.containment > 0.999 && (0.35..0.5).contains(&likeness.jaccard),
            "{likeness:?}"
        );
        assert_eq!(likeness, part.likeness(&whole));
        let none = Shingles::of(LEAD).likeness(&Shingles::of(REST));
        assert_eq!(
            none,
            Likeness {
                jaccard: 0.0,
                containment: 0.0
            }
        );
        assert!(!Shingles::of("").likeness(&Shingles::of("")).is_reprint());
    }

    #[test]
    fn signs_and_case_make_no_difference() {
        assert_eq!(
            Shingles::of(LEAD),
            Shingles::of(&LEAD.to_uppercase().replace(' ', " – "))
        );
    }

    #[test]
    fn the_signature_guesses_the_likeness() {
        let (whole, part) = (Shingles::of(&format!("{LEAD} {REST}")), Shingles::of(LEAD));
        let guess = guess(
            &whole.signature().unwrap().short(),
            &part.signature().unwrap().short(),
        );
        assert!(
            (guess - whole.likeness(&part).jaccard).abs() < 0.2,
            "{guess}"
        );
        assert_eq!(Shingles::of("Menteri datang.").signature(), None);
    }

    #[test]
    fn what_is_stored_stays_the_same_for_ever() {
        let signature = Shingles::of(LEAD).signature().unwrap();
        assert_eq!(signature.short().get(..8), Some(FIRST.as_slice()));
        assert_eq!(signature.bands().next(), Some(BAND));
        assert_eq!(signature.bands().count(), VALUES / ROWS);
    }

    const FIRST: [u8; 8] = [224, 105, 232, 122, 45, 94, 87, 116];
    const BAND: i64 = -5_702_423_647_360_846_413;
}
