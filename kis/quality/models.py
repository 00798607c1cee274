"""Shares, drawings, samples, and what reviewers answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core import clock
from kis.core.extensions import db
from kis.core.types import UtcDateTime, one_of
from kis.offices.models import Office
from kis.quality.questions import ANSWERS, QUESTIONS


class SamplingPolicy(db.Model):
    """Which share of its decided cases an office has looked at each month, in per cent, and how many at least."""

    __tablename__ = "sampling_policy"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("minimum BETWEEN 0 AND 1000", name="minimum"),
    )

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    percent: Mapped[int] = mapped_column(default=5)
    minimum: Mapped[int] = mapped_column(default=1)


class Drawing(db.Model):
    """One drawing of an office's cases decided in a month, once; with the seed it can be drawn again by anybody.

    `month` is its first day; `decided` how many cases there were to draw from.
    """

    __tablename__ = "quality_drawing"
    __table_args__ = (
        UniqueConstraint("office_id", "month"),
        CheckConstraint("decided >= 0", name="decided"),
        CheckConstraint("length(seed) = 32", name="seed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    month: Mapped[date]
    percent: Mapped[int]
    minimum: Mapped[int]
    decided: Mapped[int]
    seed: Mapped[str] = mapped_column(String(32))
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    office: Mapped[Office] = relationship()


class Sample(db.Model):
    """A case that was drawn. The reviewer is never one of those who had a part in it."""

    __tablename__ = "quality_sample"
    __table_args__ = (
        UniqueConstraint("drawing_id", "case_id"),
        CheckConstraint("reviewer_id <> officer_id", name="reviewer"),
        CheckConstraint("reviewed_at IS NULL OR reviewer_id IS NOT NULL", name="reviewed"),
        CheckConstraint("seen_at IS NULL OR reviewed_at IS NOT NULL", name="seen"),
        Index("ix_quality_sample_officer", "officer_id", "reviewed_at"),
        Index("ix_quality_sample_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drawing_id: Mapped[int] = mapped_column(ForeignKey("quality_drawing.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remark: Mapped[str] = mapped_column(Text, default="")
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    drawing: Mapped[Drawing] = relationship(lazy="joined")
    case: Mapped[Case] = relationship()
    officer: Mapped[Account] = relationship(foreign_keys=[officer_id])
    reviewer: Mapped[Account | None] = relationship(foreign_keys=[reviewer_id])
    answers: Mapped[list["SampleAnswer"]] = relationship(order_by="SampleAnswer.id")


class SampleAnswer(db.Model):
    """The reviewer's answer to one question about a case; a "no" carries its remark."""

    __tablename__ = "quality_answer"
    __table_args__ = (
        UniqueConstraint("sample_id", "question"),
        CheckConstraint(f"question IN ({one_of(QUESTIONS)})", name="question"),
        CheckConstraint(f"answer IN ({one_of(ANSWERS)})", name="answer"),
        CheckConstraint("answer <> 'no' OR length(trim(remark)) > 0", name="remark"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("quality_sample.id"))
    question: Mapped[str] = mapped_column(String(30))
    answer: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str] = mapped_column(Text, default="")
