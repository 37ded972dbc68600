//! The list of roots.

use rustc_hash::FxHashMap;

/// Roots in lower case, each with how common it is.
///
/// ```
/// let roots: saksi_syntax::morphology::Roots = [("serang", 31), ("kirim", 4)].into_iter().collect();
/// assert!(roots.contains("serang"));
/// assert_eq!(roots.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Roots {
    rarity: FxHashMap<Box<str>, u8>,
}

/// The rarest class: seen once or twice.
const RAREST: u8 = 3;

impl Roots {
    /// How many roots there are.
    pub fn len(&self) -> usize {
        self.rarity.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rarity.is_empty()
    }

    /// Whether `root` (in lower case) is one.
    pub fn contains(&self, root: &str) -> bool {
        self.rarity.contains_key(root)
    }

    /// 0 for common roots to 3 for rare ones; `None` for what isn't in the list.
    pub(super) fn rarity(&self, root: &str) -> Option<u32> {
        self.rarity.get(root).map(|&class| u32::from(class))
    }

    /// Adds what isn't there yet.
    pub(super) fn extend(&mut self, other: Self) {
        let mut all = other.rarity;
        all.extend(std::mem::take(&mut self.rarity));
        self.rarity = all;
    }

    /// All roots with their class of rarity, in alphabetical order.
    pub(crate) fn sorted(&self) -> Vec<(&str, u8)> {
        let mut all: Vec<_> = self
            .rarity
            .iter()
            .map(|(root, &class)| (&**root, class))
            .collect();
        all.sort_unstable();
        all
    }

    /// Adds a root with its class of rarity; classes over the last are the last.
    pub(crate) fn insert_class(&mut self, root: &str, class: u8) {
        self.rarity.insert(root.into(), class.min(RAREST));
    }
}

/// From roots and how often each was seen; of a root given twice the last count holds.
impl<S: AsRef<str>> FromIterator<(S, u32)> for Roots {
    fn from_iter<I: IntoIterator<Item = (S, u32)>>(roots: I) -> Self {
        let mut list = Self::default();
        for (root, count) in roots {
            let class = match count {
                50.. => 0,
                10.. => 1,
                3.. => 2,
                _ => RAREST,
            };
            list.insert_class(&root.as_ref().to_lowercase(), class);
        }
        list
    }
}
