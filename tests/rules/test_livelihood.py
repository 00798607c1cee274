"""Livelihood: years, figures, earners, owners, shares, and what releases."""

from typing import Any

import pytest

from kis.rules import Figure, ReferenceTables
from tests.rules.cases import ABSENT, area, dossier, finding, outcome, put, run

INCOME = "livelihood.income"
ASSETS = "livelihood.assets"
OWN = "livelihood.own_share"
TWICE_GNI = 99_910_000
ASSETS_STANDARD = 673_410_000


def income(amount: int, earner: str = "applicant", year: int = 2024, **facts: Any) -> dict[str, Any]:
    return {"earner": earner, "year": year, "amount": amount, "taxed": True, **facts}


def asset(value: int, owner: str = "applicant", kind: str = "deposit", **facts: Any) -> dict[str, Any]:
    return {"owner": owner, "kind": kind, "value": value, "acquired_on": "2020-01-01", **facts}


def member(relation: str = "spouse", **facts: Any) -> dict[str, Any]:
    known = {
        "ref": relation,
        "relation": relation,
        "co_resident_from": "2020-01-01",
        "shares_livelihood": True,
    }
    known.update(facts)
    return {name: fact for name, fact in known.items() if fact is not ABSENT}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([income(TWICE_GNI)], "met"),
        ([income(TWICE_GNI - 1)], "not_met"),
        ([income(60_000_000), income(TWICE_GNI - 60_000_000)], "met"),
        ([income(TWICE_GNI, year=2023)], "not_met"),
        ([income(TWICE_GNI, year=2025)], "not_met"),
        ([income(TWICE_GNI, taxed=False)], "not_met"),
        ([income(TWICE_GNI, taxed=False, non_taxable=False)], "not_met"),
        ([income(TWICE_GNI, taxed=False, non_taxable=True)], "review"),
        ([income(TWICE_GNI), income(1, taxed=False, non_taxable=True)], "met"),
        ([income(TWICE_GNI - 2), income(1, taxed=False, non_taxable=True)], "not_met"),
        ([{"earner": "applicant", "year": 2024, "amount": TWICE_GNI}], "unknown"),
        ([{"earner": "applicant", "year": 2024, "amount": TWICE_GNI - 1}], "not_met"),
        ([], "not_met"),
        (ABSENT, "unknown"),
    ],
)
def test_recognised_income_of_the_year_before_reaches_twice_the_gni(rows: Any, expected: str) -> None:
    assert outcome(put(dossier(), "income", rows), INCOME) == expected


def test_without_the_certificate_the_year_before_that_counts() -> None:
    found = dossier(income=[income(TWICE_GNI, year=2023)], application__income_certificate_issued=False)
    assert outcome(found, INCOME) == "met"
    assert outcome(put(found, "application.income_certificate_issued", ABSENT), INCOME) == "not_met"


@pytest.mark.parametrize(
    ("received", "needed"),
    [("2025-03-31", 88_102_000), ("2025-04-01", 99_910_000), ("2026-03-31", 99_910_000)],
)
def test_the_gni_in_force_on_the_day_counts(received: str, needed: int) -> None:
    year = int(received[:4]) - 1
    for amount, expected in ((needed, "met"), (needed - 1, "not_met")):
        found = dossier(application__received_on=received, income=[income(amount, year=year)])
        assert outcome(found, INCOME) == expected


def test_a_figure_older_than_two_years_is_no_figure() -> None:
    found = dossier(application__received_on="2028-05-01", income=[income(10**9, year=2027)])
    assert outcome(found, INCOME) == "unknown"
    assert "2027" in finding(found, INCOME).finding.in_language("en")


def test_the_finding_shows_the_amounts_compared_in_both_languages() -> None:
    shown = finding(dossier(income=[income(TWICE_GNI)]), INCOME).finding
    assert shown.in_language("en").startswith("99,910,000 won of 2024 reach 2 × 49,955,000 won")
    assert "99,910,000원" in shown.in_language("ko")


