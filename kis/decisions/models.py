"""Recommendations with their reasons, approval lines, approvals, decisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.accounts.models import Account
from kis.cases.models import Case
from kis.cases.states import OUTCOMES
from kis.core import clock
from kis.core.access import Role
from kis.core.extensions import db
from kis.core.types import JsonDocument, UtcDateTime, one_of
from kis.decisions.words import REVERSALS, VOID_CAUSES
from kis.precheck.models import Run
from kis.rules.messages import Message
from kis.rules.texts import Text as Bilingual


class ApprovalStep(db.Model):
    """One step of an office's approval line; the first is the officer's recommendation."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("office_id", "position"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint(f"role IN ({one_of(Role)})", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))


class Recommendation(db.Model):
    """What an officer proposes, on which facts and which run; `line` is the approval line of that day.

    At most one of a case stands. The others stay on record with the reason why they were voided.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({one_of(OUTCOMES)})", name="outcome"),
        CheckConstraint(f"void_cause IN ({one_of(VOID_CAUSES)})", name="void_cause"),
        CheckConstraint("(voided_at IS NULL) = (void_cause IS NULL)", name="voided"),
        CheckConstraint("void_cause <> 'returned' OR length(trim(void_comment)) > 0", name="return_comment"),
        Index(
            "uq_recommendation_standing",
            "case_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        # What approvals and decisions copy from here is held to it by their foreign keys.
        UniqueConstraint("id", "made_by_id", name="uq_recommendation_made_by"),
        UniqueConstraint("id", "case_id", "made_by_id", "outcome", name="uq_recommendation_made"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    stay_expires_on: Mapped[date | None]
    line: Mapped[list[str]] = mapped_column(JsonDocument)
    revision: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("precheck_run.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    void_cause: Mapped[str | None] = mapped_column(String(20))
    void_comment: Mapped[str | None] = mapped_column(Text)

    case: Mapped[Case] = relationship()
    run: Mapped[Run] = relationship()
    made_by: Mapped[Account] = relationship(foreign_keys=[made_by_id])
    voided_by: Mapped[Account | None] = relationship(foreign_keys=[voided_by_id])
    reasons: Mapped[list["RecommendationReason"]] = relationship(order_by="RecommendationReason.position")
    approvals: Mapped[list["Approval"]] = relationship(order_by="Approval.position")
    decisions: Mapped[list["Decision"]] = relationship(viewonly=True, order_by="Decision.id.desc()")


class ReasonColumns:
    """One reason of a refusal: a criterion that failed with its finding, or an officer's own words.

    `wording` is what was written by hand; the basis is the law, in both languages.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    criterion: Mapped[str | None] = mapped_column(String(80))
    finding: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    wording_ko: Mapped[str] = mapped_column(Text, default="")
    wording_en: Mapped[str] = mapped_column(Text, default="")
    basis_ko: Mapped[str] = mapped_column(Text)
    basis_en: Mapped[str] = mapped_column(Text)

    @property
    def message(self) -> Message | None:
        """What the criterion found, to be shown in either language.

        None for an officer's own reason, and where an officer departed from what was found.
        """
        if self.finding is None or self.finding["departed"]:
            return None
        return Message.from_json(self.finding["message"])

    @property
    def label(self) -> Bilingual | None:
        """The name of the criterion."""
        return Bilingual(**self.finding["label"]) if self.finding else None

    def basis(self, language: str) -> str:
        """The legal basis in "ko" or "en"."""
        return self.basis_ko if language == "ko" else self.basis_en


def reason_checks() -> tuple[CheckConstraint, ...]:
    """A reason always has a basis, and either a finding or an officer's words in both languages."""
    worded = "length(trim(wording_ko)) > 0 AND length(trim(wording_en)) > 0"
    return (
        CheckConstraint("length(trim(basis_ko)) > 0 AND length(trim(basis_en)) > 0", name="basis"),
        CheckConstraint("(criterion IS NULL) = (finding IS NULL)", name="finding"),
        CheckConstraint(f"criterion IS NOT NULL OR ({worded})", name="wording"),
    )


class RecommendationReason(ReasonColumns, db.Model):
    """A reason why refusing is recommended."""

    __tablename__ = "recommendation_reason"
    __table_args__ = reason_checks()

    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)


class Approval(db.Model):
    """One step of the approval line taken; never by whoever recommended."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "position"),
        UniqueConstraint("recommendation_id", "account_id"),
        CheckConstraint("account_id <> recommended_by_id", name="not_recommender"),
        CheckConstraint("position >= 2", name="position"),
        ForeignKeyConstraint(
            ["recommendation_id", "recommended_by_id"],
            ["recommendation.id", "recommendation.made_by_id"],
            name="fk_approval_recommendation",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int]
    recommended_by_id: Mapped[int]
    position: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    comment: Mapped[str] = mapped_column(Text, default="")

    account: Mapped[Account] = relationship()


class Decision(db.Model):
    """What was decided on a case, by another person than recommended; at most one of a case is in force.

    A decision otherwise than recommended carries its reason; a refusal either a departure deadline
    or the day until which the present stay goes on (Enforcement Decree Art. 33).
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({one_of(OUTCOMES)})", name="outcome"),
        CheckConstraint("decided_by_id <> recommended_by_id", name="not_recommender"),
        CheckConstraint("outcome = recommended_outcome OR length(trim(reason)) > 0", name="reason_to_differ"),
        CheckConstraint(
            "(outcome = 'refused') = (departure_deadline IS NOT NULL OR stay_expires_on IS NOT NULL)",
            name="departure",
        ),
        ForeignKeyConstraint(
            ["recommendation_id", "case_id", "recommended_by_id", "recommended_outcome"],
            [
                "recommendation.id",
                "recommendation.case_id",
                "recommendation.made_by_id",
                "recommendation.outcome",
            ],
            name="fk_decision_recommendation",
        ),
        CheckConstraint(f"void_cause IN ({one_of(REVERSALS)})", name="void_cause"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_cause IS NULL) AND (voided_at IS NULL) = (voided_by_id IS NULL)",
            name="voided",
        ),
        CheckConstraint(
            "voided_at IS NULL OR length(trim(coalesce(void_reason, ''))) > 0", name="void_reason"
        ),
        Index(
            "uq_decision_in_force",
            "case_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    recommendation_id: Mapped[int]
    recommended_by_id: Mapped[int]
    recommended_outcome: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    departure_deadline: Mapped[date | None]
    stay_expires_on: Mapped[date | None]
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    void_cause: Mapped[str | None] = mapped_column(String(20))
    void_reason: Mapped[str | None] = mapped_column(Text)

    recommendation: Mapped[Recommendation] = relationship(viewonly=True)
    voided_by: Mapped[Account | None] = relationship(foreign_keys=[voided_by_id])
    decided_by: Mapped[Account] = relationship(foreign_keys=[decided_by_id])
    own_reasons: Mapped[list["DecisionReason"]] = relationship(order_by="DecisionReason.position")

    @property
    def differs(self) -> bool:
        """Whether it was decided otherwise than recommended."""
        return self.outcome != self.recommended_outcome

    @property
    def reasons(self) -> "list[RecommendationReason] | list[DecisionReason]":
        """Those of the recommendation that was followed, or the decision's own."""
        return self.own_reasons if self.differs else self.recommendation.reasons


class DecisionReason(ReasonColumns, db.Model):
    """A reason of a refusal that was decided otherwise than recommended."""

    __tablename__ = "decision_reason"
    __table_args__ = reason_checks()

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
