"""Measure `saksi read` and print the table. Standard library only; called by bench/run.

    measure.py SAKSI TEXT
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TURNS = 5
SAMPLE = ROOT / "samples/galangan.txt"


def run(command: list[str]) -> tuple[float, float]:
    """Wall-clock and processor seconds of a command; its output is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_of(command: list[str]) -> tuple[float, float]:
    turns = [run(command) for _ in range(TURNS)]
    return statistics.median(wall for wall, _ in turns), statistics.median(cpu for _, cpu in turns)


def peak_memory(command: list[str]) -> float:
    """Most memory held at a time, in MB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"failed: {command}")
    return usage.ru_maxrss / 1000


def size_of(pattern: str) -> float:
    """Size of the files of the repository, in MB."""
    return sum(path.stat().st_size for path in ROOT.glob(pattern) if path.is_file()) / 1e6


def main() -> None:
    saksi, text = sys.argv[1:]
    # One core, whatever the machine has.
    one_core = ["taskset", "-c", "0"] if sys.platform == "linux" else []
    read = [*one_core, saksi, "--quiet", "read", "--threads", "1", "--lang", "id", "--published", "2024-03-18", "--format", "jsonl"]
    words = len(Path(text).read_text(encoding="utf-8").split())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(text).read_text(encoding="utf-8").splitlines()
        reports = []
        for number, line in enumerate(line for line in lines if line.strip()):
            reports.append(f"{folder}/{number:06}.txt")
            Path(reports[-1]).write_text(line + "\n", encoding="utf-8")
        wall, cpu = median_of([*read, *reports])
        rows.append((f"tokens/s, one core, {len(reports):,} reports of {words:,} tokens", f"{words / wall:,.0f} ({words / cpu:,.0f} by processor time)"))
        rows.append(("peak memory on them", f"{peak_memory([*read, *reports]):.0f} MB"))
    wall, cpu = median_of([*read, text])
    rows.append((f"tokens/s, one core, one report of {words:,} tokens", f"{words / wall:,.0f} ({words / cpu:,.0f} by processor time)"))
    rows.append(("peak memory on it", f"{peak_memory([*read, text]):.0f} MB"))
    wall, cpu = median_of([*read, str(SAMPLE)])
    rows.append(("start to the end of the first record", f"{wall * 1000:.0f} ms ({cpu * 1000:.0f} ms by processor time)"))
    rows.append(("the program", f"{Path(saksi).stat().st_size / 1e6:.1f} MB"))
    rows.append(("of it models", f"{size_of('crates/saksi-syntax/models/*.model'):.1f} MB"))
    rows.append(("of it packs", f"{size_of('packs/**/*.toml'):.2f} MB"))
    print("| what | measured |\n| --- | --- |")
    for what, figure in rows:
        print(f"| {what} | {figure} |")


if __name__ == "__main__":
    main()
