"""Work that changes hands: back to the office's queue, or on to a colleague; why is on record with each case."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from kis.accounts.models import Account, RoleGrant
from kis.accounts.sessions import viewer_of
from kis.audit.operations import record
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.operations import assign, reviewers, take
from kis.cases.scope import is_open_to, open_to
from kis.cases.states import OPEN_STATES
from kis.cases.workflow import SYSTEM, advance
from kis.casework.absences import require_present
from kis.casework.staffing import require_skill
from kis.core.access import Permission, Viewer
from kis.core.database import locked
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid
from kis.letters.parties import is_at_work

# Nothing is left to do for the officer of a case that awaits its decision.
AT_WORK = tuple(state for state in OPEN_STATES if state != "recommended")
AT_ONCE = 500


def assign_by_hand(case: Case, account: Account, viewer: Viewer, reason: str | None = None) -> None:
    """Give the case to a present officer of its office who handles its category. Raises Conflict, Invalid or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, case.office_id)
    require_present(account)
    require_skill(account, case.category)
    assign(case, account, viewer, reason)


def take_up(case: Case, viewer: Viewer) -> None:
    """An officer takes up an unassigned case of a category they handle. Raises Conflict or Forbidden."""
    require_skill(db.session.get_one(Account, viewer.account_id), case.category)
    take(case, viewer)


def return_to_queue(case: Case, reason: str, viewer: Viewer) -> None:
    """A supervisor takes the case from its officer, saying why. Raises Invalid, Conflict or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, case.office_id)
    require_reason(reason)
    if case.assignee_id is None:
        raise Conflict(_("The case has no officer in charge."))
    if case.state not in AT_WORK:
        raise Conflict(_("The case awaits its decision: nothing is left to do for its officer."))
    release(case, "casework.released-supervisor", reason=reason)


def require_reason(reason: str) -> None:
    """Raises Invalid."""
    if not reason.strip():
        raise Invalid(_("Write the reason; it stays on record with each case."))


def release(case: Case, told: str, **why: Any) -> None:
    """Put the case back into its office's queue; `told` is the action that says why."""
    former = former_of(case)
    advance(case, "release", SYSTEM, Evidence())
    case.assignee_id = None
    db.session.flush()
    record(told, case_id=case.id, after=former | why)


def former_of(case: Case) -> dict[str, Any]:
    """Whose the case was, for the record of its going elsewhere."""
    return case.assignee.recorded("former") if case.assignee else {"former": None}


def pass_on(case: Case, account: Account, told: str, **why: Any) -> None:
    """Give the case to a colleague in somebody's place. Raises Conflict or Invalid where that cannot be."""
    former = former_of(case)
    require_present(account)
    require_skill(account, case.category)
    assign(case, account, SYSTEM, told=told, **former, **why)


def release_work(account: Account, told: str) -> int:
    """Return the open cases that the account may no longer review to their offices' queues; returns how many."""
    return sum(release_from_leaver(case, told) for case in held_work(account, OPEN_STATES))


def release_left_behind() -> int:
    """Return the open cases that lie with nobody who reviews in their office to its queue; returns how many. Hourly.

    A case can come back to, or be given to, somebody whose account is being disabled at that moment.
    """
    reviewing = reviewers(Case.office_id).where(RoleGrant.account_id == Case.assignee_id)
    left = select(Case).where(Case.state.in_(OPEN_STATES), Case.assignee_id.is_not(None), ~reviewing.exists())
    return sum(release_from_leaver(case) for case in locked(left.order_by(Case.id).limit(AT_ONCE)))


def release_from_leaver(case: Case, told: str = "casework.released-roles") -> bool:
    """Return an open case to its office's queue if its officer no longer reviews there, or may not open it; whether it did."""
    if case.assignee is None:
        return False
    if not is_at_work(case.assignee, case.office):
        release(case, told)
    elif not is_open_to(case, viewer_of(case.assignee)):
        release(case, "casework.released-restricted")
    return case.assignee_id is None


def to_hand_over(account: Account, office_id: int, viewer: Viewer) -> int:
    """How many cases the viewer would move who hands the officer's work over."""
    work = work_with(account, AT_WORK, Case.office_id == office_id, open_to(viewer))
    return db.session.scalar(select(func.count()).select_from(work.subquery())) or 0


def held_work(account: Account, states: Sequence[str], *narrowed: Any) -> Sequence[Case]:
    """The open cases with the account, to move: as they are once everybody at work on them is done."""
    return locked(work_with(account, states, *narrowed))


def work_with(account: Account, states: Sequence[str], *narrowed: Any) -> Select[tuple[Case]]:
    """In one order, so that two who move them wait for each other."""
    held = select(Case).where(Case.assignee_id == account.id, Case.state.in_(states), *narrowed)
    return held.order_by(Case.id)


def hand_over_work(
    account: Account, office_id: int, to: Account | None, reason: str, viewer: Viewer
) -> tuple[int, dict[str, str]]:
    """A supervisor hands all that lies with an officer on to a colleague, or back to the queue.

    Cases that cannot pass on, for a conflict of interest say, go to the queue. Returns how many
    passed on, and by number why the others went back ("" where that was asked for); a restricted case of which the supervisor does not know stays where it is. Raises
    Invalid, Forbidden, or Conflict where the colleague is absent.
    """
    viewer.require(Permission.CASE_ASSIGN, office_id)
    require_reason(reason)
    if to:
        require_present(to)
    cases = held_work(account, AT_WORK, Case.office_id == office_id, open_to(viewer))
    returned: dict[str, str] = {}
    for case in cases:
        refusal = try_to_pass(case, to, "casework.handed-over", reason=reason) if to else ""
        if refusal or to is None:
            release(case, "casework.released-supervisor", reason=reason)
            returned[case.number] = refusal
    return len(cases) - len(returned), returned


def try_to_pass(case: Case, account: Account, told: str, **why: Any) -> str:
    """Pass the case on; "" when that is done, else why the colleague cannot take it, with nothing done."""
    try:
        with db.session.begin_nested():
            pass_on(case, account, told, **why)
    except (Conflict, Invalid) as refusal:
        return refusal.message
    return ""
