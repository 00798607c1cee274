"""Background work: a ledger row in the business transaction, of which the queue carries only the id.

The queue may lose or repeat an id: a sweeper offers again what nobody has finished, and a lease
keeps two workers from the same job. Handlers are idempotent.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urlparse

from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import CheckConstraint, Index, String, Text, event, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from kis.core import clock, pending
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.types import UtcDateTime

LEASE = timedelta(minutes=5)
PATIENCE = timedelta(seconds=20)
MAX_ATTEMPTS = 8


class Job(db.Model):
    """One piece of background work: `kind` names the handler, `subject_id` what it works on."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        Index("ix_job_open", "state", "available_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    available_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)


def enqueue(kind: str, subject_id: int) -> Job:
    """Add a job to this transaction; it is offered to the workers once the transaction commits."""
    job = Job(kind=kind, subject_id=subject_id)
    db.session.add(job)
    db.session.flush()
    pending.add("jobs", job.id)
    return job


@event.listens_for(Session, "after_commit")
def offer_committed(session: Session) -> None:
    if not session.in_nested_transaction():
        for job_id in pending.take(session, "jobs"):
            offer(job_id)


def offer(job_id: int) -> None:
    """Put the id on the queue. A queue that is down only delays: the sweeper offers again."""
    try:
        current_app.extensions["perform"](job_id)
    except Exception:
        current_app.logger.exception("job %s could not be queued; the sweeper will offer it", job_id)


def perform(job_id: int) -> bool:
    """Run a job that is due, under a lease. False when another worker has it or it is done."""
    if not lease(job_id):
        return False
    try:
        with transaction():
            job = db.session.get_one(Job, job_id)
            handler(job.kind)(job.subject_id)
            job.state, job.finished_at, job.error = "done", clock.now(), None
    except Exception as error:
        current_app.logger.exception("job %s failed", job_id)
        with transaction():
            put_back(db.session.get_one(Job, job_id), error)
    return True


def lease(job_id: int) -> bool:
    now = clock.now()
    free = or_(
        (Job.state == "queued") & (Job.available_at <= now),
        (Job.state == "running") & (Job.leased_until < now),
    )
    with transaction():
        taken = db.session.execute(
            update(Job)
            .where(Job.id == job_id, free)
            .values(state="running", leased_until=now + LEASE, attempts=Job.attempts + 1)
        )
    return bool(taken.rowcount == 1)


def put_back(job: Job, error: Exception) -> None:
    """Try again later, a little later each time; give up after MAX_ATTEMPTS."""
    job.state = "failed" if job.attempts >= MAX_ATTEMPTS else "queued"
    job.available_at = clock.now() + timedelta(seconds=5 * 2**job.attempts)
    job.error = f"{type(error).__name__}: {error}"[:2000]


def handler(kind: str) -> Callable[[int], None]:
    """The function that does jobs of this kind, imported only where it runs."""
    function: Callable[[int], None] = imported(current_app.extensions["job-handlers"][kind])
    return function


def imported(place: str) -> Callable[..., Any]:
    """The function at "module:function"."""
    module, name = place.split(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def in_transaction(place: str) -> None:
    """Call the "module:function" and commit what it did."""
    with transaction():
        imported(place)()


def due_jobs() -> list[int]:
    """Ids of jobs that should have been taken by now: never offered, lost, or left by a dead worker."""
    now = clock.now()
    waiting = (Job.state == "queued") & (Job.available_at <= now - PATIENCE)
    abandoned = (Job.state == "running") & (Job.leased_until < now)
    return list(db.session.scalars(select(Job.id).where(or_(waiting, abandoned)).order_by(Job.id).limit(500)))


def sweep() -> int:
    """Offer due jobs again; returns how many."""
    with transaction():
        due = due_jobs()
    for job_id in due:
        offer(job_id)
    return len(due)


def make_queue(url: str, secret: str) -> Huey:
    """The queue at a sqlite:///, redis:// or postgresql:// address. Raises ValueError for another."""
    serializer = SignedSerializer(secret=secret, salt="kis.jobs")
    scheme = urlparse(url).scheme.split("+")[0]
    if scheme == "sqlite":
        return SqliteHuey("kis", filename=url.removeprefix("sqlite:///"), serializer=serializer)
    if scheme == "redis":
        return RedisHuey("kis", url=url, serializer=serializer)
    if scheme == "postgresql":
        return PostgresHuey("kis", dsn=url.replace("postgresql+psycopg", "postgresql"), serializer=serializer)
    raise ValueError(f"QUEUE_URL: {scheme} is not one of sqlite, redis, postgresql")


def init_app(app: Flask, handlers: dict[str, str], hourly: Iterable[str] = ()) -> None:
    """`handlers`: kind of job to "module:function" that takes the subject's id; `hourly`: functions of nothing."""
    queue = make_queue(app.config["QUEUE_URL"], app.config["SECRET_KEY"])

    def in_context(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            with app.app_context():
                return function(*arguments)

        run.__name__ = getattr(function, "__name__", "run")
        return run

    app.extensions["queue"] = queue
    app.extensions["job-handlers"] = handlers
    app.extensions["perform"] = queue.task()(in_context(perform))
    queue.periodic_task(crontab(minute="*"))(in_context(sweep))
    for place in hourly:
        queue.periodic_task(crontab(minute="7"), name=place)(in_context(partial(in_transaction, place)))
