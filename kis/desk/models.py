"""Queues narrowed by filters, kept under a name."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime


class SavedFilter(db.Model):
    """A queue with its filters, of one account; with an office it is shared with those who see its queues."""

    __tablename__ = "saved_filter"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint("length(trim(name)) > 0", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    queue: Mapped[str] = mapped_column(String(30))
    filters: Mapped[dict[str, str]] = mapped_column(JsonDocument)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    account: Mapped[Account] = relationship()
