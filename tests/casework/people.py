"""Offices with officers and cases, as the tests of allocation need them."""

from collections.abc import Sequence
from typing import Any

from kis.accounts.models import Account
from kis.accounts.sessions import viewer_of
from kis.audit.models import AuditRecord
from kis.cases.models import Case
from kis.casework import staffing
from kis.core.access import Role, Viewer
from kis.core.extensions import db
from tests import factories


def officers(count: int, at: str = "seoul-southern") -> list[Account]:
    return [factories.account(Role.OFFICER, at=at) for _each in range(count)]


def supervisor(at: str = "seoul-southern") -> Viewer:
    return viewer_of(factories.account(Role.SUPERVISOR, at=at))


def unassigned_cases(count: int, **columns: Any) -> list[Case]:
    """Received cases of nobody, copies of one; committed."""
    cases = [factories.case() for _each in range(count)]
    for case in cases:
        for name, value in columns.items():
            setattr(case, name, value)
    db.session.commit()
    return cases


def allocating(way: str, boss: Viewer, at: str = "seoul-southern", *, at_intake: bool = False) -> int:
    """Let the office allocate in this way; its id. Committed."""
    office = factories.office(at)
    staffing.set_way(office, way, at_intake, boss)
    db.session.commit()
    return office.id


def assignees(cases: Sequence[Case]) -> list[int | None]:
    ids = [case.id for case in cases]
    db.session.rollback()
    return [db.session.get_one(Case, case_id).assignee_id for case_id in ids]


def told(action: str) -> list[dict[str, Any]]:
    """What the records of an action say, oldest first."""
    found = db.session.query(AuditRecord).filter(AuditRecord.action == action).order_by(AuditRecord.id)
    return [record.after or {} for record in found]
