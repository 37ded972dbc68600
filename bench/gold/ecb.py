"""Events beside the action mentions of ECB+ (`events.py ecb`)."""

import csv
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detokenise import detokenise
from plover import share
from reading import Record, Span, f1, moved, overlap, places_in

REPORTING = "REPORTING"


@dataclass
class Mention:
    kind: str
    negated: bool
    #: The characters of its words, which need not stand together.
    spans: list[Span]


@dataclass
class Document:
    text: str = ""
    #: The characters of the checked sentences.
    checked: list[Span] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def checked_sentences(path: Path) -> dict[str, set[str]]:
    """The numbers of the sentences that are wholly annotated, by name of file ("1_10ecb")."""
    checked: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for topic, name, number in list(csv.reader(file))[1:]:
            checked.setdefault(f"{topic}_{name}", set()).add(number.strip())
    return checked


def document(path: Path, checked: set[str]) -> Document:
    """The running text, each sentence a paragraph (an address of a page, which some files begin with, is left out), and the mentions in checked sentences."""
    root = ElementTree.parse(path).getroot()
    tokens: dict[str, list[tuple[str, str]]] = {}
    for token in root.iter("token"):
        tokens.setdefault(token.get("sentence", ""), []).append((token.get("t_id", ""), token.text or ""))
    read = Document()
    place: dict[str, Span] = {}
    for number, words in tokens.items():
        if words[0][1].startswith("http"):
            continue
        text, spans = detokenise([word for _, word in words])
        start = len(read.text) + 2 if read.text else 0
        read.text += ("\n\n" if read.text else "") + text
        if number in checked:
            read.checked.append((start, start + len(text)))
            place.update((name, (start + one, start + other)) for (name, _), (one, other) in zip(words, spans, strict=True))
    for markable in root.findall("Markables/*"):
        negated = markable.tag.startswith("NEG_")
        kind = markable.tag.removeprefix("NEG_")
        anchors = [anchor.get("t_id", "") for anchor in markable.findall("token_anchor")]
        if kind.startswith("ACTION_") and anchors and all(anchor in place for anchor in anchors):
            read.mentions.append(Mention(kind.removeprefix("ACTION_"), negated, [place[anchor] for anchor in anchors]))
    return read


def documents(folder: Path) -> list[Document]:
    checked = checked_sentences(folder / "ECBplus_coreference_sentences.csv")
    read = []
    for name, numbers in sorted(checked.items()):
        path = folder / "ECB+" / name.split("_")[0] / f"{name}.xml"
        if path.exists():
            read.append(document(path, numbers))
    return read


@dataclass
class Actions:
    """What was counted: mentions by class, found triggers and cues, and modality where mentions are negated and where not."""

    sentences: int = 0
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    by_event: Counter[str] = field(default_factory=Counter)
    triggers: int = 0
    triggers_right: int = 0
    cues: int = 0
    cues_right: int = 0
    #: Mentions with an event, by whether gold negates them, and those of which we do.
    told: Counter[bool] = field(default_factory=Counter)
    negated: Counter[bool] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score(read: Sequence[Document], given: Sequence[Record]) -> Actions:
    """A mention is found at which a trigger stands, or, of reporting, a statement's cue; a cue at a trigger counts once, as the trigger."""
    count = Actions()
    for document, record in zip(read, given, strict=True):
        text = record["document"]["text"]
        place = places_in(document.text, text)
        where = lambda span: moved(span, place)  # noqa: B023, E731
        checked = [span for one in document.checked if (span := where(one))]
        within = lambda span: any(overlap(span, one) for one in checked)  # noqa: B023, E731
        count.sentences += len(document.checked)
        mentions = [(mention, [span for one in mention.spans if (span := where(one))]) for mention in document.mentions]
        events = [(tuple(event["trigger"]), event) for event in record["events"] if within(tuple(event["trigger"]))]
        cues = {tuple(statement["cue"]) for statement in record["statements"] if statement["cue"]}
        cues = {cue for cue in cues if within(cue) and not any(overlap(cue, trigger) for trigger, _ in events)}
        touches = lambda span, spans: any(overlap(span, one) for one in spans)  # noqa: E731
        for mention, spans in mentions:
            at = [event for trigger, event in events if touches(trigger, spans)]
            reported = mention.kind == REPORTING and any(touches(cue, spans) for cue in cues)
            count.gold[mention.kind] += 1
            count.found[mention.kind] += bool(at) or reported
            count.by_event[mention.kind] += bool(at)
            if at:
                negated = any(event["modality"] == "negated" for event in at)
                count.told[mention.negated] += 1
                count.negated[mention.negated] += negated
            words = " ".join(document.text[slice(*span)] for span in mention.spans)
            around = document.text[max(0, mention.spans[0][0] - 50) : mention.spans[-1][1] + 50].replace("\n", " ")
            if not at and not reported:
                count.misses.append(f"- {mention.kind}\t{words}\t{around}")
            elif at and mention.negated and not negated:
                count.misses.append(f"not negated\t{words}\t{around}")
        for trigger, event in events:
            right = any(touches(trigger, spans) for _, spans in mentions)
            count.triggers += 1
            count.triggers_right += right
            if not right:
                count.misses.append(f"+ {event['type']}\t{text[slice(*trigger)]}\t{text[max(0, trigger[0] - 50) : trigger[1] + 50]}".replace("\n", " "))
        for cue in sorted(cues):
            right = any(mention.kind == REPORTING and touches(cue, spans) for mention, spans in mentions)
            count.cues += 1
            count.cues_right += right
            if not right:
                count.misses.append(f"+ cue\t{text[slice(*cue)]}\t{text[max(0, cue[0] - 50) : cue[1] + 50]}".replace("\n", " "))
    return count


def report(count: Actions) -> None:
    gold = count.gold.total()
    print(f"checked sentences: {count.sentences}; action mentions: {gold}")
    precision = (count.triggers_right + count.cues_right) / max(count.triggers + count.cues, 1)
    print(f"mentions, by triggers and cues: {f1(precision, count.found.total() / max(gold, 1))}")
    print(f"mentions, by triggers alone: {f1(count.triggers_right / max(count.triggers, 1), count.by_event.total() / max(gold, 1))}")
    print(f"triggers at a mention: {share(count.triggers_right, count.triggers)}; other cues at one of reporting: {share(count.cues_right, count.cues)}")
    for kind, number in count.gold.most_common():
        print(f"{kind}: recall {share(count.found[kind], number)}")
    print(f"negated mentions with an event: {count.told[True]}; given as negated: {share(count.negated[True], count.told[True])}")
    print(f"of the others with an event, given as negated: {share(count.negated[False], count.told[False])}")
