//! Characters: line ends, spaces, what can't be seen, what was broken on its way.
//!
//! In: decoded text. Out: text whose lines end in `\n`, with one space between words and none at the ends of lines, at most one
//! blank line between paragraphs, composed letters (NFC for pairs), and no invisible characters.

use unicode_normalization::char::compose;

use super::{Cleaned, Cut, CutKind, SourceMap};

/// HTML character references that copied pages keep.
const ENTITIES: [(&str, &str); 20] = [
    ("&nbsp;", " "),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&shy;", ""),
    ("&#8217;", "’"),
    ("&#8216;", "‘"),
    ("&#8220;", "“"),
    ("&#8221;", "”"),
];

/// UTF-8 that was read as windows-1252 and written as UTF-8 again.
const TWICE_ENCODED: [(&str, &str); 8] = [
    ("â€œ", "“"),
    ("â€\u{9d}", "”"),
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€¦", "…"),
    ("Â\u{a0}", " "),
];

/// Typesetters' ligatures.
const LIGATURES: [(&str, &str); 7] = [
    ("ﬀ", "ff"),
    ("ﬁ", "fi"),
    ("ﬂ", "fl"),
    ("ﬃ", "ffi"),
    ("ﬄ", "ffl"),
    ("ﬅ", "st"),
    ("ﬆ", "st"),
];

/// What a character is to the cleaner.
enum Kind {
    Visible,
    Space,
    LineEnd,
    Invisible,
}

fn kind_of(character: char, previous: Option<char>) -> Kind {
    match character {
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::LineEnd,
        // A joiner between signs that are no letters makes one picture of two ("family").
        '\u{200d}' if previous.is_some_and(|before| before > '\u{2190}') => Kind::Visible,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{180e}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => Kind::Invisible,
        _ if character.is_whitespace() => Kind::Space,
        _ if character.is_control() => Kind::Invisible,
        _ => Kind::Visible,
    }
}

/// The broken writing at the start of `rest` and what it stands for.
fn debris(rest: &str, first: char) -> Option<(usize, &'static str)> {
    let table: &[(&str, &'static str)] = match first {
        '&' => &ENTITIES,
        'â' | 'Â' => &TWICE_ENCODED,
        '\u{fb00}'..='\u{fb06}' => &LIGATURES,
        _ => return None,
    };
    table
        .iter()
        .find(|(written, _)| rest.starts_with(written))
        .map(|(written, meant)| (written.len(), *meant))
}

/// White space not yet written: it is known only after it how much of it stays.
#[derive(Default)]
struct Gap {
    start: usize,
    end: usize,
    line_ends: usize,
    open: bool,
}

struct Writer {
    text: String,
    map: SourceMap,
    cuts: Vec<Cut>,
    gap: Gap,
}

impl Writer {
    fn widen_gap(&mut self, start: usize, end: usize, line_end: bool) {
        if !self.gap.open {
            self.gap = Gap {
                start,
                end,
                line_ends: 0,
                open: true,
            };
        }
        self.gap.end = end;
        self.gap.line_ends += usize::from(line_end);
    }

    fn close_gap(&mut self) {
        if self.gap.open && !self.text.is_empty() {
            let written = match self.gap.line_ends {
                0 => " ",
                1 => "\n",
                _ => "\n\n",
            };
            self.text.push_str(written);
            self.map
                .push_replaced_or_kept(self.gap.start..self.gap.end, written.len());
        }
        self.gap.open = false;
    }

    fn cut(&mut self, start: usize, end: usize) {
        match self.cuts.last_mut() {
            Some(last) if last.source.end == start => last.source.end = end,
            _ => self.cuts.push(Cut {
                source: start..end,
                kind: CutKind::Invisible,
            }),
        }
    }
}

/// The clean text of `source`, with map and cuts; no warnings.
pub(super) fn clean(source: &str) -> Cleaned {
    let mut writer = Writer {
        text: String::with_capacity(source.len()),
        map: SourceMap::default(),
        cuts: Vec::new(),
        gap: Gap::default(),
    };
    let bytes = source.as_bytes();
    let mut at = 0;
    let mut previous = None;
    while let Some(character) = source.get(at..).and_then(|rest| rest.chars().next()) {
        let mut end = at + character.len_utf8();
        match kind_of(character, previous) {
            Kind::LineEnd => {
                if character == '\r' && bytes.get(end) == Some(&b'\n') {
                    end += 1;
                }
                writer.widen_gap(at, end, true);
            }
            Kind::Space => writer.widen_gap(at, end, false),
            Kind::Invisible => writer.cut(at, end),
            Kind::Visible => {
                let rest = source.get(at..).unwrap_or_default();
                if let Some((length, meant)) = debris(rest, character) {
                    end = at + length;
                    if meant == " " {
                        writer.widen_gap(at, end, false);
                    } else if meant.is_empty() {
                        writer.cut(at, end);
                    } else {
                        writer.close_gap();
                        writer.text.push_str(meant);
                        writer.map.push_replaced(at..end, meant.len());
                    }
                } else {
                    writer.close_gap();
                    let mut letter = character;
                    // Letters of the ASCII range followed by one of them never compose.
                    while bytes.get(end).is_some_and(|next| *next >= 0xCC) {
                        let Some(mark) = source.get(end..).and_then(|rest| rest.chars().next())
                        else {
                            break;
                        };
                        let Some(composed) = compose(letter, mark) else {
                            break;
                        };
                        letter = composed;
                        end += mark.len_utf8();
                    }
                    writer.text.push(letter);
                    if letter == character {
                        writer.map.push_verbatim(at, end - at);
                    } else {
                        writer.map.push_replaced(at..end, letter.len_utf8());
                    }
                }
            }
        }
        previous = Some(character);
        at = end;
    }
    Cleaned {
        text: writer.text,
        map: writer.map,
        cuts: writer.cuts,
        warnings: Vec::new(),
    }
}
