//! From the bytes of a page to its HTML.

use encoding_rs::Encoding;

/// How much of a page is looked into for the name of its encoding (the HTML standard has 1,024).
const LOOKED_AT: usize = 4096;

/// The HTML, in the encoding of its byte-order mark, else UTF-8 where it is that, else what its source or the page itself says, else a guess.
pub(crate) fn decode(bytes: &[u8], told: Option<&str>) -> String {
    if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
        let named = told.map(str::to_owned).or_else(|| named(start));
        let encoding = named.and_then(|name| Encoding::for_label(name.as_bytes()));
        if let Some(encoding) = encoding
            .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
        {
            return encoding.decode_without_bom_handling(bytes).0.into_owned();
        }
    }
    saksi_text::decode(bytes).text
}

/// The encoding that a page or an XML declaration names: `charset=...`, `encoding="..."`.
pub(crate) fn named(start: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, after) = start.split_once(key)?;
        let name: String = after
            .trim_start_matches(['"', '\'', ' '])
            .chars()
            .take_while(|sign| sign.is_ascii_alphanumeric() || "-_:.".contains(*sign))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_encoding() {
        let page = b"<meta charset='windows-1251'><p>\xCC\xE8\xED\xE8\xF1\xF2\xF0";
        assert!(decode(page, None).ends_with("Министр"));
        assert!(
            decode(b"<p>\xCC\xE8\xED\xE8\xF1\xF2\xF0", Some("windows-1251")).ends_with("Министр")
        );
    }

    #[test]
    fn what_is_utf_8_is_no_other() {
        let page = "<meta charset=iso-8859-1><p>é";
        assert_eq!(decode(page.as_bytes(), Some("latin1")), page);
    }
}
