"""Measure the archive: batches and searches.

    python3 bench/archive.py make TEXTS... --reports 20000 --out reports.jsonl
    python3 bench/archive.py batch reports.jsonl --saksi target/release/saksi [--archive FILE]
    python3 bench/archive.py spacy reports.jsonl --conllu TREEBANK.conllu [--sample 300]       # with a Python that has spaCy
    python3 bench/archive.py search --reports 100000 [--archive FILE] [--rounds 100]

make: reports of 2 kB of real sentences, put together anew at random: of TEXTS, files with a passage a line, or JSONL with `text`. The same in each run.

batch: reports a second, processor time a report and memory, by tenths of the reports stored: a line of the table a tenth. Processor time is told because others may
use the cores, too. Memory is what the process holds (VmRSS), sampled twice a second.

spacy: the same reports through a pipeline of spaCy (tok2vec, tagger, morphologizer, parser, lemmatizer, ner, as of `spacy init config --optimize
efficiency`), on as many processes as there are cores. It is not trained: how fast it is depends little on that. It makes no record, keeps nothing, finds no
duplicates.

search: fills an archive with made-up records (`cargo run --release -p saksi-archive --example latency`), asks ten kinds of query while a batch is
being stored, prints milliseconds: median, 95th percentile, longest.
"""

import argparse
import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LENGTH = 2000
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def sentences(paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text") or "" if path.endswith(".jsonl") else re.sub(r" ([.,!?;:)])", r"\1", line)
            found += [sentence.strip() for part in text.split("\n") for sentence in SENTENCE.split(part) if 40 <= len(sentence) <= 400]
    return sorted(set(found))


def make(arguments: argparse.Namespace) -> None:
    # Each file is a language of its own.
    pools = [sentences([path]) for path in arguments.texts]
    rng = random.Random(20231126)
    with open(arguments.out, "w", encoding="utf-8") as out:
        for number in range(arguments.reports):
            pool = pools[number % len(pools)]
            parts: list[str] = []
            while sum(map(len, parts)) < LENGTH:
                parts.append(rng.choice(pool))
            text = "\n\n".join(" ".join(parts[at : at + 3]) for at in range(0, len(parts), 3))
            published = f"{2015 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}"
            out.write(json.dumps({"uri": f"made/{number}", "published": published, "text": text}, ensure_ascii=False) + "\n")


def memory(process: int) -> float:
    """What the process holds, in MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def processor(process: int) -> float:
    """Seconds of processor time that the process used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def batch(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = arguments.archive or f"{folder}/a.db"
        with open(arguments.file, encoding="utf-8") as file:
            total = sum(1 for _ in file)
        start = time.perf_counter()
        child = subprocess.Popen([arguments.saksi, "batch", "--archive", archive, arguments.file], stderr=subprocess.PIPE, text=True)
        samples: list[tuple[float, int, float, float]] = []
        while child.poll() is None:
            time.sleep(0.5)
            try:
                connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
                stored = connection.execute("SELECT count(*) FROM taken").fetchone()[0] if not samples or len(samples) % 4 == 0 else None
                connection.close()
                held, used = memory(child.pid), processor(child.pid)
            except (sqlite3.OperationalError, FileNotFoundError, ProcessLookupError):
                continue
            if stored is not None or samples:
                samples.append((time.perf_counter() - start, stored if stored is not None else samples[-1][1], held, used))
        seconds = time.perf_counter() - start
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = usage.ru_utime + usage.ru_stime
        print((child.stderr.read() if child.stderr else "").strip())
        print(f"{total} reports in {seconds:.1f} s: {total / seconds:.1f} a second ({total / used:.1f} a second of processor), load {os.getloadavg()[0]:.1f}")
        print(f"most memory {usage.ru_maxrss / 1000:,.0f} MB, archive {Path(archive).stat().st_size / total:,.0f} bytes a report")
        for tenth in range(10):
            of_it = [sample for sample in samples if tenth * total <= 10 * sample[1] < (tenth + 1) * total]
            if len(of_it) > 1:
                held = sum(sample[2] for sample in of_it) / len(of_it)
                rate = (of_it[-1][1] - of_it[0][1]) / (of_it[-1][0] - of_it[0][0])
                own = (of_it[-1][3] - of_it[0][3]) / max(1, of_it[-1][1] - of_it[0][1])
                print(f"  tenth {tenth + 1}: {rate:6.1f} a second, {1000 * own:5.1f} ms of processor a report, {held:6.1f} MB", flush=True)


def spacy_pipeline(arguments: argparse.Namespace) -> None:
    import spacy
    from spacy.training import Example
    from spacy.training.converters import conllu_to_docs

    nlp = spacy.blank("id")
    for name in ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"):
        nlp.add_pipe(name)
    docs = list(conllu_to_docs(Path(arguments.conllu).read_text(encoding="utf-8"), n_sents=10, no_print=True))[:50]
    examples = []
    for doc in docs:
        example = Example(nlp.make_doc(doc.text), doc)
        example.reference.ents = [spacy.tokens.Span(example.reference, 0, 1, label=label) for label in ("PER",)]
        examples.append(example)
    nlp.initialize(lambda: examples)
    with open(arguments.file, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(arguments.sample), file)]
    start = time.perf_counter()
    for _ in nlp.pipe(texts, n_process=os.cpu_count() or 1, batch_size=32):
        pass
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"spaCy {spacy.__version__}: {len(texts)} reports in {seconds:.1f} s: {len(texts) / seconds:.1f} a second, {own:,.0f} MB and {others:,.0f} MB a process")


def search(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = arguments.archive or f"{folder}/a.db"
        command = ["cargo", "run", "--quiet", "--release", "-p", "saksi-archive", "--example", "latency", "--"]
        command += [archive, str(arguments.reports), str(arguments.rounds)]
        for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
            print("  ".join(f"{key} {value}" for key, value in json.loads(line).items()))
        print(f"load {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("texts", nargs="+")
    making.add_argument("--reports", type=int, default=20_000)
    making.add_argument("--out", required=True)
    making.set_defaults(run=make)
    batching = commands.add_parser("batch")
    batching.add_argument("file")
    batching.add_argument("--saksi", default="target/release/saksi")
    batching.add_argument("--archive")
    batching.set_defaults(run=batch)
    rival = commands.add_parser("spacy")
    rival.add_argument("file")
    rival.add_argument("--conllu", required=True)
    rival.add_argument("--sample", type=int, default=300)
    rival.set_defaults(run=spacy_pipeline)
    searching = commands.add_parser("search")
    searching.add_argument("--archive")
    searching.add_argument("--reports", type=int, default=100_000)
    searching.add_argument("--rounds", type=int, default=100)
    searching.set_defaults(run=search)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
