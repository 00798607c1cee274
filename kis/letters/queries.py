"""Reads of letters. Each takes the viewer, or a case that the viewer has opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Exists, Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, lazyload

from kis.cases.models import Case
from kis.cases.scope import in_offices, open_to
from kis.cases.states import CLOSED_STATES
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.jobs import Job
from kis.core.refusals import NotFound
from kis.letters.delivery import LEAVING
from kis.letters.kinds import KINDS
from kis.letters.models import EmailConsent, Letter, LetterDelivery, LetterVoid, UndeliveredLetter

DECIDING = tuple(code for code, kind in KINDS.items() if kind.decides)
RENDER = "letter.render"
PAGE = 50


def letters_of(case: Case) -> Sequence[Letter]:
    """The letters of a case that the viewer has opened, newest first."""
    return db.session.scalars(
        select(Letter).where(Letter.case_id == case.id).order_by(Letter.id.desc())
    ).all()


def decision_letter(case: Case) -> Letter | None:
    """The letter in force that tells the case's decision; others do not count."""
    query = select(Letter).where(Letter.case_id == case.id, Letter.kind.in_(DECIDING), in_force())
    return db.session.scalar(query.order_by(Letter.id.desc()).limit(1))


def corrections_of(letter: Letter) -> list[Letter]:
    """The notices in force that correct the letter, and those that correct such a notice."""
    query = select(Letter).where(Letter.case_id == letter.case_id, Letter.kind == "correction", in_force())
    found, corrected = [], {letter.number}
    # A notice comes after what it corrects.
    for notice in db.session.scalars(query.order_by(Letter.id)):
        if notice.values.corrects in corrected:
            found.append(notice)
            corrected.add(notice.number)
    return found


def in_force() -> ColumnElement[bool]:
    """Condition: the letter was not declared void."""
    return ~exists().where(LetterVoid.id == Letter.id)


def letter_is_ready(case: Case) -> bool:
    """Whether the letter of the case's decision is there with its PDF, and in force."""
    letter = decision_letter(case)
    return letter is not None and letter.is_ready


def awaits_letter(case: Case) -> bool:
    """Whether the case has ended, and a letter of it in force is without its PDF still."""
    if case.state not in CLOSED_STATES:
        return False
    query = select(exists().where(Letter.case_id == case.id, Letter.rendered_at.is_(None), in_force()))
    return bool(db.session.scalar(query))


def has_left(case: Case) -> bool:
    """Whether the letter of the case's decision has left the office: a delivery of it was recorded."""
    return bool(db.session.scalar(select(left_the_office(case))))


def left_the_office(case: Case) -> Exists:
    """The same as a condition."""
    return exists().where(
        LetterDelivery.letter_id == Letter.id, LetterDelivery.step.in_(LEAVING), Letter.case_id == case.id,
        Letter.kind.in_(DECIDING), in_force(),
    )  # fmt: skip


def steps_of(letter: Letter) -> list[LetterDelivery]:
    """The recorded steps of the letter's way, oldest first."""
    query = select(LetterDelivery).where(LetterDelivery.letter_id == letter.id).order_by(LetterDelivery.id)
    return list(db.session.scalars(query))


def last_steps(letters: Sequence[Letter]) -> dict[int, LetterDelivery]:
    """The last recorded step of each letter, by the letter's id."""
    ids = [letter.id for letter in letters]
    last = select(func.max(LetterDelivery.id)).where(LetterDelivery.letter_id.in_(ids))
    query = select(LetterDelivery).where(LetterDelivery.id.in_(last.group_by(LetterDelivery.letter_id)))
    return {step.letter_id: step for step in db.session.scalars(query)}


def consent_of(applicant_id: int) -> EmailConsent | None:
    """The applicant's consent to letters by e-mail, where it was given and not withdrawn."""
    query = select(EmailConsent).where(EmailConsent.applicant_id == applicant_id)
    last = db.session.scalar(query.order_by(EmailConsent.id.desc()).limit(1))
    return last if last and last.given else None


