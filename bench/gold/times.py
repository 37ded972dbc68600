"""Score the time expressions that saksi finds, and dateparser's `search_dates` beside it, on gold with values.

    times.py gum JSONL                 English dates with days and years (GUM)
    times.py recognizers JSON          English cases of Microsoft's Recognizers-Text
    times.py pfsa-id BILOU.TSV         Indonesian date spans, without values (PFSA-ID)

Options: --saksi PATH, --dateparser (if it is installed), --misses.

PFSA-ID labels the dates of quotations alone: of it, recall tells. GUM marks the two ends of a range apart, so a range counts as its two ends there.

GUM marks the time of day and its date apart too ("[4 a.m.] [last night]"): what saksi finds as one counts for each.

- recognition: an expression is found if one overlaps it; precision, recall and F1, one to one. Of GUM and PFSA-ID, which mark dates and times of
  day alone, saksi's durations and sets are not counted; of the Recognizers what overlaps their clock times alone, which are left out, is not counted.
- value: of all gold expressions with a value, the share that is found with the days of the gold: the same first and the same last one, or of a
  duration the same length, of a set the same period or TIMEX3 value. Recognizers give several values where the text tells none: one of them must be
  right. Those with a modifier ("since 2019") are right if they begin or end as the gold does, or have the value of their words without it. GUM leaves
  modifiers out ("early [2016]"): what saksi finds with one is right if it lies within the gold's days. Gold that tells no day ("not resolved", a
  season of any year) has no value.
- exact: of the gold expressions found, those with the same words, marks and articles aside.
"""

import argparse
import calendar
import datetime
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from detokenise import detokenise
from statements import labelled

ROOT = Path(__file__).resolve().parents[2]
Days = tuple[datetime.date | None, datetime.date | None]


@dataclass
class Expression:
    start: int
    end: int
    #: `date`, `duration` or `set`
    kind: str
    #: first and last day, or the period in ISO 8601; of gold any that is right
    values: list[Days | str]
    #: of a range the days of its two ends
    ends: tuple[Days, Days] | None = None


@dataclass
class Document:
    text: str
    published: str
    gold: list[Expression] = field(default_factory=list)
    #: marked, but of a kind that is not scored: first and last place
    aside: list[tuple[int, int]] = field(default_factory=list)
    #: words that the gold leaves outside of its spans
    modifiers: re.Pattern[str] | None = None


SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


