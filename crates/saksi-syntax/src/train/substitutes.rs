//! Verbs that a treebank lacks: sentences once more, with another verb in the place of one of the same form and frame.
//!
//! A treebank of blogs and essays has *deny* twenty times and *stockpile* never; a parser trained on it takes "denies" for a noun. What a verb
//! governs tells its place in a tree, so a known tree with the verb put in teaches the word ("data augmentation by substitution").

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Random;
use crate::conllu::{Row, Sentence};

/// The longest sentence that is taken once more, in words.
const LONGEST: usize = 35;

/// Verbs by what they govern, and how they inflect. Forms are English: `-s`, `-ed`, `-ing`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitutes {
    /// Verbs with a clause: "deny", "allege".
    pub clause: Vec<Box<str>>,
    /// Verbs with an object: "seize", "deploy".
    pub object: Vec<Box<str>>,
    /// Those whose last consonant is doubled: "rebut".
    pub doubled: Vec<Box<str>>,
    /// Third person, past, participle and `-ing` form of those that are irregular.
    pub irregular: FxHashMap<Box<str>, [Box<str>; 4]>,
}

/// What a verb governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Clause,
    Object,
}

/// The forms of a verb, by the tags of the Penn Treebank.
const FORMS: [&str; 6] = ["VB", "VBP", "VBZ", "VBD", "VBN", "VBG"];

impl Substitutes {
    /// Sentences with a substituted verb: for each verb and each of its forms as many as `copies`, if there are such places.
    pub fn sentences(&self, treebank: &[Sentence], copies: usize, seed: u64) -> Vec<Sentence> {
        let mut random = Random::new(seed);
        let mut made = Vec::new();
        for (frame, lemmas) in [(Frame::Clause, &self.clause), (Frame::Object, &self.object)] {
            for tag in FORMS {
                let places = places(treebank, frame, tag);
                if places.is_empty() {
                    continue;
                }
                for lemma in lemmas {
                    let form = self.form(lemma, tag);
                    for _ in 0..copies {
                        let (sentence, word) = places[random.below(places.len())];
                        made.push(with_verb(&treebank[sentence], word, lemma, &form));
                    }
                }
            }
        }
        made
    }

    /// The form of `lemma` that `tag` asks for.
    fn form(&self, lemma: &str, tag: &str) -> Box<str> {
        let irregular = |at: usize| self.irregular.get(lemma).map(|forms| forms[at].clone());
        let stem = if self.doubled.iter().any(|doubled| **doubled == *lemma) {
            let last = lemma.chars().next_back().into_iter();
            lemma.chars().chain(last).collect()
        } else {
            lemma.to_owned()
        };
        let after_consonant = |rest: &str| !rest.ends_with(['a', 'e', 'i', 'o', 'u']);
        let y = lemma.strip_suffix('y').filter(|rest| after_consonant(rest));
        let regular: String = match tag {
            "VBZ" => match y {
                Some(rest) => format!("{rest}ies"),
                None if lemma.ends_with(['s', 'x', 'z', 'o'])
                    || lemma.ends_with("ch")
                    || lemma.ends_with("sh") =>
                {
                    format!("{lemma}es")
                }
                None => format!("{lemma}s"),
            },
            "VBD" | "VBN" => match (y, lemma.strip_suffix('e')) {
                (Some(rest), _) => format!("{rest}ied"),
                (None, Some(rest)) => format!("{rest}ed"),
                (None, None) => format!("{stem}ed"),
            },
            "VBG" => match lemma.strip_suffix('e') {
                Some(rest) if !rest.ends_with(['e', 'o', 'y']) => format!("{rest}ing"),
                _ => format!("{stem}ing"),
            },
            _ => return lemma.into(),
        };
        let place = ["VBZ", "VBD", "VBN", "VBG"]
            .iter()
            .position(|&other| other == tag);
        place.and_then(irregular).unwrap_or_else(|| regular.into())
    }
}

