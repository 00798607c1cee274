"""Reference figures and the Apostille table: dated data that rules read, never constants in a rule."""

import secrets
from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kis.core.extensions import db

CONFIDENCES = ("confirmed", "unverified")
IS_CONFIDENCE = "confidence IN ({})".format(", ".join(f"'{value}'" for value in CONFIDENCES))


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


class ReferenceVersion(db.Model):
    """One row whose token is new after every change of the tables, so that processes can keep them in memory.

    A random token and not a counter: one that was rolled back never comes again for other content.
    """

    __tablename__ = "reference_version"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    token: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))
