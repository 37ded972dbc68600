//! Learning the roots of an affixing language from treebanks that don't agree on what a root is.
//!
//! Where one treebank has `kerja` for `bekerja` and another `bekerja`, or `takluk` and `taklukkan`, the root is taken: events are found
//! by it. Closed classes keep what their treebank has (`setelah`).

use std::collections::{BTreeMap, BTreeSet};

use super::is_analysed;
use super::training::{Lemmas, Word};
use crate::Upos;
use crate::morphology::{Analyser, Analysis, Applicative, Formation, Prefix, Roots};

/// What the treebanks say about a lemma.
#[derive(Debug, Default)]
struct Seen {
    /// Forms other than itself that have it.
    others: BTreeSet<String>,
    /// Whether it is its own lemma.
    itself: bool,
    weight: u32,
}

/// Roots, and how a treebank's lemma leads to one.
pub(super) struct Learned {
    pub(super) analyser: Analyser,
    canonical: BTreeMap<String, String>,
    seen: BTreeMap<String, Seen>,
}

impl Learned {
    pub(super) fn new(
        words: &BTreeMap<Word, Lemmas>,
        without_lemma: &BTreeMap<String, u32>,
    ) -> Self {
        let mut learned = Self {
            analyser: Analyser::default(),
            canonical: BTreeMap::new(),
            seen: BTreeMap::new(),
        };
        learned.seen = learned.count(words);
        learned.analyser = Analyser::new(learned.roots());
        learned.canonical = learned
            .seen
            .iter()
            .filter_map(|(lemma, seen)| Some((lemma.clone(), learned.root_inside(lemma, seen)?)))
            .collect();
        learned.seen = learned.count(words);
        let mut roots = learned.roots();
        learned.analyser = Analyser::new(roots.clone());
        for root in families(&learned.analyser, words, without_lemma) {
            roots.insert_class(&root, u8::MAX);
        }
        learned.analyser = Analyser::new(roots);
        learned
    }

    /// The lemma of `form` out of those that treebanks have for it.
    pub(super) fn choose(&self, form: &str, upos: Upos, lemmas: &Lemmas) -> String {
        let total: u32 = lemmas.values().sum();
        let lowered = form.to_lowercase();
        let derived: Vec<(&String, &u32)> = lemmas
            .iter()
            .filter(|&(lemma, &weight)| {
                weight * 20 >= total
                    && *lemma != lowered
                    && self.analyser.analyse_as(&lowered, lemma).is_some()
            })
            .collect();
        // "minta" of "meminta", "diminta", "permintaan" before a "pinta" of "meminta" alone.
        let shared = derived.iter().copied().filter(|&(lemma, _)| {
            let seen = self.seen.get(lemma);
            seen.is_some_and(|seen| seen.others.len() > 1)
        });
        let chosen = heaviest(shared)
            .or_else(|| heaviest(derived.iter().copied()))
            .or_else(|| heaviest(lemmas.iter()))
            .unwrap_or(lowered);
        if is_open(upos) {
            self.root_of(chosen)
        } else {
            chosen
        }
    }

    fn root_of(&self, mut lemma: String) -> String {
        for _ in 0..3 {
            match self.canonical.get(&lemma) {
                Some(root) => lemma.clone_from(root),
                None => break,
            }
        }
        lemma
    }

    fn count(&self, words: &BTreeMap<Word, Lemmas>) -> BTreeMap<String, Seen> {
        let mut all: BTreeMap<String, Seen> = BTreeMap::new();
        for (word, lemmas) in words.iter().filter(|(word, _)| is_analysed(word.upos)) {
            let lemma = self.choose(&word.form, word.upos, lemmas);
            let lowered = word.form.to_lowercase();
            let other = lemma != lowered;
            let seen = all.entry(lemma).or_default();
            seen.weight += lemmas.values().sum::<u32>();
            if other {
                seen.others.insert(lowered);
            } else {
                seen.itself = true;
            }
        }
        all
    }

    fn roots(&self) -> Roots {
        self.seen
            .iter()
            .filter(|(root, _)| root.len() > 1 && root.chars().all(char::is_alphabetic))
            .map(|(root, seen)| (root, seen.weight))
            .collect()
    }

