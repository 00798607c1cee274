"""Effective outcomes: what was found, with the officers' departures applied."""

from dataclasses import dataclass
from typing import Any

import pytest

from kis.precheck.effective import effective
from kis.rules import Outcome, PreCheck, ReferenceTables, procedure
from kis.rules.outcomes import all_of
from tests import factories


@dataclass
class Departed:
    criterion: str
    from_outcome: str
    to_outcome: str


def judged(name: str = "f51-meets-all", **changes: Any) -> PreCheck:
    dossier = factories.dossier(name) | changes
    return procedure(factories.PROCEDURE).books[0].run(dossier, ReferenceTables.shipped())


def area(precheck: PreCheck, name: str, *departures: tuple[str, str, str]) -> Outcome:
    return effective(precheck, [Departed(*departure) for departure in departures]).areas[name]


@pytest.mark.parametrize("path", sorted(factories.VECTORS.glob("*.json")), ids=lambda path: path.stem)
def test_without_departures_it_is_what_was_found(path: Any) -> None:
    precheck = judged(path.stem)
    found = effective(precheck, [])
    assert (found.areas, found.overall) == (precheck.areas, precheck.overall)


def test_all_criteria_of_an_area_must_hold() -> None:
    assert area(judged(), "conduct", ("conduct.fine", "met", "review")) is Outcome.REVIEW
    both = ("conduct.fine", "met", "review"), ("conduct.removal", "met", "not_met")
    assert area(judged(), "conduct", *both) is Outcome.NOT_MET


def test_one_alternative_is_enough() -> None:
    poor = judged(income=[])
    assert poor.areas["livelihood"] is Outcome.NOT_MET
    assert area(poor, "livelihood", ("livelihood.assets", "not_met", "met")) is Outcome.NOT_MET, (
        "own share fails yet"
    )
    share = ("livelihood.own_share", "not_met", "met")
    assert area(poor, "livelihood", share, ("livelihood.assets", "not_met", "met")) is Outcome.MET


def test_what_another_alternative_carried_does_not_count_against_it() -> None:
    rich = judged()
    assert {f.id: f.outcome for f in rich.criteria}["livelihood.assets"] is Outcome.NOT_MET
    assert area(rich, "livelihood", ("livelihood.public_dues", "met", "review")) is Outcome.REVIEW
    assert area(rich, "livelihood", ("livelihood.income", "met", "not_met")) is Outcome.NOT_MET


def test_a_departure_from_another_outcome_does_not_apply() -> None:
    assert area(judged(), "conduct", ("conduct.fine", "unknown", "not_met")) is Outcome.MET


def test_the_overall_outcome_follows_the_areas() -> None:
    found = effective(judged(), [Departed("conduct.fine", "met", "unknown")])
    assert found.overall is all_of(found.areas.values()) is Outcome.UNKNOWN
    assert found.criteria["conduct.fine"] is Outcome.UNKNOWN
