"""Pronouns of the third person that saksi links, beside Indonesian news with gold coreference and GUM (English).

    bench/gold/coreference.py id [NEWS_COREF.xml] [--saksi PATH] [--misses]
    bench/gold/coreference.py en [GUM.conllu] [--genre GENRE] [--saksi PATH] [--misses]

The Indonesian file has sentences of chunks; a chunk may name the id of an earlier one that it is the same as, and chains are what such links join. There are
no documents: here one ends at a title (a sentence without a mark at its end) or after eight sentences, but only where no link would be cut.

A link of ours is right where its entity has a mention, itself no pronoun, that shares characters with one of the gold chain (of GUM, with its head). Recall is of
the pronouns that gold links: in GUM, to what is somewhere named or described as a person, an organisation or a place. Precision is of those that we
link: of GUM all, of the Indonesian news only those that gold links, since it leaves many without a link that do have an antecedent.
"""

import argparse
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import gum
from detokenise import detokenise
from reading import SAKSI, SHARED, Span, f1, moved, overlap, places_in, records

PRONOUNS = {
    "id": ("ia", "dia", "beliau", "mereka", "nya"),
    "en": ("he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "themselves", "it", "its", "itself"),
}
KINDS = ("person", "organization", "place")
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
        return word if word in PRONOUNS["id"] else None


@dataclass
class Pronoun:
    word: str
    span: Span
    #: The mentions of its chain that are no pronouns.
    meant: list[Span]
    #: Whether it counts for precision, for recall.
    counts: tuple[bool, bool]


@dataclass
class Document:
    text: str
    pronouns: list[Pronoun] = field(default_factory=list)


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
    """Running text, a line for each sentence, with the pronouns in it."""
    result = Document("")
    chains: dict[str, list[Chunk]] = {}
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
            if chunk.number:
                chain = chains[chunk.same_as] if chunk.same_as else []
                chain.append(chunk)
                chains[chunk.number] = chain
        result.text += text + "\n"
    for chunk in (chunk for sentence in document for chunk in sentence if chunk.pronoun):
        meant = [one.span for one in chains[chunk.number] if one.words[0][1] != "PRP"]
        linked = chunk.same_as is not None
        result.pronouns.append(Pronoun(chunk.pronoun, (chunk.span[0], chunk.span[0] + len(chunk.pronoun)), meant, (linked, linked)))
    return result


def of_gum(source: gum.Document) -> Document:
    """The pronouns of a document of GUM."""
    result = Document(source.text)
    is_pronoun = lambda one: one.words[1] - one.words[0] == 1 and source.tags[one.words[0]] in ("PRON", "DET")  # noqa: E731
    at = {one.words[0]: one for one in source.mentions if is_pronoun(one)}
    for number, (form, tag) in enumerate(zip(source.forms, source.tags, strict=True)):
        word = form.lower()
        if word not in PRONOUNS["en"] or tag not in ("PRON", "DET"):
            continue
        chain = [one for one in source.mentions if number in at and one.group == at[number].group and not is_pronoun(one)]
        named = any(one.kind in KINDS for one in chain)
        # "a member all [his] life": what would be part of what it stands for has no mention; "it" without one stands for nothing.
        counted = number in at or word.startswith("it")
        result.pronouns.append(Pronoun(word, source.words[number], [source.least(one) for one in chain], (counted, named)))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=("id", "en"))
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--genre", help="of GUM, only the documents of this genre, such as news")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show the pronouns that were linked wrongly (!) or not at all (-)")
    options = parser.parse_args()
    if options.language == "id":
        documents = [written(one) for one in parted(sentences(options.gold or SHARED / "data/coref/id/news_coref_train.xml"))]
    else:
        documents = [of_gum(one) for one in gum.documents(options.gold or SHARED / "data/treebanks/en/gum-train.conllu", options.genre)]
    count: Counter[tuple[str, str]] = Counter()
    for document, record in zip(documents, records([one.text for one in documents], options.language, options.saksi), strict=True):
        place = places_in(document.text, record["document"]["text"])
        ours = {tuple(one["span"]): entity for entity in record["entities"] for one in entity["mentions"] if one["kind"] == "pronoun"}
        for pronoun in document.pronouns:
            span = moved(pronoun.span, place)
            mine = next((entity for other, entity in ours.items() if span and overlap(other, span)), None)
            meant = [moved(one, place) for one in pronoun.meant]
            named = [tuple(one["span"]) for one in mine["mentions"] if one["kind"] != "pronoun"] if mine else []
            right = any(one and overlap(one, other) for one in meant for other in named)
            count[pronoun.word, "gold"] += pronoun.counts[1]
            count[pronoun.word, "linked"] += pronoun.counts[0] and mine is not None
            count[pronoun.word, "right"] += right
            count[pronoun.word, "right of gold"] += right and pronoun.counts[1]
            count[pronoun.word, "not counted"] += mine is not None and not pronoun.counts[0]
            if options.misses and not right and (mine and pronoun.counts[0] or pronoun.counts[1]):
                start, end = pronoun.span
                context = document.text[max(0, start - 160) : start] + "[" + document.text[start:end] + "]" + document.text[end : end + 40]
                antecedent = document.text[slice(*pronoun.meant[0])] if pronoun.meant else "?"
                print(f"{'!' if mine else '-'} {pronoun.word}\t{antecedent}\t{mine['name'] if mine else ''}\t{context!r}")
    for word in (*PRONOUNS[options.language], "all"):
        total = lambda what: sum(n for (of, told), n in count.items() if told == what and word in (of, "all"))  # noqa: E731, B023
        precision, recall = total("right") / max(total("linked"), 1), total("right of gold") / max(total("gold"), 1)
        print(f"{word:10} {f1(precision, recall)}  ({total('gold')} gold, {total('linked')} linked, {total('right')} right)")
    print("linked by us, not counted:", sum(n for (_, what), n in count.items() if what == "not counted"))


if __name__ == "__main__":
    main()
