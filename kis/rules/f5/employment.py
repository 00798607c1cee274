"""Continuous employment under conditions, with the days between two employers that are tolerated."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met, unknown
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import MET, NOT_MET, UNKNOWN, Outcome, both
from kis.rules.periods import Span, add_days, add_years, merged, subtract_years
from kis.rules.texts import Text, add_words

# Days between two employers that count as employed: in the last year, in the last three.
TOLERATED: Final = {1: 30, 3: 90}

Condition = Callable[[Row], bool | None]


def domestic(row: Row) -> bool | None:
    """The employer is a domestic company."""
    fact: bool | None = row.get("domestic_company")
    return fact


def full_time(row: Row) -> bool | None:
    """The position is full-time permanent."""
    fact: bool | None = row.get("full_time_permanent")
    return fact


def related(row: Row) -> bool | None:
    """The work is in the field of the degree or certificate."""
    fact: bool | None = row.get("related_to_qualification")
    return fact


def permitted(row: Row) -> bool | None:
    """The status held permits the work."""
    fact: bool | None = row.get("permitted")
    return fact


def research(row: Row) -> bool | None:
    """Essential specialised personnel of the research facility."""
    fact: bool | None = row.get("research_facility_key_personnel")
    return fact


def not_entertainment(row: Row) -> bool | None:
    """The industry is not entertainment."""
    industry = row.get("industry")
    return None if industry is None else industry != "entertainment"


class Record(NamedTuple):
    """What an unbroken employment comes to: its first day and the gap days inside the window."""

    since: date | None
    gap: int
    reached: bool


def _record(spans: Sequence[Span], years: int, as_of: date) -> Record:
    joined = merged(Span(span.start, min(span.end, as_of)) for span in spans)
    if not joined or joined[-1].end < as_of:
        return Record(None, 0, reached=False)
    window = subtract_years(as_of, years)
    since, gap = joined[-1].start, 0
    for span in reversed(joined[:-1]):
        between = (since - max(add_days(span.end, 1), window)).days
        if gap + max(between, 0) > TOLERATED[years]:
            break
        gap += max(between, 0)
        since = span.start
    return Record(since, gap, reached=add_years(since, years) <= as_of)


def employed(
    facts: Facts,
    years: int,
    conditions: Sequence[Condition],
    since: date | None = None,
    *,
    dated: bool = True,
) -> Verdict:
    """Continuous employment of one or three years in jobs that keep all the conditions.

    `since` is the day from which it counts at the earliest; with `dated` false that day is not established.
    """
    rows = facts.rows("employment")
    if rows is None:
        return missing("employment")
    sure, possible, open_fields = _spans(rows, conditions, since)
    certain = _record(sure if dated else (), years, facts.as_of)
    hoped = _record(possible, years, facts.as_of)
    outcome = MET if certain.reached else (UNKNOWN if hoped.reached else NOT_MET)
    verdict = _verdict(outcome, certain if certain.reached else hoped, years, open_fields or ["awarded_on"])
    if verdict.key == "employment.too_short":
        verdict = verdict._replace(remedy=_enough_from(possible, years, facts.as_of))
    return verdict.showing(partial(_timeline, rows, sure, subtract_years(facts.as_of, years), facts.as_of))


def _timeline(rows: Sequence[Row], sure: Sequence[Span], required: date, as_of: date) -> Mapping[str, Any]:
    counted = {span.end for span in sure}
    bands = [
        {
            "kind": "employment",
            "label": row.data.get("employer") or row.path,
            "from": row.data["from"],
            "to": row.data.get("to"),
            "counted": (row.day("to") or date.max) in counted,
            "place": row.path,
        }
        for row in sorted(rows, key=lambda row: (row.data["from"], row.path))
    ]
    return {
        "kind": "timeline",
        "as_of": as_of.isoformat(),
        "required_from": required.isoformat(),
        "bands": bands,
    }


def _spans(
    rows: Sequence[Row], conditions: Sequence[Condition], since: date | None
) -> tuple[list[Span], list[Span], list[str]]:
    sure, possible, open_fields = [], [], []
    for row in rows:
        start = row.past("from")
        if start is None:
            continue
        end = row.day("to") or date.max
        kept = both(*(condition(row) for condition in conditions))
        span = Span(max(start, since or start), end)
        if kept is not False:
            possible.append(span)
        if kept:
            sure.append(span)
        elif kept is None:
            open_fields.append(row.path)
    return sure, possible, open_fields


def _verdict(outcome: Outcome, record: Record, years: int, open_fields: list[str]) -> Verdict:
    values: dict[str, Any] = {"years": years, "gap": record.gap, "tolerated": TOLERATED[years]}
    if outcome is UNKNOWN:
        facts = {"facts": open_fields}
        return unknown("employment.open", Message("settle.establish", facts), **values, **facts)
    if record.since is None:
        return not_met("employment.none", Message("settle.employment"), **values)
    values |= {"since": record.since.isoformat(), "full": add_years(record.since, years).isoformat()}
    if outcome is MET:
        return met("employment.long_enough", **values)
    return not_met("employment.too_short", **values)


def _enough_from(spans: Sequence[Span], years: int, as_of: date) -> Message:
    """The first day that is long enough if the work goes on: gaps weigh less the longer ago they were."""
    going_on = [*spans, Span(as_of, date.max)]
    days = range(as_of.toordinal(), add_years(as_of, years).toordinal() + 1)
    place = bisect_left(days, True, key=lambda day: _record(going_on, years, date.fromordinal(day)).reached)
    return Message("settle.employment_from", {"full": date.fromordinal(days[place]).isoformat()})


add_words({"awarded_on": Text("day of the award", "학위·자격 취득일")})
add_sentences(
    {
        "employment.long_enough": Text(
            "Employed under the conditions since {since:date} with {gap} of {tolerated} days between employers;"
            " {years} years were full on {full:date}.",
            "{since:date}부터 요건에 맞게 근무(근무처 변경 공백 {gap}일, 한도 {tolerated}일)하여 {full:date}에 {years}년이 되었습니다.",
        ),
        "employment.too_short": Text(
            "Employed under the conditions only since {since:date}; {years} years are full on {full:date}.",
            "요건에 맞는 근무가 {since:date}부터여서 {full:date}에야 {years}년이 됩니다.",
        ),
        "employment.none": Text(
            "No employment under the conditions covers the day of application.",
            "신청일에 요건에 맞는 근무가 없습니다.",
        ),
        "employment.open": Text(
            "Whether {years} years of employment keep the conditions is not established: {facts:words}.",
            "{years}년 근무가 요건에 맞는지 확인되지 않았습니다: {facts:words}.",
        ),
        "settle.employment": Text(
            "Show an employment under the conditions on the day of application.",
            "신청일에 요건에 맞는 근무 중임을 확인해야 합니다.",
        ),
        "settle.employment_from": Text(
            "The employment is long enough from {full:date}.", "{full:date}부터 근무기간을 충족합니다."
        ),
    }
)
