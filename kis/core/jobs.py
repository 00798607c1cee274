"""Background work: a ledger row in the business transaction, of which the queue carries only the id.

The queue may lose or repeat an id: a sweeper offers again what nobody has finished, and a lease
keeps two workers from the same job. Handlers are idempotent. A long one is a generator: what it did
up to each `yield Progress(…)` is committed there, and shown while the rest goes on.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from inspect import isgenerator
from threading import Event, Thread
from typing import Any
from urllib.parse import urlparse

from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import CheckConstraint, Index, String, Text, event, or_, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from kis.core import clock, pending
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.types import UtcDateTime

LEASE = timedelta(minutes=5)
RENEW_EVERY = timedelta(minutes=1)
PATIENCE = timedelta(seconds=20)
MAX_ATTEMPTS = 8
STATES = ("queued", "running", "done", "failed")
DIED = "the worker ended in the midst of it"


@dataclass(frozen=True)
class Progress:
    """How far a long job has come: `done` of `total`, in whatever it counts."""

    done: int
    total: int


# A handler does its work and is done, or yields its progress after each part of it.
Steps = Generator[Progress, None, None]


class Job(db.Model):
    """One piece of background work: `kind` names the handler, `subject_id` what it works on.

    `office_id` is the office whose work it is, where it is one's; `key` keeps regular work to one
    turn an hour, however many machines' clocks strike.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("(done IS NULL) = (total IS NULL) AND done BETWEEN 0 AND total", name="progress"),
        Index("ix_job_open", "state", "available_at"),
        Index("ix_job_subject", "kind", "subject_id"),
        Index("uq_job_key", "key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    subject_id: Mapped[int]
    office_id: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    available_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    done: Mapped[int | None]
    total: Mapped[int | None]


def enqueue(kind: str, subject_id: int, *, office_id: int | None = None, key: str | None = None) -> Job:
    """Add a job to this transaction; it is offered to the workers once the transaction commits."""
    job = Job(kind=kind, subject_id=subject_id, office_id=office_id, key=key)
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
        with lease_kept(job_id):
            carry_out(job_id)
    except Exception as error:
        current_app.logger.exception("job %s failed", job_id)
        with transaction():
            put_back(db.session.get_one(Job, job_id), error)
    return True


def carry_out(job_id: int) -> None:
    """Do the work: in one transaction, or in one for each part where the handler yields its progress.

    What was committed before a later part failed is done: the handler, run again, passes over it.
    """
    steps: Iterator[Progress] | None = None
    while True:
        with transaction():
            job = db.session.get_one(Job, job_id)
            steps = begin(job) if steps is None else steps
            progress = next(steps, None)
            if progress is None:
                job.state, job.finished_at, job.error = "done", clock.now(), None
                return
            job.done, job.total = progress.done, progress.total
            job.leased_until = clock.now() + LEASE


def begin(job: Job) -> Iterator[Progress]:
    """The parts of a long job; none of one that is done when this returns."""
    if job.kind in current_app.extensions["hourly"]:
        made = imported(job.kind)()
    else:
        made = handler(job.kind)(job.subject_id)
    return made if isgenerator(made) else iter(())


@contextmanager
def lease_kept(job_id: int) -> Iterator[None]:
    """Renew the lease while the work goes on: one long transaction may outlast it.

    From a thread of its own. On SQLite the writing transaction itself keeps all others out, this
    thread too; it gives way.
    """
    ended, engine = Event(), db.engine

    def renew() -> None:
        while not ended.wait(RENEW_EVERY.total_seconds()):
            still = update(Job).where(Job.id == job_id, Job.state == "running")
            with suppress(OperationalError), engine.begin() as connection:
                connection.execute(still.values(leased_until=clock.now() + LEASE))

    keeper = Thread(target=renew, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()


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


def handler(kind: str) -> Callable[[int], Steps | None]:
    """The function that does jobs of this kind, imported only where it runs."""
    function: Callable[[int], Steps | None] = imported(current_app.extensions["job-handlers"][kind])
    return function


def imported(place: str) -> Callable[..., Any]:
    """The function at "module:function"."""
    module, name = place.split(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def strike(place: str) -> bool:
    """Put this hour's turn of the regular work at "module:function" in the ledger, once. False when it is there."""
    hour = int(clock.now().timestamp()) // 3600
    try:
        with transaction():
            enqueue(place, hour, key=f"{place} {hour}")
    except IntegrityError:
        return False
    return True


def due_jobs() -> list[int]:
    """Ids of jobs that should have been taken by now: never offered, lost, or left by a dead worker."""
    now = clock.now()
    waiting = (Job.state == "queued") & (Job.available_at <= now - PATIENCE)
    abandoned = (Job.state == "running") & (Job.leased_until < now)
    return list(db.session.scalars(select(Job.id).where(or_(waiting, abandoned)).order_by(Job.id).limit(500)))


def sweep() -> int:
    """Offer due jobs again; returns how many."""
    with transaction():
        give_up_the_deadly()
        due = due_jobs()
    for job_id in due:
        offer(job_id)
    return len(due)


def give_up_the_deadly() -> None:
    """A job during which worker after worker died is not offered any more."""
    abandoned = (Job.state == "running") & (Job.leased_until < clock.now())
    deadly = update(Job).where(abandoned, Job.attempts >= MAX_ATTEMPTS)
    db.session.execute(deadly.values(state="failed", error=DIED))


def try_again(job: Job) -> None:
    """Give a job that was given up to the workers anew, with all its attempts before it."""
    job.state, job.attempts, job.available_at = "queued", 0, clock.now()
    db.session.flush()
    pending.add("jobs", job.id)


def latest(kind: str, subject_id: int) -> Job | None:
    """The latest job of this kind on the subject."""
    query = select(Job).where(Job.kind == kind, Job.subject_id == subject_id)
    return db.session.scalar(query.order_by(Job.id.desc()).limit(1))


def make_queue(url: str, secret: str) -> Huey:
    """The queue at a sqlite:///, redis:// or postgresql:// address. Raises ValueError for another."""
    serializer = SignedSerializer(secret=secret, salt="kis.jobs")
    scheme = urlparse(url).scheme.split("+")[0]
    if scheme == "sqlite":
        return SqliteHuey("kis", filename=url.removeprefix("sqlite:///"), serializer=serializer)
    if scheme == "redis":
        return RedisHuey("kis", url=url, serializer=serializer)
    if scheme == "postgresql":
        # Its tables are made by `prepare_queue`: a server that is down delays jobs, and stops nobody else.
        dsn = url.replace("postgresql+psycopg", "postgresql")
        return PostgresHuey("kis", dsn=dsn, serializer=serializer, create_tables=False)
    raise ValueError(f"QUEUE_URL: {scheme} is not one of sqlite, redis, postgresql")


def prepare_queue() -> None:
    """Make the tables of a queue that has its own in PostgreSQL; doing it again changes nothing."""
    queue = current_app.extensions["queue"]
    if isinstance(queue, PostgresHuey):
        queue.storage.initialize_schema()


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
    app.extensions["job-handlers"], app.extensions["hourly"] = handlers, tuple(hourly)
    app.extensions["perform"] = queue.task()(in_context(perform))
    queue.periodic_task(crontab(minute="*"))(in_context(sweep))
    for place in app.extensions["hourly"]:
        queue.periodic_task(crontab(minute="7"), name=place)(in_context(partial(strike, place)))
