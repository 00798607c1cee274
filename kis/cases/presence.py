"""Who else has a case open now. A page says so of itself every few seconds; nothing of it is audited."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_, select, union
from sqlalchemy.dialects import postgresql, sqlite

from kis.accounts.models import Account, RoleGrant
from kis.audit.models import AccessRecord
from kis.cases.models import Case
from kis.cases.operations import WORKING_ON_IT
from kis.cases.teamwork_models import Presence
from kis.core import clock
from kis.core.access import ROLE_PERMISSIONS, Role, Viewer
from kis.core.extensions import db
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
    """Full names of the others who may work on the case and have it open, in one statement.

    Who reads it to oversee the work is not named to those overseen. Whoever has no JavaScript does not say so again and again, but has opened a page: the access log knows.
    """
    since = clock.now() - LASTS
    polling = select(Presence.account_id).where(Presence.case_id == case.id, Presence.seen_at > since)
    opening = select(AccessRecord.account_id).where(AccessRecord.case_id == case.id, AccessRecord.at > since)
    present = union(polling, opening).subquery()
    query = select(Account.full_name).join(present, present.c.account_id == Account.id)
    others = query.where(Account.id != viewer.account_id, works_on(case))
    return db.session.scalars(others.order_by(Account.full_name)).all()


def works_on(case: Case) -> ColumnElement[bool]:
    """Condition: the account may work on the case, in its office or as supervisor of the one above."""
    above = select(Office.parent_id).where(Office.id == case.office_id).scalar_subquery()
    here = or_(
        RoleGrant.office_id == case.office_id,
        (RoleGrant.office_id == above) & (RoleGrant.role == Role.SUPERVISOR),
    )
    return Account.grants.any(RoleGrant.role.in_(WORKERS) & here)


def leave_stale() -> int:
    """Take away what pages said that are long closed; returns how many. Done hourly."""
    stale = delete(Presence).where(Presence.seen_at < clock.now() - LASTS)
    return int(db.session.execute(stale).rowcount)
