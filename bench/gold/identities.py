"""Which things saksi takes names for, beside the links to Wikipedia of GUM.

    bench/gold/identities.py [GUM.conllu ...] [--genre GENRE] [--saksi PATH] [--misses]

Counted are mentions of states and places, persons and organisations that GUM links, whose head is a proper noun and that have a word of the title. The packs *hold* what a link
means where its title (what stands in brackets, or after a comma, tells which of several) is the name of a state, of an entry of `packs/world/names`, or
of a place of the gazetteer (its main name). Of these mentions:

- right: our entity there is the state, the entry (`links.saksi`), or the place (`links.geonames`, of regions `links.geonames_code`) of that name; what tells which of several must be
  where the place lies; where the title has no such words, the place must be the largest town of its name, or a region;
- named: our entity has no link, but the title's name, and a country that the place may be in;
- wrong: it is linked to something else;
- unlinked: there is another entity, without a link;
- not found: there is none, or only a longer name around it ("Gulf of [Mexico]").
"""

import argparse
import re
import struct
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import gum
from reading import ROOT, SAKSI, SHARED, Span, moved, overlap, places_in, records

ROW = struct.Struct("<IIIffHHBBBB")
NONE = 0xFFFFFFFF
TEXT_LINKS = 254
KINDS = ("place", "person", "organization")


