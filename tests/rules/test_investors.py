"""Investors, start-ups, points and merit on both sides of each boundary."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put

INVESTMENT = "eligibility.investment"


def invested(number: int, *rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return dossier(
        "f517-collateral", application__category=f"F-5-{number}", investments=list(rows), **changes
    )


def entry(scheme: str, start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    known = {"scheme": scheme, "from": start, "to": end, "lapses": [], **facts}
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


def tourism(start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    return entry("tourism_facility", start, end, **{"pledged_as_collateral": False, **facts})


def public(start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    return entry("public_project", start, end, **{"principal_recovered": False, **facts})


LAPSE = [{"from": "2022-01-01", "to": "2022-01-31"}]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([tourism("2020-05-12")], "met"),
        ([tourism("2020-05-13")], "not_met"),
        ([tourism("2020-05-12", "2025-05-12")], "met"),
        ([tourism("2019-05-12", "2025-05-11")], "not_met"),
        ([tourism("2020-05-12", lapses=LAPSE)], "not_met"),
        ([tourism("2020-04-11", lapses=LAPSE)], "met"),
        ([tourism("2020-05-12", lapses=ABSENT)], "unknown"),
        ([tourism("2020-05-13", lapses=ABSENT)], "not_met"),
        ([tourism("2015-01-01", lapses=[{"from": "2025-05-01", "to": "2025-05-31"}])], "not_met"),
        ([tourism("2018-05-12", "2021-05-11"), tourism("2023-05-12")], "met"),
        ([tourism("2020-05-12", "2023-05-11"), public("2023-05-12")], "met"),
        ([tourism("2020-05-12"), public("2020-05-12")], "met"),
        ([public("2015-05-12")], "not_met"),
        ([tourism("2020-05-12", pledged_as_collateral=True)], "not_met"),
        ([tourism("2020-05-12", pledged_as_collateral=ABSENT)], "unknown"),
        ([tourism("2015-01-01", "2024-01-01", pledged_as_collateral=True), tourism("2024-01-02")], "met"),
        ([tourism("2020-05-12"), public("2024-01-01", pledged_as_collateral=True)], "not_met"),
        ([tourism("2025-05-13")], "not_met"),
        ([], "not_met"),
    ],
)
def test_the_tourism_investor_keeps_five_years_in_all(rows: list[dict[str, Any]], expected: str) -> None:
    assert outcome(invested(17, *rows), INVESTMENT) == expected
    assert outcome(invested(17, *reversed(rows)), INVESTMENT) == expected


@pytest.mark.parametrize("number", [5, 17, 21, 23, 25])
def test_absent_investments_are_unknown_and_none_fail(number: int) -> None:
    assert outcome(put(invested(number), "investments", ABSENT), INVESTMENT) == "unknown"
    assert outcome(invested(number), INVESTMENT) == "not_met"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([public("2020-05-12")], "met"),
        ([public("2020-05-13")], "not_met"),
        ([entry("real_estate", "2018-01-01", "2023-05-11"), public("2023-05-12")], "met"),
        ([entry("real_estate", "2018-01-01", "2023-05-12"), public("2023-05-13")], "not_met"),
        ([tourism("2018-01-01", "2023-05-11"), public("2023-05-12")], "met"),
        ([public("2018-01-01", principal_recovered=True)], "not_met"),
        ([public("2018-01-01", principal_recovered=ABSENT)], "unknown"),
        ([public("2018-01-01", "2025-05-11")], "not_met"),
        ([public("2018-01-01", "2025-05-11"), entry("real_estate", "2018-01-01")], "not_met"),
    ],
)
def test_the_public_investor_keeps_five_years_two_of_them_public(
    rows: list[dict[str, Any]], expected: str
) -> None:
    assert outcome(invested(21, *rows), INVESTMENT) == expected


@pytest.mark.parametrize(("start", "expected"), [("2020-05-12", "met"), ("2020-05-13", "not_met")])
def test_the_retired_investor_keeps_five_years(start: str, expected: str) -> None:
    assert outcome(invested(23, entry("retired_public_project", start)), INVESTMENT) == expected


def owned(value: int, owner: str = "applicant", domestic: Any = True, **facts: Any) -> dict[str, Any]:
    row = {"owner": owner, "kind": "deposit", "value": value, "domestic": domestic, **facts}
    return {name: fact for name, fact in row.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([owned(300_000_000)], "met"),
        ([owned(299_999_999)], "not_met"),
        ([owned(100_000_000), owned(200_000_000, "spouse")], "met"),
        ([owned(100_000_000), owned(200_000_000, "child")], "not_met"),
        ([owned(300_000_000, domestic=False)], "not_met"),
        ([owned(300_000_000, domestic=ABSENT)], "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_the_retired_investors_couple_owns_three_hundred_million_in_korea(rows: Any, expected: str) -> None:
    family = [{"ref": "spouse", "relation": "spouse"}, {"ref": "child", "relation": "child"}]
    found = put(invested(23, family=family), "assets", rows)
    assert outcome(found, "eligibility.domestic_assets") == expected


def foreign(
    amount: Any = 500_000, start: str = "2021-01-01", end: str | None = None, **facts: Any
) -> dict[str, Any]:
    known = {"scheme": "foreign_investment", "from": start, "to": end, "amount_usd": amount, **facts}
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([foreign()], "met"),
        ([foreign(499_999)], "not_met"),
        ([foreign(250_000), foreign(250_000)], "met"),
        ([foreign(250_000), foreign(250_000, end="2025-05-11")], "not_met"),
        ([foreign(ABSENT)], "unknown"),
        ([foreign(ABSENT), foreign()], "met"),
        ([foreign(start="2025-05-13")], "not_met"),
        ([foreign(principal_recovered=True)], "not_met"),
    ],
)
def test_the_founders_own_investments_held_now_are_added(rows: list[dict[str, Any]], expected: str) -> None:
    assert outcome(invested(5, *rows), INVESTMENT) == expected


def worker(ref: Any, **facts: Any) -> dict[str, Any]:
    known = {
        "ref": ref,
        "nationality": "KOR",
        "from": "2024-11-12",
        "full_time_permanent": True,
        "direct_contract": True,
    }
    known.update(facts)
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


FOUR = [worker(f"k{number}") for number in range(4)]


@pytest.mark.parametrize(
    ("fifth", "expected"),
    [
        (worker("k5"), "met"),
        (worker("k1"), "not_met"),
        (worker("k5", nationality="VNM"), "not_met"),
        (worker("k5", **{"from": "2024-11-13"}), "not_met"),
        (worker("k5", to="2025-05-11"), "not_met"),
        (worker("k5", to="2025-05-12"), "met"),
        (worker("k5", full_time_permanent=False), "not_met"),
        (worker("k5", full_time_permanent=ABSENT), "unknown"),
        (worker("k5", direct_contract=False), "not_met"),
        (worker("k5", direct_contract=ABSENT), "unknown"),
        (worker("k5", counted_for_other_application_on="2024-11-12"), "not_met"),
        (worker("k5", counted_for_other_application_on="2024-11-11"), "met"),
        (worker("k5", counted_for_other_application_on="2025-05-13"), "met"),
        (worker(ABSENT), "met"),
    ],
)
def test_five_distinct_koreans_count(fifth: dict[str, Any], expected: str) -> None:
    found = dossier("f55-meets-all", employees=[*FOUR, fifth])
    assert outcome(found, "eligibility.korean_employees") == expected


def test_a_start_up_needs_two_koreans_without_the_founders_contract() -> None:
    found = dossier("f55-meets-all", application__category="F-5-24")
    pair = [worker("k1", direct_contract=ABSENT), worker("k2", counted_for_other_application_on="2025-01-01")]
    assert outcome(put(found, "employees", pair), "eligibility.korean_employees") == "met"
    assert outcome(put(found, "employees", pair[:1]), "eligibility.korean_employees") == "not_met"
    assert outcome(put(found, "employees", []), "eligibility.korean_employees") == "not_met"
    assert outcome(put(found, "employees", ABSENT), "eligibility.korean_employees") == "unknown"


@pytest.mark.parametrize(
    ("attracted", "capital", "expected"),
    [
        (300_000_000, ABSENT, "met"),
        (299_999_999, ABSENT, "unknown"),
        (299_999_999, 0, "not_met"),
        (200_000_000, 100_000_000, "met"),
        (ABSENT, 100_000_000, "unknown"),
        (ABSENT, ABSENT, "unknown"),
    ],
)
def test_funding_or_funding_with_capital(attracted: Any, capital: Any, expected: str) -> None:
    found = put(
        put(dossier(application__category="F-5-24"), "funding_attracted", attracted),
        "company_capital",
        capital,
    )
    assert outcome(found, "eligibility.funding") == expected


@pytest.mark.parametrize(("start", "expected"), [("2022-05-12", "met"), ("2022-05-13", "not_met")])
def test_a_start_up_stays_three_years(start: str, expected: str) -> None:
    found = dossier(application__category="F-5-24", stays=[{"status": "D-8-4", "from": start}])
    assert outcome(found, "eligibility.residence") == expected


def pledged(amount: Any, start: str, **facts: Any) -> dict[str, Any]:
    known = {
        "scheme": "pledged",
        "amount": amount,
        "from": start,
        "to": None,
        "five_year_pledge": True,
        **facts,
    }
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (pledged(3_000_000_000, "2023-06-29"), "met"),
        (pledged(2_999_999_999, "2023-06-29"), "not_met"),
        (pledged(1_500_000_000, "2023-06-28"), "met"),
        (pledged(1_499_999_999, "2023-06-28"), "not_met"),
        (pledged(9_000_000_000, "2013-05-26"), "unknown"),
        (pledged(3_000_000_000, "2024-01-01", five_year_pledge=False), "not_met"),
        (pledged(3_000_000_000, "2024-01-01", five_year_pledge=ABSENT), "unknown"),
        (pledged(ABSENT, "2024-01-01"), "unknown"),
        (pledged(3_000_000_000, "2024-01-01", to="2025-05-11"), "not_met"),
        (pledged(3_000_000_000, "2025-05-13"), "not_met"),
    ],
)
def test_the_conditional_investor_reaches_the_amount_of_the_day(row: dict[str, Any], expected: str) -> None:
    assert outcome(dossier("f525-three-billion", investments=[row]), INVESTMENT) == expected


def test_two_halves_are_no_conditional_investment() -> None:
    half = pledged(1_500_000_000, "2024-01-01")
    assert outcome(dossier("f525-three-billion", investments=[half, half]), INVESTMENT) == "not_met"


def able(mandatory: list[tuple[str, int]], bonus: Any = (), **changes: Any) -> dict[str, Any]:
    found = dossier("f511-thirty-and-fifty", education=[], income=[], integration={}, **changes)
    ability: dict[str, Any] = {"mandatory": [{"item": item, "points": points} for item, points in mandatory]}
    if bonus is not ABSENT:
        ability["bonus"] = [{"item": item, "points": points} for item, points in bonus]
    return put(found, "special_ability", ability)


def totals(found: dict[str, Any]) -> tuple[int, int]:
    values = finding(found, "eligibility.points").finding.values
    return values["mandatory"], values["total"]


HUNDRED = [
    ("korean_employment", 30),
    ("business_management", 30),
    ("recommendation", 20),
    ("tax_payment", 10),
]


@pytest.mark.parametrize(
    ("mandatory", "bonus", "expected"),
    [
        ([("sports", 30)], [("recommendation", 20)], "met"),
        ([("sports", 30)], [("recommendation", 19)], "not_met"),
        ([("sports", 29)], [("recommendation", 20)], "not_met"),
        ([("sports", 20)], HUNDRED, "met"),
        ([("sports", 10)], HUNDRED, "met"),
        ([("sports", 9)], [*HUNDRED, ("social_service", 10)], "not_met"),
        ([], HUNDRED, "not_met"),
        ([("sports", 0)], HUNDRED, "not_met"),
    ],
)
def test_the_pass_table(
    mandatory: list[tuple[str, int]], bonus: list[tuple[str, int]], expected: str
) -> None:
    assert outcome(able(mandatory, bonus), "eligibility.points") == expected


def test_few_mandatory_points_need_a_year_of_stay() -> None:
    found = able([("sports", 10)], HUNDRED)
    found["stays"] = [{"status": "D-2", "from": "2024-05-12"}]
    assert outcome(found, "eligibility.points") == "met"
    found["stays"] = [{"status": "D-2", "from": "2024-05-13"}]
    assert outcome(found, "eligibility.points") == "not_met"
    assert outcome(put(found, "stays", ABSENT), "eligibility.points") == "unknown"
    assert outcome(put(able([("sports", 20)], HUNDRED), "stays", ABSENT), "eligibility.points") == "met"


def test_the_best_entry_of_a_mandatory_item_counts_within_its_limit() -> None:
    assert totals(able([("sports", 50), ("sports", 10), ("research", 15), ("talent", 50)])) == (
        30 + 15 + 25,
        70,
    )


def test_bonus_entries_are_added_within_their_limits() -> None:
    assert totals(
        able([("sports", 30)], [("social_service", 5), ("social_service", 5), ("social_service", 5)])
    ) == (30, 40)


@pytest.mark.parametrize(
    ("amount", "points"),
    [
        (199_820_000, 30),
        (199_819_999, 20),
        (149_865_000, 20),
        (99_910_000, 10),
        (49_955_000, 5),
        (49_954_999, 0),
    ],
)
def test_points_for_the_applicants_domestic_taxed_income(amount: int, points: int) -> None:
    row = {"earner": "applicant", "year": 2024, "amount": amount, "taxed": True, "domestic": True}
    assert totals(put(able([("sports", 30)]), "income", [row]))[1] == 30 + points
    for change in ({"domestic": False}, {"taxed": False}, {"year": 2023}, {"earner": "spouse"}):
        assert totals(put(able([("sports", 30)]), "income", [{**row, **change}]))[1] == 30


@pytest.mark.parametrize(
    ("value", "points"),
    [(10**9, 30), (10**9 - 1, 20), (7 * 10**8, 20), (5 * 10**8, 10), (3 * 10**8, 5), (3 * 10**8 - 1, 0)],
)
def test_points_for_the_applicants_assets_in_korea(value: int, points: int) -> None:
    found = put(able([("sports", 30)]), "assets", [owned(value)])
    assert totals(found)[1] == 30 + points
    assert totals(put(found, "liabilities", [{"owner": "applicant", "amount": value}]))[1] == 30


@pytest.mark.parametrize(
    ("integration", "points"),
    [
        ({"kiip_level_completed": 5}, 15),
        ({"kiip_level_completed": 4, "naturalization_test_score": 60}, 8),
        ({"kiip_level_completed": 3}, 5),
        ({"kiip_level_completed": 2, "permanent_residency_test_score": 60}, 0),
        ({"kiip_level_completed": 0, "permanent_residency_test_score": 60}, 10),
        ({"permanent_residency_test_score": 60}, 10),
        ({"permanent_residency_test_score": 59}, 0),
    ],
)
def test_points_for_competency(integration: dict[str, int], points: int) -> None:
    assert totals(put(able([("sports", 30)]), "integration", integration))[1] == 30 + points


@pytest.mark.parametrize(("level", "points"), [("doctorate", 20), ("master", 15), ("bachelor", 10)])
def test_points_for_the_highest_degree(level: str, points: int) -> None:
    degrees = [{"level": "bachelor", "country": "USA"}, {"level": level, "country": "USA"}]
    assert totals(put(able([("sports", 30)]), "education", degrees))[1] == 30 + points


def test_missing_optional_sections_count_zero_unless_they_could_decide() -> None:
    for section in ("income", "assets", "education"):
        found = put(able([("sports", 30)]), section, ABSENT)
        assert outcome(found, "eligibility.points") == ("unknown" if section != "competency" else "not_met")
    assert outcome(put(able([("sports", 30)]), "integration", ABSENT), "eligibility.points") == "not_met"
    assert outcome(able([("sports", 30)], ABSENT), "eligibility.points") == "unknown"
    assert outcome(put(able([("sports", 30)], HUNDRED), "education", ABSENT), "eligibility.points") == "met"
    assert outcome(put(able([]), "special_ability", ABSENT), "eligibility.points") == "unknown"
    assert outcome(put(able([]), "special_ability", {}), "eligibility.points") == "unknown"


def test_the_points_sheet_shows_every_line() -> None:
    sheet = finding(able([("sports", 30)], [("recommendation", 20)]), "eligibility.points").sheet
    assert sheet is not None
    lines = {(row["part"], row["item"]): row["sure"] for row in sheet["rows"]}
    assert lines[("mandatory", "sports")] == 30
    assert lines[("optional", "recommendation")] == 20
    assert lines[("optional", "income")] == 0


@pytest.mark.parametrize(
    ("route", "facts", "expected"),
    [
        ("merit_recipient", {"acknowledged_by_minister": True}, "met"),
        ("merit_recipient", {"acknowledged_by_minister": False}, "review"),
        ("merit_recipient", {}, "review"),
        ("merit_recipient", ABSENT, "review"),
        ("merit_family", {"relation": "further_descendant"}, "review"),
        ("merit_descendant", {"relation": "further_descendant", "acknowledged_by_minister": True}, "not_met"),
        ("merit_descendant", {"relation": "great_grandchild", "domestic_activity_years": 1}, "review"),
        ("merit_descendant", {"relation": "great_grandchild", "domestic_activity_years": 0.9}, "not_met"),
        (
            "merit_descendant",
            {"relation": "grandchild", "domestic_activity_years": 1, "acknowledged_by_minister": True},
            "met",
        ),
    ],
)
def test_merit_rests_on_the_ministers_acknowledgement(route: str, facts: Any, expected: str) -> None:
    found = dossier(application__category="F-5-12", application__route=route)
    assert outcome(put(found, "merit", facts), "eligibility.merit") == expected


@pytest.mark.parametrize(
    ("merit", "education", "open_facts"),
    [
        (ABSENT, ABSENT, ["merit.relation", "merit.domestic_activity_years", "education"]),
        ({"relation": "great_grandchild"}, [], ["merit.domestic_activity_years"]),
        ({"relation": "great_grandchild", "domestic_activity_years": 0}, ABSENT, ["education"]),
        ({"domestic_activity_years": 1}, ABSENT, ["merit.relation"]),
    ],
)
def test_of_a_descendant_only_what_is_open_is_named(
    merit: Any, education: Any, open_facts: list[str]
) -> None:
    found = dossier(application__category="F-5-12", application__route="merit_descendant")
    put(put(found, "merit", merit), "education", education)
    assert finding(found, "eligibility.merit").finding.values == {"facts": open_facts}


def test_a_descendant_with_a_korean_degree_needs_no_activity() -> None:
    degree = {"level": "bachelor", "country": "KOR", "regular_course": True}
    found = dossier(application__category="F-5-12", application__route="merit_descendant", education=[degree])
    found["merit"] = {
        "relation": "grandchild",
        "domestic_activity_years": 0,
        "acknowledged_by_minister": True,
    }
    assert outcome(found, "eligibility.merit") == "met"


@pytest.mark.parametrize(("birth", "expected"), [("1965-05-12", "met"), ("1965-05-13", "not_met")])
def test_the_pensioner_is_sixty(birth: str, expected: str) -> None:
    assert outcome(dossier("f513-pension", applicant__birth_date=birth), "eligibility.age") == expected


@pytest.mark.parametrize(
    ("number", "status", "start", "expected"),
    [
        (6, "F-4-19", "2023-05-12", "met"),
        (6, "F-4", "2023-05-13", "not_met"),
        (14, "H-2-1", "2021-05-12", "met"),
        (14, "H-2", "2021-05-13", "not_met"),
        (27, "F-2-4", "2023-05-12", "met"),
        (27, "F-2-99", "2023-05-12", "met"),
        (27, "F-2-4", "2023-05-13", "not_met"),
    ],
)
def test_categories_under_a_separate_guideline_still_compute_the_stay(
    number: int, status: str, start: str, expected: str
) -> None:
    found = dossier(application__category=f"F-5-{number}", stays=[{"status": status, "from": start}])
    assert outcome(found, "eligibility.residence") == expected
    for area in ("eligibility", "livelihood", "competency"):
        assert outcome(found, f"{area}.separate_guideline") == "review"


def test_f57_names_its_guideline_and_computes_no_stay() -> None:
    found = dossier(application__category="F-5-7")
    assert outcome(found, "eligibility.residence") is None
    shown = finding(found, "eligibility.separate_guideline").finding
    assert "ethnic Koreans" in shown.in_language("en")
    assert "외국적동포" in shown.in_language("ko")


@pytest.mark.parametrize(
    ("start", "expected", "is_named"), [("2025-05-12", "not_met", False), ("2025-05-13", "met", True)]
)
def test_a_lapse_after_the_application_is_left_out_and_named(
    start: str, expected: str, is_named: bool
) -> None:
    lapse = {"from": start, "to": "2025-06-30"}
    found = finding(invested(17, tourism("2015-01-01", lapses=[lapse])), INVESTMENT)
    assert found.outcome.value == expected
    assert ("investments[0].lapses[0].from (2025-05-13)" in found.finding.in_language("en")) is is_named


def retired(start: str, end: str | None = None, **facts: Any) -> dict[str, Any]:
    return entry("retired_public_project", start, end, **facts)


@pytest.mark.parametrize(
    ("number", "rows", "reasons", "full"),
    [
        (17, [public("2015-05-12")], ["none"], None),
        (17, [tourism("2020-05-13")], ["short"], "2025-05-13"),
        (17, [public("2024-05-12")], ["none", "short"], None),
        (17, [tourism("2015-01-01", "2025-05-11")], ["not_held"], None),
        (17, [tourism("2015-01-01", pledged_as_collateral=True)], ["pledged"], None),
        (21, [tourism("2015-05-12")], ["none", "public_short", "not_held"], None),
        (21, [public("2020-05-13")], ["short"], "2025-05-13"),
        (21, [tourism("2015-01-01"), public("2023-05-13")], ["public_short"], None),
        (21, [public("2015-01-01", "2025-05-11")], ["not_held"], None),
        (21, [public("2015-01-01", principal_recovered=True)], ["not_held", "recovered"], None),
        (21, [public("2015-01-01"), public("2010-01-01", "2012-01-01", principal_recovered=True)],
         ["recovered"], None),
        (23, [], ["none", "short", "not_held"], None),
        (23, [retired("2020-05-13")], ["short"], "2025-05-13"),
        (23, [retired("2015-01-01", "2025-05-11")], ["not_held"], None),
    ],
)  # fmt: skip
def test_what_fails_of_an_investment_is_named_with_the_day_that_settles_it(
    number: int, rows: list[dict[str, Any]], reasons: list[str], full: str | None
) -> None:
    found = finding(invested(number, *rows), INVESTMENT)
    assert (found.outcome, found.finding.key) == ("not_met", "investment.fails")
    assert found.finding.values["reasons"] == [f"investment_{name}" for name in reasons]
    assert found.finding.values["years"] == 5
    assert found.remedy
    settled = ("settle.investment_from", full) if full else ("settle.otherwise", None)
    assert (found.remedy.key, found.remedy.values.get("full")) == settled


@pytest.mark.parametrize(
    ("number", "rows", "facts"),
    [
        (17, ABSENT, ["investments"]),
        (21, ABSENT, ["investments"]),
        (23, ABSENT, ["investments"]),
        (5, ABSENT, ["investments"]),
        (25, ABSENT, ["investments"]),
        (17, [tourism("2020-05-12", lapses=ABSENT)], ["investments[0].lapses"]),
        (17, [tourism("2020-05-12", pledged_as_collateral=ABSENT)], ["investments[0].pledged_as_collateral"]),
        (21, [public("2020-05-12", lapses=ABSENT)], ["investments[0].lapses"]),
        (21, [public("2020-05-12", principal_recovered=ABSENT)], ["investments[0].principal_recovered"]),
        (23, [retired("2020-05-12", lapses=ABSENT)], ["investments[0].lapses"]),
        (5, [entry("foreign_investment", "2020-05-12")], ["investments[0].amount_usd"]),
        (25, [entry("pledged", "2024-01-01")], ["investments[0].amount", "investments[0].five_year_pledge"]),
    ],
)
def test_what_an_investment_leaves_open_is_named(number: int, rows: Any, facts: list[str]) -> None:
    found = finding(put(invested(number), "investments", rows), INVESTMENT)
    assert (found.outcome, found.finding.values["facts"]) == ("unknown", facts)


def test_an_earlier_entry_not_said_to_be_recovered_takes_nothing_away() -> None:
    earlier = public("2010-01-01", "2012-01-01", principal_recovered=ABSENT)
    assert outcome(invested(21, public("2015-01-01"), earlier), INVESTMENT) == "met"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-05-12", "2025-05-12", "not_met"),
        ("2025-05-01", "2025-05-12", "not_met"),
        ("2025-05-01", "2025-05-11", "met"),
        ("2025-05-13", "2025-06-30", "met"),
    ],
)
def test_an_investment_that_lapses_on_the_day_of_application_is_not_held(
    start: str, end: str, expected: str
) -> None:
    found = tourism("2015-01-01", lapses=[{"from": start, "to": end}])
    assert outcome(invested(17, found), INVESTMENT) == expected


def test_of_foreign_investments_those_without_an_amount_add_nothing() -> None:
    rows = [entry("foreign_investment", "2020-05-12", amount_usd=499_999)]
    found = finding(invested(5, *rows), INVESTMENT)
    said = "USD 499,999 held now do not reach USD 500,000."
    assert (found.outcome, found.finding.in_language("en")) == ("not_met", said)
    rows.append(entry("foreign_investment", "2020-05-12"))
    assert outcome(invested(5, *rows), INVESTMENT) == "unknown"


def test_of_pledged_investments_the_largest_is_named_by_the_amount_of_its_day() -> None:
    rows = [
        entry("pledged", "2020-01-01", amount=2, five_year_pledge=True),
        entry("pledged", "2020-01-01", amount=3, five_year_pledge=True),
        entry("pledged", "2024-01-01", amount=1, five_year_pledge=True),
    ]
    found = finding(invested(25, *rows), INVESTMENT)
    said = "3 won invested on 2020-01-01 do not reach the 1,500,000,000 won in force that day"
    assert found.finding.in_language("en").startswith(said)
    assert found.remedy
    assert found.remedy.in_language("en") == "Show 1,500,000,000 won or more with the five-year pledge."
    without = entry("pledged", "2024-01-01", five_year_pledge=False)
    found = finding(invested(25, rows[2], without), INVESTMENT)
    assert found.finding.values["amount"] == 1


def test_a_worker_counted_elsewhere_counts_by_no_other_contract() -> None:
    elsewhere = worker("k5", to="2024-12-31", counted_for_other_application_on="2025-01-01")
    found = dossier("f55-meets-all", employees=[*FOUR, elsewhere, worker("k5")])
    assert outcome(found, "eligibility.korean_employees") == "not_met"


def test_a_worker_who_begins_after_the_application_is_left_out_and_named() -> None:
    found = dossier("f55-meets-all", employees=[*FOUR, worker("k5", **{"from": "2025-05-13"})])
    shown = finding(found, "eligibility.korean_employees")
    assert shown.finding.in_language("en").startswith("Only 4 Korean employees count, 5 are needed.")
    assert "employees[4].from (2025-05-13)" in shown.finding.in_language("en")


@pytest.mark.parametrize(
    ("number", "field", "facts"),
    [
        (5, "full_time_permanent", ["employees[0].full_time_permanent"]),
        (5, "direct_contract", ["employees[0].direct_contract"]),
        (24, "full_time_permanent", ["employees[0].full_time_permanent"]),
    ],
)
def test_what_is_open_of_a_worker_is_named(number: int, field: str, facts: list[str]) -> None:
    others = FOUR[1:] if number == 5 else FOUR[:1]
    workers = [worker("k5", **{field: ABSENT}), *others, *([worker("k6")] if number == 5 else [])]
    found = dossier("f55-meets-all", application__category=f"F-5-{number}", employees=workers)
    shown = finding(found, "eligibility.korean_employees")
    assert (shown.outcome, shown.finding.values["facts"]) == ("unknown", facts)
    absent = finding(put(found, "employees", ABSENT), "eligibility.korean_employees")
    assert absent.finding.values["facts"] == ["employees"]


@pytest.mark.parametrize(
    ("attracted", "capital", "facts"),
    [
        (ABSENT, 299_999_999, ["funding_attracted"]),
        (299_999_999, ABSENT, ["company_capital"]),
        (ABSENT, ABSENT, ["funding_attracted", "company_capital"]),
    ],
)
def test_what_is_open_of_the_funding_is_named(attracted: Any, capital: Any, facts: list[str]) -> None:
    found = dossier(application__category="F-5-24")
    found = put(put(found, "funding_attracted", attracted), "company_capital", capital)
    shown = finding(found, "eligibility.funding")
    assert (shown.outcome, shown.finding.values["facts"]) == ("unknown", facts)


ENOUGH = owned(300_000_000)
SHORT = owned(299_999_999)


@pytest.mark.parametrize("other", [owned(5, domestic=False), owned(0), owned(5, acquired_on="2025-05-13")])
def test_assets_that_do_not_count_for_the_retired_take_nothing_away_and_add_nothing(
    other: dict[str, Any],
) -> None:
    for row, expected in ((ENOUGH, "met"), (SHORT, "not_met")):
        found = invested(23, assets=[other, row])
        assert outcome(found, "eligibility.domestic_assets") == expected


@pytest.mark.parametrize(
    ("rows", "facts"),
    [
        (ABSENT, ["assets"]),
        ([SHORT, owned(5, domestic=ABSENT)], ["assets[1].domestic"]),
        ([SHORT, owned(5, "wife")], ["family"]),
    ],
)
def test_what_is_open_of_the_assets_of_the_retired_is_named(rows: Any, facts: list[str]) -> None:
    found = put(put(invested(23), "assets", rows), "family", ABSENT)
    shown = finding(found, "eligibility.domestic_assets")
    assert (shown.outcome, shown.finding.values["facts"]) == ("unknown", facts)
    if rows is not ABSENT:
        found = put(found, "assets", [ENOUGH, rows[1]])
        assert outcome(found, "eligibility.domestic_assets") == "met"


def test_assets_of_the_retired_acquired_later_are_left_out_and_named() -> None:
    found = finding(
        invested(23, assets=[owned(5, acquired_on="2025-05-13"), SHORT]), "eligibility.domestic_assets"
    )
    assert "assets[0].acquired_on (2025-05-13)" in found.finding.in_language("en")
    assert found.finding.values == {"amount": 299_999_999, "standard": 300_000_000}
    assert found.remedy
    assert (found.remedy.key, found.remedy.values["standard"]) == ("settle.amount", 300_000_000)
