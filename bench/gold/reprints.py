"""Score the reprints that the archive finds, on reprints made of others' reports.

    reprints.py make CLUSTERS.jsonl PASSAGES.txt > set.jsonl     [--half dev|test]
    reprints.py score CLUSTERS.jsonl PASSAGES.txt                [--half dev|test] [--saksi PATH] [--misses]

CLUSTERS: articles of Giveme5W1H's news clusters (several articles of one event each: hard negatives). PASSAGES: FacQA's, a line each; six in a row make a
report, of every fourth six each of at least 45 words is a short report by itself, and those of every fourth are what is put into others. Articles of
which a third of the sentences stand in one before, and passages of which one does, are left out: they are reprints already.

Each report is reprinted three times by other "outlets" on later days, each time in one of these ways, in turn:

- cut: its first 40 to 80 of 100 sentences;
- retitled: another headline, and the old one as its first line;
- agency: a line of an agency before it, its initials after it;
- swapped: two paragraphs change places, and one is from another report;
- edited: of every fifth sentence a word is another;
- all of it: cut, with an agency's line, a paragraph swapped.

Recall: of the reprints those that are linked to their own report or another reprint of it. Precision: of the links made those that are such. A link between two
articles of one event counts as wrong, also where an editor would call one a reprint of the other; `--misses` lists them. `--half` takes every second
cluster and report: thresholds were chosen on dev.
"""

import argparse
import datetime
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from detokenise import detokenise

KINDS = ["cut", "retitled", "agency", "swapped", "edited", "all of it"]
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"0-9])")
FIRST = datetime.date(2024, 1, 1)


class Report:
    """A report as paragraphs of sentences."""

    def __init__(self, name: str, language: str, title: str, paragraphs: list[list[str]]):
        self.name, self.language, self.title, self.paragraphs = name, language, title, paragraphs

    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)


def paragraphs(text: str) -> list[list[str]]:
    return [SENTENCE.split(line.strip()) for line in text.split("\n") if line.strip()]


def clusters(path: str, half: int) -> list[Report]:
    articles = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    events = sorted({article["newsCluster"]["EventId"] for article in articles})
    found = []
    for number, article in enumerate(articles):
        event = article["newsCluster"]["EventId"]
        parts = paragraphs(article["text"] or "")
        if events.index(event) % 2 == half and sum(map(len, parts)) >= 5:
            found.append(Report(f"en/{event}/{number}", "en", article["title"] or "", parts))
    return found


def lines_of(path: str) -> list[str]:
    """The passages; of those that share a sentence, the first."""
    known: set[str] = set()
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        sentences = {sentence for sentence in re.split(r" [.?!] ?", line.lower()) if len(sentence.split()) >= 5}
        if sentences and not sentences & known:
            found.append(detokenise(line.split())[0])
        known |= sentences
    return found


def passages(path: str, half: int) -> list[Report]:
    lines = lines_of(path)
    found = []
    for number, start in enumerate(range(0, len(lines) - 5, 6)):
        six = lines[start : start + 6]
        if number % 2 != half:
            continue
        if number % 8 >= 6:
            continue
        if number % 8 < 2:
            for at, line in enumerate(six):
                if len(line.split()) >= 45:
                    found.append(Report(f"id/short/{start + at}", "id", f"Berita {start + at}", paragraphs(line)))
        else:
            found.append(Report(f"id/{start}", "id", f"Berita {start}", [part for line in six for part in paragraphs(line)]))
    return found


