"""Score the events that saksi finds on data that others annotated (English; all of it development data).

    events.py plover [PLOVER_GSR.json]     types, countries of the parties and modes, beside PLOVER's gold records
    events.py petrarch [UNITTEST.xml]      types, beside the codes of petrarch2's tests
    events.py cameo [TRAIN.tsv]            classes of sentences (ConfliBERT's)
    events.py factuality [UDS.tsv]         what happened and what did not, beside UDS's judgements of predicates of EWT
    events.py ecb [FOLDER]                 where actions are spoken of, beside ECB+

Each takes `--saksi PATH` and `--misses`; without a path the data is looked for in `SAKSI_SHARED`. Types are compared in PLOVER's terms: of saksi's
own types, TEST and an EXERCISE of one party go to MOBILIZE, a joint EXERCISE to COOPERATE, a TRANSFER of arms to AID or COOPERATE (either is
right), and another TRANSFER, INSPECT, ORDER and PRODUCE to nothing.

- plover: a sentence has one gold event. Its type must be that of an event of the sentence; then gold's source countries must all be among the countries
  of the actors of one such event, and its target countries among those of its recipients (`actors.py` says which actors have a country; a side without
  one asks nothing). A sentence may well tell of more than gold has, yet an event of any other type counts as spurious. Gold's modes are of an older
  version; `plover.py` has what they became. Figures are given twice: of all events of the records, and of those that PLOVER codes by themselves
  (`plover.standing`): gold codes "urged Beijing to impose sanctions" once, a record has what is urged as well, inside (`parent`).
- petrarch: a sentence is right that has an event of the type that any of its codes means; neither the parties nor what else is found are compared. Read
  as codes of CAMEO (by PLOVER's table) few fit their sentences: "welcomed" has 041 (in CAMEO: discuss by telephone), "restore diplomatic ties" 064
  (share intelligence), "postponed their meeting" 191 (blockade), "arrested" 212 (none). They are what WEIS, the coding before it, has for praise,
  recognition, cancelling and arrest, but for two codes; some mean nothing in either. Both readings are given.
- cameo: a sentence has one class; saksi gives the classes of all its events, or 0 where it finds none. Gold's class 0 has what is only said, and
  appeals ("asked NATO to help"), which are REQUEST here and so class 3; sanctions and aid that is stopped are mostly in its class 3, here in class 4.
- factuality: at a predicate that a trigger touches, actual and historical are taken as happened, all else as not; UDS: above zero as happened.
- ecb: mentions of the sentences that were checked; whole documents are read. ECB+ marks every action, most of which have no type here, so recall can't
  be high. It counts denials and refusals as negated, which are REJECT here, and happened.

petrarch2 itself is not put beside: there is no release of it to install from PyPI.
"""

import argparse
from pathlib import Path

import ecb
import factuality
import petrarch
import plover
import quads
from reading import SAKSI, SHARED, Record, records

DATA = SHARED / "data"
EVENTS = DATA / "events"
PATHS = {
    "plover": EVENTS / "plover_gsr_dev.json",
    "petrarch": EVENTS / "petrarch2_unittest_dev.xml",
    "cameo": EVENTS / "conflibert_cameo_class/train.tsv",
    "factuality": EVENTS / "uds_factuality/dev.tsv",
    "ecb": EVENTS / "ecbplus_dev",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=PATHS)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show what is not right")
    args = parser.parse_args()
    path = args.path or PATHS[args.set]

    def read(texts: list[str]) -> list[Record]:
        return records(texts, "en", args.saksi, published="2000-01-01" if args.set == "plover" else None)

    def show(misses: list[str]) -> None:
        if args.misses:
            print("\n".join(misses))

    if args.set == "plover":
        told = plover.plover(path)
        given = read([one.text for one in told])
        print("all events of the records:")
        plover.report(plover.score(told, given))
        events = plover.score(told, [plover.standing(record) for record in given])
        show(events.misses)
        print("the events that PLOVER codes by themselves (`plover.standing`):")
        plover.report(events)
    elif args.set == "petrarch":
        sentences = petrarch.sentences(path)
        given = read([one.text for one in sentences])
        table = petrarch.cameo((EVENTS / "plover/CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8"))
        for how, types in (
            ("CAMEO", [[petrarch.by_cameo(code, table) for code in one.codes] for one in sentences]),
            ("WEIS", [[petrarch.by_weis(code) for code in one.codes] for one in sentences]),
        ):
            codes = petrarch.score(sentences, types, given)
            show(codes.misses)
            petrarch.report(how, codes)
        petrarch.report_beside(codes, petrarch.names(petrarch.INVENTED, given))
    elif args.set == "cameo":
        classed = quads.sentences(path)
        classes = quads.score(classed, read([text for text, _ in classed]))
        show(classes.misses)
        quads.report(classes)
    elif args.set == "factuality":
        trees = factuality.treebank(sorted((DATA / "treebanks/en").glob("ewt-*.conllu")))
        judged = [(trees[name], told) for name, told in factuality.judged(path).items() if name in trees]
        judgements = factuality.score(judged, read([sentence.text for sentence, _ in judged]))
        show(judgements.misses)
        factuality.report(judgements)
    else:
        documents = ecb.documents(path)
        actions = ecb.score(documents, read([document.text for document in documents]))
        show(actions.misses)
        ecb.report(actions)


if __name__ == "__main__":
    main()
