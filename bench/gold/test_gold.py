"""Tests of the scorers: `python3 -m unittest discover -s bench/gold`."""

import datetime
import json
import tempfile
import unittest
from pathlib import Path

import actors
import coreference
import entities
import gum
import plover
import reading
import statements
import times
from detokenise import detokenise
from identities import Title


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


class Reading(unittest.TestCase):
    def test_what_was_cleaned_away_has_no_place(self) -> None:
        place = reading.places_in("Baca juga\nKapal itu tiba.", "Kapal itu tiba.")
        self.assertEqual(reading.moved((10, 15), place), (0, 5))
        self.assertIsNone(reading.moved((0, 4), place))


class Entities(unittest.TestCase):
    def test_a_state_is_what_gold_has_there(self) -> None:
        gold = [entities.Mention("organisation", (0, 5), True), entities.Mention("place", (0, 5), True)]
        record = {"entities": [{"type": "state", "mentions": [{"span": [0, 5], "kind": "name"}, {"span": [9, 14], "kind": "name"}]}]}
        found = entities.given(record, gold, [])
        self.assertEqual(sorted((one.kind, one.span) for one in found), [("organisation", (0, 5)), ("place", (0, 5)), ("place", (9, 14))])
        self.assertEqual(len(entities.pairs(gold, found)), 2)


class Coreference(unittest.TestCase):
    FILE = """<data>
    <sentence id="1"><phrase type="np" id="1">Kabar\\NN Hadi\\NNP</phrase></sentence>
    <sentence id="2"><phrase type="np" id="2">Hadi\\NNP</phrase><phrase type="other">datang.\\VB</phrase></sentence>
    <sentence id="3"><phrase type="other">Ya,\\UH kata\\VB</phrase><phrase type="np" id="3" coref="2">nya.\\PRP</phrase></sentence>
    </data>"""

    def test_enclitics_are_joined_and_chains_followed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "news.xml")
            path.write_text(self.FILE, encoding="utf-8")
            documents = [coreference.written(one) for one in coreference.parted(coreference.sentences(path))]
        self.assertEqual(len(documents), 1)
        text, [pronoun] = documents[0].text, documents[0].pronouns
        self.assertTrue(text.endswith("Ya, katanya.\n"))
        self.assertEqual((text[slice(*pronoun.span)], [text[slice(*one)] for one in pronoun.meant]), ("nya", ["Hadi"]))


class Gum(unittest.TestCase):
    def test_the_link_is_the_last_field(self) -> None:
        mention = gum.mention_of("3-place-new-nnnnn-cf1-1,2-coref-Fort_Lee%2C_New_Jersey", 7)
        self.assertEqual((mention.group, mention.kind, mention.title, mention.least), ("3", "place", "Fort Lee, New Jersey", [1, 2]))
        self.assertIsNone(gum.mention_of("4-person-giv:act-nnnnn-cf2-1-ana", 0).title)

    def test_titles_tell_which(self) -> None:
        self.assertEqual(Title.of("Fort Lee, New Jersey"), Title("fort lee", "new jersey"))
        self.assertEqual(Title.of("Georgia (U.S. state)"), Title("georgia", "u s state"))
        self.assertEqual(Title.of("Łódź"), Title("łodz", None))


class Actors(unittest.TestCase):
    def test_only_countries_are_coded(self) -> None:
        told = [{"actorText": "UN", "code": "IGO"}, {"actorText": "Tokyo", "code": "JAP"}, {"actorText": "rebels"}]
        self.assertEqual(actors.coded(told), [("Tokyo", "JPN")])


def event(kind: str, actors: list[str] = [], recipients: list[str] = [], **more: object) -> dict:  # noqa: B006
    rest = {"mode": None, "contexts": [], "trigger": [0, 1], "objects": [], "modality": "actual"}
    return {"type": kind, "actors": actors, "recipients": recipients, **rest, **more}


