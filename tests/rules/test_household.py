"""Who counts for livelihood, whose half is asked for, and whose papers must be handed in."""

from decimal import Decimal
from typing import Any

import pytest

from kis.rules.f5.standards import half, times
from tests.rules.cases import ABSENT, Dossier, area, dossier, finding, outcome, put
from tests.rules.readings.reading import asset, income, person

INCOME = "livelihood.income"
ASSETS = "livelihood.assets"
OWN = "livelihood.own_share"
TWICE_GNI = 99_910_000
MEAN_AND_A_HALF = 673_410_000
REAL_ASSETS = 60_000_000


def standings(found: Dossier, criterion: str = INCOME) -> dict[str, tuple[bool | None, str]]:
    """Each person of the household sheet: whether they count, and why."""
    sheet = finding(found, criterion).sheet
    assert sheet is not None
    return {row["ref"]: (row["counts"], row["reason"].removeprefix("household:")) for row in sheet["rows"]}


@pytest.mark.parametrize(
    ("member", "standing"),
    [
        (person("spouse"), (True, "counts")),
        (person("spouse", deceased=True), (False, "deceased")),
        (person("child", birth_date="2025-05-13"), (False, "not_born")),
        (person("child", birth_date="2025-05-12", co_resident_from="2024-01-01"), (True, "counts")),
        (person("child", birth_date="2006-05-12"), (False, "adult_child")),
        (person("sibling"), (False, "relation")),
        (person("father", shares_livelihood=False), (False, "separate")),
        (person("father", co_resident_from="2024-01-02"), (False, "too_short")),
        (person("mother", co_resident_from="2025-05-13"), (False, "too_short")),
        (person("mother", co_resident_from=ABSENT), (None, "open")),
        (person("debtor", relation="mother"), (False, "arrears")),
    ],
)
def test_the_household_sheet_says_who_counts_and_why_not(
    member: dict[str, Any], standing: tuple[bool | None, str]
) -> None:
    found = dossier(family=[member], arrears=[{"person": "debtor", "kind": "national_tax"}])
    assert standings(found)[member["ref"]] == standing


def test_the_applicant_heads_the_household_sheet() -> None:
    family = [person("aunt", relation="other"), person("spouse")]
    assert list(standings(dossier(family=family))) == ["applicant", "aunt", "spouse"]
    assert standings(dossier(family=family))["applicant"] == (True, "counts")


def test_a_spouse_counts_until_the_marriage_with_that_spouse_is_over() -> None:
    found = dossier(family=[person("spouse")], marriage={"spouse": "spouse", "ended_on": "2025-05-12"})
    assert standings(found)["spouse"] == (False, "marriage_over")
    assert standings(put(found, "marriage.ended_on", "2025-05-13"))["spouse"] == (True, "counts")
    assert standings(put(found, "marriage", {"spouse": "spouse"}))["spouse"] == (True, "counts")
    assert standings(put(found, "marriage", {"spouse": "spouse", "ended_by": "death"}))["spouse"] == (
        False,
        "marriage_over",
    )
    former = {"spouse": "former", "ended_on": "2020-01-01"}
    family = [person("spouse"), person("former", relation="other")]
    assert standings(dossier(family=family, marriage=former))["spouse"] == (True, "counts")


@pytest.mark.parametrize(
    ("member", "standing"),
    [
        (person("spouse", co_resident_from="2024-05-12"), (True, "counts")),
        (person("child", co_resident_from="2024-05-12", birth_date="1990-01-01"), (True, "counts")),
        (person("father", co_resident_from="2024-05-12"), (True, "counts")),
        (person("mother", co_resident_from="2024-05-12"), (True, "counts")),
        (person("mother", shares_livelihood=ABSENT), (True, "counts")),
        (person("mother", shares_livelihood=False), (False, "separate")),
        (person("mother", co_resident_from="2024-05-13"), (False, "too_short")),
        (person("mother", co_resident_from="2025-05-13"), (False, "too_short")),
        (person("mother", co_resident_from=ABSENT), (None, "open")),
        (person("grandparent"), (False, "relation")),
    ],
)
def test_those_who_live_a_year_with_one_born_in_korea_count(
    member: dict[str, Any], standing: tuple[bool | None, str]
) -> None:
    assert standings(dossier("f58-deposit", family=[member]))[member["ref"]] == standing


@pytest.mark.parametrize(
    "relation",
    ["spouse", "child", "father", "mother", "grandparent", "grandchild", "spouse_father", "spouse_mother"],
)
def test_the_kin_of_a_marriage_migrant_count_after_a_year_together(relation: str) -> None:
    found = dossier("f52-married-meets-all")
    found["family"] = [person("kin", relation=relation, co_resident_from="2024-05-12")]
    assert standings(found)["kin"] == (True, "counts")
    found["family"] = [person("kin", relation=relation, co_resident_from="2024-05-13")]
    assert standings(found)["kin"] == (False, "too_short")
    found["family"] = [person("kin", relation="sibling")]
    assert standings(found)["kin"] == (False, "relation")


