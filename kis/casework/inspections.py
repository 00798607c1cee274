"""Fact-finding on site (Immigration Act Art. 80); meanwhile the clock stands still.

Administrative Procedures Act Decree Art. 11, item 5: the time that special checks take does not count.
"""

from datetime import date

from flask_babel import gettext as _

from kis.audit.operations import record
from kis.cases.models import Case
from kis.cases.workflow import advance, hold
from kis.casework.models import Inspection
from kis.casework.queries import evidence_of, open_inspection_of
from kis.core import clock
from kis.core.access import Viewer
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Invalid


def open_inspection(case: Case, purpose: str, place: str, planned_on: date, viewer: Viewer) -> Inspection:
    """Begin an inspection. Raises Invalid, Conflict or Forbidden."""
    if not purpose.strip() or not place.strip():
        raise Invalid(_("Write what the inspection is for, and where."))
    if planned_on < clock.today():
        raise Invalid(_("The planned day has passed already."))
    hold(case)
    advance(case, "open-inspection", viewer, evidence_of(case, viewer))
    inspection = Inspection(
        case_id=case.id,
        purpose=purpose,
        place=place,
        planned_on=planned_on,
        opened_on=clock.today(),
        opened_by_id=viewer.account_id,
    )
    db.session.add(inspection)
    db.session.flush()
    record(
        "casework.inspection-opened",
        case_id=case.id,
        subject=("inspection", inspection.id),
        after={"purpose": purpose, "place": place, "planned_on": planned_on},
    )
    return inspection


def end_inspection(case: Case, report: str, ended_on: date, viewer: Viewer) -> Inspection:
    """Enter what was found; the review goes on. Raises Invalid, Conflict or Forbidden."""
    if not report.strip():
        raise Invalid(_("Write what the inspection found."))
    hold(case)
    evidence = evidence_of(case, viewer)
    advance(case, "end-inspection", viewer, evidence, on=ended_on)
    inspection = open_inspection_of(case)
    if not inspection.opened_on <= ended_on <= clock.today():
        raise Invalid(
            _("The inspection ended between %(first)s and today.", first=show_day(inspection.opened_on))
        )
    inspection.report, inspection.ended_on, inspection.ended_by_id = report, ended_on, viewer.account_id
    db.session.flush()
    record(
        "casework.inspection-ended",
        case_id=case.id,
        subject=("inspection", inspection.id),
        after={"report": report, "ended_on": ended_on},
    )
    return inspection


def end_with_case(case: Case, viewer: Viewer) -> None:
    """Close the inspection that is under way, if one is: the case ended meanwhile."""
    if case.state == "inspection":
        inspection = open_inspection_of(case)
        inspection.ended_on, inspection.ended_by_id = clock.today(), viewer.account_id
        inspection.report = _("Not finished: the application was withdrawn.")
        db.session.flush()