def test_an_unverified_figure_is_named() -> None:
    found = dossier(application__received_on="2021-08-01", income=[income(10**8, year=2020)])
    assert "Unverified reference data was used: GNI per capita 2020." in finding(
        found, INCOME
    ).finding.in_language("en")
    assert "1인당 국민총소득(GNI) 2020" in finding(found, INCOME).finding.in_language("ko")
    assert "Unverified" not in finding(dossier(), INCOME).finding.in_language("en")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([member()], "met"),
        ([member(co_resident_from="2024-01-01")], "met"),
        ([member(co_resident_from="2024-01-02")], "not_met"),
        ([member(co_resident_from=ABSENT)], "unknown"),
        ([member(shares_livelihood=False)], "not_met"),
        ([member(shares_livelihood=ABSENT)], "unknown"),
        ([member(deceased=True)], "not_met"),
        ([member("common_law_spouse", ref="spouse")], "not_met"),
        ([member("father", ref="spouse")], "met"),
        ([member("mother", ref="spouse")], "met"),
        ([member("spouse_father", ref="spouse")], "not_met"),
        ([member("sibling", ref="spouse")], "not_met"),
        ([member("child", ref="spouse", birth_date="2006-05-13")], "met"),
        ([member("child", ref="spouse", birth_date="2006-05-12")], "not_met"),
        ([member("child", ref="spouse")], "unknown"),
        ([], "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_only_those_who_share_the_home_and_livelihood_since_the_income_year_count(
    people: Any, expected: str
) -> None:
    found = dossier(income=[income(60_000_000), income(40_000_000, "spouse")])
    assert outcome(put(found, "family", people), INCOME) == expected


def test_an_absent_family_does_not_matter_where_only_the_applicant_earns() -> None:
    found = put(dossier(income=[income(TWICE_GNI - 1)]), "family", ABSENT)
    assert outcome(found, INCOME) == "not_met"


def test_a_family_member_in_arrears_stops_counting_and_is_named() -> None:
    found = dossier(
        family=[member()],
        income=[income(60_000_000), income(40_000_000, "spouse")],
        arrears=[{"person": "spouse", "kind": "local_tax"}],
    )
    assert outcome(found, INCOME) == "not_met"
    dues = finding(found, "livelihood.public_dues")
    assert dues.outcome == "met"
    assert "spouse" in dues.finding.in_language("en")


@pytest.mark.parametrize(
    ("rows", "debts", "expected"),
    [
        ([asset(ASSETS_STANDARD)], [], "met"),
        ([asset(ASSETS_STANDARD - 1)], [], "not_met"),
        ([asset(ASSETS_STANDARD, acquired_on="2024-11-12")], [], "met"),
        ([asset(ASSETS_STANDARD, acquired_on="2024-11-13")], [], "not_met"),
        ([asset(ASSETS_STANDARD)], [{"owner": "applicant", "amount": 1}], "not_met"),
        ([asset(ASSETS_STANDARD + 1)], [{"owner": "applicant", "amount": 1}], "met"),
        ([asset(ASSETS_STANDARD)], [{"owner": "stranger", "amount": 1}], "unknown"),
        ([asset(ASSETS_STANDARD + 1)], [{"owner": "stranger", "amount": 1}], "met"),
        ([asset(ASSETS_STANDARD)], ABSENT, "unknown"),
        ([asset(ASSETS_STANDARD - 1)], ABSENT, "not_met"),
        ([{"owner": "applicant", "kind": "fund", "value": ASSETS_STANDARD}], [], "unknown"),
        ([{"owner": "applicant", "kind": "fund", "value": ASSETS_STANDARD - 1}], [], "not_met"),
        ([asset(ASSETS_STANDARD), {"owner": "applicant", "kind": "fund", "value": 1}], [], "met"),
        ([], [], "not_met"),
        (ABSENT, [], "unknown"),
    ],
)
def test_net_assets_held_six_months_reach_one_and_a_half_times_the_mean(
    rows: Any, debts: Any, expected: str
) -> None:
    found = put(put(dossier(family=ABSENT), "assets", rows), "liabilities", debts)
    assert outcome(found, ASSETS) == expected


