"""Absences of officers: who is away, who stands in, and what becomes of the open cases."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from kis.accounts.models import Account
from kis.audit.operations import record
from kis.cases.operations import reviewers
from kis.casework.staffing_models import ARRANGEMENTS, Absence
from kis.core import clock
from kis.core.access import Permission, Viewer
from kis.core.database import lock
from kis.core.extensions import db
from kis.core.language import show_day
from kis.core.refusals import Conflict, Invalid, NotFound
from kis.offices.models import Office


def in_force(day: date) -> ColumnElement[bool]:
    """Condition: the absence covers the day."""
    return (Absence.first_day <= day) & (Absence.last_day >= day) & Absence.cancelled_at.is_(None)


def absence_of(account_id: int, day: date) -> Absence | None:
    """The absence of an account on a day, None when it is there."""
    return db.session.scalar(select(Absence).where(Absence.account_id == account_id, in_force(day)))


def require_present(account: Account) -> None:
    """Raises Conflict with until when the officer is away, and who stands in."""
    found = absence_of(account.id, clock.today())
    if found is None:
        return
    until = show_day(found.last_day)
    if found.substitute is None:
        raise Conflict(_("%(name)s is absent until %(day)s.", name=account.named, day=until))
    raise Conflict(
        _(
            "%(name)s is absent until %(day)s; %(substitute)s stands in.",
            name=account.named,
            day=until,
            substitute=found.substitute.named,
        )
    )


def absences_of(office: Office, from_day: date) -> Sequence[Absence]:
    """Absences in an office that end on that day or later, earliest first."""
    query = select(Absence).where(Absence.office_id == office.id, Absence.last_day >= from_day)
    query = query.options(joinedload(Absence.account), joinedload(Absence.substitute))
    return db.session.scalars(query.order_by(Absence.first_day, Absence.id)).all()


def get_absence(absence_id: int, viewer: Viewer) -> Absence:
    """Raises NotFound, for another office's absence as for none."""
    found = db.session.get(Absence, absence_id)
    if found is None or not viewer.can(Permission.CASE_ASSIGN, found.office_id):
        raise NotFound(_("There is no such absence, or none that you may see."))
    return found


def enter_absence(
    office: Office,
    account: Account,
    days: tuple[date, date],
    substitute: Account | None,
    arrangement: str,
    viewer: Viewer,
) -> Absence:
    """An officer of the office is away from the first to the last of the days. Raises Invalid or Forbidden.

    `arrangement`: the open cases stay, pass to the substitute, or return to the queue.
    """
    viewer.require(Permission.CASE_ASSIGN, office.id)
    check_people(office, account, substitute)
    check_days(office, account, days)
    if arrangement not in ARRANGEMENTS or (arrangement == "passes" and substitute is None):
        raise Invalid(_("Name who stands in, or choose otherwise what becomes of the open cases."))
    made = Absence(
        account=account,
        office_id=office.id,
        first_day=days[0],
        last_day=days[1],
        substitute=substitute,
        arrangement=arrangement,
        entered_by_id=viewer.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record("absence.entered", subject=("absence", made.id), after=summary(made))
    return made


def check_people(office: Office, account: Account, substitute: Account | None) -> None:
    """Raises Invalid for anybody who is no active officer of the office."""
    officers = set(db.session.scalars(reviewers(office.id)))
    for person in filter(None, (account, substitute)):
        if person.id not in officers:
            raise Invalid(_("%(name)s is not an active officer of this office.", name=person.named))
    if substitute and substitute.id == account.id:
        raise Invalid(_("Nobody stands in for themselves."))


def check_days(office: Office, account: Account, days: tuple[date, date]) -> None:
    """Raises Invalid for days in the wrong order, in the past, or taken by another absence from the office."""
    first, last = days
    if last < first or last < clock.today():
        raise Invalid(_("The last day lies before the first, or before today."))
    # The account's row is the lock: two absences entered at once see each other.
    db.session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    overlapping = select(Absence.id).where(
        Absence.account_id == account.id,
        Absence.office_id == office.id,
        Absence.cancelled_at.is_(None),
        Absence.first_day <= last,
        Absence.last_day >= first,
    )
    if db.session.scalar(overlapping.limit(1)):
        raise Invalid(_("An absence on some of these days is entered already."))


def cancel_absence(absence: Absence, viewer: Viewer) -> None:
    """The officer is there after all. Cases that passed on stay where they are. Raises Conflict or Forbidden."""
    viewer.require(Permission.CASE_ASSIGN, absence.office_id)
    lock(absence)
    if absence.cancelled_at is not None:
        raise Conflict(_("The absence is cancelled already."))
    absence.cancelled_at = clock.now()
    db.session.flush()
    record("absence.cancelled", subject=("absence", absence.id), after=summary(absence))


def summary(absence: Absence) -> dict[str, object]:
    return {
        "name": absence.account.full_name,
        "first_day": absence.first_day,
        "last_day": absence.last_day,
        "substitute": absence.substitute.full_name if absence.substitute else None,
        "arrangement": absence.arrangement,
    }
