"""Documents: what each application needs, per earner, in date and reviewed."""

from typing import Any

import pytest

from tests.rules.cases import ABSENT, dossier, finding, outcome, put

SUBMITTED = "documents.submitted"
IN_DATE = "documents.in_date"
REVIEWED = "documents.reviewed"
ALWAYS = ["common-01", "common-02", "common-03", "common-04", "common-05", "common-06", "common-15"]
LIVELIHOOD = ["common-07", "common-08"]
COMPETENCY = "one_of_competency"


def asked(found: dict[str, Any]) -> list[str]:
    """The documents named as missing when nothing is handed in."""
    found["documents"] = []
    named = finding(found, SUBMITTED).finding.values["documents"]
    return sorted(" ".join([one[0].removeprefix("document:"), *map(ref_of, one[1:])]) for one in named)


def ref_of(person: str | list[str]) -> str:
    """The reference of a person that a sentence names: the applicant, or [relation, reference]."""
    return person if isinstance(person, str) else person[1]


def applied(number: int, route: str | None = None, **changes: Any) -> dict[str, Any]:
    found = dossier(application__category=f"F-5-{number}", **changes)
    return put(found, "application.route", route) if route else found


OWN = {
    2: ["family-relations"],
    3: ["birth-certificate", "family-relations"],
    4: ["family-relations"],
    5: [
        "company-register",
        "employees-contract",
        "employees-income",
        "employees-insurance",
        "fie-registration",
    ],
    8: ["birth-certificate", "family-register-residents-association"],
    9: ["business-registration", "degree", "employment-and-insurance"],
    10: ["business-registration", "degree", "employment-and-insurance"],
    11: ["achievements"],
    12: ["achievements"],
    13: ["pension"],
    15: ["business-registration", "degree", "employment-and-insurance"],
    16: ["business-registration", "employment-contract"],
    17: ["investment-maintained"],
    18: ["family-relations"],
    19: ["family-relations"],
    20: ["birth-certificate", "family-relations", "nationality-statement", "parent-permanent-residence"],
    21: ["investment-maintained"],
    22: ["family-relations", "investment-maintained"],
    23: ["domestic-assets", "investment-maintained"],
    24: ["company-register", "employees-contract", "employees-income", "employees-insurance", "funding"],
    25: ["investment-deposit", "pledge", "remittance"],
    26: ["appointment", "degree", "research-facility"],
    6: [],
    7: [],
    14: [],
    27: [],
}


@pytest.mark.parametrize("number", OWN)
def test_every_category_asks_for_its_own_documents(number: int) -> None:
    common = {"common-01", "common-02", "common-03", "common-04", "common-05", "common-06", "common-15"}
    if number == 20:
        common.discard("common-03")
    if number in {5, 9, 11, 12, 15}:
        common.discard("common-05")
    if number in {17, 19, 21, 22, 23}:
        common.discard("common-06")
    livelihood = {2, 4, 8, 9, 10, 13, 15, 16, 18, 26}
    earners = ["common-07 applicant", "common-08 applicant"] if number in livelihood else []
    test = [COMPETENCY] if number in {2, 3, 4, 10, 16, 18} else []
    assert asked(applied(number)) == sorted([*common, *OWN[number], *earners, *test])


@pytest.mark.parametrize(
    ("status", "own"),
    [
        ("D-7", "employment-or-dispatch"),
        ("D-8-1", "sales-or-exports"),
        ("D-9-2", "sales-or-exports"),
        ("D-10", "job-offer"),
        ("E-7-1", "degree"),
        ("F-2-7", None),
    ],
)
def test_the_general_resident_hands_in_what_the_present_status_asks(status: str, own: str | None) -> None:
    found = dossier(stays=[{"status": status, "from": "2019-01-01"}])
    specific = {"employment-or-dispatch", "sales-or-exports", "job-offer", "degree"}
    assert specific & set(asked(found)) == ({own} if own else set())


