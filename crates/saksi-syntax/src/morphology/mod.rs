//! Morphological analysis of Indonesian words: root, affixes, clitics, reduplication, voice and formation.
//!
//! In: a word form and a list of [`Roots`]. Out: its [`Analysis`], or all of them, the likeliest first. The analyser knows no
//! context: where two analyses are both words of the language (`mengarang` from `karang` or `arang`), the commoner root wins, and
//! [`Analyser::analyse_as`] takes the word from a lemma that somebody else found. It never fails: what
//! it can't take apart is a root.
//!
//! Affixes and their sound changes are those of James Neil Sneddon, Alexander Adelaar, Dwi Noverini Djenar and Michael C. Ewing,
//! *Indonesian Reference Grammar* (second edition, 2010), chapter 1. What counts as a root follows `MorphInd` (Septina Dian
//! Larasati, Vladislav Kuboň, Daniel Zeman, 2011), on which the lemmas of the Indonesian treebanks rest: `serangan`, `menyerang`,
//! `diserang` and `penyerangan` are all of the root `serang`.
//!
//! ```
//! use saksi_syntax::morphology::{Analyser, Formation, Roots, Voice};
//!
//! let analyser = Analyser::new(["serang", "kirim"].into_iter().map(|root| (root, 10)).collect::<Roots>());
//! let verb = analyser.analyse("menyerang");
//! assert_eq!((&*verb.root, verb.voice, verb.formation), ("serang", Voice::Active, Formation::Verb));
//! let noun = analyser.analyse("pengirimannya");
//! assert_eq!((&*noun.root, noun.formation), ("kirim", Formation::Process));
//! ```

mod analyser;
mod frames;
mod nasal;
mod reduplication;
mod roots;
mod shape;

pub use analyser::Analyser;
pub use roots::Roots;

macro_rules! affixes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item])* $variant),* }

        impl $name {
            /// As grammars write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

affixes! {
    /// A prefix.
    Prefix {
        /// meN-: `memukul`, `menulis`, `menyapu`, `mengirim`, `melihat`, `mengebom`.
        Meng = "meN-",
        /// di-: `dikirim`.
        Di = "di-",
        /// ter-, te-, tel-: `terbakar`, `terasa`, `telanjur`.
        Ter = "ter-",
        /// ber-, be-, bel-: `berlayar`, `bekerja`, `belajar`.
        Ber = "ber-",
        /// per-, pe-, pel-: `memperkuat`, `pekerjaan`, `pelajaran`.
        Per = "per-",
        /// pe- without a nasal, of persons: `petani`, `pejabat`.
        Pe = "pe-",
        /// peN-: `penulis`, `pengiriman`.
        Peng = "peN-",
        /// ke-: `kekuatan`, `kedua`, `mengemukakan`.
        Ke = "ke-",
        /// se-: `sebesar`, `seorang`.
        Se = "se-",
        /// tidak between ke- and its root: `ketidakpastian`.
        Tidak = "tidak-",
    }
}

affixes! {
    /// A suffix.
    Suffix {
        /// -kan: `mengirimkan`.
        Kan = "-kan",
        /// -i: `mengunjungi`.
        I = "-i",
        /// -an: `serangan`.
        An = "-an",
    }
}

affixes! {
    /// A clitic before the word: the actor of a verb.
    Proclitic {
        /// ku-: `kubaca`.
        Ku = "ku-",
        /// kau-: `kaulihat`.
        Kau = "kau-",
    }
}

affixes! {
    /// A clitic after the word.
    Enclitic {
        /// -ku: `rumahku`.
        Ku = "-ku",
        /// -mu: `rumahmu`.
        Mu = "-mu",
        /// -nya: `rumahnya`.
        Nya = "-nya",
        /// -lah: `lihatlah`.
        Lah = "-lah",
        /// -kah: `benarkah`.
        Kah = "-kah",
        /// -pun: `kapalpun`.
        Pun = "-pun",
    }
}

/// What a verb's affixes say about actor and undergoer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// No affix of voice: `datang`; also imperatives, `kirimkan`.
    Bare,
    /// meN-: the subject acts. `menyerang`
    Active,
    /// di-, ku-, kau-: the subject undergoes. `diserang`, `kubaca`
    Passive,
    /// ter-: it came about, was possible, or is so; no intention. `terbakar`
    Accidental,
    /// ber-: the subject has, does or is. `berlayar`
    Middle,
}

/// What the affixes make of the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Formation {
    /// Nothing: a root by itself, clitics and full reduplication aside. `kapal`, `negara-negara`
    Root,
    /// A verb: `menyerang`, `diserang`, `perkuat`.
    Verb,
    /// The doing of it, peN- -an: `penyerangan`.
    Process,
    /// What goes with a ber- verb, or a place, per- -an: `pertemuan`, `pegunungan`.
    Activity,
    /// A state or something abstract, ke- -an: `kekuatan`; with some verbs, what befalls one: `kehilangan`.
    State,
    /// Who or what does it, peN- or pe-: `penyerang`, `petani`.
    Agent,
    /// What came of it, or the act itself, -an: `serangan`, `kiriman`.
    Result,
    /// One, as much as, all of, se-: `seorang`, `sebesar`.
    Measure,
    /// A place in an order, or a group, ke- with a numeral: `kedua`.
    Ordinal,
}

/// What -kan and -i do to a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicative {
    /// -kan: cause, do for, or move the object. `menerbangkan`
    Kan,
    /// -i: at, on, to, repeatedly. `mengunjungi`
    I,
}

/// How a word is doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reduplication {
    /// The whole word: `negara-negara`, `pertanyaan-pertanyaan`.
    Full,
    /// The root, one of the two with affixes: `berlari-lari`, `besar-besaran`, `sebaik-baiknya`.
    Affixed,
    /// The root and its meN- verb, one another: `tembak-menembak`, `kunjung-mengunjungi`.
    Reciprocal,
    /// With a changed sound: `sayur-mayur`, `bolak-balik`. The root is the first part.
    Imitative,
}

/// The morphemes of a word form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Analysis {
    /// The root in lower case; of a compound, all of it (`uji coba`, `tanggungjawab`).
    pub root: Box<str>,
    /// ku- or kau-.
    pub proclitic: Option<Proclitic>,
    /// Prefixes, the outermost first: `memperkuat` has `Meng`, `Per`.
    pub prefixes: &'static [Prefix],
    /// -kan, -i or -an.
    pub suffix: Option<Suffix>,
    /// At most one of -ku, -mu, -nya, and at most one of -lah, -kah, -pun after it.
    pub enclitics: [Option<Enclitic>; 2],
    /// Doubling, if any.
    pub reduplication: Option<Reduplication>,
    /// Voice; [`Voice::Bare`] for what isn't a verb.
    pub voice: Voice,
    /// What the affixes make of the root.
    pub formation: Formation,
    /// Whether the root stands in the list of roots.
    pub known: bool,
    /// How unlikely it is: 0 for a common root by itself, each unit about half as likely.
    pub cost: u32,
}

impl Analysis {
    /// -kan or -i of a verb.
    pub fn applicative(&self) -> Option<Applicative> {
        match self.suffix {
            Some(Suffix::Kan) => Some(Applicative::Kan),
            Some(Suffix::I) => Some(Applicative::I),
            Some(Suffix::An) | None => None,
        }
    }

    /// Whether prefix and suffix belong together: `pe`-serang-`an`, `ke`-kuat-`an`, `ber`-datang-`an`.
    pub fn is_confix(&self) -> bool {
        self.suffix == Some(Suffix::An) && !self.prefixes.is_empty()
    }
}

#[cfg(test)]
mod tests;
