"""Reads every export back by the readers that its users have, and compares with the records.

    pip install -r bench/readback/requirements.txt
    python3 bench/readback/read_back.py --saksi target/release/saksi

Records: those of crates/saksi-export/tests/data, and the samples as the program reads them; `--records FILE` takes others.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import geojson
import pandas
import pyarrow.parquet
import stix2
from followthemoney import model

ROOT = Path(__file__).resolve().parents[2]
TABLES = ["events", "statements", "entities", "mentions", "reports"]
DAY = "2026-01-02"


class Exports:
    """The exports of a file of records."""

    def __init__(self, saksi, records, folder):
        self.saksi, self.path, self.folder = saksi, records, folder
        self.records = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]

    def write(self, form, table=None):
        path = self.folder / (f"{form}-{table}" if table else form)
        table = ["--table", table] if table else []
        command = [self.saksi, "export", "--quiet", "--date", DAY, "--format", form, "--out", path, *table, "--records", self.path]
        subprocess.run(command, check=True)
        return path

    def all(self, what):
        return [(record, one) for record in self.records for one in record[what]]


def words(record, span):
    return None if span is None else record["document"]["text"][span[0] : span[1]]


def reference(record):
    return record["document"]["uri"] or record["document"]["id"]


def names(record, ids):
    known = {entity["id"]: entity["name"] for entity in record["entities"]}
    return [known[one] for one in ids]


def unguarded(field):
    """A text as it was before it was made harmless for spreadsheets."""
    bare = field.lstrip("'")
    return field[1:] if field.startswith("'") and bare[:1] in tuple("=+-@\t\r") else field


def expected_rows(exports, table):
    if table == "reports":
        return [(record, record) for record in exports.records]
    if table == "mentions":
        return [
            (record, (entity, mention))
            for record, entity in exports.all("entities")
            for mention in entity["mentions"]
        ]
    return exports.all(table)


def check_table(exports, table, frame, plain):
    """`plain` makes a text of a field of the frame."""
    rows = expected_rows(exports, table)
    assert len(frame) == len(rows), (table, len(frame), len(rows))
    for (record, one), (_, row) in zip(rows, frame.iterrows()):
        expected = {"report": reference(record)}
        if table == "events":
            expected |= {
                "event": one["id"],
                "type": one["type"],
                "modality": one["modality"],
                "trigger": words(record, one["trigger"]),
                "date": one["date"],
                "parent": one["parent"],
            }
        elif table == "statements":
            expected |= {
                "statement": one["id"],
                "stance": one["stance"],
                "cue": words(record, one["cue"]),
                "content": words(record, one["content"]),
            }
        elif table == "entities":
            expected |= {"entity": one["id"], "type": one["type"], "name": one["name"], "country": one["country"]}
        elif table == "mentions":
            entity, mention = one
            expected |= {"entity": entity["id"], "words": words(record, mention["span"]), "kind": mention["kind"]}
        else:
            document = record["document"]
            expected |= {"id": document["id"], "title": document["title"], "text": document["text"]}
        for column, value in expected.items():
            assert plain(row[column]) == (value or ""), (table, column, row[column], value)


def csv_by_pandas(exports):
    for table in TABLES:
        path = exports.write("csv", table)
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        check_table(exports, table, frame, unguarded)
        # And by the reader of Python's own, as spreadsheets read it.
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell[:1] in tuple("=@\t\r") for row in rows for cell in row), "a formula"
    return f"{len(TABLES)} tables"


def parquet_by_pyarrow(exports):
    folder = exports.write("parquet")
    count = 0
    for table in TABLES:
        path = folder / f"{table}.parquet"
        rows = pyarrow.parquet.read_table(path)
        count += rows.num_rows
        frame = pandas.read_parquet(path)
        check_table(exports, table, frame, lambda field: "" if field is None or field != field else field)
        if table == "events":
            types = {name: str(rows.schema.field(name).type) for name in ["first_day", "actors", "latitude", "trigger_start"]}
            assert types["first_day"] == "date32[day]" and types["latitude"] == "double", types
            assert types["actors"].startswith("list<") and types["trigger_start"] == "int64", types
            for (record, event), row in zip(exports.all("events"), rows.to_pylist()):
                assert row["actors"] == names(record, event["actors"])
                assert row["contexts"] == event["contexts"]
                if event["date"] and len(event["date"]) == 10:
                    assert row["first_day"] == row["last_day"] == date.fromisoformat(event["date"])
                if not event["date"]:
                    assert row["first_day"] is None
    return f"{len(TABLES)} tables, {count} rows"


def geojson_by_geojson(exports):
    collection = geojson.loads(exports.write("geojson").read_text(encoding="utf-8"))
    assert collection.is_valid, collection.errors()
    events = [feature for feature in collection.features if feature.properties["kind"] == "event"]
    assert [one.properties["event"] for one in events] == [event["id"] for _, event in exports.all("events")]
    return f"{len(collection.features)} features"


PLOVER = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE
ASSAULT""".split()