def test_the_route_decides_over_the_proof_of_the_end_of_marriage_and_of_being_single() -> None:
    found = applied(2, "marriage_ended", marriage={"ended_by": "divorce"})
    assert "marriage-end" in asked(found)
    for how in ("death", "disappearance"):
        assert "marriage-end" not in asked(put(found, "marriage.ended_by", how))
    assert "marriage-end" not in asked(applied(2, "married"))
    for number in (19, 22):
        assert "unmarried" in asked(applied(number, "child"))
        assert "unmarried" not in asked(applied(number, "spouse"))


@pytest.mark.parametrize(
    "change",
    [
        "application.obliged_under_article_79",
        "applicant.descends_from_pre_1948_entrant",
        "applicant.descends_from_korean_spouse_of_japanese",
    ],
)
def test_who_needs_no_guarantee(change: str) -> None:
    assert "common-06" not in asked(put(dossier(), change, True))
    assert "common-06" in asked(put(dossier(), change, False))


def test_no_certificate_is_asked_of_the_released_and_of_those_relieved_in_every_country() -> None:
    relief = [{"country": "VNM", "ground": "issuer_restriction", "evidenced": True}]
    assert "common-05" not in asked(dossier(applicant__born_in_korea=True))
    assert "common-05" not in asked(dossier(certificate_relief=relief))
    assert "common-05" in asked(dossier(certificate_relief=relief, abroad=ABSENT))
    japan = [{"country": "JPN", "from": "2022-01-01", "to": "2023-01-01"}]
    assert "common-05" in asked(dossier(certificate_relief=relief, abroad=japan))


def test_a_ground_of_exemption_drops_the_test_also_where_competency_is_met() -> None:
    assert COMPETENCY in asked(dossier())
    assert COMPETENCY not in asked(dossier(korean_schooling={"graduated": True}))


def test_any_one_of_the_four_settles_it_and_topik_only_where_it_counts() -> None:
    for code in ("common-11", "common-12", "common-13", "common-14"):
        found = dossier(documents=[{"code": code, "submitted": True}])
        assert "document:one_of_competency" not in str(finding(found, SUBMITTED).finding.values)
    topik = dossier(documents=[{"code": "topik", "submitted": True}])
    assert "document:one_of_competency" in str(finding(topik, SUBMITTED).finding.values)
    early = put(topik, "application.received_on", "2019-03-31")
    assert "document:one_of_competency" not in str(finding(early, SUBMITTED).finding.values)


SPOUSE = {"ref": "spouse", "relation": "spouse", "co_resident_from": "2020-01-01", "shares_livelihood": True}


def earning(*people: str, **changes: Any) -> dict[str, Any]:
    rows = [{"earner": one, "year": 2024, "amount": 60_000_000, "taxed": True} for one in people]
    mother = {**SPOUSE, "ref": "mother", "relation": "mother"}
    return dossier(income=rows, family=[SPOUSE, mother], assets=[], **changes)


def test_tax_papers_are_counted_by_earner() -> None:
    assert [one for one in asked(earning("applicant", "spouse")) if one.startswith("common-07")] == [
        "common-07 applicant",
        "common-07 spouse",
    ]
    assert "common-08 spouse" in asked(earning("spouse"))
    assert "common-08 applicant" not in asked(earning("spouse"))


def test_a_paper_without_a_person_is_the_applicants_or_the_only_earners() -> None:
    paper = [{"code": "common-07", "submitted": True}]
    lacking = finding({**earning("spouse"), "documents": paper}, SUBMITTED).finding.values["documents"]
    assert ["document:common-07", ["spouse", "spouse"]] not in lacking
    lacking = finding({**earning("applicant", "spouse"), "documents": paper}, SUBMITTED).finding.values[
        "documents"
    ]
    assert ["document:common-07", ["spouse", "spouse"]] in lacking
    assert ["document:common-07", "applicant"] not in lacking
    lacking = finding({**earning("spouse", "mother"), "documents": paper}, SUBMITTED).finding.values[
        "documents"
    ]
    assert ["document:common-07", ["spouse", "spouse"]] in lacking
    assert ["document:common-07", ["mother", "mother"]] in lacking