def strange(path: str, half: int) -> list[list[str]]:
    """Paragraphs of no report of the set."""
    lines = lines_of(path)
    return [paragraphs(line)[0] for at, line in enumerate(lines) if at // 6 % 8 == 6 + half]


def originals(reports: list[Report]) -> list[Report]:
    """Those that are not reprints of one before."""
    known: set[str] = set()
    found = []
    for report in reports:
        sentences = [re.sub(r"\W+", " ", sentence).strip().lower() for part in report.paragraphs for sentence in part]
        sentences = [sentence for sentence in sentences if len(sentence.split()) >= 5]
        if 3 * sum(sentence in known for sentence in sentences) < len(sentences):
            found.append(report)
        known.update(sentences)
    return found


def cut(rng: random.Random, report: Report) -> list[list[str]]:
    left = max(2, round(sum(map(len, report.paragraphs)) * rng.uniform(0.4, 0.8)))
    kept = []
    for paragraph in report.paragraphs:
        if left > 0:
            kept.append(paragraph[:left])
        left -= len(paragraph)
    return kept


def swapped(rng: random.Random, parts: list[list[str]], strange: list[str]) -> list[list[str]]:
    if len(parts) < 3:
        return parts
    parts = [list(part) for part in parts]
    first, second = rng.sample(range(len(parts)), 2)
    parts[first], parts[second] = parts[second], parts[first]
    shortest = min(range(1, len(parts)), key=lambda at: sum(map(len, parts[at])))
    parts[shortest] = strange[:3]
    return parts


def edited(rng: random.Random, parts: list[list[str]], other: Report) -> list[list[str]]:
    words = other.text().split()
    result = []
    for number, sentence in enumerate(sentence for part in parts for sentence in part):
        tokens = sentence.split()
        if number % 5 == 0:
            tokens[rng.randrange(len(tokens))] = rng.choice(words)
        result.append(" ".join(tokens))
    return [result[at : at + 3] for at in range(0, len(result), 3)]


def agency(rng: random.Random, language: str, parts: list[list[str]]) -> list[list[str]]:
    name = rng.choice(["Kantor Berita Contoh", "Warta Nusantara", "Lintas Kabar"] if language == "id" else ["Example News Agency", "Wire Desk"])
    line = f"{rng.choice(['JAKARTA', 'SURABAYA', 'LONDON', 'VIENNA']).upper()}, {name} –"
    return [[line, *parts[0]], *parts[1:], [f"({''.join(word[0] for word in name.split())}/{rng.choice(['ab', 'cd', 'ef'])})"]]


def reprint(rng: random.Random, kind: str, report: Report, other: Report, strange: list[str]) -> tuple[str, str]:
    """Its title and text."""
    parts, title = report.paragraphs, report.title
    if kind in ("cut", "all of it"):
        parts = cut(rng, report)
    if kind in ("swapped", "all of it"):
        parts = swapped(rng, parts, strange)
    if kind == "edited":
        parts = edited(rng, parts, other)
    if kind in ("agency", "all of it"):
        parts = agency(rng, report.language, parts)
    if kind in ("retitled", "all of it"):
        parts, title = [[title], *parts], other.title
    return title, "\n\n".join(" ".join(part) for part in parts)


def make(cluster_file: str, passage_file: str, half: str) -> list[dict]:
    rng = random.Random(20231126)
    number = {"dev": 0, "test": 1}[half]
    all_reports = clusters(cluster_file, number) + passages(passage_file, number)
    reports = originals(all_reports)
    print(f"left out as reprints already: {len(all_reports) - len(reports)} of {len(all_reports)}", file=sys.stderr)
    foreign = strange(passage_file, number)
    lines, turn = [], 0
    for report in reports:
        # The text of an article that came twice is no second family.
        family = {"uri": report.name, "title": report.title, "text": report.text(), "published": str(FIRST), "language": report.language}
        lines.append(family)
        for copy in range(3):
            kind = KINDS[turn % len(KINDS)]
            turn += 1
            other = rng.choice([other for other in reports if other.language == report.language and other is not report])
            title, text = reprint(rng, kind, report, other, rng.choice(foreign))
            day = FIRST + datetime.timedelta(days=1 + copy)
            lines.append({"uri": f"{report.name}#{kind}", "title": title, "text": text, "published": str(day), "language": report.language})
    rng.shuffle(lines)
    return lines


def links(lines: list[dict], saksi: str) -> list[dict]:
    """What the archive holds: every report with its address and that of its original."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "set.jsonl"
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        subprocess.run([saksi, "batch", "--quiet", "--archive", f"{folder}/a.db", str(file)], check=True)
        command = [saksi, "search", "--archive", f"{folder}/a.db", "--format", "jsonl", "--limit", "1000000"]
        return [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()]


def family(uri: str) -> str:
    return uri.split("#")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["make", "score"])
    parser.add_argument("clusters")
    parser.add_argument("passages")
    parser.add_argument("--half", choices=["dev", "test"], default="test")
    parser.add_argument("--saksi", default="target/release/saksi")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    lines = make(arguments.clusters, arguments.passages, arguments.half)
    if arguments.command == "make":
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
        return
    found = links(lines, arguments.saksi)
    uris = {report["id"]: report["uri"] for report in found}
    wanted, right = Counter(), Counter()
    made, wrong = 0, []
    for report in found:
        uri, origin = report["uri"], uris.get(report.get("reprint_of"))
        kind = uri.partition("#")[2]
        group = ("short " if "/short/" in uri else "") + kind
        ours = origin is not None and family(origin) == family(uri)
        if kind:
            wanted[group] += 1
            right[group] += ours
            if arguments.misses and not ours:
                print(f"missed: {uri}, linked to {origin}", file=sys.stderr)
        if origin is not None:
            made += 1
            if not ours:
                wrong.append((uri, origin))
    if arguments.misses:
        for uri, origin in wrong:
            print(f"wrong: {uri} linked to {origin}", file=sys.stderr)
    print(f"{len(found)} reports, {sum(wanted.values())} reprints of {len(found) - sum(wanted.values())}, {made} links")
    print(f"recall {sum(right.values()) / sum(wanted.values()):.3f}, precision {1 - len(wrong) / max(made, 1):.3f} ({len(wrong)} wrong)")
    for group in sorted(wanted):
        print(f"  {group}: {right[group]} of {wanted[group]}")


if __name__ == "__main__":
    main()
