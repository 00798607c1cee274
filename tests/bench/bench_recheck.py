"""Open cases re-checked after a change of a figure: `python -m tests.bench.bench_recheck --cases 20000`.

Cases are written in bulk into a throw-away PostgreSQL database; then the GNI of 2024 changes by an
approved proposal and worker processes take the chunks from the ledger of jobs, as `flask worker` does.
`--kill` kills one of them in the middle; what it had not finished is taken up by another.
"""

import argparse
import multiprocessing
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text

from kis.accounts.operations import create_account
from kis.accounts.sessions import viewer_of
from kis.cases.facts import facts_of
from kis.cases.models import Applicant, Case, DossierRevision
from kis.core import clock, jobs
from kis.core.access import Role
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.desk import synthetic
from kis.factory import create_app
from kis.figures.operations import approve, propose
from kis.figures.queries import plain_rows, reference_tables
from kis.figures.reading import Change
from kis.figures.subjects import FIGURE
from kis.precheck.models import Recheck, RecheckChunk, Run
from kis.precheck.operations import columns_of
from kis.precheck.rechecking import CHUNK, start
from kis.rules import ReferenceTables, procedure
from tests import factories
from tests.conftest import settings_for_tests
from tests.databases import postgresql_database
from tests.dossiers import SEED

BOUND = 60.0
MEASURED_FOR = 100_000
BLOCK = 2_000
AMOUNT = 51_000_000
# So many dossiers differ; the cases go round among them.
DISTINCT = 5_000
FIRST, LAST = date(2025, 1, 2), date(2025, 12, 31)
PERIOD = 90
LOOK_EVERY = 5.0


def pool(count: int, tables: ReferenceTables) -> list[dict[str, Any]]:
    """Synthetic dossiers of a year in which the figure changes, as the parts of rows; each judged once."""
    drawn = synthetic.dossiers(min(count, DISTINCT), seed=SEED, first=FIRST, last=LAST)
    return [stored(dossier, tables) for dossier in drawn]


def stored(dossier: dict[str, Any], tables: ReferenceTables) -> dict[str, Any]:
    facts, marks = facts_of(dossier), dossier.get("documents") or []
    received = date.fromisoformat(facts["application"]["received_on"])
    found = procedure(factories.PROCEDURE).book_on(received).run(facts | {"documents": marks}, tables)
    return {"facts": facts, "marks": marks, "received": received, "run": columns_of(found)}


def seed(count: int) -> None:
    """So many open cases with a run each, in a round of the pool."""
    tables = reference_tables()
    kept = pool(count, tables)
    office = factories.office().id
    clerk = create_account("bench-clerk", "Bench Clerk", factories.PASSWORD, [(Role.RECEPTION, office)])
    db.session.flush()
    clerk_id = clerk.id
    db.session.commit()
    for first in range(1, count + 1, BLOCK):
        numbers = range(first, min(first + BLOCK, count + 1))
        write([rows_of(number, kept[number % len(kept)], office, clerk_id) for number in numbers])
    db.session.execute(text("ANALYZE"))
    for table in ("case", "applicant", "dossier_revision", "precheck_run"):
        last = (
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))"
        )
        db.session.execute(text(last))
    db.session.commit()


def write(rows: list[dict[str, dict[str, Any]]]) -> None:
    for name, model in (("applicant", Applicant), ("case", Case), ("facts", DossierRevision), ("run", Run)):
        db.session.execute(model.__table__.insert(), [row[name] for row in rows])
    db.session.commit()


def rows_of(number: int, kept: dict[str, Any], office: int, clerk: int) -> dict[str, dict[str, Any]]:
    """The rows of one case, by table."""
    application, received, now = kept["facts"]["application"], kept["received"], clock.now()
    due = received + timedelta(days=PERIOD)
    return {
        "applicant": {"id": number, "birth_date": received, "nationality": "VNM", "family_name": "BENCH"},
        "case": {
            "id": number, "number": f"bench-{number}", "procedure": factories.PROCEDURE,
            "category": application["category"], "route": application.get("route"), "office_id": office,
            "applicant_id": number, "state": "in_review", "received_on": received, "due_on": due,
            "at_risk_on": due - timedelta(days=7), "period_days": PERIOD, "registered_at": now,
            "registered_by_id": clerk, "revision": 1, "precheck_outcome": kept["run"]["overall"], "version": 1,
        },
        "facts": {
            "id": number, "case_id": number, "number": 1, "facts": kept["facts"], "differences": [],
            "author_id": clerk, "saved_at": now,
        },
        "run": kept["run"] | {
            "id": number, "case_id": number, "number": 1, "revision": 1, "trigger": "intake",
            "marks": kept["marks"], "made_at": now,
        },
    }  # fmt: skip


def change_figure() -> None:
    """Raise the GNI of 2024 by a proposal that another account approves, and begin the re-check."""
    viewers = []
    for name in ("bench-author", "bench-approver"):
        viewers.append(viewer_of(create_account(name, name, factories.PASSWORD, [(Role.HEADQUARTERS, None)])))
    row = next(r for r in plain_rows(FIGURE) if (r["figure"], r["year"]) == ("gni_per_capita", 2024))
    proposal = propose([Change("figure", row, row | {"amount_krw": AMOUNT})], "A bench of it", viewers[0])
    approve(proposal, viewers[1])
    start(proposal, "recheck")


