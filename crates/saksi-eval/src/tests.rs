//! Small reports, compared with their gold.

use crate::{Evaluation, Found, Gold};

const ARTICLE: &str = "Japan sold frigates to Peru. Chile visited Lima and met officials.";

/// What comes of events of a record, each as its type, trigger and what else is told of it in JSON.
fn evaluated(events: &str) -> Evaluation {
    let gold = r#"{"document": {"file": "a.txt", "language": "en"}, "events": [
        {"type": "TRANSFER", "at": "Japan [sold] frigates", "modality": "actual", "actors": [["Japan"]], "recipients": [["Peru"]]},
        {"type": "CONSULT", "at": "and [met] officials", "optional": true}]}"#;
    let gold = Gold::parse(gold).unwrap();
    let found = Found::parse(&format!(r#"{{"events": [{events}]}}"#)).unwrap();
    let mut evaluation = Evaluation::default();
    evaluation.add("a", &gold, ARTICLE, Some(&found));
    evaluation
}

#[test]
fn events_that_gold_has_are_right_whatever_their_fields() {
    let reliability = evaluated(
        r#"{"id": "v1", "type": "TRANSFER", "trigger": [6, 10], "modality": "negated", "confidence": 0.9},
           {"id": "v2", "type": "CONSULT", "trigger": [35, 42], "confidence": 0.4},
           {"id": "v3", "type": "CONSULT", "trigger": [52, 55], "confidence": 0.6}"#,
    )
    .reliability();
    // what gold calls optional counts neither way
    assert_eq!((reliability.events, reliability.right), (2, 1));
    let bins = reliability.bins.iter();
    let bins: Vec<(f64, u64)> = bins.map(|bin| (bin.confidence, bin.right)).collect();
    assert_eq!(bins, [(0.4, 0), (0.9, 1)]);
}

#[test]
fn an_item_names_the_event_of_the_record() {
    let evaluation =
        evaluated(r#"{"id": "v7", "type": "AID", "trigger": [6, 10], "confidence": 0.5}"#);
    let ids: Vec<_> = (evaluation.items.iter())
        .map(|item| item.id.as_deref())
        .collect();
    assert_eq!(ids, [None, Some("v7")]);
}

#[test]
fn records_without_confidence_are_compared_all_the_same() {
    let evaluation =
        evaluated(r#"{"id": 7, "type": "TRANSFER", "trigger": [6, 10], "confidence": "high"}"#);
    assert_eq!(evaluation.measures.event.right, 1);
    assert_eq!(evaluation.reliability().events, 0);
}
