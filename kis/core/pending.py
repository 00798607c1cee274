"""What a transaction gathers for its end: dropped when it is rolled back, cut back with a savepoint."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from kis.core.extensions import db

KINDS = ("audit", "jobs")


def add(kind: str, item: Any) -> None:
    """Gather an item; from here on there is a transaction, whose end decides about it."""
    db.session.connection()
    gathered(db.session(), kind).append(item)


def take(session: Session, kind: str) -> list[Any]:
    """The items of a kind, which are then no longer pending."""
    items = list(gathered(session, kind))
    gathered(session, kind).clear()
    return items


def gathered(session: Session, kind: str) -> list[Any]:
    items: list[Any] = session.info.setdefault(f"pending-{kind}", [])
    return items


@event.listens_for(Session, "after_transaction_create")
def note_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        marks = {kind: len(gathered(session, kind)) for kind in KINDS}
        session.info.setdefault("savepoints", []).append(marks)


@event.listens_for(Session, "after_transaction_end")
def leave_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info["savepoints"].pop()


@event.listens_for(Session, "after_rollback")
def drop(session: Session) -> None:
    marks = session.info["savepoints"][-1] if session.in_nested_transaction() else {}
    for kind in KINDS:
        del gathered(session, kind)[marks.get(kind, 0) :]
