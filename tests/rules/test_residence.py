"""Stays: chains, gaps, statuses and the boundaries of F-5-1."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put

RESIDENCE = "eligibility.residence"


def stay(status: str, start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    return {"status": status, "from": start, "to": end, **facts}


def staying(*stays: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return dossier(stays=list(stays), **changes)


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([stay("E-7-1", "2020-05-12")], "met"),
        ([stay("E-7-1", "2020-05-13")], "not_met"),
        ([stay("E-7-4R", "2020-05-12")], "met"),
        ([stay("F-2-R", "2020-05-12")], "met"),
        ([stay("E-10", "2015-05-12")], "not_met"),
        ([stay("D-2", "2010-01-01", "2022-01-01"), stay("E-7", "2022-01-02")], "not_met"),
        ([stay("E-1", "2020-05-12", "2022-01-01"), stay("E-7", "2022-01-02")], "met"),
        ([stay("E-1", "2020-05-12", "2022-01-01"), stay("E-7", "2022-01-01")], "met"),
        ([stay("E-1", "2020-05-12", "2022-01-01"), stay("E-7", "2022-01-03")], "not_met"),
        (
            [stay("E-1", "2020-05-12", "2022-01-01", complete_departure=True), stay("E-7", "2022-01-02")],
            "not_met",
        ),
        (
            [stay("E-1", "2020-05-12", "2022-01-01", complete_departure=False), stay("E-7", "2022-01-02")],
            "met",
        ),
        ([stay("E-7", "2020-05-12", "2025-05-12")], "met"),
        ([stay("E-7", "2019-05-12", "2025-05-11")], "not_met"),
        ([stay("E-7", "2019-05-12", "2025-05-10"), stay("E-9", "2025-05-11")], "not_met"),
        ([stay("E-7", "2025-05-13")], "not_met"),
        ([], "not_met"),
    ],
)
def test_five_years_without_a_break_in_the_statuses_of_the_decree(
    stays: list[dict[str, Any]], expected: str
) -> None:
    assert outcome(staying(*stays), RESIDENCE) == expected
    assert outcome(staying(*reversed(stays)), RESIDENCE) == expected


def test_a_stay_without_its_last_day_goes_on() -> None:
    assert outcome(staying({"status": "E-7", "from": "2020-05-12"}), RESIDENCE) == "met"


def test_absent_stays_are_unknown_unless_the_present_status_already_fails() -> None:
    found = put(dossier(), "stays", ABSENT)
    assert outcome(found, RESIDENCE) == "unknown"
    assert outcome(put(found, "applicant.current_status", "E-9"), RESIDENCE) == "not_met"
    assert outcome(put(found, "applicant.current_status", ABSENT), RESIDENCE) == "unknown"


def test_a_leap_day_start_is_full_on_the_first_of_march() -> None:
    found = staying(stay("E-7", "2020-02-29"))
    assert outcome(put(found, "application.received_on", "2025-02-28"), RESIDENCE) == "not_met"
    assert outcome(put(found, "application.received_on", "2025-03-01"), RESIDENCE) == "met"


def test_the_finding_says_from_which_day_the_residence_is_long_enough() -> None:
    found = finding(staying(stay("E-7", "2020-05-13")), RESIDENCE)
    assert found.remedy is not None
    assert "2025-05-13" in found.remedy.in_language("en")
    assert found.sheet is not None
    assert found.sheet["required_from"] == "2020-05-12"


def test_a_stay_after_the_application_is_named() -> None:
    found = finding(staying(stay("E-7", "2020-05-12"), stay("F-2", "2025-06-01")), RESIDENCE)
    assert "stays[1].from" in found.finding.in_language("en")
    assert found.outcome == "met"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("D-7", {"turnover": None, "degree": None, "job_offer": None}),
        ("D-8-1", {"turnover": "unknown", "degree": None, "job_offer": None}),
        ("D-9", {"turnover": "unknown", "degree": None, "job_offer": None}),
        ("D-10-1", {"turnover": None, "degree": "met", "job_offer": "unknown"}),
        ("E-7-1", {"turnover": None, "degree": "met", "job_offer": None}),
        ("F-2-7", {"turnover": None, "degree": None, "job_offer": None}),
    ],
)
def test_what_cannot_apply_to_the_present_status_is_left_out(
    status: str, expected: dict[str, str | None]
) -> None:
    found = staying(stay(status, "2019-01-01"))
    assert {name: outcome(found, f"eligibility.{name}") for name in expected} == expected


def test_the_status_of_the_covering_stay_goes_before_the_one_stated() -> None:
    found = put(staying(stay("F-2-7", "2019-01-01")), "applicant.current_status", "E-7")
    assert outcome(found, "eligibility.degree") is None
    found = put(staying(stay("F-2-7", "2019-01-01", "2025-01-01")), "applicant.current_status", "E-7")
    assert outcome(found, "eligibility.degree") == "met"


@pytest.mark.parametrize(
    ("status", "results", "expected"),
    [
        ("D-8-1", {2023: {"sales": 900_000_000}, 2024: {"sales": 1_100_000_000}}, "met"),
        ("D-8-1", {2023: {"sales": 900_000_000}, 2024: {"sales": 1_099_999_999}}, "not_met"),
        ("D-8-1", {2022: {"sales": 9_000_000_000}, 2023: {"sales": 1}, 2024: {"sales": 1}}, "not_met"),
        ("D-8-1", {2024: {"sales": 2_000_000_000}}, "met"),
        ("D-8-1", {2024: {"sales": 1_999_999_999}}, "unknown"),
        ("D-8-1", {2023: {}, 2024: {"sales": 1_500_000_000}}, "unknown"),
        ("D-8-1", {}, "not_met"),
        ("D-8-1", {2023: {"exports": 9_000_000_000}, 2024: {"exports": 9_000_000_000}}, "unknown"),
        (
            "D-9",
            {2023: {"exports": 400_000_000, "sales": 0}, 2024: {"exports": 600_000_000, "sales": 0}},
            "met",
        ),
        (
            "D-9",
            {2023: {"exports": 400_000_000, "sales": 0}, 2024: {"exports": 599_999_999, "sales": 0}},
            "not_met",
        ),
        ("D-9", {2023: {"exports": 0, "sales": 10**9}, 2024: {"exports": 0, "sales": 10**9}}, "met"),
        ("D-9", {2023: {"exports": 0}, 2024: {"exports": 0}}, "unknown"),
    ],
)
def test_turnover_is_the_mean_of_the_two_years_before(
    status: str, results: dict[int, dict[str, int]], expected: str
) -> None:
    rows = [{"year": year, **amounts} for year, amounts in results.items()]
    assert (
        outcome(staying(stay(status, "2019-01-01"), business_results=rows), "eligibility.turnover")
        == expected
    )


def test_an_exempt_activity_releases_a_trader_and_nobody_else() -> None:
    for status, expected in (("D-9", "exempt"), ("D-8-1", "unknown")):
        found = staying(stay(status, "2019-01-01"), business_exempt_activity=True)
        assert outcome(found, "eligibility.turnover") == expected


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        ({"target_status": "E-7-1", "meets_guideline": True}, "met"),
        ({"target_status": "E-7-1", "meets_guideline": False}, "not_met"),
        ({"target_status": "E-9", "meets_guideline": True}, "not_met"),
        ({"target_status": "E-6-1", "meets_guideline": True}, "unknown"),
        ({"target_status": "E-6-2", "meets_guideline": True, "entertainment_worker": True}, "not_met"),
        ({"target_status": "E-6-1", "meets_guideline": True, "entertainment_worker": False}, "met"),
        ({"target_status": "E-7-1"}, "unknown"),
        ({"meets_guideline": True}, "unknown"),
        ({"meets_guideline": False}, "not_met"),
        ({}, "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_a_job_seeker_needs_a_contract_that_meets_the_guideline(offer: Any, expected: str) -> None:
    assert outcome(staying(stay("D-10", "2019-01-01"), job_offer=offer), "eligibility.job_offer") == expected


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        ([{"level": "bachelor", "country": "VNM"}], "met"),
        ([{"level": "doctorate", "country": "VNM", "awarded_on": "2025-05-12"}], "met"),
        ([{"level": "bachelor", "country": "VNM", "awarded_on": "2025-05-13"}], "not_met"),
        ([], "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_a_specialist_needs_a_bachelors_degree(degrees: Any, expected: str) -> None:
    assert outcome(put(dossier(), "education", degrees), "eligibility.degree") == expected


@pytest.mark.parametrize(("birth", "expected"), [("2006-05-12", "met"), ("2006-05-13", "not_met")])
def test_nineteen_is_adult_on_the_birthday(birth: str, expected: str) -> None:
    assert outcome(dossier(applicant__birth_date=birth), "eligibility.adult") == expected


@pytest.mark.parametrize(("fact", "expected"), [(True, "met"), (False, "not_met"), (ABSENT, "unknown")])
def test_the_economic_activity_must_be_kept_up(fact: Any, expected: str) -> None:
    assert outcome(put(dossier(), "economic_activity_maintained", fact), "eligibility.activity") == expected


@pytest.mark.parametrize(("fact", "expected"), [(True, "not_met"), (False, "met"), (ABSENT, "unknown")])
def test_a_korean_national_is_no_applicant(fact: Any, expected: str) -> None:
    found = put(dossier(), "applicant.holds_korean_nationality", fact)
    assert outcome(found, "eligibility.single_nationality") == expected


@pytest.mark.parametrize(
    ("nationality", "field"), [("KOR", "nationality"), ("PHL", "holds_korean_nationality")]
)
def test_the_fact_by_which_a_korean_national_is_known_is_named(nationality: str, field: str) -> None:
    found = dossier(applicant__nationality=nationality, applicant__holds_korean_nationality=True)
    told = finding(found, "eligibility.single_nationality").finding
    assert (told.key, told.values["fact"]) == ("stated.single_nationality.not_met", f"applicant.{field}")


@pytest.mark.parametrize("fact", [True, False, ABSENT])
def test_whoever_is_of_korean_nationality_holds_it_whatever_else_is_stated(fact: Any) -> None:
    found = put(dossier(applicant__nationality="KOR"), "applicant.holds_korean_nationality", fact)
    assert outcome(found, "eligibility.single_nationality") == "not_met"
