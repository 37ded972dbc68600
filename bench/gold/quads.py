"""Classes of sentences by their events: verbal and material cooperation and conflict, or neither (`events.py cameo`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plover import options, share, shown
from reading import Record, f1

CLASSES = ("0 none", "1 verbal cooperation", "2 material cooperation", "3 verbal conflict", "4 material conflict")
TYPES = {
    1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    2: ("COOPERATE", "AID", "RETREAT"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
CLASS_OF = {kind: number for number, kinds in TYPES.items() for kind in kinds}


def classes(record: Record) -> set[int]:
    """The classes of its events; none at all is class 0, where gold has what is only said."""
    return {CLASS_OF[kind] for event in record["events"] for kind in options(event, record)} or {0}


def sentences(path: Path) -> list[tuple[str, int]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(text, int(number)) for text, number in rows]


@dataclass
class Quads:
    """What was counted, by class."""

    gold: Counter[int] = field(default_factory=Counter)
    found: Counter[int] = field(default_factory=Counter)
    right: Counter[int] = field(default_factory=Counter)
    #: Sentences of which saksi gives one class, and those where it is gold's.
    single: int = 0
    single_right: int = 0
    #: Gold's classes of the sentences with an event of each type.
    of_type: dict[str, Counter[int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


def score(gold: Sequence[tuple[str, int]], given: Sequence[Record]) -> Quads:
    count = Quads()
    for (text, number), record in zip(gold, given, strict=True):
        found = classes(record)
        count.gold[number] += 1
        count.found.update(found)
        count.right[number] += number in found
        count.single += len(found) == 1
        count.single_right += found == {number}
        for kind in {event["type"] for event in record["events"]}:
            count.of_type.setdefault(kind, Counter())[number] += 1
        if number not in found:
            count.misses.append(f"{number}\t{'/'.join(map(str, sorted(found)))}\t{shown(record['events'], record)}\t{text}")
    return count


def report(count: Quads) -> None:
    scores = []
    for number, name in enumerate(CLASSES):
        precision, recall = count.right[number] / max(count.found[number], 1), count.right[number] / max(count.gold[number], 1)
        scores.append(2 * precision * recall / ((precision + recall) or 1))
        print(f"{name}: {f1(precision, recall)} ({count.gold[number]} gold, {count.found[number]} found)")
    print(f"mean F1: {sum(scores) / len(scores):.3f}")
    print(f"right, of the sentences to which saksi gives one class: {share(count.single_right, count.single)}")
    print(f"right, of all, another class beside being wrong: {share(count.single_right, count.gold.total())}")
    print("type\tsentences with such an event, by gold's class 0 to 4")
    for kind, row in sorted(count.of_type.items()):
        print(f"{kind}\t{' '.join(str(row[number]) for number in range(len(CLASSES)))}")
