"""How an office hands out its cases: its way, the weight of each category, skills and absences of its officers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime, one_of

# By hand alone, in turn, or to whoever has least open work.
WAYS = ("by_hand", "in_turn", "least_work")
# What becomes of the open cases of somebody absent.
ARRANGEMENTS = ("stays", "passes", "returns")
# Weights are kept in tenths of an ordinary case, so that sums of them are exact.
ORDINARY = 10


class AllocationPolicy(db.Model):
    """How an office allocates; its row is the lock under which one allocates at a time.

    `last_id` is the officer whose turn was last. Without a row an office allocates by hand.
    """

    __tablename__ = "allocation_policy"
    __table_args__ = (
        CheckConstraint(f"way IN ({one_of(WAYS)})", name="way"),
        CheckConstraint("way <> 'by_hand' OR NOT at_intake", name="at_intake"),
    )

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(20), default=WAYS[0])
    at_intake: Mapped[bool] = mapped_column(default=False)
    last_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CategoryWeight(db.Model):
    """How much work a case of a category is in an office, in tenths of an ordinary one."""

    __tablename__ = "category_weight"
    __table_args__ = (
        UniqueConstraint("office_id", "category"),
        CheckConstraint("tenths BETWEEN 1 AND 1000", name="tenths"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    category: Mapped[str] = mapped_column(String(12))
    tenths: Mapped[int]


class Skill(db.Model):
    """A category that an officer handles; an officer without any row handles all."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("account_id", "category"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    category: Mapped[str] = mapped_column(String(12))


class Absence(db.Model):
    """An officer away from the first day to the last, with who stands in and what becomes of the open cases.

    `begun_at`: the arrangement was carried out. `cancelled_at`: the officer came back, or never left.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("substitute_id <> account_id", name="substitute"),
        CheckConstraint(f"arrangement IN ({one_of(ARRANGEMENTS)})", name="arrangement"),
        CheckConstraint("arrangement <> 'passes' OR substitute_id IS NOT NULL", name="passes"),
        Index("ix_absence_account", "account_id", "last_day"),
        Index("ix_absence_substitute", "substitute_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    arrangement: Mapped[str] = mapped_column(String(10))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    substitute: Mapped[Account | None] = relationship(foreign_keys=[substitute_id])
