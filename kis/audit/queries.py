"""Reads of the chain and of the access log."""

from datetime import datetime

from sqlalchemy import Select, func, select

from kis.audit.models import AccessRecord, AuditRecord
from kis.core.extensions import db


def events_of_case(
    case_id: int, before_id: int | None = None, limit: int = 100
) -> Select[tuple[AuditRecord]]:
    """Select of what happened on one case, newest first. The caller has checked that the viewer may read it."""
    query = select(AuditRecord).where(AuditRecord.case_id == case_id)
    if before_id:
        query = query.where(AuditRecord.id < before_id)
    return query.order_by(AuditRecord.id.desc()).limit(limit)


def last_event(case_id: int, action: str, subject_id: int | None = None) -> AuditRecord | None:
    """The latest record of an action on a case, on one subject if it is named, or None."""
    query = select(AuditRecord).where(AuditRecord.case_id == case_id, AuditRecord.action == action)
    if subject_id is not None:
        query = query.where(AuditRecord.subject_id == subject_id)
    return db.session.scalar(query.order_by(AuditRecord.id.desc()).limit(1))


def accesses_since(account_id: int, since: datetime, *tasks: str) -> tuple[int, ...]:
    """How often the account did something of each task (a pattern of LIKE), in one statement."""
    counts = (func.count().filter(AccessRecord.task.like(task)) for task in tasks)
    query = select(*counts).where(AccessRecord.account_id == account_id, AccessRecord.at > since)
    return tuple(db.session.execute(query).one())


def reason_stated(account_id: int, case_id: int, since: datetime) -> str | None:
    """The reason that the account last gave for reading the case, or None."""
    query = select(AccessRecord.reason).where(
        AccessRecord.case_id == case_id,
        AccessRecord.account_id == account_id,
        AccessRecord.at >= since,
        AccessRecord.reason.is_not(None),
    )
    return db.session.scalar(query.order_by(AccessRecord.id.desc()).limit(1))