def plover_by_json(exports):
    lines = [json.loads(line) for line in exports.write("plover").read_text(encoding="utf-8").splitlines()]
    by_id = {event["id"]: event for event in lines}
    assert len(by_id) == len(lines)
    for event in lines:
        assert set(event["event"]) <= set(PLOVER), event
        assert event["quad_code"] in (1, 2, 3, 4)
        assert event.get("parent") is None or event["parent"].rsplit("-", 1)[0] == event["id"].rsplit("-", 1)[0]
    return f"{len(lines)} events"


def polecat_by_pandas(exports):
    path = exports.write("polecat")
    # As its loaders read it.
    frame = pandas.read_csv(path, sep="\t", dtype=str, na_values=["None"], keep_default_na=False, quoting=csv.QUOTE_NONE)
    assert len(frame.columns) == 40, list(frame.columns)
    assert frame["Event ID"].is_unique and frame["Event Type"].isin(PLOVER).all()
    for day in frame["Event Date"].dropna():
        date.fromisoformat(day)
    with open(path, encoding="ISO-8859-1") as file:
        assert {len(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)} == {40}
    return f"{len(frame)} rows of 40 columns"


def gdelt_by_pandas(exports):
    folder = exports.write("gdelt")
    read = lambda table: pandas.read_csv(folder / f"{table}.csv", sep="\t", header=None, dtype=str, quoting=csv.QUOTE_NONE)
    events, mentions = read("events"), read("mentions")
    assert events.shape[1] == 61 and mentions.shape[1] == 16, (events.shape, mentions.shape)
    assert events[0].is_unique and set(events[0]) == set(mentions[0])
    assert events[0].astype("int64").gt(0).all()
    assert events[26].str.fullmatch(r"\d{2,4}").all() and events[29].isin(list("1234")).all()
    assert (events[28] == events[26].str[:2]).all()
    assert events[1].dropna().str.fullmatch(r"\d{8}").all() and events[59].str.fullmatch(r"\d{14}").all()
    assert events[30].astype(float).between(-10, 10).all()
    return f"{len(events)} events, {len(mentions)} mentions"


def phoenix_by_pandas(exports):
    frame = pandas.read_csv(exports.write("phoenix"), sep="\t", header=None, dtype=str, quoting=csv.QUOTE_NONE)
    assert frame.shape[1] == 26 and frame[0].is_unique
    assert frame[15].isin(list("01234")).all()
    return f"{len(frame)} rows of 26 columns"