def days(value: str) -> Days | None:
    """First and last day of an EDTF value, or of a TIMEX3 season."""
    season_code = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    if season_code:
        value = f"{season_code[1]}-{SEASONS[season_code[2]]}"
    if "/" in value:
        first, last = value.split("/", 1)
        one, other = days(first), days(last)
        return one and other and (one[0], other[1])
    century = re.fullmatch(r"(\d\d)XX", value)
    if century:
        return (datetime.date(int(century[1]) * 100, 1, 1), datetime.date(int(century[1]) * 100 + 99, 12, 31))
    decade = re.fullmatch(r"(\d\d\d)X", value)
    if decade:
        return (datetime.date(int(decade[1]) * 10, 1, 1), datetime.date(int(decade[1]) * 10 + 9, 12, 31))
    parts = [int(part) for part in re.findall(r"\d+", value.split("T")[0])]
    try:
        match parts:
            case [year]:
                return (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
            case [year, season] if 21 <= season <= 24:
                month = {21: 3, 22: 6, 23: 9, 24: 12}[season]
                last = datetime.date(year + (month + 2) // 13, (month + 1) % 12 + 1, 1)
                return (datetime.date(year, month, 1), end_of_month(last))
            case [year, month]:
                return (datetime.date(year, month, 1), end_of_month(datetime.date(year, month, 1)))
            case [year, month, day]:
                return (datetime.date(year, month, day),) * 2
    except (ValueError, OverflowError):
        return None
    return None


def end_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


MODIFIERS = re.compile(r"\b(early|earlier|mid|middle|late|later|beginning|start|end|half)\b", re.I)


def gum(path: Path) -> list[Document]:
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        tokens = [token for sentence in data["sentences"] for token in sentence["tokens"]]
        text, spans = detokenise(tokens)
        document = Document(text, data["dateCreated"], modifiers=MODIFIERS)
        at = 0
        for sentence in data["sentences"]:
            for time in sentence["timex"]:
                first, last = spans[at + time["start"]], spans[at + time["end"] - 1]
                values: list[Days | str] = []
                if time.get("when", "").startswith("-"):
                    values = []  # a month of any year
                elif "when" in time:
                    values = [value for value in [days(time["when"])] if value]
                elif time.get("from", "").startswith("-"):
                    values = []  # a season of any year
                elif "from" in time and "to" in time:
                    one, other = days(time["from"]), days(time["to"])
                    values = [(one[0], other[1])] if one and other else []
                document.gold.append(Expression(first[0], last[1], "date", values))
            at += len(sentence["tokens"])
        documents.append(document)
    return documents


def pfsa(path: Path) -> list[Document]:
    documents = []
    for block in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
        rows = [line.split("\t") for line in block.split("\n")[1:] if line.strip()]
        text, spans = detokenise(row[0] for row in rows)
        document = Document(text, "2022-03-01")
        for name, (first, end) in labelled([row[1] for row in rows]):
            if name == "DATETIME":
                document.gold.append(Expression(spans[first][0], spans[end - 1][1], "date", []))
        documents.append(document)
    return documents


KINDS = {"date": "date", "daterange": "date", "duration": "duration", "set": "set"}


def recognizers(path: Path) -> list[Document]:
    documents = []
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        document = Document(case["Input"], case.get("Context", {}).get("ReferenceDateTime", "2018-01-01")[:10])
        for result in case["Results"]:
            kind = KINDS.get(result["TypeName"].split(".")[-1])
            if kind is None:
                document.aside.append((result["Start"], result["End"] + 1))
                continue
            values: list[Days | str] = []
            for value in (result.get("Resolution") or {}).get("values", []):
                if kind == "date" and value.get("Mod") in ("before", "after", "since", "until"):
                    # The modifier is no part of the value, as in TIMEX3.
                    values += [days_of(value), *filter(None, [days(with_year(value))]), *beside(value)]
                elif kind == "date" and value["timex"].startswith("(") and "end" in value:
                    # "from 2014 to 2018" ends before 2018 there, and the other way to read it is to its end.
                    first, last = days_of(value)
                    end = datetime.date.fromisoformat(value["end"][:10])
                    values += [(first, last), (first, end)]
                    values += [(first, end_of_month(end))] if end.day == 1 else []
                    values += [(first, end.replace(month=12, day=31))] if (end.day, end.month) == (1, 1) else []
                elif kind == "date":
                    told = [days_of(value), days(value["timex"])] if re.fullmatch(r"\d{4}-[A-Z]{2}", value["timex"]) else [days_of(value)]
                    values += [one for one in told if one and one != (None, None)]
                else:
                    values.append(value["timex"])
            document.gold.append(Expression(result["Start"], result["End"] + 1, kind, values))
        documents.append(document)
    return documents


def with_year(value: dict[str, str]) -> str:
    """The TIMEX3 value of an expression with a modifier, with the year that its days tell ("XXXX-02" of "after Feb")."""
    told = value.get("start", value.get("end", ""))
    return value["timex"].replace("XXXX", told[:4], 1) if value["timex"].startswith("XXXX-") and told else value["timex"]


def beside(value: dict[str, str]) -> list[Days]:
    """The end of what "after" stands before, and the beginning of what "before" does: "after mid May" begins on the day after it ends."""
    first, last = days_of(value)
    if value["Mod"] == "after" and first:
        return [(None, first - datetime.timedelta(days=1))]
    if value["Mod"] == "before" and last:
        return [(last + datetime.timedelta(days=1), None)]
    return []


def days_of(value: dict[str, str]) -> Days:
    """The days of a date or range of the Recognizers, whose ranges end before their last day."""
    day = lambda name: datetime.date.fromisoformat(value[name][:10]) if name in value else None  # noqa: E731
    try:
        if "value" in value:
            return (day("value"), day("value"))
        last = day("end")
        return (day("start"), last and last - datetime.timedelta(days=1))
    except ValueError:
        return (None, None)


def read(documents: list[Document], language: str, saksi: Path) -> list[list[Expression]]:
    """What saksi finds in the texts."""
    found: list[list[Expression]] = [[] for _ in documents]
    by_day: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        by_day.setdefault(document.published, []).append(number)
    with tempfile.TemporaryDirectory() as folder:
        for published, numbers in by_day.items():
            paths = []
            for number in numbers:
                path = Path(folder, f"{number:04}.txt")
                path.write_text(documents[number].text, encoding="utf-8")
                paths.append(path)
            command = [str(saksi), "read", "--format", "jsonl", "--lang", language, "--published", published, *map(str, paths)]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            for number, line in zip(numbers, output.splitlines(), strict=True):
                found[number] = [expression(time) for time in json.loads(line)["times"]]
    return found


def expression(time: dict) -> Expression:
    kind = {"DURATION": "duration", "SET": "set"}.get(time["type"], "date")
    value = time.get("timex3") if kind == "set" else time["edtf"]
    known = (days(value) if kind == "date" else value) if value else None
    ends = tuple(days(end) for end in value.split("/")) if value and kind == "date" and "/" in value else None
    return Expression(*time["span"], kind, [known] if known else [], ends if ends and None not in ends else None)


def search_dates(documents: list[Document], language: str) -> list[list[Expression]]:
    """What dateparser finds."""
    from dateparser.search import search_dates as search

    found = []
    for document in documents:
        base = datetime.datetime.fromisoformat(document.published)
        expressions = []
        at = 0
        for words, moment in search(document.text, languages=[language], settings={"RELATIVE_BASE": base}) or []:
            start = document.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                expressions.append(Expression(start, at, "date", [(moment.date(), moment.date())]))
        found.append(expressions)
    return found


def right(gold: Expression, found: Expression) -> bool:
    if gold.kind != found.kind:
        return False
    for wanted in gold.values:
        for given in found.values:
            if isinstance(wanted, str) or isinstance(given, str):
                if length(wanted) == length(given) or timex(wanted) == timex(given):
                    return True
                continue
            ends = [one == other for one, other in zip(wanted, given, strict=True) if one]
            if ends and (all(ends) if None not in wanted else any(ends)):
                return True
    return False


#: A year is twelve months.
SECONDS = {"Y": 31536000, "M": 2628000, "W": 604800, "D": 86400, "H": 3600, "TM": 60, "S": 1}


def length(value: object) -> object:
    """A period in seconds, so that P7D and P1W are the same; anything else as it is."""
    if not isinstance(value, str) or not re.fullmatch(r"P(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?", value):
        return value
    date, _, time = value[1:].partition("T")
    parts = [(number, unit) for number, unit in re.findall(r"([\d.]+)([YMWD])", date)]
    parts += [(number, "TM" if unit == "M" else unit) for number, unit in re.findall(r"([\d.]+)([HMS])", time)]
    return sum(float(number) * SECONDS[unit] for number, unit in parts)


def timex(value: object) -> object:
    """A TIMEX3 set in one writing: the Recognizers leave out "of any day" and minutes that are none ("T16" for "XXXX-XX-XXT16:00")."""
    if not isinstance(value, str):
        return value
    return re.sub(r"(T\d\d)$", r"\1:00", value.removeprefix("XXXX-XX-XX"))


def parted(found: list[Expression], gold: list[Expression]) -> list[Expression]:
    """The expressions found, with ranges as two where the gold marks their ends apart ("from [May] to [July]")."""
    expressions = []
    for one in found:
        inside = [other for other in gold if one.start <= other.start and other.end <= one.end and other.kind == "date"]
        if one.ends and len(inside) == 2:
            expressions += [Expression(other.start, other.end, "date", [end]) for other, end in zip(inside, one.ends, strict=True)]
        elif len(inside) > 1:
            expressions += [Expression(other.start, other.end, one.kind, one.values) for other in inside]
        else:
            expressions.append(one)
    return expressions


def trimmed(found: Expression, gold: Expression, document: Document) -> bool:
    """Whether the two differ in a modifier alone, which the gold leaves out: "early [2016]"."""
    outside = document.text[found.start : gold.start]
    inside = found.start < gold.start and gold.end <= found.end
    if not (inside and document.modifiers and document.modifiers.search(outside)):
        return False
    pairs = [(wanted, given) for wanted in gold.values for given in found.values if not isinstance(wanted, str) and not isinstance(given, str)]
    return any(None not in wanted and wanted[0] <= given[0] and given[1] <= wanted[1] for wanted, given in pairs)


def overlaps(one: Expression, start: int, end: int) -> bool:
    return one.start < end and start < one.end


def score(documents: list[Document], found: list[list[Expression]], kinds: set[str], misses: bool) -> dict[str, float]:
    golds = founds = matched = values = valued = exact = 0
    by_kind: dict[str, list[int]] = {}
    for document, given in zip(documents, found, strict=True):
        given = parted([one for one in given if one.kind in kinds], document.gold)
        fits = lambda gold, one: right(gold, one) or trimmed(one, gold, document)  # noqa: E731, B023
        given = [
            one
            for one in given
            if any(overlaps(one, gold.start, gold.end) for gold in document.gold) or not any(overlaps(one, *aside) for aside in document.aside)
        ]
        free = set(range(len(given)))
        golds += len(document.gold)
        founds += len(given)
        for gold in document.gold:
            overlapping = [at for at in free if given[at].start < gold.end and gold.start < given[at].end]
            best = max(overlapping, key=lambda at: (fits(gold, given[at]), min(given[at].end, gold.end) - max(given[at].start, gold.start)), default=None)
            told = by_kind.setdefault(gold.kind, [0, 0])
            told[1] += bool(gold.values)
            valued += bool(gold.values)
            if best is not None:
                free.remove(best)
                matched += 1
                exact += bare(document.text[gold.start : gold.end]) == bare(document.text[given[best].start : given[best].end])
            hit = best is not None and fits(gold, given[best])
            values += hit
            told[0] += hit
            if misses and gold.values and not hit:
                shown = "-" if best is None else f"{document.text[given[best].start : given[best].end]} {given[best].values}"
                context = document.text[max(0, gold.start - 40) : gold.end + 30]
                print(f"{document.text[gold.start : gold.end]!r} {gold.values[:2]} found {shown} in {context!r} {document.published}".replace("datetime.date", ""))
            elif misses and best is None:
                print(f"- {document.text[gold.start : gold.end]!r} in {document.text[max(0, gold.start - 40) : gold.end + 30]!r}")
        if misses:
            for at in sorted(free):
                one = given[at]
                print(f"+ {document.text[one.start : one.end]!r} in {document.text[max(0, one.start - 40) : one.end + 30]!r}")
    precision, recall = matched / max(founds, 1), matched / max(golds, 1)
    scores = {
        "gold": golds,
        "found": founds,
        "precision": precision,
        "recall": recall,
        "recognition": 2 * precision * recall / ((precision + recall) or 1),
    }
    scores["exact"] = exact / max(matched, 1)
    if valued:
        scores["value"] = values / valued
    if len(by_kind) > 1:
        scores |= {f"value_{kind}": hits / max(count, 1) for kind, (hits, count) in by_kind.items()}
    return scores


def bare(words: str) -> str:
    """Letters and digits, without an article at the start."""
    return re.sub(r"^(the|a|an)(?=\W)|\W+", "", words.lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("gum", "recognizers", "pfsa-id"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--saksi", type=Path, default=ROOT / "target/release/saksi")
    parser.add_argument("--dateparser", action="store_true", help="score dateparser too")
    parser.add_argument("--misses", action="store_true", help="show what was missed")
    args = parser.parse_args()
    documents = {"gum": gum, "recognizers": recognizers, "pfsa-id": pfsa}[args.set](args.path)
    language = "id" if args.set == "pfsa-id" else "en"
    kinds = {"date"} if args.set != "recognizers" else set(KINDS.values())
    scores = {"saksi": score(documents, read(documents, language, args.saksi), kinds, args.misses)}
    if args.dateparser:
        print("dateparser reads ...", file=sys.stderr)
        scores["dateparser"] = score(documents, search_dates(documents, language), kinds, False)
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
