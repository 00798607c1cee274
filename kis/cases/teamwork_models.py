"""Who works with whom on a case: open pages, reminders, earlier wordings of notes, mentions."""

from datetime import date, datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case, Note
from kis.cases.note_triggers import statements
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime

MAX_REMINDER = 500


class Presence(db.Model):
    """That an account has a page of a case open; `seen_at` is when the page last said so."""

    __tablename__ = "case_presence"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reminder(db.Model):
    """What somebody wants to be reminded of on a case, on a day; nobody else sees it."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint(f"length(text) BETWEEN 1 AND {MAX_REMINDER}", name="text"),
        Index(
            "ix_reminder_open",
            "account_id",
            "due_on",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index("ix_reminder_case", "case_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()


class NoteRevision(db.Model):
    """A note as it was worded before a correction; `number` counts from 1, the oldest."""

    __tablename__ = "note_revision"
    __table_args__ = (UniqueConstraint("note_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    note: Mapped[Note] = relationship()


class Mention(db.Model):
    """That a note names an account, which has read it or has not."""

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("note_id", "account_id"),
        Index(
            "ix_mention_unread",
            "account_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    note: Mapped[Note] = relationship()
    account: Mapped[Account] = relationship()


for dialect in ("sqlite", "postgresql"):
    for statement in statements(dialect):
        made = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        event.listen(NoteRevision.__table__, "after_create", made)
