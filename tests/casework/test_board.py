"""The workload board: one row per officer, right numbers, few statements."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.casework.absences import enter_absence
from kis.casework.board import Counts, board
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from tests import factories
from tests.casework.people import officers, supervisor
from tests.statements import statements


def lying_with(officer: Account | None, **columns: Any) -> Case:
    """A case in review with the officer, with these columns; due in a year where none says otherwise."""
    case = factories.case(assignee=officer)
    later = clock.today() + timedelta(days=365)
    for name, value in ({"due_on": later, "at_risk_on": later - timedelta(days=5)} | columns).items():
        setattr(case, name, value)
    db.session.commit()
    return case


def test_each_officer_has_a_row_with_what_is_open_at_risk_overdue_waiting_and_decided(app: Flask) -> None:
    boss, (first, second) = supervisor(), officers(2)
    today = clock.today()
    lying_with(first)
    lying_with(first, due_on=today, at_risk_on=today - timedelta(days=5))
    lying_with(first, due_on=today - timedelta(days=1), at_risk_on=today - timedelta(days=8))
    overdue = today - timedelta(days=1)
    lying_with(
        first,
        state="awaiting_supplement",
        stopped_on=overdue,
        due_on=overdue,
        at_risk_on=today - timedelta(days=8),
    )
    lying_with(second, state="closed", outcome="granted", decided_on=today, processing_days=3)
    lying_with(
        second, state="closed", outcome="granted", decided_on=today - timedelta(days=8), processing_days=3
    )
    lying_with(None, state="received")
    (own,) = board(boss)
    rows = {line.account_id: line.counts for line in own.lines}
    assert rows == {first.id: Counts(4, 1, 1, 1, 0, 0), second.id: Counts(0, 0, 0, 0, 0, 1)}
    assert own.unassigned == Counts(open=1)
    assert own.total == Counts(5, 1, 1, 1, 0, 1)


def test_an_absent_officer_and_one_who_no_longer_is_are_marked(app: Flask) -> None:
    boss, (here, away, former) = supervisor(), officers(3)
    today = clock.today()
    enter_absence(factories.office(), away, (today, today), here, "stays", boss)
    lying_with(former)
    former.active = False
    db.session.commit()
    lines = {line.account_id: line for line in board(boss)[0].lines}
    assert lines[away.id].absent_until == today
    assert lines[here.id].absent_until is None
    assert [lines[each.id].is_officer for each in (here, away, former)] == [True, True, False]


def test_a_supervisor_sees_the_branch_offices_too_and_no_other_office(app: Flask) -> None:
    factories.account(Role.OFFICER, at="busan")
    officers(1)
    (own,) = board(supervisor())
    assert own.office_id == factories.office().id


def test_the_board_takes_two_statements_whatever_there_is(app: Flask) -> None:
    boss = supervisor()
    for officer in officers(3):
        lying_with(officer)
    db.session.rollback()
    with statements() as seen:
        board(boss)
    assert len(seen) == 2


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEADQUARTERS, Role.AUDITOR])
def test_only_who_assigns_sees_the_board(app: Flask, sign_in: Any, role: Role) -> None:
    assert sign_in(factories.account(role)).get("/workload").status_code == 403


def test_the_page_leads_into_the_queue_of_each_officer(app: Flask, sign_in: Any) -> None:
    (officer,) = officers(1)
    lying_with(officer)
    page = sign_in(factories.account(Role.SUPERVISOR)).get("/workload").text
    assert officer.full_name in page
    assert f"/queue/open?assignee={officer.id}" in page
