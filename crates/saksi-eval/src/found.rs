//! What was found in a report: a record, with no more of it than is compared.
//!
//! Records of `saksi-record/1` are read, and those of other programs in the same form with less in them: parties by name in place of
//! identifiers, no text of their own, no entities.

use saksi_record::{Record, Span};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::Error;

/// What was found in a report.
///
/// ```
/// let found = saksi_eval::Found::parse(r#"{"document": {"uri": "reports/one.txt"}, "events": []}"#)?;
/// assert_eq!(found.uri(), Some("reports/one.txt"));
/// assert!(saksi_eval::Found::parse("[1]").is_err());
/// # Ok::<(), saksi_eval::Error>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Found {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    document: About,
    #[serde(default, deserialize_with = "list")]
    pub(crate) entities: Vec<Entity>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) times: Vec<Time>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) statements: Vec<Statement>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) events: Vec<Event>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct About {
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Entity {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) mentions: Vec<Mention>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) aliases: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mention {
    #[serde(default)]
    pub(crate) span: Option<Span>,
    #[serde(default)]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Time {
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) span: Span,
    #[serde(default)]
    pub(crate) edtf: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Statement {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) cue: Option<Span>,
    #[serde(default)]
    pub(crate) content: Option<Span>,
    #[serde(default)]
    pub(crate) quotation: Option<String>,
    #[serde(default)]
    pub(crate) stance: Option<String>,
    #[serde(default)]
    pub(crate) parent: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Event {
    /// Other programs may have numbers, or nothing.
    #[serde(default)]
    id: Value,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) trigger: Span,
    #[serde(default, deserialize_with = "list")]
    pub(crate) actors: Vec<Ref>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) recipients: Vec<Ref>,
    #[serde(default, deserialize_with = "list")]
    pub(crate) objects: Vec<Object>,
    #[serde(default)]
    pub(crate) place: Option<Ref>,
    #[serde(default)]
    pub(crate) time: Option<String>,
    #[serde(default)]
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) modality: Option<String>,
    #[serde(default)]
    pub(crate) statement: Option<String>,
    #[serde(default)]
    confidence: Value,
}

impl Event {
    /// Its identifier in the record.
    pub(crate) fn id(&self) -> Option<String> {
        self.id.as_str().map(str::to_owned)
    }

    /// How sure the record is of it.
    pub(crate) fn confidence(&self) -> Option<f64> {
        self.confidence.as_f64()
    }
}

/// A party: an identifier or a name, alone or in an object.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Ref {
    Id(String),
    Object {
        #[serde(default)]
        entity: Option<String>,
    },
}

impl Ref {
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Object { entity } => entity.as_deref(),
        }
    }
}

/// A thing that takes part; only what has a span can be compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Object {
    Spanned { span: Span },
    Other(serde::de::IgnoredAny),
}

impl Object {
    pub(crate) fn span(&self) -> Option<Span> {
        match self {
            Self::Spanned { span } => Some(*span),
            Self::Other(_) => None,
        }
    }
}

/// A list, where `null` has nothing in it.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

impl Found {
    /// Reads a record from its JSON.
    ///
    /// # Errors
    /// Where it is no JSON, or not in the form of a record: the error names line and column.
    pub fn parse(json: &str) -> Result<Self, Error> {
        serde_json::from_str(json).map_err(Error::Record)
    }

    /// Takes a record from its JSON, parsed.
    ///
    /// # Errors
    /// Where it is not in the form of a record.
    pub fn from_value(json: Value) -> Result<Self, Error> {
        serde_json::from_value(json).map_err(Error::Record)
    }

    /// The name of its report, where the record tells one beside its fields.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where its report was read from.
    pub fn uri(&self) -> Option<&str> {
        self.document.uri.as_deref()
    }

    /// The text that its spans point into, where it has one.
    pub(crate) fn text(&self) -> Option<&str> {
        self.document
            .text
            .as_deref()
            .filter(|text| !text.is_empty())
    }

    /// Its statements; of those with the same identifier the last, in the place of the first.
    pub(crate) fn distinct_statements(&self) -> Vec<&Statement> {
        let mut distinct: Vec<&Statement> = Vec::new();
        for statement in &self.statements {
            match distinct.iter_mut().find(|other| other.id == statement.id) {
                Some(other) => *other = statement,
                None => distinct.push(statement),
            }
        }
        distinct
    }
}

impl From<&Record> for Found {
    fn from(record: &Record) -> Self {
        serde_json::to_value(record)
            .and_then(serde_json::from_value)
            .expect("a record has all that is compared, and more")
    }
}
