"""Open cases re-checked after a change of a figure: `python -m tests.bench.bench_recheck --cases 20000`.

Cases are written in bulk into a throw-away PostgreSQL database; then the GNI of 2024 changes by an
approved proposal and worker processes take the chunks from the ledger of jobs, as `flask worker` does.
"""

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
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
from kis.factory import create_app
from kis.figures.operations import approve, propose
from kis.figures.queries import plain_rows, reference_tables
from kis.figures.reading import Change
from kis.figures.subjects import FIGURE
from kis.precheck.models import RecheckChunk, Run
from kis.precheck.operations import columns_of
from kis.precheck.rechecking import start
from kis.rules import procedure
from tests import factories
from tests.conftest import settings_for_tests
from tests.databases import postgresql_database

BOUND = 60.0
MEASURED_FOR = 100_000
BLOCK = 2_000
AMOUNT = 51_000_000


def pool() -> list[dict[str, Any]]:
    """The dossiers that are drawn from."""
    return [factories.dossier(path.stem) for path in sorted(factories.VECTORS.glob("*.json"))]


def seed(count: int) -> None:
    """So many open cases with a run each, drawn from the pool; rows of one dossier differ in their incomes."""
    draw, tables = random.Random(20_250_512), reference_tables()
    dossiers = pool()
    office = factories.office().id
    clerk = create_account("bench-clerk", "Bench Clerk", factories.PASSWORD, [(Role.RECEPTION, office)])
    db.session.flush()
    clerk_id = clerk.id
    db.session.commit()
    for first in range(1, count + 1, BLOCK):
        numbers = range(first, min(first + BLOCK, count + 1))
        rows = [drawn(number, draw, dossiers, tables, office, clerk_id) for number in numbers]
        write(rows)
    db.session.execute(text("ANALYZE"))
    for table in ("case", "applicant", "dossier_revision", "precheck_run"):
        db.session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))"
            )
        )
    db.session.commit()


def write(rows: list[dict[str, dict[str, Any]]]) -> None:
    for name, model in (("applicant", Applicant), ("case", Case), ("facts", DossierRevision), ("run", Run)):
        db.session.execute(model.__table__.insert(), [row[name] for row in rows])
    db.session.commit()


def drawn(
    number: int, draw: random.Random, dossiers: list[dict[str, Any]], tables: Any, office: int, clerk: int
) -> dict[str, dict[str, Any]]:
    """The rows of one case, by table."""
    dossier = draw.choice(dossiers)
    facts = facts_of(dossier)
    facts["income"] = [
        row | {"amount": int(row["amount"] * draw.uniform(0.8, 1.6))} if row.get("amount") else row
        for row in facts.get("income") or []
    ] or facts.get("income")
    if facts["income"] is None:
        del facts["income"]
    marks = dossier.get("documents") or []
    received = date.fromisoformat(facts["application"]["received_on"])
    found = procedure(factories.PROCEDURE).book_on(received).run(facts | {"documents": marks}, tables)
    now = clock.now()
    return {
        "applicant": {"id": number, "birth_date": received, "nationality": "VNM", "family_name": "BENCH"},
        "case": {
            "id": number, "number": f"bench-{number}", "procedure": factories.PROCEDURE,
            "category": facts["application"]["category"], "office_id": office, "applicant_id": number,
            "state": "in_review", "received_on": received, "due_on": received, "registered_at": now,
            "registered_by_id": clerk, "revision": 1, "precheck_outcome": found.overall.value, "version": 1,
        },
        "facts": {
            "id": number, "case_id": number, "number": 1, "facts": facts, "differences": [],
            "author_id": clerk, "saved_at": now,
        },
        "run": columns_of(found) | {
            "id": number, "case_id": number, "number": 1, "revision": 1, "trigger": "intake", "marks": marks,
            "made_at": now,
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


def measured(settings: dict[str, Any], workers: int) -> tuple[float, float]:
    """Wall and processor seconds of so many workers until the last chunk is done."""
    context = multiprocessing.get_context("spawn")
    seconds, ready = context.Value("d", 0.0), context.Barrier(workers + 1)
    processes = [context.Process(target=worker, args=(settings, seconds, ready)) for _ in range(workers)]
    for process in processes:
        process.start()
    ready.wait()
    started = time.perf_counter()
    for process in processes:
        process.join()
    return time.perf_counter() - started, seconds.value


def main() -> int:
    """1 when 100,000 cases at the measured rate would take longer than the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=4_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as (_app, settings):
        began = time.perf_counter()
        seed(asked.cases)
        print(f"{asked.cases:,} open cases seeded in {time.perf_counter() - began:.0f} s", flush=True)
        with transaction():
            change_figure()
        jobs.perform(db.session.scalars(select(Job.id)).one())
        wall, processor = measured(settings, asked.workers)
        return report(asked.cases, asked.workers, wall, processor)


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
