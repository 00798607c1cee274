"""Two at once, and a process killed in the middle: a decision is whole, once, or absent."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select, update

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.cases.operations import revise_facts
from kis.cases.queries import latest_revision
from kis.core import clock, jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Refusal
from kis.decisions.models import Approval, Decision
from kis.decisions.operations import approve, void_for_change
from kis.letters.models import Letter
from kis.letters.pressroom import WARM, pressroom
from tests import factories
from tests.decisions.conftest import House


def count(model: type, *conditions: object) -> int:
    return int(db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0)


def traces(case_id: int) -> dict[str, int]:
    """How often a decision of the case has left each of its traces."""
    letters = select(Letter.id).where(Letter.case_id == case_id)
    return {
        "decided": count(Case, Case.id == case_id, Case.state == "decided"),
        "decision": count(Decision, Decision.case_id == case_id),
        "approval": count(Approval),
        "letter": count(Letter, Letter.case_id == case_id),
        "job": count(Job, Job.kind == "letter.render", Job.subject_id.in_(letters)),
        "record": count(AuditRecord, AuditRecord.case_id == case_id, AuditRecord.action == "decision.made"),
    }


def at_once(*actions: object) -> None:
    """Run the actions in threads that start together; the test's own transaction is ended before."""
    db.session.commit()
    db.session.remove()
    together = threading.Barrier(len(actions))

    def wait_and_do(action: object) -> None:
        together.wait()
        action()

    threads = [threading.Thread(target=wait_and_do, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("people", ["one person twice", "two supervisors"])
def test_deciding_twice_at_once_makes_one_decision_and_one_letter(
    app: Flask, house: House, sign_in, people: str
) -> None:
    house.recommend()
    other = house.supervisor if people == "one person twice" else factories.account(Role.SUPERVISOR)
    browsers = [sign_in(house.supervisor), sign_in(other)]
    case_id, address = house.case.id, f"/cases/{house.case.number}/decision/approve"
    version, answers = house.case.version, []

    def click(browser: object) -> None:
        with app.app_context():
            answer = browser.post(address, data={"version": version, "comment": ""})
        answers.append((answer.status_code, answer.get_data(as_text=True)))

    at_once(*(lambda b=browser: click(b) for browser in browsers))
    assert sorted(status for status, _page in answers) == [302, 409]
    assert "decided already" in next(page for status, page in answers if status == 409)
    assert set(traces(case_id).values()) == {1}


def decide(case_id: int, supervisor_id: int) -> None:
    with transaction():
        supervisor = viewer_of(db.session.get_one(Account, supervisor_id))
        approve(db.session.get_one(Case, case_id), "", supervisor)


def test_no_decision_rests_on_facts_that_changed_at_the_same_moment(app: Flask, house: House) -> None:
    house.recommend()
    case_id, officer_id, supervisor_id = house.case.id, house.officer.id, house.supervisor.id
    refused = []

    def revise() -> None:
        case, officer = db.session.get_one(Case, case_id), viewer_of(db.session.get_one(Account, officer_id))
        facts = latest_revision(case).facts | {"criminal_record": []}
        revise_facts(case, facts, case.revision, officer)
        void_for_change(case, "facts", officer)

    def attempt(action: Callable[[], object]) -> None:
        try:
            with app.app_context(), transaction():
                action()
        except Refusal as refusal:
            refused.append(refusal)

    at_once(
        lambda: attempt(revise),
        lambda: attempt(lambda: decide(case_id, supervisor_id)),
    )
    decision, case = db.session.scalar(select(Decision)), db.session.get_one(Case, case_id)
    assert len(refused) == 1
    assert (decision is None) == (case.state == "in_review") == (case.revision == 2)


def die_at(statement: int) -> None:
    """Kill this process when it is about to send its nth statement, or its commit after as many."""
    sent = 0

    def count_or_die(*_arguments: object) -> None:
        nonlocal sent
        sent += 1
        if sent == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count_or_die)
    event.listen(Engine, "commit", count_or_die)


def dies(app: Flask, statement: int, action: Callable[[], object]) -> bool:
    """Do the action in a process of its own, which dies at its nth statement; whether it died."""
    db.session.remove()
    db.engine.dispose()
    process = os.fork()
    if not process:
        status = 1
        try:
            die_at(statement)
            with app.app_context():
                action()
            status = 0
        finally:
            os._exit(status)
    _process, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_a_process_killed_anywhere_while_deciding_leaves_the_decision_whole_or_absent(
    app: Flask, house: House
) -> None:
    house.recommend()
    case_id, supervisor_id = house.case.id, house.supervisor.id
    deaths = 0
    while dies(app, deaths + 1, lambda: decide(case_id, supervisor_id)):
        deaths += 1
        assert set(traces(case_id).values()) == {0}, f"killed at statement {deaths}"
    assert deaths > 15
    assert set(traces(case_id).values()) == {1}
    assert db.session.scalars(select(Letter.sequence)).all() == [1]
    assert chain.verify().broken_at is None


def test_a_worker_killed_anywhere_leaves_letter_and_case_to_be_finished_once(
    app: Flask, house: House
) -> None:
    house.recommend()
    case_id = house.case.id
    decide(case_id, house.supervisor.id)
    job_id = db.session.scalars(select(Job.id)).one()
    pressroom().make(WARM)
    deaths = 0
    while dies(app, deaths + 1, lambda: jobs.perform(job_id)):
        deaths += 1
        ready = count(Letter, Letter.rendered_at.is_not(None))
        assert ready == count(Case, Case.state == "closed") == count(Job, Job.state == "done")
        with transaction():
            db.session.execute(update(Job).values(leased_until=clock.now() - timedelta(seconds=1)))
    assert deaths > 10
    assert count(Case, Case.id == case_id, Case.state == "closed") == 1
    assert count(AuditRecord, AuditRecord.action == "letter.rendered") == 1
    assert chain.verify().broken_at is None
