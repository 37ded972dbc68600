"""Install, train, score and time the rival parsers, and saksi beside them.

    bench/peers/run.py [--data DIR] [--saksi PATH] [--no-training]

Writes results.json and prints a Markdown table.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import conllu
import raw_text
from score_conllu import RELATIONS, score_files

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODELS = HERE / "models"
PYTHON = HERE / ".venv" / "bin" / "python"
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
GOLD_TOKENS, RAW_TEXT = "gold tokens", "raw text"
Command = list[str]


@dataclass(frozen=True)
class Language:
    train: list[str]
    dev: str
    tests: dict[str, str]
    """Each test set, and the treebank of the training data that is annotated in its habits."""
    speed_test: str
    udpipe_options: Command


# spaCy and UDPipe's parser are trained with their defaults. UDPipe's other defaults are 100 tokenizer epochs and 20
# tagger iterations; both stop improving on held-out data earlier (`models/*.log`).
LANGUAGES = {
    # The XPOS columns of the Indonesian treebanks do not agree (one is empty), so that UDPipe's tagger could not
    # choose its iteration by held-out tags if it learned them.
    "id": Language(
        train=["gsd-train-converted", "csui-train"],
        dev="gsd-dev",
        tests={"gsd-test": "gsd-dev", "csui-test": "csui-train", "pud-test": "csui-train"},
        speed_test="gsd-test",
        udpipe_options=["--tokenizer", "epochs=15", "--tagger", "use_xpostag=0;iterations=6"],
    ),
    "en": Language(
        train=["ewt-train", "gum-train"],
        dev="ewt-dev",
        tests={"ewt-test": "ewt-train", "gum-test": "gum-train"},
        speed_test="ewt-test",
        udpipe_options=["--tokenizer", "epochs=15", "--tagger", "iterations=6"],
    ),
}


class Peer:
    """A parser that takes gold tokens, and perhaps raw text, in a language."""

    name: str
    lemmatises = True

    def ready(self, lang: str) -> bool:
        """Whether there is a model of the language."""
        return True

    def command(self, lang: str, mode: str, source: Path) -> Command | None:
        """The command that parses the file to standard output, None where the peer has no such mode."""
        raise NotImplementedError

    def bench_command(self, lang: str, source: Path) -> Command:
        """The command that prints `tokens` and `seconds` as JSON to standard error."""
        raise NotImplementedError


class UDPipe(Peer):
    name = "UDPipe 1"

    def ready(self, lang: str) -> bool:
        return self.model(lang).exists()

    def command(self, lang: str, mode: str, source: Path) -> Command:
        input_format = "conllu" if mode == GOLD_TOKENS else "tokenize"
        return script("parse_udpipe.py", "--input", input_format, self.model(lang), source)

    def bench_command(self, lang: str, source: Path) -> Command:
        return script("parse_udpipe.py", "--bench", self.model(lang), source)

    @staticmethod
    def model(lang: str) -> Path:
        return MODELS / f"udpipe-{lang}.model"


class SpaCy(Peer):
    name = "spaCy 3.8"
    lemmatises = False

    def ready(self, lang: str) -> bool:
        return self.model(lang).exists()

    def command(self, lang: str, mode: str, source: Path) -> Command | None:
        return script("parse_spacy.py", self.model(lang), source) if mode == GOLD_TOKENS else None

    def bench_command(self, lang: str, source: Path) -> Command:
        return script("parse_spacy.py", "--bench", self.model(lang), source)

    @staticmethod
    def model(lang: str) -> Path:
        return MODELS / f"spacy-{lang}" / "model-best"


@dataclass(frozen=True)
class Saksi(Peer):
    binary: Path
    name = "saksi"

    def command(self, lang: str, mode: str, source: Path) -> Command:
        input_format = ["--input", "conllu"] if mode == GOLD_TOKENS else []
        habits = ["--treebank", LANGUAGES[lang].tests[source.stem]]
        return [str(self.binary), "parse", "--lang", lang, *habits, *input_format, str(source)]

    def bench_command(self, lang: str, source: Path) -> Command:
        return [str(self.binary), "parse", "--lang", lang, "--input", "conllu", "--bench", str(source)]


def script(name: str, *arguments: str | Path) -> Command:
    """The command that runs a script of this folder with the peers installed."""
    return [str(PYTHON), str(HERE / name), *map(str, arguments)]


def install() -> None:
    """Make the virtual environment of the peers, unless it is there."""
    if not PYTHON.exists():
        venv.create(PYTHON.parents[1], with_pip=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)


def train_missing(data: Path) -> None:
    """Train the models that are not there yet, one after the other."""
    for lang, language in LANGUAGES.items():
        files = ["--train", *(str(treebank(data, lang, name)) for name in language.train)]
        files += ["--dev", str(treebank(data, lang, language.dev))]
        if not UDPipe.model(lang).exists():
            train("train_udpipe.py", UDPipe.model(lang), [*files, *language.udpipe_options])
        if not SpaCy.model(lang).exists():
            train("train_spacy.py", SpaCy.model(lang).parent, [*files, "--lang", lang])


def train(trainer: str, model: Path, options: Command) -> None:
    print(f"training {model.stem}", file=sys.stderr)
    MODELS.mkdir(exist_ok=True)
    with open(MODELS / f"{model.stem}.log", "w", encoding="utf-8") as log:
        command = script(trainer, model, *options)
        subprocess.run(["nice", "-n", "19", *command], check=True, env=ONE_THREAD, stdout=log, stderr=subprocess.STDOUT)


def treebank(data: Path, lang: str, name: str) -> Path:
    return data / lang / f"{name}.conllu"


def prepare(data: Path, work: Path) -> None:
    """Write the test sets without their annotation, and their raw text."""
    for lang, language in LANGUAGES.items():
        for test in language.tests:
            sentences = conllu.read(treebank(data, lang, test))
            bare = conllu.render([conllu.bare(sentence) for sentence in sentences])
            source(work, test, GOLD_TOKENS).write_text(bare, encoding="utf-8")
            source(work, test, RAW_TEXT).write_text(raw_text.raw_text(sentences), encoding="utf-8")


def source(work: Path, test: str, mode: str) -> Path:
    return work / (f"{test}.conllu" if mode == GOLD_TOKENS else f"{test}.txt")


def score_all(peers: list[Peer], data: Path, work: Path) -> list[dict[str, Any]]:
    """A record for each test set, mode and peer."""
    records = []
    for lang, language in LANGUAGES.items():
        ready = [peer for peer in peers if peer.ready(lang)]
        for test, mode, peer in itertools.product(language.tests, (GOLD_TOKENS, RAW_TEXT), ready):
            command = peer.command(lang, mode, source(work, test, mode))
            if command is None:
                continue
            print(f"scoring {peer.name} on {test}, {mode}", file=sys.stderr)
            output = work / "parsed.conllu"
            with output.open("wb") as stream:
                subprocess.run(command, check=True, env=ONE_THREAD, stdout=stream)
            scores = score_files(treebank(data, lang, test), output)
            if not peer.lemmatises:
                del scores["lemmas"]
            records.append({"test": test, "lang": lang, "mode": mode, "peer": peer.name, "scores": scores})
    return records


def time_all(peers: list[Peer], work: Path, rounds: int) -> list[dict[str, Any]]:
    """Tokens a second of tagging and parsing gold tokens on one core; the peers take turns."""
    core = str(min(os.sched_getaffinity(0)))
    records = []
    for lang, language in LANGUAGES.items():
        ready = [peer for peer in peers if peer.ready(lang)]
        runs: dict[str, list[dict[str, float]]] = {peer.name: [] for peer in ready}
        for _ in range(rounds):
            for peer in ready:
                command = peer.bench_command(lang, source(work, language.speed_test, GOLD_TOKENS))
                pinned = ["taskset", "-c", core, *command]
                done = subprocess.run(pinned, check=True, env=ONE_THREAD, capture_output=True, text=True)
                runs[peer.name].append(json.loads(done.stderr.strip().splitlines()[-1]))
        for name, timings in runs.items():
            records.append({
                "test": language.speed_test,
                "peer": name,
                "tokens_per_second": median_rate(timings, "seconds"),
                "tokens_per_cpu_second": median_rate(timings, "cpu_seconds"),
                "runs": timings,
            })
    return records


def median_rate(timings: list[dict[str, float]], clock: str) -> int | None:
    """None where the clock was not reported."""
    rates = [timing["tokens"] / timing[clock] for timing in timings if clock in timing]
    return round(statistics.median(rates)) if rates else None


def versions() -> dict[str, str]:
    code = "import importlib.metadata as m, json; print(json.dumps({p: m.version(p) for p in ['ufal.udpipe', 'spacy']}))"
    return json.loads(subprocess.run([PYTHON, "-c", code], check=True, stdout=subprocess.PIPE).stdout)


def report(results: dict[str, Any]) -> str:
    """The results as Markdown tables."""
    sections = [
        ("gold tokens", GOLD_TOKENS, ("UPOS", "UFeats", "lemmas", "UAS", "LAS")),
        ("raw text", RAW_TEXT, ("words", "sentences", "UPOS", "UAS", "LAS")),
        ("labelled F1, gold tokens", GOLD_TOKENS, RELATIONS),
    ]
    tables = []
    for title, mode, names in sections:
        rows = [[title, "parser", *names]]
        for record in results["scores"]:
            if record["mode"] == mode:
                scores = record["scores"]
                cells = [f"{scores[name]['f1']:.1f}" if name in scores else "" for name in names]
                rows.append([record["test"], record["peer"], *cells])
        tables.append(table(rows))
    rows = [["speed, one core", "parser", "tokens/s", "tokens/s of CPU time"]]
    for record in results["speed"]:
        rates = (record["tokens_per_second"], record["tokens_per_cpu_second"])
        rows.append([record["test"], record["peer"], *(f"{rate:,}" if rate else "" for rate in rates)])
    return "\n".join([*tables, table(rows)])


def table(rows: list[list[str]]) -> str:
    """A Markdown table; the first row is its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "| " + " | ".join("---" for _ in rows[0]) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Install, train, score and time rival parsers.")
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/treebanks", help="folder of the treebanks")
    parser.add_argument("--saksi", type=Path, help="a saksi binary to score and time in the same run")
    parser.add_argument("--no-training", action="store_true", help="leave out the models that are missing")
    parser.add_argument("--rounds", type=int, default=5, help="timings of each parser, of which the median counts")
    args = parser.parse_args()

    install()
    if not args.no_training:
        train_missing(args.data)
    peers: list[Peer] = [UDPipe(), SpaCy()]
    if args.saksi:
        peers.append(Saksi(args.saksi.resolve()))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        prepare(args.data, work)
        results = {
            "versions": versions(),
            "scores": score_all(peers, args.data, work),
            "speed": time_all(peers, work, args.rounds),
        }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(report(results))


if __name__ == "__main__":
    main()
