"""The pool: cases played through and taken down as rows, before the transaction is given up."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Table, func, select

from kis.audit.models import AccessRecord, AuditRecord
from kis.cases.models import ReceiptCounter
from kis.cases.name_parts import NamePart
from kis.core import pending
from kis.core.database import WRITING
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import Refusal
from kis.desk.scale.courses import SHARES, Cast, play
from kis.letters.models import LetterCounter

# Written otherwise: chain, log, jobs, counters, parts of names.
LEFT_OUT = {
    model.__tablename__ for model in (AuditRecord, AccessRecord, Job, ReceiptCounter, LetterCounter, NamePart)
}
TRIES = 40


@dataclass
class Taken:
    """One played case: its rows by table, in the order of writing, and its audit records."""

    state: str
    rows: dict[str, list[dict[str, Any]]]
    events: list[dict[str, Any]]
    share: float = 0.0

    def only(self, table: str) -> dict[str, Any]:
        (row,) = self.rows[table]
        return row


def tables() -> list[Table]:
    """The tables that a case's rows are found in, each after those it refers to."""
    return [table for table in db.metadata.sorted_tables if table.name not in LEFT_OUT and "id" in table.c]


def played(size: int, seed: int, cast: Cast) -> list[Taken]:
    """About so many cases, of each state as its share is but at least one. Nothing of them is kept."""
    chance = Random(seed)  # noqa: S311 - invented people need no secret
    last = {table.name: db.session.scalar(select(func.max(table.c.id))) or 0 for table in tables()}
    numbers = iter(range(seed * 1_000_000, (seed + 1) * 1_000_000))
    pool = []
    for state, share in SHARES.items():
        count = max(1, round(size * share / 1_000))
        found = [taken(state, numbers, seed, cast, chance, last) for _ in range(count)]
        for each in found:
            each.share = share / count
        pool += found
    return pool


def taken(
    state: str, numbers: Iterator[int], seed: int, cast: Cast, chance: Random, last: dict[str, int]
) -> Taken:
    """A case of the state, of the first dossier that comes there. Raises the last Refusal when none does."""
    for attempt in range(TRIES):
        token = WRITING.set(True)
        try:
            play(state, next(numbers), seed, cast, chance)
            return Taken(state, rows_since(last), list(pending.gathered(db.session(), "audit")))
        except Refusal:
            if attempt == TRIES - 1:
                raise
        finally:
            db.session.rollback()
            WRITING.reset(token)
    raise AssertionError


def rows_since(last: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Every row that the transaction has added, by table."""
    found = {}
    for table in tables():
        rows = db.session.execute(
            select(table).where(table.c.id > last[table.name]).order_by(table.c.id)
        ).all()
        if rows:
            found[table.name] = [dict(row._mapping) for row in rows]  # noqa: SLF001
    return found
