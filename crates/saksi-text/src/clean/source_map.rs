//! Where each character of a cleaned text stands in its source.

use std::ops::Range;

use crate::Span;

/// A stretch of clean text and the stretch of the source it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    clean: u32,
    source: u32,
    source_end: u32,
    /// Whether the stretch is the source's, byte for byte; else it stands for the source stretch as a whole.
    verbatim: bool,
}

/// From byte offsets of a cleaned text to those of its source and back. Piecewise: its size is that of the changes, not of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
    clean_end: u32,
}

impl SourceMap {
    /// The map of a text that is its own source.
    pub fn identity(length: usize) -> Self {
        let mut map = Self::default();
        map.push_verbatim(0, length);
        map
    }

    /// Appends `length` bytes of clean text that are those at `source`.
    pub(super) fn push_verbatim(&mut self, source: usize, length: usize) {
        if length == 0 {
            return;
        }
        let source = source as u32;
        let end = source + length as u32;
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.source_end == source => last.source_end = end,
            _ => self.pieces.push(Piece {
                clean: self.clean_end,
                source,
                source_end: end,
                verbatim: true,
            }),
        }
        self.clean_end += length as u32;
    }

    /// Appends `length` bytes of clean text that stand for `source` as a whole.
    pub(super) fn push_replaced(&mut self, source: Range<usize>, length: usize) {
        self.pieces.push(Piece {
            clean: self.clean_end,
            source: source.start as u32,
            source_end: source.end as u32,
            verbatim: false,
        });
        self.clean_end += length as u32;
    }

    /// Appends white space: as it was where its length is that of the source, else as one piece.
    pub(super) fn push_replaced_or_kept(&mut self, source: Range<usize>, length: usize) {
        if source.len() == length {
            self.push_verbatim(source.start, length);
        } else {
            self.push_replaced(source, length);
        }
    }

    /// Appends the part `range` of another map's clean text.
    pub(super) fn push_part_of(&mut self, other: &Self, range: Range<usize>) {
        let (start, end) = (range.start as u32, range.end as u32);
        let first = other.index_of(start);
        for (index, piece) in other.pieces.iter().enumerate().skip(first) {
            if piece.clean >= end {
                break;
            }
            let from = piece.clean.max(start);
            let to = other.clean_end_of(index).min(end);
            if from >= to {
                continue;
            }
            if piece.verbatim {
                let source = piece.source + (from - piece.clean);
                self.push_verbatim(source as usize, (to - from) as usize);
            } else {
                self.push_replaced(
                    piece.source as usize..piece.source_end as usize,
                    (to - from) as usize,
                );
            }
        }
    }

    fn index_of(&self, clean: u32) -> usize {
        self.pieces
            .partition_point(|piece| piece.clean <= clean)
            .saturating_sub(1)
    }

    fn clean_end_of(&self, index: usize) -> u32 {
        self.pieces
            .get(index + 1)
            .map_or(self.clean_end, |next| next.clean)
    }

    /// The source byte of a byte of the clean text (of the start of what it stands for, where the character was changed);
    /// past the end, the end of what was kept.
    pub fn source_offset(&self, clean: usize) -> usize {
        let clean = u32::try_from(clean).unwrap_or(u32::MAX);
        let Some(piece) = self.pieces.get(self.index_of(clean)) else {
            return 0;
        };
        let offset = if clean >= self.clean_end {
            piece.source_end
        } else if piece.verbatim {
            piece.source + (clean - piece.clean)
        } else {
            piece.source
        };
        offset as usize
    }

    /// The stretch of the source that a span of the clean text was made from, with what was cut inside it.
    pub fn source_range(&self, span: Span) -> Range<usize> {
        let start = self.source_offset(span.start());
        if span.is_empty() {
            return start..start;
        }
        start..self.source_end(span.end())
    }

    /// The end in the source of what ends at `clean` in the clean text.
    pub(super) fn source_end(&self, clean: usize) -> usize {
        let Some(last) = u32::try_from(clean)
            .ok()
            .and_then(|clean| clean.checked_sub(1))
        else {
            return 0;
        };
        self.pieces.get(self.index_of(last)).map_or(0, |piece| {
            let end = if piece.verbatim {
                (piece.source + (last - piece.clean) + 1).min(piece.source_end)
            } else {
                piece.source_end
            };
            end as usize
        })
    }

    /// The byte of the clean text that a byte of the source went into; of what was cut, the byte after the cut.
    pub fn clean_offset(&self, source: usize) -> usize {
        let source = u32::try_from(source).unwrap_or(u32::MAX);
        let after = self.pieces.partition_point(|piece| piece.source <= source);
        let Some(index) = after.checked_sub(1) else {
            return 0;
        };
        let offset = match self.pieces.get(index) {
            Some(piece) if source >= piece.source_end => self.clean_end_of(index),
            Some(piece) if piece.verbatim => piece.clean + (source - piece.source),
            Some(piece) => piece.clean,
            None => 0,
        };
        offset as usize
    }
}
