//! Fields of a JSON object, each known by its way from the root, so that what is wrong can be named.

use serde_json::{Map, Value};

use crate::Error;

/// An object and its way from the root: `events[3]`.
pub(crate) struct Fields<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The object `value`.
    pub(crate) fn of(value: &'a Value, path: String) -> Result<Self, Error> {
        match value {
            Value::Object(fields) => Ok(Self { path, fields }),
            _ => Err(Error::Gold {
                field: if path.is_empty() {
                    "the file".to_owned()
                } else {
                    path
                },
                what: "must be an object".to_owned(),
            }),
        }
    }

    /// The way from the root to a field of this object.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, name: &str, what: impl Into<String>) -> Error {
        Error::Gold {
            field: self.path(name),
            what: what.into(),
        }
    }

    /// The names of its fields that are none of `known`.
    pub(crate) fn unknown(&self, known: &[&str]) -> Vec<String> {
        (self.fields.keys())
            .filter(|name| !known.contains(&name.as_str()))
            .map(|name| self.path(name))
            .collect()
    }

    /// Whether the field is there, if only as `null`.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// A field that is neither absent nor `null`.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    fn missing(&self, name: &str) -> Error {
        self.error(name, "is missing")
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(self.error(name, "must be a text")),
        }
    }

    /// A text that must be there.
    pub(crate) fn needed_text(&self, name: &str) -> Result<String, Error> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    /// A text that is one of the values of an enumeration of records.
    pub(crate) fn one_of<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Option<String>, Error> {
        let text = self.text(name)?;
        if let Some(text) = &text {
            self.check::<T>(name, text)?;
        }
        Ok(text)
    }

    /// Such a text that must be there.
    pub(crate) fn needed_one_of<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<String, Error> {
        self.one_of::<T>(name)?.ok_or_else(|| self.missing(name))
    }

    /// Such texts.
    pub(crate) fn some_of<T: serde::de::DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Vec<String>, Error> {
        let texts = self.texts(name)?;
        for text in &texts {
            self.check::<T>(name, text)?;
        }
        Ok(texts)
    }

    fn check<T: serde::de::DeserializeOwned>(&self, name: &str, text: &str) -> Result<(), Error> {
        serde_json::from_value::<T>(Value::String(text.to_owned()))
            .map(drop)
            .map_err(|error| self.error(name, error.to_string()))
    }

    /// Yes or no; absent is no.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Error> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(self.error(name, "must be `true` or `false`")),
        }
    }

    /// Texts; absent is none.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Error> {
        (self.get(name)).map_or(Ok(Vec::new()), |value| {
            texts(value).ok_or_else(|| self.error(name, "must be a list of texts"))
        })
    }

    /// Texts that must be there.
    pub(crate) fn needed_texts(&self, name: &str) -> Result<Vec<String>, Error> {
        if self.get(name).is_none() {
            return Err(self.missing(name));
        }
        self.texts(name)
    }

    /// Parties: for each a list of the names that it may go by; absent is none.
    pub(crate) fn parties(&self, name: &str) -> Result<Vec<Vec<String>>, Error> {
        (self.get(name)).map_or(Ok(Vec::new()), |value| {
            parties(value).ok_or_else(|| {
                self.error(
                    name,
                    "must be a list of parties, each a list of names: [[\"Kim Jong Un\", \"Kim\"]]",
                )
            })
        })
    }

    /// Other readings of parties.
    pub(crate) fn readings(&self, name: &str) -> Result<Vec<Vec<Vec<String>>>, Error> {
        (self.get(name)).map_or(Ok(Vec::new()), |value| {
            (value.as_array())
                .and_then(|readings| readings.iter().map(parties).collect())
                .ok_or_else(|| {
                    self.error(
                        name,
                        "must be a list of readings, each a list of parties, each a list of names: [[[\"Kim\"]]]",
                    )
                })
        })
    }

    /// Objects, each with its way from the root; `None` where the field is absent.
    pub(crate) fn objects(&self, name: &str) -> Result<Option<Vec<Fields<'a>>>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let Value::Array(values) = value else {
            return Err(self.error(name, "must be a list"));
        };
        (values.iter().enumerate())
            .map(|(index, value)| Fields::of(value, format!("{}[{index}]", self.path(name))))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// An object.
    pub(crate) fn object(&self, name: &str) -> Result<Fields<'a>, Error> {
        let value = self.get(name).ok_or_else(|| self.missing(name))?;
        Fields::of(value, self.path(name))
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    (value.as_array()?.iter())
        .map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn parties(value: &Value) -> Option<Vec<Vec<String>>> {
    value.as_array()?.iter().map(texts).collect()
}
