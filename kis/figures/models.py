"""Reference figures and country tables: dated data that rules read, never constants in a rule."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.four_eyes import Proposed, four_eyes
from kis.core.access import Permission
from kis.core.extensions import db
from kis.core.types import JsonDocument, one_of
from kis.figures.words import ACTIONS, CONFIDENCES, TABLES

IS_CONFIDENCE = f"confidence IN ({one_of(CONFIDENCES)})"


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


class ReferenceProposal(Proposed, db.Model):
    """Changes of the reference data that stand or fall together; in force once somebody else approves."""

    __tablename__ = "reference_proposal"
    __table_args__ = four_eyes()
    PERMISSION = Permission.FIGURE_EDIT
    AUDITED_AS = "figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    changes: Mapped[list["ReferenceChange"]] = relationship(order_by="ReferenceChange.id")

    def told(self) -> dict[str, Any]:
        """The rows before and after."""
        return {
            "changes": [
                {"subject": c.subject, "action": c.action, "before": c.before, "after": c.after}
                for c in self.changes
            ]
        }


class ReferenceChange(db.Model):
    """One row added, changed or withdrawn; before and after are the row as plain data."""

    __tablename__ = "reference_change"
    __table_args__ = (
        CheckConstraint(f"subject IN ({one_of(TABLES)})", name="subject"),
        CheckConstraint(f"action IN ({one_of(ACTIONS)})", name="action"),
        CheckConstraint("(action = 'add') = (before IS NULL)", name="before"),
        CheckConstraint("(action = 'withdraw') = (after IS NULL)", name="after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("reference_proposal.id"), index=True)
    subject: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
