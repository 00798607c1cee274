"""Degrees, certificates and employment: F-5-9, F-5-10, F-5-15, F-5-16 and F-5-26."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put

EMPLOYMENT = "eligibility.employment"
LONG = "eligibility.long_employment"
QUALIFICATION = "eligibility.qualification"


def job(start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    known = {
        "from": start,
        "to": end,
        "domestic_company": True,
        "full_time_permanent": True,
        "related_to_qualification": True,
        "permitted": True,
        "industry": "general",
    }
    known.update(facts)
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def degree(
    level: str = "bachelor", country: str = "USA", field: Any = "advanced_technology", **facts: Any
) -> dict[str, Any]:
    known = {
        "level": level,
        "country": country,
        "field": field,
        "regular_course": True,
        "awarded_on": "2010-01-01",
    }
    known.update(facts)
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "met"),
        ({"awarded_on": "2025-05-11"}, "met"),
        ({"awarded_on": "2025-05-12"}, "not_met"),
        ({"awarded_on": ABSENT}, "unknown"),
        ({"country": "KOR"}, "not_met"),
        ({"level": "master"}, "not_met"),
        ({"field": "science_engineering"}, "not_met"),
        ({"field": ABSENT}, "unknown"),
    ],
)
def test_the_advanced_doctor_holds_a_foreign_doctorate_awarded_before(
    facts: dict[str, Any], expected: str
) -> None:
    found = dossier("f59-doctor", education=[degree(**{"level": "doctorate", **facts})])
    assert outcome(found, "eligibility.degree") == expected


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([job("2024-05-12")], "met"),
        ([job("2024-05-13")], "not_met"),
        ([job("2020-01-01", "2025-05-11")], "not_met"),
        ([job("2020-01-01", "2025-05-12")], "met"),
        ([job("2020-01-01", full_time_permanent=False)], "not_met"),
        ([job("2020-01-01", full_time_permanent=ABSENT)], "unknown"),
        ([job("2020-01-01", domestic_company=False)], "not_met"),
        ([job("2020-01-01", related_to_qualification=False)], "not_met"),
        ([job("2020-01-01", "2024-08-31"), job("2024-10-01")], "met"),
        ([job("2020-01-01", "2024-08-31"), job("2024-10-02")], "not_met"),
        ([job("2020-01-01", "2024-04-30"), job("2024-06-11")], "met"),
        ([job("2020-01-01", "2024-04-30"), job("2024-06-12")], "not_met"),
        ([job("2020-01-01", "2024-07-31"), job("2024-08-16", "2024-10-31"), job("2024-11-16")], "met"),
        ([job("2020-01-01", "2024-07-31"), job("2024-08-16", "2024-10-31"), job("2024-11-17")], "not_met"),
        (
            [
                job("2020-01-01", "2024-08-31"),
                job("2024-09-01", "2024-10-15", full_time_permanent=False),
                job("2024-10-01"),
            ],
            "met",
        ),
        (
            [
                job("2020-01-01", "2024-08-31"),
                job("2024-09-01", "2024-10-15", full_time_permanent=False),
                job("2024-10-16"),
            ],
            "not_met",
        ),
        (
            [
                job("2020-01-01", "2024-08-31"),
                job("2024-09-01", "2024-10-15", full_time_permanent=ABSENT),
                job("2024-10-16"),
            ],
            "unknown",
        ),
        ([], "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_one_year_of_employment_tolerates_thirty_days_between_employers(jobs: Any, expected: str) -> None:
    found = put(dossier("f59-doctor"), "employment", jobs)
    assert outcome(found, EMPLOYMENT) == expected
    if isinstance(jobs, list):
        assert outcome(put(found, "employment", jobs[::-1]), EMPLOYMENT) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "met"),
        ({"country": "USA"}, "not_met"),
        ({"regular_course": False}, "not_met"),
        ({"regular_course": ABSENT}, "unknown"),
        ({"level": "master"}, "not_met"),
        ({"awarded_on": ABSENT}, "met"),
        ({"awarded_on": "2025-05-13"}, "not_met"),
    ],
)
def test_the_general_doctor_finished_a_korean_course(facts: dict[str, Any], expected: str) -> None:
    one = degree(**{"level": "doctorate", "country": "KOR", "field": "other", **facts})
    found = dossier("f59-doctor", application__category="F-5-15", education=[one])
    assert outcome(found, "eligibility.degree") == expected


def test_of_the_general_doctor_the_education_is_named_where_none_is_established() -> None:
    found = dossier("f59-doctor", application__category="F-5-15", education=ABSENT)
    assert finding(found, "eligibility.degree").finding.values == {"facts": ["education"]}


def test_the_general_doctor_works_in_any_field_but_entertainment() -> None:
    found = dossier("f59-doctor", application__category="F-5-15")
    for facts, expected in (
        ({"related_to_qualification": False}, "met"),
        ({"industry": "entertainment"}, "not_met"),
        ({"industry": ABSENT}, "unknown"),
        ({"domestic_company": False}, "not_met"),
    ):
        assert outcome(put(found, "employment", [job("2020-01-01", **facts)]), EMPLOYMENT) == expected


def employee(education: Any = (), jobs: Any = (), certificates: Any = ()) -> dict[str, Any]:
    found = dossier("f510-meets-all")
    for section, value in (("education", education), ("employment", jobs), ("qualifications", certificates)):
        put(found, section, list(value) if value is not ABSENT else ABSENT)
    return found


SIX_YEARS = [job("2019-03-01")]


@pytest.mark.parametrize(
    ("education", "certificates", "expected"),
    [
        ([degree()], (), "met"),
        ([degree(field="science_engineering")], (), "not_met"),
        ([degree(field="science_engineering", country="KOR")], (), "met"),
        ([degree(field="science_engineering", country="KOR", regular_course=False)], (), "not_met"),
        ([degree(field="science_engineering", country="KOR", regular_course=ABSENT)], (), "unknown"),
        ([degree(field="other", country="KOR")], (), "not_met"),
        ([degree("master", "KOR", "other")], (), "met"),
        ([degree("doctorate", "KOR", "other")], (), "met"),
        ([degree("master", "USA", "other")], (), "not_met"),
        ([degree(field=ABSENT)], (), "unknown"),
        ([], [{"kind": "technical_engineer"}], "met"),
        ([], [{"kind": "mra_equivalent"}], "met"),
        ([], [{"kind": "other"}], "not_met"),
        ([degree(awarded_on="2025-05-13")], (), "not_met"),
        (ABSENT, (), "unknown"),
        ([], ABSENT, "unknown"),
        ([degree()], ABSENT, "met"),
        (ABSENT, [{"kind": "technical_engineer", "awarded_on": "2015-01-01"}], "met"),
    ],
)
def test_the_kinds_of_qualification(education: Any, certificates: Any, expected: str) -> None:
    assert outcome(employee(education, SIX_YEARS, certificates), QUALIFICATION) == expected


def test_without_a_qualification_the_employments_are_left_out() -> None:
    found = employee([], SIX_YEARS, [])
    assert (outcome(found, LONG), outcome(found, EMPLOYMENT)) == (None, None)


@pytest.mark.parametrize(
    ("education", "facts", "long", "short"),
    [
        ([degree()], {"related_to_qualification": False}, "not_met", "not_met"),
        (
            [degree(country="KOR", regular_course=False)],
            {"related_to_qualification": False},
            "met",
            "not_met",
        ),
        ([degree(country="KOR", regular_course=False)], {"permitted": False}, "not_met", "met"),
        ([degree("master", "KOR", "other")], {"related_to_qualification": False}, "met", "met"),
        ([degree("master", "KOR", "other")], {"industry": "entertainment"}, "not_met", "not_met"),
        ([degree("master", "KOR", "other")], {"permitted": ABSENT}, "unknown", "met"),
        ([degree()], {"full_time_permanent": False}, "met", "not_met"),
        ([degree()], {"domestic_company": False}, "not_met", "not_met"),
        ([degree()], {"permitted": False, "industry": "entertainment"}, "met", "met"),
    ],
)
def test_the_work_depends_on_the_qualification(
    education: list[dict[str, Any]], facts: dict[str, Any], long: str, short: str
) -> None:
    found = employee(education, [job("2019-03-01", **facts)])
    assert (outcome(found, LONG), outcome(found, EMPLOYMENT)) == (long, short)


@pytest.mark.parametrize(
    ("awarded", "expected"), [("2022-05-12", "met"), ("2022-05-13", "not_met"), (ABSENT, "unknown")]
)
def test_three_years_count_from_the_award_at_the_earliest(awarded: Any, expected: str) -> None:
    assert outcome(employee([degree(awarded_on=awarded)], SIX_YEARS), LONG) == expected


@pytest.mark.parametrize(("gap_end", "expected"), [("2023-04-01", "met"), ("2023-04-02", "not_met")])
def test_three_years_tolerate_ninety_days(gap_end: str, expected: str) -> None:
    assert outcome(employee([degree()], [job("2019-01-01", "2022-12-31"), job(gap_end)]), LONG) == expected


def test_the_best_qualification_carries_all_three_and_the_first_on_a_tie() -> None:
    other = degree(field="other")
    korean = degree("master", "KOR", "other", awarded_on="2020-02-20")
    found = employee([other, korean], [job("2020-03-01", related_to_qualification=False)])
    assert finding(found, QUALIFICATION).finding.values["ground"] == "ground:c"
    both = employee([korean, degree()], SIX_YEARS)
    assert finding(both, QUALIFICATION).finding.values["ground"] == "ground:a"


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        # The open field could still carry the degree abroad, but the work is too short under either.
        ("2022-05-13", ("met", "not_met", "met")),
        ("2022-05-12", ("met", "met", "met")),
    ],
)
def test_where_all_fail_a_qualification_that_is_held_goes_before_one_not_established(
    since: str, expected: tuple[str, str, str]
) -> None:
    korean = degree("master", "KOR", "other", awarded_on="2020-02-20")
    found = employee([degree(field=ABSENT), korean], [job(since)])
    assert (outcome(found, QUALIFICATION), outcome(found, LONG), outcome(found, EMPLOYMENT)) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2022-05-12", ("unknown", "unknown", "unknown")),
        ("2022-05-13", ("unknown", "not_met", "unknown")),
        ("2024-05-13", ("unknown", "not_met", "not_met")),
    ],
)
def test_what_work_a_degree_asks_is_open_while_no_education_is_established(
    since: str, expected: tuple[str, str, str]
) -> None:
    found = employee(ABSENT, [job(since)])
    assert (outcome(found, QUALIFICATION), outcome(found, LONG), outcome(found, EMPLOYMENT)) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2022-05-12", ("unknown", "unknown", "unknown")),
        ("2022-05-13", ("unknown", "not_met", "unknown")),
        ("2024-05-13", ("unknown", "not_met", "not_met")),
    ],
)
def test_what_work_a_certificate_asks_is_open_while_none_is_established(
    since: str, expected: tuple[str, str, str]
) -> None:
    found = employee([], [job(since)], ABSENT)
    assert (outcome(found, QUALIFICATION), outcome(found, LONG), outcome(found, EMPLOYMENT)) == expected
    assert finding(found, QUALIFICATION).finding.values["facts"] == ["qualifications"]


def test_of_a_section_not_established_it_is_the_section_that_is_named() -> None:
    for education, certificates, section in ((ABSENT, [], "education"), ([], ABSENT, "qualifications")):
        found = employee(education, [job("2019-01-01")], certificates)
        assert finding(found, LONG).finding.values["facts"] == [section]


def test_the_ground_of_a_korean_degree_in_science_is_named() -> None:
    found = employee([degree("bachelor", "KOR", "science_engineering", regular_course=True)], SIX_YEARS)
    assert finding(found, QUALIFICATION).finding.values["ground"] == "ground:b"


@pytest.mark.parametrize(("since", "long"), [("2022-05-13", "not_met"), ("2022-05-12", "met")])
def test_a_certificate_that_is_held_answers_though_the_education_is_not_established(
    since: str, long: str
) -> None:
    engineer = [{"kind": "technical_engineer", "awarded_on": "2015-01-01"}]
    found = employee(ABSENT, [job(since)], engineer)
    assert (outcome(found, QUALIFICATION), outcome(found, LONG)) == ("met", long)


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([job("2020-01-01", "2022-05-11", industry="entertainment")], "met"),
        ([job("2020-01-01", "2022-05-12", industry="entertainment")], "not_met"),
        ([job("2020-01-01", industry="entertainment")], "not_met"),
        ([job("2025-05-13", industry="entertainment")], "met"),
        ([job("2020-01-01", industry="gambling")], "met"),
        ([job("2020-01-01", industry=ABSENT)], "unknown"),
        ([job("2020-01-01", "2022-05-11", industry=ABSENT)], "met"),
        ([], "met"),
        (ABSENT, "unknown"),
    ],
)
def test_the_points_resident_did_no_entertainment_work(jobs: Any, expected: str) -> None:
    found = put(dossier("f516-exactly-three-years"), "employment", jobs)
    assert outcome(found, "eligibility.no_barred_industry") == expected


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([{"status": "F-2-7", "from": "2022-05-12"}], "met"),
        ([{"status": "F-2-7", "from": "2022-05-13"}], "not_met"),
        ([{"status": "F-2-71", "from": "2020-01-01"}], "not_met"),
        ([{"status": "F-2-7S", "from": "2020-01-01"}], "not_met"),
    ],
)
def test_three_years_in_the_points_status_itself(stays: list[dict[str, Any]], expected: str) -> None:
    assert outcome(dossier("f516-exactly-three-years", stays=stays), "eligibility.residence") == expected


def test_the_researcher_works_three_years_at_the_facility_outside_start_ups() -> None:
    found = dossier("f526-research")
    key = {"research_facility_key_personnel": True}
    assert outcome(put(found, "employment", [job("2022-05-13", **key)]), EMPLOYMENT) == "not_met"
    assert outcome(put(found, "employment", [job("2022-01-01")]), EMPLOYMENT) == "unknown"
    found["stays"] = [{"status": "D-8-4", "from": "2020-01-01"}]
    assert outcome(found, "eligibility.residence") == "not_met"
    found["stays"] = [{"status": "D-8-1", "from": "2022-05-13"}]
    assert outcome(found, "eligibility.residence") == "not_met"


def test_the_timeline_shows_every_job_and_which_count() -> None:
    jobs = [
        job("2020-01-01", "2024-08-31", employer="A"),
        job("2024-09-10", employer="B"),
        job("2018-01-01", "2018-06-30", full_time_permanent=False),
    ]
    sheet = finding(put(dossier("f59-doctor"), "employment", jobs), EMPLOYMENT).sheet
    assert sheet is not None
    assert [(band["label"], band["counted"]) for band in sheet["bands"]] == [
        ("employment[2]", False),
        ("A", True),
        ("B", True),
    ]


def test_an_age_not_reached_says_when_it_will_be() -> None:
    found = finding(dossier("f513-pension", applicant__birth_date="1965-05-13"), "eligibility.age")
    assert found.remedy is not None
    assert found.remedy.values["full"] == "2025-05-13"
