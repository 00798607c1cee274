"""F-5-8: what the finding of each way of staying says of days, statuses and departures."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, Dossier, dossier, finding, put

RESIDENCE = "eligibility.residence"
FORMER = {"status": "F-2", "from": "1995-01-01", "to": "2005-12-31"}
LEFT = {**FORMER, "complete_departure": True}


def born_here(route: str, *stays: dict[str, Any]) -> Dossier:
    return dossier("f58-deposit", application__route=route, stays=list(stays))


def since(start: str, status: str = "E-7", **facts: Any) -> dict[str, Any]:
    return {"status": status, "from": start, **facts}


@pytest.mark.parametrize(
    ("stays", "said"),
    [
        ([FORMER, since("2006-01-01")], "Now in E-7, and no complete departure since 1995-01-01."),
        ([LEFT, since("2006-01-01")], "A complete departure since 1995-01-01: stays[0]."),
        (
            [FORMER, since("2006-01-01", to="2025-05-12", complete_departure=True)],
            "Now in E-7, and no complete departure since 1995-01-01.",
        ),
        (
            [FORMER, since("2006-01-01", to="2025-05-11", complete_departure=True), since("2025-05-12")],
            "A complete departure since 1995-01-01: stays[1].",
        ),
        ([since("2006-01-01")], "No F-2 stay began before 2002-04-18."),
    ],
)
def test_the_present_stay_without_a_complete_departure(stays: list[dict[str, Any]], said: str) -> None:
    assert finding(born_here("current_stay", *stays), RESIDENCE).finding.in_language("en") == said


def test_another_present_status_is_told_with_those_that_count() -> None:
    found = finding(born_here("current_stay", FORMER, since("2006-01-01", "D-2")), RESIDENCE)
    assert (found.outcome, found.finding.key) == ("not_met", "residence.none")
    assert {"D-7", "E-7", "F-2"} < set(found.finding.values["statuses"])


@pytest.mark.parametrize(
    ("stays", "left", "full", "expected"),
    [
        ([LEFT, since("2023-05-12")], "2005-12-31", "2025-05-12", "met"),
        ([LEFT, since("2023-05-13")], "2005-12-31", "2025-05-13", "not_met"),
        # Whoever leaves on the day of application has not left yet.
        (
            [LEFT, since("2023-05-12", to="2025-05-12", complete_departure=True)],
            "2005-12-31",
            "2025-05-12",
            "met",
        ),
        (
            [LEFT, since("2015-01-01", to="2024-05-11", complete_departure=True), since("2024-05-12")],
            "2024-05-11",
            "2026-05-12",
            "not_met",
        ),
        # A stay that overlaps the departure counts from the day after it.
        ([LEFT, since("2005-06-01", to="2007-12-31")], "2005-12-31", "2025-05-13", "not_met"),
    ],
)
def test_days_since_the_return_are_counted_from_the_day_after_the_departure(
    stays: list[dict[str, Any]], left: str, full: str, expected: str
) -> None:
    found = finding(born_here("returned_two_years", *stays), RESIDENCE)
    values = found.finding.values
    assert (found.outcome, values["left"], values["years"]) == (expected, left, 2)
    assert values["full"] == full


@pytest.mark.parametrize("route", ["current_stay", "returned_two_years", "returned_four_years"])
def test_without_stays_they_are_what_is_to_be_established(route: str) -> None:
    found = finding(dossier("f58-deposit", application__route=route, stays=ABSENT), RESIDENCE)
    assert (found.outcome, found.finding.values["facts"]) == ("unknown", ["stays"])


def test_two_years_not_full_yet_are_full_on_a_day_or_need_another_status() -> None:
    found = finding(born_here("returned_two_years", LEFT, since("2023-05-13")), RESIDENCE)
    assert found.remedy
    assert (found.remedy.key, found.remedy.values) == ("settle.residence_from", {"full": "2025-05-13"})
    for present in (since("2023-05-13", "D-2"), since("2006-01-01", to="2006-12-31")):
        found = finding(
            put(born_here("returned_two_years", LEFT, present), "applicant.current_status", "D-2"), RESIDENCE
        )
        assert found.remedy
        assert found.remedy.key == "settle.residence_status"
        assert {"D-7", "E-7", "F-2"} < set(found.remedy.values["statuses"])


@pytest.mark.parametrize(
    ("start", "expected", "facts"),
    [
        ("2006-01-01", "not_met", None),
        ("2006-01-02", "unknown", ["stays[0].complete_departure"]),
    ],
)
def test_a_gap_after_a_stay_may_be_the_departure(start: str, expected: str, facts: list[str] | None) -> None:
    found = finding(born_here("returned_two_years", FORMER, since(start)), RESIDENCE)
    assert (found.outcome, found.finding.values.get("facts")) == (expected, facts)
    stated = {**FORMER, "complete_departure": False}
    found = finding(born_here("returned_two_years", stated, since(start)), RESIDENCE)
    assert found.finding.in_language("en") == "No complete departure, so no return, is on record."
