"""Write the raw text of a CoNLL-U file, so that parsers can be tested from the text on.

    raw_text.py CONLLU > text

Sentences are joined by what their last token says: a space, nothing (SpaceAfter=No) or SpacesAfter.
Paragraphs are set apart by an empty line: the `# newdoc` and `# newpar` of the file where it has any,
else a new paragraph every ten sentences.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import conllu

SENTENCES_PER_PARAGRAPH = 10
ESCAPES = {"s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"}


def space_after(misc: str) -> str:
    """The white space after a token, by its MISC column."""
    attributes = dict(item.partition("=")[::2] for item in misc.split("|"))
    if "SpacesAfter" in attributes:
        return re.sub(r"\\(u[0-9A-Fa-f]{4}|.)", unescape, attributes["SpacesAfter"])
    return "" if attributes.get("SpaceAfter") == "No" else " "


def unescape(escape: re.Match[str]) -> str:
    code = escape[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else ESCAPES.get(code, code)


def paragraphs(sentences: list[conllu.Sentence]) -> Iterator[list[conllu.Sentence]]:
    """The sentences by paragraph."""
    marked = any(sentence.starts_block for sentence in sentences)
    paragraph: list[conllu.Sentence] = []
    for number, sentence in enumerate(sentences):
        starts = sentence.starts_block if marked else number % SENTENCES_PER_PARAGRAPH == 0
        if starts and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def raw_text(sentences: list[conllu.Sentence]) -> str:
    texts = []
    for paragraph in paragraphs(sentences):
        tokens = [token for sentence in paragraph for token in sentence.tokens]
        text = "".join(token[conllu.FORM] + space_after(token[conllu.MISC]) for token in tokens)
        texts.append(text.strip())
    return "\n\n".join(texts) + "\n"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: raw_text.py CONLLU > text")
    sys.stdout.buffer.write(raw_text(conllu.read(Path(sys.argv[1]))).encode("utf-8"))


if __name__ == "__main__":
    main()
