"""Records of texts by the built program, and positions of a text in what it reads of it."""

import difflib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAKSI = ROOT / "target/release/saksi"
SHARED = Path(os.environ.get("SAKSI_SHARED", ROOT.parent / "shared"))

Record = dict[str, Any]
Span = tuple[int, int]


def records(texts: Sequence[str], language: str, saksi: Path, published: str | None = None) -> list[Record]:
    """What the program says of each text."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(texts):
            path = Path(folder, f"{number:04}.txt")
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        day = ["--published", published] if published else []
        command = [str(saksi), "read", "--quiet", "--format", "jsonl", "--lang", language, *day, *paths]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for _, line in zip(paths, output.splitlines(), strict=True)]


def places_in(text: str, read: str) -> list[int | None]:
    """For each character of `text`, where it stands in `read`, which lacks what was cleaned away; none for what was."""
    if text == read:
        return list(range(len(text)))
    place: list[int | None] = [None] * len(text)
    ones, others = (list(re.finditer(r"\w+|\S", one)) for one in (text, read))
    matcher = difflib.SequenceMatcher(None, [one[0] for one in ones], [other[0] for other in others], autojunk=False)
    for start, to, size in matcher.get_matching_blocks():
        for one, other in zip(ones[start : start + size], others[to : to + size], strict=True):
            for at in range(len(one[0])):
                place[one.start() + at] = other.start() + at
    return place


def moved(span: Span, place: list[int | None]) -> Span | None:
    """`span` by `places_in`; none where its ends were cleaned away."""
    first, last = place[span[0]], place[span[1] - 1]
    return None if first is None or last is None else (first, last + 1)


def overlap(one: Span, other: Span) -> int:
    """How many characters the spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def f1(precision: float, recall: float) -> str:
    """The two and F1, as text."""
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / ((precision + recall) or 1):.3f}"
