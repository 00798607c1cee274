"""Who else has a case open now. A page says so of itself every few seconds; nothing of it is audited."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, or_, select, union
from sqlalchemy.dialects import postgresql, sqlite

from kis.accounts.models import Account, RoleGrant
from kis.audit.models import AccessRecord
from kis.cases.models import Case
from kis.cases.operations import WORKING_ON_IT
from kis.cases.teamwork_models import Presence
from kis.core import clock
from kis.core.access import ROLE_PERMISSIONS, Role, Viewer
from kis.core.extensions import db
from kis.core.language import current_language
from kis.core.types import UtcDateTime
from kis.offices.models import Office

# A page that has said nothing for so long counts as closed.
LASTS = timedelta(minutes=1)
WORKERS = tuple(role for role, held in ROLE_PERMISSIONS.items() if held & set(WORKING_ON_IT))


def see(case: Case, viewer: Viewer) -> None:
    """Note that the viewer has a page of the case open now."""
    row = {"case_id": case.id, "account_id": viewer.account_id, "seen_at": clock.now()}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = insert(Presence).values(row)
    db.session.execute(
        said.on_conflict_do_update(
            index_elements=["case_id", "account_id"], set_={"seen_at": said.excluded.seen_at}
        )
    )


def also_open(case: Case, viewer: Viewer) -> Sequence[str]:
    """Names of the others who may work on the case and have it open, in one statement.

    Who reads it to oversee the work is not named to those overseen. Whoever has no JavaScript does not say so again and again, but has opened a page: the access log knows.
    """
    asked = {"case": case.id, "office": case.office_id, "viewer": viewer.account_id}
    return db.session.scalars(others(current_language()), asked | {"since": clock.now() - LASTS}).all()


@cache
def others(_language: str) -> Select[Any]:
    """Names of those on the `case` of an `office` `since` then, but for the `viewer`, in the language of the request.

    Made once for each language: every page of a case asks it.
    """
    case, since = bindparam("case", type_=Integer), bindparam("since", type_=UtcDateTime)
    polling = select(Presence.account_id).where(Presence.case_id == case, Presence.seen_at > since)
    opening = select(AccessRecord.account_id).where(AccessRecord.case_id == case, AccessRecord.at > since)
    present = union(polling, opening).subquery()
    query = select(Account.named).join(present, present.c.account_id == Account.id)
    query = query.where(Account.id != bindparam("viewer"), works_in(bindparam("office", type_=Integer)))
    return query.order_by(Account.named)


def works_in(office: ColumnElement[int]) -> ColumnElement[bool]:
    """Condition: the account may work on cases of the office, there or as supervisor of the one above."""
    above = select(Office.parent_id).where(Office.id == office).scalar_subquery()
    here = or_(
        RoleGrant.office_id == office,
        (RoleGrant.office_id == above) & (RoleGrant.role == Role.SUPERVISOR),
    )
    return Account.grants.any(RoleGrant.role.in_(WORKERS) & here)


def leave_stale() -> int:
    """Take away what pages said that are long closed; returns how many. Done hourly."""
    stale = delete(Presence).where(Presence.seen_at < clock.now() - LASTS)
    return int(db.session.execute(stale).rowcount)
