//! Text packed into few bytes.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// The first byte: what follows is the text itself.
const PLAIN: u8 = 0;
/// The first byte: what follows is deflated (RFC 1951).
const DEFLATED: u8 = 1;

/// The longest text that is unpacked: a damaged file must not fill the memory.
const LONGEST: u64 = 1 << 30;

/// `text`, packed where that makes it shorter.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    let mut out = vec![DEFLATED];
    let mut encoder = DeflateEncoder::new(&mut out, Compression::new(6));
    let done = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish().map(|_| ()));
    if done.is_err() || out.len() > text.len() {
        out.clear();
        out.push(PLAIN);
        out.extend_from_slice(text.as_bytes());
    }
    out
}

/// The text that was packed.
pub(crate) fn unpack(bytes: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    match bytes.split_first() {
        Some((&PLAIN, mut rest)) => {
            rest.read_to_string(&mut text)?;
        }
        Some((&DEFLATED, rest)) => {
            DeflateDecoder::new(rest)
                .take(LONGEST)
                .read_to_string(&mut text)?;
        }
        _ => {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "packed in no known way",
            ));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for text in ["", "a", &"Menteri datang. ".repeat(100)] {
            let packed = pack(text);
            assert!(packed.len() <= text.len() + 1);
            assert_eq!(unpack(&packed).unwrap(), text);
        }
        assert!(pack(&"Menteri datang. ".repeat(100)).len() < 100);
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        assert!(unpack(&[]).is_err());
        assert!(unpack(&[7, 1, 2]).is_err());
        assert!(unpack(&[DEFLATED, 0xff, 0xff]).is_err());
    }
}
