"""How each case came in."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.cases.models import Case
from kis.core.extensions import db
from kis.core.types import JsonDocument, one_of

SOURCES = ("form", "file", "command")


class Registration(db.Model):
    """One registration. `key` is drawn when the preview is shown: the same preview registers once.

    `case_id` is empty only inside the transaction that registers.
    """

    __tablename__ = "registration"
    __table_args__ = (CheckConstraint(f"source IN ({one_of(SOURCES)})", name="source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), unique=True)
    source: Mapped[str] = mapped_column(String(10))
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    case: Mapped[Case | None] = relationship()
