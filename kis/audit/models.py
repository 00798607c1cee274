"""Tables that are only ever added to; database triggers refuse update and delete."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from kis.audit.triggers import APPEND_ONLY_TABLES, statements
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime

# In characters.
LONGEST_TASK = 60


class AuditRecord(db.Model):
    """One thing done; `id` is its place in the chain, without gaps."""

    __tablename__ = "audit_record"
    __table_args__ = (
        Index("ix_audit_record_case", "case_id", "id"),
        Index("ix_audit_record_account", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    account_id: Mapped[int | None]
    account_name: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(45))
    case_id: Mapped[int | None]
    subject_table: Mapped[str | None] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AccessRecord(db.Model):
    """One reading of personal data: who, when, from where, whose, for what task and reason."""

    __tablename__ = "access_record"
    __table_args__ = (
        Index("ix_access_record_case", "case_id", "id"),
        Index("ix_access_record_account", "account_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int]
    account_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(45))
    case_id: Mapped[int | None]
    person: Mapped[str | None] = mapped_column(String(60))
    task: Mapped[str] = mapped_column(String(LONGEST_TASK))
    reason: Mapped[str | None] = mapped_column(Text)


for model in (AuditRecord, AccessRecord):
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(model.__tablename__, dialect):
            event.listen(
                model.__table__, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            )
if {AuditRecord.__tablename__, AccessRecord.__tablename__} != set(APPEND_ONLY_TABLES):
    raise RuntimeError("kis.audit.triggers does not name the tables of kis.audit.models")
