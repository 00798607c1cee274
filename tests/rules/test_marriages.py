"""Marriages: what is named where they are too short, not kept, over or not established."""

from typing import Any

import pytest

from kis.rules import Finding
from tests.rules.cases import ABSENT, dossier, finding, put
from tests.rules.readings.reading import BASES, Reading

MARRIAGE = "eligibility.marriage"


def of_investor(**changes: Any) -> Finding:
    """The marriage of a tourism investor's spouse, which must have lasted two years."""
    assert "f519" in BASES
    known = {"spouse": "spouse", "registered_on": "2020-01-01", "maintained": True} | changes
    facts = {name: fact for name, fact in known.items() if fact is not ABSENT}
    return finding(Reading("", "f519", {"marriage": facts}, {}).dossier(), MARRIAGE)


def test_a_marriage_that_is_too_short_names_the_day_on_which_it_is_long_enough() -> None:
    shown = of_investor(registered_on="2023-05-13")
    assert (shown.outcome, shown.key) == ("not_met", "marriage.too_short")
    assert shown.remedy is not None
    assert (shown.remedy.key, shown.remedy.values) == ("settle.marriage_from", {"full": "2025-05-13"})
    assert of_investor(registered_on="2023-05-12").outcome == "met"


def test_a_marriage_that_is_long_enough_but_not_kept_names_no_day() -> None:
    shown = of_investor(maintained=False)
    assert (shown.outcome, shown.key) == ("not_met", "marriage.not_kept")
    assert shown.remedy is None or shown.remedy.key != "settle.marriage_from"


@pytest.mark.parametrize("field", ["registered_on", "maintained"])
def test_of_a_marriage_only_what_is_open_is_named(field: str) -> None:
    shown = of_investor(**{field: ABSENT})
    assert (shown.outcome, shown.finding.values) == ("unknown", {"facts": [f"marriage.{field}"]})


def test_the_nationality_of_the_spouse_is_named_where_only_it_is_open() -> None:
    found = put(dossier("f52-married-meets-all"), "family.0.nationality", ABSENT)
    assert finding(found, MARRIAGE).finding.values == {"facts": ["family.nationality"]}


def test_a_common_law_marriage_is_named() -> None:
    shown = finding(dossier("f52-married-meets-all", applicant__marital_status="common_law"), MARRIAGE)
    assert (shown.key, shown.finding.values) == ("marriage.status", {"status": "marital:common_law"})


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({}, ["marriage.ended_by", "marriage.fault"]),
        ({"ended_by": "divorce"}, ["marriage.fault"]),
    ],
)
def test_how_a_marriage_ended_is_named_where_it_is_open(facts: dict[str, str], named: list[str]) -> None:
    found = dossier("f52-married-meets-all", application__route="marriage_ended", marriage=facts)
    assert finding(found, "eligibility.marriage_end").finding.values == {"facts": named}


def test_a_marriage_that_ends_later_is_not_over() -> None:
    facts = {"ended_on": "2025-05-13", "ended_by": "divorce", "fault": "korean_spouse"}
    found = dossier("f52-married-meets-all", application__route="marriage_ended", marriage=facts)
    shown = finding(found, "eligibility.marriage_end")
    assert (shown.outcome, shown.key) == ("not_met", "marriage_end.not_yet")


@pytest.mark.parametrize("named", ["spouse", ABSENT])
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "met"),
        ({"relation": "common_law_spouse"}, "not_met"),
        ({"deceased": True}, "not_met"),
        ({"deceased": False}, "met"),
    ],
)
def test_the_family_must_list_a_living_lawful_spouse_also_where_the_marriage_names_nobody(
    named: Any, facts: dict[str, Any], expected: str
) -> None:
    found = put(dossier("f54-sponsor-two-years"), "marriage.spouse", named)
    found["family"][0].update(facts)
    assert finding(found, MARRIAGE).outcome == expected


@pytest.mark.parametrize(("family", "expected"), [([], "not_met"), (ABSENT, "met")])
def test_a_family_without_a_spouse_is_not_a_family_that_is_not_established(
    family: Any, expected: str
) -> None:
    found = put(dossier("f54-sponsor-two-years", family=family), "marriage.spouse", ABSENT)
    assert finding(found, MARRIAGE).outcome == expected
