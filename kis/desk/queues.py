"""Queues: which cases they hold, how they are filtered, and paging by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select, tuple_

from kis.accounts.models import Account, RoleGrant
from kis.cases.models import Applicant, Case
from kis.cases.states import CLOSED_STATES, OPEN_STATES
from kis.core.access import Permission, Viewer
from kis.core.addresses import whole_number
from kis.core.extensions import db
from kis.offices.models import Office

PAGE = 50
NOBODY = "nobody"
COLUMNS = (
    Case.id,
    Case.number,
    Case.category,
    Case.route,
    Case.state,
    Case.precheck_outcome,
    Case.received_on,
    Case.due_on,
    Applicant.family_name,
    Applicant.given_names,
    Applicant.local_name,
    Applicant.nationality,
    Account.full_name.label("assignee"),
    Office.code.label("office"),
)


@dataclass(frozen=True)
class Filters:
    """What a queue is narrowed to; the page's address carries them."""

    category: str | None = None
    state: str | None = None
    assignee: str | None = None
    outcome: str | None = None

    def conditions(self) -> list[Any]:
        found = []
        if self.category:
            found.append(Case.category == self.category)
        if self.state:
            found.append(Case.state == self.state)
        if self.assignee == NOBODY:
            found.append(Case.assignee_id.is_(None))
        elif self.assignee:
            found.append(Case.assignee_id == int(self.assignee))
        if self.outcome:
            found.append(Case.precheck_outcome == self.outcome)
        return found


@dataclass(frozen=True)
class Key:
    """The place of a row in a queue: oldest due date first, then by id."""

    due_on: date
    id: int

    @classmethod
    def parse(cls, text: str | None) -> "Key | None":
        """ "2026-11-21.17"; None for anything else."""
        day, _, written = (text or "").partition(".")
        number = whole_number(written)
        try:
            return cls(date.fromisoformat(day), number) if number is not None else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}.{self.id}"


@dataclass(frozen=True)
class Page:
    """Up to PAGE rows, with the keys of the pages before and after where there are any."""

    rows: Sequence[Row[Any]]
    newer: Key | None
    older: Key | None


def queue_scope(name: str, viewer: Viewer) -> Select[Any]:
    """The open cases of one queue, in the offices where the viewer may see queues."""
    query = (
        select(*COLUMNS)
        .join(Case.applicant)
        .join(Case.office)
        .outerjoin(Account, Case.assignee_id == Account.id)
    )
    offices = viewer.office_ids(Permission.QUEUE_READ)
    if offices is not None:
        query = query.where(Case.office_id.in_(offices))
    return query.where(*QUEUES[name](viewer))


QUEUES = {
    "mine": lambda viewer: [Case.assignee_id == viewer.account_id, Case.state.in_(OPEN_STATES)],
    "unassigned": lambda viewer: [Case.assignee_id.is_(None), Case.state.in_(OPEN_STATES)],
    "awaiting-decision": lambda viewer: [Case.state == "recommended"],
    "open": lambda viewer: [Case.state.in_(OPEN_STATES)],
    "decided": lambda viewer: [Case.state.in_(CLOSED_STATES)],
}


def queue_page(name: str, viewer: Viewer, filters: Filters, after: Key | None, before: Key | None) -> Page:
    """One page by key, never counting the whole; one row more than a page tells whether there is another."""
    query = queue_scope(name, viewer).where(*filters.conditions())
    key = tuple_(Case.due_on, Case.id)
    if before:
        query = query.where(key < tuple_(before.due_on, before.id)).order_by(
            Case.due_on.desc(), Case.id.desc()
        )
        found = db.session.execute(query.limit(PAGE + 1)).all()
        rows = list(reversed(found[:PAGE]))
        return Page(rows, edge(rows, 0) if len(found) > PAGE else None, edge(rows, -1))
    if after:
        query = query.where(key > tuple_(after.due_on, after.id))
    found = db.session.execute(query.order_by(Case.due_on, Case.id).limit(PAGE + 1)).all()
    rows = list(found[:PAGE])
    return Page(rows, edge(rows, 0) if after else None, edge(rows, -1) if len(found) > PAGE else None)


def edge(rows: Sequence[Row[Any]], place: int) -> Key | None:
    return Key(rows[place].due_on, rows[place].id) if rows else None


def officers(viewer: Viewer) -> Sequence[Row[Any]]:
    """(id, full name, office id) of the officers of the offices whose queues the viewer sees."""
    query = (
        select(Account.id, Account.full_name, RoleGrant.office_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == "officer", Account.active)
    )
    offices = viewer.office_ids(Permission.QUEUE_READ)
    if offices is not None:
        query = query.where(RoleGrant.office_id.in_(offices))
    return db.session.execute(query.order_by(Account.full_name)).all()
