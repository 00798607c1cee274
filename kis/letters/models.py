"""Issued letters, and the counters that number them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case, one_of
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime
from kis.letters.kinds import KINDS
from kis.letters.paragraphs import paragraph
from kis.letters.triggers import FILLED_ONCE, FIXED, statements
from kis.letters.values import Bilingual, LetterValues
from kis.offices.models import Office

REGISTERS = tuple(sorted({kind.register for kind in KINDS.values()}))


class Letter(db.Model):
    """One letter under its number. It waits until a worker has filled in the PDF, once; then it never changes.

    `content` are the plain values it says (see `values`), `sha256` names the PDF in the store.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("office_id", "year", "register", "sequence"),
        CheckConstraint(f"kind IN ({one_of(tuple(KINDS))})", name="kind"),
        CheckConstraint(f"register IN ({one_of(REGISTERS)})", name="register"),
        CheckConstraint("sequence > 0", name="sequence"),
        CheckConstraint(
            "(sha256 IS NULL) = (rendered_at IS NULL) AND (size IS NULL) = (rendered_at IS NULL)",
            name="filled",
        ),
        CheckConstraint("length(sha256) = 64 AND size > 0", name="pdf"),
        Index("ix_letter_case", "case_id"),
        Index(
            "ix_letter_pending",
            "id",
            sqlite_where=text("rendered_at IS NULL"),
            postgresql_where=text("rendered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(String(20))
    register: Mapped[str] = mapped_column(String(1))
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    rendered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship()
    office: Mapped[Office] = relationship()
    issued_by: Mapped[Account] = relationship()

    @property
    def is_ready(self) -> bool:
        """Whether its PDF is there."""
        return self.rendered_at is not None

    @property
    def title(self) -> Bilingual:
        """What kind of letter it is, as printed on it."""
        return paragraph(KINDS[self.kind].title)

    @property
    def values(self) -> LetterValues:
        """What it says."""
        return LetterValues.from_json(self.content)


class LetterCounter(db.Model):
    """The last number given in a register of an office in a year."""

    __tablename__ = "letter_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(1), primary_key=True)
    last: Mapped[int]


for dialect in ("sqlite", "postgresql"):
    for statement in statements(dialect):
        event.listen(
            Letter.__table__, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
        )
if {column.name for column in Letter.__table__.columns} != {*FIXED, *FILLED_ONCE}:
    raise RuntimeError("kis.letters.triggers does not name the columns of kis.letters.models")
