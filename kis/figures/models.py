"""Reference figures and country tables: dated data that rules read, never constants in a rule."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime
from kis.figures.words import ACTIONS, CONFIDENCES, MIN_REASON, STATES, TABLES


def one_of(column: str, values: dict[str, Any]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


IS_CONFIDENCE = one_of("confidence", CONFIDENCES)


class ReferenceFigure(db.Model):
    """One figure of one year, in won. A later announcement for the same year is a row of its own."""

    __tablename__ = "reference_figure"
    __table_args__ = (
        UniqueConstraint("figure", "year", "applies_from"),
        CheckConstraint(IS_CONFIDENCE, name="confidence"),
        CheckConstraint("amount_krw > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    amount_krw: Mapped[int] = mapped_column(BigInteger)
    announced_on: Mapped[date | None]
    applies_from: Mapped[date]
    confidence: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(Text)


class ApostilleMembership(db.Model):
    """A country for which the Apostille Convention is in force with Korea, and since when."""

    __tablename__ = "apostille_membership"
    __table_args__ = (
        UniqueConstraint("country", "in_force_for_korea_from"),
        CheckConstraint(IS_CONFIDENCE, name="confidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(3))
    in_force_for_korea_from: Mapped[date]
    confidence: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)


class EmbassyAcceptance(db.Model):
    """A country whose embassy in Korea issues criminal records that count; no date: at all times."""

    __tablename__ = "embassy_acceptance"
    __table_args__ = (UniqueConstraint("country"), CheckConstraint(IS_CONFIDENCE, name="confidence"))

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(3))
    accepted_from: Mapped[date | None]
    confidence: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)


class ReferenceVersion(db.Model):
    """One row whose token is new after every change of the tables, so that processes can keep them in memory.

    A random token and not a counter: one that was rolled back never comes again for other content.
    """

    __tablename__ = "reference_version"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    token: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))


class ReferenceProposal(db.Model):
    """Changes of the reference data that stand or fall together; in force once somebody else approves."""

    __tablename__ = "reference_proposal"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state"),
        CheckConstraint(f"length(trim(reason)) >= {MIN_REASON}", name="reason"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("(state = 'retracted') = (decided_by_id = proposed_by_id)", name="four_eyes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")

    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    changes: Mapped[list["ReferenceChange"]] = relationship(order_by="ReferenceChange.id")


class ReferenceChange(db.Model):
    """One row added, changed or withdrawn; before and after are the row as plain data."""

    __tablename__ = "reference_change"
    __table_args__ = (
        CheckConstraint(one_of("subject", TABLES), name="subject"),
        CheckConstraint(one_of("action", ACTIONS), name="action"),
        CheckConstraint("(action = 'add') = (before IS NULL)", name="before"),
        CheckConstraint("(action = 'withdraw') = (after IS NULL)", name="after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("reference_proposal.id"), index=True)
    subject: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