def folded(name: str) -> str:
    """Letters without case and accents."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter))
    return re.sub(r"\W+", " ", plain.replace("'", "").replace("’", "")).strip()


@dataclass(frozen=True)
class Title:
    """"Springfield, Illinois" or "Georgia (U.S. state)": the name, and what tells which."""

    name: str
    which: str | None

    @classmethod
    def of(cls, title: str) -> "Title":
        told = re.fullmatch(r"(.*?)(?:, (.*)| \((.*)\))", title)
        return cls(folded(told[1]), folded(told[2] or told[3])) if told else cls(folded(title), None)


@dataclass(frozen=True)
class Place:
    name: str
    weight: int
    region: bool
    within: int
    country: str


class Known:
    """What the packs hold, by name."""

    def __init__(self, packs: Path) -> None:
        self.states: dict[str, str] = {}
        self.entries: dict[str, set[str]] = defaultdict(set)
        for path in sorted((packs / "world/names").glob("*.toml")):
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            for state in content.get("state", ()):
                self.states |= {folded(name): state["code"] for name in spellings(state.get("names", {}))}
            for entry in content.get("name", ()):
                for name in spellings(entry.get("names", {})):
                    self.entries[folded(name)].add(entry["id"])
        self.country_names: dict[str, set[str]] = defaultdict(set)
        for name, code in self.states.items():
            self.country_names[code].add(name)
        self.places: list[Place] = []
        self.by_link: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.read_gazetteer((packs / "world/places.gazetteer").read_bytes())

    def read_gazetteer(self, data: bytes) -> None:
        """The places by their main names; the layout stands in `crates/saksi-lexicon/src/gazetteer`."""
        lengths = struct.unpack_from("<5Q", data, 20)
        starts = [60 + sum(lengths[:number]) for number in range(5)]
        countries, _, classes, schemes = (line.split("\t") for line in data[60 : starts[1]].decode().split("\n"))
        for at in range(starts[3], starts[4], ROW.size):
            name, link, within, _, _, weight, country, _, kind, _, scheme = ROW.unpack_from(data, at)
            start = starts[4] + name
            text = data[start + 2 : start + 2 + int.from_bytes(data[start : start + 2], "little")].decode()
            region = kind < len(classes) and classes[kind].startswith("region")
            number = len(self.places)
            self.places.append(Place(folded(text), weight, region, within, countries[country] if country < len(countries) else ""))
            self.by_name[folded(text)].append(number)
            if scheme < len(schemes) and schemes[scheme] == "geonames":
                self.by_link[str(link)] = number
            elif scheme == TEXT_LINKS:
                start = starts[4] + link
                text = data[start + 2 : start + 2 + int.from_bytes(data[start : start + 2], "little")].decode()
                self.by_link |= {one.partition(":")[2]: number for one in text.split(" ") if one.startswith("geonames_code:")}

    def around(self, number: int) -> set[str]:
        """The names of what a place lies in."""
        names = set(self.country_names[self.places[number].country])
        for _ in range(4):
            number = self.places[number].within
            if number == NONE:
                break
            names.add(self.places[number].name)
        return names

    def meant(self, title: Title) -> set[int]:
        """The numbers of the places that a title may mean."""
        named = self.by_name.get(title.name, [])
        if title.which:
            return {one for one in named if any(title.which in around or around in title.which for around in self.around(one) if around)}
        largest = max((self.places[one].weight for one in named if not self.places[one].region), default=0)
        return {one for one in named if self.places[one].weight == largest or self.places[one].region}

    def hold(self, title: Title, kind: str) -> bool:
        state = kind != "person" and title.name in self.states and title.which in (None, "country")
        return state or title.which is None and title.name in self.entries or kind == "place" and bool(self.meant(title))

    def right(self, title: Title, entity: dict) -> bool:
        links = entity["links"]
        if title.name in self.states and title.which in (None, "country") and entity["country"] == self.states[title.name] and entity["type"] == "state":
            return True
        if links.get("saksi") in self.entries.get(title.name, ()):
            return True
        return self.by_link.get(links.get("geonames") or links.get("geonames_code", "")) in self.meant(title)

    def named(self, title: Title, entity: dict) -> bool:
        countries = {self.places[one].country for one in self.meant(title)}
        return not linked(entity) and folded(entity["name"]) == title.name and (not countries or entity["country"] in countries)


def spellings(names: dict[str, list[str]]) -> Iterable[str]:
    return (spelling for of_language in names.values() for name in of_language for spelling in name.split("|"))


def linked(entity: dict) -> bool:
    return bool(entity["links"]) or entity["type"] == "state" and bool(entity["country"])


def entity_at(title: Title, whole: Span, ours: list[tuple[Span, dict]], text: str) -> dict | None:
    """The entity of the name within `whole` that has most words of the title, of several the first.

    A longer name around it ("Gulf of [Mexico]") is of something else.
    """
    ours = [(span, entity) for span, entity in ours if overlap(span, whole) and not (span[0] <= whole[0] and whole[1] <= span[1] and span != whole)]
    words = set(title.name.split())
    shared = [(-len(words & set(folded(text[slice(*span)]).split())), span[0], number) for number, (span, _) in enumerate(ours)]
    return ours[min(shared)[2]][1] if shared else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = SHARED / "data/treebanks/en"
    parser.add_argument("gold", type=Path, nargs="*", default=[folder / "gum-train.conllu", folder / "gum-dev.conllu"])
    parser.add_argument("--genre", help="only the documents of this genre, such as news")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show what is not right")
    options = parser.parse_args()
    known = Known(ROOT / "packs")
    documents = [document for path in options.gold for document in gum.documents(path, options.genre)]
    count: Counter[tuple[str, str]] = Counter()
    for document, record in zip(documents, records([one.text for one in documents], "en", options.saksi), strict=True):
        place = places_in(document.text, record["document"]["text"])
        ours = [(tuple(one["span"]), entity) for entity in record["entities"] for one in entity["mentions"] if one["kind"] == "name"]
        for mention in document.mentions:
            if not mention.title or mention.kind not in KINDS or document.head_tag(mention) != "PROPN":
                continue
            title = Title.of(mention.title)
            if not set(folded(document.text[slice(*document.span(mention))]).split()) & set(title.name.split()):
                continue
            count[mention.kind, "gold"] += 1
            if not known.hold(title, mention.kind):
                continue
            whole = moved(document.span(mention), place)
            entity = entity_at(title, whole, ours, record["document"]["text"]) if whole else None
            if entity is None:
                result = "not found"
            elif known.right(title, entity):
                result = "right"
            else:
                result = "named" if known.named(title, entity) else "wrong" if linked(entity) else "unlinked"
            count[mention.kind, "held"] += 1
            count[mention.kind, result] += 1
            if options.misses and result not in ("right", "named"):
                start, end = document.span(mention)
                told = f"{entity['name']} {entity['type']} {entity['country']} {entity['links']}" if entity else ""
                print(f"{result}\t{mention.kind}\t{mention.title}\t{told}\t{document.text[max(0, start - 30) : end + 20]!r}")
    for kind in (*KINDS, "all"):
        told = Counter({name: sum(n for (of, what), n in count.items() if what == name and kind in (of, "all")) for name in {name for _, name in count}})
        held = max(told["held"], 1)
        shown = "  ".join(f"{name} {told[name]} ({told[name] / held:.3f})" for name in ("right", "named", "wrong", "unlinked", "not found"))
        there = (told["right"] + told["named"]) / max(told["held"] - told["not found"], 1)
        print(f"{kind:12} {told['gold']} gold, {told['held']} held: {shown}; right or named of those found {there:.3f}")


if __name__ == "__main__":
    main()
