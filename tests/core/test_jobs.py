"""Background work is done once, also after crashes and lost messages."""

import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from kis.core import clock, jobs
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job

DONE: list[int] = []
STRIKE = "tests.core.test_jobs:strike_of_the_clock"
SEEN: list[tuple[int | None, ...]] = []


def note_done(subject_id: int) -> None:
    DONE.append(subject_id)


def fail(subject_id: int) -> None:
    raise RuntimeError(f"no paper for {subject_id}")


def look(engine: Engine) -> None:
    """What somebody else sees of the ledger at this moment."""
    with engine.connect() as outside:
        SEEN.append(tuple(outside.execute(select(Job.done, Job.total)).one()))


def count_to_three(subject_id: int) -> jobs.Steps:
    for part in (1, 2, 3):
        DONE.append(part)
        yield jobs.Progress(part, 3)
        somebody = Thread(target=look, args=(db.engine,))
        somebody.start()
        somebody.join()


def fail_at_the_second(subject_id: int) -> jobs.Steps:
    yield jobs.Progress(1, 2)
    raise RuntimeError("the second part is not to be had")


def strike_of_the_clock() -> None:
    DONE.append(0)


@pytest.fixture
def handlers(app: Flask) -> Iterator[None]:
    DONE.clear()
    SEEN.clear()
    hourly, known = app.extensions["hourly"], app.extensions["job-handlers"]
    app.extensions["hourly"] = (STRIKE,)
    app.extensions["job-handlers"] = known | {
        "note": "tests.core.test_jobs:note_done",
        "fail": "tests.core.test_jobs:fail",
        "count": "tests.core.test_jobs:count_to_three",
        "half": "tests.core.test_jobs:fail_at_the_second",
    }
    yield
    app.extensions["hourly"], app.extensions["job-handlers"] = hourly, known


def made(kind: str, **columns: object) -> int:
    with transaction():
        job = jobs.enqueue(kind, 7)
        for name, value in columns.items():
            setattr(job, name, value)
    return job.id


def test_a_job_is_done_once_however_often_it_is_offered(handlers: None) -> None:
    job_id = made("note")
    assert jobs.perform(job_id)
    assert not jobs.perform(job_id)
    assert DONE == [7]
    assert db.session.get_one(Job, job_id).state == "done"


def test_a_job_of_a_transaction_that_failed_never_runs(handlers: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        jobs.enqueue("note", 7)
        raise ZeroDivisionError
    assert db.session.query(Job).count() == 0


def test_a_failed_job_keeps_its_error_and_is_tried_again_later(handlers: None) -> None:
    job_id = made("fail")
    jobs.perform(job_id)
    job = db.session.get_one(Job, job_id)
    assert job.state == "queued"
    assert job.error == "RuntimeError: no paper for 7"
    assert job.available_at > clock.now()


def test_a_job_that_always_fails_is_given_up_and_stays_visible(handlers: None) -> None:
    job_id = made("fail", attempts=jobs.MAX_ATTEMPTS - 1)
    jobs.perform(job_id)
    assert db.session.get_one(Job, job_id).state == "failed"


def test_a_job_left_by_a_dead_worker_is_offered_and_done(handlers: None) -> None:
    job_id = made("note", state="running", leased_until=clock.now() - timedelta(seconds=1))
    assert jobs.due_jobs() == [job_id]
    assert jobs.perform(job_id)
    assert DONE == [7]


def test_a_job_under_lease_is_left_to_its_worker(handlers: None) -> None:
    job_id = made("note", state="running", leased_until=clock.now() + timedelta(minutes=1))
    assert not jobs.perform(job_id)
    assert jobs.due_jobs() == []


def test_a_message_lost_on_the_way_is_offered_by_the_sweeper(handlers: None) -> None:
    job_id = made("note", available_at=clock.now() - jobs.PATIENCE - timedelta(seconds=1))
    assert jobs.due_jobs() == [job_id]


def test_a_long_job_shows_how_far_it_has_come_while_it_goes_on(handlers: None) -> None:
    job_id = made("count")
    jobs.perform(job_id)
    assert SEEN == [(1, 3), (2, 3), (3, 3)]
    assert db.session.get_one(Job, job_id).state == "done"


def test_a_long_job_that_fails_keeps_what_it_did_before(handlers: None) -> None:
    job_id = made("half")
    jobs.perform(job_id)
    job = db.session.get_one(Job, job_id)
    assert (job.state, job.done, job.total) == ("queued", 1, 2)


def test_the_lease_of_a_long_job_is_renewed(handlers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "RENEW_EVERY", timedelta(milliseconds=20))
    job_id = made("note", state="running", leased_until=clock.now())
    db.session.rollback()
    renewed = select(Job.leased_until > clock.now() + timedelta(minutes=4)).where(Job.id == job_id)
    with jobs.lease_kept(job_id):
        for _attempt in range(200):
            with db.engine.connect() as outside:
                if outside.scalar(renewed):
                    return
            time.sleep(0.02)
    raise AssertionError("nobody renewed it")


def test_a_job_that_ends_every_worker_is_given_up(handlers: None) -> None:
    past = clock.now() - timedelta(seconds=1)
    job_id = made("note", state="running", leased_until=past, attempts=jobs.MAX_ATTEMPTS)
    jobs.sweep()
    job = db.session.get_one(Job, job_id)
    assert (job.state, job.error) == ("failed", jobs.DIED)


def test_a_failed_job_is_done_when_it_is_given_to_the_workers_again(handlers: None) -> None:
    job_id = made("note", state="failed", attempts=jobs.MAX_ATTEMPTS)
    with transaction():
        jobs.try_again(db.session.get_one(Job, job_id))
    assert jobs.perform(job_id)
    assert db.session.get_one(Job, job_id).state == "done"


def test_regular_work_is_done_once_an_hour_however_many_clocks_strike(handlers: None) -> None:
    assert [jobs.strike(STRIKE) for _machine in range(3)] == [True, False, False]
    (job_id,) = db.session.scalars(select(Job.id)).all()
    assert jobs.perform(job_id)
    assert DONE == [0]
    with transaction():
        db.session.execute(update(Job).values(key="an hour before"))
    assert jobs.strike(STRIKE)


@pytest.mark.parametrize("address", ["postgresql://postgres@127.0.0.1:1/none", "redis://127.0.0.1:1/0"])
def test_a_queue_that_does_not_answer_stops_nobody(address: str) -> None:
    assert jobs.make_queue(address, "secret") is not None
