"""Score the statements that saksi finds on gold attribution.

    statements.py pfsa-id BILOU.TSV [--saksi PATH]     Indonesian direct quotations (PFSA-ID)
    statements.py gum JSONL [--genre GENRE] [--saksi PATH]     English attribution (GUM)

The gold has tokens; running text is made of them (`detokenise.py`) and `saksi read` reads it. Gold and found statements are matched
one to one, those whose contents share most characters first.

- overlap: precision is the mean share of a found content that its gold has, recall the mean share of a gold content that is found
  (unmatched: 0), F1 of the two.
- exact: contents with the same characters, white space and marks aside.
- source, cue: of all statements, whose content matches and whose source (cue) shares characters with the gold's.

PFSA-ID labels quotations with quotation marks alone, so only direct and mixed ones are counted among those found. GUM's attribution is of
speech and thought, and its content has whatever elaborates on it, to the end of the document: here that much of it must be found that
stands in the sentence of its head, on its side of the attributing words; what is found beyond that sentence is right where the whole has it, or
where quotation marks around it all tell. GUM attributes clauses to clauses alone, so statements that saksi reads off a noun
phrase ("stressed the importance of ..."), an infinitive ("vowed to ...", "is said to ...") or a noun ("the belief that ...") are not counted
among those found.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from detokenise import detokenise

ROOT = Path(__file__).resolve().parents[2]
NO_CLAUSE = ("noun-phrase", "preposition-phrase", "passive-subject", "open-complement", "agentless", "noun-complementiser", "noun-clause")
CLOSERS = " \"'”’)"
MARKS = set(" \n\"'“”‘’.,;:!?«»()-—–")


@dataclass
class Statement:
    """A statement by the characters of its parts."""

    content: frozenset[int]
    cue: frozenset[int] = frozenset()
    source: frozenset[int] = frozenset()
    #: What may be found as well, where the gold does not tell how far the content goes.
    beyond: frozenset[int] = frozenset()
    #: Of gold, the sentence of its head; of what is found, whether it is all within quotation marks.
    sentence: frozenset[int] = frozenset()
    quoted: bool = False


@dataclass
class Document:
    text: str
    gold: list[Statement] = field(default_factory=list)


def characters(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))


def letters(characters: frozenset[int], text: str) -> frozenset[int]:
    """Without marks and white space."""
    return frozenset(at for at in characters if text[at] not in MARKS)


def pfsa(path: Path) -> list[Document]:
    """The articles; the cue of a statement is the nearest after it within eight tokens, else before it, its source the nearest person to that."""
    documents = []
    for block in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
        rows = [line.split("\t") for line in block.split("\n")[1:] if line.strip()]
        text, spans = detokenise(row[0] for row in rows)
        document = Document(text)
        found = labelled([row[1] for row in rows])
        people = [span for name, span in found if name in ("PERSON", "PERSONCOREF", "ROLE", "AFFILIATION")]
        cues = [span for name, span in found if name in ("CUE", "CUECOREF")]
        clitic = {span for name, span in found if name == "CUECOREF"}
        for name, (first, end) in found:
            if name != "STATEMENT":
                continue
            after = [cue for cue in cues if 0 <= cue[0] - end <= 8]
            before = [cue for cue in cues if 0 <= first - cue[1] <= 8]
            cue = min(after, default=None) or max(before, default=None)
            source = None
            if cue in clitic:
                source = cue
            elif cue:
                near = [person for person in people if distance(person, cue) <= 8]
                source = min(near, key=lambda person: distance(person, cue), default=None)
            document.gold.append(
                Statement(
                    letters(characters(spans[first:end]), text),
                    characters(spans[slice(*cue)]) if cue else frozenset(),
                    characters(spans[slice(*source)]) if source else frozenset(),
                )
            )
        documents.append(document)
    return documents


def distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def labelled(tags: list[str]) -> list[tuple[str, tuple[int, int]]]:
    """The spans of BILOU tags."""
    spans = []
    start = 0
    for at, tag in enumerate(tags):
        if tag[:2] in ("B-", "U-"):
            start = at
        if tag[:2] in ("L-", "U-"):
            spans.append((tag[2:], (start, at + 1)))
    return spans


def gum(path: Path, genre: str | None = None) -> list[Document]:
    """The documents, or those of one genre; cue and source are both within the unit that attributes."""
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if genre not in (None, data["genre"]):
            continue
        units = data["edus"]
        tokens = [token for unit in units for token in unit["text"].split(" ")]
        text, spans = detokenise(tokens)
        of_unit = {}
        at = 0
        for unit in units:
            length = len(unit["text"].split(" "))
            of_unit[unit["id"]] = spans[at : at + length]
            at += length
        sentence_of = {}
        sentence = 0
        relation_of = {unit["id"]: unit["rel"] for unit in units}
        below: dict[int, list[int]] = {}
        for unit in units:
            sentence_of[unit["id"]] = sentence
            sentence += unit["text"].rstrip(CLOSERS).endswith((".", "!", "?"))
            below.setdefault(unit["head"], []).append(unit["id"])
        document = Document(text)
        for attribution in data["attributions"]:
            source = attribution["source_edu"]
            units_of_content = []
            left = [attribution["content_head_edu"]]
            whole = set()
            while left:
                unit = left.pop()
                whole.add(unit)
                left.extend(other for other in below.get(unit, []) if other != source)
            left = [attribution["content_head_edu"]]
            while left:
                unit = left.pop()
                same_side = (unit < source) == (attribution["content_head_edu"] < source) or relation_of[unit].startswith("same-unit")
                same_sentence = sentence_of[unit] == sentence_of[attribution["content_head_edu"]]
                if unit != source and same_side and same_sentence:
                    units_of_content.append(unit)
                    left.extend(below.get(unit, []))
            pieces = [span for unit in sorted(units_of_content) for span in of_unit[unit]]
            if pieces and text[slice(*pieces[0])].lower() == "that":
                pieces = pieces[1:]
            content = letters(characters(pieces), text)
            outside = [unit for unit in whole if sentence_of[unit] != sentence_of[attribution["content_head_edu"]]]
            beyond = letters(characters(span for unit in outside for span in of_unit[unit]), text)
            attributing = characters(of_unit[source])
            around = characters(span for unit, at in sentence_of.items() if at == sentence_of[attribution["content_head_edu"]] for span in of_unit[unit])
            document.gold.append(Statement(content, attributing, attributing, beyond, around))
        documents.append(document)
    return documents


def read(documents: list[Document], language: str, saksi: Path, direct: bool) -> list[list[Statement]]:
    """What saksi finds in the texts."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, document in enumerate(documents):
            path = Path(folder, f"{number:04}.txt")
            path.write_text(document.text, encoding="utf-8")
            paths.append(path)
        command = [str(saksi), "read", "--format", "jsonl", "--lang", language, *map(str, paths)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    records = [json.loads(line) for line in output.splitlines()]
    if len(records) != len(documents):
        raise RuntimeError(f"{len(records)} records of {len(documents)} texts")
    found = []
    for document, record in zip(documents, records, strict=True):
        if record["document"]["text"] != document.text:
            raise RuntimeError(f"the text was changed: {record['document']['uri']}")
        statements = []
        for statement in record["statements"]:
            counted = statement["quotation"] in ("direct", "mixed") if direct else not statement["rule"].startswith(NO_CLAUSE)
            if not counted:
                continue
            part = lambda name: characters([statement[name]] if statement[name] else [])  # noqa: B023, E731
            parts = [tuple(span) for span in statement.get("parts") or [statement["content"]] if span]
            content = letters(characters(parts), document.text)
            if direct:
                content -= part("cue") | part("source_span")
            quoted = statement["quotation"] == "direct"
            statements.append(Statement(content, part("cue"), part("source_span"), quoted=quoted))
        found.append(statements)
    return found


def score(gold: list[list[Statement]], found: list[list[Statement]]) -> dict[str, float]:
    covered = precise = exact = sources = cues = 0.0
    golds = sum(map(len, gold))
    founds = sum(map(len, found))
    for wanted, given in zip(gold, found, strict=True):
        pairs = [
            (len(one.content & other.content), at, to)
            for at, one in enumerate(wanted)
            for to, other in enumerate(given)
            if one.content & other.content
        ]
        matched_gold: set[int] = set()
        matched_found: set[int] = set()
        for shared, at, to in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            if at in matched_gold or to in matched_found:
                continue
            matched_gold.add(at)
            matched_found.add(to)
            one, other = wanted[at], given[to]
            given_here = other.content & one.sentence if other.quoted and one.sentence else other.content - one.beyond
            covered += shared / len(one.content)
            precise += shared / len(given_here)
            exact += one.content == given_here
            sources += bool(one.source & other.source)
            cues += bool(one.cue & other.cue)
    f1 = lambda right_gold, right_found: 2 * ratio(right_gold, golds) * ratio(right_found, founds) / (  # noqa: E731
        ratio(right_gold, golds) + ratio(right_found, founds) or 1
    )
    return {
        "gold": golds,
        "found": founds,
        "content": f1(covered, precise),
        "content_precision": ratio(precise, founds),
        "content_recall": ratio(covered, golds),
        "exact": f1(exact, exact),
        "source": f1(sources, sources),
        "cue": f1(cues, cues),
    }


def ratio(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("pfsa-id", "gum"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--saksi", type=Path, default=ROOT / "target/release/saksi")
    parser.add_argument("--genre", help="of GUM, only the documents of this genre, such as news")
    parser.add_argument("--misses", action="store_true", help="show gold statements that were not found, and found ones that are not gold")
    args = parser.parse_args()
    direct = args.set == "pfsa-id"
    documents = pfsa(args.path) if direct else gum(args.path, args.genre)
    found = read(documents, "id" if direct else "en", args.saksi, direct)
    if args.misses:
        show(documents, found)
    print(json.dumps(score([document.gold for document in documents], found), indent=1))


def show(documents: list[Document], found: list[list[Statement]]) -> None:
    def words(characters: frozenset[int], text: str) -> str:
        return text[min(characters) : max(characters) + 1] if characters else "-"

    for document, given in zip(documents, found, strict=True):
        for mark, ones, others in (("-", document.gold, given), ("+", given, document.gold)):
            for one in ones:
                best = max((len(one.content & other.content) / max(len(one.content | other.content), 1) for other in others), default=0)
                if best < 0.8:
                    parts = [words(part, document.text) for part in (one.source, one.cue, one.content)]
                    print(f"{mark} {best:.2f} [{parts[0]}] [{parts[1]}] {parts[2]}")


if __name__ == "__main__":
    main()