def worker(settings: dict[str, Any], seconds: Any, ready: Any) -> None:
    """Take jobs until none waits; adds the processor seconds that this process spent on them."""
    app = create_app(settings)
    with app.app_context():
        reference_tables()
        ready.wait()
        started = time.process_time()
        while waiting := due():
            for job_id in waiting:
                jobs.perform(job_id)
        with seconds.get_lock():
            seconds.value += time.process_time() - started


def due() -> list[int]:
    """A few jobs that nobody has; workers begin at different places so as not to ask for the same."""
    with transaction():
        query = select(Job.id).where(Job.state == "queued").order_by(Job.id).offset(os.getpid() % 2 * 4)
        found = list(db.session.scalars(query.limit(4)))
        return found or list(db.session.scalars(select(Job.id).where(Job.state == "queued").limit(4)))


@contextmanager
def house(folder: Path) -> Iterator[tuple[Flask, dict[str, Any]]]:
    with postgresql_database(f"kis_bench_{os.getpid()}") as address:
        settings = settings_for_tests(address, folder)
        app = create_app(settings)
        with app.app_context():
            db.create_all()
            factories.reference_data()
            db.session.commit()
            yield app, settings
            db.session.remove()
            db.engine.dispose()


class Workers:
    """Worker processes, and the processor seconds that they spent between them."""

    def __init__(self, settings: dict[str, Any], count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.seconds, self.ready = context.Value("d", 0.0), context.Barrier(count + 1)
        given = (settings, self.seconds, self.ready)
        self.processes = [context.Process(target=worker, args=given) for _ in range(count)]
        for process in self.processes:
            process.start()
        self.ready.wait()

    def finish(self, kill_at: int | None = None) -> None:
        """Show the progress until all have ended; one is killed when so many chunks are done."""
        while any(process.is_alive() for process in self.processes):
            done = self._shown()
            if kill_at is not None and done >= kill_at:
                os.kill(self.processes[0].pid or 0, signal.SIGKILL)
                print("one worker killed", flush=True)
                kill_at = None
            for process in self.processes:
                process.join(timeout=LOOK_EVERY / len(self.processes))

    def _shown(self) -> int:
        with transaction():
            recheck = db.session.scalars(select(Recheck)).one()
            done, cases = db.session.execute(
                select(func.count(), func.coalesce(func.sum(RecheckChunk.cases), 0)).where(
                    RecheckChunk.done_at.is_not(None)
                )
            ).one()
            print(f"  {cases:,} of {recheck.total:,} cases", flush=True)
        return int(done)


def take_up_again() -> None:
    """What the killed worker held is offered again, as the sweeper does when its lease is over."""
    with transaction():
        for job in db.session.scalars(select(Job).where(Job.state == "running")):
            print(f"job {job.id} taken up again", flush=True)
            job.state = "queued"


def main() -> int:
    """1 when 100,000 cases at the measured rate would take longer than the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=4_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as (_app, settings):
        began = time.perf_counter()
        seed(asked.cases)
        print(f"{asked.cases:,} open cases seeded in {time.perf_counter() - began:.0f} s", flush=True)
        with transaction():
            change_figure()
        jobs.perform(db.session.scalars(select(Job.id)).one())
        wall, processor = measured(settings, asked.workers, asked.cases // CHUNK // 2 if asked.kill else None)
        return report(asked.cases, asked.workers, wall, processor)


def measured(settings: dict[str, Any], count: int, kill_at: int | None) -> tuple[float, float]:
    """Wall and processor seconds of so many workers until the last chunk is done."""
    workers = Workers(settings, count)
    began, pace = time.perf_counter(), calibration()
    workers.finish(kill_at)
    wall, processor = time.perf_counter() - began, workers.seconds.value
    if kill_at is not None:
        take_up_again()
        Workers(settings, 1).finish()
    print(f"a fixed loop took {pace:.0f} ms before and {calibration():.0f} ms after (36 on a quiet core)")
    return wall, processor


def calibration() -> float:
    """Milliseconds of a fixed loop: how fast the machine is just now."""
    began = time.perf_counter()
    total = 0
    for number in range(500_000):
        total += number * number % 7
    return (time.perf_counter() - began) * 1000


def report(cases: int, workers: int, wall: float, processor: float) -> int:
    done, changed = db.session.execute(
        select(func.sum(RecheckChunk.cases), func.sum(RecheckChunk.changed)).where(
            RecheckChunk.done_at.is_not(None)
        )
    ).one()
    states = Counter(db.session.scalars(select(Job.state)))
    whole = wall * MEASURED_FOR / cases
    print(f"{done:,} re-checked, {changed:,} changed and written as runs; jobs {dict(states)}")
    print(
        f"{workers} workers: {wall:.1f} s, {cases / wall:,.0f} cases/s; {MEASURED_FOR:,} take {whole:.0f} s (bound {BOUND:.0f})"
    )
    print(
        f"bound by: {processor / wall / workers:.0%} of each worker's time is its own processor, the rest the database and waiting for a core"
    )
    return int(whole > BOUND or done != cases)


if __name__ == "__main__":
    raise SystemExit(main())
