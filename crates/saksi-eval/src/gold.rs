//! Gold: what a careful annotator says that a report says.
//!
//! In: JSON. Out: the items, each placed by its words in context. Items marked `optional` count neither for nor against; `type_also`,
//! `modality_also`, `trigger_also`, `actors_also` and `recipients_also` hold readings that are right as well.

use saksi_record::{EventType, Modality, Quotation, Stance};
use serde_json::Value;

use crate::Error;
use crate::context::Context;
use crate::fields::Fields;

/// What a report says, by an annotator.
///
/// ```
/// let error = saksi_eval::Gold::parse(
///     r#"{"document": {"file": "a.txt", "language": "en"}, "events": [{"type": "VISIT", "at": "[visited] Oslo"}]}"#,
/// );
/// assert!(error.unwrap_err().to_string().starts_with("`events[0].type`: unknown variant `VISIT`"));
/// ```
#[derive(Debug, Clone)]
pub struct Gold {
    /// The report.
    pub document: Document,
    /// What an annotator may not have meant: fields that are not known.
    pub unknown_fields: Vec<String>,
    /// `None` where times are not annotated.
    pub(crate) times: Option<Vec<Time>>,
    /// `None` where statements are not annotated.
    pub(crate) statements: Option<Vec<Statement>>,
    pub(crate) events: Vec<Event>,
    /// What must have been cut from the text.
    pub(crate) not_text: Vec<String>,
}

/// The report that gold is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file of its text, beside the gold file.
    pub file: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Its day of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Time {
    pub(crate) at: Context,
    pub(crate) edtf: Option<String>,
    pub(crate) optional: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) at: Context,
    /// Names that the source may go by.
    pub(crate) source: Vec<String>,
    pub(crate) stance: String,
    pub(crate) quotation: String,
    pub(crate) content: Option<Content>,
    pub(crate) parent_source: Option<Vec<String>>,
    pub(crate) optional: bool,
}

/// What is quoted.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// These words.
    Words(String),
    /// From these words to those.
    FromTo(Context, Context),
}

#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) at: Context,
    pub(crate) kind: String,
    pub(crate) kind_also: Vec<String>,
    pub(crate) trigger_also: Vec<String>,
    pub(crate) actors: Vec<Vec<String>>,
    pub(crate) actors_also: Vec<Vec<Vec<String>>>,
    pub(crate) recipients: Vec<Vec<String>>,
    pub(crate) recipients_also: Vec<Vec<Vec<String>>>,
    pub(crate) objects: Vec<String>,
    pub(crate) place: Option<String>,
    pub(crate) time: Option<String>,
    /// Only an optional event may lack it.
    pub(crate) modality: String,
    pub(crate) modality_also: Vec<String>,
    /// By whom it is told, the outermost first; `None` where several with different stances tell of it.
    pub(crate) sources: Option<Vec<Vec<String>>>,
    pub(crate) optional: bool,
}

const TIME: [&str; 3] = ["at", "edtf", "optional"];
const STATEMENT: [&str; 9] = [
    "at",
    "source",
    "stance",
    "quotation",
    "content",
    "content_from",
    "content_to",
    "parent_source",
    "optional",
];
const EVENT: [&str; 18] = [
    "at",
    "type",
    "type_also",
    "trigger_also",
    "actors",
    "actors_also",
    "recipients",
    "recipients_also",
    "objects",
    "place",
    "time",
    "modality",
    "modality_also",
    "sources",
    "stances",
    "happening",
    "optional",
    "id",
];
/// Fields of any item that are for people.
const NOTES: [&str; 3] = ["note", "notes", "comment"];

impl Gold {
    /// Reads gold from its JSON.
    ///
    /// # Errors
    /// Where it is no JSON, or a field is missing or wrong: the error names the field.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(json).map_err(Error::Json)?;
        let root = Fields::of(&value, String::new())?;
        let document = root.object("document")?;
        let mut unknown = Vec::new();
        let mut tell = |fields: &Fields<'_>, known: &[&str]| {
            let known: Vec<&str> = known.iter().chain(&NOTES).copied().collect();
            unknown.extend(fields.unknown(&known));
        };
        let times = (root.objects("times")?)
            .map(|all| {
                all.iter()
                    .map(|fields| {
                        tell(fields, &TIME);
                        time(fields)
                    })
                    .collect()
            })
            .transpose()?;
        let statements = (root.objects("statements")?)
            .map(|all| {
                all.iter()
                    .map(|fields| {
                        tell(fields, &STATEMENT);
                        statement(fields)
                    })
                    .collect()
            })
            .transpose()?;
        let events = (root.objects("events")?)
            .ok_or_else(|| root.error("events", "is missing; write `[]` where there are none"))?
            .iter()
            .map(|fields| {
                tell(fields, &EVENT);
                event(fields)
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            document: Document {
                file: document.needed_text("file")?,
                language: document.needed_text("language")?,
                published: document.text("published")?,
            },
            times,
            statements,
            events,
            not_text: root.texts("not_text")?,
            unknown_fields: unknown,
        })
    }
}

fn time(fields: &Fields<'_>) -> Result<Time, Error> {
    if !fields.has("edtf") {
        return Err(fields.error(
            "edtf",
            "is missing; write `null` where the words have no value",
        ));
    }
    Ok(Time {
        at: context(fields, "at")?,
        edtf: fields.text("edtf")?,
        optional: fields.flag("optional")?,
    })
}

