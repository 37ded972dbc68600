//! The types of a record. Field by field they follow `DESIGN.md`, "The record".

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of [`Record::schema`] for this version of the format.
pub const SCHEMA: &str = "saksi-record/1";

/// A stretch of `document.text`: `[start, end)` in Unicode code points.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span(pub u32, pub u32);

impl Span {
    /// The first code point of the span.
    pub fn start(self) -> u32 {
        self.0
    }

    /// One past the last code point of the span.
    pub fn end(self) -> u32 {
        self.1
    }
}

/// What one report says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The format and its version: [`SCHEMA`].
    pub schema: String,
    /// The program and the packs that made the record.
    pub generator: Generator,
    /// The report itself.
    pub document: Document,
    /// The sentences, in order.
    pub sentences: Vec<Span>,
    /// Who and what the report names.
    pub entities: Vec<Entity>,
    /// Expressions of calendar time.
    pub times: Vec<Time>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// Who does what.
    pub events: Vec<Event>,
}

/// The program and the packs that made a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generator {
    /// The program's name.
    pub name: String,
    /// The program's version.
    pub version: String,
    /// Version of each pack that took part, by its name.
    pub packs: BTreeMap<String, String>,
}

/// The report: where it is from and its cleaned text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// `sha256:` and the hexadecimal digest of `text` in UTF-8.
    pub id: String,
    /// Where the report was read from.
    pub uri: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// Who wrote it, in the report's words.
    pub byline: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Where the date of publication was found.
    pub published_from: Option<PublishedFrom>,
    /// When the report was fetched, RFC 3339.
    pub retrieved: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: String,
    /// The cleaned text that every span points into.
    pub text: String,
}

/// Where a date of publication was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// Told by the user.
    Flag,
    /// Told by the file, the feed, or the page in what it tells machines.
    Metadata,
    /// Told by the address of the page (`/2023/08/14/`). Not `metadata`: an address is made when a page is begun, and may be days off.
    Url,
    /// Told by words on the page beside the report (the line under its headline). Not `metadata`: such words are found, not marked; nor
    /// `text`: no span of the report's text shows them.
    Page,
    /// Told in the report's own text.
    Text,
}

/// Someone or something that the report names, with all its mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Identifier within the record, `e1`, `e2`, ...
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The fullest name or description that the report gives.
    pub name: String,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// PLOVER sector code (`GOV`, `MIL`, ...).
    pub sector: Option<String>,
    /// What kind of its type it is, from the widest to the narrowest (`missile/ballistic`); absent where no pack tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Identifiers elsewhere, by scheme (`wikidata`, `geonames`).
    pub links: BTreeMap<String, String>,
    /// Where it is.
    pub geo: Option<Geo>,
    /// How sure `links` and `geo` are, 0 to 1; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_confidence: Option<f32>,
    /// Where the report speaks of it.
    pub mentions: Vec<Mention>,
}

/// A point on the globe (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Geo {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// The kinds of entity of the coding guide, section 2.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum EntityType {
    /// A human being, or people described ("officials").
    Person,
    /// A state or its government.
    State,
    /// An organisation: ministry, agency, company, alliance.
    Organization,
    /// A group without a formal organisation.
    Group,
    /// A factory, base, site.
    Facility,
    /// A weapon, vehicle or munition.
    Weapon,
    /// A place where something happens.
    Place,
    /// A named military exercise.
    Exercise,
    /// A treaty, resolution, report.
    Document,
}

/// One place where the report speaks of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// Its words.
    pub span: Span,
    /// By what kind of words.
    pub kind: MentionKind,
    /// Identifier of the entity in whose name the words stand: of "Boston" in "Boston Red Sox" the team's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// By what kind of words an entity is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A proper name.
    Name,
    /// A description ("the agency").
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// An expression of calendar time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Identifier within the record, `t1`, `t2`, ...
    pub id: String,
    /// Its words.
    pub span: Span,
    /// What kind of expression it is (TIMEX3).
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// Its value in EDTF (ISO 8601-2), `null` where it can't be resolved.
    pub edtf: Option<String>,
    /// The value in TIMEX3 (ISO-TimeML), which also has one for sets of weekdays (`XXXX-WXX-1`); absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timex3: Option<String>,
}

