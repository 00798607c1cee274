"""Paragraphs of letters as headquarters words them: each text a version, none in force without a second person."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kis.accounts.four_eyes import Proposed, four_eyes
from kis.core.access import Permission
from kis.core.extensions import db
from kis.letters.models import protect
from kis.letters.paragraph_triggers import FIXED, SETTLED_ONCE, statements
from kis.letters.values import Bilingual, Wording


class ParagraphText(Proposed, db.Model):
    """One text of a paragraph, for one category or ("") for all; `version` counts those that came into force.

    Without a text in either language it takes the texts before it out of force: what is more general
    holds again, in the end the paragraph as shipped, which is version 1.
    """

    __tablename__ = "paragraph_text"
    __table_args__ = (
        *four_eyes(),
        CheckConstraint("(length(trim(ko)) = 0) = (length(trim(en)) = 0)", name="languages"),
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
    PERMISSION = Permission.PARAGRAPH_EDIT
    AUDITED_AS = "paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(12), default="")
    version: Mapped[int | None]
    ko: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)

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

    def told(self) -> dict[str, Any]:
        """The place, the version once it has one, and what it says."""
        return {
            "key": self.key,
            "category": self.category,
            "version": self.version,
            "ko": self.ko,
            "en": self.en,
        }


for dialect in ("sqlite", "postgresql"):
    protect(ParagraphText.__table__, dialect, statements(dialect))
if {column.name for column in ParagraphText.__table__.columns} != {*FIXED, *SETTLED_ONCE}:
    raise RuntimeError(
        "kis.letters.paragraph_triggers does not name the columns of kis.letters.paragraph_models"
    )
