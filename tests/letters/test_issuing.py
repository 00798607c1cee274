"""From the decision to the number, the row and the PDF."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import make_transient

from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.core import clock, jobs
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.core.store import store
from kis.letters import operations, queries
from kis.letters.models import Letter, LetterCounter
from kis.letters.operations import issue, next_in_register, render_letter, try_again
from kis.letters.values import Bilingual, LetterValues
from tests import factories
from tests.letters.examples import ADDRESSEE, DISAPPROVAL, PERMISSION, STAYING

DRAFT = replace(DISAPPROVAL, number="")


def issued(case: Case, viewer: Viewer, values: LetterValues = DRAFT) -> Letter:
    letter = issue(case, values, viewer)
    db.session.commit()
    return letter


def job_id(letter: Letter) -> int:
    job = queries.job_of(letter)
    assert job is not None
    return job.id


def actions(case: Case) -> list[str]:
    query = select(AuditRecord.action).where(AuditRecord.action.like("letter.%")).order_by(AuditRecord.id)
    return list(db.session.scalars(query))


def test_a_letter_takes_its_number_and_waits_for_its_pdf(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    assert letter.number == "seoul-southern-2026-D-000001"
    assert replace(letter.values, code="", verify_at="") == DRAFT.numbered(letter.number)
    assert not letter.is_ready and not queries.letter_is_ready(case)
    assert actions(case) == ["letter.issued"]


def test_the_worker_fills_in_the_pdf_once(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    for _ in range(2):
        render_letter(letter.id)
        db.session.commit()
    pdf = store().get(letter.sha256 or "")
    assert pdf.startswith(b"%PDF") and len(pdf) == letter.size
    assert hashlib.sha256(pdf).hexdigest() == letter.sha256
    assert queries.letter_is_ready(case)
    assert actions(case) == ["letter.issued", "letter.rendered"]


def test_each_register_counts_for_itself_by_office_and_year(case: Case, supervisor: Viewer) -> None:
    next_year = replace(DRAFT, issued_on=date(2027, 1, 2), departure_deadline=date(2027, 1, 16))
    drafts = (DRAFT, DRAFT, replace(PERMISSION, number=""), next_year)
    numbers = [issued(case, supervisor, values).number for values in drafts]
    assert numbers == [
        "seoul-southern-2026-D-000001",
        "seoul-southern-2026-D-000002",
        "seoul-southern-2026-P-000001",
        "seoul-southern-2027-D-000001",
    ]


def test_numbers_have_no_gaps_or_doubles_when_taken_at_once_and_given_up(app: Flask, case: Case) -> None:
    office = case.office
    # Loaded, and of no session: the turns share it.
    make_transient(office)
    db.session.commit()

    def take(turn: int) -> int | None:
        with app.app_context():
            taken = next_in_register(office, 2026, "D")
            if turn % 3 == 0:
                db.session.rollback()
                return None
            db.session.commit()
            return taken

    with ThreadPoolExecutor(6) as pool:
        taken = [number for number in pool.map(take, range(60)) if number]
    assert sorted(taken) == list(range(1, 41))


INCOMPLETE = {
    "Name of the applicant": replace(DRAFT, addressee=replace(ADDRESSEE, name="")),
    "Reasons": replace(DRAFT, reasons=()),
    "Telephone": replace(DRAFT, sender=replace(DRAFT.sender, telephone="")),
    "legal basis": replace(DRAFT, reasons=(replace(DRAFT.reasons[0], basis=Bilingual("", "")),)),
    "at the latest": replace(DRAFT, departure_deadline=date(2026, 12, 6)),
    "at the latest 2026": replace(DRAFT, departure_deadline=date(2026, 11, 20)),
    "stay_expires_on": replace(DRAFT, departure_deadline=None, stay_expires_on=None),
    "ก (U+0E01 THAI CHARACTER KO KAI)": replace(DRAFT, addressee=replace(ADDRESSEE, native_name="กำ")),
    "U+200F RIGHT-TO-LEFT MARK": replace(DRAFT, addressee=replace(ADDRESSEE, name="KIM\u200f")),
}


@pytest.mark.parametrize("problem", INCOMPLETE)
def test_a_letter_that_cannot_be_printed_is_refused_before_anything_moves(
    problem: str, case: Case, supervisor: Viewer
) -> None:
    with pytest.raises(Invalid) as refused:
        issue(case, INCOMPLETE[problem], supervisor)
    assert problem in refused.value.message
    assert db.session.scalars(select(LetterCounter)).all() == db.session.scalars(select(Letter)).all() == []


def test_a_stay_that_continues_needs_no_deadline(case: Case, supervisor: Viewer) -> None:
    assert issued(case, supervisor, replace(STAYING, number="")).number


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RECEPTION, Role.AUDITOR])
def test_only_those_who_decide_issue_letters(role: Role, case: Case) -> None:
    at = "seoul-southern" if role is not Role.AUDITOR else None
    with pytest.raises(Forbidden):
        issue(case, DRAFT, factories.viewer(role, at=at or "seoul-southern"))


CHANGES = [
    "UPDATE letter SET number = 'seoul-southern-2026-D-000009'",
    "UPDATE letter SET content = '{}'",
    "UPDATE letter SET sha256 = repeat_a",
    "UPDATE letter SET sha256 = NULL, size = NULL, rendered_at = NULL",
    "DELETE FROM letter",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_a_letter_that_is_filled_in(
    change: str, case: Case, supervisor: Viewer
) -> None:
    letter = issued(case, supervisor)
    render_letter(letter.id)
    db.session.commit()
    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(text(change.replace("repeat_a", f"'{'a' * 64}'")))
    db.session.rollback()


def test_the_database_refuses_to_change_what_a_waiting_letter_says(case: Case, supervisor: Viewer) -> None:
    issued(case, supervisor)
    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(text("UPDATE letter SET issued_on = '2026-01-01'"))
    db.session.rollback()


def test_a_failed_attempt_keeps_the_number_and_shows_in_the_worklist(
    case: Case, supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = issued(case, supervisor)
    monkeypatch.setattr("kis.letters.operations.pressroom", lambda: 1 / 0)
    assert jobs.perform(job_id(letter))
    (waiting,) = queries.pending_letters(supervisor)
    assert waiting[0].number == letter.number and waiting[0].sha256 is None
    assert (waiting[1].state, waiting[1].attempts) == ("queued", 1)
    assert "ZeroDivisionError" in waiting[1].error
    assert queries.pending_letters(factories.viewer(Role.SUPERVISOR, at="busan")) == []


def test_a_letter_that_was_given_up_can_be_tried_again(case: Case, supervisor: Viewer) -> None:
    letter = issued(case, supervisor)
    with pytest.raises(Conflict):
        try_again(letter, supervisor)
    db.session.get_one(Job, job_id(letter)).state = "failed"
    db.session.commit()
    try_again(letter, supervisor)
    db.session.commit()
    assert jobs.perform(job_id(letter))
    assert db.session.get_one(Letter, letter.id).is_ready
    assert actions(case) == ["letter.issued", "letter.retried", "letter.rendered"]


WORKER = """
import sys
from pathlib import Path
from kis.core import jobs
from kis.factory import create_app
from tests.conftest import settings_for_tests
app = create_app(settings_for_tests(sys.argv[1], Path(sys.argv[2])))
with app.app_context():
    print("up", flush=True)
    jobs.perform(int(sys.argv[3]))
