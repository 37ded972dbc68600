//! Which prefixes and suffixes go together, what they make, and how common that is.

use super::Prefix::{self, Ber, Di, Ke, Meng, Pe, Peng, Per, Se, Ter, Tidak};
use super::Suffix::{self, An, I, Kan};
use super::{Formation, Voice};

/// A set of affixes around a root.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) prefixes: &'static [Prefix],
    pub(super) suffix: Option<Suffix>,
    pub(super) voice: Voice,
    pub(super) formation: Formation,
    /// Each unit about half as common.
    pub(super) cost: u32,
}

const fn frame(
    prefixes: &'static [Prefix],
    suffix: Option<Suffix>,
    voice: Voice,
    formation: Formation,
    cost: u32,
) -> Frame {
    Frame {
        prefixes,
        suffix,
        voice,
        formation,
        cost,
    }
}

const fn active(prefixes: &'static [Prefix], suffix: Option<Suffix>, cost: u32) -> Frame {
    frame(prefixes, suffix, Voice::Active, Formation::Verb, cost)
}

const fn passive(prefixes: &'static [Prefix], suffix: Option<Suffix>, cost: u32) -> Frame {
    frame(prefixes, suffix, Voice::Passive, Formation::Verb, cost)
}

const fn accidental(prefixes: &'static [Prefix], suffix: Option<Suffix>, cost: u32) -> Frame {
    frame(prefixes, suffix, Voice::Accidental, Formation::Verb, cost)
}

const fn middle(prefixes: &'static [Prefix], suffix: Option<Suffix>, cost: u32) -> Frame {
    frame(prefixes, suffix, Voice::Middle, Formation::Verb, cost)
}

const fn bare(prefixes: &'static [Prefix], suffix: Option<Suffix>, cost: u32) -> Frame {
    frame(prefixes, suffix, Voice::Bare, Formation::Verb, cost)
}

const fn noun(
    prefixes: &'static [Prefix],
    suffix: Option<Suffix>,
    formation: Formation,
    cost: u32,
) -> Frame {
    frame(prefixes, suffix, Voice::Bare, formation, cost)
}

/// The root by itself.
pub(super) static NONE: Frame = frame(&[], None, Voice::Bare, Formation::Root, 0);

/// All other frames.
pub(super) static FRAMES: &[Frame] = &[
    // meN-: "Kapal itu menembakkan dua peluru."
    active(&[Meng], None, 1),
    active(&[Meng], Some(Kan), 1),
    active(&[Meng], Some(I), 2),
    active(&[Meng, Per], None, 3),
    active(&[Meng, Per], Some(Kan), 3),
    active(&[Meng, Per], Some(I), 4),
    // "Pemerintah memberlakukan jam malam."
    active(&[Meng, Ber], Some(Kan), 4),
    // "Ia mengemukakan usul; mereka mengetahui isinya."
    active(&[Meng, Ke], Some(Kan), 5),
    active(&[Meng, Ke], Some(I), 4),
    active(&[Meng, Se], Some(Kan), 6),
    active(&[Meng, Ter], Some(Kan), 7),
    // di-: "Gudang itu dibakar."
    passive(&[Di], None, 1),
    passive(&[Di], Some(Kan), 1),
    passive(&[Di], Some(I), 2),
    passive(&[Di, Per], None, 3),
    passive(&[Di, Per], Some(Kan), 3),
    passive(&[Di, Per], Some(I), 4),
    passive(&[Di, Ber], Some(Kan), 4),
    passive(&[Di, Ke], Some(Kan), 5),
    passive(&[Di, Ke], Some(I), 4),
    passive(&[Di, Se], Some(Kan), 6),
    passive(&[Di, Ter], Some(Kan), 7),
    // ter-: "Pesawat itu terbakar; janji itu tak terpenuhi."
    accidental(&[Ter], None, 2),
    accidental(&[Ter], Some(Kan), 4),
    accidental(&[Ter], Some(I), 4),
    accidental(&[Ter, Per], None, 6),
    accidental(&[Ter, Per], Some(Kan), 7),
    // ber-: "Mereka berlayar, bepergian, bermusuhan."
    middle(&[Ber], None, 1),
    middle(&[Ber], Some(An), 3),
    middle(&[Ber], Some(Kan), 4),
    // "Pembangunan itu berkelanjutan; ia berpendidikan tinggi dan berpengalaman."
    middle(&[Ber, Ke], Some(An), 4),
    middle(&[Ber, Peng], Some(An), 5),
    middle(&[Ber, Per], Some(An), 6),
    middle(&[Ber, Se], None, 7),
    // Imperatives and what follows an actor: "Perkuat pasukan!", "yang mereka kirimkan".
    bare(&[Per], None, 5),
    bare(&[Per], Some(Kan), 6),
    bare(&[Per], Some(I), 7),
    bare(&[], Some(Kan), 4),
    bare(&[], Some(I), 6),
    // "yang kami ketahui"
    bare(&[Ke], Some(I), 6),
    // peN- -an: "penyerangan pangkalan itu".
    noun(&[Peng], Some(An), Formation::Process, 1),
    noun(&[Peng, Ber], Some(An), Formation::Process, 4),
    noun(&[Peng, Ke], Some(An), Formation::Process, 5),
    noun(&[Peng, Se], Some(An), Formation::Process, 7),
    // per- -an: "pertemuan kedua menteri", "pekerjaan", "daerah pegunungan".
    noun(&[Per], Some(An), Formation::Activity, 2),
    noun(&[Per, Se], Some(An), Formation::Activity, 5),
    // ke- -an: "kekuatan", "keberangkatan", "ketergantungan", "kepemilikan", "ketidakpastian".
    noun(&[Ke], Some(An), Formation::State, 1),
    noun(&[Ke, Ber], Some(An), Formation::State, 3),
    noun(&[Ke, Ter], Some(An), Formation::State, 4),
    noun(&[Ke, Se], Some(An), Formation::State, 5),
    noun(&[Ke, Peng], Some(An), Formation::State, 6),
    noun(&[Ke, Pe], Some(An), Formation::State, 6),
    noun(&[Ke, Tidak], Some(An), Formation::State, 3),
    noun(&[Ke, Tidak, Ter], Some(An), Formation::State, 8),
    noun(&[Ke, Tidak, Ber], Some(An), Formation::State, 8),
    // Who does it: "penembak", "petani", "pekerja", "pesepak bola".
    noun(&[Peng], None, Formation::Agent, 4),
    noun(&[Pe], None, Formation::Agent, 4),
    noun(&[Per], Some(An), Formation::Activity, 4),
    // "serangan", "kiriman".
    noun(&[], Some(An), Formation::Result, 2),
    // "seorang", "sebesar", "seharian", "seperjuangan".
    noun(&[Se], None, Formation::Measure, 2),
    noun(&[Se], Some(An), Formation::Measure, 6),
    noun(&[Se, Per], Some(An), Formation::Measure, 6),
    // "kedua"; other roots ("kekasih") hardly ever: the analyser adds to the cost.
    noun(&[Ke], None, Formation::Ordinal, 1),
];
