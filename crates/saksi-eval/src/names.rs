//! By what names an entity of a record goes, and whether one of them is meant.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::context::{Text, is_space};
use crate::found::{Found, Ref};

/// `text` as names are compared: compatibility forms alike (NFKC), single spaces, case folded.
pub(crate) fn normalised(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    let mut out = String::with_capacity(composed.len());
    for word in composed.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(folded));
    }
    out
}

/// A character without its case (Unicode's full case folding, or what is equivalent to it).
fn folded(character: char) -> impl Iterator<Item = char> {
    // The dotless i has no other case; the capital sharp s is two letters as the small one is.
    let (own, other) = match character {
        'ı' => (Some('ı'), None),
        'ẞ' => (None, Some('ß')),
        other => (None, Some(other)),
    };
    own.into_iter().chain(
        other
            .into_iter()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase),
    )
}

/// The names of the entities of a record.
#[derive(Debug)]
pub(crate) struct Names {
    by_id: BTreeMap<String, Entity>,
}

#[derive(Debug)]
struct Entity {
    /// As people are shown it.
    shown: String,
    names: Vec<String>,
}

impl Names {
    pub(crate) fn new(found: &Found, text: &Text) -> Self {
        let by_id = found.entities.iter().map(|entity| {
            let name = entity.name.as_deref().unwrap_or_default();
            let mentions = entity.mentions.iter().map(|mention| {
                let told = mention.text.clone().filter(|text| !text.is_empty());
                told.unwrap_or_else(|| {
                    mention
                        .span
                        .map_or_else(String::new, |span| text.words(span))
                })
            });
            let mut names: Vec<String> = std::iter::once(normalised(name))
                .chain(mentions.map(|mention| normalised(&mention)))
                .chain(entity.aliases.iter().map(|alias| normalised(alias)))
                .filter(|name| !name.is_empty())
                .collect();
            names.sort_unstable();
            names.dedup();
            let shown = if name.is_empty() {
                names.first().cloned().unwrap_or_default()
            } else {
                name.to_owned()
            };
            (entity.id.clone(), Entity { shown, names })
        });
        Self {
            by_id: by_id.collect(),
        }
    }

    /// Whether `reference` goes by one of the names `aliases`: by just that, or by one that holds the other, if that is long enough to tell.
    ///
    /// What is no identifier of the record is a name itself.
    pub(crate) fn matches<'a>(
        &self,
        reference: Option<&str>,
        aliases: impl IntoIterator<Item = &'a String>,
    ) -> bool {
        let Some(reference) = reference else {
            return false;
        };
        let own;
        let names = if let Some(entity) = self.by_id.get(reference) {
            &entity.names
        } else {
            own = vec![normalised(reference)];
            &own
        };
        aliases.into_iter().any(|alias| {
            let alias = normalised(alias);
            names.iter().any(|name| {
                alias == *name
                    || (tells(&alias) && name.contains(&alias))
                    || (tells(name) && alias.contains(name.as_str()))
            })
        })
    }

    /// Whether each of `wanted` (lists of names for one party each) is among `references`, and nothing else is.
    pub(crate) fn are(&self, references: &[Ref], wanted: &[Vec<String>]) -> bool {
        let mut left: Vec<Option<&str>> = references.iter().map(Ref::id).collect();
        for aliases in wanted {
            let Some(hit) = (left.iter()).position(|reference| self.matches(*reference, aliases))
            else {
                return false;
            };
            left.remove(hit);
        }
        left.is_empty()
    }

    /// The name that people are shown.
    pub(crate) fn shown(&self, reference: Option<&str>) -> String {
        let reference = reference.unwrap_or("nobody");
        (self.by_id.get(reference)).map_or_else(
            || reference.to_owned(),
            |entity| match entity.shown.as_str() {
                "" => reference.to_owned(),
                shown => shown.to_owned(),
            },
        )
    }
}

/// Whether a name is long enough to be known by a part.
fn tells(name: &str) -> bool {
    name.chars().count() > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entities: &str) -> Names {
        let found = Found::parse(&format!(r#"{{"entities": {entities}}}"#)).unwrap();
        Names::new(&found, &Text::new("Kim Jong Un and his army"))
    }

    fn matches(names: &Names, reference: &str, alias: &str) -> bool {
        names.matches(Some(reference), &[alias.to_owned()])
    }

    #[test]
    fn names_are_compared_without_case_forms_and_spaces() {
        assert_eq!(
            normalised("  Straße\u{a0}\nＡＢ ΟΔΟΣ ﬁ İı ẞ "),
            "strasse ab οδοσ fi i\u{307}ı ss"
        );
        assert_eq!(normalised(" \t"), "");
    }

    #[test]
    fn an_entity_goes_by_name_mentions_and_aliases() {
        let names = names(
            r#"[{"id": "e1", "name": "Kim Jong Un", "mentions": [{"span": [16, 24]}, {"text": "he"}],
                 "aliases": ["the marshal"]},
                {"id": "e2", "name": null}]"#,
        );
        for (alias, meant) in [
            ("kim jong un", true),
            // Held by a name, or holding one: from four characters on.
            ("Jong", true),
            ("Kim", false),
            ("leader Kim Jong Un", true),
            ("his army", true),
            ("HE", true),
            ("he himself", false),
            ("marshal", true),
            ("Park", false),
        ] {
            assert_eq!(matches(&names, "e1", alias), meant, "{alias}");
        }
        assert!(!matches(&names, "e2", "e2"));
        assert!(matches(&names, "e3", "e3"));
        assert!(!names.matches(None, &["Kim Jong Un".to_owned()]));
        assert_eq!(names.shown(Some("e1")), "Kim Jong Un");
        assert_eq!(names.shown(Some("Kim")), "Kim");
        assert_eq!(names.shown(None), "nobody");
    }

    #[test]
    fn parties_are_all_of_the_wanted_and_no_other() {
        let names = names(r#"[{"id": "e1", "name": "Japan"}, {"id": "e2", "name": "Peru"}]"#);
        let reference = |id: &str| Ref::Id(id.to_owned());
        let wanted = |names: &[&[&str]]| -> Vec<Vec<String>> {
            (names.iter())
                .map(|names| names.iter().map(|&name| name.to_owned()).collect())
                .collect()
        };
        let both = [reference("e1"), reference("e2")];
        assert!(names.are(&both, &wanted(&[&["Peru"], &["Tokyo", "Japan"]])));
        assert!(!names.are(&both, &wanted(&[&["Peru"]])));
        assert!(!names.are(&both[..1], &wanted(&[&["Japan"], &["Japan"]])));
        assert!(names.are(&[], &[]));
        assert!(!names.are(&both, &[]));
    }
}
