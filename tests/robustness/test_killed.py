"""Processes of the installation killed without warning: a decision is whole or absent, a letter is made later, once."""

import threading
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update

from kis.accounts.sessions import viewer_of
from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.decisions.models import Approval, Decision
from kis.letters.models import Letter
from tests.robustness.conftest import Office, in_review, refuse
from tests.robustness.processes import Visitor, children, eventually, kill, process
from tests.stories.conftest import free_port

DELAYS = (0.0, 0.05, 0.15)


def count(model: type, *conditions: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0


def make_due() -> None:
    """Let time pass: jobs that wait are due, and a dead worker's lease is over."""
    past = clock.now() - timedelta(minutes=1)
    with transaction():
        db.session.execute(update(Job).values(available_at=past, leased_until=past))


def test_a_worker_process_killed_in_the_middle_of_rendering_is_made_up_for_once(
    app: Flask, seoul: Office, tmp_path: Path
) -> None:
    make_due()
    with process(app, tmp_path, "flask", "worker") as worker:
        eventually(lambda: count(Job, Job.state != "queued"), pause=0.005)
        kill(worker.pid)
        worker.wait()
    assert count(Job, Job.state == "running") == 1
    assert count(Letter, Letter.rendered_at.is_not(None)) == 0

    make_due()
    with process(app, tmp_path, "flask", "worker"), process(app, tmp_path, "flask", "worker"):
        eventually(lambda: count(Job, Job.state == "done"))
        time.sleep(1)
    assert count(Letter, Letter.rendered_at.is_not(None)) == count(Letter) == 1
    assert count(AuditRecord, AuditRecord.action == "letter.rendered") == 1
    assert count(Case, Case.state == "closed") == 1
    assert chain.verify().broken_at is None


def recommended(office: Office) -> Case:
    case = in_review(office)
    with transaction():
        refuse(case, viewer_of(office.people[Role.OFFICER]))
    return case


def traces(case_id: int) -> set[int]:
    """How often a decision of the case has left each of its traces."""
    return {
        count(Case, Case.id == case_id, Case.state == "decided"),
        count(Decision, Decision.case_id == case_id),
        count(Letter, Letter.case_id == case_id),
        count(AuditRecord, AuditRecord.case_id == case_id, AuditRecord.action == "decision.made"),
    }


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_web_process_killed_while_a_supervisor_decides_leaves_the_decision_whole_or_absent(
    app: Flask, seoul: Office, tmp_path: Path
) -> None:
    cases = [(case.id, case.number) for case in (recommended(seoul) for _ in DELAYS)]
    address, name = f"http://127.0.0.1:{(port := free_port())}", seoul.people[Role.SUPERVISOR].name
    db.session.commit()
    with process(
        app,
        tmp_path,
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--threads",
        "4",
        "app:app",
    ) as web:
        eventually(lambda: answers(address))
        supervisor = Visitor(address, name)
        for delay, (case_id, number) in zip(DELAYS, cases, strict=True):
            page = f"/cases/{number}/decision"
            form = supervisor.form(page, f"{page}/approve")
            click = threading.Thread(target=supervisor.send, args=(form,))
            click.start()
            time.sleep(delay)
            kill(children(web.pid)[0])
            click.join()
            assert len(traces(case_id)) == 1
            eventually(lambda: answers(address))
            if traces(case_id) == {0}:
                assert supervisor.send(supervisor.form(page, f"{page}/approve")) == 200
            assert traces(case_id) == {1}
    assert count(Approval) == count(Decision) == count(Letter) == len(DELAYS) + 1
    assert chain.verify().broken_at is None
