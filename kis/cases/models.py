"""Applicant, case, dossier revisions, notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.states import OUTCOMES, STATES
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import EncryptedText, JsonDocument, UtcDateTime
from kis.offices.models import Office


def one_of(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


class Applicant(db.Model):
    """Who applies: names as in the passport, contact, and the identity numbers, encrypted."""

    __tablename__ = "applicant"
    __table_args__ = (
        Index("ix_applicant_registration", "registration_index"),
        Index("ix_applicant_passport", "passport_index"),
        Index("ix_applicant_identity", "birth_date", "nationality"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    family_name: Mapped[str | None] = mapped_column(String(200))
    given_names: Mapped[str | None] = mapped_column(String(200))
    local_name: Mapped[str | None] = mapped_column(String(200))
    birth_date: Mapped[date]
    sex: Mapped[str | None] = mapped_column(String(1))
    nationality: Mapped[str] = mapped_column(String(3))
    registration_number: Mapped[str | None] = mapped_column(EncryptedText("applicant.registration_number"))
    registration_index: Mapped[str | None] = mapped_column(String(64))
    passport_number: Mapped[str | None] = mapped_column(EncryptedText("applicant.passport_number"))
    passport_index: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(Text)
    home_address: Mapped[str | None] = mapped_column(Text)

    @property
    def latin_name(self) -> str:
        """As in the passport: family name, then given names."""
        return " ".join(part for part in (self.family_name, self.given_names) if part)

    @property
    def display_name(self) -> str:
        """The Latin name with the local one beside it where there is one."""
        if self.latin_name and self.local_name:
            return f"{self.latin_name} ({self.local_name})"
        return self.latin_name or self.local_name or "—"


class Case(db.Model):
    """One application. `number` is its receipt number; `revision` that of its present facts."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(f"state IN ({one_of(STATES)})", name="state"),
        CheckConstraint(f"outcome IN ({one_of(OUTCOMES)})", name="outcome"),
        CheckConstraint(
            "(outcome IS NOT NULL) = (state IN ('decided', 'closed'))", name="outcome_of_decided"
        ),
        Index("ix_case_office_due", "office_id", "due_on", "id"),
        Index("ix_case_assignee_due", "assignee_id", "due_on", "id"),
        Index("ix_case_state", "state", "office_id"),
        Index("ix_case_applicant", "applicant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    procedure: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(12))
    route: Mapped[str | None] = mapped_column(String(40))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id"))
    state: Mapped[str] = mapped_column(String(20), default=STATES[0])
    outcome: Mapped[str | None] = mapped_column(String(10))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reference: Mapped[str | None] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(default=0)
    precheck_outcome: Mapped[str | None] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(default=1)

    office: Mapped[Office] = relationship(lazy="joined")
    applicant: Mapped[Applicant] = relationship(lazy="joined")
    assignee: Mapped[Account | None] = relationship(foreign_keys=[assignee_id])

    __mapper_args__ = {"version_id_col": version}


class DossierRevision(db.Model):
    """The facts as they stood after one save; never changed afterwards."""

    __tablename__ = "dossier_revision"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    differences: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    author: Mapped[Account] = relationship()


class Note(db.Model):
    """What somebody wrote on a case."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    author: Mapped[Account] = relationship()


class ReceiptCounter(db.Model):
    """The last receipt number given by an office in a year."""

    __tablename__ = "receipt_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
