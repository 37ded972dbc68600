//! From bytes to text.
//!
//! In: the bytes of a report. Out: [`Decoded`]: its text, the encoding it was read in, and warnings. Order: byte-order
//! mark, UTF-16 without one, UTF-8, a guess. Never fails, never reads more than once or twice over the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Warning;

/// The longest text that is read: offsets are 32 bits, and decoding can make three bytes of one.
const LONGEST: usize = 1 << 30;

/// How much of the source the encoding is guessed from.
const GUESSED_FROM: usize = 1 << 20;

/// A report's text as its bytes say it.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text, without byte-order mark.
    pub text: String,
    /// The encoding's WHATWG name ("UTF-8", "windows-1252").
    pub encoding: &'static str,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Reads bytes as text.
pub fn decode(bytes: &[u8]) -> Decoded {
    let mut warnings = Vec::new();
    let kept = bytes.get(..LONGEST).unwrap_or(bytes);
    if kept.len() < bytes.len() {
        warnings.push(Warning::Cut {
            left_out: bytes.len() - kept.len(),
        });
    }
    let (encoding, mark) = encoding_of(kept, &mut warnings);
    let body = kept.get(mark..).unwrap_or_default();
    let text = if encoding == UTF_8 {
        utf8(body, mark, &mut warnings)
    } else {
        foreign(body, encoding, mark, &mut warnings)
    };
    if let Some(warning) = not_text(&text) {
        warnings.push(warning);
    }
    Decoded {
        text,
        encoding: encoding.name(),
        warnings,
    }
}

/// The encoding of the bytes and the length of their byte-order mark.
fn encoding_of(bytes: &[u8], warnings: &mut Vec<Warning>) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding, 0);
    }
    let sample = bytes.get(..GUESSED_FROM).unwrap_or(bytes);
    if mostly_utf8(sample) {
        return (UTF_8, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess != UTF_8 {
        warnings.push(Warning::GuessedEncoding(guess.name()));
    }
    (guess, 0)
}

/// UTF-16 without a mark: text in a European script has a zero byte in every second place and hardly any in the others.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 2 || sample.len() != bytes.len() && pairs < 2048 {
        return None;
    }
    let zeros = |offset: usize| {
        sample
            .chunks_exact(2)
            .filter(|pair| pair.get(offset) == Some(&0))
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    if second * 10 >= pairs * 7 && first * 20 <= pairs {
        Some(UTF_16LE)
    } else if first * 10 >= pairs * 7 && second * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8 but for a few broken places: one bad byte in a long page does not make the page Latin-1.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad * 4
}

fn utf8(bytes: &[u8], mark: usize, warnings: &mut Vec<Warning>) -> String {
    let mut text = String::with_capacity(bytes.len());
    let (mut count, mut first, mut read) = (0, 0, mark);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        read += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            if count == 0 {
                first = read;
            }
            count += 1;
            read += chunk.invalid().len();
        }
    }
    if count > 0 {
        warnings.push(Warning::Undecodable {
            encoding: UTF_8.name(),
            count,
            first,
        });
    }
    text
}

fn foreign(
    bytes: &[u8],
    encoding: &'static Encoding,
    mark: usize,
    warnings: &mut Vec<Warning>,
) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8 + 16);
    let (mut read, mut count, mut first) = (0, 0, 0);
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += taken;
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {
                text.reserve(bytes.len().saturating_sub(read) / 2 + 1024);
            }
            encoding_rs::DecoderResult::Malformed(bad, after) => {
                if count == 0 {
                    first = mark + read - usize::from(bad) - usize::from(after);
                }
                count += 1;
                text.reserve(char::REPLACEMENT_CHARACTER.len_utf8());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if count > 0 {
        warnings.push(Warning::Undecodable {
            encoding: encoding.name(),
            count,
            first,
        });
    }
    text
}

/// A text has next to no control characters; one in fifty, or a lot of replacement characters, is no text.
fn not_text(text: &str) -> Option<Warning> {
    let (mut control, mut replaced, mut characters, mut first) = (0, 0, 0, None);
    for (at, character) in text.char_indices() {
        characters += 1;
        let odd = character.is_control() && !character.is_whitespace() && character != '\u{1b}';
        if odd {
            control += 1;
        } else if character == char::REPLACEMENT_CHARACTER {
            replaced += 1;
        } else {
            continue;
        }
        first.get_or_insert(at);
    }
    (control * 50 > characters || replaced * 5 > characters).then(|| Warning::NotText {
        control,
        first: first.unwrap_or_default(),
    })
}
