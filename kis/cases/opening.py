"""Opening a case to look at it: scope, stated reason, access log — in this order, before anything is shown."""

from typing import NamedTuple

from flask import Response, g, request
from flask_login import current_user

from kis.audit.operations import log_access
from kis.audit.queries import reason_stated
from kis.cases.models import Case
from kis.cases.queries import get_case
from kis.core.access import current_viewer
from kis.core.database import READING, transaction
from kis.core.refusals import Refusal

# What this request opened.
LOOKS = "looks"


class Look(NamedTuple):
    """That a case is looked at: what of it, whose, and why."""

    task: str
    case_id: int
    person: str
    reason: str | None


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
    asks = viewer.must_state_reason_in(case.office_id)
    reason = stated_reason(case) if asks else None
    if asks and not reason:
        raise ReasonNeeded(number)
    look_at(case, task, reason)
    return case


def look_at(case: Case, task: str, reason: str | None = None) -> None:
    """Note that something of the case is shown, in the access log, whatever becomes of the request."""
    look = Look(task, case.id, f"applicant:{case.applicant_id}", reason)
    put_on_record(look)
    g.setdefault(LOOKS, []).append(look)


def put_on_record(look: Look) -> None:
    log_access(look.task, case_id=look.case_id, person=look.person, reason=look.reason)


def keep_looks(response: Response) -> Response:
    """A request that was refused wrote nothing, and yet its answer shows the case: that it was looked at stays on record."""
    looks = g.pop(LOOKS, [])
    if looks and request.method not in READING and response.status_code >= 400 and not g.get("keep_writes"):
        with transaction():
            for look in looks:
                put_on_record(look)
    return response


def stated_reason(case: Case) -> str | None:
    """Why this account reads the case, as it said since it signed in."""
    return reason_stated(current_viewer().account_id, case.id, current_user.session.started_at)


def state_reason(case: Case, reason: str) -> None:
    """Note the reason in the access log, where it holds until the account signs in anew."""
    log_access("reason", case_id=case.id, person=f"applicant:{case.applicant_id}", reason=reason)
