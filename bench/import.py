"""Measure `saksi pack import` on made-up FollowTheMoney entities. Standard library only.

    python3 bench/import.py --saksi target/release/saksi [--entities 1000000]
    python3 bench/import.py --write entities.ftm.json [--entities 1000]     # only make the file

The entities have the shape of those that OpenSanctions publishes (fields, lengths, share of people, companies, vessels and of what names
nothing), and names of syllables, the same in each run.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = [c + v for c in "b c d f g h j k l m n p r s t v w y z kh ng sy tr".split() for v in "a e i o u".split()]
CYRILLIC = [c + v for c in "бвгджзклмнпрст" for v in "аеиоу"]
COUNTRIES = "ru ir kp sy by cn us gb de fr id my sg ae tr ua ve cu mm af pk in br mx za ng eg sa iq ly su".split()
TOPICS = [["sanction"], ["role.pep"], ["role.pep", "gov.legislative"], ["crime"], ["sanction", "mil"], ["corp.offshore"], ["poi"], [], []]
SCHEMATA = [("Person", 52), ("Company", 18), ("Organization", 6), ("LegalEntity", 5), ("PublicBody", 1), ("Vessel", 2), ("Airplane", 1),
            ("Address", 6), ("Sanction", 4), ("Ownership", 3), ("Identification", 2)]
LISTS = [f"{country}_list_{number}" for country in COUNTRIES for number in range(4)]


def word(rng: random.Random, syllables: list[str]) -> str:
    return "".join(rng.choices(syllables, k=rng.choice((2, 2, 3, 3, 4)))).capitalize()


def entity(rng: random.Random, number: int) -> dict:
    (schema,) = rng.choices([name for name, _ in SCHEMATA], [share for _, share in SCHEMATA])
    words = [word(rng, SYLLABLES) for _ in range(rng.choice((2, 2, 3, 3, 4)))]
    name = " ".join(words)
    properties: dict = {}
    if schema in ("Address", "Sanction", "Ownership", "Identification"):
        properties = {"full": [f"{name}, {rng.randrange(900)}"], "country": [rng.choice(COUNTRIES)]}
    else:
        if schema == "Company":
            name = "PT " + name
        aliases = [" ".join(rng.sample(words, len(words))) for _ in range(rng.choice((0, 1, 1, 2, 4)))]
        if rng.random() < 0.4:
            aliases.append(" ".join(word(rng, CYRILLIC) for _ in words))
        properties = {"name": [name], "alias": aliases, "topics": rng.choice(TOPICS),
                      "sourceUrl": [f"https://example.org/lists/{number}?entry={rng.getrandbits(64):x}"],
                      "notes": [" ".join(word(rng, SYLLABLES) for _ in range(rng.choice((5, 20, 60))))]}
        place = {"Person": "nationality", "Vessel": "flag"}.get(schema, "jurisdiction")
        properties[place] = [rng.choice(COUNTRIES)]
        if schema == "Person":
            properties |= {"birthDate": [f"19{rng.randrange(30, 99)}-0{rng.randrange(1, 9)}-1{rng.randrange(9)}"], "weakAlias": [words[0]],
                           "firstName": [words[0]], "lastName": [words[-1]], "position": ["Member of " + word(rng, SYLLABLES)]}
        if rng.random() < 0.2:
            properties["wikidataId"] = [f"Q{rng.randrange(10**8)}"]
    days = [f"2024-0{rng.randrange(1, 9)}-1{rng.randrange(9)}T06:00:02" for _ in range(3)]
    return {"id": f"NK-{rng.getrandbits(96):024x}", "caption": name, "schema": schema, "properties": properties,
            "referents": [f"list-{rng.getrandbits(80):x}"], "datasets": rng.sample(LISTS, rng.choice((1, 1, 2, 5))),
            "first_seen": days[0], "last_seen": days[1], "last_change": days[2], "target": rng.random() < 0.5}


def write(path: str, count: int) -> None:
    rng = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            json.dump(entity(rng, number), file, ensure_ascii=False, separators=(",", ":"))
            file.write("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=1_000_000)
    parser.add_argument("--saksi", help="the program to measure")
    parser.add_argument("--write", help="only make the file")
    arguments = parser.parse_args()
    if arguments.write:
        write(arguments.write, arguments.entities)
        return
    if not arguments.saksi:
        parser.error("--saksi or --write")
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/entities.ftm.json"
        write(file, arguments.entities)
        print(f"{arguments.entities:,} entities, {Path(file).stat().st_size / 1e6:,.0f} MB")
        start = time.perf_counter()
        child = subprocess.Popen([arguments.saksi, "pack", "import", file, "--into", f"{folder}/pack"])
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit("the import failed")
        processor = usage.ru_utime + usage.ru_stime
        print(f"{seconds:.1f} s ({processor:.1f} s of processor), {usage.ru_maxrss / 1000:,.0f} MB at most")


if __name__ == "__main__":
    main()
