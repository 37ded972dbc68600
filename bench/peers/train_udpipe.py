"""Train a UDPipe 1 model (tokenizer, tagger and parser) on CoNLL-U files."""

import argparse
import time
from pathlib import Path

import ufal.udpipe as udpipe

from parse_udpipe import read_sentences


def read_all(paths: list[Path]) -> udpipe.Sentences:
    """All sentences of the CoNLL-U files, in order."""
    sentences = udpipe.Sentences()
    for path in paths:
        for sentence in read_sentences(path.read_text(encoding="utf-8")):
            sentences.append(sentence)
    return sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="file to write")
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True, help="held-out data for early stopping")
    for part in ("tokenizer", "tagger", "parser"):
        parser.add_argument(f"--{part}", default="", help=f"{part} options of UDPipe (its defaults)")
    args = parser.parse_args()

    start = time.process_time()
    error = udpipe.ProcessingError()
    model = udpipe.Trainer.train(
        "morphodita_parsito",
        read_all(args.train),
        read_all([args.dev]),
        args.tokenizer,
        args.tagger,
        args.parser,
        error,
    )
    if error.occurred():
        raise RuntimeError(error.message)
    args.model.parent.mkdir(parents=True, exist_ok=True)
    args.model.write_bytes(model)
    print(f"{args.model.name}: {len(model)} bytes, {time.process_time() - start:.0f} s of CPU time")


if __name__ == "__main__":
    main()
