"""By when to leave after a refusal (Enforcement Decree Art. 33)."""

from datetime import date

import pytest

from kis.decisions.departure import departure_deadline, known_end_of_stay, may_stay_on

ISSUED = date(2026, 11, 21)
ENDED = {"status": "D-2", "from": "2020-03-01", "to": "2024-02-29"}
OPEN_ENDED = {"status": "E-7-1", "from": "2024-03-01", "to": None}
UNTIL_MAY = {"status": "E-7-1", "from": "2024-03-01", "to": "2027-05-31"}


@pytest.mark.parametrize(
    ("stay_expires_on", "deadline"),
    [
        (None, date(2026, 12, 5)),
        (date(2026, 11, 20), date(2026, 12, 5)),
        (date(2026, 11, 21), None),
        (date(2027, 5, 31), None),
    ],
)
def test_only_where_the_stay_is_over_a_deadline_of_14_days_is_set(
    stay_expires_on: date | None, deadline: date | None
) -> None:
    assert departure_deadline(ISSUED, stay_expires_on) == deadline


@pytest.mark.parametrize(
    ("facts", "may_stay", "until"),
    [
        ({}, True, None),
        ({"stays": []}, False, None),
        ({"stays": [ENDED]}, False, None),
        ({"stays": [ENDED, OPEN_ENDED]}, True, None),
        ({"stays": [UNTIL_MAY, ENDED]}, True, date(2027, 5, 31)),
    ],
)
def test_the_facts_tell_whether_a_stay_goes_on_and_until_when(
    facts: dict[str, object], may_stay: bool, until: date | None
) -> None:
    assert (may_stay_on(facts, ISSUED), known_end_of_stay(facts, ISSUED)) == (may_stay, until)
