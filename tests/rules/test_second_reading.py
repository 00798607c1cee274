"""The specification read clause by clause by a second reader: both sides of each boundary."""

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest

from kis.rules import PreCheck
from kis.rules.dossier import validate
from tests.rules.cases import run
from tests.rules.readings import (
    competency,
    conduct,
    criminal_record,
    documents,
    eligibility,
    eligibility_investors,
    eligibility_work,
    livelihood,
)
from tests.rules.readings.reading import BASES, Reading

CHAPTERS: dict[str, list[Reading]] = {
    module.__name__.rpartition(".")[2]: module.READINGS
    for module in (
        eligibility,
        eligibility_work,
        eligibility_investors,
        conduct,
        livelihood,
        competency,
        criminal_record,
        documents,
    )
}
ALL = [
    pytest.param(one, id=f"{chapter}-{number}-{one.base}-{one.why}")
    for chapter, readings in CHAPTERS.items()
    for number, one in enumerate(readings)
]
A_CHAPTER = pytest.mark.parametrize("chapter", CHAPTERS)
UNFILLED = re.compile(r"[{}]|%\(|\b(None|True|False)\b")


def outcomes(found: PreCheck) -> dict[str, str]:
    areas = {area: outcome.value for area, outcome in found.areas.items()}
    return {one.id: one.outcome.value for one in found.criteria} | areas | {"overall": found.overall.value}


def faults(found: PreCheck) -> list[str]:
    return [one.id for one in found.criteria if one.finding.key == "fault"]


def shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        return {name: shuffled(inner, order) for name, inner in value.items()}
    if isinstance(value, list):
        mixed = [shuffled(inner, order) for inner in value]
        order.shuffle(mixed)
        return mixed
    return value


def sentences(found: PreCheck, language: str) -> list[str]:
    messages = [one.finding for one in found.criteria] + [one.remedy for one in found.criteria if one.remedy]
    return [message.in_language(language) for message in (*messages, *found.warnings)]


@pytest.mark.parametrize("reading", ALL)
def test_a_clause_read_again_gives_the_outcome_it_demands(reading: Reading) -> None:
    judged = run(reading.dossier())
    found = outcomes(judged)
    assert {name: found.get(name) for name in reading.expected} == reading.expected
    assert not faults(judged)


@A_CHAPTER
def test_every_reading_is_a_possible_dossier(chapter: str) -> None:
    refused = {one.why: validate(one.dossier()) for one in CHAPTERS[chapter]}
    assert not {why: problems for why, problems in refused.items() if problems}


@A_CHAPTER
def test_what_is_kept_reads_back_the_same_in_both_languages(chapter: str) -> None:
    for reading in CHAPTERS[chapter]:
        found = run(reading.dossier())
        again = PreCheck.from_json(found.to_json())
        assert again.to_json() == found.to_json()
        for language in ("en", "ko"):
            assert sentences(again, language) == sentences(found, language)
            assert not [sentence for sentence in sentences(found, language) if UNFILLED.search(sentence)], (
                reading
            )


@A_CHAPTER
def test_the_order_of_entries_never_matters(chapter: str) -> None:
    for reading in CHAPTERS[chapter]:
        dossier = reading.dossier()
        mixed = shuffled(dossier, random.Random(reading.why))
        assert outcomes(run(mixed)) == outcomes(run(dossier)), reading


def test_every_category_has_readings() -> None:
    read = {one.dossier()["application"]["category"] for readings in CHAPTERS.values() for one in readings}
    assert {f"F-5-{number}" for number in range(1, 28)} <= read


@pytest.mark.parametrize("base", BASES)
def test_every_known_dossier_is_judged_on_any_day_without_a_fault(base: str) -> None:
    dossier = Reading("", base, {}, {}).dossier()
    day = date(2025, 5, 12)
    for step in (-9000, -4000, -400, -1, 1, 200, 400, 4000):
        dossier["application"]["received_on"] = (day + timedelta(days=step)).isoformat()
        assert not faults(run(dossier))
