"""Supplement requests whose last day is near or has passed: put on record, and brought to the officer's mind. Hourly."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, true

from kis.accounts.sessions import viewer_of
from kis.audit.operations import record
from kis.cases.reminders import set_reminder, was_reminded
from kis.casework.models import SupplementRequest
from kis.core import clock
from kis.core.database import locked
from kis.core.language import show_day

AT_ONCE = 500
DAYS_AHEAD = 3


def mark_overdue() -> int:
    """Note each unmet request once and remind its officer; returns how many. The officer asks again or returns."""
    over = (SupplementRequest.reply_by < clock.today(), SupplementRequest.reminded_at.is_(None))
    done = 0
    for request in unmet(*over):
        request.reminded_at = clock.now()
        record(
            "casework.supplement-overdue",
            case_id=request.case_id,
            subject=("supplement_request", request.id),
            after={"reply_by": request.reply_by},
        )
        remind(request, _l("What was asked for by %(day)s has not come in."))
        done += 1
    return done


def remind_ahead() -> int:
    """Remind officers of requests whose last day is near, once for each last day; returns how many."""
    today = clock.today()
    near = SupplementRequest.reply_by.between(today, today + timedelta(days=DAYS_AHEAD))
    text = _l("What was asked for is to come in by %(day)s.")
    return sum(remind(request, text) for request in unmet(near))


def unmet(*conditions: Any) -> Iterator[SupplementRequest]:
    """The open requests that fulfil the conditions, each under a lock; read in portions."""
    query = select(SupplementRequest).where(SupplementRequest.ended.is_(None), *conditions)
    query = query.order_by(SupplementRequest.id).limit(AT_ONCE)
    beyond = true()
    while found := locked(query.where(beyond)):
        yield from found
        beyond = SupplementRequest.id > found[-1].id


def remind(request: SupplementRequest, text: Any) -> bool:
    """In the officer's language, with the last day; of a case without an officer the queue tells.

    The same is not said to the same officer twice: a last day that was put off is another one.
    """
    officer = request.case.assignee
    if officer is None:
        return False
    with force_locale(officer.language):
        said = str(text) % {"day": show_day(request.reply_by)}
    if was_reminded(request.case, officer.id, said):
        return False
    set_reminder(request.case, clock.today(), said, viewer_of(officer))
    return True
