"""Which cases somebody may read: the one place that says so, for lists and for a single case.

A case is read in the offices where the permission is held; a restricted one, beside that, only by those
named on it. Every read of cases takes its condition from here; a test holds that nobody writes their own.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, true

from kis.cases.models import Case, CaseReader
from kis.core.access import Permission, Viewer


def in_scope(viewer: Viewer, permission: Permission = Permission.CASE_READ) -> ColumnElement[bool]:
    """Condition: the case lies where the viewer holds the permission, and is not closed to it."""
    return and_(in_offices(viewer, permission), open_to(viewer))


def in_offices(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """Condition: the case lies where the viewer holds the permission. Alone, it is enough for counts only."""
    offices = viewer.office_ids(permission)
    return true() if offices is None else Case.office_id.in_(offices)


def open_to(viewer: Viewer) -> ColumnElement[bool]:
    """Condition: the case is not restricted, or the viewer is named on it, or oversees all of them."""
    if viewer.can(Permission.CASE_READ_RESTRICTED):
        return true()
    named = select(CaseReader.case_id).where(CaseReader.account_id == viewer.account_id)
    return Case.restricted.is_(False) | Case.id.in_(named)


def within(query: Select[Any], viewer: Viewer, permission: Permission = Permission.CASE_READ) -> Select[Any]:
    """The query, which reads cases, for those that the viewer may read."""
    return query.where(in_scope(viewer, permission))


def is_open_to(case: Case, viewer: Viewer) -> bool:
    """The same as `open_to`, of one case."""
    if not case.restricted or viewer.can(Permission.CASE_READ_RESTRICTED):
        return True
    return viewer.account_id in reader_ids(case)


def may_read(case: Case, viewer: Viewer) -> bool:
    """The same as `in_scope`, of one case."""
    return viewer.can(Permission.CASE_READ, case.office_id) and is_open_to(case, viewer)


def reader_ids(case: Case) -> frozenset[int]:
    """The ids of the accounts named on a case."""
    return frozenset(reader.account_id for reader in case.readers)
