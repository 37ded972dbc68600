"""How fast records are exported, and whether memory grows with their number.

    saksi read --format jsonl reports/*.txt > records.jsonl
    python3 bench/export.py --saksi target/release/saksi --records records.jsonl --count 2000 --count 20000

Records are told apart by their addresses and used again and again until there are `--count` of them.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

FORMATS = ["jsonl", "csv", "parquet", "geojson", "plover", "polecat", "gdelt", "phoenix", "ftm", "stix", "annotation"]


def repeat(records, count, path):
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            record = lines[number % len(lines)]
            record["document"]["uri"] = f"https://example.org/{number}"
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def measure(saksi, records, form, folder):
    """Seconds and the most memory (MiB) of an export of all tables."""
    command = [saksi, "export", "--quiet", "--date", "2026-01-02", "--format", form, "--out", folder / f"out-{form}", "--records", records]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saksi", required=True, type=Path)
    parser.add_argument("--records", required=True, type=Path)
    parser.add_argument("--count", type=int, action="append", required=True)
    arguments = parser.parse_args()
    print("| format | " + " | ".join(f"{count} records: records/s, MiB" for count in arguments.count) + " |")
    rows = {form: [] for form in FORMATS}
    for count in arguments.count:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            records = folder / "records.jsonl"
            repeat(arguments.records, count, records)
            for form in FORMATS:
                seconds, memory = measure(arguments.saksi.resolve(), records, form, folder)
                rows[form].append(f"{count / seconds:,.0f}, {memory:.0f}")
    for form, cells in rows.items():
        print(f"| {form} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
