"""Reads of the chain."""

from collections.abc import Sequence

from sqlalchemy import select

from kis.audit.models import AuditRecord
from kis.core.extensions import db


def events_of_case(case_id: int, before_id: int | None = None, limit: int = 100) -> Sequence[AuditRecord]:
    """What happened on one case, newest first. The caller has checked that the viewer may read it."""
    query = select(AuditRecord).where(AuditRecord.case_id == case_id)
    if before_id:
        query = query.where(AuditRecord.id < before_id)
    return db.session.scalars(query.order_by(AuditRecord.id.desc()).limit(limit)).all()
