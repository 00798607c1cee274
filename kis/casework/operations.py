"""Work that changes hands."""

from sqlalchemy import select

from kis.cases.evidence import Evidence
from kis.cases.models import Case
from kis.cases.states import OPEN_STATES
from kis.cases.workflow import SYSTEM, advance
from kis.core.extensions import db


def release_work(account_id: int, reason: str) -> int:
    """Return every open case of an account to its office's queue; returns how many."""
    held = select(Case).where(Case.assignee_id == account_id, Case.state.in_(OPEN_STATES)).order_by(Case.id)
    cases = db.session.scalars(held).all()
    for case in cases:
        advance(case, "release", SYSTEM, Evidence(), note=reason)
        case.assignee_id = None
    db.session.flush()
    return len(cases)
