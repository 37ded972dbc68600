"""Tests of the scorers: `python3 -m unittest discover -s bench/gold`."""

import datetime
import json
import random
import tempfile
import unittest
from pathlib import Path

import actors
import coreference
import ecb
import entities
import factuality
import gum
import petrarch
import plover
import quads
import reading
import reprints
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


class Reprints(unittest.TestCase):
    report = reprints.Report("a", "id", "Judul", [[f"Kalimat nomor {number} dari laporan ini." for number in range(start, start + 3)] for start in (0, 3, 6)])

    def test_what_stands_in_one_before_is_left_out(self) -> None:
        other = reprints.Report("b", "id", "Lain", [["Sama sekali lain bunyinya kalimat ini."]])
        again = reprints.Report("c", "id", "Judul", self.report.paragraphs[:1])
        self.assertEqual([report.name for report in reprints.originals([self.report, other, again])], ["a", "b"])

    def test_each_kind_changes_what_it_says(self) -> None:
        other = reprints.Report("b", "id", "Lain", [["Sama sekali lain bunyinya."]])
        made = {kind: reprints.reprint(random.Random(1), kind, self.report, other, ["Asing."]) for kind in reprints.KINDS}
        self.assertEqual(made["retitled"], ("Lain", "Judul\n\n" + self.report.text()))
        self.assertTrue(self.report.text().startswith(made["cut"][1][:40]))
        self.assertLess(len(made["cut"][1]), len(self.report.text()))
        self.assertIn(self.report.text(), made["agency"][1])
        self.assertIn("Asing.", made["swapped"][1])
        self.assertEqual(len(made["edited"][1].split()), len(self.report.text().split()))
        self.assertEqual(reprints.family("en/1/2#all of it"), "en/1/2")


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


class Petrarch(unittest.TestCase):
    FILE = """<Sentences>
    <Sentence id="a"><EventCoding sourcecode="FRA" targetcode="TCD" eventcode="041"/><Text>
    France welcomed
    Chad.</Text><Parse>(ROOT (NNP France))</Parse></Sentence>
    <Sentence id="b"><EventCoding noevents="True"/><Text>It rained.</Text></Sentence>
    </Sentences>"""

    def test_only_the_raw_sentence_is_read(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "tests.xml")
            path.write_text(self.FILE, encoding="utf-8")
            read = petrarch.sentences(path)
        self.assertEqual(read, [petrarch.Sentence("France welcomed Chad.", ["041"]), petrarch.Sentence("It rained.", [], "noevents")])

    def test_codes_mean_types(self) -> None:
        table = petrarch.cameo("04: CONSULT\n041: CONSULT, phone, # by telephone\n1712: ASSAULT, seize, human_security # destroy\n")
        self.assertEqual([petrarch.by_cameo(code, table) for code in ("041", "1712", "904")], [{"CONSULT"}, {"ASSAULT"}, set()])
        self.assertEqual([petrarch.by_weis(code) for code in ("041", "066", "023", "1717", "904")], [{"SUPPORT"}, {"RETREAT"}, set(), set(), set()])

    def test_any_code_may_be_met(self) -> None:
        read = [petrarch.Sentence("One.", ["041", "904"]), petrarch.Sentence("Two.", ["904"]), petrarch.Sentence("Three.", [], "noevents")]
        given = [record("One.", event("SUPPORT")), record("Two.", event("AID")), record("Three.", event("AID"))]
        count = petrarch.score(read, [[{"SUPPORT"}, set()], [set()], []], given)
        self.assertEqual((count.sentences, count.right, count.uncodable, count.nothing, count.nothing_found), (1, 1, 1, 1, 1))

    def test_names_are_entities_by_name(self) -> None:
        mention = lambda start, end, kind: {"type": "state", "mentions": [{"span": [start, end], "kind": kind}]}  # noqa: E731
        given = {"document": {"text": "Utopia met Erewhon. Utopian."}, "entities": [mention(0, 6, "name"), mention(11, 18, "nominal")]}
        count = petrarch.names(["Utopia", "Erewhon"], [given])
        self.assertEqual((count.words, count.found), (2, 1))


