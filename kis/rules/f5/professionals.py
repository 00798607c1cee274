"""Degrees and certificates at work in a domestic company: F-5-9, F-5-10, F-5-15 and F-5-26."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from typing import Final, NamedTuple

from kis.rules.f5.degrees import at_least, awarded
from kis.rules.f5.employment import (
    Condition,
    domestic,
    employed,
    full_time,
    not_entertainment,
    permitted,
    related,
    research,
)
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import MET, Outcome, all_of, both, established, preference
from kis.rules.periods import subtract_years
from kis.rules.texts import Text, add_words

SCIENCE: Final = frozenset({"science_engineering", "advanced_technology"})
CERTIFICATES: Final = frozenset({"technical_engineer", "mra_equivalent"})
_KOREAN_DEGREE: Final = (domestic, permitted, not_entertainment)
_FOREIGN_OR_CERTIFICATE: Final = (domestic, related)
_RELATED: Final = (domestic, full_time, related)
_ANY_FIELD: Final = (domestic, full_time, not_entertainment)

Conditions = tuple[Condition, ...]

# F-5-15: one year, domestic company, full-time permanent, not entertainment, any field.
doctor_employment = partial(employed, years=1, conditions=_ANY_FIELD)
# F-5-26: three years as essential specialised personnel of the research facility.
research_employment = partial(employed, years=3, conditions=(research,))


class Qualification(NamedTuple):
    """One ground of F-5-10: its letter, whether it holds, from when it counts, and the work it asks."""

    letter: str
    path: str
    holds: bool | None
    award: date | None
    is_dated: bool
    three_years: Conditions
    one_year: Conditions


class Carried(NamedTuple):
    """A qualification with the two employments it carries."""

    qualification: Qualification
    outcomes: tuple[Outcome, Outcome, Outcome]
    long: Verdict
    short: Verdict


def qualifications(facts: Facts) -> list[Qualification]:
    """All grounds that hold or could hold; one stands for each section not established."""
    degrees, certificates = awarded(facts), facts.rows("qualifications")
    found: list[Qualification] = []
    if degrees is None:
        found.append(Qualification("b", "education", None, None, True, _KOREAN_DEGREE, _ANY_FIELD))
    for row in degrees or ():
        found += _of_degree(row)
    if certificates is None:
        found.append(
            Qualification("d", "qualifications", None, None, True, _FOREIGN_OR_CERTIFICATE, _RELATED)
        )
    for row in certificates or ():
        if row.get("kind") in CERTIFICATES and not row.is_later("awarded_on"):
            day = row.past("awarded_on")
            found.append(
                Qualification("d", row.path, True, day, day is not None, _FOREIGN_OR_CERTIFICATE, _RELATED)
            )
    return found


def _of_degree(row: Row) -> Iterator[Qualification]:
    korean, field, day = row.get("country") == "KOR", row.get("field"), row.past("awarded_on")
    three_years = _KOREAN_DEGREE if korean else _FOREIGN_OR_CERTIFICATE
    regular = both(korean, row.get("regular_course"))
    science = None if field is None else field in SCIENCE
    grounds: tuple[tuple[str, bool | None, Conditions], ...] = (
        ("a", None if field is None else field == "advanced_technology", _RELATED),
        ("b", both(regular, science), _ANY_FIELD),
        ("c", both(regular, at_least(row, "master")), _ANY_FIELD),
    )
    for letter, holds, one_year in grounds:
        if holds is not False:
            yield Qualification(letter, row.path, holds, day, day is not None, three_years, one_year)


def carrying(facts: Facts) -> Carried | None:
    """The qualification with the best outcome, on a tie the one listed first; None where there is none."""

    @cache
    def work(years: int, conditions: Conditions, award: date | None, dated: bool) -> Verdict:
        return employed(facts, years, conditions, award, dated=dated)

    return min((_carried(one, work) for one in facts.once(qualifications)), key=_place, default=None)


def _carried(one: Qualification, work: Callable[[int, Conditions, date | None, bool], Verdict]) -> Carried:
    long = _for(one, work(3, one.three_years, one.award, one.is_dated))
    short = _for(one, work(1, one.one_year, None, True))
    return Carried(one, (established(one.holds), long.outcome, short.outcome), long, short)


def _for(one: Qualification, verdict: Verdict) -> Verdict:
    # A section that is not established stands for its easiest ground: more than that may be asked.
    is_section = one.path in {"education", "qualifications"}
    return missing(one.path) if is_section and verdict.outcome is MET else verdict


def _place(one: Carried) -> tuple[object, ...]:
    each = tuple(preference(outcome) for outcome in one.outcomes)
    first_award = one.qualification.award or date.max
    # A qualification that is held goes before one that is not established where both fail alike.
    return preference(all_of(one.outcomes)), each[0], one.qualification.letter, each, first_award


def qualification(facts: Facts) -> Verdict:
    """A degree or certificate of the kinds the rule lists."""
    best = facts.once(carrying)
    if best is None:
        return not_met("qualification.none", Message("settle.qualification"))
    one = best.qualification
    if one.holds is None:
        return missing(*_open_facts(facts, one.path))
    day = one.award.isoformat() if one.award else None
    return met("qualification.held", ground=f"ground:{one.letter}", entry=one.path, day=day)


def _open_facts(facts: Facts, path: str) -> list[str]:
    degrees = [row for row in facts.rows("education") or () if row.path == path]
    fields = [
        field for row in degrees for field in ("field", "regular_course") if row.data.get(field) is None
    ]
    return [f"{path}.{field}" for field in fields] or [path]


def long_employment(facts: Facts) -> Verdict | None:
    """Three years in a domestic company, counted from the award at the earliest."""
    best = facts.once(carrying)
    return best.long if best else None


def present_employment(facts: Facts) -> Verdict | None:
    """One year, domestic company, full-time permanent, in the work the qualification asks."""
    best = facts.once(carrying)
    return best.short if best else None


def no_barred_industry(facts: Facts) -> Verdict:
    """F-5-16: no entertainment work within the three years before A."""
    rows = facts.rows("employment")
    if rows is None:
        return missing("employment")
    start = subtract_years(facts.as_of, 3)
    recent = [row for row in rows if not row.is_later("from") and (row.day("to") or facts.as_of) >= start]
    barred = [row.path for row in recent if row.get("industry") == "entertainment"]
    values = {"start": start.isoformat(), "entries": barred}
    if barred:
        return not_met("industry.barred", None, **values)
    absent = [f"{row.path}.industry" for row in recent if row.get("industry") is None]
    return missing(*absent) if absent else met("industry.clear", **values)


add_words(
    {
        "ground:a": Text("bachelor or higher in advanced technology", "첨단기술 분야 학사 이상"),
        "ground:b": Text("Korean bachelor or higher in science and engineering", "국내 이공계 학사 이상"),
        "ground:c": Text("Korean master or higher", "국내 석사 이상"),
        "ground:d": Text("technical engineer or equivalent", "기술사 또는 상호인정 자격"),
    }
)
add_sentences(
    {
        "industry.clear": Text(
            "No entertainment work since {start:date}.",
            "{start:date} 이후 유흥 서비스업 종사 사실이 없습니다.",
        ),
        "industry.barred": Text(
            "Entertainment work since {start:date}: {entries:words}.",
            "{start:date} 이후 유흥 서비스업 종사: {entries:words}.",
        ),
        "qualification.held": Text(
            "{ground} ({entry}, awarded {day:date}).", "{ground}({entry}, {day:date} 취득)."
        ),
        "qualification.none": Text(
            "No degree or certificate of the listed kinds.", "요건에 맞는 학위나 자격증이 없습니다."
        ),
        "settle.qualification": Text(
            "Show a degree or certificate of the listed kinds.",
            "요건에 맞는 학위나 자격증을 확인해야 합니다.",
        ),
    }
)
