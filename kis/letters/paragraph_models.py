"""Paragraphs of letters as headquarters words them: each text a version, none in force without a second person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import one_of
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime
from kis.letters.paragraph_words import MIN_REASON, STATES
from kis.letters.values import Bilingual, Wording


class ParagraphText(db.Model):
    """One text of a paragraph, for one category or ("") for all; `version` counts those that came into force.

    Without a text in either language it takes the texts before it out of force: what is more general
    holds again, in the end the paragraph as shipped, which is version 1.
    """

    __tablename__ = "paragraph_text"
    __table_args__ = (
        CheckConstraint(f"state IN ({one_of(tuple(STATES))})", name="state"),
        CheckConstraint(f"length(trim(reason)) >= {MIN_REASON}", name="reason"),
        CheckConstraint("(length(trim(ko)) = 0) = (length(trim(en)) = 0)", name="languages"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("(state = 'retracted') = (decided_by_id = proposed_by_id)", name="four_eyes"),
        CheckConstraint("(state = 'approved') = (version IS NOT NULL)", name="version"),
        UniqueConstraint("key", "category", "version"),
        Index(
            "uq_paragraph_text_proposed",
            "key",
            "category",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(12), default="")
    version: Mapped[int | None]
    ko: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[str] = mapped_column(Text, default="")

    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes a text out of force instead of giving one."""
        return not self.ko.strip()

    @property
    def texts(self) -> Bilingual:
        """What it says."""
        return Bilingual(self.ko, self.en)

    @property
    def wording(self) -> Wording:
        """As a letter keeps it."""
        return Wording(self.key, self.version or 0, self.ko, self.en)
