"""Score the events that saksi finds on data that others annotated (English; all of it development data).

    events.py plover [PLOVER_GSR.json]     types, countries of the parties and modes, beside PLOVER's gold records

Each takes `--saksi PATH` and `--misses`. Types are compared in PLOVER's terms: of saksi's own types, TEST and an EXERCISE of one party go to MOBILIZE,
a joint EXERCISE to COOPERATE, a TRANSFER of arms to AID or COOPERATE (either is right), and another TRANSFER, INSPECT, ORDER and PRODUCE to nothing.

plover: a sentence has one gold event. Its type must be that of an event of the sentence; then gold's source countries must all be among the countries of the actors
of one such event, and its target countries among those of its recipients (`actors.py` says which actors have a country; a side without one asks nothing). A
sentence may well tell of more than gold has, yet an event of any other type counts as spurious. Gold's modes are of an older version; `plover.py` has what they became.
"""

import argparse
from pathlib import Path

import plover
from reading import SAKSI, SHARED, records

EVENTS = SHARED / "data/events"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("plover",))
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--saksi", type=Path, default=SAKSI)
    parser.add_argument("--misses", action="store_true", help="show what is not right")
    options = parser.parse_args()
    told = plover.plover(options.path or EVENTS / "plover_gsr_dev.json")
    count = plover.score(told, records([one.text for one in told], "en", options.saksi, published="2000-01-01"))
    if options.misses:
        print("\n".join(count.misses))
    plover.report_plover(count)


if __name__ == "__main__":
    main()
