"""Declaring a conflict of interest: what the person did on the case no longer stands, and nothing more follows."""

from flask_babel import gettext as _

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.conflicts import ConflictOfInterest, has_conflict
from kis.cases.models import Case
from kis.cases.states import CLOSED_STATES
from kis.cases.workflow import SYSTEM, advance
from kis.casework.handing_over import release
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden, Invalid
from kis.decisions.models import Recommendation
from kis.decisions.operations import hold, void
from kis.decisions.queries import evidence_of, standing

SHORTEST = 5


def may_declare(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer could have a part in the case, and it is not decided yet."""
    part = any(viewer.can(p, case.office_id) for p in (Permission.CASE_REVIEW, Permission.CASE_DECIDE))
    return part and case.state not in CLOSED_STATES


def declare_conflict(case: Case, reason: str, viewer: Viewer) -> ConflictOfInterest:
    """The viewer has a conflict of interest in the case. Raises Invalid, Conflict or Forbidden.

    A recommendation that the viewer made or approved is voided; a case in the viewer's charge returns
    to the queue. It cannot be taken back.
    """
    if len(reason.strip()) < SHORTEST:
        raise Invalid(_("Write the reason, in at least %(count)s characters.", count=SHORTEST))
    hold(case)
    if case.state in CLOSED_STATES:
        raise Conflict(_("The case is decided. Tell the supervisor, who can undo the decision."))
    if not may_declare(case, viewer):
        raise Forbidden(_("Your account does not have the permission for this."))
    if has_conflict(case.id, viewer.account_id):
        raise Conflict(_("You declared a conflict of interest in this case already."))
    made = ConflictOfInterest(case_id=case.id, account_id=viewer.account_id, reason=reason.strip())
    db.session.add(made)
    db.session.flush()
    name = db.session.get_one(Account, viewer.account_id).recorded("name")
    subject = ("conflict_of_interest", made.id)
    record("casework.conflict-declared", case_id=case.id, subject=subject, after=name)
    withdraw_part(case, viewer)
    return made


def withdraw_part(case: Case, viewer: Viewer) -> None:
    recommendation = standing(case)
    if case.state == "recommended" and recommendation and has_part(recommendation, viewer):
        advance(case, "void-recommendation", SYSTEM, evidence_of(case, SYSTEM))
        void(recommendation, "conflict", viewer)
    if case.assignee_id == viewer.account_id:
        release(case, "casework.released-conflict")


def has_part(recommendation: Recommendation, viewer: Viewer) -> bool:
    approved = {approval.account_id for approval in recommendation.approvals}
    return viewer.account_id in approved | {recommendation.made_by_id}
