"""Editions, warnings, faults and contradictions: how a book runs whatever it is given."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kis.rules import Basis, Criterion, PreCheck, Procedure, ReferenceTables, Text, procedure
from kis.rules.facts import Facts
from kis.rules.findings import Verdict, met
from tests.rules.cases import dossier, finding, outcome, put, run
from tests.rules.judged import JUDGED

SHIPPED = ReferenceTables.shipped()
PROCEDURE = procedure("permanent-residence")
BOOK = PROCEDURE.books[0]


def always(_facts: Facts) -> Verdict:
    return met("conduct.none")


LENIENT = Criterion("conduct.fine", Text("Fine", "벌금"), Text("None.", "없음."), Basis("test", ""), always)
LATER = BOOK.amended("test-later", date(2026, 9, 18), Text("A test", "시험"), criteria=[LENIENT])
BOTH = Procedure(PROCEDURE.id, PROCEDURE.label, PROCEDURE.catalogue, (LATER, BOOK))


def test_a_later_edition_shares_every_rule_it_does_not_change() -> None:
    for code, category in BOOK.categories.items():
        amended = LATER.categories[code].criteria
        for old, new in zip(category.criteria, amended, strict=True):
            assert new is (LENIENT if old.id == "conduct.fine" else old)


def test_an_edition_may_add_a_category_without_touching_the_others() -> None:
    added = replace(BOOK.categories["F-5-1"], code="F-5-28")
    book = BOOK.amended("more", date(2027, 1, 1), Text("More", "추가"), categories=[added])
    assert book.categories["F-5-1"] is BOOK.categories["F-5-1"]
    assert set(book.categories) == {*BOOK.categories, "F-5-28"}
    found = dossier(application__category="F-5-28", application__received_on="2027-02-01")
    assert book.run(found, SHIPPED).edition == "more"


def test_the_edition_of_may_2025_holds_from_its_first_day() -> None:
    assert (BOOK.edition, BOOK.effective_from) == ("2025-05", date(2025, 5, 1))


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2019, 1, 1), "2025-05"),
        (date(2025, 5, 1), "2025-05"),
        (date(2026, 9, 17), "2025-05"),
        (date(2026, 9, 18), "test-later"),
    ],
)
def test_a_case_is_judged_by_the_edition_of_its_day(day: date, edition: str) -> None:
    assert BOTH.book_on(day).edition == edition


def test_the_later_edition_judges_by_its_own_rule() -> None:
    unpaid = [{"country": "KOR", "sentence": "fine", "offence": "other"}]
    found = dossier(criminal_record=unpaid, application__received_on="2026-09-18")
    results = {book.edition: book.run(found, SHIPPED).areas["conduct"] for book in BOTH.books}
    assert results == {"2025-05": "not_met", "test-later": "met"}


def test_the_later_manual_is_warned_of_while_no_later_edition_is_on_file() -> None:
    for day, warned in (("2026-09-17", False), ("2026-09-18", True)):
        found = run(dossier(application__received_on=day))
        assert [one.key for one in found.warnings] == (["warning.later_manual"] if warned else [])
    early = BOTH.books[0]
    assert early.edition == "2025-05"
    assert not early.run(dossier(application__received_on="2026-09-18"), SHIPPED).warnings


def test_the_warning_changes_no_outcome() -> None:
    found = dossier(application__received_on="2026-09-18")
    silent = replace(BOOK, later_manual_from=None).run(found, SHIPPED)
    assert {one.id: one.outcome for one in run(found).criteria} == {
        one.id: one.outcome for one in silent.criteria
    }


@pytest.mark.parametrize("category", ["F-5-28", "F-5", "D-8", "F-5-1-1"])
def test_a_category_the_book_does_not_carry_is_for_review(category: str) -> None:
    found = run(dossier(application__category=category))
    (only,) = found.criteria
    assert (found.overall, found.areas, only.outcome) == ("review", {"eligibility": "review"}, "review")
    assert (only.id, only.inputs) == ("eligibility.category", ("application.category",))
    assert category in only.finding.in_language("en")


@pytest.mark.parametrize("category", ["F-5-1", "F-5-28"])
def test_a_pre_check_names_the_dossier_where_that_names_itself(category: str) -> None:
    found = dossier(application__category=category, reference="A-17")
    assert run(found).reference == "A-17"
    del found["reference"]
    assert run(found).reference == ""


def test_the_categories_of_a_procedure_are_those_of_its_latest_edition() -> None:
    assert BOTH.categories is LATER.categories


def test_one_category_alone_is_granted_to_somebody_born_without_a_status() -> None:
    assert [code for code, one in BOOK.categories.items() if one.by_grant] == ["F-5-20"]


def test_a_faulty_rule_is_for_review_with_an_error_id_and_the_others_go_on() -> None:
    def broken(_facts: Facts) -> Verdict:
        raise ZeroDivisionError

    book = BOOK.amended("broken", date(2025, 5, 1), Text("x", "x"), criteria=[replace(LENIENT, check=broken)])
    found = book.run(dossier(), SHIPPED)
    fault = next(one for one in found.criteria if one.id == "conduct.fine")
    assert (fault.outcome, fault.finding.key) == ("review", "fault")
    error = fault.finding.values["error"]
    assert len(error) == 8
    assert fault.remedy and error in fault.remedy.in_language("en")
    assert (
        fault.finding
        == next(one for one in book.run(dossier(), SHIPPED).criteria if one.id == "conduct.fine").finding
    )
    assert found.areas["conduct"] == "review"
    assert found.areas["livelihood"] == "met"


def test_faults_of_different_places_have_different_ids() -> None:
    def broken(facts: Facts) -> Verdict:
        if facts.category == "F-5-1":
            raise ZeroDivisionError
        raise ZeroDivisionError

    book = BOOK.amended("broken", date(2025, 5, 1), Text("x", "x"), criteria=[replace(LENIENT, check=broken)])
    errors = {
        one.finding.values["error"]
        for category in ("F-5-1", "F-5-2")
        for one in book.run(dossier(application__category=category), SHIPPED).criteria
        if one.finding.key == "fault"
    }
    assert len(errors) == 2


def test_a_faulty_reduction_never_passes() -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    category = BOOK.categories["F-5-1"].reduced("livelihood", broken)
    book = BOOK.amended("broken", date(2025, 5, 1), Text("x", "x"), categories=[category])
    assert book.run(dossier(income=[]), SHIPPED).areas["livelihood"] == "not_met"


def test_a_pre_check_is_plain_data_and_reads_back() -> None:
    found = run(dossier("household-income"))
    stored = json.loads(json.dumps(found.to_json()))
    assert [one["area"] for one in stored["criteria"]] == [one.area for one in found.criteria]
    again = PreCheck.from_json(stored)
    assert again.to_json() == stored
    assert again.criteria[0].finding.in_language("ko") == found.criteria[0].finding.in_language("ko")
    assert again.criteria[0].basis == found.criteria[0].basis
    assert [one.sheet for one in again.criteria] == [one.to_json()["sheet"] for one in found.criteria]


def test_the_rules_know_nothing_of_web_and_database() -> None:
    code = (
        "import sys, kis.rules; print([m for m in ('flask', 'sqlalchemy', 'kis.core') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("changes", "criterion"),
    [
        ({"stays": [{"status": "E-7", "from": "2019-01-01", "to": "2018-01-01"}]}, "eligibility.residence"),
        (
            {
                "stays": [
                    {"status": "D-10", "from": "2018-09-01", "to": "2019-06-30"},
                    {"status": "E-7", "from": "2019-03-01"},
                ]
            },
            "eligibility.residence",
        ),
        ({"applicant__birth_date": "2025-05-13"}, "criminal_record.certificate"),
        ({"applicant__birth_date": "2025-05-13"}, "eligibility.adult"),
    ],
)
def test_nothing_passes_on_facts_that_contradict_each_other(changes: dict[str, Any], criterion: str) -> None:
    found = dossier(**changes)
    assert outcome(found, criterion) == "unknown"
    shown = finding(found, criterion)
    assert shown.finding.key == "contradicted"
    assert shown.remedy is not None
    assert run(found).warnings


def test_a_finding_names_ten_of_the_places_that_contradict_each_other() -> None:
    backwards = {"status": "E-7", "from": "2019-01-01", "to": "2018-01-01"}
    found = finding(dossier(stays=[dict(backwards) for _ in range(12)]), "eligibility.residence")
    assert found.finding.key == "contradicted"
    assert len(found.finding.values["facts"]) == 10


def test_a_spouse_who_does_not_exist_marries_nobody() -> None:
    found = put(dossier("f52-married-meets-all"), "marriage.spouse", "ghost")
    assert outcome(found, "eligibility.marriage") == "unknown"


def test_members_of_one_reference_count_for_nothing_sure() -> None:
    found = dossier("household-income")
    found["family"].append({**found["family"][0], "relation": "sibling"})
    assert outcome(found, "livelihood.income") == "unknown"


def test_an_old_contradiction_leaves_what_did_not_read_it_alone() -> None:
    found = dossier(employment=[{"from": "2020-01-01", "to": "2019-01-01"}])
    assert outcome(found, "eligibility.residence") == "met"
    assert outcome(found, "conduct.fine") == "met"


def test_whatever_does_not_pass_says_what_would_settle_it() -> None:
    for number in range(1, 28):
        for one in run(dossier(application__category=f"F-5-{number}", criminal_record=[])).criteria:
            assert (one.remedy is None) == (one.outcome in {"met", "exempt"}), one.id


def test_what_only_other_facts_would_settle_names_five_of_them() -> None:
    shown = [
        len(one.remedy.values["facts"])
        for case in JUDGED
        for one in case.found.criteria
        if one.remedy and one.remedy.key == "settle.otherwise" and len(one.inputs) > 5
    ]
    assert set(shown) == {5}