/// Where another verb fits: sentence and word.
fn places(treebank: &[Sentence], frame: Frame, tag: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (index, sentence) in treebank.iter().enumerate() {
        if sentence.words.len() > LONGEST {
            continue;
        }
        for (word, row) in sentence.words.iter().enumerate() {
            let apart = !(sentence.multiword.iter())
                .any(|token| (token.first..=token.last).contains(&row.id));
            if &*row.upos == "VERB" && &*row.xpos == tag && apart && fits(sentence, row, frame) {
                found.push((index, word));
            }
        }
    }
    found
}

/// Whether a verb governs what `frame` asks for, and nothing that belongs to the verb itself, such as a particle.
fn fits(sentence: &Sentence, verb: &Row, frame: Frame) -> bool {
    let children = || (sentence.words.iter()).filter(|row| row.head == Some(verb.id));
    let has = |relation: &str| children().any(|row| &*row.deprel == relation);
    let own = ["compound:prt", "iobj", "expl", "xcomp", "csubj"];
    if own.iter().any(|relation| has(relation)) {
        return false;
    }
    let after = |relation: &str| children().any(|row| &*row.deprel == relation && row.id > verb.id);
    match frame {
        Frame::Clause => after("ccomp") && !has("obj"),
        Frame::Object => {
            !has("ccomp") && (after("obj") || &*verb.xpos == "VBN" && has("nsubj:pass"))
        }
    }
}

/// The sentence with another verb at `word`.
fn with_verb(sentence: &Sentence, word: usize, lemma: &str, form: &str) -> Sentence {
    let mut sentence = sentence.clone();
    sentence.comments.clear();
    let row = &mut sentence.words[word];
    let mut letters = form.chars();
    row.form = match letters.next() {
        Some(first) if row.form.starts_with(char::is_uppercase) => first
            .to_uppercase()
            .chain(letters)
            .collect::<String>()
            .into(),
        _ => form.into(),
    };
    row.lemma = lemma.into();
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    fn verbs() -> Substitutes {
        Substitutes {
            clause: vec!["deny".into()],
            object: vec!["seize".into()],
            doubled: vec!["rebut".into()],
            irregular: FxHashMap::from_iter([(
                "withdraw".into(),
                ["withdraws", "withdrew", "withdrawn", "withdrawing"].map(Into::into),
            )]),
        }
    }

    #[test]
    fn forms_are_inflected() {
        let verbs = verbs();
        let forms = |lemma: &str| {
            FORMS
                .map(|tag| verbs.form(lemma, tag).into_string())
                .join(" ")
        };
        assert_eq!(forms("deny"), "deny deny denies denied denied denying");
        assert_eq!(forms("seize"), "seize seize seizes seized seized seizing");
        assert_eq!(
            forms("rebut"),
            "rebut rebut rebuts rebutted rebutted rebutting"
        );
        assert_eq!(
            forms("deploy"),
            "deploy deploy deploys deployed deployed deploying"
        );
        assert_eq!(forms("free"), "free free frees freed freed freeing");
        assert_eq!(
            forms("quash"),
            "quash quash quashes quashed quashed quashing"
        );
        assert_eq!(
            forms("withdraw"),
            "withdraw withdraw withdraws withdrew withdrawn withdrawing"
        );
    }

    #[test]
    fn a_verb_goes_where_its_frame_is() {
        let file = "\
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
3\twe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
4\tsold\tsell\tVERB\tVBD\t_\t2\tccomp\t_\t_
5\tships\tship\tNOUN\tNNS\t_\t4\tobj\t_\t_

1\tGave\tgive\tVERB\tVBD\t_\t0\troot\t_\t_
2\tit\tit\tPRON\tPRP\t_\t1\tobj\t_\t_
3\tup\tup\tADP\tRP\t_\t1\tcompound:prt\t_\t_

";
        let treebank = conllu::read(file).unwrap();
        let made = verbs().sentences(&treebank, 1, 1);
        let texts: Vec<String> = (made.iter())
            .map(|sentence| {
                let forms = sentence.words.iter().map(|row| &*row.form);
                forms.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(
            texts,
            ["They denied we sold ships", "They said we seized ships"]
        );
        assert_eq!(&*made[0].words[1].lemma, "deny");
    }
}
