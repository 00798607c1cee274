"""Degrees as requirements, and the doctor of an advanced field that other categories look to."""

from typing import Final

from kis.rules.f5.employment import domestic, employed, full_time, related
from kis.rules.facts import Facts, Row
from kis.rules.findings import Verdict, met, missing, not_met
from kis.rules.messages import Message, add_sentences
from kis.rules.outcomes import MET, both
from kis.rules.texts import Text, add_words

LEVELS: Final = {"bachelor": 1, "master": 2, "doctorate": 3}


def awarded(facts: Facts) -> list[Row] | None:
    """The degrees not awarded after A; None where no education is established."""
    rows = facts.rows("education")
    return None if rows is None else [row for row in rows if not row.is_later("awarded_on")]


def at_least(row: Row, level: str) -> bool:
    """Whether a degree is of that level or higher."""
    return LEVELS[row.get("level")] >= LEVELS[level]


def _is_korean(row: Row) -> bool:
    return bool(row.get("country") == "KOR")


def judged(rows: list[Row], facts: list[bool | None], *fields: str) -> Verdict:
    """Met by one degree that fits; unknown where one could fit, by these fields of it; else not met."""
    for row, fits in zip(rows, facts, strict=True):
        if fits:
            return met("degree.held", level=row.data["level"], country=row.data["country"], entry=row.path)
    possible = [row for row, fits in zip(rows, facts, strict=True) if fits is None]
    absent = [f"{row.path}.{field}" for row in possible for field in fields if row.data.get(field) is None]
    return missing(*absent) if absent else not_met("degree.none", Message("settle.degree"))


def bachelor(facts: Facts) -> Verdict:
    """A bachelor's degree or higher."""
    rows = awarded(facts)
    if rows is None:
        return missing("education")
    return judged(rows, [at_least(row, "bachelor") for row in rows])


def korean_doctorate(facts: Facts) -> Verdict:
    """A Korean doctorate by regular course."""
    rows = awarded(facts)
    if rows is None:
        return missing("education")
    fits = [both(at_least(row, "doctorate"), _is_korean(row), row.get("regular_course")) for row in rows]
    return judged(rows, fits, "regular_course")


def advanced_doctorate(facts: Facts) -> Verdict:
    """A foreign doctorate in advanced technology, awarded before A."""
    rows = awarded(facts)
    if rows is None:
        return missing("education")
    return judged(rows, [_is_advanced_doctorate(facts, row) for row in rows], "field", "awarded_on")


def _is_advanced_doctorate(facts: Facts, row: Row) -> bool | None:
    field, day = row.get("field"), row.past("awarded_on")
    advanced = None if field is None else field == "advanced_technology"
    before = None if day is None else day < facts.as_of
    return both(at_least(row, "doctorate"), not _is_korean(row), advanced, before)


def advanced_doctor_employment(facts: Facts) -> Verdict:
    """F-5-9: one year, domestic company, full-time permanent, in the field of the degree."""
    return employed(facts, 1, (domestic, full_time, related))


def has_korean_doctorate(facts: Facts) -> bool:
    """Whether a Korean doctorate by regular course is established."""
    return facts.once(korean_doctorate).outcome is MET


def meets_advanced_doctor(facts: Facts) -> bool:
    """Whether the degree and employment criteria of F-5-9 are met."""
    if facts.once(advanced_doctorate).outcome is not MET:
        return False
    return facts.once(advanced_doctor_employment).outcome is MET


add_words(
    {
        "bachelor": Text("bachelor's degree", "학사"),
        "master": Text("master's degree", "석사"),
        "doctorate": Text("doctorate", "박사"),
    }
)
add_sentences(
    {
        "degree.held": Text("{level} of {country} ({entry}).", "{country} {level} 학위가 있습니다({entry})."),
        "degree.none": Text("No degree on record fits.", "요건에 맞는 학위가 없습니다."),
        "settle.degree": Text("Show a degree that fits.", "요건에 맞는 학위를 확인해야 합니다."),
    }
)
