//! The models that ship with the program; `models/` has a card beside each.

/// The bytes of the shipped model of a language (ISO 639-1 code), for [`crate::Model::from_bytes`].
pub fn shipped(language: &str) -> Option<&'static [u8]> {
    match language {
        "id" => Some(include_bytes!("../models/id.model")),
        "en" => Some(include_bytes!("../models/en.model")),
        _ => None,
    }
}
