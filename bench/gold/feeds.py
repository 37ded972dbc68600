"""Count the entries that saksi finds in feeds, beside those that Python's feedparser finds; and the reports in web archives beside warcio's.

    feeds.py feeds ../shared/data/feeds/feedparser     feedparser's own tests (`pip install feedparser`)
    feeds.py warc ../shared/data/warc/warcio           warcio's own tests (`pip install warcio`)

Options: --saksi PATH, --misses.

- feeds: a feed is right if as many entries are found as feedparser finds. An entry without any text counts as found where it is named as such. What is
  counted are feeds in which feedparser finds entries; of all files, those that end the program otherwise than by exit code 0, 1 or 2 are crashes.
- warc: records with a text or a page that was answered with success, and those of saksi; of archives that are broken, warcio's up to where it gives up.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"^error: .*, entry \d+: ", re.MULTILINE)


def run(saksi: str, kind: str, file: Path) -> tuple[int, str, str]:
    done = subprocess.run([saksi, "extract", "--input", kind, str(file)], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def entries(stdout: str, stderr: str) -> int:
    return stdout.count("\n") + len(NAMED.findall(stderr))


def feeds(arguments: argparse.Namespace) -> None:
    import feedparser

    for group in sorted(path for path in arguments.data.iterdir() if path.is_dir()):
        files = sorted(path for path in group.rglob("*") if path.is_file())
        crashes = counted = right = 0
        for file in files:
            code, stdout, stderr = run(arguments.saksi, "feed", file)
            crashes += code not in (0, 1, 2) or "the program failed" in stderr
            expected = len(feedparser.parse(file.read_bytes()).entries)
            if not expected:
                continue
            counted += 1
            right += entries(stdout, stderr) == expected
            if arguments.misses and entries(stdout, stderr) != expected:
                print(f"  {file.relative_to(arguments.data)}: {entries(stdout, stderr)}, not {expected}: {stderr.strip()[:200]}")
        share = f" ({100 * right / counted:.1f} %)" if counted else ""
        print(f"{group.name}: {len(files)} files, {crashes} crashes; {right} of {counted} with entries have all{share}")


def warc(arguments: argparse.Namespace) -> None:
    from warcio.archiveiterator import ArchiveIterator

    for file in sorted(arguments.data.iterdir()):
        if "arc" not in file.name:
            continue
        expected, gave_up = 0, ""
        with file.open("rb") as stream:
            try:
                for record in ArchiveIterator(stream, arc2warc=True):
                    http = record.http_headers
                    kind = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
                    good = http.get_statuscode() in ("200", "203") if http else record.rec_type in ("resource", "conversion")
                    text = bool(kind) and kind.split(";")[0].strip() in ("text/html", "application/xhtml+xml", "text/plain")
                    expected += record.rec_type in ("response", "resource", "conversion") and good and text
            except Exception as error:
                gave_up = f", then gave up: {str(error).strip().splitlines()[0][:80]}"
        code, stdout, stderr = run(arguments.saksi, "warc", file)
        print(f"{file.name}: saksi {stdout.count(chr(10))} reports, exit code {code}; warcio {expected}{gave_up}")
        if arguments.misses and stderr:
            print("  " + stderr.strip().replace("\n", "\n  ")[:600])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["feeds", "warc"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--saksi", default=str(ROOT / "target/release/saksi"))
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    {"feeds": feeds, "warc": warc}[arguments.what](arguments)


if __name__ == "__main__":
    sys.exit(main())
