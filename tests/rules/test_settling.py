"""The day named as the one that settles a finding is the first day that does."""

import copy
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kis.rules import Finding
from tests.rules.cases import Dossier, outcome, put
from tests.rules.judged import JUDGED, Judged

DATED = ("full", "over")


def settled_by_time() -> Iterator[tuple[Judged, Finding, date]]:
    """Every finding whose remedy names a day."""
    for judged in JUDGED:
        for one in judged.found.criteria:
            for field in DATED if one.remedy else ():
                if field in one.remedy.values:
                    yield judged, one, date.fromisoformat(one.remedy.values[field])


SETTLED = list(settled_by_time())


def received(found: Dossier, day: date) -> Dossier:
    return put(copy.deepcopy(found), "application.received_on", day.isoformat())


@pytest.mark.parametrize(
    ("judged", "one", "day"), SETTLED, ids=[f"{one.id}-{judged.name}" for judged, one, _ in SETTLED]
)
def test_on_the_day_named_and_not_before_it_is_settled(judged: Judged, one: Finding, day: date) -> None:
    assert outcome(received(judged.dossier, day - timedelta(days=1)), one.id) in {"not_met", "review"}
    assert outcome(received(judged.dossier, day), one.id) in {"met", "unknown"}


def test_stays_employment_investments_ages_and_bars_are_settled_by_time() -> None:
    keys = Counter(one.remedy.key for _, one, _ in SETTLED if one.remedy)
    assert set(keys) == {
        "settle.age",
        "settle.bar_over",
        "settle.employment_from",
        "settle.investment_from",
        "settle.marriage_from",
        "settle.residence_from",
        "settle.sponsor_from",
    }
