"""Train a spaCy pipeline (tok2vec, morphologizer, parser) on CoNLL-U files.

The configuration is that of `spacy init config --optimize efficiency` for a CPU.
"""

import argparse
import tempfile
import time
from pathlib import Path

from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.training.converters import conllu_to_docs

SENTENCES_PER_DOC = 10


def convert(paths: list[Path], target: Path) -> None:
    """Write the sentences in spaCy's own format; the words of multiword tokens become its tokens."""
    docs = DocBin(store_user_data=True)
    for path in paths:
        for doc in conllu_to_docs(path.read_text(encoding="utf-8"), n_sents=SENTENCES_PER_DOC, no_print=True):
            docs.add(doc)
    docs.to_disk(target)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train a spaCy pipeline on CoNLL-U files.")
    parser.add_argument("model", type=Path, help="folder to write; the best pipeline lies in its model-best")
    parser.add_argument("--lang", required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    args = parser.parse_args()

    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        train_file, dev_file = Path(folder, "train.spacy"), Path(folder, "dev.spacy")
        convert(args.train, train_file)
        convert([args.dev], dev_file)
        config = Path(folder, "config.cfg")
        pipeline = ["morphologizer", "parser"]
        init_config(lang=args.lang, pipeline=pipeline, optimize="efficiency", gpu=False).to_disk(config)
        train(config, args.model, overrides={"paths.train": str(train_file), "paths.dev": str(dev_file)})
    print(f"{args.model.name}: {time.process_time() - start:.0f} s of CPU time")


if __name__ == "__main__":
    main()