@dataclass(frozen=True)
class Undelivered:
    """What the worklist of deliveries is narrowed to; `idle_days` since the last step."""

    state: str | None = None
    office_id: int | None = None
    idle_days: int = 0


def undelivered_letters(viewer: Viewer, filters: Undelivered, after: int = 0) -> Sequence[UndeliveredLetter]:
    """Letters that have not reached their addressees, in the order of their issue; a page after that letter."""
    query = select(UndeliveredLetter).join(UndeliveredLetter.letter).join(Letter.case)
    query = query.where(UndeliveredLetter.id > after, open_to(viewer))
    query = query.options(contains_eager(UndeliveredLetter.letter).contains_eager(Letter.case))
    query = within(query, UndeliveredLetter.office_id, viewer, Permission.QUEUE_READ)
    if filters.state:
        query = query.where(UndeliveredLetter.state == filters.state)
    if filters.office_id:
        query = query.where(UndeliveredLetter.office_id == filters.office_id)
    if filters.idle_days:
        latest = clock.today() - timedelta(days=filters.idle_days)
        query = query.where(UndeliveredLetter.since <= latest)
    return db.session.scalars(query.order_by(UndeliveredLetter.id).limit(PAGE)).all()


def within(query: Select[Any], column: Any, viewer: Viewer, permission: Permission) -> Select[Any]:
    """The query, kept to the offices in which the viewer holds the permission."""
    offices = viewer.office_ids(permission)
    return query if offices is None else query.where(column.in_(offices))


def predecessor(case: Case, kind: str) -> Letter | None:
    """The case's last void letter of that purpose (decisions are one), in whose place none stands yet.

    None for kinds of which several stand side by side: the next one need not say what the void one said.
    """
    if not KINDS[kind].is_single:
        return None
    kinds = DECIDING if kind in DECIDING else (kind,)
    following = aliased(Letter)
    query = select(Letter).join(Letter.void).where(Letter.case_id == case.id, Letter.kind.in_(kinds))
    query = query.where(~exists().where(following.replaces_id == Letter.id))
    return db.session.scalar(query.order_by(Letter.id.desc()).limit(1))


def get_letter(number: str, viewer: Viewer) -> Letter:
    """The letter of an issue number, for the office that issued it and the one that holds its case.

    Raises NotFound, for other offices' letters and those of cases closed to the viewer as for none.
    """
    query = select(Letter).join(Letter.case).where(Letter.number == number, open_to(viewer))
    offices = viewer.office_ids(Permission.CASE_READ)
    if offices is not None:
        there = in_offices(viewer, Permission.CASE_READ)
        query = query.where(or_(Letter.office_id.in_(offices), there))
    letter = db.session.scalar(query)
    if letter is None:
        raise NotFound(_("There is no such letter, or none that you may see."))
    return letter


def job_of(letter: Letter) -> Job | None:
    """The latest job that is to fill in the letter."""
    query = select(Job).where(Job.kind == RENDER, Job.subject_id == letter.id)
    return db.session.scalar(query.order_by(Job.id.desc()).limit(1))


def pending_letters(viewer: Viewer, after: int = 0) -> Sequence[Row[tuple[Letter, Job]]]:
    """Letters in force whose PDF is not there yet, oldest first, each with its latest job; a page after that id."""
    any_job = aliased(Job)
    latest = select(func.max(any_job.id)).where(any_job.kind == RENDER, any_job.subject_id == Letter.id)
    query = select(Letter, Job).outerjoin(Job, Job.id == latest.correlate(Letter).scalar_subquery())
    query = query.where(Letter.rendered_at.is_(None), Letter.id > after, in_force())
    query = query.join(Letter.case).where(open_to(viewer))
    # Of the case its number alone is shown.
    query = query.options(
        contains_eager(Letter.case).options(lazyload(Case.office), lazyload(Case.applicant))
    )
    query = within(query, Letter.office_id, viewer, Permission.QUEUE_READ)
    return db.session.execute(query.order_by(Letter.id).limit(PAGE)).all()
