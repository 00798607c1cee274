"""Contradictions of a dossier: where each stands, what it says, and which entries it puts in doubt."""

from typing import Any

import pytest

from kis.rules.contradictions import contradictions, in_doubt, touching
from tests.rules.cases import dossier, put

REVERSED = "The period ends on 2024-01-01, before it begins on 2024-01-02."


def shown(found: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.place, one.message.in_language("en"), one.doubtful) for one in contradictions(found)]


@pytest.mark.parametrize(
    ("section", "facts"),
    [
        ("stays", {"status": "F-2"}),
        ("abroad", {"country": "JPN"}),
        ("employment", {}),
        ("investments", {"scheme": "pledged"}),
        ("trips", {}),
        ("employees", {"ref": "worker"}),
    ],
)
def test_a_period_of_any_section_may_end_on_its_first_day_and_not_before(
    section: str, facts: dict[str, Any]
) -> None:
    for end in (None, "2024-01-02", "2024-01-03"):
        assert shown(dossier(**{section: [{**facts, "from": "2024-01-02", "to": end}]})) == []
    backwards = [{**facts, "from": "2024-01-02", "to": "2024-01-01"}]
    expected = [(f"{section}[0].to", REVERSED, (f"{section}[0]",))]
    assert shown(dossier(**{section: backwards})) == expected


def test_a_lapse_of_an_investment_may_end_on_its_first_day_and_not_before() -> None:
    def lapsed(end: str) -> dict[str, Any]:
        lapses = [{"from": "2023-01-01", "to": "2023-02-01"}, {"from": "2024-01-02", "to": end}]
        kept = {"scheme": "pledged", "from": "2022-01-01"}
        return dossier(investments=[kept, {**kept, "lapses": lapses}])

    assert shown(lapsed("2024-01-02")) == []
    assert shown(lapsed("2024-01-01")) == [("investments[1].lapses[1].to", REVERSED, ("investments[1]",))]


def stay(start: str, end: str | None) -> dict[str, Any]:
    return {"status": "F-2", "from": start, "to": end}