@pytest.mark.parametrize("relation", ["spouse", "child", "father", "mother"])
def test_close_family_in_the_home_raises_the_standard_of_one_born_in_korea(relation: str) -> None:
    family = [person(ref, relation=kind) for ref, kind in (("a", relation), ("b", "child"), ("c", "father"))]
    found = dossier("f58-deposit", family=family, income=[income(34_968_500)])
    assert outcome(found, INCOME) == "not_met"
    assert outcome(put(found, "family.0.relation", "sibling"), INCOME) == "met"
    assert outcome(put(found, "family.0.relation", "grandparent"), INCOME) == "met"


@pytest.mark.parametrize(("birth", "asked"), [("2006-05-12", "not_met"), ("2006-05-13", None)])
def test_half_the_standard_is_asked_of_applicants_from_nineteen(birth: str, asked: str | None) -> None:
    found = dossier(family=[person("spouse")], income=[income(1), income(TWICE_GNI, "spouse")])
    assert outcome(put(found, "applicant.birth_date", birth), OWN) == asked


def test_the_own_half_of_assets_is_open_without_the_debts_and_fails_below_it_anyway() -> None:
    half = MEAN_AND_A_HALF // 2
    rows = [asset(half), asset(half, "spouse")]
    found = dossier(family=[person("spouse")], income=[], assets=rows, liabilities=[])
    assert outcome(found, OWN) == "met"
    assert outcome(put(found, "assets.0.value", half - 1), OWN) == "not_met"
    found = dossier(family=[person("spouse")], income=[], assets=[asset(10**9)], liabilities=ABSENT)
    assert outcome(found, ASSETS) == "unknown"
    assert outcome(found, OWN) == "unknown"
    assert finding(found, OWN).finding.values == {"facts": ["liabilities"]}
    too_little = put(found, "assets", [asset(1), asset(10**9, "spouse")])
    assert outcome(too_little, ASSETS) == "unknown"
    assert outcome(too_little, OWN) == "not_met"


def test_the_area_hangs_on_the_assets_where_they_are_the_better_alternative() -> None:
    found = dossier(income=[income(1)], assets=ABSENT, applicant__raises_minor_children=True)
    assert (outcome(found, INCOME), outcome(found, ASSETS)) == ("not_met", "unknown")
    assert area(found, "livelihood") == "unknown"


def test_the_area_hangs_on_the_real_assets_where_they_are_the_better_alternative() -> None:
    found = dossier("f58-deposit", income=[income(1)], assets=ABSENT, applicant__raises_minor_children=True)
    assert (outcome(found, INCOME), outcome(found, ASSETS)) == ("not_met", "unknown")
    assert area(found, "livelihood") == "unknown"


@pytest.mark.parametrize("day", ["2025-05-13", "2030-01-01"])
def test_what_is_bought_after_the_application_counts_for_nothing(day: str) -> None:
    rich = asset(10**9, acquired_on=day)
    assert outcome(dossier(assets=[rich], liabilities=[]), ASSETS) == "not_met"
    small = asset(REAL_ASSETS, acquired_on="2020-01-01")
    found = dossier("f58-deposit", assets=[asset(1, kind="fund"), rich, small])
    assert outcome(found, ASSETS) == "met"
    assert outcome(put(found, "assets", [rich]), ASSETS) == "not_met"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([asset(REAL_ASSETS - 1), asset(1, "ghost")], "unknown"),
        ([asset(REAL_ASSETS), asset(1, "ghost")], "met"),
        ([asset(REAL_ASSETS - 2), asset(1, "ghost")], "not_met"),
        ([asset(0), asset(REAL_ASSETS)], "met"),
        ([asset(0), asset(REAL_ASSETS - 1)], "not_met"),
        ([asset(0, acquired_on=ABSENT), asset(REAL_ASSETS - 1)], "not_met"),
    ],
)
def test_real_assets_are_added_to_the_won(rows: list[dict[str, Any]], expected: str) -> None:
    assert outcome(dossier("f58-deposit", assets=rows), ASSETS) == expected


