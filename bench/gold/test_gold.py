"""Tests of the scorers: `python3 -m unittest discover -s bench/gold`."""

import datetime
import unittest

import statements
import times
from detokenise import detokenise


class Detokenise(unittest.TestCase):
    def text(self, tokens: str) -> str:
        return detokenise(tokens.split())[0]

    def test_marks_stand_as_they_were_written(self) -> None:
        self.assertEqual(self.text("” Kami siap , ” katanya , Senin ( 28 / 2 / 2022 ) ."), "”Kami siap,” katanya, Senin (28/2/2022).")
        self.assertEqual(self.text('" We wo n\'t go , " he said .'), '"We won\'t go," he said.')

    def test_the_spans_are_those_of_the_tokens(self) -> None:
        text, spans = detokenise(["”", "Ya", ",", "”", "kata", "dia", "."])
        self.assertEqual(text, "”Ya,” kata dia.")
        self.assertEqual([text[start:end] for start, end in spans], ["”", "Ya", ",", "”", "kata", "dia", "."])


class Statements(unittest.TestCase):
    def test_overlap_counts_shares_and_pairs_once(self) -> None:
        one = statements.Statement(frozenset(range(10)), frozenset({20}), frozenset({30}))
        half = statements.Statement(frozenset(range(5)), frozenset({20}), frozenset({31}))
        twin = statements.Statement(frozenset(range(2)))
        scores = statements.score([[one]], [[half, twin]])
        self.assertEqual((scores["content_recall"], scores["content_precision"]), (0.5, 0.5))
        self.assertEqual((scores["exact"], scores["source"]), (0.0, 0.0))
        self.assertAlmostEqual(scores["cue"], 2 / 3)

    def test_beyond_the_sentence_the_whole_content_or_quotation_marks_tell(self) -> None:
        sentence = frozenset(range(10))
        gold = statements.Statement(sentence, beyond=frozenset(range(10, 15)), sentence=sentence)
        within = statements.score([[gold]], [[statements.Statement(frozenset(range(15)))]])
        outside = statements.score([[gold]], [[statements.Statement(frozenset(range(20)))]])
        quoted = statements.score([[gold]], [[statements.Statement(frozenset(range(20)), quoted=True)]])
        self.assertEqual([score["exact"] for score in (within, outside, quoted)], [1.0, 0.0, 1.0])

    def test_bilou_spans(self) -> None:
        tags = ["O", "B-CUE", "L-CUE", "U-PERSON"]
        self.assertEqual(statements.labelled(tags), [("CUE", (1, 3)), ("PERSON", (3, 4))])


class Times(unittest.TestCase):
    def test_days_of_values(self) -> None:
        day = datetime.date
        self.assertEqual(times.days("2023-08"), (day(2023, 8, 1), day(2023, 8, 31)))
        self.assertEqual(times.days("199X"), (day(1990, 1, 1), day(1999, 12, 31)))
        self.assertEqual(times.days("2023-24"), (day(2023, 12, 1), day(2024, 2, 29)))
        self.assertEqual(times.days("2023-22"), (day(2023, 6, 1), day(2023, 8, 31)))
        self.assertEqual(times.days("2023-08-01/2023-08-10"), (day(2023, 8, 1), day(2023, 8, 10)))
        self.assertIsNone(times.days("2023-13-40"))

    def test_lengths_are_compared_by_seconds(self) -> None:
        self.assertEqual(times.length("P7D"), times.length("P1W"))
        self.assertNotEqual(times.length("PT30M"), times.length("P30M"))

    def test_a_range_counts_as_its_ends_where_the_gold_has_them(self) -> None:
        may, july = times.days("2023-05"), times.days("2023-07")
        gold = [times.Expression(5, 8, "date", [may]), times.Expression(12, 16, "date", [july])]
        found = times.Expression(0, 16, "date", [(may[0], july[1])], (may, july))
        document = times.Document("from May to July", "2023-08-14", gold)
        scores = times.score([document], [[found]], {"date"}, False)
        self.assertEqual((scores["recognition"], scores["value"]), (1.0, 1.0))


if __name__ == "__main__":
    unittest.main()
