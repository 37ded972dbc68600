//! What the evidence for an event is worth (`confidence.toml`): weights that were learned from gold reports.
//!
//! In: the text of the file, which `cargo xtask confidence` writes. Out: [`Confidence`], a logistic model. Its numbers are in log-odds: 0 is
//! as likely as not, 2.2 is nine in ten, and what one piece of evidence adds does not depend on the others. Evidence is no word of any language, so that one file
//! serves all. A later pack's file takes the place of an earlier one's as a whole: weights belong together. Where no pack has the file, an entry's own confidence stands.

use std::collections::BTreeMap;

use saksi_record::EventType;
use serde::Deserialize;
use toml::Spanned;

use crate::{Error, PackFile};

/// No weight and no typical value is as far from 0 as this.
const LARGEST: f64 = 100.0;

/// What the evidence for an event is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    /// Log-odds of an event whose evidence is typical in all.
    pub typical: f64,
    /// What each piece of evidence is worth; what is not here is worth nothing.
    pub evidence: BTreeMap<Evidence, Weight>,
    /// What is added for a type of event.
    pub types: BTreeMap<EventType, f64>,
    /// What is added for a language (ISO 639-1).
    pub languages: BTreeMap<String, f64>,
}

/// What a piece of evidence is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// What is added to the log-odds for each 1 that its value is above `typical`.
    pub weight: f64,
    /// Its mean value over the events that it was learned from.
    pub typical: f64,
}

/// What speaks for an event or against it. Those that have no range given are 1 where it holds and 0 where not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The confidence of the pack's entry, 0 to 1.
    Entry,
    /// How many kinds of conditions the entry asks for, 0 to 4.
    Conditions,
    /// How many words the trigger has beyond the first, 0 to 3.
    Words,
    /// The trigger is a noun.
    Noun,
    /// The trigger is a noun that only takes up an event told before.
    Again,
    /// The trigger stands in a name.
    Name,
    /// Somebody does it.
    Actor,
    /// Somebody is told to whom it is done.
    Recipient,
    /// Something is told that it is done to.
    Object,
    /// It is told where.
    Place,
    /// It is told when.
    Time,
    /// The same words may tell of an event of another type.
    Rival,
    /// How much better than the best of these it fits, 0 to 0.5; 0.5 where there is none.
    Margin,
    /// It is planned.
    Future,
    /// It is possible, sought or conditional.
    Hypothetical,
    /// It is negated.
    Negated,
    /// A word tells how real it is.
    Modal,
    /// A statement carries it.
    Statement,
    /// The trigger heads a clause that another word needs.
    Complement,
    /// The trigger heads a clause of circumstance.
    Circumstance,
    /// The trigger heads a clause that describes a noun.
    Relative,
    /// The trigger is coordinated with another word.
    Coordinate,
    /// The trigger is a subject or an object.
    Argument,
    /// The trigger stands behind a preposition, or otherwise at the edge of its clause.
    Oblique,
    /// The trigger describes a noun.
    Modifier,
    /// How many words the trigger stands below the root of its tree, in tens, 0 to 1.
    Depth,
    /// How many words the sentence has, in hundreds, 0 to 1.
    Length,
    /// The tree is odd there: the verb has no subject, and nothing that would account for it.
    OddTree,
}

