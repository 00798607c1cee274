"""Saved filters: an officer's own, and those that somebody of the office shares."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import Row, or_, select

from kis.accounts.models import Account, RoleGrant
from kis.audit.operations import record
from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import Conflict, Invalid, NotFound
from kis.desk.models import SavedFilter
from kis.desk.queues import Filters

LONGEST = 60
MOST = 30


def saved_filters(viewer: Viewer) -> Sequence[Row[tuple[SavedFilter, str]]]:
    """(saved filter, its owner's name): the viewer's own by name, then those shared in the offices it works in."""
    own = SavedFilter.account_id == viewer.account_id
    shared = SavedFilter.office_id.in_(works_in(viewer))
    query = select(SavedFilter, Account.named).join(SavedFilter.account).where(or_(own, shared))
    return db.session.execute(query.order_by(~own, SavedFilter.name, SavedFilter.id).limit(2 * MOST)).all()


def works_in(viewer: Viewer) -> frozenset[int]:
    """The offices of the viewer's roles; none of those it reads as headquarters or auditor."""
    return frozenset().union(*(grant.office_ids or frozenset() for grant in viewer.grants))


def may_delete(saved: SavedFilter, viewer: Viewer) -> bool:
    """Its owner; and of a shared one whoever supervises the office."""
    shared = saved.office_id is not None
    return saved.account_id == viewer.account_id or (
        shared and viewer.can(Permission.CASE_ASSIGN, saved.office_id)
    )


def save_filter(name: str, queue: str, filters: Filters, shared: bool, viewer: Viewer) -> SavedFilter:
    """Keep the filters under a name. Raises Invalid or Conflict."""
    refuse_name(name, viewer)
    saved = SavedFilter(
        account_id=viewer.account_id,
        office_id=home_office(viewer) if shared else None,
        name=name,
        queue=queue,
        filters=filters.chosen,
    )
    db.session.add(saved)
    db.session.flush()
    record(
        "queue.filter-saved",
        subject=("saved_filter", saved.id),
        after={"name": name, "queue": queue, "shared": shared},
    )
    return saved


def refuse_name(name: str, viewer: Viewer) -> None:
    if not name or len(name) > LONGEST:
        raise Invalid(_("Give the filter a name of at most %(count)s characters.", count=LONGEST))
    own = select(SavedFilter.name).where(SavedFilter.account_id == viewer.account_id)
    names = db.session.scalars(own).all()
    if name in names:
        raise Conflict(_("You have a filter of this name already. Delete it first, or take another name."))
    if len(names) >= MOST:
        raise Conflict(_("You have %(count)s saved filters. Delete one first.", count=MOST))


def home_office(viewer: Viewer) -> int:
    """The office in which the account works. Raises Invalid for one that works in none."""
    query = select(RoleGrant.office_id).where(
        RoleGrant.account_id == viewer.account_id, RoleGrant.office_id.is_not(None)
    )
    office = db.session.scalar(query.order_by(RoleGrant.id).limit(1))
    if office is None:
        raise Invalid(_("Only who works in an office can share a filter."))
    return office


def delete_filter(saved_id: int, viewer: Viewer) -> None:
    """Raises NotFound for one that the viewer may not delete."""
    saved = db.session.get(SavedFilter, saved_id)
    if saved is None or not may_delete(saved, viewer):
        raise NotFound(_("There is no such filter of yours."))
    db.session.delete(saved)
    record("queue.filter-deleted", subject=("saved_filter", saved_id), before={"name": saved.name})
