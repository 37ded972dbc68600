//! The search for analyses and their ranking.

use super::frames::{FRAMES, Frame, NONE};
use super::nasal::{self, Stem};
use super::{
    Analysis, Enclitic, Formation, Prefix, Proclitic, Reduplication, Roots, Suffix, Voice,
    reduplication, shape,
};
use crate::Upos;

/// Takes Indonesian word forms apart. See the [module](super).
#[derive(Debug, Clone, Default)]
pub struct Analyser {
    roots: Roots,
}

/// Longer forms are no words and stay whole (bytes).
const LONGEST: usize = 64;

/// What a root costs that isn't in the list.
const UNKNOWN: u32 = 9;

/// Numerals that make ordinals: `kedua`, `keseratus`.
const NUMERALS: &[&str] = &[
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas", "seratus", "seribu", "berapa", "sekian",
];

/// Prefixes that writers set apart with a hyphen: `di-upload`, `ke-5`, `se-Asia`.
const SET_APART: &[&str] = &[
    "me", "mem", "men", "meng", "di", "ter", "ber", "se", "ke", "per", "pe",
];

/// An analysis before its letters are copied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) stem: Stem<'a>,
    pub(super) frame: &'static Frame,
    pub(super) proclitic: Option<Proclitic>,
    pub(super) enclitics: [Option<Enclitic>; 2],
    pub(super) reduplication: Option<Reduplication>,
    pub(super) known: bool,
    /// Of the root alone.
    pub(super) root_cost: u32,
    /// Of everything.
    pub(super) cost: u32,
}

impl Candidate<'_> {
    fn analysis(&self) -> Analysis {
        let mut root = String::with_capacity(self.stem.len());
        self.stem.spell(&mut root);
        let (voice, formation) = match self.proclitic {
            Some(_) => (Voice::Passive, Formation::Verb),
            None => (self.frame.voice, self.frame.formation),
        };
        Analysis {
            root: root.into(),
            proclitic: self.proclitic,
            prefixes: self.frame.prefixes,
            suffix: self.frame.suffix,
            enclitics: self.enclitics,
            reduplication: self.reduplication,
            voice,
            formation,
            known: self.known,
            cost: self.cost,
        }
    }

    fn has_root(&self, root: &str) -> bool {
        match self.stem.restored {
            None => self.stem.rest == root,
            Some(sound) => root.strip_prefix(sound) == Some(self.stem.rest),
        }
    }

    pub(super) fn same_root(&self, other: &Candidate<'_>) -> bool {
        match other.stem.restored {
            None => self.has_root(other.stem.rest),
            Some(sound) if self.stem.restored == Some(sound) => self.stem.rest == other.stem.rest,
            Some(_) => other.has_root(self.stem.rest),
        }
    }

    /// The likelier first; then the one with the fewer affixes, then in the order of the search.
    fn order(&self) -> (u32, usize) {
        let affixes = self.frame.prefixes.len()
            + usize::from(self.frame.suffix.is_some())
            + self.enclitics.iter().flatten().count();
        (self.cost, affixes)
    }
}

impl Analyser {
    /// An analyser that knows `roots`. Without any it still goes by affixes and by the sound of what remains.
    pub fn new(roots: Roots) -> Self {
        Self { roots }
    }

    /// The roots it knows.
    pub fn roots(&self) -> &Roots {
        &self.roots
    }

    /// Adds roots, such as those of a pack; those that it knows already stay as common as they were.
    pub fn extend(&mut self, roots: Roots) {
        self.roots.extend(roots);
    }

    /// The likeliest analysis of `form`.
    pub fn analyse(&self, form: &str) -> Analysis {
        self.best(form, |candidate| Some(candidate.order()))
            .unwrap_or_else(|| unanalysed(form))
    }

    /// The likeliest analysis of `form` as a word of the class `upos`: `diplomat` as a noun is no passive verb.
    pub fn analyse_tagged(&self, form: &str, upos: Upos) -> Analysis {
        self.best(form, |candidate| {
            let (cost, affixes) = candidate.order();
            Some((cost + mismatch(candidate.frame, upos), affixes))
        })
        .unwrap_or_else(|| unanalysed(form))
    }

