//! Constituency treebanks: reading them, and dependency trees that keep to their brackets.
//!
//! Parsers trained on dependency treebanks score the words of a bracketed sentence; within every constituent the best arborescence over
//! its children's heads is taken, so that only one word of a constituent hangs from outside. The attachments that a parser finds hardest (prepositional phrases,
//! coordination, clauses) thus come from the annotators, and labels and head choices follow the habits of the dependency treebank.

use crate::decode;
use crate::matrix::Matrix;

/// A sentence in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracketed {
    words: Vec<Box<str>>,
    top: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Word(usize),
    Phrase(Vec<Node>),
}

/// Why a file is no treebank in brackets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Brackets that do not match, or words outside of them.
    #[error("line {0}: the brackets do not match")]
    Unbalanced(usize),
}

/// Deepest nesting that is read.
const DEEPEST: usize = 500;

/// Reads a treebank of one bracketed sentence a line, `(S (NP (NNO rumah) ...) ...)`.
///
/// Reduplications that the treebank writes apart are joined ("anak - anak"), and its names of brackets are turned back into brackets.
///
/// # Errors
/// If a line's brackets do not match.
pub fn read(text: &str) -> Result<Vec<Bracketed>, Error> {
    let mut found = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        found.push(sentence(line).ok_or(Error::Unbalanced(number + 1))?);
    }
    Ok(found)
}

fn sentence(line: &str) -> Option<Bracketed> {
    let spaced = line.replace('(', " ( ").replace(')', " ) ");
    let mut open: Vec<Vec<Node>> = vec![Vec::new()];
    let mut words: Vec<Box<str>> = Vec::new();
    let mut after_bracket = false;
    for token in spaced.split_whitespace() {
        match token {
            "(" if open.len() < DEEPEST => open.push(Vec::new()),
            "(" => return None,
            ")" => {
                let nodes = open.pop()?;
                let node = match <[Node; 1]>::try_from(nodes) {
                    Ok([only]) => only,
                    Err(nodes) => Node::Phrase(nodes),
                };
                open.last_mut()?.push(node);
            }
            _ if after_bracket => {}
            word => {
                let word = match word {
                    "-LRB-" => "(",
                    "-RRB-" => ")",
                    word => word,
                };
                open.last_mut()?.push(Node::Word(words.len()));
                words.push(word.into());
            }
        }
        after_bracket = token == "(";
    }
    let top = open.pop().filter(|_| open.is_empty())?;
    let mut bracketed = Bracketed {
        words,
        top: Node::Phrase(top),
    };
    bracketed.join_reduplications();
    (!bracketed.words.is_empty()).then_some(bracketed)
}

impl Bracketed {
    /// A sentence of which no constituent is known: any tree keeps to it.
    pub fn plain(words: impl IntoIterator<Item = Box<str>>) -> Self {
        let words: Vec<Box<str>> = words.into_iter().collect();
        let top = Node::Phrase((0..words.len()).map(Node::Word).collect());
        Self { words, top }
    }

    /// The words of the sentence.
    pub fn words(&self) -> &[Box<str>] {
        &self.words
    }

    /// The heads (as columns: 0 for the root) of the likeliest tree that keeps to the brackets, from logarithms of likelihood.
    pub(crate) fn heads(&self, likely: &Matrix) -> Vec<usize> {
        let mut heads = vec![0; self.words.len()];
        if let Some(top) = attach(&self.top, likely, true, &mut heads) {
            heads[top] = 0;
        }
        heads
    }

    /// "anak", "-", "anak" becomes "anak-anak", "bahu", "-", "membahu" "bahu-membahu".
    fn join_reduplications(&mut self) {
        let mut kept: Vec<Box<str>> = Vec::new();
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            places.push(Some(kept.len()));
            match self.words.get(at + 1..at + 3) {
                Some([hyphen, second]) if &**hyphen == "-" && doubles(&self.words[at], second) => {
                    kept.push(format!("{}-{second}", self.words[at]).into());
                    places.extend([None, None]);
                    at += 3;
                }
                _ => {
                    kept.push(self.words[at].clone());
                    at += 1;
                }
            }
        }
        renumber(&mut self.top, &places);
        self.words = kept;
    }
}

