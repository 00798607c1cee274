"""Recommending, approving, returning and deciding; each with its audit record, none commits.

Every operation first locks the case, so that of two who ask at once one wins and the other is told.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from kis.audit.operations import record
from kis.cases import workflow
from kis.cases.models import Case
from kis.cases.queries import latest_revision
from kis.cases.states import OUTCOMES
from kis.cases.workflow import SYSTEM, advance
from kis.core import clock
from kis.core.access import Permission, Role, Viewer
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Conflict, Invalid
from kis.decisions import approval
from kis.decisions.departure import departure_deadline, known_end_of_stay, may_stay_on
from kis.decisions.gate import require_agreement
from kis.decisions.letter_values import values_expected, values_for
from kis.decisions.models import (
    Approval,
    ApprovalStep,
    Decision,
    DecisionReason,
    Recommendation,
    RecommendationReason,
)
from kis.decisions.queries import decision_of, evidence_of, line_of, roles_of_office, standing
from kis.decisions.reasons import GivenReason, columns_of, grounds_of
from kis.decisions.words import CHANGES
from kis.letters.checks import check
from kis.letters.operations import issue
from kis.letters.paragraph_queries import as_worded
from kis.offices.models import Office
from kis.precheck.queries import latest_run


def hold(case: Case, seen_version: int | None = None) -> None:
    """Lock the case. Raises Conflict when it is no longer as the viewer saw it (`seen_version`)."""
    workflow.hold(case)
    if seen_version in (None, case.version):
        return
    decision = decision_of(case)
    if decision:
        raise Conflict(
            _(
                "The case was decided already, by %(name)s. Nothing was done a second time.",
                name=decision.decided_by.named,
            )
        )
    workflow.hold(case, seen_version)


def recommend(
    case: Case,
    outcome: str,
    reasons: Sequence[GivenReason],
    text: str,
    viewer: Viewer,
    stay_expires_on: date | None = None,
) -> Recommendation:
    """Propose granting or refusing ("granted", "refused"). Raises Invalid, Conflict or Forbidden.

    A refusal needs reasons, and the last day of the present stay unless the facts show that there is none.
    """
    hold(case)
    columns = reason_columns(case, outcome, reasons)
    require_end_of_stay(case, outcome, stay_expires_on)
    advance(case, "recommend", viewer, evidence_of(case, viewer), note=text or None)
    require_agreement(case, outcome, {row["criterion"] for row in columns if "criterion" in row})
    run = latest_run(case)
    recommendation = Recommendation(
        case=case,
        outcome=outcome,
        text=text,
        stay_expires_on=stay_expires_on if outcome == "refused" else None,
        line=list(roles_of_office(case.office_id)),
        revision=case.revision,
        run_id=run.id if run else None,
        made_by_id=viewer.account_id,
        reasons=[RecommendationReason(**row) for row in columns],
    )
    db.session.add(recommendation)
    db.session.flush()
    # The officer is told what the letter lacks, and not only whoever decides.
    check(as_worded(values_expected(recommendation)))
    record_recommendation(recommendation, columns)
    return recommendation


def record_recommendation(recommendation: Recommendation, reasons: list[dict[str, Any]]) -> None:
    record(
        "recommendation.made",
        case_id=recommendation.case_id,
        subject=("recommendation", recommendation.id),
        after={
            "outcome": recommendation.outcome,
            "text": recommendation.text,
            "reasons": reasons,
            "revision": recommendation.revision,
            "run": recommendation.run_id,
        },
    )


def reason_columns(case: Case, outcome: str, reasons: Sequence[GivenReason]) -> list[dict[str, Any]]:
    if outcome not in OUTCOMES:
        raise Invalid(_("Choose between granting and refusing."))
    return columns_of(reasons, grounds_of(case)) if outcome == "refused" else []


def require_end_of_stay(case: Case, outcome: str, stay_expires_on: date | None) -> None:
    """Nobody is told to leave within days, or to stay on for longer, because of an empty or a mistaken field."""
    if outcome != "refused":
        return
    today, facts = clock.today(), latest_revision(case).facts
    if stay_expires_on is None and may_stay_on(facts, today):
        raise Invalid(_("Enter until when the present stay lasts; a day that has passed where it is over."))
    known = known_end_of_stay(facts, today)
    if stay_expires_on and known and stay_expires_on != known:
        raise Invalid(
            _(
                "By the facts the present stay lasts until %(day)s. Correct the facts first.",
                day=show_day(known),
            )
        )


def take_back(case: Case, viewer: Viewer) -> None:
    """The officer in charge takes the recommendation back. Raises Conflict or Forbidden."""
    hold(case)
    advance(case, "take-back", viewer, evidence_of(case, viewer))
    void(required(case), "taken-back", viewer)


def void_for_change(case: Case, why: str, viewer: Viewer | None = None) -> bool:
    """After a change of what a recommendation rests on (`why`, one of CHANGES): it no longer stands.

    The recommendation and its approvals stay on record; the case goes back to its officer.
    False when nothing was recommended. Called by the pages that save facts or marks.
    """
    if why not in CHANGES:
        raise ValueError(why)
    hold(case)
    if case.state != "recommended":
        return False
    advance(case, "void-recommendation", SYSTEM, evidence_of(case, SYSTEM))
    void(required(case), why, viewer)
    return True


def return_to_officer(case: Case, comment: str, viewer: Viewer) -> None:
    """A supervisor gives the case back, saying why. Raises Invalid, Conflict or Forbidden."""
    if not comment.strip():
        raise Invalid(_("Write what the officer is to do."))
    hold(case)
    advance(case, "return", viewer, evidence_of(case, viewer), note=comment)
    void(required(case), "returned", viewer, comment)


def void(
    recommendation: Recommendation, cause: str, viewer: Viewer | None, comment: str | None = None
) -> None:
    recommendation.voided_at = clock.now()
    recommendation.voided_by_id = viewer.account_id if viewer else None
    recommendation.void_cause, recommendation.void_comment = cause, comment
    db.session.flush()
    record(
        "recommendation.voided",
        case_id=recommendation.case_id,
        subject=("recommendation", recommendation.id),
        after={"cause": cause, "comment": comment, "approvals": len(recommendation.approvals)},
    )


def required(case: Case) -> Recommendation:
    recommendation = standing(case)
    if recommendation is None:
        raise Conflict(_("There is no recommendation that stands."))
    return recommendation


def approve(case: Case, comment: str, viewer: Viewer) -> Decision | None:
    """Take the next step of the approval line; the last one is the decision. Raises Conflict or Forbidden."""
    hold(case)
    evidence = evidence_of(case, viewer)
    if evidence.approves_last:
        recommendation = required(case)
        return decide(
            case, recommendation.outcome, comment, viewer, stay_expires_on=recommendation.stay_expires_on
        )
    advance(case, "approve", viewer, evidence, note=comment or None)
    add_approval(required(case), comment, viewer)
    # The case's row moves with each step, so that a page opened before it is known to be stale.
    flag_modified(case, "state")
    db.session.flush()
    return None


def decide_otherwise(
    case: Case,
    outcome: str,
    reason: str,
    reasons: Sequence[GivenReason],
    viewer: Viewer,
    stay_expires_on: date | None = None,
) -> Decision:
    """Decide against the recommendation, as the last of the line. Raises Invalid, Conflict or Forbidden."""
    hold(case)
    if not reason.strip():
        raise Invalid(_("Write why you decide otherwise than recommended."))
    recommendation = standing(case)
    if recommendation and recommendation.outcome == outcome:
        raise Invalid(_("That is what was recommended; approve it instead."))
    columns = reason_columns(case, outcome, reasons)
    require_end_of_stay(case, outcome, stay_expires_on)
    return decide(case, outcome, reason, viewer, [DecisionReason(**row) for row in columns], stay_expires_on)


def decide(
    case: Case,
    outcome: str,
    comment: str,
    viewer: Viewer,
    own_reasons: Sequence[DecisionReason] = (),
    stay_expires_on: date | None = None,
) -> Decision:
    """Decision and letter together, or neither; a letter that cannot be written stops it before anything moves."""
    advance(case, "decide", viewer, evidence_of(case, viewer), outcome=outcome, note=comment or None)
    recommendation = required(case)
    given = recommendation.reasons if outcome == recommendation.outcome else own_reasons
    require_agreement(case, outcome, {reason.criterion for reason in given if reason.criterion})
    deadline = departure_deadline(clock.today(), stay_expires_on) if outcome == "refused" else None
    decision = Decision(
        case_id=case.id,
        recommendation_id=recommendation.id,
        recommended_by_id=recommendation.made_by_id,
        recommended_outcome=recommendation.outcome,
        outcome=outcome,
        reason=comment if outcome != recommendation.outcome else "",
        decided_by_id=viewer.account_id,
        departure_deadline=deadline,
        stay_expires_on=stay_expires_on if outcome == "refused" else None,
        own_reasons=list(own_reasons),
    )
    add_approval(recommendation, comment, viewer)
    db.session.add(decision)
    db.session.flush()
    record_decision(decision)
    issue(case, values_for(decision), viewer)
    return decision


def record_decision(decision: Decision) -> None:
    record(
        "decision.made",
        case_id=decision.case_id,
        subject=("decision", decision.id),
        after={
            "outcome": decision.outcome,
            "recommended": decision.recommended_outcome,
            "reason": decision.reason,
            "departure_deadline": decision.departure_deadline,
        },
    )


def add_approval(recommendation: Recommendation, comment: str, viewer: Viewer) -> None:
    """Note the step taken, with its comment."""
    line = line_of(recommendation)
    db.session.add(
        Approval(
            recommendation_id=recommendation.id,
            recommended_by_id=recommendation.made_by_id,
            position=line.next_position,
            account_id=viewer.account_id,
            comment=comment,
        )
    )
    db.session.flush()


def set_line(office: Office, roles: Sequence[Role], viewer: Viewer) -> None:
    """Set an office's approval line, for recommendations from now on. Raises Invalid or Forbidden."""
    viewer.require(Permission.OFFICE_MANAGE)
    before = list(roles_of_office(office.id))
    steps = list(approval.checked(roles))
    db.session.execute(delete(ApprovalStep).where(ApprovalStep.office_id == office.id))
    db.session.add_all(
        ApprovalStep(office_id=office.id, position=position, role=role)
        for position, role in enumerate(steps, start=1)
    )
    db.session.flush()
    record(
        "office.approval-line", subject=("office", office.id), before={"line": before}, after={"line": steps}
    )
