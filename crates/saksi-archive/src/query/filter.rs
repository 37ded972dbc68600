//! Filters: what must hold of a report, or of one event in it.

use std::fmt;
use std::str::FromStr;

use saksi_record::{EventType, Modality, Stance};
use serde::de::DeserializeOwned;

use crate::dates::{Days, days};
use crate::rows::name_of;

/// What a filter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// What with or to what.
    Object,
    /// Where.
    Place,
    /// According to whom.
    Source,
    /// Who or what is named in the report.
    Entity,
    /// The country of a party or the place.
    Country,
    /// The type of event.
    Type,
    /// Its mode.
    Mode,
    /// How real it is.
    Modality,
    /// The stance of the statement that tells it.
    Stance,
    /// When it happens.
    Date,
    /// When the report was published.
    Published,
    /// In what language.
    Lang,
    /// By whom it was published.
    Outlet,
}

impl Field {
    /// All of them, with their names in a query.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Actor, "actor"),
        (Self::Recipient, "recipient"),
        (Self::Object, "object"),
        (Self::Place, "place"),
        (Self::Source, "source"),
        (Self::Entity, "entity"),
        (Self::Country, "country"),
        (Self::Type, "type"),
        (Self::Mode, "mode"),
        (Self::Modality, "modality"),
        (Self::Stance, "stance"),
        (Self::Date, "date"),
        (Self::Published, "published"),
        (Self::Lang, "lang"),
        (Self::Outlet, "outlet"),
    ];

    /// Whether it is about the report and not about an event or a statement of it.
    pub(crate) fn is_of_report(self) -> bool {
        matches!(
            self,
            Self::Entity | Self::Published | Self::Lang | Self::Outlet
        )
    }

    /// Whether it is about an event and can't hold of a statement that tells of none.
    pub(crate) fn is_of_event(self) -> bool {
        !self.is_of_report() && !matches!(self, Self::Source | Self::Stance)
    }

    /// The names of all fields, for messages.
    pub(crate) fn names() -> String {
        Self::ALL.map(|(_, name)| format!("`{name}:`")).join(", ")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL
            .iter()
            .find(|(field, _)| field == self)
            .map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        (Self::ALL.iter())
            .find(|(_, name)| text.eq_ignore_ascii_case(name))
            .map(|(field, _)| *field)
            .ok_or(())
    }
}

/// A condition: at least one of the values holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// What it is about.
    pub field: Field,
    /// The values.
    pub value: Value,
}

/// The values of a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of somebody or something.
    Names(Vec<Name>),
    /// Codes, as the record has them.
    Codes(Vec<String>),
    /// A stretch of days.
    Days(Days),
}

/// By what somebody is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Words of the name, next to each other; whether the last is only how a word begins.
    Words(String, bool),
    /// An identifier elsewhere (`Q56226`).
    Link(String),
    /// A country, ISO 3166-1 alpha-3.
    Country(String),
}

impl Filter {
    /// Of values as typed: parted by commas, but for dates.
    ///
    /// # Errors
    /// Where a value is none of the field's: what is wrong and what to do.
    pub fn new(field: Field, text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(format!("`{field}:` needs a value"));
        }
        let values = || {
            text.split(',')
                .map(str::trim)
                .filter(|value| !value.is_empty())
        };
        let codes = |read: &dyn Fn(&str) -> Result<String, String>| -> Result<Value, String> {
            Ok(Value::Codes(values().map(read).collect::<Result<_, _>>()?))
        };
        let value = match field {
            Field::Actor
            | Field::Recipient
            | Field::Object
            | Field::Place
            | Field::Source
            | Field::Entity => Value::Names(values().map(name).collect::<Result<_, _>>()?),
            Field::Country => codes(&|value| {
                is_country(&value.to_uppercase()).then(|| value.to_uppercase()).ok_or_else(|| {
                    format!("`{value}` is no code of a country; give three letters (ISO 3166-1 alpha-3), as in `country:IDN`")
                })
            })?,
            Field::Type => codes(&|value| {
                known::<EventType>(
                    &value.to_uppercase(),
                    "type of event",
                    "the coding guide lists them",
                )
            })?,
            Field::Modality => codes(&|value| {
                known::<Modality>(
                    &value.to_lowercase(),
                    "modality",
                    "take `actual`, `historical`, `future`, `hypothetical` or `negated`",
                )
            })?,
            Field::Stance => codes(&|value| {
                known::<Stance>(
                    &value.to_lowercase(),
                    "stance",
                    "take `assert`, `deny`, `allege`, `estimate`, `predict`, `intend` or `ask`",
                )
            })?,
            Field::Lang => codes(&|value| Ok(value.to_lowercase()))?,
            Field::Mode | Field::Outlet => codes(&|value| Ok(value.to_owned()))?,
            Field::Date | Field::Published => Value::Days(stretch(text)?),
        };
        if matches!(&value, Value::Codes(codes) if codes.is_empty())
            || matches!(&value, Value::Names(names) if names.is_empty())
        {
            return Err(format!("`{field}:` needs a value"));
        }
        Ok(Self { field, value })
    }
}

fn name(text: &str) -> Result<Name, String> {
    let number = text.strip_prefix('Q').unwrap_or_default();
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Name::Link(text.to_owned()));
    }
    if is_country(text) {
        return Ok(Name::Country(text.to_owned()));
    }
    let words = text.trim_end_matches('*');
    if !words.contains(char::is_alphanumeric) {
        return Err(format!("`{text}` has no letter to look for"));
    }
    Ok(Name::Words(words.to_owned(), words.len() < text.len()))
}

fn is_country(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `text`, if it is one of the values of `T`.
fn known<T: DeserializeOwned + serde::Serialize>(
    text: &str,
    what: &str,
    advice: &str,
) -> Result<String, String> {
    match serde_json::from_value::<T>(serde_json::Value::from(text)) {
        Ok(value) => Ok(name_of(&value)),
        Err(_) => Err(format!("`{text}` is no {what}; {advice}")),
    }
}

/// `2023-08-14`, `2023-08`, `2023-08..2023-09`, `2023..`, `..2023-08`.
fn stretch(text: &str) -> Result<Days, String> {
    let edtf = match text.split_once("..") {
        None => text.to_owned(),
        Some((from, to)) => format!("{}/{}", from.trim(), to.trim()),
    };
    days(&edtf).ok_or_else(|| format!("`{text}` is no date; write a day, a month, a year or a stretch of them, as in `2023-08-14` or `2023-08..2023-09`"))
}
