"""The countries of sources and targets, beside PLOVER's gold records (English sentences, one a text).

    bench/gold/actors.py [PLOVER_GSR.json] [--saksi PATH] [--misses]

Counted are actors with the code of a country (codes of international bodies are none; slips of gold's hand such as ITL are mended). Two measures, for
sources and for targets:

- events: of the sentences where saksi finds an event of gold's type, the share of gold's countries that are those of its actors (sources) or recipients (targets); an
  actor of gold's that is source and target at once (a reciprocal act) may be either;
- spans: of all sentences, the share of gold's countries that are those of the entity whose mention shares most characters with the marked words.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from reading import SAKSI, SHARED, Record, moved, overlap, places_in, records

SLIPS = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM"}
NO_COUNTRY = {"IGO", "IMG", "NGO"}


def coded(actors: object) -> list[tuple[str, str]]:
    """Words and country of the actors that have one."""
    if not isinstance(actors, list):
        return []
    told = [(actor.get("actorText") or "", SLIPS.get(actor.get("code"), actor.get("code"))) for actor in actors]
    return [(words, code) for words, code in told if code and code not in NO_COUNTRY]


def at_span(record: Record, text: str, words: str) -> dict | None:
    """The entity that shares most characters with `words`, of which gold may leave out some ("U.S. ... negotiators")."""
    words = next((part for part in (words, words.split(" ... ")[0], words.split(" ")[0]) if part in text), "")
    start = text.find(words)
    span = moved((start, start + len(words)), places_in(text, record["document"]["text"])) if words and start >= 0 else None
    shared = [
        (overlap(tuple(mention["span"]), span) / (mention["span"][1] - mention["span"][0] + span[1] - span[0]), bool(entity["country"]), -number)
        for number, entity in enumerate(record["entities"])
        for mention in entity["mentions"]
        if span and overlap(tuple(mention["span"]), span)
    ]
    return record["entities"][-max(shared)[2]] if shared else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=SHARED / "data/events/plover_gsr_dev.json")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show the actors whose country is not right")
    options = parser.parse_args()
    sentences = json.loads(options.gold.read_text(encoding="utf-8"))
    count: Counter[tuple[str, str]] = Counter()
    read = records([one["text"] for one in sentences], "en", options.saksi, published="2000-01-01")
    for sentence, record in zip(sentences, read, strict=True):
        country = {entity["id"]: entity["country"] for entity in record["entities"]}
        events = [event for event in record["events"] if event["type"] == sentence["event"]]
        count["events", "with an event of the type"] += bool(events)
        count["events", "sentences"] += 1
        both = not coded(sentence.get("target"))
        for side, roles in (("source", ["actors"]), ("target", ["recipients"])):
            roles = ["actors", "recipients"] if both and side == "source" and len(coded(sentence["source"])) > 1 else roles
            told = {country.get(party) for event in events for role in roles for party in event[role]}
            for words, code in coded(sentence.get(side)):
                entity = at_span(record, sentence["text"], words)
                spotted = entity is not None and entity["country"] == code
                count[side, "spans"] += 1
                count[side, "spans right"] += spotted
                count[side, "events"] += bool(events)
                count[side, "events right"] += code in told
                if options.misses and (not spotted or events and code not in told):
                    mine = f"{entity['name']} {entity['country']}" if entity else "-"
                    print(f"{side}\t{words}\t{code}\t{'' if spotted else mine}\t{sorted(map(str, told)) if events and code not in told else ''}\t{sentence['text']}")
    print(f"sentences with an event of gold's type: {count['events', 'with an event of the type']} of {count['events', 'sentences']}")
    for side in ("source", "target"):
        for how in ("events", "spans"):
            gold, right = count[side, how], count[side, f"{how} right"]
            print(f"{side} country by {how}: {right / max(gold, 1):.3f} ({right} of {gold})")


if __name__ == "__main__":
    main()
