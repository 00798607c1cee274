"""Opening a case to look at it: scope, stated reason, access log — in this order, before anything is shown."""

from flask import session

from kis.audit.operations import log_access
from kis.cases.models import Case
from kis.cases.queries import get_case
from kis.core.access import current_viewer
from kis.core.refusals import Refusal

REASONS = "stated-reasons"


class ReasonNeeded(Refusal):
    """The account may read the case once it has said why (PIPA Art. 28)."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number


def open_case_page(number: str, task: str) -> Case:
    """The case of a receipt number for this request's viewer. Raises NotFound or ReasonNeeded.

    `task` names what is looked at ("facts", "documents", …) and stands in the access log.
    """
    viewer = current_viewer()
    case = get_case(number, viewer)
    reason = stated_reason(number)
    if viewer.must_state_reason and not reason:
        raise ReasonNeeded(number)
    log_access(task, case_id=case.id, person=f"applicant:{case.applicant_id}", reason=reason)
    return case


def stated_reason(number: str) -> str | None:
    reason: str | None = session.get(REASONS, {}).get(number)
    return reason


def state_reason(number: str, reason: str) -> None:
    """Keep the reason for the rest of this sign-in session."""
    session[REASONS] = {**session.get(REASONS, {}), number: reason}
