"""Personal reminders: a day and a text on a case, seen by nobody else."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager

from kis.audit.operations import record
from kis.cases.models import Applicant, Case, Note
from kis.cases.scope import within
from kis.cases.teamwork_models import MAX_REMINDER, Mention, Reminder
from kis.core import clock
from kis.core.access import Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid, NotFound


def set_reminder(case: Case, due_on: date | None, text: str, viewer: Viewer) -> Reminder:
    """One set twice, by a second click, is one. Raises Invalid without a day from today on and a text."""
    if not 0 < len(text) <= MAX_REMINDER:
        raise Invalid(_("A reminder has between 1 and %(limit)s characters.", limit=MAX_REMINDER))
    wanted = {"account_id": viewer.account_id, "case_id": case.id, "due_on": coming(due_on), "text": text}
    lock(case)
    if same := db.session.scalar(select(Reminder).filter_by(done_at=None, **wanted)):
        return same
    reminder = Reminder(case=case, **wanted)
    db.session.add(reminder)
    db.session.flush()
    note("reminder.set", reminder)
    return reminder


def coming(day: date | None) -> date:
    """The day, if it is still to come. Raises Invalid."""
    if day is None or day < clock.today():
        raise Invalid(_("Choose today or a later day."))
    return day


def postpone(reminder: Reminder, due_on: date | None) -> None:
    """Raises Invalid for a day that is past, Conflict for a reminder that is done."""
    require_open(reminder)
    reminder.due_on = coming(due_on)
    db.session.flush()
    note("reminder.postponed", reminder)


def finish(reminder: Reminder) -> None:
    """Raises Conflict when it is done already."""
    require_open(reminder)
    reminder.done_at = clock.now()
    db.session.flush()
    note("reminder.done", reminder)


def require_open(reminder: Reminder) -> None:
    if reminder.done_at:
        raise Conflict(_("The reminder is done already."))


def note(action: str, reminder: Reminder) -> None:
    """The record names the day alone: the text is the person's own."""
    after = {"due_on": reminder.due_on}
    record(action, case_id=reminder.case_id, subject=("reminder", reminder.id), after=after)


def get_reminder(reminder_id: int, viewer: Viewer) -> Reminder:
    """The viewer's own reminder. Raises NotFound."""
    own = select(Reminder).where(Reminder.id == reminder_id, Reminder.account_id == viewer.account_id)
    reminder = db.session.scalar(own)
    if reminder is None:
        raise NotFound(_("You have no such reminder."))
    return reminder


def reminders_of(viewer: Viewer, limit: int = 200) -> Sequence[Reminder]:
    """The viewer's open reminders with their cases, soonest first; of the cases it may still read."""
    query = (
        select(Reminder)
        .join(Reminder.case)
        .join(Applicant, Case.applicant_id == Applicant.id)
        .where(Reminder.account_id == viewer.account_id, Reminder.done_at.is_(None))
        .options(contains_eager(Reminder.case).contains_eager(Case.applicant))
    )
    return db.session.scalars(within(query, viewer).order_by(Reminder.due_on, Reminder.id).limit(limit)).all()


def reminders_on(case: Case, viewer: Viewer) -> Sequence[Reminder]:
    """The viewer's open reminders on one case."""
    query = select(Reminder).where(
        Reminder.case_id == case.id, Reminder.account_id == viewer.account_id, Reminder.done_at.is_(None)
    )
    return db.session.scalars(query.order_by(Reminder.due_on, Reminder.id)).all()


def was_reminded(case: Case, account_id: int, text: str) -> bool:
    """Whether the account was ever reminded of this very thing on the case, done since or not."""
    same = (Reminder.case_id == case.id, Reminder.account_id == account_id, Reminder.text == text)
    return bool(db.session.scalar(select(exists().where(*same))))


def waiting_for(viewer: Viewer, *more: Any) -> tuple[int, ...]:
    """(due reminders, unread mentions, …) of an account, in one statement: every page's frame shows them.

    What stands on cases that it may no longer read is not counted. `more`: scalar subqueries of further counts.
    """
    due = select(func.count(Reminder.id)).join(Reminder.case)
    due = due.where(
        Reminder.account_id == viewer.account_id,
        Reminder.done_at.is_(None),
        Reminder.due_on <= clock.today(),
    )
    unread = select(func.count(Mention.id)).join(Mention.note).join(Case, Note.case_id == Case.id)
    unread = unread.where(Mention.account_id == viewer.account_id, Mention.read_at.is_(None))
    counts = (within(query, viewer).scalar_subquery() for query in (due, unread))
    return tuple(db.session.execute(select(*counts, *more)).one())