@pytest.mark.parametrize(
    ("rows", "debts", "expected"),
    [
        ([asset(0), asset(MEAN_AND_A_HALF)], [], "met"),
        ([asset(0), asset(MEAN_AND_A_HALF - 1)], [], "not_met"),
        ([asset(MEAN_AND_A_HALF)], [{"owner": "applicant", "amount": 0}], "met"),
        ([asset(MEAN_AND_A_HALF - 1)], [{"owner": "applicant", "amount": 0}], "not_met"),
        ([asset(MEAN_AND_A_HALF), asset(5, "ghost")], [], "met"),
        ([asset(MEAN_AND_A_HALF)], [{"owner": "ghost", "amount": 1}], "unknown"),
        ([asset(MEAN_AND_A_HALF - 1)], [{"owner": "ghost", "amount": 1}], "not_met"),
        ([asset(MEAN_AND_A_HALF - 1), asset(1, "ghost")], [], "unknown"),
    ],
)
def test_net_assets_are_added_to_the_won(
    rows: list[dict[str, Any]], debts: list[dict[str, Any]], expected: str
) -> None:
    found = put(dossier(assets=rows, liabilities=debts), "family", ABSENT)
    assert outcome(found, ASSETS) == expected


def test_income_of_nothing_adds_nothing() -> None:
    for amount, expected in ((TWICE_GNI - 1, "not_met"), (TWICE_GNI, "met")):
        assert outcome(dossier(income=[income(0), income(amount)]), INCOME) == expected


@pytest.mark.parametrize("case", ["f51-meets-all", "f513-pension"])
def test_the_years_whose_figure_could_serve_are_named_where_none_is_on_file(case: str) -> None:
    found = dossier(case, application__received_on="2035-05-12")
    criterion = INCOME if case == "f51-meets-all" else "livelihood.pension"
    values = finding(found, criterion).finding.values
    assert values == {"figure": "gni_per_capita", "years": [2034, 2033]}
    if case == "f51-meets-all":
        assets = finding(found, ASSETS).finding.values
        assert assets == {"figure": "net_assets_mean", "years": [2034]}


def asked_of(found: Dossier, code: str) -> list[str]:
    """Whose document of that code is asked for, as the sheet of documents shows it."""
    sheet = finding(found, "documents.submitted").sheet
    assert sheet is not None
    return [row["person"] for row in sheet["rows"] if row["asked"] == [f"document:{code}"]]


EARNERS = [person("spouse"), person("father")]


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([income(TWICE_GNI)], ["applicant"]),
        ([income(TWICE_GNI), income(1, "spouse")], ["applicant", "spouse"]),
        ([income(TWICE_GNI), income(0, "spouse")], ["applicant"]),
        ([income(TWICE_GNI), income(5, "spouse", year=2023)], ["applicant"]),
        ([income(TWICE_GNI), income(5, "spouse", taxed=False)], ["applicant"]),
        ([income(TWICE_GNI), income(5, "spouse", taxed=ABSENT)], ["applicant"]),
        ([income(TWICE_GNI), income(5, "ghost")], ["applicant"]),
        ([income(TWICE_GNI, "spouse"), income(5, "father")], ["father", "spouse"]),
        ([], ["applicant"]),
        (ABSENT, ["applicant"]),
    ],
)
def test_proof_of_income_is_asked_of_each_whose_income_was_counted(rows: Any, people: list[str]) -> None:
    found = put(dossier(family=EARNERS), "income", rows)
    assert asked_of(found, "common-07") == people
    assert asked_of(found, "common-08") == people


@pytest.mark.parametrize(
    ("more", "people"),
    [
        (asset(1, "spouse"), ["applicant", "spouse"]),
        (asset(0, "spouse"), ["applicant"]),
        (asset(5, "spouse", acquired_on="2024-11-12"), ["applicant", "spouse"]),
        (asset(5, "spouse", acquired_on="2024-11-13"), ["applicant"]),
        (asset(5, "spouse", acquired_on=ABSENT), ["applicant"]),
        (asset(5, "spouse", acquired_on="2025-05-13"), ["applicant"]),
        (asset(5, "spouse", kind="fund"), ["applicant", "spouse"]),
        (asset(5, "ghost"), ["applicant"]),
    ],
)
def test_proof_is_asked_of_each_whose_assets_were_counted_where_assets_carry(
    more: dict[str, Any], people: list[str]
) -> None:
    found = dossier(family=EARNERS, income=[], assets=[asset(MEAN_AND_A_HALF), more], liabilities=[])
    assert asked_of(found, "common-07") == people
    assert asked_of(found, "common-08") == []


@pytest.mark.parametrize(
    ("more", "people"),
    [
        (asset(1, "spouse"), ["applicant", "spouse"]),
        (asset(1, "spouse", "rental_deposit"), ["applicant", "spouse"]),
        (asset(1, "spouse", "fund"), ["applicant"]),
        (asset(1, "spouse", acquired_on="2024-05-12"), ["applicant", "spouse"]),
        (asset(1, "spouse", acquired_on="2024-05-13"), ["applicant"]),
    ],
)
def test_proof_is_asked_of_the_owners_of_real_assets_held_a_year(
    more: dict[str, Any], people: list[str]
) -> None:
    found = dossier("f58-deposit", family=EARNERS, income=[], assets=[asset(REAL_ASSETS), more])
    assert asked_of(found, "common-07") == people