"""


def killed_while_rendering(app: Flask, number: int) -> None:
    """A worker process that takes the job and is killed before the letter is there."""
    arguments = [
        app.config["SQLALCHEMY_DATABASE_URI"],
        str(Path(app.config["STORE_PATH"]).parent),
        str(number),
    ]
    worker = subprocess.Popen([sys.executable, "-c", WORKER, *arguments], stdout=subprocess.PIPE)
    try:
        assert worker.stdout and worker.stdout.readline()
        for _ in range(200):
            db.session.rollback()
            if db.session.get_one(Job, number).state == "running":
                break
            time.sleep(0.01)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()


@pytest.fixture
def abandoned(app: Flask, case: Case, supervisor: Viewer) -> Iterator[Letter]:
    letter = issued(case, supervisor)
    killed_while_rendering(app, job_id(letter))
    db.session.expire_all()
    yield letter


def test_a_worker_killed_while_rendering_leaves_the_letter_to_be_made_later_once(abandoned: Letter) -> None:
    assert not abandoned.is_ready and abandoned.number == "seoul-southern-2026-D-000001"
    number = job_id(abandoned)
    assert not jobs.perform(number), "the dead worker's lease still holds"
    db.session.execute(update(Job).values(leased_until=clock.now() - timedelta(seconds=1)))
    db.session.commit()
    assert jobs.due_jobs() == [number]
    assert jobs.perform(number) and not jobs.perform(number)
    assert db.session.get_one(Letter, abandoned.id).is_ready
    assert actions(abandoned.case) == ["letter.issued", "letter.rendered"]


def test_the_web_process_does_without_weasyprint(app: Flask) -> None:
    code = (
        "import sys; from kis.factory import create_app; create_app();"
        "print(sorted({'weasyprint', 'fontTools', 'pydyf'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout.strip() == "[]"
    assert operations.RENDER in app.extensions["job-handlers"]
