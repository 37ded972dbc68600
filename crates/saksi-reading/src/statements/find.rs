//! From drafts to statements: sources, nesting, kinds of quotation.

use std::ops::Range;

use saksi_lexicon::Lexicon;
use saksi_record::{EntityType, Quotation, Stance};
use saksi_syntax::{Deprel, Parsed, Upos};

use super::draft::Draft;
use super::quotes::{self, Quote};
use super::sentence::Sentence;
use super::{Party, Statement, Statements, WordAt, answers, speech};
use crate::entities::{Entities, EntityId};
use crate::propositions::{Proposition, noun_phrase};

/// How many sentences back a pronoun's speaker may be.
const MEMORY: usize = 4;

/// The statements of a report.
///
/// `propositions` has one list a sentence, `timed` tells which of
/// its words are part of a time expression. Sources that are no mention yet become one: an unnamed source is a source.
pub fn find(
    parsed: &Parsed,
    propositions: &[Vec<Proposition>],
    timed: &[Vec<bool>],
    entities: &mut Entities,
    lexicon: &Lexicon,
) -> Statements {
    let report = &parsed.report;
    let sentences: Vec<Sentence<'_>> = parsed
        .trees
        .iter()
        .enumerate()
        .map(|(index, tree)| {
            let own = propositions.get(index).map_or(&[][..], Vec::as_slice);
            let timed = timed.get(index).map_or(&[][..], Vec::as_slice);
            Sentence::new(index, tree, own, timed, lexicon)
        })
        .collect();
    let quotes = quotes::find(report);
    let mut drafts = speech::find(&sentences, report, &quotes);
    let direct = drafts.len();
    for sentence in &sentences {
        let asides = sentence.asides();
        let ranges: Vec<Range<usize>> = asides
            .iter()
            .filter_map(|draft| draft.aside.clone())
            .collect();
        let mut taken = vec![false; sentence.len()];
        let spoken = drafts[..direct]
            .iter()
            .filter(|draft| draft.sentence == sentence.index)
            .map(|draft| draft.cue.clone());
        for cue in spoken.collect::<Vec<_>>() {
            taken[cue].fill(true);
        }
        let clauses: Vec<Draft> = (0..sentence.len())
            .filter_map(|index| {
                (sentence.statement_of(index, &ranges)).or_else(|| sentence.quotative(index))
            })
            .collect();
        let adverbs = sentence.adverbs(&ranges);
        for draft in asides.into_iter().chain(clauses).chain(adverbs) {
            let cue = &mut taken[draft.cue.clone()];
            if !cue.contains(&true) {
                cue.fill(true);
                drafts.push(draft);
            }
        }
    }
    drafts.sort_by_key(|draft| (draft.sentence, draft.cue.start));
    let list = drafts
        .iter()
        .filter_map(|draft| statement(&sentences[draft.sentence], draft))
        .collect();
    let mut statements = Statements { list };
    nest(&mut statements);
    classify(&mut statements, &quotes);
    name_sources(parsed, lexicon, entities, &mut statements);
    name_recipients(parsed, lexicon, entities, &mut statements);
    answers::link(&sentences, &mut statements);
    statements
}

fn statement(sentence: &Sentence<'_>, draft: &Draft) -> Option<Statement> {
    let cue_span = sentence.span(&draft.cue)?;
    let party = |head: usize, words: &Range<usize>| {
        Some(Party {
            head: WordAt {
                sentence: sentence.index,
                word: head,
            },
            span: sentence.span(words)?,
            entity: None,
        })
    };
    let source = draft
        .source
        .and_then(|head| party(head, &sentence.named_source(draft.cue.start, head)));
    let recipient = sentence
        .addressee(draft)
        .and_then(|head| party(head, &sentence.source_words(head)));
    let content = draft
        .parts
        .iter()
        .copied()
        .max_by_key(|part| (part.len(), std::cmp::Reverse(part.start())));
    Some(Statement {
        source,
        recipient,
        cue: WordAt {
            sentence: sentence.index,
            word: draft.cue.start,
        },
        cue_span,
        content,
        parts: draft.parts.clone(),
        quotation: if draft.direct {
            Quotation::Direct
        } else {
            Quotation::Indirect
        },
        stance: draft.stance,
        parent: None,
        answers: None,
        rule: draft.rule,
        confidence: draft.confidence,
    })
}

/// The parent of a statement is the innermost other one whose content holds its cue.
fn nest(statements: &mut Statements) {
    for index in 0..statements.list.len() {
        let cue = statements.list[index].cue_span;
        let holding = (0..statements.list.len())
            .filter(|&other| other != index)
            .filter_map(|other| {
                let parts = &statements.list[other].parts;
                let part = parts.iter().find(|part| part.contains(cue))?;
                (!is_above(statements, index, other)).then_some((part.len(), other))
            })
            .min();
        statements.list[index].parent = holding.map(|(_, other)| other);
    }
}

