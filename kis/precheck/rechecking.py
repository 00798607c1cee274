"""Judging all open cases anew by changed reference tables, chunk by chunk in the background.

What a case's latest run rested on stays as it is (facts, marks, edition); only the tables differ.
Each chunk is one job in one transaction: it is done whole or not at all, and done once.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from kis.audit.operations import record
from kis.cases.models import Case, DossierRevision
from kis.cases.states import OPEN_STATES
from kis.core import clock, jobs
from kis.core.database import lock
from kis.core.extensions import db
from kis.figures.models import ReferenceProposal
from kis.figures.queries import proposed_tables, reference_tables, version_token
from kis.precheck.comparison import digest
from kis.precheck.effective import effective
from kis.precheck.models import Departure, Recheck, RecheckChunk, RecheckLine, Run
from kis.precheck.operations import columns_of
from kis.rules import PreCheck, ReferenceTables, procedure

CHUNK = 500
RUNS, CASES = Run.__table__, Case.__table__
OUTCOME_OF_CASE = (
    update(CASES)
    .where(CASES.c.id == bindparam("changed_id"))
    .values(precheck_outcome=bindparam("outcome_now"), version=CASES.c.version + 1)
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The latest run of a case as stored, and what the tables would make of it."""

    stored: Row[Any]
    precheck: PreCheck

    @property
    def changed_areas(self) -> dict[str, list[str]]:
        """Outcome before and after, of each area that changed."""
        before = self.stored.areas
        return {
            area: [before.get(area, outcome.value), outcome.value]
            for area, outcome in self.precheck.areas.items()
            if before.get(area) != outcome.value
        }

    @property
    def changes_outcome(self) -> bool:
        return self.stored.overall != self.precheck.overall.value or bool(self.changed_areas)

    def line(self, *, changed: bool, run: int) -> dict[str, Any]:
        return {
            "case_id": self.stored.id,
            "changed": changed,
            "before": self.stored.overall,
            "after": self.precheck.overall.value,
            "areas": self.changed_areas,
            "run": run,
        }


def start(proposal: ReferenceProposal, purpose: str) -> Recheck:
    """Begin a re-check ("impact" or "recheck") in the background, with this transaction."""
    made = Recheck(proposal_id=proposal.id, purpose=purpose, token=version_token())
    db.session.add(made)
    db.session.flush()
    jobs.enqueue("figures.plan", made.id)
    return made


def plan(recheck_id: int) -> None:
    """Cut the open cases into chunks, each a job; once."""
    recheck = db.session.get_one(Recheck, recheck_id)
    lock(recheck)
    if recheck.total is not None:
        return
    found = db.session.scalars(select(Case.id).where(Case.state.in_(OPEN_STATES)).order_by(Case.id)).all()
    parts = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)]
    chunks = [
        RecheckChunk(recheck_id=recheck.id, first_case_id=part[0], last_case_id=part[-1], cases=len(part))
        for part in parts
    ]
    db.session.add_all(chunks)
    recheck.total = len(found)
    db.session.flush()
    for chunk in chunks:
        jobs.enqueue("figures.recheck", chunk.id)


def work(chunk_id: int) -> None:
    """Re-check the cases of a chunk, unless that is done."""
    chunk = db.session.get_one(RecheckChunk, chunk_id)
    lock(chunk)
    if chunk.done_at is not None:
        return
    with collector_at_rest():
        chunk.changed = WORK[chunk.recheck.purpose](chunk)
    chunk.done_at = clock.now()
    db.session.flush()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No search for cycles during a chunk: it took near half of the time that the rules take."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def measure(chunk: RecheckChunk) -> int:
    """Note which cases would come out otherwise; returns how many."""
    tables = proposed_tables(chunk.recheck.proposal)
    lines = [
        found.line(changed=True, run=found.stored.number)
        for found in judged(stored_runs(chunk.first_case_id, chunk.last_case_id), tables)
        if found.changes_outcome
    ]
    keep_lines(chunk, lines)
    return len(lines)


