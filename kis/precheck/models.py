"""Runs of the pre-check, and where officers depart from one."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.core import clock
from kis.core.extensions import db
from kis.core.reasons import MIN_REASON
from kis.core.types import JsonDocument, UtcDateTime, one_of
from kis.figures.models import ReferenceProposal
from kis.precheck.words import TRIGGERS
from kis.rules import Outcome, PreCheck

IS_TRIGGER = f"trigger IN ({one_of(TRIGGERS)})"
OUTCOMES = one_of(tuple(outcome.value for outcome in Outcome))


class Run(db.Model):
    """One pre-check with all that it rested on; `number` counts the runs of its case. It never changes.

    Beside the facts' revision it keeps the marks as they were, and the figures that were used.
    `result` is the whole PreCheck as plain data.
    """

    __tablename__ = "precheck_run"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint(IS_TRIGGER, name="trigger"),
        CheckConstraint(f"overall IN ({OUTCOMES})", name="overall"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]
    revision: Mapped[int]
    trigger: Mapped[str] = mapped_column(String(12))
    edition: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date]
    overall: Mapped[str] = mapped_column(String(10))
    areas: Mapped[dict[str, str]] = mapped_column(JsonDocument)
    result: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument)
    # Equal where two runs find the same; a mass re-check compares it without reading the results.
    digest: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    case: Mapped[Case] = relationship()
    made_by: Mapped[Account | None] = relationship()

    @cached_property
    def precheck(self) -> PreCheck:
        """The result as the rules gave it."""
        return PreCheck.from_json(self.result)


@event.listens_for(Run, "before_update")
def refuse_change(_mapper: Any, _connection: Any, run: Run) -> None:
    if db.session.is_modified(run):
        raise RuntimeError(
            f"run {run.number} of case {run.case_id} was to be changed; a new run is made instead"
        )


class Departure(db.Model):
    """An officer's written departure from the outcome of one criterion; at most one of each stands."""

    __tablename__ = "precheck_departure"
    __table_args__ = (
        CheckConstraint(f"length(reason) >= {MIN_REASON}", name="reason"),
        CheckConstraint("from_outcome <> to_outcome", name="departs"),
        CheckConstraint(f"from_outcome IN ({OUTCOMES}) AND to_outcome IN ({OUTCOMES})", name="outcomes"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn"),
        Index(
            "uq_precheck_departure_standing",
            "case_id",
            "criterion",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_precheck_departure_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("precheck_run.id"))
    criterion: Mapped[str] = mapped_column(String(80))
    from_outcome: Mapped[str] = mapped_column(String(10))
    to_outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    run: Mapped[Run] = relationship()
    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id])
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class Recheck(db.Model):
    """All open cases judged by the tables of a proposal: to see its impact, or once it is in force.

    `token` is the version of the tables that it began on; `total` is known once it is cut into chunks.
    """

    __tablename__ = "precheck_recheck"
    __table_args__ = (CheckConstraint("purpose IN ('impact', 'recheck')", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("reference_proposal.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    token: Mapped[str | None] = mapped_column(String(32))
    total: Mapped[int | None]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    proposal: Mapped[ReferenceProposal] = relationship()


class RecheckChunk(db.Model):
    """The cases from one number to another, re-checked by one job in one transaction."""

    __tablename__ = "precheck_recheck_chunk"

    id: Mapped[int] = mapped_column(primary_key=True)
    recheck_id: Mapped[int] = mapped_column(ForeignKey("precheck_recheck.id"), index=True)
    first_case_id: Mapped[int]
    last_case_id: Mapped[int]
    cases: Mapped[int]
    changed: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    recheck: Mapped[Recheck] = relationship()


class RecheckLine(db.Model):
    """What a re-check found for one case; of an unchanged one it is all that is kept.

    `areas` has the outcome before and after of each area that changed; `run` is the number of the run that
    stands after it. An impact has lines for changed cases alone.
    """

    __tablename__ = "precheck_recheck_line"
    __table_args__ = (Index("ix_precheck_recheck_line_case", "case_id", "run"),)

    recheck_id: Mapped[int] = mapped_column(ForeignKey("precheck_recheck.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    changed: Mapped[bool]
    before: Mapped[str] = mapped_column(String(10))
    after: Mapped[str] = mapped_column(String(10))
    areas: Mapped[dict[str, list[str]]] = mapped_column(JsonDocument)
    run: Mapped[int]

    case: Mapped[Case] = relationship()
    recheck: Mapped[Recheck] = relationship()
