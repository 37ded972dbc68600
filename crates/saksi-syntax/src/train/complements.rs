//! One habit that treebanks must share: what a verb of saying governs is its complement.
//!
//! Universal Dependencies calls the clause in "Ia mengatakan *bahwa* rapat ditunda" `ccomp`. A treebank that calls it `advcl`, as it does a clause
//! of time or purpose, hides what was said.

use crate::conllu::Sentence;

/// Renames to `ccomp` every `advcl` that follows the verb it hangs from and is opened by `complementiser`; says how many there were.
pub fn name_complements(sentences: &mut [Sentence], complementiser: &str) -> usize {
    let mut renamed = 0;
    for sentence in sentences {
        let opened: Vec<usize> = (sentence.words.iter())
            .filter(|row| &*row.deprel == "mark" && row.form.to_lowercase() == complementiser)
            .filter_map(|row| row.head)
            .collect();
        for clause in opened {
            let Some(row) = clause.checked_sub(1).and_then(|at| sentence.words.get(at)) else {
                continue;
            };
            let governed = row.head.filter(|&head| 0 < head && head < clause);
            let verb = governed.is_some_and(|head| &*sentence.words[head - 1].upos == "VERB");
            if verb && &*row.deprel == "advcl" {
                sentence.words[clause - 1].deprel = "ccomp".into();
                renamed += 1;
            }
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::conllu;

    fn renamed(rows: &[[&str; 4]; 5]) -> (usize, Vec<String>) {
        let mut file = String::new();
        for (id, [form, upos, head, deprel]) in (1..).zip(rows) {
            let row = format_args!("{id}\t{form}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t_");
            writeln!(file, "{row}").unwrap();
        }
        let mut sentences = conllu::read(&(file + "\n")).unwrap();
        let count = name_complements(&mut sentences, "bahwa");
        let names = sentences[0].words.iter().map(|row| row.deprel.to_string());
        (count, names.collect())
    }

    #[test]
    fn only_what_follows_its_verb_and_is_opened_by_the_word() {
        let said = [
            ["Ia", "PRON", "2", "nsubj"],
            ["mengatakan", "VERB", "0", "root"],
            ["bahwa", "SCONJ", "5", "mark"],
            ["rapat", "NOUN", "5", "nsubj"],
            ["ditunda", "VERB", "2", "advcl"],
        ];
        assert_eq!(renamed(&said).0, 1);
        assert_eq!(renamed(&said).1[4], "ccomp");
        let mut when = said;
        when[2][0] = "ketika";
        assert_eq!(renamed(&when).0, 0);
        let mut noun = said;
        noun[1][1] = "NOUN";
        assert_eq!(renamed(&noun).0, 0);
        let before = [
            ["bahwa", "SCONJ", "3", "mark"],
            ["rapat", "NOUN", "3", "nsubj"],
            ["ditunda", "VERB", "5", "advcl"],
            ["ia", "PRON", "5", "nsubj"],
            ["akui", "VERB", "0", "root"],
        ];
        assert_eq!(renamed(&before).0, 0);
    }
}
