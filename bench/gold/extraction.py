"""Score the articles and days of publication that saksi finds on web pages, and others' beside them.

    extraction.py article ../shared/data/extraction/article-extraction-benchmark_dev [--trafilatura]
    extraction.py dates ../shared/data/extraction/htmldate_dev [--htmldate]

Options: --saksi PATH, --misses. `--trafilatura` and `--htmldate` need these packages of PyPI (`pip install trafilatura htmldate lxml_html_clean`).

- article: as the article-extraction-benchmark counts: of each page the shingles of four words that the text and the gold share; precision and recall are the
  means over pages, F1 is of these two.
- dates: of the pages that are there, the share whose day of publication is exactly the gold's. saksi sees the page alone; htmldate is given its address too.
"""

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"\w+")


def extracted(saksi: str, folder: Path) -> dict[str, dict]:
    """The reports of a folder of pages, by file name."""
    reports = {}
    for page in sorted(folder.iterdir()):
        run = subprocess.run([saksi, "--quiet", "extract", str(page)], capture_output=True, text=True, check=False)
        reports[page.name] = json.loads(run.stdout) if run.stdout.strip() else {}
    return reports


def shingles(text: str) -> Counter:
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def counts(gold: str, found: str) -> tuple[int, int, int]:
    """Shingles in both, in the text alone, in the gold alone."""
    gold_shingles, found_shingles = shingles(gold), shingles(found)
    both = (gold_shingles & found_shingles).total()
    return both, found_shingles.total() - both, gold_shingles.total() - both


def share(good: int, bad: int, other_bad: int) -> float:
    if bad == other_bad == 0:
        return 1.0
    return good / (good + bad) if good + bad else 0.0


def article_figures(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    counted = [counts(text, found.get(key, "")) for key, text in gold.items()]
    precision = statistics.mean(share(both, spurious, missed) for both, spurious, missed in counted if both + spurious)
    recall = statistics.mean(share(both, missed, spurious) for both, spurious, missed in counted if both + missed)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(page: Path) -> str:
    return gzip.decompress(page.read_bytes()).decode("utf-8", "replace")


def article(arguments: argparse.Namespace) -> None:
    truth = json.loads((arguments.data / "ground-truth.json").read_text(encoding="utf-8"))
    gold = {key: value["articleBody"] for key, value in truth.items()}
    pages = arguments.data / "html"
    found = {name.removesuffix(".html.gz"): report.get("text", "") for name, report in extracted(arguments.saksi, pages).items()}
    systems = {"saksi": found}
    if arguments.trafilatura:
        import trafilatura

        systems["trafilatura (Python)"] = {
            key: trafilatura.extract(read(pages / f"{key}.html.gz"), include_comments=False) or "" for key in gold
        }
    for name, texts in systems.items():
        precision, recall, f1 = article_figures(gold, texts)
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} ({len(gold)} pages)")
    if arguments.misses:
        for key, text in gold.items():
            both, spurious, missed = counts(text, found.get(key, ""))
            print(f"{share(both, spurious, missed):.2f} {share(both, missed, spurious):.2f} {truth[key]['url']}")


def dates(arguments: argparse.Namespace) -> None:
    truth = json.loads((arguments.data / "dates_dev.json").read_text(encoding="utf-8"))
    pages = arguments.data / "html"
    found = extracted(arguments.saksi, pages)
    gold = {entry["html"]: (url, entry["date"]) for url, entry in truth.items() if entry["html"]}
    right = sum(found.get(page, {}).get("published") == date for page, (_, date) in gold.items())
    print(f"saksi: {right} of {len(gold)} days ({100 * right / len(gold):.1f} %)")
    if arguments.htmldate:
        from htmldate import find_date

        right = sum(find_date(read(pages / page), original_date=True, url=url) == date for page, (url, date) in gold.items())
        print(f"htmldate (Python): {right} of {len(gold)} days ({100 * right / len(gold):.1f} %)")
    if arguments.misses:
        for page, (url, date) in gold.items():
            report = found.get(page, {})
            if report.get("published") != date:
                print(f"{url}: {date}, not {report.get('published')} ({report.get('published_from')})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["article", "dates"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--saksi", default=str(ROOT / "target/release/saksi"))
    parser.add_argument("--trafilatura", action="store_true")
    parser.add_argument("--htmldate", action="store_true")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    {"article": article, "dates": dates}[arguments.what](arguments)


if __name__ == "__main__":
    sys.exit(main())
