"""One action on many cases: every refusal is told before anything happens, and then all of it or nothing."""

import re
from typing import Any

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.audit.models import AuditRecord
from kis.cases.conflicts import ConflictOfInterest
from kis.cases.models import Case
from kis.cases.timekeeping import recount
from kis.casework import bulk
from kis.casework.bulk import Wanted
from kis.core import clock
from kis.core.access import Role, Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Conflict, Invalid
from kis.letters.models import Letter
from tests import factories
from tests.casework.people import assignees, officers, supervisor, unassigned_cases
from tests.race import race

EXTENSION = Wanted("extend", working_days=10, reason="abroad")


def numbers(cases: list[Case]) -> list[str]:
    return [case.number for case in cases]


def seen(cases: list[Case], wanted: Wanted, boss: Viewer) -> dict[str, int]:
    """Versions of the cases that the preview shows as possible; nothing is left of the preview."""
    trials = bulk.preview(numbers(cases), wanted, boss)
    db.session.rollback()
    return {each.number: each.version for each in trials if each.is_possible}


def mixed(officer: Account) -> list[Case]:
    """Free, in the officer's hands, awaiting its decision, barred for the officer, of another office."""
    free, own, waiting, barred = unassigned_cases(4)
    own.state, own.assignee_id = "in_review", officer.id
    waiting.state = "recommended"
    db.session.add(ConflictOfInterest(case_id=barred.id, account_id=officer.id, reason="A cousin."))
    db.session.commit()
    return [free, own, waiting, barred, factories.case(at="busan")]


def test_the_preview_tells_each_refusal_and_leaves_no_trace(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    cases = mixed(officer)
    records = db.session.query(AuditRecord).count()
    trials = bulk.preview(numbers(cases), Wanted("assign", officer), boss)
    db.session.commit()
    assert [each.is_possible for each in trials] == [True, False, False, False, False]
    for trial, why in zip(
        trials[1:], ("already", "awaits its decision", "conflict", "no such case"), strict=True
    ):
        assert why in trial.refusal
    assert assignees(cases) == [None, officer.id, None, None, None]
    assert db.session.query(AuditRecord).count() == records


def test_what_was_shown_as_possible_is_done(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    cases, wanted = unassigned_cases(3), Wanted("assign", officer)
    assert bulk.confirm(seen(cases, wanted, boss), wanted, boss) == 3
    db.session.commit()
    assert assignees(cases) == [officer.id] * 3


def test_a_case_that_moved_meanwhile_is_named_and_nothing_is_done(app: Flask) -> None:
    boss, (officer, other) = supervisor(), officers(2)
    cases, wanted = unassigned_cases(2), Wanted("assign", officer)
    shown = seen(cases, wanted, boss)
    with transaction():
        bulk.assign(db.session.get_one(Case, cases[1].id), Wanted("assign", other), boss)
    with pytest.raises(bulk.Stale, match=cases[1].number):
        bulk.confirm(shown, wanted, boss)
    assert assignees(cases) == [None, other.id]


def test_of_two_who_confirm_at_once_one_is_told(app: Flask) -> None:
    boss, people = supervisor(), officers(2)
    cases = unassigned_cases(4)
    shown = seen(cases, Wanted("assign", people[0]), boss)
    ids = [officer.id for officer in people]
    db.session.rollback()

    def confirm(turn: int) -> int:
        with transaction():
            return bulk.confirm(shown, Wanted("assign", db.session.get_one(Account, ids[turn])), boss)

    done = race(app, confirm, 2)
    assert 4 in done
    assert any(isinstance(each, Conflict) for each in done)
    assert len(set(assignees(cases))) == 1


def test_cases_return_to_the_queue_together_with_the_reason(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    cases = [factories.case(assignee=officer) for _each in range(2)]
    wanted = Wanted("return", note="The officer moves to another unit.")
    bulk.confirm(seen(cases, wanted, boss), wanted, boss)
    db.session.commit()
    assert assignees(cases) == [None, None]


def test_what_is_missing_for_all_is_asked_for_first(app: Flask) -> None:
    boss, cases = supervisor(), unassigned_cases(1)
    for wanted in (Wanted("assign"), Wanted("return"), Wanted("extend")):
        assert bulk.missing(wanted)
        with pytest.raises(Invalid):
            bulk.confirm({cases[0].number: cases[0].version}, wanted, boss)
    with pytest.raises(Invalid):
        bulk.missing(Wanted("decide"))
    with pytest.raises(Invalid, match="at least one"):
        bulk.preview([], Wanted("return", note="x"), boss)
    with pytest.raises(Invalid, match="at most"):
        bulk.preview([f"x-{n}" for n in range(bulk.MOST + 1)], Wanted("return", note="x"), boss)


def test_periods_are_extended_together_with_a_letter_to_each_applicant(app: Flask) -> None:
    boss, (officer,) = supervisor(), officers(1)
    cases = [factories.case(assignee=officer) for _each in range(2)]
    for case in cases:
        make_young(case)
    due = [case.due_on for case in cases]
    shown = seen(cases, EXTENSION, boss)
    assert db.session.query(Letter).count() + db.session.query(Job).count() == 0
    bulk.confirm(shown, EXTENSION, boss)
    db.session.commit()
    assert [db.session.get_one(Case, case.id).due_on > day for case, day in zip(cases, due, strict=True)] == [
        True
    ] * 2
    assert db.session.query(Letter).filter(Letter.kind == "extension").count() == 2
    assert "consent" in bulk.preview(numbers(cases), EXTENSION, boss)[0].refusal


def make_young(case: Case) -> None:
    """Received today, so that its period runs."""
    case.received_on = clock.today()
    recount(case)
    db.session.commit()


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def test_the_pages_lead_from_the_queue_over_the_preview_to_the_end(app: Flask, sign_in: Any) -> None:
    (officer,) = officers(1)
    cases = unassigned_cases(2)
    browser = sign_in(factories.account(Role.SUPERVISOR))
    queue = browser.get("/queue/unassigned").text
    assert 'action="/bulk/preview"' in queue
    asked = {"case": numbers(cases), "action": "assign", "officer": "", "next": "/queue/unassigned"}
    assert "Choose the officer first" in browser.post("/bulk/preview", data=asked).text
    page = browser.post("/bulk/preview", data=asked | {"officer": str(officer.id)}).text
    assert "2 of 2 cases can be dealt with so" in page
    confirmed = {
        "shown": hidden(page, "shown"),
        "action": "assign",
        "officer": str(officer.id),
        "next": "/queue/mine",
    }
    answer = browser.post("/bulk/confirmation", data=confirmed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/queue/mine")
    assert assignees(cases) == [officer.id] * 2
    again = browser.post("/bulk/confirmation", data=confirmed)
    assert again.status_code == 409
    assert "changed since the preview" in again.text
