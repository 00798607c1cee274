"""Reads of the chain and of the access log, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from kis.audit.models import AccessRecord, AuditRecord
from kis.cases.models import Case
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db

PAGE = 50
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Filters:
    """What a log is narrowed to; `work` is the beginning of an action or of a task."""

    account: str | None = None
    case: str | None = None
    work: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Key:
    """Where a page begins: below one record, above one, or at the newest."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Page:
    """Records, newest first, with the ids from which the neighbouring pages begin."""

    rows: Sequence[Any]
    case_numbers: dict[int, str]
    newer: int | None
    older: int | None


def audit_page(viewer: Viewer, filters: Filters, key: Key) -> Page:
    """A page of the chain. Raises Forbidden without audit:read."""
    viewer.require(Permission.AUDIT_READ)
    return page_of(AuditRecord, conditions(AuditRecord, AuditRecord.action, filters), key)


def access_page(viewer: Viewer, filters: Filters, key: Key) -> Page:
    """A page of the access log. Raises Forbidden without access-log:read."""
    viewer.require(Permission.ACCESS_LOG_READ)
    return page_of(AccessRecord, conditions(AccessRecord, AccessRecord.task, filters), key)


def conditions(model: Any, work: Any, filters: Filters) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if filters.account:
        chosen.append(model.account_name == filters.account.lower())
    if filters.case:
        chosen.append(model.case_id == select(Case.id).where(Case.number == filters.case).scalar_subquery())
    if filters.work:
        chosen.append(work.startswith(filters.work, autoescape=True))
    if filters.first:
        chosen.append(model.at >= start_of(filters.first))
    if filters.last:
        chosen.append(model.at < start_of(filters.last) + timedelta(days=1))
    return chosen


def start_of(day: date) -> datetime:
    """The instant at which a day begins in Seoul; one beyond all records at their bound, where clocks still reckon."""
    return datetime.combine(min(max(day, EARLIEST), LATEST), time(), clock.SEOUL)


def page_of(model: Any, narrowed: Iterable[ColumnElement[bool]], key: Key) -> Page:
    query = select(model).where(*narrowed)
    if key.after is not None:
        query = query.where(model.id > key.after).order_by(model.id)
    else:
        below = [model.id < key.before] if key.before is not None else []
        query = query.where(*below).order_by(model.id.desc())
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    rows, more = found[:PAGE], len(found) > PAGE
    if key.after is not None:
        rows = rows[::-1]
        newer, older = more, bool(rows)
    else:
        newer, older = key.before is not None and bool(rows), more
    return Page(rows, case_numbers(rows), rows[0].id if newer else None, rows[-1].id if older else None)


def case_numbers(rows: Sequence[Any]) -> dict[int, str]:
    """The receipt numbers of the cases on a page."""
    ids = {row.case_id for row in rows if row.case_id is not None}
    found = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {case_id: number for case_id, number in found}
