"""Background work is done once, also after crashes and lost messages."""

from datetime import timedelta

import pytest
from flask import Flask

from kis.core import clock, jobs
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job

DONE: list[int] = []


def note_done(subject_id: int) -> None:
    DONE.append(subject_id)


def fail(subject_id: int) -> None:
    raise RuntimeError(f"no paper for {subject_id}")


@pytest.fixture
def handlers(app: Flask) -> None:
    DONE.clear()
    app.extensions["job-handlers"] |= {
        "note": "tests.core.test_jobs:note_done",
        "fail": "tests.core.test_jobs:fail",
    }


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
