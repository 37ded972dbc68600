//! The few claims of an item that matter here; all others are read over.

use std::borrow::Cow;
use std::fmt;

use saksi_record::Geo;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::item;
use crate::json::{Entries, Text, Texts};

/// The claims of an item.
#[derive(Debug, Default)]
pub(super) struct Claims<'a> {
    /// P31
    pub(super) instance_of: Vec<Claim<'a>>,
    /// P27
    pub(super) citizenship: Vec<Claim<'a>>,
    /// P17
    pub(super) country: Vec<Claim<'a>>,
    /// P625
    pub(super) coordinates: Vec<Claim<'a>>,
    /// P1566
    pub(super) geonames: Vec<Claim<'a>>,
    /// P1082
    pub(super) population: Vec<Claim<'a>>,
}

/// A claim.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    pub(super) value: Value<'a>,
    rank: Rank,
    /// Whether it was so until some day (P582).
    pub(super) ended: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Rank {
    Deprecated,
    #[default]
    Normal,
    Preferred,
}

/// What is claimed.
#[derive(Debug, Default)]
pub(super) enum Value<'a> {
    Item(u32),
    Text(Cow<'a, str>),
    Point(Geo),
    Number(f64),
    #[default]
    Other,
}

impl Claim<'_> {
    /// The number of the item that is claimed.
    pub(super) fn item(&self) -> Option<u32> {
        match self.value {
            Value::Item(number) => Some(number),
            _ => None,
        }
    }
}

/// Those of `claims` that are not deprecated; where some are preferred, those.
pub(super) fn best<'c, 'a>(claims: &'c [Claim<'a>]) -> impl Iterator<Item = &'c Claim<'a>> {
    let highest = claims.iter().map(|claim| claim.rank).max();
    let least = highest.unwrap_or_default().max(Rank::Normal);
    claims.iter().filter(move |claim| claim.rank >= least)
}

/// As a dump has it.
#[derive(Deserialize)]
struct Statement<'a> {
    #[serde(borrow)]
    mainsnak: Snak<'a>,
    #[serde(default)]
    rank: Rank,
    #[serde(borrow, default)]
    qualifiers: Entries<'a, IgnoredAny>,
}

#[derive(Deserialize)]
struct Snak<'a> {
    /// Absent where it is claimed that there is none, or that it is not known.
    #[serde(borrow, default)]
    datavalue: Option<DataValue<'a>>,
}

#[derive(Deserialize)]
struct DataValue<'a> {
    #[serde(borrow)]
    value: Value<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Claims<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ClaimsVisitor)
    }
}

struct ClaimsVisitor;

impl<'de> Visitor<'de> for ClaimsVisitor {
    type Value = Claims<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of claims")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut claims = Claims::default();
        while let Some(Text(property)) = map.next_key()? {
            let list = match &*property {
                "P31" => &mut claims.instance_of,
                "P27" => &mut claims.citizenship,
                "P17" => &mut claims.country,
                "P625" => &mut claims.coordinates,
                "P1566" => &mut claims.geonames,
                "P1082" => &mut claims.population,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let statements: Vec<Statement> = map.next_value()?;
            list.extend(statements.into_iter().map(|statement| Claim {
                value: (statement.mainsnak.datavalue).map_or(Value::Other, |value| value.value),
                rank: statement.rank,
                ended: statement.qualifiers.get("P582").is_some(),
            }));
        }
        Ok(claims)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Claims::default())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or an object")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(text.to_owned().into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut value = Value::Other;
        let (mut latitude, mut longitude) = (None, None);
        let mut elsewhere = false;
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "id" => {
                    let id = map.next_value::<Texts>()?;
                    value = (id.first().and_then(|id| item(id))).map_or(Value::Other, Value::Item);
                }
                "amount" => {
                    let amount = map.next_value::<Texts>()?;
                    let amount = amount.first().and_then(|text| text.parse::<f64>().ok());
                    value = (amount.filter(|amount| amount.is_finite()))
                        .map_or(Value::Other, Value::Number);
                }
                "latitude" => latitude = map.next_value::<Option<f64>>()?,
                "longitude" => longitude = map.next_value::<Option<f64>>()?,
                // Craters of the moon have coordinates, too.
                "globe" => {
                    let globe = map.next_value::<Texts>()?;
                    elsewhere = globe.first().is_some_and(|globe| !globe.ends_with("/Q2"));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let sound = |latitude: f64, longitude: f64| {
            !elsewhere && latitude.abs() <= 90.0 && longitude.abs() <= 180.0
        };
        if let (Some(latitude), Some(longitude)) = (latitude, longitude)
            && sound(latitude, longitude)
        {
            value = Value::Point(Geo {
                latitude,
                longitude,
            });
        }
        Ok(value)
    }
}
