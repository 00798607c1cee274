"""Work that changes hands."""

from sqlalchemy import select

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.states import OPEN_STATES
from kis.cases.workflow import SYSTEM, advance
from kis.core.access import Permission
from kis.core.extensions import db


def release_work(account: Account, reason: str) -> int:
    """Return the open cases that the account may no longer review to their offices' queues; returns how many."""
    held = select(Case).where(Case.assignee_id == account.id, Case.state.in_(OPEN_STATES)).order_by(Case.id)
    lost = [case for case in db.session.scalars(held) if not still_reviews(account, case)]
    for case in lost:
        advance(case, "release", SYSTEM, Evidence(), note=reason)
        case.assignee_id = None
    db.session.flush()
    return len(lost)


def still_reviews(account: Account, case: Case) -> bool:
    return account.active and viewer_of(account).can(Permission.CASE_REVIEW, case.office_id)