class Quads(unittest.TestCase):
    def test_no_event_is_class_0_and_several_are_several_classes(self) -> None:
        gold = [("One.", 0), ("Two.", 1), ("Three.", 2)]
        given = [record("One.", event("ORDER")), record("Two.", event("CONSULT"), event("ASSAULT")), record("Three.", event("REJECT"))]
        count = quads.score(gold, given)
        self.assertEqual([count.right[number] for number in range(5)], [1, 1, 0, 0, 0])
        self.assertEqual([count.found[number] for number in range(5)], [1, 1, 0, 1, 1])
        self.assertEqual((count.single, count.single_right), (2, 1))
        self.assertEqual(count.of_type["REJECT"], {2: 1})


class Factuality(unittest.TestCase):
    TREE = "# sent_id = s1\n# text = It didn't sink.\n1\tIt\t_\n2-3\tdidn't\t_\n2\tdid\t_\n3\tn't\t_\n4\tsink\t_\n5\t.\t_\n\n"

    def read(self) -> factuality.Sentence:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "trees.conllu")
            path.write_text(self.TREE, encoding="utf-8")
            return factuality.treebank([path])["s1"]

    def test_words_of_the_treebank_stand_in_its_text(self) -> None:
        sentence = self.read()
        self.assertEqual({number: sentence.text[slice(*span)] for number, span in sentence.words.items()}["4"], "sink")

    def test_only_actual_and_historical_happened(self) -> None:
        sentence = self.read()
        for modality, right in (("actual", 0), ("historical", 0), ("negated", 1), ("future", 1)):
            count = factuality.score([(sentence, {"4": False, "1": True})], [record(sentence.text, event("ASSAULT", trigger=[10, 14], modality=modality))])
            self.assertEqual((count.predicates, count.gold.total(), count.right[False]), (2, 1, right), modality)


class Ecb(unittest.TestCase):
    FILE = """<Document><token t_id="1" sentence="0">http</token><token t_id="2" sentence="0">:</token>
    <token t_id="3" sentence="1">It</token><token t_id="4" sentence="1">sank</token><token t_id="5" sentence="1">.</token>
    <token t_id="6" sentence="2">He</token><token t_id="7" sentence="2">said</token><token t_id="8" sentence="2">so</token>
    <Markables>
    <NEG_ACTION_OCCURRENCE m_id="1"><token_anchor t_id="4"/></NEG_ACTION_OCCURRENCE>
    <ACTION_REPORTING m_id="2"><token_anchor t_id="7"/></ACTION_REPORTING>
    <HUMAN_PART_PER m_id="3"><token_anchor t_id="6"/></HUMAN_PART_PER>
    <ACTION_OCCURRENCE m_id="4" RELATED_TO="" TAG_DESCRIPTOR="sinking"/>
    </Markables></Document>"""

    def read(self, checked: set[str]) -> ecb.Document:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "1_1ecb.xml")
            path.write_text(self.FILE, encoding="utf-8")
            return ecb.document(path, checked)

    def test_mentions_are_of_checked_sentences(self) -> None:
        document = self.read({"1"})
        self.assertEqual(document.text, "It sank.\n\nHe said so")
        self.assertEqual([(one.kind, one.negated, document.text[slice(*one.spans[0])]) for one in document.mentions], [("OCCURRENCE", True, "sank")])

    def test_checked_sentences_are_read_by_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "checked.csv")
            path.write_text("Topic,File,Sentence Number\n1,1ecb,0\n1,1ecb,2 \n", encoding="utf-8")
            self.assertEqual(ecb.checked_sentences(path), {"1_1ecb": {"0", "2"}})

    def test_cues_count_for_reporting_alone(self) -> None:
        document = self.read({"1", "2"})
        given = record(document.text, statements=[{"cue": [13, 17]}, {"cue": [3, 7]}, {"cue": None}])
        count = ecb.score([document], [given])
        self.assertEqual((count.cues, count.cues_right, count.found["REPORTING"], count.found["OCCURRENCE"]), (2, 1, 1, 0))

    def test_triggers_find_and_negate(self) -> None:
        document = self.read({"1", "2"})
        for modality, negated in (("negated", 1), ("actual", 0)):
            given = record(document.text, event("ASSAULT", trigger=[3, 7], modality=modality), event("AID", trigger=[18, 20]), statements=[{"cue": [3, 7]}])
            count = ecb.score([document], [given])
            self.assertEqual((count.triggers, count.triggers_right, count.cues, count.by_event["OCCURRENCE"]), (2, 1, 0, 1))
            self.assertEqual((count.told[True], count.negated[True], count.told[False]), (1, negated, 0))


if __name__ == "__main__":
    unittest.main()
