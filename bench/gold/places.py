"""Where saksi says that places are, beside GeoVirus: Wikinews articles with the coordinates of the places they name.

    bench/gold/places.py GEOVIRUS.xml [--saksi PATH] [--misses]

Prints how many of the named places are found (same words; overlapping words), and of those found how many lie within 161 km of the place meant
(100 miles, the measure of Gritta et al. 2018), and in the right country. The country of a pair of coordinates is that of the nearest town of the
world pack's gazetteer; what has no town within 300 km, and what lies in several states (Europe, the Black Sea), is left out there. Adjectives of states ("Russian") are no names in GeoVirus.
"""

import argparse
import html
import json
import math
import re
import struct
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEAR_KM = 161.0
ROW = struct.Struct("<IIIffHHBBBB")


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    name: str
    latitude: float
    longitude: float


def articles(path: Path) -> list[tuple[str, list[Place]]]:
    """The texts and their places; the file is cut off, so no XML parser takes it."""
    found = []
    for article in re.findall(r"<article>(.*?)</article>", path.read_text(encoding="utf-8"), re.S):
        field = lambda tag, text: html.unescape((re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S) or ["", ""])[1])  # noqa: E731
        text = field("text", article)
        places = []
        for location in re.findall(r"<location>(.*?)</location>", article, re.S):
            if not field("lat", location):
                continue
            # Offsets count from 1.
            start = int(field("start", location)) - 1
            name = field("name", location)
            at = min((m.start() for m in re.finditer(re.escape(name), text)), key=lambda at: abs(at - start), default=None)
            if at is not None and abs(at - start) < 40:
                places.append(Place(at, at + len(name), name, float(field("lat", location)), float(field("lon", location))))
        found.append((text, places))
    return found


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    (p, q), (r, s) = (map(math.radians, a), map(math.radians, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


class Countries:
    """Which country the nearest town is of, by the rows of the gazetteer (`crates/saksi-lexicon/src/gazetteer`)."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        lengths = struct.unpack_from("<5Q", data, 20)
        tables = data[60 : 60 + lengths[0]].decode().split("\n")
        codes = tables[0].split("\t")
        start = 60 + sum(lengths[:3])
        self.cells: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for at in range(start, start + lengths[3], ROW.size):
            _, _, _, lat, lon, _, country, *_ = ROW.unpack_from(data, at)
            if lat == lat and country < len(codes):
                self.cells[(int(lat // 1), int(lon // 1))].append((lat, lon, codes[country]))

    def of(self, lat: float, lon: float) -> str | None:
        near = [
            (kilometres((lat, lon), (a, b)), code)
            for i in range(-3, 4)
            for j in range(-4, 5)
            for a, b, code in self.cells.get((int(lat // 1) + i, int(lon // 1) + j), [])
        ]
        best = min(near, default=None)
        return best[1] if best and best[0] < 300 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--saksi", type=Path, default=ROOT / "target/release/saksi")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    states = tomllib.loads((ROOT / "packs/world/names/states.toml").read_text(encoding="utf-8"))["state"]
    adjectives = {word for state in states for words in state.get("adjectives", {}).values() for word in words}
    adjectives |= {word for state in states for words in state.get("peoples", {}).values() for word in words}
    names = {word for state in states for words in state.get("names", {}).values() for word in words}
    listed = tomllib.loads((ROOT / "packs/world/names/places.toml").read_text(encoding="utf-8")).get("name", [])
    shared = {word for place in listed if "country" not in place for word in place["names"].get("en", []) + place["names"].get("any", [])}
    countries = Countries(ROOT / "packs/world/places.gazetteer")
    count: Counter[str] = Counter()
    for text, gold in articles(options.gold):
        run = subprocess.run(
            [options.saksi, "read", "--lang", "en", "--format", "json", "--quiet", "-"], input=text.encode(), capture_output=True, check=False
        )
        if run.returncode:
            print(run.stderr.decode(), file=sys.stderr)
            continue
        record = json.loads(run.stdout)
        read = record["document"]["text"]
        # What is cleaned away before a place shifts it.
        shifted = read if len(read) == len(text) else None
        found = []
        for entity in record["entities"]:
            if entity["type"] not in ("place", "state", "facility"):
                continue
            for mention in entity["mentions"]:
                start, end = mention["span"]
                words = read[start:end]
                if mention["kind"] == "name" and "within" not in mention and (words not in adjectives or words in names):
                    found.append((start, end, entity))
        count["found"] += len(found)
        taken = set()
        for place in gold:
            count["gold"] += 1
            start = place.start
            if shifted is None:
                start = min((m.start() for m in re.finditer(re.escape(place.name), read)), key=lambda at: abs(at - place.start), default=-999)
            end = start + len(place.name)
            hit = next((one for one in found if one[0] < end and one[1] > start and one[:2] not in taken), None)
            if not hit:
                if options.misses:
                    print(f"not found\t{place.name}\t{text[max(0, place.start - 40) : place.end + 30]!r}")
                continue
            taken.add(hit[:2])
            count["overlap"] += 1
            count["exact"] += hit[:2] == (start, end)
            geo, entity = hit[2]["geo"], hit[2]
            count["placed"] += geo is not None
            near = geo is not None and kilometres((geo["latitude"], geo["longitude"]), (place.latitude, place.longitude)) < NEAR_KM
            count["near"] += near
            right = None if place.name in shared else countries.of(place.latitude, place.longitude)
            if right:
                count["countries"] += 1
                count["country"] += entity["country"] == right
            if options.misses and not (near and (not right or entity["country"] == right)):
                print(f"wrong\t{place.name}\t{place.latitude},{place.longitude} {right}\t{entity['name']} {entity['type']} {entity['country']} {geo} {entity.get('link_confidence')}")
        if options.misses:
            for start, end, entity in found:
                if (start, end) not in taken:
                    print(f"extra\t{read[start:end]}\t{entity['type']}\t{read[max(0, start - 40) : end + 30]!r}")
    for kind in ("exact", "overlap"):
        precision, recall = count[kind] / count["found"], count[kind] / count["gold"]
        print(f"places found, {kind}: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f} ({count['gold']} gold)")
    print(f"of the found: with coordinates {count['placed'] / count['overlap']:.3f}, within 161 km {count['near'] / count['overlap']:.3f}")
    print(f"right country {count['country'] / count['countries']:.3f} of {count['countries']}")


if __name__ == "__main__":
    main()
