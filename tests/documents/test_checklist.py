"""What the checklist of a case holds, and what stays of it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from kis.cases.models import Case
from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.documents.operations import add_document, extend_checklist, mark_submitted, open_checklist, review
from kis.documents.queries import Need, checklist, documents_of, marks_of
from tests import factories
from tests.documents.support import case_with, row
from tests.statements import statements


def test_marks_of_a_dossier_come_back_as_they_were_given(app: Flask) -> None:
    dossier = factories.dossier("f52-married-meets-all")
    case = case_with(dossier["documents"], dossier)
    given = {(m["code"], m.get("person")): m for m in dossier["documents"]}
    kept = {(m["code"], m.get("person")): m for m in marks_of(case)}
    for key, mark in given.items():
        assert kept[key] == mark | {"reviewed": False}


def test_the_reviewed_of_a_dossier_is_never_taken_over(app: Flask) -> None:
    case = case_with([{"code": "common-01", "submitted": True, "reviewed": True}])
    assert row(case, "common-01").reviewed_at is None
    assert not any(mark["reviewed"] for mark in marks_of(case))


def test_every_document_that_the_category_lists_has_a_row(app: Flask) -> None:
    case = case_with([])
    codes = [document.code for document in documents_of(case)]
    assert {"common-01", "common-14", "topik", "common-15", "degree", "other"} <= set(codes)
    assert "investment-maintained" not in codes
    assert len(codes) == len(set(codes))


def test_a_document_left_out_of_a_documents_section_was_not_handed_in(app: Flask) -> None:
    case = case_with([{"code": "common-01", "submitted": True}])
    assert row(case, "common-02").submitted is False


def test_without_a_documents_section_nothing_is_established(app: Flask) -> None:
    case = case_with(None)
    assert {document.submitted for document in documents_of(case)} == {None}
    assert all("submitted" not in mark for mark in marks_of(case))


def test_an_entry_without_person_stays_apart_from_the_applicants(app: Flask) -> None:
    case = case_with(
        [
            {"code": "common-08", "submitted": True},
            {"code": "common-08", "submitted": True, "person": "applicant"},
        ]
    )
    kept = [mark.get("person") for mark in marks_of(case) if mark["code"] == "common-08"]
    assert kept == [None, "applicant"]


def test_of_a_document_given_twice_the_earlier_dates_are_kept(app: Flask) -> None:
    late, early = {"issued_on": "2025-03-01"}, {"issued_on": "2024-01-05"}
    not_submitted = {"code": "common-05", "submitted": False, "issued_on": "2001-01-01"}
    case = case_with(
        [
            {"code": "common-05", "submitted": True} | late,
            {"code": "common-05", "submitted": True} | early,
            not_submitted,
        ]
    )
    kept = [mark for mark in marks_of(case) if mark["code"] == "common-05"]
    assert kept == [{"code": "common-05", "submitted": True, "reviewed": False, "issued_on": "2024-01-05"}]


def test_a_code_that_no_catalogue_knows_is_kept_under_its_own_name(app: Flask) -> None:
    case = case_with([{"code": "letter-of-thanks", "submitted": True}])
    entry = next(e for e in checklist(case).entries if e.document.code == "letter-of-thanks")
    assert entry.label.en == "letter-of-thanks"
    assert checklist(case).groups[-1].name == "other"


@pytest.mark.parametrize(
    "entry", [{"code": "x" * 10_000}, {"code": ""}, {"code": "common-01", "person": "p" * 10_000}]
)
def test_a_name_that_cannot_be_one_is_refused(app: Flask, entry: dict[str, Any]) -> None:
    case = factories.case()
    with pytest.raises(Invalid):
        open_checklist(case, [entry])


def test_the_list_follows_the_order_of_the_form(app: Flask) -> None:
    case = case_with([{"code": "common-07", "submitted": True, "person": "spouse"}])
    groups = {group.name: group.entries for group in checklist(case).groups}
    assert [entry.number for entry in groups["common"]][:6] == ["①", "②", "③", "④", "⑤", "⑥"]
    assert [entry.document.code for entry in groups["category"]] == [
        "employment-or-dispatch", "sales-or-exports", "job-offer", "degree"
    ]  # fmt: skip
    assert groups["other"][-1].document.code == "other"


def test_each_row_is_named_in_both_languages(app: Flask) -> None:
    for entry in checklist(case_with([])).entries:
        assert entry.label.en and entry.label.ko


def test_a_change_of_category_adds_rows_and_loses_no_mark(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with([{"code": "sales-or-exports", "submitted": True, "issued_on": "2025-01-02"}])
    review(row(case, "sales-or-exports"), officer, 1)
    change_category(case, "F-5-23", officer)
    assert extend_checklist(case) == ["investment-maintained", "domestic-assets"]
    assert extend_checklist(case) == []
    kept = row(case, "sales-or-exports")
    assert (kept.submitted, kept.review_stands) == (True, True)
    assert row(case, "domestic-assets").submitted is None
    assert {"sales-or-exports", "domestic-assets"} <= {mark["code"] for mark in marks_of(case)}


def change_category(case: Case, category: str, officer: Any) -> None:
    facts = latest_revision(case).facts
    changed = facts | {"application": facts["application"] | {"category": category}}
    revise_facts(case, changed, case.revision, officer)


def test_a_document_of_a_further_earner_gets_a_row_of_its_own(app: Flask) -> None:
    dossier = factories.dossier("f52-married-meets-all")
    case = case_with([], dossier)
    clerk = factories.viewer(Role.RECEPTION)
    made = add_document(case, "common-08", "spouse", clerk)
    assert (made.code, made.person, made.submitted) == ("common-08", "spouse", None)
    with pytest.raises(Conflict):
        add_document(case, "common-08", "spouse", clerk)


@pytest.mark.parametrize(
    ("code", "person"),
    [("common-08", "stranger"), ("pledge", "spouse"), ("nothing", "spouse"), ("common-08", "")],
)
def test_no_row_is_added_for_a_stranger_or_an_unlisted_document(app: Flask, code: str, person: str) -> None:
    case = case_with([], factories.dossier("f52-married-meets-all"))
    with pytest.raises(Invalid):
        add_document(case, code, person, factories.viewer(Role.RECEPTION))


def test_a_member_taken_out_of_the_facts_keeps_the_row(app: Flask) -> None:
    case = case_with([{"code": "common-08", "submitted": True, "person": "gone"}])
    entry = next(e for e in checklist(case).entries if e.document.person == "gone")
    assert entry.person and entry.person.relation == "gone"


def test_each_row_says_whether_a_pre_check_asks_for_it(app: Flask) -> None:
    marks = [{"code": "common-08", "submitted": True, "person": ref} for ref in ("spouse", "father")]
    whole = checklist(case_with([*marks, {"code": "common-08", "submitted": True}]))
    assert {entry.asked for entry in whole.entries} == {""}
    needs = [Need(("common-01",), ""), Need(("common-11", "common-12"), ""), Need(("common-08",), "spouse")]
    asked = {
        (e.document.code, e.document.person): e.asked for e in whole.with_asked(needs).entries if e.asked
    }
    assert asked == {
        ("common-01", ""): "required",
        ("common-08", ""): "required",
        ("common-08", "spouse"): "required",
        ("common-11", ""): "one_of",
        ("common-12", ""): "one_of",
    }


def test_the_checklist_is_read_in_at_most_four_statements(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with(
        factories.dossier("f52-married-meets-all")["documents"], factories.dossier("f52-married-meets-all")
    )
    for document in documents_of(case):
        review(document, officer, document.version)
    db.session.commit()
    number, _case = case.id, db.session.expunge_all()
    case = db.session.get_one(Case, number)
    with statements() as seen:
        whole = checklist(case)
        assert all(
            entry.document.reviewed_by.full_name and entry.document.review_stands for entry in whole.entries
        )
    assert len(seen) <= 4, seen
    with statements() as seen:
        assert len(marks_of(case)) == len(whole.entries)
    assert len(seen) <= 4, seen


def test_progress_counts_the_submitted_and_of_these_the_reviewed(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with([{"code": "common-01", "submitted": True}, {"code": "common-02", "submitted": True}])
    review(row(case, "common-01"), officer, 1)
    review(row(case, "common-09"), officer, 1)
    whole = checklist(case)
    assert (whole.submitted, whole.reviewed) == (2, 1)


def test_the_neighbours_of_a_row_lead_through_the_whole_list(app: Flask) -> None:
    whole = checklist(case_with([]))
    entries = whole.entries
    assert whole.neighbours(entries[0].document) == (None, entries[1])
    assert whole.neighbours(entries[-1].document) == (entries[-2], None)


def test_a_mark_is_saved_with_its_dates(app: Flask) -> None:
    case = case_with([])
    clerk = factories.viewer(Role.RECEPTION)
    assert mark_submitted(row(case, "common-04"), True, date(2025, 1, 2), date(2026, 1, 2), clerk, 1)
    assert not mark_submitted(row(case, "common-04"), True, date(2025, 1, 2), date(2026, 1, 2), clerk, 2)
    kept = next(mark for mark in marks_of(case) if mark["code"] == "common-04")
    assert kept == {
        "code": "common-04", "submitted": True, "reviewed": False, "issued_on": "2025-01-02", "expires_on": "2026-01-02"
    }  # fmt: skip
