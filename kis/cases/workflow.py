"""The one way in which a case changes its state."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from kis.audit.operations import record
from kis.cases.conflicts import has_conflict
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.states import ACTION_LABELS, DECIDED_STATES, STATE_LABELS, Transition, refusal, transition
from kis.cases.timekeeping import follow
from kis.core import clock
from kis.core.access import Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Forbidden

SYSTEM = Viewer(account_id=0, name="system", grants=())


def hold(case: Case, seen_version: int | None = None) -> None:
    """Lock the case. Raises Conflict when it is no longer as the viewer saw it (`seen_version`)."""
    lock(case)
    if seen_version not in (None, case.version):
        raise Conflict(
            _("The case has changed since you opened this page. Load it again and look before you go on.")
        )


def advance(
    case: Case,
    action: str,
    viewer: Viewer,
    evidence: Evidence,
    *,
    outcome: str | None = None,
    note: str | None = None,
    at: int | None = None,
    on: date | None = None,
) -> None:
    """Do an action of the transition table. Raises Conflict with the reason, or Forbidden.

    The row is locked first, so that of two who ask at once one wins and the other is told. `at` is the
    id of the office that is asked, where that is another than the case's own; `on` the day from which
    the step counts, where that is not today.
    """
    hold(case)
    row = permitted(case, action, viewer, evidence, at)
    before = case.state
    case.state = row.target
    case.outcome = (outcome or case.outcome) if row.target in DECIDED_STATES else None
    # The row moves with each step, so that a page opened before it is known to be stale.
    flag_modified(case, "state")
    follow(case, action, on or clock.today())
    db.session.flush()
    record(
        f"case.{action}",
        case_id=case.id,
        subject=("case", case.id),
        before={"state": before},
        after={"state": case.state, "outcome": case.outcome, "note": note},
    )


def permitted(
    case: Case, action: str, viewer: Viewer, evidence: Evidence, at: int | None = None
) -> Transition:
    """The row of the transition table by which the viewer may do this now. Raises Conflict or Forbidden."""
    row = transition(case.state, action)
    if row is None:
        raise Conflict(
            _(
                "“%(action)s” is not possible now: the case is “%(state)s”. Load the page again.",
                action=ACTION_LABELS[action],
                state=STATE_LABELS[case.state],
            )
        )
    if viewer is not SYSTEM and not row.allows(viewer, at or case.office_id):
        raise Forbidden(_("Your account does not have the permission for this."))
    against = refusal(row, case, viewer, with_conflict(evidence, row, case, viewer))
    if against:
        raise Conflict(against)
    return row


def with_conflict(evidence: Evidence, row: Transition, case: Case, viewer: Viewer) -> Evidence:
    """The evidence with whether the viewer declared a conflict of interest: no caller can leave that out."""
    if not row.asks_for_conflict or viewer is SYSTEM:
        return evidence
    return replace(evidence, conflict_declared=has_conflict(case.id, viewer.account_id))
