"""Train spaCy and saksi to find names, each on the same files, score both by one scorer and time both.

    bench/peers/names.py [--data DIR] [--xtask PATH] [--rounds N]

Writes names.json and prints a Markdown table. Run run.py first: it installs spaCy.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import labels
from run import HERE, MODELS, ONE_THREAD, ROOT, Command, script, table

WITH_ONE_THREAD = {**ONE_THREAD, "RAYON_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Set:
    """A set of names: both are trained on its train file alone and scored on its test file."""

    lang: str
    name: str
    suffix: str
    options: tuple[str, ...]
    """Settings of saksi's training."""

    def file(self, data: Path, part: str) -> Path:
        return data / self.lang / self.name / f"{part}.{self.suffix}"

    @property
    def model(self) -> Path:
        return MODELS / f"spacy-names-{self.name}"


INDONESIAN = ("--epochs", "24", "--dropout", "0.2", "--dropout-parser", "0.2", "--word-dropout", "2")
ENGLISH = ("--epochs", "10", "--dropout", "0.3", "--dropout-parser", "0.3", "--word-dropout", "4")
SETS = [
    Set("id", "idner-news-2k", "tsv", INDONESIAN),
    Set("id", "nerugm", "tsv", INDONESIAN),
    Set("en", "uner-ewt", "iob2", ENGLISH),
]


@dataclass(frozen=True)
class Result:
    set: str
    peer: str
    scores: dict[str, float]
    tokens_per_second: dict[str, int]
    """By processor time of one core; for saksi with what its parser does before and without."""


def run_one(command: Command) -> dict[str, float]:
    """Run a command with one thread and return the JSON in the last line of its standard error."""
    done = subprocess.run(command, check=True, env=WITH_ONE_THREAD, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    return json.loads(done.stderr.strip().splitlines()[-1])


def spacy(one: Set, data: Path, rounds: int, found: Path) -> Result:
    """Train spaCy where there is no model yet; find names."""
    if not (one.model / "model-best").exists():
        print(f"training {one.model.name}", file=sys.stderr)
        MODELS.mkdir(exist_ok=True)
        files = ["--train", one.file(data, "train"), "--dev", one.file(data, "dev")]
        command = script("names_spacy.py", "train", one.model, "--lang", one.lang, *files)
        with open(f"{one.model}.log", "w", encoding="utf-8") as log:
            subprocess.run(command, check=True, env=WITH_ONE_THREAD, stdout=log, stderr=subprocess.STDOUT)
    command = script("names_spacy.py", "find", one.model / "model-best", one.file(data, "test"), found)
    times = [run_one(command) for _ in range(rounds)]
    best = min(time["cpu_seconds"] for time in times)
    scores = labels.score(labels.read(one.file(data, "test")), labels.read(found))
    return Result(one.name, "spaCy", scores, {"names": round(times[0]["tokens"] / best)})


def saksi(one: Set, data: Path, rounds: int, found: Path, xtask: Command) -> Result:
    """Train saksi's finder of names on its shipped parser, and find names."""
    print(f"training saksi on {one.name}", file=sys.stderr)
    files = [str(one.file(data, "train")), "--score", str(one.file(data, "test"))]
    command = [*xtask, "names", one.lang, *files, *one.options]
    time = run_one([*command, "--found", str(found.parent), "--rounds", str(rounds)])
    gold, tokens = labels.read(one.file(data, "test")), time["tokens"]
    speed = {
        "names": round(tokens / (time["seconds"] - time["parser_seconds"])),
        "with the parser": round(tokens / time["seconds"]),
    }
    return Result(one.name, "saksi", labels.score(gold, labels.read(found)), speed)


def report(results: list[Result]) -> str:
    """The results as a Markdown table."""
    rows = [["test", "finder", "names", "found", "precision", "recall", "F1", "tokens/s", "with the parser"]]
    for result in results:
        scores, speed = result.scores, result.tokens_per_second
        counts = [f"{scores[name]:,}" for name in ("gold", "found")]
        shares = [f"{scores[name]:.1f}" for name in ("precision", "recall", "f1")]
        rates = [f"{speed[name]:,}" if name in speed else "" for name in ("names", "with the parser")]
        rows.append([result.set, result.peer, *counts, *shares, *rates])
    return table(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train, score and time finders of names.")
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/ner", help="folder of the sets")
    parser.add_argument("--xtask", type=Path, help="the built program `xtask`, where it is not to be built")
    parser.add_argument("--rounds", type=int, default=5, help="timings of each, of which the fastest counts")
    args = parser.parse_args()

    data = args.data.resolve()
    cargo = ["cargo", "run", "--release", "--quiet", "-p", "xtask", "--"]
    xtask = [str(args.xtask.resolve())] if args.xtask else cargo
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for one in SETS:
            found = Path(folder, f"{one.name}.tsv")
            results.append(spacy(one, data, args.rounds, found))
            results.append(saksi(one, data, args.rounds, found, xtask))
    text = json.dumps([asdict(result) for result in results], indent=1)
    (HERE / "names.json").write_text(text + "\n", encoding="utf-8")
    print(report(results))


if __name__ == "__main__":
    main()
