"""Reads of recommendations and decisions, of a case that the viewer has opened."""

from collections.abc import Sequence

from sqlalchemy import select

from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.decisions.approval import DEFAULT_LINE, Line
from kis.decisions.models import Approval, ApprovalStep, Decision, Recommendation
from kis.letters.queries import letter_is_ready
from kis.precheck.queries import is_current, is_run_current


def roles_of_office(office_id: int) -> tuple[Role, ...]:
    """The approval line that the office has set, or the default one."""
    query = (
        select(ApprovalStep.role).where(ApprovalStep.office_id == office_id).order_by(ApprovalStep.position)
    )
    return tuple(Role(role) for role in db.session.scalars(query)) or DEFAULT_LINE


def standing(case: Case) -> Recommendation | None:
    """The recommendation that stands, also after the decision; None when there is none."""
    return db.session.scalar(
        select(Recommendation).where(Recommendation.case_id == case.id, Recommendation.voided_at.is_(None))
    )


def recommendations(case: Case) -> Sequence[Recommendation]:
    """Every recommendation of the case with its approvals, the voided ones too, newest first."""
    query = select(Recommendation).where(Recommendation.case_id == case.id)
    return db.session.scalars(query.order_by(Recommendation.id.desc())).all()


def decision_of(case: Case) -> Decision | None:
    """The decision of the case, if it is decided."""
    return db.session.scalar(select(Decision).where(Decision.case_id == case.id))


def line_of(recommendation: Recommendation) -> Line:
    """The approval line of a recommendation, as far as it has come."""
    approved = select(Approval.account_id).where(Approval.recommendation_id == recommendation.id)
    return Line(
        roles=tuple(Role(role) for role in recommendation.line),
        office_id=recommendation.case.office_id,
        recommended_by=recommendation.made_by_id,
        approved_by=tuple(db.session.scalars(approved.order_by(Approval.position))),
    )


def rests_on_present(recommendation: Recommendation) -> bool:
    """Whether facts and documents are still those of the run that was recommended on."""
    return is_run_current(recommendation.run, recommendation.case)


def evidence_of(case: Case, viewer: Viewer) -> Evidence:
    """Everything that the guards of the transition table may ask about a case."""
    recommendation = standing(case)
    if recommendation is None:
        return Evidence(
            has_current_precheck=is_current(case), recommendation_stands=False, approves_next=False
        )
    line = line_of(recommendation)
    against = line.refusal(viewer)
    return Evidence(
        has_current_precheck=is_current(case),
        recommended_by=recommendation.made_by_id,
        recommendation_stands=True,
        recommendation_is_current=rests_on_present(recommendation),
        approves_next=against is None,
        approval_refusal=against,
        approves_last=line.is_at_last_step,
        letter_ready=letter_is_ready(case),
    )
