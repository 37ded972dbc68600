"""The documents of GUM as running text, with the entities of its `Entity=` attribute: type, coreference group, link to Wikipedia."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from reading import Span

#: Opening "(3-place-new-...", which a bracket may close at once, or closing "3)".
BRACKET = re.compile(r"\(([^()]+)(\))?|(\w+)\)")


@dataclass
class Mention:
    group: str
    kind: str
    #: Title of the page of Wikipedia that it is linked to.
    title: str | None
    #: Numbers of its words in the document.
    words: tuple[int, int]
    #: Those that it can't do without, counted from 1.
    least: list[int]


@dataclass
class Document:
    name: str
    text: str = ""
    words: list[Span] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def span(self, mention: Mention) -> Span:
        return self.words[mention.words[0]][0], self.words[mention.words[1] - 1][1]

    def least(self, mention: Mention) -> Span:
        """The span of the words that it can't do without."""
        numbers = [mention.words[0] + number - 1 for number in mention.least if number <= mention.words[1] - mention.words[0]] or [mention.words[0]]
        return self.words[numbers[0]][0], self.words[numbers[-1]][1]

    def head_tag(self, mention: Mention) -> str:
        return self.tags[mention.words[0] + (mention.least or [1])[0] - 1]


def documents(path: Path, genre: str | None = None) -> list[Document]:
    """The documents of a file, in its order."""
    found: list[Document] = []
    document = Document("")
    open_mentions: list[Mention] = []
    joined, token_end, token = True, 0, (0, 0)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            document = Document(line.split("= ")[1])
            open_mentions, joined, token_end = [], True, 0
            found.append(document)
        elif line.startswith("# newpar ") or line == "# newpar":
            if document.text:
                document.text += "\n\n"
            joined = True
        if not line or line.startswith("#"):
            continue
        number, form, _, tag, *_, misc = line.split("\t")
        if "." in number:
            continue
        within = number.isdigit() and int(number) <= token_end
        if not within:
            if not joined:
                document.text += " "
            token = (len(document.text), len(document.text) + len(form))
            document.text += form
            joined = "SpaceAfter=No" in misc.split("|")
            token_end = 0
        if "-" in number:
            token_end = int(number.split("-")[1])
            continue
        if number == "1":
            token_end = token_end if within else 0
        document.words.append(token)
        document.tags.append(tag)
        document.forms.append(form)
        told = re.search(r"Entity=([^|]*)", misc)
        for opened, at_once, closed in BRACKET.findall(told[1]) if told else ():
            if opened:
                mention = mention_of(opened, len(document.words) - 1)
                document.mentions.append(mention)
                if not at_once:
                    open_mentions.append(mention)
            else:
                mention = next((one for one in reversed(open_mentions) if one.group == closed), None)
                if mention:
                    open_mentions.remove(mention)
                    mention.words = (mention.words[0], len(document.words))
    return [one for one in found if genre is None or f"_{genre}_" in one.name]


def mention_of(opened: str, at: int) -> Mention:
    """The mention that `opened` begins at the word `at`: "3-place-new-nnnnn-cf1-1,2-coref-United_Kingdom"."""
    group, kind, _, _, _, least, *rest = opened.split("-")
    title = unquote("-".join(rest[1:])).replace("_", " ") or None
    return Mention(group, kind, title, (at, at + 1), [int(number) for number in least.split(",") if number.isdigit()])
