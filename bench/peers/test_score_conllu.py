"""Tests of the scorer and of the raw text: python3 -m unittest discover -s bench/peers"""

import unittest

import conllu
from raw_text import raw_text
from score_conllu import RELATIONS, load, score

# One word a line: surface, then words as form/UPOS/head/relation.
GOLD = """
Ia/PRON/2/nsubj
membeli/VERB/0/root
buku|buku/NOUN/2/obj|nya/PRON/3/nmod:poss
kemarin/NOUN/2/obl:tmod
./PUNCT/2/punct

Mereka/PRON/2/nsubj:pass
dipanggil/VERB/0/root
lagi/ADV/2/advmod
"""


def document(text: str) -> str:
    """CoNLL-U from the shorthand of GOLD."""
    lines: list[str] = []
    word_id = 0
    for line in text.strip().split("\n"):
        if not line:
            lines.append("")
            word_id = 0
            continue
        surface, *words = line.split("|")
        if words:
            lines.append("\t".join([f"{word_id + 1}-{word_id + len(words)}", surface, *["_"] * 8]))
        for word in words or [surface]:
            word_id += 1
            form, upos, head, relation = word.split("/")
            lines.append("\t".join([str(word_id), form, form.lower(), upos, "_", "_", head, relation, "_", "_"]))
    return "\n".join(lines) + "\n\n"


def scores(system: str, gold: str = GOLD) -> dict[str, tuple[int, int, int]]:
    """(gold, system, correct) by name."""
    documents = [load(list(conllu.parse(document(text)))) for text in (gold, system)]
    return {name: (s.gold, s.system, s.correct) for name, s in score(*documents).items()}


class ScoreTest(unittest.TestCase):
    def test_gold_against_itself_is_perfect(self) -> None:
        for name, (gold, system, correct) in scores(GOLD).items():
            self.assertEqual((gold, system), (correct, correct), name)

    def test_wrong_tag(self) -> None:
        result = scores(GOLD.replace("Ia/PRON", "Ia/NOUN"))
        self.assertEqual(result["UPOS"], (9, 9, 8))
        self.assertEqual(result["LAS"], (9, 9, 9))

    def test_wrong_head_and_wrong_relation(self) -> None:
        wrong_head = GOLD.replace("kemarin/NOUN/2/obl", "kemarin/NOUN/3/obl")
        result = scores(wrong_head.replace("lagi/ADV/2/advmod", "lagi/ADV/2/obl"))
        self.assertEqual(result["UAS"], (9, 9, 8))
        self.assertEqual(result["LAS"], (9, 9, 7))
        self.assertEqual(result["obl"], (1, 2, 0))

    def test_subtypes_do_not_count_except_nsubj_pass(self) -> None:
        result = scores(GOLD.replace("obl:tmod", "obl").replace("nsubj:pass", "nsubj"))
        self.assertEqual(result["LAS"], (9, 9, 9))
        self.assertEqual(result["obl"], (1, 1, 1))
        self.assertEqual(result["nsubj:pass"], (1, 0, 0))
        self.assertEqual(result["nsubj"], (1, 2, 1))

    def test_unsplit_multiword_token(self) -> None:
        """Neither part is matched, and the parts' dependants lose their heads."""
        gold = GOLD.replace("buku|buku", "bukunya|buku")
        whole = GOLD.replace("buku|buku/NOUN/2/obj|nya/PRON/3/nmod:poss", "bukunya/NOUN/2/obj")
        result = scores(whole, gold)
        self.assertEqual(result["tokens"], (8, 8, 8))
        self.assertEqual(result["words"], (9, 8, 7))
        self.assertEqual(result["LAS"], (9, 8, 7))
        self.assertEqual(result["obj"], (1, 1, 0))

    def test_multiword_token_split_into_three(self) -> None:
        result = scores(GOLD.replace("|nya/PRON/3/nmod:poss", "|nya/PRON/3/nmod:poss|lah/PART/2/advmod"))
        self.assertEqual(result["words"], (9, 10, 9))
        self.assertEqual(result["LAS"], (9, 10, 9))

    def test_differing_token_boundary(self) -> None:
        """A split word is lost, and so is what hangs on it."""
        first, _ = GOLD.split("\n\n")
        second = "Mereka/PRON/3/nsubj:pass\ndi/ADP/3/case\npanggil/VERB/0/root\nlagi/ADV/3/advmod\n"
        result = scores(f"{first}\n\n{second}")
        self.assertEqual(result["words"], (9, 10, 8))
        self.assertEqual(result["UAS"], (9, 10, 6))
        self.assertEqual(result["UPOS"], (9, 10, 8))

    def test_missed_sentence_boundary(self) -> None:
        first, _ = GOLD.split("\n\n")
        second = "Mereka/PRON/8/nsubj:pass\ndipanggil/VERB/2/parataxis\nlagi/ADV/8/advmod\n"
        result = scores(f"{first}\n{second}")
        self.assertEqual(result["sentences"], (2, 1, 0))
        self.assertEqual(result["words"], (9, 9, 9))
        self.assertEqual(result["LAS"], (9, 9, 8))

    def test_differing_text_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "differ at character 0"):
            scores(GOLD.replace("Ia/", "ia/"))

    def test_malformed_trees_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "cycle"):
            scores(GOLD.replace("Ia/PRON/2", "Ia/PRON/1"))
        with self.assertRaisesRegex(ValueError, "2 roots"):
            scores(GOLD.replace("Ia/PRON/2", "Ia/PRON/0"))

    def test_every_relation_is_reported(self) -> None:
        self.assertLessEqual(set(RELATIONS), set(scores(GOLD)))


class RawTextTest(unittest.TestCase):
    def test_ten_sentences_a_paragraph(self) -> None:
        sentences = list(conllu.parse("".join(document(GOLD) for _ in range(6))))
        line = " ".join(["Ia membeli buku kemarin . Mereka dipanggil lagi"] * 5)
        self.assertEqual(raw_text(sentences), f"{line}\n\nIa membeli buku kemarin . Mereka dipanggil lagi\n")

    def test_marked_paragraphs_and_spaces(self) -> None:
        first = "# newpar_block = p\n1\ta\t{0}SpaceAfter=No\n2\t.\t{0}SpacesAfter=\\s\\s\n\n"
        second = "1\tb\t{0}_\n\n"
        third = "# newpar\n1\tc\t{0}_\n\n"
        sentences = conllu.parse((first + second + third).format("_\t" * 7))
        self.assertEqual(raw_text(list(sentences)), "a.  b\n\nc\n")


if __name__ == "__main__":
    unittest.main()
