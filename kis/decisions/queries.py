"""Reads of recommendations and decisions, of a case that the viewer has opened."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.casework import queries as casework
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from kis.core.reading import once_a_page
from kis.decisions.approval import DEFAULT_LINE, Line
from kis.decisions.models import Approval, ApprovalStep, Decision, Recommendation
from kis.precheck.models import Run
from kis.precheck.queries import AtHand, at_hand, is_current, is_run_current

Standing = tuple[Recommendation, Line]
# All that is shown of a recommendation, and of its run what tells whether it is current.
WHOLE = (
    *casework.named(Recommendation.made_by, Recommendation.voided_by),
    joinedload(Recommendation.run).load_only(Run.case_id, Run.number, Run.revision, Run.marks, Run.digest),
    joinedload(Recommendation.reasons),
    joinedload(Recommendation.approvals).joinedload(Approval.account),
    joinedload(Recommendation.decisions).joinedload(Decision.decided_by),
    joinedload(Recommendation.decisions).joinedload(Decision.own_reasons),
)


def roles_of_office(office_id: int) -> tuple[Role, ...]:
    """The approval line that the office has set, or the default one."""
    query = (
        select(ApprovalStep.role).where(ApprovalStep.office_id == office_id).order_by(ApprovalStep.position)
    )
    return tuple(Role(role) for role in db.session.scalars(query)) or DEFAULT_LINE


@once_a_page
def standing(case: Case) -> Recommendation | None:
    """The recommendation that stands, also after the decision; None when there is none."""
    return db.session.scalar(
        select(Recommendation).where(Recommendation.case_id == case.id, Recommendation.voided_at.is_(None))
    )


@once_a_page
def recommendations(case: Case) -> Sequence[Recommendation]:
    """Every recommendation of the case, the voided ones too, newest first.

    Each with its reasons, its approvals and what was decided on it, all in one statement.
    """
    query = select(Recommendation).where(Recommendation.case_id == case.id).options(*WHOLE)
    return db.session.scalars(query.order_by(Recommendation.id.desc())).unique().all()


@once_a_page
def decision_of(case: Case) -> Decision | None:
    """The decision in force, if the case is decided."""
    return db.session.scalar(
        select(Decision).where(Decision.case_id == case.id, Decision.voided_at.is_(None))
    )


def line_of(recommendation: Recommendation) -> Line:
    """The approval line of a recommendation, as far as it has come."""
    approved = select(Approval.account_id).where(Approval.recommendation_id == recommendation.id)
    return as_approved(recommendation, tuple(db.session.scalars(approved.order_by(Approval.position))))


def line_shown(recommendation: Recommendation) -> Line:
    """The approval line of a recommendation that was read together with its approvals."""
    return as_approved(recommendation, tuple(each.account_id for each in recommendation.approvals))


def as_approved(recommendation: Recommendation, approved_by: tuple[int, ...]) -> Line:
    return Line(
        roles=tuple(Role(role) for role in recommendation.line),
        office_id=recommendation.case.office_id,
        recommended_by=recommendation.made_by_id,
        approved_by=approved_by,
    )


def standing_with_line(case: Case) -> Standing | None:
    """The recommendation that stands and its approval line, in one statement."""
    query = (
        select(Recommendation, Approval.account_id)
        .outerjoin(Approval, Approval.recommendation_id == Recommendation.id)
        .where(Recommendation.case_id == case.id, Recommendation.voided_at.is_(None))
    )
    rows = db.session.execute(query.order_by(Approval.position)).all()
    if not rows:
        return None
    recommendation = rows[0][0]
    return recommendation, as_approved(recommendation, tuple(row[1] for row in rows if row[1]))


def evidence_of(
    case: Case, viewer: Viewer, known: AtHand | None = None, stands: Standing | None = None
) -> Evidence:
    """All that the guards of the transition table may ask about the case in its present state.

    `known` and `stands` are what a page has read already.
    """
    found = casework.evidence_of(case, viewer)
    if case.state == "in_review":
        return replace(found, has_current_precheck=is_current(case, known))
    standing_now = (stands or standing_with_line(case)) if case.state == "recommended" else None
    if standing_now is None:
        return found
    recommendation, line = standing_now
    against = line.refusal(viewer)
    return replace(
        found,
        recommended_by=recommendation.made_by_id,
        recommendation_stands=True,
        recommendation_is_current=still_holds(recommendation.run, case, known),
        approves_next=against is None,
        approval_refusal=against,
        approves_last=line.is_at_last_step,
    )


def still_holds(run: Run, case: Case, known: AtHand | None = None) -> bool:
    """Whether the run that a recommendation rests on is current, and the latest one says the same.

    The pre-check may have been run again by changed figures before their re-check came to the case.
    """
    known = known or at_hand(case)
    return is_run_current(run, case, known) and known.run is not None and known.run.digest == run.digest
