"""Parse a file, or standard input, with a UDPipe model.

    parse_udpipe.py MODEL < text > parsed.conllu
    parse_udpipe.py --input conllu MODEL gold-tokens.conllu > parsed.conllu
    parse_udpipe.py --bench MODEL gold-tokens.conllu
"""

import argparse
import sys

import ufal.udpipe as udpipe

import bench


def parse(model: udpipe.Model, text: str, input_format: str) -> str:
    """The text as CoNLL-U, tokenised only where the input is raw text."""
    error = udpipe.ProcessingError()
    default = udpipe.Pipeline.DEFAULT
    parsed = udpipe.Pipeline(model, input_format, default, default, "conllu").process(text, error)
    if error.occurred():
        raise SystemExit(error.message)
    return parsed


def measure(model: udpipe.Model, text: str) -> None:
    """Time the tagging and the parsing of tokenised sentences."""
    sentences = read_sentences(text)
    for sentence in read_sentences(text)[: bench.WARM_UP]:
        tag_and_parse(model, sentence)
    with bench.timed(sum(len(sentence.words) - 1 for sentence in sentences)):
        for sentence in sentences:
            tag_and_parse(model, sentence)


def read_sentences(text: str) -> list[udpipe.Sentence]:
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(text)
    error = udpipe.ProcessingError()
    sentences = []
    sentence = udpipe.Sentence()
    while reader.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        raise SystemExit(error.message)
    return sentences


def tag_and_parse(model: udpipe.Model, sentence: udpipe.Sentence) -> None:
    model.tag(sentence, udpipe.Model.DEFAULT)
    model.parse(sentence, udpipe.Model.DEFAULT)


def main() -> None:
    parser = argparse.ArgumentParser(description="Parse a file, or standard input, with a UDPipe model.")
    parser.add_argument("model")
    parser.add_argument("file", nargs="?", type=argparse.FileType("rb"), default=sys.stdin.buffer)
    parser.add_argument("--input", choices=["tokenize", "conllu"], default="tokenize")
    parser.add_argument("--bench", action="store_true", help="print tokens and seconds to standard error instead")
    args = parser.parse_args()

    model = udpipe.Model.load(args.model)
    if model is None:
        raise SystemExit(f"{args.model}: not a UDPipe model")
    text = args.file.read().decode("utf-8")
    if args.bench:
        measure(model, text)
    else:
        sys.stdout.buffer.write(parse(model, text, args.input).encode("utf-8"))


if __name__ == "__main__":
    main()
