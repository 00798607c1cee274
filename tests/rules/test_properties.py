"""What holds for every dossier: a result, whatever the order, and no gain from leaving facts out."""

import copy
import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kis.rules.outcomes import Outcome, preference
from tests.rules.cases import VECTORS, Dossier, area, dossier, outcome, put, run
from tests.rules.strategies import dossiers

NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))
WORKED = st.sampled_from(NAMES).map(dossier)
PASSES = {"met", "exempt"}
LIMITS = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def outcomes(found: Dossier) -> dict[str, str]:
    result = run(found)
    return {one.id: one.outcome.value for one in result.criteria} | {"overall": result.overall.value}


@LIMITS
@given(dossiers())
def test_every_possible_dossier_gets_a_result_without_a_fault(found: Dossier) -> None:
    result = run(found)
    assert not [one.id for one in result.criteria if one.finding.key == "fault"]
    assert json.loads(json.dumps(result.to_json()))
    for one in result.criteria:
        assert one.finding.in_language("en")
        assert one.finding.in_language("ko")
        assert one.remedy is None or one.remedy.in_language("ko")


def shuffled(value: Any, seed: random.Random) -> Any:
    if isinstance(value, dict):
        return {name: shuffled(inner, seed) for name, inner in value.items()}
    if isinstance(value, list):
        mixed = [shuffled(inner, seed) for inner in value]
        seed.shuffle(mixed)
        return mixed
    return value


@LIMITS
@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(found: Dossier, seed: random.Random) -> None:
    assert outcomes(shuffled(found, seed)) == outcomes(found)


UNRELATED = {
    "reference": "other",
    "reason": "to stay",
    "schools": [{"name": "A", "from_year": 1990}],
    "trips": [{"from": "2024-01-01", "to": "2024-06-30"}],
    "identity_changes": "none",
    "penalties_stated": "none",
    "applicant.phone": "010",
    "applicant.email": "a@example.org",
    "applicant.sex": "M",
    "applicant.local_name": "이름",
    "application.office": "busan",
}


@LIMITS
@given(st.one_of(dossiers(), WORKED), st.sampled_from(sorted(UNRELATED)))
def test_an_unrelated_fact_changes_no_outcome(found: Dossier, name: str) -> None:
    assert outcomes(put(copy.deepcopy(found), name, UNRELATED[name])) == outcomes(found)


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a dossier that could be left out."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [(*way, name) for name, _ in inner] + [
        place for name, one in inner for place in places(one, (*way, name))
    ]


REQUIRED = {
    "schema",
    "application",
    "applicant",
    "category",
    "received_on",
    "birth_date",
    "nationality",
    "ref",
    "relation",
    "status",
    "from",
    "country",
    "year",
    "amount",
    "earner",
    "owner",
    "value",
    "kind",
    "on",
    "code",
    "level",
    "sentence",
    "offence",
    "scheme",
    "decided_on",
    "item",
    "points",
    "issued_on",
    "ground",
    "person",
    "lapses",
}


def without(found: Dossier, way: tuple[Any, ...]) -> Dossier:
    left = copy.deepcopy(found)
    inner: Any = left
    for step in way[:-1]:
        inner = inner[step]
    del inner[way[-1]]
    return left


def path_of(way: tuple[Any, ...]) -> str:
    path = ""
    for step in way:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


@LIMITS
@given(WORKED, st.data())
def test_a_fact_left_out_helps_only_where_it_was_the_ground_of_the_failure(
    found: Dossier, data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from([one for one in places(found) if one[-1] not in REQUIRED]))
    path = path_of(way)
    left = outcomes(without(found, way))
    criteria = run(found).criteria
    for one in criteria:
        if one.outcome == "not_met" and left.get(one.id) in PASSES:
            # Which documents are asked for rests on what the other criteria read.
            read = criteria if one.area == "documents" else (one,)
            assert [name for each in read for name in each.inputs if name.startswith(path)], (one.id, path)


SECTIONS_OF_BURDENS = (
    "criminal_record",
    "immigration_violations",
    "removals",
    "humanitarian_stay",
    "pending_proceedings",
)


@pytest.mark.parametrize("section", SECTIONS_OF_BURDENS)
@LIMITS
@given(dossiers())
def test_a_record_left_out_never_lets_conduct_pass(section: str, found: Dossier) -> None:
    found.pop(section, None)
    assert area(found, "conduct") not in PASSES


def better_or_same(before: str | None, after: str | None) -> bool:
    if before is None or after is None:
        return True
    return preference(Outcome(after)) <= preference(Outcome(before))


@LIMITS
@given(
    st.integers(0, 250_000_000), st.integers(0, 250_000_000), st.sampled_from(["income", "assets"]), WORKED
)
def test_more_income_or_assets_never_hurt(one: int, other: int, section: str, found: Dossier) -> None:
    def owning(amount: int) -> str | None:
        rows = {
            "income": [{"earner": "applicant", "year": 2024, "amount": amount, "taxed": True}],
            "assets": [
                {
                    "owner": "applicant",
                    "kind": "real_estate",
                    "value": 4 * amount,
                    "acquired_on": "2020-01-01",
                }
            ],
        }
        return area(put(copy.deepcopy(found), section, rows[section]), "livelihood")

    assert better_or_same(owning(min(one, other)), owning(max(one, other)))


BEFORE = st.integers(0, 4000).map(lambda days: (date(2025, 5, 12) - timedelta(days)).isoformat())


@LIMITS
@given(BEFORE, BEFORE, WORKED)
def test_a_longer_stay_never_hurts(one: str, other: str, found: Dossier) -> None:
    status = found["stays"][0]["status"] if found["stays"] else "E-7"

    def since(day: str) -> str | None:
        stays = [{"status": status, "from": day}]
        return outcome(put(copy.deepcopy(found), "stays", stays), "eligibility.residence")

    assert better_or_same(since(max(one, other)), since(min(one, other)))


@LIMITS
@given(
    BEFORE,
    BEFORE,
    st.sampled_from(["fine", "imprisonment", "suspended_imprisonment"]),
    st.sampled_from(["KOR", "JPN"]),
)
def test_an_older_bar_never_hurts(one: str, other: str, kind: str, country: str) -> None:
    def conduct(day: str) -> str | None:
        row = {
            "country": country,
            "sentence": kind,
            "offence": "other",
            "sentenced_on": day,
            "completed_on": day,
        }
        return area(dossier(criminal_record=[row]), "conduct")

    assert better_or_same(conduct(max(one, other)), conduct(min(one, other)))


@LIMITS
@given(BEFORE, BEFORE, st.sampled_from(["deportation", "departure"]))
def test_an_older_departure_never_hurts(one: str, other: str, kind: str) -> None:
    def conduct(day: str) -> str | None:
        return area(dossier(removals=[{"kind": kind, "departed_on": day}]), "conduct")

    assert better_or_same(conduct(max(one, other)), conduct(min(one, other)))