def record(text: str, *events: dict, **more: object) -> dict:
    """A record with France as e1, Chad as e2, a group without a country as e3, and a weapon as e4."""
    entities = [
        {"id": f"e{number}", "type": kind, "name": name, "country": country}
        for number, (kind, name, country) in enumerate(
            [("state", "France", "FRA"), ("state", "Chad", "TCD"), ("group", "herders", None), ("weapon", "rifles", None)], 1
        )
    ]
    return {"document": {"text": text}, "entities": entities, "events": list(events), "statements": [], **more}


class Plover(unittest.TestCase):
    TOLD = plover.Told("France aided Chad.", frozenset({"AID"}), frozenset({"AID"}), frozenset({"FRA"}), frozenset({"TCD"}))

    def counted(self, told: plover.Told, *events: dict) -> plover.Events:
        return plover.score([told], [record(told.text, *events)])

    def test_own_types_go_to_plovers(self) -> None:
        kinds = lambda *one, **more: plover.options(event(*one, **more), record(""))  # noqa: E731
        self.assertEqual(kinds("EXERCISE", ["e1"]), {"MOBILIZE"})
        self.assertEqual(kinds("EXERCISE", ["e1", "e2"]), {"COOPERATE"})
        self.assertEqual(kinds("TRANSFER"), set())
        self.assertEqual(kinds("TRANSFER", contexts=["military"]), {"AID", "COOPERATE"})
        self.assertEqual(kinds("TRANSFER", objects=[{"entity": "e4"}]), {"AID", "COOPERATE"})
        self.assertEqual(kinds("ORDER"), set())

    def test_type_and_countries_are_of_one_event(self) -> None:
        count = self.counted(self.TOLD, event("AID", ["e1"], ["e2"]))
        self.assertEqual((count.right, count.both, count.just, count.spurious), (1, 1, 1, 0))
        apart = self.counted(self.TOLD, event("AID", ["e1"], []), event("AID", ["e3"], ["e2"]))
        self.assertEqual((apart.right, apart.both), (1, 0))
        wider = self.counted(self.TOLD, event("AID", ["e1", "e2"], ["e2", "e3"]))
        self.assertEqual((wider.both, wider.just), (1, 0))

    def test_a_side_without_country_asks_nothing(self) -> None:
        told = plover.Told("Herders aided Chad.", frozenset({"AID"}), frozenset({"AID"}), targets=frozenset({"TCD"}))
        self.assertEqual(self.counted(told, event("AID", ["e3"], ["e2"])).both, 1)

    def test_a_reciprocal_acts_parties_may_be_either(self) -> None:
        told = plover.Told("France and Chad met.", frozenset({"CONSULT"}), frozenset({"CONSULT"}), frozenset({"FRA", "TCD"}), reciprocal=True)
        self.assertEqual(self.counted(told, event("CONSULT", ["e1"], ["e2"])).both, 1)

    def test_other_types_are_spurious_but_those_that_plover_lacks(self) -> None:
        count = self.counted(self.TOLD, event("REJECT"), event("ORDER"), event("REJECT"))
        self.assertEqual((count.right, count.spurious, count.left_out, count.wrong["REJECT"]), (0, 2, 1, 2))

    def test_old_types_modes_and_countries_are_read(self) -> None:
        gold = [
            {"text": "Chad criticised herders.", "event": "DISAPPROVE", "source": [{"actorText": "Chad", "code": "TCD"}], "target": ""},
            {"text": "Herders rioted in Chad.", "event": "PROTEST", "mode": "riot-spon", "source": [{"actorText": "Herders"}]},
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "gold.json")
            path.write_text(json.dumps(gold), encoding="utf-8")
            one, other = plover.plover(path)
        self.assertEqual((one.types, one.sources, one.targets, one.reciprocal), ({"ACCUSE"}, {"TCD"}, frozenset(), False))
        self.assertEqual((other.types, other.modes), ({"PROTEST"}, {"riot"}))
        self.assertEqual(self.counted(other, event("PROTEST", mode="riot")).modes_right, 1)
        self.assertEqual(self.counted(other, event("PROTEST", mode="demo")).modes_right, 0)


if __name__ == "__main__":
    unittest.main()
