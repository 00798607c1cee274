"""A case moves only along the transition table."""

import threading
from typing import Any

import pytest
from flask import Flask

from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.operations import take
from kis.cases.states import (
    ACTION_LABELS,
    DECIDED_STATES,
    STATES,
    STOPPED_STATES,
    TRANSITIONS,
    possibilities,
    transition,
)
from kis.cases.workflow import advance
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Refusal
from tests import factories


def test_the_table_speaks_of_known_states_and_actions_once() -> None:
    assert {row.source for row in TRANSITIONS} | {row.target for row in TRANSITIONS} == set(STATES)
    assert {row.action for row in TRANSITIONS} <= set(ACTION_LABELS)
    assert len({(row.source, row.action) for row in TRANSITIONS}) == len(TRANSITIONS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", sorted(ACTION_LABELS))
def test_what_the_table_does_not_name_is_refused_and_changes_nothing(
    app: Flask, state: str, action: str
) -> None:
    if transition(state, action):
        return
    case = factories.case()
    case.state, case.outcome = state, "granted" if state in DECIDED_STATES else None
    case.stopped_on = clock.today() if state in STOPPED_STATES else None
    db.session.commit()
    with pytest.raises(Refusal), transaction():
        advance(case, action, factories.viewer(Role.SUPERVISOR), Evidence())
    assert db.session.get_one(Case, case.id).state == state


def test_nobody_without_the_permission_takes_a_step(app: Flask) -> None:
    case = factories.case()
    for role in (Role.RECEPTION, Role.HEADQUARTERS, Role.AUDITOR, Role.ADMINISTRATOR):
        viewer = factories.viewer(role)
        with pytest.raises(Forbidden), transaction():
            advance(case, "assign", viewer, Evidence())


def test_an_action_that_is_not_possible_says_why(app: Flask) -> None:
    officer = factories.account()
    case = factories.case(assignee=factories.account())
    found = {p.action: p.refusal for p in possibilities(case, viewer_of(officer), Evidence())}
    assert found["recommend"] == "Only the officer in charge can do this."


def test_a_step_is_on_record_with_before_and_after(app: Flask) -> None:
    case = factories.case()
    with transaction():
        take(case, viewer_of(factories.account()))
    entry = db.session.scalars(db.select(AuditRecord).where(AuditRecord.action == "case.take")).one()
    assert (entry.before, entry.after["state"], entry.case_id) == (
        {"state": "received"},
        "in_review",
        case.id,
    )


def test_of_two_officers_who_take_a_case_at_once_one_has_it_and_one_is_told(app: Flask) -> None:
    case = factories.case()
    viewers = [viewer_of(factories.account()) for _ in range(2)]
    case_id = case.id
    db.session.remove()
    start, answers = threading.Barrier(2), []

    def go(viewer: Any) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    take(db.session.get_one(Case, case_id), viewer)
                answers.append("has it")
            except Conflict:
                answers.append("was told")

    threads = [threading.Thread(target=go, args=(viewer,)) for viewer in viewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(answers) == ["has it", "was told"]


def test_receipt_numbers_are_consecutive_per_office_and_year(app: Flask) -> None:
    first, second = factories.case(), factories.case()
    elsewhere = factories.case(at="busan")
    assert int(second.number[-6:]) == int(first.number[-6:]) + 1
    assert first.number.startswith("seoul-southern-")
    assert elsewhere.number.endswith("-000001")
