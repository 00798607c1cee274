"""The Civil Servant Review: who can tick, what the tick is bound to, and what clears it."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from kis.accounts.sessions import viewer_of
from kis.audit.queries import events_of_case
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.documents.models import PAPER, CaseDocument
from kis.documents.operations import attach_scan, mark_submitted, note_defect, review, unreview
from kis.documents.queries import marks_of, scans_of
from tests import factories
from tests.documents.support import case_with, pdf, row

OWN, OTHER = "seoul-southern", "busan"
# Who may set the applicant's mark, and who may tick; everybody else may neither.
MARKERS = {(Role.RECEPTION, OWN), (Role.OFFICER, OWN)}
REVIEWERS = {(Role.OFFICER, OWN)}
ACCOUNTS = [(role, at) for role in Role for at in (OWN, OTHER)]


@pytest.mark.parametrize(("role", "at"), ACCOUNTS)
def test_only_an_officer_of_the_cases_office_can_tick(app: Flask, role: Role, at: str) -> None:
    document = row(case_with([{"code": "common-01", "submitted": True}]), "common-01")
    permitted(lambda v: review(document, v, 1), factories.viewer(role, at), (role, at) in REVIEWERS)
    assert document.review_stands == ((role, at) in REVIEWERS)


@pytest.mark.parametrize(("role", "at"), ACCOUNTS)
def test_only_an_officer_of_the_cases_office_can_take_a_tick_back(app: Flask, role: Role, at: str) -> None:
    document = row(case_with([]), "common-01")
    review(document, factories.viewer(), 1)
    permitted(lambda v: unreview(document, v, 2), factories.viewer(role, at), (role, at) in REVIEWERS)
    assert document.review_stands != ((role, at) in REVIEWERS)


@pytest.mark.parametrize(("role", "at"), ACCOUNTS)
def test_reception_and_officers_of_the_office_alone_mark_and_attach(app: Flask, role: Role, at: str) -> None:
    document = row(case_with([]), "common-01")
    viewer, may = factories.viewer(role, at), (role, at) in MARKERS
    permitted(lambda v: mark_submitted(document, True, None, None, v, 1), viewer, may)
    permitted(lambda v: attach_scan(document, "a.pdf", pdf(), v), viewer, may)
    permitted(
        lambda v: note_defect(document, "No seal", v, document.version), viewer, (role, at) in REVIEWERS
    )


def permitted(change: Callable[[Viewer], Any], viewer: Viewer, may: bool) -> None:
    if may:
        change(viewer)
        return
    with pytest.raises(Forbidden):
        change(viewer)


def test_the_applicants_mark_never_sets_the_review(app: Flask) -> None:
    case = case_with([])
    document = row(case, "common-01")
    mark_submitted(document, True, date(2025, 1, 1), None, factories.viewer(), 1)
    assert document.reviewed_at is None
    assert mark(case, "common-01")["reviewed"] is False


def test_a_changed_mark_leaves_the_review_alone(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    review(document, officer, 1)
    mark_submitted(document, True, None, None, officer, 2)
    assert document.review_stands


def test_a_tick_without_a_scan_is_of_the_paper(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with([])
    document = row(case, "common-01")
    review(document, officer, 1)
    assert (document.reviewed_by_id, document.reviewed_scan, document.reviewed_sha256) == (
        officer.account_id,
        0,
        PAPER,
    )
    assert mark(case, "common-01")["reviewed"] is True


def test_a_tick_is_bound_to_the_hash_of_the_file_it_saw(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with([])
    document = row(case, "common-01")
    scan = attach_scan(document, "form.pdf", pdf(), officer)
    review(document, officer, document.version)
    assert (document.reviewed_scan, document.reviewed_sha256) == (1, scan.sha256)
    assert document.review_stands


@pytest.mark.parametrize("before", [0, 1])
def test_a_new_upload_clears_the_tick_and_keeps_whose_it_was(app: Flask, before: int) -> None:
    officer = factories.viewer()
    case = case_with([])
    document = row(case, "common-01")
    for number in range(before):
        attach_scan(document, "form.pdf", pdf(text=str(number)), officer)
    review(document, officer, document.version)
    attach_scan(document, "form.pdf", pdf(text="another"), factories.viewer(Role.RECEPTION))
    assert document.review_lapsed and not document.review_stands
    assert document.reviewed_by_id == officer.account_id
    assert mark(case, "common-01")["reviewed"] is False


def test_the_first_file_attached_again_does_not_bring_the_tick_back(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    attach_scan(document, "one.pdf", pdf(text="one"), officer)
    review(document, officer, document.version)
    attach_scan(document, "two.pdf", pdf(text="two"), officer)
    attach_scan(document, "one.pdf", pdf(text="one"), officer)
    assert not document.review_stands
    assert [scan.name for scan in scans_of(document)] == ["one.pdf", "two.pdf", "one.pdf"]


def test_the_very_file_that_is_attached_changes_nothing(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    content = pdf()
    attach_scan(document, "one.pdf", content, officer)
    review(document, officer, document.version)
    with pytest.raises(Conflict):
        attach_scan(document, "two.pdf", content, officer)
    assert document.review_stands and document.scan_number == 1


def test_after_a_new_upload_the_document_can_be_reviewed_again(app: Flask) -> None:
    first, second = factories.viewer(), factories.viewer()
    document = row(case_with([]), "common-01")
    review(document, first, 1)
    attach_scan(document, "one.pdf", pdf(), first)
    review(document, second, document.version)
    assert document.review_stands and document.reviewed_by_id == second.account_id


def test_a_tick_on_a_file_that_was_replaced_meanwhile_is_refused(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    seen = document.version
    attach_scan(document, "new.pdf", pdf(), factories.viewer(Role.RECEPTION))
    with pytest.raises(Conflict):
        review(document, officer, seen)
    assert document.reviewed_at is None


def test_a_mark_based_on_an_older_state_of_the_row_is_refused(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    mark_submitted(document, True, None, None, officer, 1)
    with pytest.raises(Conflict):
        mark_submitted(document, False, None, None, officer, 1)
    assert document.submitted is True


def test_a_second_tick_is_told_of_the_first(app: Flask) -> None:
    document = row(case_with([]), "common-01")
    review(document, factories.viewer(), 1)
    with pytest.raises(Conflict, match="reviewed already"):
        review(document, factories.viewer(), 2)


def test_of_two_officers_who_tick_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    officers = [factories.account() for _ in range(2)]
    case = case_with([])
    number, viewers = row(case, "common-01").id, [viewer_of(officer) for officer in officers]
    db.session.rollback()
    outcomes = at_once(app, [lambda v=v: tick(number, v) for v in viewers])
    assert sorted(outcomes) == ["done", "told"]
    document = db.session.get_one(CaseDocument, number)
    assert document.review_stands and document.version == 2
    assert [e.action for e in db.session.scalars(events_of_case(case.id))].count("document.reviewed") == 1


def tick(number: int, viewer: Viewer) -> None:
    review(db.session.get_one(CaseDocument, number), viewer, 1)


def at_once(app: Flask, changes: list[Callable[[], None]]) -> list[str]:
    """Each change in a thread and transaction of its own, all begun together: "done" or "told"."""
    barrier, outcomes = threading.Barrier(len(changes)), []

    def play(change: Callable[[], None]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    change()
                outcomes.append("done")
            except (Conflict, StaleDataError):
                outcomes.append("told")
            db.session.remove()

    threads = [threading.Thread(target=play, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("state", ["decided", "closed"])
def test_nothing_is_changed_once_the_case_is_decided(app: Flask, state: str) -> None:
    officer = factories.viewer()
    case = case_with([])
    document = row(case, "common-01")
    db.session.execute(update(Case).where(Case.id == case.id).values(state=state, outcome="granted"))
    db.session.commit()
    for change in (
        lambda: review(document, officer, 1),
        lambda: mark_submitted(document, True, None, None, officer, 1),
        lambda: note_defect(document, "No seal", officer, 1),
        lambda: attach_scan(document, "a.pdf", pdf(), officer),
    ):
        with pytest.raises(Conflict, match="decided"):
            change()


def test_days_that_cannot_be_are_refused(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Invalid, match="future"):
        mark_submitted(document, True, tomorrow, None, officer, 1)
    with pytest.raises(Invalid, match="expire"):
        mark_submitted(document, True, date(2025, 1, 2), date(2025, 1, 1), officer, 1)


def test_a_defect_is_noted_and_cleared(app: Flask) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    assert note_defect(document, "The seal is missing.", officer, 1)
    assert not note_defect(document, "The seal is missing.", officer, 2)
    assert note_defect(document, "", officer, 2)
    assert document.defect is None
    with pytest.raises(Invalid):
        note_defect(document, "x" * 2_001, officer, 3)


def test_each_change_is_on_record_with_document_and_before_and_after(app: Flask) -> None:
    officer = factories.viewer()
    case = case_with([])
    document = row(case, "common-01")
    with transaction():
        mark_submitted(document, True, date(2025, 1, 1), None, officer, 1)
        review(document, officer, 2)
        attach_scan(document, "a.pdf", pdf(), officer)
        unreview(document, officer, 4)
    events = [
        e
        for e in reversed(db.session.scalars(events_of_case(case.id)).all())
        if e.action.startswith("document.")
    ]
    assert [e.action for e in events] == [
        "document.marked", "document.reviewed", "document.scan-attached", "document.review-taken-back"
    ]  # fmt: skip
    assert all(e.after["code"] == "common-01" and e.subject_id == document.id for e in events)
    assert events[0].before == {"submitted": False, "issued_on": None, "expires_on": None}
    assert events[2].after["clears_review"] is True
    assert events[3].before["reviewed_by"] == officer.account_id


@pytest.mark.parametrize(
    "values",
    [
        {"reviewed_at": clock.now()},
        {"reviewed_sha256": ""},
        {"reviewed_scan": 0, "reviewed_sha256": ""},
        {"reviewed_scan": 1, "reviewed_sha256": "0" * 64},
    ],
)
def test_the_database_refuses_half_a_review(app: Flask, values: dict[str, Any]) -> None:
    document = row(case_with([]), "common-01")
    with pytest.raises(IntegrityError):
        db.session.execute(update(CaseDocument).where(CaseDocument.id == document.id).values(**values))


@pytest.mark.parametrize(("scan", "sha256"), [(1, "0" * 64), (0, "0" * 64)])
def test_the_database_refuses_a_review_of_a_file_that_is_not_there(
    app: Flask, scan: int, sha256: str
) -> None:
    officer = factories.viewer()
    document = row(case_with([]), "common-01")
    values = {
        "reviewed_at": clock.now(),
        "reviewed_by_id": officer.account_id,
        "reviewed_scan": scan,
        "reviewed_sha256": sha256,
    }
    with pytest.raises(IntegrityError):
        db.session.execute(update(CaseDocument).where(CaseDocument.id == document.id).values(**values))


def mark(case: Case, code: str) -> dict[str, Any]:
    return next(m for m in marks_of(case) if m["code"] == code)