def overlaps(*stays: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    found = dossier(stays=list(stays))
    assert all(one.is_overlap for one in contradictions(found))
    return shown(found)


def test_a_stay_may_begin_on_the_last_day_of_the_one_before_it_and_not_earlier() -> None:
    assert overlaps(stay("2020-01-01", "2022-01-01"), stay("2022-01-01", None)) == []
    expected = [("stays[1]", "This stay overlaps stays[0].", ("stays[1]", "stays[0]"))]
    assert overlaps(stay("2020-01-01", "2022-01-02"), stay("2022-01-01", None)) == expected
    assert overlaps(stay("2020-01-01", None), stay("2022-01-01", None)) == expected


def test_an_overlap_is_found_whatever_the_order_of_the_stays() -> None:
    expected = [("stays[0]", "This stay overlaps stays[1].", ("stays[0]", "stays[1]"))]
    assert overlaps(stay("2022-01-01", None), stay("2020-01-01", "2022-01-02")) == expected
    assert overlaps(stay("2020-01-01", None), stay("2020-01-01", "2022-01-02")) == expected


def test_a_long_stay_overlaps_each_stay_inside_of_it() -> None:
    inside = stay("2020-02-01", "2020-03-01"), stay("2021-02-01", "2021-03-01")
    found = overlaps(stay("2020-01-01", "2022-01-01"), *inside, stay("2022-01-01", None))
    assert [doubtful for _place, _said, doubtful in found] == [
        ("stays[1]", "stays[0]"),
        ("stays[2]", "stays[0]"),
    ]


def test_of_two_overlapping_stays_the_one_that_lasts_longer_reaches_into_the_next() -> None:
    found = overlaps(
        stay("2020-01-01", "2021-01-01"), stay("2020-06-01", "2022-01-02"), stay("2022-01-01", None)
    )
    assert [doubtful for _place, _said, doubtful in found] == [
        ("stays[1]", "stays[0]"),
        ("stays[2]", "stays[1]"),
    ]


def test_of_two_stays_that_end_on_one_day_the_one_that_began_first_is_named() -> None:
    found = overlaps(
        stay("2020-01-01", "2022-01-02"), stay("2021-01-01", "2022-01-02"), stay("2022-01-01", None)
    )
    assert [doubtful for _place, _said, doubtful in found] == [
        ("stays[1]", "stays[0]"),
        ("stays[2]", "stays[0]"),
    ]


def test_a_stay_overlaps_only_if_it_has_begun_on_the_day_of_application() -> None:
    open_ended = stay("2020-01-01", None)
    assert overlaps(open_ended, stay("2025-05-13", None)) == []
    assert len(overlaps(open_ended, stay("2025-05-12", None))) == 1


@pytest.mark.parametrize(
    ("section", "field", "facts"),
    [
        ("income", "earner", {"year": 2024, "amount": 1}),
        ("assets", "owner", {"kind": "fund", "value": 1}),
        ("liabilities", "owner", {"amount": 1}),
        ("arrears", "person", {"kind": "fine"}),
        ("documents", "person", {"code": "common-01"}),
    ],
)
def test_whoever_an_entry_names_is_the_applicant_or_of_the_family(
    section: str, field: str, facts: dict[str, Any]
) -> None:
    family = [{"ref": "wife", "relation": "spouse"}]
    rows = [{**facts, field: person} for person in ("applicant", "wife", "ghost")]
    found = dossier(**{"family": family, section: rows})
    said = "No family member has the reference “ghost”."
    assert shown(found) == [(f"{section}[2].{field}", said, ())]
    # Without a family on record nobody can be missed.
    assert shown({name: part for name, part in found.items() if name != "family"}) == []


def test_a_document_of_nobody_in_particular_is_the_applicants() -> None:
    assert shown(dossier(documents=[{"code": "common-01"}])) == []


def test_the_spouse_of_the_marriage_on_record_is_of_the_family() -> None:
    found = dossier(family=[{"ref": "wife", "relation": "spouse"}], marriage={"spouse": "ghost"})
    said = "No family member has the reference “ghost”."
    assert shown(found) == [("marriage.spouse", said, ("marriage.spouse",))]
    assert shown(put(found, "marriage.spouse", "wife")) == []


def test_a_reference_is_of_one_family_member_and_never_of_the_applicant() -> None:
    family = [{"ref": ref, "relation": "child"} for ref in ("a", "b", "a")]
    said = "The reference “{}” must be of one family member only."
    assert shown(dossier(family=family)) == [
        (f"family[{place}].ref", said.format("a"), (f"family[{place}]",)) for place in (0, 2)
    ]
    family = [{"ref": ref, "relation": "child"} for ref in ("a", "applicant")]
    assert shown(dossier(family=family)) == [("family[1].ref", said.format("the applicant"), ("family[1]",))]


def test_a_second_spouse_is_named_beside_the_first() -> None:
    family = [{"ref": ref, "relation": relation} for ref, relation in (("a", "child"), ("b", "spouse"))]
    family.append({"ref": "c", "relation": "spouse"})
    said = "A second spouse is listed beside family[1]."
    assert shown(dossier(family=family)) == [("family[2].relation", said, ("family[1]", "family[2]"))]
    # That the marriage on record has not ended makes nobody a former spouse.
    assert len(shown(dossier(family=family, marriage={"spouse": "b"}))) == 1
    assert len(shown(dossier(family=family, marriage={"spouse": "a", "ended_by": "divorce"}))) == 1


def test_one_is_born_at_the_latest_on_the_day_of_application() -> None:
    def born(day: str) -> dict[str, Any]:
        return dossier(applicant__birth_date=day, applicant__first_entry_on=day)

    assert shown(born("2025-05-12")) == []
    said = "The birth date 2025-05-13 lies after the application of 2025-05-12."
    place = "applicant.birth_date"
    assert shown(born("2025-05-13")) == [(place, said, (place,))]


def test_one_enters_at_the_earliest_on_the_day_of_birth() -> None:
    place = "applicant.first_entry_on"
    assert shown(dossier(applicant__first_entry_on="1988-07-14")) == []
    said = "1988-07-13 lies before the birth date 1988-07-14."
    assert shown(dossier(applicant__first_entry_on="1988-07-13")) == [(place, said, (place,))]


def test_a_marriage_may_end_on_the_day_it_is_registered_and_not_before() -> None:
    marriage = {"registered_on": "2024-01-02", "ended_on": "2024-01-02"}
    assert shown(dossier(marriage=marriage)) == []
    assert shown(dossier(marriage={"ended_on": "2024-01-01"})) == []
    marriage["ended_on"] = "2024-01-01"
    assert shown(dossier(marriage=marriage)) == [("marriage.ended_on", REVERSED, ("marriage",))]


def test_a_term_of_imprisonment_does_not_end_before_the_sentence() -> None:
    row = {"country": "KOR", "sentence": "imprisonment", "offence": "other", "sentenced_on": "2010-01-02"}
    said = "The sentence is completed on 2010-01-01, before it was passed on 2010-01-02."
    expected = [("criminal_record[0].completed_on", said, ("criminal_record[0]",))]
    assert shown(dossier(criminal_record=[{**row, "completed_on": "2010-01-01"}])) == expected
    assert shown(dossier(criminal_record=[{**row, "completed_on": "2010-01-02"}])) == []
    assert shown(dossier(criminal_record=[row])) == []
    del row["sentenced_on"]
    assert shown(dossier(criminal_record=[{**row, "completed_on": "2010-01-01"}])) == []


def test_a_fine_may_be_paid_before_the_judgment() -> None:
    row = {"country": "KOR", "sentence": "fine", "offence": "other", "sentenced_on": "2010-01-02"}
    assert shown(dossier(criminal_record=[{**row, "completed_on": "2010-01-01"}])) == []


def test_a_year_of_business_is_given_once() -> None:
    results = [{"year": 2024}, {"year": 2022}, {"year": 2023}, {"year": 2024}]
    said = "The year 2024 is given twice, also at business_results[0]."
    assert shown(dossier(business_results=results)) == [
        ("business_results[3]", said, ("business_results[3]", "business_results[0]"))
    ]
    assert shown(dossier(business_results=results[:3])) == []


def test_what_stands_below_a_doubtful_entry_is_in_doubt_with_it() -> None:
    found = dossier(stays=[stay("2020-01-01", "2022-01-02"), stay("2022-01-01", None)])
    doubt = in_doubt(contradictions(found))
    assert [
        len(list(touching(doubt, [path]))) for path in ("stays[0]", "stays[1].from", "stays", "trips")
    ] == [
        1,
        1,
        0,
        0,
    ]