/// Whether `above` is `below`'s parent, grandparent ...: then it can't be put below it.
fn is_above(statements: &Statements, above: usize, below: usize) -> bool {
    let mut at = Some(below);
    while let Some(index) = at {
        if index == above {
            return true;
        }
        at = statements.list[index].parent;
    }
    false
}

/// A statement in the report's words with quoted parts is mixed; a quoted part counts for the innermost statement around it. One that is
/// quoted from end to end is direct.
fn classify(statements: &mut Statements, quotes: &[Quote]) {
    for quote in quotes {
        let Some(index) = statements.carrier_of(quote.inner) else {
            continue;
        };
        let statement = &mut statements.list[index];
        if statement.quotation == Quotation::Direct {
            continue;
        }
        let whole = statement.content.is_some_and(|content| {
            quote.outer.contains(content) || quote.inner.len() * 10 >= content.len() * 9
        });
        if whole {
            statement.quotation = Quotation::Direct;
            statement.content = Some(quote.inner);
            statement.parts = vec![quote.inner];
        } else {
            statement.quotation = Quotation::Mixed;
        }
    }
}

/// Sources get their entities: the mention's, a new one for words that no mention covers, the last speaker for a pronoun that nobody
/// else explained.
fn name_sources(
    parsed: &Parsed,
    lexicon: &Lexicon,
    entities: &mut Entities,
    statements: &mut Statements,
) {
    let mut last: Option<(usize, EntityId)> = None;
    for index in 0..statements.list.len() {
        let Some(source) = statements.list[index].source else {
            continue;
        };
        let WordAt { sentence, word } = source.head;
        let form = parsed.trees[sentence].word(word).form.to_lowercase();
        let pronoun = lexicon.grammar.pronoun(&form);
        let entity = match pronoun {
            Some(pronoun) if pronoun.person == 1 => statements.list[index]
                .parent
                .and_then(|parent| statements.list[parent].source?.entity)
                .or_else(|| mentioned(parsed, entities, sentence, word)),
            Some(_) => mentioned(parsed, entities, sentence, word).or_else(|| {
                last.filter(|&(at, _)| sentence - at <= MEMORY)
                    .map(|(_, entity)| entity)
            }),
            None if parsed.trees[sentence].word(word).upos == Upos::Pron => {
                mentioned(parsed, entities, sentence, word)
            }
            None => mentioned(parsed, entities, sentence, word).or_else(|| {
                let words = noun_phrase(&parsed.trees[sentence], word);
                entities.ensure(parsed, sentence, word, words)
            }),
        };
        if let Some(source) = &mut statements.list[index].source {
            source.entity = entity;
        }
        if let Some(entity) = entity {
            last = Some((sentence, entity));
        }
    }
}

/// Those whom something is told get their entities: the mention's, or a new one for words that no mention covers.
fn name_recipients(
    parsed: &Parsed,
    lexicon: &Lexicon,
    entities: &mut Entities,
    statements: &mut Statements,
) {
    for statement in &mut statements.list {
        let Some(recipient) = &mut statement.recipient else {
            continue;
        };
        let WordAt { sentence, word } = recipient.head;
        let tree = &parsed.trees[sentence];
        let pronoun = lexicon
            .grammar
            .pronoun(&tree.word(word).form.to_lowercase());
        let known = mentioned(parsed, entities, sentence, word);
        // "ordered [an inquiry]", "mendesak [gencatan senjata]": what is asked for is nobody.
        let somebody = known.is_some_and(|entity| {
            matches!(
                entities.entity(entity).kind,
                EntityType::Person
                    | EntityType::Organization
                    | EntityType::State
                    | EntityType::Group
            )
        });
        if statement.stance == Stance::Ask && !somebody && pronoun.is_none() {
            statement.recipient = None;
            continue;
        }
        recipient.entity = known.or_else(|| {
            let named = pronoun.is_none() && tree.word(word).upos != Upos::Pron;
            named
                .then(|| entities.ensure(parsed, sentence, word, noun_phrase(tree, word)))
                .flatten()
        });
    }
}

/// The entity of the mention that `head` stands in: by its head word, by a name set beside it, by the words around it.
fn mentioned(
    parsed: &Parsed,
    entities: &mut Entities,
    sentence: usize,
    head: usize,
) -> Option<EntityId> {
    let tree = &parsed.trees[sentence];
    let own = entities.mention_at(sentence, head);
    if let Some(mention) = own
        && entities.mention(mention).head == head
    {
        return Some(entities.as_party(mention));
    }
    let named = tree
        .children(head)
        .filter(|&child| {
            matches!(
                tree.word(child).relation.universal,
                Deprel::Appos | Deprel::Flat
            )
        })
        .find_map(|child| {
            let mention = entities.mention_at(sentence, child)?;
            (entities.mention(mention).head == child).then_some(mention)
        });
    let mention = named.or(own)?;
    Some(entities.as_party(mention))
}
