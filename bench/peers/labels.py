"""Read and write sets of names in IOB2, and score one against another.

    labels.py GOLD FOUND

Persons, organisations and places count, other kinds of names are left out. A name is right where its words and its kind are.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {
    **dict.fromkeys(("PER", "PERSON"), "PER"),
    **dict.fromkeys(("ORG", "ORGANISATION", "ORGANIZATION"), "ORG"),
    **dict.fromkeys(("LOC", "LOCATION", "PLACE"), "LOC"),
}

Span = tuple[int, int, str]
"""First word, the word after the last, kind."""


@dataclass
class Sentence:
    words: list[str] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)

    def add(self, word: str, label: str) -> None:
        """Adds a word with its label."""
        part, _, told = label.partition("-")
        kind, at = KINDS.get(told), len(self.words)
        self.words.append(word)
        if kind is None:
            return
        if part == "I" and self.names and self.names[-1][1:] == (at, kind):
            self.names[-1] = (self.names[-1][0], at + 1, kind)
        else:
            self.names.append((at, at + 1, kind))


def read(path: Path) -> list[Sentence]:
    """The sentences of `WORD<tab>LABEL`, or in `.iob2` of `NUMBER<tab>WORD<tab>LABEL...` with `#` before comments."""
    numbered = path.suffix == ".iob2"
    sentences = [Sentence()]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            sentences.append(Sentence())
        elif not (numbered and line.startswith("#")):
            word, label = line.split("\t")[numbered : numbered + 2]
            sentences[-1].add(word, label)
    return [sentence for sentence in sentences if sentence.words]


def write(path: Path, sentences: list[Sentence]) -> None:
    """Writes the sentences as `WORD<tab>LABEL`."""
    lines = []
    for sentence in sentences:
        labels = ["O"] * len(sentence.words)
        for start, end, kind in sentence.names:
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
        lines += [f"{word}\t{label}" for word, label in zip(sentence.words, labels)]
        lines.append("")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def score(gold: list[Sentence], found: list[Sentence]) -> dict[str, float]:
    """How many names are gold, found and both; precision, recall and F1 in percent."""
    if [sentence.words for sentence in gold] != [sentence.words for sentence in found]:
        raise ValueError("the words of the two files differ")
    counts = {
        "gold": sum(len(sentence.names) for sentence in gold),
        "found": sum(len(sentence.names) for sentence in found),
        "right": sum(len(set(one.names) & set(other.names)) for one, other in zip(gold, found)),
    }
    right = 100 * counts["right"]
    return {
        **counts,
        "precision": right / max(counts["found"], 1),
        "recall": right / max(counts["gold"], 1),
        "f1": 2 * right / max(counts["gold"] + counts["found"], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Score names that were found against gold ones.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("found", type=Path)
    args = parser.parse_args()
    scores = score(read(args.gold), read(args.found))
    print(", ".join(f"{name} {value:.1f}" for name, value in scores.items()))


if __name__ == "__main__":
    main()