def test_a_standard_is_the_least_whole_amount_that_reaches_the_product() -> None:
    assert [times(amount, Decimal("0.7")) for amount in (10, 11, 12)] == [7, 8, 9]
    assert [half(amount) for amount in (10, 11)] == [5, 6]


UNDATED = asset(MEAN_AND_A_HALF, acquired_on=ABSENT)


@pytest.mark.parametrize(
    ("vector", "changes"),
    [
        ("f51-meets-all", {"income": ABSENT, "assets": []}),
        ("f51-meets-all", {"income": [], "assets": [UNDATED]}),
        ("f51-meets-all", {"income": ABSENT, "assets": [], "application.received_on": "2035-05-12"}),
        ("f51-meets-all", {"income": [income(1, year=2034)], "application.received_on": "2035-05-12"}),
        ("f52-married-meets-all", {"income": [], "application.received_on": "2024-05-12"}),
        ("f510-meets-all", {"income": ABSENT}),
        ("f513-pension", {"pension": ABSENT}),
        ("f58-deposit", {"income": ABSENT, "assets": []}),
        ("f58-deposit", {"income": [], "assets": ABSENT}),
        ("f58-deposit", {"income": [], "assets": [asset(REAL_ASSETS, acquired_on=ABSENT)]}),
    ],
)
def test_an_open_alternative_leaves_the_area_open_where_no_other_is_met(
    vector: str, changes: dict[str, Any]
) -> None:
    found = dossier(vector, **changes, applicant__raises_minor_children=True)
    assert outcome(found, "livelihood.public_dues") == "met"
    assert outcome(found, OWN) is None
    assert area(found, "livelihood") == "unknown"


def test_the_first_year_of_the_calendar_has_no_year_before_it() -> None:
    found = dossier(
        application__received_on="0001-05-12",
        family=[person("spouse")],
        income=[income(1, year=1)],
        assets=[asset(1, "spouse")],
    )
    assert "fault" not in {finding(found, name).finding.key for name in (INCOME, ASSETS)}


def test_what_has_no_date_is_shown_in_the_most_that_may_count() -> None:
    found = dossier(assets=[asset(MEAN_AND_A_HALF - 1), asset(2, acquired_on=ABSENT)])
    shown = finding(found, ASSETS).finding.values
    assert (shown["amount"], shown["most"]) == (MEAN_AND_A_HALF - 1, MEAN_AND_A_HALF + 1)


OPEN = person("spouse", shares_livelihood=ABSENT)


def test_income_of_a_person_whose_part_is_open_is_shown_in_the_most_that_may_count() -> None:
    shown = finding(dossier(family=[OPEN], income=[income(7, "spouse")]), INCOME).finding.values
    assert (shown["amount"], shown["most"]) == (0, 7)


def test_income_of_a_person_whose_part_is_open_leaves_open_what_judgement_would_add_it_to() -> None:
    untaxed = income(TWICE_GNI - 1, taxed=False, non_taxable=True)
    found = dossier(family=[OPEN], income=[untaxed, income(1, "spouse")])
    assert outcome(found, INCOME) == "unknown"


def test_income_of_somebody_who_does_not_count_leaves_that_after_it_alone() -> None:
    found = dossier(family=[person("sibling")], income=[income(1, "sibling"), income(TWICE_GNI)])
    assert outcome(found, INCOME) == "met"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([asset(MEAN_AND_A_HALF)], "not_met"),
        ([asset(MEAN_AND_A_HALF + 1)], "met"),
        ([asset(MEAN_AND_A_HALF - 1), asset(2, acquired_on=ABSENT)], "unknown"),
        ([asset(MEAN_AND_A_HALF - 1), asset(1, acquired_on=ABSENT)], "not_met"),
    ],
)
def test_the_debt_of_a_spouse_without_assets_is_deducted(rows: list[dict[str, Any]], expected: str) -> None:
    debts = [{"owner": "spouse", "amount": 1}]
    found = dossier(family=[person("spouse")], assets=rows, liabilities=debts)
    assert outcome(found, ASSETS) == expected


def test_the_release_of_a_graduate_carries_the_area_without_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    degree = {"level": "master", "country": "KOR", "regular_course": True, "programme": "GKS"}
    assert area(dossier(application__category="F-5-9", education=[degree]), "livelihood") == "exempt"
    assert not caplog.records
