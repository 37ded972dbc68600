"""Pronouns that saksi links, beside Indonesian news with gold coreference.

    bench/gold/coreference.py [NEWS_COREF.xml] [--saksi PATH] [--misses]

The file has sentences of chunks; a chunk may name the id of an earlier one that it is the same as, and chains are what such links join. There are
no documents: here one ends at a title (a sentence without a mark at its end) or after eight sentences, but only where no link would be cut.

Counted are pronouns of the third person (ia, dia, beliau, mereka, -nya) that gold links; gold leaves many without a link that do have an
antecedent, so nothing is said about those. A link of ours is right where its entity has a mention, itself no pronoun, that shares characters with one of
the chain's chunks. Precision is of the counted pronouns that we link, recall of all counted.
"""

import argparse
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from detokenise import detokenise
from reading import SAKSI, SHARED, Span, f1, moved, overlap, places_in, records

PRONOUNS = {"ia", "dia", "beliau", "mereka", "nya"}
#: Parts of words that the file has as words of their own.
ENCLITICS = {"PRP": {"nya", "ku", "mu"}, "RP": {"lah", "kah", "pun"}}
LEAST = 8


@dataclass
class Chunk:
    number: str
    words: list[tuple[str, str]]
    same_as: str | None
    span: Span = (0, 0)

    @property
    def pronoun(self) -> str | None:
        word = self.words[0][0].strip(".,;:\"'!?()").lower() if len(self.words) == 1 else ""
        return word if word in PRONOUNS else None


@dataclass
class Document:
    text: str = ""
    chunks: list[Chunk] = field(default_factory=list)


def sentences(path: Path) -> list[list[Chunk]]:
    """The chunks of each sentence; those that are no noun phrases have no number."""
    found = []
    for sentence in ElementTree.parse(path).getroot():
        chunks = []
        for phrase in sentence:
            words = [(word.partition("\\")[0], word.partition("\\")[2]) for word in (phrase.text or "").split()]
            if words:
                chunks.append(Chunk(phrase.get("id", ""), words, phrase.get("coref")))
        if chunks:
            found.append(chunks)
    return found


def parted(read: list[list[Chunk]]) -> list[list[list[Chunk]]]:
    """The sentences of each document."""
    owner = {chunk.number: number for number, sentence in enumerate(read) for chunk in sentence}
    linked = {
        at
        for number, sentence in enumerate(read)
        for chunk in sentence
        if chunk.same_as
        for at in range(owner[chunk.same_as] + 1, number + 1)
    }
    documents: list[list[list[Chunk]]] = []
    for number, sentence in enumerate(read):
        title = not sentence[-1].words[-1][0].endswith((".", "?", "!", '"'))
        if not documents or number not in linked and (title or len(documents[-1]) >= LEAST):
            documents.append([])
        documents[-1].append(sentence)
    return documents


def written(document: list[list[Chunk]]) -> Document:
    """Running text, a line for each sentence, with the places of the chunks in it."""
    result = Document()
    for sentence in document:
        tokens: list[str] = []
        parts: list[tuple[Chunk, int, int, int]] = []
        for chunk in sentence:
            for word, tag in chunk.words:
                bare = word.strip(".,;:\"'!?").lower()
                joined = bool(tokens) and bare in ENCLITICS.get(tag, ())
                start = len(tokens[-1]) if joined else 0
                if joined:
                    tokens[-1] += word
                else:
                    tokens.append(word)
                parts.append((chunk, len(tokens) - 1, start, start + len(word)))
        text, spans = detokenise(tokens)
        offset = len(result.text)
        for chunk in sentence:
            own = [(offset + spans[at][0] + start, offset + spans[at][0] + end) for one, at, start, end in parts if one is chunk]
            chunk.span = (own[0][0], own[-1][1])
            result.chunks.append(chunk)
        result.text += text + "\n"
    return result


def chains(document: Document) -> dict[str, list[Chunk]]:
    """For each chunk's number, the chunks of its chain."""
    chain: dict[str, list[Chunk]] = {}
    for chunk in document.chunks:
        if chunk.number:
            members = chain[chunk.same_as] if chunk.same_as else []
            members.append(chunk)
            chain[chunk.number] = members
    return chain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=SHARED / "data/coref/id/news_coref_train.xml")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show the pronouns that were linked wrongly (!) or not at all (-)")
    options = parser.parse_args()
    documents = [written(one) for one in parted(sentences(options.gold))]
    count: Counter[tuple[str, str]] = Counter()
    for document, record in zip(documents, records([one.text for one in documents], "id", options.saksi), strict=True):
        place = places_in(document.text, record["document"]["text"])
        chain = chains(document)
        for chunk in document.chunks:
            pronoun = chunk.pronoun
            if not pronoun:
                continue
            span = moved((chunk.span[0], chunk.span[0] + len(pronoun)), place)
            mine = next(
                (entity for entity in record["entities"] for one in entity["mentions"] if one["kind"] == "pronoun" and span and overlap(tuple(one["span"]), span)), None
            )
            if not chunk.same_as:
                count[pronoun, "unlinked in gold, linked by us"] += mine is not None
                continue
            theirs = [moved(one.span, place) for one in chain[chunk.number] if one.words[0][1] != "PRP"]
            right = mine is not None and any(
                one["kind"] != "pronoun" and other and overlap(tuple(one["span"]), other) for one in mine["mentions"] for other in theirs
            )
            count[pronoun, "gold"] += 1
            count[pronoun, "linked"] += mine is not None
            count[pronoun, "right"] += right
            if options.misses and not right:
                start, end = chunk.span
                meant = next((document.text[slice(*one.span)] for one in chain[chunk.number] if one.words[0][1] != "PRP"), "?")
                context = document.text[max(0, start - 160) : start] + "[" + document.text[start:end] + "]" + document.text[end : end + 40]
                print(f"{'!' if mine else '-'} {pronoun}\t{meant}\t{mine['name'] if mine else ''}\t{context!r}")
    for pronoun in (*sorted(PRONOUNS), "all"):
        gold, linked, right = (sum(n for (word, what), n in count.items() if what == name and pronoun in (word, "all")) for name in ("gold", "linked", "right"))
        print(f"{pronoun:7} {f1(right / max(linked, 1), right / max(gold, 1))}  ({gold} gold, {linked} linked, {right} right)")
    print("linked by us where gold has no link:", sum(n for (_, what), n in count.items() if what.startswith("unlinked")))


if __name__ == "__main__":
    main()
