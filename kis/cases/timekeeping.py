"""What the steps of a case do to its clock; the days themselves are reckoned in kis.cases.clock."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from kis.cases.clock import Pause, at_risk_day, days_counted, due_day
from kis.cases.models import Case, ClockExtension, ClockPause
from kis.cases.states import ENDED_STATES
from kis.core.extensions import db
from kis.offices.queries import holiday_overrides, processing_period

# Action to the kind of pause that it begins.
STOPS = {"ask-supplement": "supplement", "open-inspection": "inspection", "propose-transfer": "transfer"}
RESUMES = frozenset(
    {
        "supplement-arrived",
        "return-application",
        "treat-as-withdrawn",
        "withdraw",
        "end-inspection",
        "accept-transfer",
        "refuse-transfer",
    }
)


def set_period(case: Case) -> None:
    """Give the case the processing period of its office, procedure and category, and reckon its days.

    What an office changes later holds for the applications it receives from then on.
    """
    case.period_days = processing_period(case.office, case.procedure, case.category)
    recount(case)


def recount(case: Case) -> None:
    """Reckon the due day anew, from the receipt, the period, what extended it and the pauses that are over."""
    overrides = holiday_overrides()
    more, pauses = (days_granted(case), pauses_of(case)) if case.id else (0, ())
    case.due_on = due_day(case.received_on, case.period_days, more, pauses, overrides)
    case.at_risk_on = at_risk_day(case.due_on, overrides)


def due_as_of(case: Case, day: date) -> date:
    """When the case is due if its clock, where it stands still, runs again after that day."""
    if case.stopped_on is None:
        return case.due_on
    pauses = [*pauses_of(case), (case.stopped_on, day)]
    return due_day(case.received_on, case.period_days, days_granted(case), pauses, holiday_overrides())


def follow(case: Case, action: str, day: date) -> None:
    """After an action of the transition table, which counts from `day`: stop, resume or end the clock."""
    if action in RESUMES and case.stopped_on:
        resume(case, day)
    if action == "cancel-transfer":
        forget_pause(case)
    if action in STOPS:
        stop(case, STOPS[action], day)
    if action == "decide":
        conclude(case, day)
    if action in ("undo", "set-aside"):
        decided_on, case.decided_on, case.processing_days = case.decided_on, None, None
        if action == "set-aside" and decided_on:
            leave_out(case, decided_on, day)
        # A holiday may have been entered while it counted as decided.
        recount(case)
    if case.state in ENDED_STATES:
        db.session.add(ClockPause(case_id=case.id, kind="concluded", started_on=day))
    if action == "reopen":
        end_pause(case, day)
        recount(case)


def stop(case: Case, kind: str, day: date) -> None:
    case.stopped_on = day
    db.session.add(ClockPause(case_id=case.id, kind=kind, started_on=day))


def resume(case: Case, day: date) -> None:
    case.stopped_on = None
    end_pause(case, day)
    recount(case)


def forget_pause(case: Case) -> None:
    """An offer that its own office took back never stopped the clock: nobody stops it alone."""
    case.stopped_on = None
    db.session.execute(delete(ClockPause).where(ClockPause.case_id == case.id, ClockPause.ended_on.is_(None)))


def conclude(case: Case, day: date) -> None:
    """The decision ends the period; the days that it took stay on the case."""
    days = days_counted(case.received_on, day, pauses_of(case), holiday_overrides())
    case.decided_on, case.processing_days = day, days


def leave_out(case: Case, first: date, last: date) -> None:
    """Between a decision and its being set aside nothing was pending: these days do not count."""
    db.session.add(ClockPause(case_id=case.id, kind="concluded", started_on=first, ended_on=last))


def end_pause(case: Case, day: date) -> None:
    query = select(ClockPause).where(ClockPause.case_id == case.id, ClockPause.ended_on.is_(None))
    pause = db.session.scalars(query).one()
    pause.ended_on = max(day, pause.started_on)
    db.session.flush()


def pauses_of(case: Case) -> Sequence[Pause]:
    """The pauses of the case that are over."""
    query = select(ClockPause.started_on, ClockPause.ended_on)
    query = query.where(ClockPause.case_id == case.id, ClockPause.ended_on.is_not(None))
    return [(start, end) for start, end in db.session.execute(query)]


def days_granted(case: Case) -> int:
    """How many working days the period was extended by."""
    query = select(func.coalesce(func.sum(ClockExtension.working_days), 0))
    return int(db.session.scalar(query.where(ClockExtension.case_id == case.id)) or 0)
