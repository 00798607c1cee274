"""Good conduct: sentences, violations, removals and the bars that follow them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met, review
from kis.rules.messages import Message
from kis.rules.periods import add_days, add_years, subtract_years

SERIOUS_ABROAD: Final = frozenset(
    {"specific_violent_crime", "threats", "extortion", "fraud", "voice_phishing", "drugs"}
)
DRUNK_DRIVING_LIMIT: Final = 3
BARRED_ENTRY_ARTICLES: Final = frozenset({("7", "1"), ("7", "4"), ("12", "1"), ("12", "2")})
REMOVAL_BARS: Final = {"deportation": 7, "departure": 5}
ONE_PENALTY_LIMIT: Final = 5_000_000
ALL_PENALTIES_LIMIT: Final = 7_000_000

# "7(1)", "Immigration Act Art. 7(1), 18(1)", "제7조제1항"; a branch article such as 12-2 is another article.
_ARTICLE = re.compile(r"(?<![\d()])(\d+(?:-\d+|조의\d+)?)(?!\d*[항호])조?(?:\(|제)?(\d+)?")


class Bar(NamedTuple):
    """A bar: where it comes from, the day it begins and the day it is over."""

    path: str
    start: date
    over: date
    years: int


def bar(row: Row, start: date, years: int) -> Bar:
    """The bar of so many years that an event began; the first day counts."""
    return Bar(row.path, start, add_years(start, years), years)


def barred(facts: Facts, bars: Sequence[Bar], undated: Sequence[str]) -> Verdict:
    """Not met while a bar runs; unknown where an entry without its date could carry one."""
    running = [one for one in bars if facts.as_of < one.over]
    sheet = partial(_bar_sheet, tuple(bars), facts.as_of) if bars else None
    if running:
        longest = max(running, key=lambda one: (one.over, one.path))
        remedy = Message("settle.bar_over", {"over": longest.over.isoformat()})
        return not_met("bar.running", remedy, **_bar_values(longest)).showing(sheet)
    if undated:
        return missing(*undated)
    if bars:
        return met("bar.over", **_bar_values(max(bars, key=lambda one: (one.over, one.path)))).showing(sheet)
    return met("conduct.none")


def _bar_values(one: Bar) -> dict[str, Any]:
    return {
        "entry": one.path,
        "start": one.start.isoformat(),
        "through": add_days(one.over, -1).isoformat(),
        "over": one.over.isoformat(),
        "years": one.years,
    }


def _bar_sheet(bars: Sequence[Bar], as_of: date) -> Mapping[str, Any]:
    bands = [
        {
            "kind": "bar",
            "label": f"{one.years}",
            "from": one.start.isoformat(),
            "to": add_days(one.over, -1).isoformat(),
            "counted": as_of < one.over,
            "place": one.path,
        }
        for one in sorted(bars, key=lambda one: (one.start, one.path))
    ]
    return {"kind": "timeline", "as_of": as_of.isoformat(), "bands": bands}


def sentences(facts: Facts, *, korean: bool) -> list[Row] | None:
    """The sentences passed in Korea (or abroad) on or before A; None where not established."""
    rows = facts.rows("criminal_record")
    if rows is None:
        return None
    return [
        row for row in rows if (row.get("country") == "KOR") is korean and not row.is_later("sentenced_on")
    ]


def violent_crime(facts: Facts) -> Verdict:
    """Any Korean sentence for a specific violent crime, whenever."""
    rows = sentences(facts, korean=True)
    if rows is None:
        return missing("criminal_record")
    grave = [row.path for row in rows if row.get("offence") == "specific_violent_crime"]
    return (
        not_met("conduct.sentenced", Message("settle.never"), entries=grave) if grave else met("conduct.none")
    )


def imprisonment(facts: Facts) -> Verdict:
    """Korean imprisonment not completed or remitted, or five years not over since."""
    return _completed(facts, "imprisonment", 5)


def fine(facts: Facts) -> Verdict:
    """A Korean criminal fine not paid, or three years not over since it was paid."""
    return _completed(facts, "fine", 3)


def _completed(facts: Facts, sentence: str, years: int) -> Verdict:
    rows = sentences(facts, korean=True)
    if rows is None:
        return missing("criminal_record")
    bars, uncompleted = [], []
    for row in rows:
        if row.get("sentence") == sentence:
            done = row.past("completed_on")
            if done is None:
                uncompleted.append(row.path)
            else:
                bars.append(bar(row, done, years))
    if uncompleted:
        remedy = Message("settle.complete", {"years": years})
        return not_met(f"conduct.{sentence}_open", remedy, entries=uncompleted)
    return barred(facts, bars, ())


def suspended_sentence(facts: Facts) -> Verdict:
    """A Korean suspended sentence: five years from the day the judgment became final."""
    rows = sentences(facts, korean=True)
    if rows is None:
        return missing("criminal_record")
    chosen = [row for row in rows if row.get("sentence") == "suspended_imprisonment"]
    return _dated_bars(facts, chosen, "sentenced_on", 5)


def _dated_bars(facts: Facts, rows: Iterable[Row], field: str, years: int) -> Verdict:
    bars, undated = [], []
    for row in rows:
        if row.is_later(field):
            continue
        day = row.past(field)
        if day is None:
            undated.append(f"{row.path}.{field}")
        else:
            bars.append(bar(row, day, years))
    return barred(facts, bars, undated)


def violations(facts: Facts) -> list[Row] | None:
    """The immigration violations on or before A."""
    rows = facts.rows("immigration_violations")
    return None if rows is None else [row for row in rows if not row.is_later("on")]


def is_barred_entry(articles: Sequence[str] | None) -> bool | None:
    """Whether one of the articles is 7(1), 7(4), 12(1) or 12(2); None where that is not established."""
    if articles is None:
        return None
    read = [set(_ARTICLE.findall(article.replace(" ", ""))) for article in articles]
    cited: set[tuple[str, str]] = set().union(*read)
    if cited & BARRED_ENTRY_ARTICLES:
        return True
    # What names no article, or 7 or 12 without its paragraph, could be one of these.
    return None if not all(read) or cited & {("7", ""), ("12", "")} else False


def entry_violation(facts: Facts) -> Verdict:
    """A violation of Art. 7(1), 7(4), 12(1) or 12(2): five years from the violation."""
    rows = violations(facts)
    if rows is None:
        return missing("immigration_violations")
    bars, open_entries = [], []
    for row in rows:
        barring = is_barred_entry(row.get("articles"))
        day = row.day("on")
        if barring and day:
            bars.append(bar(row, day, 5))
        elif barring is None and day and facts.as_of < add_years(day, 5):
            open_entries.append(f"{row.path}.articles")
    return barred(facts, bars, open_entries)


def repeat_violation(facts: Facts) -> Verdict:
    """Three or more violations within five years, those that ended in an administrative fine left out."""
    rows = violations(facts)
    if rows is None:
        return missing("immigration_violations")
    start = subtract_years(facts.as_of, 5)
    counted: list[str] = []
    days: list[date] = []
    open_entries: list[str] = []
    for row in rows:
        day, penalty = row.day("on"), row.get("penalty")
        if day is None or day < start or penalty == "administrative_fine":
            continue
        (counted if penalty else open_entries).append(row.path)
        days += [day] if penalty else []
    values = {"count": len(counted), "start": start.isoformat(), "entries": counted}
    if len(counted) >= 3:
        return not_met("conduct.repeated", _free_from(add_years(sorted(days)[-3], 5)), **values)
    if len(counted) + len(open_entries) >= 3:
        return missing(*(f"{path}.penalty" for path in open_entries))
    return met("conduct.not_repeated", **values)


def _free_from(last: date) -> Message:
    """An entry counts through its last day, so the first free day is the next one."""
    return Message("settle.bar_over", {"over": add_days(last, 1).isoformat()})


def removal(facts: Facts) -> Verdict:
    """Seven years after leaving under a deportation order, five under a departure order."""
    rows = facts.rows("removals")
    if rows is None:
        return missing("removals")
    bars, undated = [], []
    for row in rows:
        if row.is_later("departed_on"):
            continue
        day = row.past("departed_on")
        if day is None:
            undated.append(f"{row.path}.departed_on")
        else:
            bars.append(bar(row, day, REMOVAL_BARS[row.get("kind")]))
    return barred(facts, bars, undated)


def penalty_payment(facts: Facts) -> Verdict:
    """One penalty payment of 5,000,000 or 7,000,000 in total within three years."""
    rows = violations(facts)
    if rows is None:
        return missing("immigration_violations")
    start = subtract_years(facts.as_of, 3)
    recent = [row for row in rows if (row.day("on") or start) >= start]
    paid = [row.amount("amount") for row in recent if row.get("penalty") == "penalty_payment"]
    sure = [amount for amount in paid if amount is not None]
    values = {"largest": max(sure, default=0), "total": sum(sure), "start": start.isoformat()}
    if _too_much(sure):
        return not_met("conduct.penalties", _fewer_penalties(recent), **values)
    doubtful = [row for row in recent if _may_be_penalty(row)]
    if _too_much([*sure, *(_at_most(row) for row in doubtful)]):
        return missing(*(f"{row.path}.{'amount' if row.get('penalty') else 'penalty'}" for row in doubtful))
    return met("conduct.penalties_low", **values)


def _fewer_penalties(rows: Sequence[Row]) -> Message:
    """The first day on which what is left of the penalty payments stays below both limits."""
    paid = sorted(
        (day, row.amount("amount") or 0)
        for row in rows
        if row.get("penalty") == "penalty_payment" and (day := row.day("on"))
    )
    last = next(
        day for place, (day, _) in enumerate(paid) if not _too_much([one for _, one in paid[place + 1 :]])
    )
    return _free_from(add_years(last, 3))


def _may_be_penalty(row: Row) -> bool:
    penalty = row.get("penalty")
    return penalty is None or (penalty == "penalty_payment" and row.get("amount") is None)


def _at_most(row: Row) -> int:
    amount = row.amount("amount")
    return ALL_PENALTIES_LIMIT if amount is None else amount


def _too_much(amounts: Sequence[int]) -> bool:
    return max(amounts, default=0) >= ONE_PENALTY_LIMIT or sum(amounts) >= ALL_PENALTIES_LIMIT


def humanitarian_stay(facts: Facts) -> Verdict:
    """Five years from the decision that let a deportable person stay."""
    rows = facts.rows("humanitarian_stay")
    if rows is None:
        return missing("humanitarian_stay")
    return _dated_bars(facts, rows, "decided_on", 5)


def _is_serious(row: Row, drunk_driving: int) -> bool:
    offence = row.get("offence")
    return offence in SERIOUS_ABROAD or (offence == "drunk_driving" and drunk_driving >= DRUNK_DRIVING_LIMIT)


def _drunk_driving(rows: Sequence[Row]) -> int:
    return sum(row.get("offence") == "drunk_driving" for row in rows)


def overseas_serious(facts: Facts) -> Verdict:
    """A foreign sentence for a listed offence, or three for drunk driving, whenever."""
    rows = sentences(facts, korean=False)
    if rows is None:
        return missing("criminal_record")
    drunk = _drunk_driving(rows)
    grave = [row.path for row in rows if _is_serious(row, drunk)]
    return (
        not_met("conduct.sentenced", Message("settle.never"), entries=grave) if grave else met("conduct.none")
    )


def overseas_imprisonment(facts: Facts) -> Verdict:
    """Foreign imprisonment for anything else: ten years from sentencing; suspended: for review."""
    rows = sentences(facts, korean=False)
    if rows is None:
        return missing("criminal_record")
    drunk = _drunk_driving(rows)
    others = [row for row in rows if not _is_serious(row, drunk)]
    served = _dated_bars(
        facts, [row for row in others if row.get("sentence") == "imprisonment"], "sentenced_on", 10
    )
    suspended = [row for row in others if row.get("sentence") == "suspended_imprisonment"]
    stayed = _dated_bars(facts, suspended, "sentenced_on", 10)
    if served.outcome == "not_met" or not suspended or served.outcome == "unknown":
        return served
    if stayed.outcome == "not_met":
        return review("conduct.suspended_abroad", stayed.remedy, **stayed.values).showing(stayed.sheet)
    return stayed if stayed.outcome == "unknown" or served.key == "conduct.none" else served


def pending(facts: Facts) -> Verdict:
    """For review while proceedings are pending."""
    rows = facts.rows("pending_proceedings")
    if rows is None:
        return missing("pending_proceedings")
    if not rows:
        return met("conduct.none")
    authorities = [row.get("authority") or row.path for row in rows]
    return review("conduct.pending", Message("settle.proceedings"), authorities=authorities)
