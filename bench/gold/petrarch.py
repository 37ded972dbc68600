"""Events beside the codes of petrarch2's own tests (`events.py petrarch`)."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plover import options, share, shown
from reading import Record

ROW = re.compile(r"(\d+): *([A-Z]+) *,")
#: What a code of WEIS, the coding before CAMEO, means in PLOVER's terms: by its category, or by all its digits. Comments (02) mean nothing.
#: PLOVER has signing under SUPPORT and agreeing under AGREE, WEIS both under 08.
WEIS: dict[str, set[str]] = {
    "01": {"CONCEDE"}, "012": {"RETREAT"}, "02": set(), "03": {"CONSULT"}, "04": {"SUPPORT"}, "05": {"AGREE"}, "06": {"SUPPORT"}, "063": {"AID"},
    "065": {"RETREAT"}, "066": {"RETREAT"}, "07": {"AID"}, "08": {"AGREE", "SUPPORT"}, "09": {"REQUEST"}, "10": {"REQUEST"}, "11": {"REJECT"},
    "12": {"ACCUSE"}, "13": {"ACCUSE"}, "14": {"REJECT"}, "15": {"REQUEST"}, "16": {"THREATEN"}, "17": {"THREATEN"}, "18": {"PROTEST"},
    "182": {"MOBILIZE"}, "19": {"SANCTION"}, "20": {"COERCE"}, "21": {"COERCE"}, "22": {"ASSAULT"},
}  # fmt: skip
#: The invented countries that the tests speak of.
INVENTED = (
    "Arnor", "Gondor", "Dagolath", "Osgiliath", "Ithilen", "Calenardhon", "Eriador", "Mordor", "Rohan", "Fornost", "Bree", "Lorien",
)  # fmt: skip
#: Codes that the tests took from CAMEO, though they mostly have those of WEIS.
CAMEO_AMONG_WEIS = {"030": {"AGREE"}, "194": {"ASSAULT"}}


@dataclass
class Sentence:
    text: str
    codes: list[str]
    #: Why gold has no event: its own `noevents`, or `error` for a sentence or story that is to be left out.
    nothing: str | None = None


def sentences(path: Path) -> list[Sentence]:
    """The sentences, without the parses that come with them."""
    read = []
    for one in ElementTree.parse(path).getroot().iter("Sentence"):
        codings = one.findall("EventCoding")
        codes = [code for coding in codings if (code := coding.get("eventcode"))]
        nothing = next((key for coding in codings for key in ("noevents", "error") if coding.get(key)), None)
        read.append(Sentence(" ".join((one.findtext("Text") or "").split()), codes, nothing))
    return read


def cameo(table: str) -> dict[str, set[str]]:
    """The types of PLOVER by code of CAMEO."""
    types: dict[str, set[str]] = {}
    for code, kind in ROW.findall(table):
        types.setdefault(code, set()).add(kind)
    return types


def by_cameo(code: str, table: Mapping[str, set[str]]) -> set[str]:
    return table.get(code, set())


def by_weis(code: str) -> set[str]:
    """The types by WEIS, of the three digits or the category; codes that neither has ("904", "1717") give none."""
    if len(code) != 3 or not code.isdigit():
        return set()
    return CAMEO_AMONG_WEIS.get(code) or WEIS.get(code) or WEIS.get(code[:2], set())


@dataclass
class Codes:
    """What was counted."""

    sentences: int = 0
    right: int = 0
    #: Sentences with codes of which none means a type of PLOVER's.
    uncodable: int = 0
    #: Sentences that gold says nothing is coded in, and those of them with an event of ours.
    nothing: int = 0
    nothing_found: int = 0
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def score(read: Sequence[Sentence], types: Sequence[Sequence[set[str]]], given: Sequence[Record]) -> Codes:
    """`types` has the types of each code of each sentence; a sentence is right that has an event of the type of any of its codes."""
    count = Codes()
    for sentence, wanted, record in zip(read, types, given, strict=True):
        kinds = set().union(*(options(event, record) for event in record["events"]))
        asked = set().union(*wanted)
        if sentence.nothing:
            count.nothing += 1
            count.nothing_found += bool(kinds)
        elif not asked:
            count.uncodable += 1
        else:
            count.sentences += 1
            count.right += bool(asked & kinds)
            name = " or ".join(sorted(asked))
            count.wanted[name] += 1
            count.found[name] += bool(asked & kinds)
            if not asked & kinds:
                count.misses.append(f"{name} {'/'.join(sentence.codes)}\t{shown(record['events'], record)}\t{sentence.text}")
    return count


@dataclass
class Names:
    """Names of the sentences' invented countries, and how many saksi has as names of an entity."""

    words: int = 0
    found: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def names(invented: Iterable[str], given: Sequence[Record]) -> Names:
    """Each place in a text where one of the names stands, and the type of the entity whose mention begins or ends with it."""
    count = Names()
    pattern = re.compile(rf"\b({'|'.join(sorted(invented))})\b")
    for record in given:
        mentions = [(tuple(mention["span"]), entity["type"]) for entity in record["entities"] for mention in entity["mentions"] if mention["kind"] == "name"]
        for found in pattern.finditer(record["document"]["text"]):
            kinds = [kind for span, kind in mentions if span[0] == found.start() or span[1] == found.end()]
            count.words += 1
            count.found += bool(kinds)
            count.kinds[kinds[0] if kinds else "none"] += 1
    return count


def report(how: str, count: Codes) -> None:
    print(f"{how}: an event of the right type: {share(count.right, count.sentences)}; {count.uncodable} sentences with codes that mean no type are left out")
    print("type\tsentences\tfound\trecall")
    for kind, wanted in sorted(count.wanted.items(), key=lambda row: (-row[1], row[0])):
        print(f"{kind}\t{wanted}\t{count.found[kind]}\t{count.found[kind] / wanted:.2f}")


def report_beside(count: Codes, called: Names) -> None:
    print(f"sentences where gold has nothing: {count.nothing}; with an event of ours: {count.nothing_found}")
    kinds = ", ".join(f"{kind} {number}" for kind, number in called.kinds.most_common())
    print(f"invented names of countries read as names: {share(called.found, called.words)} ({kinds})")