def test_the_debts_of_a_counting_member_are_deducted_too() -> None:
    rows = [asset(ASSETS_STANDARD), asset(10, "spouse")]
    found = dossier(family=[member()], assets=rows, liabilities=[{"owner": "spouse", "amount": 11}])
    assert outcome(found, ASSETS) == "not_met"
    assert outcome(put(found, "family", [member(shares_livelihood=False)]), ASSETS) == "met"
    assert outcome(put(found, "family", [member(shares_livelihood=ABSENT)]), ASSETS) == "unknown"


def test_a_missing_survey_is_unknown_and_named() -> None:
    found = dossier("f52-median-assets", application__received_on="2024-05-12")
    assert outcome(found, ASSETS) == "unknown"
    shown = finding(found, ASSETS).finding.in_language("en")
    assert "median household net assets" in shown
    assert "2023" in shown


def test_income_and_assets_are_never_added() -> None:
    found = dossier(income=[income(TWICE_GNI - 1)], assets=[asset(ASSETS_STANDARD - 1)])
    assert area(found, "livelihood") == "not_met"


@pytest.mark.parametrize(("own", "expected"), [(49_955_000, "met"), (49_954_999, "not_met")])
def test_half_the_standard_must_be_the_applicants_own(own: int, expected: str) -> None:
    found = dossier(family=[member()], income=[income(own), income(TWICE_GNI, "spouse")])
    assert outcome(found, INCOME) == "met"
    assert outcome(found, OWN) == expected
    assert area(found, "livelihood") == expected


def test_no_own_share_is_asked_of_those_who_raise_children_or_are_minors() -> None:
    found = dossier(family=[member()], income=[income(1), income(TWICE_GNI, "spouse")])
    assert outcome(put(found, "applicant.raises_minor_children", True), OWN) is None
    assert area(found, "livelihood") == "met"
    assert outcome(put(found, "applicant.raises_minor_children", ABSENT), OWN) == "not_met"
    assert outcome(put(found, "applicant.birth_date", "2006-05-13"), OWN) is None


def test_the_assets_carry_with_their_own_share_where_the_income_lacks_it() -> None:
    found = dossier(
        family=[member()],
        income=[income(1), income(TWICE_GNI, "spouse")],
        assets=[asset(ASSETS_STANDARD)],
    )
    assert outcome(found, OWN) == "met"
    assert area(found, "livelihood") == "met"


def test_the_income_share_is_reported_on_a_tie() -> None:
    found = dossier(income=[], assets=[])
    shown = finding(found, OWN)
    assert shown.outcome == "not_met"
    assert shown.finding.values["standard"] == 49_955_000


def test_the_better_alternative_reports_its_share_where_neither_passes() -> None:
    found = dossier(income=[income(1)], assets=ABSENT)
    assert outcome(found, OWN) == "unknown"


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ({"industry": "general", "permitted": True}, "met"),
        ({"industry": "entertainment", "permitted": True}, "not_met"),
        ({"industry": "gambling", "permitted": True}, "not_met"),
        ({"industry": "against_morals", "permitted": True}, "not_met"),
        ({"industry": "general", "permitted": False}, "not_met"),
        ({"industry": "general"}, "unknown"),
        ({"permitted": True}, "unknown"),
        ({"industry": "gambling", "to": "2025-05-11"}, "met"),
        ({"industry": "gambling", "to": "2025-05-12"}, "not_met"),
        ({"industry": "gambling", "from": "2025-05-13"}, "met"),
    ],
)
def test_unlawful_work_on_the_day_of_application_is_cured_by_nothing(
    work: dict[str, Any], expected: str
) -> None:
    found = dossier(employment=[{"from": "2020-01-01", **work}])
    assert outcome(found, "livelihood.public_dues") == expected


@pytest.mark.parametrize("section", ["arrears", "employment"])
def test_dues_without_their_section_are_unknown_unless_they_fail_anyway(section: str) -> None:
    found = put(dossier(), section, ABSENT)
    assert outcome(found, "livelihood.public_dues") == "unknown"
    assert outcome(put(dossier(), section, []), "livelihood.public_dues") == "met"
    owing = put(dossier(arrears=[{"person": "applicant", "kind": "fine"}]), "employment", ABSENT)
    assert outcome(owing, "livelihood.public_dues") == "not_met"


