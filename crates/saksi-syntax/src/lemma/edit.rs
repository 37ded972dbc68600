//! What turns a form into its lemma.

/// Letters to drop and to add at both ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Edit {
    pub(super) casing: Casing,
    /// Characters to drop at the start.
    pub(super) drop_front: u8,
    /// Characters to drop at the end.
    pub(super) drop_back: u8,
    pub(super) front: Box<str>,
    pub(super) back: Box<str>,
}

/// What the letters are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Casing {
    /// The form in lower case.
    Lower,
    /// The form as it is.
    Kept,
    /// The form with only its first letter in upper case.
    Title,
    /// The form without the commas between its digits: `25,000`.
    Ungrouped,
}

impl Casing {
    pub(super) const ALL: [Self; 4] = [Self::Lower, Self::Kept, Self::Title, Self::Ungrouped];
}

impl Edit {
    /// The edit from `form` to `lemma` that keeps the most letters; `None` if it would drop over 255.
    pub(super) fn between(form: &str, lemma: &str) -> Option<Self> {
        let lowered = form.to_lowercase();
        let mut best: Option<(usize, Self)> = None;
        for casing in Casing::ALL {
            let base: Vec<char> = match casing {
                Casing::Lower => lowered.chars().collect(),
                Casing::Kept => form.chars().collect(),
                Casing::Title => title(&lowered).chars().collect(),
                Casing::Ungrouped if form.contains(',') => ungroup(form).chars().collect(),
                Casing::Ungrouped => continue,
            };
            let target: Vec<char> = lemma.chars().collect();
            let (from, to, length) = longest_common(&base, &target);
            let edit = Self {
                casing,
                drop_front: u8::try_from(from).ok()?,
                drop_back: u8::try_from(base.len() - from - length).ok()?,
                front: target.get(..to)?.iter().collect(),
                back: target.get(to + length..)?.iter().collect(),
            };
            if best.as_ref().is_none_or(|(kept, _)| length > *kept) {
                best = Some((length, edit));
            }
        }
        best.map(|(_, edit)| edit)
    }

    /// The lemma of `form`; `None` where the form has too few letters or nothing would be left.
    pub(super) fn apply(&self, form: &str, lowered: &str) -> Option<Box<str>> {
        let changed;
        let base = match self.casing {
            Casing::Lower => lowered,
            Casing::Kept => form,
            Casing::Title => {
                changed = title(lowered);
                &changed
            }
            Casing::Ungrouped => {
                changed = ungroup(form);
                &changed
            }
        };
        let base = drop_front(base, self.drop_front)?;
        let base = drop_back(base, self.drop_back)?;
        if self.front.is_empty() && self.back.is_empty() {
            return (!base.is_empty()).then(|| base.into());
        }
        let mut lemma = String::with_capacity(self.front.len() + base.len() + self.back.len());
        lemma.push_str(&self.front);
        lemma.push_str(base);
        lemma.push_str(&self.back);
        (!lemma.is_empty()).then(|| lemma.into())
    }
}

fn drop_front(text: &str, count: u8) -> Option<&str> {
    let mut rest = text.chars();
    for _ in 0..count {
        rest.next()?;
    }
    Some(rest.as_str())
}

fn drop_back(text: &str, count: u8) -> Option<&str> {
    let mut rest = text.chars();
    for _ in 0..count {
        rest.next_back()?;
    }
    Some(rest.as_str())
}

fn ungroup(form: &str) -> String {
    form.replace(',', "")
}

fn title(lowered: &str) -> String {
    let mut letters = lowered.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Start in `one`, start in `other` and length of their longest common stretch; of several, the first.
fn longest_common(one: &[char], other: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let mut lengths = vec![0; other.len() + 1];
    for (i, letter) in one.iter().enumerate() {
        let mut diagonal = 0;
        for (j, target) in other.iter().enumerate() {
            let length = if letter == target { diagonal + 1 } else { 0 };
            diagonal = lengths[j + 1];
            lengths[j + 1] = length;
            if length > best.2 {
                best = (i + 1 - length, j + 1 - length, length);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_lead_back_to_their_lemma() {
        let cases = [
            ("memukul", "pukul"),
            ("Ships", "ship"),
            ("went", "go"),
            ("AMERICANS", "American"),
            ("iPhones", "iPhone"),
            ("İstanbul", "istanbul"),
            ("n't", "not"),
            ("is", "be"),
            ("1.000", "1.000"),
            ("25,000", "25000"),
        ];
        for (form, lemma) in cases {
            let edit = Edit::between(form, lemma).unwrap();
            assert_eq!(
                edit.apply(form, &form.to_lowercase()).as_deref(),
                Some(lemma)
            );
        }
    }

    #[test]
    fn short_words_are_left_alone() {
        let edit = Edit::between("studies", "study").unwrap();
        assert_eq!(edit.apply("is", "is"), None);
    }
}
