"""Persons, organisations and places that saksi finds, beside re3d: defence news about Syria and Iraq.

    bench/gold/entities.py [RE3D_FOLDER] [--saksi PATH] [--misses]

Types of re3d and ours:

- person: Person, `person`;
- organisation: Organisation, `organization`, `group`;
- place: Location, `place`, `facility`.

re3d marks a state as an Organisation where it acts, as a Location otherwise, and often as both; a `state` of ours is right as either, counts for both where both
are marked, and as a place where neither is. Nationalities ("Syrian") are left out on both sides. Mentions are paired one to one, those that share most
characters first; `exact` is without an article at the start. `all` are names, descriptions and pronouns; `names` is the recall of those gold mentions that
have a word with a capital which is no pronoun or article, and the precision of ours of kind `name`.
"""

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from reading import SAKSI, SHARED, Record, Span, f1, moved, overlap, places_in, records

GOLD = {"Person": "person", "Organisation": "organisation", "Location": "place"}
OURS = {"person": "person", "organization": "organisation", "group": "organisation", "place": "place", "facility": "place"}
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
CLOSED = set("a an the i we he she they it you his her their our my its your who them us him this these that those both some all many".split())


@dataclass(frozen=True)
class Mention:
    kind: str
    span: Span
    name: bool


def is_name(words: str) -> bool:
    return any(word[0].isupper() and word.lower() not in CLOSED for word in re.findall(r"\w+", words))


def gold(folder: Path) -> tuple[list[str], list[list[dict]]]:
    """The texts and their marked entities."""
    texts: list[str] = []
    marked: list[list[dict]] = []
    for source in sorted(path for path in folder.iterdir() if path.is_dir()):
        read = lambda name: [json.loads(line) for line in (source / name).read_text(encoding="utf-8").splitlines()]  # noqa: E731, B023
        entities = read("entities.jsonl")
        for document in read("documents.jsonl"):
            texts.append(document["text"])
            marked.append([one for one in entities if one["documentId"] == document["_id"]])
    return texts, marked


def wanted(marked: list[dict], text: str, read: str) -> tuple[list[Mention], list[Span]]:
    """The mentions to be found in `read`, and the nationalities."""
    place = places_in(text, read)
    mentions: set[Mention] = set()
    nationalities = []
    for one in marked:
        span = moved((one["begin"], one["end"]), place)
        if span and one["type"] == "Nationality":
            nationalities.append(span)
        elif span and one["type"] in GOLD:
            mentions.add(Mention(GOLD[one["type"]], span, is_name(one["value"])))
    return sorted(mentions, key=lambda one: (one.span, one.kind)), nationalities


def given(record: Record, gold: list[Mention], nationalities: list[Span]) -> list[Mention]:
    """The mentions of `record`; states take the kinds that `gold` has there."""
    found = []
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            if "within" in mention:
                continue
            span, name = tuple(mention["span"]), mention["kind"] == "name"
            if any(overlap(span, other) for other in nationalities) and entity["type"] == "state":
                continue
            if entity["type"] == "state":
                kinds = {one.kind for one in gold if one.kind != "person" and overlap(one.span, span)}
                found += [Mention(kind, span, name) for kind in kinds or {"place"}]
            elif entity["type"] in OURS:
                found.append(Mention(OURS[entity["type"]], span, name))
    return found


def pairs(gold: list[Mention], found: list[Mention]) -> list[tuple[Mention, Mention]]:
    """One to one, the greatest overlap first; only of one kind."""
    shares = [
        (overlap(one.span, other.span) / (max(one.span[1], other.span[1]) - min(one.span[0], other.span[0])), at, to)
        for at, one in enumerate(gold)
        for to, other in enumerate(found)
        if one.kind == other.kind and overlap(one.span, other.span)
    ]
    matched = []
    golds, founds = set(), set()
    for _, at, to in sorted(shares, key=lambda share: (-share[0], share[1:])):
        if at not in golds and to not in founds:
            golds.add(at)
            founds.add(to)
            matched.append((gold[at], found[to]))
    return matched


def bare(span: Span, text: str) -> Span:
    """`span` without an article at its start."""
    article = ARTICLE.match(text[span[0] : span[1]])
    return (span[0] + article.end(), span[1]) if article else span


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED / "data/events/re3d_dev")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show names that were missed or are not gold")
    options = parser.parse_args()
    texts, marked = gold(options.folder)
    count: Counter[tuple[str, str, str]] = Counter()
    for text, entities, record in zip(texts, marked, records(texts, "en", options.saksi), strict=True):
        read = record["document"]["text"]
        golds, nationalities = wanted(entities, text, read)
        founds = given(record, golds, nationalities)
        matched = pairs(golds, founds)
        for which in ("names", "all"):
            takes = lambda one: one.name or which == "all"  # noqa: E731, B023
            count.update((which, one.kind, "gold") for one in golds if takes(one))
            count.update((which, one.kind, "found") for one in founds if takes(one))
            for one, other in matched:
                for how in ("overlap", "exact") if bare(one.span, read) == bare(other.span, read) else ("overlap",):
                    count[which, one.kind, f"gold {how}"] += takes(one)
                    count[which, one.kind, f"found {how}"] += takes(other)
        if options.misses:
            done = {id(one) for pair in matched for one in pair}
            for mark, ones in (("-", golds), ("+", founds)):
                for one in ones:
                    if one.name and id(one) not in done:
                        start, end = one.span
                        print(f"{mark} {one.kind}\t{read[start:end]}\t{read[max(0, start - 40) : end + 30]!r}")
    for which in ("names", "all"):
        for kind in ("person", "organisation", "place"):
            told = {name: count[which, kind, name] for name in ("gold", "found")}
            shown = []
            for how in ("exact", "overlap"):
                precision, recall = (count[which, kind, f"{name} {how}"] / max(told[name], 1) for name in ("found", "gold"))
                shown.append(f"{how} {f1(precision, recall)}")
            print(f"{which:5} {kind:12} {'  '.join(shown)}  ({told['gold']} gold, {told['found']} found)")


if __name__ == "__main__":
    main()
