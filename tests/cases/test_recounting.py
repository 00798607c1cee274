"""A day declared a holiday reaches the open cases in the background, and only those it concerns."""

from datetime import date

from flask import Flask
from sqlalchemy import delete, select

from kis.audit.models import AuditRecord
from kis.cases.clock import due_day
from kis.cases.models import Case, ClockPause
from kis.cases.recounting import recount_office
from kis.cases.timekeeping import follow
from kis.core import jobs
from kis.core.database import transaction
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.offices.models import HolidayOverride, Office
from kis.offices.operations import RECOUNT, override_holiday
from tests import factories

# A Tuesday within the period of a case of 12 May 2025.
DECLARED = date(2025, 6, 10)


def declared() -> dict[date, bool]:
    with transaction():
        override_holiday(DECLARED, True, "Decreed", "Notice 2025-6")
    return {DECLARED: True}


def test_each_office_recounts_its_open_cases_once(app: Flask) -> None:
    before, closed, elsewhere = factories.case(), factories.case(), factories.case(at="busan")
    pause = (date(2025, 5, 19), date(2025, 5, 21))
    db.session.add(ClockPause(case_id=before.id, kind="inspection", started_on=pause[0], ended_on=pause[1]))
    closed.state = "withdrawn"
    db.session.commit()
    kept = closed.due_on
    try:
        overrides = declared()
        queued = db.session.scalars(select(Job.subject_id).where(Job.kind == RECOUNT)).all()
        assert set(queued) == set(db.session.scalars(select(Office.id)))
        for job_id in db.session.scalars(select(Job.id).where(Job.kind == RECOUNT)).all():
            jobs.perform(job_id)
        assert db.session.get_one(Case, before.id).due_on == due_day(
            before.received_on, 60, pauses=[pause], overrides=overrides
        )
        assert db.session.get_one(Case, elsewhere.id).due_on == due_day(
            elsewhere.received_on, 60, overrides=overrides
        )
        assert db.session.get_one(Case, closed.id).due_on == kept
        with transaction():
            recount_office(before.office_id)
        told = select(AuditRecord.after).where(AuditRecord.action == "case.clock-recounted")
        assert sorted(each["cases"] for each in db.session.scalars(told)) == [1, 1]
    finally:
        db.session.rollback()
        db.session.execute(delete(HolidayOverride))
        db.session.commit()


def test_a_holiday_entered_after_the_decision_counts_once_that_is_undone(app: Flask) -> None:
    case = factories.case()
    follow(case, "decide", date(2025, 5, 20))
    try:
        overrides = declared()
        assert case.due_on == due_day(case.received_on, case.period_days)
        follow(case, "undo", date(2025, 6, 20))
        assert case.decided_on is None
        assert case.due_on == due_day(case.received_on, case.period_days, overrides=overrides)
    finally:
        db.session.execute(delete(HolidayOverride))
        db.session.commit()