    /// The likeliest analysis of `form` that has `root`, such as the lemma of a parsed word; `None` if no affixes lead there.
    ///
    /// ```
    /// # use saksi_syntax::morphology::{Analyser, Roots};
    /// let analyser = Analyser::new([("arang", 1), ("karang", 30)].into_iter().collect::<Roots>());
    /// assert_eq!(&*analyser.analyse("mengarang").root, "karang");
    /// assert_eq!(&*analyser.analyse_as("mengarang", "arang").unwrap().root, "arang");
    /// assert_eq!(analyser.analyse_as("mengarang", "tulis"), None);
    /// ```
    pub fn analyse_as(&self, form: &str, root: &str) -> Option<Analysis> {
        let root = root.to_lowercase();
        self.best(form, |candidate| {
            candidate.has_root(&root).then(|| candidate.order())
        })
    }

    /// All analyses of `form`, the likeliest first; never empty.
    pub fn analyses(&self, form: &str) -> Vec<Analysis> {
        let mut candidates = Vec::new();
        let word = normalise(form);
        self.search(&word, &mut candidates);
        candidates.sort_by_key(Candidate::order);
        let mut analyses: Vec<Analysis> = Vec::with_capacity(candidates.len());
        for candidate in &candidates {
            let analysis = candidate.analysis();
            let told = analyses.iter().any(|other| {
                other.root == analysis.root
                    && other.prefixes == analysis.prefixes
                    && other.suffix == analysis.suffix
                    && other.proclitic == analysis.proclitic
                    && other.enclitics == analysis.enclitics
            });
            if !told {
                analyses.push(analysis);
            }
        }
        if analyses.is_empty() {
            analyses.push(unanalysed(form));
        }
        analyses
    }

    fn best<K: Ord>(
        &self,
        form: &str,
        key: impl Fn(&Candidate<'_>) -> Option<K>,
    ) -> Option<Analysis> {
        let word = normalise(form);
        let mut candidates = Vec::with_capacity(16);
        self.search(&word, &mut candidates);
        candidates
            .iter()
            .filter_map(|candidate| Some((key(candidate)?, candidate)))
            .min_by(|(one, _), (other, _)| one.cmp(other))
            .map(|(_, candidate)| candidate.analysis())
    }

    fn search<'a>(&self, word: &'a str, candidates: &mut Vec<Candidate<'a>>) {
        if word.is_empty() || word.len() > LONGEST {
            return;
        }
        self.search_word(word, candidates);
        if let Some((first, second)) = word.split_once('-')
            && first.len() > 1
            && second.len() > 1
        {
            let (mut left, mut right) = (Vec::new(), Vec::new());
            self.search_word(first, &mut left);
            self.search_word(second, &mut right);
            reduplication::join((first, &left), (second, &right), candidates);
        }
    }

