"""Applicant, case, dossier revisions, notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.clock import PAUSE_KINDS
from kis.cases.states import (
    CLOSED_STATES,
    DECIDED_STATES,
    OPEN_STATES,
    OUTCOMES,
    STATES,
    STOPPED_STATES,
)
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import EncryptedText, JsonDocument, UtcDateTime, one_of
from kis.offices.models import Office

# What the counts of a queue read beside its key; PostgreSQL keeps it in the index.
QUEUED = ("state", "assignee_id", "stopped_on", "at_risk_on", "restricted")


def partial(name: str, states: tuple[str, ...], *columns: str, carries: tuple[str, ...] = ()) -> Index:
    """An index of the cases in these states alone."""
    only = text(f"state IN ({one_of(states)})")
    return Index(name, *columns, sqlite_where=only, postgresql_where=only, postgresql_include=list(carries))


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
    # The names as they are searched; `name_parts` keeps it in step.
    name_key: Mapped[str] = mapped_column(String(700), default="")

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
    """One application. `number` is its receipt number; `revision` that of its present facts.

    `period_days` are the working days of the processing period that applied at its receipt; `due_on` is
    their last day, as extended and moved by the pauses that are over. `stopped_on`: since then the clock
    stands still. `processing_days` are the days of the period that were used when it was decided.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(f"state IN ({one_of(STATES)})", name="state"),
        CheckConstraint(f"outcome IN ({one_of(OUTCOMES)})", name="outcome"),
        CheckConstraint(
            f"(outcome IS NOT NULL) = (state IN ({one_of(DECIDED_STATES)}))", name="outcome_of_decided"
        ),
        CheckConstraint(f"stopped_on IS NOT NULL OR state NOT IN ({one_of(STOPPED_STATES)})", name="stopped"),
        CheckConstraint(f"stopped_on IS NULL OR state IN ({one_of(OPEN_STATES)})", name="stopped_open"),
        CheckConstraint("decided_on IS NULL OR outcome IS NOT NULL", name="decided_on"),
        CheckConstraint("(decided_on IS NULL) = (processing_days IS NULL)", name="processing_days"),
        CheckConstraint("at_risk_on < due_on", name="at_risk_on"),
        CheckConstraint("period_days BETWEEN 1 AND 500", name="period_days"),
        partial("ix_case_open", OPEN_STATES, "office_id", "due_on", "id", carries=QUEUED),
        partial("ix_case_ended", CLOSED_STATES, "office_id", "due_on", "id"),
        partial("ix_case_open_anywhere", OPEN_STATES, "due_on", "id"),
        partial("ix_case_ended_anywhere", CLOSED_STATES, "due_on", "id"),
        partial("ix_case_open_of_officer", OPEN_STATES, "assignee_id", "due_on", "id"),
        # Of all offices: few cases of a state or category may lie among very many.
        Index("ix_case_state", "state", "due_on", "id"),
        partial("ix_case_open_category", OPEN_STATES, "category", "due_on", "id"),
        partial("ix_case_ended_category", CLOSED_STATES, "category", "due_on", "id"),
        # Few cases are restricted: what looks for them all does not pass over the others.
        Index(
            "ix_case_restricted", "id", sqlite_where=text("restricted"), postgresql_where=text("restricted")
        ),
        Index("ix_case_applicant", "applicant_id"),
        # The parts of names name the office of their case, and follow it to another.
        UniqueConstraint("id", "office_id", name="uq_case_office"),
        Index("ix_case_decided", "office_id", "decided_on", "assignee_id"),
        Index("ix_case_received", "office_id", "received_on", "id"),
        Index("ix_case_category", "office_id", "category", "received_on", "id"),
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
    period_days: Mapped[int]
    due_on: Mapped[date]
    at_risk_on: Mapped[date]
    stopped_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    processing_days: Mapped[int | None]
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reference: Mapped[str | None] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(default=0)
    precheck_outcome: Mapped[str | None] = mapped_column(String(10))
    # Open only to those named on it (kis.cases.scope).
    restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)

    office: Mapped[Office] = relationship(lazy="joined")
    applicant: Mapped[Applicant] = relationship(lazy="joined")
    assignee: Mapped[Account | None] = relationship(foreign_keys=[assignee_id])
    readers: Mapped[list["CaseReader"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_running(self) -> bool:
        """Whether the clock runs: open, and nothing stopped it."""
        return self.state in OPEN_STATES and self.stopped_on is None

    @property
    def is_overdue(self) -> bool:
        """Whether its period is over and the clock was not stopped before."""
        return self.state in OPEN_STATES and self.due_on < (self.stopped_on or clock.today())

    @property
    def is_at_risk(self) -> bool:
        """Whether its period ends within a few working days."""
        return self.is_running and self.at_risk_on <= clock.today() <= self.due_on

    @property
    def transfer_pending(self) -> bool:
        """Whether the clock stands still although nothing is asked for: a transfer waits for its answer."""
        return self.stopped_on is not None and self.state in ("received", "in_review")


class CaseReader(db.Model):
    """An account named on a restricted case; the rows go when the restriction is lifted, the chain keeps who it was."""

    __tablename__ = "case_reader"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    account: Mapped[Account] = relationship()


class ClockPause(db.Model):
    """Days on which the clock of a case stood still, first and last included; one at a time."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(PAUSE_KINDS)})", name="kind"),
        CheckConstraint("ended_on >= started_on", name="days"),
        Index(
            "uq_clock_pause_open",
            "case_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class ClockExtension(db.Model):
    """A processing period made longer; `reason` is one of those the Decree admits, `note` puts it in words.

    Civil Petitions Treatment Act Decree Art. 21: once, and a second time with the applicant's consent.
    """

    __tablename__ = "clock_extension"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number IN (1, 2)", name="number"),
        CheckConstraint("working_days >= 1", name="working_days"),
        CheckConstraint("number = 1 OR length(trim(consent)) > 0", name="consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    working_days: Mapped[int]
    reason: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")
    consent: Mapped[str] = mapped_column(Text, default="")
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


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
    # How often it was corrected, and when last; the earlier wordings are note revisions.
    corrections: Mapped[int] = mapped_column(default=0)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    author: Mapped[Account] = relationship()


class ReceiptCounter(db.Model):
    """The last receipt number given by an office in a year."""

    __tablename__ = "receipt_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
