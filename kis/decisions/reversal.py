"""Taking a decision back: undone until its letter has left, set aside after that; and a wish that comes before one.

The rows of the decision, the recommendation and the letter stay on record.
"""

from datetime import date

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.workflow import advance
from kis.casework import endings
from kis.casework.handing_over import release_from_leaver
from kis.casework.models import Ending
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.decisions.models import Decision
from kis.decisions.operations import hold, required, void
from kis.decisions.queries import decision_of, evidence_of
from kis.letters import operations as letters
from kis.letters.queries import decision_letter


def undo(case: Case, reason: str, viewer: Viewer) -> Decision:
    """Take the decision back while its letter is in the house. Raises Invalid, Conflict or Forbidden."""
    return reverse(case, "undo", "undone", reason, viewer)


def set_aside(case: Case, reason: str, viewer: Viewer) -> Decision:
    """Set the decision aside after its letter has left. Raises Invalid, Conflict or Forbidden."""
    return reverse(case, "set-aside", "set-aside", reason, viewer)


def reverse(case: Case, action: str, cause: str, reason: str, viewer: Viewer) -> Decision:
    """Void decision, recommendation and letter; the case is back in review."""
    if not reason.strip():
        raise Invalid(_("Write the reason; it stays on record."))
    hold(case)
    advance(case, action, viewer, evidence_of(case, viewer), note=reason)
    decision = decision_of(case)
    if decision is None:
        raise Conflict(_("The case has changed since you opened this page. Load it again."))
    decision.voided_at, decision.voided_by_id = clock.now(), viewer.account_id
    decision.void_cause, decision.void_reason = cause, reason
    void(required(case), cause, viewer, reason)
    letter = decision_letter(case)
    if letter:
        letters.void(letter, reason, viewer)
    db.session.flush()
    record(
        "decision.voided",
        case_id=case.id,
        subject=("decision", decision.id),
        before={"outcome": decision.outcome},
        after={"cause": cause, "reason": reason},
    )
    release_from_leaver(case)
    return decision


def withdraw(case: Case, wish: str, wished_on: date, viewer: Viewer) -> Ending:
    """End the case on the applicant's wish; a recommendation on it no longer stands. Raises as endings.withdraw."""
    hold(case)
    if case.state == "recommended":
        void(required(case), "withdrawn", viewer, wish)
    return endings.withdraw(case, wish, wished_on, viewer)
