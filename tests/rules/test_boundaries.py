"""Cases on boundaries that reading the rules again turned up, each with what the rule says of it."""

from typing import Any

import pytest

from kis.rules import procedure
from kis.rules.f5.conduct import is_barred_entry
from tests.rules.cases import ABSENT, area, dossier, finding, outcome, put


@pytest.mark.parametrize(
    ("articles", "barring"),
    [
        (["7(1)"], True),
        (["Article 12 (2)"], True),
        (["Immigration Act Art. 7(4)"], True),
        (["18(1), 7(1)"], True),
        (["제7조제1항"], True),
        (["출입국관리법 제7조 제4항, 제18조 제1항"], True),
        (["7(2)", "12(3)"], False),
        (["12-2(1)"], False),
        (["제12조의2제1항"], False),
        (["18(1)7"], False),
        (["제18조제1항제7호"], False),
        (["107(1)"], False),
        ([], False),
        (["7"], None),
        (["제12조"], None),
        (["illegal entry"], None),
        (["18(1)", "see file"], None),
    ],
)
def test_the_article_of_a_violation_is_read_however_it_is_cited(
    articles: list[str], barring: bool | None
) -> None:
    assert is_barred_entry(articles) is barring


def test_a_citation_that_names_no_article_leaves_the_entry_open_while_it_could_bar() -> None:
    def violated(on: str) -> str | None:
        row = {"on": on, "articles": ["see file"], "penalty": "warning"}
        return outcome(dossier(immigration_violations=[row]), "conduct.entry_violation")

    assert violated("2020-05-13") == "unknown"
    assert violated("2020-05-12") == "met"


def test_a_term_that_ends_before_it_was_passed_settles_nothing() -> None:
    row = {"country": "KOR", "sentence": "imprisonment", "offence": "other"}
    row |= {"sentenced_on": "2024-03-01", "completed_on": "2015-03-01"}
    assert outcome(dossier(criminal_record=[row]), "conduct.imprisonment") == "unknown"
    row |= {"sentence": "fine"}
    assert outcome(dossier(criminal_record=[row]), "conduct.fine") == "met"


def employed(*contracts: tuple[str, str | None], **facts: Any) -> dict[str, Any]:
    """F-5-5 with four employees that count and a fifth under these contracts."""
    found = dossier("f55-meets-all")
    row = {
        "ref": "fifth",
        "nationality": "KOR",
        "full_time_permanent": True,
        "direct_contract": True,
        **facts,
    }
    found["employees"] = found["employees"][:4] + [
        row | {"from": start, "to": end} for start, end in contracts
    ]
    return found


@pytest.mark.parametrize(
    ("contracts", "expected"),
    [
        ([("2024-11-12", None)], "met"),
        ([("2024-11-13", None)], "not_met"),
        ([("2024-11-12", "2025-05-12")], "met"),
        ([("2024-11-12", "2025-05-11")], "not_met"),
        ([("2024-06-01", "2024-12-31"), ("2025-01-01", None)], "met"),
        ([("2024-06-01", "2024-12-31"), ("2025-01-02", None)], "not_met"),
        ([("2024-11-13", "2024-12-31"), ("2025-01-01", None)], "not_met"),
    ],
)
def test_contracts_that_touch_are_one_employment(
    contracts: list[tuple[str, str | None]], expected: str
) -> None:
    assert outcome(employed(*contracts), "eligibility.korean_employees") == expected


def test_an_earlier_contract_counts_only_as_far_as_it_fits() -> None:
    found = employed(("2024-06-01", "2024-12-31"), ("2025-01-01", None))
    found["employees"][4]["full_time_permanent"] = False
    assert outcome(found, "eligibility.korean_employees") == "not_met"
    del found["employees"][4]["full_time_permanent"]
    shown = finding(found, "eligibility.korean_employees")
    assert shown.outcome == "unknown"
    assert "employees[4].full_time_permanent" in shown.finding.values["facts"]


MEAN, MEDIAN, GNI = 448_940_000, 240_000_000, 49_955_000


def owning(number: int, value: int, **changes: Any) -> dict[str, Any]:
    """Someone without income who owns so much, held since long."""
    row = {"owner": "applicant", "kind": "real_estate", "value": value, "acquired_on": "2020-01-01"}
    return dossier(application__category=f"F-5-{number}", income=[], assets=[row], **changes)