def test_where_assets_carry_their_owners_show_taxes_and_nobody_income() -> None:
    rows = [
        {"owner": one, "kind": "deposit", "value": 600_000_000, "acquired_on": "2020-01-01"}
        for one in ("applicant", "spouse")
    ]
    found = dossier(assets=rows, income=[], family=[SPOUSE])
    assert {"common-07 applicant", "common-07 spouse"} <= set(asked(found))
    assert not [one for one in asked(found) if one.startswith("common-08")]


def test_the_points_residents_contract_is_not_asked_where_assets_carry() -> None:
    rows = [{"owner": "applicant", "kind": "deposit", "value": 10**9, "acquired_on": "2020-01-01"}]
    assert "employment-contract" not in asked(applied(16, income=[], assets=rows))
    assert "employment-contract" in asked(applied(16))


def paper(code: str, **facts: Any) -> dict[str, Any]:
    return {"code": code, "submitted": True, "reviewed": True, **facts}


def with_papers(*papers: dict[str, Any], name: str = "f51-meets-all") -> dict[str, Any]:
    """The worked dossier with these papers in place of its own of the same codes."""
    found = dossier(name)
    codes = {one["code"] for one in papers}
    found["documents"] = [one for one in found["documents"] if one["code"] not in codes] + list(papers)
    return found


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (paper("common-04", expires_on="2025-05-12"), "met"),
        (paper("common-04", expires_on="2025-05-11"), "not_met"),
        (paper("common-04", issued_on="2020-01-01"), "met"),
        (paper("common-04"), "unknown"),
        (paper("common-05", issued_on="2024-11-12"), "met"),
        (paper("common-05", issued_on="2024-11-11"), "not_met"),
        (paper("common-05", issued_on="2025-05-13"), "not_met"),
        (paper("common-05"), "unknown"),
        ({"code": "common-05", "issued_on": "2025-05-01"}, "unknown"),
        ({"code": "common-05", "submitted": False}, "met"),
        (paper("common-02", expires_on="2020-01-01"), "met"),
    ],
)
def test_documents_whose_date_counts_are_in_date(document: dict[str, Any], expected: str) -> None:
    assert outcome(with_papers(document), IN_DATE) == expected


@pytest.mark.parametrize(
    ("issued", "expected"), [("2025-05-07", "met"), ("2025-05-06", "not_met"), ("2025-05-12", "met")]
)
def test_the_proof_of_investment_is_at_most_five_days_old(issued: str, expected: str) -> None:
    assert (
        outcome(
            with_papers(paper("investment-maintained", issued_on=issued), name="f517-collateral"), IN_DATE
        )
        == expected
    )


def test_absent_documents_are_unknown_and_none_at_all_is_not_met() -> None:
    for name in (SUBMITTED, IN_DATE, REVIEWED):
        assert outcome(put(dossier(), "documents", ABSENT), name) == "unknown"
    assert outcome(put(dossier(), "documents", []), SUBMITTED) == "not_met"
    assert outcome(put(dossier(), "documents", []), REVIEWED) == "met"


def test_a_document_without_the_applicants_mark_is_unknown() -> None:
    assert outcome(with_papers({"code": "degree"}), SUBMITTED) == "unknown"
    assert outcome(with_papers({"code": "degree", "submitted": False}), SUBMITTED) == "not_met"


@pytest.mark.parametrize(("mark", "expected"), [(True, "met"), (False, "unknown"), (ABSENT, "unknown")])
def test_every_required_document_handed_in_needs_the_officers_mark(mark: Any, expected: str) -> None:
    document = {"code": "degree", "submitted": True, **({} if mark is ABSENT else {"reviewed": mark})}
    assert outcome(with_papers(document), REVIEWED) == expected


