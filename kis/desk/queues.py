"""Queues: how they are filtered, paged by key, and counted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_

from kis.accounts.models import Account, RoleGrant
from kis.cases.lists import Page, listed, page_of
from kis.cases.models import Case
from kis.cases.queues import OVERVIEWS, QUEUES, WORKING, Queue, in_states
from kis.cases.scope import in_scope
from kis.cases.states import OPEN_STATES
from kis.casework.standings import STANDINGS, each_reply_is_overdue, stands
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.addresses import whole_number
from kis.core.extensions import db

NOBODY = "nobody"
# Counted for the rail: what is worked on. Closed cases grow without end, and nobody waits for their number.
COUNTED = (*OVERVIEWS, *(queue for queue in WORKING if queue.is_open))


@dataclass(frozen=True)
class Filters:
    """What a queue is narrowed to; the page's address carries them."""

    category: str | None = None
    state: str | None = None
    assignee: str | None = None
    outcome: str | None = None
    standing: str | None = None
    received_from: str | None = None
    received_to: str | None = None

    @classmethod
    def of(cls, given: Any) -> "Filters":
        """The filters among the values of an address or a form; those that say nothing sound are dropped."""
        asked = asked_of(given)
        return cls(**{name: value for name, value in asked.items() if SOUND.get(name, str)(value)})

    @classmethod
    def unsound_days(cls, given: Any) -> dict[str, str]:
        """The days among the values that are none: the list is not narrowed by them."""
        days = {name: value for name, value in asked_of(given).items() if SOUND.get(name) is is_day}
        return {name: value for name, value in days.items() if not is_day(value)}

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in use."""
        return {name: value for name, value in asdict(self).items() if value}

    def conditions(self) -> list[Any]:
        return [CONDITIONS[name](value) for name, value in self.chosen.items()]


def asked_of(given: Any) -> dict[str, str]:
    """The filters among the values of an address or a form that say anything."""
    said = {name: (given.get(name) or "").strip() for name in FILTERS}
    return {name: value for name, value in said.items() if value}


def is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


FILTERS = tuple(field.name for field in fields(Filters))
SOUND: dict[str, Any] = {
    "assignee": lambda value: value == NOBODY or whole_number(value) is not None,
    "standing": STANDINGS.__contains__,
    "received_from": is_day,
    "received_to": is_day,
}
CONDITIONS: dict[str, Any] = {
    "category": lambda value: Case.category == value,
    "state": lambda value: Case.state == value,
    "assignee": lambda value: (
        Case.assignee_id.is_(None) if value == NOBODY else Case.assignee_id == int(value)
    ),
    "outcome": lambda value: Case.precheck_outcome == value,
    "standing": lambda value: stands(value, clock.today()),
    "received_from": lambda value: Case.received_on >= date.fromisoformat(value),
    "received_to": lambda value: Case.received_on <= date.fromisoformat(value),
}


@dataclass(frozen=True)
class Key:
    """The place of a row in a queue: by due date, then by id."""

    due_on: date
    id: int

    @classmethod
    def parse(cls, text: str | None) -> "Key | None":
        """ "2026-11-21.17"; None for anything else."""
        day, _, written = (text or "").partition(".")
        number = whole_number(written)
        return cls(date.fromisoformat(day), number) if number is not None and is_day(day) else None

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}.{self.id}"


def queue_page(
    name: str, viewer: Viewer, filters: Filters, after: Key | None, before: Key | None
) -> Page[Key]:
    """One page by key, never counting the whole; one row more than a page tells whether there is another."""
    query = listed().where(*held(QUEUES[name], viewer, filters))
    upwards = QUEUES[name].is_open == (before is None)
    key = tuple_(Case.due_on, Case.id)
    if place := before or after:
        edge = tuple_(literal(place.due_on), literal(place.id))
        query = query.where(key > edge if upwards else key < edge)
    columns = (Case.due_on, Case.id)
    query = query.order_by(*(column if upwards else column.desc() for column in columns))
    return page_of(query, lambda row: Key(row.due_on, row.id), after, before)


def held(queue: Queue, viewer: Viewer, filters: Filters) -> list[Any]:
    """The conditions of the cases of a queue that the viewer may see, narrowed by the filters."""
    scope = in_scope(viewer, Permission.QUEUE_READ)
    return [scope, *queue.conditions(viewer), *filters.conditions()]


def is_countable(viewer: Viewer) -> bool:
    """Whether the viewer's offices are few enough to count their cases while somebody waits."""
    return viewer.office_ids(Permission.QUEUE_READ) is not None


def rail_counts(viewer: Viewer) -> dict[str, int]:
    """How many open cases each queue holds and how many stand how to their due day, in one statement.

    The database counts them by what tells queues and standings apart: a few dozen numbers to add up here.
    """
    kinds = open_kinds(viewer)
    counts = {queue.name: sum(kind.cases for kind in kinds if is_held(kind, queue)) for queue in COUNTED}
    return counts | {name: sum(kind.cases for kind in kinds if getattr(kind, name)) for name in STANDINGS}


def open_kinds(viewer: Viewer) -> Sequence[Row[Any]]:
    """(number of cases, state, whether with an officer, whether the viewer's, whether each standing)."""
    today = clock.today()
    told_apart = {
        "state": Case.state,
        "assigned": Case.assignee_id.is_not(None),
        "mine": Case.assignee_id == viewer.account_id,
    }
    told_apart |= {name: stands(name, today) for name in STANDINGS}
    told_apart["reply"] = each_reply_is_overdue(today)
    scope = in_scope(viewer, Permission.QUEUE_READ)
    columns = [column.label(name) for name, column in told_apart.items()]
    found = select(*columns).where(in_states(OPEN_STATES), scope).subquery()
    return db.session.execute(select(func.count().label("cases"), *found.c).group_by(*found.c)).all()


def is_held(kind: Row[Any], queue: Queue) -> bool:
    return (kind.mine or not queue.mine) and queue.holds(kind.state, kind.assigned)


def filter_counts(viewer: Viewer, filters: Sequence[tuple[str, Filters]]) -> list[int]:
    """How many cases each (queue, filters) holds, up to MANY and one more; in one statement."""
    if not filters:
        return []
    counts = [count_up_to_many(QUEUES[name], viewer, chosen) for name, chosen in filters]
    return list(db.session.execute(select(*counts)).one())


MANY = 999


def count_up_to_many(queue: Queue, viewer: Viewer, filters: Filters) -> Any:
    found = select(literal(1)).select_from(Case).where(*held(queue, viewer, filters)).limit(MANY + 1)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


def export_rows(name: str, viewer: Viewer, filters: Filters, limit: int) -> Sequence[Row[Any]]:
    """The first rows of a queue in its order, up to the limit; of the offices whose queues may be taken away."""
    taken_away = in_scope(viewer, Permission.CASE_EXPORT)
    query: Select[Any] = listed().where(*held(QUEUES[name], viewer, filters), taken_away)
    order = [column if QUEUES[name].is_open else column.desc() for column in (Case.due_on, Case.id)]
    return db.session.execute(query.order_by(*order).limit(limit)).all()


def officers(viewer: Viewer) -> Sequence[Row[Any]]:
    """(id, name, office id) of the officers of the offices whose queues the viewer sees."""
    query = (
        select(Account.id, Account.named.label("named"), RoleGrant.office_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == "officer", Account.active)
    )
    offices = viewer.office_ids(Permission.QUEUE_READ)
    if offices is not None:
        query = query.where(RoleGrant.office_id.in_(offices))
    return db.session.execute(query.order_by(Account.named)).all()
