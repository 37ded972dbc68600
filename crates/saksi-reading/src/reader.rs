//! The stages in their order.

use jiff::civil::Date;
use saksi_lexicon::Lexicon;
use saksi_record::{Generator, Record};
use saksi_syntax::Parsed;
use saksi_text::Segmented;

use crate::entities;
use crate::events::{self, Context, EventRules, Path};
use crate::propositions::{self, Markers};
use crate::record::{self, Findings, assemble};
use crate::{dateline, mending, statements, times};

/// Reads parsed reports of one language; made once, used for any number of them, from any number of threads.
#[derive(Debug)]
pub struct Reader {
    lexicon: Lexicon,
    markers: Markers,
    rules: EventRules,
}

/// What a report says, and how that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it says.
    pub record: Record,
    /// How each event was found.
    pub explanation: Explanation,
}

/// How the events of a record were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// For each of [`Record::events`], in order, the way from the words of the report to the event; words are indexes in the
    /// tree of the event's sentence.
    pub events: Vec<Path>,
}

impl Reader {
    /// A reader for reports of the lexicon's language.
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            markers: Markers::from(&lexicon.grammar),
            rules: EventRules::new(&lexicon),
            lexicon,
        }
    }

    /// The program and the packs that records by this reader name.
    pub fn generator(&self) -> Generator {
        record::generator(&self.lexicon.versions)
    }

    /// Prepares a report for the parser: its datelines become sentences of their own.
    pub fn prepare(&self, report: Segmented) -> Segmented {
        dateline::part(report, &self.lexicon)
    }

    /// Mends the trees of a report: what was taken for a noun that a participle describes and is a sentence of its own gets its verb.
    pub fn mend(&self, parsed: Parsed) -> Parsed {
        mending::mend(parsed, &self.lexicon)
    }

    /// Reads a report whose sentences were [prepared](Self::prepare). `published` is its date of publication; where it is not known, the one that the text itself tells is taken.
    pub fn run(&self, parsed: &Parsed, published: Option<Date>) -> Reading {
        let published = published.or_else(|| {
            times::published_in_text(&parsed.report, &self.lexicon.calendar).map(|(date, _)| date)
        });
        let times = times::find(parsed, &self.lexicon.calendar, published);
        let timed = times::words(&times, &parsed.trees);
        let propositions: Vec<_> = (parsed.trees.iter())
            .map(|tree| propositions::extract(tree, &self.markers))
            .collect();
        let mut entities = entities::find(parsed, &timed, published, &self.lexicon);
        let statements =
            statements::find(parsed, &propositions, &timed, &mut entities, &self.lexicon);
        let context = Context {
            parsed,
            propositions: &propositions,
            statements: &statements,
            times: &times,
            timed: &timed,
            grammar: &self.lexicon.grammar,
            published,
        };
        let events = events::find(context, &self.rules, &mut entities);
        let record = assemble(&Findings {
            parsed,
            packs: &self.lexicon.versions,
            published,
            entities: &entities,
            times: &times,
            statements: &statements,
            events: &events,
        });
        Reading {
            record,
            explanation: Explanation {
                events: events.list.into_iter().map(|event| event.path).collect(),
            },
        }
    }
}