/// Whether two words are a reduplication: one ends with the other.
fn doubles(first: &str, second: &str) -> bool {
    let (first, second) = (first.to_lowercase(), second.to_lowercase());
    let long = |word: &str| word.chars().count() >= 2 && word.chars().all(char::is_alphabetic);
    long(&first)
        && long(&second)
        && (first.ends_with(&second) || second.ends_with(&first) || second.starts_with(&first))
}

fn renumber(node: &mut Node, places: &[Option<usize>]) -> bool {
    match node {
        Node::Word(word) => match places[*word] {
            Some(place) => {
                *word = place;
                true
            }
            None => false,
        },
        Node::Phrase(children) => {
            children.retain_mut(|child| renumber(child, places));
            !children.is_empty()
        }
    }
}

/// Attaches the words of a constituent to one another and returns the one that hangs from outside; of the `whole` sentence, from the root.
fn attach(node: &Node, likely: &Matrix, whole: bool, heads: &mut [usize]) -> Option<usize> {
    let children = match node {
        Node::Word(word) => return Some(*word),
        Node::Phrase(children) => children,
    };
    let tops: Vec<usize> = children
        .iter()
        .filter_map(|child| attach(child, likely, false, heads))
        .collect();
    let (&first, &last) = (tops.first()?, tops.last()?);
    if tops.len() == 1 {
        return Some(first);
    }
    let (start, end) = span(node).unwrap_or((first, last));
    let mut scores = Matrix::zeros(tops.len(), tops.len() + 1);
    for (index, &word) in tops.iter().enumerate() {
        let row = likely.row(word);
        let external = row
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(column, _)| !(start..=end).contains(&(column - 1)));
        let best_outside = external
            .map(|(_, &score)| score)
            .fold(f32::NEG_INFINITY, f32::max);
        let out = scores.row_mut(index);
        out[0] = if whole {
            row[0]
        } else {
            row[0].max(best_outside)
        };
        for (other, &head) in tops.iter().enumerate() {
            out[other + 1] = if other == index {
                f32::NEG_INFINITY
            } else {
                row[head + 1]
            };
        }
    }
    let mut root = first;
    for (index, column) in decode::tree(&scores).into_iter().enumerate() {
        match column.checked_sub(1) {
            Some(head) => heads[tops[index]] = tops[head] + 1,
            None => root = tops[index],
        }
    }
    Some(root)
}

/// First and last word of a constituent.
fn span(node: &Node) -> Option<(usize, usize)> {
    match node {
        Node::Word(word) => Some((*word, *word)),
        Node::Phrase(children) => {
            let spans = children.iter().filter_map(span);
            spans.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_read_and_reduplications_joined() {
        let found =
            read("(S (NP (NNO anak) (PUN -) (NNO anak)) (VP (VBI datang)) (PUN -LRB-))").unwrap();
        let words: Vec<&str> = found[0].words.iter().map(|word| &**word).collect();
        assert_eq!(words, ["anak-anak", "datang", "("]);
        assert_eq!(
            found[0].top,
            Node::Phrase(vec![Node::Phrase(vec![
                Node::Phrase(vec![Node::Word(0)]),
                Node::Word(1),
                Node::Word(2)
            ])])
        );
    }

    #[test]
    fn without_brackets_the_likeliest_tree_is_taken() {
        let sentence = Bracketed::plain(["a", "b", "c"].map(Into::into));
        let mut likely = Matrix::zeros(3, 4);
        for (word, head) in [(0, 2), (1, 0), (2, 1)] {
            likely.row_mut(word)[head] = 1.0;
        }
        assert_eq!(sentence.heads(&likely), [2, 0, 1]);
    }

    #[test]
    fn brackets_that_do_not_match_are_refused_with_their_line() {
        assert_eq!(read("(S (A b))\n(S (A b)"), Err(Error::Unbalanced(2)));
        assert_eq!(read("(S (A b)))"), Err(Error::Unbalanced(1)));
    }
}