    /// The known root inside a lemma that has affixes of its own: `bekerja`, `taklukkan`, `perekonomian`.
    fn root_inside(&self, lemma: &str, seen: &Seen) -> Option<String> {
        let analyses = self.analyser.analyses(lemma);
        let inner = analyses
            .into_iter()
            .find(|analysis| is_affixed_root(analysis, seen))?;
        Some(inner.root.into())
    }
}

/// Whether to believe that a lemma is `analysis` and no root. Other forms with this lemma speak for the lemma (`berangkat` in
/// `keberangkatan`, not `angkat`).
fn is_affixed_root(analysis: &Analysis, seen: &Seen) -> bool {
    // A root that isn't in the list and sounds like one before -kan.
    const UNSEEN_WITH_KAN: u32 = 13;
    let plain = analysis.enclitics[0].is_none()
        && analysis.proclitic.is_none()
        && analysis.reduplication.is_none()
        && analysis.root.len() > 3;
    let stands_alone = seen.others.is_empty();
    plain
        && match (
            analysis.formation,
            analysis.prefixes,
            analysis.applicative(),
        ) {
            (Formation::Root | Formation::Measure | Formation::Ordinal, ..) => false,
            // "lintasi" is half a lemma; "kursi" and "ekonomi" stand by themselves.
            (Formation::Verb, [], Some(Applicative::I)) => !seen.itself && analysis.known,
            (Formation::Verb, [], _) => {
                analysis.known || !seen.itself && analysis.cost <= UNSEEN_WITH_KAN
            }
            _ if !analysis.known => false,
            (Formation::Verb, [Prefix::Ber | Prefix::Ter | Prefix::Per], None) => {
                stands_alone && analysis.cost <= 4
            }
            (Formation::Result, ..) => analysis.cost <= 3,
            (Formation::Agent, ..) => analysis.cost <= 6,
            // Long roots, such as compounds, are no accident: "menandatangani".
            _ if analysis.root.len() > 7 => analysis.cost <= 9,
            _ => analysis.cost <= 4,
        }
}

/// Classes of words that affixes make.
fn is_open(upos: Upos) -> bool {
    matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj)
}

/// The heaviest lemma; of several the first by alphabet.
pub(super) fn heaviest<'a>(lemmas: impl Iterator<Item = (&'a String, &'a u32)>) -> Option<String> {
    lemmas
        .max_by(|(one, a), (other, b)| a.cmp(b).then_with(|| other.cmp(one)))
        .map(|(lemma, _)| lemma.clone())
}

/// Roots that no lemma shows but that two or more forms of different formation share: `pengayauan`, `mengayau`.
fn families(
    analyser: &Analyser,
    words: &BTreeMap<Word, Lemmas>,
    without_lemma: &BTreeMap<String, u32>,
) -> Vec<String> {
    /// Dearer analyses of words that aren't in the list of roots are guesses.
    const LIKELY: u32 = 14;
    /// Forms and formations.
    type Family = (BTreeSet<String>, BTreeSet<String>);
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let forms: BTreeSet<String> = words
        .keys()
        .filter(|word| is_analysed(word.upos))
        .map(|word| word.form.to_lowercase())
        .chain(without_lemma.keys().cloned())
        .filter(|form| form.chars().all(char::is_alphabetic))
        .collect();
    for form in forms {
        let analyses = analyser.analyses(&form);
        if analyses.first().is_some_and(|best| best.known) {
            continue;
        }
        for analysis in analyses {
            if !analysis.known && analysis.cost <= LIKELY && analysis.root.len() > 3 {
                let formation = format!("{:?}{:?}", analysis.prefixes, analysis.suffix);
                let (forms, formations) = families.entry(analysis.root.into()).or_default();
                forms.insert(form.clone());
                formations.insert(formation);
            }
        }
    }
    families.retain(|_, (forms, formations)| forms.len() > 1 && formations.len() > 1);
    families
        .keys()
        .filter(|root| {
            // "latihan" and "lintasi" are no roots beside "latih" and "lintas".
            !["kan", "an", "i"].iter().any(|suffix| {
                root.strip_suffix(suffix).is_some_and(|inner| {
                    families.contains_key(inner) || analyser.roots().contains(inner)
                })
            })
        })
        .cloned()
        .collect()
}