def test_the_finding_counts_what_is_left_to_review() -> None:
    found = dossier()
    for document in found["documents"][:3]:
        document["reviewed"] = False
    assert finding(found, REVIEWED).finding.values["left"] == 3


def test_a_document_that_is_not_asked_for_needs_no_mark() -> None:
    assert outcome(with_papers({"code": "common-10", "submitted": True}), REVIEWED) == "met"


def test_the_sheet_lists_what_is_asked_whose_it_is_and_whether_it_is_handed_in() -> None:
    found = dossier(
        family=[
            {"ref": "wife", "relation": "spouse", "co_resident_from": "2020-01-01", "shares_livelihood": True}
        ],
        income=[
            {"earner": earner, "year": 2024, "amount": 60_000_000, "taxed": True}
            for earner in ("applicant", "wife")
        ],
        documents=[{"code": "common-01", "submitted": True}, {"code": "common-02"}],
    )
    shown = finding(found, SUBMITTED)
    assert shown.sheet is not None
    assert shown.sheet["kind"] == "documents"
    rows = {
        (*row["asked"], row["person"]): (row["relation"], row["submitted"]) for row in shown.sheet["rows"]
    }
    assert rows["document:common-01", ""] == ("", True)
    assert rows["document:common-02", ""] == ("", None)
    assert rows["document:common-07", "applicant"] == ("applicant", False)
    assert rows["document:common-07", "wife"] == ("spouse", False)
    said = shown.finding.in_language("en")
    assert said.startswith("Not handed in: ")
    assert "(wife)" in said


@pytest.mark.parametrize(
    ("papers", "key", "named"),
    [
        (
            [paper("common-05", issued_on="2024-11-11"), paper("common-04")],
            "documents.out_of_date",
            [["document:common-05", "documents[0]"]],
        ),
        (
            [paper("common-05", issued_on="2024-11-12"), paper("common-04")],
            "documents.undated",
            [["document:common-04", "documents[1]"]],
        ),
        (
            [{"code": "common-04", "submitted": False}, paper("common-05")],
            "documents.undated",
            [["document:common-05", "documents[1]"]],
        ),
    ],
)
def test_documents_out_of_date_are_named_before_those_without_a_date(
    papers: list[dict[str, Any]], key: str, named: list[list[str]]
) -> None:
    shown = finding(dossier(documents=papers), IN_DATE)
    assert shown.finding.key == key
    assert shown.finding.values["documents"] == named
    assert shown.remedy
    assert (shown.remedy.key, shown.remedy.values["documents"]) == ("settle.document_dates", named)


@pytest.mark.parametrize("criterion", [SUBMITTED, IN_DATE, REVIEWED])
def test_without_a_list_of_documents_it_is_what_is_to_be_established(criterion: str) -> None:
    assert finding(dossier(documents=ABSENT), criterion).finding.values["facts"] == ["documents"]


def test_of_the_proofs_of_competency_one_mark_is_enough_and_one_is_needed() -> None:
    unmarked, marked = paper("common-12", reviewed=False), paper("common-13")
    assert outcome(with_papers(unmarked, marked), REVIEWED) == "met"
    assert outcome(with_papers(unmarked, paper("common-13", reviewed=False)), REVIEWED) == "unknown"


def test_of_two_sheets_of_one_document_both_need_the_mark() -> None:
    sheets = (paper("degree"), paper("degree", reviewed=False))
    assert outcome(with_papers(*sheets), REVIEWED) == "unknown"
    assert outcome(with_papers(paper("degree"), paper("degree")), REVIEWED) == "met"


def test_a_paper_not_handed_in_does_not_hide_the_date_of_the_next() -> None:
    late = paper("common-04", issued_on="2010-01-01", expires_on="2020-01-01")
    lacking = {"code": "common-04", "submitted": False}
    assert outcome(with_papers(lacking, late), IN_DATE) == "not_met"
