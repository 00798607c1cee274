"""The hash chain: extended last in each transaction, walked by `flask audit verify`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session

from kis.audit.models import AuditRecord
from kis.core import pending
from kis.core.extensions import db

GENESIS = "0" * 64
LOCK = 7_305_001
BATCH = 2_000
HASHED = (
    "id", "at", "action", "account_id", "account_name", "address", "case_id",
    "subject_table", "subject_id", "before", "after", "previous_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a walk found: how many records, the head's hash, and the first break if any."""

    records: int
    head: str
    broken_at: int | None = None
    problem: str = ""


def digest(values: dict[str, Any]) -> str:
    """SHA-256 over the record's values in a fixed order and form."""
    plain = [values[name] if name != "at" else values[name].isoformat() for name in HASHED]
    form = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def extend(session: Session) -> None:
    """Write the transaction's records as its last rows, under one short lock."""
    if session.in_nested_transaction() or not pending.gathered(session, "audit"):
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    position, previous = head(session)
    rows = []
    for number, values in enumerate(pending.take(session, "audit"), start=position + 1):
        row = values | {"id": number, "previous_hash": previous}
        previous = row["hash"] = digest(row)
        rows.append(row)
    session.execute(insert(AuditRecord), rows)


def head(session: Session, last: int | None = None) -> tuple[int, str]:
    """Place and hash of the last record, or of the last one up to a place; (0, GENESIS) of an empty chain."""
    query = select(AuditRecord.id, AuditRecord.hash).order_by(AuditRecord.id.desc()).limit(1)
    found = session.execute(query if last is None else query.where(AuditRecord.id <= last)).first()
    return (found[0], found[1]) if found else (0, GENESIS)


def keep_others_out(session: Session) -> None:
    """Let nobody but those who call this extend the chain until this transaction ends; they order themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": LOCK})


def walk() -> Iterator[AuditRecord]:
    """Every record in the order of the chain, a batch at a time."""
    after = 0
    while True:
        query = select(AuditRecord).where(AuditRecord.id > after).order_by(AuditRecord.id).limit(BATCH)
        batch = list(db.session.scalars(query))
        if not batch:
            return
        yield from batch
        after = batch[-1].id
        db.session.expunge_all()


def verify() -> Verdict:
    """Recompute the whole chain; stops at the first record that does not fit."""
    position, previous = 0, GENESIS
    for record in walk():
        position += 1
        problem = fault(record, position, previous)
        if problem:
            return Verdict(position - 1, previous, record.id, problem)
        previous = record.hash
    return Verdict(position, previous)


def fault(record: AuditRecord, position: int, previous: str) -> str:
    if record.id != position:
        return f"record {position} is missing"
    if record.previous_hash != previous:
        return "it does not follow the record before it"
    if record.hash != digest({name: getattr(record, name) for name in HASHED}):
        return "its content was changed"
    return ""