def ftm_by_followthemoney(exports):
    lines = [json.loads(line) for line in exports.write("ftm").read_text(encoding="utf-8").splitlines()]
    proxies = {}
    for line in lines:
        # What is not clean is dropped in silence: nothing may be.
        proxy = model.get_proxy({**line, "properties": {}}, cleaned=False)
        for name, values in line["properties"].items():
            proxy.add(name, values, cleaned=False)
            kept = proxy.get(name)
            assert len(kept) == len(values), (line["schema"], name, values, kept)
        missing = [name for name in proxy.schema.required if not proxy.has(name)]
        assert not missing, (line["schema"], missing)
        proxies[proxy.id] = proxy
    assert len(proxies) == len(lines)
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert proxies[value].schema.is_a(prop.range), (proxy.id, prop.name, value)
    return f"{len(lines)} entities"


def stix_by_stix2(exports):
    bundle = stix2.parse(exports.write("stix").read_text(encoding="utf-8"), allow_custom=False)
    kinds = [one["type"] for one in bundle.objects]
    assert kinds.count("report") == len(exports.records)
    assert kinds.count("incident") == len(exports.all("events"))
    denials = {
        (reference(record), statement["id"])
        for record, statement in exports.all("statements")
        if statement["stance"] == "deny" and any(event["statement"] == statement["id"] for event in record["events"])
    }
    against = [one for one in bundle.objects if one["type"] == "opinion" and one["opinion"] == "strongly-disagree"]
    assert len(against) == len(denials)
    ids = {one["id"] for one in bundle.objects}
    for one in bundle.objects:
        for ref in [*one.get("object_refs", []), *(one[key] for key in ("source_ref", "target_ref") if key in one)]:
            assert ref in ids, ref
    return f"{len(bundle.objects)} objects"


def annotations_by_their_model(exports):
    """No reader of Web Annotations is on PyPI: what the data model demands is looked at here."""
    page = json.loads(exports.write("annotation").read_text(encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage" and page["id"]
    texts = {}
    for record in exports.records:
        texts.setdefault(record["document"]["uri"], []).append(record["document"]["text"])
    ids = set()
    for one in page["items"]:
        assert one["type"] == "Annotation" and one["id"] not in ids
        ids.add(one["id"])
        assert one["motivation"] in ("identifying", "classifying", "describing")
        position, quote = one["target"]["selector"]
        assert position["type"] == "TextPositionSelector" and quote["type"] == "TextQuoteSelector"
        for text in texts.get(one["target"]["source"], []):
            if text[position["start"] : position["end"]] == quote["exact"]:
                around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
                assert around in text
    return f"{len(ids)} annotations"


def jsonl_is_the_records(exports):
    lines = exports.write("jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == exports.records
    return f"{len(lines)} records"


CHECKS = [
    jsonl_is_the_records,
    csv_by_pandas,
    parquet_by_pyarrow,
    geojson_by_geojson,
    plover_by_json,
    polecat_by_pandas,
    gdelt_by_pandas,
    phoenix_by_pandas,
    ftm_by_followthemoney,
    stix_by_stix2,
    annotations_by_their_model,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saksi", required=True, type=Path, help="the program")
    parser.add_argument("--records", type=Path, help="a file with one record a line")
    arguments = parser.parse_args()
    saksi = arguments.saksi.resolve()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        if arguments.records:
            files = [arguments.records.resolve()]
        else:
            samples = sorted((ROOT / "samples").glob("*.txt"))
            read = folder / "samples.jsonl"
            subprocess.run([saksi, "read", "--quiet", "--format", "jsonl", "--out", read, *samples], check=True)
            files = [ROOT / "crates/saksi-export/tests/data/records.jsonl", read]
        for number, records in enumerate(files):
            (folder / str(number)).mkdir()
            exports = Exports(saksi, records, folder / str(number))
            print(f"{records.name}: {len(exports.records)} records")
            for check in CHECKS:
                try:
                    print(f"  {check.__name__.replace('_', ' ')}: {check(exports)}")
                except (AssertionError, ValueError, KeyError, stix2.exceptions.STIXError) as error:
                    failed += 1
                    print(f"  {check.__name__.replace('_', ' ')}: FAILED: {error!r}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