    /// Everything but reduplication.
    pub(super) fn search_word<'a>(&self, word: &'a str, candidates: &mut Vec<Candidate<'a>>) {
        let mut buffer = String::with_capacity(LONGEST);
        for (core, enclitics, clitic_cost) in enclitics(word) {
            let mut add =
                |stem: Stem<'a>, frame: &'static Frame, proclitic: Option<Proclitic>, cost: u32| {
                    let Some((root_cost, known)) =
                        self.root_cost(stem, frame, proclitic, &mut buffer)
                    else {
                        return;
                    };
                    candidates.push(Candidate {
                        stem,
                        frame,
                        proclitic,
                        enclitics,
                        reduplication: None,
                        known,
                        root_cost,
                        cost: cost + clitic_cost + root_cost + frame.cost,
                    });
                };
            add(Stem::whole(core), &NONE, None, 0);
            for frame in FRAMES {
                let Some(stem) = strip_suffix(core, frame.suffix) else {
                    continue;
                };
                peel(frame.prefixes, Stem::whole(stem), 0, &mut |stem, cost| {
                    add(stem, frame, None, cost);
                });
                let may_follow_actor = frame.formation == Formation::Verb
                    && frame.voice == Voice::Bare
                    || frame.prefixes == [Prefix::Ter];
                if may_follow_actor {
                    for (letters, proclitic) in PROCLITICS {
                        if let Some(rest) = stem.strip_prefix(letters) {
                            peel(frame.prefixes, Stem::whole(rest), 0, &mut |stem, cost| {
                                add(stem, frame, Some(proclitic), cost + 2);
                            });
                        }
                    }
                }
            }
            for (letters, proclitic) in PROCLITICS {
                if let Some(rest) = core.strip_prefix(letters) {
                    add(Stem::whole(rest), &NONE, Some(proclitic), 5);
                }
            }
        }
    }

    /// What the root costs, and whether it is in the list; `None` for what can't be a root.
    fn root_cost(
        &self,
        stem: Stem<'_>,
        frame: &Frame,
        proclitic: Option<Proclitic>,
        buffer: &mut String,
    ) -> Option<(u32, bool)> {
        let affixed = frame.formation != Formation::Root || proclitic.is_some();
        if affixed && stem.len() < 3 && stem.first().is_none_or(|first| !first.is_ascii_digit()) {
            return None;
        }
        let root = stem.spell(buffer);
        let numeral = NUMERALS.contains(&root) || root.bytes().all(|byte| byte.is_ascii_digit());
        let mut cost = 0;
        if frame.formation == Formation::Ordinal && !numeral {
            cost += 7;
        }
        let root = buffer.len();
        let misleads = match (frame.formation, frame.suffix) {
            // "produksi" has no -i, "hartawan" no -an.
            (_, Some(Suffix::I)) => {
                buffer.push('i');
                shape::ends_like_a_loan(buffer)
            }
            (Formation::Result, _) => {
                buffer.push_str("an");
                shape::ends_like_a_person(buffer)
            }
            _ => false,
        };
        buffer.truncate(root);
        if misleads {
            cost += 6;
        }
        let root = buffer.as_str();
        if let Some(rarity) = self.roots.rarity(root) {
            return Some((cost + rarity, true));
        }
        if numeral {
            return Some((cost, true));
        }
        if let Some(rarity) = self.compound(root) {
            return Some((cost + rarity, true));
        }
        let strange = shape::strangeness(root);
        if affixed && strange >= 12 {
            return None;
        }
        let long = shape::syllables(root) > 2;
        if !affixed && long && !shape::ends_like_a_person(root) {
            // Most long words have affixes.
            cost += 2;
        }
        if frame.formation == Formation::Result && long {
            // "metropolitan"
            cost += 4;
        }
        Some((cost + UNKNOWN + strange, false))
    }

    /// Whether `root` is two roots, written together or apart: `tanggungjawab`, `uji coba`. What that costs.
    fn compound(&self, root: &str) -> Option<u32> {
        if let Some((first, second)) = root.split_once([' ', '-']) {
            return Some(2 + self.roots.rarity(first)? + self.roots.rarity(second)?);
        }
        if root.len() < 7 {
            return None;
        }
        (3..=root.len() - 3)
            .filter_map(|at| {
                let (first, second) = root.split_at_checked(at)?;
                Some(4 + self.roots.rarity(first)? + self.roots.rarity(second)?)
            })
            .min()
    }
}

const PROCLITICS: [(&str, Proclitic); 2] = [("ku", Proclitic::Ku), ("kau", Proclitic::Kau)];

/// Lower case, and without the hyphen after a prefix that is set apart.
fn normalise(form: &str) -> String {
    let mut word = form.to_lowercase();
    if let Some((prefix, rest)) = word.split_once('-')
        && SET_APART.contains(&prefix)
        && !rest.is_empty()
    {
        word = format!("{prefix}{rest}");
    }
    word
}

