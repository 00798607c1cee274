"""Counts of cases, made anew by a job: pages read these few rows and never a million cases."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime

# What is counted by month: cases received, decided (key: outcome), their days (days: working days used), and
# refusals by reason (key: criterion). What is counted of today: open cases by age (key), and the outlook of
# an office (key: what of it).
BY_MONTH = ("received", "decided", "days", "reason")
OF_TODAY = ("open", "outlook")
EVERY_OFFICE, EVERY_CATEGORY, NO_MONTH = 0, "", 0
KINDS = ", ".join(f"'{kind}'" for kind in (*BY_MONTH, *OF_TODAY))


class Tally(db.Model):
    """How many cases there are of a kind, in a month (202611), an office and a category.

    Sums stand beside their parts: office 0 is all offices together, category "" all categories.
    """

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint(f"kind IN ({KINDS})", name="kind"),)

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    office_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cases: Mapped[int]


class Count(db.Model):
    """When the tallies were last made anew: "all" of them, or the "recent" months alone."""

    __tablename__ = "tally_count"
    __table_args__ = (CheckConstraint("extent IN ('all', 'recent')", name="extent"),)

    extent: Mapped[str] = mapped_column(String(10), primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
