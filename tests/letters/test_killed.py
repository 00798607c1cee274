"""Workers killed without warning, disks that are full, offices that number at once: no half letter, no lost number.

KILLS is how often a worker is killed on each database: fifty times on the two together.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from kis.audit import chain
from kis.audit.models import AuditRecord
from kis.core import clock, jobs
from kis.core.access import Viewer
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.store import DirectoryStore
from kis.letters import queries
from kis.letters.models import Letter, LetterVoid, VerificationMiss
from kis.letters.operations import fill, issue, render_letter
from kis.letters.pressroom import FinishedLetter
from tests import factories
from tests.letters.examples import PERMISSION

KILLS = int(os.environ.get("KILLS", "25"))
DRAFT = replace(PERMISSION, number="")
ROUNDS_PER_PROCESS = 5

# One process loads the application once; each worker is a fork of it, with a press of its own.
STABLE = """
import os, sys
from pathlib import Path
from kis.core import jobs
from kis.core.extensions import db
from kis.factory import create_app
from tests.conftest import settings_for_tests
app = create_app(settings_for_tests(sys.argv[1], Path(sys.argv[2])))
with app.app_context():
    db.engine.dispose()
print("up", flush=True)
for _ in sys.stdin:
    worker = os.fork()
    if worker == 0:
        with app.app_context():
            while due := jobs.due_jobs():
                for job in due:
                    jobs.perform(job)
        os._exit(0)
    print(worker, flush=True)
    os.waitpid(worker, 0)
    print("ended", flush=True)