/// Kinds of time expression, after TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A calendar date of any precision.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

/// A statement: who says what, how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Identifier within the record, `s1`, `s2`, ...
    pub id: String,
    /// The entity that says it; `null` where the report does not tell.
    pub source: Option<String>,
    /// The words that name the source.
    pub source_span: Option<Span>,
    /// The word that tells of the saying.
    pub cue: Span,
    /// What is said; of what is interrupted, the longest part.
    pub content: Option<Span>,
    /// All parts of what is said, in order, where it is interrupted; absent where it is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Span>,
    /// In whose words.
    pub quotation: Quotation,
    /// With what stance.
    pub stance: Stance,
    /// When it was said: a time's identifier.
    pub time: Option<String>,
    /// The statement that this one is part of.
    pub parent: Option<String>,
    /// The entity that it is told; absent where the report does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// The words that name the recipient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_span: Option<Span>,
    /// Of a denial, the statement that it answers, where the report tells that one apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The rule that found it.
    pub rule: String,
    /// How sure the program is, 0 to 1.
    pub confidence: f64,
}

/// In whose words a statement is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    /// The source's own words.
    Direct,
    /// The report's words.
    Indirect,
    /// The report's words with quoted parts.
    Mixed,
}

/// The stance of a source to what it says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    Assert,
    /// Says that it is not so.
    Deny,
    /// Accuses someone of it.
    Allege,
    /// Believes, assesses, determines.
    Estimate,
    /// Says that it will be so.
    Predict,
    /// Says that it will do so itself.
    Intend,
    /// Calls for, demands, orders.
    Ask,
}

/// Something that an actor does, did, will, may or did not do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Identifier within the record, `v1`, `v2`, ...
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode, where the text gives one.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, where it follows.
    pub cameo: Option<String>,
    /// The shortest words that name the act.
    pub trigger: Span,
    /// Index of its sentence in [`Record::sentences`].
    pub sentence: u32,
    /// Who does it: entities.
    pub actors: Vec<String>,
    /// To whom: entities.
    pub recipients: Vec<String>,
    /// What with or to what.
    pub objects: Vec<Object>,
    /// By means of what.
    pub instrument: Option<Object>,
    /// Where: an entity.
    pub place: Option<String>,
    /// The time expression that governs it.
    pub time: Option<String>,
    /// When, in EDTF, own or inherited.
    pub date: Option<String>,
    /// What `date` was taken from.
    pub date_from: Option<DateFrom>,
    /// How real it is.
    pub modality: Modality,
    /// The innermost statement that carries it.
    pub statement: Option<String>,
    /// The event of the same sentence that it is told inside: what is asked for, promised, threatened, refused, alleged or protested against
    /// in it, or what that one is done for.
    #[serde(default)]
    pub parent: Option<String>,
    /// Events with the same value are tellings of the same happening.
    pub happening: String,
    /// The rule that found it.
    pub rule: String,
    /// How sure the program is, 0 to 1.
    pub confidence: f64,
}

/// A thing that takes part in an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Its words.
    pub span: Span,
    /// Its entity, where it is one.
    pub entity: Option<String>,
    /// How many or how much.
    pub quantity: Option<Quantity>,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// What is counted or measured, in the report's words.
    pub unit: Option<String>,
    /// The words that tell it.
    pub span: Span,
}

/// What the date of an event was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DateFrom {
    /// Its own time expression.
    Expression,
    /// Another telling of the same happening.
    Happening,
    /// The running narrative.
    Narrative,
}

/// How real an event is, as told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Happened or happening.
    Actual,
    /// Background, well before the report's news.
    Historical,
    /// Planned, ordered, announced.
    Future,
    /// Possible, conditional, sought.
    Hypothetical,
    /// Did not or will not happen.
    Negated,
}

/// The types of event: PLOVER's sixteen, and six that it lacks (coding guide, section 5).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
#[expect(
    missing_docs,
    reason = "the names are PLOVER's own; the coding guide defines them"
)]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    Inspect,
    Order,
    Produce,
    Test,
    Transfer,
    Exercise,
}
