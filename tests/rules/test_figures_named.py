"""A finding names the figures and dates it compared, what was left out, and what is not confirmed."""

from typing import Any

import pytest

from tests.rules.cases import finding, run
from tests.rules.readings.conduct import sentence, violation
from tests.rules.readings.reading import Reading, asset, certificate, employee, income, stay

A = "application.received_on"
PAID = "penalty_payment"
NAMED: list[tuple[str, dict[str, Any], str, tuple[str, ...]]] = [
    ("f51", {}, "livelihood.income", ("112,000,000", "49,955,000", "2024")),
    ("assets", {}, "livelihood.assets", ("673,410,000", "448,940,000", "2024")),
    ("household", {}, "livelihood.own_share", ("60,000,000", "49,955,000")),
    ("f513", {}, "livelihood.pension", ("99,910,000", "49,955,000")),
    ("f58", {}, "livelihood.assets", ("60,000,000",)),
    ("f52", {A: "2024-06-03", "income": [], "assets": [asset(1)]}, "livelihood.assets", ("2023",)),
    (
        "f51",
        {A: "2021-07-01", "income": [income(1, year=2020)]},
        "livelihood.income",
        ("GNI per capita 2020|1인당 국민총소득(GNI) 2020",),
    ),
    ("f51", {"stays": [stay("E-7", "2021-01-01")]}, "eligibility.residence", ("2021", "2026")),
    ("d8", {}, "eligibility.turnover", ("1,000,000,000", "2023", "2024")),
    ("f54", {}, "eligibility.sponsor", ("F-5-1", "2023")),
    ("f55", {}, "eligibility.investment", ("500,000",)),
    ("f55", {"employees": [employee("a")]}, "eligibility.korean_employees", ("1", "5")),
    ("f511", {}, "eligibility.points", ("30", "55")),
    ("f517", {}, "eligibility.investment", ("1,826", "2025")),
    ("f523", {}, "eligibility.domestic_assets", ("300,000,000",)),
    ("f524", {"funding_attracted": 5, "company_capital": 6}, "eligibility.funding", ("11", "300,000,000")),
    ("f525", {}, "eligibility.investment", ("3,000,000,000", "2025")),
    (
        "f525",
        {"investments.0.amount": 2_999_999_999},
        "eligibility.investment",
        ("2,999,999,999", "3,000,000,000", "2025"),
    ),
    ("f525", {"investments.0.five_year_pledge": False}, "eligibility.investment", ("3,000,000,000", "2025")),
    ("f520", {"applicant.birth_date": "2024-08-01"}, "eligibility.filed_in_time", ("2024", "10", "30")),
    ("f520", {}, "eligibility.parents_marriage", ("2020", "2025")),
    (
        "f51",
        {"criminal_record": [sentence("fine", completed_on="2023-06-01")]},
        "conduct.fine",
        ("2023", "2026"),
    ),
    (
        "f51",
        {"immigration_violations": [violation("2024-01-01", PAID, amount=5_000_000)]},
        "conduct.penalty_payment",
        ("5,000,000", "2022"),
    ),
    ("f51", {"immigration_violations": [violation("2026-01-09")]}, "conduct.repeat_violation", ("2026", "9")),
    (
        "f51",
        {"criminal_record_certificates": [certificate(original=False, issued_on="2020-01-01")]},
        "criminal_record.certificate",
        ("Vietnam|베트남", "2020-01-01", "older|경과", "original|원본"),
    ),
    (
        "f51",
        {
            "applicant.nationality": "AUS",
            "criminal_record_certificates": [certificate("AUS", authentication="apostille")],
        },
        "criminal_record.certificate",
        ("Unverified|미확정", "Australia|오스트레일리아"),
    ),
    ("f51", {"applicant.birth_date": "1960-01-01"}, "competency.basic", ("5", "60")),
    (
        "household",
        {"arrears": [{"person": "spouse", "kind": "fine"}]},
        "livelihood.public_dues",
        ("spouse|배우자",),
    ),
    ("f51", {"documents.0.reviewed": False}, "documents.reviewed", ("1", "11")),
]


@pytest.mark.parametrize(("base", "changes", "criterion", "named"), NAMED)
def test_the_sentence_names_what_was_compared(
    base: str, changes: dict[str, Any], criterion: str, named: tuple[str, ...]
) -> None:
    said = finding(Reading("", base, changes, {}).dossier(), criterion).finding
    for place, language in enumerate(("en", "ko")):
        sentence_shown = said.in_language(language)
        wanted = [one.split("|")[place] if "|" in one else one for one in named]
        assert [one for one in wanted if one not in sentence_shown] == []


@pytest.mark.parametrize(
    ("day", "warned"), [("2026-09-17", False), ("2026-09-18", True), ("2025-05-12", False)]
)
def test_a_later_manual_is_warned_of_and_changes_nothing(day: str, warned: bool) -> None:
    found = run(
        Reading("", "f51", {A: day, "income": [income(104_832_000, year=int(day[:4]) - 1)]}, {}).dossier()
    )
    assert bool(found.warnings) is warned
    assert found.edition == "2025-05"
    assert {one.id: one.outcome.value for one in found.criteria}["livelihood.income"] == "met"
