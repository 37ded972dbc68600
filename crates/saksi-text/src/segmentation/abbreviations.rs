//! Which full stops belong to the word before them.
//!
//! In: a word and what follows it. Out: whether it is an abbreviation or an initial, and whether a sentence may end with it.

use super::{
    Abbreviation,
    tokens::{Piece, PieceKind, Scanner, is_letter},
};

/// The longest abbreviation, in bytes.
const LONGEST_ABBREVIATION: usize = 20;

impl Scanner<'_> {
    /// Takes the full stop of an abbreviation in.
    pub(super) fn abbreviation(
        &self,
        before: Option<&Piece>,
        start: usize,
        end: &mut usize,
    ) -> PieceKind {
        let rest = self.slice(*end, self.end);
        if !rest.starts_with('.') || rest.starts_with("...") {
            return PieceKind::Word;
        }
        let word = self.slice(start, *end);
        let with_stop = self.slice(start, *end + 1);
        if rest.starts_with("..") {
            // "Example Inc..": its own stop and the sentence's.
            let listed = self.listed(with_stop);
            return match listed.filter(|kind| *kind != Abbreviation::BeforeNumber) {
                Some(kind) => {
                    *end += 1;
                    PieceKind::Abbreviated(kind)
                }
                None => PieceKind::Word,
            };
        }
        let after = rest.get(1..).unwrap_or_default();
        let kind = self.listed(with_stop).or_else(|| {
            if is_dotted(word) {
                Some(Abbreviation::MayFinal)
            } else if self.is_initial(word, before, after) {
                Some(Abbreviation::NeverFinal)
            } else {
                None
            }
        });
        let next = after.trim_start();
        let number = next.starts_with(|first: char| first.is_ascii_digit());
        match kind.filter(|kind| *kind != Abbreviation::BeforeNumber || number) {
            // "guns, tanks, etc." gives its stop to the sentence; "the U.S." keeps it.
            Some(Abbreviation::MayFinal)
                if !(word.contains('.') && word.starts_with(char::is_uppercase))
                    && (is_closing(after) || self.opens_sentence(next)) =>
            {
                PieceKind::Word
            }
            // "No." at the end of a line is the word "no".
            Some(Abbreviation::NeverFinal)
                if is_closing(after) && !word.starts_with(char::is_uppercase) =>
            {
                PieceKind::Word
            }
            Some(kind) => {
                *end += 1;
                PieceKind::Abbreviated(kind)
            }
            None => PieceKind::Word,
        }
    }

    /// Whether `next` starts with a word that opens sentences, in upper case.
    pub(super) fn opens_sentence(&self, next: &str) -> bool {
        next.starts_with(char::is_uppercase) && {
            let length = next
                .find(|next: char| !is_letter(next))
                .unwrap_or(next.len());
            length <= 32
                && next.get(..length).is_some_and(|word| {
                    self.segmentation
                        .openers
                        .contains(word.to_lowercase().as_str())
                })
        }
    }

    /// The abbreviation in the pack's lists; a sentence may begin with it ("Dll.").
    pub(super) fn listed(&self, with_stop: &str) -> Option<Abbreviation> {
        if with_stop.len() > LONGEST_ABBREVIATION {
            return None;
        }
        let listed = self.segmentation.abbreviations.get(with_stop);
        if listed.is_some() {
            return listed.copied();
        }
        let mut letters = with_stop.chars();
        let first = letters.next().filter(|first| first.is_uppercase())?;
        let low: String = first.to_lowercase().chain(letters).collect();
        // Of a name and a word that are written alike the list means the one it has.
        self.segmentation
            .abbreviations
            .get(low.as_str())
            .copied()
            .filter(|_| low.chars().nth(3).is_some())
    }

    /// "J. Widodo", "Broto P. Santoso", not "vitamin C. Kemudian".
    fn is_initial(&self, word: &str, before: Option<&Piece>, after: &str) -> bool {
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if !single || self.segmentation.not_initials.contains(word) {
            return false;
        }
        let next = after.trim_start();
        let follows_name = next.starts_with(char::is_uppercase) && !self.opens_sentence(next);
        let within_name = before.is_some_and(|piece| {
            piece.kind != PieceKind::Mark
                && self
                    .slice(piece.start, piece.end)
                    .starts_with(char::is_uppercase)
        });
        follows_name || within_name && next.starts_with(char::is_lowercase)
    }
}

/// Whether nothing but closing marks is left of a line.
fn is_closing(rest: &str) -> bool {
    rest.len() <= 16
        && rest.chars().all(|character| {
            character.is_whitespace() || matches!(character, '"' | '”' | '’' | ')' | '\'')
        })
}

/// "U.S", "a.m", "S.H", "Ph.D": short parts with stops between them.
fn is_dotted(word: &str) -> bool {
    word.len() <= 16
        && word.contains('.')
        && word.split('.').all(|part| {
            (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
        })
}
