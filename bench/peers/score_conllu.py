"""Score a parsed CoNLL-U file against a gold one, as the CoNLL 2018 shared task did.

    score_conllu.py GOLD SYSTEM [--json]

Both files must hold the same characters, white space aside; tokens, words and sentences may differ.
Tokens and sentences are matched by their character spans. Words are matched by span too, except that the
words of overlapping multiword tokens are matched by their longest common subsequence of lower-cased forms.
Every figure is precision, recall and F1 over words; with gold tokens all three are the accuracy.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import conllu

# Features that are compared; others are language- or treebank-specific.
UNIVERSAL_FEATURES = frozenset(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree "
    "VerbForm Mood Tense Aspect Voice Evident Polarity Person Polite".split()
)
# Reported one by one. Subtypes count with their main relation, except nsubj:pass, which stands alone.
RELATIONS = ("nsubj", "nsubj:pass", "obj", "obl", "ccomp", "xcomp", "acl", "parataxis", "conj", "flat")

Span = tuple[int, int]


@dataclass(eq=False)
class Word:
    span: Span
    """The characters of the surface token that holds the word."""
    in_multiword: bool
    form: str
    lemma: str
    upos: str
    feats: str
    deprel: str
    relation: str
    head: "Word | None" = None


@dataclass
class Document:
    characters: str
    tokens: list[Span]
    sentences: list[Span]
    words: list[Word]


@dataclass
class Score:
    gold: int
    system: int
    correct: int

    @property
    def precision(self) -> float:
        return self.correct / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.gold + self.system
        return 2 * self.correct / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        return {
            "precision": round(100 * self.precision, 2),
            "recall": round(100 * self.recall, 2),
            "f1": round(100 * self.f1, 2),
            "gold": self.gold,
            "system": self.system,
            "correct": self.correct,
        }


def load(sentences: list[conllu.Sentence]) -> Document:
    """Lay the sentences out over their characters. Raises ValueError where a tree is no tree."""
    document = Document("", [], [], [])
    pieces: list[str] = []
    position = 0
    for number, sentence in enumerate(sentences, start=1):
        sentence_start = position
        words: list[Word] = []
        spans: dict[int, Span] = {}
        for token in sentence.tokens:
            form = without_spaces(token[conllu.FORM])
            if not form:
                raise ValueError(f"sentence {number}: token {token[conllu.ID]} is empty")
            span = (position, position + len(form))
            position = span[1]
            pieces.append(form)
            document.tokens.append(span)
            first, _, last = token[conllu.ID].partition("-")
            for word_id in range(int(first), int(last or first) + 1):
                spans[word_id] = span
        multiword = multiword_ids(sentence)
        for expected, row in enumerate(sentence.words, start=1):
            if int(row[conllu.ID]) != expected:
                raise ValueError(f"sentence {number}: word {expected} is numbered {row[conllu.ID]}")
            words.append(make_word(row, spans[expected], expected in multiword))
        if len(spans) != len(words):
            raise ValueError(f"sentence {number}: a multiword token lacks its words")
        link_heads(sentence, words, number)
        document.words.extend(words)
        document.sentences.append((sentence_start, position))
    document.characters = "".join(pieces)
    return document


def without_spaces(form: str) -> str:
    return "".join(form.split())


def multiword_ids(sentence: conllu.Sentence) -> set[int]:
    """The ids of the words inside multiword tokens."""
    ids: set[int] = set()
    for row in sentence.rows:
        if "-" in row[conllu.ID]:
            first, last = row[conllu.ID].split("-")
            ids.update(range(int(first), int(last) + 1))
    return ids


def make_word(row: list[str], span: Span, in_multiword: bool) -> Word:
    feats = row[conllu.FEATS].split("|")
    main_relation = row[conllu.DEPREL].partition(":")[0]
    return Word(
        span=span,
        in_multiword=in_multiword,
        form=without_spaces(row[conllu.FORM]).lower(),
        lemma=row[conllu.LEMMA],
        upos=row[conllu.UPOS],
        feats="|".join(sorted(f for f in feats if f.partition("=")[0] in UNIVERSAL_FEATURES)),
        deprel=main_relation,
        relation="nsubj:pass" if row[conllu.DEPREL].startswith("nsubj:pass") else main_relation,
    )


def link_heads(sentence: conllu.Sentence, words: list[Word], number: int) -> None:
    """Set the heads, after checking that they form one tree."""
    heads = []
    for row in sentence.words:
        if not row[conllu.HEAD].isdigit() or int(row[conllu.HEAD]) > len(words):
            raise ValueError(f"sentence {number}: word {row[conllu.ID]} has head {row[conllu.HEAD]!r}")
        heads.append(int(row[conllu.HEAD]))
    if heads.count(0) != 1:
        raise ValueError(f"sentence {number}: {heads.count(0)} roots")
    for start in range(1, len(words) + 1):
        node = start
        for _ in words:
            node = heads[node - 1] if node else 0
        if node:
            raise ValueError(f"sentence {number}: a cycle over word {start}")
    for word, head in zip(words, heads):
        word.head = words[head - 1] if head else None


def align(gold: list[Word], system: list[Word]) -> dict[Word, Word]:
    """The gold word of each system word that has one."""
    aligned: dict[Word, Word] = {}
    regions = multiword_regions(gold + system)
    gold_groups = group(gold, regions)
    for key, system_group in group(system, regions).items():
        gold_group = gold_groups.get(key, [])
        pairs = zip(system_group, gold_group) if len(key) == 2 else common_subsequence(system_group, gold_group)
        aligned.update(pairs)
    return aligned


def multiword_regions(words: list[Word]) -> list[Span]:
    """The spans of the multiword tokens of both sides, overlapping ones merged."""
    regions: list[Span] = []
    for start, end in sorted({word.span for word in words if word.in_multiword}):
        if regions and start < regions[-1][1]:
            regions[-1] = (regions[-1][0], max(end, regions[-1][1]))
        else:
            regions.append((start, end))
    return regions


def group(words: list[Word], regions: list[Span]) -> dict[tuple[int, ...], list[Word]]:
    """Words by the region that holds them, keyed (start, end, 0), or by their own span, keyed (start, end)."""
    groups: dict[tuple[int, ...], list[Word]] = {}
    region = 0
    for word in words:
        while region < len(regions) and regions[region][1] <= word.span[0]:
            region += 1
        inside = region < len(regions) and regions[region][0] <= word.span[0] and word.span[1] <= regions[region][1]
        groups.setdefault((*regions[region], 0) if inside else word.span, []).append(word)
    return groups


def common_subsequence(system: list[Word], gold: list[Word]) -> list[tuple[Word, Word]]:
    """The pairs of a longest common subsequence of forms."""
    length = [[0] * (len(system) + 1) for _ in range(len(gold) + 1)]
    for g in reversed(range(len(gold))):
        for s in reversed(range(len(system))):
            if gold[g].form == system[s].form:
                length[g][s] = 1 + length[g + 1][s + 1]
            else:
                length[g][s] = max(length[g + 1][s], length[g][s + 1])
    pairs = []
    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].form == system[s].form:
            pairs.append((system[s], gold[g]))
            g, s = g + 1, s + 1
        elif length[g][s] == length[g + 1][s]:
            g += 1
        else:
            s += 1
    return pairs


def score(gold: Document, system: Document) -> dict[str, Score]:
    """The scores by name. Raises ValueError where the two texts differ."""
    check_same_text(gold.characters, system.characters)
    aligned = align(gold.words, system.words)

    def same_head(word: Word) -> bool:
        """Whether the head of a system word is the gold one (None: the root)."""
        wanted = aligned[word].head
        return wanted is None if word.head is None else aligned.get(word.head) is wanted and wanted is not None

    def attribute(test: Callable[[Word, Word], bool]) -> Score:
        return Score(len(gold.words), len(system.words), sum(test(s, g) for s, g in aligned.items()))

    scores = {
        "tokens": score_spans(gold.tokens, system.tokens),
        "sentences": score_spans(gold.sentences, system.sentences),
        "words": Score(len(gold.words), len(system.words), len(aligned)),
        "UPOS": attribute(lambda s, g: s.upos == g.upos),
        "UFeats": attribute(lambda s, g: s.feats == g.feats),
        "lemmas": attribute(lambda s, g: g.lemma in ("_", s.lemma)),
        "UAS": attribute(lambda s, g: same_head(s)),
        "LAS": attribute(lambda s, g: same_head(s) and s.deprel == g.deprel),
    }
    gold_counts = Counter(word.relation for word in gold.words)
    system_counts = Counter(word.relation for word in system.words)
    correct = Counter(s.relation for s, g in aligned.items() if same_head(s) and s.relation == g.relation)
    for relation in RELATIONS:
        scores[relation] = Score(gold_counts[relation], system_counts[relation], correct[relation])
    return scores


def score_spans(gold: list[Span], system: list[Span]) -> Score:
    return Score(len(gold), len(system), len(set(gold) & set(system)))


def check_same_text(gold: str, system: str) -> None:
    if gold == system:
        return
    at = next((i for i, (g, s) in enumerate(zip(gold, system)) if g != s), min(len(gold), len(system)))
    raise ValueError(f"the texts differ at character {at}: gold {gold[at:at + 20]!r}, system {system[at:at + 20]!r}")


def score_files(gold: Path, system: Path) -> dict[str, dict[str, float]]:
    """The scores of a file in per cent."""
    documents = []
    for path in (gold, system):
        try:
            documents.append(load(conllu.read(path)))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    return {name: value.as_dict() for name, value in score(*documents).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Score a parsed CoNLL-U file against a gold one.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("system", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args()
    try:
        scores = score_files(args.gold, args.system)
    except ValueError as error:
        sys.exit(str(error))
    if args.json:
        print(json.dumps(scores, indent=1))
        return
    print(f"{'':<12}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}")
    for name, value in scores.items():
        print(f"{name:<12}{value['precision']:>8.2f}{value['recall']:>8.2f}{value['f1']:>8.2f}{value['gold']:>8}")


if __name__ == "__main__":
    main()
