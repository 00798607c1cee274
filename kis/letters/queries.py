"""Reads of letters. Each takes the viewer, or a case that the viewer has opened."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from kis.cases.models import Case
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import NotFound
from kis.letters.models import Letter

RENDER = "letter.render"
PAGE = 50


def letters_of(case: Case) -> Sequence[Letter]:
    """The letters of a case that the viewer has opened, newest first."""
    return db.session.scalars(
        select(Letter).where(Letter.case_id == case.id).order_by(Letter.id.desc())
    ).all()


def letter_is_ready(case: Case) -> bool:
    """Whether the case has a letter, and none of its letters still waits for its PDF."""
    counted = select(func.count(), func.count(Letter.rendered_at)).where(Letter.case_id == case.id)
    issued, ready = db.session.execute(counted).one()
    return bool(issued) and issued == ready


def get_letter(number: str, viewer: Viewer) -> Letter:
    """The letter of an issue number. Raises NotFound, for another office's letter as for none."""
    query = select(Letter).where(Letter.number == number)
    offices = viewer.office_ids(Permission.CASE_READ)
    if offices is not None:
        query = query.where(Letter.office_id.in_(offices))
    letter = db.session.scalar(query)
    if letter is None:
        raise NotFound(_("There is no such letter, or none that you may see."))
    return letter


def job_of(letter: Letter) -> Job | None:
    """The latest job that is to fill in the letter."""
    query = select(Job).where(Job.kind == RENDER, Job.subject_id == letter.id)
    return db.session.scalar(query.order_by(Job.id.desc()).limit(1))


def pending_letters(viewer: Viewer, after: int = 0) -> Sequence[Row[tuple[Letter, Job]]]:
    """Letters whose PDF is not there yet, oldest first, each with its latest job; a page after that id."""
    any_job = aliased(Job)
    latest = select(func.max(any_job.id)).where(any_job.kind == RENDER, any_job.subject_id == Letter.id)
    query = select(Letter, Job).outerjoin(Job, Job.id == latest.correlate(Letter).scalar_subquery())
    query = query.where(Letter.rendered_at.is_(None), Letter.id > after)
    offices = viewer.office_ids(Permission.QUEUE_READ)
    if offices is not None:
        query = query.where(Letter.office_id.in_(offices))
    return db.session.execute(query.order_by(Letter.id).limit(PAGE)).all()
