"""Reads of offices. They are public knowledge, so that most need no scope; choosing one to work in does."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from kis.core.access import Permission, Viewer
from kis.core.extensions import db
from kis.core.refusals import NotFound
from kis.offices.calendars import Overrides
from kis.offices.models import (
    Division,
    Extent,
    HolidayOverride,
    Jurisdiction,
    Office,
    ServiceWindow,
)
from kis.offices.reference import Place, place_of


def office_by_code(code: str) -> Office:
    """Raises NotFound."""
    office = db.session.scalar(select(Office).where(Office.code == code))
    if office is None:
        raise NotFound
    return office


def office_by_id(office_id: int) -> Office:
    """Raises NotFound."""
    office = db.session.get(Office, office_id)
    if office is None:
        raise NotFound
    return office


def offices_of(viewer: Viewer, permission: Permission) -> Sequence[Office]:
    """The offices in which the viewer holds the permission, by code."""
    query = select(Office).order_by(Office.code)
    within = viewer.office_ids(permission)
    if within is not None:
        query = query.where(Office.id.in_(within))
    return db.session.scalars(query).unique().all()


def with_branches(office_id: int) -> frozenset[int]:
    """The ids of an office and its branch offices."""
    query = select(Office.id).where(or_(Office.id == office_id, Office.parent_id == office_id))
    return frozenset(db.session.scalars(query))


def all_offices() -> Sequence[Office]:
    """Every office with its branch offices and jurisdictions: offices first, each kind by code."""
    query = select(Office).options(selectinload(Office.branches), selectinload(Office.jurisdictions))
    return db.session.scalars(query.order_by(Office.kind.desc(), Office.code)).unique().all()


def all_divisions() -> Sequence[Division]:
    """The divisions of headquarters, in the order of the published list."""
    return db.session.scalars(select(Division).order_by(Division.id)).all()


def all_windows() -> Sequence[ServiceWindow]:
    """Every window, by number."""
    query = select(ServiceWindow).options(joinedload(ServiceWindow.office)).order_by(ServiceWindow.number)
    return db.session.scalars(query).all()


def competent_offices(address: str) -> list[Office]:
    """The offices whose jurisdiction takes in an address, those that name its district first.

    Where a branch office and its parent both claim a district, both are given. Empty when the address
    names no province, or when nobody is known to be competent there.
    """
    place = place_of(address)
    if place is None:
        return []
    rows = db.session.scalars(
        select(Jurisdiction)
        .where(Jurisdiction.province_ko == place.province_ko)
        .options(joinedload(Jurisdiction.office))
        .order_by(Jurisdiction.id)
    ).all()
    named = [row for row in rows if names(row, place)]
    left_out = {row.office_id for row in named if row.extent == Extent.EXCLUDED}
    whole = [row for row in rows if not row.district_ko and row.office_id not in left_out]
    claims = [row for row in named if row.extent == Extent.INCLUDED] + whole
    return list(dict.fromkeys(row.office for row in claims))


def names(jurisdiction: Jurisdiction, place: Place) -> bool:
    return bool({jurisdiction.district_ko, jurisdiction.district_en.casefold()} & place.words)


def holiday_overrides() -> Overrides:
    """Day to whether it is a holiday, as calendars takes them."""
    rows = db.session.execute(select(HolidayOverride.day, HolidayOverride.is_holiday))
    return {day: is_holiday for day, is_holiday in rows}


def overridden_days() -> Sequence[HolidayOverride]:
    """The overrides with their reasons, latest day first."""
    return db.session.scalars(select(HolidayOverride).order_by(HolidayOverride.day.desc())).all()