fn statement(fields: &Fields<'_>) -> Result<Statement, Error> {
    let filled = |name: &str| {
        let text = fields.text(name)?;
        Ok::<_, Error>(text.filter(|text| !text.is_empty()))
    };
    let content = if filled("content_from")?.is_some() {
        Some(Content::FromTo(
            context(fields, "content_from")?,
            context(fields, "content_to")?,
        ))
    } else {
        filled("content")?.map(Content::Words)
    };
    Ok(Statement {
        at: context(fields, "at")?,
        source: fields.needed_texts("source")?,
        stance: fields.needed_one_of::<Stance>("stance")?,
        quotation: fields.needed_one_of::<Quotation>("quotation")?,
        content,
        parent_source: (fields.has("parent_source"))
            .then(|| fields.texts("parent_source"))
            .transpose()?,
        optional: fields.flag("optional")?,
    })
}

fn event(fields: &Fields<'_>) -> Result<Event, Error> {
    let optional = fields.flag("optional")?;
    let filled = |name: &str| {
        let text = fields.text(name)?;
        Ok::<_, Error>(text.filter(|text| !text.is_empty()))
    };
    Ok(Event {
        at: context(fields, "at")?,
        kind: fields.needed_one_of::<EventType>("type")?,
        kind_also: fields.some_of::<EventType>("type_also")?,
        trigger_also: fields.texts("trigger_also")?,
        actors: fields.parties("actors")?,
        actors_also: fields.readings("actors_also")?,
        recipients: fields.parties("recipients")?,
        recipients_also: fields.readings("recipients_also")?,
        objects: fields.texts("objects")?,
        place: filled("place")?,
        time: filled("time")?,
        modality: if optional {
            fields.one_of::<Modality>("modality")?.unwrap_or_default()
        } else {
            fields.needed_one_of::<Modality>("modality")?
        },
        modality_also: fields.some_of::<Modality>("modality_also")?,
        sources: (!fields.has("stances"))
            .then(|| fields.parties("sources"))
            .transpose()?,
        optional,
    })
}

fn context(fields: &Fields<'_>, name: &str) -> Result<Context, Error> {
    let written = fields.needed_text(name)?;
    Context::parse(&written).map_err(|what| fields.error(name, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(rest: &str) -> String {
        let json = format!(
            r#"{{"document": {{"file": "a.txt", "language": "id", "published": "2024-05-20"}}, {rest}}}"#
        );
        Gold::parse(&json).unwrap_err().to_string()
    }

    #[test]
    fn a_bad_field_is_named() {
        for (rest, expected) in [
            (r#""events": {}"#, "`events`: must be a list"),
            (
                r#""times": []"#,
                "`events`: is missing; write `[]` where there are none",
            ),
            (
                r#""events": [{"type": "INSPECT"}]"#,
                "`events[0].at`: is missing",
            ),
            (
                r#""events": [{"type": "INSPECT", "at": "[a]"}]"#,
                "`events[0].modality`: is missing",
            ),
            (
                r#""events": [{"type": "INSPECT", "at": "[a]", "modality": "actual", "actors": ["Kim"]}]"#,
                "`events[0].actors`: must be a list of parties, each a list of names: [[\"Kim Jong Un\", \"Kim\"]]",
            ),
            (
                r#""events": [], "times": [{"at": "[a]", "edtf": "2024"}, {"at": "a [b", "edtf": null}]"#,
                "`times[1].at`: the bracket of `a [b` is not closed",
            ),
            (
                r#""events": [], "statements": [{"at": "[a]", "source": "Kim", "stance": "assert", "quotation": "direct"}]"#,
                "`statements[0].source`: must be a list of texts",
            ),
            (r#""events": [4]"#, "`events[0]`: must be an object"),
            (
                r#""events": [], "not_text": 3"#,
                "`not_text`: must be a list of texts",
            ),
        ] {
            assert_eq!(error(rest), expected);
        }
        let wrong = error(
            r#""events": [], "statements": [{"at": "[a]", "source": ["Kim"], "stance": "say", "quotation": "direct"}]"#,
        );
        assert!(
            wrong.starts_with("`statements[0].stance`: unknown variant `say`, expected one of"),
            "{wrong}"
        );
        assert_eq!(
            Gold::parse("[]").unwrap_err().to_string(),
            "`the file`: must be an object"
        );
        assert_eq!(
            Gold::parse(r#"{"events": []}"#).unwrap_err().to_string(),
            "`document`: is missing"
        );
        let none = Gold::parse("{").unwrap_err().to_string();
        assert!(
            none.starts_with("this is no JSON: ") && none.contains("line 1"),
            "{none}"
        );
    }

    #[test]
    fn unknown_fields_are_told_and_notes_are_not() {
        let gold = Gold::parse(
            r#"{"document": {"file": "a.txt", "language": "id"},
                "events": [{"type": "INSPECT", "at": "[a]", "optional": true, "note": "!", "recipient": []}]}"#,
        )
        .unwrap();
        assert_eq!(gold.unknown_fields, ["events[0].recipient"]);
        assert_eq!(gold.document.published, None);
        assert!(gold.times.is_none());
    }
}
