"""Events in the terms of PLOVER, and beside its gold records (`events.py plover`)."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from actors import coded
from reading import Record

#: Types of the gold records' PLOVER (0.5) that later versions renamed or joined.
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
#: What the modes of the gold records are called since; those that are not here kept their names.
MODES = {
    "censor": {"restrict"},
    "confiscate": {"seize"},
    "curfew": {"martial-law", "restrict"},
    "demo-org": {"demo"},
    "demo-spon": {"demo"},
    "destroy": {"seize"},
    "detain": {"arrest"},
    "host": {"visit"},
    "riot-spon": {"riot"},
    "strike-gen": {"strike"},
    "strike-hun": {"hunger"},
}
#: Types that only saksi has, of which nothing goes to PLOVER.
NOT_IN_PLOVER = ("INSPECT", "ORDER", "PRODUCE")


def options(event: Record, record: Record) -> frozenset[str]:
    """The types of PLOVER that an event may go to; none where PLOVER has nothing of the kind."""
    kind = event["type"]
    if kind in NOT_IN_PLOVER:
        return frozenset()
    if kind == "TEST":
        return frozenset({"MOBILIZE"})
    if kind == "EXERCISE":
        return frozenset({"COOPERATE" if len(event["actors"]) > 1 else "MOBILIZE"})
    if kind == "TRANSFER":
        arms = {entity["id"] for entity in record["entities"] if entity["type"] == "weapon"}
        military = "military" in event["contexts"] or any(thing["entity"] in arms for thing in event["objects"])
        return frozenset({"AID", "COOPERATE"} if military else ())
    return frozenset({kind})


@dataclass
class Told:
    """A sentence, the types that its events may have, and what gold asks of that event."""

    text: str
    types: frozenset[str]
    #: Types that are not wrong: those of all records of the same sentence.
    allowed: frozenset[str]
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    #: Whether its sources are its targets too.
    reciprocal: bool = False
    modes: frozenset[str] = frozenset()


def plover(path: Path) -> list[Told]:
    """The gold records, one sentence each (two sentences are there twice, with an event each)."""
    data = json.loads(path.read_text(encoding="utf-8"))
    kind_of = [RENAMED.get(one["event"], one["event"]) for one in data]
    allowed: dict[str, set[str]] = {}
    for one, kind in zip(data, kind_of, strict=True):
        allowed.setdefault(one["text"], set()).add(kind)
    told = []
    for one, kind in zip(data, kind_of, strict=True):
        sources, targets = (frozenset(code for _, code in coded(one.get(side))) for side in ("source", "target"))
        mode = one.get("mode") or ""
        modes = frozenset(MODES.get(mode, {mode}) if mode else ())
        reciprocal = not targets and len(coded(one.get("source"))) > 1
        told.append(Told(one["text"], frozenset({kind}), frozenset(allowed[one["text"]]), sources, targets, reciprocal, modes))
    return told


#: Types of cooperation of which PLOVER says: "All cooperative actions reported in future tense are also taken to imply intentions", so AGREE.
COOPERATION = ("SUPPORT", "CONSULT", "COOPERATE", "AID", "RETREAT", "TRANSFER")
#: Types of which to say that one will is a threat.
HOSTILE = ("PROTEST", "SANCTION", "COERCE", "ASSAULT")


def standing(record: Record) -> Record:
    """The record with the events that PLOVER codes by themselves.

    What is told inside another event (`parent`) is left out, and gives that one its parties where it has no recipients: "rejected an offer by X", "threatened to strike
    X". What is to come is an intention (AGREE) or a threat, cooperation that did not come about a refusal (REJECT). What only may be, other things that did not happen, and
    history are left out: gold has nothing of the kind.
    """
    by_id = {event["id"]: event for event in record["events"]}
    inside: dict[str, list[Record]] = {}
    for event in record["events"]:
        inside.setdefault(event.get("parent") or "", []).append(event)

    def recipients(event: Record, depth: int = 3) -> list[str]:
        if event["recipients"] or not depth:
            return event["recipients"]
        parts = inside.get(event["id"], [])
        found = [party for part in parts for party in recipients(part, depth - 1)] or [party for part in parts for party in part["actors"]]
        return [party for party in found if party not in event["actors"]]

    kept = []
    for event in record["events"]:
        outer = by_id.get(event.get("parent") or "")
        if outer and outer["type"] not in NOT_IN_PLOVER:
            continue
        kind, modality = event["type"], event["modality"]
        if modality == "future" and not outer:
            kind = "AGREE" if kind in COOPERATION else "THREATEN" if kind in HOSTILE else kind
        elif modality == "negated" and kind in (*COOPERATION, "AGREE", "CONCEDE"):
            kind = "REJECT"
        elif modality in ("hypothetical", "negated", "historical"):
            continue
        kept.append({**event, "type": kind, "recipients": recipients(event)})
    return {**record, "events": kept}


def countries(event: Record, record: Record, roles: Iterable[str]) -> set[str]:
    country = {entity["id"]: entity["country"] for entity in record["entities"]}
    return {code for role in roles for party in event[role] if (code := country.get(party))}


def parties(event: Record, record: Record, wanted: Told) -> tuple[bool, bool, bool]:
    """Whether all source countries of gold are among its actors', all target countries among its recipients', and no others on a side asked for."""
    sources = countries(event, record, ["actors", "recipients"] if wanted.reciprocal else ["actors"])
    targets = countries(event, record, ["recipients"])
    just = (not wanted.sources or sources == wanted.sources) and (not wanted.targets or targets == wanted.targets)
    return wanted.sources <= sources, wanted.targets <= targets, just


@dataclass
class Events:
    """What was counted."""

    sentences: int = 0
    right: int = 0
    both: int = 0
    just: int = 0
    spurious: int = 0
    left_out: int = 0
    modes: int = 0
    modes_right: int = 0
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score(told: Sequence[Told], read: Sequence[Record]) -> Events:
    """Of each sentence, whether it has an event of the type, with the right countries, and which events it has beside."""
    count = Events()
    for wanted, record in zip(told, read, strict=True):
        kinds = [(event, options(event, record)) for event in record["events"]]
        right = [event for event, kind in kinds if kind & wanted.types]
        others = [event for event, kind in kinds if kind and not kind & wanted.allowed]
        matches = [parties(event, record, wanted) for event in right]
        name = " or ".join(sorted(wanted.types))
        count.sentences += 1
        count.wanted[name] += 1
        count.right += bool(right)
        count.found[name] += bool(right)
        both = any(source and target for source, target, _ in matches)
        count.both += both
        count.just += any(all(match) for match in matches)
        count.spurious += len(others)
        count.wrong.update(event["type"] for event in others)
        count.left_out += sum(not kind for _, kind in kinds)
        if right and wanted.modes:
            count.modes += 1
            mode_right = any(event["mode"] in wanted.modes for event in right)
            count.modes_right += mode_right
            if not mode_right:
                count.misses.append(f"mode\t{name} {'/'.join(sorted(wanted.modes))}\t{'/'.join(str(event['mode']) for event in right)}\t{wanted.text}")
        if not right:
            count.misses.append(f"type\t{name}\t{shown([event for event, _ in kinds], record)}\t{wanted.text}")
        elif not both:
            asked = f"{'/'.join(sorted(wanted.sources))} > {'/'.join(sorted(wanted.targets))}"
            count.misses.append(f"countries\t{name} {asked}\t{shown(right, record)}\t{wanted.text}")
        if others:
            count.misses.append(f"beside\t{name}\t{shown(others, record)}\t{wanted.text}")
    return count


def shown(events: Iterable[Record], record: Record) -> str:
    text, name = record["document"]["text"], {entity["id"]: f"{entity['name']} {entity['country'] or ''}".strip() for entity in record["entities"]}
    told = lambda event, role: "/".join(name.get(party, "?") for party in event[role])  # noqa: E731
    return "; ".join(f"{event['type']} '{text[slice(*event['trigger'])]}' {told(event, 'actors')} > {told(event, 'recipients')}" for event in events) or "-"


def share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.3f} ({part} of {whole})"


def report(count: Events) -> None:
    print(f"an event of the right type: {share(count.right, count.sentences)}")
    print(f"with the right source and target countries in it: {share(count.both, count.sentences)}")
    print(f"and no other country: {share(count.just, count.sentences)}")
    print(f"the right mode, of events of the right type where gold has a mode: {share(count.modes_right, count.modes)}")
    print(f"events of other types per sentence: {count.spurious / max(count.sentences, 1):.3f} ({count.spurious})")
    print(f"events that PLOVER lacks, not counted: {count.left_out}")
    print("type\tsentences\tfound\trecall\tof other sentences")
    for kind in sorted(count.wanted | count.wrong):
        print(f"{kind}\t{count.wanted[kind]}\t{count.found[kind]}\t{count.found[kind] / max(count.wanted[kind], 1):.2f}\t{count.wrong[kind]}")