@pytest.mark.parametrize(
    ("number", "standard"),
    [
        (1, 673_410_000),
        (2, MEDIAN),
        (4, MEAN),
        (8, 60_000_000),
        (9, MEAN),
        (15, MEAN),
        (16, 673_410_000),
        (18, MEAN),
        (26, 673_410_000),
    ],
)
def test_the_assets_that_each_category_asks_for_to_the_won(number: int, standard: int) -> None:
    assert area(owning(number, standard), "livelihood") == "met"
    assert area(owning(number, standard - 1), "livelihood") == "not_met"
    assert outcome(owning(number, standard - 1), "livelihood.assets") == "not_met"


@pytest.mark.parametrize(
    ("number", "standard"),
    [
        (1, 2 * GNI),
        (2, GNI),
        (4, GNI),
        (8, 34_968_500),
        (9, GNI),
        (10, GNI),
        (15, GNI),
        (16, 2 * GNI),
        (18, GNI),
        (26, 2 * GNI),
    ],
)
def test_the_income_that_each_category_asks_for_to_the_won(number: int, standard: int) -> None:
    def earning(amount: int) -> str | None:
        row = {"earner": "applicant", "year": 2024, "amount": amount, "taxed": True}
        found = dossier(application__category=f"F-5-{number}", income=[row], assets=[])
        return area(found, "livelihood")

    assert earning(standard) == "met"
    assert earning(standard - 1) == "not_met"


CATEGORIES = procedure("permanent-residence").categories
ASKING_FOR_STAYS = [
    (code, route)
    for code, category in CATEGORIES.items()
    if any(one.id == "eligibility.residence" for one in category.criteria)
    for route in category.routes or (None,)
]


@pytest.mark.parametrize(("code", "route"), ASKING_FOR_STAYS)
def test_no_stays_on_record_leave_residence_open_and_an_empty_record_fails_it(
    code: str, route: str | None
) -> None:
    found = dossier(application__category=code, stays=ABSENT, applicant__current_status=ABSENT)
    if route:
        found["application"]["route"] = route
    assert outcome(found, "eligibility.residence") == "unknown"
    assert outcome(put(found, "stays", []), "eligibility.residence") == "not_met"


@pytest.mark.parametrize("code", [code for code, one in CATEGORIES.items() if "spouse" in one.routes])
def test_the_present_status_is_open_where_neither_a_stay_nor_a_statement_tells_it(code: str) -> None:
    found = dossier(application__category=code, stays=ABSENT, applicant__current_status=ABSENT)
    found["application"]["route"] = "spouse"
    assert outcome(found, "eligibility.status") in {"unknown", None}
    assert outcome(found, "eligibility.sponsor") == "not_met"
    assert outcome(put(found, "family", ABSENT), "eligibility.sponsor") == "unknown"


@pytest.mark.parametrize("code", CATEGORIES)
@pytest.mark.parametrize(("held", "expected"), [(False, "met"), (True, "not_met"), (ABSENT, "unknown")])
def test_every_category_asks_for_a_single_nationality(code: str, held: Any, expected: str) -> None:
    found = dossier(application__category=code, applicant__holds_korean_nationality=held)
    assert outcome(found, "eligibility.single_nationality") == expected


@pytest.mark.parametrize(
    ("merit", "expected"),
    [
        ({"relation": "great_grandchild", "domestic_activity_years": 1}, "review"),
        ({"relation": "great_grandchild", "domestic_activity_years": 0.99}, "not_met"),
        ({"relation": "further_descendant", "domestic_activity_years": 5}, "not_met"),
        (
            {"relation": "great_grandchild", "domestic_activity_years": 1, "acknowledged_by_minister": True},
            "met",
        ),
        ({"domestic_activity_years": 1}, "unknown"),
        ({"relation": "child"}, "unknown"),
        (ABSENT, "unknown"),
    ],
)
def test_a_descendant_shows_closeness_and_a_year_of_activity(merit: Any, expected: str) -> None:
    found = dossier(application__category="F-5-12", merit=merit)
    found["application"]["route"] = "merit_descendant"
    assert outcome(found, "eligibility.merit") == expected
