"""What keeps a case waiting or ends it: supplement requests, inspections, transfers, withdrawals and returns."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.casework.words import ENDING_GROUNDS, ENDING_KINDS, REQUEST_ENDS
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime, one_of
from kis.documents.models import CaseDocument
from kis.letters.models import Letter
from kis.letters.values import Bilingual
from kis.offices.models import Office


def one_open(name: str, condition: str) -> Index:
    """At most one row of a case for which the condition holds."""
    return Index(name, "case_id", unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


class SupplementRequest(db.Model):
    """What the applicant is asked to supply, and until when (Civil Petitions Treatment Act Art. 22).

    `repeats`: the first request, where this is the second one of at most ten days (Decree Art. 24).
    `ended`: how it ended, None while it is open.
    """

    __tablename__ = "supplement_request"
    __table_args__ = (
        CheckConstraint(f"ended IN ({one_of(REQUEST_ENDS)})", name="ended"),
        CheckConstraint("(ended IS NULL) = (ended_on IS NULL)", name="ended_on"),
        CheckConstraint("reply_by > asked_on AND ended_on >= asked_on", name="days"),
        one_open("uq_supplement_request_open", "ended IS NULL"),
        Index(
            "ix_supplement_request_due",
            "reply_by",
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("supplement_request.id"), unique=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended: Mapped[str | None] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    # When the reminder of its unmet deadline was put on record, so that it is put there once.
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter] = relationship()
    asked_by: Mapped[Account] = relationship()
    items: Mapped[list["SupplementItem"]] = relationship(order_by="SupplementItem.position")
    extensions: Mapped[list["SupplementExtension"]] = relationship(order_by="SupplementExtension.number")

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and its last day has passed."""
        return self.ended is None and self.reply_by < clock.today()

    @property
    def missing(self) -> list["SupplementItem"]:
        """What has not come in."""
        return [item for item in self.items if item.arrived_on is None]


class SupplementItem(db.Model):
    """One thing asked for: a document of the checklist, what settles a criterion, or a question, in both languages."""

    __tablename__ = "supplement_item"
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        CheckConstraint("length(trim(text_ko)) > 0 AND length(trim(text_en)) > 0", name="wording"),
        CheckConstraint("document_id IS NULL OR criterion IS NULL", name="one_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("supplement_request.id"))
    position: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("case_document.id"), index=True)
    criterion: Mapped[str | None] = mapped_column(String(80))
    text_ko: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    arrived_on: Mapped[date | None]

    document: Mapped[CaseDocument | None] = relationship()

    @property
    def wording(self) -> Bilingual:
        return Bilingual(self.text_ko, self.text_en)


class SupplementExtension(db.Model):
    """More time, on the applicant's request; at most twice (Decree Art. 24)."""

    __tablename__ = "supplement_extension"
    __table_args__ = (
        UniqueConstraint("request_id", "number"),
        CheckConstraint("number IN (1, 2)", name="number"),
        CheckConstraint("reply_by > before", name="later"),
        CheckConstraint("length(trim(wish)) > 0", name="wish"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("supplement_request.id"))
    number: Mapped[int]
    before: Mapped[date]
    reply_by: Mapped[date]
    wish: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Inspection(db.Model):
    """Fact-finding on site (Immigration Act Art. 80); the report is written when it ends."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("length(trim(purpose)) > 0 AND length(trim(place)) > 0", name="purpose"),
        CheckConstraint("(ended_on IS NULL) = (report IS NULL)", name="report"),
        CheckConstraint("ended_on >= opened_on", name="days"),
        one_open("uq_inspection_open", "ended_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    purpose: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    planned_on: Mapped[date]
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    report: Mapped[str | None] = mapped_column(Text)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    opened_by: Mapped[Account] = relationship(foreign_keys=[opened_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])


class Transfer(db.Model):
    """A case on its way to another office, until that office has answered or the sender takes it back."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("from_office_id <> to_office_id", name="offices"),
        CheckConstraint("answer IN ('accepted', 'refused', 'cancelled')", name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
        CheckConstraint("answer <> 'refused' OR length(trim(answer_reason)) > 0", name="refusal_reason"),
        one_open("uq_transfer_open", "answer IS NULL"),
        Index("ix_transfer_to", "to_office_id", "answer"),
        Index("ix_transfer_from", "from_office_id", "answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    from_office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    to_office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    answer: Mapped[str | None] = mapped_column(String(10))
    answer_reason: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    from_office: Mapped[Office] = relationship(foreign_keys=[from_office_id])
    to_office: Mapped[Office] = relationship(foreign_keys=[to_office_id])
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])


class Ending(db.Model):
    """A case that ended without a decision, on which ground, and whether it was reopened since.

    `note` is the applicant's written wish in brief (day, form, who signed), or what was not supplied.
    """

    __tablename__ = "ending"
    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(ENDING_KINDS)})", name="kind"),
        CheckConstraint(f"ground IN ({one_of(ENDING_GROUNDS)})", name="ground"),
        CheckConstraint("length(trim(note)) > 0", name="note"),
        CheckConstraint("(reopened_at IS NULL) = (reopened_by_id IS NULL)", name="reopened"),
        CheckConstraint("reopened_at IS NULL OR length(trim(reopening_reason)) > 0", name="reopening_reason"),
        one_open("uq_ending_standing", "reopened_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    ground: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    wished_on: Mapped[date | None]
    ended_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopening_reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    ended_by: Mapped[Account] = relationship(foreign_keys=[ended_by_id])
    letter: Mapped[Letter] = relationship()
    reopened_by: Mapped[Account | None] = relationship(foreign_keys=[reopened_by_id])