def test_residents_in_training_need_once_the_gni_and_the_mean() -> None:
    training = {
        "from": "2020-01-01",
        "medical_residency_training": True,
        "industry": "general",
        "permitted": True,
    }
    found = dossier(
        stays=[{"status": "E-5", "from": "2019-01-01"}], employment=[training], income=[income(49_955_000)]
    )
    assert outcome(found, INCOME) == "met"
    assert outcome(put(found, "income", [income(49_954_999)]), INCOME) == "not_met"
    assert outcome(put(found, "assets", [asset(448_940_000)]), ASSETS) == "met"
    assert outcome(put(found, "stays", [{"status": "E-7", "from": "2019-01-01"}]), INCOME) == "not_met"
    past = put(found, "employment", [{**training, "to": "2025-05-11"}])
    assert outcome(put(past, "income", [income(49_955_000)]), INCOME) == "not_met"


@pytest.mark.parametrize(
    ("pension", "expected"),
    [
        ({"annual": 99_910_000, "from_abroad": True}, "met"),
        ({"annual": 99_909_999, "from_abroad": True}, "not_met"),
        ({"annual": 99_909_999}, "not_met"),
        ({"annual": 99_910_000}, "unknown"),
        ({"annual": 99_910_000, "from_abroad": False}, "not_met"),
        ({"from_abroad": True}, "unknown"),
        ({}, "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_a_pension_from_abroad_takes_the_place_of_income(pension: Any, expected: str) -> None:
    found = put(dossier("f513-pension"), "pension", pension)
    assert outcome(found, "livelihood.pension") == expected
    assert outcome(found, INCOME) is None
    assert outcome(found, OWN) is None


def test_a_qualified_employee_counts_alone() -> None:
    found = dossier(
        "f510-meets-all", income=[income(49_954_999), income(49_955_000, "spouse")], family=[member()]
    )
    assert outcome(found, INCOME) == "not_met"
    assert outcome(found, OWN) is None
    assert outcome(found, ASSETS) is None


@pytest.mark.parametrize("category", ["F-5-9", "F-5-10", "F-5-15"])
@pytest.mark.parametrize("programme", ["D-2-7", "GKS"])
def test_an_exchange_graduate_is_released_where_a_degree_is_required(category: str, programme: str) -> None:
    degree = {"level": "master", "country": "KOR", "regular_course": True, "programme": programme}
    found = dossier(application__category=category, education=[degree], income=ABSENT, arrears=ABSENT)
    assert area(found, "livelihood") == "exempt"
    names = [one.id for one in run(found).criteria if one.area == "livelihood"]
    assert names == ["livelihood.exemption"]
    later = put(found, "education", [{**degree, "awarded_on": "2025-05-13"}])
    assert outcome(later, "livelihood.exemption") is None


def test_an_exchange_graduate_is_not_released_elsewhere() -> None:
    degree = {"level": "master", "country": "KOR", "programme": "GKS"}
    assert outcome(dossier(education=[degree]), "livelihood.exemption") is None


EXEMPT = (5, 11, 12, 17, 19, 20, 21, 22, 23, 24, 25)


@pytest.mark.parametrize("number", EXEMPT)
def test_released_categories_have_one_criterion_of_livelihood(number: int) -> None:
    found = run(dossier(application__category=f"F-5-{number}", income=ABSENT))
    names = [(one.id, one.outcome) for one in found.criteria if one.area == "livelihood"]
    assert names == [("livelihood.exemption", "exempt")]


def test_the_child_of_a_korean_has_no_area_of_livelihood() -> None:
    assert "livelihood" not in run(dossier("f53-ten-enrolled")).areas


STANDARDS = {
    "F-5-1": (2, 1.5),
    "F-5-4": (1, 1),
    "F-5-18": (1, 1),
    "F-5-9": (1, 1),
    "F-5-15": (1, 1),
    "F-5-16": (2, 1.5),
    "F-5-26": (2, 1.5),
    "F-5-10": (1, None),
}


@pytest.mark.parametrize("category", STANDARDS)
def test_each_category_has_its_multiples(category: str) -> None:
    gni, mean = STANDARDS[category]
    found = run(dossier(application__category=category))
    asked = {one.id: one.finding.values.get("standard") for one in found.criteria if one.area == "livelihood"}
    assert asked[INCOME] == gni * 49_955_000
    assert asked.get(ASSETS) == (None if mean is None else mean * 448_940_000)


def test_the_marriage_migrants_household_is_wider_but_needs_a_year_together() -> None:
    found = dossier("f52-married-meets-all")
    for relation, expected in (("spouse_mother", "met"), ("grandparent", "met"), ("sibling", "not_met")):
        found["family"] = [member(relation, ref="spouse", co_resident_from="2024-05-12")]
        assert outcome(found, INCOME) == expected
    found["family"] = [member("father", ref="spouse", co_resident_from="2024-05-13")]
    assert outcome(found, INCOME) == "not_met"
    found["family"] = [member("child", ref="spouse", birth_date="1990-01-01")]
    assert outcome(found, INCOME) == "met"


def test_the_former_spouse_counts_until_the_marriage_ended() -> None:
    found = dossier("f52-married-meets-all", application__route="marriage_ended")
    found["marriage"] = {"spouse": "spouse", "ended_on": "2025-05-12", "ended_by": "divorce"}
    assert outcome(found, INCOME) == "not_met"
    found["marriage"]["ended_on"] = "2025-05-13"
    assert outcome(found, INCOME) == "met"


def born_here(**changes: Any) -> dict[str, Any]:
    return dossier("f58-deposit", **changes)


@pytest.mark.parametrize(
    ("people", "amount", "expected"),
    [
        (2, 34_968_500, "met"),
        (2, 34_968_499, "not_met"),
        (3, 49_955_000, "met"),
        (3, 49_954_999, "not_met"),
    ],
)
def test_the_number_of_family_in_the_home_sets_the_standard(people: int, amount: int, expected: str) -> None:
    relations = ["spouse", "child", "mother"][:people]
    family = [member(one, co_resident_from="2025-05-12") for one in relations] + [member("sibling")]
    found = born_here(family=family, income=[income(amount)])
    assert outcome(found, INCOME) == expected


def test_an_absent_family_leaves_the_standard_open_only_where_it_decides() -> None:
    found = put(born_here(income=[income(40_000_000)]), "family", ABSENT)
    assert outcome(found, INCOME) == "unknown"
    assert outcome(put(found, "income", [income(49_955_000)]), INCOME) == "met"
    assert outcome(put(found, "income", [income(34_968_499)]), INCOME) == "not_met"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([asset(60_000_000, kind="rental_deposit", acquired_on="2024-05-12")], "met"),
        ([asset(60_000_000, kind="rental_deposit", acquired_on="2024-05-13")], "not_met"),
        ([asset(59_999_999, kind="real_estate")], "not_met"),
        ([asset(30_000_000, kind="real_estate"), asset(30_000_000, kind="rental_deposit")], "met"),
        ([asset(60_000_000, kind="deposit")], "not_met"),
        ([{"owner": "applicant", "kind": "real_estate", "value": 60_000_000}], "unknown"),
    ],
)
def test_sixty_million_of_real_assets_held_one_year_are_enough(
    rows: list[dict[str, Any]], expected: str
) -> None:
    found = born_here(assets=rows, liabilities=[{"owner": "applicant", "amount": 50_000_000}])
    assert outcome(found, ASSETS) == expected


def test_no_own_share_is_asked_of_real_assets() -> None:
    found = born_here(family=[member()], assets=[asset(60_000_000, "spouse", "real_estate")])
    assert outcome(found, OWN) is None
    assert area(found, "livelihood") == "met"


def test_a_later_figure_changes_the_answer_and_nothing_else_does() -> None:
    shipped = ReferenceTables.shipped()
    row = next(one for one in shipped.figures if one.figure == "gni_per_capita" and one.year == 2024)
    raised = Figure(row.figure, row.year, row.amount_krw + 1, None, row.applies_from, "confirmed", "test")
    others = tuple(one for one in shipped.figures if one != row)
    tables = ReferenceTables((*others, raised), shipped.apostille)
    found = dossier(income=[income(TWICE_GNI)])
    assert run(found).areas["livelihood"] == "met"
    assert run(found, tables).areas["livelihood"] == "not_met"
    assert raised in run(found, tables).figures
