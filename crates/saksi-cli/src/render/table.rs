//! Tables of plain columns: the first ones to the left, the others, which are numbers, to the right.

use anstyle::Style;
use unicode_width::UnicodeWidthStr as _;

use crate::render::Look;
use crate::render::wrap::Styled;

/// Rows of cells.
pub(crate) struct Table {
    /// How many columns at the left hold words.
    words: usize,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// What stands between two columns.
const GAP: &str = "  ";

impl Table {
    /// A table without rows.
    pub(crate) fn new(words: usize, head: &[&str]) -> Self {
        Self {
            words,
            head: head.iter().map(|&cell| cell.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table; a column in which all is empty is left out. What is longer in the last cell than fits is broken.
    pub(crate) fn write(&self, out: &mut String, look: Look) {
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| {
                let filled = (self.rows.iter())
                    .any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
                let cells = all().filter_map(|row| row.get(column));
                if filled {
                    cells.map(|cell| cell.width()).max().unwrap_or(0)
                } else {
                    0
                }
            })
            .collect();
        for (index, row) in all().enumerate() {
            let style = if index == 0 {
                Style::new().dimmed()
            } else {
                Style::new()
            };
            let (mut line, mut last) = (String::new(), "");
            for (column, cell) in row.iter().enumerate().filter(|(c, _)| widths[*c] > 0) {
                if column >= self.words && self.is_words(column) {
                    last = cell;
                    continue;
                }
                let pad = " ".repeat(widths[column].saturating_sub(cell.width()));
                if self.is_words(column) {
                    line.extend([cell, pad.as_str(), GAP]);
                } else {
                    line.extend([pad.as_str(), cell, GAP]);
                }
            }
            let start = line.width();
            if last.is_empty() {
                line.truncate(line.trim_end().len());
            }
            // Figures are no text to be broken.
            let mut figures = String::new();
            Styled::new(&line, style).write(&mut figures, 0, usize::MAX, look.styled);
            out.push_str(figures.trim_end_matches('\n'));
            Styled::new(last, style).write(out, start, look.width, look.styled);
        }
    }

    /// Whether a column holds words: the first ones, and what comes after all numbers under a head of words.
    fn is_words(&self, column: usize) -> bool {
        column < self.words
            || (column + 1 == self.head.len() && self.head[column].contains(char::is_whitespace))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_empty_ones_left_out() {
        let mut table = Table::new(1, &["", "P", "change", "found as"]);
        for row in [["time", "1.000", "", "a"], ["statement", "0.5", "", ""]] {
            table.row(row.map(str::to_owned).into());
        }
        let look = Look {
            styled: false,
            width: 40,
            explain: false,
            named: false,
        };
        let mut out = String::new();
        table.write(&mut out, look);
        assert_eq!(
            out,
            "               P  found as\ntime       1.000  a\nstatement    0.5\n"
        );
    }
}
