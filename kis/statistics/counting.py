"""Counting cases into tallies: whole statements that both databases understand, no row passes through here.

Every hour the present and the last month are counted, and what is open; once a day everything, for a
decision of long ago may have been set aside.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import (
    Integer,
    Select,
    cast,
    delete,
    extract,
    func,
    insert,
    literal_column,
    select,
    union,
)
from sqlalchemy import case as either

from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.states import OPEN_STATES
from kis.casework.models import Transfer
from kis.core import clock
from kis.core.extensions import db
from kis.core.jobs import enqueue, latest
from kis.core.refusals import Conflict
from kis.decisions.models import Decision, DecisionReason, RecommendationReason
from kis.statistics.forecast import WINDOW_DAYS, Due, outlook
from kis.statistics.models import BY_MONTH, EVERY_CATEGORY, EVERY_OFFICE, NO_MONTH, OF_TODAY, Count, Tally

COLUMNS = ("kind", "month", "office_id", "category", "key", "days", "cases")
JOB = "statistics.count"
A_DAY = timedelta(hours=23)
# Days since receipt from which each class of open cases begins.
AGES = (0, 30, 60, 90, 180, 365)


def refresh() -> None:
    """Done hourly: count what may have changed since, or everything once a day."""
    last = db.session.get(Count, "all")
    count(since=None if last is None or last.counted_at < clock.now() - A_DAY else last_month(clock.today()))


def ask_to_count() -> None:
    """Have a worker count everything now. Raises Conflict while that is being done already."""
    last = latest(JOB, 0)
    if last and last.state in ("queued", "running"):
        raise Conflict(_("The cases are being counted already. Load the page again in a moment."))
    enqueue(JOB, 0)
    record("statistics.count-asked")


def recount(_subject: int) -> None:
    """As a job: count everything now."""
    count()


def last_month(today: date) -> date:
    """The first day of the month before that of `today`."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def count(since: date | None = None) -> None:
    """Make the tallies anew, of months from that of `since` on or of all."""
    first = month_number(since) if since else 0
    db.session.execute(delete(Tally).where(Tally.kind.in_(OF_TODAY)))
    db.session.execute(delete(Tally).where(Tally.kind.in_(BY_MONTH), Tally.month >= first))
    for parts in (received(since), decided(since), days(since), reasons(since), ages(clock.today())):
        add(parts)
    for kind in (*BY_MONTH, "open"):
        add_sums(kind, first)
    add_outlooks(clock.today())
    db.session.merge(Count(extent="recent" if since else "all", counted_at=clock.now()))
    db.session.flush()


def month_number(day: date) -> int:
    """202611 for a day of November 2026."""
    return day.year * 100 + day.month


def month_of(column: Any) -> Any:
    year, month = (cast(extract(part, column), Integer) for part in ("year", "month"))
    return year * literal_column("100") + month


def text_of(value: str) -> Any:
    return literal_column(f"'{value}'")


NOTHING = literal_column("0")


def add(parts: Select[Any]) -> None:
    db.session.execute(insert(Tally).from_select(COLUMNS, parts))


def tallied(
    kind: str, day: Any, since: date | None, key: Any = None, days: Any = None, office: Any = Case.office_id
) -> Select[Any]:
    """Cases counted by the month of `day`, office, category, and by `key` and `days` where they are given."""
    month = month_of(day).label("month")
    query = select(
        text_of(kind),
        month,
        office,
        Case.category,
        text_of("") if key is None else key,
        NOTHING if days is None else days,
        func.count(),
    )
    grouped = (month, office, Case.category, *(each for each in (key, days) if each is not None))
    return query.where(day >= since if since else day.is_not(None)).group_by(*grouped)


def received(since: date | None) -> Select[Any]:
    """By the office that received the application, wherever the case was transferred since."""
    first = select(func.min(Transfer.id)).where(Transfer.answer == "accepted").group_by(Transfer.case_id)
    moved = select(Transfer.case_id, Transfer.from_office_id).where(Transfer.id.in_(first)).subquery()
    office = func.coalesce(moved.c.from_office_id, Case.office_id)
    counted = tallied("received", Case.received_on, since, office=office)
    return counted.outerjoin(moved, moved.c.case_id == Case.id)


