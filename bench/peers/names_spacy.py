"""Train a spaCy pipeline that finds names, or find names with one.

    names_spacy.py train MODEL --lang LANG --train FILE --dev FILE
    names_spacy.py find MODEL FILE FOUND

The configuration is that of `spacy init config --optimize efficiency` for a CPU, with a bound on its steps. `find` reads a set
in IOB2, writes it with the names found, and prints tokens and seconds to standard error.
"""

import argparse
import tempfile
import time
from pathlib import Path

import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

import bench
import labels


def make_doc(sentence: labels.Sentence, vocab: Vocab) -> Doc:
    """A Doc of the words."""
    return Doc(vocab, words=sentence.words)


def convert(path: Path, target: Path) -> None:
    """Write a set in spaCy's own format, each sentence as a document."""
    docs, vocab = DocBin(), Vocab()
    for sentence in labels.read(path):
        doc = make_doc(sentence, vocab)
        doc.ents = [Span(doc, *name) for name in sentence.names]
        docs.add(doc)
    docs.to_disk(target)


def train_model(args: argparse.Namespace) -> None:
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        train_file, dev_file, config = (Path(folder, name) for name in ("train.spacy", "dev.spacy", "config.cfg"))
        convert(args.train, train_file)
        convert(args.dev, dev_file)
        init_config(lang=args.lang, pipeline=["ner"], optimize="efficiency", gpu=False).to_disk(config)
        paths = {"paths.train": str(train_file), "paths.dev": str(dev_file)}
        train(config, args.model, overrides={**paths, "training.max_steps": args.steps})
    print(f"{args.model.name}: {time.process_time() - start:.0f} s of CPU time")


def find(args: argparse.Namespace) -> None:
    nlp = spacy.load(args.model)
    sentences = labels.read(args.file)
    for _ in nlp.pipe([make_doc(sentence, nlp.vocab) for sentence in sentences[: bench.WARM_UP]]):
        pass
    docs = [make_doc(sentence, nlp.vocab) for sentence in sentences]
    with bench.timed(sum(len(doc) for doc in docs)):
        for _ in nlp.pipe(docs):
            pass
    for sentence, doc in zip(sentences, docs):
        sentence.names = [(name.start, name.end, name.label_) for name in doc.ents]
    labels.write(args.found, sentences)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train a spaCy pipeline that finds names, or find names with one.")
    tasks = parser.add_subparsers(required=True)
    trains = tasks.add_parser("train")
    trains.add_argument("model", type=Path, help="folder to write; the best pipeline lies in its model-best")
    trains.add_argument("--lang", required=True)
    trains.add_argument("--train", type=Path, required=True)
    trains.add_argument("--dev", type=Path, required=True)
    trains.add_argument("--steps", type=int, default=8000, help="most steps; it stops earlier where the dev set says so")
    trains.set_defaults(run=train_model)
    finds = tasks.add_parser("find")
    finds.add_argument("model", type=Path)
    finds.add_argument("file", type=Path)
    finds.add_argument("found", type=Path)
    finds.set_defaults(run=find)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