"""


class Stable:
    """Workers, one after the other."""

    def __init__(self, app: Flask) -> None:
        arguments = [app.config["SQLALCHEMY_DATABASE_URI"], str(Path(app.config["STORE_PATH"]).parent)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", STABLE, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer()

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def start_worker(self) -> int:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return int(self.answer())


@pytest.fixture
def stable(app: Flask) -> Iterator[Stable]:
    made = Stable(app)
    yield made
    made.process.kill()
    made.process.communicate()


def decided(supervisor: Viewer) -> Letter:
    """The letter of a case that was decided, waiting for its PDF."""
    case = factories.case()
    case.state, case.outcome = "decided", "granted"
    case.decided_on, case.processing_days = clock.today(), 1
    letter = issue(case, DRAFT, supervisor)
    db.session.commit()
    return letter


def make_due() -> None:
    past = clock.now() - timedelta(minutes=1)
    with transaction():
        unfinished = update(Job).where(Job.state != "done")
        db.session.execute(unfinished.values(available_at=past, leased_until=past, attempts=1))


def look(app: Flask) -> int:
    """How many letters have their PDF; fails where one is half there."""
    db.session.rollback()
    kept = DirectoryStore(app.config["STORE_PATH"])
    letters = db.session.scalars(
        select(Letter).order_by(Letter.id).execution_options(populate_existing=True)
    ).all()
    for letter in letters:
        done = letter.sha256 is not None
        assert letter.is_ready == done == (letter.case.state == "closed"), letter.number
        if done:
            assert len(kept.get(letter.sha256 or "")) == letter.size
    assert [letter.sequence for letter in letters] == list(range(1, len(letters) + 1))
    return sum(letter.is_ready for letter in letters)


def test_a_worker_killed_at_any_moment_leaves_no_half_letter_and_no_lost_number(
    app: Flask, stable: Stable, supervisor: Viewer
) -> None:
    draw = random.Random(20261122)
    for _ in range(KILLS):
        decided(supervisor)
        make_due()
        db.session.remove()
        worker = stable.start_worker()
        time.sleep(draw.uniform(0, 1.4))
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        assert stable.answer() == "ended"
        look(app)
    make_due()
    db.session.remove()
    stable.start_worker()
    assert stable.answer() == "ended"
    assert look(app) == KILLS
    rendered = select(func.count()).where(AuditRecord.action == "letter.rendered")
    assert db.session.scalar(rendered) == KILLS, "each letter was filled in once"
    assert chain.verify().broken_at is None


@contextmanager
def small_disk() -> Iterator[None]:
    """No file may grow beyond 16 kB: the system refuses the rest, as a full disk does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 * 1024, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_leaves_the_letter_pending_and_the_case_decided_until_the_retry(
    app: Flask, supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = decided(supervisor)
    number, job = letter.number, queries.job_of(letter)
    assert job
    put = DirectoryStore.put

    def put_on_a_small_disk(kept: DirectoryStore, content: bytes) -> str:
        with small_disk():
            return put(kept, content)

    before = files_of(app)
    monkeypatch.setattr(DirectoryStore, "put", put_on_a_small_disk)
    assert jobs.perform(job.id)
    assert files_of(app) == before, "half a file was left"
    db.session.expire_all()
    assert look(app) == 0 and letter.case.state == "decided"
    ((waiting, tried),) = queries.pending_letters(supervisor)
    assert waiting.number == number and "File too large" in tried.error
    monkeypatch.undo()
    make_due()
    assert jobs.perform(job.id)
    assert look(app) == 1 and letter.number == number


def files_of(app: Flask) -> set[str]:
    return {path.name for path in Path(app.config["STORE_PATH"]).rglob("*") if path.is_file()}


TURNS = """
import sys
from dataclasses import replace
from pathlib import Path
from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.models import Case
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.refusals import Conflict
from kis.factory import create_app
from kis.letters.models import Letter
from kis.letters.operations import issue, reissue, void
from tests.conftest import settings_for_tests
from tests.letters.examples import PERMISSION
app = create_app(settings_for_tests(sys.argv[1], Path(sys.argv[2])))
case_id, shared_id, account_id, turns = map(int, sys.argv[3:])
draft = replace(PERMISSION, number="")
with app.app_context():
    viewer = viewer_of(db.session.get_one(Account, account_id))
    for turn in range(turns):
        with transaction():
            letter = issue(db.session.get_one(Case, case_id), draft, viewer)
        letter_id = letter.id
        try:
            with transaction():
                reissue(db.session.get_one(Letter, letter_id), draft, "A misprint.", viewer)
                if turn % 3 == 0:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    try:
        with transaction():
            void(db.session.get_one(Letter, shared_id), "Of two one is first.", viewer)
        print("void")
    except Conflict:
        print("too late")
"""


def test_processes_that_issue_void_and_reissue_at_once_leave_no_gap_no_double_and_no_fork(
    app: Flask, supervisor: Viewer
) -> None:
    shared = issue(factories.case(), DRAFT, supervisor)
    cases = [factories.case() for _ in range(3)]
    db.session.commit()
    arguments = [app.config["SQLALCHEMY_DATABASE_URI"], str(Path(app.config["STORE_PATH"]).parent)]
    numbers = [(case.id, shared.id, supervisor.account_id, ROUNDS_PER_PROCESS) for case in cases]
    db.session.remove()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TURNS, *arguments, *map(str, each)], stdout=subprocess.PIPE, text=True
        )
        for each in numbers
    ]
    said = sorted(process.communicate(timeout=120)[0].strip() for process in processes)
    assert said == ["too late", "too late", "void"]
    letters = db.session.scalars(select(Letter).order_by(Letter.sequence)).all()
    assert [letter.sequence for letter in letters] == list(range(1, len(letters) + 1))
    kept = sum(turn % 3 != 0 for turn in range(ROUNDS_PER_PROCESS))
    assert len(letters) == 1 + len(cases) * (ROUNDS_PER_PROCESS + kept)
    replaced = [letter.replaces_id for letter in letters if letter.replaces_id]
    assert len(replaced) == len(set(replaced)) == len(cases) * kept
    assert db.session.scalar(select(func.count(LetterVoid.id))) == 1 + len(cases) * kept
    assert chain.verify().broken_at is None


def test_two_workers_with_the_same_letter_fill_it_in_once(app: Flask, supervisor: Viewer) -> None:
    letter = decided(supervisor)
    render_letter(letter.id)
    db.session.commit()
    kept = letter.sha256
    fill(letter.id, "0" * 64, FinishedLetter(b"late", None))
    db.session.commit()
    db.session.expire_all()
    assert letter.sha256 == kept


class BusyPress:
    """A press during whose work somebody else writes."""

    def make(self, *_arguments: object) -> FinishedLetter:
        with db.engine.begin() as other:
            other.execute(insert(VerificationMiss), [{"at": clock.now(), "address": "192.0.2.7"}])
        return FinishedLetter(b"%PDF", None)


def test_nobody_waits_for_the_database_while_a_letter_is_made(
    app: Flask, supervisor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queries.job_of(decided(supervisor))
    assert job
    monkeypatch.setattr("kis.letters.operations.pressroom", BusyPress)
    started = time.monotonic()
    assert jobs.perform(job.id)
    assert time.monotonic() - started < 10, "SQLite gives up after twenty seconds"
    assert look(app) == 1 and db.session.scalar(select(func.count(VerificationMiss.id))) == 1
