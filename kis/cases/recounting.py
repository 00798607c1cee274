"""Reckoning the due days of an office's open cases anew, after a change of the calendar. For the worker."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Row, bindparam, func, select, update

from kis.audit.operations import record
from kis.cases.clock import Pause, at_risk_day, due_day
from kis.cases.models import Case, ClockExtension, ClockPause
from kis.cases.states import OPEN_STATES
from kis.core.extensions import db
from kis.offices.queries import holiday_overrides

CASES = Case.__table__
NEW_DAYS = (
    update(CASES)
    .where(CASES.c.id == bindparam("changed_id"))
    .values(due_on=bindparam("due"), at_risk_on=bindparam("risk"))
)


def recount_office(office_id: int) -> None:
    """Give each open case of the office the days that the calendar now says; a second time changes nothing.

    The cases are locked in one order: whoever works on one waits for this, or this for them.
    """
    query = select(Case.id, Case.received_on, Case.period_days, Case.due_on, Case.at_risk_on)
    query = query.where(Case.office_id == office_id, Case.state.in_(OPEN_STATES))
    cases = db.session.execute(query.order_by(Case.id).with_for_update()).all()
    changed = recounted(cases, office_id)
    if not changed:
        return
    # Past the version of the row: a page opened before shows another day, but nobody's work is lost.
    db.session.execute(NEW_DAYS, changed)
    record(
        "case.clock-recounted",
        subject=("office", office_id),
        after={"cases": len(changed), "due_on": {str(row["changed_id"]): row["due"] for row in changed}},
    )


def recounted(cases: Iterable[Row[tuple[object, ...]]], office_id: int) -> list[dict[str, object]]:
    """The values of NEW_DAYS for those cases whose days change."""
    overrides, pauses, granted = holiday_overrides(), pauses_in(office_id), granted_in(office_id)
    found = []
    for case_id, received_on, days, *present in cases:
        due_on = due_day(received_on, days, granted.get(case_id, 0), pauses.get(case_id, ()), overrides)
        at_risk_on = at_risk_day(due_on, overrides)
        if [due_on, at_risk_on] != present:
            found.append({"changed_id": case_id, "due": due_on, "risk": at_risk_on})
    return found


def pauses_in(office_id: int) -> dict[int, list[Pause]]:
    """Case to its pauses that are over, of an office's open cases."""
    query = select(ClockPause.case_id, ClockPause.started_on, ClockPause.ended_on).join(
        Case, Case.id == ClockPause.case_id
    )
    query = query.where(
        Case.office_id == office_id, Case.state.in_(OPEN_STATES), ClockPause.ended_on.is_not(None)
    )
    found: dict[int, list[Pause]] = defaultdict(list)
    for case_id, started_on, ended_on in db.session.execute(query):
        found[case_id].append((started_on, ended_on))
    return found


def granted_in(office_id: int) -> dict[int, int]:
    """Case to the working days that its period was extended by, of an office's open cases."""
    query = (
        select(ClockExtension.case_id, func.sum(ClockExtension.working_days))
        .join(Case, Case.id == ClockExtension.case_id)
        .where(Case.office_id == office_id, Case.state.in_(OPEN_STATES))
        .group_by(ClockExtension.case_id)
    )
    return {case_id: int(days) for case_id, days in db.session.execute(query)}
