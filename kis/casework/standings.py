"""How open cases stand to their days: to the case's own due day, and to the applicant's last day to reply."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from kis.cases import queues
from kis.cases.models import Case
from kis.casework.models import SupplementRequest

STANDINGS = queues.STANDINGS | {"reply": _l("Reply overdue")}


def stands(standing: str, today: date) -> ColumnElement[bool]:
    """Open cases that stand so on the day."""
    return reply_is_overdue(today) if standing == "reply" else queues.stands(standing, today)


def reply_is_overdue(today: date) -> ColumnElement[bool]:
    """Cases whose open supplement request has passed its last day; the requests from the index of those days."""
    passed = select(SupplementRequest.case_id).where(
        SupplementRequest.ended.is_(None), SupplementRequest.reply_by < today
    )
    return (Case.state == "awaiting_supplement") & Case.id.in_(passed)


def each_reply_is_overdue(today: date) -> ColumnElement[bool]:
    """The same, looked up for each case that waits: where one office is counted, the requests of others are not read."""
    reply_by = (
        select(SupplementRequest.reply_by)
        .where(SupplementRequest.ended.is_(None), SupplementRequest.case_id == Case.id)
        .scalar_subquery()
    )
    return (Case.state == "awaiting_supplement") & (reply_by < today)