def renew(chunk: RecheckChunk) -> int:
    """Give each case that comes out otherwise a new run, and each other one its line; returns how many changed."""
    hold(chunk)
    lines, changed = [], []
    for found in judged(stored_runs(chunk.first_case_id, chunk.last_case_id), reference_tables()):
        differs = digest(found.precheck) != found.stored.digest
        lines.append(found.line(changed=differs, run=found.stored.number + differs))
        if differs:
            changed.append(found)
    keep_runs(changed)
    keep_outcomes(changed)
    keep_lines(chunk, lines)
    record(
        "precheck.rechecked",
        subject=("precheck_recheck_chunk", chunk.id),
        after={
            "proposal": chunk.recheck.proposal_id,
            "cases": len(lines),
            "changed": [found.stored.id for found in changed],
        },
    )
    return len(changed)


WORK = {"impact": measure, "recheck": renew}


def hold(chunk: RecheckChunk) -> None:
    """Lock the cases, in one order: whoever works on one waits for the chunk, or the chunk for them."""
    cases = select(Case.id).where(*within(chunk.first_case_id, chunk.last_case_id))
    db.session.execute(cases.order_by(Case.id).with_for_update()).all()


def within(first: int, last: int) -> tuple[Any, ...]:
    return (Case.id.between(first, last), Case.state.in_(OPEN_STATES))


def stored_runs(first: int, last: int) -> Sequence[Row[Any]]:
    """The latest run of each open case with the facts of its revision, without its result."""
    # Each table is narrowed by itself: PostgreSQL takes a range of its index and not the whole of it.
    latest = (
        select(RUNS.c.case_id, func.max(RUNS.c.number).label("number"))
        .where(RUNS.c.case_id.between(first, last))
        .group_by(RUNS.c.case_id)
        .subquery()
    )
    revisions = DossierRevision.__table__
    query = (
        select(
            Case.id, Case.number.label("receipt"), Case.office_id, Case.procedure, RUNS.c.number,
            RUNS.c.revision, RUNS.c.marks, RUNS.c.overall, RUNS.c.areas, RUNS.c.digest, revisions.c.facts,
        )
        .select_from(Case)
        .join(latest, latest.c.case_id == Case.id)
        .join(RUNS, (RUNS.c.case_id == Case.id) & (RUNS.c.number == latest.c.number))
        .join(revisions, (revisions.c.case_id == Case.id) & (revisions.c.number == RUNS.c.revision))
        .where(RUNS.c.case_id.between(first, last), revisions.c.case_id.between(first, last))
    )  # fmt: skip
    return db.session.execute(query.where(*within(first, last)).order_by(Case.id)).all()


def judged(stored: Iterable[Row[Any]], tables: ReferenceTables) -> Iterable[Judged]:
    """Each stored run's facts and marks, judged by these tables."""
    for row in stored:
        dossier = row.facts | {"documents": row.marks}
        received_on = date.fromisoformat(dossier["application"]["received_on"])
        yield Judged(row, procedure(row.procedure).book_on(received_on).run(dossier, tables))


def keep_runs(changed: Sequence[Judged]) -> None:
    if not changed:
        return
    now = clock.now()
    rows = [
        columns_of(found.precheck)
        | {
            "case_id": found.stored.id,
            "number": found.stored.number + 1,
            "revision": found.stored.revision,
            "trigger": "figures",
            "marks": found.stored.marks,
            "made_at": now,
        }
        for found in changed
    ]
    db.session.execute(RUNS.insert(), rows)


def keep_outcomes(changed: Sequence[Judged]) -> None:
    """The outcome after departures, where the queues look for it; a page opened before is out of date."""
    departures: dict[int, list[Departure]] = {}
    ids = [found.stored.id for found in changed]
    query = select(Departure).where(Departure.case_id.in_(ids), Departure.withdrawn_at.is_(None))
    for departure in db.session.scalars(query) if ids else ():
        departures.setdefault(departure.case_id, []).append(departure)
    rows = [
        {
            "changed_id": found.stored.id,
            "outcome_now": effective(found.precheck, departures.get(found.stored.id, ())).overall.value,
        }
        for found in changed
    ]
    if rows:
        db.session.execute(OUTCOME_OF_CASE, rows)


def keep_lines(chunk: RecheckChunk, lines: Sequence[dict[str, Any]]) -> None:
    if lines:
        db.session.execute(
            insert(RecheckLine.__table__), [line | {"recheck_id": chunk.recheck_id} for line in lines]
        )
