"""The workload of every officer of a supervisor's offices, in one look."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case as either
from sqlalchemy import func, literal, select

from kis.accounts.models import Account, RoleGrant
from kis.cases.models import Case
from kis.cases.queues import in_states
from kis.cases.scope import open_to
from kis.cases.states import OPEN_STATES
from kis.casework.absences import in_force
from kis.casework.staffing_models import Absence
from kis.casework.standings import each_reply_is_overdue, stands
from kis.core import clock
from kis.core.access import Permission, Role, Viewer
from kis.core.extensions import db

WAITING = "awaiting_supplement"
# Office and officer; None for cases of nobody.
Place = tuple[int, int | None]


@dataclass(frozen=True)
class Counts:
    """Cases of one officer; all but the last are open ones, and the others some of the first."""

    open: int = 0
    at_risk: int = 0
    overdue: int = 0
    waiting: int = 0
    unanswered: int = 0
    decided: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Line:
    """One officer of an office; nobody for the unassigned. `is_officer` is False for one who no longer is."""

    account_id: int | None
    name: str
    counts: Counts
    absent_until: date | None = None
    is_officer: bool = True


@dataclass
class OfficeBoard:
    """The lines of one office, with its unassigned cases."""

    office_id: int
    lines: list[Line] = field(default_factory=list)
    unassigned: Counts = Counts()

    @property
    def total(self) -> Counts:
        return sum((line.counts for line in self.lines), self.unassigned)


def board(viewer: Viewer) -> list[OfficeBoard]:
    """A board for each office whose cases the viewer assigns, by the office's id.

    Two statements, whatever the number of offices, officers and cases: the numbers, and the officers.
    """
    found = numbers(viewer)
    boards: dict[int, OfficeBoard] = {}
    for row in officers(viewer):
        own = boards.setdefault(row.office_id, OfficeBoard(row.office_id))
        counts = found.pop((row.office_id, row.id), ("", Counts()))[1]
        own.lines.append(Line(row.id, row.named, counts, row.absent_until))
    for (office_id, account_id), (name, counts) in sorted(found.items(), key=lambda item: item[1][0]):
        own = boards.setdefault(office_id, OfficeBoard(office_id))
        if account_id is None:
            own.unassigned = counts
        else:
            own.lines.append(Line(account_id, name, counts, is_officer=False))
    return [boards[office_id] for office_id in sorted(boards)]


def numbers(viewer: Viewer) -> dict[Place, tuple[str, Counts]]:
    """Name and counts by office and officer (None: nobody), in one statement.

    Open cases and those decided this week each from their own index.
    """
    today, nothing = clock.today(), literal(0)
    still_open = within(
        select(
            Case.office_id,
            Case.assignee_id,
            func.count().label("open"),
            count_where(stands("risk", today)).label("at_risk"),
            count_where(stands("over", today)).label("overdue"),
            count_where(Case.state == WAITING).label("waiting"),
            count_where(each_reply_is_overdue(today)).label("unanswered"),
            nothing.label("decided"),
        ).where(in_states(OPEN_STATES), open_to(viewer)),
        Case.office_id,
        viewer,
    ).group_by(Case.office_id, Case.assignee_id)
    decided = within(
        select(Case.office_id, Case.assignee_id, *[nothing] * 5, func.count()).where(
            Case.decided_on >= monday(today), open_to(viewer)
        ),
        Case.office_id,
        viewer,
    ).group_by(Case.office_id, Case.assignee_id)
    both = still_open.union_all(decided).subquery()
    query = select(both, Account.named).outerjoin(Account, Account.id == both.c.assignee_id)
    found: dict[Place, tuple[str, Counts]] = {}
    for office_id, account_id, *counted, name in db.session.execute(query):
        before = found.get((office_id, account_id), ("", Counts()))[1]
        found[office_id, account_id] = (name or "", before + Counts(*counted))
    return found


def count_where(condition: Any) -> Any:
    return func.coalesce(func.sum(either((condition, 1), else_=0)), 0)


def officers(viewer: Viewer) -> Iterable[Any]:
    """(office id, id, name, absent until) of the active officers, by office and name."""
    absent = select(func.max(Absence.last_day)).where(
        Absence.account_id == Account.id, in_force(clock.today())
    )
    query = (
        select(
            RoleGrant.office_id,
            Account.id,
            Account.named.label("named"),
            absent.scalar_subquery().label("absent_until"),
        )
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == Role.OFFICER, Account.active)
        .order_by(RoleGrant.office_id, Account.named, Account.id)
    )
    return db.session.execute(within(query, RoleGrant.office_id, viewer))


def within(query: Any, office: Any, viewer: Viewer) -> Any:
    offices = viewer.office_ids(Permission.CASE_ASSIGN)
    return query if offices is None else query.where(office.in_(offices))


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
