//! Rows parted by tabs, as event data comes: no quotes, so that a field holds neither a tab nor the end of a line.

use std::borrow::Cow;

/// Writes a row; spaces stand for what would end a field.
pub(crate) fn row<'a>(into: &mut Vec<u8>, fields: impl IntoIterator<Item = Cow<'a, str>>) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            into.push(b'\t');
        }
        if field.contains(char::is_control) {
            into.extend_from_slice(field.replace(char::is_control, " ").as_bytes());
        } else {
            into.extend_from_slice(field.as_bytes());
        }
    }
    into.push(b'\n');
}

/// A text, or an empty field.
pub(crate) fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// A number, or an empty field.
pub(crate) fn number<T: ToString>(number: Option<T>) -> Cow<'static, str> {
    number
        .map(|number| number.to_string())
        .unwrap_or_default()
        .into()
}