impl Evidence {
    /// All of it, in order.
    pub const ALL: [Self; 28] = [
        Self::Entry,
        Self::Conditions,
        Self::Words,
        Self::Noun,
        Self::Again,
        Self::Name,
        Self::Actor,
        Self::Recipient,
        Self::Object,
        Self::Place,
        Self::Time,
        Self::Rival,
        Self::Margin,
        Self::Future,
        Self::Hypothetical,
        Self::Negated,
        Self::Modal,
        Self::Statement,
        Self::Complement,
        Self::Circumstance,
        Self::Relative,
        Self::Coordinate,
        Self::Argument,
        Self::Oblique,
        Self::Modifier,
        Self::Depth,
        Self::Length,
        Self::OddTree,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Conditions => "conditions",
            Self::Words => "words",
            Self::Noun => "noun",
            Self::Again => "again",
            Self::Name => "name",
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Object => "object",
            Self::Place => "place",
            Self::Time => "time",
            Self::Rival => "rival",
            Self::Margin => "margin",
            Self::Future => "future",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
            Self::Modal => "modal",
            Self::Statement => "statement",
            Self::Complement => "complement",
            Self::Circumstance => "circumstance",
            Self::Relative => "relative",
            Self::Coordinate => "coordinate",
            Self::Argument => "argument",
            Self::Oblique => "oblique",
            Self::Modifier => "modifier",
            Self::Depth => "depth",
            Self::Length => "length",
            Self::OddTree => "odd-tree",
        }
    }

    /// Whether it has a range of values, rather than holding or not.
    pub fn is_graded(self) -> bool {
        matches!(
            self,
            Self::Entry
                | Self::Conditions
                | Self::Words
                | Self::Margin
                | Self::Depth
                | Self::Length
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    typical: Spanned<f64>,
    evidence: BTreeMap<Evidence, WeightTable>,
    #[serde(default)]
    types: BTreeMap<EventType, Spanned<f64>>,
    #[serde(default)]
    languages: BTreeMap<String, Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightTable {
    weight: Spanned<f64>,
    typical: Spanned<f64>,
}

/// Reads `confidence.toml`.
///
/// # Errors
/// Where the file is wrong: with line, column and what to do.
pub fn parse(file: &PackFile) -> Result<Confidence, Error> {
    let content: File = file.read()?;
    let number = |value: &Spanned<f64>| {
        let number = *value.as_ref();
        if number.is_finite() && number.abs() < LARGEST {
            return Ok(number);
        }
        let advice = "write log-odds, or train it anew with `cargo xtask confidence`";
        Err(file.error(value.span(), format!("{number} can't be meant"), advice))
    };
    Ok(Confidence {
        typical: number(&content.typical)?,
        evidence: (content.evidence.iter())
            .map(|(&evidence, table)| {
                let weight = Weight {
                    weight: number(&table.weight)?,
                    typical: number(&table.typical)?,
                };
                Ok((evidence, weight))
            })
            .collect::<Result<_, Error>>()?,
        types: (content.types.iter())
            .map(|(&kind, value)| Ok((kind, number(value)?)))
            .collect::<Result<_, Error>>()?,
        languages: (content.languages.iter())
            .map(|(language, value)| Ok((language.clone(), number(value)?)))
            .collect::<Result<_, Error>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Confidence, Error> {
        parse(&PackFile {
            path: "xx/confidence.toml".into(),
            text: text.to_owned().into(),
        })
    }

    #[test]
    fn weights_are_read() {
        let text = "typical = 2.5\n[evidence]\nodd-tree = { weight = -0.4, typical = 0.1 }\n[types]\nTEST = 0.2\n[languages]\nid = 0.1\n";
        let found = parsed(text).unwrap();
        let weight = Weight {
            weight: -0.4,
            typical: 0.1,
        };
        assert_eq!(
            found.evidence,
            BTreeMap::from([(Evidence::OddTree, weight)])
        );
        assert_eq!((found.typical, found.types[&EventType::Test]), (2.5, 0.2));
        assert_eq!(found.languages.get("id"), Some(&0.1));
    }

    #[test]
    fn each_piece_of_evidence_is_read_by_its_name() {
        for (place, evidence) in Evidence::ALL.into_iter().enumerate() {
            let name = evidence.name();
            let text =
                format!("typical = 0.0\n[evidence]\n{name} = {{ weight = 1.0, typical = 0.0 }}\n");
            let found = parsed(&text).unwrap();
            assert!(found.evidence.contains_key(&evidence), "{name}");
            assert_eq!(evidence as usize, place, "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, told) in [
            (
                "typical = nan\n[evidence]\n",
                "xx/confidence.toml:1:11: NaN can't be meant",
            ),
            (
                "typical = 1.0\n[evidence]\nmoon = { weight = 1.0, typical = 0.0 }\n",
                "xx/confidence.toml:3:1: unknown variant `moon`",
            ),
            (
                "typical = 1.0\nveto = 0.5\n[evidence]\n",
                "xx/confidence.toml:2:1: unknown field `veto`",
            ),
            (
                "typical = 1.0\n[evidence]\n[types]\nTEST = 1e9\n",
                "xx/confidence.toml:4:8: 1000000000 can't be meant",
            ),
            ("[evidence]\n", "missing field `typical`"),
        ] {
            let error = parsed(text).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
