"""Basic competency: what shows it, what releases, and which goes first."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put

BASIC = "competency.basic"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"kiip_level_completed": 5}, "met"),
        ({"kiip_level_completed": 4}, "not_met"),
        ({"permanent_residency_test_score": 60}, "met"),
        ({"permanent_residency_test_score": 59}, "not_met"),
        ({"naturalization_test_score": 60}, "met"),
        ({"naturalization_test_score": 59}, "not_met"),
        ({"topik_level": 6}, "not_met"),
        ({}, "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_the_programme_or_a_test_shows_competency(facts: Any, expected: str) -> None:
    assert outcome(put(dossier(), "integration", facts), BASIC) == expected


@pytest.mark.parametrize(
    ("day", "level", "expected"),
    [("2019-03-31", 4, "met"), ("2019-03-31", 3, "not_met"), ("2019-04-01", 6, "not_met")],
)
def test_topik_counts_for_applications_to_the_end_of_march_2019(day: str, level: int, expected: str) -> None:
    found = dossier(application__received_on=day, integration={"topik_level": level})
    assert outcome(found, BASIC) == expected


@pytest.mark.parametrize(("level", "expected"), [(5, "met"), (4, "not_met")])
def test_topik_five_counts_for_residents_in_training(level: int, expected: str) -> None:
    training = {
        "from": "2020-01-01",
        "medical_residency_training": True,
        "industry": "general",
        "permitted": True,
    }
    found = dossier(
        stays=[{"status": "E-5-1", "from": "2019-01-01"}],
        employment=[training],
        integration={"topik_level": level},
    )
    assert outcome(found, BASIC) == expected
    assert outcome(put(found, "application.category", "F-5-16"), BASIC) == "not_met"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"applicant__birth_date": "2006-05-13"}, "exempt"),
        ({"applicant__birth_date": "2006-05-12"}, "unknown"),
        ({"applicant__birth_date": "1965-05-12"}, "exempt"),
        ({"applicant__birth_date": "1965-05-13"}, "unknown"),
        ({"korean_schooling": {"graduated": True}}, "exempt"),
        ({"korean_schooling": {"graduated": False}}, "unknown"),
        ({"korean_schooling": {"equivalency_passed": True}}, "exempt"),
        ({"korean_schooling": {"years_enrolled": 2}}, "exempt"),
        ({"korean_schooling": {"years_enrolled": 1.9}}, "unknown"),
        ({"korean_schooling": {}}, "unknown"),
        ({"education": [{"level": "doctorate", "country": "KOR", "regular_course": True}]}, "exempt"),
        ({"education": [{"level": "doctorate", "country": "KOR"}]}, "unknown"),
        ({"education": [{"level": "doctorate", "country": "USA", "regular_course": True}]}, "unknown"),
        ({"education": [{"level": "master", "country": "KOR", "regular_course": True}]}, "unknown"),
    ],
)
def test_a_person_is_released_on_an_established_ground_only(changes: dict[str, Any], expected: str) -> None:
    assert outcome(dossier(integration=ABSENT, **changes), BASIC) == expected


def test_a_failed_test_does_not_undo_a_release() -> None:
    found = dossier(integration={"kiip_level_completed": 0}, korean_schooling={"graduated": True})
    assert outcome(found, BASIC) == "exempt"


def test_who_meets_the_doctors_category_is_released_in_another() -> None:
    degree = {
        "level": "doctorate",
        "country": "USA",
        "field": "advanced_technology",
        "awarded_on": "2015-01-01",
    }
    found = dossier(integration={}, education=[degree])
    assert outcome(found, BASIC) == "exempt"
    assert finding(found, BASIC).finding.values == {"ground": "advanced_doctor"}
    assert outcome(put(found, "employment", ABSENT), BASIC) == "not_met"
    assert outcome(put(found, "employment", []), BASIC) == "not_met"


def test_met_goes_before_exempt_and_names_the_ground() -> None:
    found = finding(dossier(korean_schooling={"graduated": True}), BASIC)
    assert found.outcome == "met"
    assert "graduated from a Korean school" in found.finding.in_language("en")
    assert "국내 학교 졸업" in found.finding.in_language("ko")


@pytest.mark.parametrize("number", [5, 8, 9, 11, 12, 13, 15, 17, 19, 20, 21, 22, 23, 24, 25, 26])
def test_released_categories(number: int) -> None:
    assert outcome(dossier(application__category=f"F-5-{number}", integration=ABSENT), BASIC) == "exempt"


@pytest.mark.parametrize("number", [1, 2, 4, 10, 16, 18])
def test_categories_that_are_not_released(number: int) -> None:
    assert outcome(dossier(application__category=f"F-5-{number}", integration={}), BASIC) == "not_met"


@pytest.mark.parametrize(
    ("birth", "schooling", "expected"),
    [
        ("2019-05-13", {}, "exempt"),
        ("2019-05-12", {}, "not_met"),
        ("2019-05-12", {"enrolled": True}, "exempt"),
        ("2010-05-13", {"enrolled": True}, "exempt"),
        ("2010-05-12", {"enrolled": True}, "not_met"),
        ("2010-05-13", {"graduated": True}, "not_met"),
        ("2010-05-12", {"graduated": True}, "exempt"),
        ("2010-05-13", {"equivalency_passed": True}, "not_met"),
        ("2010-05-12", {"equivalency_passed": True}, "exempt"),
        ("2010-05-13", {"years_enrolled": 2}, "not_met"),
        ("2010-05-12", {"years_enrolled": 2}, "exempt"),
        ("2010-05-12", {"years_enrolled": 1}, "not_met"),
        ("2008-05-12", ABSENT, "not_met"),
    ],
)
def test_the_child_of_a_korean_climbs_a_ladder_of_its_own(birth: str, schooling: Any, expected: str) -> None:
    found = put(dossier("f53-ten-enrolled", applicant__birth_date=birth), "korean_schooling", schooling)
    assert outcome(found, BASIC) == expected
    assert outcome(put(found, "integration", {"kiip_level_completed": 5}), BASIC) == "met"


@pytest.mark.parametrize(
    ("day", "integration", "shown"),
    [
        ("2025-05-12", {"kiip_level_completed": 5}, "kiip_level_completed"),
        ("2025-05-12", {"permanent_residency_test_score": 60}, "permanent_residency_test_score"),
        ("2025-05-12", {"naturalization_test_score": 60}, "naturalization_test_score"),
        ("2019-03-31", {"topik_level": 4}, "topik_level"),
    ],
)
def test_the_finding_names_what_shows_competency(day: str, integration: Any, shown: str) -> None:
    found = finding(dossier(application__received_on=day, integration=integration), BASIC).finding
    assert (found.key, found.values) == ("competency.shown", {"by": shown})


ENROLLED_TWO_YEARS = {"years_enrolled": 2}
DOCTORATE = [{"level": "doctorate", "country": "KOR", "regular_course": True}]


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"application__category": "F-5-13"}, "exempt_category"),
        ({"applicant__birth_date": "2006-05-13"}, "minor"),
        ({"applicant__birth_date": "1965-05-12"}, "sixty"),
        ({"korean_schooling": {"graduated": True}}, "graduated"),
        ({"korean_schooling": {"equivalency_passed": True}}, "equivalency_passed"),
        ({"korean_schooling": ENROLLED_TWO_YEARS}, "two_years_enrolled"),
        ({"education": DOCTORATE}, "korean_doctorate"),
    ],
)
def test_the_finding_names_the_ground_of_release(changes: dict[str, Any], ground: str) -> None:
    found = finding(dossier(integration={}, **changes), BASIC).finding
    assert (found.key, found.values) == ("competency.exempt", {"ground": ground})


@pytest.mark.parametrize(
    ("birth", "schooling", "ground"),
    [
        ("2019-05-13", {}, "below_school_age"),
        ("2010-05-13", {"enrolled": True}, "enrolled"),
        ("2010-05-12", {"graduated": True}, "graduated"),
        ("2010-05-12", {"equivalency_passed": True}, "equivalency_passed"),
        ("2010-05-12", ENROLLED_TWO_YEARS, "two_years_enrolled"),
    ],
)
def test_the_finding_names_the_step_of_the_childs_ladder(birth: str, schooling: Any, ground: str) -> None:
    found = put(dossier("f53-ten-enrolled", applicant__birth_date=birth), "korean_schooling", schooling)
    assert finding(found, BASIC).finding.values == {"ground": ground}


@pytest.mark.parametrize(
    ("integration", "levels"),
    [
        ({}, {"kiip": 0, "kiprat": 0, "kinat": 0, "topik": 0}),
        (
            {
                "kiip_level_completed": 4,
                "permanent_residency_test_score": 59,
                "naturalization_test_score": 58,
                "topik_level": 3,
            },
            {"kiip": 4, "kiprat": 59, "kinat": 58, "topik": 3},
        ),
    ],
)
def test_what_is_not_enough_is_told_with_its_levels(integration: Any, levels: dict[str, int]) -> None:
    found = finding(dossier(integration=integration), BASIC).finding
    assert (found.key, found.values) == ("competency.not_shown", levels)