def decided(since: date | None) -> Select[Any]:
    return tallied("decided", Case.decided_on, since, key=Case.outcome)


def days(since: date | None) -> Select[Any]:
    return tallied("days", Case.decided_on, since, days=Case.processing_days)


def reasons(since: date | None) -> Select[Any]:
    """Refusals by criterion ("" for an officer's own reason); a case counts once for each of its reasons."""
    stands = Decision.voided_at.is_(None) & (Decision.outcome == "refused")
    own = select(Decision.case_id, DecisionReason.criterion).join(
        DecisionReason, DecisionReason.decision_id == Decision.id
    )
    followed = select(Decision.case_id, RecommendationReason.criterion).join(
        RecommendationReason, RecommendationReason.recommendation_id == Decision.recommendation_id
    )
    as_recommended = Decision.outcome == Decision.recommended_outcome
    given = union(own.where(stands), followed.where(stands, as_recommended)).subquery()
    key = func.coalesce(given.c.criterion, text_of("")).label("key")
    counted = tallied("reason", Case.decided_on, since, key=key)
    return counted.join(given, given.c.case_id == Case.id)


def ages(today: date) -> Select[Any]:
    """Open cases by class of age in days since receipt; the key is the first day of the class."""
    classes = [
        (Case.received_on <= today - timedelta(days=age), text_of(str(age))) for age in reversed(AGES[1:])
    ]
    age = either(*classes, else_=text_of("0")).label("key")
    grouped = select(
        text_of("open"), NOTHING, Case.office_id, Case.category, age, NOTHING, func.count()
    ).where(Case.state.in_(OPEN_STATES))
    return grouped.group_by(Case.office_id, Case.category, age)


def add_sums(kind: str, first: int) -> None:
    """All categories of an office, all offices of a category, and everything."""
    every_office, every_category = literal_column(str(EVERY_OFFICE)), text_of(EVERY_CATEGORY)
    sums: tuple[tuple[Any, Any, tuple[Any, ...]], ...] = (
        (Tally.office_id, every_category, (Tally.office_id,)),
        (every_office, Tally.category, (Tally.category,)),
        (every_office, every_category, ()),
    )
    for office, category, kept in sums:
        summed = select(
            text_of(kind), Tally.month, office, category, Tally.key, Tally.days, func.sum(Tally.cases)
        ).where(
            Tally.kind == kind,
            Tally.office_id != EVERY_OFFICE,
            Tally.category != EVERY_CATEGORY,
            Tally.month >= (first if kind in BY_MONTH else NO_MONTH),
        )
        add(summed.group_by(Tally.month, Tally.key, Tally.days, *kept))


def add_outlooks(today: date) -> None:
    """Each office's outlook, and their sum."""
    rates = decided_lately(today)
    looks = {office: outlook(due, rates.get(office, 0), today) for office, due in due_days().items()}
    rows = [(office, name, cases) for office, look in looks.items() for name, cases in look.items()]
    total = sum((Counter(look) for look in looks.values()), Counter())
    rows += [(EVERY_OFFICE, name, cases) for name, cases in total.items()]
    if rows:
        db.session.execute(
            insert(Tally),
            [
                {
                    "kind": "outlook",
                    "month": NO_MONTH,
                    "office_id": office,
                    "category": EVERY_CATEGORY,
                    "key": name,
                    "days": 0,
                    "cases": cases,
                }
                for office, name, cases in rows
            ],
        )


def decided_lately(today: date) -> dict[int, int]:
    """Office to the cases it decided in the window of the forecast."""
    lately = Case.decided_on > today - timedelta(days=WINDOW_DAYS)
    rows = db.session.execute(select(Case.office_id, func.count()).where(lately).group_by(Case.office_id))
    return {office: cases for office, cases in rows}


def due_days() -> dict[int, list[Due]]:
    """Office to its open cases by due day, earliest first; a day of None: their clock stands still."""
    day = either((Case.stopped_on.is_(None), Case.due_on), else_=None).label("day")
    query = select(Case.office_id, day, func.count()).where(Case.state.in_(OPEN_STATES))
    found: dict[int, list[Due]] = {}
    for office, due_on, cases in db.session.execute(query.group_by(Case.office_id, day).order_by(day)):
        found.setdefault(office, []).append((due_on, cases))
    return found
