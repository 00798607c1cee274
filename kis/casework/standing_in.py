"""Carrying out what was arranged for the time of an absence: hourly, and at once where it has begun."""

from sqlalchemy import select

from kis.cases.models import Case
from kis.casework.absences import in_force
from kis.casework.handing_over import AT_WORK, held_work, release, try_to_pass
from kis.casework.staffing_models import Absence
from kis.core import clock
from kis.core.extensions import db


def carry_out_absences() -> int:
    """Move the open cases of everybody who is away today, as was arranged; returns how many moved.

    Each hour anew: a case that comes back to an absent officer meanwhile moves on as well.
    """
    query = select(Absence).where(in_force(clock.today()), Absence.arrangement != "stays")
    return sum(carry_out(absence) for absence in db.session.scalars(query.order_by(Absence.id)).all())


def carry_out(absence: Absence) -> int:
    """Move what lies with an absent officer in the office, unless the days have not come; returns how many."""
    if absence.arrangement == "stays" or not absence.first_day <= clock.today() <= absence.last_day:
        return 0
    cases = held_work(absence.account, AT_WORK, Case.office_id == absence.office_id)
    for case in cases:
        move(case, absence)
    absence.begun_at = absence.begun_at or clock.now()
    db.session.flush()
    return len(cases)


def move(case: Case, absence: Absence) -> None:
    """To the substitute; to the queue where that was arranged, or where the substitute cannot take it."""
    until = {"until": absence.last_day}
    substitute = absence.substitute if absence.arrangement == "passes" else None
    if substitute is None or try_to_pass(case, substitute, "casework.passed-to-substitute", **until):
        release(case, "casework.released-absent", **until)
