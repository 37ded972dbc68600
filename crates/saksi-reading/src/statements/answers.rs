//! Which statement a denial answers: "Islamabad says [s1]. Kabul denies the claim [-> s1]."

use saksi_lexicon::cues::CueKind;
use saksi_lexicon::grammar::Role as Grammar;
use saksi_record::Stance;
use saksi_syntax::Upos;

use super::sentence::Sentence;
use super::{Statement, Statements};

/// How many sentences back the statement may be that a denial answers.
const MEMORY: usize = 4;
/// How many words take up again what was said: "the allegations against him".
const LONGEST: usize = 6;

/// Links each denial to the statement that it answers, where the words tell which one: the claim within what is denied, what a relative
/// clause denies, or the last one that "the claim", "this" can stand for.
pub(super) fn link(sentences: &[Sentence<'_>], statements: &mut Statements) {
    for index in 0..statements.list.len() {
        if statements.list[index].stance != Stance::Deny {
            continue;
        }
        let Some(answered) = answered(sentences, &statements.list, index) else {
            continue;
        };
        let claimant = statements.list[answered]
            .source
            .and_then(|source| source.entity);
        let denial = &mut statements.list[index];
        denial.answers = Some(answered);
        // "Prosecutors allege ... He denies the allegations.": whoever he is, he is not the one who says it.
        if let Some(source) = &mut denial.source
            && claimant.is_some()
            && source.entity == claimant
        {
            source.entity = None;
        }
    }
}

fn answered(sentences: &[Sentence<'_>], list: &[Statement], index: usize) -> Option<usize> {
    let denial = &list[index];
    let words = denial.parts.first().copied()?;
    let sentence = &sentences[denial.cue.sentence];
    let inside: Vec<usize> = (0..sentence.len())
        .filter(|&at| words.contains(sentence.word(at).span))
        .collect();
    let noun = (inside.iter().copied()).find(|&at| sentence.is_noun_of_saying(at));
    // The statements are in the order of their sentences.
    let near = {
        let first = denial.cue.sentence.saturating_sub(MEMORY);
        let from = list.partition_point(|said| said.cue.sentence < first);
        let to = list.partition_point(|said| said.cue.sentence <= denial.cue.sentence);
        from..to
    };
    // "membantah [tuduhan] Washington bahwa ..."
    let within = near.clone().find(|&other| {
        list[other].parent == Some(index)
            && list[other].cue.sentence == denial.cue.sentence
            && Some(list[other].cue.word) == noun
    });
    if within.is_some() {
        return within;
    }
    let relative = sentence.tree.head(denial.cue.word);
    let takes_up = relative.is_some_and(|noun| inside.contains(&noun))
        || denial.rule == "relative"
        || takes_up(sentence, &inside, noun);
    if !takes_up || inside.is_empty() || inside.len() > LONGEST {
        return None;
    }
    let alleges = noun.is_some_and(|noun| {
        (sentence.cues(noun).iter())
            .any(|(cue, _)| cue.kind == CueKind::Noun && cue.stance == Stance::Allege)
    });
    let entity = (denial.source)
        .filter(|source| sentence.word(source.head.word).upos != Upos::Pron)
        .and_then(|source| source.entity);
    let earlier = near.rev().filter(|&other| {
        let said = &list[other];
        let before = said.cue_span.end() <= words.start();
        let same = entity.is_some() && said.source.and_then(|source| source.entity) == entity;
        before
            && !same
            && denial.parent != Some(other)
            && matches!(
                said.stance,
                Stance::Assert | Stance::Allege | Stance::Estimate
            )
    });
    let candidates: Vec<usize> = earlier.collect();
    (candidates.iter().copied())
        .find(|&other| !alleges || list[other].stance == Stance::Allege)
        .or_else(|| candidates.first().copied())
}

/// Whether `words` only take up again what was said: "this", "hal itu", "the claim", "tuduhan tersebut".
fn takes_up(sentence: &Sentence<'_>, words: &[usize], noun: Option<usize>) -> bool {
    let pronoun = words.iter().any(|&at| {
        sentence.word(at).upos == Upos::Pron && !sentence.has(Grammar::Relativiser, at)
            || sentence.has(Grammar::Demonstrative, at)
    });
    let definite = words.iter().any(|&at| sentence.has(Grammar::Definite, at));
    match noun {
        Some(_) => definite || pronoun,
        None => pronoun && words.len() <= 2,
    }
}
