"""Workers on several machines share one queue, of whichever kind: each job is done, once, by one of them."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from kis.casework import allocation
from kis.core import jobs
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.offices.models import Office
from tests.casework.people import allocating, assignees, officers, supervisor, unassigned_cases
from tests.databases import SERVER, postgresql_database
from tests.robustness.processes import eventually, process

WORKERS, JOBS = 2, 24


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis of this test alone, that keeps nothing. Fails where none is installed."""
    program = shutil.which("redis-server")
    assert program, "redis-server is not installed"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: accepts(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def queue_of(kind: str, folder: Path) -> Iterator[str]:
    """The address of a fresh queue of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'queue.sqlite3'}"
    elif kind == "redis":
        with redis(folder) as address:
            yield address
    else:
        name = f"kis_queue_{os.getpid()}"
        with postgresql_database(name):
            yield f"{SERVER}/{name}"


@contextmanager
def offering(app: Flask, address: str) -> Iterator[None]:
    """The test's own jobs are offered on that queue."""
    before = app.config["QUEUE_URL"], dict(app.extensions)
    app.config["QUEUE_URL"] = address
    jobs.init_app(app, app.extensions["job-handlers"])
    jobs.prepare_queue()
    try:
        yield
    finally:
        app.extensions["queue"].storage.close()
    app.config["QUEUE_URL"], extensions = before
    app.extensions.update(extensions)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "redis"])
def test_two_workers_do_every_job_once(app: Flask, tmp_path: Path, kind: str) -> None:
    boss, people = supervisor(), officers(3)
    office_id, cases = allocating("in_turn", boss), unassigned_cases(6)
    idle = [office.id for office in db.session.query(Office).limit(JOBS) if office.id != office_id]
    with ExitStack() as opened:
        address = opened.enter_context(queue_of(kind, tmp_path))
        opened.enter_context(offering(app, address))
        for number in range(WORKERS):
            folder = tmp_path / str(number)
            folder.mkdir()
            opened.enter_context(process(app, folder, "flask", "worker", QUEUE_URL=address))
        with transaction():
            for each in (office_id, *idle):
                jobs.enqueue(allocation.ALLOCATE, each)
        eventually(lambda: unfinished() == 0, pause=0.3)
    assert assignees(cases) == [officer.id for officer in people * 2]
    assert set(db.session.scalars(select(Job.attempts))) == {1}


def unfinished() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Job.state != "done")) or 0
