"""Parse gold-tokenised CoNLL-U with a spaCy pipeline.

    parse_spacy.py MODEL gold-tokens.conllu > parsed.conllu
    parse_spacy.py --bench MODEL gold-tokens.conllu
"""

import argparse
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

import bench
import conllu


def make_doc(sentence: conllu.Sentence, vocab: Vocab) -> Doc:
    """A Doc that holds the words and is bound to remain one sentence."""
    words = sentence.words
    starts = [True] + [False] * (len(words) - 1)
    spaces = ["SpaceAfter=No" not in word[conllu.MISC] for word in words]
    return Doc(vocab, words=[word[conllu.FORM] for word in words], spaces=spaces, sent_starts=starts)


def annotate(sentence: conllu.Sentence, doc: Doc) -> None:
    """Copy the parse. spaCy may leave several roots; the first one then takes the others, as `dep`."""
    root = next(token.i for token in doc if token.head.i == token.i)
    for word, token in zip(sentence.words, doc):
        word[conllu.UPOS] = token.pos_ or "_"
        word[conllu.FEATS] = str(token.morph) or "_"
        if token.head.i != token.i:
            word[conllu.HEAD], word[conllu.DEPREL] = str(token.head.i + 1), token.dep_
        elif token.i == root:
            word[conllu.HEAD], word[conllu.DEPREL] = "0", "root"
        else:
            word[conllu.HEAD], word[conllu.DEPREL] = str(root + 1), "dep"


def main() -> None:
    parser = argparse.ArgumentParser(description="Parse gold-tokenised CoNLL-U with a spaCy pipeline.")
    parser.add_argument("model", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--bench", action="store_true", help="print tokens and seconds to standard error instead")
    args = parser.parse_args()

    nlp = spacy.load(args.model)
    sentences = conllu.read(args.file)
    docs = [make_doc(sentence, nlp.vocab) for sentence in sentences]
    if args.bench:
        for _ in nlp.pipe([make_doc(sentence, nlp.vocab) for sentence in sentences[: bench.WARM_UP]]):
            pass
        with bench.timed(sum(len(doc) for doc in docs)):
            for _ in nlp.pipe(docs):
                pass
        return
    for sentence, doc in zip(sentences, nlp.pipe(docs)):
        annotate(sentence, doc)
    sys.stdout.buffer.write(conllu.render(sentences).encode("utf-8"))


if __name__ == "__main__":
    main()
