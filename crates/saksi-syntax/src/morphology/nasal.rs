//! The sound changes between a prefix and what follows it.

use super::Prefix;
use super::shape;

/// A stretch of a word whose first sound may have been lost and restored: `mengirim` is `meng` + (`k`) `irim`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stem<'a> {
    pub(super) restored: Option<char>,
    pub(super) rest: &'a str,
}

impl<'a> Stem<'a> {
    pub(super) fn whole(rest: &'a str) -> Self {
        Self {
            restored: None,
            rest,
        }
    }

    fn restored(sound: char, rest: &'a str) -> Self {
        Self {
            restored: Some(sound),
            rest,
        }
    }

    fn strip_prefix(self, prefix: &str) -> Option<&'a str> {
        match self.restored {
            None => self.rest.strip_prefix(prefix),
            Some(sound) => self.rest.strip_prefix(prefix.strip_prefix(sound)?),
        }
    }

    pub(super) fn first(self) -> Option<char> {
        self.restored.or_else(|| self.rest.chars().next())
    }

    /// Replaces the content of `buffer` by the letters.
    pub(super) fn spell(self, buffer: &mut String) -> &str {
        buffer.clear();
        buffer.extend(self.restored);
        buffer.push_str(self.rest);
        buffer
    }

    /// Length in bytes.
    pub(super) fn len(self) -> usize {
        self.rest.len() + self.restored.map_or(0, char::len_utf8)
    }
}

/// Calls `found` with each stem that `prefix` may stand before in `stem`, and how unlikely that is.
pub(super) fn strip<'a>(prefix: Prefix, stem: Stem<'a>, found: &mut dyn FnMut(Stem<'a>, u32)) {
    match prefix {
        Prefix::Meng => strip_nasal("me", stem, found),
        Prefix::Peng => strip_nasal("pe", stem, found),
        Prefix::Di => strip_plain("di", stem, found),
        Prefix::Ke => strip_plain("ke", stem, found),
        Prefix::Se => strip_plain("se", stem, found),
        Prefix::Tidak => strip_plain("tidak", stem, found),
        Prefix::Pe => {
            strip_plain("pe", stem, found);
            if let Some(rest) = stem.strip_prefix("pel")
                && rest.starts_with("ajar")
            {
                found(Stem::whole(rest), 0);
            }
        }
        Prefix::Ber => strip_liquid("be", stem, found),
        Prefix::Ter => strip_liquid("te", stem, found),
        Prefix::Per => {
            strip_liquid("pe", stem, found);
            // "pegunungan", "pedesaan": pe- without its r, beside the regular "pekerjaan".
            if let Some(rest) = stem.strip_prefix("pe")
                && !rest.starts_with('r')
            {
                found(Stem::whole(rest), 5);
            }
        }
    }
}

fn strip_plain<'a>(letters: &str, stem: Stem<'a>, found: &mut dyn FnMut(Stem<'a>, u32)) {
    if let Some(rest) = stem.strip_prefix(letters) {
        found(Stem::whole(rest), 0);
    }
}

/// ber-, ter-, per-: the r is lost before an r (`berenang`, `terasa`) and before a first syllable that ends in `er`
/// (`bekerja`, `beternak`); it becomes l in `belajar`, `pelajaran`, `telanjur`.
fn strip_liquid<'a>(letters: &str, stem: Stem<'a>, found: &mut dyn FnMut(Stem<'a>, u32)) {
    let Some(rest) = stem.strip_prefix(letters) else {
        return;
    };
    if let Some(after) = rest.strip_prefix('r') {
        found(Stem::whole(after), 0);
        found(Stem::whole(rest), 0);
    } else if let Some(after) = rest.strip_prefix('l')
        && (after.starts_with("ajar") || after.starts_with("anjur"))
    {
        found(Stem::whole(after), 0);
    } else {
        let mut letters = rest.chars();
        let consonant = letters.next().is_some_and(|first| !shape::is_vowel(first));
        if consonant && letters.as_str().starts_with("er") {
            found(Stem::whole(rest), 0);
        } else {
            // "bepergian", "tepercaya" have the `er`; "tepuruk" and its like hardly occur.
            found(Stem::whole(rest), 6);
        }
    }
}

/// meN- and peN- (Sneddon and others 2010, 1.5): the nasal takes the place of the following sound, and p, t, s, k are lost.
fn strip_nasal<'a>(letters: &str, stem: Stem<'a>, found: &mut dyn FnMut(Stem<'a>, u32)) {
    let Some(rest) = stem.strip_prefix(letters) else {
        return;
    };
    let starts = |text: &str, sounds: &[char]| text.starts_with(sounds);
    // "melihat", "merasa", "mewakili", "meyakini"; "memasak", "menanti", "menyanyi", "menganga" keep their own nasal.
    if starts(rest, &['l', 'r', 'w', 'y']) {
        found(Stem::whole(rest), 0);
    } else if starts(rest, &['m', 'n']) {
        let loan = long(rest) > 0 && !starts_cluster(rest);
        found(Stem::whole(rest), if loan { 0 } else { 2 });
    }
    if let Some(after) = rest.strip_prefix("ng") {
        if starts(after, &['g', 'h', 'q']) {
            found(Stem::whole(after), 0);
        } else if after.starts_with('k') {
            // "mengkritik", "mengkhawatirkan"
            found(
                Stem::whole(after),
                if starts_cluster(after) { 0 } else { 2 },
            );
        } else if after.starts_with(shape::is_vowel) {
            // "mengambil" has ambil, "mengirim" has kirim; few roots begin with e.
            let with_e = u32::from(after.starts_with('e'));
            found(Stem::whole(after), with_e);
            found(Stem::restored('k', after), 1 - with_e + long(after));
            // "mengebom", "mengecat": nge- before one syllable.
            if let Some(single) = after.strip_prefix('e')
                && shape::syllables(single) == 1
            {
                found(Stem::whole(single), 1);
            }
        }
    }
    if let Some(after) = rest.strip_prefix("ny") {
        found(Stem::restored('s', after), 0);
    }
    if let Some(after) = rest.strip_prefix('n') {
        if starts(after, &['d', 'c', 'j', 'z']) {
            found(Stem::whole(after), 0);
        } else if starts(after, &['t', 's']) {
            // "mentransfer", "menstabilkan", "mensyaratkan"; "menterjemahkan", "mensukseskan" beside the regular forms.
            found(
                Stem::whole(after),
                if starts_cluster(after) { 0 } else { 2 },
            );
        } else if after.starts_with(shape::is_vowel) {
            found(Stem::restored('t', after), long(after));
        }
    }
    if let Some(after) = rest.strip_prefix('m') {
        if starts(after, &['b', 'f', 'v']) {
            found(Stem::whole(after), 0);
        } else if after.starts_with('p') {
            // "memproduksi", "memperkuat"; "mempengaruhi" beside "memengaruhi".
            let regular = starts_cluster(after) || after.starts_with("per");
            found(Stem::whole(after), if regular { 0 } else { 2 });
        } else if after.starts_with(shape::is_vowel) {
            found(Stem::restored('p', after), long(after));
        }
    }
}

/// Long stems are loans, which lost no sound: `memanipulasi`, `mengevakuasi`.
fn long(text: &str) -> u32 {
    if shape::syllables(text) > 3 { 3 } else { 0 }
}

fn starts_cluster(text: &str) -> bool {
    text.chars()
        .take_while(|&sound| !shape::is_vowel(sound))
        .count()
        > 1
}