/// What stays of a form that isn't taken apart.
fn unanalysed(form: &str) -> Analysis {
    Analysis {
        root: form.to_lowercase().into(),
        proclitic: None,
        prefixes: &[],
        suffix: None,
        enclitics: [None; 2],
        reduplication: None,
        voice: Voice::Bare,
        formation: Formation::Root,
        known: false,
        cost: u32::MAX,
    }
}

/// `word` without and with its possible enclitics taken off, and what they cost.
fn enclitics(word: &str) -> impl Iterator<Item = (&str, [Option<Enclitic>; 2], u32)> {
    const PARTICLES: [Option<(&str, Enclitic, u32)>; 4] = [
        None,
        Some(("lah", Enclitic::Lah, 3)),
        Some(("kah", Enclitic::Kah, 4)),
        Some(("pun", Enclitic::Pun, 4)),
    ];
    const POSSESSORS: [Option<(&str, Enclitic, u32)>; 4] = [
        None,
        Some(("nya", Enclitic::Nya, 2)),
        Some(("ku", Enclitic::Ku, 5)),
        Some(("mu", Enclitic::Mu, 5)),
    ];
    let take = |word, clitic: Option<(&str, Enclitic, u32)>| take_enclitic(word, clitic);
    PARTICLES.into_iter().flat_map(move |particle| {
        let outer = take(word, particle);
        POSSESSORS.into_iter().filter_map(move |possessor| {
            let (core, last, last_cost) = outer?;
            let (core, first, first_cost) = take(core, possessor)?;
            let found = match (first, last) {
                (None, last) => [last, None],
                both => [both.0, both.1],
            };
            Some((core, found, first_cost + last_cost))
        })
    })
}

type Taken<'a> = (&'a str, Option<Enclitic>, u32);

fn take_enclitic<'a>(word: &'a str, clitic: Option<(&str, Enclitic, u32)>) -> Option<Taken<'a>> {
    let Some((letters, enclitic, cost)) = clitic else {
        return Some((word, None, 0));
    };
    let core = word.strip_suffix(letters)?;
    let core = core.strip_suffix('-').unwrap_or(core);
    (core.len() > 1).then_some((core, Some(enclitic), cost))
}

fn strip_suffix(core: &str, suffix: Option<Suffix>) -> Option<&str> {
    match suffix {
        None => Some(core),
        Some(Suffix::Kan) => core.strip_suffix("kan"),
        Some(Suffix::I) => core.strip_suffix('i'),
        // "1990-an" is written apart.
        Some(Suffix::An) => core
            .strip_suffix("an")
            .map(|stem| stem.strip_suffix('-').unwrap_or(stem)),
    }
}

/// Takes `prefixes` off one after another.
fn peel<'a>(prefixes: &[Prefix], stem: Stem<'a>, cost: u32, found: &mut dyn FnMut(Stem<'a>, u32)) {
    match prefixes.split_first() {
        None => found(stem, cost),
        Some((&prefix, inner)) => nasal::strip(prefix, stem, &mut |stem, more| {
            peel(inner, stem, cost + more, found);
        }),
    }
}

/// How unlikely the frame is for a word of the class.
fn mismatch(frame: &Frame, upos: Upos) -> u32 {
    use Formation::{Activity, Agent, Measure, Ordinal, Process, Result, Root, State, Verb};
    match (upos, frame.formation) {
        (Upos::Verb, Verb)
        | (Upos::Noun, Root | Process | Activity | State | Agent | Result)
        | (Upos::Num, Root | Ordinal | Measure)
        | (Upos::Adv | Upos::Det, Root | Measure) => 0,
        // "Ia kehilangan dompet."
        (Upos::Verb, Root) | (Upos::Noun, Measure) => 2,
        (Upos::Verb, State) | (Upos::Noun, Ordinal) => 3,
        (Upos::Verb, _) => 6,
        (Upos::Noun, Verb) => 5,
        (_, Root) => 0,
        _ => 1,
    }
}
