"""Modality beside judgements whether something happened (`events.py factuality`)."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plover import share
from reading import Record, Span, moved, overlap, places_in

HAPPENED = ("actual", "historical")


@dataclass
class Sentence:
    text: str
    #: The characters of each word, by the number that the treebank gives it.
    words: dict[str, Span] = field(default_factory=dict)


def treebank(paths: Iterable[Path]) -> dict[str, Sentence]:
    """The sentences by their names; a word that isn't in the text as it is written has no span."""
    read: dict[str, Sentence] = {}
    for path in paths:
        sentence, at = Sentence(""), 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# sent_id = "):
                sentence, at = Sentence(""), 0
                read[line.removeprefix("# sent_id = ")] = sentence
            elif line.startswith("# text = "):
                sentence.text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                number, form = line.split("\t")[:2]
                start = sentence.text.find(form, at) if number.isdigit() else -1
                if start >= 0:
                    sentence.words[number] = (start, start + len(form))
                    at = start + len(form)
    return read


def judged(path: Path) -> dict[str, dict[str, bool]]:
    """Whether it happened, by sentence and word."""
    told: dict[str, dict[str, bool]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            told.setdefault(row["ewt_sent_id"], {})[row["word_id"]] = float(row["factuality"]) > 0
    return told


@dataclass
class Judgements:
    """What was counted: predicates, those with an event by what gold says of them, and those rightly judged."""

    predicates: int = 0
    gold: Counter[bool] = field(default_factory=Counter)
    right: Counter[bool] = field(default_factory=Counter)
    #: Gold's judgements by modality.
    of_modality: dict[str, Counter[bool]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


def score(sentences: Sequence[tuple[Sentence, Mapping[str, bool]]], given: Sequence[Record]) -> Judgements:
    """Of each predicate that an event's trigger shares characters with (the shortest such trigger), whether the two judge alike."""
    count = Judgements()
    for (sentence, told), record in zip(sentences, given, strict=True):
        place = places_in(sentence.text, record["document"]["text"])
        for word, happened in told.items():
            count.predicates += 1
            span = moved(sentence.words[word], place) if word in sentence.words else None
            at = [event for event in record["events"] if span and overlap(tuple(event["trigger"]), span)]
            if not at:
                continue
            event = min(at, key=lambda event: event["trigger"][1] - event["trigger"][0])
            count.gold[happened] += 1
            right = (event["modality"] in HAPPENED) == happened
            count.right[happened] += right
            count.of_modality.setdefault(event["modality"], Counter())[happened] += 1
            if not right:
                mark = "happened" if happened else "did not"
                count.misses.append(f"{mark}\t{event['modality']}\t{event['type']}\t{sentence.text[slice(*sentence.words[word])]}\t{sentence.text}")
    return count


def report(count: Judgements) -> None:
    events = count.gold.total()
    print(f"predicates: {count.predicates}; with an event: {events}")
    print(f"rightly judged: {share(count.right.total(), events)}; always saying the more frequent: {share(max(count.gold.values(), default=0), events)}")
    print(f"of those that happened: {share(count.right[True], count.gold[True])}; that did not: {share(count.right[False], count.gold[False])}")
    for modality, row in sorted(count.of_modality.items()):
        print(f"{modality}: happened {row[True]}, did not {row[False]}")
