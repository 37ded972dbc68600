"""Read and write the parts of CoNLL-U that the benchmark needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)

NEW_BLOCK = re.compile(r"#\s*(newdoc|newpar)(\s|=|$)")


@dataclass
class Sentence:
    comments: list[str]
    rows: list[list[str]]

    @property
    def words(self) -> list[list[str]]:
        """The syntactic words: no multiword-token ranges, no empty nodes."""
        return [row for row in self.rows if row[ID].isdigit()]

    @property
    def tokens(self) -> list[list[str]]:
        """The surface tokens: ranges, and words outside any range."""
        tokens = []
        range_end = 0
        for row in self.rows:
            if "-" in row[ID]:
                range_end = int(row[ID].split("-")[1])
                tokens.append(row)
            elif row[ID].isdigit() and int(row[ID]) > range_end:
                tokens.append(row)
        return tokens

    @property
    def starts_block(self) -> bool:
        """Whether a document or a paragraph starts with this sentence."""
        return any(NEW_BLOCK.match(comment) for comment in self.comments)


def parse(text: str) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U text."""
    comments: list[str] = []
    rows: list[list[str]] = []
    # Not splitlines(): forms may hold a no-break or another rare separator.
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        line = line.rstrip("\r")
        if line.startswith("#") and not rows:
            comments.append(line)
        elif line:
            row = line.split("\t")
            if len(row) != 10:
                raise ValueError(f"line {number}: {len(row)} columns instead of 10")
            rows.append(row)
        elif rows:
            yield Sentence(comments, rows)
            comments, rows = [], []


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file."""
    try:
        return list(parse(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def render(sentences: list[Sentence]) -> str:
    """The sentences as CoNLL-U."""
    blocks = ("\n".join([*s.comments, *("\t".join(row) for row in s.rows)]) for s in sentences)
    return "".join(block + "\n\n" for block in blocks)


def bare(sentence: Sentence) -> Sentence:
    """The sentence with its tokens and spacing but without any annotation."""
    comments = [c for c in sentence.comments if re.match(r"#\s*(newdoc|newpar|sent_id|text)(\s|=|$)", c)]
    rows = [
        [row[ID], row[FORM], *["_"] * 7, spacing(row[MISC])]
        for row in sentence.rows
        if "." not in row[ID]
    ]
    return Sentence(comments, rows)


def spacing(misc: str) -> str:
    """The attributes of a MISC column that concern spaces."""
    kept = [item for item in misc.split("|") if item.startswith(("SpaceAfter=", "SpacesAfter="))]
    return "|".join(kept) or "_"
