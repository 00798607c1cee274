"""The points of F-5-11: each item to its limit, each scale on both sides of each step."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, Dossier, dossier, finding, put
from tests.rules.readings.reading import asset, degree, income

GNI = 49_955_000
MANDATORY = {
    "renowned_figure": 50,
    "research": 30,
    "sports": 30,
    "university_teaching": 30,
    "company_employment": 30,
    "major_corporation": 25,
    "intellectual_property": 25,
    "talent": 25,
}
BONUS = {
    "korean_employment": 30,
    "business_management": 30,
    "recommendation": 20,
    "tax_payment": 10,
    "social_service": 10,
    "study_in_korea": 5,
    "work_study_programme": 5,
}


def lines(found: Dossier) -> dict[str, tuple[int, int]]:
    """The points of each line of the sheet: established, and at most."""
    sheet = finding(found, "eligibility.points").sheet
    assert sheet is not None
    return {row["item"]: (row["sure"], row["most"]) for row in sheet["rows"]}


def able(**changes: Any) -> Dossier:
    return dossier("f511-thirty-and-fifty", **changes)


@pytest.mark.parametrize("item", MANDATORY)
def test_of_a_mandatory_item_the_best_entry_counts_to_its_limit(item: str) -> None:
    for points, counted in ((MANDATORY[item] - 1, MANDATORY[item] - 1), (100, MANDATORY[item])):
        entries = [{"item": item, "points": 1}, {"item": item, "points": points}]
        assert lines(able(special_ability__mandatory=entries))[item] == (counted, counted)


@pytest.mark.parametrize("item", BONUS)
def test_entries_of_an_optional_item_are_added_to_its_limit(item: str) -> None:
    for points, counted in ((BONUS[item] - 2, BONUS[item] - 1), (100, BONUS[item])):
        entries = [{"item": item, "points": 1}, {"item": item, "points": points}]
        assert lines(able(special_ability__bonus=entries))[item] == (counted, counted)
    assert lines(put(able(), "special_ability.bonus", ABSENT))[item] == (0, BONUS[item])


@pytest.mark.parametrize(("times", "points"), [(4, 30), (3, 20), (2, 10), (1, 5)])
def test_income_has_points_by_the_gni(times: int, points: int) -> None:
    below = {30: 20, 20: 10, 10: 5, 5: 0}[points]
    assert lines(able(income=[income(times * GNI)]))["income"] == (points, points)
    assert lines(able(income=[income(times * GNI - 1)]))["income"] == (below, below)
    assert lines(able(income=[income(times * GNI, taxed=ABSENT)]))["income"] == (0, points)
    assert lines(able(income=[income(times * GNI, domestic=False)]))["income"] == (0, 0)
    assert lines(able(income=[income(times * GNI, "spouse")]))["income"] == (0, 0)
    assert lines(able(income=[income(times * GNI, year=2023)]))["income"] == (0, 0)


@pytest.mark.parametrize(
    ("amount", "points", "below"),
    [(1_000_000_000, 30, 20), (700_000_000, 20, 10), (500_000_000, 10, 5), (300_000_000, 5, 0)],
)
def test_assets_in_korea_less_debts_have_points(amount: int, points: int, below: int) -> None:
    debts = [{"owner": "applicant", "amount": 1}]
    assert lines(able(assets=[asset(amount)], liabilities=[]))["assets"] == (points, points)
    assert lines(able(assets=[asset(amount - 1)], liabilities=[]))["assets"] == (below, below)
    assert lines(able(assets=[asset(amount + 1)], liabilities=debts))["assets"] == (points, points)
    assert lines(able(assets=[asset(amount)], liabilities=debts))["assets"] == (below, below)
    assert lines(able(assets=[asset(amount)], liabilities=ABSENT))["assets"] == (0, points)
    assert lines(able(assets=[asset(amount, domestic=ABSENT)], liabilities=[]))["assets"] == (0, points)
    assert lines(able(assets=[asset(amount, domestic=False)], liabilities=[]))["assets"] == (0, 0)
    assert lines(able(assets=[asset(amount, "spouse")], liabilities=[]))["assets"] == (0, 0)
    later = asset(amount, acquired_on="2025-05-13")
    assert lines(able(assets=[later], liabilities=[]))["assets"] == (0, 0)


@pytest.mark.parametrize(("level", "points"), [("doctorate", 20), ("master", 15), ("bachelor", 10)])
def test_the_best_degree_has_points(level: str, points: int) -> None:
    degrees = [degree("bachelor", "KOR"), degree(level, "USA")]
    assert lines(able(education=degrees))["education"] == (points, points)
    assert lines(able(education=[degree(level, "USA", awarded_on="2025-05-13")]))["education"] == (0, 0)


@pytest.mark.parametrize(
    ("integration", "points"),
    [
        ({"kiip_level_completed": 5}, 15),
        ({"kiip_level_completed": 4}, 8),
        ({"kiip_level_completed": 3}, 5),
        ({"kiip_level_completed": 2}, 0),
        ({"permanent_residency_test_score": 60}, 10),
        ({"permanent_residency_test_score": 59}, 0),
        ({"naturalization_test_score": 60}, 10),
        ({"naturalization_test_score": 59}, 0),
        ({}, 0),
    ],
)
def test_the_integration_programme_or_a_test_has_points(integration: dict[str, int], points: int) -> None:
    assert lines(able(integration=integration))["competency"] == (points, points)


@pytest.mark.parametrize(
    ("section", "item", "most"),
    [
        ("income", "income", 30),
        ("assets", "assets", 30),
        ("education", "education", 20),
        ("integration", "competency", 15),
    ],
)
def test_what_is_not_established_could_have_all_its_points(section: str, item: str, most: int) -> None:
    assert lines(put(able(), section, ABSENT))[item] == (0, most)


@pytest.mark.parametrize("other", [income(5, taxed=False), income(0), income(0, taxed=ABSENT)])
def test_income_that_does_not_count_takes_nothing_away_and_adds_nothing(other: dict[str, Any]) -> None:
    assert lines(able(income=[income(4 * GNI), other]))["income"] == (30, 30)
    assert lines(able(income=[income(4 * GNI - 1), other]))["income"] == (20, 20)


@pytest.mark.parametrize("other", [asset(5, domestic=False), asset(0), asset(0, domestic=ABSENT)])
def test_an_asset_that_does_not_count_takes_nothing_away_and_adds_nothing(other: dict[str, Any]) -> None:
    nothing = [{"owner": "applicant", "amount": 0}]
    assert lines(able(assets=[asset(10**9), other], liabilities=nothing))["assets"] == (30, 30)
    assert lines(able(assets=[asset(10**9 - 1), other], liabilities=nothing))["assets"] == (20, 20)


def test_without_a_figure_any_income_could_have_all_points_and_none_has_none() -> None:
    later = {"application__received_on": "2035-05-12"}
    assert lines(able(income=[income(1, year=2034)], **later))["income"] == (0, 30)
    assert lines(able(income=[], **later))["income"] == (0, 0)


def score(mandatory: int, total: int, since: str) -> Dossier:
    """Somebody who has just these points, the others by optional items; in Korea since that day."""
    rest = total - mandatory
    limited = []
    for item, limit in BONUS.items():
        limited.append({"item": item, "points": min(limit, rest)})
        rest -= limited[-1]["points"]
    nothing: dict[str, Any] = {"income": [], "assets": [], "education": [], "integration": {}}
    listed = [{"item": "sports", "points": mandatory}]
    stays = [{"status": "D-10", "from": since}]
    return able(special_ability={"mandatory": listed, "bonus": limited}, stays=stays, **nothing)


@pytest.mark.parametrize(
    ("mandatory", "total", "since", "expected"),
    [
        (30, 50, "2025-05-01", "met"),
        (30, 49, "2025-05-01", "not_met"),
        (29, 99, "2020-05-01", "not_met"),
        (29, 100, "2025-05-01", "met"),
        (20, 100, "2025-05-01", "met"),
        (20, 99, "2020-05-01", "not_met"),
        (19, 100, "2025-05-01", "not_met"),
        (19, 100, "2024-05-13", "not_met"),
        (19, 100, "2024-05-12", "met"),
        (10, 100, "2024-05-12", "met"),
        (10, 99, "2020-05-01", "not_met"),
        (9, 110, "2020-05-01", "not_met"),
    ],
)
def test_the_fewer_mandatory_points_the_more_is_asked_besides(
    mandatory: int, total: int, since: str, expected: str
) -> None:
    found = finding(score(mandatory, total, since), "eligibility.points")
    assert found.finding.values["total"] == total
    assert found.outcome == expected
