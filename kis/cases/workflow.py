"""The one way in which a case changes its state."""

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.states import ACTION_LABELS, STATE_LABELS, refusal, transition
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden

SYSTEM = Viewer(account_id=0, name="system", grants=())


def advance(
    case: Case,
    action: str,
    viewer: Viewer,
    evidence: Evidence,
    *,
    outcome: str | None = None,
    note: str | None = None,
) -> None:
    """Do an action of the transition table. Raises Conflict with the reason, or Forbidden.

    The row is locked first, so that of two who ask at once one wins and the other is told.
    """
    db.session.refresh(case, with_for_update={"of": Case})
    row = transition(case.state, action)
    if row is None:
        raise Conflict(
            _(
                "“%(action)s” is not possible now: the case is “%(state)s”. Load the page again.",
                action=ACTION_LABELS[action],
                state=STATE_LABELS[case.state],
            )
        )
    if viewer is not SYSTEM and (row.permission is None or not viewer.can(row.permission, case.office_id)):
        raise Forbidden(_("Your account does not have the permission for this."))
    against = refusal(row, case, viewer, evidence)
    if against:
        raise Conflict(against)
    before = case.state
    case.state, case.outcome = row.target, outcome or case.outcome
    db.session.flush()
    record(
        f"case.{action}",
        case_id=case.id,
        subject=("case", case.id),
        before={"state": before},
        after={"state": case.state, "outcome": case.outcome, "note": note},
    )
