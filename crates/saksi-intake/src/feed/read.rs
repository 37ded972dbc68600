//! From bytes to a feed.

use super::{Feed, LONGEST, json, xml};
use crate::{Error, page};

/// Reads a feed; `charset` is what its site says of its encoding.
///
/// # Errors
/// Where the bytes are no feed at all. A feed that is broken is read up to there.
///
/// ```
/// let feed = saksi_intake::feed::read(b"<rss><channel><item><title>Menteri tiba</title></item></channel></rss>", None)?;
/// assert_eq!(feed.entries[0].title.as_deref(), Some("Menteri tiba"));
/// # Ok::<(), saksi_intake::Error>(())
/// ```
pub fn read(bytes: &[u8], charset: Option<&str>) -> Result<Feed, Error> {
    if bytes.len() > LONGEST {
        return Err(Error::TooLong(LONGEST));
    }
    let text = page::decoded(bytes, charset);
    match text.trim_start().chars().next() {
        Some('{') => json::read(&text),
        _ => xml::read(&text),
    }
}
