"""Tests of labels.py: `python3 -m unittest discover -s bench/peers`."""

import tempfile
import unittest
from pathlib import Path

import labels


def sentence(*labelled: str) -> labels.Sentence:
    """Words with their labels: `Ana/B-PER`."""
    made = labels.Sentence()
    for one in labelled:
        made.add(*one.split("/"))
    return made


class Labels(unittest.TestCase):
    def test_names_of_the_three_kinds_count(self) -> None:
        made = sentence("Ana/B-PERSON", "Ruiz/I-PERSON", "in/O", "Vigo/B-PLACE", "today/B-TIME")
        self.assertEqual(made.names, [(0, 2, "PER"), (3, 4, "LOC")])

    def test_a_further_word_without_a_first_begins_a_name(self) -> None:
        self.assertEqual(sentence("Ana/I-PER", "Vigo/I-LOC", "Port/B-LOC").names, [(0, 1, "PER"), (1, 2, "LOC"), (2, 3, "LOC")])

    def test_only_the_same_words_and_kind_are_right(self) -> None:
        gold = [sentence("Ana/B-PER", "Ruiz/I-PER", "Vigo/B-LOC")]
        found = [sentence("Ana/B-PER", "Ruiz/O", "Vigo/B-LOC")]
        scores = labels.score(gold, found)
        self.assertEqual((scores["gold"], scores["found"], scores["right"], scores["f1"]), (2, 2, 1, 50))

    def test_what_is_written_is_read(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "set.tsv")
            made = [sentence("Ana/B-PER", "Ruiz/I-PER"), sentence("Vigo/B-LOC")]
            labels.write(path, made)
            self.assertEqual(labels.read(path), made)


if __name__ == "__main__":
    unittest.main()
